#include "run/nearest.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace vanthu::runs {
namespace {

// Names are short; what is longer is compared by its beginning, so that a hostile name costs no more than another.
constexpr std::size_t longest = 64;

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

// The number of changes from one to the other, or anything not below `enough` when there are that many.
std::size_t distance(std::string_view a, std::string_view b, std::size_t enough, std::vector<std::size_t>& row) {
  a = a.substr(0, longest);
  b = b.substr(0, longest);
  drop_common_ends(a, b);
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) >= enough) return enough;
  row.resize(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = row[0];
    auto fewest = row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
      fewest = std::min(fewest, row[j]);
    }
    if (fewest >= enough) return enough;  // a row never falls below the one before
  }
  return row[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view written, std::span<const std::string_view> candidates) {
  std::string_view best;
  auto fewest = SIZE_MAX;
  std::vector<std::size_t> row;
  for (const auto candidate : candidates) {
    const auto changes = distance(written, candidate, fewest, row);
    if (changes >= fewest) continue;
    fewest = changes;
    best = candidate;
  }
  return best;
}

}  // namespace vanthu::runs
