// What a rendering adds to its package beside the text: pictures, relationships, numbering. Parts that change because
// of it are made again when all is known.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "docx/added_media.hpp"
#include "docx/added_parts.hpp"
#include "docx/expression.hpp"
#include "docx/ids.hpp"
#include "docx/new_notes.hpp"
#include "docx/numbering.hpp"
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

enum class list_style : unsigned char { bullets, numbers };

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
  replayed<std::string> copies;  // ids by which copied parts are known

  bool is_strict() const { return package.is_strict(); }

  // Numbers of lists: one that begins anew where the list with this number would go on; a list of its own.
  std::string restarted(const std::string& list);
  std::string new_list(list_style style);

  // What comes along with documents put in (additions_copies.cpp). A document is read once for all its turns; its
  // faults are those of source_document::open.
  checked<source_document*> document(std::string_view bytes, const std::string& name, const docx_limits& limits);
  // A list as another document defines it.
  std::string copied_list(const list_definition& definition);
  // The id of a style of another document here, "" when it has none of that id; and whether the style it has become
  // puts paragraphs into lists.
  std::string style(source_document& from, const std::string& id);
  bool is_numbered(const std::string& style) { return own_numbers().contains(style); }
  const styled_numbers& own_numbers();  // of the template's styles
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
    return media.empty() && numbers_.empty() && parts.empty() && relations.empty() && !has_new_styles() &&
           new_notes_[0].empty() && new_notes_[1].empty() && !renews_fields_;
  }
  // Part by part: those of the template that change, and new ones; beside them the pictures.
  std::vector<entry> finish() const;
  void copy_media(const asset_source& assets, const std::function<void(const entry&)>& to) const {
    media.copy(assets, to);
  }

 private:
  struct number {
    std::string id;
    std::uint32_t abstract = 0;
  };
  void read_numbering();
  std::string take_number(std::uint32_t abstract);
  std::uint32_t abstract_of(list_style style);
  made_part make_numbering() const;
  style_book& styles();
  bool has_new_styles() const { return styles_ && styles_->has_copies(); }
  void make_notes(bool at_end, std::vector<made_part>& out) const;
  void make_settings(bool footnotes, bool endnotes, std::vector<made_part>& out) const;
  std::vector<made_part> make_parts() const;

  static constexpr std::uint32_t first_note = 100'000;  // far above the numbers that people make

  const std::vector<entry>& settled_;
  std::map<std::pair<bool, std::string>, std::vector<std::unique_ptr<shown_note>>> notes_;
  std::uint32_t last_note_[2] = {0, 0};  // given out, of the two kinds

  bool numbering_read_ = false;
  std::string numbering_part_;  // "" when the template has none
  std::map<std::string, std::uint32_t> abstract_by_number_;
  std::uint32_t last_number_ = 0, last_abstract_ = 0;
  std::uint32_t own_abstract_[2] = {0, 0};          // of the two styles; 0: not in use
  std::vector<number> numbers_;                     // added
  std::map<std::string, added_definition> copied_;  // definitions of other documents, by their text
  std::size_t given_ = 0;

  std::vector<std::unique_ptr<source_document>> documents_;  // the last ones put in
  std::optional<style_book> styles_;
  std::optional<styled_numbers> own_numbers_;
  new_notes new_notes_[2];
  std::set<std::string> programs_;
  bool renews_fields_ = false;
};

}  // namespace vanthu::docx
