// Agenda: the items of a plan.
#include <algorithm>
#include <set>

#include "schedule/unfolding.hpp"

namespace vanthu {
namespace schedules {
namespace {

const std::vector<agency_id>& nobody_in_particular() {
  static const std::vector<agency_id> one{agency_id{}};
  return one;
}

date deciding_day(const cell& c) {
  if (c.frame) return c.frame->first;
  if (c.cut_off) return *c.cut_off;
  return c.days.first;
}

cell make_cell(unfolding& u, cell_key key) {
  cell c;
  c.raised = u.from.find_case(key);
  c.days = u.from.days(key);
  c.frame = u.from.frame(key);
  c.cut_off = u.from.cut_off(key);
  c.members_on = deciding_day(c);
  const auto& t = u.from.at(key.task);
  c.members =
      t.each.empty() ? &nobody_in_particular() : &u.members(t.each.text, field_of(u.of(), key.task), c.members_on);
  if (const auto* steps = u.from.shape(key.task).steps)
    c.items_each = 1 + static_cast<std::uint32_t>(std::min(steps->steps.size(), most_items));
  const bool said = !u.cells.empty() && u.cells.back().key.task == key.task && u.cells.back().members->empty();
  if (c.members->empty() && !said)
    u.notes.push_back(
        {severity::warning, {"schedule.no-member", {t.id.text, t.each.text, iso(c.members_on)}}, t.where, {}});
  c.key = std::move(key);
  return c;
}

std::string id_text(const unfolding& u, const cell& c, const agency_id& member) {
  auto text = u.from.at(c.key.task).id.text;
  if (c.key.when) text += "@" + to_string(*c.key.when);
  if (c.key.case_number != 0) text += "#" + std::to_string(c.key.case_number);
  if (!member.empty()) text += "/" + member.text;
  return text;
}

agency_id lead_of(const unfolding& u, const cell& c, const agency_id& member) {
  const auto& lead = u.from.at(c.key.task).lead;
  if (lead == "$each") return member;
  if (lead == "$case") return c.raised ? c.raised->by : agency_id{};
  return {lead};
}

// Who has the role: as the task binds it, else the lead, else the plan; the lead itself when nobody does.
agency_id role_holder(const unfolding& u, const cell& c, const std::string& role, const agency_id& lead) {
  const auto find = [&](const std::vector<role_binding>& among) {
    return std::ranges::find(among, role, &role_binding::name);
  };
  const auto* known = u.to.agencies.find(lead);
  const auto& own = u.from.at(c.key.task).roles;
  for (const auto* among : {&own, known ? &known->roles : &own, &u.of().roles})
    if (const auto at = find(*among); at != among->end()) return at->agency.empty() ? lead : at->agency;
  return lead;
}

std::vector<agency_id> support_of(unfolding& u, const cell& c) {
  std::vector<agency_id> all;
  std::set<agency_id> seen;
  for (const auto& each : u.from.at(c.key.task).support) {
    if (u.to.agencies.find({each})) {
      if (seen.insert({each}).second) all.push_back({each});
      continue;
    }
    for (const auto& member : u.members(each, field_of(u.of(), c.key.task), c.members_on))
      if (seen.insert(member).second) all.push_back(member);
  }
  return all;
}

work_item make_work(const unfolding& u, const cell& c, const agency_id& member, const std::vector<agency_id>& support) {
  const auto& t = u.from.at(c.key.task);
  work_item w;
  w.id.text = id_text(u, c, member);
  w.task = c.key.task;
  w.when = c.key.when;
  w.case_number = c.key.case_number;
  w.member = member;
  w.lead = lead_of(u, c, member);
  for (const auto& each : support)
    if (each != w.lead) w.support.push_back(each);
  w.days = c.days;
  w.window = c.frame;
  w.cut_off = c.cut_off;
  if (c.raised) w.raised = c.raised->on;
  w.duration = t.duration;
  if (c.items_each > 1 && !w.duration) w.duration = amount{0, time_unit::working_day};  // the steps are the work
  return w;
}

void add_steps(unfolding& u, const cell& c, std::uint32_t work) {
  const auto& steps = u.from.shape(c.key.task).steps->steps;
  for (std::uint32_t i = 0; i < steps.size(); ++i) {
    auto step = u.to.items[work];
    step.id.text += ":" + steps[i].id;
    step.step = i;
    step.lead = role_holder(u, c, steps[i].role, step.lead);
    step.duration = steps[i].duration;
    u.to.items.push_back(std::move(step));
  }
}

// Periods cut off by the plan or a task, one remark for all tasks that they are cut off for in the same way.
void remark_clipped(unfolding& u) {
  std::map<std::tuple<period, date, date>, std::vector<std::uint32_t>> clipped;
  for (const auto& c : u.cells)
    if (c.key.when && c.days != span(*c.key.when))
      clipped[{*c.key.when, c.days.first, c.days.last}].push_back(c.key.task);
  for (const auto& [what, tasks] : clipped) {
    const auto& [when, first, last] = what;
    diagnostic d{severity::note,
                 {"plan.period-clipped", {to_string(when), iso(first), iso(last), std::to_string(tasks.size())}},
                 u.from.at(tasks.front()).where,
                 {}};
    for (std::size_t i = 1; i < tasks.size(); ++i) d.related.push_back(u.from.at(tasks[i]).where);
    u.notes.push_back(std::move(d));
  }
}

}  // namespace

const std::string& field_of(const plan& p, std::uint32_t t) {
  return p.tasks[t].field.empty() ? p.field : p.tasks[t].field;
}

const cell* unfolding::find(const cell_key& k) const {
  const auto first = cells.begin() + first_cell[k.task], last = cells.begin() + first_cell[k.task + std::size_t{1}];
  const auto at = std::ranges::lower_bound(first, last, k, {}, &cell::key);
  return at == last || at->key != k ? nullptr : &*at;
}

const std::vector<agency_id>& unfolding::members(const std::string& group, const std::string& field, date on) {
  const auto [at, is_new] = opened_groups.try_emplace({group, field, on});
  if (is_new) at->second = to.agencies.members({group}, field, on);
  return at->second;
}

void unfold_items(unfolding& u, std::vector<cell_key> keys) {
  u.cells.reserve(keys.size());
  std::size_t count = 0, supports = 0;
  std::vector<std::vector<agency_id>> support;
  for (auto& key : keys) {
    auto c = make_cell(u, std::move(key));
    c.first_item = static_cast<std::uint32_t>(count);
    count += c.members->size() * c.items_each;
    support.push_back(support_of(u, c));
    supports += support.back().size() * c.members->size() * c.items_each;
    if (count > most_items || supports > most_links) {
      u.too_many = true;
      return;
    }
    u.cells.push_back(std::move(c));
  }
  u.first_cell.assign(u.of().tasks.size() + 1, 0);
  for (const auto& c : u.cells) ++u.first_cell[c.key.task + std::size_t{1}];
  for (std::size_t i = 1; i < u.first_cell.size(); ++i) u.first_cell[i] += u.first_cell[i - 1];
  u.to.items.reserve(count);
  for (std::size_t i = 0; i < u.cells.size(); ++i) {
    const auto& c = u.cells[i];
    for (const auto& member : *c.members) {
      const auto work = static_cast<std::uint32_t>(u.to.items.size());
      u.to.items.push_back(make_work(u, c, member, support[i]));
      if (c.items_each > 1) add_steps(u, c, work);
    }
  }
  remark_clipped(u);
}

}  // namespace schedules

namespace {

std::vector<std::uint32_t> sorted_by_id(const std::vector<work_item>& items) {
  std::vector<std::uint32_t> order(items.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](auto i) -> const item_id& { return items[i].id; });
  return order;
}

diagnostic too_many(const plan& p) {
  return {severity::error,
          {"schedule.too-many-items",
           {p.id.text, std::to_string(schedules::most_items), std::to_string(schedules::most_links)}},
          {},
          {}};
}

}  // namespace

