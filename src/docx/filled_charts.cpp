#include "docx/filled_charts.hpp"

#include "docx/expression.hpp"

namespace vanthu::docx {
namespace {

constexpr const char* chart_type = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
constexpr const char* workbook_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::string file_name(const std::string& part) {
  return part.substr(part.rfind('/') + 1);
}

struct chart_parts {
  std::string chart, workbook;  // "" without a workbook
};

// Names for a copy of a chart of the template, with the relationships that chart has.
chart_parts copy_of(const chart_parts& of, additions& to) {
  chart_parts copy{to.parts.new_name("word/charts/vanthu", ".xml"), {}};
  auto relations = to.package.text(relations_of(of.chart));
  if (!of.workbook.empty()) {
    copy.workbook = to.parts.new_name("word/embeddings/vanthu", ".xlsx");
    const auto file = file_name(of.workbook);
    const auto at = relations.find(file);
    if (at != std::string::npos) relations.replace(at, file.size(), file_name(copy.workbook));
  }
  if (!relations.empty()) to.parts.put(relations_of(copy.chart), std::move(relations), {}, {});
  return copy;
}

}  // namespace

std::string fill_chart_of(const std::string& part, const std::string& known, const chart_data& data, additions& to) {
  return to.copies.next([&] {
    chart_parts made{to.package.target_of(part, known, "chart"), {}};
    if (made.chart.empty()) throw data_fault{"docx.bad-chart", {known}};
    made.workbook = to.package.target_of(made.chart, "package");
    const auto xml = to.package.text(made.chart);
    auto id = known;
    if (to.parts.has(made.chart)) {
      made = copy_of(made, to);
      id = to.relations.add(part, "chart", made.chart);
    }
    to.parts.put(made.chart, fill_chart(xml, data), chart_type, {});
    if (made.workbook.ends_with(".xlsx")) to.parts.put(made.workbook, make_workbook(xml, data), workbook_type, {});
    return id;
  });
}

}  // namespace vanthu::docx
