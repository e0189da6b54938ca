// Amounts of time laid on calendars, and what a deadline comes to.
#pragma once

#include "vanthu/schedule.hpp"

namespace vanthu::schedules {

// A deadline D ends when the day does.
inline civil_minute end_of(date d) {
  return civil_minute{d + std::chrono::days{1}};
}
// The day on which work that finishes at t finishes: at 00:00 the day before.
inline date finish_day(civil_minute t) {
  return std::chrono::floor<std::chrono::days>(t - std::chrono::minutes{1});
}

bool is_working_unit(time_unit u);
// t moved by the amount, backwards when `sign` is -1: working units by the calendar's working minutes, calendar units
// to the same time of another day, elapsed units by the clock. A percentage of nothing moves nothing.
civil_minute moved(const working_calendar& days, civil_minute t, amount a, int sign);
// When work of this length that begins at t is finished. Calendar units end with the work of their last day.
civil_minute finish_after(const working_calendar& days, civil_minute t, amount length);

// What a due date is counted in: hours are working hours, full days of which are days.
amount in_days(const working_calendar& days, amount wait);
// The last day that is not too late.
date last_good_day(const working_calendar& days, const item_moment& m, date from);

}  // namespace vanthu::schedules
