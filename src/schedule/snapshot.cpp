#include "schedule/snapshot.hpp"

namespace vanthu::schedules {
namespace {

bool joins_leaves(const activity_network& n, const branches& o, const precedence& l) {
  return o.counts(n, l.from) && o.counts(n, l.to);
}

arc arc_of(const precedence& l, std::uint32_t to, bool from_summary) {
  arc out{};
  out.to = to & (most_nodes - 1);
  out.type = static_cast<std::uint32_t>(l.type) & 3U;
  out.unit = static_cast<std::uint32_t>(l.unit) & 3U;
  out.from_summary = from_summary ? 1 : 0;
  out.lag = l.lag;
  return out;
}

// The arcs of the activities in the caller's order, and how many lead to each.
struct draft {
  std::vector<std::uint32_t> first, waits;
  std::vector<arc> arcs;
};

draft draft_of(const activity_network& n, const branches& o, const std::vector<leaf_link>& of_summaries) {
  const auto size = n.activities.size();
  draft d{std::vector<std::uint32_t>(size + 1), std::vector<std::uint32_t>(size), {}};
  const auto count = [&](std::uint32_t from, std::uint32_t to) {
    ++d.first[from + std::size_t{1}];
    ++d.waits[to];
  };
  for (const auto& l : n.links)
    if (joins_leaves(n, o, l)) count(l.from, l.to);
  for (const auto& l : of_summaries) count(l.from, l.to);
  for (std::size_t i = 0; i < size; ++i) d.first[i + 1] += d.first[i];
  d.arcs.resize(d.first[size]);
  auto at = d.first;
  for (const auto& l : n.links)
    if (joins_leaves(n, o, l)) d.arcs[at[l.from]++] = arc_of(l, l.to, false);
  for (const auto& l : of_summaries)
    d.arcs[at[l.from]++] = arc_of(n.links[l.link], l.to, o.is_summary(n.links[l.link].from));
  return d;
}

std::vector<std::uint32_t> order_of(const activity_network& n, const branches& o, draft& d) {
  std::vector<std::uint32_t> order;
  order.reserve(n.activities.size());
  for (std::uint32_t i = 0; i < n.activities.size(); ++i)
    if (d.waits[i] == 0 && o.counts(n, i)) order.push_back(i);
  for (std::size_t head = 0; head < order.size(); ++head)
    for (auto at = d.first[order[head]]; at < d.first[order[head] + std::size_t{1}]; ++at)
      if (const std::uint32_t to = d.arcs[at].to; --d.waits[to] == 0) order.push_back(to);
  return order;
}

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
  auto d = draft_of(n, o, of_summaries);
  snapshot out;
  out.order = order_of(n, o, d);
  std::size_t wanted = 0;
  for (std::uint32_t i = 0; i < n.activities.size(); ++i) wanted += std::size_t{o.counts(n, i)};
  if (out.order.size() != wanted) return {};
  auto node_of = std::move(d.waits);  // all zero now
  for (std::uint32_t k = 0; k < out.size(); ++k) node_of[out.order[k]] = k;
  out.first.reserve(out.order.size() + 1);
  out.arcs.reserve(d.arcs.size());
  for (const auto each : out.order) {
    out.first.push_back(static_cast<std::uint32_t>(out.arcs.size()));
    for (auto at = d.first[each]; at < d.first[each + std::size_t{1}]; ++at) {
      auto a = d.arcs[at];
      a.to = node_of[std::uint32_t{a.to}] & (most_nodes - 1);
      out.arcs.push_back(a);
    }
  }
  out.first.push_back(static_cast<std::uint32_t>(out.arcs.size()));
  return out;
}

}  // namespace vanthu::schedules
