// Counting with working days and minutes, on calendars made by hand.
#include "vanthu/calendar.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>

using namespace vanthu;
using std::chrono::days;
using std::chrono::minutes;

namespace {

civil_minute at(const char* text) {
  return parse_minute(text).value();
}
date on(const char* text) {
  return parse_date(text).value();
}

calendar_exception day_off(const char* first, const char* last) {
  return {{on(first), on(last)}, false, {}, "Tết Nguyên đán", "5034/TB-LĐTBXH", certainty::notice, {}, {}};
}
calendar_exception day_worked(const char* day) {
  return {{on(day), on(day)}, true, {}, "làm bù", "1570/TB-LĐTBXH", certainty::notice, {}, {}};
}

// The week with Tết 2023 and a Saturday worked.
working_calendar tet_2023() {
  auto definition = weekly_calendar();
  definition.exceptions = {day_off("2023-01-20", "2023-01-26"), day_worked("2023-02-04")};
  return working_calendar{definition};
}

std::string id_of(const error& e) {
  return e.notes().front().id();
}

// What a calendar says, minute by minute: the slow truth that the tables are compared with.
class minute_by_minute {
 public:
  minute_by_minute(const working_calendar& calendar, civil_minute first, civil_minute last) : first_(first) {
    const auto& definition = calendar.definition();
    for (civil_minute t = first; t < last; t += minutes{1}) {
      const date d = std::chrono::floor<days>(t);
      const auto clock = static_cast<int>((t - civil_minute{d}).count());
      const std::vector<minute_interval>* hours = &definition.week[std::chrono::weekday{d}.iso_encoding() - 1];
      static const std::vector<minute_interval> none;
      for (const auto& e : definition.exceptions)
        if (e.days.contains(d)) hours = !e.working ? &none : e.hours.empty() ? &definition.week[0] : &e.hours;
      bool worked = false;
      for (const auto& h : *hours) worked = worked || (h.from <= clock && clock < h.to);
      worked_.push_back(worked);
    }
  }
  std::int64_t work(civil_minute a, civil_minute b) const {
    std::int64_t sum = 0;
    for (auto t = std::min(a, b); t < std::max(a, b); t += minutes{1}) sum += worked(t) ? 1 : 0;
    return a <= b ? sum : -sum;
  }
  civil_minute add(civil_minute t, std::int64_t n) const {
    for (; n > 0; t += minutes{1}) n -= worked(t) ? 1 : 0;
    for (; n < 0; t -= minutes{1}) n += worked(t - minutes{1}) ? 1 : 0;
    return t;
  }
  civil_minute next_start(civil_minute t) const {
    while (!worked(t)) t += minutes{1};
    return t;
  }
  civil_minute prev_end(civil_minute t) const {
    while (!worked(t - minutes{1})) t -= minutes{1};
    return t;
  }

 private:
  bool worked(civil_minute t) const { return worked_.at(static_cast<std::size_t>((t - first_).count())); }
  civil_minute first_;
  std::vector<bool> worked_;
};

calendar_definition odd_calendar(std::mt19937& random) {
  calendar_definition result = weekly_calendar();
  result.week[1] = {{0, 60}, {60, 90}, {1380, 1440}};  // intervals that touch, and one up to midnight
  result.week[5] = {{480, 720}};
  std::uniform_int_distribution<int> day{0, 60};
  std::uniform_int_distribution<int> length{0, 8};
  for (int i = 0; i < 4; ++i) {
    const date first = make_date(2023, 2, 1) + days{day(random)};
    result.exceptions.push_back({{first, first + days{length(random)}}, false, {}, "nghỉ", "", {}, {}, {}});
    const date worked = make_date(2023, 2, 1) + days{day(random)};
    result.exceptions.push_back({{worked, worked}, true, {{0, 1}, {700, 900}}, "làm bù", "", {}, {}, {}});
  }
  return result;
}

}  // namespace

