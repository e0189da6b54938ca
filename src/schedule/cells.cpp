#include "schedule/cells.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace vanthu::schedules {
namespace {

using std::chrono::last;
using std::chrono::month_day;
using std::chrono::year;

constexpr bool is_empty(date_range r) {
  return r.last < r.first;
}
constexpr date_range intersect(date_range a, date_range b) {
  return {std::max(a.first, b.first), std::min(a.last, b.last)};
}
constexpr bool contains(date_range outer, date_range inner) {
  return outer.first <= inner.first && inner.last <= outer.last;
}

date_range days_of(int y, const window& w) {
  const bool over_new_year = w.until < w.from;
  return {in_year(y, w.from), in_year(over_new_year ? y + 1 : y, w.until)};
}

// Months of a period; a day is the finest.
int width(period_kind kind) {
  switch (kind) {
    case period_kind::year:
      return 12;
    case period_kind::nine_months:
      return 9;
    case period_kind::half_year:
      return 6;
    case period_kind::quarter:
      return 3;
    case period_kind::month:
      return 1;
    case period_kind::day:
      break;
  }
  return 0;
}

// «h1» picks 2023-h1 and 2024-h1.
bool is_picked(const recurrence& every, const period& p) {
  if (every.only.empty()) return true;
  const auto text = to_string(p);
  const auto dash = text.find('-');
  if (dash == std::string::npos) return false;
  return std::ranges::find(every.only, text.substr(dash + 1)) != every.only.end();
}

std::uint32_t last_step_of(const procedure& steps) {
  std::set<std::string_view> followed;
  for (const auto& each : steps.steps) followed.insert(each.after.begin(), each.after.end());
  for (auto i = steps.steps.size(); i-- > 0;)
    if (!followed.contains(steps.steps[i].id)) return static_cast<std::uint32_t>(i);
  return static_cast<std::uint32_t>(steps.steps.size() - 1);
}

template <class Thing>
std::unordered_map<std::string_view, const Thing*> by_id(const std::vector<Thing>& all) {
  std::unordered_map<std::string_view, const Thing*> out;
  for (const auto& each : all) out.emplace(each.id.text, &each);
  return out;
}

template <class Table>
auto look_up(const Table& table, const std::string& id) -> typename Table::mapped_type {
  const auto at = table.find(id);
  return at == table.end() ? nullptr : at->second;
}

}  // namespace

std::optional<period_kind> kind_of(recurrence_kind r) {
  return r == recurrence_kind::rrule ? period_kind::day : period_of(r);
}

const anchor* anchor_of(const moment_rule& rule) {
  if (const auto* m = std::get_if<on_anchor>(&rule)) return &m->at;
  if (const auto* m = std::get_if<after_anchor>(&rule)) return &m->from;
  if (const auto* m = std::get_if<before_anchor>(&rule)) return &m->to;
  return nullptr;
}

outline::outline(const plan& p, const facts& since) : p_(p), since_(since), shapes_(p.tasks.size()) {
  const auto windows = by_id(p.windows);
  const auto regimes = by_id(p.regimes);
  const auto procedures = by_id(p.procedures);
  std::unordered_map<std::string_view, std::uint32_t> tasks;
  std::vector<std::uint32_t> last_child(p.tasks.size(), no_task);
  for (std::uint32_t i = 0; i < p.tasks.size(); ++i) {
    const auto& t = p.tasks[i];
    auto& s = shapes_[i];
    s.days = intersect({p.from, p.until}, {t.from.value_or(p.from), t.until.value_or(p.until)});
    s.frame = look_up(windows, t.window.text);
    s.reports = look_up(regimes, t.regime.text);
    if (t.makes) s.steps = look_up(procedures, t.makes->steps.text);
    if (s.steps && s.steps->steps.empty()) s.steps = nullptr;
    if (s.steps) s.last_step = last_step_of(*s.steps);
    if (t.every.kind == recurrence_kind::on_case) {
      const auto above = t.parent == no_task ? no_task : shapes_[t.parent].case_root;
      s.case_root = above == no_task ? i : above;
    }
    tasks.emplace(t.id.text, i);
    if (t.parent == no_task) continue;
    auto& after = last_child[t.parent];
    (after == no_task ? shapes_[t.parent].first_child : shapes_[after].next) = i;
    after = i;
  }
  for (std::uint32_t i = 0; i < p.tasks.size(); ++i)
    if (p.tasks[i].leaf && p.tasks[i].every.kind == recurrence_kind::rrule) expand_rule(i);
  for (auto i = p.tasks.size(); i-- > 0;)
    if (const auto parent = p.tasks[i].parent; parent != no_task) shapes_[parent].size += shapes_[i].size;
  for (const auto& each : since.cases)
    if (const auto at = tasks.find(each.task.text); at != tasks.end() && shapes_[at->second].case_root != no_task)
      cases_[shapes_[at->second].case_root].push_back(&each);
  for (auto& [root, all] : cases_) std::ranges::stable_sort(all, {}, &raised_case::number);
}

