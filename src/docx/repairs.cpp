// What Word insists on: no cell without a paragraph at its end, no table without a row.
#include <algorithm>

#include "docx/structure.hpp"

namespace vanthu::docx {
namespace {

class repairs {
 public:
  repairs(const part_scan& scan, const std::vector<placed_block>& blocks, const std::vector<range>& gone,
          std::vector<edit>& edits)
      : scan_(scan), blocks_(blocks), gone_(gone), edits_(edits) {}

  void add() {
    for (const auto n : touched(level::rows))
      if (scan_.nodes[n].is == what::table && may_lose_its_rows(n)) hold(n);
    std::ranges::sort(held_begins_);
    auto holders = touched(level::paragraphs);
    for (const auto table : held_)
      if (scan_.nodes[table].parent != nowhere) holders.push_back(scan_.nodes[table].parent);
    std::ranges::sort(holders);
    holders.erase(std::unique(holders.begin(), holders.end()), holders.end());
    for (const auto n : holders)
      if (needs_paragraph(scan_.nodes[n].is)) guard(n);
  }

 private:
  // The nodes that blocks of this level lie in, each once.
  std::vector<std::uint32_t> touched(level l) const {
    std::vector<std::uint32_t> out;
    for (const auto& b : blocks_)
      if (b.level == l) out.push_back(b.around);
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }
  // Where blocks of this level lie in the node, sorted and without overlaps.
  std::vector<range> repeated(level l, std::uint32_t around) const {
    std::vector<range> all;
    for (const auto& b : blocks_)
      if (b.level == l && b.around == around) all.push_back({b.begin, b.end});
    std::ranges::sort(all, {}, &range::begin);
    std::vector<range> out;
    for (const auto& r : all)
      if (out.empty() || r.begin > out.back().end)
        out.push_back(r);
      else
        out.back().end = std::max(out.back().end, r.end);
    return out;
  }
  static bool lies_in(const child& c, const std::vector<range>& sorted) {
    const auto after = std::ranges::upper_bound(sorted, c.begin, {}, &range::begin);
    return after != sorted.begin() && c.end <= (after - 1)->end;
  }
  bool may_lose_its_rows(std::uint32_t table) const {
    const auto& t = scan_.nodes[table];
    const auto rows = repeated(level::rows, table);
    return !t.rows_before && std::ranges::all_of(t.children, [&](const child& c) { return lies_in(c, rows); });
  }
  void add_edit(std::size_t offset, unsigned char rank, act what, std::uint32_t node) {
    edits_.push_back({offset, 0, rank, 0, what, node});
  }
  void hold(std::uint32_t table) {
    const auto& t = scan_.nodes[table];
    held_.push_back(table);
    add_edit(t.begin, 2, act::hold_begin, table);
    for (const auto& row : t.children) add_edit(row.begin, 2, act::touch, table);
    held_begins_.push_back(t.begin);
    add_edit(t.inner_end, 2, act::hold_end, table);
  }
  bool is_gone(const child& c) const {
    return std::ranges::binary_search(gone_, c.begin, {}, &range::begin);
  }
  bool is_held(const child& c) const {
    return c.is == what::table && std::ranges::binary_search(held_begins_, c.begin);
  }
  void guard(std::uint32_t node) {
    const auto& n = scan_.nodes[node];
    const auto paragraphs = repeated(level::paragraphs, node);
    const auto last = std::find_if(n.children.rbegin(), n.children.rend(), [&](const child& c) { return !is_gone(c); });
    const bool stays = last != n.children.rend() && !is_held(*last) && !lies_in(*last, paragraphs);
    if (stays) return;
    add_edit(n.children.front().begin, 0, act::guard_begin, node);
    for (const auto& c : n.children) {
      if (is_gone(c)) continue;
      const auto what_for = is_held(c)              ? act::guard_held_table
                            : c.is == what::table   ? act::guard_table
                                                    : act::guard_paragraph;
      add_edit(c.end, 0, what_for, node);
    }
    add_edit(n.inner_end, 2, act::guard_end, node);
  }

  const part_scan& scan_;
  const std::vector<placed_block>& blocks_;
  const std::vector<range>& gone_;
  std::vector<edit>& edits_;
  std::vector<std::uint32_t> held_;
  std::vector<std::size_t> held_begins_;
};

}  // namespace

void add_repairs(const part_scan& scan, const std::vector<placed_block>& blocks, const std::vector<range>& gone,
                 std::vector<edit>& edits) {
  repairs(scan, blocks, gone, edits).add();
}

}  // namespace vanthu::docx
