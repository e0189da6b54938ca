// [Content_Types].xml of a package whose parts come and go.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>

namespace vanthu::docx {

class content_types {
 public:
  explicit content_types(const std::string& xml);

  void remove(const std::set<std::string>& parts);
  void add(const std::string& part, const std::string& type);
  // A part whose type follows from its extension, unless others of that extension are something else.
  void add_usual(const std::string& part, const std::string& extension, const std::string& type);
  std::string text() const;

 private:
  void append(const char* element, const char* key, const std::string& what, const std::string& type);

  pugi::xml_document xml_;
  pugi::xml_node root_;
  std::map<std::string, std::string> defaults_;  // by extension in small letters
};

}  // namespace vanthu::docx
