#include "docx/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>

#include "docx/elements.hpp"
#include "docx/expression.hpp"
#include "docx/pack.hpp"
#include "xml/characters.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t most_categories = 10'000;
constexpr std::size_t most_series = 250;

[[noreturn]] void refuse(std::string_view where) {
  throw data_fault{"docx.bad-chart", {std::string(where)}};
}

std::string text_of(const value& v, std::string_view where) {
  if (v.type() == value::kind::list || v.type() == value::kind::object) refuse(where);
  auto out = to_text({&v, {}, {}, nullptr});
  if (xml::find_flaw(out).what != xml::flaw::none) refuse(where);
  return out;
}

const value& list_member(const value& v, std::string_view name, std::size_t most) {
  const auto* m = v.type() == value::kind::object ? v.find(name) : nullptr;
  if (m == nullptr || m->type() != value::kind::list || m->size() == 0 || m->size() > most) refuse(name);
  return *m;
}

pugi::xml_node first_below(const pugi::xml_node& node, std::string_view name) {
  return node.find_node([name](const pugi::xml_node& n) { return local(n) == name; });
}

std::vector<pugi::xml_node> all_below(const pugi::xml_node& node, std::string_view name) {
  std::vector<pugi::xml_node> out;
  struct walker : pugi::xml_tree_walker {
    std::string_view name;
    std::vector<pugi::xml_node>* out;
    bool for_each(pugi::xml_node& n) override {
      if (local(n) == name) out->push_back(n);
      return true;
    }
  } w;
  w.name = name;
  w.out = &out;
  pugi::xml_node from = node;
  from.traverse(w);
  return out;
}

std::string column_name(std::size_t index) {
  std::string out;
  for (++index; index > 0; index = (index - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (index - 1) % 26));
  return out;
}

std::string sheet_of(const pugi::xml_node& chart) {
  const std::string formula = first_below(chart, "f").text().get();
  auto name = formula.substr(0, formula.rfind('!'));
  if (formula.find('!') == std::string::npos || name.empty()) return "Sheet1";
  if (name.size() > 2 && name.front() == '\'') name = name.substr(1, name.size() - 2);
  return name.size() <= 31 && name.find_first_of("[]:*?/\\'") == std::string::npos ? name : "Sheet1";
}

// A series that looks like the one before it, in the next colour: of the theme where that one's is, else of Office.
// Readers do not agree on what a series without colours looks like.
void recolour(pugi::xml_node look, std::size_t number) {
  constexpr std::string_view colours[] = {"4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47"};
  constexpr std::string_view theme = "accent";
  for (auto colour : all_below(look, "srgbClr"))
    colour.attribute("val") = std::string(colours[number % std::size(colours)]).c_str();
  for (auto colour : all_below(look, "schemeClr")) {
    const std::string_view name = colour.attribute("val").value();
    if (!name.starts_with(theme) || name.size() != theme.size() + 1) continue;
    colour.attribute("val") = fmt::format("{}{}", theme, number % std::size(colours) + 1).c_str();
  }
}

class filler {
 public:
  filler(pugi::xml_node chart, const chart_data& data) : chart_(chart), data_(data), sheet_(sheet_of(chart)) {
    const std::string_view name = chart.name();
    prefix_ = name.substr(0, name.find(':') + 1);
  }
  void run() {
    set_title();
    auto series = all_below(chart_, "ser");
    if (series.empty()) return;
    while (series.size() < data_.series.size()) series.push_back(copy_of(series.back(), series.size()));
    for (std::size_t i = data_.series.size(); i < series.size(); ++i) series[i].parent().remove_child(series[i]);
    for (std::size_t i = 0; i < data_.series.size(); ++i) fill(series[i], i);
  }

