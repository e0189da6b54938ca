#include "schedule/lengths.hpp"

#include <algorithm>

#include "calendar/coverage.hpp"

namespace vanthu::schedules {
namespace {

std::int64_t minutes_of(const assignment& a, part of) {
  const std::int64_t work = of == part::whole  ? a.work
                            : of == part::rest ? a.remaining
                                               : std::max<std::int64_t>(0, std::int64_t{a.work} - a.remaining);
  return (work * 100 + a.percent / 2) / a.percent;
}

std::int64_t pause_of(const activity& a, const assignment& w) {
  return w.pause >= 0 ? w.pause : a.pause;
}

}  // namespace

void throw_not_covered(std::int64_t t) {
  const auto nearest = static_cast<minute>(std::clamp<std::int64_t>(t, INT32_MIN, INT32_MAX));
  throw error(errc::out_of_coverage,
              message{"calendar.out-of-coverage", {iso(to_civil(nearest)), iso(coverage_first), iso(coverage_last)}});
}

std::int64_t minutes_of(const activity& a, part of) {
  const std::int64_t rest = is_finished(a) ? 0 : a.remaining >= 0 ? a.remaining : a.duration;
  switch (of) {
    case part::whole:
      return std::int64_t{a.duration} + a.pause;
    case part::rest:
      return is_started(a) ? rest : rest + a.pause;
    case part::done:
      break;
  }
  return std::max<std::int64_t>(0, a.duration - rest);
}

lengths::lengths(const activity_network& n, const network_options& options)
    : n_(n), start_(covered(to_minute(options.start))), msp_(options.mode == scheduling_mode::msp) {
  for (const auto& each : n.calendars) clocks_.emplace_back(&each);
  clocks_.emplace_back(nullptr);
  find_bounds();
  if (n.assignments.empty()) return;
  first_.resize(n.activities.size() + 1);
  const auto counts = [&](const assignment& a) { return n.activities[a.activity].by_work; };
  for (const auto& each : n.assignments)
    if (counts(each)) ++first_[each.activity + std::size_t{1}];
  for (std::size_t i = 0; i < n.activities.size(); ++i) first_[i + 1] += first_[i];
  places_.resize(first_.back());
  auto at = first_;
  for (std::uint32_t i = 0; i < n.assignments.size(); ++i)
    if (counts(n.assignments[i])) places_[at[n.assignments[i].activity]++] = i;
}

void lengths::find_bounds() {
  const auto size = n_.activities.size();
  const auto asks = [&](const activity& a) {
    return a.constraint_date != no_minute &&
           (a.rule == constraint::start_no_earlier_than || a.rule == constraint::finish_no_later_than);
  };
  std::vector<char> gives(size);  // summaries that ask
  bool any = false;
  for (const auto& a : n_.activities)
    if (a.parent != no_activity && asks(n_.activities[a.parent])) {
      gives[a.parent] = 1;
      any = true;
    }
  if (!any) return;
  bounds_.resize(size);
  for (std::size_t i = 0; i < size; ++i) {
    const auto& a = n_.activities[i];
    auto& own = bounds_[i];
    if (a.parent != no_activity) own = bounds_[a.parent];
    if (!gives[i]) continue;
    const auto on = to_minute(a.constraint_date);
    if (a.rule == constraint::start_no_earlier_than)
      own.floor = std::max(own.floor, on);
    else
      own.ceiling = std::min(own.ceiling, on);
  }
}

template <class Visit>
void lengths::each_assignment(std::uint32_t a, Visit visit) const {
  for (auto at = first_[a]; at < first_[a + std::size_t{1}]; ++at) visit(n_.assignments[places_[at]]);
}

minute lengths::finish_from(std::uint32_t a, minute start, part of) const {
  const auto& it = n_.activities[a];
  if (it.elapsed) return covered(start + minutes_of(it, of));
  if (has_work(a)) {
    minute latest = start;
    each_assignment(a, [&](const assignment& w) {
      const auto& days = of_calendar(w.calendar);
      const auto begin = of == part::whole ? days.add(start, w.delay) : start;
      latest = std::max(latest, days.add(begin, minutes_of(w, of) + (of == part::whole ? pause_of(it, w) : 0)));
    });
    return latest;
  }
  return this->of(a).add(start, minutes_of(it, of));
}

minute lengths::start_from(std::uint32_t a, minute finish, part of) const {
  const auto& it = n_.activities[a];
  if (it.elapsed) return covered(finish - minutes_of(it, of));
  if (has_work(a)) {
    minute earliest = finish;
    const bool whole = of == part::whole || !is_started(it);
    each_assignment(a, [&](const assignment& w) {
      const auto& days = of_calendar(w.calendar);
      const auto begin = days.add(finish, -(minutes_of(w, of) + (whole ? pause_of(it, w) : 0)));
      earliest = std::min(earliest, whole ? days.add(begin, -w.delay) : begin);
    });
    return earliest;
  }
  return this->of(a).add(finish, -minutes_of(it, of));
}

minute lengths::settled(std::uint32_t a, minute t) const {
  if (n_.activities[a].milestone && of(a).prev_end(t) == t) return t;
  if (!has_work(a)) return of(a).next_start(t);
  minute earliest = INT32_MAX;
  each_assignment(a,
                  [&](const assignment& w) { earliest = std::min(earliest, of_calendar(w.calendar).next_start(t)); });
  return earliest;
}

minute lengths::levelled(std::uint32_t a, minute t) const {
  const auto begin = settled(a, t);
  const auto delay = n_.activities[a].levelling_delay;
  return delay == 0 ? begin : settled(a, covered(std::int64_t{begin} + delay));
}

minute lengths::levelled_back(std::uint32_t a, minute t) const {
  const auto& it = n_.activities[a];
  if (it.levelling_delay == 0 || is_started(it)) return t;
  return settled_back(a, covered(std::int64_t{t} - it.levelling_delay));
}

minute lengths::settled_back(std::uint32_t a, minute t) const {
  if (n_.activities[a].elapsed && msp_) return t;
  if (!has_work(a)) return of(a).prev_end(t);
  minute latest = nothing;
  each_assignment(a, [&](const assignment& w) { latest = std::max(latest, of_calendar(w.calendar).prev_end(t)); });
  return latest;
}

minute lengths::lagged(const push& p, std::uint32_t from, std::uint32_t to, minute t, int sign) const {
  if (p.lag == 0) return t;
  constexpr int hundred = 100;
  const auto& before = n_.activities[from];
  const bool is_share = p.unit == lag_unit::percent || p.unit == lag_unit::elapsed_percent;
  const auto lag = sign * (is_share ? std::int64_t{before.duration} * p.lag / hundred : std::int64_t{p.lag});
  const bool by_the_clock = p.unit == lag_unit::elapsed || p.unit == lag_unit::elapsed_percent ||
                            (p.unit == lag_unit::percent && before.elapsed);
  return by_the_clock ? covered(t + lag) : of_calendar(n_.activities[to].calendar).add(t, lag);
}

minute lengths::pushed(const push& p, std::uint32_t from, std::uint32_t to, minute start, minute finish) const {
  switch (p.type) {
    case link_type::fs:
      return lagged(p, from, to, finish, 1);
    case link_type::ss:
      return lagged(p, from, to, start, 1);
    case link_type::ff:
      return std::max(start_, lagged(p, from, to, start_from(to, finish, part::rest), 1));
    case link_type::sf:
      return lagged(p, from, to, start_from(to, start, part::whole), 1);
  }
  return start;
}

}  // namespace vanthu::schedules
