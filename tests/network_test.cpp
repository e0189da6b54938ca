// The passes over a network: links and lags, constraints in both modes, progress, summaries, slack. Dates are worked
// out by hand; see network_text.hpp for the calendar.
#include <doctest/doctest.h>

#include "network_text.hpp"

using namespace vanthu;

TEST_CASE("activities without links begin when the project does") {
  project p;
  p.add("a", 2 * a_day);
  p.add("b", a_day / 2);
  p.run();
  CHECK(p.early("a") == "2024-01-01T08:00 2024-01-02T17:00");
  CHECK(p.early("b") == "2024-01-01T08:00 2024-01-01T12:00");
  CHECK(p.late("b") == "2024-01-02T13:00 2024-01-02T17:00");
  CHECK(p.slack("b") == 720);
  CHECK(p.free_slack("b") == 720);
  CHECK(p.dates("a").critical);
  CHECK_FALSE(p.dates("b").critical);
  CHECK(text_of(p.s->start) == "2024-01-01T08:00");
  CHECK(text_of(p.s->finish) == "2024-01-02T17:00");
}

TEST_CASE("each type of link pushes from and to the right ends") {
  project p;
  p.add("a", 2 * a_day);
  p.add("fs", a_day);
  p.add("ss", 3 * a_day);
  p.add("ff", a_day);
  p.add("sf", a_day / 2);
  p.link("a", "fs");
  p.link("a", "ss", link_type::ss, 60);
  p.link("a", "ff", link_type::ff, 60);
  p.link("fs", "sf", link_type::sf);
  p.run();
  CHECK(p.early("fs") == "2024-01-03T08:00 2024-01-03T17:00");
  CHECK(p.early("ss") == "2024-01-01T09:00 2024-01-04T09:00");
  CHECK(p.early("ff") == "2024-01-02T09:00 2024-01-03T09:00");
  CHECK(p.early("sf") == "2024-01-02T13:00 2024-01-02T17:00");
}

TEST_CASE("a finish-to-finish lag is added to where the successor's duration leads back") {
  project p;
  p.add("a", 2 * a_day);
  p.add("b", 3 * a_day);
  p.add("c", a_day / 2);
  p.link("a", "b", link_type::ff, a_day);
  p.link("a", "c", link_type::ff, a_day);
  p.run();
  CHECK(p.early("b") == "2024-01-01T08:00 2024-01-03T17:00");
  CHECK(p.early("c") == "2024-01-03T13:00 2024-01-03T17:00");
}

TEST_CASE("a lead that lands on a day off goes back to the work before it") {
  project p;
  p.n.calendars.emplace_back(days_off(office_week(), "2024-01-08", "2024-01-08"));
  p.add("a", 6 * a_day);  // to Monday, 8 January
  p.add("b", a_day).calendar = 1;
  p.add("c", a_day).calendar = 1;
  p.link("a", "b", link_type::ff, -a_day);
  p.link("a", "c", link_type::sf, 0);
  p.run();
  // From Monday evening, b's day is Friday, and a day before that Thursday.
  CHECK(p.early("b") == "2024-01-04T08:00 2024-01-04T17:00");
}

TEST_CASE("late dates before a lead are later than those of what follows") {
  project p;
  p.add("a", 2 * a_day);
  p.add("b", 2 * a_day);
  p.link("a", "b", link_type::fs, -a_day);
  p.run();
  CHECK(p.early("b") == "2024-01-02T08:00 2024-01-03T17:00");
  CHECK(p.late("b") == "2024-01-02T08:00 2024-01-03T17:00");
  CHECK(p.late("a") == "2024-01-01T08:00 2024-01-02T17:00");
  CHECK(p.slack("a") == 0);
  CHECK(p.free_slack("a") == 0);
}

TEST_CASE("an elapsed lag runs over nights and weekends") {
  project p;
  p.add("a", 5 * a_day);
  p.add("elapsed", a_day);
  p.add("working", a_day);
  p.link("a", "elapsed", link_type::fs, 2 * clock_day, lag_unit::elapsed);
  p.link("a", "working", link_type::fs, 2 * a_day);
  p.run();
  CHECK(p.early("elapsed") == "2024-01-08T08:00 2024-01-08T17:00");
  CHECK(p.early("working") == "2024-01-10T08:00 2024-01-10T17:00");
}

