#include "schedule/critical_path.hpp"

#include <algorithm>
#include <limits>

namespace vanthu::schedules {
namespace {

push push_of(const arc& link) {
  return {link.kind(), link.counted(), link.lag};
}

bool is_plain(const activity& a) {
  return a.rule == constraint::as_soon_as_possible && a.deadline == no_minute && !is_started(a) && !is_finished(a) &&
         (a.remaining < 0 || a.remaining == a.duration) && a.levelling_delay == 0 && a.pause == 0 && !a.elapsed &&
         !a.milestone && !a.manual && !a.by_work;
}

// ---- Links between two plain activities: the same arithmetic as in lengths, on what the nodes hold -------------

minute lagged(const arc& link, const clock& days, minute t, std::int32_t before, int sign) {
  if (link.lag == 0) return t;
  constexpr int hundred = 100;
  const auto unit = link.counted();
  const bool is_share = unit == lag_unit::percent || unit == lag_unit::elapsed_percent;
  const auto lag = sign * (is_share ? std::int64_t{before} * link.lag / hundred : std::int64_t{link.lag});
  const bool by_the_clock = unit == lag_unit::elapsed || unit == lag_unit::elapsed_percent;
  return by_the_clock ? covered(t + lag) : days.add(t, lag);
}

minute pushed_plain(const arc& link, const clock& days, const node& before, const node& after, minute project_start) {
  switch (link.kind()) {
    case link_type::fs:
      return lagged(link, days, before.early_finish, before.length, 1);
    case link_type::ss:
      return lagged(link, days, before.early_start, before.length, 1);
    case link_type::ff:
      return std::max(project_start,
                      lagged(link, days, days.add(before.early_finish, -std::int64_t{after.length}), before.length, 1));
    case link_type::sf:
      break;
  }
  return lagged(link, days, days.add(before.early_start, -std::int64_t{after.length}), before.length, 1);
}

minute left_plain(const arc& link, const clock& own, const clock& days, const node& before, const node& after) {
  switch (link.kind()) {
    case link_type::fs:
      return lagged(link, days, after.late_start, before.length, -1);
    case link_type::ff:
      return lagged(link, days, after.late_finish, before.length, -1);
    case link_type::ss:
      return own.add(lagged(link, days, own.next_start(after.late_start), before.length, -1), before.length);
    case link_type::sf:
      break;
  }
  return lagged(link, days, own.add(after.late_finish, before.length), before.length, -1);
}

std::int32_t narrow(std::int64_t n) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(n, INT32_MIN, INT32_MAX));
}

}  // namespace

critical_path::critical_path(const activity_network& n, const network_options& options, const lengths& l,
                             const snapshot& g)
    : n_(n), options_(options), lengths_(l), g_(g), nodes_(g.size()), project_start_(l.project_start()) {
  for (std::uint32_t k = 0; k < g.size(); ++k) {
    if (k + far_ahead < g.size()) __builtin_prefetch(&n.activities[g.order[k + far_ahead]]);
    const auto& a = n.activities[g.order[k]];
    nodes_[k].length = a.duration;
    nodes_[k].calendar = a.calendar;
    const auto bounded = l.floor_of(g.order[k]) != nothing || l.ceiling_of(g.order[k]) != INT32_MAX;
    nodes_[k].plain = is_plain(a) && !options.now && !bounded;
    nodes_[k].closed = is_finished(a);
  }
}

// ---- Forward -------------------------------------------------------------------------------------------------

void critical_path::forward(bool alap) {
  early_birds_.clear();
  held_back_.clear();
  for (auto& v : nodes_) v.early_start = nothing;
  for (std::uint32_t k = 0; k < g_.size(); ++k) {
    auto& v = nodes_[k];
    if (v.plain) {
      const auto& days = lengths_.of_calendar(v.calendar);
      v.early_start = days.next_start(v.early_start == nothing ? project_start_ : v.early_start);
      v.early_finish = days.add(v.early_start, v.length);
    } else {
      place(k);
    }
    push_on(k, alap);
  }
}

