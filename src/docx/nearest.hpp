// The known name a person may have meant.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace vanthu::docx {

// Offered names are compared by edit distance; a third of the name may differ, at most two bytes.
class nearest_name {
 public:
  explicit nearest_name(std::string_view wanted)
      : wanted_(wanted.substr(0, longest)), best_(std::min<std::size_t>(2, wanted_.size() / 3) + 1) {}

  void offer(std::string_view name) {
    if (name.size() > longest || name == wanted_) return;
    const auto d = distance(name);
    if (d < best_) {
      best_ = d;
      found_ = name;
    }
  }
  const std::string& found() const { return found_; }  // "" when none was near

 private:
  static constexpr std::size_t longest = 64;

  std::size_t distance(std::string_view name) {
    row_.resize(wanted_.size() + 1);
    for (std::size_t j = 0; j < row_.size(); ++j) row_[j] = j;
    for (std::size_t i = 0; i < name.size(); ++i) {
      auto diagonal = row_[0];
      row_[0] = i + 1;
      for (std::size_t j = 1; j < row_.size(); ++j) {
        const auto above = row_[j];
        row_[j] = std::min({above + 1, row_[j - 1] + 1, diagonal + (name[i] == wanted_[j - 1] ? 0U : 1U)});
        diagonal = above;
      }
    }
    return row_.back();
  }

  std::string_view wanted_;
  std::size_t best_;
  std::string found_;
  std::vector<std::size_t> row_;
};

}  // namespace vanthu::docx
