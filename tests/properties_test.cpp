// Properties that hold for every calendar, network and plan, tried on random ones against references that are slow and
// plain. The seed is fixed; RC_PARAMS="seed=…" tries others.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "network_text.hpp"
#include "plan_text.hpp"
#include "schedule_text.hpp"

using namespace vanthu;

namespace {

const int seeded = setenv("RC_PARAMS", "seed=573 max_success=60", 0);

using std::chrono::minutes;

int below(int n) {
  return *rc::gen::inRange(0, n);
}

std::vector<minute_interval> random_hours() {
  std::vector<minute_interval> out;
  int at = below(300);
  for (int n = below(4); n > 0 && at < 1400; --n) {
    const int to = std::min(1440, at + 1 + below(400));
    out.push_back({at, to});
    at = to + below(200);  // 0: two intervals that touch
  }
  return out;
}

const date first_day = make_date(2024, 1, 1);

calendar_definition random_calendar() {
  calendar_definition out;
  out.noticed = date_range{make_date(1900, 1, 1), make_date(2199, 12, 31)};
  for (auto& hours : out.week) hours = random_hours();
  out.week[static_cast<std::size_t>(below(7))] = {{450, 690}, {810, 1050}};
  for (int n = below(6); n > 0; --n) {
    calendar_exception e;
    e.days.first = first_day + std::chrono::days{below(30)};
    e.days.last = e.days.first + std::chrono::days{below(4)};
    e.hours = random_hours();
    e.working = !e.hours.empty();
    out.exceptions.push_back(std::move(e));
  }
  return out;
}

// Minute by minute, by the definition alone.
struct plain_calendar {
  const calendar_definition& d;

  bool works(civil_minute t) const {
    const auto day = std::chrono::floor<std::chrono::days>(t);
    const auto clock = (t - civil_minute{day}).count();
    const auto* hours = &d.week[std::chrono::weekday{day}.iso_encoding() - 1];
    for (const auto& e : d.exceptions)
      if (e.days.contains(day)) hours = &e.hours;
    return std::ranges::any_of(*hours, [&](const auto& h) { return h.from <= clock && clock < h.to; });
  }
  std::int64_t work(civil_minute a, civil_minute b) const {
    std::int64_t n = 0;
    for (auto t = a; t < b; t += minutes{1}) n += works(t) ? 1 : 0;
    return n;
  }
  civil_minute next_start(civil_minute t) const {
    while (!works(t)) t += minutes{1};
    return t;
  }
  civil_minute prev_end(civil_minute t) const {
    while (!works(t - minutes{1})) t -= minutes{1};
    return t;
  }
  civil_minute add(civil_minute t, std::int64_t n) const {
    for (; n > 0; --n) t = next_start(t) + minutes{1};
    for (; n < 0; ++n) t = prev_end(t) - minutes{1};
    return t;
  }
};

}  // namespace

TEST_CASE("working minutes agree with counting them one by one") {
  CHECK(rc::check([] {
    const auto definition = random_calendar();
    const working_calendar days(definition);
    const plain_calendar plain{definition};
    const auto a = civil_minute{first_day} + minutes{below(40 * 1440)};
    const auto b = a + minutes{below(3 * 1440)};
    RC_ASSERT(days.work(a, b) == plain.work(a, b));
    RC_ASSERT(days.work(b, a) == -plain.work(a, b));
    RC_ASSERT(days.next_start(a) == plain.next_start(a));
    RC_ASSERT(days.prev_end(a) == plain.prev_end(a));
    const auto n = below(4000) - 2000;
    RC_ASSERT(days.add(a, n) == plain.add(a, n));
  }));
}

// ---- Networks ----

