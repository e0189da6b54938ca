// Charts of a template whose data comes from the data of a rendering.
#pragma once

#include <string>

#include "docx/additions.hpp"
#include "docx/charts.hpp"

namespace vanthu::docx {

// The id by which `part` can name a chart with this data, made after the one it names as `known`. The first time that
// one itself is filled, then copies. Throws data_fault{"docx.bad-chart", …} when it names none.
std::string fill_chart_of(const std::string& part, const std::string& known, const chart_data& data, additions& to);

}  // namespace vanthu::docx
