#include <doctest/doctest.h>

#include <string>

#include "vanthu/calendar.hpp"

using namespace vanthu;

namespace {

period p(const char* text) {
  return parse_period(text).value();
}
std::string days_of(date_range r) {
  return iso(r.first) + "/" + iso(r.last);
}
std::string spanned(const char* text) {
  return days_of(span(p(text)));
}
std::string reported(const char* text) {
  return days_of(report_window(p(text)));
}
std::string before(const char* text) {
  const auto earlier = previous(p(text));
  return earlier ? to_string(*earlier) : "none";
}
std::string listed(period_kind kind, const char* first, const char* last) {
  std::string result;
  for (const auto& each : periods_in(kind, {*parse_date(first), *parse_date(last)})) result += to_string(each) + " ";
  return result;
}

}  // namespace

TEST_CASE("a period is printed as it is read") {
  for (const auto* each : {"2023", "2023-h1", "2023-h2", "2023-9m", "2023-q1", "2023-q4", "2023-01", "2023-12",
                           "2023-11-15", "1800", "2399-12-31"}) {
    REQUIRE_MESSAGE(parse_period(each).has_value(), each);
    CHECK(to_string(p(each)) == each);
  }
}

TEST_CASE("what is not a period is refused") {
  for (const auto* wrong :
       {"",        "202",      "20233",      "2023-",    "2023-h0", "2023-h3", "2023-q0", "2023-q5",
        "2023-00", "2023-13",  "2023-1",     "2023-9",   "2023-8m", "2023-9M", "2023-Q1", "2023-h",
        "2023-hh", "2023-h12", "2023-02-29", "2023-1-1", "2023/11", "1799",    "2400",    "1799-12-31",
        " 2023",   "2023 ",    "2023-+1",    "2023-h-",  "abcd",    "-2023"})
    CHECK_MESSAGE(!parse_period(wrong).has_value(), wrong);
}

TEST_CASE("a kind of period is read as a plan writes it") {
  CHECK(parse_period_kind("year") == period_kind::year);
  CHECK(parse_period_kind("half-year") == period_kind::half_year);
  CHECK(parse_period_kind("nine-months") == period_kind::nine_months);
  CHECK(parse_period_kind("quarter") == period_kind::quarter);
  CHECK(parse_period_kind("month") == period_kind::month);
  for (const auto* wrong : {"day", "", "Year", "half_year", "once", "case"})
    CHECK_MESSAGE(!parse_period_kind(wrong).has_value(), wrong);
}

TEST_CASE("a period spans whole months") {
  CHECK(spanned("2023") == "2023-01-01/2023-12-31");
  CHECK(spanned("2023-h1") == "2023-01-01/2023-06-30");
  CHECK(spanned("2023-h2") == "2023-07-01/2023-12-31");
  CHECK(spanned("2023-9m") == "2023-01-01/2023-09-30");
  CHECK(spanned("2023-q1") == "2023-01-01/2023-03-31");
  CHECK(spanned("2023-q3") == "2023-07-01/2023-09-30");
  CHECK(spanned("2023-02") == "2023-02-01/2023-02-28");
  CHECK(spanned("2024-02") == "2024-02-01/2024-02-29");
  CHECK(spanned("2023-12") == "2023-12-01/2023-12-31");
  CHECK(spanned("2023-11-15") == "2023-11-15/2023-11-15");
}

TEST_CASE("a report counts the facts from the 15th to the 14th") {
  CHECK(reported("2023-01") == "2022-12-15/2023-01-14");
  CHECK(reported("2023-03") == "2023-02-15/2023-03-14");
  CHECK(reported("2023-q1") == "2022-12-15/2023-03-14");
  CHECK(reported("2023-q2") == "2023-03-15/2023-06-14");
  CHECK(reported("2023-q3") == "2023-06-15/2023-09-14");
  CHECK(reported("2023-q4") == "2023-09-15/2023-12-14");
  CHECK(reported("2023-h1") == "2022-12-15/2023-06-14");
  CHECK(reported("2023-h2") == "2023-06-15/2023-12-14");
  CHECK(reported("2023-9m") == "2022-12-15/2023-09-14");
  CHECK(reported("2023") == "2022-12-15/2023-12-14");
  CHECK(reported("2023-11-15") == "2023-11-15/2023-11-15");
}

TEST_CASE("the year's report ends a day before the Action Month does") {
  const auto year = report_window(p("2023"));
  CHECK(year.contains(make_date(2023, 12, 14)));
  CHECK(!year.contains(make_date(2023, 12, 15)));
  CHECK(report_window(p("2024")).contains(make_date(2023, 12, 15)));
}

TEST_CASE("the periods that share a day with an interval, in order") {
  CHECK(listed(period_kind::year, "2023-04-18", "2025-01-01") == "2023 2024 2025 ");
  CHECK(listed(period_kind::half_year, "2023-06-30", "2023-07-01") == "2023-h1 2023-h2 ");
  CHECK(listed(period_kind::half_year, "2023-07-01", "2023-07-01") == "2023-h2 ");
  CHECK(listed(period_kind::quarter, "2023-03-31", "2023-10-01") == "2023-q1 2023-q2 2023-q3 2023-q4 ");
  CHECK(listed(period_kind::month, "2023-12-31", "2024-01-01") == "2023-12 2024-01 ");
  CHECK(listed(period_kind::nine_months, "2023-10-01", "2024-01-01") == "2024-9m ");
  CHECK(listed(period_kind::nine_months, "2023-10-01", "2023-12-31").empty());
  CHECK(listed(period_kind::day, "2024-02-28", "2024-03-01") == "2024-02-28 2024-02-29 2024-03-01 ");
  CHECK(listed(period_kind::year, "2024-01-02", "2024-01-01").empty());
  CHECK(periods_in(period_kind::year, {make_date(-30000, 1, 1), make_date(30000, 1, 1)}).size() == 600);
}

TEST_CASE("the period before is of the same kind") {
  CHECK(before("2023") == "2022");
  CHECK(before("2023-h1") == "2022-h2");
  CHECK(before("2023-h2") == "2023-h1");
  CHECK(before("2023-9m") == "2022-9m");
  CHECK(before("2023-q1") == "2022-q4");
  CHECK(before("2023-01") == "2022-12");
  CHECK(before("2023-12") == "2023-11");
  CHECK(before("2023-11-15") == "none");
  CHECK(before("1800-q1") == "none");
}

TEST_CASE("each period's window begins the day after the window of the one before ends") {
  for (const auto kind : {period_kind::month, period_kind::quarter, period_kind::half_year, period_kind::year})
    for (const auto& each : periods_in(kind, {make_date(2020, 1, 1), make_date(2030, 12, 31)})) {
      const auto earlier = previous(each);
      REQUIRE(earlier.has_value());
      const bool joined = report_window(*earlier).last + std::chrono::days{1} == report_window(each).first;
      CHECK_MESSAGE(joined, to_string(each));
    }
}
