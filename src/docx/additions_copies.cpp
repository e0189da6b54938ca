// What comes along with documents put into the one that is rendered.
#include <fmt/format.h>

#include <algorithm>

#include "docx/additions.hpp"
#include "docx/settings.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t most_documents = 8;  // kept for the next turn

}  // namespace

checked<source_document*> additions::document(std::string_view bytes, const std::string& name,
                                              const docx_limits& limits) {
  const auto known = std::ranges::find_if(documents_, [&](const auto& d) { return d->bytes() == bytes; });
  if (known != documents_.end()) return {known->get(), {}};
  auto read = source_document::open(std::string(bytes), name, limits);
  if (!read) return {{}, std::move(read.notes)};
  if (documents_.size() == most_documents) documents_.erase(documents_.begin());
  return {documents_.emplace_back(std::move(*read)).get(), {}};
}

std::string additions::copied_list(const list_definition& definition) {
  read_numbering();
  if (definition.markup.empty()) return "0";
  auto [known, is_new] = copied_.try_emplace(definition.markup);
  if (is_new) known->second = {++last_abstract_, definition.markup};
  return take_number(known->second.id);
}

style_book& additions::styles() {
  if (!styles_) styles_.emplace(package.text_of_kind("styles"));
  return *styles_;
}

std::string additions::style(source_document& from, const std::string& id) {
  return styles().place(from.styles(), id);
}

const styled_numbers& additions::own_numbers() {
  read_numbering();
  if (!own_numbers_) own_numbers_ = read_styled_numbers(package.text_of_kind("styles"), package.text(numbering_part_));
  return *own_numbers_;
}

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
  given_ = 0;
  copies.rewind();
  notes_.clear();
  last_note_[0] = last_note_[1] = 0;
  if (!anew) return;
  media = added_media(package);
  copies = {};
  parts = added_parts(package);
  relations.forget_added();
  numbers_.clear();
  copied_.clear();
  documents_.clear();
  styles_.reset();
  numbering_read_ = false;
  own_abstract_[0] = own_abstract_[1] = 0;
  for (auto& notes : new_notes_) notes.clear();
}

}  // namespace vanthu::docx
