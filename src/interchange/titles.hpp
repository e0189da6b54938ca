// What an item is called outside.
#pragma once

#include <string>

#include "vanthu/schedule.hpp"

namespace vanthu {

std::string title_of(const plan& p, const work_item& item);  // of a step: «Kế hoạch: Ký»

}  // namespace vanthu
