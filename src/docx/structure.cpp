#include "docx/structure.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "docx/signs.hpp"
#include "docx/tables.hpp"

namespace vanthu::docx {
namespace {

using chain = std::vector<std::uint32_t>;  // nodes, the outermost first

class builder {
 public:
  builder(std::string_view xml, const part_scan& scan, const compile_options& options, part_notes& notes)
      : xml_(xml), scan_(scan), options_(options), notes_(notes) {}
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
  bool place_forced(std::uint32_t number, const std::vector<mark>& marks);
  bool place_section(std::uint32_t number, const std::vector<mark>& marks, bool whole);
  bool place_list_item(std::uint32_t number, const std::vector<mark>& marks);
  std::uint32_t ancestor(std::uint32_t node, std::string_view local) const;
  bool stands_alone(const mark& m) const;
  bool place_rows(std::uint32_t number, const std::vector<mark>& marks, const std::vector<chain>& chains,
                  std::size_t common);
  bool place_paragraphs(std::uint32_t number, const std::vector<mark>& marks, const std::vector<chain>& chains,
                        std::size_t common);
  bool place_text(std::uint32_t number, const std::vector<mark>& marks);
  bool same_shape(const std::vector<std::uint32_t>& nodes, std::uint32_t& culprit) const;
  void add(std::size_t offset, mark m, std::uint32_t number) {
    plan_.edits.push_back({offset, 0, 1, m.tag, m.what, number});
  }
  void finish_placing(std::uint32_t number, level l, std::uint32_t around, std::size_t begin, std::size_t end);

  void look_at_paragraphs();
  void place_quiet_tags();
  void place_fillings();
  void find_gone_paragraphs();
  std::vector<std::size_t> bytes_left() const;
  void cut_tags();
  void place_links();
  void replace_picture(std::uint32_t number);
  void find_restarts();
  void refuse_blocks_beside(std::uint32_t number);
  void cut_paragraph(const paragraph& p, bool filled);

