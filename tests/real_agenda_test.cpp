// The shipped plan, unfolded and dated on the shipped calendar.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "schedule_text.hpp"
#include "vanthu/file.hpp"

using namespace vanthu;

namespace {

const std::string folder = VANTHU_SOURCE_DIR "/workflows/";

worked_plan whole_plan() {
  auto p = read_plan_file(folder + "ke-hoach-573.xml").take();
  const date_range whole{p.from, p.until};
  return unfold_plan(std::move(p), iso(whole.first), iso(whole.last));
}

void date_all(worked_plan& w) {
  date_items(w, {working_calendar(read_calendar(read_file(folder + "lich-viet-nam.xml", 1 << 20), "lich").take()), {}});
}

// The members that have an item of the task in the period.
std::set<std::string> members_of(const worked_plan& w, const std::string& task_and_period) {
  std::set<std::string> out;
  for (const auto& i : w.items.items)
    if (i.id.text.starts_with(task_and_period + "/")) out.insert(i.member.text);
  return out;
}

std::set<std::string> members_of_group(const worked_plan& w, const char* group, std::string_view on) {
  std::set<std::string> out;
  for (const auto& each : w.items.agencies.members({group}, w.p.field, day(on))) out.insert(each.text);
  return out;
}

}  // namespace

TEST_CASE("the shipped plan asks 20 communes until the reform of 2025, 9 after it, and can be kept as it is planned") {
  auto w = whole_plan();
  CHECK(members_of(w, "t13r@2024").size() == 20);
  CHECK(members_of(w, "t13r@2025").size() == 9);
  CHECK(members_of(w, "t10b@2025-q2").size() == 20);
  CHECK(members_of(w, "t10b@2025-q3").size() == 9);
  date_all(w);
  CHECK(due(w, "t13d@2023") == "2023-12-22");
  CHECK(due(w, "t13a@2023") == "2023-11-01");
  CHECK(said(w.notes, "schedule.late") == "");
  CHECK(said(w.notes, "schedule.outside-window") == "");
  CHECK(said(w.notes, "schedule.no-anchor") == "");
  CHECK(said(w.notes, "schedule.no-holder") == "");
  for (std::uint32_t i = 0; i < w.items.items.size(); ++i)
    CHECK_MESSAGE(w.dates->items[i].total_slack_min >= 0, w.items.items[i].id.text);
}

TEST_CASE("nobody reports to itself before the reform, and after it only the department that is heir on both sides") {
  const auto w = unfold_plan(read_plan_file(folder + "ke-hoach-573.xml").take(), "2023-04-18", "2025-06-30");
  for (const auto& d : w.notes)
    if (d.id() == "plan.reports-to-itself") CHECK_MESSAGE(d.what.args.at(3) >= "2025-07-01", to_string(d));
  for (const auto& d : whole_plan().notes)
    if (d.id() == "plan.reports-to-itself") CHECK(d.what.args.at(1) == "so-noi-vu-ha-tinh");
}

TEST_CASE("in 2023 every commune and every office owes its reports, and the annual report waits for all of them") {
  auto w = whole_plan();
  const auto communes = members_of_group(w, "cac-xa", "2023-12-14");
  const auto offices = members_of_group(w, "don-vi-huyen", "2023-12-14");
  CHECK(communes.size() == 20);
  CHECK(offices.size() == 17);
  CHECK(members_of(w, "r0.1@2023-h1") == communes);
  CHECK(members_of(w, "r0.2@2023-h1") == offices);
  CHECK(members_of(w, "r0.3@2023") == communes);
  CHECK(members_of(w, "r0.4@2023") == offices);
  CHECK(members_of(w, "t13r@2023") == communes);
  const auto awaited = " " + w.after("r2.1@2023") + " ";
  for (const auto& each : communes) CHECK_MESSAGE(awaited.find(" r0.3@2023/" + each + " ") != std::string::npos, each);
  for (const auto& each : offices) CHECK_MESSAGE(awaited.find(" r0.4@2023/" + each + " ") != std::string::npos, each);
  CHECK((" " + w.after("r2.2@2023") + " ").find(" r2.1@2023 ") != std::string::npos);
  date_all(w);
  const auto aggregated = w.of("r2.1@2023").early_start;
  for (const auto& each : communes) CHECK(w.of("r0.3@2023/" + each).early_finish <= aggregated);
  for (const auto& each : offices) CHECK(w.of("r0.4@2023/" + each).early_finish <= aggregated);
}

