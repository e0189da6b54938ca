// How a machine writes values, and what it says when it cannot.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "docx/data_text.hpp"
#include "docx/machine.hpp"
#include "docx/nearest.hpp"
#include "xml/characters.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {

operand machine::compute(const site& s) {
  const auto number = static_cast<std::size_t>(&s - program_.sites.data());
  if (s.asks.is_path()) return at_path(s.asks.only_path(), scopes_, s.asks.dialect, places_[number]);
  try {
    return evaluate(s.asks, scopes_, shared_.filtering);
  } catch (const budget_spent&) {
    note(s, "docx.too-many-steps", {std::to_string(shared_.limits.filter_steps)});
    throw machine_stop{};
  }
}

operand machine::ask(const site& s) {
  try {
    return compute(s);
  } catch (const data_fault& f) {
    note(s, f);
    return make_operand(false);
  }
}

bool machine::missing_is_fault() const {
  using policy = missing_value::policy;
  const auto then = shared_.options.missing.then;
  return then == policy::error || (then == policy::by_profile && program_.profile == template_profile::vanthu);
}

void machine::put_value(const site& s) {
  operand o;
  try {
    o = compute(s);
    if (o.is_null()) return put_missing(s, o.missing);
    if (!o.items && o.get().type() == value::kind::text) return put_text(s, o.get().as_text());
    put_text(s, s.asks.dialect == rules::ours ? to_text(o) : script_text(o.get()));
  } catch (const data_fault& f) {
    note(s, f);
  }
}

// XML as the data has it, in place of a paragraph.
void machine::put_raw(const site& s) {
  const auto o = ask(s);
  const auto& v = o.get();
  filled_ = filling::none;
  if (o.is_null() || (v.type() == value::kind::boolean && !v.as_boolean())) return;
  if (v.type() != value::kind::text) return note(s, "docx.not-xml", {path_now(s)});
  const auto raw = v.as_text();
  if (shared_.judges) {
    const auto whole = fmt::format("<x{}>{}</x>", program_.namespaces, raw);
    xml::limits most;
    most.depth = shared_.limits.xml_depth;
    if (xml::find_problem(whole, most)) return note(s, "docx.bad-xml", {path_now(s)});
  }
  put(raw);
  if (raw.empty()) return;
  filled_ = raw.ends_with(":tbl>") ? filling::table : filling::paragraph;
}

void machine::put_missing(const site& s, const path* asked) {
  const auto text = text_for_missing(s, asked);
  put_text(s, text);
}

// What is written where the data has nothing; "" with a remark where that is a fault.
std::string machine::text_for_missing(const site& s, const path* asked) {
  using policy = missing_value::policy;
  if (missing_is_fault()) return note_missing(s, asked, severity::error), std::string{};
  switch (shared_.options.missing.then) {
    case policy::keep:
      return s.written;
    case policy::text:
      return shared_.options.missing.text;
    case policy::by_profile:
      return "undefined";
    default:
      return {};
  }
}

// Characters XML cannot hold for which something else is written.
std::string_view machine::kept_in(const site& s) const {
  const bool pages =
      s.kind != tag_kind::field && s.breaks >= 0 && !program_.breaks[static_cast<std::size_t>(s.breaks)].page.empty();
  return pages ? "\f" : std::string_view{};
}

bool machine::can_be_written(const site& s, std::string_view text) {
  try {
    if (shared_.judges) check_text(text, shared_.options, kept_in(s));
    return true;
  } catch (const data_fault& f) {
    note_in(s, f);
    return false;
  }
}

std::string machine::text_for(const site& s, std::string_view text) {
  return can_be_written(s, text) ? as_wanted(text, shared_.options, kept_in(s)) : std::string{};
}

// Throws data_fault when there is a text in it that cannot be written.
value machine::value_for(const operand& o) {
  if (shared_.judges) check_texts(o.get(), shared_.options);
  return changes_texts(shared_.options) ? as_wanted(o.get(), shared_.options) : o.get();
}

// A fault somewhere in the value of a tag: its path is that of the tag and what the fault says.
void machine::note_in(const site& s, const data_fault& f) {
  auto told = f;
  if (f.id == "docx.bad-rich") told.args.insert(told.args.begin(), path_now(s));
  if (f.id == "docx.control-character" || f.id == "docx.invalid-utf8") told.args.front().insert(0, path_now(s));
  note(s, told);
}

// What is written for a character that is not written as it stands.
std::string_view machine::special(const site& s, char c, bool before_line_feed) const {
  std::string_view line = "\n", tab = "\t", page = "\f";
  if (s.breaks >= 0) {
    const auto& in_text = program_.breaks[static_cast<std::size_t>(s.breaks)];
    line = in_text.line;
    tab = in_text.tab;
    page = in_text.page;
  }
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\r':
      return before_line_feed ? std::string_view{} : line;
    case '\n':
      return line;
    case '\t':
      return tab;
    default:  // '\f': can_be_written() lets no other through
      return page;
  }
}

namespace {

// Whether one of eight bytes is below a space or one of & < >: each test is of all eight at once.
bool has_special(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  constexpr std::uint64_t ones = 0x0101010101010101U, high = 0x8080808080808080U;
  const auto below = [&](std::uint64_t of, std::uint64_t least) { return (of - ones * least) & ~of & high; };
  const auto is = [&](char c) { return below(word ^ ones * static_cast<unsigned char>(c), 1); };
  return (below(word, ' ') | is('&') | is('<') | is('>')) != 0;
}

#ifdef __SSE2__
// The same of sixteen bytes, a bit for each: < and > are one bit apart.
unsigned specials(const char* bytes) {
  const auto all = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const auto below_space = _mm_cmpeq_epi8(_mm_min_epu8(all, _mm_set1_epi8(0x1f)), all);
  const auto angles = _mm_cmpeq_epi8(_mm_or_si128(all, _mm_set1_epi8('<' ^ '>')), _mm_set1_epi8('<' | '>'));
  const auto ampersands = _mm_cmpeq_epi8(all, _mm_set1_epi8('&'));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(below_space, _mm_or_si128(angles, ampersands))));
}
#endif

