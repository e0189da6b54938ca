// The examples of templates/README.md do what they say.
#include <doctest/doctest.h>

#include "docx_builder.hpp"
#include "docx_check.hpp"
#include "vanthu/file.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

std::vector<std::string> split(const std::string& text, const std::string& by) {
  std::vector<std::string> out;
  std::size_t at = 0;
  for (auto end = text.find(by); end != std::string::npos; end = text.find(by, at)) {
    out.push_back(text.substr(at, end - at));
    at = end + by.size();
  }
  out.push_back(text.substr(at));
  return out;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

// The first `inside` of "{open}inside{close}" in a text, and what is around it.
struct bracketed {
  std::string before, inside, after;
};

std::optional<bracketed> find_bracketed(const std::string& text, const std::string& open, const std::string& close) {
  const auto begin = text.find(open);
  const auto end = begin == std::string::npos ? begin : text.find(close, begin);
  if (end == std::string::npos) return {};
  const auto inner = begin + open.size();
  return bracketed{text.substr(0, begin), text.substr(inner, end - inner), text.substr(end + close.size())};
}

std::string run(const std::string& text) {
  const auto paragraph = p(text);
  constexpr std::string_view around[] = {"<w:p>", "</w:p>"};
  return paragraph.substr(around[0].size(), paragraph.size() - around[0].size() - around[1].size());
}

// "‹code: text›" is a field, "⟨text⟩" an equation.
std::string paragraph_for(const std::string& text) {
  const auto mark = [](const std::string& type) { return "<w:r><w:fldChar w:fldCharType=\"" + type + "\"/></w:r>"; };
  if (const auto field = find_bracketed(text, "‹", "›")) {
    const auto parts = split(field->inside, ": ");
    return "<w:p>" + run(field->before) + mark("begin") + "<w:r><w:instrText>" + parts.at(0) + "</w:instrText></w:r>" +
           mark("separate") + run(parts.at(1)) + mark("end") + run(field->after) + "</w:p>";
  }
  if (const auto equation = find_bracketed(text, "⟨", "⟩"))
    return "<w:p>" + run(equation->before) +
           "<m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><m:r><m:t>" +
           equation->inside + "</m:t></m:r></m:oMath>" + run(equation->after) + "</w:p>";
  return p(text);
}

// " ¶ " ends a paragraph, " ¦ " a cell; rows that follow each other are one table.
std::string body_for(const std::string& example) {
  std::string out;
  std::vector<std::string> rows;
  const auto end_table = [&] {
    if (!rows.empty()) out += table(rows) + p("");
    rows.clear();
  };
  for (const auto& line : split(example, " ¶ ")) {
    const auto cells = split(line, " ¦ ");
    if (cells.size() == 1) {
      end_table();
      out += paragraph_for(line);
      continue;
    }
    std::vector<std::string> filled;
    for (const auto& c : cells) filled.push_back(p(c));
    rows.push_back(row(filled));
  }
  end_table();
  return out;
}

struct example {
  std::string what, body, json, gives;
};

// What lies between two headings, line by line.
std::vector<std::string> lines_between(const std::string& from, const std::string& to) {
  const auto text = read_file(std::string(VANTHU_SOURCE_DIR) + "/templates/README.md");
  const auto begin = text.find("\n" + from + "\n");
  const auto end = text.find("\n" + to + "\n");
  REQUIRE(begin < end);
  REQUIRE(end != std::string::npos);
  return split(text.substr(begin, end - begin), "\n");
}

// The cells of a line of a table; none of another line.
std::vector<std::string> cells_of(const std::string& line) {
  if (!line.starts_with("| ") || !line.ends_with(" |")) return {};
  auto cells = split(replaced(line.substr(2, line.size() - 4), "\\|", "\x01"), " | ");
  for (auto& c : cells) c = replaced(c, "\x01", "|");
  return cells;
}

bool is_code(const std::string& cell) {
  return cell.size() >= 2 && cell.front() == '`' && cell.back() == '`';
}

std::string code(const std::string& cell) {
  REQUIRE(is_code(cell));
  return cell.substr(1, cell.size() - 2);
}

std::vector<example> examples() {
  std::vector<example> out;
  for (const auto& line : lines_between("## The language", "## Faults")) {
    const auto cells = cells_of(line);
    if (cells.size() != 4 || !is_code(cells[1])) continue;
    out.push_back({cells[0], code(cells[1]), code(cells[2]), code(cells[3])});
  }
  return out;
}

struct fault_example {
  std::string id, body, json, body_instead, json_instead;
};

// "(x)⁶⁵" is x 65 times.
std::string repeated(const std::string& text) {
  constexpr std::string_view raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  const auto digit_at = [&](std::size_t at) {
    return std::ranges::find_if(raised, [&](auto d) { return text.compare(at, d.size(), d) == 0; }) - raised;
  };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto close = text[at] == '(' ? text.find(')', at) : std::string::npos;
    std::size_t times = 0, end = close == std::string::npos ? close : close + 1;
    for (; end < text.size() && digit_at(end) < 10; end += raised[digit_at(end)].size())
      times = times * 10 + static_cast<std::size_t>(digit_at(end));
    if (times == 0) {
      out += text[at++];
      continue;
    }
    for (std::size_t i = 0; i < times; ++i) out.append(text, at + 1, close - at - 1);
    at = end;
  }
  return out;
}

