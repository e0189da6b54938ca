// What a rendering adds to its package beside the text. Parts that change because of it are made again when all is
// known.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "docx/added_media.hpp"
#include "docx/added_parts.hpp"
#include "docx/list_book.hpp"
#include "docx/note_book.hpp"
#include "docx/package_view.hpp"
#include "docx/relation_changes.hpp"
#include "docx/replayed.hpp"
#include "docx/source_document.hpp"
#include "docx/style_book.hpp"

namespace vanthu::docx {

class additions {
 public:
  // `settled`: parts that come out otherwise than in the archive whatever the data.
  additions(const archive& in, const std::vector<entry>& settled);
  additions(const additions&) = delete;
  additions& operator=(const additions&) = delete;

  // What is added, each by itself: how it comes together is for finish().
  const package_view package;  // what it is added to
  relation_changes relations;
  added_parts parts;
  added_media media;
  list_book lists;
  style_book styles;
  note_book notes;
  source_documents documents;
  replayed<std::string> copies;  // ids by which copies of parts are known

  void add_program(const std::string& part) { programs_.insert(part); }  // it adds new notes itself
  void renew_fields() { renews_fields_ = true; }

  // What has been measured is written: numbers are given out again, in the same order; or anew, when not everything
  // could be measured.
  void begin_writing(bool anew);

  bool is_strict() const { return package.is_strict(); }
  bool is_dropped(const std::string& part) const { return relations.is_dropped(part); }
  // Whether a part of the template may come out changed.
  bool may_change(std::string_view part) const;
  bool changes_nothing() const;
  // Part by part: those of the template that change, and new ones; beside them the pictures.
  std::vector<entry> finish() const;
  // Throws error(errc::io, "docx.picture-changed") when somebody gives other bytes than before.
  void copy_media(const asset_source& assets, const std::function<void(const entry&)>& to) const {
    media.copy(assets, to);
  }

 private:
  std::vector<made_part> make_parts() const;
  made_part make_settings(bool footnotes, bool endnotes) const;

  const std::vector<entry>& settled_;
  std::set<std::string> programs_;
  bool renews_fields_ = false;
};

}  // namespace vanthu::docx
