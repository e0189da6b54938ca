#include <doctest/doctest.h>

#include <string>

#include "vanthu/calendar.hpp"

using namespace vanthu;
using std::chrono::days;

namespace {

struct new_year {
  int year;
  const char* tet;
  int days_of_last_month;
  const char* hung_kings;
  int leap;  // 0: none
};

// Tết, the length of the month before it, 10/3 and the leap month of 2020 to 2050.
constexpr new_year years[] = {
    {2020, "2020-01-25", 30, "2020-04-02", 4}, {2021, "2021-02-12", 30, "2021-04-21", 0},
    {2022, "2022-02-01", 29, "2022-04-10", 0}, {2023, "2023-01-22", 30, "2023-04-29", 2},
    {2024, "2024-02-10", 30, "2024-04-18", 0}, {2025, "2025-01-29", 29, "2025-04-07", 6},
    {2026, "2026-02-17", 29, "2026-04-26", 0}, {2027, "2027-02-06", 29, "2027-04-16", 0},
    {2028, "2028-01-26", 29, "2028-04-04", 5}, {2029, "2029-02-13", 29, "2029-04-23", 0},
    {2030, "2030-02-02", 29, "2030-04-12", 0}, {2031, "2031-01-23", 29, "2031-04-01", 3},
    {2032, "2032-02-11", 29, "2032-04-19", 0}, {2033, "2033-01-31", 30, "2033-04-09", 11},
    {2034, "2034-02-19", 30, "2034-04-28", 0}, {2035, "2035-02-08", 30, "2035-04-17", 0},
    {2036, "2036-01-28", 30, "2036-04-06", 6}, {2037, "2037-02-15", 30, "2037-04-24", 0},
    {2038, "2038-02-04", 30, "2038-04-13", 0}, {2039, "2039-01-24", 29, "2039-04-03", 5},
    {2040, "2040-02-12", 29, "2040-04-20", 0}, {2041, "2041-02-01", 29, "2041-04-10", 0},
    {2042, "2042-01-22", 30, "2042-04-29", 2}, {2043, "2043-02-10", 30, "2043-04-19", 0},
    {2044, "2044-01-30", 30, "2044-04-07", 7}, {2045, "2045-02-17", 30, "2045-04-26", 0},
    {2046, "2046-02-06", 30, "2046-04-15", 0}, {2047, "2047-01-26", 30, "2047-04-04", 5},
    {2048, "2048-02-14", 30, "2048-04-22", 0}, {2049, "2049-02-02", 29, "2049-04-11", 0},
    {2050, "2050-01-23", 29, "2050-04-01", 3},
};

std::string solar(const lunar_date& l) {
  const auto d = from_lunar(l);
  return d ? iso(*d) : "none";
}

int leap_month(int year) {
  for (int month = 1; month <= 12; ++month)
    if (from_lunar({1, month, year, true})) return month;
  return 0;
}

}  // namespace

TEST_CASE("Tết, the month before it, the Hùng Kings' day and the leap month of 2020 to 2050") {
  for (const auto& each : years) {
    CAPTURE(each.year);
    CHECK(solar({1, 1, each.year, false}) == each.tet);
    CHECK(to_lunar(*parse_date(each.tet)) == lunar_date{1, 1, each.year, false});
    CHECK(to_lunar(*parse_date(each.tet) - days{1}) == lunar_date{each.days_of_last_month, 12, each.year - 1, false});
    CHECK(solar({10, 3, each.year, false}) == each.hung_kings);
    CHECK(leap_month(each.year) == each.leap);
  }
}

TEST_CASE("the days that official notices name in both calendars") {
  CHECK(to_lunar(make_date(2025, 1, 25)) == lunar_date{26, 12, 2024, false});
  CHECK(to_lunar(make_date(2025, 1, 29)) == lunar_date{1, 1, 2025, false});
  CHECK(to_lunar(make_date(2025, 2, 2)) == lunar_date{5, 1, 2025, false});
  CHECK(to_lunar(make_date(2026, 2, 14)) == lunar_date{27, 12, 2025, false});
  CHECK(to_lunar(make_date(2026, 2, 17)) == lunar_date{1, 1, 2026, false});
  CHECK(to_lunar(make_date(2026, 2, 22)) == lunar_date{6, 1, 2026, false});
  CHECK(to_lunar(make_date(1985, 1, 21)) == lunar_date{1, 1, 1985, false});
}

TEST_CASE("the Vietnamese New Year, in the years when the Chinese one is another day") {
  CHECK(solar({1, 1, 1968, false}) == "1968-01-29");
  CHECK(solar({1, 1, 1969, false}) == "1969-02-16");
  CHECK(solar({1, 1, 1985, false}) == "1985-01-21");
  CHECK(solar({1, 1, 2007, false}) == "2007-02-17");
  CHECK(solar({1, 1, 2030, false}) == "2030-02-02");
  CHECK(solar({1, 1, 2053, false}) == "2053-02-18");
  CHECK(solar({10, 3, 2009, false}) == "2009-04-04");
  CHECK(solar({10, 3, 2037, false}) == "2037-04-24");
  CHECK(solar({10, 3, 2038, false}) == "2038-04-13");
}

TEST_CASE("a leap month follows the month whose number it repeats") {
  const auto usual = from_lunar({1, 2, 2023, false});
  const auto leap = from_lunar({1, 2, 2023, true});
  const auto next = from_lunar({1, 3, 2023, false});
  REQUIRE(usual);
  REQUIRE(leap);
  REQUIRE(next);
  CHECK(*usual < *leap);
  CHECK(*leap < *next);
  CHECK((*leap - *usual).count() >= 29);
  CHECK((*leap - *usual).count() <= 30);
}

TEST_CASE("every day from 1800 to 2199 has one lunar date and comes back from it") {
  int wrong = 0;
  lunar_date before = to_lunar(make_date(1800, 1, 1));
  for (date d = make_date(1800, 1, 2); d <= make_date(2199, 12, 31); d += days{1}) {
    const auto l = to_lunar(d);
    const auto back = from_lunar(l);
    const bool goes_on = l.day == before.day + 1
                             ? l.month == before.month && l.year == before.year && l.leap == before.leap
                             : l.day == 1 && before.day >= 29;
    if (!back || *back != d || !goes_on) ++wrong;
    before = l;
  }
  CHECK(wrong == 0);
}

TEST_CASE("a lunar date that does not exist has no day") {
  CHECK(!from_lunar({30, 12, 2024, false}));  // twenty-nine days
  CHECK(!from_lunar({1, 2, 2024, true}));
  CHECK(!from_lunar({0, 1, 2024, false}));
  CHECK(!from_lunar({31, 1, 2024, false}));
  CHECK(!from_lunar({1, 0, 2024, false}));
  CHECK(!from_lunar({1, 13, 2024, false}));
  CHECK(!from_lunar({1, 1, 1798, false}));
  CHECK(!from_lunar({1, 1, 2200, false}));
  CHECK(!from_lunar({1, 1, 2147483647, false}));
}

TEST_CASE("a day before 1800 or after 2199 is calendar.out-of-coverage") {
  for (const date d : {make_date(1799, 12, 31), make_date(2200, 1, 1)}) {
    try {
      (void)to_lunar(d);
      FAIL("no error");
    } catch (const error& e) {
      CHECK(e.code() == errc::out_of_coverage);
      CHECK(e.notes().front().id() == "calendar.out-of-coverage");
    }
  }
}
