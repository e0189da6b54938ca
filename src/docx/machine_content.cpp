// What a machine writes beside text: pictures, rich text, fields, ids that must stay unique.
#include <fmt/format.h>

#include <algorithm>

#include "docx/filled_charts.hpp"
#include "docx/insert.hpp"
#include "docx/machine.hpp"
#include "docx/pictures.hpp"
#include "xml/characters.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t longest_name = 40;  // of a bookmark, in Word
constexpr std::string_view blank_field = "……";

std::int64_t micrometres(const value& v, std::string_view name) {
  const auto* m = v.type() == value::kind::object ? v.find(name) : nullptr;
  if (m == nullptr || m->is_null()) return 0;
  const decimal most(1000);
  if (m->type() != value::kind::number || m->as_number() <= decimal(0) || m->as_number() > most)
    throw data_fault{"docx.bad-picture", {std::string(name)}};
  return (m->as_number().rounded(3) * decimal(1000)).rounded(0).coefficient();
}

std::string_view text_in(const value& v, std::string_view name) {
  const auto* m = v.type() == value::kind::object ? v.find(name) : nullptr;
  if (m == nullptr || m->is_null()) return {};
  if (m->type() != value::kind::text || xml::find_flaw(m->as_text()).what != xml::flaw::none)
    throw data_fault{"docx.bad-picture", {std::string(name)}};
  return m->as_text();
}

// How a value asks for a picture or a document: by its bytes in base64, or by a name.
struct asset_request {
  std::string_view data, name;
};

// A name, or {"name" or "data", "width", "height", "alt"}.
asset_request request_in(const value& v) {
  if (v.type() == value::kind::text) return {{}, v.as_text()};
  const auto data = text_in(v, "data");
  return {data, data.empty() ? text_in(v, "name") : std::string_view{}};
}

bytes bytes_of(const asset_request& asked, const asset_source& assets) {
  if (!asked.data.empty()) {
    auto decoded = decode_base64(asked.data);
    if (!decoded) throw data_fault{"docx.bad-picture", {"data"}};
    return std::move(*decoded);
  }
  if (asked.name.empty()) throw data_fault{"docx.bad-picture", {"name"}};
  auto found = assets ? assets(asked.name) : std::nullopt;
  if (!found) throw data_fault{"docx.no-picture", {std::string(asked.name)}};
  return std::move(*found);
}

struct shown_picture {
  added_media::named_picture of;
  std::string alternative;
};

added_media::named_picture find_picture(const value& v, const asset_source& assets, added_media& media) {
  const auto asked = request_in(v);
  if (const auto* known = media.named(asked.name)) return *known;
  auto content = bytes_of(asked, assets);
  const auto format = read_picture(as_text(content));
  if (!format) throw data_fault{"docx.bad-picture", {"format"}};
  const std::string name(asked.name);
  added_media::named_picture found{media.put(std::move(content), format->extension, format->type, name, assets),
                                   *format};
  if (!name.empty()) media.remember(name, found);
  return found;
}

shown_picture load(const value& v, const asset_source& assets, added_media& media) {
  auto found = find_picture(v, assets, media);
  return {std::move(found), std::string(text_in(v, "alt"))};
}

// FNV-1a, in letters and figures a bookmark may hold.
std::string short_hash(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  constexpr std::string_view digits = "abcdefghijklmnopqrstuvwxyz234567";
  std::string out;
  for (; h != 0; h >>= 5U) out += digits[h & 31U];
  return out;
}

}  // namespace

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

std::string machine::drawing_of(const value& v, std::string_view prefix) {
  const auto picture = load(v, shared_.options.assets, shared_.added.media);
  drawing d;
  d.relation = shared_.added.relations.add(program_.part, "image", picture.of.part);
  d.id = shared_.used.drawing + ++shared_.drawings;
  d.name = fmt::format("Picture {}", d.id);
  d.alternative = picture.alternative;
  d.size = size_of(picture.of.format, micrometres(v, "width"), micrometres(v, "height"));
  d.prefix = prefix;
  d.strict = shared_.added.is_strict();
  return inline_drawing(d);
}

void machine::put_image(const site& s, const run_context& at) {
  const auto o = ask(s);
  if (o.is_null()) return put_missing(s, o.missing);
  if (o.get().type() == value::kind::boolean && !o.get().as_boolean()) return;
  try {
    put(fmt::format("</{0}t>{1}<{0}t xml:space=\"preserve\">", at.prefix, drawing_of(value_for(o), at.prefix)));
  } catch (const data_fault& f) {
    note_in(s, f);
  }
}

// False: the drawing goes, because the data has no picture for it.
bool machine::show_picture(const site& s) {
  const auto o = ask(s);
  if (o.is_null() && missing_is_fault()) note_missing(s, o.missing, severity::error);
  if (o.is_null() || (o.get().type() == value::kind::boolean && !o.get().as_boolean())) return false;
  try {
    if (!s.chart.empty()) {
      const auto data = read_chart(value_for(o));
      picture_.relation = fill_chart_of(program_.part, s.chart, data, shared_.added);
      picture_.alternative.clear();
      xml::append_escaped_attribute(picture_.alternative, data.alternative);
      return true;
    }
    const auto picture = load(value_for(o), shared_.options.assets, shared_.added.media);
    picture_.relation = shared_.added.relations.add(program_.part, "image", picture.of.part);
    picture_.alternative.clear();
    xml::append_escaped_attribute(picture_.alternative, picture.alternative);
    return true;
  } catch (const data_fault& f) {
    note_in(s, f);
    return false;
  }
}

