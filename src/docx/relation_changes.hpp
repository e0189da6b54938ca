// The relationships a rendering adds to the parts of its package, and those it drops.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "docx/package_view.hpp"

namespace vanthu::docx {

class relation_changes {
 public:
  explicit relation_changes(const package_view& in) : in_(&in) {}

  // The id by which `part` can name another, or an address outside of the package; each has one id.
  std::string add(const std::string& part, std::string_view kind, const std::string& to_part);
  std::string link(const std::string& part, const std::string& address);
  void forget_added();

  // A picture nothing needs any more: the part goes as well if nothing else leads there.
  void drop_picture(const std::string& part, const std::string& id);
  void drop_link(const std::string& part, const std::string& id) { of_[part].dropped.insert(id); }
  bool is_dropped(const std::string& part) const { return dropped_parts_.contains(part); }
  const std::set<std::string>& dropped_parts() const { return dropped_parts_; }

  bool empty() const { return of_.empty(); }
  std::vector<entry> make() const;  // the parts of relationships that change or are new

 private:
  struct relation {
    std::string id, type, target;
    bool is_external = false;
  };
  struct changes {
    std::vector<relation> added;
    std::set<std::string> dropped;  // ids
  };
  std::string relate(const std::string& part, relation to);
  std::string free_id(const std::string& part, std::size_t index) const;
  entry make_part(const std::string& part, const changes& changed) const;

  const package_view* in_;
  std::map<std::string, changes> of_;                               // by part
  std::map<std::pair<std::string, std::string>, std::string> ids_;  // of those added, by part and target
  std::map<std::string, std::size_t> dropped_to_;                   // how many, by the part they lead to
  std::set<std::string> dropped_parts_;
};

}  // namespace vanthu::docx
