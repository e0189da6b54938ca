// Forward pass: when each item can begin and finish at the earliest.
#include <algorithm>

#include "schedule/measure.hpp"
#include "schedule/passes.hpp"

namespace vanthu::schedules {
namespace {

constexpr std::uint32_t step_rule = UINT32_MAX;

struct bound {
  civil_minute at{};
  cause why = cause::period_start;
  std::uint32_t link = no_link;

  void raise(civil_minute to, cause because, std::uint32_t by = no_link) {
    if (to <= at) return;
    at = to;
    why = because;
    link = by;
  }
};

class forward {
 public:
  explicit forward(network& n) : n_(n), items_(n.items.items), dates_(n.out.items) {}

  void run() {
    for (const auto item : n_.out.order) place(item);
  }

  void due_dates(std::uint32_t item) {
    auto& d = dates_[item];
    const auto& w = items_[item];
    if (n_.activities[item].is_void) return;
    d.due = day_of(item, w.due);
    if (const auto whole = day_of(item, w.task_due); whole && (!d.due || *whole < *d.due)) d.due = whole;
    d.target = day_of(item, w.target);
    if (const auto extended = extension(item)) {
      d.due = *extended;
      d.due_cause = cause::extension;
    }
  }

 private:
  // An extension of the task is one of its last step.
  std::optional<date> extension(std::uint32_t item) const {
    const auto work = work_of(n_.items, item);
    const bool is_last = work != item && (items_[item].task_due || is_of_task(item, work));
    for (const auto each : {item, is_last ? work : item})
      if (const auto* known = n_.activities[each].known; known && known->extended_to) return known->extended_to;
    return {};
  }

  bool is_of_task(std::uint32_t item, std::uint32_t work) const {
    const auto &own = items_[item].due, &whole = items_[work].due;
    return own && whole && own->rule == whole->rule;
  }

  std::optional<date> day_of(std::uint32_t item, const std::optional<item_moment>& m) const {
    if (!m) return {};
    const auto from = base_of(*m);
    if (!from) return {};
    return last_good_day(*n_.activities[item].receiver, *m, *from);
  }

  // Nothing when all that the moment is counted from has lapsed.
  std::optional<date> base_of(const item_moment& m) const {
    if (m.after.empty()) return m.base;
    std::optional<date> latest;
    for (const auto each : m.after) {
      if (n_.activities[each].is_void) continue;
      const auto day = finish_day(dates_[each].early_finish);
      latest = latest ? std::max(*latest, day) : day;
    }
    return latest;
  }

  void place(std::uint32_t item) {
    const auto& known = n_.activities[item].known;
    auto& d = dates_[item];
    if (!items_[item].duration) due_dates(item);
    bound finish{civil_minute::min(), cause::duration, no_link};
    auto start = first_moment(item);
    push(item, start, finish);
    if (known && (known->started || known->finished || known->submitted)) {
      place_started(item, start, finish);
      return;
    }
    if (n_.now && !n_.activities[item].is_void) start.raise(*n_.now, cause::today);
    d.early_start = settle(item, start);
    skip_suspension(item, start);
    d.start_cause = start.why;
    d.start_link = start.link;
    finish_open(item, finish);
  }

  bound first_moment(std::uint32_t item) const {
    const auto& w = items_[item];
    bound start{civil_minute{w.days.first},
                w.raised                     ? cause::case_raised
                : w.days.first == n_.of.from ? cause::plan_start
                                             : cause::period_start,
                no_link};
    if (w.window && n_.of.tasks[w.task].inside_window) start.raise(civil_minute{w.window->first}, cause::window_start);
    if (w.not_before)
      if (const auto day = day_of(item, w.not_before)) start.raise(civil_minute{*day}, cause::not_before);
    return start;
  }

