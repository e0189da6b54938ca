#include "docx/additions.hpp"

#include <algorithm>

#include "docx/content_types.hpp"

namespace vanthu::docx {

additions::additions(const archive& in, const std::vector<entry>& settled)
    : package(in), relations(package), parts(package), media(package), settled_(settled) {}

std::string additions::show_note(const note_slot& note, std::span<const scope> scopes) {
  auto& all = notes_[{note.at_end, note.id}];
  auto& shown = *all.emplace_back(std::make_unique<shown_note>());
  shown.id = all.size() == 1 ? note.id : std::to_string(note_number(note.at_end));
  shown.kept.reserve(scopes.size());
  for (auto s : scopes) {
    if (s.item != nullptr) s.item = &shown.kept.emplace_back(*s.item);
    s.named = nullptr;
    shown.scopes.push_back(s);
  }
  return shown.id;
}

const std::vector<std::unique_ptr<shown_note>>& additions::shown_notes(const note_slot& note) const {
  static const std::vector<std::unique_ptr<shown_note>> none;
  const auto at = notes_.find({note.at_end, note.id});
  return at == notes_.end() ? none : at->second;
}

void additions::read_numbering() {
  if (std::exchange(numbering_read_, true)) return;
  numbering_part_ = package.part_of_kind("numbering");
  const auto read = read_numbers(package.text(numbering_part_));
  abstract_by_number_ = read.abstract_by_number;
  last_number_ = read.last_number;
  last_abstract_ = read.last_abstract;
}

std::string additions::take_number(std::uint32_t abstract) {
  if (given_ == numbers_.size()) numbers_.push_back({std::to_string(++last_number_), abstract});
  return numbers_[given_++].id;
}

std::string additions::restarted(const std::string& list) {
  read_numbering();
  const auto known = abstract_by_number_.find(list);
  return known == abstract_by_number_.end() ? list : take_number(known->second);
}

std::uint32_t additions::abstract_of(list_style style) {
  auto& own = own_abstract_[static_cast<std::size_t>(style)];
  if (own == 0) own = ++last_abstract_;
  return own;
}

std::string additions::new_list(list_style style) {
  read_numbering();
  return take_number(abstract_of(style));
}

bool additions::may_change(std::string_view part) const {
  return part == "[Content_Types].xml" || part.ends_with(".rels") || part.ends_with("numbering.xml") ||
         part == numbering_part_ || part.find("/charts/") != part.npos || part.ends_with("styles.xml") ||
         part.ends_with(".xlsx") || part == notes_part(false) || part == notes_part(true) ||
         part == package.part_of_kind("settings");
}

made_part additions::make_numbering() const {
  std::vector<added_number> added;
  for (const auto& n : numbers_) added.push_back({n.id, n.abstract});
  std::vector<added_definition> definitions;
  for (const auto& [markup, d] : copied_) definitions.push_back(d);
  const bool is_new = numbering_part_.empty();
  return {
      is_new ? "word/numbering.xml" : numbering_part_,
      write_numbers(package.text(numbering_part_), own_abstract_[0], own_abstract_[1], definitions, added, is_strict()),
      word_type("numbering"), "numbering", is_new};
}

std::vector<made_part> additions::make_parts() const {
  std::vector<made_part> out;
  if (!numbers_.empty()) out.push_back(make_numbering());
  out.insert(out.end(), parts.all().begin(), parts.all().end());
  if (has_new_styles()) {
    const auto& part = package.part_of_kind("styles");
    out.push_back({part.empty() ? "word/styles.xml" : part, styles_->write(package.text(part), is_strict()),
                   word_type("styles"), "styles", part.empty()});
  }
  make_notes(false, out);
  make_notes(true, out);
  const auto made = [&](std::string_view kind) {
    return std::ranges::any_of(out, [&](const made_part& p) { return p.is_new && p.kind == kind; });
  };
  make_settings(made("footnotes"), made("endnotes"), out);
  return out;
}

std::vector<entry> additions::finish() const {
  std::vector<entry> out;
  if (changes_nothing()) return out;
  auto all_relations = relations;
  content_types types(package.text("[Content_Types].xml"));
  types.remove(relations.dropped_parts());
  media.declare(types);
  for (const auto& p : make_parts()) {
    out.push_back(stored_entry(p.name, p.content));
    if (p.is_new && !p.kind.empty()) all_relations.add(package.main(), p.kind, p.name);
    if (p.is_new && !p.type.empty()) types.add(p.name, p.type);
  }
  for (auto& part : all_relations.make()) out.push_back(std::move(part));
  out.push_back(stored_entry("[Content_Types].xml", types.text()));
  return out;
}

}  // namespace vanthu::docx
