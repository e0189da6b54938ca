// A directed graph of numbered nodes, and its cycles. Nothing here recurses: chains of 100,000 nodes are ordinary.
#pragma once

#include <cstdint>
#include <vector>

namespace vanthu {

struct edge {
  std::uint32_t from = 0, to = 0;
  std::uint32_t tag = 0;  // the caller's, carried along
};

class digraph {
 public:
  // Edges that name a node at or beyond `nodes` are left out.
  digraph(std::uint32_t nodes, const std::vector<edge>& edges);

  // One cycle for each strongly connected component that has any, as its edges in order, starting at its lowest node;
  // components in the order of their lowest nodes. It is the shortest cycle of the component unless looking for it
  // would take more than some ten million steps: then the shortest one met by then.
  std::vector<std::vector<edge>> cycles() const;

 private:
  struct search;
  std::vector<std::uint32_t> components() const;  // component of each node; 0 for nodes on no cycle

  std::uint32_t nodes_;
  std::vector<std::uint32_t> first_;  // edges of node n are edges_[first_[n]] to edges_[first_[n + 1] - 1]
  std::vector<edge> edges_;
};

}  // namespace vanthu