// The rule begins on the first day of the task.
void outline::expand_rule(std::uint32_t leaf) {
  const auto& days = shapes_[leaf].days;
  if (is_empty(days)) return;
  auto times = rrule_times(p_.tasks[leaf].every.rrule, civil_minute{days.first},
                           civil_minute{days.last + std::chrono::days{1}} - std::chrono::minutes{1}, most_items + 1);
  if (!times) {
    bad_rules_.emplace_back(leaf, times.notes.front().what);
    return;
  }
  auto& out = rule_days_[leaf];
  for (const auto t : *times) {
    const auto d = std::chrono::floor<std::chrono::days>(t);
    if (out.empty() || out.back() < d) out.push_back(d);
  }
}

const std::vector<date>& outline::rule_days(std::uint32_t leaf) const {
  static const std::vector<date> none;
  const auto at = rule_days_.find(leaf);
  return at == rule_days_.end() ? none : at->second;
}

const raised_case* outline::find_case(const cell_key& k) const {
  if (k.case_number == 0) return nullptr;
  const auto all = cases_.find(shapes_[k.task].case_root);
  if (all == cases_.end()) return nullptr;
  const auto at = std::ranges::lower_bound(all->second, k.case_number, {}, &raised_case::number);
  return at == all->second.end() || (*at)->number != k.case_number ? nullptr : *at;
}

void outline::leaves(std::uint32_t t, std::vector<std::uint32_t>& out) const {
  auto at = t;
  while (at != no_task) {
    if (p_.tasks[at].leaf) out.push_back(at);
    if (const auto child = shapes_[at].first_child; child != no_task) {
      at = child;
      continue;
    }
    while (at != t && shapes_[at].next == no_task) at = p_.tasks[at].parent;
    at = at == t ? no_task : shapes_[at].next;
  }
}

bool outline::has(std::uint32_t leaf, const period& p) const {
  if (p.kind == period_kind::day) return std::ranges::binary_search(rule_days(leaf), span(p).first);
  return !is_empty(intersect(span(p), shapes_[leaf].days)) && is_picked(p_.tasks[leaf].every, p);
}

date_range outline::whole(const cell_key& k) const {
  if (k.when) return span(*k.when);
  if (const auto* raised = find_case(k)) return {raised->on, raised->on};
  return shapes_[k.task].days;
}

date_range outline::days(const cell_key& k) const {
  const auto& bounds = shapes_[k.task].days;
  if (k.when) return intersect(span(*k.when), bounds);
  if (const auto* raised = find_case(k)) return {raised->on, std::max(raised->on, bounds.last)};
  return bounds;
}

// Of the windows of all years the first that begins in the period; for want of one, the first that shares a day with
// it; else that of the period's last year.
std::optional<date_range> outline::frame(const cell_key& k) const {
  const auto* w = shapes_[k.task].frame;
  if (!w) return {};
  const auto around = whole(k);
  const int first = year_of(around.first) - 1, end = std::min(year_of(around.last), first + 2);
  for (int y = first; y <= end; ++y)
    if (const auto days = days_of(y, *w); around.contains(days.first)) return days;
  for (int y = first; y <= end; ++y)
    if (const auto days = days_of(y, *w); !is_empty(intersect(days, around))) return days;
  return days_of(year_of(around.last), *w);
}