  std::string_view xml_;
  const part_scan& scan_;
  const compile_options& options_;
  part_notes& notes_;
  part_plan plan_;
  std::vector<std::uint32_t> open_;                    // blocks
  std::map<std::uint32_t, std::uint32_t> crossed_by_;  // blocks, and the tag that closed one around them
  std::set<std::uint32_t> misnamed_;                   // blocks a tag of another name was to close, it seems
  std::vector<placed_range> placed_;
  std::vector<section> sections_;   // of the body, once a block repeats some
  std::vector<int> values_;         // of paragraphs: tags in it that stand for something
  std::vector<bool> tag_is_apart_;  // nothing is left of its paragraph
  std::vector<bool> paragraph_goes_;
  std::vector<gone_paragraph> gone_;
};

void builder::report(std::string id, std::uint32_t tag, std::vector<std::string> more) {
  const auto& t = scan_.tags[tag];
  const auto& p = scan_.paragraphs[t.paragraph];
  std::vector<std::string> args{t.written, with_caret(p.text, t.column)};
  args.insert(args.end(), more.begin(), more.end());
  notes_.add(std::move(id), std::move(args), p.place);
}

bool builder::closes(std::string_view name, const block& b) const {
  const std::string_view opened = scan_.tags[b.opener].text;
  if (name.empty() || name == opened) return true;
  // {#items | where: late} is closed by {/items}.
  const auto first = opened.substr(0, opened.find('|'));
  const auto end = first.find_last_not_of(' ');
  return end != first.npos && first.substr(0, end + 1) == name;
}

void builder::close(std::uint32_t tag) {
  const std::string_view name = scan_.tags[tag].text;
  const auto at = std::find_if(open_.rbegin(), open_.rend(), [&](auto b) { return closes(name, plan_.blocks[b]); });
  if (at == open_.rend()) {
    if (!open_.empty()) misnamed_.insert(open_.back());
    return report("docx.unopened-block", tag);
  }
  const auto number = *at;
  plan_.blocks[number].closer = tag;
  // Blocks left open within it cross it when their ends come later; otherwise they are not closed at all.
  for (auto inner = open_.rbegin(); inner != at; ++inner) crossed_by_.try_emplace(*inner, tag);
  open_.erase(std::next(at).base());
  if (const auto crossing = crossed_by_.find(number); crossing != crossed_by_.end()) {
    const auto early = crossing->second;
    report("docx.crossing-blocks", early, {scan_.tags[plan_.blocks[number].opener].written});
    std::erase_if(crossed_by_, [early](const auto& c) { return c.second == early; });
  }
}

void builder::match() {
  for (std::uint32_t i = 0; i < scan_.tags.size(); ++i) {
    switch (scan_.tags[i].kind) {
      case tag_kind::open:
      case tag_kind::open_inverted:
      case tag_kind::open_forced:
        if (open_.size() >= static_cast<std::size_t>(options_.limits.tag_depth))
          return report("docx.too-deep", i, {std::to_string(options_.limits.tag_depth)});
        plan_.blocks.emplace_back().opener = i;
        if (!open_.empty()) plan_.blocks.back().parent = open_.back();
        open_.push_back(static_cast<std::uint32_t>(plan_.blocks.size() - 1));
        break;
      case tag_kind::otherwise:
      case tag_kind::otherwise_if:
        if (open_.empty())
          report("docx.else-outside", i);
        else
          plan_.blocks[open_.back()].alternatives.push_back(i);
        break;
      case tag_kind::close:
        close(i);
        break;
      default:
        break;
    }
  }
  for (const auto b : open_)
    if (!misnamed_.contains(b)) report("docx.unclosed-block", plan_.blocks[b].opener);
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
  auto& b = plan_.blocks[number];
  b.level = l;
  b.around = around;
  b.begin = begin;
  b.end = end;
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

// Whether a tag may vanish with its paragraph.
bool builder::stands_alone(const mark& m) const {
  const auto& t = scan_.tags[m.tag];
  const auto& p = scan_.paragraphs[t.paragraph];
  if (!p.only_tags || values_[t.paragraph] > 0) return false;
  return options_.profile == template_profile::vanthu || p.text == t.written;
}

// Tags alone in their paragraphs repeat the paragraphs between them and vanish.
bool builder::place_paragraphs(std::uint32_t number, const std::vector<mark>& marks, const std::vector<chain>& chains,
                               std::size_t common) {
  if (!options_.paragraph_loops) return false;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const bool repeated = i > 0 && paragraph_node(marks[i].tag) == paragraph_node(marks[i - 1].tag);
    if (!stands_alone(marks[i]) || chains[i].size() != common + 1 || repeated) return false;
  }
  for (const auto& m : marks) {
    const auto& p = scan_.nodes[paragraph_node(m.tag)];
    add(m.what == act::enter ? p.end : p.begin, m, number);
    tag_is_apart_[m.tag] = true;
  }
  finish_placing(number, level::paragraphs, chains.front()[common - 1],
                 scan_.nodes[paragraph_node(marks.front().tag)].end,
                 scan_.nodes[paragraph_node(marks.back().tag)].begin);
  return true;
}

// A block that is all there is in an item of a list repeats the item.
bool builder::place_list_item(std::uint32_t number, const std::vector<mark>& marks) {
  const auto& opener = scan_.tags[marks.front().tag];
  const auto& closer = scan_.tags[marks.back().tag];
  const auto& p = scan_.paragraphs[opener.paragraph];
  if (!options_.paragraph_loops || !p.is_list_item || !p.only_text || marks.size() != 2) return false;
  const std::string_view text = p.text;
  const auto end = closer.column + closer.written.size();
  if (end > text.size()) return false;  // in another paragraph
  if (!trimmed(text.substr(0, opener.column)).empty() || !trimmed(text.substr(end)).empty()) return false;
  const auto& n = scan_.nodes[p.node];
  add(n.begin, marks.front(), number);
  add(n.end, marks.back(), number);
  finish_placing(number, level::paragraphs, n.parent, n.begin, n.end);
  return true;
}

std::uint32_t builder::ancestor(std::uint32_t node, std::string_view local) const {
  while (node != nowhere && local_part(scan_.nodes[node].name) != local) node = scan_.nodes[node].parent;
  return node;
}

level level_of(what is) {
  switch (is) {
    case what::row:
      return level::rows;
    case what::cell:
      return level::cells;
    case what::paragraph:
      return level::paragraphs;
    default:
      return level::text;
  }
}

// {-w:tr x} repeats the rows its tags stand in, {-w:p x} the paragraphs, {-w:tc x} the cells.
bool builder::place_forced(std::uint32_t number, const std::vector<mark>& marks) {
  const auto& opener = scan_.tags[marks.front().tag];
  const auto local = local_part(opener.element);
  if (local == "sectPr" || local == "body") return place_section(number, marks, local == "body");
  std::vector<const node*> elements;
  for (const auto& m : marks) {
    const auto at = ancestor(scan_.tags[m.tag].node, local);
    if (at == nowhere) return report("docx.no-such-element", m.tag, {opener.element}), false;
    elements.push_back(&scan_.nodes[at]);
    if (elements.back()->parent == elements.front()->parent) continue;
    report("docx.block-crosses-element", m.tag, {opener.written, std::string(elements.back()->name)});
    return false;
  }
  for (std::size_t i = 1; i + 1 < marks.size(); ++i)
    if (elements[i] == elements[i - 1]) return report("docx.else-in-same-row", marks[i].tag), false;
  for (std::size_t i = 0; i + 1 < marks.size(); ++i) add(elements[i]->begin, marks[i], number);
  add(elements.back()->end, marks.back(), number);
  const auto l = level_of(elements.front()->is);
  finish_placing(number, l, elements.front()->parent, elements.front()->begin, elements.back()->end);
  return true;
}

// {-w:sectPr x} repeats the sections its tags stand in, {-w:body x} all of them.
bool builder::place_section(std::uint32_t number, const std::vector<mark>& marks, bool whole) {
  const auto& opener = scan_.tags[marks.front().tag];
  const auto body = ancestor(opener.node, "body");
  if (body == nowhere) return report("docx.no-such-element", marks.front().tag, {opener.element}), false;
  if (marks.size() != 2) return report("docx.else-in-sections", marks[1].tag, {opener.written}), false;
  if (sections_.empty()) sections_ = find_sections(xml_, scan_.nodes[body]);
  const auto holding = [&](std::uint32_t tag) {
    const auto end_of = [](const section& s) { return s.content.end; };
    return std::ranges::upper_bound(sections_, scan_.tags[tag].ranges.front().begin, {}, end_of);
  };
  const auto first = whole ? sections_.begin() : holding(marks.front().tag);
  const auto last = whole ? sections_.end() - 1 : holding(marks.back().tag);
  add(first->content.begin, marks.front(), number);
  if (last->is_last) {
    plan_.blocks[number].section = last->properties;
    plan_.edits.push_back({first->content.begin, 0, 1, marks.front().tag, act::section_break, number});
  }
  add(last->content.end, marks.back(), number);
  finish_placing(number, level::sections, body, first->content.begin, last->content.end);
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
      finish_placing(number, level::text, nowhere, offset(marks.front(), opener_late),
                     offset(marks.back(), closer_late));
      return true;
    }
  }
  report("docx.block-crosses-element", marks.back().tag,
         {scan_.tags[marks.front().tag].written, std::string(scan_.nodes[culprit].name)});
  return false;
}