TEST_CASE("a lag in percent is of the predecessor's duration, in its units") {
  project p;
  p.add("a", 4 * a_day);
  p.add("clock", 2 * clock_day).elapsed = true;
  p.add("half", a_day);
  p.add("elapsed", a_day);
  p.add("of-clock", a_day);
  p.link("a", "half", link_type::ss, 50, lag_unit::percent);
  p.link("a", "elapsed", link_type::ss, 50, lag_unit::elapsed_percent);
  p.link("clock", "of-clock", link_type::fs, 50, lag_unit::percent);
  p.run();
  CHECK(p.early("half") == "2024-01-03T08:00 2024-01-03T17:00");
  CHECK(p.early("elapsed") == "2024-01-02T08:00 2024-01-02T17:00");
  CHECK(p.early("clock") == "2024-01-01T08:00 2024-01-03T08:00");
  CHECK(p.early("of-clock") == "2024-01-04T08:00 2024-01-04T17:00");
}

TEST_CASE("a lag is counted on the successor's calendar") {
  project p;
  p.n.calendars.emplace_back(days_off(office_week(), "2024-01-02", "2024-01-03"));
  p.add("a", a_day);
  p.add("same", a_day);
  p.add("other", a_day).calendar = 1;
  p.add("clock", a_day).calendar = round_the_clock;
  for (const auto* to : {"same", "other", "clock"}) p.link("a", to, link_type::fs, a_day);
  p.run();
  CHECK(p.early("same") == "2024-01-03T08:00 2024-01-03T17:00");
  CHECK(p.early("other") == "2024-01-05T08:00 2024-01-05T17:00");
  CHECK(p.early("clock") == "2024-01-02T01:00 2024-01-02T09:00");
}

TEST_CASE("early dates are the same whichever end the project is scheduled from") {
  project p;
  p.add("a", 2 * a_day);
  p.add("b", a_day);
  p.add("c", 4 * a_day);
  p.add("d", a_day);
  p.link("a", "b");
  p.link("b", "d", link_type::ss, 60);
  p.link("c", "d");
  p.run();
  const auto forwards = *p.s;
  p.o.finish = forwards.finish;
  p.o.start = at("2020-06-01T08:00");
  p.run();
  for (std::size_t i = 0; i < p.n.activities.size(); ++i) {
    CHECK(text_of(p.s->items[i].early_start) == text_of(forwards.items[i].early_start));
    CHECK(text_of(p.s->items[i].early_finish) == text_of(forwards.items[i].early_finish));
    CHECK(text_of(p.s->items[i].late_start) == text_of(forwards.items[i].late_start));
    CHECK(p.s->items[i].total_slack_min == forwards.items[i].total_slack_min);
  }
}

TEST_CASE("a milestone as late as possible stands right before what waits for it") {
  project p;
  p.milestone("m").rule = constraint::as_late_as_possible;
  p.add("a", 3 * a_day);
  p.add("b", a_day);
  p.link("a", "b");
  p.link("m", "b");
  p.run();
  CHECK(p.late("m") == "2024-01-03T17:00 2024-01-03T17:00");
  CHECK(text_of(planned(p.n, *p.s, p.number("m")).start) == "2024-01-03T17:00");
  CHECK(p.slack("m") == 0);
  CHECK(p.early("b") == "2024-01-04T08:00 2024-01-04T17:00");
}

TEST_CASE("what follows an activity as late as possible waits for its late dates") {
  project p;
  p.add("a", a_day).rule = constraint::as_late_as_possible;
  p.add("long", 4 * a_day);
  p.add("b", a_day);
  p.add("end", a_day);
  p.link("a", "b");
  p.link("b", "end");
  p.link("long", "end");
  p.run();
  CHECK(p.late("a") == "2024-01-03T08:00 2024-01-03T17:00");
  CHECK(p.early("b") == "2024-01-04T08:00 2024-01-04T17:00");
  CHECK(text_of(p.s->finish) == "2024-01-05T17:00");
}

TEST_CASE("a summary as late as possible with children as soon as possible is no cycle") {
  project p;
  p.add("s", 0).rule = constraint::as_late_as_possible;
  p.child("a", a_day, "s");
  p.child("b", a_day, "s");
  p.add("c", a_day);
  p.link("a", "b");
  p.link("s", "c");
  p.run();
  REQUIRE(p.s.has_value());
  CHECK(p.early("s") == "2024-01-01T08:00 2024-01-02T17:00");
  CHECK(p.early("c") == "2024-01-03T08:00 2024-01-03T17:00");
}

