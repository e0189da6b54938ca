#include "docx/additions.hpp"

#include <algorithm>

#include "docx/content_types.hpp"

namespace vanthu::docx {

additions::additions(const archive& in, const std::vector<entry>& settled)
    : package(in),
      relations(package),
      parts(package),
      media(package),
      lists(package),
      styles(package),
      settled_(settled) {}

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

bool additions::may_change(std::string_view part) const {
  return part == "[Content_Types].xml" || part.ends_with(".rels") || part.ends_with("numbering.xml") ||
         part == lists.part() || part.find("/charts/") != part.npos || part.ends_with("styles.xml") ||
         part.ends_with(".xlsx") || part == notes_part(false) || part == notes_part(true) ||
         part == package.part_of_kind("settings");
}

std::vector<made_part> additions::make_parts() const {
  std::vector<made_part> out;
  if (lists.has_changed()) out.push_back(lists.make());
  out.insert(out.end(), parts.all().begin(), parts.all().end());
  if (styles.has_changed()) out.push_back(styles.make());
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
