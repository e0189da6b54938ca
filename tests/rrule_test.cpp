// Recurrence rules through libical, vague dates, and the library that is loaded late.
#include <doctest/doctest.h>

#include "os/module.hpp"
#include "schedule_text.hpp"

using namespace vanthu;

namespace {

std::string times(std::string_view rule, std::string_view start, std::size_t most,
                  std::string_view until = "2199-12-31T23:59") {
  const auto all = rrule_times(rule, minute(start), minute(until), most);
  if (!all) return all.notes.front().id();
  std::string out;
  for (const auto t : *all) out += (out.empty() ? "" : " ") + iso(t);
  return out;
}

std::string vague(std::string_view text) {
  const auto d = parse_vague_date(text, 2024);
  return d ? iso(*d) : "-";
}

}  // namespace

TEST_CASE("a recurrence rule gives its moments in order, from its start") {
  CHECK(times("FREQ=MONTHLY;BYDAY=1MO", "2024-01-01T08:00", 3) == "2024-01-01T08:00 2024-02-05T08:00 2024-03-04T08:00");
  CHECK(times("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=4", "2024-01-02T07:30", 10) ==
        "2024-01-02T07:30 2024-01-04T07:30 2024-01-16T07:30 2024-01-18T07:30");
  CHECK(times("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2023-01-01T00:00", 2) == "2024-02-29T00:00 2028-02-29T00:00");
  CHECK(times("FREQ=MONTHLY;BYMONTHDAY=-1", "2024-01-31T00:00", 10, "2024-03-31T00:00") ==
        "2024-01-31T00:00 2024-02-29T00:00 2024-03-31T00:00");
  CHECK(times("FREQ=DAILY", "2024-01-01T00:00", 10, "2023-01-01T00:00").empty());
  CHECK(times("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2024-01-01T00:00", 1) == "calendar.bad-rrule");
}

TEST_CASE("rules that cannot be read, or would go by the minute, are refused") {
  for (const auto* rule : {"", "every Monday", "FREQ=SOMETIMES", "FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5",
                           "BYDAY=MO", "FREQ=DAILY\nRRULE:FREQ=DAILY"})
    CHECK(times(rule, "2024-01-01T00:00", 5) == "calendar.bad-rrule");
  CHECK(times("FREQ=DAILY", "1850-01-01T00:00", 5) == "calendar.bad-rrule");
}

TEST_CASE("a library that is not there is an error with what the system said") {
  std::string reason;
  CHECK(os::find_symbol("libvanthu-nowhere.so", "nothing", reason) == nullptr);
  CHECK(reason.find("libvanthu-nowhere.so") != std::string::npos);
  const error e(errc::io, message{"calendar.no-rrule-library", {reason}});
  CHECK(std::string(e.what()).find("libvanthu-nowhere.so") != std::string::npos);
  CHECK(os::find_symbol("libvanthu-rrule.so", "vanthu_rrule_1", reason) != nullptr);
}

TEST_CASE("vague dates are those of article 146 of the Civil Code") {
  CHECK(vague("giữa tháng 6") == "2024-06-15");
  CHECK(vague("đầu tháng 6") == "2024-06-01");
  CHECK(vague("cuối tháng 2") == "2024-02-29");
  CHECK(vague("Cuối tháng 2 năm 2025") == "2025-02-28");
  CHECK(vague("giữa tháng 11/2026") == "2026-11-15");
  CHECK(vague("đầu năm") == "2024-01-01");
  CHECK(vague("giữa năm 2025") == "2025-06-30");
  CHECK(vague("cuối năm 2030") == "2030-12-31");
  for (const auto* text : {"", "giữa", "giữa tháng", "giữa tháng 13", "giữa quý 2", "khoảng tháng 6", "cuối năm nay",
                           "giữa tháng 6 năm", "đầu năm 99"})
    CHECK(vague(text) == (std::string_view(text) == "giữa tháng 6 năm" ? "2024-06-15" : "-"));
  // calendar.vague-date says so
  CHECK(text({"calendar.vague-date", {"giữa tháng 6", "2024-06-15"}}, language::vi) ==
        "«giữa tháng 6» là ngày 2024-06-15 (Bộ luật Dân sự 2015, Điều 146)");
}
