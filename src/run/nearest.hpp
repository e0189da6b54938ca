// The known name that a mistyped one most likely stands for.
#pragma once

#include <span>
#include <string_view>

namespace vanthu::runs {

// The candidate with the fewest single-letter changes, the first of equals; empty when there is no candidate.
std::string_view nearest(std::string_view written, std::span<const std::string_view> candidates);

}  // namespace vanthu::runs