TEST_CASE("negative slack is kept, with the chain that causes it") {
  project p;
  p.add("a", 2 * a_day);
  p.add("b", 2 * a_day).deadline = at("2024-01-03T17:00");
  p.add("c", a_day);
  p.link("a", "b");
  p.link("b", "c");
  p.run();
  CHECK(p.slack("a") == -a_day);
  CHECK(p.slack("b") == -a_day);
  CHECK(p.slack("c") == 0);
  CHECK(p.free_slack("a") == 0);
  CHECK(p.dates("a").critical);
  CHECK(p.early("b") == "2024-01-03T08:00 2024-01-04T17:00");
  CHECK(said_ids(p.notes) == "schedule.late");
  CHECK(p.notes.front().what.args == std::vector<std::string>{"b", "2024-01-04T17:00", "2024-01-03T17:00", "b ← a"});
  CHECK(
      p.why("a").ends_with("short of 480 working minutes: it has to finish by 2024-01-01T17:00 | short of time because "
                           "of the chain a → b, held by the deadline 2024-01-03T17:00"));  // schedule.held-by-deadline
}

TEST_CASE("a constraint on a moment when nobody works counts as the end of the work before") {
  for (const auto mode : {scheduling_mode::msp, scheduling_mode::pure}) {
    project p;
    p.add("a", 5 * a_day);
    p.add("b", a_day);
    p.of("a").rule = constraint::finish_no_later_than;
    p.of("a").constraint_date = at("2024-01-06T12:00");  // a Saturday: Friday 17:00
    p.of("b").rule = constraint::start_no_later_than;
    p.of("b").constraint_date = at("2024-01-07T10:00");  // a Sunday: Monday 08:00
    p.add("end", 9 * a_day);
    p.run(mode);
    CHECK(p.late("a") == "2024-01-01T08:00 2024-01-05T17:00");
    CHECK(p.late("b") == "2024-01-08T08:00 2024-01-08T17:00");
    CHECK(p.slack("a") == 0);
    CHECK(p.slack("b") == 5 * a_day);
  }
}

TEST_CASE("a start-to-finish successor that ends when a day begins ends with the day before") {
  project p;
  p.add("a", a_day);
  p.add("b", a_day);
  p.link("a", "b", link_type::sf);
  p.of("a").rule = constraint::start_no_earlier_than;
  p.of("a").constraint_date = at("2024-01-03T08:00");
  p.run();
  CHECK(p.early("b") == "2024-01-02T08:00 2024-01-02T17:00");
  CHECK(p.same("b", p.dates("b").early_finish, "2024-01-03T08:00"));
  CHECK(p.slack("b") == a_day);
}

TEST_CASE("links from the start of a manual activity do not bound its late dates") {
  project p;
  auto& m = p.add("m", a_day);
  m.manual = true;
  m.start = at("2024-01-02T08:00");
  m.finish = at("2024-01-02T17:00");
  p.add("ss", a_day);
  p.add("sf", a_day);
  p.add("after", 3 * a_day);
  p.link("m", "ss", link_type::ss);
  p.link("m", "sf", link_type::sf);
  p.link("ss", "after");
  p.run();
  CHECK(p.early("m") == "2024-01-02T08:00 2024-01-02T17:00");
  CHECK(p.early("ss") == "2024-01-02T08:00 2024-01-02T17:00");
  CHECK(p.late("m") == "2024-01-05T08:00 2024-01-05T17:00");
  CHECK(p.why("m").find("its dates are set by hand") != std::string::npos);  // schedule.start-manual
}

TEST_CASE("a manual activity keeps its dates and still feeds its successors") {
  project p;
  p.add("a", 3 * a_day);
  auto& m = p.add("m", a_day);
  m.manual = true;
  m.start = at("2024-01-02T08:00");
  m.finish = at("2024-01-02T17:00");
  p.add("b", a_day);
  p.link("a", "m");
  p.link("m", "b");
  p.run();
  CHECK(p.early("m") == "2024-01-02T08:00 2024-01-02T17:00");
  CHECK(p.early("b") == "2024-01-03T08:00 2024-01-03T17:00");
  CHECK(p.slack("a") == -2 * a_day);
}