namespace {

project random_project() {
  project p;
  p.n.calendars.emplace_back(days_off(office_week(), "2024-01-04", "2024-01-05"));
  const int size = 2 + below(25);
  for (int i = 0; i < size; ++i) {
    auto& a = p.add("t" + std::to_string(i), below(4 * a_day));
    a.calendar = static_cast<std::uint16_t>(below(2));
    if (below(8) == 0) {
      a.duration = 0;
      a.milestone = true;
    }
    if (below(4) == 0) {
      a.rule = static_cast<constraint>(2 + below(6));
      a.constraint_date = shortened(civil_minute{first_day} + minutes{below(30 * 1440)});
    }
    if (below(5) == 0) a.deadline = shortened(civil_minute{first_day} + minutes{below(30 * 1440)});
    if (below(6) == 0) a.levelling_delay = below(4 * 1440);
    for (int n = i == 0 ? 0 : below(4); n > 0; --n)
      p.n.links.push_back({static_cast<std::uint32_t>(below(i)), static_cast<std::uint32_t>(i), below(11 * 60) - 180,
                           static_cast<link_type>(below(4)), static_cast<lag_unit>(below(2))});
    if (i > 0 && below(6) == 0)
      p.n.links.push_back({static_cast<std::uint32_t>(below(i)), static_cast<std::uint32_t>(i), below(150),
                           static_cast<link_type>(below(4)),
                           below(2) == 0 ? lag_unit::percent : lag_unit::elapsed_percent});
  }
  return p;
}

// Knows no order: it repeats the rules of both passes until nothing changes.
struct fixpoint {
  const activity_network& n;
  const network_options& o;
  std::vector<civil_minute> es, ef, ls, lf;
  std::vector<civil_minute> pushed;  // where links and wishes push, before a date holds it back
  civil_minute finish{};

  const working_calendar& days(std::size_t i) const { return n.calendars[n.activities[i].calendar]; }
  std::int64_t length(std::size_t i) const { return n.activities[i].duration; }
  bool msp() const { return o.mode == scheduling_mode::msp; }
  civil_minute on(std::size_t i) const { return civil_minute{n.activities[i].constraint_date}; }

  civil_minute lag(const precedence& l, civil_minute t, int sign) const {
    const bool share = l.unit == lag_unit::percent || l.unit == lag_unit::elapsed_percent;
    const auto by = sign * (share ? length(l.from) * l.lag / 100 : l.lag);
    if (l.unit == lag_unit::elapsed || l.unit == lag_unit::elapsed_percent) return t + minutes{by};
    return days(l.to).add(t, by);
  }
  civil_minute settle(std::size_t i, civil_minute t) const {
    if (n.activities[i].milestone && days(i).prev_end(t) == t) return t;
    return days(i).next_start(t);
  }

  void place(std::size_t i) {
    const auto& a = n.activities[i];
    const auto start_for = days(i).add(on_or_start(i), -length(i));
    std::optional<civil_minute> base;
    for (const auto& l : n.links) {
      if (l.to != i) continue;
      const bool from_start = l.type == link_type::ss || l.type == link_type::sf;
      auto t = from_start ? es[l.from] : ef[l.from];
      if (l.type == link_type::ff || l.type == link_type::sf) t = days(i).add(t, -length(i));
      t = lag(l, t, 1);
      if (l.type == link_type::ff) t = std::max(t, civil_minute{o.start});
      base = std::max(base.value_or(t), t);
    }
    auto start = civil_minute{o.start};
    if (base)
      start = *base;
    else if (a.rule == constraint::start_no_earlier_than)
      start = on(i);
    else if (a.rule == constraint::finish_no_earlier_than)
      start = start_for;
    start = settle(i, start);
    std::optional<civil_minute> end;
    if (a.rule == constraint::start_no_earlier_than) start = std::max(start, on(i));
    if (a.rule == constraint::finish_no_earlier_than) start = std::max(start, start_for);
    start = settle(i, start);
    if (a.levelling_delay != 0) start = settle(i, start + minutes{a.levelling_delay});
    const auto begin = start;
    if (a.rule == constraint::start_no_later_than && msp()) start = std::min(start, on(i));
    if (a.rule == constraint::finish_no_later_than && msp()) start = std::min(start, start_for);
    if (a.rule == constraint::must_start_on) start = msp() ? on(i) : std::max(start, on(i));
    if (a.rule == constraint::must_finish_on) {
      start = msp() ? start_for : std::max(start, start_for);
      if (msp()) end = on(i);
    }
    start = settle(i, start);
    if (a.rule == constraint::finish_no_earlier_than && !base) end = std::max(on(i), days(i).add(start, length(i)));
    es[i] = start;
    pushed[i] = base ? std::max(start, begin) : start;
    ef[i] = end.value_or(days(i).add(start, length(i)));
  }
  civil_minute on_or_start(std::size_t i) const {
    return n.activities[i].constraint_date == no_minute ? civil_minute{o.start} : on(i);
  }

