// Copies the text of one document into another: styles, lists, notes, bookmarks, fields and relationships are those of
// where it comes to.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "docx/insert.hpp"

namespace vanthu::docx {

// What the stories of one document share while it is put in once.
class insertion {
 public:
  insertion(source_document& from, const insert_services& with) : from_(from), with_(with) {}

  source_document& from() { return from_; }
  const insert_services& with() const { return with_; }
  std::string list(const std::string& number);
  const std::string& id(const std::string& old);  // of bookmarks, revisions and other ranges
  // The name of a bookmark of that document, as it is written; nothing when it has none of that name.
  const std::string* name(std::string_view written);
  // The id of what a relationship there leads to; "" when it leads nowhere.
  std::string relation(const std::string& from_part, const std::string& to_part, std::string_view id);

  struct note {
    bool at_end = false;
    std::string id;
    std::uint32_t number = 0;
  };
  std::vector<note> notes;  // referred to so far

 private:
  source_document& from_;
  const insert_services& with_;
  std::map<std::string, std::string> lists_, ids_, relations_;
  std::map<std::string, std::string, std::less<>> names_;
};

struct story {
  std::string_view xml;
  const std::string& from_part;
  const std::string& to_part;
  std::string_view namespaces;  // declared there
  int depth = 1;                // of the element whose children are copied
  std::uint32_t number = 0;     // of the note it is
};
inserted_document copy_story(insertion& with, const story& s);

}  // namespace vanthu::docx
