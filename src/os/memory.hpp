// How memory is best asked for where much of it is filled at once.
#pragma once

#include <cstddef>

namespace vanthu::os {

inline constexpr std::size_t large_page = std::size_t{2} << 20;

// Hints that this memory will be filled: the system may then back what large pages it holds as such, and hand them out
// five hundred times faster than small ones. Without effect on what the memory holds.
void prefer_large_pages(void* begin, std::size_t size) noexcept;

}  // namespace vanthu::os