void builder::place(std::uint32_t number) {
  const auto marks = marks_of(plan_.blocks[number]);
  if (scan_.tags[marks.front().tag].kind == tag_kind::open_forced) return (void)place_forced(number, marks);
  std::vector<chain> chains;
  for (const auto& m : marks) chains.push_back(chain_of(paragraph_node(m.tag)));
  const auto common = common_length(chains);
  const bool one_paragraph =
      std::ranges::all_of(marks, [&](const mark& m) { return paragraph_node(m.tag) == paragraph_node(marks[0].tag); });
  if (one_paragraph && paragraph_node(marks[0].tag) != nowhere && place_list_item(number, marks)) return;
  if (!one_paragraph && common > 0 &&
      (place_rows(number, marks, chains, common) || place_paragraphs(number, marks, chains, common)))
    return;
  place_text(number, marks);
}

// In docxtemplater a block that repeats more than what is between its tags may not take other blocks along.
void builder::refuse_blocks_beside(std::uint32_t number) {
  const auto& b = plan_.blocks[number];
  const auto& tags = scan_.tags;
  for (auto i = b.closer + 1; i < tags.size() && tags[i].ranges.front().begin < b.end && !notes_.is_full(); ++i)
    if (opens_block(tags[i].kind)) report("docx.crossing-blocks", i, {tags[b.opener].written});
  for (auto i = b.opener; i-- > 0 && tags[i].ranges.front().begin >= b.begin && !notes_.is_full();)
    if (tags[i].kind == tag_kind::close) report("docx.crossing-blocks", i, {tags[b.opener].written});
}

bool stands_for_something(const tag& t) {
  switch (t.kind) {
    case tag_kind::value:
    case tag_kind::image:
    case tag_kind::rich:
    case tag_kind::insert:
    case tag_kind::field:
      return true;
    case tag_kind::directive:
      return t.text == "$page";
    default:
      return false;
  }
}