  // An item without a duration, or one already begun, can still be held up at its finish.
  void push(std::uint32_t item, bound& start, bound& finish) {
    const auto* known = n_.activities[item].known;
    const bool open_ended = !items_[item].duration || (known && known->started);
    const auto links = n_.links_to(item);
    for (std::size_t i = 0; i < links.size();) {
      std::size_t end = i + 1;
      while (end < links.size() && links[end].rule == links[i].rule && links[i].rule != step_rule) ++end;
      const bool any = links[i].join == join_kind::any;
      if (any) choose_first(item, links.subspan(i, end - i));
      for (; i < end; ++i) {
        const auto index = n_.items.first[item] + static_cast<std::uint32_t>(i);
        n_.idle[index] = n_.idle[index] || !counts(links[i]);
        if (n_.idle[index]) continue;
        const bool to_finish = links[i].type == link_type::ff || links[i].type == link_type::sf;
        const auto at = earliest(links[i], open_ended);
        (to_finish && open_ended ? finish : start).raise(at, cause::link, index);
      }
    }
  }

  bool counts(const item_link& l) const { return !l.evidence_only && !n_.activities[l.from].is_void; }

  // Of join="any" the link that lets the item go first; none when a predecessor is closed, which counts as done.
  void choose_first(std::uint32_t item, std::span<const item_link> rule) {
    const auto* known = n_.activities[item].known;
    const bool open_ended = !items_[item].duration || (known && known->started);
    const item_link* first = nullptr;
    civil_minute at{};
    const bool any_void = std::ranges::any_of(rule, [&](const auto& l) { return n_.activities[l.from].is_void; });
    for (const auto& l : rule) {
      if (any_void || !counts(l)) continue;
      const auto t = earliest(l, open_ended);
      if (!first || t < at) {
        first = &l;
        at = t;
      }
    }
    for (const auto& l : rule) n_.idle[static_cast<std::size_t>(&l - n_.items.links.data())] = &l != first;
  }

  // The earliest start that the link leaves its successor; the earliest finish if it is held up there.
  civil_minute earliest(const item_link& l, bool open_ended) const {
    const auto& before = dates_[l.from];
    const auto* known = n_.activities[l.from].known;
    const auto finish = l.done_when_submitted && known && known->submitted ? *known->submitted : before.early_finish;
    const bool from_start = l.type == link_type::ss || l.type == link_type::sf;
    auto at = from_start ? before.early_start : finish;
    const auto& days = *n_.activities[l.to].days;
    if ((l.type == link_type::ff || l.type == link_type::sf) && !open_ended)
      at = moved(days, at, *items_[l.to].duration, -1);
    return lagged(n_, l, at, 1);
  }

  // A milestone may stay at the end of a day's work; all else begins when somebody works.
  civil_minute settle(std::uint32_t item, const bound& start) const {
    const auto& days = *n_.activities[item].days;
    const auto& length = items_[item].duration;
    if (length && length->count == 0 && start.why != cause::today &&
        days.work(start.at - std::chrono::minutes{1}, start.at) != 0)
      return start.at;
    return days.next_start(start.at);
  }

  void skip_suspension(std::uint32_t item, bound& start) {
    const auto& a = n_.activities[item];
    if (!a.known) return;
    for (const auto& each : by_day(a.known->suspended)) {
      if (!each.contains(std::chrono::floor<std::chrono::days>(dates_[item].early_start))) continue;
      dates_[item].early_start = a.days->next_start(end_of(each.last));
      start.why = cause::suspension;
      start.link = no_link;
    }
  }

  static std::vector<date_range> by_day(std::vector<date_range> all) {
    std::ranges::sort(all);
    return all;
  }

