#include "docx/machine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "docx/nearest.hpp"
#include "xml/characters.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t longest_name = 40;  // of a bookmark, in Word
constexpr std::uint64_t zip_limit = std::numeric_limits<std::uint32_t>::max();

struct stop {};  // a checking run has found a limit exceeded

}  // namespace

machine::machine(const program& p, rendering& r) : program_(p), shared_(r) {
  scopes_.push_back({&r.data, false, 0, 0});
  drawing_used_.assign(p.ids.drawings.size(), false);
  once_used_.assign(p.ids.once, false);
  for (const auto& b : p.ids.bookmarks) bookmarks_.push_back({false, b.id, b.name});
}

void machine::run(output& out) {
  out_ = &out;
  while (program_.code[at_].what != op::halt) at_ = execute(program_.code[at_], at_ + 1);
}

std::uint64_t machine::measure() {
  const auto most = std::min(shared_.limits.output_bytes, zip_limit);
  try {
    while (program_.code[at_].what != op::halt) {
      at_ = execute(program_.code[at_], at_ + 1);
      if (measured_ <= most) continue;
      shared_.notes->push_back({severity::error,
                                {"docx.too-large", {program_.part, std::to_string(most)}},
                                {shared_.source, 0, 0, program_.part},
                                {}});
      break;
    }
  } catch (const stop&) {
  }
  return measured_;
}

void machine::put(std::string_view text) {
  if (shared_.notes != nullptr)
    measured_ += text.size();
  else
    out_->text(text);
}

void machine::put_literal(const operation& o) {
  if (shared_.notes != nullptr)
    measured_ += o.b;
  else
    out_->literal(static_cast<std::uint32_t>(&o - program_.code.data()),
                  std::string_view(program_.pool).substr(o.a, o.b));
}

// The number of the next operation.
std::size_t machine::execute(const operation& o, std::size_t next) {
  switch (o.what) {
    case op::literal: put_literal(o); break;
    case op::value: put_value(program_.sites[o.a]); break;
    case op::enter: return enter(program_.sites[o.a]) ? next : o.b;
    case op::next: return again() ? o.a : o.b;
    case op::unless_true: return holds(program_.sites[o.a]) ? next : o.b;
    case op::unless_false: return holds(program_.sites[o.a]) ? o.b : next;
    case op::jump: return o.a;
    case op::guard_begin: needs_paragraph_.push_back(true); break;
    case op::guard_paragraph: needs_paragraph_.back() = false; break;
    case op::guard_table: needs_paragraph_.back() = true; break;
    case op::guard_held_table: needs_paragraph_.back() = needs_paragraph_.back() || table_came_; break;
    case op::guard_end:
      if (needs_paragraph_.back()) put_literal(o);
      needs_paragraph_.pop_back();
      break;
    case op::hold_begin: held_.push_back({&o, false}); break;
    case op::touch:
      if (!held_.back().begun) put_literal(*held_.back().head);
      held_.back().begun = true;
      break;
    case op::hold_end:
      table_came_ = held_.back().begun;
      held_.pop_back();
      if (table_came_) put_literal(o);
      break;
    case op::drawing_id: put_drawing_id(o.a); break;
    case op::bookmark_id:
      begin_bookmark(o.a);
      put(bookmarks_[o.a].id);
      break;
    case op::bookmark_end_id: put(bookmarks_[o.a].id); break;
    case op::bookmark_name: put(bookmarks_[o.a].name); break;
    case op::once:
      if (once_used_[o.a]) return next + 1;
      once_used_[o.a] = true;
      break;
    case op::halt: break;
  }
  return next;
}

operand machine::ask(const site& s) {
  try {
    return evaluate(s.asks, scopes_);
  } catch (const data_fault& f) {
    note(s, f.id, f.args);
    return make_operand(false);
  }
}

bool machine::holds(const site& s) {
  const auto o = ask(s);
  if (o.missing != nullptr) note_missing(s, o.missing, severity::warning);
  return is_true(o);
}