void builder::look_at_paragraphs() {
  tag_is_apart_.assign(scan_.tags.size(), false);
  plan_.fills_paragraph.assign(scan_.tags.size(), false);
  values_.assign(scan_.paragraphs.size(), 0);
  for (const auto& t : scan_.tags)
    if (stands_for_something(t)) ++values_[t.paragraph];
}

// {@x} and {+x} alone in their paragraphs stand for paragraphs. Raw XML and documents can stand for nothing else.
void builder::place_fillings() {
  for (std::uint32_t i = 0; i < scan_.tags.size(); ++i) {
    const auto& t = scan_.tags[i];
    if (t.kind != tag_kind::rich && t.kind != tag_kind::insert) continue;
    const auto& p = scan_.paragraphs[t.paragraph];
    if (p.only_tags && values_[t.paragraph] == 1) {
      plan_.fills_paragraph[i] = true;
      const auto& n = scan_.nodes[p.node];
      placed_.push_back({level::paragraphs, n.parent, n.begin, n.end});
    } else if (t.kind == tag_kind::insert || options_.raw_xml) {
      report("docx.not-alone", i);
    }
  }
}

// What says nothing itself, such as {$restart}, takes a paragraph of its own away.
void builder::place_quiet_tags() {
  if (options_.profile != template_profile::vanthu) return;
  for (std::uint32_t i = 0; i < scan_.tags.size(); ++i) {
    const auto& t = scan_.tags[i];
    const auto& p = scan_.paragraphs[t.paragraph];
    const bool quiet = t.kind == tag_kind::delimiters || (t.kind == tag_kind::directive && t.text == "$restart");
    if (!quiet || !p.only_tags || values_[t.paragraph] > 0) continue;
    tag_is_apart_[i] = true;
    const auto& n = scan_.nodes[p.node];
    placed_.push_back({level::paragraphs, n.parent, n.begin, n.end});
  }
}

void builder::cut_paragraph(const paragraph& p, bool filled) {
  const auto& n = scan_.nodes[p.node];
  auto at = n.begin;
  for (const auto& kept : p.keep) {
    if (kept.begin > at) plan_.edits.push_back({at, kept.begin - at, 0, 0, act::cut, 0});
    at = kept.end;
  }
  plan_.edits.push_back({at, n.end - at, 0, 0, act::cut, 0});
  gone_.push_back({{n.begin, n.end}, filled});
}

// A paragraph goes when all its tags are of blocks that repeat whole paragraphs, or stand for paragraphs.
void builder::find_gone_paragraphs() {
  paragraph_goes_.assign(scan_.paragraphs.size(), true);
  std::vector<bool> filled(scan_.paragraphs.size(), false);
  for (std::size_t i = 0; i < scan_.tags.size(); ++i) {
    if (!tag_is_apart_[i]) paragraph_goes_[scan_.tags[i].paragraph] = false;
    if (plan_.fills_paragraph[i]) filled[scan_.tags[i].paragraph] = true;
  }
  for (std::size_t i = 0; i < scan_.paragraphs.size(); ++i) {
    if (filled[i]) paragraph_goes_[i] = true;
    if (paragraph_goes_[i]) cut_paragraph(scan_.paragraphs[i], filled[i]);
  }
  std::ranges::sort(gone_, {}, [](const gone_paragraph& g) { return g.where.begin; });
}

// Of each text element: the bytes that are left when its tags are gone, or `some` when one of them stands for
// something.
std::vector<std::size_t> builder::bytes_left() const {
  constexpr std::size_t some = std::size_t{1} << 40U;
  std::vector<std::size_t> left(scan_.nodes.size(), 0);
  for (std::size_t i = 0; i < left.size(); ++i) left[i] = scan_.nodes[i].inner_end - scan_.nodes[i].inner;
  for (const auto& t : scan_.tags) {
    if (stands_for_something(t)) left[t.node] += some;
    for (const auto& r : t.ranges) {
      const auto n = r.begin >= scan_.nodes[t.tail_node].inner ? t.tail_node : t.node;
      const bool inside = r.begin >= scan_.nodes[n].inner && r.end <= scan_.nodes[n].inner_end;
      if (inside) left[n] -= r.end - r.begin;
    }
  }
  // A block from one text element to another: what is left of the last may come to stand in the first.
  for (const auto& b : plan_.blocks) {
    const auto& opener = scan_.tags[b.opener];
    const auto& closer = scan_.tags[b.closer];
    const auto all = {opener.node, opener.tail_node, closer.node, closer.tail_node};
    const bool any = std::ranges::any_of(all, [&](std::uint32_t n) { return left[n] > 0; });
    if (b.level == level::text && opener.node != closer.tail_node && any)
      for (const auto n : all) left[n] += some;
  }
  return left;
}

