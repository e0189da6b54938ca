// The numbering part: which lists there are, and lists added to it.
#pragma once

#include <cstdint>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace vanthu::docx {

struct numbers {
  std::map<std::string, std::uint32_t> abstract_by_number;  // w:num by id as written
  std::uint32_t last_number = 0, last_abstract = 0;
};
numbers read_numbers(const std::string& xml);

struct added_number {
  std::string id;
  std::uint32_t abstract = 0;
};
// A definition copied from another document.
struct added_definition {
  std::uint32_t id = 0;
  std::string markup;
};
// The definition of a list as XML, without what ties it to its document and with what the list changes in it. Lists
// with the same key count on where the other stopped.
struct list_definition {
  std::string markup;  // "" when there is none
  std::string key;
};
// The lists of a document that is put in.
struct other_lists {
  explicit other_lists(const std::string& text);
  pugi::xml_document xml;
  std::map<std::string, pugi::xml_node, std::less<>> numbers, definitions;  // w:num and w:abstractNum by their ids
  std::map<std::string, pugi::xml_node, std::less<>> by_style;              // definitions that a style stands for
};
list_definition definition_of(const other_lists& lists, std::string_view list);

// The list a paragraph style puts its paragraphs into, by itself or by a style it is based on.
struct style_number {
  std::string list, level;
  std::string indent;  // as XML: the style's own goes before the list's
};
using styled_numbers = std::map<std::string, style_number, std::less<>>;
styled_numbers read_styled_numbers(const std::string& styles, const std::string& numbering);

// `bullets` and `figures`: ids of definitions to add, 0 for none. Each added list begins at its definition's start.
std::string write_numbers(const std::string& xml, std::uint32_t bullets, std::uint32_t figures,
                          const std::vector<added_definition>& copied, const std::vector<added_number>& added,
                          bool strict);

}  // namespace vanthu::docx
