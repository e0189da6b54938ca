#include "docx/program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "docx/fragment.hpp"
#include "docx/signs.hpp"
#include "docx/sites.hpp"

namespace vanthu::docx {
namespace {

class assembler {
 public:
  assembler(std::string_view xml, const part_scan& scan, const compile_options& options, part_plan plan, id_slots ids,
            part_notes& notes)
      : xml_(xml),
        scan_(scan),
        options_(options),
        plan_(std::move(plan)),
        notes_(notes),
        sites_(xml, scan, options, notes, out_) {
    out_.ids = std::move(ids);
    out_.profile = options.profile;
    out_.spans = std::move(plan_.spans);
    out_.widths = std::move(plan_.widths);
    out_.merging_tables = plan_.merging_tables;
    out_.merging_rows = std::move(plan_.merging_rows);
    out_.merging_cells = std::move(plan_.merging_cells);
    out_.kept_merges = std::move(plan_.kept_merges);
    for (std::uint32_t i = 0; i < out_.ids.lists.size(); ++i) lists_of_[out_.ids.lists[i].block].push_back(i);
  }
  program assemble();

 private:
  struct open_block {
    std::uint32_t number = 0;
    std::uint32_t opener = 0;           // its site
    std::uint32_t body = 0;             // first operation of what is repeated
    std::uint32_t unless = nowhere;     // the operation whose target is the next alternative
    bool repeats = false;               // ends with op::next
    std::vector<std::uint32_t> leaves;  // operations that go behind the block
    std::uint32_t alternatives = 0;     // met so far
    std::string path;                   // of the items
  };
  std::uint32_t here() {
    coalesce_ = false;
    return static_cast<std::uint32_t>(out_.code.size());
  }
  std::pair<std::uint32_t, std::uint32_t> pooled(std::string_view text) {
    const auto at = static_cast<std::uint32_t>(out_.pool.size());
    out_.pool += text;
    return {at, static_cast<std::uint32_t>(text.size())};
  }
  std::uint32_t emit(op what, std::uint32_t a = 0, std::uint32_t b = 0) {
    coalesce_ = false;
    out_.code.push_back({what, a, b});
    return static_cast<std::uint32_t>(out_.code.size() - 1);
  }
  surroundings around() const {
    return open_.empty() ? surroundings{} : surroundings{open_.back().opener, open_.back().path};
  }
  std::uint32_t add_site(std::uint32_t tag) { return sites_.add(tag, around()); }
  void literal(std::string_view text);
  void emit_text(op what, std::string_view text) {
    const auto [a, b] = pooled(text);
    emit(what, a, b);
  }
  void carry_out(const edit& e);
  void write(const edit& e);
  void of_block(const edit& e);
  void once(const edit& e);
  void link_here(std::uint32_t number);
  void restart_lists(std::uint32_t block);
  void directive(std::uint32_t tag);
  using counts = std::map<std::string, std::size_t, std::less<>>;
  counts uses_of(const counts& relations) const;
  void find_unused_relations();
  void of_table(const edit& e);
  void cell_property_of(std::uint32_t number);
  void end_skip();
  void end_skip_filled(std::string_view prefix);
  void markup(op what, std::uint32_t tag);
  void content(std::uint32_t tag);
  void section_break(std::uint32_t number);
  void enter(std::uint32_t number);
  void alternative(std::uint32_t number);
  void leave(std::uint32_t number);
  void end_branch(open_block& b);
  void report_crossing(std::uint32_t number);

