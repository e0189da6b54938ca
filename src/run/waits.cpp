#include "run/waits.hpp"

#include <algorithm>
#include <map>
#include <set>
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
  std::set<std::uint32_t> named;
  for (auto links = links_to(p.items, item); !links.empty();) {
    const auto group = same_rule(links);
    links = links.subspan(group.size());
    if (group.front().evidence_only || !counts(group.front().type)) continue;
    const auto met = [&](const item_link& l) { return is_met(p, l); };
    if (group.front().join == join_kind::any && std::ranges::any_of(group, met)) continue;
    for (const auto& l : group)
      if (!met(l) && named.insert(l.from).second) waiting.push_back(l.from);
  }
  return waiting;
}

// What follows when an item has an outcome, or ends without one. make_agenda() settles conditions in the same way for
// all items; here only those are asked that hang on what has changed, so that a command costs no unfolding.
class lapses {
 public:
  lapses(const picture& p, std::uint32_t item, const outcome_id& result) : p_(p), item_(item), result_(result) {
    for (const auto& l : p.items.links)
      if (l.condition) hanging_.emplace(work_of(p.items, l.from), l.to);
  }

  std::vector<item_id> run() {
    std::vector<std::uint32_t> changed{item_};
    for (std::size_t i = 0; i < changed.size(); ++i) {
      const auto [first, last] = hanging_.equal_range(changed[i]);
      for (auto each = first; each != last; ++each)
        if (!never_.contains(each->second) && has_failed(each->second)) {
          never_.insert(each->second);
          changed.push_back(each->second);
        }
    }
    return open_ones();
  }

 private:
  enum class verdict { came, failed, open };

  bool has_failed(std::uint32_t item) const {
    for (auto links = links_to(p_.items, item); !links.empty();) {
      const auto group = same_rule(links);
      links = links.subspan(group.size());
      const auto came = [&](const item_link& l) { return l.condition && verdict_on(l) == verdict::came; };
      const auto failed = [&](const item_link& l) { return l.condition && verdict_on(l) == verdict::failed; };
      const auto cannot = [&](const item_link& l) { return !l.condition || failed(l); };
      if (std::ranges::none_of(group, &item_link::condition)) continue;
      if (group.front().join == join_kind::any ? std::ranges::none_of(group, came) && std::ranges::all_of(group, cannot)
                                               : std::ranges::any_of(group, failed))
        return true;
    }
    return false;
  }

  verdict verdict_on(const item_link& l) const {
    const auto from = work_of(p_.items, l.from);
    const auto changes = from == item_;
    const auto& known = changes && !result_.empty() ? result_ : outcome_of(p_, l);
    if (!known.empty()) return known == wanted_outcome(p_, l) ? verdict::came : verdict::failed;
    const auto s = state_of(p_, from);
    const auto ends =
        (changes && result_.empty()) || never_.contains(from) || (is_final(s) && s != item_state::accepted);
    return ends ? verdict::failed : verdict::open;
  }

  // With their steps, in the order of the agenda.
  std::vector<item_id> open_ones() const {
    std::vector<item_id> out;
    const auto& items = p_.items.items;
    for (const auto work : never_)
      for (auto i = work; i < items.size() && (i == work || items[i].step != UINT32_MAX); ++i)
        if (!is_final(state_of(p_, i))) out.push_back(items[i].id);
    return out;
  }

  const picture& p_;
  std::uint32_t item_;
  const outcome_id& result_;
  std::multimap<std::uint32_t, std::uint32_t> hanging_;  // work -> items that hang on its outcome
  std::set<std::uint32_t> never_;
};

}  // namespace

const item_record* find_record(const run_state& s, const item_id& item) {
  const auto at = s.items.find(item);
  return at == s.items.end() ? nullptr : &at->second;
}

item_state state_of(const picture& p, std::uint32_t item) {
  const auto& known = record_of(p.state, p.items.items[item].id);
  return p.items.items[item].lapsed && !is_final(known.state) ? item_state::lapsed : known.state;
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

std::vector<item_id> lapsing_after(const picture& p, std::uint32_t item, const outcome_id& result) {
  return lapses(p, item, result).run();
}

}  // namespace vanthu::runs