void critical_path::push_on(std::uint32_t k, bool alap) {
  const auto& v = nodes_[k];
  const bool late = alap && is_late(k);
  const auto start = late ? planned_start(k) : v.early_start;
  const auto finish = late ? v.late_finish : v.early_finish;
  for (auto at = g_.begin(k), end = g_.end(k); at < end; ++at) {
    const auto link = g_.link(at);
    auto& next = nodes_[link.to()];
    auto to = finish;
    if (!link.is_plain())
      to = v.plain && next.plain
               ? pushed_plain(link, lengths_.of_calendar(next.calendar), v, next, lengths_.project_start())
               : lengths_.pushed(push_of(link), g_.order[k], g_.order[link.to()], start, finish);
    next.early_start = std::max(next.early_start, to);
  }
}

// On entry early_start is where the links push, or nothing.
void critical_path::place(std::uint32_t k) {
  const auto a = g_.order[k];
  const auto& it = n_.activities[a];
  auto& v = nodes_[k];
  const auto pushed = v.early_start;
  v.early_finish = nothing;
  if (it.manual) {
    v.early_start = it.start != no_minute ? to_minute(it.start) : pushed == nothing ? project_start_ : pushed;
    v.early_finish =
        it.finish != no_minute ? to_minute(it.finish) : lengths_.finish_from(a, v.early_start, part::whole);
    return;
  }
  if (is_started(it) || is_finished(it)) {
    place_started(k, pushed);
    return;
  }
  const auto begin =
      lengths_.levelled(a, no_earlier(a, lengths_.settled(a, pushed == nothing ? first_start(a) : pushed)));
  v.early_start = begin;
  constrain(a, v);
  if (pushed != nothing && v.early_start < begin) held_back_[k] = begin;
  if (pushed == nothing && it.rule == constraint::finish_no_earlier_than)
    v.early_finish = std::max(to_minute(it.constraint_date), lengths_.finish_from(a, v.early_start, part::whole));
  not_in_the_past(a, v);
  if (v.early_finish == nothing) v.early_finish = lengths_.finish_from(a, v.early_start, part::whole);
}

minute critical_path::first_start(std::uint32_t a) const {
  const auto& it = n_.activities[a];
  const auto on = it.constraint_date;
  if (on != no_minute && it.rule == constraint::start_no_earlier_than) return to_minute(on);
  if (on != no_minute && it.rule == constraint::finish_no_earlier_than)
    return lengths_.start_from(a, to_minute(on), part::whole);
  return project_start_;
}

minute critical_path::no_earlier(std::uint32_t a, minute start) const {
  const auto& it = n_.activities[a];
  start = std::max(start, lengths_.floor_of(a));
  if (it.constraint_date == no_minute) return start;
  const auto on = to_minute(it.constraint_date);
  if (it.rule == constraint::start_no_earlier_than) return std::max(start, on);
  if (it.rule == constraint::finish_no_earlier_than) return std::max(start, lengths_.start_from(a, on, part::whole));
  return start;
}

void critical_path::constrain(std::uint32_t a, node& v) const {
  const auto& it = n_.activities[a];
  if (it.constraint_date == no_minute) return;
  const auto on = to_minute(it.constraint_date);
  const bool honoured = options_.mode == scheduling_mode::msp;
  const auto start_for = [&] { return lengths_.start_from(a, on, part::whole); };
  switch (it.rule) {
    case constraint::as_soon_as_possible:
    case constraint::as_late_as_possible:
    case constraint::start_no_earlier_than:
    case constraint::finish_no_earlier_than:
      return;
    case constraint::must_start_on:
      v.early_start = honoured ? on : std::max(v.early_start, on);
      break;
    case constraint::must_finish_on:
      if (honoured) v.early_finish = on;
      v.early_start = honoured ? start_for() : std::max(v.early_start, start_for());
      break;
    case constraint::start_no_later_than:
      if (honoured) v.early_start = std::min(v.early_start, on);
      break;
    case constraint::finish_no_later_than:
      if (honoured) v.early_start = std::min(v.early_start, start_for());
      break;
  }
  v.early_start = lengths_.settled(a, v.early_start);
}