  std::string_view xml_;
  const part_scan& scan_;
  const compile_options& options_;
  part_plan plan_;
  part_notes& notes_;
  program out_;
  sites sites_;
  bool coalesce_ = false;  // the last operation is a literal that may grow
  std::size_t at_ = 0;
  std::vector<open_block> open_;
  std::vector<std::uint32_t> skips_;              // the operations that begin the open ones
  std::uint32_t note_begun_ = 0;                  // behind the beginning of the note we are in
  std::map<std::uint32_t, std::uint32_t> cells_;  // of the plan, to those of the program
  std::map<std::uint32_t, std::vector<std::uint32_t>> lists_of_;  // slots of lists, by block
};

void assembler::literal(std::string_view text) {
  if (text.empty()) return;
  const auto [a, b] = pooled(text);
  if (coalesce_ && out_.code.back().a + out_.code.back().b == a) {
    out_.code.back().b += b;
    return;
  }
  emit(op::literal, a, b);
  coalesce_ = true;
}

// {$page}; the others have their places elsewhere.
void assembler::directive(std::uint32_t number) {
  if (scan_.tags[number].text != "$page") return;
  const auto breaks = sites_.breaks_for(scan_.nodes[scan_.tags[number].node]);
  if (breaks >= 0 && !out_.breaks[static_cast<std::size_t>(breaks)].page.empty())
    literal(out_.breaks[static_cast<std::size_t>(breaks)].page);
  else
    (void)sites_.context_for(number);
}

void assembler::end_skip() {
  assert(!skips_.empty());  // add_skip() adds no end without a beginning before it
  out_.code[skips_.back()].b = here();
  skips_.pop_back();
}

// What was passed over leaves a paragraph; what was not goes on behind that.
void assembler::end_skip_filled(std::string_view prefix) {
  const auto over = emit(op::jump);
  end_skip();
  emit_text(op::literal, fmt::format("<{}p/>", prefix));
  out_.code[over].a = here();
}

void assembler::cell_property_of(std::uint32_t number) {
  const auto& slot = plan_.cells[number];
  const auto& t = scan_.tags[slot.tag];
  const auto space = t.text.find(' ');
  const auto name = std::string_view(t.text).substr(0, space);
  cell c;
  c.what = name == "$span" ? cell_property::span : name == "$merge" ? cell_property::merge : cell_property::shade;
  c.site = sites_.add(slot.tag, space == t.text.npos ? "" : trimmed(std::string_view(t.text).substr(space)), around());
  c.prefix = prefix_of(scan_.nodes[t.node].name);
  c.old = slot.old;
  c.spans = slot.spans;
  c.table = slot.table;
  cells_.emplace(number, static_cast<std::uint32_t>(out_.cells.size()));
  emit(op::cell_property, static_cast<std::uint32_t>(out_.cells.size()));
  out_.cells.push_back(std::move(c));
}

// Of an edit that is one operation on the same number.
std::optional<op> operation_of(act what) {
  constexpr std::pair<act, op> same[] = {{act::guard_begin, op::guard_begin},
                                         {act::guard_paragraph, op::guard_paragraph},
                                         {act::guard_table, op::guard_table},
                                         {act::guard_held_table, op::guard_held_table},
                                         {act::guard_content, op::guard_content},
                                         {act::hold_begin, op::hold_begin},
                                         {act::touch, op::touch},
                                         {act::drawing_id, op::drawing_id},
                                         {act::bookmark_id, op::bookmark_id},
                                         {act::bookmark_end_id, op::bookmark_end_id},
                                         {act::bookmark_name, op::bookmark_name},
                                         {act::list_number, op::list_number},
                                         {act::note_reference, op::note_reference},
                                         {act::note_id, op::note_id},
                                         {act::picture_alternative, op::picture_alternative},
                                         {act::picture_relation, op::picture_relation},
                                         {act::grid_columns, op::grid_columns},
                                         {act::cell_width, op::cell_width},
                                         {act::cell_span, op::cell_span},
                                         {act::cell_span_element, op::cell_span_element},
                                         {act::merging_table, op::merging_table},
                                         {act::merging_row, op::merging_row},
                                         {act::merging_cell, op::merging_cell},
                                         {act::kept_merge, op::kept_merge},
                                         {act::shown_picture, op::shown_picture}};
  const auto* at = std::ranges::find(same, what, &std::pair<act, op>::first);
  return at == std::end(same) ? std::nullopt : std::optional(at->second);
}

// What has nothing to do where the text around it has been cut.
bool goes_with_text(act what) {
  constexpr act these[] = {act::drawing_id, act::bookmark_id, act::bookmark_end_id, act::bookmark_name,
                           act::once,       act::list_number, act::added_text,      act::note_reference,
                           act::link,       act::quote,       act::shown_picture};
  return std::ranges::find(these, what) != std::end(these);
}

void assembler::of_table(const edit& e) {
  const auto prefix_at = [&] { return prefix_of(scan_.nodes[e.a].name); };
  switch (e.what) {
    case act::count_columns: {
      const auto& group = plan_.columns[e.a];
      column c{{}, 0, group.most, group.widths, group.name};
      for (const auto b : group.blocks) {
        if (plan_.blocks[b].level != level::cells) ++c.rows;
        c.sites.push_back(sites_.add_hidden(plan_.blocks[b].opener, around()));
      }
      out_.columns.resize(plan_.columns.size());
      out_.table_prefix = prefix_of(group.name);
      out_.columns[e.a] = std::move(c);
      emit(op::count_columns, e.a);
      break;
    }
    case act::open_properties:
      literal(fmt::format("<{}tcPr>", prefix_at()));
      break;
    case act::close_properties:
      literal(fmt::format("</{}tcPr>", prefix_at()));
      break;
    case act::cell_property:
      cell_property_of(e.a);
      break;
    case act::skip_unless_spans:
      skips_.push_back(emit(op::skip_unless_spans, e.a));
      break;
    case act::skip_if_spanned:
      skips_.push_back(emit(op::skip_if_spanned, cells_.at(e.a)));
      break;
    case act::skip_if_merged:
      skips_.push_back(emit(op::skip_if_merged, cells_.at(e.a)));
      break;
    case act::skip_end:
      end_skip();
      break;
    default:  // act::skip_end_filled
      end_skip_filled(prefix_at());
  }
}

// What looks like the run around its tag, and may bring drawings and bookmarks.
void assembler::markup(op what, std::uint32_t tag) {
  out_.makes_ids = true;
  const auto context = sites_.context_for(tag);
  emit(what, what == op::field ? sites_.add_field(tag, around()) : add_site(tag), context);
}

void assembler::content(std::uint32_t number) {
  const auto& t = scan_.tags[number];
  switch (t.kind) {
    case tag_kind::rich:
      if (options_.raw_xml) return (void)emit(op::raw, add_site(number));
      return markup(plan_.fills_paragraph[number] ? op::rich_blocks : op::rich_runs, number);
    case tag_kind::image:
      return markup(op::image, number);
    case tag_kind::insert:
      return markup(op::insert, number);
    case tag_kind::field:
      return markup(op::field, number);
    case tag_kind::directive:
      return directive(number);
    default:
      emit(op::value, add_site(number));
  }
}

// A section that ends the document has its properties behind it: turns before the last one need them too.
void assembler::section_break(std::uint32_t number) {
  const auto& r = plan_.blocks[number].section;
  if (r.empty()) return;
  const auto prefix = prefix_of(scan_.nodes[plan_.blocks[number].around].name);
  const auto at = emit(op::unless_first);
  emit_text(op::literal,
            fmt::format("<{0}p><{0}pPr>{1}</{0}pPr></{0}p>", prefix, xml_.substr(r.begin, r.end - r.begin)));
  out_.code[at].a = here();
}

void assembler::enter(std::uint32_t number) {
  open_block b;
  b.number = number;
  const auto at = add_site(plan_.blocks[number].opener);
  b.opener = at;
  const auto& s = out_.sites[at];
  b.repeats = s.kind != tag_kind::open_inverted;
  b.unless = emit(b.repeats ? op::enter : op::unless_false, at);
  b.body = here();
  b.path = open_.empty() ? std::string{} : open_.back().path;
  if (b.repeats && s.asks.steps.size() >= 1 && s.asks.steps.front().what == step::path && !s.path.empty()) {
    const bool is_list = std::ranges::all_of(s.asks.steps.begin() + 1, s.asks.steps.end(),
                                             [](const instruction& i) { return i.what == step::filter; });
    if (is_list) b.path = s.path + "[]";
  }
  open_.push_back(std::move(b));
}

// Ends what the block does when the condition before holds.
void assembler::end_branch(open_block& b) {
  if (b.repeats && b.alternatives == 0)
    b.leaves.push_back(emit(op::next, b.body));
  else
    b.leaves.push_back(emit(op::jump));
}

void assembler::report_crossing(std::uint32_t number) {
  const auto& t = scan_.tags[plan_.blocks[number].closer];
  const auto& p = scan_.paragraphs[t.paragraph];
  const auto& other = open_.empty() ? t : scan_.tags[plan_.blocks[open_.back().number].opener];
  notes_.add("docx.crossing-blocks", {t.written, with_caret(p.text, t.column), other.written}, p.place);
}

void assembler::alternative(std::uint32_t number) {
  if (open_.empty() || open_.back().number != number) return;  // said when the block ends
  auto& b = open_.back();
  const auto tag = plan_.blocks[number].alternatives[b.alternatives];
  const bool is_last = scan_.tags[tag].kind == tag_kind::otherwise;
  if (b.unless == nowhere) {
    const auto& p = scan_.paragraphs[scan_.tags[tag].paragraph];
    notes_.add("docx.after-else", {scan_.tags[tag].written, with_caret(p.text, scan_.tags[tag].column)}, p.place);
    return;
  }
  end_branch(b);
  ++b.alternatives;
  out_.code[b.unless].b = here();
  b.path = open_.size() > 1 ? open_[open_.size() - 2].path : std::string{};
  b.unless = nowhere;
  if (is_last) return;
  const auto at = add_site(tag);
  b.unless = emit(op::unless_true, at);
}

void assembler::leave(std::uint32_t number) {
  if (open_.empty() || open_.back().number != number) return report_crossing(number);
  auto& b = open_.back();
  if (b.repeats && b.alternatives == 0) b.leaves.push_back(emit(op::next, b.body));
  const auto end = here();
  if (b.unless != nowhere) out_.code[b.unless].b = end;
  for (const auto i : b.leaves) (out_.code[i].what == op::next ? out_.code[i].b : out_.code[i].a) = end;
  open_.pop_back();
}

void assembler::link_here(std::uint32_t number) {
  const auto& from = scan_.links[number];
  link l{{}, from.where, from.attribute, from.may_be_left_out, from.needs_quotes};
  for (const auto& part : from.parts)
    l.parts.push_back({part.text, part.is_tag ? sites_.add_part(from, part, around()) : nowhere});
  emit(op::link, static_cast<std::uint32_t>(out_.links.size()));
  out_.links.push_back(std::move(l));
}

void assembler::restart_lists(std::uint32_t block) {
  emit(op::restart_lists, static_cast<std::uint32_t>(out_.restarts.size()));
  out_.restarts.push_back(lists_of_[block]);
}

void assembler::once(const edit& e) {
  emit(op::once, e.a);
  emit_text(op::literal, xml_.substr(e.offset, e.length));
}

void assembler::of_block(const edit& e) {
  switch (e.what) {
    case act::enter:
      return enter(e.a);
    case act::alternative:
      return alternative(e.a);
    case act::leave:
      return leave(e.a);
    case act::section_break:
      return section_break(e.a);
    case act::restart_lists:
      return restart_lists(e.a);
    case act::note_begin:
      emit(op::note_begin, e.a);
      note_begun_ = here();
      return;
    default:  // act::note_end
      emit(op::note_end, e.a, note_begun_);
      out_.code[note_begun_ - 1].b = here();
  }
}

void assembler::write(const edit& e) {
  if (const auto one = operation_of(e.what)) return (void)emit(*one, e.a);
  switch (e.what) {
    case act::cut:
      return;
    case act::preserve_space:
      return literal(" xml:space=\"preserve\"");
    case act::content:
      return content(e.a);
    case act::link:
      return link_here(e.a);
    case act::quote:
      return literal(scan_.quotes[e.a].where == spot::field_code ? "\"" : "&quot;");
    case act::once:
      return once(e);
    case act::added_text:
      return literal(out_.ids.texts[e.a]);
    case act::picture_begin:
      return skips_.push_back(emit(op::picture_begin, sites_.add_picture(e.a, around())));
    case act::guard_end:
      return emit_text(op::guard_end, fmt::format("<{}p/>", prefix_of(scan_.nodes[e.a].name)));
    case act::hold_end: {
      const auto& n = scan_.nodes[e.a];
      emit_text(op::hold_end, xml_.substr(n.inner_end, n.end - n.inner_end));
      at_ = n.end;
      return;
    }
    case act::enter:
    case act::alternative:
    case act::leave:
    case act::section_break:
    case act::restart_lists:
    case act::note_begin:
    case act::note_end:
      return of_block(e);
    default:
      return of_table(e);
  }
}

void assembler::carry_out(const edit& e) {
  const bool is_gone = e.offset < at_;  // within something that has been cut
  if (!is_gone) literal(xml_.substr(at_, e.offset - at_));
  at_ = std::max(at_, e.offset);
  if (!is_gone || !goes_with_text(e.what)) write(e);
  at_ = std::max(at_, e.offset + e.length);
}

// How often a part names each of these relationships, whatever for.
assembler::counts assembler::uses_of(const counts& relations) const {
  counts uses;
  if (relations.empty()) return uses;
  for (const char quote : {'"', '\''})
    for (auto at = xml_.find(quote); at != xml_.npos;) {
      const auto end = xml_.find(quote, at + 1);
      if (end == xml_.npos) break;
      if (const auto id = xml_.substr(at + 1, end - at - 1); relations.contains(id)) ++uses[std::string(id)];
      at = end;
    }
  return uses;
}

// Pictures that others take the place of and nothing else shows. Of those that blocks show, what is shown elsewhere too
// stays; all do where the data brings XML, which may show any.
void assembler::find_unused_relations() {
  counts in_blocks;
  for (const auto& p : out_.ids.pictures) in_blocks[p.relation] = p.places;
  auto uses = uses_of(in_blocks);
  const bool any_xml = std::ranges::any_of(out_.code, [](const operation& o) { return o.what == op::raw; });
  for (auto& p : out_.ids.pictures)
    if (any_xml || uses[p.relation] != p.places) p.relation.clear();
  counts replaced;
  for (const auto& p : scan_.placeholders)
    if (!p.is_chart) ++replaced[std::string(xml_.substr(p.relation.begin, p.relation.end - p.relation.begin))];
  uses = uses_of(replaced);
  for (const auto& [id, count] : replaced)
    if (uses[id] == count) out_.unused_relations.push_back(id);
}

program assembler::assemble() {
  std::ranges::stable_sort(plan_.edits, {}, [](const edit& e) { return std::tuple(e.offset, e.rank, e.order); });
  for (const auto& e : plan_.edits) carry_out(e);
  assert(skips_.empty());
  literal(xml_.substr(at_));
  emit(op::halt);
  find_unused_relations();
  out_.filled_relations = scan_.filled_relations;
  out_.pool.shrink_to_fit();
  return std::move(out_);
}

}  // namespace

bool adds_to_package(const program& p) {
  return std::ranges::any_of(p.code, [](const operation& o) {
    switch (o.what) {
      case op::image:
      case op::rich_runs:
      case op::rich_blocks:
      case op::link:
      case op::insert:
      case op::picture_begin:
      case op::restart_lists:
      case op::note_reference:
      case op::note_begin:
      case op::shown_picture:
        return true;
      default:
        return false;
    }
  });
}

program assemble(std::string_view xml, const part_scan& scan, const compile_options& options, part_plan plan,
                 id_slots ids, part_notes& notes) {
  auto out = assembler(xml, scan, options, std::move(plan), std::move(ids), notes).assemble();
  out.namespaces = declarations(xml.substr(scan.root.begin, scan.root.end - scan.root.begin));
  return out;
}

}  // namespace vanthu::docx
