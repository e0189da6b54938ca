#include "schedule/snapshot.hpp"

#include <algorithm>
#include <memory_resource>

namespace vanthu::schedules {
namespace {

bool joins_leaves(const activity_network& n, const branches& o, const precedence& l) {
  return o.counts(n, l.from) && o.counts(n, l.to);
}

// The links by the activity they leave, then, in step with the sort, by the node. `Link` is a link_end, or an arc where
// some link has a lag.
template <class Link>
class builder {
 public:
  builder(const activity_network& n, const branches& o, const std::vector<leaf_link>& of_summaries)
      : n_(n),
        o_(o),
        of_summaries_(of_summaries),
        scratch_(n.activities.size() * 2 * sizeof(std::uint32_t) +
                 (n.links.size() + of_summaries.size()) * sizeof(Link) + slop) {}

  // Into `links` and the rest of `out`; false when activities wait for one another.
  bool run(snapshot& out, std::vector<Link>& links) {
    out.order.reserve(n_.activities.size());
    out.first.reserve(n_.activities.size() + 1);
    links.reserve(n_.links.size() + of_summaries_.size());
    collect();
    sort(out, links);
    std::size_t wanted = 0;
    for (std::uint32_t i = 0; i < n_.activities.size(); ++i) wanted += std::size_t{o_.counts(n_, i)};
    if (out.order.size() != wanted) return false;
    for (std::uint32_t k = 0; k < out.size(); ++k) waits_[out.order[k]] = k;  // all were zero
    for (auto& each : links) end_of(each).to = waits_[std::uint32_t{end_of(each).to}] & (most_nodes - 1);
    return true;
  }

 private:
  static constexpr std::size_t slop = 256;  // in the block: ends of tables, alignment
  static link_end& end_of(link_end& l) { return l; }
  static link_end& end_of(arc& l) { return l.end; }
  static void set_lag(link_end&, std::int32_t) {}
  static void set_lag(arc& l, std::int32_t lag) { l.lag = lag; }

  template <class Visit>
  void each_link(Visit visit) const {
    for (const auto& l : n_.links)
      if (joins_leaves(n_, o_, l)) visit(l.from, l.to, l, false);
    for (const auto& l : of_summaries_) visit(l.from, l.to, n_.links[l.link], o_.is_summary(n_.links[l.link].from));
  }

  // While links are put in their places, first_[a + 1] is where the next one of a goes.
  void collect() {
    const auto size = n_.activities.size();
    first_.resize(size + 2);
    waits_.resize(size);
    each_link([&](std::uint32_t from, std::uint32_t to, const precedence&, bool) {
      ++first_[from + std::size_t{2}];
      ++waits_[to];
    });
    for (std::size_t i = 2; i < size + 2; ++i) first_[i] += first_[i - 1];
    by_activity_.resize(first_.back());
    each_link([&](std::uint32_t from, std::uint32_t to, const precedence& l, bool from_summary) {
      auto& link = by_activity_[first_[from + std::size_t{1}]++];
      auto& end = end_of(link);
      end.to = to & (most_nodes - 1);
      end.type = static_cast<std::uint32_t>(l.type) & 3U;
      end.unit = static_cast<std::uint32_t>(l.unit) & 3U;
      end.from_summary = from_summary ? 1 : 0;
      set_lag(link, l.lag);
    });
  }

  void sort(snapshot& out, std::vector<Link>& links) {
    auto& order = out.order;
    for (std::uint32_t i = 0; i < n_.activities.size(); ++i)
      if (waits_[i] == 0 && o_.counts(n_, i)) order.push_back(i);
    for (std::uint32_t head = 0; head < order.size(); ++head) {
      if (head + far_ahead < order.size()) __builtin_prefetch(&first_[order[head + far_ahead]]);
      if (head + near_ahead < order.size()) __builtin_prefetch(by_activity_.data() + first_[order[head + near_ahead]]);
      out.first.push_back(static_cast<std::uint32_t>(links.size()));
      const auto a = order[head];
      for (auto at = first_[a], end = first_[a + std::size_t{1}]; at < end; ++at) {
        links.push_back(by_activity_[at]);
        if (const std::uint32_t to = end_of(links.back()).to; --waits_[to] == 0) order.push_back(to);
      }
    }
    out.first.push_back(static_cast<std::uint32_t>(links.size()));
  }

  const activity_network& n_;
  const branches& o_;
  const std::vector<leaf_link>& of_summaries_;
  // One block for all that goes when the sort is done, so that the passes find it free in one piece.
  std::pmr::monotonic_buffer_resource scratch_;
  std::pmr::vector<std::uint32_t> first_{&scratch_};
  std::pmr::vector<Link> by_activity_{&scratch_};
  std::pmr::vector<std::uint32_t> waits_{&scratch_};  // how many links to each activity are still to come
};

}  // namespace

branches::branches(const activity_network& n) {
  for (const auto& a : n.activities) is_flat_ = is_flat_ && a.parent == no_activity;
  if (is_flat_) return;
  is_summary_.resize(n.activities.size());
  first_child_.assign(n.activities.size(), no_activity);
  next_.assign(n.activities.size(), no_activity);
  for (auto i = static_cast<std::uint32_t>(n.activities.size()); i-- > 0;) {
    const auto parent = n.activities[i].parent;
    if (parent == no_activity) continue;
    is_summary_[parent] = 1;
    next_[i] = first_child_[parent];
    first_child_[parent] = i;
  }
}

void branches::leaves(const activity_network& n, std::uint32_t a, std::vector<std::uint32_t>& out) const {
  auto at = a;
  while (at != no_activity) {
    if (counts(n, at)) out.push_back(at);
    if (is_summary(at)) {
      at = first_child_[at];
      continue;
    }
    while (at != a && next_[at] == no_activity) at = n.activities[at].parent;
    at = at == a ? no_activity : next_[at];
  }
}

std::optional<std::vector<leaf_link>> summary_links(const activity_network& n, const branches& o,
                                                    const std::vector<std::int32_t>& early_start) {
  std::vector<leaf_link> out;
  std::vector<std::uint32_t> before, after;
  std::size_t looked_at = 0;
  for (std::uint32_t l = 0; l < n.links.size(); ++l) {
    const auto& link = n.links[l];
    if (!o.is_summary(link.from) && !o.is_summary(link.to)) continue;
    before.clear();
    after.clear();
    o.leaves(n, link.from, before);
    o.leaves(n, link.to, after);
    looked_at += before.size() + after.size();
    if ((link.type == link_type::ss || link.type == link_type::sf) && before.size() > 1) {
      if (early_start.empty()) continue;
      auto first = before.front();
      for (const auto each : before)
        if (early_start[each] < early_start[first]) first = each;
      before.assign(1, first);
    }
    if (out.size() + before.size() * after.size() + looked_at > most_arcs) return {};
    for (const auto from : before)
      for (const auto to : after) out.push_back({from, to, l});
  }
  return out;
}

std::optional<snapshot> take_snapshot(const activity_network& n, const branches& o,
                                      const std::vector<leaf_link>& of_summaries) {
  const bool has_lags = std::ranges::any_of(n.links, [](const auto& l) { return l.lag != 0; });
  snapshot out;
  const bool is_sorted = has_lags ? builder<arc>(n, o, of_summaries).run(out, out.arcs)
                                  : builder<link_end>(n, o, of_summaries).run(out, out.ends);
  if (!is_sorted) return {};
  return out;
}

}  // namespace vanthu::schedules
