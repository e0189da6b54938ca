#include "docx/structure.hpp"

#include <algorithm>

namespace vanthu::docx {
namespace {

using chain = std::vector<std::uint32_t>;  // nodes, the outermost first

class builder {
 public:
  builder(const part_scan& scan, const docx_limits& limits, part_notes& notes)
      : scan_(scan), limits_(limits), notes_(notes) {}
  part_plan build();

 private:
  struct mark {
    std::uint32_t tag = 0;
    act what = act::enter;
  };

  void report(std::string id, std::uint32_t tag, std::vector<std::string> more = {});
  void match();
  void close(std::uint32_t tag);
  bool closes(std::string_view name, const block& b) const;
  std::vector<mark> marks_of(const block& b) const;

  chain chain_of(std::uint32_t node) const;
  std::uint32_t paragraph_node(std::uint32_t tag) const { return scan_.paragraphs[scan_.tags[tag].paragraph].node; }
  void place(std::uint32_t number);
  bool place_rows(std::uint32_t number, const std::vector<mark>& marks, const std::vector<chain>& chains, std::size_t common);
  bool place_paragraphs(std::uint32_t number, const std::vector<mark>& marks, const std::vector<chain>& chains,
                        std::size_t common);
  bool place_text(std::uint32_t number, const std::vector<mark>& marks);
  bool same_shape(const std::vector<std::uint32_t>& nodes, std::uint32_t& culprit) const;
  void add(std::size_t offset, mark m, std::uint32_t number) {
    plan_.edits.push_back({offset, 0, 1, m.tag, m.what, number});
  }
  void finish_placing(std::uint32_t number, level l, std::uint32_t around, std::size_t begin, std::size_t end);

  void find_gone_paragraphs();
  void cut_tags();
  void cut_paragraph(const paragraph& p);

