// Agenda: what the rules of a task are counted from, for each of its items.
#include <algorithm>
#include <set>
#include <string_view>

#include "schedule/unfolding.hpp"

namespace vanthu::schedules {
namespace {

std::string_view word(anchor_kind kind) {
  switch (kind) {
    case anchor_kind::issued:
      return "issued";
    case anchor_kind::period_start:
      return "period-start";
    case anchor_kind::period_end:
      return "period-end";
    case anchor_kind::cut_off:
      return "cut-off";
    case anchor_kind::window_start:
      return "window-start";
    case anchor_kind::window_end:
      return "window-end";
    case anchor_kind::case_raised:
      return "case";
    case anchor_kind::task:
      break;
  }
  return {};
}

std::optional<date> day_of(const plan& p, const cell& c, anchor_kind kind) {
  switch (kind) {
    case anchor_kind::issued:
      return p.issued;
    case anchor_kind::period_start:
      return c.days.first;
    case anchor_kind::period_end:
      return c.days.last;
    case anchor_kind::cut_off:
      return c.cut_off;
    case anchor_kind::window_start:
      return c.frame ? std::optional{c.frame->first} : std::nullopt;
    case anchor_kind::window_end:
      return c.frame ? std::optional{c.frame->last} : std::nullopt;
    case anchor_kind::case_raised:
      return c.raised ? std::optional{c.raised->on} : std::nullopt;
    case anchor_kind::task:
      break;
  }
  return {};
}

amount wait_of(const moment_rule& rule) {
  if (const auto* m = std::get_if<after_anchor>(&rule)) return m->wait;
  if (const auto* m = std::get_if<before_anchor>(&rule)) return {-m->lead.count, m->lead.unit};
  return {0, time_unit::day};
}

class moment_finder {
 public:
  explicit moment_finder(unfolding& u) : u_(u) {}

  void run() {
    for (const auto& c : u_.cells) {
      known_.clear();
      for (std::uint32_t m = 0; m < c.members->size(); ++m) assign(c, m);
    }
  }

 private:
  using by_member = std::vector<std::optional<item_moment>>;

  void assign(const cell& c, std::uint32_t member) {
    const auto& t = u_.from.at(c.key.task);
    auto& work = u_.to.items[u_.work_of(c, member)];
    auto& end = u_.to.items[u_.end_of(c, member)];
    if (t.not_before) work.not_before = find(c, *t.not_before, nullptr)[member];
    if (t.target) end.target = work.target = find(c, t.target->when, &*t.target)[member];
    if (const auto* due = due_of(c, work)) work.due = find(c, due->when, due)[member];
    if (c.items_each > 1) assign_steps(c, member);
  }

  void assign_steps(const cell& c, std::uint32_t member) {
    const auto& shape = u_.from.shape(c.key.task);
    const auto& steps = shape.steps->steps;
    const auto work = u_.work_of(c, member);
    for (std::uint32_t i = 0; i < steps.size(); ++i) {
      auto& item = u_.to.items[work + 1 + i];
      if (steps[i].due) item.due = step_due(c, member, steps, i);
      if (i != shape.last_step) continue;
      (item.due ? item.task_due : item.due) = u_.to.items[work].due;
    }
  }

  std::optional<item_moment> step_due(const cell& c, std::uint32_t member, const std::vector<procedure_step>& steps,
                                      std::uint32_t step) {
    const auto& due = *steps[step].due;
    if (steps[step].anchor_step.empty()) return find(c, due.when, &due)[member];
    const auto at = std::ranges::find(steps, steps[step].anchor_step, &procedure_step::id);
    if (at == steps.end()) return {};
    auto m = frame_of(due.when, &due);
    m.after.push_back(u_.work_of(c, member) + 1 + static_cast<std::uint32_t>(at - steps.begin()));
    return m;
  }