std::optional<date> outline::cut_off(const cell_key& k) const {
  const auto* r = shapes_[k.task].reports;
  if (!r) return {};
  const auto around = whole(k);
  if (r->cut_off_case) {
    const auto* raised = find_case(k);
    return raised ? std::optional{raised->on} : std::nullopt;
  }
  if (r->cut_off_day) return in_year(year_of(around.last), *r->cut_off_day);
  if (!r->cut_off_kind) return {};
  if (k.when && k.when->kind == *r->cut_off_kind) return report_window(*k.when).last;
  const auto periods =
      periods_in(*r->cut_off_kind, {std::max(around.first, around.last - std::chrono::days{366}), around.last});
  return periods.empty() ? std::nullopt : std::optional{report_window(periods.back()).last};
}

void outline::cells_in(std::uint32_t leaf, date_range within, std::vector<cell_key>& out) const {
  const auto& s = shapes_[leaf];
  if (p_.tasks[leaf].every.kind == recurrence_kind::once && !is_empty(s.days)) out.push_back({leaf, {}, 0});
  if (s.case_root != no_task)
    if (const auto all = cases_.find(s.case_root); all != cases_.end())
      for (const auto* each : all->second) out.push_back({leaf, {}, each->number});
  if (const auto kind = kind_of(p_.tasks[leaf].every.kind)) periods_inside(leaf, *kind, within, false, out);
}

void outline::periods_inside(std::uint32_t leaf, period_kind kind, date_range within, bool whole_only,
                             std::vector<cell_key>& out) const {
  if (kind == period_kind::day) {
    const auto& all = rule_days(leaf);
    for (auto at = std::ranges::lower_bound(all, within.first); at != all.end() && *at <= within.last; ++at)
      out.push_back({leaf, period{period_kind::day, year_of(*at), 1, *at}, 0});
    return;
  }
  for (const auto& p : periods_in(kind, intersect(within, shapes_[leaf].days)))
    if (has(leaf, p) && (!whole_only || contains(within, span(p)))) out.push_back({leaf, p, 0});
}

std::optional<period> outline::around(std::uint32_t leaf, period_kind kind, date_range inner) const {
  for (const auto& p : periods_in(kind, {inner.first, inner.first}))
    if (contains(span(p), inner) && has(leaf, p)) return p;
  return {};
}

// The last period of the task that ends before the one with the day `d` in it begins; `only` skips less than a year.
std::optional<period> outline::before(std::uint32_t leaf, period_kind kind, date d) const {
  constexpr int a_year_of_months = 12;
  if (kind == period_kind::day) {
    const auto& all = rule_days(leaf);
    const auto at = std::ranges::lower_bound(all, d);
    return at == all.begin() ? std::nullopt : parse_period(iso(*std::prev(at)));
  }
  const auto near = periods_in(kind, {d - std::chrono::days{366}, d});
  if (near.empty()) return {};
  std::optional<period> p = near.back();
  if (span(*p).contains(d)) p = vanthu::previous(*p);
  for (int i = 0; p && i < a_year_of_months; ++i, p = vanthu::previous(*p))
    if (has(leaf, *p)) return p;
  return {};
}

void outline::cases_inside(const cell_key& to, std::uint32_t leaf, std::vector<cell_key>& out) const {
  const auto all = cases_.find(shapes_[leaf].case_root);
  if (all == cases_.end()) return;
  if (to.case_number != 0) {
    if (shapes_[to.task].case_root == shapes_[leaf].case_root) out.push_back({leaf, {}, to.case_number});
    return;
  }
  const auto inside = whole(to);
  for (const auto* each : all->second)
    if (inside.contains(each->on)) out.push_back({leaf, {}, each->number});
}