 private:
  std::string name(const char* element) const { return prefix_ + element; }
  pugi::xml_node add(pugi::xml_node to, const char* element) const { return to.append_child(name(element).c_str()); }
  void set_title();
  pugi::xml_node copy_of(pugi::xml_node series, std::size_t number) const;
  void fill(pugi::xml_node series, std::size_t index);
  pugi::xml_node cache(pugi::xml_node in, const char* reference, const char* kind, const std::string& formula,
                       std::size_t count);
  void point(pugi::xml_node in, std::size_t index, const std::string& text);
  std::string formula(std::size_t column, std::size_t first, std::size_t last) const {
    const auto c = column_name(column);
    return first == last ? fmt::format("'{}'!${}${}", sheet_, c, first)
                         : fmt::format("'{}'!${}${}:${}${}", sheet_, c, first, c, last);
  }

  pugi::xml_node chart_;
  const chart_data& data_;
  std::string prefix_, sheet_;
};

void filler::set_title() {
  if (!data_.title) return;
  auto texts = all_below(child_of(child_of(chart_, "chart"), "title"), "t");
  for (std::size_t i = 0; i < texts.size(); ++i) texts[i].text().set(i == 0 ? data_.title->c_str() : "");
}

pugi::xml_node filler::copy_of(pugi::xml_node series, std::size_t number) const {
  auto copy = series.parent().insert_copy_after(series, series);
  recolour(child_of(copy, "spPr"), number);
  recolour(child_of(child_of(copy, "marker"), "spPr"), number);
  for (auto point = child_of(copy, "dPt"); point; point = child_of(copy, "dPt")) copy.remove_child(point);
  copy.remove_child(child_of(copy, "extLst"));
  return copy;
}

pugi::xml_node filler::cache(pugi::xml_node in, const char* reference, const char* kind, const std::string& formula,
                             std::size_t count) {
  in.remove_children();
  auto ref = add(in, reference);
  add(ref, "f").text().set(formula.c_str());
  auto out = add(ref, kind);
  if (kind == std::string_view("numCache")) add(out, "formatCode").text().set("General");
  add(out, "ptCount").append_attribute("val") = std::to_string(count).c_str();
  return out;
}

void filler::point(pugi::xml_node in, std::size_t index, const std::string& text) {
  auto p = add(in, "pt");
  p.append_attribute("idx") = std::to_string(index).c_str();
  add(p, "v").text().set(text.c_str());
}

void filler::fill(pugi::xml_node series, std::size_t index) {
  const auto& data = data_.series[index];
  const auto rows = data_.categories.size();
  child_of(series, "idx").attribute("val") = std::to_string(index).c_str();
  child_of(series, "order").attribute("val") = std::to_string(index).c_str();
  auto title = child_of(series, "tx");
  if (!title) title = series.insert_child_after(name("tx").c_str(), child_of(series, "order"));
  point(cache(title, "strRef", "strCache", formula(index + 1, 1, 1), 1), 0, data.name);
  for (const std::string_view axis : {"cat", "xVal"}) {
    auto categories = child_of(series, axis);
    if (!categories) continue;
    const bool figures = axis == "xVal" && std::ranges::all_of(data_.categories, [](const std::string& c) {
                           return decimal::parse(c).has_value();
                         });
    auto in = cache(categories, figures ? "numRef" : "strRef", figures ? "numCache" : "strCache",
                    formula(0, 2, rows + 1), rows);
    for (std::size_t i = 0; i < rows; ++i) point(in, i, data_.categories[i]);
  }
  for (const std::string_view axis : {"val", "yVal"}) {
    auto values = child_of(series, axis);
    if (!values) continue;
    auto in = cache(values, "numRef", "numCache", formula(index + 1, 2, rows + 1), rows);
    for (std::size_t i = 0; i < std::min(rows, data.values.size()); ++i)
      if (data.values[i]) point(in, i, data.values[i]->to_string());
  }
}

std::string text_cell(const std::string& place, const std::string& text) {
  std::string out = fmt::format("<c r=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", place);
  xml::append_escaped(out, text);
  return out + "</t></is></c>";
}

