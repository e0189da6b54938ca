#include "docx/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "docx/table_layout.hpp"

namespace vanthu::docx {
namespace {

class planner {
 public:
  planner(std::string_view xml, const part_scan& scan, part_plan& plan, part_notes& notes)
      : xml_(xml), scan_(scan), plan_(plan), notes_(notes) {}
  void run();

 private:
  struct group {
    std::size_t last = 0;      // grid column behind it
    std::uint32_t number = 0;  // in plan.columns
  };
  void repeat_columns(std::uint32_t table, const table_layout& layout, const std::vector<std::uint32_t>& blocks);
  bool find_groups(std::uint32_t table, const table_layout& layout, const std::vector<std::uint32_t>& blocks);
  bool join_group(std::uint32_t table, std::uint32_t block, std::size_t first, std::size_t last);
  std::vector<std::uint32_t> path_to(std::uint32_t block, std::uint32_t table) const;
  void fit_cells(std::uint32_t table, const table_layout& layout);
  span_slot over(std::size_t first, std::size_t span) const;
  void widen(const cell_layout& c, std::uint32_t table);
  void fit_margins(const table_layout& layout);
  void vanish_without_columns(std::uint32_t table, const table_layout& layout);
  struct found_directive {
    std::size_t cell = 0;  // of the layout
    std::uint32_t tag = 0;
  };
  std::vector<found_directive> in_cells(const std::vector<std::uint32_t>& tags, const table_layout& layout);
  void directives(const std::vector<std::uint32_t>& tags, const table_layout& layout, std::uint32_t merging);
  void directive(const found_directive& d, const table_layout& layout, std::uint32_t merging);
  void skip_spanned(const found_directive& d, const table_layout& layout);
  const table_layout& layout_of(std::uint32_t table);
  bool merges(std::uint32_t table, const std::vector<std::uint32_t>& tags);
  void watch_merging(std::uint32_t table, const table_layout& layout, std::uint32_t number,
                     const std::vector<std::uint32_t>& tags);
  void add(std::size_t offset, std::size_t length, act what, std::size_t a, unsigned char rank = 1,
           std::uint32_t order = 0) {
    plan_.edits.push_back({offset, length, rank, order, what, static_cast<std::uint32_t>(a)});
  }
  std::uint32_t table_around(std::uint32_t node) const {
    while (node != nowhere && scan_.nodes[node].is != what::table) node = scan_.nodes[node].parent;
    return node;
  }
  void report(std::string id, std::uint32_t tag) {
    const auto& t = scan_.tags[tag];
    const auto& p = scan_.paragraphs[t.paragraph];
    notes_.add(std::move(id), {t.written, with_caret(p.text, t.column)}, p.place);
  }

