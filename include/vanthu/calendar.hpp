// Which days and minutes are worked in Viet Nam, the periods of the Civil Code, and the reporting periods of
// Decree 09/2019/NĐ-CP. Dates are civil; nothing here knows what "today" is.
// Thread safety: everything is a value or a pure function; const members may be called concurrently.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/diagnostic.hpp"
#include "vanthu/export.h"
#include "vanthu/time.hpp"

namespace vanthu {

// How far an exception to the weekly pattern can be relied on: written in the law, fixed by the yearly notice,
// announced but not yet decided, or computed by us for a year without a notice.
enum class certainty { law, notice, announced, provisional };

// Working minutes of a day, [from, to) counted from 00:00.
struct minute_interval {
  int from = 0, to = 0;
  auto operator<=>(const minute_interval&) const = default;
};

// One run of days that departs from the week: a holiday, a make-up day off, a weekend day worked in exchange.
struct calendar_exception {
  date_range days;
  bool working = false;
  std::vector<minute_interval> hours;  // of a working exception; empty: those of a Monday (minutes_of_day())
  std::string reason;                  // «Tết Nguyên đán», «làm bù ngày 29/4»
  std::string source;                  // «5034/TB-LĐTBXH», «Bộ luật Lao động 2019, Điều 112»
  certainty state = certainty::notice;
  std::optional<date> published;  // when it became known; nothing: before any date that matters
  location where;
};

// A calendar as its authors wrote it.
struct calendar_definition {
  std::string id, name;
  std::array<std::vector<minute_interval>, 7> week;  // Monday first; intervals in order, without overlap
  // In file order; of two for one day the later published wins, then the decided over the announced, then the one
  // below.
  std::vector<calendar_exception> exceptions;
  std::optional<date_range> noticed;  // years whose notices are all in; other years are provisional
  std::string basis;                  // what the office hours and the week stand on
};
// Monday to Friday, 07:30-11:30 and 13:30-17:30, and nothing else: every year counts as noticed, no holiday is
// computed.
VANTHU_API calendar_definition weekly_calendar();

// Reads the <calendar> of a file with root <part> or <plan> (workflows/README.md). Faults: "calendar.…", "xml.…".
VANTHU_API checked<calendar_definition> read_calendar(std::string_view xml, std::string source);

// What is known about one day, and on what it stands.
struct day_status {
  bool working = false;
  certainty state = certainty::law;  // of the exception, else of the week: provisional outside `noticed`
  // "calendar.working-day", "calendar.weekend" (date); "calendar.holiday", "calendar.swapped-workday",
  // "calendar.announced-day-off", "calendar.announced-workday", "calendar.computed-holiday" (name, source, date);
  // "calendar.out-of-coverage".
  message why;
};

enum class roll { none, forward, backward };

// A calendar ready to count with: prefix sums over 1900 to 2199, so that every question is O(log n) or better. Outside
// these years nothing is worked.
// Days outside `noticed` get the holidays that the Labour Code 2019 (articles 111 and 112) and the lunar calendar give,
// marked provisional, also for years before that code; what is written in the definition goes before them.
class VANTHU_API working_calendar {
 public:
  // Throws error(errc::misuse, "calendar.bad-hours") when hours overlap, run backwards or leave the day.
  explicit working_calendar(calendar_definition definition = weekly_calendar());
  const calendar_definition& definition() const noexcept;

  bool is_working(date d) const;
  day_status status(date d) const;
  working_days count(date_range days) const;  // working days in the closed interval; 0 when it is empty

  // The last day of a period of n working days, the day `from` not counted: advance(Friday, {1}) is Monday. With 0 the
  // first working day on or after `from`. Counts backwards when negative. Throws error(errc::out_of_coverage,
  // "calendar.no-working-time" with both ends) when the calendar ends first.
  date advance(date from, working_days n) const;
  date rolled(date d, roll how) const;  // d itself when it is worked or how == none

  // Working minutes in [a, b); negative when b < a.
  std::int64_t work(civil_minute a, civil_minute b) const;
  // First t' >= t with work right after it: inside an interval or at its start. Throws as advance does.
  civil_minute next_start(civil_minute t) const;
  // Last t' <= t with work right before it: inside an interval or at its end; of 13:30 it is 11:30.
  civil_minute prev_end(civil_minute t) const;
  // t moved by n working minutes: forwards it stops at the end of an interval when it is used up exactly (17:30, not
  // next 07:30); n == 0 leaves t alone; backwards is the mirror. Throws as advance does.
  civil_minute add(civil_minute t, std::int64_t n) const;
  // What a working day means in minutes: a Monday's, or those of the first day of the week that is worked; 0 if none
  // is.
  std::int64_t minutes_of_day() const noexcept;

