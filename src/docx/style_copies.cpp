#include "docx/style_copies.hpp"

#include <fmt/format.h>

#include <pugixml.hpp>
#include <sstream>
#include <vector>

#include "docx/additions.hpp"

namespace vanthu::docx {
namespace {

std::string_view local(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);
}

pugi::xml_attribute attribute(const pugi::xml_node& node, std::string_view name) {
  return node.find_attribute([name](const pugi::xml_attribute& a) {
    const std::string_view full = a.name();
    return full.substr(full.find(':') + 1) == name;
  });
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) {
  return node.find_child([name](const pugi::xml_node& n) { return local(n) == name; });
}

std::map<std::string, pugi::xml_node> styles_in(const pugi::xml_document& xml) {
  std::map<std::string, pugi::xml_node> out;
  for (const auto& node : xml.document_element().children())
    if (local(node) == "style") out.emplace(attribute(node, "styleId").value(), node);
  return out;
}

std::string copy_of(pugi::xml_node style, const pugi::xml_node& root) {
  style.remove_attribute(attribute(style, "default"));
  if (auto look = child_of(style, "pPr")) look.remove_child(child_of(look, "numPr"));
  for (const auto& a : root.attributes())
    if (std::string_view(a.name()).starts_with("xmlns") && !style.attribute(a.name())) style.append_copy(a);
  std::ostringstream out;
  style.print(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str();
}

}  // namespace

std::map<std::string, std::string> missing_styles(const std::string& own, const std::string& other,
                                                  const std::set<std::string>& wanted) {
  pugi::xml_document mine, theirs;
  mine.load_string(own.c_str());
  theirs.load_string(other.c_str());
  const auto known = styles_in(mine);
  const auto offered = styles_in(theirs);
  std::map<std::string, std::string> out;
  std::vector<std::string> open(wanted.begin(), wanted.end());
  while (!open.empty()) {
    const auto id = open.back();
    open.pop_back();
    const auto style = offered.find(id);
    if (known.contains(id) || out.contains(id) || style == offered.end()) continue;
    for (const std::string_view other_style : {"basedOn", "link", "next"})
      if (const auto node = child_of(style->second, other_style)) open.emplace_back(attribute(node, "val").value());
    out.emplace(id, copy_of(style->second, theirs.document_element()));
  }
  return out;
}

std::string write_styles(const std::string& own, const std::map<std::string, std::string>& added, bool strict) {
  pugi::xml_document styles;
  if (!own.empty()) styles.load_string(own.c_str());
  auto root = styles.document_element();
  if (!root) {
    root = styles.append_child("w:styles");
    root.append_attribute("xmlns:w") = strict ? "http://purl.oclc.org/ooxml/wordprocessingml/main"
                                              : "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  }
  for (const auto& [id, markup] : added) {
    pugi::xml_document one;
    one.load_string(markup.c_str());
    root.append_copy(one.document_element());
  }
  return print(styles);
}

}  // namespace vanthu::docx
