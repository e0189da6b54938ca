#include "docx/rich.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "docx/addresses.hpp"
#include "docx/expression.hpp"
#include "xml/characters.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

constexpr std::int64_t twips_per_inch = 1440;
constexpr std::int64_t most_span = 63;

[[noreturn]] void refuse(std::string_view where) {
  throw data_fault{"docx.bad-rich", {std::string(where)}};
}

class writer {
 public:
  writer(const run_context& at, const rich_services& with) : at_(at), with_(with), p_(at.prefix) {}
  std::string runs(const value& v);
  rich_blocks_result blocks(const value& v, bool tables);

 private:
  std::string run(const value& v);
  std::string link(std::string_view address, const std::string& inside);
  property_list looks(const value& v) const;
  std::string paragraph(const value& v);
  std::string list_of(const value& v);
  std::string table(const value& v);
  std::string row(const value& cells, std::span<const std::int64_t> widths, bool header);
  std::string cell(const value& v, std::int64_t width);
  std::string element(std::string_view name, std::string_view attribute, std::string_view content) const {
    return fmt::format("<{0}{1} {0}{2}=\"{3}\"/>", p_, name, attribute, content);
  }

  const run_context& at_;
  const rich_services& with_;
  const std::string& p_;
  std::string list_, list_word_;  // the one the last paragraph was in
};

const value* member(const value& v, std::string_view name) {
  return v.type() == value::kind::object ? v.find(name) : nullptr;
}

bool is_set(const value& v, std::string_view name) {
  const auto* m = member(v, name);
  if (m == nullptr || m->is_null()) return false;
  if (m->type() != value::kind::boolean) refuse(name);
  return m->as_boolean();
}

std::optional<std::string> text_member(const value& v, std::string_view name) {
  const auto* m = member(v, name);
  if (m == nullptr || m->is_null()) return {};
  if (m->type() != value::kind::text) refuse(name);
  if (xml::find_flaw(m->as_text()).what != xml::flaw::none) refuse(name);
  return std::string(m->as_text());
}

// In thousandths.
std::optional<std::int64_t> number_member(const value& v, std::string_view name, std::int64_t least,
                                          std::int64_t most) {
  const auto* m = member(v, name);
  if (m == nullptr || m->is_null()) return {};
  if (m->type() != value::kind::number) refuse(name);
  const auto n = m->as_number().rounded(3);
  if (n < decimal(least) || n > decimal(most)) refuse(name);
  return (n * decimal(1000)).rounded(0).coefficient();
}

void refuse_others(const value& v, std::span<const std::string_view> known) {
  for (std::size_t i = 0; i < v.size(); ++i)
    if (std::ranges::find(known, v.name(i)) == known.end()) refuse(v.name(i));
}

bool is_color(std::string_view text) {
  return text.size() == 6 && text.find_first_not_of("0123456789abcdefABCDEF") == text.npos;
}

std::string escaped(std::string_view text) {
  std::string out;
  xml::append_escaped_attribute(out, text);
  return out;
}

bool is_run(const value& v) {
  return member(v, "text") != nullptr || member(v, "image") != nullptr ||
         (member(v, "break") != nullptr && member(v, "break")->type() == value::kind::text &&
          member(v, "break")->as_text() != "page");
}

// A list of runs, or of plain texts and runs.
bool is_runs(const value& v) {
  if (v.type() != value::kind::list) return is_run(v);
  for (std::size_t i = 0; i < v.size(); ++i)
    if (is_run(v.at(i))) return true;
  return false;
}