  // When a successor has to begin and finish before its levelling delay.
  civil_minute due_start(std::size_t i) const {
    const auto delay = n.activities[i].levelling_delay;
    return delay == 0 ? ls[i] : days(i).prev_end(ls[i] - minutes{delay});
  }
  civil_minute due_finish(std::size_t i) const {
    return n.activities[i].levelling_delay == 0 ? lf[i] : days(i).add(due_start(i), length(i));
  }

  void place_late(std::size_t i) {
    const auto& a = n.activities[i];
    auto late = finish;
    for (const auto& l : n.links) {
      if (l.from != i) continue;
      auto t = l.type == link_type::fs ? due_start(l.to) : due_finish(l.to);
      if (l.type == link_type::ss) t = days(i).next_start(due_start(l.to));
      if (l.type == link_type::sf) t = days(i).add(t, length(i));
      t = lag(l, t, -1);
      if (l.type == link_type::ss) t = days(i).add(t, length(i));
      late = std::min(late, t);
    }
    const auto finish_for = days(i).add(on_or_start(i), length(i));
    if (a.rule == constraint::must_start_on) late = msp() ? finish_for : std::min(late, finish_for);
    if (a.rule == constraint::must_finish_on) late = msp() ? on(i) : std::min(late, on(i));
    if (a.rule == constraint::start_no_later_than) late = std::min(late, finish_for);
    if (a.rule == constraint::finish_no_later_than) late = std::min(late, on(i));
    if (a.deadline != no_minute) late = std::min(late, civil_minute{a.deadline});
    lf[i] = days(i).prev_end(late);
    ls[i] = days(i).add(lf[i], -length(i));
  }

  template <class Step>
  void repeat(std::vector<civil_minute>& a, std::vector<civil_minute>& b, Step step) {
    for (bool changed = true; changed;) {
      const auto before_a = a, before_b = b;
      for (std::size_t i = 0; i < n.activities.size(); ++i) step(i);
      changed = a != before_a || b != before_b;
    }
  }

  void run() {
    es.assign(n.activities.size(), civil_minute{o.start});
    ef = pushed = es;
    repeat(es, ef, [&](std::size_t i) { place(i); });
    finish = *std::ranges::max_element(ef);
    ls.assign(n.activities.size(), finish);
    lf = ls;
    repeat(ls, lf, [&](std::size_t i) { place_late(i); });
  }
};

}  // namespace

TEST_CASE("random networks with every kind of link and constraint have the dates of a reference without order") {
  CHECK(rc::check([] {
    auto p = random_project();
    p.run(below(2) == 0 ? scheduling_mode::pure : scheduling_mode::msp);
    RC_ASSERT(p.s.has_value());
    fixpoint expected{p.n, p.o, {}, {}, {}, {}, {}, {}};
    expected.run();
    RC_ASSERT(civil_minute{p.s->finish} == expected.finish);
    for (std::size_t i = 0; i < p.n.activities.size(); ++i) {
      const auto& d = p.s->items[i];
      RC_ASSERT(civil_minute{d.early_start} == expected.es[i]);
      RC_ASSERT(civil_minute{d.early_finish} == expected.ef[i]);
      RC_ASSERT(civil_minute{d.late_start} == expected.ls[i]);
      RC_ASSERT(civil_minute{d.late_finish} == expected.lf[i]);
      const auto slack = std::min(expected.days(i).work(expected.pushed[i], expected.ls[i]),
                                  expected.days(i).work(expected.ef[i], expected.lf[i]));
      RC_ASSERT(d.total_slack_min == slack);
    }
  }));
}