  std::string_view xml_;
  const part_scan& scan_;
  part_plan& plan_;
  part_notes& notes_;
  std::map<std::uint32_t, table_layout> layouts_;
  // Of the table at hand: the stretches of columns that repeat, by their first column; which cells repeat; for each
  // cell that spans as many as there are, by where it begins, its number in plan.spans.
  std::map<std::size_t, group> groups_;
  std::vector<bool> repeats_;
  std::map<std::size_t, std::uint32_t> widened_;
  std::set<std::size_t> counted_, directed_;  // cells whose columns the data counts; that have tags of cells
};

bool is_of_cells(const tag& t) {
  return t.kind == tag_kind::directive &&
         (t.text.starts_with("$merge") || t.text.starts_with("$span") || t.text.starts_with("$shade"));
}

// 0: $span, 1: $merge, 2: $shade, as the schema orders what they write.
std::size_t order_of(const tag& t) {
  return t.text.starts_with("$span") ? 0 : t.text.starts_with("$merge") ? 1 : 2;
}

void planner::run() {
  // By table: the blocks that repeat columns; the tags of cells, of which tables whose rows repeat may have none.
  std::map<std::uint32_t, std::vector<std::uint32_t>> columns, of_cells;
  for (std::uint32_t b = 0; b < plan_.blocks.size(); ++b) {
    const auto& block = plan_.blocks[b];
    if (block.level == level::cells) columns[table_around(block.around)].push_back(b);
    const auto table = table_around(block.around);
    if (table != nowhere && (block.level == level::cells || block.level == level::rows)) of_cells[table];
  }
  for (std::uint32_t i = 0; i < scan_.tags.size(); ++i) {
    if (!is_of_cells(scan_.tags[i])) continue;
    const auto table = table_around(scan_.tags[i].node);
    if (table == nowhere)
      report("docx.outside-table", i);
    else
      of_cells[table].push_back(i);
  }
  for (const auto& [table, tags] : of_cells) {
    if (!columns.contains(table)) continue;
    const auto& layout = layout_of(table);
    for (const auto t : tags)
      if (const auto cell = layout.cell_at(scan_.tags[t].ranges.front().begin); cell < layout.cells.size())
        directed_.insert(layout.cells[cell].element.begin);
  }
  for (const auto& [table, blocks] : columns)
    if (table != nowhere) repeat_columns(table, layout_of(table), blocks);
  for (const auto& [table, tags] : of_cells) {
    const auto number = merges(table, tags) ? plan_.merging_tables++ : nowhere;
    if (number != nowhere) watch_merging(table, layout_of(table), number, tags);
    if (!tags.empty()) directives(tags, layout_of(table), number);
  }
}

const table_layout& planner::layout_of(std::uint32_t table) {
  const auto [known, is_new] = layouts_.try_emplace(table);
  if (is_new) known->second = read_table(xml_, scan_, scan_.nodes[table]);
  return known->second;
}

// Whether cells may lose what they go on with, or go on with something by data. Few tables are worth a closer look.
bool planner::merges(std::uint32_t table, const std::vector<std::uint32_t>& tags) {
  if (std::ranges::any_of(tags, [&](std::uint32_t t) { return order_of(scan_.tags[t]) == 1; })) return true;
  const auto& n = scan_.nodes[table];
  return xml_.substr(n.begin, n.end - n.begin).find("vMerge") != xml_.npos &&
         std::ranges::any_of(layout_of(table).cells, [](const cell_layout& c) { return !c.merge.empty(); });
}

// Where a cell lies in the grid, and what lies above it, is known only as the rows come.
void planner::watch_merging(std::uint32_t table, const table_layout& layout, std::uint32_t number,
                            const std::vector<std::uint32_t>& tags) {
  add(scan_.nodes[table].begin, 0, act::merging_table, number, 2);
  for (const auto& row : layout.rows) {
    add(row.begin, 0, act::merging_row, plan_.merging_rows.size(), 2);
    plan_.merging_rows.push_back({number, row.before});
  }
  for (const auto& c : layout.cells) {
    const auto wide = widened_.find(c.element.begin);
    add(c.inner, 0, act::merging_cell, plan_.merging_cells.size(), 0);
    plan_.merging_cells.push_back({number, c.span, wide == widened_.end() ? nowhere : wide->second});
  }
  std::vector<bool> by_data(layout.cells.size() + 1, false);  // the last: of what is in no cell
  for (const auto t : tags)
    if (order_of(scan_.tags[t]) == 1) by_data[layout.cell_at(scan_.tags[t].ranges.front().begin)] = true;
  const auto name = scan_.nodes[table].name;
  for (std::size_t i = 0; i < layout.cells.size(); ++i) {
    const auto& m = layout.cells[i].merge;
    if (m.empty() || by_data[i]) continue;
    const bool goes_on = layout.cells[i].goes_on;
    add(m.begin, goes_on ? m.end - m.begin : 0, act::kept_merge, plan_.kept_merges.size());
    plan_.kept_merges.push_back({number, goes_on, std::string(prefix_of(name))});
  }
}

// The blocks within the table that lie around a block and have an item for it, the outermost first, and itself.
std::vector<std::uint32_t> planner::path_to(std::uint32_t block, std::uint32_t table) const {
  std::vector<std::uint32_t> out;
  const auto& n = scan_.nodes[table];
  const auto has_item = [&](const docx::block& around) {
    const auto& others = around.alternatives;
    return scan_.tags[around.opener].kind != tag_kind::open_inverted &&
           (others.empty() || plan_.blocks[block].opener < others.front());
  };
  for (auto b = block; b != nowhere; b = plan_.blocks[b].parent)
    if (plan_.blocks[b].begin >= n.begin && plan_.blocks[b].end <= n.end && (b == block || has_item(plan_.blocks[b])))
      out.push_back(b);
  std::ranges::reverse(out);
  return out;
}

// Each stretch of grid columns that blocks repeat: all blocks over it count as one, and the first that stands in no
// repeated row says how many columns there are.
bool planner::find_groups(std::uint32_t table, const table_layout& layout, const std::vector<std::uint32_t>& blocks) {
  groups_.clear();
  repeats_.assign(layout.cells.size(), false);
  for (const auto b : blocks) {
    const auto& block = plan_.blocks[b];
    auto first = ~std::size_t{0}, last = std::size_t{0};
    for (auto i = layout.first_from(block.begin); i < layout.cells.size(); ++i) {
      const auto& c = layout.cells[i];
      if (c.element.end > block.end) break;
      repeats_[i] = true;
      first = std::min(first, c.first);
      last = std::max(last, c.first + c.span);
    }
    if (!join_group(table, b, first, last)) return report("docx.uneven-columns", block.opener), false;
  }
  return true;
}

// False: the block repeats some of the columns that another one repeats, and not the same.
bool planner::join_group(std::uint32_t table, std::uint32_t block, std::size_t first, std::size_t last) {
  const auto path = path_to(block, table);
  const auto behind = groups_.lower_bound(last);
  const auto other = behind == groups_.begin() ? groups_.end() : std::prev(behind);
  if (other == groups_.end() || other->second.last <= first) {
    groups_.emplace(first, group{last, static_cast<std::uint32_t>(plan_.columns.size())});
    const auto name = scan_.nodes[table].name;
    plan_.columns.push_back({path, 0, {}, fmt::format("{}gridCol", prefix_of(name))});
    return true;
  }
  auto& column = plan_.columns[other->second.number];
  const bool within =
      path.size() > column.blocks.size() && std::equal(column.blocks.begin(), column.blocks.end(), path.begin());
  if (within || path.size() < column.blocks.size()) column.blocks = path;
  return other->first == first && other->second.last == last;
}

void planner::repeat_columns(std::uint32_t table, const table_layout& layout,
                             const std::vector<std::uint32_t>& blocks) {
  if (!find_groups(table, layout, blocks)) return;
  for (const auto& [first, g] : groups_) {
    add(scan_.nodes[table].begin, 0, act::count_columns, g.number, 2);
    auto& column = plan_.columns[g.number];
    const auto others = std::max(layout.grid.size(), g.last) - (g.last - first);
    column.most = (most_columns - std::min(others, most_columns)) / (g.last - first);
    const auto last = std::min(g.last, layout.grid.size());
    if (first >= last) continue;
    for (auto i = first; i < last; ++i) column.widths.push_back(layout.grid[i].width);
    const auto begin = layout.grid[first].element.begin;
    add(begin, layout.grid[last - 1].element.end - begin, act::grid_columns, g.number);
  }
  vanish_without_columns(table, layout);
  fit_margins(layout);
  fit_cells(table, layout);
}

// Where blocks repeat all columns there may be none, and no row has a cell.
void planner::vanish_without_columns(std::uint32_t table, const table_layout& layout) {
  span_slot all;
  std::size_t columns = 0;
  for (const auto& [first, g] : groups_) {
    if (first != columns) return;
    all.groups.push_back({g.number, g.last - first});
    columns = g.last;
  }
  if (std::ranges::any_of(layout.cells, [&](const cell_layout& c) { return c.first + c.span > columns; })) return;
  plan_.vanishing.push_back(table);
  const auto& n = scan_.nodes[table];
  add_skip(plan_.edits, {n.begin, 0, 3, 0, act::skip_unless_spans, static_cast<std::uint32_t>(plan_.spans.size())},
           {n.inner_end, 0, 2, 0, act::skip_end, 0});  // behind the blocks that end there
  plan_.spans.push_back(std::move(all));
}

void planner::fit_cells(std::uint32_t table, const table_layout& layout) {
  for (std::size_t i = 0; i < layout.cells.size(); ++i) {
    const auto& c = layout.cells[i];
    if (!repeats_[i]) {
      widen(c, table);
      continue;
    }
    counted_.insert(c.element.begin);
    if (c.width_value.empty()) continue;
    const auto g = std::prev(groups_.upper_bound(c.first));
    plan_.widths.push_back({g->second.number, c.width});
    add(c.width_value.begin, c.width_value.end - c.width_value.begin, act::cell_width, plan_.widths.size() - 1);
  }
}

// So many grid columns, with those that repeat as often as they come.
span_slot planner::over(std::size_t first, std::size_t span) const {
  span_slot s;
  s.rest = span;
  auto g = groups_.upper_bound(first);
  if (g != groups_.begin() && std::prev(g)->second.last > first) --g;
  for (; g != groups_.end() && g->first < first + span; ++g) {
    const auto width = std::min(g->second.last, first + span) - std::max(g->first, first);
    s.groups.push_back({g->second.number, width});
    s.rest -= width;
  }
  return s;
}

// What a row leaves free before its first cell and behind its last one.
void planner::fit_margins(const table_layout& layout) {
  const auto fit = [&](std::size_t first, std::size_t span, const range& value) {
    auto s = over(first, span);
    if (s.groups.empty() || value.empty()) return;
    add(value.begin, value.end - value.begin, act::cell_span, plan_.spans.size());
    plan_.spans.push_back(std::move(s));
  };
  std::size_t cell = 0;
  for (const auto& r : layout.rows) {
    fit(0, r.before, r.before_value);
    auto end = r.before;
    for (; cell < r.cells_end; ++cell) end = layout.cells[cell].first + layout.cells[cell].span;
    fit(end, r.after, r.after_value);
  }
}

// A cell over repeated columns that is not itself repeated spans as many as there are.
void planner::widen(const cell_layout& c, std::uint32_t table) {
  const auto s = over(c.first, c.span);
  if (s.groups.empty()) return;
  const auto number = static_cast<std::uint32_t>(plan_.spans.size());
  plan_.spans.push_back(s);
  widened_.emplace(c.element.begin, number);
  counted_.insert(c.element.begin);
  if (s.rest == 0)
    add_skip(plan_.edits, {c.element.begin, 0, 2, 0, act::skip_unless_spans, number},
             {c.element.end, 0, 0, 0, act::skip_end, 0});
  if (!c.span_value.empty())
    return add(c.span_value.begin, c.span_value.end - c.span_value.begin, act::cell_span, number);
  if (!c.has_properties) add(c.inner, 0, act::open_properties, table, 0);
  add(c.before_span, 0, act::cell_span_element, number, 0);
  if (!c.has_properties && !directed_.contains(c.element.begin)) add(c.inner, 0, act::close_properties, table, 0);
}

std::vector<planner::found_directive> planner::in_cells(const std::vector<std::uint32_t>& tags,
                                                        const table_layout& layout) {
  std::vector<found_directive> out;
  for (const auto tag : tags) {
    const auto cell = layout.cell_at(scan_.tags[tag].ranges.front().begin);
    if (cell < layout.cells.size())
      out.push_back({cell, tag});
    else
      report("docx.outside-table", tag);
  }
  const auto key = [&](const found_directive& d) { return std::pair(d.cell, order_of(scan_.tags[d.tag])); };
  std::ranges::stable_sort(out, {}, key);
  for (std::size_t i = 1; i < out.size(); ++i)
    if (key(out[i - 1]) == key(out[i])) report("docx.twice-in-cell", out[i].tag);
  const auto same = [&](const found_directive& a, const found_directive& b) { return key(a) == key(b); };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

void planner::directives(const std::vector<std::uint32_t>& tags, const table_layout& layout, std::uint32_t merging) {
  const auto all = in_cells(tags, layout);
  auto merges = nowhere;  // what the cell at hand does
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& c = layout.cells[all[i].cell];
    const auto table = table_around(scan_.tags[all[i].tag].node);
    const bool first = i == 0 || all[i - 1].cell != all[i].cell;
    const bool last = i + 1 == all.size() || all[i + 1].cell != all[i].cell;
    if (first) merges = nowhere;
    const bool opened = c.has_properties || widened_.contains(c.element.begin);
    if (first && !opened) add(c.inner, 0, act::open_properties, table, 0);
    if (order_of(scan_.tags[all[i].tag]) == 1) merges = static_cast<std::uint32_t>(plan_.cells.size());
    directive(all[i], layout, merging);
    if (last && !c.has_properties) add(c.inner, 0, act::close_properties, table, 0);
    if (!last || merges == nowhere) continue;
    add_skip(plan_.edits, {c.content, 0, 0, 0, act::skip_if_merged, merges},
             {c.inner_end, 0, 3, 0, act::skip_end_filled, table});
  }
}

void planner::directive(const found_directive& d, const table_layout& layout, std::uint32_t merging) {
  const auto& c = layout.cells[d.cell];
  const auto order = order_of(scan_.tags[d.tag]);
  const auto where = order == 0 ? c.before_span : order == 1 ? c.before_merge : c.before_shade;
  const auto old = order == 0 ? c.span_element : order == 1 ? c.merge : c.shade;
  const bool spans_columns = order == 0 && widened_.contains(c.element.begin);  // says that itself
  if (!old.empty() && !spans_columns) add(old.begin, old.end - old.begin, act::cut, 0, 0);
  add(where, 0, act::cell_property, plan_.cells.size(), 0);
  plan_.cells.push_back(
      {d.tag, spans_columns ? "" : std::string(xml_.substr(old.begin, old.end - old.begin)), {}, merging});
  if (order == 0) skip_spanned(d, layout);
}

// The cells behind one that may span them, up to the first whose columns the data counts.
void planner::skip_spanned(const found_directive& d, const table_layout& layout) {
  const auto number = static_cast<std::uint32_t>(plan_.cells.size() - 1);
  const auto end = std::min(layout.rows[layout.cells[d.cell].row].cells_end, d.cell + most_columns);
  const auto begins_at = [&](std::size_t cell) { return layout.cells[cell].element.begin; };
  if (widened_.contains(begins_at(d.cell))) return;
  auto& spans = plan_.cells[number].spans;
  spans.push_back(static_cast<std::uint32_t>(layout.cells[d.cell].span));
  if (counted_.contains(begins_at(d.cell))) return;
  for (auto i = d.cell + 1; i < end && !counted_.contains(begins_at(i)); ++i) {
    const auto& other = layout.cells[i].element;
    spans.push_back(static_cast<std::uint32_t>(layout.cells[i].span));
    add_skip(plan_.edits, {other.begin, 0, 2, 0, act::skip_if_spanned, number}, {other.end, 0, 0, 0, act::skip_end, 0});
  }
}

}  // namespace

void plan_tables(std::string_view xml, const part_scan& scan, part_plan& plan, part_notes& notes) {
  planner(xml, scan, plan, notes).run();
}

}  // namespace vanthu::docx
