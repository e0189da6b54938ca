// A picture in two steps: deciding needs the items, only lists and reports need their dates.
#pragma once

#include "vanthu/run.hpp"

namespace vanthu::runs {

picture unfold(run_state state, calendars days);  // without dates
void date_items(picture& p, date as_of);

}  // namespace vanthu::runs
