// Backward pass: how late each item can be for the deadlines to hold, and what is to spare.
#include <algorithm>
#include <limits>

#include "schedule/measure.hpp"
#include "schedule/passes.hpp"

namespace vanthu::schedules {
namespace {

constexpr auto no_gap = std::numeric_limits<std::int64_t>::max();

class backward {
 public:
  explicit backward(network& n) : n_(n), items_(n.items.items), dates_(n.out.items), gap_(items_.size(), no_gap) {}

  void run() {
    for (std::uint32_t i = 0; i < items_.size(); ++i) begin(i);
    for (auto at = n_.out.order.rbegin(); at != n_.out.order.rend(); ++at) settle(*at);
  }

 private:
  bool is_closed(std::uint32_t item) const { return n_.activities[item].is_void || n_.activities[item].finished; }

  // The bounds that an item has of itself.
  void begin(std::uint32_t item) {
    auto& d = dates_[item];
    const auto& w = items_[item];
    if (is_closed(item)) {
      d.late_finish = d.early_finish;
      d.late_cause = d.finish_cause;
      return;
    }
    d.late_finish = w.conditional ? std::max(n_.out.finish, d.early_finish) : n_.out.finish;
    d.late_cause = cause::project_finish;
    if (d.due) lower(item, end_of(*d.due), d.due_cause);
    if (w.window && n_.of.tasks[w.task].inside_window) lower(item, end_of(w.window->last), cause::window_end);
  }

  void lower(std::uint32_t item, civil_minute to, cause why, std::uint32_t link = no_link) {
    auto& d = dates_[item];
    if (to >= d.late_finish) return;
    d.late_finish = to;
    d.late_cause = why;
    d.late_link = link;
  }

  void settle(std::uint32_t item) {
    auto& d = dates_[item];
    const auto& a = n_.activities[item];
    if (is_closed(item)) {
      d.late_start = d.early_start;
      return;
    }
    d.late_finish = a.days->work(d.early_finish, d.late_finish) == 0 ? d.early_finish : a.days->prev_end(d.late_finish);
    auto late_start = begun_by(item, d.late_finish);
    if (a.days->work(d.early_start, late_start) == 0) late_start = d.early_start;
    d.late_start = a.known && a.known->started ? d.early_start : late_start;
    for (std::uint32_t l = n_.items.first[item]; l < n_.items.first[item + std::size_t{1}]; ++l) bind(l, late_start);
    slack(item);
  }

  // When an item has to begin to finish at t.
  civil_minute begun_by(std::uint32_t item, civil_minute t) const {
    const auto& days = *n_.activities[item].days;
    const auto& d = dates_[item];
    if (n_.by_work[item]) return days.add(t, -days.work(d.early_start, d.early_finish));
    return moved(days, t, *items_[item].duration, -1);
  }
  civil_minute finished_by(std::uint32_t item, civil_minute t) const {
    const auto& days = *n_.activities[item].days;
    const auto& d = dates_[item];
    if (n_.by_work[item]) return days.add(t, days.work(d.early_start, d.early_finish));
    return moved(days, t, *items_[item].duration, 1);
  }

  // What the late dates of an open item leave its predecessor. `late_start` is the item's own, even when it has begun.
  void bind(std::uint32_t link, civil_minute late_start) {
    const auto& l = n_.items.links[link];
    const auto& before = n_.activities[l.from];
    const bool from_start = l.type == link_type::ss || l.type == link_type::sf;
    const bool off_the_path = items_[l.to].conditional && !items_[l.from].conditional;
    const bool submitted = before.known && before.known->submitted;
    if (n_.idle[link] || is_closed(l.from) || off_the_path) return;
    if ((from_start && before.known && before.known->started) || (l.done_when_submitted && submitted)) return;
    const auto& days = *n_.activities[l.to].days;
    const auto& own = *before.days;
    const auto& here = dates_[l.to];
    const auto& there = dates_[l.from];
    civil_minute latest, as_it_is;
    switch (l.type) {
      case link_type::fs:
        latest = lagged(n_, l, late_start, -1);
        as_it_is = lagged(n_, l, here.early_start, -1);
        break;
      case link_type::ff:
        latest = lagged(n_, l, here.late_finish, -1);
        as_it_is = lagged(n_, l, here.early_finish, -1);
        break;
      case link_type::ss:
        latest = finished_by(l.from, lagged(n_, l, days.next_start(late_start), -1));
        as_it_is = lagged(n_, l, here.early_start, -1);
        break;
      case link_type::sf:
        latest = finished_by(l.from, lagged(n_, l, here.late_finish, -1));
        as_it_is = lagged(n_, l, here.early_finish, -1);
        break;
    }
    lower(l.from, latest, cause::successor, link);
    gap_[l.from] = std::min(gap_[l.from], own.work(from_start ? there.early_start : there.early_finish, as_it_is));
  }

  void slack(std::uint32_t item) {
    auto& d = dates_[item];
    const auto& a = n_.activities[item];
    const auto at_start = a.days->work(d.early_start, d.late_start);
    const auto at_finish = a.days->work(d.early_finish, d.late_finish);
    d.total_slack_min = a.known && a.known->started ? at_finish : std::min(at_start, at_finish);
    d.free_slack_min = std::max<std::int64_t>(0, gap_[item] == no_gap ? d.total_slack_min : gap_[item]);
    d.critical = d.total_slack_min <= 0 && !items_[item].conditional;
  }

  network& n_;
  const std::vector<work_item>& items_;
  std::vector<item_dates>& dates_;
  std::vector<std::int64_t> gap_;  // to the nearest successor, in the item's own working minutes
};

}  // namespace

void backward_pass(network& n) {
  backward(n).run();
}

}  // namespace vanthu::schedules
