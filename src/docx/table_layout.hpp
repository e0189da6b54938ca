// A table of a template as its grid sees it: where its rows and cells stand, and which columns they cover.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "docx/structure.hpp"

namespace vanthu::docx {

inline constexpr std::size_t most_columns = 63;  // of a row, in Word

struct grid_column {
  range element;
  std::int64_t width = 0;
};

struct cell_layout {
  range element;
  std::size_t inner = 0, inner_end = 0;  // behind the start tag; of the end tag
  std::size_t content = 0;               // behind the properties
  std::size_t row = 0;
  std::size_t first = 0, span = 1;  // grid columns
  bool has_properties = false;
  bool goes_on = false;  // with the cell above it, as `merge` says
  range span_element, span_value, width_value, merge, shade;
  std::int64_t width = 0;
  std::size_t before_span = 0, before_merge = 0, before_shade = 0;  // where such elements belong
};

struct row_layout {
  std::size_t begin = 0;
  std::size_t before = 0;     // grid columns before its first cell
  std::size_t cells_end = 0;  // number of the first cell behind its own
  std::size_t after = 0;      // grid columns behind its last cell
  range before_value, after_value;
};

struct table_layout {
  std::vector<grid_column> grid;
  std::vector<row_layout> rows;
  std::vector<cell_layout> cells;  // of all rows, as they stand
  // The number of the first cell that begins at `offset` or behind it, and of the one `offset` lies in, or that of
  // none.
  std::size_t first_from(std::size_t offset) const;
  std::size_t cell_at(std::size_t offset) const;
};

// Without the tables inside it.
table_layout read_table(std::string_view xml, const part_scan& scan, const node& table);

}  // namespace vanthu::docx
