#include "run/unfold.hpp"

#include <algorithm>
#include <variant>

#include "run/who.hpp"

namespace vanthu::runs {
namespace {

// What decides which items are conditional or lapsed.
facts conditions_of(const run_state& s) {
  facts out;
  for (const auto& [item, r] : s.items) {
    const bool closed = is_final(r.state) && r.state != item_state::accepted;
    if (r.result.empty() && !closed) continue;
    auto& f = out.items[item];
    f.result = r.result;
    f.closed_unfinished = closed;
  }
  return out;
}

std::uint32_t task_of(const anchor& a) {
  return a.kind == anchor_kind::task ? a.task : no_task;
}
struct named_task {
  std::uint32_t operator()(const on_date&) const { return no_task; }
  std::uint32_t operator()(const on_month_day&) const { return no_task; }
  std::uint32_t operator()(const on_anchor& m) const { return task_of(m.at); }
  std::uint32_t operator()(const after_anchor& m) const { return task_of(m.from); }
  std::uint32_t operator()(const before_anchor& m) const { return task_of(m.to); }
};

std::vector<std::uint32_t> tasks_named_by(const task& t) {
  std::vector<std::uint32_t> out;
  for (const auto& l : t.after) out.push_back(l.task);
  if (t.not_before) out.push_back(std::visit(named_task{}, *t.not_before));
  if (t.due) out.push_back(std::visit(named_task{}, t.due->when));
  if (t.target) out.push_back(std::visit(named_task{}, t.target->when));
  std::erase(out, no_task);
  return out;
}

// Whether something outside a kind of case waits for what is inside it: a case then changes items that were there.
bool others_wait_for_cases(const plan& p) {
  std::vector<std::uint32_t> inside(p.tasks.size(), no_task);  // the kind of case a task belongs to or holds
  for (auto t = static_cast<std::uint32_t>(p.tasks.size()); t-- > 0;) {
    if (const auto own = case_task(p, t); own != no_task) inside[t] = own;
    if (inside[t] != no_task && p.tasks[t].parent != no_task) inside[p.tasks[t].parent] = inside[t];
  }
  for (std::uint32_t t = 0; t < p.tasks.size(); ++t)
    for (const auto named : tasks_named_by(p.tasks[t]))
      if (inside[named] != no_task && inside[named] != case_task(p, t)) return true;
  return false;
}

// One agenda's items among those of another.
class addition {
 public:
  addition(agenda& to, agenda more, int case_number) : to_(to), more_(std::move(more)) {
    auto next = static_cast<std::uint32_t>(to.items.size());
    for (const auto& w : more_.items) place_.push_back(w.case_number == case_number ? next++ : find_item(to, w.id));
  }

  void run() {
    const auto old = to_.items.size();
    for (std::uint32_t i = 0; i < place_.size(); ++i) {
      if (place_[i] == no_item || place_[i] < old) continue;
      add_links(i);
      add_item(std::move(more_.items[i]));
    }
  }

 private:
  void add_links(std::uint32_t item) {
    for (auto l = more_.first[item]; l < more_.first[item + std::size_t{1}]; ++l) {
      auto link = more_.links[l];
      link.from = place_[link.from];
      link.to = place_[link.to];
      to_.links.push_back(link);
    }
    to_.first.push_back(static_cast<std::uint32_t>(to_.links.size()));
  }

  void add_item(work_item w) {
    for (auto* moment : {&w.not_before, &w.due, &w.target, &w.task_due})
      if (*moment)
        for (auto& each : (*moment)->after) each = place_[each];
    const auto before = [&](const item_id& id, std::uint32_t other) { return id < to_.items[other].id; };
    const auto at = std::upper_bound(to_.by_id.begin(), to_.by_id.end(), w.id, before);
    to_.by_id.insert(at, static_cast<std::uint32_t>(to_.items.size()));
    to_.items.push_back(std::move(w));
  }

  agenda& to_;
  agenda more_;
  std::vector<std::uint32_t> place_;  // of each item of more_ in to_
};

void add_case(picture& p, const raised_case& c) {
  auto since = conditions_of(p.state);
  since.cases = {c};
  addition(p.items, make_agenda(p.following(), {c.on, c.on}, since).take(), c.number).run();
}

}  // namespace

picture unfold(run_state state, calendars days) {
  const auto since = facts_of(state);
  const auto& p = *state.following;
  auto items = make_agenda(p, {p.from, p.until}, since).take();
  return {std::move(state), std::move(items), {}, std::move(days), {}};
}

void unfold_cases(picture& p, std::size_t known) {
  const auto& cases = p.state.cases;
  if (cases.size() == known) return;
  if (cases.size() == known + 1 && !others_wait_for_cases(p.following()))
    add_case(p, cases.back());
  else
    p = unfold(std::move(p.state), std::move(p.days));
}

checked<schedule> dates_of(const picture& p, date as_of) {
  return make_schedule(p.items, p.following(), p.days, facts_of(p.state, as_of), {civil_minute{as_of}});
}

}  // namespace vanthu::runs
