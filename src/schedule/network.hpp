// The order of a network: predecessors before successors.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace vanthu::schedules {

using arc = std::pair<std::uint32_t, std::uint32_t>;  // from, to

// Every node after all that have an arc to it. Nothing when nodes wait for one another. Arcs may repeat.
std::optional<std::vector<std::uint32_t>> order_of(std::uint32_t nodes, const std::vector<arc>& arcs);

}  // namespace vanthu::schedules
