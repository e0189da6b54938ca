// The shipped calendar against the notices, and legal periods counted with it.
#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>

#include "calendar/holidays.hpp"
#include "calendar_text.hpp"

using namespace vanthu;
using std::chrono::days;

namespace {

const working_calendar& viet_nam() {
  static const working_calendar calendar{shipped_calendar()};
  return calendar;
}
date on(const std::string& text) {
  return parse_date(text).value();
}
std::string after(const char* from, int working) {
  return iso(viet_nam().advance(on(from), {working}));
}
std::string end_of(const char* from, const char* length, roll how = roll::forward) {
  return iso(period_end(viet_nam(), on(from), parse_amount(length).value(), how));
}
bool is_weekend(date d) {
  return std::chrono::weekday{d}.iso_encoding() > 5;
}

// "01-01 02-10 …": weekdays off, or weekend days worked, of a year.
std::string departures(int year, bool working) {
  std::string result;
  for (date d = make_date(year, 1, 1); d <= make_date(year, 12, 31); d += days{1})
    if (viet_nam().is_working(d) == working && is_weekend(d) == working) result += iso(d).substr(5) + " ";
  return result;
}

std::vector<std::string> ids(const std::vector<message>& steps) {
  std::vector<std::string> result;
  for (const auto& each : steps) result.push_back(each.id);
  return result;
}
std::vector<message> explained(const char* from, const char* length, roll how = roll::forward) {
  return explain_period_end(viet_nam(), on(from), parse_amount(length).value(), how);
}
using id_list = std::vector<std::string>;

}  // namespace

TEST_CASE("the weekdays off and the weekend days worked of 2021 to 2026") {
  CHECK(departures(2021, false) == "01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03 ");
  CHECK(departures(2022, false) == "01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02 ");
  CHECK(departures(2023, false) == "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04 ");
  CHECK(departures(2024, false) == "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03 ");
  CHECK(departures(2025, false) == "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02 ");
  CHECK(departures(2026, false) ==
        "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24 ");
  for (const int year : {2021, 2022, 2023}) CHECK(departures(year, true).empty());
  CHECK(departures(2024, true) == "05-04 ");
  CHECK(departures(2025, true) == "04-26 ");
  CHECK(departures(2026, true) == "01-10 08-22 ");
}

TEST_CASE("working days of a year and of an Action Month") {
  constexpr int of_year[] = {250, 249, 249, 251, 250, 249};
  for (int year = 2021; year <= 2026; ++year)
    CHECK(viet_nam().count({make_date(year, 1, 1), make_date(year, 12, 31)}).count == of_year[year - 2021]);
  constexpr int of_action_month[] = {23, 21, 21, 21};
  for (int year = 2023; year <= 2026; ++year)
    CHECK(viet_nam().count({make_date(year, 11, 15), make_date(year, 12, 15)}).count == of_action_month[year - 2023]);
}

TEST_CASE("days counted in working days end where the notices make them end") {
  CHECK(after("2023-01-19", 1) == "2023-01-27");
  CHECK(after("2023-08-31", 2) == "2023-09-06");
  CHECK(after("2023-12-14", 1) == "2023-12-15");
  CHECK(after("2023-12-14", 2) == "2023-12-18");
  CHECK(after("2023-12-14", 3) == "2023-12-19");
  CHECK(after("2023-12-14", 4) == "2023-12-20");
  CHECK(after("2024-04-26", 5) == "2024-05-07");
  CHECK(after("2024-12-14", 1) == "2024-12-16");
  CHECK(after("2025-04-25", 3) == "2025-04-29");
  CHECK(after("2025-12-14", 1) == "2025-12-15");
  CHECK(after("2025-12-14", 4) == "2025-12-18");
  CHECK(after("2025-12-31", 2) == "2026-01-06");
  CHECK(after("2026-01-09", 1) == "2026-01-10");
  CHECK(after("2026-02-13", 2) == "2026-02-24");
  CHECK(after("2026-08-21", 1) == "2026-08-22");
  CHECK(after("2026-08-28", 1) == "2026-09-03");
  CHECK(after("2023-06-14", 1) == "2023-06-15");
  CHECK(after("2024-06-14", 1) == "2024-06-17");
  CHECK(after("2025-06-14", 1) == "2025-06-16");
  CHECK(after("2026-06-14", 1) == "2026-06-15");
  CHECK(after("2023-11-15", -10) == "2023-11-01");
}

