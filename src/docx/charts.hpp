// Charts whose alternative text is a tag get their title, categories and series from the data, and the workbook behind
// them with it: what the reader sees is what opens when the chart is edited.
//
//   {"title", "alt", "categories": [text or number…], "series": [{"name", "values": [number or null…]}…]}
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vanthu/value.hpp"

namespace vanthu::docx {

struct chart_series {
  std::string name;
  std::vector<std::optional<decimal>> values;  // absent figures leave a gap
};
struct chart_data {
  std::optional<std::string> title;
  std::string alternative;
  std::vector<std::string> categories;
  std::vector<chart_series> series;
};
// Throws data_fault{"docx.bad-chart", …}: the place in the value.
chart_data read_chart(const value& v);

// The chart part with the data in it. Series beyond those of the template look like the last of them.
std::string fill_chart(const std::string& xml, const chart_data& data);
// A workbook (.xlsx) with one sheet: categories below each other, a column for each series.
std::string make_workbook(const std::string& chart_xml, const chart_data& data);

}  // namespace vanthu::docx
