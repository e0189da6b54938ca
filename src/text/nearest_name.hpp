// The nearest of the known names to one that is not known: what a remark suggests.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string_view>

#include "vanthu/export.h"

namespace vanthu::texts {

inline constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

// How many letters to add, drop, replace or swap with their neighbour to turn `a` into `b`; `limit` or more is `limit`.
VANTHU_API std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit = no_limit);

// The first of the names with the least distance; empty when there is none. Names over 200 bytes are not looked at.
VANTHU_API std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> known);

}  // namespace vanthu::texts