  static item_moment frame_of(const moment_rule& rule, const deadline* d) {
    item_moment m;
    m.wait = wait_of(rule);
    m.rule = d;
    if (d) m.how = d->how;
    if (d) m.strict = d->strict;
    return m;
  }

  // The deadline of the task, else the one that its regime has for the level of who leads.
  const deadline* due_of(const cell& c, const work_item& w) {
    const auto& t = u_.from.at(c.key.task);
    if (t.due) return &*t.due;
    const auto* r = u_.from.shape(c.key.task).reports;
    if (!r) return nullptr;
    const deadline *of_group = nullptr, *of_member = nullptr, *of_all = nullptr;
    for (const auto& each : r->deadlines) {
      if (each.level.empty()) {
        if (!of_all) of_all = &each.due;
      } else if (each.level == w.lead.text) {
        return &each.due;
      } else if (each.level == t.each.text) {
        if (!of_group) of_group = &each.due;
      } else if (!of_member) {
        const auto& all = u_.members(each.level, field_of(u_.of(), w.task), c.members_on);
        if (std::ranges::find(all, w.lead) != all.end()) of_member = &each.due;
      }
    }
    return of_group ? of_group : of_member ? of_member : of_all;
  }

  // The moments of a rule for all members of a cell.
  const by_member& find(const cell& c, const moment_rule& rule, const deadline* d) {
    const auto [at, is_new] = known_.try_emplace(&rule);
    if (!is_new) return at->second;
    auto& out = at->second;
    out.resize(c.members->size());
    const auto* from = anchor_of(rule);
    if (from && from->kind == anchor_kind::task) {
      count_from_task(c, *from, frame_of(rule, d), out);
    } else if (const auto base = base_of(c, rule, from)) {
      auto m = frame_of(rule, d);
      m.base = *base;
      std::ranges::fill(out, m);
    }
    if (std::ranges::any_of(out, [](const auto& m) { return !m; })) remark(c, rule, d, from);
    return out;
  }

  std::optional<date> base_of(const cell& c, const moment_rule& rule, const anchor* from) const {
    if (const auto* fixed = std::get_if<on_date>(&rule)) return fixed->day;
    if (const auto* fixed = std::get_if<on_month_day>(&rule)) return in_year(u_.from.last_year(c.key), fixed->day);
    return from ? day_of(u_.of(), c, from->kind) : std::nullopt;
  }

  void count_from_task(const cell& c, const anchor& from, const item_moment& frame, by_member& out) {
    if (from.task >= u_.of().tasks.size()) return;
    std::vector<std::uint32_t> leaves;
    std::vector<cell_key> keys;
    u_.from.leaves(from.task, leaves);
    for (const auto leaf : leaves) u_.from.predecessors(c.key, leaf, false, keys);
    member_pairs pairs;
    for (const auto& key : keys) {
      const auto* before = u_.find(key);
      if (!before) continue;
      match_members(u_, *before, c, pairs);
      for (const auto& [there, here] : pairs) {
        if (!out[here]) out[here] = frame;
        out[here]->after.push_back(u_.end_of(*before, there));
      }
    }
  }

  void remark(const cell& c, const moment_rule& rule, const deadline* d, const anchor* from) {
    if (!said_.insert(&rule).second) return;
    const auto& t = u_.from.at(c.key.task);
    const auto name = !from                               ? std::string{}
                      : from->kind != anchor_kind::task   ? std::string(word(from->kind))
                      : from->task < u_.of().tasks.size() ? u_.from.at(from->task).id.text
                                                          : std::string{};
    u_.notes.push_back({severity::warning,
                        {"schedule.no-anchor", {u_.to.items[c.first_item].id.text, name}},
                        d ? d->where : t.where,
                        {}});
  }

  unfolding& u_;
  std::map<const moment_rule*, by_member> known_;  // of the cell at hand
  std::set<const moment_rule*> said_;
};

}  // namespace

void look_up_moments(unfolding& u) {
  moment_finder(u).run();
}

}  // namespace vanthu::schedules