TEST_CASE("work, add, next_start and prev_end agree with counting minute by minute") {
  std::mt19937 random{20230418};
  for (int round = 0; round < 12; ++round) {
    const working_calendar calendar{odd_calendar(random)};
    const minute_by_minute truth{calendar, at("2023-01-01T00:00"), at("2023-05-01T00:00")};
    std::uniform_int_distribution<int> minute{0, 50 * 24 * 60};
    std::uniform_int_distribution<int> amount{-5000, 5000};
    for (int i = 0; i < 60; ++i) {
      const civil_minute a = at("2023-02-05T00:00") + minutes{minute(random)};
      const civil_minute b = at("2023-02-05T00:00") + minutes{minute(random)};
      const int n = amount(random);
      CAPTURE(iso(a));
      CAPTURE(iso(b));
      CAPTURE(n);
      CHECK(calendar.work(a, b) == truth.work(a, b));
      CHECK(iso(calendar.add(a, n)) == iso(truth.add(a, n)));
      CHECK(iso(calendar.next_start(a)) == iso(truth.next_start(a)));
      CHECK(iso(calendar.prev_end(a)) == iso(truth.prev_end(a)));
      CHECK(calendar.work(a, calendar.add(a, n)) == n);
    }
  }
}

TEST_CASE("advance and count agree with walking day by day") {
  std::mt19937 random{148};
  for (int round = 0; round < 12; ++round) {
    const working_calendar calendar{odd_calendar(random)};
    std::uniform_int_distribution<int> day{0, 60};
    for (int i = 0; i < 60; ++i) {
      const date from = make_date(2023, 2, 1) + days{day(random)};
      const int n = day(random) - 30;
      date walked = from;
      int counted = 0;
      while (counted < std::abs(n)) {
        walked += days{n > 0 ? 1 : -1};
        counted += calendar.is_working(walked) ? 1 : 0;
      }
      if (n == 0)
        while (!calendar.is_working(walked)) walked += days{1};
      CAPTURE(iso(from));
      CAPTURE(n);
      CHECK(iso(calendar.advance(from, {n})) == iso(walked));
      if (n > 0) CHECK(calendar.count({from + days{1}, walked}).count == n);
      if (n < 0) CHECK(calendar.count({walked, from - days{1}}).count == -n);
    }
  }
}

TEST_CASE("an amount used up exactly stops at the end of an interval, not at the next start") {
  const working_calendar week;
  CHECK(iso(week.add(at("2023-04-18T07:30"), 480)) == "2023-04-18T17:30");
  CHECK(iso(week.add(at("2023-04-18T07:30"), 240)) == "2023-04-18T11:30");
  CHECK(iso(week.add(at("2023-04-18T07:30"), 241)) == "2023-04-18T13:31");
  CHECK(iso(week.add(at("2023-04-18T17:30"), -480)) == "2023-04-18T07:30");
  CHECK(iso(week.add(at("2023-04-18T17:30"), -240)) == "2023-04-18T13:30");
  CHECK(iso(week.add(at("2023-04-15T10:00"), 1)) == "2023-04-17T07:31");  // from a Saturday
}

TEST_CASE("adding nothing does not move") {
  const working_calendar week;
  CHECK(iso(week.add(at("2023-04-16T03:00"), 0)) == "2023-04-16T03:00");
}

TEST_CASE("work backwards is negative, and nothing between the end of a day and the next start") {
  const working_calendar week;
  CHECK(week.work(at("2023-04-18T07:30"), at("2023-04-19T17:30")) == 960);
  CHECK(week.work(at("2023-04-19T17:30"), at("2023-04-18T07:30")) == -960);
  CHECK(week.work(at("2023-04-14T17:30"), at("2023-04-17T07:30")) == 0);
}

TEST_CASE("next_start and prev_end look over the edges of intervals") {
  const working_calendar week;
  CHECK(iso(week.next_start(at("2023-04-18T07:30"))) == "2023-04-18T07:30");
  CHECK(iso(week.next_start(at("2023-04-18T10:00"))) == "2023-04-18T10:00");
  CHECK(iso(week.next_start(at("2023-04-18T11:30"))) == "2023-04-18T13:30");
  CHECK(iso(week.next_start(at("2023-04-14T17:30"))) == "2023-04-17T07:30");
  CHECK(iso(week.prev_end(at("2023-04-18T11:30"))) == "2023-04-18T11:30");
  CHECK(iso(week.prev_end(at("2023-04-18T10:00"))) == "2023-04-18T10:00");
  CHECK(iso(week.prev_end(at("2023-04-18T13:30"))) == "2023-04-18T11:30");
  CHECK(iso(week.prev_end(at("2023-04-17T07:30"))) == "2023-04-14T17:30");
}

TEST_CASE("nine days off in a row are jumped, and a range of days off is all of its days") {
  const auto calendar = tet_2023();
  CHECK(iso(calendar.advance(on("2023-01-19"), {1})) == "2023-01-27");
  CHECK(iso(calendar.next_start(at("2023-01-19T17:30"))) == "2023-01-27T07:30");
  CHECK(calendar.count({on("2023-01-20"), on("2023-01-26")}).count == 0);
}

