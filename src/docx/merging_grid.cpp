#include "docx/merging_grid.hpp"

#include <algorithm>
#include <utility>

namespace vanthu::docx {

// A row that came without a cell is none.
void merging_grid::begin_row(std::uint64_t columns_before) {
  if (span_ > 0) above_ = std::exchange(row_, {});
  column_ = columns_before;
  span_ = 0;
}

void merging_grid::begin_cell(std::uint64_t span) {
  column_ += span_;
  span_ = span;
}

const value* merging_grid::above() const {
  const auto at = std::ranges::lower_bound(above_, column_, {}, &cell::column);
  return at != above_.end() && at->column == column_ && at->span == span_ ? &at->by : nullptr;
}

}  // namespace vanthu::docx
