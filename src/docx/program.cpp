#include "docx/program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "xml/characters.hpp"

namespace vanthu::docx {
namespace {

std::string_view prefix_of(std::string_view name) {
  const auto colon = name.find(':');
  return colon == name.npos ? std::string_view{} : name.substr(0, colon + 1);
}

class assembler {
 public:
  assembler(std::string_view xml, const part_scan& scan, const compile_options& options, part_plan plan, id_slots ids,
            part_notes& notes)
      : xml_(xml), scan_(scan), options_(options), plan_(std::move(plan)), notes_(notes) {
    out_.ids = std::move(ids);
    out_.profile = options.profile;
  }
  program assemble();

 private:
  struct open_block {
    std::uint32_t number = 0;
    std::uint32_t body = 0;            // first operation of what is repeated
    std::uint32_t unless = nowhere;    // the operation whose target is the next alternative
    bool repeats = false;              // ends with op::next
    std::vector<std::uint32_t> leaves;  // operations that go behind the block
    std::uint32_t alternatives = 0;    // met so far
    std::string path;                  // of the items
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
  void literal(std::string_view text);
  void emit_text(op what, std::string_view text) {
    const auto [a, b] = pooled(text);
    emit(what, a, b);
  }
  void carry_out(const edit& e);
  void structural(const edit& e);
  void once(const edit& e);
  std::uint32_t add_site(std::uint32_t tag);
  std::optional<expression> parse(std::string_view text, bad_expression& why) const;
  void content(std::uint32_t tag);
  void section_break(std::uint32_t number);
  std::string full_path(const expression& e) const;
  std::int32_t breaks_for(const node& n);
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
  bool coalesce_ = false;  // the last operation is a literal that may grow
  std::size_t at_ = 0;
  std::vector<open_block> open_;
  std::vector<std::string> break_prefixes_;
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

std::int32_t assembler::breaks_for(const node& n) {
  if (n.is != what::text || !options_.line_breaks) return -1;
  const auto prefix = prefix_of(n.name);
  const auto at = std::ranges::find(break_prefixes_, prefix);
  const auto index = static_cast<std::int32_t>(at - break_prefixes_.begin());
  if (at == break_prefixes_.end()) {
    break_prefixes_.emplace_back(prefix);
    const auto around = [&](std::string_view element) {
      return fmt::format("</{0}t>{1}<{0}t xml:space=\"preserve\">", prefix, element);
    };
    break_markup b;
    b.line = around(fmt::format("<{}br/>", prefix));
    b.tab = around(fmt::format("<{}tab/>", prefix));
    if (!prefix.empty()) b.page = around(fmt::format("<{0}br {0}type=\"page\"/>", prefix));
    out_.breaks.push_back(std::move(b));
  }
  return index;
}

// The path of the data a tag asks for, the lists it is in counted as [].
std::string assembler::full_path(const expression& e) const {
  const bool item = !e.steps.empty() && e.steps.front().what == step::item;
  const std::string own = e.paths.empty() ? std::string{} : e.paths.front().text;
  const auto& base = open_.empty() ? std::string{} : open_.back().path;
  if (item || own.empty()) return base;
  // {#a.b}{a.b}{/a.b}: the name is the block's own, seen from outside it.
  if (!open_.empty() && base == own + "[]") return own;
  return base.empty() ? own : base + (own.starts_with('.') ? "" : ".") + own;
}

std::optional<expression> assembler::parse(std::string_view text, bad_expression& why) const {
  if (!options_.expressions) return literal_name(text);
  return options_.profile == template_profile::docxtemplater ? parse_script(text, why) : parse_expression(text, why);
}

std::uint32_t assembler::add_site(std::uint32_t number) {
  const auto& t = scan_.tags[number];
  const auto& p = scan_.paragraphs[t.paragraph];
  site s;
  s.kind = t.kind;
  s.written = t.written;
  s.place = p.place;
  s.around = with_caret(p.text, t.column);
  s.breaks = breaks_for(scan_.nodes[t.node]);
  bad_expression why;
  auto parsed = parse(t.text, why);
  if (parsed) {
    s.path = full_path(*parsed);
    s.asks = std::move(*parsed);
  } else {
    const std::string_view inner = t.text;
    std::vector<std::string> args{t.written, with_caret(inner, std::min(why.column, inner.size()))};
    args.insert(args.end(), why.args.begin(), why.args.end());
    notes_.add(why.id, std::move(args), p.place);
  }
  out_.sites.push_back(std::move(s));
  return static_cast<std::uint32_t>(out_.sites.size() - 1);
}

void assembler::content(std::uint32_t number) {
  const auto& t = scan_.tags[number];
  switch (t.kind) {
    case tag_kind::rich:
      if (options_.raw_xml) emit(op::raw, add_site(number));
      break;
    default: emit(op::value, add_site(number));
  }
}

// A section that ends the document has its properties behind it: turns before the last one need them too.
void assembler::section_break(std::uint32_t number) {
  const auto& r = plan_.blocks[number].section;
  if (r.empty()) return;
  const auto prefix = prefix_of(scan_.nodes[plan_.blocks[number].around].name);
  const auto at = emit(op::unless_first);
  emit_text(op::literal, fmt::format("<{0}p><{0}pPr>{1}</{0}pPr></{0}p>", prefix, xml_.substr(r.begin, r.end - r.begin)));
  out_.code[at].a = here();
}

void assembler::enter(std::uint32_t number) {
  open_block b;
  b.number = number;
  const auto at = add_site(plan_.blocks[number].opener);
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

// Tables and what must hold a paragraph.
void assembler::structural(const edit& e) {
  const auto& n = scan_.nodes[e.a];
  switch (e.what) {
    case act::guard_begin: emit(op::guard_begin); break;
    case act::guard_paragraph: emit(op::guard_paragraph); break;
    case act::guard_table: emit(op::guard_table); break;
    case act::guard_held_table: emit(op::guard_held_table); break;
    case act::guard_content: emit(op::guard_content); break;
    case act::guard_end: emit_text(op::guard_end, fmt::format("<{}p/>", prefix_of(n.name))); break;
    case act::hold_begin: {
      const auto end = n.children.empty() ? n.inner_end : n.children.front().begin;
      emit_text(op::hold_begin, xml_.substr(n.begin, end - n.begin));
      at_ = end;
      break;
    }
    case act::touch: emit(op::touch); break;
    default:
      emit_text(op::hold_end, xml_.substr(n.inner_end, n.end - n.inner_end));
      at_ = n.end;
  }
}

void assembler::once(const edit& e) {
  emit(op::once, e.a);
  emit_text(op::literal, xml_.substr(e.offset, e.length));
}

void assembler::carry_out(const edit& e) {
  const bool is_gone = e.offset < at_;  // within something that has been cut
  if (!is_gone) literal(xml_.substr(at_, e.offset - at_));
  at_ = std::max(at_, e.offset);
  switch (e.what) {
    case act::cut: break;
    case act::preserve_space: literal(" xml:space=\"preserve\""); break;
    case act::enter: enter(e.a); break;
    case act::alternative: alternative(e.a); break;
    case act::leave: leave(e.a); break;
    case act::content: content(e.a); break;
    case act::section_break: section_break(e.a); break;
    case act::drawing_id:
      if (!is_gone) emit(op::drawing_id, e.a);
      break;
    case act::bookmark_id:
      if (!is_gone) emit(op::bookmark_id, e.a);
      break;
    case act::bookmark_end_id:
      if (!is_gone) emit(op::bookmark_end_id, e.a);
      break;
    case act::bookmark_name:
      if (!is_gone) emit(op::bookmark_name, e.a);
      break;
    case act::once:
      if (!is_gone) once(e);
      break;
    default: return structural(e);
  }
  at_ = std::max(at_, e.offset + e.length);
}

program assembler::assemble() {
  std::ranges::stable_sort(plan_.edits, {}, [](const edit& e) { return std::tuple(e.offset, e.rank, e.order); });
  for (const auto& e : plan_.edits) carry_out(e);
  literal(xml_.substr(at_));
  emit(op::halt);
  out_.pool.shrink_to_fit();
  return std::move(out_);
}

// The declarations of namespaces in a start tag, each with a space before it.
std::string declarations(std::string_view start_tag) {
  std::string out;
  for (auto at = start_tag.find("xmlns"); at != start_tag.npos; at = start_tag.find("xmlns", at + 1)) {
    const auto quote = start_tag.find_first_of("\"'", at);
    if (quote == start_tag.npos) break;
    const auto end = start_tag.find(start_tag[quote], quote + 1);
    if (end == start_tag.npos) break;
    if (xml::is_space(start_tag[at - 1])) out.append(" ").append(start_tag.substr(at, end + 1 - at));
    at = end;
  }
  return out;
}

}  // namespace

program assemble(std::string_view xml, const part_scan& scan, const compile_options& options, part_plan plan,
                 id_slots ids, part_notes& notes) {
  auto out = assembler(xml, scan, options, std::move(plan), std::move(ids), notes).assemble();
  out.namespaces = declarations(xml.substr(scan.root.begin, scan.root.end - scan.root.begin));
  return out;
}

}  // namespace vanthu::docx