void critical_path::not_in_the_past(std::uint32_t a, node& v) const {
  if (!options_.now || v.early_start >= to_minute(*options_.now)) return;
  v.early_start = lengths_.settled(a, to_minute(*options_.now));
  v.early_finish = nothing;
}

void critical_path::place_started(std::uint32_t k, minute pushed) {
  const auto a = g_.order[k];
  const auto& it = n_.activities[a];
  auto& v = nodes_[k];
  v.early_start =
      is_started(it) ? to_minute(it.actual_start) : lengths_.start_from(a, to_minute(it.actual_finish), part::whole);
  if (pushed != nothing && lengths_.of(a).work(v.early_start, pushed) > 0) early_birds_.push_back(a);
  if (is_finished(it)) {
    v.early_finish = to_minute(it.actual_finish);
    return;
  }
  v.early_finish = lengths_.finish_from(a, v.early_start, part::whole);
  if (it.rule == constraint::finish_no_earlier_than && it.constraint_date != no_minute)
    v.early_finish = std::max(v.early_finish, to_minute(it.constraint_date));
  if (options_.now && v.early_finish < to_minute(*options_.now))
    v.early_finish =
        std::max(v.early_finish, lengths_.finish_from(a, lengths_.settled(a, to_minute(*options_.now)), part::rest));
}

minute critical_path::earliest_start() const {
  const auto least = std::ranges::min_element(nodes_, {}, &node::early_start);
  return least == nodes_.end() ? project_start_ : least->early_start;
}
minute critical_path::latest_start() const {
  const auto least = std::ranges::min_element(nodes_, {}, &node::late_start);
  return least == nodes_.end() ? project_start_ : least->late_start;
}
minute critical_path::latest_finish() const {
  const auto most = std::ranges::max_element(nodes_, {}, &node::early_finish);
  return most == nodes_.end() ? project_start_ : most->early_finish;
}

// ---- Backward ------------------------------------------------------------------------------------------------

void critical_path::backward(minute project_finish) {
  project_finish_ = project_finish;
  for (auto k = g_.size(); k-- > 0;) {
    auto& v = nodes_[k];
    const auto a = g_.order[k];
    look_ahead(k);
    if (v.plain) {
      const auto& days = lengths_.of_calendar(v.calendar);
      v.late_finish = days.prev_end(v.late_finish);
      v.late_start = days.add(v.late_finish, -std::int64_t{v.length});
      continue;
    }
    const auto& it = n_.activities[a];
    if (v.closed) {
      v.late_finish = to_minute(it.actual_finish);
    } else {
      if (it.milestone && it.duration == 0 && is_started(it) && !g_.is_last(k))
        v.late_finish = to_minute(it.actual_start);
      const auto late = bounded(a, v.late_finish);
      const bool as_it_is = it.elapsed && lengths_.of(a).is_same(v.early_finish, late);
      v.late_finish = as_it_is ? v.early_finish : lengths_.settled_back(a, late);
    }
    v.late_start = lengths_.start_from(a, v.late_finish, it.manual ? part::whole : part::rest);
  }
}