void machine::leave_run(const run_context& at) {
  put(fmt::format("</{0}t></{0}r>", at.prefix));
}

void machine::enter_run(const run_context& at) {
  put(fmt::format("<{0}r>{1}<{0}t xml:space=\"preserve\">", at.prefix, at.run.whole(at.prefix + "rPr")));
}

void machine::put_rich(const site& s, const run_context& at, bool blocks) {
  filled_ = filling::none;
  const auto o = ask(s);
  if (o.is_null()) return blocks ? put_missing_paragraph(s, o.missing, at) : put_missing(s, o.missing);
  const rich_services with{[&](list_style style) { return shared_.added.lists.start(style); },
                           [&](const value& v) { return drawing_of(v, at.prefix); }};
  try {
    const auto v = value_for(o);
    if (!blocks) {
      const auto runs = rich_runs(v, at, with);
      leave_run(at);
      put(runs);
      return enter_run(at);
    }
    const auto made = rich_blocks(v, at, with);
    put(made.markup);
    if (!made.markup.empty()) filled_ = made.ends_with_table ? filling::table : filling::paragraph;
  } catch (const data_fault& f) {
    note_in(s, f);
  }
}

// What is written where the data has nothing, in a paragraph of its own.
void machine::put_missing_paragraph(const site& s, const path* asked, const run_context& at) {
  const auto text = text_for_missing(s, asked);
  if (text.empty()) return;
  put(rich_blocks(value(text), at, {}).markup);
  filled_ = filling::paragraph;
}

// What is wrong with the file of a document to be put in is said of that file.
void machine::note_document(const site& s, const diagnostics& faults) {
  for (auto fault : faults) {
    if (!noted_.emplace(&s, fault.id()).second) continue;
    fault.related.push_back({shared_.source, 0, 0, program_.part + s.place});
    shared_.notes.push_back(std::move(fault));
  }
}

void machine::put_document(const site& s, const run_context& at) {
  filled_ = filling::none;
  const auto o = ask(s);
  if (o.is_null()) return put_missing_paragraph(s, o.missing, at);
  const insert_services with{shared_.added,
                             program_.part,
                             program_.entry == shared_.main,
                             program_.namespaces,
                             [&] { return shared_.used.drawing + ++shared_.drawings; },
                             [&] { return shared_.used.bookmark + ++shared_.bookmarks; },
                             [&](const std::string& name) { return new_name(name); }};
  try {
    const auto asked = request_in(o.get());
    const auto content = bytes_of(asked, shared_.options.assets);
    std::string name(asked.name);
    if (name.empty()) name = path_now(s);
    const auto from = shared_.added.documents.open(as_text(content), name, shared_.limits);
    if (!from) return note_document(s, from.notes);
    const auto made = insert_document(**from, with);
    put(made.markup);
    if (!made.markup.empty()) filled_ = made.ends_with_table ? filling::table : filling::paragraph;
  } catch (const data_fault& f) {
    note(s, f);
  }
}

// A control of plain text with the path as its tag, in a bookmark, to be filled in and read back.
void machine::put_field(const site& s, const run_context& at) {
  const auto key = path_now(s);
  const auto o = ask(s);
  std::string value_text(blank_field), escaped_key, label;
  try {
    if (!o.is_null()) value_text = to_text(o);
  } catch (const data_fault& f) {
    return note(s, f);
  }
  value_text = text_for(s, value_text);
  xml::append_escaped_attribute(escaped_key, key);
  xml::append_escaped_attribute(label,
                                s.label.empty() ? fmt::format("[{}]", key) : fmt::format("{} [{}]", s.label, key));
  const auto hash = short_hash(key);
  const bool marked = !s.without_bookmark && shared_.field_names.insert(hash).second;
  const auto id = marked ? shared_.used.bookmark + ++shared_.bookmarks : 0;
  leave_run(at);
  if (marked) put(fmt::format("<{0}bookmarkStart {0}id=\"{1}\" {0}name=\"_kh{2}\"/>", at.prefix, id, hash));
  put(
      fmt::format("<{0}sdt><{0}sdtPr><{0}alias {0}val=\"{1}\"/><{0}tag {0}val=\"{2}\"/><{0}text/></{0}sdtPr>"
                  "<{0}sdtContent><{0}r>{3}{4}</{0}r></{0}sdtContent></{0}sdt>",
                  at.prefix, label, escaped_key, at.run.whole(at.prefix + "rPr"), run_content(value_text, at.prefix)));
  if (marked) put(fmt::format("<{0}bookmarkEnd {0}id=\"{1}\"/>", at.prefix, id));
  enter_run(at);
}

void machine::put_list_number(std::uint32_t slot) {
  auto& l = lists_[slot];
  l.used = true;
  if (std::exchange(l.renew, false)) l.number = shared_.added.lists.restart(program_.ids.lists[slot].number);
  put(l.number);
}

// A note is written once for each reference to it, with the names that reference sees.
bool machine::show_note(std::uint32_t number) {
  const auto& all = shared_.added.notes.shown(program_.notes[number]);
  if (note_ >= all.size()) return false;
  scopes_ = all[note_]->scopes;
  return true;
}

}  // namespace vanthu::docx
