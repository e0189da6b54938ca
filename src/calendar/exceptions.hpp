// Which of two exceptions for one day counts.
#pragma once

#include "vanthu/calendar.hpp"

namespace vanthu {

// Whether `a` gives way to `b`: published earlier, or together and only announced. Of two that do not give way to each
// other the one further down in the file counts.
inline bool gives_way(const calendar_exception& a, const calendar_exception& b) {
  if (a.published != b.published) return a.published < b.published;
  return a.state == certainty::announced && b.state != certainty::announced;
}

}  // namespace vanthu
