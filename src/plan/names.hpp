// The nearest of the known names to one that is not known: what a remark suggests.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace vanthu {

// How many letters to add, drop, replace or swap with their neighbour to turn `a` into `b`; `limit` or more is `limit`.
std::size_t edit_distance(std::string_view a, std::string_view b,
                          std::size_t limit = std::numeric_limits<std::size_t>::max());

// The first of the names with the least distance; "" when there is none. Names over 200 bytes are not looked at.
std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> known);

}  // namespace vanthu
