#include "docx/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "docx/fragment.hpp"

namespace vanthu::docx {
namespace {

struct grid_column {
  range element;
  std::int64_t width = 0;
};

struct cell_layout {
  range element;
  std::size_t inner = 0, inner_end = 0;  // behind the start tag; of the end tag
  std::size_t content = 0;               // behind the properties
  std::size_t first = 0, span = 1;       // grid columns
  bool has_properties = false;
  range span_element, span_value, width_value, merge, shade;
  std::int64_t width = 0;
  std::size_t before_span = 0, before_merge = 0, before_shade = 0;  // where such elements belong
};

struct row_layout {
  std::size_t begin = 0;
  std::size_t before = 0;  // grid columns before its first cell
  std::vector<cell_layout> cells;
};

struct table_layout {
  std::vector<grid_column> grid;
  std::vector<row_layout> rows;
};

constexpr std::int64_t most_columns = 63;  // of a row, in Word

std::int64_t number_in(std::string_view text) {
  std::int64_t n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

std::size_t columns_in(std::string_view text, std::int64_t least) {
  return static_cast<std::size_t>(std::clamp(number_in(text), least, most_columns));
}

// Reads a table without those inside it.
class layout_reader {
 public:
  layout_reader(std::string_view xml, const part_scan& scan, const node& table)
      : fragment_(xml, scan, {table.begin, table.end}) {}

  table_layout read() {
    while (fragment_.next()) step();
    return std::move(out_);
  }

 private:
  void step();
  void on_start(what is);
  void on_property();
  void on_end(what is);

  fragment fragment_;
  table_layout out_;
  int tables_ = 0;
  std::size_t column_ = 0;
  bool in_cell_properties_ = false;
};

void layout_reader::step() {
  const auto& t = fragment_.token();
  const auto is = classify(t.space, t.local);
  if (t.kind == xml::kind::start) {
    if (is == what::table) ++tables_;
    if (tables_ == 1) on_start(is);
  }
  if (t.kind == xml::kind::end || (t.kind == xml::kind::start && t.empty)) {
    if (tables_ == 1) on_end(is);
    if (is == what::table) --tables_;
  }
}

void layout_reader::on_start(what is) {
  const auto& t = fragment_.token();
  if (in_cell_properties_) return fragment_.is_inside("tcPrChange") ? void() : on_property();
  if (t.local == "gridCol") out_.grid.push_back({fragment_.where(), number_in(fragment_.attribute("w"))});
  if (is == what::row) {
    out_.rows.push_back({fragment_.where().begin, 0, {}});
    column_ = 0;
  }
  if (out_.rows.empty()) return;
  if (t.local == "gridBefore") column_ = out_.rows.back().before = columns_in(fragment_.attribute("val"), 0);
  if (is == what::cell) {
    cell_layout c;
    c.element = fragment_.where();
    c.inner = c.content = c.before_span = c.before_merge = c.before_shade = c.element.end;
    c.first = column_;
    out_.rows.back().cells.push_back(c);
  }
  if (t.local == "tcPr" && !out_.rows.back().cells.empty() &&
      fragment_.where().begin == out_.rows.back().cells.back().inner) {
    auto& c = out_.rows.back().cells.back();
    c.has_properties = !t.empty;
    c.content = c.before_span = c.before_merge = c.before_shade = fragment_.where().end;
    in_cell_properties_ = !t.empty;
  }
}

void layout_reader::on_property() {
  const auto& t = fragment_.token();
  auto& c = out_.rows.back().cells.back();
  if (t.local == "tcW" && fragment_.attribute("type") != "auto") {
    c.width_value = fragment_.attribute_range("w");
    c.width = number_in(fragment_.attribute("w"));
  }
  if (t.local == "gridSpan") {
    c.span_element = fragment_.where();
    c.span_value = fragment_.attribute_range("val");
    c.span = columns_in(fragment_.attribute("val"), 1);
  }
  if (t.local == "vMerge") c.merge = fragment_.where();
  if (t.local == "shd") c.shade = fragment_.where();
}

void layout_reader::on_end(what is) {
  const auto& t = fragment_.token();
  if (out_.rows.empty() || out_.rows.back().cells.empty()) return;
  auto& c = out_.rows.back().cells.back();
  const auto end = fragment_.where().end;
  if (fragment_.is_inside("tcPrChange")) return;
  if (t.local == "tcPr") {
    in_cell_properties_ = false;
    c.content = end;
  }
  if (in_cell_properties_) {
    const bool first = t.local == "cnfStyle" || t.local == "tcW";
    const bool second = first || t.local == "gridSpan" || t.local == "hMerge";
    const bool third = second || t.local == "vMerge" || t.local == "tcBorders";
    if (first) c.before_span = end;
    if (second) c.before_merge = end;
    if (third) c.before_shade = end;
  }
  if (is == what::cell) {
    c.inner_end = fragment_.where().begin;
    c.element.end = end;
    column_ += c.span;
  }
}

class planner {
 public:
  planner(std::string_view xml, const part_scan& scan, part_plan& plan, part_notes& notes)
      : xml_(xml), scan_(scan), plan_(plan), notes_(notes) {}
  void run();

 private:
  struct group {
    std::size_t first = 0, last = 0;  // grid columns
    std::uint32_t number = 0;         // in plan.columns
  };
  void repeat_columns(std::uint32_t table, const table_layout& layout, const std::vector<std::uint32_t>& blocks);
  bool find_groups(std::uint32_t table, const table_layout& layout, const std::vector<std::uint32_t>& blocks);
  std::vector<std::uint32_t> path_to(std::uint32_t block, std::uint32_t table) const;
  void widen_cells(std::uint32_t table, const table_layout& layout, const std::vector<std::uint32_t>& blocks);
  void widen(const cell_layout& c, std::uint32_t table);
  struct found_directive {
    const row_layout* row = nullptr;
    const cell_layout* cell = nullptr;
    std::uint32_t tag = 0;
  };
  void directives(const std::vector<std::uint32_t>& tags, const table_layout& layout, std::uint32_t merging);
  void directive(const found_directive& d, std::uint32_t merging);
  void skip_when_merged(const cell_layout& c, const found_directive& last);
  void watch_merging(std::uint32_t table, const table_layout& layout, std::uint32_t number);
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
  std::vector<group> groups_;
  std::map<std::size_t, std::uint32_t> widened_;  // by where a cell begins, its number in plan.spans
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
  std::map<std::uint32_t, std::vector<std::uint32_t>> columns, of_cells;  // by table
  for (std::uint32_t b = 0; b < plan_.blocks.size(); ++b)
    if (plan_.blocks[b].level == level::cells) columns[table_around(plan_.blocks[b].around)].push_back(b);
  for (std::uint32_t i = 0; i < scan_.tags.size(); ++i) {
    if (!is_of_cells(scan_.tags[i])) continue;
    const auto table = table_around(scan_.tags[i].node);
    if (table == nowhere)
      report("docx.outside-table", i);
    else
      of_cells[table].push_back(i);
  }
  std::map<std::uint32_t, table_layout> layouts;
  const auto layout_of = [&](std::uint32_t table) -> const table_layout& {
    auto [known, is_new] = layouts.try_emplace(table);
    if (is_new) known->second = layout_reader(xml_, scan_, scan_.nodes[table]).read();
    return known->second;
  };
  for (const auto& [table, blocks] : columns)
    if (table != nowhere) repeat_columns(table, layout_of(table), blocks);
  for (const auto& [table, tags] : of_cells) {
    const bool merges = std::ranges::any_of(tags, [&](std::uint32_t t) { return order_of(scan_.tags[t]) == 1; });
    const auto number = merges ? plan_.merging_tables++ : nowhere;
    if (merges) watch_merging(table, layout_of(table), number);
    directives(tags, layout_of(table), number);
  }
}

// Where a cell lies in the grid, and what lies above it, is known only as the rows come.
void planner::watch_merging(std::uint32_t table, const table_layout& layout, std::uint32_t number) {
  add(scan_.nodes[table].begin, 0, act::merging_table, number, 2);
  for (const auto& row : layout.rows) {
    add(row.begin, 0, act::merging_row, plan_.merging_rows.size(), 2);
    plan_.merging_rows.push_back({number, row.before});
    for (const auto& c : row.cells) {
      const auto wide = widened_.find(c.element.begin);
      add(c.inner, 0, act::merging_cell, plan_.merging_cells.size(), 0);
      plan_.merging_cells.push_back({number, c.span, wide == widened_.end() ? nowhere : wide->second});
    }
  }
}

// The blocks within the table that lie around a block, the outermost first, and itself.
std::vector<std::uint32_t> planner::path_to(std::uint32_t block, std::uint32_t table) const {
  std::vector<std::uint32_t> out;
  const auto& n = scan_.nodes[table];
  const auto& mine = plan_.blocks[block];
  for (std::uint32_t b = 0; b < plan_.blocks.size() && plan_.blocks[b].opener <= mine.opener; ++b) {
    const auto& other = plan_.blocks[b];
    const bool around = other.opener <= mine.opener && other.closer >= mine.closer;
    if (around && other.begin >= n.begin && other.end <= n.end) out.push_back(b);
  }
  return out;
}

// Each stretch of grid columns that blocks repeat: all blocks over it count as one, and the first that stands in no
// repeated row says how many columns there are.
bool planner::find_groups(std::uint32_t table, const table_layout& layout, const std::vector<std::uint32_t>& blocks) {
  groups_.clear();
  for (const auto b : blocks) {
    const auto& block = plan_.blocks[b];
    group g{~std::size_t{0}, 0, 0};
    for (const auto& row : layout.rows)
      for (const auto& c : row.cells)
        if (c.element.begin >= block.begin && c.element.end <= block.end) {
          g.first = std::min(g.first, c.first);
          g.last = std::max(g.last, c.first + c.span);
        }
    const auto meets = [&](const group& o) { return g.first < o.last && o.first < g.last; };
    const auto other = std::ranges::find_if(groups_, meets);
    const auto path = path_to(b, table);
    if (other == groups_.end()) {
      g.number = static_cast<std::uint32_t>(plan_.columns.size());
      groups_.push_back(g);
      const auto name = scan_.nodes[table].name;
      plan_.columns.push_back({path, 0, fmt::format("{}gridCol", name.substr(0, name.find(':') + 1))});
    } else if (other->first != g.first || other->last != g.last) {
      return report("docx.uneven-columns", block.opener), false;
    } else if (path.size() < plan_.columns[other->number].blocks.size()) {
      plan_.columns[other->number].blocks = path;
    }
  }
  return true;
}

void planner::repeat_columns(std::uint32_t table, const table_layout& layout,
                             const std::vector<std::uint32_t>& blocks) {
  if (!find_groups(table, layout, blocks)) return;
  for (const auto& g : groups_) {
    add(scan_.nodes[table].begin, 0, act::count_columns, g.number, 2);
    const auto last = std::min(g.last, layout.grid.size());
    if (g.first >= last) continue;
    auto& column = plan_.columns[g.number];
    for (auto i = g.first; i < last; ++i) column.width += layout.grid[i].width;
    const auto begin = layout.grid[g.first].element.begin;
    add(begin, layout.grid[last - 1].element.end - begin, act::grid_columns, g.number);
  }
  widen_cells(table, layout, blocks);
}

void planner::widen_cells(std::uint32_t table, const table_layout& layout, const std::vector<std::uint32_t>& blocks) {
  for (const auto& row : layout.rows)
    for (const auto& c : row.cells) {
      const auto in = std::ranges::find_if(blocks, [&](std::uint32_t b) {
        return plan_.blocks[b].begin <= c.element.begin && c.element.end <= plan_.blocks[b].end;
      });
      if (in == blocks.end()) {
        widen(c, table);
        continue;
      }
      const auto g =
          std::ranges::find_if(groups_, [&](const group& o) { return o.first <= c.first && c.first < o.last; });
      if (g == groups_.end() || c.width_value.empty()) continue;
      plan_.widths.push_back({g->number, c.width});
      add(c.width_value.begin, c.width_value.end - c.width_value.begin, act::cell_width, plan_.widths.size() - 1);
    }
}

// A cell over repeated columns that is not itself repeated spans as many as there are.
void planner::widen(const cell_layout& c, std::uint32_t table) {
  span_slot s;
  s.rest = c.span;
  for (const auto& g : groups_) {
    const auto first = std::max(g.first, c.first);
    const auto last = std::min(g.last, c.first + c.span);
    if (first >= last) continue;
    s.groups.push_back({g.number, last - first});
    s.rest -= last - first;
  }
  if (s.groups.empty()) return;
  const auto number = plan_.spans.size();
  plan_.spans.push_back(s);
  widened_.emplace(c.element.begin, static_cast<std::uint32_t>(number));
  if (s.rest == 0) {
    add(c.element.begin, 0, act::skip_unless_spans, number, 2);
    add(c.element.end, 0, act::skip_end, number, 0);
  }
  if (!c.span_value.empty())
    return add(c.span_value.begin, c.span_value.end - c.span_value.begin, act::cell_span, number);
  if (!c.has_properties) add(c.inner, 0, act::open_properties, table, 0);
  add(c.before_span, 0, act::cell_span_element, number, 0);
  if (!c.has_properties) add(c.inner, 0, act::close_properties, table, 0);
}

void planner::directives(const std::vector<std::uint32_t>& tags, const table_layout& layout, std::uint32_t merging) {
  std::vector<found_directive> all;
  for (const auto tag : tags) {
    const auto at = scan_.tags[tag].ranges.front().begin;
    const auto before = all.size();
    for (const auto& r : layout.rows)
      for (const auto& c : r.cells)
        if (c.element.begin <= at && at < c.element.end) all.push_back({&r, &c, tag});
    if (all.size() == before) report("docx.outside-table", tag);
  }
  std::ranges::stable_sort(
      all, {}, [&](const found_directive& d) { return std::pair(d.cell->element.begin, order_of(scan_.tags[d.tag])); });
  const auto same = [&](const found_directive& a, const found_directive& b) {
    return a.cell == b.cell && order_of(scan_.tags[a.tag]) == order_of(scan_.tags[b.tag]);
  };
  for (std::size_t i = 1; i < all.size(); ++i)
    if (same(all[i - 1], all[i])) report("docx.twice-in-cell", all[i].tag);
  all.erase(std::ranges::unique(all, same).begin(), all.end());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& c = *all[i].cell;
    const bool first = i == 0 || all[i - 1].cell != &c;
    const bool last = i + 1 == all.size() || all[i + 1].cell != &c;
    if (first && !c.has_properties) add(c.inner, 0, act::open_properties, table_around(scan_.tags[all[i].tag].node), 0);
    directive(all[i], merging);
    if (last && !c.has_properties) add(c.inner, 0, act::close_properties, table_around(scan_.tags[all[i].tag].node), 0);
    if (last) skip_when_merged(c, all[i]);
  }
}

void planner::skip_when_merged(const cell_layout& c, const found_directive& last) {
  const auto number = std::ranges::find_if(plan_.cells, [&](const cell_slot& s) {
    const auto at = scan_.tags[s.tag].ranges.front().begin;
    return order_of(scan_.tags[s.tag]) == 1 && c.element.begin <= at && at < c.element.end;
  });
  if (number == plan_.cells.end()) return;
  add(c.content, 0, act::skip_if_merged, static_cast<std::size_t>(number - plan_.cells.begin()), 0);
  add(c.inner_end, 0, act::skip_end_filled, table_around(scan_.tags[last.tag].node), 3);
}

void planner::directive(const found_directive& d, std::uint32_t merging) {
  const auto& c = *d.cell;
  const auto order = order_of(scan_.tags[d.tag]);
  const auto where = order == 0 ? c.before_span : order == 1 ? c.before_merge : c.before_shade;
  const auto old = order == 0 ? c.span_element : order == 1 ? c.merge : c.shade;
  const auto number = plan_.cells.size();
  cell_slot s;
  s.tag = d.tag;
  s.table = merging;
  s.old = std::string(xml_.substr(old.begin, old.end - old.begin));
  if (!old.empty()) add(old.begin, old.end - old.begin, act::cut, 0, 0);
  add(where, 0, act::cell_property, number, 0);
  for (const auto& other : d.row->cells) {
    if (order != 0 || other.element.begin <= c.element.begin) continue;
    ++s.behind;
    add(other.element.begin, 0, act::skip_if_spanned, number, 2);
    add(other.element.end, 0, act::skip_end, number, 0);
  }
  plan_.cells.push_back(std::move(s));
}

}  // namespace

void plan_tables(std::string_view xml, const part_scan& scan, part_plan& plan, part_notes& notes) {
  planner(xml, scan, plan, notes).run();
}

}  // namespace vanthu::docx