void outline::predecessors(const cell_key& to, std::uint32_t leaf, bool previous, std::vector<cell_key>& out) const {
  const auto& every = p_.tasks[leaf].every;
  if (every.kind == recurrence_kind::once && !previous && !is_empty(shapes_[leaf].days)) out.push_back({leaf, {}, 0});
  if (every.kind == recurrence_kind::on_case && !previous) cases_inside(to, leaf, out);
  const auto kind = kind_of(every.kind);
  if (!kind) return;
  if (!to.when && to.case_number == 0) {  // once: the whole plan
    if (!previous) periods_inside(leaf, *kind, whole(to), false, out);
    return;
  }
  if (to.when && width(*kind) < width(to.when->kind)) {
    const auto outer = previous ? vanthu::previous(*to.when) : to.when;
    if (outer) periods_inside(leaf, *kind, span(*outer), true, out);
    return;
  }
  if (previous) {
    if (const auto p = before(leaf, *kind, whole(to).first)) out.push_back({leaf, p, 0});
    return;
  }
  if (const auto p = around(leaf, *kind, whole(to))) out.push_back({leaf, p, 0});
}

void outline::anchor_tasks(std::uint32_t t, std::vector<std::uint32_t>& out) const {
  const auto add = [&](const moment_rule& rule) {
    const auto* at = anchor_of(rule);
    if (at && at->kind == anchor_kind::task && at->task < p_.tasks.size()) out.push_back(at->task);
  };
  const auto& each = p_.tasks[t];
  if (each.not_before) add(*each.not_before);
  if (each.due) add(each.due->when);
  if (each.target) add(each.target->when);
  if (shapes_[t].reports && !each.due)
    for (const auto& level : shapes_[t].reports->deadlines) add(level.due.when);
  if (shapes_[t].steps)
    for (const auto& step : shapes_[t].steps->steps)
      if (step.due && step.anchor_step.empty()) add(step.due->when);
}

namespace {

// Follows links and anchors backwards from the cells it is given.
class collector {
 public:
  explicit collector(const outline& o) : o_(o), once_(o.of().tasks.size(), 0) {}

  bool add(std::vector<cell_key>& found) {
    for (const auto& each : found)
      if (is_new(each)) open_.push_back(each);
    steps_ += found.size() + 1;
    found.clear();
    return open_.size() <= most_items && steps_ <= 10 * most_links;
  }

  bool follow_all() {
    for (std::size_t i = 0; i < open_.size(); ++i) {
      const auto key = open_[i];
      for (const auto& l : o_.at(key.task).after)
        if (!follow(key, l.task, l.previous)) return false;
      anchors_.clear();
      o_.anchor_tasks(key.task, anchors_);
      for (const auto each : anchors_)
        if (!follow(key, each, false)) return false;
    }
    return true;
  }

  std::vector<cell_key> take() {
    std::ranges::sort(open_);
    return std::move(open_);
  }

 private:
  bool is_new(const cell_key& k) {
    if (k.when || k.case_number != 0) return known_.insert(k).second;
    return std::exchange(once_[k.task], 1) == 0;
  }

  bool follow(const cell_key& to, std::uint32_t task, bool previous) {
    if (task >= o_.of().tasks.size()) return true;
    leaves_.clear();
    steps_ += o_.shape(task).size;
    o_.leaves(task, leaves_);
    for (const auto leaf : leaves_) {
      o_.predecessors(to, leaf, previous, found_);
      if (!add(found_)) return false;
    }
    return true;
  }

  const outline& o_;
  std::vector<char> once_;    // tasks whose only cell is known
  std::set<cell_key> known_;  // the other cells
  std::vector<cell_key> open_, found_;
  std::vector<std::uint32_t> leaves_, anchors_;
  std::size_t steps_ = 0;
};

}  // namespace

std::optional<std::vector<cell_key>> collect_cells(const outline& o, date_range span) {
  collector all(o);
  std::vector<cell_key> found;
  for (std::uint32_t t = 0; t < o.of().tasks.size(); ++t) {
    if (!o.at(t).leaf) continue;
    o.cells_in(t, span, found);
    if (!all.add(found)) return {};
  }
  if (!all.follow_all()) return {};
  return all.take();
}

}  // namespace vanthu::schedules
