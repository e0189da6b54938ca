#include "plan/digraph.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace vanthu {
namespace {

constexpr std::uint32_t nothing = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t step_budget = 10'000'000;
// Each cut takes a search of the whole graph: so many at most, and none after so many edges looked at.
constexpr std::size_t most_cuts = 64, cut_budget = 1'000'000;

}  // namespace

digraph::digraph(std::uint32_t nodes, const std::vector<edge>& edges) : nodes_(nodes), first_(nodes + std::size_t{1}) {
  for (const auto& e : edges)
    if (e.from < nodes && e.to < nodes) ++first_[e.from + std::size_t{1}];
  for (std::size_t n = 0; n < nodes; ++n) first_[n + 1] += first_[n];
  edges_.resize(first_[nodes]);
  auto at = first_;
  for (const auto& e : edges)
    if (e.from < nodes && e.to < nodes) edges_[at[e.from]++] = e;
}

// Tarjan's algorithm with its stack of calls written out.
std::vector<std::uint32_t> digraph::components() const {
  struct call {
    std::uint32_t node, next;
  };
  std::vector<std::uint32_t> component(nodes_, 0), order(nodes_, nothing), low(nodes_, 0), open;
  std::vector<char> is_open(nodes_, 0);
  std::vector<call> calls;
  std::uint32_t visited = 0, found = 0;
  const auto enter = [&](std::uint32_t node) {
    order[node] = low[node] = visited++;
    open.push_back(node);
    is_open[node] = 1;
    calls.push_back({node, first_[node]});
  };
  const auto close = [&](std::uint32_t node) {
    const auto begin = std::find(open.rbegin(), open.rend(), node).base() - 1;
    const bool alone = open.end() - begin == 1;
    const bool loops = alone && std::any_of(edges_.begin() + first_[node], edges_.begin() + first_[node + 1],
                                            [&](const edge& e) { return e.to == node; });
    if (!alone || loops) ++found;
    for (auto member = begin; member != open.end(); ++member) {
      is_open[*member] = 0;
      if (!alone || loops) component[*member] = found;
    }
    open.erase(begin, open.end());
  };
  for (std::uint32_t root = 0; root < nodes_; ++root) {
    if (order[root] != nothing) continue;
    enter(root);
    while (!calls.empty()) {
      auto& [node, next] = calls.back();
      if (next < first_[node + std::size_t{1}]) {
        const auto to = edges_[next++].to;
        if (order[to] == nothing)
          enter(to);
        else if (is_open[to])
          low[node] = std::min(low[node], order[to]);
        continue;
      }
      const auto done = node;
      calls.pop_back();
      if (!calls.empty()) low[calls.back().node] = std::min(low[calls.back().node], low[done]);
      if (low[done] == order[done]) close(done);
    }
  }
  return component;
}

// The shortest cycle of one component: a breadth-first search from each node in turn, never deeper than the best found
// so far; a node that was searched from is taken out, and with it all that then lies on no cycle.
struct digraph::search {
  const digraph& graph;
  std::vector<std::uint32_t> component;
  std::vector<std::uint32_t> in_degree, out_degree;
  std::vector<std::vector<edge>> into;  // edges by their end
  std::vector<char> removed;
  std::vector<edge> came_by;  // of the search that is on
  std::vector<std::uint32_t> depth, seen_in;
  std::uint32_t round = 0;
  std::size_t steps = 0;

  explicit search(const digraph& g)
      : graph(g),
        component(g.components()),
        in_degree(g.nodes_),
        out_degree(g.nodes_),
        into(g.nodes_),
        removed(g.nodes_),
        came_by(g.nodes_),
        depth(g.nodes_),
        seen_in(g.nodes_) {
    for (const auto& e : g.edges_) {
      if (!inside(e)) continue;
      ++out_degree[e.from];
      ++in_degree[e.to];
      into[e.to].push_back(e);
    }
  }

  bool inside(const edge& e) const { return component[e.from] != 0 && component[e.from] == component[e.to]; }

  void remove(std::uint32_t start) {
    std::vector<std::uint32_t> out{start};
    while (!out.empty()) {
      const auto node = out.back();
      out.pop_back();
      if (removed[node]) continue;
      removed[node] = 1;
      for (auto at = graph.first_[node]; at < graph.first_[node + std::size_t{1}]; ++at) {
        const auto& e = graph.edges_[at];
        if (inside(e) && !removed[e.to] && --in_degree[e.to] == 0) out.push_back(e.to);
      }
      for (const auto& e : into[node])
        if (!removed[e.from] && --out_degree[e.from] == 0) out.push_back(e.from);
    }
  }

