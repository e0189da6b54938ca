// The shipped plan, unfolded and dated on the shipped calendar.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "schedule_text.hpp"
#include "vanthu/file.hpp"

using namespace vanthu;

TEST_CASE("the shipped plan asks 20 communes until the reform of 2025, 9 after it, and can be kept as it is planned") {
  const std::string folder = VANTHU_SOURCE_DIR "/workflows/";
  auto p = read_plan_file(folder + "ke-hoach-573.xml").take();
  const date_range whole{p.from, p.until};
  auto w = unfold_plan(std::move(p), iso(whole.first), iso(whole.last));
  const auto items_of = [&](const std::string& name) {
    return std::ranges::count_if(w.items.items, [&](const auto& i) { return i.id.text.starts_with(name + "/"); });
  };
  CHECK(items_of("t13r@2024") == 20);
  CHECK(items_of("t13r@2025") == 9);
  CHECK(items_of("t10b@2025-q2") == 20);
  CHECK(items_of("t10b@2025-q3") == 9);
  date_items(w, {working_calendar(read_calendar(read_file(folder + "lich-viet-nam.xml", 1 << 20), "lich").take()), {}});
  CHECK(due(w, "t13d@2023") == "2023-12-22");
  CHECK(due(w, "t13a@2023") == "2023-11-01");
  CHECK(said(w.notes, "schedule.late") == "");
  CHECK(said(w.notes, "schedule.no-anchor") == "");
}
