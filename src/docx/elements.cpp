#include "docx/elements.hpp"

#include <fmt/format.h>

#include <set>
#include <sstream>
#include <vector>

#include "docx/wordml.hpp"

namespace vanthu::docx {
namespace {

std::string_view prefix_without_colon(std::string_view name) {
  const auto prefix = prefix_of(name);
  return prefix.substr(0, prefix.find(':'));
}

class cleaner : public pugi::xml_tree_walker {
 public:
  explicit cleaner(const std::set<std::string, std::less<>>& prefixes) : prefixes_(prefixes) {}
  bool for_each(pugi::xml_node& node) override {
    if (node.type() == pugi::node_element) all_.push_back(node);
    return true;
  }
  void clean(pugi::xml_node node) {
    all_.push_back(node);
    node.traverse(*this);
    for (auto& n : all_) clean_attributes(n);
    for (auto at = all_.rbegin(); at + 1 != all_.rend(); ++at) clean_element(*at);
  }

 private:
  void clean_attributes(pugi::xml_node node) {
    for (auto a = node.first_attribute(); a;) {
      const auto next = a.next_attribute();
      const auto prefix = prefix_without_colon(a.name());
      if (!prefix.empty() && prefix != "xml" && prefix != "xmlns" && !prefixes_.contains(prefix))
        node.remove_attribute(a);
      a = next;
    }
  }
  void clean_element(pugi::xml_node node) {
    if (prefixes_.contains(prefix_without_colon(node.name()))) return;
    auto parent = node.parent();
    if (local(node) == "AlternateContent")
      for (const auto& kept : child_of(node, "Fallback").children()) parent.insert_copy_before(kept, node);
    if (local(node) != "Fallback") parent.remove_child(node);
  }

  const std::set<std::string, std::less<>>& prefixes_;
  std::vector<pugi::xml_node> all_;
};

}  // namespace

pugi::xml_node root_of(pugi::xml_document& xml, const std::string& part, std::string_view name, bool strict) {
  xml.load_string(part.c_str());
  if (auto root = xml.document_element()) return root;
  auto root = xml.append_child(fmt::format("w:{}", name).c_str());
  root.append_attribute("xmlns:w") = wordml_space(strict);
  return root;
}

std::string_view local(const pugi::xml_node& node) {
  return local_part(node.name());
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) {
  return node.find_child([name](const pugi::xml_node& n) { return local(n) == name; });
}

std::string value_of(const pugi::xml_node& node, std::string_view attribute) {
  for (const auto& a : node.attributes())
    if (local_part(a.name()) == attribute) return a.value();
  return {};
}

std::string prefixed(const pugi::xml_node& like, std::string_view name) {
  return fmt::format("{}{}", prefix_of(like.name()), name);
}

std::string print(const pugi::xml_document& xml) {
  std::ostringstream out;
  xml.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str();
}

std::string markup_of(const pugi::xml_node& node, const pugi::xml_node& root) {
  pugi::xml_document alone;
  auto copy = alone.append_copy(node);
  std::set<std::string, std::less<>> prefixes;
  for (const auto& a : root.attributes()) {
    const std::string_view name = a.name();
    if (!name.starts_with("xmlns") || !is_wordml(a.value())) continue;
    prefixes.emplace(name == "xmlns" ? std::string_view{} : local_part(name));
    if (!copy.attribute(a.name())) copy.append_copy(a);
  }
  cleaner(prefixes).clean(copy);
  std::ostringstream out;
  copy.print(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str();
}

}  // namespace vanthu::docx