TEST_CASE("a link to or from a summary means its leaves, and from its start the one that begins first") {
  project p;
  p.add("s", 0);
  p.child("late", a_day, "s");
  p.child("early", 2 * a_day, "s");
  p.of("late").rule = constraint::start_no_earlier_than;
  p.of("late").constraint_date = at("2024-01-04T08:00");
  p.add("t", 0);
  p.child("t1", a_day, "t");
  p.child("t2", a_day / 2, "t");
  p.add("u", 0);
  p.child("u1", a_day, "u");
  p.add("v", a_day);
  p.link("s", "t", link_type::ss, a_day);
  p.link("s", "u", link_type::fs);
  p.link("s", "v", link_type::ff);
  p.run();
  CHECK(p.early("s") == "2024-01-01T08:00 2024-01-04T17:00");
  CHECK(p.early("t1") == "2024-01-02T08:00 2024-01-02T17:00");
  CHECK(p.early("t2") == "2024-01-02T08:00 2024-01-02T12:00");
  CHECK(p.early("u1") == "2024-01-05T08:00 2024-01-05T17:00");
  CHECK(p.early("v") == "2024-01-04T08:00 2024-01-04T17:00");
  CHECK(p.why("u1").find("waits for s (2024-01-04T17:00, FS link)") != std::string::npos);
}

TEST_CASE("an unfinished child holds up what waits for its summary") {
  project p;
  p.add("s", 0);
  p.child("a", a_day, "s");
  auto& m = p.child("m", a_day, "s");
  m.manual = true;
  m.start = at("2024-01-10T08:00");
  m.finish = at("2024-01-10T17:00");
  p.add("b", a_day);
  p.link("s", "b");
  p.run();
  CHECK(p.early("b") == "2024-01-11T08:00 2024-01-11T17:00");
}

TEST_CASE("a finished predecessor counts with its actual end") {
  project p;
  auto& a = p.add("a", a_day);
  a.actual_start = at("2024-01-02T08:00");
  a.actual_finish = at("2024-01-05T10:00");
  p.add("b", a_day);
  p.link("a", "b");
  p.run();
  CHECK(p.early("a") == "2024-01-02T08:00 2024-01-05T10:00");
  CHECK(p.early("b") == "2024-01-05T10:00 2024-01-08T10:00");
  CHECK(p.late("a") == "2024-01-02T08:00 2024-01-05T10:00");
  CHECK(p.slack("a") == 0);
  CHECK(p.free_slack("a") == 0);
}

TEST_CASE("an actual start counts although a predecessor is still open") {
  project p;
  p.add("a", 3 * a_day);
  auto& b = p.add("b", 2 * a_day);
  b.actual_start = at("2024-01-02T08:00");
  b.remaining = a_day;
  p.add("c", a_day);
  p.link("a", "b");
  p.link("b", "c");
  p.run();
  CHECK(p.early("b") == "2024-01-02T08:00 2024-01-03T17:00");
  CHECK(p.early("c") == "2024-01-04T08:00 2024-01-04T17:00");
  // What is left of b is a day: a may finish the day before it has to begin.
  CHECK(p.late("b") == "2024-01-02T08:00 2024-01-03T17:00");
  CHECK(p.late("a") == "2023-12-29T08:00 2024-01-02T17:00");
  CHECK(p.slack("a") == -a_day);
  CHECK(said_ids(p.notes) == "schedule.started-early");
}

TEST_CASE("unfinished work is not forecast into the past when now is given") {
  project p;
  p.add("a", a_day);
  auto& b = p.add("b", 2 * a_day);
  b.actual_start = at("2024-01-01T08:00");
  b.remaining = a_day;
  p.o.now = at("2024-01-10T08:00");
  p.run();
  CHECK(p.early("a") == "2024-01-10T08:00 2024-01-10T17:00");
  CHECK(p.early("b") == "2024-01-01T08:00 2024-01-10T17:00");
  CHECK(p.why("a").find("not before today") != std::string::npos);
}

TEST_CASE("a holiday that is added moves all that depends on it") {
  project p;
  p.add("a", 2 * a_day);
  p.add("b", a_day);
  p.link("a", "b");
  p.run();
  CHECK(p.early("b") == "2024-01-03T08:00 2024-01-03T17:00");
  p.n.calendars.front() = working_calendar(days_off(office_week(), "2024-01-02", "2024-01-02"));
  p.run();
  CHECK(p.early("b") == "2024-01-04T08:00 2024-01-04T17:00");
}

TEST_CASE("without its link an activity goes back to what was asked for, which dates never overwrite") {
  project p;
  p.add("a", 5 * a_day);
  p.add("b", a_day);
  p.of("b").rule = constraint::start_no_earlier_than;
  p.of("b").constraint_date = at("2024-01-02T08:00");
  p.link("a", "b");
  p.run();
  CHECK(p.early("b") == "2024-01-08T08:00 2024-01-08T17:00");
  CHECK(p.why("b").find("waits for a") != std::string::npos);
  p.n.links.clear();
  p.run();
  CHECK(p.early("b") == "2024-01-02T08:00 2024-01-02T17:00");
  CHECK(p.why("b").find("by constraint SNET 2024-01-02T08:00") != std::string::npos);  // schedule.start-constraint
}

