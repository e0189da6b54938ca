// A directed graph of numbered nodes, and its cycles. Nothing here recurses: chains of 100,000 nodes are ordinary.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace vanthu {

struct edge {
  std::uint32_t from = 0, to = 0;
  std::uint32_t tag = 0;  // the caller's, carried along
};

// Nodes each of which waits for all the others.
struct knot {
  std::vector<edge> ring;    // a shortest cycle, from its lowest node on
  std::vector<edge> others;  // for each node off the ring, in order, an edge of the knot that leads to it
  // Edges without which no node waits for itself, found one by one: a cheap one of a shortest cycle, its last if none
  // is. Edges of the same tag go together. In large graphs the search ends early.
  std::vector<edge> cuts;
  bool has_more = false;  // the search ended before all cuts were found
};

class digraph {
 public:
  // Edges that name a node at or beyond `nodes` are left out.
  digraph(std::uint32_t nodes, const std::vector<edge>& edges);

  // One cycle for each strongly connected component that has any, as its edges in order, starting at its lowest node;
  // components in the order of their lowest nodes. It is the shortest cycle of the component unless looking for it
  // would take more than some ten million steps: then the shortest one met by then.
  std::vector<std::vector<edge>> cycles() const;
  // One for each such component, in the same order.
  std::vector<knot> knots(const std::function<bool(const edge&)>& is_cheap) const;

 private:
  struct search;
  std::vector<edge> off_the_ring(const std::vector<edge>& ring, const std::vector<std::uint32_t>& component) const;
  std::vector<std::uint32_t> components() const;  // component of each node; 0 for nodes on no cycle

  std::uint32_t nodes_;
  std::vector<std::uint32_t> first_;  // edges of node n are edges_[first_[n]] to edges_[first_[n + 1] - 1]
  std::vector<edge> edges_;
};

}  // namespace vanthu