  working_calendar(const working_calendar&) noexcept;  // shares the tables
  working_calendar& operator=(const working_calendar&) noexcept;
  ~working_calendar();

 private:
  struct tables;
  std::shared_ptr<const tables> tables_;
};

// The end of a period counted from an event (Civil Code 2015, articles 147 and 148): the day of the event is not
// counted; a month or a year ends on the day of the same number, or on the last day of the month; an end on a day off
// rolls as asked. Takes wd, d, w, m, y; other units throw error(errc::misuse, "calendar.not-a-period"). Counts
// backwards when negative. A period of 0 ends on `from` itself, rolled. Throws error(errc::out_of_coverage,
// "calendar.out-of-coverage") when `from` or the end lies outside the calendar, and what advance throws.
VANTHU_API date period_end(const working_calendar& days, date from, amount length, roll how);
// The same, step by step, each with its article or notice.
VANTHU_API std::vector<message> explain_period_end(const working_calendar& days, date from, amount length, roll how);

// A period of the civil calendar, written 2023, 2023-h1, 2023-9m, 2023-q3, 2023-11, or a day of an RRULE: 2023-11-15.
enum class period_kind { year, half_year, nine_months, quarter, month, day };
struct period {
  period_kind kind = period_kind::year;
  int year = 0;
  unsigned index = 1;      // half 1..2, quarter 1..4, month 1..12
  std::optional<date> on;  // of kind day
  auto operator<=>(const period&) const = default;
};
VANTHU_API std::optional<period> parse_period(std::string_view text);  // years 1800 to 2399
// As `every` of a plan writes them: year half-year nine-months quarter month.
VANTHU_API std::optional<period_kind> parse_period_kind(std::string_view word);
VANTHU_API std::string to_string(const period& p);
VANTHU_API date_range span(const period& p);  // 2023-h1: 2023-01-01 to 2023-06-30
// All periods of the kind that share a day with `days`, in order.
VANTHU_API std::vector<period> periods_in(period_kind kind, date_range days);
// The period of the same kind before it; of nine months those of the year before. Nothing for a day, and before 1800.
VANTHU_API std::optional<period> previous(const period& p);

// The days whose facts a periodic report of the period counts (Decree 09/2019, article 12): the year from 15/12 of the
// year before to 14/12. Its last day is the cut-off. The nine months are a custom of provinces, not the decree's.
VANTHU_API date_range report_window(const period& p);

// The day that a vague text means (Civil Code 2015, article 146): «đầu», «giữa» or «cuối» of «tháng 6», «tháng 6/2025»
// or «tháng 6 năm 2025» is its 1st, 15th or last day; of «năm» or «năm 2025» 1 January, 30 June or 31 December. `year`
// where the text names none. Nothing when it is no such text.
VANTHU_API std::optional<date> parse_vague_date(std::string_view text, int year);

// The moments of an RRULE (RFC 5545; with or without "RRULE:" before it) from `start`, its DTSTART, to `until`, at most
// `most`. Fault: "calendar.bad-rrule", also for rules by the minute or second. Loads libvanthu-rrule.so when it is
// first called; throws error(errc::io, "calendar.no-rrule-library") when that is not there.
VANTHU_API checked<std::vector<civil_minute>> rrule_times(std::string_view rule, civil_minute start, civil_minute until,
                                                          std::size_t most);

// A date of the Vietnamese lunar calendar, computed for UTC+07:00 throughout (before 1968 other meridians were in
// official use), for the civil days of 1800 to 2199. to_lunar throws error(errc::out_of_coverage,
// "calendar.out-of-coverage").
struct lunar_date {
  int day = 1, month = 1, year = 1900;
  bool leap = false;
  auto operator<=>(const lunar_date&) const = default;
};
VANTHU_API lunar_date to_lunar(date d);
VANTHU_API std::optional<date> from_lunar(const lunar_date& l);  // nothing when there is no such day

}  // namespace vanthu