void machine::count_iteration(const site& s) {
  if (++shared_.iterations <= shared_.limits.iterations || shared_.notes == nullptr) return;
  note(s, "docx.too-many-iterations", {std::to_string(shared_.limits.iterations)});
  throw stop{};
}

// A list is gone through item by item; anything else that holds is entered once, and is the item if it can be one.
bool machine::enter(const site& s) {
  auto o = ask(s);
  if (o.missing != nullptr) note_missing(s, o.missing, severity::warning);
  if (!is_true(o)) return false;
  count_iteration(s);
  frames_.push_back({&s, std::move(o), false});
  auto& f = frames_.back();
  f.is_list = f.list.is_list();
  if (f.is_list)
    scopes_.push_back({&f.list.at(0), true, 0, f.list.size()});
  else if (f.list.get().type() == value::kind::boolean)
    scopes_.push_back({});
  else if (f.list.ref != nullptr)
    scopes_.push_back({f.list.ref, false, 0, 0});
  else
    scopes_.push_back({});
  return true;
}

bool machine::again() {
  auto& f = frames_.back();
  auto& s = scopes_.back();
  if (f.is_list && s.index + 1 < s.count) {
    count_iteration(*f.from);
    ++s.index;
    s.item = &f.list.at(s.index);
    return true;
  }
  frames_.pop_back();
  scopes_.pop_back();
  return false;
}

void machine::put_value(const site& s) {
  operand o;
  try {
    o = evaluate(s.asks, scopes_);
    if (o.is_null()) return put_missing(s, o.missing);
    if (!o.items && o.get().type() == value::kind::text) return put_text(s, o.get().as_text());
    put_text(s, to_text(o));
  } catch (const data_fault& f) {
    note(s, f.id, f.args);
  }
}

void machine::put_missing(const site& s, const path* asked) {
  switch (shared_.options.missing.then) {
    case missing_value::policy::error: return note_missing(s, asked, severity::error);
    case missing_value::policy::empty: return;
    case missing_value::policy::keep: return put_text(s, s.written);
    case missing_value::policy::text: return put_text(s, shared_.options.missing.text);
  }
}

void machine::check_text(const site& s, std::string_view text) {
  const bool pages = s.breaks >= 0 && !program_.breaks[static_cast<std::size_t>(s.breaks)].page.empty();
  std::size_t base = 0;
  while (true) {
    const auto flaw = xml::find_flaw(text.substr(base));
    if (flaw.what == xml::flaw::none) return;
    const auto offset = base + flaw.offset;
    if (flaw.what == xml::flaw::forbidden && flaw.code == '\f' && pages) {
      base = offset + 1;
      continue;
    }
    if (flaw.what == xml::flaw::malformed)
      note(s, "docx.invalid-utf8", {path_now(s), std::to_string(offset)});
    else
      note(s, "docx.control-character", {path_now(s), fmt::format("U+{:04X}", flaw.code), std::to_string(offset)});
    return;
  }
}

// Writes what stands for `c`; false when it stands for itself.
bool machine::put_special(const site& s, char c, bool before_line_feed) {
  const auto* breaks = s.breaks < 0 ? nullptr : &program_.breaks[static_cast<std::size_t>(s.breaks)];
  switch (c) {
    case '&': return put("&amp;"), true;
    case '<': return put("&lt;"), true;
    case '>': return put("&gt;"), true;
    case '\r':
      if (!before_line_feed) put(breaks != nullptr ? std::string_view(breaks->line) : "\n");
      return true;
    case '\n': return breaks != nullptr && (put(breaks->line), true);
    case '\t': return breaks != nullptr && (put(breaks->tab), true);
    case '\f': return breaks != nullptr && (put(breaks->page), true);
    default: return false;
  }
}

