// Schedules of random networks against a reference that knows no order: it repeats the rules until nothing changes.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "schedule_text.hpp"

using namespace vanthu;

namespace {

using numbers = std::mt19937;  // the same on every machine, unlike the distributions

std::uint32_t below(numbers& r, std::uint32_t n) {
  return static_cast<std::uint32_t>(r() % n);
}

enum class lags { working_forward, all };

plan random_plan(numbers& r, std::uint32_t size, lags which) {
  plan p;
  p.from = p.issued = make_date(2023, 4, 18);
  p.until = make_date(2030, 12, 31);
  for (std::uint32_t i = 0; i < size; ++i) {
    task t;
    t.id = {"t" + std::to_string(i)};
    t.duration = amount{static_cast<int>(below(r, 2000)), time_unit::minute};
    for (std::uint32_t n = i == 0 ? 0 : below(r, 4); n > 0; --n) {
      vanthu::link l;
      l.task = below(r, i);
      if (which == lags::all) {
        l.type = static_cast<link_type>(below(r, 4));
        l.lag = {static_cast<int>(below(r, 11)) - 3, below(r, 2) == 0 ? time_unit::hour : time_unit::elapsed_day};
      } else {
        l.type = below(r, 2) == 0 ? link_type::fs : link_type::ss;
        l.lag = {static_cast<int>(below(r, 9)), time_unit::hour};
      }
      t.after.push_back(l);
    }
    if (which == lags::all && below(r, 4) == 0) {
      deadline d;
      d.when = on_date{p.from + std::chrono::days{below(r, 60)}};
      d.how = roll::none;
      t.due = d;
    }
    p.tasks.push_back(std::move(t));
  }
  return p;
}

struct reference {
  const plan& p;
  working_calendar days;
  std::vector<civil_minute> early_start, early_finish, late_start, late_finish;
  civil_minute finish{};

  civil_minute lag(const vanthu::link& l, civil_minute t, int sign) const {
    if (l.lag.unit == time_unit::elapsed_day) return t + std::chrono::days{sign * l.lag.count};
    return days.add(t, std::int64_t{sign} * 60 * l.lag.count);
  }
  std::int64_t length(std::size_t i) const { return p.tasks[i].duration->count; }

  civil_minute pushed(const vanthu::link& l, std::size_t to) const {
    switch (l.type) {
      case link_type::fs:
        return lag(l, early_finish[l.task], 1);
      case link_type::ss:
        return lag(l, early_start[l.task], 1);
      case link_type::ff:
        return lag(l, days.add(early_finish[l.task], -length(to)), 1);
      case link_type::sf:
        return lag(l, days.add(early_start[l.task], -length(to)), 1);
    }
    return {};
  }

  civil_minute left(const vanthu::link& l, std::size_t to) const {
    switch (l.type) {
      case link_type::fs:
        return lag(l, late_start[to], -1);
      case link_type::ff:
        return lag(l, late_finish[to], -1);
      case link_type::ss:
        return days.add(lag(l, days.next_start(late_start[to]), -1), length(l.task));
      case link_type::sf:
        return days.add(lag(l, late_finish[to], -1), length(l.task));
    }
    return {};
  }

  void forward() {
    early_start.assign(p.tasks.size(), civil_minute{p.from});
    early_finish = early_start;
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < p.tasks.size(); ++i) {
        auto base = civil_minute{p.from};
        for (const auto& l : p.tasks[i].after) base = std::max(base, pushed(l, i));
        const bool stays = length(i) == 0 && days.prev_end(base) == base;
        const auto start = stays ? base : days.next_start(base);
        const auto end = days.add(start, length(i));
        changed = changed || start != early_start[i] || end != early_finish[i];
        early_start[i] = start;
        early_finish[i] = end;
      }
    }
    finish = *std::ranges::max_element(early_finish);
  }

  void backward() {
    late_start.assign(p.tasks.size(), finish);
    late_finish = late_start;
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = p.tasks.size(); i-- > 0;) {
        auto end = finish;
        if (p.tasks[i].due)
          end = std::min(end, civil_minute{std::get<on_date>(p.tasks[i].due->when).day + std::chrono::days{1}});
        for (std::size_t to = 0; to < p.tasks.size(); ++to)
          for (const auto& l : p.tasks[to].after)
            if (l.task == i) end = std::min(end, left(l, to));
        end = days.work(early_finish[i], end) == 0 ? early_finish[i] : days.prev_end(end);
        auto start = days.add(end, -length(i));
        if (days.work(early_start[i], start) == 0) start = early_start[i];
        changed = changed || start != late_start[i] || end != late_finish[i];
        late_start[i] = start;
        late_finish[i] = end;
      }
    }
  }
};

}  // namespace