property_list writer::looks(const value& v) const {
  constexpr std::string_view known[] = {"text", "bold", "italic", "underline", "strike", "color", "highlight",
                                        "size", "font", "style",  "super",     "sub",    "link"};
  constexpr std::string_view highlights[] = {
      "black",    "blue",     "cyan",      "green",       "magenta", "red",        "yellow",   "white",
      "darkBlue", "darkCyan", "darkGreen", "darkMagenta", "darkRed", "darkYellow", "darkGray", "lightGray"};
  refuse_others(v, known);
  auto out = at_.run;
  const auto flag = [&](std::string_view name, std::string_view property) {
    const auto* m = member(v, name);
    if (m == nullptr || m->is_null()) return;
    out.set(property, is_set(v, name) ? fmt::format("<{}{}/>", p_, property) : element(property, "val", "0"));
  };
  if (const auto style = text_member(v, "style")) out.set("rStyle", element("rStyle", "val", escaped(*style)));
  if (const auto font = text_member(v, "font")) {
    const auto name = escaped(*font);
    out.set("rFonts", fmt::format("<{0}rFonts {0}ascii=\"{1}\" {0}hAnsi=\"{1}\" {0}cs=\"{1}\"/>", p_, name));
  }
  flag("bold", "b");
  flag("italic", "i");
  flag("strike", "strike");
  if (is_set(v, "underline")) out.set("u", element("u", "val", "single"));
  if (const auto color = text_member(v, "color")) {
    if (!is_color(*color)) refuse("color");
    out.set("color", element("color", "val", *color));
  }
  if (const auto highlight = text_member(v, "highlight")) {
    if (std::ranges::find(highlights, *highlight) == std::end(highlights)) refuse("highlight");
    out.set("highlight", element("highlight", "val", *highlight));
  }
  if (const auto size = number_member(v, "size", 1, 1638)) {
    const auto half_points = std::to_string((*size * 2 + 500) / 1000);
    out.set("sz", element("sz", "val", half_points));
    out.set("szCs", element("szCs", "val", half_points));
  }
  if (is_set(v, "super")) out.set("vertAlign", element("vertAlign", "val", "superscript"));
  if (is_set(v, "sub")) out.set("vertAlign", element("vertAlign", "val", "subscript"));
  return out;
}

// A field needs no relationship, so that nothing in a package ever leads outside because of data.
std::string writer::link(std::string_view address, const std::string& inside) {
  if (!is_safe_address(address)) refuse("link");
  const auto mark = [&](std::string_view type) {
    return fmt::format("<{0}r><{0}fldChar {0}fldCharType=\"{1}\"/></{0}r>", p_, type);
  };
  return fmt::format("{1}<{0}r><{0}instrText xml:space=\"preserve\"> HYPERLINK \"{2}\" </{0}instrText></{0}r>{3}{4}{5}",
                     p_, mark("begin"), escaped(address), mark("separate"), inside, mark("end"));
}

std::string writer::run(const value& v) {
  if (v.is_null()) return {};
  if (v.type() == value::kind::list) refuse("runs");
  if (const auto* image = member(v, "image")) return fmt::format("<{0}r>{1}</{0}r>", p_, with_.picture(*image));
  if (const auto word = text_member(v, "break")) {
    if (*word == "line") return fmt::format("<{0}r><{0}br/></{0}r>", p_);
    if (*word == "tab") return fmt::format("<{0}r><{0}tab/></{0}r>", p_);
    if (*word != "page") refuse("break");
    return fmt::format("<{0}r><{0}br {0}type=\"page\"/></{0}r>", p_);
  }
  const bool is_object = v.type() == value::kind::object;
  const auto* text = is_object ? v.find("text") : &v;
  if (text == nullptr) refuse(v.size() > 0 ? v.name(0) : "runs");
  const auto written = to_text({text, {}, {}, nullptr});
  if (xml::find_flaw(written).what != xml::flaw::none) refuse("text");
  auto look = is_object ? looks(v) : at_.run;
  const auto address = is_object ? text_member(v, "link") : std::nullopt;
  if (address && member(v, "color") == nullptr) look.set("color", element("color", "val", "0563C1"));
  if (address && member(v, "underline") == nullptr) look.set("u", element("u", "val", "single"));
  auto out = fmt::format("<{0}r>{1}{2}</{0}r>", p_, look.whole(p_ + "rPr"), run_content(written, p_));
  return address ? link(*address, out) : out;
}

std::string writer::runs(const value& v) {
  if (v.type() != value::kind::list) return run(v);
  std::string out;
  for (std::size_t i = 0; i < v.size(); ++i) out += run(v.at(i));
  return out;
}

