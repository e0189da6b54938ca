#include "plan/remarks.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace vanthu {

diagnostics remarks::take(const std::vector<std::string>& sources) && {
  std::unordered_map<std::string, std::size_t> rank;
  for (const auto& source : sources) rank.emplace(source, rank.size());
  const auto key = [&](const diagnostic& d) {
    const auto at = rank.find(d.where.source);
    return std::tuple(at == rank.end() ? rank.size() : at->second, d.where.line, d.where.column);
  };
  std::stable_sort(list_.begin(), list_.end(),
                   [&](const diagnostic& a, const diagnostic& b) { return key(a) < key(b); });
  if (left_out_) {
    const auto first = sources.empty() ? std::string{} : sources.front();
    list_.push_back({severity::error, {"plan.too-many-faults", {std::to_string(most)}}, {first, 0, 0, {}}, {}});
  }
  return std::move(list_);
}

}  // namespace vanthu
