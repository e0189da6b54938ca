#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "vanthu/agency.hpp"

namespace vanthu {

bool is_assumed(const provenance& ground, std::string_view attribute) {
  return ground.kind == basis::assumption || std::ranges::find(ground.assumed, attribute) != ground.assumed.end();
}

namespace {

template <class Key>
using index_by_text = std::unordered_map<std::string, Key>;

}  // namespace

struct agency_registry::tables {
  std::vector<agency> agencies;
  std::vector<agency_group> groups;
  std::vector<succession> successions;
  index_by_text<std::size_t> agency_at, group_at;
  index_by_text<std::vector<std::size_t>> heirs_of;  // successions by their `from`, in file order

  const agency* find(const agency_id& a) const {
    const auto at = agency_at.find(a.text);
    return at == agency_at.end() ? nullptr : &agencies[at->second];
  }

  // The successions of `a` that count on `on`: those of the field if there are any, else those without one. Once the
  // agency has ended its duties are somebody's, even when the succession is dated later.
  std::vector<const succession*> successions_of(const agency& a, std::string_view field, date on) const {
    const auto known = heirs_of.find(a.id.text);
    if (known == heirs_of.end()) return {};
    for (const bool in_effect : {true, false}) {
      if (!in_effect && !(a.until && *a.until < on)) break;
      std::vector<const succession*> of_field, of_none;
      for (const auto index : known->second) {
        const auto& s = successions[index];
        if (in_effect && s.on > on) continue;
        if (s.field.empty())
          of_none.push_back(&s);
        else if (s.field == field)
          of_field.push_back(&s);
      }
      if (!of_field.empty()) return of_field;
      if (!of_none.empty()) return of_none;
    }
    return {};
  }

  // Whether `a` has handed on what it had: it ended, or all its duties passed although no last day is written.
  bool has_ended(const agency& a, const std::vector<const succession*>& to, date on) const {
    if (a.until) return *a.until < on;
    return !to.empty() && to.front()->field.empty();
  }
};

agency_registry::agency_registry(std::vector<agency> agencies, std::vector<agency_group> groups,
                                 std::vector<succession> successions) {
  auto t = std::make_shared<tables>();
  t->agencies = std::move(agencies);
  t->groups = std::move(groups);
  t->successions = std::move(successions);
  for (std::size_t i = 0; i < t->agencies.size(); ++i) t->agency_at.emplace(t->agencies[i].id.text, i);
  for (std::size_t i = 0; i < t->groups.size(); ++i) t->group_at.emplace(t->groups[i].id.text, i);
  for (std::size_t i = 0; i < t->successions.size(); ++i) t->heirs_of[t->successions[i].from.text].push_back(i);
  tables_ = std::move(t);
}

const agency* agency_registry::find(const agency_id& a) const {
  return tables_->find(a);
}

std::vector<agency_id> agency_registry::holders(const agency_id& a, std::string_view field, date on) const {
  std::vector<agency_id> found;
  std::unordered_set<std::string> seen;
  std::vector<agency_id> open{a};
  while (!open.empty()) {
    const auto next = std::move(open.back());
    open.pop_back();
    const auto* at = tables_->find(next);
    if (!at || !seen.insert(next.text).second) continue;
    if (at->from && on < *at->from) continue;
    const auto to = tables_->successions_of(*at, field, on);
    const bool field_passed = !to.empty() && !to.front()->field.empty();
    if (!field_passed && !tables_->has_ended(*at, to, on)) {
      found.push_back(next);
      continue;
    }
    for (auto s = to.rbegin(); s != to.rend(); ++s) open.push_back((*s)->to);
  }
  return found;
}

std::vector<agency_id> agency_registry::members(const group_id& g, std::string_view field, date on) const {
  std::vector<agency_id> found;
  std::unordered_set<std::string> seen_agencies, seen_groups;
  std::vector<group_member> open{{{}, g}};
  while (!open.empty()) {
    const auto next = std::move(open.back());
    open.pop_back();
    if (!next.agency.empty()) {
      for (auto& holder : holders(next.agency, field, on))
        if (seen_agencies.insert(holder.text).second) found.push_back(std::move(holder));
      continue;
    }
    const auto at = tables_->group_at.find(next.group.text);
    if (at == tables_->group_at.end() || !seen_groups.insert(next.group.text).second) continue;
    const auto& inside = tables_->groups[at->second].members;
    open.insert(open.end(), inside.rbegin(), inside.rend());
  }
  return found;
}

bool agency_registry::exists(const agency_id& a, date on) const {
  const auto* at = tables_->find(a);
  return at && !(at->from && on < *at->from) && !(at->until && *at->until < on);
}

bool agency_registry::is_heir(const agency_id& heir, const agency_id& of, std::string_view field, date on) const {
  if (heir == of) return true;
  const auto all = holders(of, field, on);
  return std::ranges::find(all, heir) != all.end();
}

}  // namespace vanthu