TEST_CASE("the order in which activities are written changes no date") {
  CHECK(rc::check([] {
    auto p = random_project();
    const auto size = static_cast<std::uint32_t>(p.n.activities.size());
    std::vector<std::uint32_t> place(size);
    for (std::uint32_t i = 0; i < size; ++i) place[i] = i;
    for (std::uint32_t i = size; i > 1; --i)
      std::swap(place[i - 1], place[static_cast<std::size_t>(below(static_cast<int>(i)))]);
    auto q = p;
    for (std::uint32_t i = 0; i < size; ++i) q.n.activities[place[i]] = p.n.activities[i];
    for (auto& l : q.n.links) {
      l.from = place[l.from];
      l.to = place[l.to];
    }
    std::ranges::reverse(q.n.links);
    p.run();
    q.run();
    for (std::uint32_t i = 0; i < size; ++i) {
      const auto &a = p.s->items[i], &b = q.s->items[place[i]];
      RC_ASSERT(a.early_start == b.early_start);
      RC_ASSERT(a.late_finish == b.late_finish);
      RC_ASSERT(a.total_slack_min == b.total_slack_min);
      RC_ASSERT(a.free_slack_min == b.free_slack_min);
      RC_ASSERT(a.critical == b.critical);
    }
  }));
}

// ---- Cycles ----

namespace {

using arcs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
using knots = std::set<std::set<std::string>>;

// Which nodes can be reached from which, by trying every path, and so the sets that wait for one another.
knots knots_of(std::size_t size, const arcs& all) {
  std::vector<std::vector<bool>> reach(size, std::vector<bool>(size));
  for (const auto& [from, to] : all) reach[from][to] = true;
  for (std::size_t k = 0; k < size; ++k)
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j < size; ++j)
        if (reach[i][k] && reach[k][j]) reach[i][j] = true;
  knots out;
  for (std::size_t i = 0; i < size; ++i) {
    std::set<std::string> knot;
    for (std::size_t j = 0; j < size; ++j)
      if (reach[i][j] && reach[j][i]) knot.insert("t" + std::to_string(j));
    if (!knot.empty()) out.insert(knot);
  }
  return out;
}

std::size_t shortest_cycle(const arcs& all, std::uint32_t start) {
  std::set<std::uint32_t> front{start}, seen;
  for (std::size_t length = 1; !front.empty(); ++length) {
    std::set<std::uint32_t> next;
    for (const auto& [from, to] : all)
      if (front.contains(from)) {
        if (to == start) return length;
        if (seen.insert(to).second) next.insert(to);
      }
    front = std::move(next);
  }
  return SIZE_MAX;
}

std::size_t shortest_cycle(const arcs& all, const std::set<std::string>& knot) {
  auto out = std::size_t{SIZE_MAX};
  for (const auto& each : knot)
    out = std::min(out, shortest_cycle(all, static_cast<std::uint32_t>(std::stoul(each.substr(1)))));
  return out;
}

arcs random_arcs(int size) {
  arcs out;
  for (int n = below(2 * size); n > 0; --n)
    out.emplace_back(static_cast<std::uint32_t>(below(size)), static_cast<std::uint32_t>(below(size)));
  return out;
}

// The tasks at either end of «t1 (phong) —FS→ t2 (phong)» or «t1 → t2».
std::pair<std::string, std::string> ends_of(const std::string& hop) {
  const auto second = hop.rfind("→ ") + std::string("→ ").size();
  return {hop.substr(0, hop.find(' ')), hop.substr(second, hop.find(' ', second) - second)};
}

// Each remark names all tasks of one knot, first those of a shortest cycle, and every knot has one; `expected` are
// those of `all`.
void assert_told(const diagnostics& notes, const std::string& id, const arcs& all, const knots& expected) {
  knots told;
  for (const auto& d : notes) {
    RC_ASSERT(d.id() == id);
    std::set<std::string> named, on_ring;
    const auto length = std::stoul(d.what.args[0]);
    for (std::size_t i = 0; i < d.related.size(); ++i) {
      const auto [from, to] = ends_of(d.related[i].path);
      named.insert({from, to});
      if (i < length) on_ring.insert(from);
    }
    RC_ASSERT(expected.contains(named));
    RC_ASSERT(told.insert(named).second);
    RC_ASSERT(length == shortest_cycle(all, named));
    RC_ASSERT(on_ring.size() == length);
  }
  RC_ASSERT(told == expected);
}

