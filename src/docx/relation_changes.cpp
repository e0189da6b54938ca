#include "docx/relation_changes.hpp"

#include <fmt/format.h>

#include <pugixml.hpp>

#include "docx/added_parts.hpp"
#include "docx/elements.hpp"

namespace vanthu::docx {
namespace {

constexpr const char* relations_space = "http://schemas.openxmlformats.org/package/2006/relationships";

}  // namespace

// An id no relationship of the part has.
std::string relation_changes::free_id(const std::string& part, std::size_t index) const {
  const auto& taken = in_->relations(part);
  std::string stem = "rIdVt";
  for (auto at = taken.lower_bound(stem); at != taken.end() && at->first.starts_with(stem);
       at = taken.lower_bound(stem))
    stem += 'x';
  return fmt::format("{}{}", stem, index + 1);
}

std::string relation_changes::relate(const std::string& part, relation to) {
  const auto [known, is_new] = ids_.try_emplace({part, to.target});
  if (!is_new) return known->second;
  auto& added = of_[part].added;
  known->second = to.id = free_id(part, added.size());
  added.push_back(std::move(to));
  return known->second;
}

std::string relation_changes::add(const std::string& part, std::string_view kind, const std::string& to_part) {
  return relate(part, {{}, in_->relation_type(kind), fmt::format("/{}", to_part), false});
}

std::string relation_changes::link(const std::string& part, const std::string& address) {
  return relate(part, {{}, in_->relation_type("hyperlink"), address, true});
}

void relation_changes::forget_added() {
  ids_.clear();
  for (auto& [part, changed] : of_) changed.added.clear();
  std::erase_if(of_, [](const auto& of) { return of.second.dropped.empty(); });
}

void relation_changes::drop_picture(const std::string& part, const std::string& id) {
  const auto target = in_->target_of(part, id, "image");
  if (target.empty() || !of_[part].dropped.insert(id).second) return;
  if (++dropped_to_[target] == in_->relations_to(target)) dropped_parts_.insert(target);
}

entry relation_changes::make_part(const std::string& part, const changes& changed) const {
  pugi::xml_document relations;
  const auto name = relations_of(part);
  if (const auto text = in_->text(name); !text.empty()) relations.load_string(text.c_str());
  auto root = relations.document_element();
  if (!root) {
    root = relations.append_child("Relationships");
    root.append_attribute("xmlns") = relations_space;
  }
  for (auto node = root.first_child(); node && !changed.dropped.empty();) {
    const auto next = node.next_sibling();
    if (changed.dropped.contains(node.attribute("Id").value())) root.remove_child(node);
    node = next;
  }
  for (const auto& r : changed.added) {
    auto node = root.append_child(prefixed(root, "Relationship").c_str());
    node.append_attribute("Id") = r.id.c_str();
    node.append_attribute("Type") = r.type.c_str();
    node.append_attribute("Target") = r.target.c_str();
    if (r.is_external) node.append_attribute("TargetMode") = "External";
  }
  return stored_entry(name, print(relations));
}

std::vector<entry> relation_changes::make() const {
  std::vector<entry> out;
  for (const auto& [part, changed] : of_) out.push_back(make_part(part, changed));
  return out;
}

}  // namespace vanthu::docx
