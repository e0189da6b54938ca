#include "docx/style_book.hpp"

#include <fmt/format.h>

#include <utility>

#include "docx/elements.hpp"
#include "docx/package.hpp"
#include "docx/wordml.hpp"

namespace vanthu::docx {
namespace {

bool is_default(const pugi::xml_node& style) {
  const auto text = value_of(style, "default");
  return text == "1" || text == "true" || text == "on";
}

std::string kind_of(const pugi::xml_node& style) {
  auto kind = value_of(style, "type");
  return kind.empty() ? "paragraph" : kind;
}

std::pair<std::string, std::string> name_of(const pugi::xml_node& style) {
  return {kind_of(style), lower_ascii(value_of(child_of(style, "name"), "val"))};
}

void set_value(pugi::xml_node node, std::string_view name, const std::string& to) {
  for (auto a : node.attributes())
    if (local_part(a.name()) == name) a.set_value(to.c_str());
}

}  // namespace

other_styles::other_styles(const std::string& text) {
  xml.load_string(text.c_str());
  for (const auto& node : xml.document_element().children())
    if (local(node) == "style") by_id.emplace(value_of(node, "styleId"), node);
}

void style_book::read_own() {
  if (std::exchange(is_read_, true)) return;
  pugi::xml_document xml;
  xml.load_string(in_->text(part()).c_str());
  for (const auto& node : xml.document_element().children()) {
    if (local(node) != "style") continue;
    const auto id = value_of(node, "styleId");
    ids_.insert(id);
    own_.insert(id);
    by_name_.emplace(name_of(node), id);
    if (is_default(node)) defaults_.emplace(kind_of(node), id);
  }
}

// Where a style is found, or the id it will have once it is copied.
std::string style_book::assign(other_styles& other, const std::string& id, std::vector<std::string>& to_copy) {
  if (const auto known = other.placed.find(id); known != other.placed.end()) return known->second;
  const auto style = other.by_id.find(id);
  if (style == other.by_id.end()) return {};
  const auto name = name_of(style->second);
  const auto same = by_name_.find(name);
  const auto standard = defaults_.find(name.first);
  std::string here;
  if (is_default(style->second) && standard != defaults_.end()) {
    here = standard->second;
  } else if (same != by_name_.end() && !name.second.empty()) {
    here = same->second;
  } else {
    here = id;
    for (int i = 1; ids_.contains(here); ++i) here = fmt::format("{}-{}", id, i);
    ids_.insert(here);
    by_name_.emplace(name, here);
    to_copy.push_back(id);
  }
  other.placed.emplace(id, here);
  return here;
}

// Without its list: numbers of paragraphs are those of the document they come from.
std::string style_book::copy_of(other_styles& other, const std::string& id, std::vector<std::string>& to_copy) {
  pugi::xml_document alone;
  alone.load_string(markup_of(other.by_id.find(id)->second, other.xml.document_element()).c_str());
  auto style = alone.document_element();
  set_value(style, "styleId", other.placed.find(id)->second);
  style.remove_attribute(style.find_attribute(
      [](const pugi::xml_attribute& a) { return std::string_view(a.name()).ends_with("default"); }));
  if (auto look = child_of(style, "pPr")) look.remove_child(child_of(look, "numPr"));
  for (const std::string_view reference : {"basedOn", "next", "link"}) {
    auto node = child_of(style, reference);
    if (!node) continue;
    const auto here = assign(other, value_of(node, "val"), to_copy);
    if (here.empty() || (reference == "link" && own_.contains(here)))  // which leads elsewhere
      style.remove_child(node);
    else
      set_value(node, "val", here);
  }
  return markup_of(style, style);
}

std::string style_book::place(other_styles& other, const std::string& id) {
  read_own();
  std::vector<std::string> to_copy;
  auto out = assign(other, id, to_copy);
  while (!to_copy.empty()) {
    const auto next = to_copy.back();
    to_copy.pop_back();
    copies_.push_back(copy_of(other, next, to_copy));
  }
  return out;
}

const styled_numbers& style_book::numbers() {
  if (!numbers_) numbers_ = read_styled_numbers(in_->text(part()), in_->text(in_->part_of_kind("numbering")));
  return *numbers_;
}

made_part style_book::make() const {
  pugi::xml_document styles;
  auto root = root_of(styles, in_->text(part()), "styles", in_->is_strict());
  for (const auto& markup : copies_) {
    pugi::xml_document one;
    one.load_string(markup.c_str());
    root.append_copy(one.document_element());
  }
  return {part().empty() ? "word/styles.xml" : part(), print(styles), word_type("styles"), "styles", part().empty()};
}

}  // namespace vanthu::docx
