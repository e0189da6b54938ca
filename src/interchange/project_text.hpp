// Pieces that writers of projects share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vanthu/calendar.hpp"

namespace vanthu {

// <name>text</name> on a line of its own, two spaces a level; nothing when the text is empty.
void put_element(std::string& out, int level, std::string_view name, std::string_view text);
// The hours worked on a day, whatever they stand on.
std::vector<minute_interval> hours_of_day(const working_calendar& days, date d);
std::string clock_text(int minutes_of_day);  // 08:00; 24:00 for the end of the day

}  // namespace vanthu
