#include "docx/table_layout.hpp"

#include <algorithm>
#include <charconv>

#include "docx/fragment.hpp"

namespace vanthu::docx {
namespace {

std::int64_t number_in(std::string_view text) {
  constexpr std::int64_t most = 1'000'000'000;  // many of them may be added up
  std::int64_t n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return std::clamp(n, -most, most);
}

std::size_t columns_in(std::string_view text, std::size_t least) {
  return std::clamp(static_cast<std::size_t>(std::max<std::int64_t>(number_in(text), 0)), least, most_columns);
}

class layout_reader {
 public:
  layout_reader(std::string_view xml, const part_scan& scan, const node& table)
      : fragment_(xml, scan, {table.begin, table.end}) {}

  table_layout read() {
    while (fragment_.next()) step();
    return std::move(out_);
  }

 private:
  void step();
  void on_start(what is);
  void on_property();
  void on_end(what is);

  bool has_cell() const { return !out_.cells.empty() && out_.cells.back().row + 1 == out_.rows.size(); }

  fragment fragment_;
  table_layout out_;
  int tables_ = 0;
  std::size_t column_ = 0;
  bool in_cell_properties_ = false;
};

void layout_reader::step() {
  const auto& t = fragment_.token();
  const auto is = classify(t.space, t.local);
  if (t.kind == xml::kind::start) {
    if (is == what::table) ++tables_;
    if (tables_ == 1) on_start(is);
  }
  if (t.kind == xml::kind::end || (t.kind == xml::kind::start && t.empty)) {
    if (tables_ == 1) on_end(is);
    if (is == what::table) --tables_;
  }
}

void layout_reader::on_start(what is) {
  const auto& t = fragment_.token();
  if (in_cell_properties_) return fragment_.is_inside("tcPrChange") ? void() : on_property();
  if (t.local == "gridCol" && !fragment_.is_inside("tblGridChange"))
    out_.grid.push_back({fragment_.where(), number_in(fragment_.attribute("w"))});
  if (is == what::row) {
    out_.rows.push_back({fragment_.where().begin, 0, out_.cells.size(), 0, {}, {}});
    column_ = 0;
  }
  if (out_.rows.empty()) return;
  if ((t.local == "gridBefore" || t.local == "gridAfter") && !fragment_.is_inside("trPrChange")) {
    auto& r = out_.rows.back();
    const bool before = t.local == "gridBefore";
    (before ? r.before : r.after) = columns_in(fragment_.attribute("val"), 0);
    (before ? r.before_value : r.after_value) = fragment_.attribute_range("val");
    if (before) column_ = r.before;
  }
  if (is == what::cell) {
    cell_layout c;
    c.element = fragment_.where();
    c.inner = c.content = c.before_span = c.before_merge = c.before_shade = c.element.end;
    c.row = out_.rows.size() - 1;
    c.first = column_;
    out_.cells.push_back(c);
    ++out_.rows.back().cells_end;
  }
  if (t.local == "tcPr" && has_cell() && fragment_.where().begin == out_.cells.back().inner) {
    auto& c = out_.cells.back();
    c.has_properties = !t.empty;
    c.content = c.before_span = c.before_merge = c.before_shade = fragment_.where().end;
    in_cell_properties_ = !t.empty;
  }
}

void layout_reader::on_property() {
  const auto& t = fragment_.token();
  auto& c = out_.cells.back();
  if (t.local == "tcW" && fragment_.attribute("type") != "auto") {
    c.width_value = fragment_.attribute_range("w");
    c.width = number_in(fragment_.attribute("w"));
  }
  if (t.local == "gridSpan") {
    c.span_element = fragment_.where();
    c.span_value = fragment_.attribute_range("val");
    c.span = columns_in(fragment_.attribute("val"), 1);
  }
  if (t.local == "vMerge") {
    c.merge = fragment_.where();
    c.goes_on = fragment_.attribute("val") != "restart";
  }
  if (t.local == "shd") c.shade = fragment_.where();
}

void layout_reader::on_end(what is) {
  const auto& t = fragment_.token();
  if (!has_cell()) return;
  auto& c = out_.cells.back();
  const auto end = fragment_.where().end;
  if (fragment_.is_inside("tcPrChange")) return;
  if (t.local == "tcPr") {
    in_cell_properties_ = false;
    c.content = end;
  }
  if (in_cell_properties_) {
    for (auto [local, element] : {std::pair("gridSpan", &c.span_element), {"vMerge", &c.merge}, {"shd", &c.shade}})
      if (t.local == local) element->end = end;
    const bool first = t.local == "cnfStyle" || t.local == "tcW";
    const bool second = first || t.local == "gridSpan" || t.local == "hMerge";
    const bool third = second || t.local == "vMerge" || t.local == "tcBorders";
    if (first) c.before_span = end;
    if (second) c.before_merge = end;
    if (third) c.before_shade = end;
  }
  if (is == what::cell) {
    c.inner_end = fragment_.where().begin;
    c.element.end = end;
    column_ += c.span;
  }
}

}  // namespace

std::size_t table_layout::first_from(std::size_t offset) const {
  const auto at = std::ranges::lower_bound(cells, offset, {}, [](const cell_layout& c) { return c.element.begin; });
  return static_cast<std::size_t>(at - cells.begin());
}

std::size_t table_layout::cell_at(std::size_t offset) const {
  const auto after = first_from(offset + 1);
  return after > 0 && offset < cells[after - 1].element.end ? after - 1 : cells.size();
}

table_layout read_table(std::string_view xml, const part_scan& scan, const node& table) {
  return layout_reader(xml, scan, table).read();
}

}  // namespace vanthu::docx