TEST_CASE("a period of the Civil Code that ends on a day off rolls as asked") {
  CHECK(end_of("2023-04-18", "15d") == "2023-05-04");
  CHECK(end_of("2023-04-18", "15d", roll::none) == "2023-05-03");
  CHECK(end_of("2023-04-18", "15d", roll::backward) == "2023-04-28");
  CHECK(end_of("2024-02-05", "7d") == "2024-02-15");
  CHECK(end_of("2024-02-05", "7d", roll::backward) == "2024-02-07");
  CHECK(end_of("2024-02-05", "1w") == "2024-02-15");
  CHECK(end_of("2024-04-26", "5wd") == "2024-05-07");
}

TEST_CASE("a month or a year ends on the day of the same number or on the last of the month") {
  CHECK(end_of("2023-01-31", "1m", roll::none) == "2023-02-28");
  CHECK(end_of("2024-01-31", "1m", roll::none) == "2024-02-29");
  CHECK(end_of("2024-02-29", "1y", roll::none) == "2025-02-28");
  CHECK(end_of("2024-02-29", "4y", roll::none) == "2028-02-29");
  CHECK(end_of("2023-02-28", "1m", roll::none) == "2023-03-28");
  CHECK(end_of("2023-11-30", "15m", roll::none) == "2025-02-28");
  CHECK(end_of("2023-03-31", "-1m", roll::none) == "2023-02-28");
  CHECK(end_of("2023-01-15", "-1m", roll::none) == "2022-12-15");
}

TEST_CASE("a period of nothing ends on the day itself, rolled, and a negative one counts backwards") {
  CHECK(end_of("2023-04-15", "0wd") == "2023-04-17");
  CHECK(end_of("2023-04-15", "0wd", roll::backward) == "2023-04-14");
  CHECK(end_of("2023-04-15", "0wd", roll::none) == "2023-04-15");
  CHECK(end_of("2023-04-15", "0d") == "2023-04-17");
  CHECK(end_of("2023-11-15", "-10wd") == "2023-11-01");
  CHECK(end_of("2023-11-15", "-3d", roll::backward) == "2023-11-10");
  CHECK(end_of("2023-11-15", "-2w", roll::none) == "2023-11-01");
}

TEST_CASE("working time, elapsed time and percents are calendar.not-a-period") {
  for (const auto* each : {"90min", "4h", "3ed", "4eh", "25%"}) {
    try {
      (void)end_of("2023-04-18", each);
      FAIL("no error");
    } catch (const error& e) {
      CHECK(e.code() == errc::misuse);
      CHECK(e.notes().front().what == message{"calendar.not-a-period", {each}});
    }
  }
}

TEST_CASE("a period that leaves the calendar is calendar.out-of-coverage") {
  for (const auto* each : {"1000000d", "1000000w", "1000000m", "1000000y", "-1000000y", "-1000000d", "177y"}) {
    CAPTURE(each);
    try {
      (void)end_of("2023-04-18", each);
      FAIL("no error");
    } catch (const error& e) {
      CHECK(e.code() == errc::out_of_coverage);
      CHECK(e.notes().front().id() == "calendar.out-of-coverage");
    }
  }
  CHECK_THROWS_AS((void)end_of("1899-12-31", "1d"), error);
  CHECK_THROWS_AS((void)end_of("2023-04-18", "1000000wd"), error);
  CHECK(end_of("2023-04-18", "176y", roll::none) == "2199-04-18");
}

