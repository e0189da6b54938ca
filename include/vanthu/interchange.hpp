// Out to other people's formats: JSON for programs, CSV for Excel, iCalendar for reminders, DOT for
// drawings. Thread safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/export.h"
#include "vanthu/run.hpp"
#include "vanthu/schedule.hpp"
#include "vanthu/value.hpp"

namespace vanthu {

// {"items":[{"id","task","title","period","agency","holder","lead","support","start","due","after","conditional",
// "basis"}]}; holder on the due date. `items` picks and orders.
VANTHU_API value agenda_value(const plan& p, const agenda& a, const schedule& s, std::span<const std::uint32_t> items);
// {"start","finish","items":[{"id","early_start",…,"because"}]}; times YYYY-MM-DDTHH:MM.
VANTHU_API value schedule_value(const plan& p, const agenda& a, const schedule& s, const calendars& c, language lang);
// {"as_of","items":[{"id","title","holder","due","left_wd","state","overdue","blocked_by","because"}]}
VANTHU_API value due_value(const picture& p, std::span<const due_item> items, language lang);
// {"as_of","counts":{state:n},"by_agency":[{"agency","counts","overdue"}]}; only `items`.
VANTHU_API value status_value(const picture& p, std::span<const std::uint32_t> items);
// [{"event","at","actor","by","type","item","body"}]
VANTHU_API value history_value(std::span<const event> events);

// Rows under a heading, for people and for spreadsheets.
struct table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};
// UTF-8 with BOM, RFC 4180 with CRLF; a cell that starts with = + - @ (and is no number) gets a leading apostrophe.
VANTHU_API std::string to_csv(const table& t);
// A list of objects (a member of one of the values above) as a table: one column a member, lists joined by "; ".
VANTHU_API table to_table(const value& rows);

// RFC 5545: all-day events, each with an alarm at 08:00 of the day given, else of the day itself. UIDs are ids in
// `domain`; DTSTAMP is `stamp`, since nothing here reads a clock.
struct ics_event {
  std::string id, title, note;
  date day{};
  std::optional<date> remind_on;  // not after `day`
};
VANTHU_API std::string to_ics(std::span<const ics_event> events, std::string_view domain, instant stamp);
// An all-day event on each deadline, with the holder and an alarm on the working day before.
VANTHU_API std::string to_ics(const picture& p, std::span<const due_item> items, std::string_view domain,
                              instant stamp);

// The tasks and links of a plan, grouped by lead, for Graphviz.
VANTHU_API std::string to_dot(const plan& p);

}  // namespace vanthu
