#include "docx/package_view.hpp"

#include <fmt/format.h>

namespace vanthu::docx {
namespace {

constexpr std::string_view transitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/";

}  // namespace

package_view::package_view(const archive& in) : in_(in) {
  strict_ = text("_rels/.rels").find(fmt::format("{}officeDocument", strict)) != std::string::npos;
}

const part_relations& package_view::relations(const std::string& part) const {
  const auto [known, is_new] = relations_.try_emplace(part);
  const auto name = relations_of(part);
  if (is_new) known->second = read_part_relations(text(name), name);
  return known->second;
}

std::string package_view::target_of(const std::string& part, std::string_view id, std::string_view kind) const {
  const auto& all = relations(part);
  const auto at = all.find(id);
  return at != all.end() && leads_to(at->second, kind) ? at->second.target : std::string{};
}

std::string package_view::target_of(const std::string& part, std::string_view kind) const {
  for (const auto& [id, r] : relations(part))
    if (leads_to(r, kind)) return r.target;
  return {};
}

const std::string& package_view::part_of_kind(std::string_view kind) const {
  const auto known = main_by_kind_.find(kind);
  return known != main_by_kind_.end() ? known->second
                                      : main_by_kind_.emplace(kind, target_of(main(), kind)).first->second;
}

std::size_t package_view::relations_to(const std::string& part) const {
  if (!uses_) {
    uses_.emplace();
    for (const auto& e : in_.entries)
      if (e.name.ends_with(".rels"))
        for (const auto& [id, r] : read_part_relations(text(e.name), e.name)) ++(*uses_)[lower_ascii(r.target)];
  }
  const auto known = uses_->find(lower_ascii(part));
  return known == uses_->end() ? 0 : known->second;
}

std::string package_view::relation_type(std::string_view kind) const {
  if (kind.find(':') != kind.npos) return std::string(kind);
  return fmt::format("{}{}", strict_ ? strict : transitional, kind);
}

}  // namespace vanthu::docx
