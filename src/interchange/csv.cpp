#include "vanthu/interchange.hpp"

namespace vanthu {
namespace {

// Spreadsheets take such a cell for a formula; a number is what it seems.
bool looks_like_formula(const std::string& cell) {
  constexpr std::string_view starts = "=+-@";
  return !cell.empty() && starts.find(cell.front()) != std::string_view::npos && !decimal::parse(cell);
}

void put_cell(std::string& out, const std::string& cell) {
  const auto safe = looks_like_formula(cell) ? "'" + cell : cell;
  if (safe.find_first_of("\",\r\n") == std::string::npos) {
    out += safe;
    return;
  }
  out += '"';
  for (const char c : safe) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void put_row(std::string& out, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i != 0) out += ',';
    put_cell(out, cells[i]);
  }
  out += "\r\n";
}

}  // namespace

std::string to_csv(const table& t) {
  std::string out = "\xEF\xBB\xBF";
  put_row(out, t.columns);
  for (const auto& row : t.rows) put_row(out, row);
  return out;
}

}  // namespace vanthu
