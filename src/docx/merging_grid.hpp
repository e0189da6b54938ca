// The cells of a table that merge by data with those above them.
#pragma once

#include <cstdint>
#include <vector>

#include "vanthu/value.hpp"

namespace vanthu::docx {

// Follows a table as it is written, cell by cell: knows those that merge in the row at hand and in the one above.
class merging_grid {
 public:
  void begin_row(std::uint64_t columns_before);
  void begin_cell(std::uint64_t span);
  void change_span(std::uint64_t span) { span_ = span; }  // of the cell at hand

  // What the cell right above merges by, if it merges and is over the same columns; else nullptr.
  const value* above() const;
  void merge(value by) { row_.push_back({column_, span_, std::move(by)}); }  // the cell at hand

 private:
  struct cell {
    std::uint64_t column = 0, span = 0;
    value by;
  };
  std::vector<cell> above_, row_;
  std::uint64_t column_ = 0, span_ = 0;  // of the cell at hand; the span is 0 before the first
};

}  // namespace vanthu::docx