// Where the next byte is, from `at` on, that is not written as it stands; the end if there is none.
std::size_t next_special(std::string_view text, std::size_t at) {
#ifdef __SSE2__
  for (; text.size() - at >= 16; at += 16)
    if (const auto found = specials(text.data() + at); found != 0)
      return at + static_cast<std::size_t>(std::countr_zero(found));
#endif
  for (; at < text.size(); ++at) {
    while (text.size() - at >= 8 && !has_special(text.data() + at)) at += 8;
    if (at == text.size()) break;
    const char c = text[at];
    if (static_cast<unsigned char>(c) < ' ' || c == '&' || c == '<' || c == '>') break;
  }
  return at;
}

}  // namespace

void machine::put_text(const site& s, std::string_view text) {
  if (changes_texts(shared_.options)) return put_wanted(s, text_for(s, text));
  if (can_be_written(s, text)) put_wanted(s, text);
}

void machine::put_wanted(const site& s, std::string_view text) {
  if (s.where != spot::text) return put_code(s, text);
  std::size_t plain = 0;
  for (auto i = next_special(text, 0); i < text.size(); i = next_special(text, i + 1)) {
    put(text.substr(plain, i - plain));
    put(special(s, text[i], text.substr(i + 1).starts_with('\n')));
    plain = i + 1;
  }
  put(text.substr(plain));
}

void machine::note(const site& s, std::string_view id, std::initializer_list<std::string_view> args, severity level) {
  add_note(s, std::string(id), {args.begin(), args.end()}, level);
}

// Once for each tag and id: a row that lacks a value lacks it a thousand times.
void machine::add_note(const site& s, const std::string& id, const std::vector<std::string>& args, severity level) {
  if (!noted_.emplace(&s, id).second) return;
  std::vector<std::string> all;
  all.push_back(s.written);
  all.push_back(s.around);
  all.insert(all.end(), args.begin(), args.end());
  const std::pair said(id, all);
  if (s.is_second && said_.contains(said)) return;
  if (!s.is_second) said_.insert(said);
  shared_.notes.push_back({level, {id, std::move(all)}, {shared_.source, 0, 0, program_.part + s.place}, {}});
}

namespace {

// The path of another name that a tag asks for, from the root like its own, which is of the first.
std::string path_beside(const site& s, const path& asked) {
  const std::string_view first = s.asks.paths.front().text;
  if (!s.path.ends_with(first)) return asked.text;
  return s.path.substr(0, s.path.size() - first.size()) + asked.text;
}

}  // namespace

// The first time a tag misses its value. Of a condition, which may well ask for what is not there, only a name that
// looks mistyped is worth a word.
void machine::note_missing(const site& s, const path* asked, severity level) {
  if (!missed_.insert(&s).second) return;
  const auto near =
      asked != nullptr && look_up(*asked, scopes_, s.asks.dialect) == nullptr ? nearest(*asked) : std::string{};
  if (level == severity::warning && near.empty()) return;
  if (!near.empty()) shared_.meant.insert(near);
  auto full = path_now(s);
  if (asked != nullptr) full = numbered(path_beside(s, *asked));
  if (level == severity::warning) return note(s, "docx.unknown-name", {full, near}, level);
  note(s, "docx.missing-value", {full, near.empty() ? near : fmt::format(" ({}?)", near)});
}

std::string machine::nearest(const path& p) const {
  const auto offer_members = [](const value* v, near_name& to) {
    if (v == nullptr || v->type() != value::kind::object) return;
    for (std::size_t i = 0; i < v->size(); ++i) to.offer(v->name(i));
  };
  for (std::size_t n = p.names.size(); n > 1; --n) {
    auto known = p;
    known.names.resize(n - 1);
    const auto* found = look_up(known, scopes_);
    if (found == nullptr) continue;
    near_name to(p.names[n - 1]);
    offer_members(found, to);
    return to.found();
  }
  near_name to(p.names.front());
  for (auto i = scopes_.size(); i-- > 0;) offer_members(scopes_[i].item, to);
  return to.found();
}

// The path of a tag with the numbers of the items it is at: "items[2].title". What is no list has none.
std::string machine::path_now(const site& s) const {
  auto out = numbered(s.path);
  return out.empty() ? s.written : out;
}

std::string machine::numbered(std::string_view path) const {
  std::string out;
  std::size_t from = 0;
  for (auto at = path.find("[]"); at != path.npos; at = path.find("[]", from)) {
    out += path.substr(from, at - from);
    if (const auto index = index_in(path.substr(0, at))) out += fmt::format("[{}]", *index);
    from = at + 2;
  }
  out += path.substr(from);
  return out;
}

// The number of the item we are at in the list of this path; nothing when the data has no list there.
std::optional<std::size_t> machine::index_in(std::string_view list) const {
  for (auto i = frames_.size(); i-- > 0;)
    if (frames_[i]->is_list && frames_[i]->from->path == list) return scopes_[frames_[i]->scope].index;
  return {};
}

}  // namespace vanthu::docx
