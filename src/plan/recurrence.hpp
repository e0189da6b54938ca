// The periods a recurrence makes.
#pragma once

#include <chrono>
#include <optional>

#include "vanthu/plan.hpp"

namespace vanthu {

date in_year(int year, std::chrono::month_day md);           // 29 February of a year without one is its 28 February
std::optional<period_kind> period_of(recurrence_kind kind);  // nothing for once, case and rrule

}  // namespace vanthu