// Without the links that the remarks propose to drop nothing waits for itself.
void assert_cut(const diagnostics& notes, std::size_t size, arcs all) {
  for (const auto& d : notes) {
    auto rest = d.what.args[2];
    while (!rest.empty()) {
      const auto end = std::min(rest.find("; "), rest.size());
      const auto [from, to] = ends_of(rest.substr(0, end));
      const auto number = [](const std::string& id) { return static_cast<std::uint32_t>(std::stoul(id.substr(1))); };
      const auto at = std::ranges::find(all, std::pair{number(from), number(to)});
      RC_ASSERT(at != all.end());
      all.erase(at);
      rest.erase(0, end + 2);
    }
  }
  RC_ASSERT(knots_of(size, all).empty());
}

}  // namespace

TEST_CASE("cycles are told once for each knot of activities, with all of it, as brute force finds them") {
  CHECK(rc::check([] {
    project p;
    const int size = 2 + below(12);
    for (int i = 0; i < size; ++i) p.add("t" + std::to_string(i), 60);
    const auto all = random_arcs(size);
    for (const auto& [from, to] : all) p.n.links.push_back({from, to, 0, link_type::fs, lag_unit::working});
    p.run();
    const auto expected = knots_of(p.n.activities.size(), all);
    RC_ASSERT(p.s.has_value() == expected.empty());
    assert_told(p.notes, "schedule.cycle", all, expected);
    assert_cut(p.notes, p.n.activities.size(), all);
  }));
}

TEST_CASE("cycles through summaries are those of the leaves on either side, all told at once") {
  CHECK(rc::check([] {
    project p;
    const int groups = 1 + below(3), size = groups + 1 + below(8);
    std::vector<std::vector<std::uint32_t>> leaves(static_cast<std::size_t>(groups));  // of each activity
    for (int i = 0; i < groups; ++i) p.add("s" + std::to_string(i), 0);
    for (int i = 0; i < size; ++i) {
      const int group = i < groups ? i : below(groups + 1);  // every summary has a leaf
      const auto id = "t" + std::to_string(i);
      if (group < groups) {
        p.child(id, 60, "s" + std::to_string(group));
        leaves[static_cast<std::size_t>(group)].push_back(static_cast<std::uint32_t>(i));
      } else {
        p.add(id, 60);
      }
      leaves.push_back({static_cast<std::uint32_t>(i)});
    }
    arcs all;
    for (int n = below(2 * size); n > 0; --n) {
      const auto from = static_cast<std::uint32_t>(below(groups + size));
      const auto to = static_cast<std::uint32_t>(below(groups + size));
      p.n.links.push_back({from, to, 0, below(2) == 0 ? link_type::fs : link_type::ff, lag_unit::working});
      for (const auto a : leaves[from])
        for (const auto b : leaves[to]) all.emplace_back(a, b);
    }
    p.run();
    const auto expected = knots_of(static_cast<std::size_t>(size), all);
    RC_ASSERT(p.s.has_value() == expected.empty());
    assert_told(p.notes, "schedule.cycle", all, expected);
  }));
}

TEST_CASE("cycles of a plan's tasks are told once for each knot, with all of it, as brute force finds them") {
  CHECK(rc::check([] {
    const int size = 2 + below(12);
    auto all = random_arcs(size);
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    std::string body;
    for (int i = 0; i < size; ++i) {
      body += "<task id=\"t" + std::to_string(i) + "\" lead=\"phong\" duration=\"1wd\">";
      for (const auto& [from, to] : all)
        if (static_cast<int>(to) == i) body += "<after task=\"t" + std::to_string(from) + "\"/>";
      body += "</task>\n";
    }
    auto p = read_small(body);
    const auto expected = knots_of(static_cast<std::size_t>(size), all);
    RC_ASSERT(static_cast<bool>(p) == expected.empty());
    assert_told(p.notes, "plan.cycle", all, expected);
    assert_cut(p.notes, static_cast<std::size_t>(size), all);
  }));
}

// ---- Unfolding ----