// How late what waits for it lets an activity be, and how far away the nearest of them is.
void critical_path::look_ahead(std::uint32_t k) {
  auto& v = nodes_[k];
  const bool msp = options_.mode == scheduling_mode::msp;
  const auto& days = calendar_of(k);
  v.late_finish = project_finish_;
  constexpr auto no_gap = std::numeric_limits<std::int64_t>::max();
  auto least = no_gap;
  auto nearest = INT32_MAX;  // start of what waits for the finish without a lag
  for (auto at = g_.begin(k), end = g_.end(k); at < end; ++at) {
    const auto link = g_.link(at);
    const auto& next = nodes_[link.to()];
    if (next.closed) continue;
    const bool counts = !(link.end.from_summary && msp);
    if (link.is_plain() && (next.plain || n_.activities[g_.order[link.to()]].levelling_delay == 0)) {
      v.late_finish = std::min(v.late_finish, next.late_start);
      if (counts) nearest = std::min(nearest, planned_start(link.to()));
      continue;
    }
    const bool plain = v.plain && next.plain;
    v.late_finish = std::min(
        v.late_finish, plain ? left_plain(link, days, lengths_.of_calendar(next.calendar), v, next) : left_by(k, link));
    if (counts) least = std::min(least, gap(k, link));
  }
  if (nearest != INT32_MAX) least = std::min(least, days.work(planned_finish(k), nearest));
  v.gap = least == no_gap ? INT32_MAX : narrow(least);
}

void critical_path::measure_gaps() {
  for (auto k = g_.size(); k-- > 0;) {
    const auto late_finish = nodes_[k].late_finish;
    look_ahead(k);
    nodes_[k].late_finish = late_finish;
  }
}

// How late an activity may finish for one that waits for it.
minute critical_path::left_by(std::uint32_t k, const arc& link) const {
  const auto from = g_.order[k], to = g_.order[link.to()];
  const auto& next = nodes_[link.to()];
  const auto how = push_of(link);
  switch (link.kind()) {
    case link_type::fs:
      return lengths_.lagged(how, from, to, due_start(link.to(), next.late_start), -1);
    case link_type::ff:
      return lengths_.lagged(how, from, to, due_finish(link.to(), next.late_start, next.late_finish), -1);
    case link_type::ss:
      return left_by_start(k, link);
    case link_type::sf:
      break;
  }
  if (n_.activities[from].manual || is_started(n_.activities[from])) return project_finish_;
  const auto finish = due_finish(link.to(), next.late_start, next.late_finish);
  return lengths_.lagged(how, from, to, lengths_.finish_from(from, finish, part::whole), -1);
}

// Where links may bring a successor whose dates are given, before its levelling delay.
minute critical_path::due_start(std::uint32_t k, minute start) const {
  return nodes_[k].plain ? start : lengths_.levelled_back(g_.order[k], start);
}
minute critical_path::due_finish(std::uint32_t k, minute start, minute finish) const {
  const auto before = due_start(k, start);
  return before == start ? finish : lengths_.finish_from(g_.order[k], before, part::whole);
}

minute critical_path::left_by_start(std::uint32_t k, const arc& link) const {
  const auto from = g_.order[k], to = g_.order[link.to()];
  const auto& before = n_.activities[from];
  const auto& after = n_.activities[to];
  const auto& next = nodes_[link.to()];
  const bool is_last = g_.is_last(link.to());
  if (is_started(before)) return project_finish_;
  if (is_started(after)) {
    if (is_last) return project_finish_;
    const auto done = lengths_.finish_from(to, to_minute(after.actual_start), part::done);
    return lengths_.finish_from(from, done, part::whole);
  }
  if (before.manual) return is_last ? next.late_finish : project_finish_;
  const auto start =
      lengths_.lagged(push_of(link), from, to, lengths_.of(from).next_start(due_start(link.to(), next.late_start)), -1);
  return lengths_.finish_from(from, start, part::whole);
}

minute critical_path::bounded(std::uint32_t a, minute late) const {
  const auto& it = n_.activities[a];
  if (it.constraint_date != no_minute) {
    const auto on = to_minute(it.constraint_date);
    const bool honoured = options_.mode == scheduling_mode::msp;
    if (it.rule == constraint::must_start_on || it.rule == constraint::start_no_later_than) {
      const auto finish = lengths_.finish_from(a, on, part::whole);
      late = honoured && it.rule == constraint::must_start_on ? finish : std::min(late, finish);
    } else if (it.rule == constraint::must_finish_on || it.rule == constraint::finish_no_later_than) {
      late = honoured && it.rule == constraint::must_finish_on ? on : std::min(late, on);
    }
  }
  late = std::min(late, lengths_.ceiling_of(a));
  return it.deadline == no_minute ? late : std::min(late, to_minute(it.deadline));
}

