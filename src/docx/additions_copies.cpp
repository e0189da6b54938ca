// What comes along with documents put into the one that is rendered.
#include <fmt/format.h>

#include <algorithm>

#include "docx/additions.hpp"
#include "docx/settings.hpp"

namespace vanthu::docx {

std::string additions::notes_part(bool at_end) const {
  if (const auto& known = package.notes_part(at_end); !known.empty()) return known;
  const std::string_view stem = at_end ? "word/endnotes" : "word/footnotes";
  auto name = fmt::format("{}.xml", stem);
  for (int i = 1; package.has(name); ++i) name = fmt::format("{}{}.xml", stem, i);
  return name;
}

void additions::add_note(bool at_end, std::uint32_t id, std::string markup) {
  new_notes_[at_end ? 1 : 0].try_emplace(id, std::move(markup));
}

// A part with tags of its own adds them as it is written.
void additions::make_notes(bool at_end, std::vector<made_part>& out) const {
  const auto& notes = new_notes_[at_end ? 1 : 0];
  const auto part = notes_part(at_end);
  if (notes.empty() || programs_.contains(part)) return;
  const std::string kind = at_end ? "endnotes" : "footnotes";
  out.push_back(
      {part, with_notes(package.text(part), notes, at_end, is_strict()), word_type(kind), kind, !package.has(part)});
}

void additions::make_settings(bool footnotes, bool endnotes, std::vector<made_part>& out) const {
  if (!footnotes && !endnotes && !renews_fields_) return;
  const auto& part = package.part_of_kind("settings");
  const auto settled = std::ranges::find(settled_, part, &entry::name);
  auto text = settled == settled_.end() ? package.text(part) : unpack(*settled);
  if (footnotes || endnotes || text.empty()) text = with_separators(text, footnotes, endnotes, is_strict());
  if (renews_fields_) text = with_update_fields(text).value_or(text);
  out.push_back(
      {part.empty() ? "word/settings.xml" : part, std::move(text), word_type("settings"), "settings", part.empty()});
}

void additions::begin_writing(bool anew) {
  lists.rewind();
  copies.rewind();
  notes_.clear();
  last_note_[0] = last_note_[1] = 0;
  if (!anew) return;
  media = added_media(package);
  copies = {};
  parts = added_parts(package);
  relations.forget_added();
  lists = list_book(package);
  styles = style_book(package);
  documents = {};
  for (auto& notes : new_notes_) notes.clear();
}

}  // namespace vanthu::docx