// The number of the list a paragraph is in; neighbours of the same kind share it.
std::string writer::list_of(const value& v) {
  const auto word = text_member(v, "list").value_or("");
  if (!word.empty() && word != "bullet" && word != "number") refuse("list");
  if (word != list_word_)
    list_ = word.empty() ? "" : with_.new_list(word == "bullet" ? list_style::bullets : list_style::numbers);
  list_word_ = word;
  return list_;
}

std::string writer::paragraph(const value& v) {
  constexpr std::string_view known[] = {"runs", "style", "align", "list", "level"};
  constexpr std::pair<std::string_view, std::string_view> sides[] = {
      {"left", "left"}, {"center", "center"}, {"right", "right"}, {"justify", "both"}};
  auto look = at_.paragraph;
  look.remove("sectPr");
  look.remove("pPrChange");
  const bool described = v.type() == value::kind::object && !is_run(v);
  if (!described) {
    (void)list_of(value());
    return fmt::format("<{0}p>{1}{2}</{0}p>", p_, look.whole(p_ + "pPr"), runs(v));
  }
  refuse_others(v, known);
  if (const auto style = text_member(v, "style")) look.set("pStyle", element("pStyle", "val", escaped(*style)));
  if (const auto align = text_member(v, "align")) {
    const auto* side =
        std::ranges::find(sides, std::string_view(*align), &std::pair<std::string_view, std::string_view>::first);
    if (side == std::end(sides)) refuse("align");
    look.set("jc", element("jc", "val", side->second));
  }
  const auto level = number_member(v, "level", 0, 8).value_or(0) / 1000;
  if (const auto number = list_of(v); !number.empty()) {
    look.remove("ind");
    look.set("numPr", fmt::format("<{0}numPr>{1}{2}</{0}numPr>", p_, element("ilvl", "val", std::to_string(level)),
                                  element("numId", "val", number)));
  }
  const auto* content = v.find("runs");
  if (content == nullptr) refuse("runs");
  return fmt::format("<{0}p>{1}{2}</{0}p>", p_, look.whole(p_ + "pPr"), runs(*content));
}

std::string writer::cell(const value& v, std::int64_t width) {
  constexpr std::string_view known[] = {"blocks", "span", "shade"};
  property_list look(properties_of::cell);
  look.set("tcW", fmt::format("<{0}tcW {0}w=\"{1}\" {0}type=\"dxa\"/>", p_, width));
  const auto* content = &v;
  if (member(v, "blocks") != nullptr) {
    refuse_others(v, known);
    content = v.find("blocks");
    if (const auto span = number_member(v, "span", 1, most_span); span && *span > 1000)
      look.set("gridSpan", element("gridSpan", "val", std::to_string(*span / 1000)));
    if (const auto shade = text_member(v, "shade")) {
      if (!is_color(*shade)) refuse("shade");
      look.set("shd", fmt::format("<{0}shd {0}val=\"clear\" {0}color=\"auto\" {0}fill=\"{1}\"/>", p_, *shade));
    }
  }
  auto inside = blocks(*content, false).markup;
  if (inside.empty()) inside = fmt::format("<{}p/>", p_);
  return fmt::format("<{0}tc>{1}{2}</{0}tc>", p_, look.whole(p_ + "tcPr"), inside);
}

std::int64_t span_of(const value& cell) {
  return number_member(cell, "span", 1, most_span).value_or(1000) / 1000;
}

std::string writer::row(const value& cells, std::span<const std::int64_t> widths, bool header) {
  if (cells.type() != value::kind::list) refuse("table");
  std::string out = fmt::format("<{}tr>", p_);
  if (header) out += fmt::format("<{0}trPr><{0}tblHeader/></{0}trPr>", p_);
  std::size_t column = 0;
  for (std::size_t i = 0; i < cells.size() && column < widths.size(); ++i) {
    const auto span = std::min(static_cast<std::size_t>(span_of(cells.at(i))), widths.size() - column);
    std::int64_t width = 0;
    for (std::size_t k = 0; k < span; ++k) width += widths[column + k];
    out += cell(cells.at(i), width);
    column += span;
  }
  for (; column < widths.size(); ++column) out += cell(value(), widths[column]);
  return out + fmt::format("</{}tr>", p_);
}

