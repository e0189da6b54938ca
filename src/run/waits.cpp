#include "run/waits.hpp"

#include <algorithm>
#include <span>

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

// An outcome belongs to the work, also when the link comes from a step.
const outcome_id& outcome_of(const picture& p, const item_link& l) {
  return record_of(p.state, p.items.items[work_of(p.items, l.from)].id).result;
}

// The links of one rule stand together: fan-out makes many of one <after>.
std::span<const item_link> same_rule(std::span<const item_link> links) {
  const auto rule = links.front().rule;
  std::size_t n = 1;
  while (n < links.size() && links[n].rule == rule && rule != step_rule) ++n;
  return links.first(n);
}

bool is_met(const picture& p, const item_link& l) {
  const auto s = state_of(p, l.from);
  if (l.type == link_type::ss || l.type == link_type::sf)
    return is_final(s) || record_of(p.state, p.items.items[l.from].id).started;
  const auto done = is_final(s) || (l.done_when_submitted && s == item_state::submitted);
  return done && (!l.condition || outcome_of(p, l) == wanted_outcome(p, l));
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

// Steps stand behind the work they belong to.
std::uint32_t work_of(const agenda& a, std::uint32_t item) {
  while (item > 0 && a.items[item].step != UINT32_MAX) --item;
  return item;
}

// The agenda knows: it is unfolded as it will be.
std::vector<item_id> lapsing_after(const picture& p, std::uint32_t item, const outcome_id& result) {
  auto then = facts_of(p.state);
  auto& fact = then.items[p.items.items[item].id];
  fact.result = result;
  fact.closed_unfinished = result.empty();
  std::vector<item_id> lapsing;
  for (const auto& each : make_agenda(p.following(), p.items.span, then).take().items)
    if (each.lapsed && !is_final(record_of(p.state, each.id).state)) lapsing.push_back(each.id);
  return lapsing;
}

}  // namespace vanthu::runs
