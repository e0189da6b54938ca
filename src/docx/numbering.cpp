#include "docx/numbering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <pugixml.hpp>

#include "docx/elements.hpp"
#include "docx/wordml.hpp"

namespace vanthu::docx {
namespace {

constexpr int levels = 9;

std::uint32_t number_in(const std::string& text) {
  std::uint32_t n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

// Writes elements with the prefix of the part's root.
class writer {
 public:
  explicit writer(const pugi::xml_node& root) : prefix_(prefix_of(root.name())) {}
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
        bullets ? std::string(signs[static_cast<std::size_t>(depth % 3)])
                : fmt::format("%{}{}", depth + 1, depth % 2 == 0 ? "." : ")"));
  w.add(level, "lvlJc", "left");
  auto indent = w.add(w.add(level, "pPr"), "ind");
  w.set(indent, "left", std::to_string(720 + 360 * depth));
  w.set(indent, "hanging", "360");
}

void add_definition(const writer& w, pugi::xml_node root, std::uint32_t id, bool bullets) {
  const auto first_number = child_of(root, "num");
  const auto name = w.name("abstractNum");
  auto node = first_number ? root.insert_child_before(name.c_str(), first_number) : root.append_child(name.c_str());
  w.set(node, "abstractNumId", std::to_string(id));
  w.add(node, "multiLevelType", "hybridMultilevel");
  for (int depth = 0; depth < levels; ++depth) fill_level(w, w.add(node, "lvl"), depth, bullets);
}

// The starts of a definition's levels; a definition may be a link to a style, then they are 1.
std::vector<std::string> starts_of(const pugi::xml_node& definition) {
  std::vector<std::string> out(levels, "1");
  for (const auto& level : definition.children()) {
    const auto depth = number_in(value_of(level, "ilvl"));
    if (local(level) == "lvl" && depth < levels)
      if (const auto start = value_of(child_of(level, "start"), "val"); !start.empty()) out[depth] = start;
  }
  return out;
}

// Where the first w:num stands, as add_definition() does.
void add_copies(pugi::xml_node root, const std::vector<added_definition>& copied) {
  const auto first = child_of(root, "num");
  for (const auto& d : copied) {
    pugi::xml_document one;
    one.load_string(d.markup.c_str());
    auto node =
        first ? root.insert_copy_before(one.document_element(), first) : root.append_copy(one.document_element());
    for (auto a : node.attributes())
      if (std::string_view(a.name()).ends_with("abstractNumId")) a.set_value(std::to_string(d.id).c_str());
  }
}

// Each begins at the start of its definition.
void add_lists(const writer& w, pugi::xml_node root, const std::vector<added_number>& added) {
  const auto last = child_of(root, "numIdMacAtCleanup");
  std::map<std::uint32_t, std::vector<std::string>> starts;  // by definition
  for (const auto& node : root.children())
    if (local(node) == "abstractNum") starts.emplace(number_in(value_of(node, "abstractNumId")), starts_of(node));
  for (const auto& n : added) {
    const auto known = starts.try_emplace(n.abstract, levels, "1").first;
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
}

pugi::xml_node find_by(const pugi::xml_node& root, std::string_view name, std::string_view key,
                       const std::string& wanted) {
  return root.find_child([&](const pugi::xml_node& n) { return local(n) == name && value_of(n, key) == wanted; });
}

// What a list says of a level in place of its definition: the level itself, or where it starts.
void change_level(pugi::xml_node definition, const pugi::xml_node& change) {
  auto level = find_by(definition, "lvl", "ilvl", value_of(change, "ilvl"));
  if (const auto other = child_of(change, "lvl")) {
    auto put = level ? definition.insert_copy_before(other, level) : definition.append_copy(other);
    definition.remove_child(level);
    level = put;
  }
  const auto from = child_of(change, "startOverride");
  auto start = child_of(level, "start");
  if (from && start)
    for (auto a : start.attributes())
      if (std::string_view(a.name()).ends_with("val")) a.set_value(value_of(from, "val").c_str());
}

struct numbered_style {
  std::string base;
  style_number number;
  bool is_settled = false;
};

numbered_style read_style(const pugi::xml_node& node, const pugi::xml_node& root) {
  numbered_style out;
  out.base = value_of(child_of(node, "basedOn"), "val");
  const auto look = child_of(node, "pPr");
  const auto number = child_of(look, "numPr");
  out.number.list = value_of(child_of(number, "numId"), "val");
  out.number.level = value_of(child_of(number, "ilvl"), "val");
  if (const auto indent = child_of(look, "ind")) out.number.indent = markup_of(indent, root);
  return out;
}

// A style with a list of its own has the indents of that list, unless it has its own.
void inherit(numbered_style& style, const numbered_style& base) {
  auto& mine = style.number;
  if (mine.level.empty()) mine.level = base.number.level;
  if (!mine.list.empty()) return;
  mine.list = base.number.list;
  if (mine.indent.empty()) mine.indent = base.number.indent;
}

// The levels that belong to styles: they go before what the styles say.
class levels_of_styles {
 public:
  explicit levels_of_styles(const std::string& xml) {
    pugi::xml_document numbering;
    numbering.load_string(xml.c_str());
    for (const auto& node : numbering.document_element().children()) {
      if (local(node) == "num")
        definitions_.emplace(value_of(node, "numId"), value_of(child_of(node, "abstractNumId"), "val"));
      if (local(node) != "abstractNum") continue;
      for (const auto& level : node.children())
        if (const auto style = child_of(level, "pStyle"))
          levels_.emplace(std::pair(value_of(node, "abstractNumId"), value_of(style, "val")), value_of(level, "ilvl"));
    }
  }
  std::string find(const std::string& list, const std::string& style) const {
    const auto definition = definitions_.find(list);
    if (definition == definitions_.end()) return {};
    const auto level = levels_.find({definition->second, style});
    return level == levels_.end() ? std::string{} : level->second;
  }

 private:
  std::map<std::string, std::string> definitions_;
  std::map<std::pair<std::string, std::string>, std::string> levels_;  // by definition and style
};

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
    out.abstract_by_number.emplace(id, number_in(value_of(child_of(node, "abstractNumId"), "val")));
  }
  return out;
}

other_lists::other_lists(const std::string& text) {
  xml.load_string(text.c_str());
  for (const auto& node : xml.document_element().children()) {
    if (local(node) == "num") numbers.emplace(value_of(node, "numId"), node);
    if (local(node) != "abstractNum") continue;
    definitions.emplace(value_of(node, "abstractNumId"), node);
    if (const auto style = child_of(node, "styleLink")) by_style.emplace(value_of(style, "val"), node);
  }
}

list_definition definition_of(const other_lists& lists, std::string_view list) {
  const auto found = [](const auto& in, std::string_view key) {
    const auto at = in.find(key);
    return at == in.end() ? pugi::xml_node() : at->second;
  };
  const auto root = lists.xml.document_element();
  const auto number = found(lists.numbers, list);
  const auto id = value_of(child_of(number, "abstractNumId"), "val");
  auto node = number ? found(lists.definitions, id) : pugi::xml_node();
  if (const auto style = value_of(child_of(node, "numStyleLink"), "val"); !style.empty())
    node = found(lists.by_style, style);
  if (!node) return {};
  list_definition out;
  out.key = child_of(number, "lvlOverride") ? fmt::format("{}/{}", id, list) : id;
  pugi::xml_document alone;
  alone.load_string(markup_of(node, root).c_str());
  auto definition = alone.document_element();
  for (const std::string_view tie : {"nsid", "tmpl", "name", "styleLink", "numStyleLink"})
    definition.remove_child(child_of(definition, tie));
  for (const auto& change : number.children())
    if (local(change) == "lvlOverride") change_level(definition, change);
  for (auto level : definition.children())
    for (const std::string_view tie : {"pStyle", "lvlPicBulletId"}) level.remove_child(child_of(level, tie));
  out.markup = markup_of(definition, root);
  return out;
}

styled_numbers read_styled_numbers(const std::string& styles, const std::string& numbering) {
  pugi::xml_document xml;
  xml.load_string(styles.c_str());
  const auto root = xml.document_element();
  std::map<std::string, numbered_style, std::less<>> all;
  for (const auto& node : root.children())
    if (local(node) == "style") all.emplace(value_of(node, "styleId"), read_style(node, root));
  for (auto& [id, style] : all) {
    std::vector<numbered_style*> chain;
    for (auto at = all.find(id); at != all.end() && !at->second.is_settled; at = all.find(at->second.base)) {
      at->second.is_settled = true;  // here, so that a ring ends
      chain.push_back(&at->second);
    }
    for (auto s = chain.rbegin(); s != chain.rend(); ++s)
      if (const auto base = all.find((*s)->base); base != all.end() && &base->second != *s) inherit(**s, base->second);
  }
  const levels_of_styles settled(numbering);
  styled_numbers out;
  for (const auto& [id, style] : all) {
    auto number = style.number;
    if (number.list.empty() || number.list == "0") continue;
    if (auto level = settled.find(number.list, id); !level.empty()) number.level = std::move(level);
    if (number.level.empty()) number.level = "0";
    out.emplace(id, std::move(number));
  }
  return out;
}

std::string write_numbers(const std::string& xml, std::uint32_t bullets, std::uint32_t figures,
                          const std::vector<added_definition>& copied, const std::vector<added_number>& added,
                          bool strict) {
  pugi::xml_document numbering;
  auto root = root_of(numbering, xml, "numbering", strict);
  const writer w(root);
  if (bullets != 0) add_definition(w, root, bullets, true);
  if (figures != 0) add_definition(w, root, figures, false);
  add_copies(root, copied);
  add_lists(w, root, added);
  return print(numbering);
}

}  // namespace vanthu::docx
