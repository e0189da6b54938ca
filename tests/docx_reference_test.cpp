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
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
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
      out += p(line);
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

std::vector<example> examples() {
  std::vector<example> out;
  const auto text = read_file(std::string(VANTHU_SOURCE_DIR) + "/templates/README.md");
  for (const auto& line : split(text.substr(0, text.find("## Data of")), "\n")) {
    const auto cells = split(replaced(line, "\\|", "\x01"), " | ");
    if (cells.size() != 4 || cells[1].size() < 2 || cells[1].front() != '`') continue;
    const auto code = [](std::string cell) {
      cell = replaced(cell, " |", "");
      return replaced(cell.substr(1, cell.size() - 2), "\x01", "|");
    };
    out.push_back({cells[0], code(cells[1]), code(cells[2]), code(cells[3])});
  }
  return out;
}

std::optional<bytes> logo(std::string_view name) {
  if (name == "phu-luc.docx") return document(p("Phụ lục"));
  if (name != "logo.png") return {};
  const std::string_view gif("GIF89a\x04\0\x03\0", 10);
  const auto raw = std::as_bytes(std::span(gif));
  return bytes(raw.begin(), raw.end());
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