  // The shortest cycle through `start` of fewer than `limit` edges; empty when there is none.
  std::vector<edge> through(std::uint32_t start, std::size_t limit) {
    ++round;
    std::vector<std::uint32_t> queue{start};
    seen_in[start] = round;
    depth[start] = 0;
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const auto node = queue[head];
      if (depth[node] + std::size_t{1} >= limit) break;
      for (auto at = graph.first_[node]; at < graph.first_[node + std::size_t{1}]; ++at) {
        const auto& e = graph.edges_[at];
        ++steps;
        if (!inside(e) || removed[e.to]) continue;
        if (e.to == start) return path_to(e, start);
        if (seen_in[e.to] == round) continue;
        seen_in[e.to] = round;
        depth[e.to] = depth[node] + 1;
        came_by[e.to] = e;
        queue.push_back(e.to);
      }
    }
    return {};
  }

  std::vector<edge> path_to(const edge& last, std::uint32_t start) const {
    std::vector<edge> path{last};
    while (path.back().from != start) path.push_back(came_by[path.back().from]);
    std::reverse(path.begin(), path.end());
    return path;
  }

  std::vector<edge> shortest(const std::vector<std::uint32_t>& members) {
    std::vector<edge> best;
    steps = 0;
    for (const auto start : members) {
      if (removed[start]) continue;
      if (!best.empty() && steps > step_budget) break;
      auto found = through(start, best.empty() ? nothing : best.size());
      if (!found.empty()) best = std::move(found);
      if (best.size() == 1) break;
      remove(start);
    }
    const auto lowest =
        std::min_element(best.begin(), best.end(), [](const edge& a, const edge& b) { return a.from < b.from; });
    std::rotate(best.begin(), lowest, best.end());
    return best;
  }
};

std::vector<std::vector<edge>> digraph::cycles() const {
  search s(*this);
  std::vector<std::vector<std::uint32_t>> members;
  std::vector<std::uint32_t> place(nodes_ + std::size_t{1}, nothing);
  for (std::uint32_t node = 0; node < nodes_; ++node) {
    if (s.component[node] == 0) continue;
    auto& at = place[s.component[node]];
    if (at == nothing) {
      at = static_cast<std::uint32_t>(members.size());
      members.emplace_back();
    }
    members[at].push_back(node);
  }
  std::vector<std::vector<edge>> found;
  found.reserve(members.size());
  for (const auto& component : members) found.push_back(s.shortest(component));
  return found;
}

// From the ring outwards, so that an edge is named whose beginning is known already.
std::vector<edge> digraph::off_the_ring(const std::vector<edge>& ring,
                                        const std::vector<std::uint32_t>& component) const {
  std::vector<edge> found;
  std::vector<std::uint32_t> queue;
  std::unordered_set<std::uint32_t> seen;
  for (const auto& e : ring) {
    queue.push_back(e.from);
    seen.insert(e.from);
  }
  for (std::size_t head = 0; head < queue.size(); ++head)
    for (auto at = first_[queue[head]]; at < first_[queue[head] + std::size_t{1}]; ++at) {
      const auto& e = edges_[at];
      if (component[e.to] != component[e.from] || !seen.insert(e.to).second) continue;
      found.push_back(e);
      queue.push_back(e.to);
    }
  std::ranges::sort(found, {}, &edge::to);
  return found;
}

std::vector<knot> digraph::knots(const std::function<bool(const edge&)>& is_cheap) const {
  const auto component = components();
  std::vector<knot> out;
  std::unordered_map<std::uint32_t, std::size_t> place;  // of a component in `out`
  auto rest = edges_;
  const auto rounds = std::clamp<std::size_t>(cut_budget / (edges_.size() + 1), 1, most_cuts);
  for (std::size_t round = 0; round < rounds; ++round) {
    const auto rings = round == 0 ? cycles() : digraph(nodes_, rest).cycles();
    if (rings.empty()) return out;
    std::unordered_set<std::uint32_t> gone;
    for (const auto& ring : rings) {
      const auto [at, is_new] = place.try_emplace(component[ring.front().from], out.size());
      if (is_new) out.push_back({ring, off_the_ring(ring, component), {}, false});
      const auto cheap = std::ranges::find_if(ring, is_cheap);
      const auto& cut = cheap == ring.end() ? ring.back() : *cheap;
      if (gone.insert(cut.tag).second) out[at->second].cuts.push_back(cut);
    }
    std::erase_if(rest, [&](const edge& e) { return gone.contains(e.tag); });
  }
  const auto still = digraph(nodes_, rest).components();
  for (std::uint32_t node = 0; node < nodes_; ++node)
    if (still[node] != 0) out[place.at(component[node])].has_more = true;
  return out;
}

}  // namespace vanthu
