// A picture in two steps: deciding needs the items, only lists and reports need their dates.
#pragma once

#include <cstddef>

#include "vanthu/run.hpp"

namespace vanthu::runs {

picture unfold(run_state state, calendars days);  // without dates
// Adds what has been raised since the items were made from the first `known` cases. Commands ask no more of them: an
// outcome or an end changes items by events of its own.
void unfold_cases(picture& p, std::size_t known);
checked<schedule> dates_of(const picture& p, date as_of);

}  // namespace vanthu::runs
