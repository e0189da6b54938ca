#include "docx/numbering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <pugixml.hpp>
#include <sstream>

namespace vanthu::docx {
namespace {

constexpr int levels = 9;

std::string_view local(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

std::string value_of(const pugi::xml_node& node, std::string_view name) {
  for (const auto& a : node.attributes()) {
    const std::string_view full = a.name();
    if (full.substr(full.find(':') + 1) == name) return a.value();
  }
  return {};
}

std::uint32_t number_in(const std::string& text) {
  std::uint32_t n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  return node.find_child([name](const pugi::xml_node& n) { return local(n) == name; });
}

// Writes elements with the prefix of the part's root.
class writer {
 public:
  explicit writer(const pugi::xml_node& root) {
    const std::string_view name = root.name();
    prefix_ = name.substr(0, name.find(':') + 1);
  }
  std::string name(const char* element) const { return prefix_ + element; }
  void set(pugi::xml_node& node, const char* attribute, const std::string& v) const {
    node.append_attribute((prefix_.empty() ? attribute : prefix_ + attribute).c_str()) = v.c_str();
  }
  pugi::xml_node add(pugi::xml_node to, const char* element, const std::string& v = {}) const {
    auto node = to.append_child(name(element).c_str());
    if (!v.empty()) set(node, "val", v);
    return node;
  }

 private:
  std::string prefix_;
};

void fill_level(const writer& w, pugi::xml_node level, int depth, bool bullets) {
  constexpr std::string_view signs[] = {"•", "–", "▪"};
  w.set(level, "ilvl", std::to_string(depth));
  w.add(level, "start", "1");
  w.add(level, "numFmt", bullets ? "bullet" : depth % 2 == 0 ? "decimal" : "lowerLetter");
  w.add(level, "lvlText",
        bullets ? std::string(signs[static_cast<std::size_t>(depth % 3)]) : fmt::format("%{}{}", depth + 1, depth % 2 == 0 ? "." : ")"));
  w.add(level, "lvlJc", "left");
  auto indent = w.add(w.add(level, "pPr"), "ind");
  w.set(indent, "left", std::to_string(720 + 360 * depth));
  w.set(indent, "hanging", "360");
}

void add_definition(const writer& w, pugi::xml_node root, std::uint32_t id, bool bullets) {
  const auto first_number = child(root, "num");
  const auto name = w.name("abstractNum");
  auto node = first_number ? root.insert_child_before(name.c_str(), first_number) : root.append_child(name.c_str());
  w.set(node, "abstractNumId", std::to_string(id));
  w.add(node, "multiLevelType", "hybridMultilevel");
  for (int depth = 0; depth < levels; ++depth) fill_level(w, w.add(node, "lvl"), depth, bullets);
}

// The starts of a definition's levels; a definition may be a link to a style, then they are 1.
std::vector<std::string> starts_of(const pugi::xml_node& root, std::uint32_t abstract) {
  std::vector<std::string> out(levels, "1");
  for (const auto& node : root.children()) {
    if (local(node) != "abstractNum" || number_in(value_of(node, "abstractNumId")) != abstract) continue;
    for (const auto& level : node.children()) {
      const auto depth = number_in(value_of(level, "ilvl"));
      if (local(level) == "lvl" && depth < levels)
        if (const auto start = value_of(child(level, "start"), "val"); !start.empty()) out[depth] = start;
    }
  }
  return out;
}

}  // namespace

numbers read_numbers(const std::string& xml) {
  numbers out;
  pugi::xml_document numbering;
  numbering.load_string(xml.c_str());
  for (const auto& node : numbering.document_element().children()) {
    if (local(node) == "abstractNum")
      out.last_abstract = std::max(out.last_abstract, number_in(value_of(node, "abstractNumId")));
    if (local(node) != "num") continue;
    const auto id = value_of(node, "numId");
    out.last_number = std::max(out.last_number, number_in(id));
    out.abstract_by_number.emplace(id, number_in(value_of(child(node, "abstractNumId"), "val")));
  }
  return out;
}

// It declares its prefixes itself: the part it comes to may have others.
std::string definition_of(const std::string& xml, const std::string& list) {
  pugi::xml_document numbering;
  numbering.load_string(xml.c_str());
  auto root = numbering.document_element();
  std::string wanted;
  for (const auto& node : root.children())
    if (local(node) == "num" && value_of(node, "numId") == list) wanted = value_of(child(node, "abstractNumId"), "val");
  for (auto node : root.children()) {
    if (wanted.empty() || local(node) != "abstractNum" || value_of(node, "abstractNumId") != wanted) continue;
    for (const std::string_view tie : {"nsid", "tmpl", "name", "styleLink", "numStyleLink"})
      if (auto tied = child(node, tie)) node.remove_child(tied);
    for (auto level : node.children())
      for (const std::string_view tie : {"pStyle", "lvlPicBulletId"})
        if (auto tied = child(level, tie)) level.remove_child(tied);
    for (const auto& a : root.attributes())
      if (std::string_view(a.name()).starts_with("xmlns") && !node.attribute(a.name())) node.append_copy(a);
    std::ostringstream out;
    node.print(out, "", pugi::format_raw, pugi::encoding_utf8);
    return out.str();
  }
  return {};
}

std::string write_numbers(const std::string& xml, std::uint32_t bullets, std::uint32_t figures,
                          const std::vector<added_definition>& copied, const std::vector<added_number>& added, bool strict) {
  pugi::xml_document numbering;
  if (!xml.empty()) numbering.load_string(xml.c_str());
  auto root = numbering.document_element();
  if (!root) {
    root = numbering.append_child("w:numbering");
    root.append_attribute("xmlns:w") = strict ? "http://purl.oclc.org/ooxml/wordprocessingml/main"
                                              : "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  }
  const writer w(root);
  if (bullets != 0) add_definition(w, root, bullets, true);
  if (figures != 0) add_definition(w, root, figures, false);
  for (const auto& d : copied) {
    pugi::xml_document one;
    one.load_string(d.markup.c_str());
    const auto first = child(root, "num");
    auto node = first ? root.insert_copy_before(one.document_element(), first) : root.append_copy(one.document_element());
    for (auto a : node.attributes())
      if (std::string_view(a.name()).ends_with("abstractNumId")) a.set_value(std::to_string(d.id).c_str());
  }
  const auto last = child(root, "numIdMacAtCleanup");
  std::map<std::uint32_t, std::vector<std::string>> starts;
  for (const auto& n : added) {
    auto [known, is_new] = starts.try_emplace(n.abstract);
    if (is_new) known->second = starts_of(root, n.abstract);
    const auto name = w.name("num");
    auto node = last ? root.insert_child_before(name.c_str(), last) : root.append_child(name.c_str());
    w.set(node, "numId", n.id);
    w.add(node, "abstractNumId", std::to_string(n.abstract));
    for (int depth = 0; depth < levels; ++depth) {
      auto start = w.add(node, "lvlOverride");
      w.set(start, "ilvl", std::to_string(depth));
      w.add(start, "startOverride", known->second[static_cast<std::size_t>(depth)]);
    }
  }
  std::ostringstream out;
  numbering.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str();
}

}  // namespace vanthu::docx
