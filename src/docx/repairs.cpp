// What Word insists on: no cell without a paragraph at its end, no row without a cell, no table without a row.
#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "docx/structure.hpp"

namespace vanthu::docx {
namespace {

class repairs {
 public:
  repairs(const part_scan& scan, std::vector<placed_range> blocks, const std::vector<gone_paragraph>& gone,
          const std::vector<std::uint32_t>& vanishing, std::vector<edit>& edits)
      : scan_(scan), blocks_(std::move(blocks)), gone_(gone), vanishing_(vanishing), edits_(edits) {
    std::ranges::stable_sort(blocks_, {}, [](const placed_range& b) { return std::tuple(b.level, b.around, b.begin); });
  }

  void add() {
    hold_controls(level::cells);
    auto rows = touched(level::cells);
    for (const auto control : held_) rows.push_back(scan_.nodes[control].parent);
    for (const auto n : sorted(std::move(rows)))
      if (scan_.nodes[n].is == what::row && may_lose_its_children(n, level::cells)) hold(n);
    hold_controls(level::rows);
    auto tables = touched(level::rows);
    for (const auto row : held_) tables.push_back(scan_.nodes[row].parent);
    tables.insert(tables.end(), vanishing_.begin(), vanishing_.end());
    for (const auto n : sorted(std::move(tables))) {
      const bool vanishes = std::ranges::binary_search(vanishing_, n);
      if (scan_.nodes[n].is != what::table || !(vanishes || may_lose_its_children(n, level::rows))) continue;
      hold(n);
      if (vanishes && !may_lose_its_children(n, level::rows)) add_edit(scan_.nodes[n].begin, 3, act::touch, n);
    }
    auto holders = touched(level::paragraphs);
    for (const auto n : held_)
      if (scan_.nodes[n].is == what::table) holders.push_back(scan_.nodes[n].parent);
    for (const auto n : sorted(std::move(holders)))
      if (needs_paragraph(scan_.nodes[n].is)) guard(n);
  }

 private:
  static std::vector<std::uint32_t> sorted(std::vector<std::uint32_t> nodes) {
    std::ranges::sort(nodes);
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    if (!nodes.empty() && nodes.back() == nowhere) nodes.pop_back();  // around what is the outermost
    return nodes;
  }
  // The nodes that blocks of this level lie in, each once.
  std::vector<std::uint32_t> touched(level l) const {
    std::vector<std::uint32_t> out;
    for (const auto& b : blocks_)
      if (b.level == l && b.around != nowhere) out.push_back(b.around);
    return sorted(std::move(out));
  }
  // Where blocks of this level lie in the node, sorted and without overlaps.
  std::vector<range> repeated(level l, std::uint32_t around) const {
    std::vector<range> out;
    const auto where = [](const placed_range& b) { return std::pair(b.level, b.around); };
    const auto end = std::ranges::upper_bound(blocks_, std::pair(l, around), {}, where);
    for (auto b = std::ranges::lower_bound(blocks_, std::pair(l, around), {}, where); b != end; ++b)
      if (out.empty() || b->begin > out.back().end)
        out.push_back({b->begin, b->end});
      else
        out.back().end = std::max(out.back().end, b->end);
    return out;
  }
  static bool lies_in(const child& c, const std::vector<range>& sorted) {
    const auto after = std::ranges::upper_bound(sorted, c.begin, {}, &range::begin);
    return after != sorted.begin() && c.end <= (after - 1)->end;
  }
  bool may_lose_its_children(std::uint32_t number, level l) const {
    const auto& n = scan_.nodes[number];
    const auto blocks = repeated(l, number);
    return !n.rows_before &&
           std::ranges::all_of(n.children, [&](const child& c) { return is_held(c) || lies_in(c, blocks); });
  }
  void add_edit(std::size_t offset, unsigned char rank, act what, std::uint32_t node) {
    edits_.push_back({offset, 0, rank, 0, what, node});
  }
  // Content controls around the rows or cells of a block go with them.
  void hold_controls(level l) {
    auto contents = touched(l);
    for (const auto row : held_) contents.push_back(scan_.nodes[row].parent);
    for (const auto n : sorted(std::move(contents)))
      if (scan_.nodes[n].is == what::control_content && scan_.nodes[n].parent != nowhere && may_lose_its_children(n, l))
        hold(scan_.nodes[n].parent, n);
  }
  void hold(std::uint32_t number) { hold(number, number); }
  void hold(std::uint32_t number, std::uint32_t parent) {
    const auto& n = scan_.nodes[number];
    held_.push_back(number);
    add_edit(n.begin, 2, act::hold_begin, number);
    for (const auto& c : scan_.nodes[parent].children)
      if (!is_held(c)) add_edit(c.begin, 2, act::touch, number);  // what is held itself touches what is around it
    held_begins_.insert(n.begin);
    add_edit(n.inner_end, 2, act::hold_end, number);
  }
  enum class fate : unsigned char { stays, goes, is_filled };  // filled: something takes its place
  fate fate_of(const child& c) const {
    const auto begin = [](const gone_paragraph& g) { return g.where.begin; };
    const auto at = std::ranges::lower_bound(gone_, c.begin, {}, begin);
    if (at == gone_.end() || at->where.begin != c.begin) return fate::stays;
    return at->filled ? fate::is_filled : fate::goes;
  }
  bool is_held(const child& c) const {
    return (c.is == what::table || c.is == what::row || c.is == what::control) && held_begins_.contains(c.begin);
  }
  void guard(std::uint32_t node) {
    const auto& n = scan_.nodes[node];
    const auto paragraphs = repeated(level::paragraphs, node);
    const auto last =
        std::find_if(n.children.rbegin(), n.children.rend(), [&](const child& c) { return fate_of(c) != fate::goes; });
    const bool stays =
        last != n.children.rend() && fate_of(*last) == fate::stays && !is_held(*last) && !lies_in(*last, paragraphs);
    if (stays) return;
    add_edit(n.children.front().begin, 0, act::guard_begin, node);
    for (const auto& c : n.children) {
      if (fate_of(c) == fate::goes) continue;
      const auto what_for = fate_of(c) == fate::is_filled ? act::guard_content
                            : is_held(c)                  ? act::guard_held_table
                            : c.is == what::table         ? act::guard_table
                                                          : act::guard_paragraph;
      add_edit(c.end, 0, what_for, node);
    }
    add_edit(n.inner_end, 2, act::guard_end, node);
  }

  const part_scan& scan_;
  std::vector<placed_range> blocks_;
  const std::vector<gone_paragraph>& gone_;
  const std::vector<std::uint32_t>& vanishing_;  // sorted
  std::vector<edit>& edits_;
  std::vector<std::uint32_t> held_;
  std::set<std::size_t> held_begins_;
};

}  // namespace

void add_repairs(const part_scan& scan, const std::vector<placed_range>& blocks,
                 const std::vector<gone_paragraph>& gone, const std::vector<std::uint32_t>& vanishing,
                 std::vector<edit>& edits) {
  repairs(scan, blocks, gone, vanishing, edits).add();
}

}  // namespace vanthu::docx
