// A package as its parts lead to each other. What has been asked for is read once.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "docx/package.hpp"
#include "docx/relations.hpp"

namespace vanthu::docx {

// Of an archive that outlives it; for one thread at a time.
class package_view {
 public:
  explicit package_view(const archive& in);
  package_view(const package_view&) = delete;
  package_view& operator=(const package_view&) = delete;

  bool is_strict() const { return strict_; }
  bool has(std::string_view part) const { return in_.by_name.contains(part); }
  std::string text(std::string_view part) const { return text_of(in_, part); }  // "" when there is none
  const std::string& main() const { return in_.entries[in_.main].name; }
  const std::string& notes_part(bool at_end) const { return in_.notes_parts[at_end ? 1 : 0]; }  // "" without

  const part_relations& relations(const std::string& part) const;
  // The part that a relationship of another leads to, the one of that id or the first; "" when there is none.
  std::string target_of(const std::string& part, std::string_view id, std::string_view kind) const;
  std::string target_of(const std::string& part, std::string_view kind) const;
  const std::string& part_of_kind(std::string_view kind) const;  // of the main part

  std::size_t relations_to(const std::string& part) const;  // how many lead there
  // The type of a relationship, from its kind ("image") or as it is.
  std::string relation_type(std::string_view kind) const;

 private:
  bool leads_to(const part_relation& r, std::string_view kind) const {
    return r.kind == kind && !r.is_external && has(r.target);
  }

  const archive& in_;
  bool strict_ = false;
  mutable std::map<std::string, part_relations> relations_;               // by part
  mutable std::map<std::string, std::string, std::less<>> main_by_kind_;  // parts the main part leads to
  mutable std::optional<std::map<std::string, std::size_t>> uses_;        // by part in small letters
};

}  // namespace vanthu::docx
