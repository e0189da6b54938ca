// The footnotes and endnotes of a package as a rendering shows them, and those that come along with documents put in.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "docx/added_parts.hpp"
#include "docx/expression.hpp"
#include "docx/ids.hpp"
#include "docx/new_notes.hpp"

namespace vanthu::docx {

// A note as one reference to it shows it: the names in it are looked up where the reference stands.
struct shown_note {
  std::string id;
  std::vector<scope> scopes;
  std::vector<value> kept;  // what the scopes point to
};

class note_book {
 public:
  explicit note_book(const package_view& in);

  // The id by which a reference in a block names a note from now on; the first keeps the one written.
  std::string show(const note_slot& note, std::span<const scope> scopes);
  const std::vector<std::unique_ptr<shown_note>>& shown(const note_slot& note) const;

  // A note of another document: its number, then the note itself.
  std::uint32_t next_number(bool at_end) { return first_number + ++last_[at_end ? 1 : 0]; }
  void add(bool at_end, std::uint32_t number, std::string markup);
  const new_notes& added(bool at_end) const { return added_[at_end ? 1 : 0]; }

  void rewind();  // the same numbers again; nothing has been shown

  // The part notes of the main part stand in, or would.
  const std::string& part(bool at_end) const { return parts_[at_end ? 1 : 0]; }
  bool has_changed() const { return !added(false).empty() || !added(true).empty(); }
  made_part make(bool at_end) const;

 private:
  static constexpr std::uint32_t first_number = 100'000;  // far above the numbers that people make

  const package_view* in_;
  std::map<std::pair<bool, std::string>, std::vector<std::unique_ptr<shown_note>>> shown_;
  // Of footnotes and of endnotes:
  std::string parts_[2];
  std::uint32_t last_[2] = {0, 0};  // given out
  new_notes added_[2];
};

}  // namespace vanthu::docx
