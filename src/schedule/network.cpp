#include "schedule/network.hpp"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/topological_sort.hpp>
#include <iterator>

namespace vanthu::schedules {
namespace {

using snapshot = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                    boost::no_property, std::uint32_t, std::uint32_t>;

}  // namespace

std::optional<std::vector<std::uint32_t>> order_of(std::uint32_t nodes, const std::vector<arc>& arcs) {
  // The arcs are in no order: promising one to Boost would make it write past its tables.
  const snapshot g(boost::edges_are_unsorted_multi_pass, arcs.begin(), arcs.end(), nodes);
  std::vector<std::uint32_t> order;
  order.reserve(nodes);
  try {
    boost::topological_sort(g, std::back_inserter(order));
  } catch (const boost::not_a_dag&) {
    return {};
  }
  std::ranges::reverse(order);
  return order;
}

}  // namespace vanthu::schedules