TEST_CASE("an explanation names the article of each step, in both languages") {
  const auto steps = explained("2023-04-18", "15d");
  CHECK(ids(steps) == id_list{"calendar.event-day-not-counted", "calendar.counted-days", "calendar.holiday",
                              "calendar.rolled-forward", "calendar.period-ends"});
  CHECK(text(steps[0], language::vi) ==
        "2023-04-18 là ngày xảy ra sự kiện nên không tính (Bộ luật Dân sự 2015, Điều 147)");
  CHECK(text(steps[1], language::vi) ==
        "thời hạn 15 ngày tính từ 2023-04-18 hết vào ngày 2023-05-03 (Bộ luật Dân sự 2015, Điều 148 khoản 1)");
  CHECK(text(steps[2], language::vi) ==
        "2023-05-03 là ngày nghỉ (nghỉ bù Ngày Chiến thắng, theo Bộ luật Lao động 2019, Điều 111 khoản 3)");
  CHECK(text(steps[3], language::vi) ==
        "2023-05-03 là ngày nghỉ nên thời hạn kết thúc vào ngày làm việc tiếp theo là 2023-05-04 (Bộ luật Dân sự 2015, "
        "Điều 148 khoản 5)");
  CHECK(text(steps[4], language::en) == "the period ends at 24:00 on 2023-05-04 (Civil Code 2015, article 148(6))");
}

TEST_CASE("an explanation of working days names the notice of each day off and each swap") {
  const auto steps = explained("2024-04-26", "5wd");
  CHECK(ids(steps) == id_list{"calendar.event-day-not-counted", "calendar.weekends-passed", "calendar.holiday",
                              "calendar.holiday", "calendar.holiday", "calendar.swapped-workday",
                              "calendar.working-days-counted", "calendar.period-ends"});
  CHECK(steps[1].args == id_list{"3"});
  CHECK(steps[5].args == id_list{"làm bù ngày 29/4/2024", "1570/TB-LĐTBXH, 2450/VPCP-KGVX", "2024-05-04"});
  CHECK(steps[6].args == id_list{"5", "2024-04-26", "2024-05-07"});

  const auto tet = explained("2023-01-19", "1wd");
  CHECK(ids(tet) == id_list{"calendar.event-day-not-counted", "calendar.days-off", "calendar.days-off",
                            "calendar.working-days-counted", "calendar.period-ends"});
  CHECK(tet[1].args == id_list{"Tết Nguyên đán", "5034/TB-LĐTBXH", "2023-01-20", "2023-01-24"});
  CHECK(tet[2].args == id_list{"nghỉ bù Tết Nguyên đán", "5034/TB-LĐTBXH", "2023-01-25", "2023-01-26"});
}

TEST_CASE("an explanation tells how an end on a day off moves or stays") {
  CHECK(ids(explained("2023-04-12", "3d", roll::none)) == id_list{"calendar.event-day-not-counted",
                                                                  "calendar.counted-days", "calendar.weekend",
                                                                  "calendar.not-rolled", "calendar.period-ends"});
  CHECK(ids(explained("2023-04-12", "3d", roll::backward)) ==
        id_list{"calendar.event-day-not-counted", "calendar.counted-days", "calendar.weekend",
                "calendar.rolled-backward", "calendar.period-ends"});
  CHECK(ids(explained("2023-04-15", "0wd")) ==
        id_list{"calendar.weekend", "calendar.rolled-forward", "calendar.period-ends"});
}

TEST_CASE("an explanation of weeks, months and years names their clause, and a month that is too short") {
  CHECK(ids(explained("2023-04-18", "1w"))[1] == "calendar.counted-weeks");
  CHECK(ids(explained("2023-04-18", "1y"))[1] == "calendar.counted-years");
  const auto month = explained("2023-01-31", "1m");
  CHECK(ids(month) == id_list{"calendar.event-day-not-counted", "calendar.counted-months", "calendar.month-too-short",
                              "calendar.period-ends"});
  CHECK(month[2].args == id_list{"2023-02-28", "3"});
}

TEST_CASE("an explanation of a count backwards says so") {
  CHECK(ids(explained("2023-11-15", "-2wd")) == id_list{"calendar.working-days-counted-back", "calendar.period-ends"});
  CHECK(explained("2023-11-15", "-2wd")[0].args == id_list{"2", "2023-11-15", "2023-11-13"});
  CHECK(ids(explained("2023-11-15", "-1d"))[0] == "calendar.counted-back-days");
  CHECK(ids(explained("2023-11-15", "-1w"))[0] == "calendar.counted-back-weeks");
  CHECK(ids(explained("2023-11-15", "-1m"))[0] == "calendar.counted-back-months");
  CHECK(ids(explained("2023-11-15", "-1y"))[0] == "calendar.counted-back-years");
}

