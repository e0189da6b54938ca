#include "docx/additions.hpp"

#include <algorithm>

#include "docx/content_types.hpp"
#include "docx/settings.hpp"

namespace vanthu::docx {

additions::additions(const archive& in, const std::vector<entry>& settled)
    : package(in),
      relations(package),
      parts(package),
      media(package),
      lists(package),
      styles(package),
      notes(package),
      settled_(settled) {}

void additions::begin_writing(bool anew) {
  lists.rewind();
  notes.rewind();
  copies.rewind();
  if (!anew) return;
  relations.forget_added();  // what is dropped stays so
  parts = added_parts(package);
  media = added_media(package);
  lists = list_book(package);
  styles = style_book(package);
  notes = note_book(package);
  documents = {};
  copies = {};
}

bool additions::may_change(std::string_view part) const {
  return part == "[Content_Types].xml" || part.ends_with(".rels") || part.ends_with("numbering.xml") ||
         part == lists.part() || part.find("/charts/") != part.npos || part.ends_with("styles.xml") ||
         part == styles.part() || part.ends_with(".xlsx") || part == notes.part(false) || part == notes.part(true) ||
         part == package.part_of_kind("settings");
}

bool additions::changes_nothing() const {
  return relations.empty() && parts.empty() && media.empty() && !lists.has_changed() && !styles.has_changed() &&
         !notes.has_changed() && !renews_fields_;
}

made_part additions::make_settings(bool footnotes, bool endnotes) const {
  const auto& part = package.part_of_kind("settings");
  const auto settled = std::ranges::find(settled_, part, &entry::name);
  auto text = settled == settled_.end() ? package.text(part) : unpack(*settled);
  if (footnotes || endnotes || text.empty()) text = with_separators(text, footnotes, endnotes, is_strict());
  if (renews_fields_) text = with_update_fields(text).value_or(text);
  return {part.empty() ? "word/settings.xml" : part, std::move(text), word_type("settings"), "settings", part.empty()};
}

std::vector<made_part> additions::make_parts() const {
  std::vector<made_part> out;
  if (lists.has_changed()) out.push_back(lists.make());
  out.insert(out.end(), parts.all().begin(), parts.all().end());
  if (styles.has_changed()) out.push_back(styles.make());
  bool has_new_part[2] = {false, false};
  for (const bool at_end : {false, true}) {
    // A part with tags of its own adds them as it is written.
    if (notes.added(at_end).empty() || programs_.contains(notes.part(at_end))) continue;
    out.push_back(notes.make(at_end));
    has_new_part[at_end ? 1 : 0] = out.back().is_new;
  }
  if (has_new_part[0] || has_new_part[1] || renews_fields_)
    out.push_back(make_settings(has_new_part[0], has_new_part[1]));
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