std::string make_sheet(const chart_data& data) {
  std::string out =
      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">";
  for (std::size_t i = 0; i < data.series.size(); ++i) out += text_cell(column_name(i + 1) + "1", data.series[i].name);
  out += "</row>";
  for (std::size_t row = 0; row < data.categories.size(); ++row) {
    const auto number = std::to_string(row + 2);
    out += fmt::format("<row r=\"{}\">{}", number, text_cell("A" + number, data.categories[row]));
    for (std::size_t i = 0; i < data.series.size(); ++i)
      if (row < data.series[i].values.size() && data.series[i].values[row])
        out += fmt::format("<c r=\"{}{}\"><v>{}</v></c>", column_name(i + 1), number,
                           data.series[i].values[row]->to_string());
    out += "</row>";
  }
  return out + "</sheetData></worksheet>";
}

}  // namespace

chart_data read_chart(const value& v) {
  chart_data out;
  const auto& categories = list_member(v, "categories", most_categories);
  for (std::size_t i = 0; i < categories.size(); ++i) out.categories.push_back(text_of(categories.at(i), "categories"));
  const auto& series = list_member(v, "series", most_series);
  for (std::size_t i = 0; i < series.size(); ++i) {
    chart_series s;
    if (const auto* name = series.at(i).type() == value::kind::object ? series.at(i).find("name") : nullptr)
      s.name = text_of(*name, "name");
    const auto& values = list_member(series.at(i), "values", out.categories.size());
    for (std::size_t k = 0; k < values.size(); ++k) {
      if (!values.at(k).is_null() && values.at(k).type() != value::kind::number) refuse("values");
      s.values.push_back(values.at(k).is_null() ? std::nullopt : std::optional(values.at(k).as_number()));
    }
    out.series.push_back(std::move(s));
  }
  if (const auto* title = v.find("title")) out.title = text_of(*title, "title");
  if (const auto* alternative = v.find("alt")) out.alternative = text_of(*alternative, "alt");
  return out;
}

std::string fill_chart(const std::string& xml, const chart_data& data) {
  pugi::xml_document chart;
  chart.load_string(xml.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  filler(chart.document_element(), data).run();
  return print(chart);
}

std::string make_workbook(const std::string& chart_xml, const chart_data& data) {
  pugi::xml_document chart;
  chart.load_string(chart_xml.c_str());
  std::string sheet;
  xml::append_escaped_attribute(sheet, sheet_of(chart.document_element()));
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  const std::string main = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  const std::string relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string relationship =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
      "Type=\"";
  const std::pair<std::string, std::string> parts[] = {
      {"[Content_Types].xml",
       fmt::format(
           "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
           "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override "
           "PartName=\"/xl/workbook.xml\" ContentType=\"{0}sheet.main+xml\"/><Override "
           "PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{0}worksheet+xml\"/></Types>",
           main)},
      {"_rels/.rels",
       fmt::format("{}{}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>", relationship, relations)},
      {"xl/workbook.xml",
       fmt::format(
           "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{}\"><sheets>"
           "<sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
           relations, sheet)},
      {"xl/_rels/workbook.xml.rels",
       fmt::format("{}{}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>", relationship, relations)},
      {"xl/worksheets/sheet1.xml", make_sheet(data)}};
  std::string out;
  const byte_sink sink = [&out](std::span<const std::byte> piece) {
    out.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  };
  const byte_patch patch = [&out](std::uint64_t offset, std::span<const std::byte> piece) {
    out.replace(offset, piece.size(), reinterpret_cast<const char*>(piece.data()), piece.size());
  };
  packer pack(sink, patch);
  for (const auto& [name, content] : parts)
    pack.add(name, 0, [&text = content, &head](output& to) {
      to.text(head);
      to.text(text);
    });
  pack.finish();
  return out;
}

}  // namespace vanthu::docx