// What stands instead is a template, "with" and data, or both.
std::vector<fault_example> fault_examples() {
  std::vector<fault_example> out;
  for (const auto& line : lines_between("## Faults", "## Data")) {
    const auto cells = cells_of(line);
    if (cells.size() != 4 || !is_code(cells[0])) continue;
    fault_example e{code(cells[0]), repeated(code(cells[1])), code(cells[2]), {}, {}};
    const auto instead = split(" " + cells[3], " with ");
    e.body_instead = instead.front().empty() ? e.body : repeated(code(instead.front().substr(1)));
    e.json_instead = instead.size() == 1 ? e.json : code(instead.at(1));
    out.push_back(std::move(e));
  }
  return out;
}

// The ids of the second table.
faults other_faults() {
  faults out;
  for (const auto& line : lines_between("## Faults", "## Data"))
    if (const auto cells = cells_of(line); cells.size() == 3 && is_code(cells[0])) out.push_back(code(cells[0]));
  return out;
}

std::optional<bytes> logo(std::string_view name) {
  if (name == "phu-luc.docx") return document(p("Phụ lục"));
  if (name == "dinh-kem.docx") return document("<w:altChunk r:id=\"rId9\"/>");
  if (name != "logo.png") return {};
  const std::string_view gif("GIF89a\x04\0\x03\0", 10);
  const auto raw = std::as_bytes(std::span(gif));
  return bytes(raw.begin(), raw.end());
}

// Of the template; if it has none, of the data.
diagnostics remarks_on(const std::string& body, const std::string& json) {
  render_options options;
  options.assets = logo;
  const auto made = document_template::compile(document(body_for(body)), "t.docx");
  return made ? made->check(docx_builder::data(json), "d.json", options) : made.notes;
}

}  // namespace

TEST_CASE("every example of the tag reference gives what it says") {
  const auto all = examples();
  REQUIRE(all.size() > 60);
  render_options options;
  options.assets = logo;
  for (const auto& e : all) {
    CAPTURE(e.what);
    auto text = read(body_for(e.body), e.json, options);
    const bool is_table = e.body.find(" ¦ ") != std::string::npos || e.gives.find(" ¦ ") != std::string::npos;
    while (text.ends_with('\n')) text.pop_back();
    text = replaced(replaced(text, "\t", " ¦ "), "\n", " ¶ ");
    if (is_table && text.ends_with(" ¶ ")) text.resize(text.size() - 4);
    CHECK(text == e.gives);
  }
}

TEST_CASE("every example of a fault is that fault and no other, and what stands instead is none") {
  const auto all = fault_examples();
  REQUIRE(all.size() > 40);
  for (const auto& e : all) {
    CAPTURE(e.id);
    const auto notes = remarks_on(e.body, e.json);
    CHECK(ids(notes) == faults{e.id});
    CHECK(texts(remarks_on(e.body_instead, e.json_instead)) == "");
  }
}

TEST_CASE("the tables of faults name every fault of documents once") {
  auto told = other_faults();
  CHECK(std::ranges::is_sorted(told));
  faults shown;
  for (const auto& e : fault_examples()) shown.push_back(e.id);
  CHECK(std::ranges::is_sorted(shown));
  told.insert(told.end(), shown.begin(), shown.end());
  std::ranges::sort(told);
  faults known;
  for (const auto& entry : catalogue())
    if (entry.id.starts_with("docx.")) known.emplace_back(entry.id);
  CHECK(told == known);
}
