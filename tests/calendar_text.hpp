// The calendar that is shipped, for tests of what the law and the notices say.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "vanthu/calendar.hpp"

inline std::string shipped_calendar_text() {
  std::ifstream in(VANTHU_SOURCE_DIR "/workflows/lich-viet-nam.xml", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline vanthu::calendar_definition shipped_calendar() {
  return vanthu::read_calendar(shipped_calendar_text(), "lich-viet-nam.xml").take();
}
