// Styles that come along with a document put into another. A style the template has by the same kind and name is the
// template's; another one that has the same id gets a new id.
#pragma once

#include <map>
#include <optional>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "docx/added_parts.hpp"
#include "docx/numbering.hpp"

namespace vanthu::docx {

// The styles of a document that is put in.
struct other_styles {
  explicit other_styles(const std::string& text);
  pugi::xml_document xml;
  std::map<std::string, pugi::xml_node, std::less<>> by_id;
  std::map<std::string, std::string, std::less<>> placed;  // ids they have here
};

// The styles of a package and those that have come to it.
class style_book {
 public:
  explicit style_book(const package_view& in) : in_(&in) {}

  // The id by which a style of another document is known here; it comes with what it is based on and leads to. "" when
  // that document has no such style.
  std::string place(other_styles& other, const std::string& id);
  const styled_numbers& numbers();  // of the package's own

  const std::string& part() const { return in_->part_of_kind("styles"); }  // "" when the package has none
  bool has_changed() const { return !copies_.empty(); }
  made_part make() const;

 private:
  void read_own();
  std::string assign(other_styles& other, const std::string& id, std::vector<std::string>& to_copy);
  std::string copy_of(other_styles& other, const std::string& id, std::vector<std::string>& to_copy);

  const package_view* in_;
  bool is_read_ = false;
  std::map<std::pair<std::string, std::string>, std::string> by_name_;  // ids, by kind and name in small letters
  std::map<std::string, std::string> defaults_;                         // ids, by kind
  std::set<std::string, std::less<>> own_, ids_;
  std::vector<std::string> copies_;  // as XML
  std::optional<styled_numbers> numbers_;
};

}  // namespace vanthu::docx
