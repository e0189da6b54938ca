#include "text/nearest_name.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace vanthu::texts {
namespace {

void drop_common_ends(std::string_view& a, std::string_view& b) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  drop_common_ends(a, b);
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) >= limit) return limit;
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    auto least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least >= limit) return limit;
    std::swap(before, above);
    std::swap(above, row);
  }
  return std::min(above[b.size()], limit);
}

std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> known) {
  constexpr std::size_t longest = 200;
  std::string_view best;
  if (wrong.size() > longest) return best;
  auto least = no_limit;
  for (const auto name : known) {
    if (name.size() > longest) continue;
    const auto distance = edit_distance(wrong, name, least);
    if (distance >= least) continue;
    least = distance;
    best = name;
  }
  return best;
}

}  // namespace vanthu::texts