TEST_CASE("an inactive activity has no dates and its links count for nobody") {
  project p;
  p.add("t1", 2 * a_day);
  p.add("t2", 5 * a_day).inactive = true;
  p.add("t3", a_day);
  p.link("t1", "t2");
  p.link("t2", "t3", link_type::fs, a_day);
  p.run();
  CHECK(p.early("t2") == "- -");
  CHECK(p.early("t3") == "2024-01-01T08:00 2024-01-01T17:00");
  CHECK(text_of(p.s->finish) == "2024-01-02T17:00");
}

TEST_CASE("a day's work finishes when the day's work does, not with the day before or the day after") {
  project p;
  p.add("a", a_day);
  p.milestone("m");
  p.add("b", a_day);
  p.link("a", "m");
  p.link("m", "b");
  p.run();
  CHECK(p.early("a") == "2024-01-01T08:00 2024-01-01T17:00");
  CHECK(p.early("m") == "2024-01-01T17:00 2024-01-01T17:00");
  CHECK(p.early("b") == "2024-01-02T08:00 2024-01-02T17:00");
}

TEST_CASE("a day of a duration is a day of the calendar's hours") {
  project p;
  p.add("working", a_day);
  p.add("clock", clock_day).elapsed = true;
  p.add("day-and-night", clock_day).calendar = round_the_clock;
  p.run();
  CHECK(p.early("working") == "2024-01-01T08:00 2024-01-01T17:00");
  CHECK(p.early("clock") == "2024-01-01T08:00 2024-01-02T08:00");
  CHECK(p.early("day-and-night") == "2024-01-01T08:00 2024-01-02T08:00");
}

TEST_CASE("what is asked for before, between and after office hours begins with the next work") {
  for (const auto& [asked, begins] : {std::pair{"2024-01-02T06:00", "2024-01-02T08:00"},
                                      {"2024-01-02T12:30", "2024-01-02T13:00"},
                                      {"2024-01-02T19:00", "2024-01-03T08:00"},
                                      {"2024-01-05T17:00", "2024-01-08T08:00"},
                                      {"2024-01-06T10:00", "2024-01-08T08:00"}}) {
    project p;
    p.add("a", 60);
    p.of("a").rule = constraint::start_no_earlier_than;
    p.of("a").constraint_date = at(asked);
    p.run();
    CHECK(text_of(p.dates("a").early_start) == begins);
  }
}

TEST_CASE("two links between the same two activities both count") {
  project p;
  p.add("a", 4 * a_day);
  p.add("b", a_day);
  p.link("a", "b", link_type::ss, a_day);
  p.link("a", "b", link_type::ff);
  p.run();
  CHECK(p.early("b") == "2024-01-04T08:00 2024-01-04T17:00");
  p.n.links.pop_back();
  p.run();
  CHECK(p.early("b") == "2024-01-02T08:00 2024-01-02T17:00");
}

TEST_CASE("a chain of a hundred thousand activities is ordinary") {
  project p;
  p.n.calendars.front() = working_calendar(office_week());
  constexpr std::uint32_t length = 100'000;
  p.n.activities.resize(length);
  for (auto& a : p.n.activities) a.duration = 60;
  for (std::uint32_t i = 1; i < length; ++i) p.n.links.push_back({i - 1, i, 0, link_type::fs, lag_unit::working});
  p.run();
  REQUIRE(p.s.has_value());
  CHECK(p.n.calendars.front().work(civil_minute{p.s->start}, civil_minute{p.s->finish}) == 60LL * length);
  p.n.links.push_back({length - 1, 0, 0, link_type::fs, lag_unit::working});
  p.run();
  REQUIRE_FALSE(p.s.has_value());
  CHECK(said_ids(p.notes) == "schedule.cycle");
  CHECK(p.notes.front().what.args[0] == "100000");
  CHECK(p.notes.front().related.size() == length);
}

