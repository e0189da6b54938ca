// The known name a person may have meant.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "text/nearest_name.hpp"

namespace vanthu::docx {

// Offered names are compared by edit distance; a third of the name may differ, at most two bytes.
class near_name {
 public:
  explicit near_name(std::string_view wanted)
      : wanted_(wanted.substr(0, longest)), best_(std::min<std::size_t>(2, wanted_.size() / 3) + 1) {}

  void offer(std::string_view name) {
    if (name.size() > longest || name == wanted_) return;
    const auto d = vanthu::texts::edit_distance(name, wanted_, best_);
    if (d < best_) {
      best_ = d;
      found_ = name;
    }
  }
  const std::string& found() const { return found_; }  // "" when none was near

 private:
  static constexpr std::size_t longest = 64;

  std::string_view wanted_;
  std::size_t best_;
  std::string found_;
};

}  // namespace vanthu::docx