void machine::put_text(const site& s, std::string_view text) {
  if (shared_.notes != nullptr) check_text(s, text);
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '&' && c != '<' && c != '>') continue;
    put(text.substr(plain, i - plain));
    plain = put_special(s, c, i + 1 < text.size() && text[i + 1] == '\n') ? i + 1 : i;
  }
  put(text.substr(plain));
}

void machine::put_drawing_id(std::uint32_t slot) {
  if (!drawing_used_[slot]) {
    drawing_used_[slot] = true;
    return put(program_.ids.drawings[slot]);
  }
  put(std::to_string(shared_.used.drawing + ++shared_.drawings));
}

void machine::begin_bookmark(std::uint32_t slot) {
  auto& b = bookmarks_[slot];
  if (!b.used) {
    b.used = true;
    return;
  }
  b.id = std::to_string(shared_.used.bookmark + ++shared_.bookmarks);
  b.name = new_name(program_.ids.bookmarks[slot].name);
}

std::string machine::new_name(const std::string& old) {
  while (true) {
    const auto suffix = fmt::format("_{}", ++shared_.names);
    auto keep = std::min(old.size(), longest_name - suffix.size());
    if (old.find('&') < old.size() && keep < old.size()) keep = std::min(keep, old.find('&'));
    while (keep > 0 && keep < old.size() && (static_cast<unsigned char>(old[keep]) & 0xc0U) == 0x80) --keep;
    auto name = old.substr(0, keep) + suffix;
    if (!shared_.used.names.contains(name)) return name;
  }
}

// Once for each tag and id: a row that lacks a value lacks it a thousand times.
void machine::note(const site& s, std::string id, std::vector<std::string> args, severity level) {
  if (shared_.notes == nullptr || !noted_.emplace(&s, id).second) return;
  std::vector<std::string> all{s.written, s.around};
  all.insert(all.end(), args.begin(), args.end());
  shared_.notes->push_back(
      {level, {std::move(id), std::move(all)}, {shared_.source, 0, 0, program_.part + s.place}, {}});
}

// Of a condition, which may well ask for what is not there, only a name that looks mistyped is worth a word.
void machine::note_missing(const site& s, const path* asked, severity level) {
  if (shared_.notes == nullptr) return;
  const auto near = asked != nullptr && look_up(*asked, scopes_) == nullptr ? nearest(*asked) : std::string{};
  if (level == severity::warning && near.empty()) return;
  if (level == severity::warning) return note(s, "docx.unknown-name", {path_now(s), near}, level);
  note(s, "docx.missing-value", {path_now(s), near.empty() ? near : fmt::format(" ({}?)", near)});
}

std::string machine::nearest(const path& p) const {
  const auto offer_members = [](const value* v, nearest_name& to) {
    if (v == nullptr || v->type() != value::kind::object) return;
    for (std::size_t i = 0; i < v->size(); ++i) to.offer(v->name(i));
  };
  for (std::size_t n = p.names.size(); n > 1; --n) {
    auto known = p;
    known.names.resize(n - 1);
    const auto* found = look_up(known, scopes_);
    if (found == nullptr) continue;
    nearest_name to(p.names[n - 1]);
    offer_members(found, to);
    return to.found();
  }
  nearest_name to(p.names.front());
  for (auto i = scopes_.size(); i-- > 0;) offer_members(scopes_[i].item, to);
  return to.found();
}

// The path of a tag with the numbers of the items it is at: "items[2].title".
std::string machine::path_now(const site& s) const {
  std::string out;
  std::string_view rest = s.path;
  auto around = frames_.begin();
  for (auto at = rest.find("[]"); at != rest.npos; at = rest.find("[]")) {
    while (around != frames_.end() && !around->is_list) ++around;
    out += rest.substr(0, at);
    if (around != frames_.end()) {
      out += fmt::format("[{}]", scopes_[static_cast<std::size_t>(around - frames_.begin()) + 1].index);
      ++around;
    }
    rest.remove_prefix(at + 2);
  }
  out += rest;
  return out.empty() ? s.written : out;
}

}  // namespace vanthu::docx