TEST_CASE("a Saturday worked in exchange has the hours of a Monday") {
  const auto calendar = tet_2023();
  CHECK(calendar.is_working(on("2023-02-04")));
  CHECK(calendar.work(at("2023-02-04T00:00"), at("2023-02-05T00:00")) == 480);
  CHECK(calendar.status(on("2023-02-04")).why ==
        message{"calendar.swapped-workday", {"làm bù", "1570/TB-LĐTBXH", "2023-02-04"}});
}

TEST_CASE("the day of the event is not counted, and no working days means the first one not before") {
  const working_calendar week;
  CHECK(iso(week.advance(on("2023-04-14"), {1})) == "2023-04-17");
  CHECK(iso(week.advance(on("2023-04-15"), {1})) == "2023-04-17");
  CHECK(iso(week.advance(on("2023-04-17"), {0})) == "2023-04-17");
  CHECK(iso(week.advance(on("2023-04-15"), {0})) == "2023-04-17");
  CHECK(iso(week.advance(on("2023-04-17"), {-1})) == "2023-04-14");
  CHECK(iso(week.advance(on("2023-04-16"), {-1})) == "2023-04-14");
}

TEST_CASE("rolling leaves a working day alone") {
  const working_calendar week;
  CHECK(iso(week.rolled(on("2023-04-15"), roll::forward)) == "2023-04-17");
  CHECK(iso(week.rolled(on("2023-04-15"), roll::backward)) == "2023-04-14");
  CHECK(iso(week.rolled(on("2023-04-15"), roll::none)) == "2023-04-15");
  CHECK(iso(week.rolled(on("2023-04-14"), roll::backward)) == "2023-04-14");
}

TEST_CASE("counting an empty interval gives nothing") {
  const working_calendar week;
  CHECK(week.count({on("2023-04-20"), on("2023-04-18")}).count == 0);
  CHECK(week.count({on("2023-04-18"), on("2023-04-18")}).count == 1);
}

TEST_CASE("of two exceptions for one day the later published wins, wherever it stands") {
  auto definition = weekly_calendar();
  auto off = day_off("2024-04-29", "2024-04-29");
  auto worked = day_worked("2024-04-29");
  off.published = on("2024-04-12");
  worked.published = on("2024-01-01");
  definition.exceptions = {off, worked};
  CHECK(!working_calendar{definition}.is_working(on("2024-04-29")));
  definition.exceptions = {worked, off};
  CHECK(!working_calendar{definition}.is_working(on("2024-04-29")));
  definition.exceptions[1].published.reset();  // now the older
  CHECK(working_calendar{definition}.is_working(on("2024-04-29")));
}

TEST_CASE("of two exceptions published together the decided one wins, else the one below") {
  auto definition = weekly_calendar();
  auto announced = day_worked("2024-04-29");
  announced.state = certainty::announced;
  definition.exceptions = {day_off("2024-04-29", "2024-04-29"), announced};
  CHECK(!working_calendar{definition}.is_working(on("2024-04-29")));
  definition.exceptions[1].state = certainty::notice;
  CHECK(working_calendar{definition}.is_working(on("2024-04-29")));
}

TEST_CASE("a day says what it is and on what that stands") {
  auto definition = weekly_calendar();
  definition.noticed = date_range{on("2023-01-01"), on("2023-12-31")};
  auto announced = day_off("2023-11-20", "2023-11-20");
  announced.state = certainty::announced;
  auto swap = day_worked("2023-11-25");
  swap.state = certainty::announced;
  definition.exceptions = {day_off("2023-01-20", "2023-01-26"), announced, swap};
  const working_calendar calendar{definition};
  const auto id = [&](const char* day) { return calendar.status(on(day)).why.id; };
  CHECK(id("2023-04-18") == "calendar.working-day");
  CHECK(id("2023-04-16") == "calendar.weekend");
  CHECK(id("2023-01-23") == "calendar.holiday");
  CHECK(id("2023-11-20") == "calendar.announced-day-off");
  CHECK(id("2023-11-25") == "calendar.announced-workday");
  CHECK(id("2024-02-12") == "calendar.computed-holiday");
  CHECK(id("1899-12-31") == "calendar.out-of-coverage");
  CHECK(calendar.status(on("2023-04-18")).state == certainty::law);
  CHECK(calendar.status(on("2024-04-18")).state == certainty::provisional);
  CHECK(calendar.status(on("2024-04-19")).state == certainty::provisional);
}

