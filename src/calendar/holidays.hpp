// The days off that the law gives by itself, for a year without a notice.
#pragma once

#include <array>
#include <vector>

#include "vanthu/calendar.hpp"

namespace vanthu::holidays {

// Holidays of the year by the Labour Code 2019, articles 111(3) and 112, one exception a day, in order, all
// provisional. `rest` tells which days of the week are days of rest, Monday first. What the Prime Minister decides each
// year is guessed as it was decided for 2021 to 2026; swaps of working days are never guessed.
std::vector<calendar_exception> of_year(int year, const std::array<bool, 7>& rest);

}  // namespace vanthu::holidays