TEST_CASE("a milestone that must start on a date is not moved by its links in msp, and is in pure") {
  project p;
  p.add("a", 3 * a_day);
  p.add("b", a_day);
  p.of("b").rule = constraint::must_start_on;
  p.of("b").constraint_date = at("2024-01-02T08:00");
  p.of("b").deadline = at("2024-01-01T17:00");
  p.link("a", "b");
  p.run(scheduling_mode::msp);
  CHECK(p.early("b") == "2024-01-02T08:00 2024-01-02T17:00");
  CHECK(p.slack("a") == -3 * a_day);
  p.run(scheduling_mode::pure);
  CHECK(p.early("b") == "2024-01-04T08:00 2024-01-04T17:00");
  CHECK(said_ids(p.notes) == "schedule.constraint-broken schedule.late");
  CHECK(p.notes.front().what.args ==
        std::vector<std::string>{"b", "MSO", "2024-01-02T08:00", "2024-01-04T08:00", "2024-01-04T17:00", "b ← a"});
}

TEST_CASE("in msp a date that must be kept hides later deadlines from what comes before, in pure it does not") {
  project p;
  p.add("a", a_day);
  p.add("b", a_day);
  p.of("b").rule = constraint::must_start_on;
  p.of("b").constraint_date = at("2024-01-04T08:00");
  p.add("c", 2 * a_day).deadline = at("2024-01-04T17:00");
  p.link("a", "b");
  p.link("b", "c");
  p.run(scheduling_mode::msp);
  CHECK(p.slack("a") == 2 * a_day);
  CHECK(p.slack("c") == -2 * a_day);
  p.run(scheduling_mode::pure);
  CHECK(p.slack("c") == -2 * a_day);
  CHECK(p.slack("a") == 0);  // b would have to begin on Tuesday for c to be in time
}

TEST_CASE("each constraint has its effect on early and late dates") {
  struct expectation {
    constraint rule;
    const char *on, *msp_early, *msp_late, *pure_early, *pure_late;
  };
  // b takes a day after a, which takes two; the project lasts to Wednesday, 10 January.
  const char* logic = "2024-01-03T08:00 2024-01-03T17:00";
  const char* free = "2024-01-10T08:00 2024-01-10T17:00";
  const char* fifth = "2024-01-05T08:00 2024-01-05T17:00";
  const char* second = "2024-01-02T08:00 2024-01-02T17:00";
  for (const auto& e : {
           expectation{constraint::start_no_earlier_than, "2024-01-05T08:00", fifth, free, fifth, free},
           {constraint::finish_no_earlier_than, "2024-01-05T17:00", fifth, free, fifth, free},
           {constraint::start_no_later_than, "2024-01-05T08:00", logic, fifth, logic, fifth},
           {constraint::finish_no_later_than, "2024-01-05T17:00", logic, fifth, logic, fifth},
           {constraint::start_no_later_than, "2024-01-02T08:00", second, second, logic, second},
           {constraint::finish_no_later_than, "2024-01-02T17:00", second, second, logic, second},
           {constraint::must_start_on, "2024-01-05T08:00", fifth, fifth, fifth, fifth},
           {constraint::must_finish_on, "2024-01-05T17:00", fifth, fifth, fifth, fifth},
           {constraint::must_start_on, "2024-01-02T08:00", second, second, logic, second},
           {constraint::must_finish_on, "2024-01-02T17:00", second, second, logic, second},
       }) {
    project p;
    p.add("a", 2 * a_day);
    p.add("b", a_day);
    p.add("long", 8 * a_day);
    p.link("a", "b");
    p.of("b").rule = e.rule;
    p.of("b").constraint_date = at(e.on);
    CAPTURE(static_cast<int>(e.rule));
    CAPTURE(e.on);
    p.run(scheduling_mode::msp);
    CHECK(p.early("b") == e.msp_early);
    CHECK(p.late("b") == e.msp_late);
    p.run(scheduling_mode::pure);
    CHECK(p.early("b") == e.pure_early);
    CHECK(p.late("b") == e.pure_late);
  }
}

TEST_CASE("a levelling delay is counted by the clock from where an activity could begin") {
  project p;
  p.add("a", a_day).levelling_delay = clock_day;
  p.add("b", a_day).levelling_delay = 2 * clock_day + 9 * 60;
  p.add("c", a_day);
  p.link("a", "b");
  p.link("b", "c");
  p.add("wish", a_day).levelling_delay = clock_day;
  p.of("wish").rule = constraint::start_no_earlier_than;
  p.of("wish").constraint_date = at("2024-01-04T08:00");
  for (const auto mode : {scheduling_mode::msp, scheduling_mode::pure}) {
    p.run(mode);
    CHECK(p.early("a") == "2024-01-02T08:00 2024-01-02T17:00");
    // From Wednesday morning to Friday evening, when nobody works: Monday.
    CHECK(p.early("b") == "2024-01-08T08:00 2024-01-08T17:00");
    CHECK(p.early("c") == "2024-01-09T08:00 2024-01-09T17:00");
    CHECK(p.early("wish") == "2024-01-05T08:00 2024-01-05T17:00");
    CHECK(p.why("b").find("a") != std::string::npos);
  }
}