namespace {

struct random_task {
  std::string id, every;
  std::vector<std::string> only;
  date from, until;
  std::optional<std::size_t> after;
};

const date plan_first = make_date(2023, 4, 18), plan_last = make_date(2025, 12, 31);

random_task some_task(std::size_t index) {
  static const std::vector<std::string> kinds{"once", "year", "half-year", "nine-months", "quarter", "month"};
  random_task t;
  t.id = "t" + std::to_string(index);
  t.every = kinds[static_cast<std::size_t>(below(6))];
  if (t.every == "quarter" && below(3) == 0) t.only = {"q1", "q3"};
  if (t.every == "month" && below(3) == 0) t.only = {"02", "11"};
  t.from = plan_first + std::chrono::days{below(3) == 0 ? below(400) : 0};
  t.until = plan_last - std::chrono::days{below(3) == 0 ? below(400) : 0};
  if (index > 0 && below(2) == 0) t.after = static_cast<std::size_t>(below(static_cast<int>(index)));
  return t;
}

std::string xml_of(const random_task& t) {
  std::string out =
      "<task id=\"" + t.id + "\" lead=\"phong\" from=\"" + iso(t.from) + "\" until=\"" + iso(t.until) + "\"";
  if (t.every != "once") out += " every=\"" + t.every + "\"";
  for (std::size_t i = 0; i < t.only.size(); ++i) out += (i == 0 ? " only=\"" : " ") + t.only[i];
  if (!t.only.empty()) out += "\"";
  if (!t.after) return out + "/>\n";
  return out + "><after task=\"t" + std::to_string(*t.after) + "\"/></task>\n";
}

struct slot {
  std::string id;
  std::optional<date_range> days;  // whole period; nothing: once
};

// Every period of every year is tried.
std::vector<slot> slots_of(const random_task& t) {
  if (t.every == "once") return {{t.id, {}}};
  std::vector<slot> out;
  for (int y = 2022; y <= 2026; ++y) {
    std::vector<std::string> names;
    const auto year = std::to_string(y);
    if (t.every == "year") names = {year};
    if (t.every == "nine-months") names = {year + "-9m"};
    if (t.every == "half-year") names = {year + "-h1", year + "-h2"};
    if (t.every == "quarter")
      for (int q = 1; q <= 4; ++q) names.push_back(year + "-q" + std::to_string(q));
    if (t.every == "month")
      for (int m = 1; m <= 12; ++m) names.push_back(year + (m < 10 ? "-0" : "-") + std::to_string(m));
    for (const auto& name : names) {
      const auto days = span(parse_period(name).value());
      const auto word = name.size() > 4 ? name.substr(5) : "";
      if (!t.only.empty() && std::ranges::find(t.only, word) == t.only.end()) continue;
      if (days.last < t.from || t.until < days.first) continue;
      out.push_back({t.id + "@" + name, days});
    }
  }
  return out;
}

int months_of(const std::string& every) {
  if (every == "year") return 12;
  if (every == "nine-months") return 9;
  if (every == "half-year") return 6;
  return every == "quarter" ? 3 : 1;
}

bool inside(const date_range& inner, const date_range& outer) {
  return outer.first <= inner.first && inner.last <= outer.last;
}

bool waits(const random_task& later, const slot& l, const random_task& earlier, const slot& e) {
  if (!e.days) return true;
  if (!l.days) return e.days->first <= later.until && later.from <= e.days->last;  // the days of a task that is once
  const auto a = months_of(earlier.every), b = months_of(later.every);
  if (a == b) return e.id.substr(e.id.find('@')) == l.id.substr(l.id.find('@'));
  return a < b ? inside(*e.days, *l.days) : inside(*l.days, *e.days);
}

}  // namespace

TEST_CASE("unfolding makes the items and links that trying every period and every pair makes") {
  CHECK(rc::check([] {
    std::vector<random_task> tasks;
    std::string body;
    for (int n = 1 + below(7); n > 0; --n) {
      tasks.push_back(some_task(tasks.size()));
      body += xml_of(tasks.back());
    }
    const auto w = unfold(body, "2023-04-18", "2025-12-31");
    std::set<std::string> items, links, expected_items, expected_links;
    for (const auto& i : w.items.items) items.insert(i.id.text);
    for (const auto& l : w.items.links)
      links.insert(w.items.items[l.from].id.text + " > " + w.items.items[l.to].id.text);
    for (const auto& t : tasks)
      for (const auto& s : slots_of(t)) {
        expected_items.insert(s.id);
        if (!t.after) continue;
        for (const auto& e : slots_of(tasks[*t.after]))
          if (waits(t, s, tasks[*t.after], e)) expected_links.insert(e.id + " > " + s.id);
      }
    RC_ASSERT(items == expected_items);
    RC_ASSERT(links == expected_links);
  }));
}
