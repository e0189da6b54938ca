// Parts a rendering makes: new ones, and another content for those the package has.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "docx/package_view.hpp"

namespace vanthu::docx {

struct made_part {
  std::string name, content;
  std::string type;  // content type of a new one; "": its extension says it
  std::string kind;  // of the relationship by which the main part leads to a new one; "": none does
  bool is_new = false;
};

std::string word_type(std::string_view kind);  // the content type of a part: "styles"
entry stored_entry(std::string name, bytes content);
entry stored_entry(std::string name, std::string_view content);

// Names of parts the package does not have; each is given out once.
class part_names {
 public:
  explicit part_names(const package_view& in) : in_(&in) {}
  std::string next(std::string_view stem, std::string_view extension);

 private:
  const package_view* in_;
  std::map<std::string, int, std::less<>> last_;  // numbers given out, by stem
};

class added_parts {
 public:
  explicit added_parts(const package_view& in) : in_(&in), names_(in) {}

  std::string new_name(std::string_view stem, std::string_view extension) { return names_.next(stem, extension); }
  void put(std::string name, std::string content, std::string type, std::string kind);
  // One that gets a new name and may be filled later.
  std::string add(std::string_view stem, std::string_view extension, std::string content, std::string type);
  void fill(const std::string& name, std::string content);

  bool has(std::string_view name) const { return at_.contains(name); }
  bool empty() const { return all_.empty(); }
  const std::vector<made_part>& all() const { return all_; }

 private:
  const package_view* in_;
  part_names names_;
  std::vector<made_part> all_;
  std::map<std::string, std::size_t, std::less<>> at_;  // which of them, by name
};

}  // namespace vanthu::docx