// ---- Slack ---------------------------------------------------------------------------------------------------

const clock& critical_path::calendar_of(std::uint32_t k) const {
  return nodes_[k].plain ? lengths_.of_calendar(nodes_[k].calendar) : lengths_.of(g_.order[k]);
}

bool critical_path::is_late(std::uint32_t k) const {
  return !nodes_[k].plain && n_.activities[g_.order[k]].rule == constraint::as_late_as_possible;
}

minute critical_path::planned_start(std::uint32_t k) const {
  const auto& v = nodes_[k];
  if (v.plain) return v.early_start;
  return is_late(k) && !is_started(n_.activities[g_.order[k]]) ? v.late_start : v.early_start;
}
minute critical_path::planned_finish(std::uint32_t k) const {
  return is_late(k) ? nodes_[k].late_finish : nodes_[k].early_finish;
}

// What is between an activity and one that waits for it, beyond the lag, in the first one's working minutes.
std::int64_t critical_path::gap(std::uint32_t k, const arc& link) const {
  const auto& v = nodes_[k];
  const auto& next = nodes_[link.to()];
  const auto& days = calendar_of(k);
  const bool from_start = link.kind() == link_type::ss || link.kind() == link_type::sf;
  const bool to_start = link.kind() == link_type::fs || link.kind() == link_type::ss;
  const auto here = from_start ? planned_start(k) : planned_finish(k);
  const auto start = planned_start(link.to());
  const auto there = to_start ? due_start(link.to(), start) : due_finish(link.to(), start, planned_finish(link.to()));
  if (options_.mode == scheduling_mode::pure || link.counted() == lag_unit::elapsed) {
    if (v.plain && next.plain)
      return days.work(here, lagged(link, lengths_.of_calendar(next.calendar), there, v.length, -1));
    return days.work(here, lengths_.lagged(push_of(link), g_.order[k], g_.order[link.to()], there, -1));
  }
  const bool is_share = link.counted() != lag_unit::working;
  const auto lag = is_share ? std::int64_t{v.length} * link.lag / 100 : std::int64_t{link.lag};
  return days.work(here, there) - lag;
}

void critical_path::slack(std::uint32_t k, activity_dates& out) const {
  const auto& v = nodes_[k];
  if (v.closed) return;
  const auto& days = calendar_of(k);
  const bool started = !v.plain && is_started(n_.activities[g_.order[k]]);
  const bool late = is_late(k);
  const auto at_finish = late ? 0 : days.work(v.early_finish, v.late_finish);
  auto at_start = late || started ? at_finish : days.work(v.early_start, v.late_start);
  // Microsoft Project shows the conflict at the constraint, too: its start slack is from where the links push.
  if (const auto held = held_back_.find(k); held != held_back_.end())
    at_start = std::min(at_start, days.work(held->second, v.late_start));
  out.total_slack_min = narrow(std::min(at_start, at_finish));
  out.free_slack_min = std::max(0, v.gap == INT32_MAX ? out.total_slack_min : v.gap);
  out.critical = out.total_slack_min <= options_.critical_slack_min;
}

void critical_path::put(std::vector<activity_dates>& out) const {
  for (std::uint32_t k = 0; k < g_.size(); ++k) {
    if (k + far_ahead < g_.size()) __builtin_prefetch(&out[g_.order[k + far_ahead]], 1);
    const auto& v = nodes_[k];
    const auto a = g_.order[k];
    auto& d = out[a];
    d.early_start = to_short(v.early_start);
    d.early_finish = to_short(v.early_finish);
    d.late_start = to_short(!v.plain && is_started(n_.activities[a]) ? v.early_start : v.late_start);
    d.late_finish = to_short(v.late_finish);
    slack(k, d);
  }
}

}  // namespace vanthu::schedules
