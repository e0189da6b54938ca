#include "run/waits.hpp"

#include <algorithm>
#include <map>

namespace vanthu::runs {
namespace {

constexpr std::uint32_t step_rule = UINT32_MAX;

const item_record& record_of(const run_state& s, const item_id& item) {
  static const item_record untouched;
  const auto* known = find_record(s, item);
  return known ? *known : untouched;
}

std::span<const item_link> links_to(const agenda& a, std::uint32_t item) {
  return {a.links.data() + a.first[item], a.links.data() + a.first[item + 1]};
}

const outcome_id& wanted_outcome(const picture& p, const item_link& l) {
  return p.following().tasks[p.items.items[l.to].task].after[l.rule].only_if;
}

// The links of one rule stand together: fan-out makes many of one <after>.
std::span<const item_link> same_rule(std::span<const item_link> links) {
  const auto rule = links.front().rule;
  std::size_t n = 1;
  while (n < links.size() && links[n].rule == rule && rule != step_rule) ++n;
  return links.first(n);
}

bool is_met(const picture& p, const item_link& l) {
  const auto& from = record_of(p.state, p.items.items[l.from].id);
  if (l.type == link_type::ss || l.type == link_type::sf) return from.started || is_final(from.state);
  const auto done = is_final(from.state) || (l.done_when_submitted && from.state == item_state::submitted);
  return done && (!l.condition || from.result == wanted_outcome(p, l));
}

template <class Kind>
std::vector<std::uint32_t> unmet(const picture& p, std::uint32_t item, Kind counts) {
  std::vector<std::uint32_t> waiting;
  for (auto links = links_to(p.items, item); !links.empty();) {
    const auto group = same_rule(links);
    links = links.subspan(group.size());
    if (group.front().evidence_only || !counts(group.front().type)) continue;
    const auto met = [&](const item_link& l) { return is_met(p, l); };
    if (group.front().join == join_kind::any && std::ranges::any_of(group, met)) continue;
    for (const auto& l : group)
      if (!met(l) && std::ranges::find(waiting, l.from) == waiting.end()) waiting.push_back(l.from);
  }
  return waiting;
}

// Follows conditions from what has just been settled to what can no longer happen.
class lapse_search {
 public:
  explicit lapse_search(const picture& p) : p_(p) {
    for (std::uint32_t i = 0; i < p.items.links.size(); ++i)
      if (const auto& l = p.items.links[i]; l.condition || l.rule == step_rule) leaving_.emplace(l.from, i);
  }

  std::vector<lapse> run(std::uint32_t item, const outcome_id& result) {
    settled_[item] = result;
    follow(item, false);
    for (std::size_t i = 0; i < found_.size(); ++i) follow(found_[i].item, true);
    return std::move(found_);
  }

 private:
  void follow(std::uint32_t from, bool lapsed) {
    const auto [first, last] = leaving_.equal_range(from);
    for (auto at = first; at != last; ++at) {
      const auto& l = p_.items.links[at->second];
      if (settled_.contains(l.to) || is_final(state_of(p_.state, p_.items.items[l.to].id))) continue;
      if (l.condition ? !is_lost(l) : !lapsed) continue;
      settled_[l.to] = {};
      found_.push_back({l.to, from, settled_[from]});
    }
  }

  // Of join="any" all have to fail; of everything else one is enough.
  bool is_lost(const item_link& l) const {
    if (l.join != join_kind::any) return fails(l);
    return std::ranges::all_of(links_to(p_.items, l.to),
                               [&](const item_link& other) { return other.rule != l.rule || fails(other); });
  }

  bool fails(const item_link& l) const {
    const auto& from = record_of(p_.state, p_.items.items[l.from].id);
    const auto now = settled_.find(l.from);
    const auto& result = now != settled_.end() ? now->second : from.result;
    if (!result.empty()) return result != wanted_outcome(p_, l);
    return now != settled_.end() || (is_final(from.state) && from.state != item_state::accepted);
  }

  const picture& p_;
  std::multimap<std::uint32_t, std::uint32_t> leaving_;  // from -> link
  std::map<std::uint32_t, outcome_id> settled_;
  std::vector<lapse> found_;
};

}  // namespace

const item_record* find_record(const run_state& s, const item_id& item) {
  const auto at = s.items.find(item);
  return at == s.items.end() ? nullptr : &at->second;
}

item_state state_of(const run_state& s, const item_id& item) {
  return record_of(s, item).state;
}

std::vector<std::uint32_t> keep_from_start(const picture& p, std::uint32_t item) {
  return unmet(p, item, [](link_type t) { return t == link_type::fs || t == link_type::ss; });
}

std::vector<std::uint32_t> keep_from_finish(const picture& p, std::uint32_t item) {
  return unmet(p, item, [](link_type t) { return t == link_type::ff || t == link_type::sf; });
}

std::vector<lapse> lapsing_after(const picture& p, std::uint32_t item, const outcome_id& result) {
  return lapse_search(p).run(item, result);
}

}  // namespace vanthu::runs