TEST_CASE("random networks have the dates of a reference that knows no order") {
  numbers r(20230418);
  for (int round = 0; round < 60; ++round) {
    auto w = unfold_plan(random_plan(r, 5 + below(r, 40), lags::all), "2023-04-18", "2030-12-31");
    date_items(w, {working_calendar{}, {}});
    reference expected{w.p, working_calendar{}, {}, {}, {}, {}, {}};
    expected.forward();
    expected.backward();
    REQUIRE(w.dates->finish == expected.finish);
    for (std::size_t i = 0; i < w.items.items.size(); ++i) {
      const auto& d = w.dates->items[i];
      REQUIRE(iso(d.early_start) == iso(expected.early_start[i]));
      REQUIRE(iso(d.early_finish) == iso(expected.early_finish[i]));
      REQUIRE(iso(d.late_start) == iso(expected.late_start[i]));
      REQUIRE(iso(d.late_finish) == iso(expected.late_finish[i]));
    }
  }
}

TEST_CASE("an item may start later by its slack, and by no minute more, before the end moves") {
  numbers r(573);
  const working_calendar days;
  for (int round = 0; round < 12; ++round) {
    auto w = unfold_plan(random_plan(r, 20, lags::working_forward), "2023-04-18", "2030-12-31");
    date_items(w, {days, {}});
    for (std::size_t i = 0; i < w.items.items.size(); ++i) {
      const auto& d = w.dates->items[i];
      REQUIRE(d.total_slack_min >= 0);
      REQUIRE(d.critical == (d.total_slack_min == 0));
      const auto finish_if_begun = [&](std::int64_t later) {
        facts since;
        since.items[w.items.items[i].id].started = days.next_start(days.add(d.early_start, later));
        return make_schedule(w.items, w.p, {days, {}}, since)->finish;
      };
      REQUIRE(days.work(w.dates->finish, finish_if_begun(d.total_slack_min)) == 0);
      REQUIRE(days.work(w.dates->finish, finish_if_begun(d.total_slack_min + 1)) > 0);
    }
  }
}

TEST_CASE("the order in which tasks are written changes no date") {
  numbers r(42);
  for (int round = 0; round < 20; ++round) {
    auto p = random_plan(r, 40, lags::all);
    std::vector<std::uint32_t> place(p.tasks.size());
    for (std::uint32_t i = 0; i < place.size(); ++i) place[i] = i;
    for (auto i = static_cast<std::uint32_t>(place.size()); i > 1; --i) std::swap(place[i - 1], place[below(r, i)]);
    auto shuffled = p;
    for (std::size_t i = 0; i < place.size(); ++i) {
      shuffled.tasks[place[i]] = p.tasks[i];
      for (auto& l : shuffled.tasks[place[i]].after) l.task = place[l.task];
    }
    auto a = unfold_plan(std::move(p), "2023-04-18", "2030-12-31");
    auto b = unfold_plan(std::move(shuffled), "2023-04-18", "2030-12-31");
    date_items(a, {working_calendar{}, {}});
    date_items(b, {working_calendar{}, {}});
    for (const auto& each : a.items.items) {
      const auto id = each.id.text;
      REQUIRE(early(a, id) == early(b, id));
      REQUIRE(late(a, id) == late(b, id));
      REQUIRE(a.of(id).total_slack_min == b.of(id).total_slack_min);
      REQUIRE(a.of(id).free_slack_min == b.of(id).free_slack_min);
    }
  }
}