namespace {

diagnostics remarks_on(const schedules::outline& shape) {
  diagnostics out;
  for (const auto& [task, what] : shape.bad_rules()) out.push_back({severity::error, what, shape.at(task).where, {}});
  return out;
}

}  // namespace

checked<agenda> make_agenda(const plan& p, date_range span, const facts& since) {
  const schedules::outline shape(p, since);
  if (!shape.bad_rules().empty()) return {{}, remarks_on(shape)};
  agenda a{{}, {}, {}, {}, registry_of(p, since), span};
  schedules::unfolding u{shape, a, {}, {}, {}, false, {}};
  auto keys = schedules::collect_cells(shape, span);
  if (!keys) return {{}, {too_many(p)}};
  schedules::unfold_items(u, std::move(*keys));
  if (!u.too_many) {
    schedules::look_up_moments(u);
    schedules::make_links(u);
  }
  if (u.too_many) return {{}, {too_many(p)}};
  schedules::settle_conditions(u);
  schedules::remark_on_holders(u);
  a.by_id = sorted_by_id(a.items);
  return {std::move(a), std::move(u.notes)};
}

std::uint32_t find_item(const agenda& a, const item_id& item) {
  const auto at = std::ranges::lower_bound(a.by_id, item, {}, [&](auto i) -> const item_id& { return a.items[i].id; });
  return at == a.by_id.end() || a.items[*at].id != item ? no_item : *at;
}

std::string title_of(const plan& p, const work_item& item) {
  const auto& t = p.tasks[item.task];
  if (item.step == UINT32_MAX || !t.makes) return t.title;
  const auto* steps = find_procedure(p, t.makes->steps);
  return steps ? t.title + ": " + steps->steps[item.step].title : t.title;
}

std::vector<agency_id> holders(const agenda& a, const plan& p, std::uint32_t item, date on) {
  const auto& w = a.items[item];
  return a.agencies.holders(w.lead, schedules::field_of(p, w.task), on);
}

}  // namespace vanthu