TEST_CASE("what comes before a levelling delay may be as late as the delay lets it") {
  project p;
  p.add("a", a_day);
  p.add("b", a_day).levelling_delay = 2 * clock_day;
  p.link("a", "b");
  p.run();
  CHECK(p.early("b") == "2024-01-04T08:00 2024-01-04T17:00");
  CHECK(p.late("b") == "2024-01-04T08:00 2024-01-04T17:00");
  CHECK(p.late("a") == "2024-01-01T08:00 2024-01-01T17:00");
  CHECK(p.slack("a") == 0);
  CHECK(p.free_slack("a") == 0);
  CHECK(p.slack("b") == 0);
  p = {};
  p.add("a", 2 * a_day);
  p.add("b", a_day).levelling_delay = clock_day;
  p.add("c", a_day).levelling_delay = clock_day;
  p.add("d", a_day).levelling_delay = clock_day;
  p.link("a", "b", link_type::ss);
  p.link("a", "c", link_type::ff);
  p.link("a", "d", link_type::sf, 3 * a_day);
  p.run();
  CHECK(p.early("b") == "2024-01-02T08:00 2024-01-02T17:00");
  CHECK(p.early("c") == "2024-01-03T08:00 2024-01-03T17:00");
  CHECK(p.early("d") == "2024-01-04T08:00 2024-01-04T17:00");
  CHECK(p.slack("a") == 0);
  CHECK(p.free_slack("a") == 0);
  p.of("d").inactive = true;
  p.run();
  CHECK(p.slack("a") == 0);
  CHECK(p.free_slack("a") == 0);
}

TEST_CASE("what is elapsed begins at any hour in msp, and its slack is by the clock") {
  project p;
  p.n.calendars.front() = working_calendar(days_off(office_week(), "2024-01-08", "2024-01-19"));
  p.add("a", a_day);
  p.add("dry", 4 * clock_day).elapsed = true;
  p.add("b", 5 * a_day);
  p.add("after", a_day);
  p.link("a", "dry");
  p.link("dry", "after");
  p.link("b", "after");
  p.run();
  CHECK(p.early("dry") == "2024-01-01T17:00 2024-01-05T17:00");
  CHECK(p.early("after") == "2024-01-22T08:00 2024-01-22T17:00");
  CHECK(p.late("dry") == "2024-01-18T08:00 2024-01-22T08:00");
  CHECK(p.slack("dry") == 16 * clock_day + 15 * 60);
  CHECK(p.free_slack("dry") == 16 * clock_day + 15 * 60);
  CHECK(p.late("a") == "2024-01-05T08:00 2024-01-05T17:00");
  CHECK(p.slack("a") == 4 * a_day);
  p.run(scheduling_mode::pure);
  CHECK(p.early("dry") == "2024-01-02T08:00 2024-01-06T08:00");
  CHECK(p.late("dry") == "2024-01-02T08:00 2024-01-06T08:00");
  CHECK(p.slack("dry") == 0);
}

TEST_CASE("what a summary asks for counts for all that is in it") {
  project p;
  p.add("s", 0).rule = constraint::start_no_earlier_than;
  p.of("s").constraint_date = at("2024-01-03T08:00");
  p.child("inner", 0, "s").rule = constraint::finish_no_later_than;
  p.of("inner").constraint_date = at("2024-01-05T17:00");
  p.child("a", a_day, "inner");
  p.child("b", a_day, "s");
  p.add("c", 2 * a_day);
  p.add("long", 10 * a_day);
  p.link("c", "b");
  p.link("a", "b");
  for (const auto mode : {scheduling_mode::msp, scheduling_mode::pure}) {
    p.run(mode);
    CHECK(p.early("a") == "2024-01-03T08:00 2024-01-03T17:00");
    CHECK(p.early("b") == "2024-01-04T08:00 2024-01-04T17:00");
    CHECK(p.early("c") == "2024-01-01T08:00 2024-01-02T17:00");
    CHECK(p.late("a") == "2024-01-05T08:00 2024-01-05T17:00");
    CHECK(p.late("b") == "2024-01-12T08:00 2024-01-12T17:00");
    CHECK(p.why("a").find("2024-01-03T08:00") != std::string::npos);
  }
}

