// The days a working calendar knows.
#pragma once

#include "vanthu/time.hpp"

namespace vanthu {

inline constexpr date coverage_first = make_date(1900, 1, 1);
inline constexpr date coverage_last = make_date(2199, 12, 31);
constexpr bool is_covered(date d) {
  return coverage_first <= d && d <= coverage_last;
}

}  // namespace vanthu