TEST_CASE("outside 1900 to 2199 nothing is worked, and counting across an end is calendar.no-working-time") {
  const working_calendar week;
  CHECK(!week.is_working(on("1899-12-29")));
  CHECK(!week.is_working(on("2200-01-02")));
  CHECK(week.work(at("1850-01-01T00:00"), at("1900-01-01T00:00")) == 0);
  CHECK(iso(week.advance(on("1850-01-01"), {1})) == "1900-01-01");
  CHECK(iso(week.advance(on("2300-01-01"), {-1})) == "2199-12-31");
  CHECK(iso(week.next_start(at("1850-01-01T00:00"))) == "1900-01-01T07:30");
  CHECK(iso(week.prev_end(at("2300-01-01T00:00"))) == "2199-12-31T17:30");
  const auto first = at("1900-01-01T07:30");
  const auto last = at("2199-12-31T17:30");
  CHECK(week.add(first, week.work(first, last)) == last);
  CHECK(week.add(last, -week.work(first, last)) == first);
  const auto refused = [](auto&& question) {
    try {
      question();
      return std::string{"no error"};
    } catch (const error& e) {
      CHECK(e.code() == errc::out_of_coverage);
      CHECK(e.notes().front().what.args.size() == 2);
      return id_of(e);
    }
  };
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  CHECK(refused([&] { week.advance(on("2199-12-31"), {1}); }) == "calendar.no-working-time");
  CHECK(refused([&] { week.advance(on("1900-01-01"), {-1}); }) == "calendar.no-working-time");
  CHECK(refused([&] { week.advance(on("2023-04-18"), {2147483647}); }) == "calendar.no-working-time");
  CHECK(refused([&] { week.advance(on("2023-04-18"), {-2147483647 - 1}); }) == "calendar.no-working-time");
  CHECK(refused([&] { week.rolled(on("2300-01-01"), roll::forward); }) == "calendar.no-working-time");
  CHECK(refused([&] { week.next_start(last); }) == "calendar.no-working-time");
  CHECK(refused([&] { week.prev_end(first); }) == "calendar.no-working-time");
  CHECK(refused([&] { week.add(last, 1); }) == "calendar.no-working-time");
  CHECK(refused([&] { week.add(last, most); }) == "calendar.no-working-time");
  CHECK(refused([&] { week.add(first, -1); }) == "calendar.no-working-time");
  CHECK(refused([&] { week.add(first, -most - 1); }) == "calendar.no-working-time");
}

TEST_CASE("a calendar that is never worked says so instead of searching") {
  const working_calendar never{calendar_definition{}};
  CHECK(never.minutes_of_day() == 0);
  CHECK_THROWS_AS(never.advance(on("2023-04-18"), {0}), error);
  CHECK_THROWS_AS(never.next_start(at("2023-04-18T00:00")), error);
  CHECK_THROWS_AS(never.add(at("2023-04-18T00:00"), 1), error);
}

TEST_CASE("a working day is as long as a Monday, or as the first day of the week that is worked") {
  CHECK(working_calendar{}.minutes_of_day() == 480);
  calendar_definition weekend;
  weekend.week[5] = {{480, 720}};
  CHECK(working_calendar{weekend}.minutes_of_day() == 240);
}

TEST_CASE("hours that overlap, run backwards or leave the day are calendar.bad-hours") {
  using hours_list = std::vector<minute_interval>;
  for (const auto& wrong : {hours_list{{480, 480}}, hours_list{{480, 700}, {600, 800}}, hours_list{{-1, 5}},
                            hours_list{{0, 1441}}, hours_list{{800, 900}, {480, 500}}}) {
    auto definition = weekly_calendar();
    definition.week[0] = wrong;
    try {
      const working_calendar calendar{definition};
      FAIL("no error");
    } catch (const error& e) {
      CHECK(e.code() == errc::misuse);
      CHECK(id_of(e) == "calendar.bad-hours");
    }
  }
}

TEST_CASE("a copy of a calendar answers alike") {
  auto a = tet_2023();
  const working_calendar b = a;
  a = working_calendar{};
  CHECK(a.is_working(on("2023-01-20")));
  CHECK(!b.is_working(on("2023-01-20")));
}
