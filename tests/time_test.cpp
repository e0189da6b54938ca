#include "vanthu/time.hpp"

#include <doctest/doctest.h>

using namespace vanthu;
using namespace std::chrono_literals;

TEST_CASE("a date is read as YYYY-MM-DD and nothing else") {
  CHECK(parse_date("2023-04-18") == make_date(2023, 4, 18));
  CHECK(parse_date("2024-02-29") == make_date(2024, 2, 29));
  for (const auto* wrong : {"2023-02-29", "2023-4-18", "18/4/2023", "2023-04-18 ", "", "2023-13-01", "0099-01-01",
                            "2023-04-18T00:00"})
    CHECK_MESSAGE(!parse_date(wrong), wrong);
  CHECK(iso(make_date(2023, 4, 8)) == "2023-04-08");
}

TEST_CASE("an instant is read with Z or an offset and printed in UTC") {
  const auto t = parse_instant("2023-04-18T07:30:00+07:00");
  REQUIRE(t);
  CHECK(rfc3339(*t) == "2023-04-18T00:30:00Z");
  CHECK(parse_instant("2023-04-18T00:30:00Z") == t);
  CHECK(rfc3339(*parse_instant("2023-12-31T23:59:59.120000Z")) == "2023-12-31T23:59:59.12Z");
  for (const auto* wrong : {"2023-04-18T07:30:00", "2023-04-18T07:30Z", "2023-04-18T24:00:00Z",
                            "2023-04-18T07:30:00.Z", "2023-04-18T07:30:00.1234567Z"})
    CHECK_MESSAGE(!parse_instant(wrong), wrong);
}

TEST_CASE("civil time is UTC+07:00, so an evening in UTC is already tomorrow") {
  const auto t = *parse_instant("2023-12-14T17:00:00Z");
  CHECK(date_of(t) == make_date(2023, 12, 15));
  CHECK(iso(to_local(t)) == "2023-12-15T00:00");
  CHECK(to_instant(civil_minute{make_date(2023, 12, 15)}) == t);
  CHECK(to_local(*parse_instant("1969-12-31T16:59:59Z")) == *parse_minute("1969-12-31T23:59"));
}

TEST_CASE("an amount keeps its unit") {
  for (const auto* each : {"5wd", "-5wd", "3d", "2w", "1m", "1y", "90min", "4h", "3ed", "4eh", "25%", "0d"}) {
    const auto a = parse_amount(each);
    REQUIRE_MESSAGE(a, each);
    CHECK(to_string(*a) == each);
  }
  for (const auto* wrong : {"", "5", "wd", "5 wd", "1.5d", "5wdx", "1000001d", "99999999999d"})
    CHECK_MESSAGE(!parse_amount(wrong), wrong);
}

TEST_CASE("a month and day is read as --MM-DD") {
  CHECK(parse_month_day("--11-15") == std::chrono::month_day{std::chrono::November, std::chrono::day{15}});
  CHECK(parse_month_day("--02-29"));
  CHECK(!parse_month_day("--02-30"));
  CHECK(!parse_month_day("11-15"));
}