  void finish_open(std::uint32_t item, const bound& no_earlier) {
    auto& d = dates_[item];
    const auto& length = items_[item].duration;
    bound finish{d.early_start, cause::duration, no_link};
    if (length)
      finish.raise(worked_off(item, *length), cause::duration);
    else
      fill(item, finish);
    if (no_earlier.at > finish.at) finish = no_earlier;
    if (n_.now && !n_.activities[item].is_void && finish.at < *n_.now) finish.raise(*n_.now, cause::today);
    if (finish.why != cause::duration) n_.by_work[item] = 1;
    d.early_finish = finish.at;
    d.finish_cause = finish.why;
    d.finish_link = finish.link;
  }

  // No duration: until it is due, else to the end of the window it has to keep to, else to the end of the period.
  void fill(std::uint32_t item, bound& finish) {
    const auto& w = items_[item];
    const auto& d = dates_[item];
    auto last = d.due.value_or(w.days.last);
    auto why = d.due ? d.due_cause : cause::period_end;
    if (w.window && n_.of.tasks[w.task].inside_window && (!d.due || w.window->last < last)) {
      last = w.window->last;
      why = cause::window_end;
    }
    n_.by_work[item] = 1;
    finish.why = why;
    finish.raise(n_.activities[item].days->prev_end(end_of(last)), why);
  }

  // Days on which the work was suspended are made up for at the end.
  civil_minute worked_off(std::uint32_t item, amount length) {
    const auto& a = n_.activities[item];
    const auto start = dates_[item].early_start;
    auto finish = finish_after(*a.days, start, length);
    if (!a.known) return finish;
    auto counted_to = start;
    for (const auto& each : by_day(a.known->suspended)) {
      const auto from = std::max(civil_minute{each.first}, counted_to), until = end_of(each.last);
      if (until <= from || finish <= from) continue;
      counted_to = until;
      n_.by_work[item] = 1;
      finish = is_working_unit(length.unit) ? a.days->add(finish, a.days->work(from, until)) : finish + (until - from);
    }
    return finish;
  }

  void place_started(std::uint32_t item, bound start, const bound& no_earlier) {
    const auto& known = *n_.activities[item].known;
    auto& d = dates_[item];
    const auto done = known.finished ? known.finished : known.submitted;
    d.early_start = known.started ? *known.started : std::min(n_.activities[item].days->next_start(start.at), *done);
    d.start_cause = known.started || d.early_start == *done ? cause::actual : start.why;
    d.start_link = d.start_cause == cause::link ? start.link : no_link;
    if (!done) {
      finish_open(item, no_earlier);
      return;
    }
    n_.by_work[item] = 1;
    d.early_finish = std::max(d.early_start, *done);
    d.finish_cause = cause::actual;
    if (!known.finished && n_.now && d.early_finish < *n_.now) {  // handed in, not yet accepted
      d.early_finish = *n_.now;
      d.finish_cause = cause::today;
    }
  }

  network& n_;
  const std::vector<work_item>& items_;
  std::vector<item_dates>& dates_;
};

}  // namespace

civil_minute lagged(const network& n, const item_link& l, civil_minute t, int sign) {
  const auto& days = *n.activities[l.to].days;
  if (l.lag.unit != time_unit::percent) return moved(days, t, l.lag, sign);
  const auto& before = n.out.items[l.from];
  const auto& length = n.items.items[l.from].duration;
  constexpr int hundred = 100;
  if (length && !is_working_unit(length->unit)) {
    const auto whole = moved(*n.activities[l.from].days, before.early_start, *length, 1) - before.early_start;
    return t + std::chrono::minutes{sign * whole.count() * l.lag.count / hundred};
  }
  const auto& own = *n.activities[l.from].days;
  const auto whole = length ? own.work(before.early_start, moved(own, before.early_start, *length, 1))
                            : own.work(before.early_start, before.early_finish);
  return days.add(t, sign * whole * l.lag.count / hundred);
}

void forward_pass(network& n) {
  forward(n).run();
}

void look_up_due_dates(network& n) {
  forward pass(n);
  for (std::uint32_t i = 0; i < n.items.items.size(); ++i) pass.due_dates(i);
}

}  // namespace vanthu::schedules