void builder::cut_tags() {
  std::vector<bool> preserved(scan_.nodes.size(), false);
  const auto left = bytes_left();
  for (std::uint32_t i = 0; i < scan_.tags.size(); ++i) {
    const auto& t = scan_.tags[i];
    if (stands_for_something(t)) plan_.edits.push_back({t.ranges.front().begin, 0, 1, i, act::content, i});
    if (paragraph_goes_[t.paragraph]) continue;
    for (const auto& r : t.ranges) plan_.edits.push_back({r.begin, r.end - r.begin, 1, i, act::cut, 0});
    for (const auto n : {t.node, t.tail_node}) {
      const auto& element = scan_.nodes[n];
      const bool holds_text = element.is == what::text || element.is == what::field_code;
      if (!holds_text || element.preserves_space || preserved[n] || left[n] == 0) continue;
      preserved[n] = true;
      const auto& old = element.space;  // which says something else
      plan_.edits.push_back(
          {old.empty() ? element.inner - 1 : old.begin, old.end - old.begin, 1, i, act::preserve_space, 0});
    }
  }
}

void builder::place_links() {
  for (std::uint32_t i = 0; i < scan_.quotes.size(); ++i)
    plan_.edits.push_back({scan_.quotes[i].offset, 0, 1, 0, act::quote, i});
  for (std::uint32_t i = 0; i < scan_.links.size(); ++i) {
    const auto& ranges = scan_.links[i].ranges;
    plan_.edits.push_back({ranges.front().begin, 0, 1, 0, act::link, i});
    for (const auto& r : ranges) plan_.edits.push_back({r.begin, r.end - r.begin, 1, 0, act::cut, 0});
  }
}

void builder::find_restarts() {
  plan_.restarts.assign(plan_.blocks.size(), false);
  std::uint32_t around = nowhere, next = 0;  // the block around the tag; the one that opens next
  for (std::uint32_t i = 0; i < scan_.tags.size(); ++i) {
    const auto& t = scan_.tags[i];
    if (next < plan_.blocks.size() && plan_.blocks[next].opener == i) around = next++;
    if (around != nowhere && plan_.blocks[around].closer == i) around = plan_.blocks[around].parent;
    if (t.kind != tag_kind::directive || t.text != "$restart") continue;
    if (around == nowhere) {
      report("docx.outside-loop", i);
      continue;
    }
    const auto& b = plan_.blocks[around];
    if (!plan_.restarts[around]) plan_.edits.push_back({b.begin, 0, 1, b.opener, act::restart_lists, around});
    plan_.restarts[around] = true;
  }
}

void builder::replace_picture(std::uint32_t number) {
  const auto& p = scan_.placeholders[number];
  const auto replace = [&](range r, act what) {
    plan_.edits.push_back({r.begin, r.end - r.begin, 1, 0, what, number});
  };
  add_skip(plan_.edits, {p.element.begin, 0, 1, 0, act::picture_begin, number},
           {p.element.end, 0, 0, 0, act::skip_end, 0});
  replace(p.alternative, act::picture_alternative);
  for (const auto& r : p.again) replace(r, act::picture_alternative);
  replace(p.relation, act::picture_relation);
  for (const auto& r : p.other) replace(r, act::cut);
}

part_plan builder::build() {
  match();
  if (!notes_.notes.empty()) return {};
  look_at_paragraphs();
  place_fillings();
  for (std::uint32_t i = 0; i < plan_.blocks.size(); ++i) {
    place(i);
    if (options_.profile == template_profile::docxtemplater) refuse_blocks_beside(i);
  }
  place_quiet_tags();
  find_restarts();
  if (notes_.notes.empty()) plan_tables(xml_, scan_, plan_, notes_);
  if (!notes_.notes.empty()) return {};
  find_gone_paragraphs();
  place_links();
  cut_tags();
  for (const auto& n : scan_.nodes)
    for (const auto& b : n.bindings) plan_.edits.push_back({b.begin, b.end - b.begin, 0, 0, act::cut, 0});
  for (std::uint32_t i = 0; i < scan_.placeholders.size(); ++i) replace_picture(i);
  add_repairs(scan_, placed_, gone_, plan_.vanishing, plan_.edits);
  return std::move(plan_);
}

}  // namespace

part_plan find_structure(std::string_view xml, const part_scan& scan, const compile_options& options,
                         part_notes& notes) {
  return builder(xml, scan, options, notes).build();
}

}  // namespace vanthu::docx
