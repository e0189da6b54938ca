#include "docx/content_types.hpp"

#include <fmt/format.h>

#include "docx/elements.hpp"
#include "docx/package.hpp"

namespace vanthu::docx {

content_types::content_types(const std::string& xml) {
  xml_.load_string(xml.c_str());
  root_ = xml_.document_element();
  for (const auto& node : root_.children())
    defaults_.emplace(lower_ascii(node.attribute("Extension").value()), node.attribute("ContentType").value());
}

void content_types::append(const char* element, const char* key, const std::string& what, const std::string& type) {
  auto node = root_.append_child(prefixed(root_, element).c_str());
  node.append_attribute(key) = what.c_str();
  node.append_attribute("ContentType") = type.c_str();
}

void content_types::remove(const std::set<std::string>& parts) {
  std::set<std::string> gone;
  for (const auto& part : parts) gone.insert("/" + lower_ascii(part));
  for (auto node = root_.first_child(); node && !gone.empty();) {
    const auto next = node.next_sibling();
    if (gone.contains(lower_ascii(node.attribute("PartName").value()))) root_.remove_child(node);
    node = next;
  }
}

void content_types::add(const std::string& part, const std::string& type) {
  append("Override", "PartName", fmt::format("/{}", part), type);
}

void content_types::add_usual(const std::string& part, const std::string& extension, const std::string& type) {
  const auto [known, is_new] = defaults_.try_emplace(extension, type);
  if (is_new)
    append("Default", "Extension", extension, type);
  else if (known->second != type)
    add(part, type);
}

std::string content_types::text() const {
  return print(xml_);
}

}  // namespace vanthu::docx
