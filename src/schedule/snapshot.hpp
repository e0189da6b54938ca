// A network in the order in which its passes need it: the leaves, predecessors before successors, numbered so that both
// passes run through memory in one direction. That is why the graph is not Boost's, whose nodes keep the caller's
// numbers and whose topological sort looks at every link twice.
#pragma once

#include <optional>
#include <vector>

#include "vanthu/network.hpp"

namespace vanthu::schedules {

// Four bytes, because most of the time of a large schedule goes into touching memory.
struct link_end {
  std::uint32_t to : 27;  // a node of the snapshot
  std::uint32_t type : 2;
  std::uint32_t unit : 2;
  std::uint32_t from_summary : 1;  // the link is one of a summary above
};
inline constexpr std::uint32_t most_nodes = std::uint32_t{1} << 27;
inline constexpr std::size_t most_arcs = 32'000'000;
// Activities lie anywhere: they are asked for so many nodes ahead, so that they are there when their turn comes.
inline constexpr std::uint32_t near_ahead = 8, far_ahead = 24;

struct arc {
  link_end end;
  std::int32_t lag = 0;

  std::uint32_t to() const { return end.to; }
  link_type kind() const { return static_cast<link_type>(end.type); }
  lag_unit counted() const { return static_cast<lag_unit>(end.unit); }
  bool is_plain() const { return end.type == 0 && lag == 0; }
};

// Links stand in the order of the nodes they leave, so that a pass reads them from one end to the other.
struct snapshot {
  std::vector<std::uint32_t> order;  // the activity of each node
  std::vector<std::uint32_t> first;  // links out of node k: first[k] to first[k + 1] - 1
  std::vector<link_end> ends;        // of a network without lags; else empty
  std::vector<arc> arcs;             // of a network with lags

  std::uint32_t size() const { return static_cast<std::uint32_t>(order.size()); }
  std::uint32_t begin(std::uint32_t node) const { return first[node]; }
  std::uint32_t end(std::uint32_t node) const { return first[node + std::size_t{1}]; }
  bool is_last(std::uint32_t node) const { return begin(node) == end(node); }
  arc link(std::uint32_t at) const { return arcs.empty() ? arc{ends[at], 0} : arcs[at]; }
};

// A link between two leaves, as one link of the network makes it.
struct leaf_link {
  std::uint32_t from, to, link;
};

// Which activities have children, and the leaves below each.
class branches {
 public:
  explicit branches(const activity_network& n);
  bool is_summary(std::uint32_t a) const { return !is_flat_ && is_summary_[a]; }
  bool is_flat() const { return is_flat_; }
  // Whether it takes part: a leaf that is not inactive.
  bool counts(const activity_network& n, std::uint32_t a) const { return !is_summary(a) && !n.activities[a].inactive; }
  void leaves(const activity_network& n, std::uint32_t a, std::vector<std::uint32_t>& out) const;

 private:
  bool is_flat_ = true;
  std::vector<char> is_summary_;
  std::vector<std::uint32_t> first_child_, next_;
};

// The links to and from summaries, for each pair of leaves. `early_start` (of each activity) picks the leaf that a link
// from the start of a summary waits for. Nothing when they are more than most_arcs.
std::optional<std::vector<leaf_link>> summary_links(const activity_network& n, const branches& o,
                                                    const std::vector<std::int32_t>& early_start);

// Nothing when activities wait for one another.
std::optional<snapshot> take_snapshot(const activity_network& n, const branches& o,
                                      const std::vector<leaf_link>& of_summaries);

}  // namespace vanthu::schedules