TEST_CASE("an explanation that reaches a year without a notice warns of it") {
  const auto steps = explained("2027-02-03", "1wd");
  CHECK(after("2027-02-03", 1) == "2027-02-11");
  CHECK(ids(steps) == id_list{"calendar.event-day-not-counted", "calendar.computed-holiday",
                              "calendar.computed-holiday", "calendar.computed-holiday", "calendar.computed-holiday",
                              "calendar.computed-holiday", "calendar.computed-holiday", "calendar.computed-holiday",
                              "calendar.working-days-counted", "calendar.year-without-notice", "calendar.period-ends"});
}

TEST_CASE("every explanation ends on the day that period_end gives") {
  for (const auto* length : {"1wd", "15wd", "-7wd", "1d", "30d", "2w", "1m", "13m", "1y", "-1m", "0d"})
    for (date d = make_date(2023, 1, 15); d < make_date(2023, 3, 1); d += days{1})
      for (const auto how : {roll::none, roll::forward, roll::backward}) {
        const auto amount = parse_amount(length).value();
        const auto steps = explain_period_end(viet_nam(), d, amount, how);
        CHECK(steps.back() == message{"calendar.period-ends", {iso(period_end(viet_nam(), d, amount, how))}});
      }
}

TEST_CASE("the holidays computed from the law are those of the notices, without the swaps") {
  const std::set<std::string> swaps{"2024-04-29", "2025-05-02", "2026-01-02", "2026-08-31"};
  const std::array<bool, 7> rest{false, false, false, false, false, true, true};
  for (int year = 2021; year <= 2026; ++year) {
    std::set<std::string> computed, noticed;
    for (const auto& each : holidays::of_year(year, rest)) {
      CHECK(each.state == certainty::provisional);
      if (!is_weekend(each.days.first)) computed.insert(iso(each.days.first));
    }
    for (date d = make_date(year, 1, 1); d <= make_date(year, 12, 31); d += days{1})
      if (!is_weekend(d) && !viet_nam().is_working(d) && !swaps.contains(iso(d))) noticed.insert(iso(d));
    CAPTURE(year);
    CHECK(computed == noticed);
  }
}

TEST_CASE("24 November is a day off from 2026 on, and is not made up on another day") {
  CHECK(viet_nam().is_working(on("2025-11-24")));
  CHECK(!viet_nam().is_working(on("2026-11-24")));
  CHECK(viet_nam().status(on("2026-11-24")).state == certainty::law);
  CHECK(viet_nam().status(on("2026-11-24")).why.args[1] == "Nghị quyết 28/2026/QH16, Điều 2");
  CHECK(viet_nam().status(on("2027-11-24")).state == certainty::provisional);
  CHECK(!viet_nam().is_working(on("2027-11-24")));
  CHECK(viet_nam().is_working(on("2029-11-26")));  // 24/11/2029 is a Saturday
  CHECK(viet_nam().is_working(on("2030-11-25")));  // 24/11/2030 is a Sunday
}

TEST_CASE("a holiday on a day of rest is made up on the next working day that is not off already") {
  CHECK(viet_nam().status(on("2028-01-03")).why.args[0] == "nghỉ bù Tết Dương lịch");  // 01/01/2028 is a Saturday
  CHECK(viet_nam().status(on("2027-02-10")).why.args[0] == "nghỉ bù Tết Nguyên đán");
  const std::array<bool, 7> never{true, true, true, true, true, true, true};
  CHECK(holidays::of_year(2027, never).size() == 12);
}

TEST_CASE("years without a notice are counted from the law, far ahead and long ago") {
  CHECK(!viet_nam().is_working(on("2199-09-02")));
  CHECK(!viet_nam().is_working(on("2020-01-27")));
  CHECK(viet_nam().status(on("2020-01-27")).why.id == "calendar.computed-holiday");
}
