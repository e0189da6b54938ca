#include "schedule/snapshot.hpp"

namespace vanthu::schedules {
namespace {

bool joins_leaves(const activity_network& n, const branches& o, const precedence& l) {
  return o.counts(n, l.from) && o.counts(n, l.to);
}

class builder {
 public:
  builder(const activity_network& n, const branches& o, const std::vector<leaf_link>& of_summaries)
      : n_(n), o_(o), of_summaries_(of_summaries) {}

  std::optional<snapshot> run() {
    collect();
    sort();
    std::size_t wanted = 0;
    for (std::uint32_t i = 0; i < n_.activities.size(); ++i) wanted += std::size_t{o_.counts(n_, i)};
    if (out_.order.size() != wanted) return {};
    for (std::uint32_t k = 0; k < out_.size(); ++k) waits_[out_.order[k]] = k;  // all were zero
    for (auto& each : out_.ends) each.to = waits_[std::uint32_t{each.to}] & (most_nodes - 1);
    for (auto& each : out_.arcs) each.end.to = waits_[std::uint32_t{each.end.to}] & (most_nodes - 1);
    return std::move(out_);
  }

 private:
  template <class Visit>
  void each_link(Visit visit) const {
    for (const auto& l : n_.links)
      if (joins_leaves(n_, o_, l)) visit(l.from, l.to, l, false);
    for (const auto& l : of_summaries_) visit(l.from, l.to, n_.links[l.link], o_.is_summary(n_.links[l.link].from));
  }

  // Links by where they begin. While they are put in their places, first[a + 1] is where the next one of a goes.
  void collect() {
    const auto size = n_.activities.size();
    out_.first.resize(size + 2);
    waits_.resize(size);
    bool has_lags = false;
    each_link([&](std::uint32_t from, std::uint32_t to, const precedence& l, bool) {
      ++out_.first[from + std::size_t{2}];
      ++waits_[to];
      has_lags = has_lags || l.lag != 0;
    });
    for (std::size_t i = 2; i < size + 2; ++i) out_.first[i] += out_.first[i - 1];
    if (has_lags)
      out_.arcs.resize(out_.first.back());
    else
      out_.ends.resize(out_.first.back());
    each_link([&](std::uint32_t from, std::uint32_t to, const precedence& l, bool from_summary) {
      const auto at = out_.first[from + std::size_t{1}]++;
      auto& end = out_.end_at(at);
      end.to = to & (most_nodes - 1);
      end.type = static_cast<std::uint32_t>(l.type) & 3U;
      end.unit = static_cast<std::uint32_t>(l.unit) & 3U;
      end.from_summary = from_summary ? 1 : 0;
      if (has_lags) out_.arcs[at].lag = l.lag;
    });
    out_.first.pop_back();
  }

  void sort() {
    auto& order = out_.order;
    order.reserve(n_.activities.size());
    for (std::uint32_t i = 0; i < n_.activities.size(); ++i)
      if (waits_[i] == 0 && o_.counts(n_, i)) order.push_back(i);
    for (std::uint32_t head = 0; head < order.size(); ++head) {
      out_.fetch_ahead(head + near_ahead, head + far_ahead);
      for (auto at = out_.begin(head); at < out_.end(head); ++at)
        if (const std::uint32_t to = out_.end_at(at).to; --waits_[to] == 0) order.push_back(to);
    }
  }

  const activity_network& n_;
  const branches& o_;
  const std::vector<leaf_link>& of_summaries_;
  std::vector<std::uint32_t> waits_;  // how many links to each activity are still to come
  snapshot out_;
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
  return builder(n, o, of_summaries).run();
}

}  // namespace vanthu::schedules
