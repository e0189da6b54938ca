// Elements and attributes of small parts, found by their local names whatever their prefixes.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace vanthu::docx {

// The root of a part that is read into `xml`; a new one, such as w:styles, where there is no such part yet.
pugi::xml_node root_of(pugi::xml_document& xml, const std::string& part, std::string_view name, bool strict);

std::string_view local(const pugi::xml_node& node);
pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name);
std::string value_of(const pugi::xml_node& node, std::string_view attribute);  // "" without it

std::string prefixed(const pugi::xml_node& like, std::string_view name);  // "w:settings", "zoom": "w:zoom"
std::string print(const pugi::xml_document& xml);

// An element of a part by itself, to stand in another: it declares its prefixes, and holds WordprocessingML alone. Of
// what is written in two ways the fallback stays.
std::string markup_of(const pugi::xml_node& node, const pugi::xml_node& root);

}  // namespace vanthu::docx
