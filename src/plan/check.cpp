// What only the whole plan shows: links that leave open which items they join, inspections without their parties,
// agencies that are gone while their tasks go on.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

#include "plan/digraph.hpp"
#include "plan/reading.hpp"

namespace vanthu {
namespace {

// ---- Joins ---------------------------------------------------------------------------------------------------------

// For each task the group its items fan out to, "" for one item, and for a task with children what its leaves have in
// common: nothing when they differ.
std::vector<std::optional<std::string>> fan_outs(const plan& p) {
  std::vector<std::optional<std::string>> out(p.tasks.size());
  std::vector<char> met(p.tasks.size(), 0);
  for (std::size_t i = p.tasks.size(); i-- > 0;) {
    const auto& t = p.tasks[i];
    if (t.leaf) {
      out[i] = t.each.text;
      met[i] = 1;
    }
    if (t.parent == no_task || !met[i]) continue;
    if (!met[t.parent])
      out[t.parent] = out[i];
    else if (out[t.parent] != out[i])
      out[t.parent].reset();
    met[t.parent] = 1;
  }
  return out;
}

void check_joins(reading& r) {
  const auto fan_out = fan_outs(r.out);
  for (const auto& t : r.out.tasks) {
    for (const auto& l : t.after) {
      const auto& before = fan_out[l.task];
      const bool clear = before && (before->empty() || *before == t.each.text);
      if (!clear && l.join == join_kind::none)
        r.notes.error("plan.join-missing", l.where, {r.out.tasks[l.task].id.text, t.id.text});
    }
  }
}

// ---- Inspections ---------------------------------------------------------------------------------------------------

struct parties {
  bool state = false, mass = false;
  void add(const agency& a) {
    state = state || a.kind == agency_kind::state;
    mass = mass || a.kind == agency_kind::mass;
  }
};

// The kinds of agencies in each group, nested ones opened: each kind is carried from the groups that name an agency of
// it to the groups that hold them.
std::vector<parties> parties_of_groups(const reading& r) {
  const auto& groups = r.out.groups;
  std::vector<parties> out(groups.size());
  std::vector<std::vector<std::uint32_t>> held_by(groups.size());
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    for (const auto& m : groups[g].members) {
      if (const auto a = r.agencies.find(m.agency.text)) out[g].add(r.out.agencies[*a]);
      if (const auto inner = r.groups.find(m.group.text)) held_by[*inner].push_back(g);
    }
  }
  for (const auto kind : {&parties::state, &parties::mass}) {
    std::vector<std::uint32_t> open;
    for (std::uint32_t g = 0; g < groups.size(); ++g)
      if (out[g].*kind) open.push_back(g);
    while (!open.empty()) {
      const auto g = open.back();
      open.pop_back();
      for (const auto outer : held_by[g]) {
        if (out[outer].*kind) continue;
        out[outer].*kind = true;
        open.push_back(outer);
      }
    }
  }
  return out;
}

void check_inspections(reading& r) {
  std::vector<parties> groups;
  for (const auto& t : r.out.tasks) {
    if (!t.leaf || t.kind != "inspection") continue;
    if (groups.empty()) groups = parties_of_groups(r);
    parties all;
    const auto add = [&](const std::string& id) {
      if (const auto a = r.agencies.find(id)) all.add(r.out.agencies[*a]);
      if (const auto g = r.groups.find(id)) {
        all.state = all.state || groups[*g].state;
        all.mass = all.mass || groups[*g].mass;
      }
    };
    if (t.lead == "$case") continue;  // who leads is not known before the case
    add(t.lead == "$each" ? t.each.text : t.lead);
    for (const auto& each : t.support) add(each);
    if (!all.state || !all.mass) r.notes.error("plan.inspection-parties", t.where, {t.id.text});
  }
}

// ---- Agencies in time ----------------------------------------------------------------------------------------------

struct life {
  bool nobody = false, several = false;
  date nobody_on, several_on;
  std::vector<agency_id> heirs;
};

// Who answers for an agency over a span can only change on a day an agency begins, ends, or is succeeded.
std::set<date> turning_days(const plan& p) {
  std::set<date> out;
  for (const auto& a : p.agencies) {
    if (a.from) out.insert(*a.from);
    if (a.until) out.insert(*a.until + std::chrono::days{1});
  }
  for (const auto& s : p.successions) out.insert(s.on);
  return out;
}

life look_at(const agency_registry& registry, const std::set<date>& turns, const std::string& who,
             const std::string& field, date_range span) {
  life out;
  const auto look = [&](date on) {
    auto holders = registry.holders({who}, field, on);
    if (holders.empty() && !out.nobody) {
      out.nobody = true;
      out.nobody_on = on;
    }
    if (holders.size() > 1 && !out.several) {
      out.several = true;
      out.several_on = on;
      out.heirs = std::move(holders);
    }
  };
  look(span.first);
  for (auto day = turns.upper_bound(span.first); day != turns.end() && *day <= span.last; ++day) look(*day);
  return out;
}

std::string join_ids(const std::vector<agency_id>& ids) {
  constexpr std::size_t most = 12;
  std::string out;
  for (std::size_t i = 0; i < std::min(ids.size(), most); ++i) out += (out.empty() ? "" : ", ") + ids[i].text;
  return ids.size() > most ? out + ", …" : out;
}

// What became of agencies while their tasks went on. The agenda looks at every item anyway: a plan made to have too
// many days to look at is not looked at to the end.
class lives {
 public:
  explicit lives(const plan& p)
      : p_(p),
        registry_(registry_of(p)),
        turns_(turning_days(p)),
        looks_left_(std::size_t{20'000'000} / (1 + p.successions.size())) {}

