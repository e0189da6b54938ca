#include "schedule/measure.hpp"

#include <algorithm>
#include <cstdlib>

namespace vanthu::schedules {
namespace {

using std::chrono::floor;
using std::chrono::hours;

constexpr int hours_a_day = 24;

// Rounded away from zero: four hours of a day are that day.
int whole_days(std::int64_t count, std::int64_t of_day) {
  const auto days = (std::abs(count) + of_day - 1) / of_day;
  return static_cast<int>(count < 0 ? -days : days);
}

}  // namespace

bool is_working_unit(time_unit u) {
  return u == time_unit::working_day || u == time_unit::hour || u == time_unit::minute;
}

civil_minute moved(const working_calendar& days, civil_minute t, amount a, int sign) {
  const auto n = std::int64_t{a.count} * sign;
  switch (a.unit) {
    case time_unit::working_day:
      return days.add(t, n * days.minutes_of_day());
    case time_unit::hour:
      return days.add(t, n * 60);
    case time_unit::minute:
      return days.add(t, n);
    case time_unit::elapsed_day:
      return t + hours{n * hours_a_day};
    case time_unit::elapsed_hour:
      return t + hours{n};
    case time_unit::day:
    case time_unit::week:
    case time_unit::month:
    case time_unit::year: {
      const auto day = floor<std::chrono::days>(t);
      return civil_minute{period_end(days, day, {static_cast<int>(n), a.unit}, roll::none)} + (t - civil_minute{day});
    }
    case time_unit::percent:
      break;
  }
  return t;
}

civil_minute finish_after(const working_calendar& days, civil_minute t, amount length) {
  const auto end = moved(days, t, length, 1);
  const bool by_date = length.unit == time_unit::day || length.unit == time_unit::week ||
                       length.unit == time_unit::month || length.unit == time_unit::year;
  return by_date && length.count > 0 ? std::max(t, days.prev_end(end)) : end;
}

amount in_days(const working_calendar& days, amount wait) {
  const auto of_day = std::max<std::int64_t>(days.minutes_of_day(), 1);
  switch (wait.unit) {
    case time_unit::hour:
      return {whole_days(std::int64_t{wait.count} * 60, of_day), time_unit::working_day};
    case time_unit::minute:
      return {whole_days(wait.count, of_day), time_unit::working_day};
    case time_unit::elapsed_hour:
      return {whole_days(wait.count, hours_a_day), time_unit::day};
    case time_unit::elapsed_day:
      return {wait.count, time_unit::day};
    case time_unit::percent:
      return {0, time_unit::day};
    default:
      return wait;
  }
}

date last_good_day(const working_calendar& days, const item_moment& m, date from) {
  const auto wait = in_days(days, m.wait);
  if (!m.strict) return period_end(days, from, wait, m.how);
  const auto too_late = period_end(days, from, wait, roll::none);
  return days.rolled(too_late - std::chrono::days{1}, m.how == roll::none ? roll::none : roll::backward);
}

}  // namespace vanthu::schedules
