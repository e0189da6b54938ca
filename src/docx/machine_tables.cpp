// How a machine writes tables whose columns or cells the data shapes.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "docx/machine.hpp"

namespace vanthu::docx {

namespace {

scope turn_of(const operand& o, std::size_t turn) {
  if (o.is_list()) return {&o.at(turn), true, turn, o.size()};
  return {o.get().type() == value::kind::boolean ? nullptr : &o.get(), false, 0, 0};
}

}  // namespace

// How many columns there are as the table begins: rows around them that are repeated count by their first. More than
// Word has room for are not counted to their end.
std::size_t machine::columns_of(const column& c) {
  struct opened {
    operand of;
    std::size_t turns = 0, begun = 0;
  };
  std::vector<opened> around;
  around.reserve(c.sites.size());  // the scopes point into it
  std::size_t count = 0;
  do {
    const auto at = around.size();
    auto o = ask(program_.sites[c.sites[at]]);
    const std::size_t items = !is_true(o) ? 0 : o.is_list() ? o.size() : 1;
    if (at + 1 == c.sites.size())
      count += items;
    else
      around.push_back({std::move(o), at < c.rows ? std::min<std::size_t>(items, 1) : items});
    while (!around.empty()) {
      auto& b = around.back();
      if (b.begun > 0) pop_scope();
      if (b.begun < b.turns && count <= c.most) {
        count_iteration(program_.sites[c.sites[around.size() - 1]]);
        push_scope(turn_of(b.of, b.begun++));
        break;
      }
      around.pop_back();
    }
  } while (!around.empty());
  return count;
}

void machine::count_columns(std::uint32_t number) {
  const auto& c = program_.columns[number];
  const auto count = columns_of(c);
  column_counts_[number] = std::min(count, c.most);
  if (count > c.most)
    note(program_.sites[c.sites.back()], "docx.out-of-range", {std::to_string(count), "0", std::to_string(c.most)});
}

void machine::put_grid(std::uint32_t number) {
  const auto& c = program_.columns[number];
  const auto count = column_counts_[number];
  std::string turn;
  for (const auto w : c.widths)
    turn += fmt::format("<{0} {1}w=\"{2}\"/>", c.name, program_.table_prefix,
                        w / static_cast<std::int64_t>(std::max<std::size_t>(1, count)));
  for (std::size_t i = 0; i < count; ++i) put(turn);
}

std::uint64_t machine::span_of(const span_slot& s) const {
  std::uint64_t out = s.rest;
  for (const auto& g : s.groups) out += column_counts_[g.group] * g.width;
  return out;
}

bool machine::skip_spanned() {
  if (cells_to_skip_ == 0) return false;
  --cells_to_skip_;
  return true;
}

void machine::put_cell_property(std::uint32_t number) {
  const auto& c = program_.cells[number];
  const auto o = ask(program_.sites[c.site]);
  switch (c.what) {
    case cell_property::span:
      return put_cell_span(c, o);
    case cell_property::merge:
      return put_cell_merge(number, o);
    default:  // cell_property::shade
      return put_cell_shade(c, o);
  }
}

void machine::put_cell_span(const cell& c, const operand& o) {
  cells_to_skip_ = 0;
  if (o.is_null()) return put(c.old);
  const auto most = std::max<std::size_t>(1, c.spans.size());
  if (o.get().type() != value::kind::number || o.get().as_number() < decimal(1) || o.get().as_number() > decimal(most))
    return note(program_.sites[c.site], "docx.bad-span", {std::to_string(most)});
  if (c.spans.empty()) return;
  const auto cells = static_cast<std::uint32_t>(o.get().as_number().rounded(0).coefficient());
  cells_to_skip_ = cells - 1;
  const auto span = std::accumulate(c.spans.begin(), c.spans.begin() + cells, std::uint32_t{0});
  if (c.table < grids_.size()) grids_[c.table].change_span(span);
  if (span > 1) put(fmt::format("<{0}gridSpan {0}val=\"{1}\"/>", c.prefix, span));
}

// A cell goes on with the one above it where that one merges too, over the same columns and by the same value.
void machine::put_cell_merge(std::uint32_t number, const operand& o) {
  const auto& c = program_.cells[number];
  auto& g = grids_[c.table];
  const auto* above = g.above();
  continues_[number] = !o.is_null() && above != nullptr && *above == o.get();
  if (!o.is_null()) g.merge(o.get());
  put(continues_[number] ? fmt::format("<{0}vMerge/>", c.prefix)
                         : fmt::format("<{0}vMerge {0}val=\"restart\"/>", c.prefix));
}

void machine::put_cell_shade(const cell& c, const operand& o) {
  if (o.is_null() || !is_true(o)) return put(c.old);
  const auto color = o.get().type() == value::kind::text ? o.get().as_text() : std::string_view{};
  if (color.size() != 6 || color.find_first_not_of("0123456789abcdefABCDEF") != color.npos)
    return note(program_.sites[c.site], "docx.bad-color", {});
  put(fmt::format("<{0}shd {0}val=\"clear\" {0}color=\"auto\" {0}fill=\"{1}\"/>", c.prefix, color));
}

// A merge the template has goes on only where there is something above it: rows may not have come.
void machine::keep_merge(const merge_slot& m) {
  auto& g = grids_[m.table];
  if (m.goes_on)
    put(g.above() != nullptr ? fmt::format("<{0}vMerge/>", m.prefix)
                             : fmt::format("<{0}vMerge {0}val=\"restart\"/>", m.prefix));
  g.merge({});
}

void machine::begin_cell(const grid_cell& c) {
  grids_[c.table].begin_cell(c.spans == nowhere ? c.span : span_of(program_.spans[c.spans]));
}

}  // namespace vanthu::docx