std::string writer::table(const value& v) {
  constexpr std::string_view known[] = {"table", "widths", "header"};
  constexpr std::int64_t text_width = 9071;  // twips of 160 mm
  refuse_others(v, known);
  const auto& rows = *v.find("table");
  if (rows.type() != value::kind::list || rows.size() == 0) refuse("table");
  std::int64_t columns = 1;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::int64_t wide = 0;
    for (std::size_t k = 0; k < rows.at(i).size(); ++k) wide += span_of(rows.at(i).at(k));
    columns = std::max(columns, wide);
  }
  if (columns > most_span) refuse("table");
  std::vector<std::int64_t> widths(static_cast<std::size_t>(columns), text_width / columns);
  if (const auto* given = v.find("widths")) {
    if (given->type() != value::kind::list || given->size() > widths.size()) refuse("widths");
    for (std::size_t i = 0; i < given->size(); ++i) {
      const auto mm = number_member(value::object({{"widths", given->at(i)}}), "widths", 1, 1000);
      if (!mm) refuse("widths");
      widths[i] = *mm * twips_per_inch / 25'400;
    }
  }
  const auto header = static_cast<std::size_t>(number_member(v, "header", 0, 100).value_or(0) / 1000);
  std::string out = fmt::format("<{0}tbl><{0}tblPr><{0}tblW {0}w=\"0\" {0}type=\"auto\"/><{0}tblBorders>", p_);
  for (const std::string_view side : {"top", "left", "bottom", "right", "insideH", "insideV"})
    out += fmt::format("<{0}{1} {0}val=\"single\" {0}sz=\"4\" {0}space=\"0\" {0}color=\"auto\"/>", p_, side);
  out += fmt::format("</{0}tblBorders></{0}tblPr><{0}tblGrid>", p_);
  for (const auto w : widths) out += element("gridCol", "w", std::to_string(w));
  out += fmt::format("</{}tblGrid>", p_);
  for (std::size_t i = 0; i < rows.size(); ++i) out += row(rows.at(i), widths, i < header);
  return out + fmt::format("</{}tbl>", p_);
}

rich_blocks_result writer::blocks(const value& v, bool tables) {
  rich_blocks_result out;
  const auto one = [&](const value& b) {
    if (b.is_null()) return;
    out.ends_with_table = member(b, "table") != nullptr;
    if (out.ends_with_table && !tables) refuse("table");
    if (out.ends_with_table) return (void)(out.markup += table(b));
    if (b.type() == value::kind::list && !is_runs(b)) refuse("blocks");
    out.markup += paragraph(member(b, "break") != nullptr ? value::list({b}) : b);
  };
  if (v.type() != value::kind::list || is_runs(v)) return one(v), out;
  for (std::size_t i = 0; i < v.size(); ++i) one(v.at(i));
  return out;
}

}  // namespace

std::string run_content(std::string_view text, std::string_view prefix) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find_first_of("\n\r\t", at), text.size());
    if (end > at) {
      out += fmt::format("<{}t xml:space=\"preserve\">", prefix);
      xml::append_escaped(out, text.substr(at, end - at));
      out += fmt::format("</{}t>", prefix);
    }
    if (end == text.size()) break;
    if (text[end] == '\t')
      out += fmt::format("<{}tab/>", prefix);
    else if (text[end] == '\n' || !text.substr(end + 1).starts_with('\n'))
      out += fmt::format("<{}br/>", prefix);
    at = end + 1;
  }
  return out;
}

std::string rich_runs(const value& v, const run_context& at, const rich_services& with) {
  return writer(at, with).runs(v);
}

rich_blocks_result rich_blocks(const value& v, const run_context& at, const rich_services& with) {
  return writer(at, with).blocks(v, true);
}

}  // namespace vanthu::docx
