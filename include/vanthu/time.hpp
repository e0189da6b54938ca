// Civil dates, instants and amounts of time. Civil time is UTC+07:00, the official time of Viet Nam,
// a constant: nothing here reads a clock or a time zone database, and every "today" is an argument.
// Thread safety: all functions here are pure.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vanthu/export.h"

namespace vanthu {

// A civil date. A local time point, so that it does not turn into an instant by itself.
using date = std::chrono::local_days;
// A civil minute: the resolution of a schedule. A date converts to its 00:00.
using civil_minute = std::chrono::local_time<std::chrono::minutes>;
// A point in time, UTC, microseconds: what a journal records.
using instant = std::chrono::sys_time<std::chrono::microseconds>;

inline constexpr std::chrono::hours civil_offset{7};

constexpr date make_date(int year, unsigned month, unsigned day) {
  return date{std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}};
}
constexpr std::chrono::year_month_day civil(date d) {
  return std::chrono::year_month_day{d};
}
constexpr int year_of(date d) {
  return static_cast<int>(civil(d).year());
}

VANTHU_API civil_minute to_local(instant t);    // rounded down to the minute
VANTHU_API instant to_instant(civil_minute t);  // exact
VANTHU_API date date_of(instant t);             // the civil date on which t falls

// Readers take the whole text or nothing; years run from 1800 to 2399.
VANTHU_API std::optional<date> parse_date(std::string_view text);                      // YYYY-MM-DD
VANTHU_API std::optional<civil_minute> parse_minute(std::string_view text);            // YYYY-MM-DDTHH:MM
VANTHU_API std::optional<instant> parse_instant(std::string_view text);                // RFC 3339, Z or offset
VANTHU_API std::optional<std::chrono::month_day> parse_month_day(std::string_view t);  // --MM-DD

VANTHU_API std::string iso(date d);          // 2023-04-18
VANTHU_API std::string iso(civil_minute t);  // 2023-04-18T07:30
VANTHU_API std::string rfc3339(instant t);   // 2023-04-18T00:30:00Z; a fraction only when there is one

// A closed interval of days, as the law writes them: «từ ngày … đến ngày …».
struct date_range {
  date first, last;
  constexpr bool contains(date d) const { return first <= d && d <= last; }
  auto operator<=>(const date_range&) const = default;
};

// A number of working days. It cannot be added to a date: only a working_calendar knows which days are worked.
struct working_days {
  int count = 0;
  auto operator<=>(const working_days&) const = default;
};
date operator+(date, working_days) = delete;
date operator+(working_days, date) = delete;
date operator-(date, working_days) = delete;
civil_minute operator+(civil_minute, working_days) = delete;
civil_minute operator-(civil_minute, working_days) = delete;

// An amount as a plan writes it: 5wd working days; 3d 2w 1m 1y calendar; 90min 4h working time;
// 3ed 4eh elapsed time; 25% of something else.
enum class time_unit { working_day, day, week, month, year, minute, hour, elapsed_day, elapsed_hour, percent };
struct amount {
  int count = 0;
  time_unit unit = time_unit::working_day;
  friend bool operator==(const amount&, const amount&) = default;
};
VANTHU_API std::optional<amount> parse_amount(std::string_view text);  // |count| up to 1,000,000
VANTHU_API std::string to_string(amount a);                            // as parse_amount reads it

}  // namespace vanthu
