#include "docx/note_book.hpp"

#include <fmt/format.h>

namespace vanthu::docx {
namespace {

std::string free_name(const package_view& in, std::string_view stem) {
  auto name = fmt::format("{}.xml", stem);
  for (int i = 1; in.has(name); ++i) name = fmt::format("{}{}.xml", stem, i);
  return name;
}

}  // namespace

note_book::note_book(const package_view& in) : in_(&in) {
  for (const bool at_end : {false, true}) {
    const auto& known = in.notes_part(at_end);
    parts_[at_end ? 1 : 0] = known.empty() ? free_name(in, at_end ? "word/endnotes" : "word/footnotes") : known;
  }
}

std::string note_book::show(const note_slot& note, std::span<const scope> scopes) {
  auto& all = shown_[{note.at_end, note.id}];
  auto& shown = *all.emplace_back(std::make_unique<shown_note>());
  shown.id = all.size() == 1 ? note.id : std::to_string(next_number(note.at_end));
  shown.kept.reserve(scopes.size());
  for (auto s : scopes) {
    if (s.item != nullptr) s.item = &shown.kept.emplace_back(*s.item);
    s.named = nullptr;
    shown.scopes.push_back(s);
  }
  return shown.id;
}

const std::vector<std::unique_ptr<shown_note>>& note_book::shown(const note_slot& note) const {
  static const std::vector<std::unique_ptr<shown_note>> none;
  const auto at = shown_.find({note.at_end, note.id});
  return at == shown_.end() ? none : at->second;
}

void note_book::add(bool at_end, std::uint32_t number, std::string markup) {
  added_[at_end ? 1 : 0].emplace(number, std::move(markup));
}

void note_book::rewind() {
  shown_.clear();
  last_[0] = last_[1] = 0;
}

made_part note_book::make(bool at_end) const {
  const std::string kind = at_end ? "endnotes" : "footnotes";
  return {part(at_end), with_notes(in_->text(part(at_end)), added(at_end), at_end, in_->is_strict()), word_type(kind),
          kind, !in_->has(part(at_end))};
}

}  // namespace vanthu::docx