  const life& of(const std::string& who, const std::string& field, date_range span) {
    auto [at, is_new] = known_.try_emplace({who, field, span.first, span.last});
    if (is_new && span.first <= span.last && turns_.size() < looks_left_) {
      looks_left_ -= turns_.size() + 1;
      at->second = look_at(registry_, turns_, who, field, span);
    }
    return at->second;
  }

  date_range span_of(const task& t) const {
    return {std::max(t.from.value_or(p_.from), p_.from), std::min(t.until.value_or(p_.until), p_.until)};
  }

 private:
  const plan& p_;
  agency_registry registry_;
  std::set<date> turns_;
  std::size_t looks_left_;
  std::map<std::tuple<std::string, std::string, date, date>, life> known_;
};

void check_leads(reading& r, lives& all) {
  for (const auto& t : r.out.tasks) {
    if (!t.leaf || !r.agencies.find(t.lead)) continue;
    const auto& found = all.of(t.lead, t.field, all.span_of(t));
    if (found.nobody) r.notes.error("plan.dead-agency", t.where, {t.lead, t.id.text, iso(found.nobody_on)});
    if (found.several)
      r.notes.warning("succession.many-heirs", t.where,
                      {t.lead, t.id.text, iso(found.several_on), join_ids(found.heirs)});
  }
}

// Somebody must be there to accept the work for as long as it may be handed in.
void check_acceptance(reading& r, lives& all) {
  const auto check = [&](const std::string& who, const std::string& field, date_range span, const location& where) {
    if (!r.agencies.find(who)) return;
    const auto& found = all.of(who, field, span);
    if (found.nobody) r.notes.error("plan.nobody-accepts", where, {who, iso(found.nobody_on)});
  };
  const element head{r.files.front().get(), r.files.front()->root()};
  check(r.out.issuer.text, r.out.field, {r.out.from, r.out.until}, head.where("issuer"));
  for (std::size_t i = 0; i < r.out.tasks.size(); ++i) {
    const auto& t = r.out.tasks[i];
    if (t.leaf && !t.accepts.empty()) check(t.accepts, t.field, all.span_of(t), r.task_elements[i].at.where("accepts"));
  }
}

// ---- Groups and successions that come back to themselves ------------------------------------------------------------

void remark_cycles(reading& r, const char* id, std::uint32_t nodes, const std::vector<edge>& edges,
                   const std::vector<location>& places, const auto& name_of) {
  for (const auto& cycle : digraph(nodes, edges).cycles()) {
    std::string names;
    std::vector<location> related;
    for (const auto& e : cycle) {
      if (related.size() < 20) names += name_of(e.from) + " → ";
      related.push_back(places[e.tag]);
    }
    if (cycle.size() > 20) names += "… → ";
    names += name_of(cycle.front().from);
    auto where = related.front();
    r.notes.error(id, std::move(where), {names}, std::move(related));
  }
}

void check_groups(reading& r) {
  std::vector<edge> edges;
  std::vector<location> places;
  for (std::uint32_t g = 0; g < r.out.groups.size(); ++g) {
    places.push_back(r.out.groups[g].where);
    for (const auto& m : r.out.groups[g].members)
      if (const auto inner = r.groups.find(m.group.text)) edges.push_back({g, *inner, g});
  }
  const auto name_of = [&](std::uint32_t g) { return r.out.groups[g].id.text; };
  remark_cycles(r, "plan.group-cycle", static_cast<std::uint32_t>(r.out.groups.size()), edges, places, name_of);
}

void check_successions(reading& r) {
  std::vector<edge> edges;
  std::vector<location> places;
  for (const auto& s : r.out.successions) {
    const auto from = r.agencies.find(s.from.text), to = r.agencies.find(s.to.text);
    if (from && to) edges.push_back({*from, *to, static_cast<std::uint32_t>(places.size())});
    places.push_back(s.where);
  }
  const auto name_of = [&](std::uint32_t a) { return r.out.agencies[a].id.text; };
  remark_cycles(r, "plan.succession-cycle", static_cast<std::uint32_t>(r.out.agencies.size()), edges, places, name_of);
}

void check_parents(reading& r) {
  std::vector<edge> edges;
  std::vector<location> places;
  for (std::uint32_t a = 0; a < r.out.agencies.size(); ++a) {
    places.push_back(r.out.agencies[a].where);
    if (const auto parent = r.agencies.find(r.out.agencies[a].parent.text)) edges.push_back({a, *parent, a});
  }
  const auto name_of = [&](std::uint32_t a) { return r.out.agencies[a].id.text; };
  remark_cycles(r, "plan.parent-cycle", static_cast<std::uint32_t>(r.out.agencies.size()), edges, places, name_of);
}

}  // namespace

void check_plan(reading& r) {
  check_joins(r);
  check_inspections(r);
  check_groups(r);
  check_successions(r);
  check_parents(r);
  lives all(r.out);
  check_leads(r, all);
  check_acceptance(r, all);
  check_times(r);
  check_cycles(r);
}

}  // namespace vanthu
