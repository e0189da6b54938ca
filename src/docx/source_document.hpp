// A document that is put into another, read once however often it is put in.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "docx/numbering.hpp"
#include "docx/package.hpp"
#include "docx/relations.hpp"
#include "docx/style_book.hpp"

namespace vanthu::docx {

class source_document {
 public:
  // Faults: those of package::open, and of XML in its main part. `name` is where they are.
  static checked<std::unique_ptr<source_document>> open(std::string bytes, std::string name, const docx_limits& limits);

  const std::string& bytes() const { return bytes_; }
  bool is_strict() const { return strict_; }
  const std::string& main() const { return in_.entries[in_.main].name; }
  const std::string& main_text() const { return main_text_; }
  bool has(const std::string& part) const { return in_.by_name.contains(part); }
  std::string raw(const std::string& part) const;      // "" when there is none
  std::string text(const std::string& part) const;     // of XML; "" when it is not well-formed
  std::string type_of(const std::string& part) const;  // content type as written
  const part_relations& relations(const std::string& part);
  std::string part_of_kind(std::string_view kind);  // of the main part

  other_styles& styles();
  const styled_numbers& numbers();
  const list_definition& list(const std::string& number);
  // A footnote or endnote in the root of its part, as a text of its own; "" when there is none.
  std::string note(bool at_end, const std::string& id);
  const std::set<std::string, std::less<>>& bookmarks();  // names as written
  const std::string& notes_part(bool at_end) const { return in_.notes_parts[at_end ? 1 : 0]; }

 private:
  source_document(std::string bytes, archive in, std::string main_text);
  void read_notes(bool at_end);
  void find_bookmarks(std::string_view xml);

  std::string bytes_;
  archive in_;
  bool strict_ = false;
  std::string main_text_;
  std::map<std::string, std::string> defaults_, overrides_;  // content types, by what they are of in small letters
  std::map<std::string, part_relations, std::less<>> relations_;
  std::unique_ptr<other_styles> styles_;
  std::unique_ptr<styled_numbers> numbers_;
  std::unique_ptr<other_lists> other_lists_;
  std::map<std::string, list_definition> lists_;  // asked for so far, by number
  std::unique_ptr<std::set<std::string, std::less<>>> bookmarks_;
  struct notes {
    std::string head, tail;  // of the part
    std::map<std::string, std::string> by_id;
  };
  std::unique_ptr<notes> notes_[2];
};

// Documents that are put in. The last ones are kept, so that one that comes in every turn is read once.
class source_documents {
 public:
  // Good until the next call. Faults: those of source_document::open.
  checked<source_document*> open(std::string_view bytes, const std::string& name, const docx_limits& limits);

 private:
  std::vector<std::unique_ptr<source_document>> last_;
};

}  // namespace vanthu::docx