TEST_CASE("a date that holds back what links push shows by how much they disagree") {
  for (const auto rule : {constraint::must_start_on, constraint::must_finish_on, constraint::start_no_later_than,
                          constraint::finish_no_later_than}) {
    CAPTURE(static_cast<int>(rule));
    project p;
    p.add("a", 5 * a_day);
    p.milestone("m").rule = rule;
    p.of("m").constraint_date = at("2024-01-03T17:00");
    p.add("end", 8 * a_day);
    p.link("a", "m");
    p.link("m", "end");
    p.run();
    CHECK(p.early("m") == "2024-01-03T17:00 2024-01-03T17:00");
    CHECK(p.late("m") == "2024-01-03T17:00 2024-01-03T17:00");
    CHECK(p.slack("m") == -2 * a_day);
    CHECK(p.slack("a") == -2 * a_day);
    CHECK(p.free_slack("a") == 0);
    CHECK(p.dates("m").critical);
    CHECK(p.slack("end") == 0);
    CHECK(p.early("end") == "2024-01-04T08:00 2024-01-15T17:00");
  }
}

TEST_CASE("a split activity lasts over its pause") {
  project p;
  p.add("a", 2 * a_day).pause = a_day;
  p.run();
  CHECK(p.early("a") == "2024-01-01T08:00 2024-01-03T17:00");
  CHECK(p.late("a") == "2024-01-01T08:00 2024-01-03T17:00");
}

TEST_CASE("an activity by work lasts until the slowest of its resources is done, on their calendars") {
  project p;
  p.n.calendars.emplace_back(days_off(office_week(), "2024-01-02", "2024-01-02"));
  p.add("a", a_day).by_work = true;
  p.add("b", a_day);
  p.link("a", "b");
  p.n.assignments = {
      {0, 2 * a_day, 2 * a_day, 0, 100, 0}, {0, a_day, a_day, 0, 50, 1}, {0, a_day, a_day, a_day, 200, 0}};
  p.run();
  // Half of the second one's day for two days, and Tuesday off.
  CHECK(p.early("a") == "2024-01-01T08:00 2024-01-03T17:00");
  CHECK(p.early("b") == "2024-01-04T08:00 2024-01-04T17:00");
  CHECK(p.late("a") == "2024-01-01T08:00 2024-01-03T17:00");
}

TEST_CASE("links between summaries are bounded, and networks that make no sense are refused") {
  project p;
  p.add("s", 0);
  p.add("t", 0);
  for (int i = 0; i < 6000; ++i) {
    p.child("s" + std::to_string(i), 1, "s");
    p.child("t" + std::to_string(i), 1, "t");
  }
  p.link("s", "t");
  p.run();
  CHECK(said_ids(p.notes) == "schedule.too-many-links");
  p.of("s0").parent = p.number("t5");
  CHECK_THROWS_AS(p.run(), const error&);  // schedule.bad-network
  p.of("s0").parent = no_activity;
  p.n.links.push_back({0, 999'999, 0, link_type::fs, lag_unit::working});
  CHECK_THROWS_AS(p.run(), const error&);
}

TEST_CASE("dates that leave the calendar are a remark, not a wrong date") {
  project p;
  p.add("a", 2'000'000'000);
  p.run();
  CHECK_FALSE(p.s.has_value());
  CHECK(said_ids(p.notes) == "calendar.no-working-time");
  p.of("a").calendar = round_the_clock;
  p.run();
  CHECK(said_ids(p.notes) == "calendar.out-of-coverage");
}

TEST_CASE("an explanation names the project's start and the constraint that takes the time away") {
  project p;
  p.add("a", 2 * a_day);
  p.add("b", a_day);
  p.link("a", "b");
  p.of("b").rule = constraint::finish_no_later_than;
  p.of("b").constraint_date = at("2024-01-02T17:00");
  p.run(scheduling_mode::pure);
  CHECK(
      p.why("a") ==
      "begins 2024-01-01T08:00 | from the start of the project | forecast to finish 2024-01-02T17:00 | "
      "short of 480 working minutes: it has to finish by 2024-01-01T17:00 | short of time because of the chain a → b, "
      "held by constraint FNLT 2024-01-02T17:00");  // schedule.start-project, schedule.held-by-constraint
}
