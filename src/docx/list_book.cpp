#include "docx/list_book.hpp"

#include <vector>

namespace vanthu::docx {

numbers& list_book::own() {
  if (!own_) own_ = read_numbers(in_->text(part()));
  return *own_;
}

std::string list_book::add(std::uint32_t abstract) {
  return added_.next([&] { return added_number{std::to_string(++own().last_number), abstract}; }).id;
}

std::string list_book::restart(const std::string& list) {
  const auto& abstracts = own().abstract_by_number;
  const auto known = abstracts.find(list);
  return known == abstracts.end() ? list : add(known->second);
}

std::string list_book::start(list_style style) {
  auto& definition = of_style_[static_cast<std::size_t>(style)];
  if (definition == 0) definition = ++own().last_abstract;
  return add(definition);
}

std::string list_book::copy(const list_definition& definition) {
  if (definition.markup.empty()) return "0";
  const auto [known, is_new] = copied_.try_emplace(definition.markup);
  if (is_new) known->second = {++own().last_abstract, definition.markup};
  return add(known->second.id);
}

made_part list_book::make() const {
  std::vector<added_definition> definitions;
  for (const auto& [markup, d] : copied_) definitions.push_back(d);
  const bool is_new = part().empty();
  return {is_new ? "word/numbering.xml" : part(),
          write_numbers(in_->text(part()), of_style_[0], of_style_[1], definitions, added_.all(), in_->is_strict()),
          word_type("numbering"), "numbering", is_new};
}

}  // namespace vanthu::docx
