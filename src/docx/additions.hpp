// What a rendering adds to its package beside the text: pictures, relationships, numbering. Parts that change because
// of it are made again when all is known.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "docx/added_media.hpp"
#include "docx/added_parts.hpp"
#include "docx/expression.hpp"
#include "docx/ids.hpp"
#include "docx/list_book.hpp"
#include "docx/new_notes.hpp"
#include "docx/package.hpp"
#include "docx/package_view.hpp"
#include "docx/relation_changes.hpp"
#include "docx/replayed.hpp"
#include "docx/source_document.hpp"
#include "docx/style_copies.hpp"

namespace vanthu::docx {

// A note as one reference to it shows it: the names in it are looked up where the reference stands.
struct shown_note {
  std::string id;
  std::vector<scope> scopes;
  std::vector<value> kept;  // what the scopes point to
};

class additions {
 public:
  // `settled`: parts that come out otherwise than in the archive whatever the data.
  additions(const archive& in, const std::vector<entry>& settled);
  additions(const additions&) = delete;
  additions& operator=(const additions&) = delete;

  const package_view package;
  relation_changes relations;
  added_parts parts;
  added_media media;
  list_book lists;
  style_book styles;
  source_documents documents;
  replayed<std::string> copies;  // ids by which copied parts are known

  bool is_strict() const { return package.is_strict(); }

  // A note of another document: its number, then the note itself.
  std::uint32_t note_number(bool at_end) { return first_note + ++last_note_[at_end ? 1 : 0]; }
  void add_note(bool at_end, std::uint32_t number, std::string markup);
  // The part notes of the main part stand in, or would.
  std::string notes_part(bool at_end) const;
  const new_notes& notes(bool at_end) const { return new_notes_[at_end ? 1 : 0]; }
  void add_program(const std::string& part) { programs_.insert(part); }  // it adds new notes itself
  void renew_fields() { renews_fields_ = true; }

  bool is_dropped(const std::string& part) const { return relations.is_dropped(part); }

  // The id by which a reference in a block names a note from now on; the first keeps the one written.
  std::string show_note(const note_slot& note, std::span<const scope> scopes);
  const std::vector<std::unique_ptr<shown_note>>& shown_notes(const note_slot& note) const;

  // What has been measured is written: numbers are given out again, in the same order; or anew, when not everything
  // could be measured.
  void begin_writing(bool anew);

  // Whether a part of the template may come out changed.
  bool may_change(std::string_view part) const;
  bool changes_nothing() const {
    return media.empty() && parts.empty() && relations.empty() && !lists.has_changed() && !styles.has_changed() &&
           new_notes_[0].empty() && new_notes_[1].empty() && !renews_fields_;
  }
  // Part by part: those of the template that change, and new ones; beside them the pictures.
  std::vector<entry> finish() const;
  void copy_media(const asset_source& assets, const std::function<void(const entry&)>& to) const {
    media.copy(assets, to);
  }

 private:
  void make_notes(bool at_end, std::vector<made_part>& out) const;
  void make_settings(bool footnotes, bool endnotes, std::vector<made_part>& out) const;
  std::vector<made_part> make_parts() const;

  static constexpr std::uint32_t first_note = 100'000;  // far above the numbers that people make

  const std::vector<entry>& settled_;
  std::map<std::pair<bool, std::string>, std::vector<std::unique_ptr<shown_note>>> notes_;
  std::uint32_t last_note_[2] = {0, 0};  // given out, of the two kinds

  new_notes new_notes_[2];
  std::set<std::string> programs_;
  bool renews_fields_ = false;
};

}  // namespace vanthu::docx