  const part_scan& scan_;
  const docx_limits& limits_;
  part_notes& notes_;
  part_plan plan_;
  std::vector<std::uint32_t> open_;       // blocks
  std::vector<placed_block> placed_;
  std::vector<bool> holds_value_;         // of paragraphs
  std::vector<bool> tag_is_apart_;        // its block repeats whole paragraphs
  std::vector<bool> paragraph_goes_;
  std::vector<range> gone_;
};

void builder::report(std::string id, std::uint32_t tag, std::vector<std::string> more) {
  const auto& t = scan_.tags[tag];
  const auto& p = scan_.paragraphs[t.paragraph];
  std::vector<std::string> args{t.written, with_caret(p.text, t.column)};
  args.insert(args.end(), more.begin(), more.end());
  notes_.add(std::move(id), std::move(args), p.place);
}

bool builder::closes(std::string_view name, const block& b) const {
  const auto opened = argument_of(scan_.tags[b.opener].text);
  if (name.empty() || name == opened) return true;
  // {#items | where: late} is closed by {/items}.
  const auto first = opened.substr(0, opened.find('|'));
  const auto end = first.find_last_not_of(' ');
  return end != first.npos && first.substr(0, end + 1) == name;
}

void builder::close(std::uint32_t tag) {
  const auto name = argument_of(scan_.tags[tag].text);
  const auto at = std::find_if(open_.rbegin(), open_.rend(), [&](auto b) { return closes(name, plan_.blocks[b]); });
  if (at == open_.rend()) return report("docx.unopened-block", tag);
  const auto number = *at;
  if (at != open_.rbegin())
    report("docx.crossing-blocks", tag, {scan_.tags[plan_.blocks[open_.back()].opener].written});
  plan_.blocks[number].closer = tag;
  while (open_.back() != number) open_.pop_back();
  open_.pop_back();
}

void builder::match() {
  for (std::uint32_t i = 0; i < scan_.tags.size(); ++i) {
    switch (kind_of(scan_.tags[i].text)) {
      case tag_kind::value: break;
      case tag_kind::open:
      case tag_kind::open_inverted:
        if (open_.size() >= static_cast<std::size_t>(limits_.tag_depth))
          return report("docx.too-deep", i, {std::to_string(limits_.tag_depth)});
        open_.push_back(static_cast<std::uint32_t>(plan_.blocks.size()));
        plan_.blocks.push_back({i, 0, {}, 0, 0});
        break;
      case tag_kind::otherwise:
      case tag_kind::otherwise_if:
        if (open_.empty())
          report("docx.else-outside", i);
        else
          plan_.blocks[open_.back()].alternatives.push_back(i);
        break;
      case tag_kind::close: close(i); break;
    }
  }
  for (const auto b : open_) report("docx.unclosed-block", plan_.blocks[b].opener);
}

std::vector<builder::mark> builder::marks_of(const block& b) const {
  std::vector<mark> out{{b.opener, act::enter}};
  for (const auto tag : b.alternatives) out.push_back({tag, act::alternative});
  out.push_back({b.closer, act::leave});
  return out;
}

chain builder::chain_of(std::uint32_t node) const {
  chain out;
  for (; node != nowhere; node = scan_.nodes[node].parent) out.push_back(node);
  std::ranges::reverse(out);
  return out;
}

// How many nodes all chains begin with in common.
std::size_t common_length(const std::vector<chain>& chains) {
  std::size_t n = chains.front().size();
  for (const auto& c : chains) {
    const auto differ = std::ranges::mismatch(chains.front(), c);
    n = std::min(n, static_cast<std::size_t>(differ.in1 - chains.front().begin()));
  }
  return n;
}

void builder::finish_placing(std::uint32_t number, level l, std::uint32_t around, std::size_t begin, std::size_t end) {
  plan_.blocks[number].begin = begin;
  plan_.blocks[number].end = end;
  placed_.push_back({l, around, begin, end});
}

// Tags in different cells repeat the rows from the opener's to the closer's.
bool builder::place_rows(std::uint32_t number, const std::vector<mark>& marks, const std::vector<chain>& chains,
                         std::size_t common) {
  std::vector<const node*> rows;
  if (scan_.nodes[chains.front()[common - 1]].is == what::row) {
    rows.assign(marks.size(), &scan_.nodes[chains.front()[common - 1]]);
  } else {
    for (const auto& c : chains) {
      const auto is_part_of_table = [&](std::uint32_t n) {
        const auto is = scan_.nodes[n].is;
        return is != what::table && is != what::cell && is != what::paragraph && is != what::text_box;
      };
      auto at = c.begin() + static_cast<std::ptrdiff_t>(common);
      while (at != c.end() && is_part_of_table(*at) && scan_.nodes[*at].is != what::row) ++at;
      if (at == c.end() || scan_.nodes[*at].is != what::row) return false;
      rows.push_back(&scan_.nodes[c[common]]);
    }
  }
  for (std::size_t i = 1; i + 1 < marks.size(); ++i)
    if (rows[i] == rows[i - 1]) {
      report("docx.else-in-same-row", marks[i].tag);
      return true;
    }
  add(rows.front()->begin, marks.front(), number);
  for (std::size_t i = 1; i + 1 < marks.size(); ++i) add(rows[i]->begin, marks[i], number);
  add(rows.back()->end, marks.back(), number);
  auto table = chains.front()[common - 1];
  if (scan_.nodes[table].is == what::row) table = scan_.nodes[table].parent;
  finish_placing(number, level::rows, table, rows.front()->begin, rows.back()->end);
  return true;
}

// Tags alone in their paragraphs repeat the paragraphs between them and vanish.
bool builder::place_paragraphs(std::uint32_t number, const std::vector<mark>& marks, const std::vector<chain>& chains,
                               std::size_t common) {
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const auto& p = scan_.paragraphs[scan_.tags[marks[i].tag].paragraph];
    const bool repeated = i > 0 && paragraph_node(marks[i].tag) == paragraph_node(marks[i - 1].tag);
    if (!p.only_tags || holds_value_[scan_.tags[marks[i].tag].paragraph] || chains[i].size() != common + 1 || repeated) return false;
  }
  for (const auto& m : marks) {
    const auto& p = scan_.nodes[paragraph_node(m.tag)];
    add(m.what == act::enter ? p.end : p.begin, m, number);
    tag_is_apart_[m.tag] = true;
  }
  finish_placing(number, level::paragraphs, chains.front()[common - 1], scan_.nodes[paragraph_node(marks.front().tag)].end,
                 scan_.nodes[paragraph_node(marks.back().tag)].begin);
  return true;
}

// Whether what lies between any two of these text elements closes as many elements as it opens, of the same names, and
// leaves no cell or text box. `culprit` is a node that stands in the way.
bool builder::same_shape(const std::vector<std::uint32_t>& nodes, std::uint32_t& culprit) const {
  std::vector<chain> chains;
  for (const auto n : nodes) chains.push_back(chain_of(n));
  const auto common = common_length(chains);
  for (const auto& c : chains) {
    for (auto i = common; i < c.size(); ++i) {
      const auto& n = scan_.nodes[c[i]];
      const bool alike = c.size() == chains.front().size() && n.name == scan_.nodes[chains.front()[i]].name;
      if (alike && !is_barrier(n.is)) continue;
      culprit = c[i];
      return false;
    }
    if (c.size() != chains.front().size()) {
      culprit = chains.front()[std::min(c.size(), chains.front().size() - 1)];
      return false;
    }
  }
  return true;
}

// Otherwise the text between the tags, with the elements that end and begin in it.
bool builder::place_text(std::uint32_t number, const std::vector<mark>& marks) {
  // A tag in several pieces can be taken to stand where its first begins or where its last ends.
  std::uint32_t culprit = nowhere;
  for (const bool opener_late : {true, false}) {
    for (const bool closer_late : {false, true}) {
      std::vector<std::uint32_t> nodes;
      for (const auto& m : marks) {
        const auto& t = scan_.tags[m.tag];
        const bool late = m.what == act::enter ? opener_late : m.what == act::leave ? closer_late : false;
        nodes.push_back(late ? t.tail_node : t.node);
      }
      if (!same_shape(nodes, culprit)) continue;
      const auto offset = [&](const mark& m, bool late) {
        const auto& t = scan_.tags[m.tag];
        return late ? t.ranges.back().end : t.ranges.front().begin;
      };
      add(offset(marks.front(), opener_late), marks.front(), number);
      for (std::size_t i = 1; i + 1 < marks.size(); ++i) add(offset(marks[i], false), marks[i], number);
      add(offset(marks.back(), closer_late), marks.back(), number);
      finish_placing(number, level::text, nowhere, offset(marks.front(), opener_late), offset(marks.back(), closer_late));
      return true;
    }
  }
  report("docx.block-crosses-element", marks.back().tag,
         {scan_.tags[marks.front().tag].written, std::string(scan_.nodes[culprit].name)});
  return false;
}

void builder::place(std::uint32_t number) {
  const auto marks = marks_of(plan_.blocks[number]);
  std::vector<chain> chains;
  for (const auto& m : marks) chains.push_back(chain_of(paragraph_node(m.tag)));
  const auto common = common_length(chains);
  const bool one_paragraph =
      std::ranges::all_of(marks, [&](const mark& m) { return paragraph_node(m.tag) == paragraph_node(marks[0].tag); });
  if (!one_paragraph && common > 0 &&
      (place_rows(number, marks, chains, common) || place_paragraphs(number, marks, chains, common)))
    return;
  place_text(number, marks);
}

void builder::cut_paragraph(const paragraph& p) {
  const auto& n = scan_.nodes[p.node];
  auto at = n.begin;
  for (const auto& kept : p.keep) {
    if (kept.begin > at) plan_.edits.push_back({at, kept.begin - at, 0, 0, act::cut, 0});
    at = kept.end;
  }
  plan_.edits.push_back({at, n.end - at, 0, 0, act::cut, 0});
  gone_.push_back({n.begin, n.end});
}

// A paragraph goes when all its tags are of blocks that repeat whole paragraphs.
void builder::find_gone_paragraphs() {
  paragraph_goes_.assign(scan_.paragraphs.size(), true);
  for (std::size_t i = 0; i < scan_.tags.size(); ++i)
    if (!tag_is_apart_[i]) paragraph_goes_[scan_.tags[i].paragraph] = false;
  for (std::size_t i = 0; i < scan_.paragraphs.size(); ++i)
    if (paragraph_goes_[i]) cut_paragraph(scan_.paragraphs[i]);
  std::ranges::sort(gone_, {}, &range::begin);
}

void builder::cut_tags() {
  std::vector<bool> preserved(scan_.nodes.size(), false);
  for (std::uint32_t i = 0; i < scan_.tags.size(); ++i) {
    const auto& t = scan_.tags[i];
    if (paragraph_goes_[t.paragraph]) continue;
    for (const auto& r : t.ranges) plan_.edits.push_back({r.begin, r.end - r.begin, 1, i, act::cut, 0});
    if (kind_of(t.text) == tag_kind::value) plan_.edits.push_back({t.ranges.front().begin, 0, 1, i, act::value, i});
    for (const auto n : {t.node, t.tail_node}) {
      const auto& element = scan_.nodes[n];
      if (element.is != what::text || element.preserves_space || preserved[n]) continue;
      preserved[n] = true;
      plan_.edits.push_back({element.inner - 1, 0, 1, i, act::preserve_space, 0});
    }
  }
}

part_plan builder::build() {
  match();
  if (!notes_.notes.empty()) return {};
  tag_is_apart_.assign(scan_.tags.size(), false);
  holds_value_.assign(scan_.paragraphs.size(), false);
  for (const auto& t : scan_.tags)
    if (kind_of(t.text) == tag_kind::value) holds_value_[t.paragraph] = true;
  for (std::uint32_t i = 0; i < plan_.blocks.size(); ++i) place(i);
  if (!notes_.notes.empty()) return {};
  find_gone_paragraphs();
  cut_tags();
  add_repairs(scan_, placed_, gone_, plan_.edits);
  return std::move(plan_);
}

}  // namespace

tag_kind kind_of(std::string_view text) {
  if (text.starts_with('#')) return tag_kind::open;
  if (text.starts_with('^')) return tag_kind::open_inverted;
  if (text.starts_with('/')) return tag_kind::close;
  if (text == ":else") return tag_kind::otherwise;
  if (text.starts_with(":elseif ")) return tag_kind::otherwise_if;
  return tag_kind::value;
}

std::string_view argument_of(std::string_view text) {
  switch (kind_of(text)) {
    case tag_kind::value: return text;
    case tag_kind::otherwise: return {};
    case tag_kind::otherwise_if: text.remove_prefix(std::string_view(":elseif").size()); break;
    default: text.remove_prefix(1);
  }
  while (text.starts_with(' ')) text.remove_prefix(1);
  return text;
}

part_plan find_structure(const part_scan& scan, const docx_limits& limits, part_notes& notes) {
  return builder(scan, limits, notes).build();
}

}  // namespace vanthu::docx