TEST_CASE("the Action Month of every year lies between 15 November and 15 December") {
  auto w = whole_plan();
  date_all(w);
  int met = 0;
  for (std::uint32_t i = 0; i < w.items.items.size(); ++i) {
    const auto& item = w.items.items[i];
    if (!item.id.text.starts_with("t13b@") && !item.id.text.starts_with("t13c@")) continue;
    const auto year = std::to_string(item.when->year);
    const auto& dates = w.dates->items[i];
    CHECK_MESSAGE(dates.early_start >= minute(year + "-11-15T00:00"), item.id.text);
    CHECK_MESSAGE(dates.late_finish <= civil_minute{day(year + "-12-15") + std::chrono::days{1}}, item.id.text);
    ++met;
  }
  CHECK(met == 8 + 2 * 20 + 6 * 9);
}

TEST_CASE("in 2026 the heirs of the 20 communes report, and who holds an office's work is its heir") {
  const auto w = whole_plan();
  const std::set<std::string> heirs{"ubnd-xa-ky-xuan-2025",   "ubnd-xa-ky-anh-2025",       "ubnd-xa-ky-hoa-2025",
                                    "ubnd-xa-ky-van-2025",    "ubnd-xa-ky-khang-2025",     "ubnd-xa-ky-lac-2025",
                                    "ubnd-xa-ky-thuong-2025", "ubnd-phuong-hai-ninh-2025", "ubnd-phuong-song-tri-2025"};
  CHECK(members_of(w, "r0.3@2026") == heirs);
  CHECK(members_of(w, "r0.1@2026-h1") == heirs);
  for (const auto& each : heirs) {
    const auto id = "r0.3@2026/" + each;
    CHECK(holders(w.items, w.p, w.index(id), day("2026-12-15")) == std::vector<agency_id>{{each}});
  }
  CHECK(holders(w.items, w.p, w.index("r2.2@2024"), day("2024-12-15")) == std::vector<agency_id>{{"phong-ldtbxh"}});
  CHECK(holders(w.items, w.p, w.index("r2.2@2026"), day("2026-12-15")) ==
        std::vector<agency_id>{{"so-noi-vu-ha-tinh"}});
  CHECK(holders(w.items, w.p, w.index("t12.2@2026"), day("2026-06-01")) == std::vector<agency_id>{{"so-gddt-ha-tinh"}});
}

TEST_CASE("a case of the shipped plan goes from its verification to its resolution, within days") {
  auto p = read_plan_file(folder + "ke-hoach-573.xml").take();
  const auto since = with_case("r3", 1, "2023-08-07", "ubnd-xa-ky-phong");
  auto w = unfold_plan(std::move(p), "2023-08-01", "2023-08-31", since);
  CHECK(w.item("r3a#1").lead.text == "ubnd-xa-ky-phong");
  CHECK(w.item("r3b#1").lead.text == "phong-ldtbxh");
  CHECK(w.item("r3b#1").conditional);
  CHECK(w.item("r3c#1").conditional);
  date_items(w, {working_calendar(read_calendar(read_file(folder + "lich-viet-nam.xml", 1 << 20), "lich").take()), {}},
             since);
  CHECK(due(w, "r3a#1") == "2023-08-09");
  CHECK(w.of("r3c#1").early_finish < minute("2023-08-31T00:00"));
}
