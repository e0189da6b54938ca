#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "schedule_text.hpp"
#include "vanthu/file.hpp"

using namespace vanthu;

namespace {

calendars viet_nam() {
  const auto* name = VANTHU_SOURCE_DIR "/workflows/lich-viet-nam.xml";
  return {working_calendar(read_calendar(read_file(name, 1 << 20), name).take()), {}};
}

// The due date of a task with this rule, on the calendar of Viet Nam.
std::string due_by(const std::string& rule) {
  auto w = unfold(R"(<window id="dot" from="--11-15" until="--12-15"/>
<regime id="bc" kind="periodic"><cut-off kind="year"/></regime>
<task id="t" every="year" window="dot" regime="bc" lead="phong">)" +
                      rule + "</task>",
                  "2023-04-18", "2025-12-31");
  date_items(w, viet_nam());
  return due(w, "t@2023") + " " + due(w, "t@2024") + " " + due(w, "t@2025");
}

std::string due_once(const std::string& rule) {
  auto w = unfold("<task id=\"t\" lead=\"phong\">" + rule + "</task>", "2023-04-18", "2025-12-31");
  date_items(w, viet_nam());
  return due(w, "t");
}

facts started(std::string_view item, std::string_view at) {
  facts out;
  out.items[{std::string(item)}].started = minute(at);
  return out;
}
facts finished(std::string_view item, std::string_view at) {
  facts out;
  out.items[{std::string(item)}].finished = minute(at);
  return out;
}

}  // namespace

// ---- Deadlines -------------------------------------------------------------------------------------------------

TEST_CASE("working days after an event pass over holidays and take the days worked in exchange") {
  const auto after = [](const char* day_of_issue, const char* wait) {
    auto p = plan_of(R"(<agency id="ubnd"/>)",
                     R"(<task id="t" lead="ubnd"><due in=")" + std::string(wait) + R"(" after="issued"/></task>)");
    p.issued = day(day_of_issue);
    p.from = std::min(p.from, p.issued);
    p.until = make_date(2027, 12, 31);
    auto w = unfold_plan(std::move(p), "2023-01-01", "2027-12-31");
    date_items(w, viet_nam());
    return due(w, "t");
  };
  CHECK(after("2023-01-19", "1wd") == "2023-01-27");
  CHECK(after("2023-08-31", "2wd") == "2023-09-06");
  CHECK(after("2023-12-14", "1wd") == "2023-12-15");
  CHECK(after("2023-12-14", "4wd") == "2023-12-20");
  CHECK(after("2024-04-26", "5wd") == "2024-05-07");
  CHECK(after("2024-12-14", "1wd") == "2024-12-16");
  CHECK(after("2025-04-25", "3wd") == "2025-04-29");
  CHECK(after("2025-12-14", "4wd") == "2025-12-18");
  CHECK(after("2025-12-31", "2wd") == "2026-01-06");
  CHECK(after("2026-01-09", "1wd") == "2026-01-10");
  CHECK(after("2026-02-13", "2wd") == "2026-02-24");
  CHECK(after("2026-08-21", "1wd") == "2026-08-22");
  CHECK(after("2026-08-28", "1wd") == "2026-09-03");
  CHECK(after("2023-04-18", "15d") == "2023-05-04");
  CHECK(after("2024-02-05", "7d") == "2024-02-15");
  CHECK(after("2023-06-14", "1wd") == "2023-06-15");
  CHECK(after("2024-01-31", "1m") == "2024-02-29");
}

TEST_CASE("a deadline counts from each anchor and rolls as it is told") {
  CHECK(due_by(R"(<due in="4wd" after="cut-off"/>)") == "2023-12-20 2024-12-19 2025-12-18");
  CHECK(due_by(R"(<due in="0d" after="window-start"/>)") == "2023-11-15 2024-11-15 2025-11-17");
  CHECK(due_by(R"(<due in="0d" after="window-end"/>)") == "2023-12-15 2024-12-16 2025-12-15");
  CHECK(due_by(R"(<due before="window-start" by="10wd"/>)") == "2023-11-01 2024-11-01 2025-11-03");
  CHECK(due_by(R"(<due before="window-end" by="1d"/>)") == "2023-12-14 2024-12-13 2025-12-12");
  CHECK(due_by(R"(<due on="--11-30"/>)") == "2023-11-30 2024-11-29 2025-11-28");
  CHECK(due_by(R"(<due on="--11-30" roll="none"/>)") == "2023-11-30 2024-11-30 2025-11-30");
  CHECK(due_by(R"(<due on="--11-30" roll="forward"/>)") == "2023-11-30 2024-12-02 2025-12-01");
  CHECK(due_by(R"(<due on="window-end"/>)") == "2023-12-15 2024-12-13 2025-12-15");
  CHECK(due_by(R"(<due in="0d" after="period-end"/>)") == "2024-01-02 2024-12-31 2025-12-31");
  CHECK(due_by(R"(<due in="1m" after="period-start"/>)") == "2023-05-18 2024-02-01 2025-02-03");
  CHECK(due_once(R"(<due on="2024-02-12"/>)") == "2024-02-07");
  CHECK(due_once(R"(<due on="2024-02-12" roll="forward"/>)") == "2024-02-15");
}

TEST_CASE("before a day means that the day itself is too late") {
  CHECK(due_once(R"(<due on="2024-06-12" strict="yes"/>)") == "2024-06-11");
  CHECK(due_once(R"(<due on="2024-06-10" strict="yes"/>)") == "2024-06-07");
  CHECK(due_once(R"(<due on="2024-06-10" strict="yes" roll="none"/>)") == "2024-06-09");
  CHECK(due_once(R"(<due in="15d" after="issued" strict="yes"/>)") == "2023-04-28");
}

TEST_CASE("hours and elapsed days of a deadline are whole days, as a due date is one") {
  const auto since = with_case("vu", 1, "2024-06-07", "xa-1");
  auto w = unfold(R"(<task id="vu" every="case" lead="phong"><task id="a"><due in="4h" after="case"/></task>
<task id="b"><due in="24eh" after="case"/></task><task id="c"><due in="3ed" after="case" roll="none"/></task>
<task id="d"><due in="1wd" after="a"/></task></task>)",
                  "2023-04-18", "2025-12-31", since);
  date_items(w, {working_calendar{}, {}}, since);
  CHECK(due(w, "a#1") == "2024-06-10");
  CHECK(due(w, "b#1") == "2024-06-10");
  CHECK(due(w, "c#1") == "2024-06-10");
  CHECK(due(w, "d#1") == "2024-06-11");
}

TEST_CASE("a deadline counts from the forecast finish of another task, the last of many") {
  const auto w =
      dated(R"(<task id="a" each="cac-xa" lead="$each" duration="2wd"/><task id="b" lead="phong" duration="1wd">
<due in="2wd" after="a"/></task><task id="c" lead="phong" duration="1wd"><start in="1wd" after="a"/></task>)",
            finished("a/xa-2", "2023-04-21T17:30"));
  CHECK(due(w, "b") == "2023-04-25");
  CHECK(early(w, "c") == "2023-04-24T07:30 2023-04-24T17:30");
}

TEST_CASE("an extension takes the place of a due date, of the last step too") {
  const char* body = R"(<procedure id="p" title="P"><step id="ky" role="signer" duration="1wd"/></procedure>
<task id="t" lead="phong" duration="1wd"><due on="2023-05-10"/><product kind="KH" steps="p"/></task>)";
  auto w = dated(body);
  CHECK(due(w, "t") == "2023-05-10");
  CHECK(due(w, "t:ky") == "2023-05-10");
  facts since;
  since.items[{"t"}].extended_to = day("2023-05-20");
  w = dated(body, since);
  CHECK(due(w, "t") == "2023-05-20");
  CHECK(due(w, "t:ky") == "2023-05-20");
  CHECK(w.of("t").due_cause == cause::extension);
}

TEST_CASE("of a last step's own deadline and the task's the earlier counts") {
  const char* body = R"(<procedure id="p" title="P"><step id="ky" role="signer" duration="1wd"/>
<step id="gui" role="records" duration="0d"><after step="ky"/><due in="1wd" after="ky"/></step></procedure>
<task id="som" lead="phong" duration="1wd"><due on="2023-12-20"/><product kind="KH" steps="p"/></task>
<task id="gap" lead="phong" duration="1wd"><due on="2023-04-20"/><product kind="KH" steps="p"/></task>)";
  const auto w = dated(body);
  CHECK(due(w, "som:gui") == "2023-04-20");
  CHECK(due(w, "gap:gui") == "2023-04-20");
  CHECK(due(w, "som") == "2023-12-20");
  CHECK(due(w, "som:ky") == "-");
}

TEST_CASE("a due date rolls on the calendar of the agency that gets the product") {
  auto w = unfold(
      R"(<task id="t" lead="phong" duration="1wd"><due on="2023-05-31"/><product kind="BC" to="cac-xa hoi-1"/></task>
<task id="u" lead="phong" duration="1wd"><due on="2023-05-31"/></task>)",
      "2023-04-18", "2025-12-31");
  auto closed = weekly_calendar();
  closed.exceptions.push_back({{day("2023-05-30"), day("2023-05-31")}, false, {}, "nghỉ", "", {}, {}, {}});
  date_items(w, {working_calendar{}, {{{"hoi-1"}, working_calendar(closed)}}});
  CHECK(due(w, "t") == "2023-05-29");
  CHECK(due(w, "u") == "2023-05-31");
}

// ---- Dates -----------------------------------------------------------------------------------------------------

TEST_CASE("work begins with the plan or the period and takes its duration") {
  const auto w = dated(R"(<task id="ngay" lead="phong" duration="1wd"/><task id="gio" lead="phong" duration="6h"/>
<task id="lich" lead="phong" duration="3d"/><task id="thang" lead="phong" duration="1m"/><task id="troi" lead="phong" duration="2ed"/>
<task id="moc" lead="phong" duration="0d"/><task id="nam" every="year" lead="phong" duration="1wd"/>
<task id="sau" lead="phong" duration="1wd"><start on="2023-04-22"/></task>
<task id="cho" lead="phong" duration="90min"><start in="3wd" after="issued"/></task>)");
  CHECK(early(w, "ngay") == "2023-04-18T07:30 2023-04-18T17:30");
  CHECK(early(w, "gio") == "2023-04-18T07:30 2023-04-18T15:30");
  CHECK(early(w, "lich") == "2023-04-18T07:30 2023-04-20T17:30");
  CHECK(early(w, "thang") == "2023-04-18T07:30 2023-05-17T17:30");
  CHECK(early(w, "troi") == "2023-04-18T07:30 2023-04-20T07:30");
  CHECK(early(w, "moc") == "2023-04-18T07:30 2023-04-18T07:30");
  CHECK(early(w, "nam@2024") == "2024-01-01T07:30 2024-01-01T17:30");
  CHECK(early(w, "sau") == "2023-04-24T07:30 2023-04-24T17:30");
  CHECK(early(w, "cho") == "2023-04-21T07:30 2023-04-21T09:00");
  CHECK(iso(w.dates->start) == "2023-04-18T07:30");
  CHECK(iso(w.dates->finish) == "2025-01-01T17:30");
}

TEST_CASE("without a duration work goes on until it is due, else to the end of the period") {
  const auto w = dated(R"(<window id="dot" from="--11-15" until="--12-15"/>
<task id="han" every="year" lead="phong"><due on="--06-30"/></task><task id="ky" every="half-year" lead="phong"/>
<task id="dot" every="year" window="dot" inside="yes" lead="phong"/>
<task id="tre" lead="phong"><after task="lau"/><due on="2023-04-20"/></task><task id="lau" lead="phong" duration="5wd"/>)");
  CHECK(early(w, "han@2024") == "2024-01-01T07:30 2024-06-28T17:30");
  CHECK(early(w, "ky@2024-h2") == "2024-07-01T07:30 2024-12-31T17:30");
  CHECK(early(w, "dot@2024") == "2024-11-15T07:30 2024-12-13T17:30");
  CHECK(w.of("dot@2024").start_cause == cause::window_start);
  CHECK(w.of("dot@2024").finish_cause == cause::window_end);
  CHECK(early(w, "tre") == "2023-04-25T07:30 2023-04-25T07:30");
}

TEST_CASE("the four kinds of links push starts and finishes") {
  const auto w = dated(R"(<task id="a" lead="phong" duration="3wd"/>
<task id="fs" lead="phong" duration="1wd"><after task="a"/></task>
<task id="ss" lead="phong" duration="1wd"><after task="a" type="SS" lag="1wd"/></task>
<task id="ff" lead="phong" duration="2wd"><after task="a" type="FF"/></task>
<task id="sf" lead="phong" duration="1wd"><after task="muon" type="SF"/></task>
<task id="muon" lead="phong" duration="1wd"><start on="2023-05-03"/></task>
<task id="ca-hai" lead="phong" duration="1wd"><after task="a" type="SS"/><after task="a" type="FF" lag="1wd"/></task>
<task id="mo" lead="phong"><after task="a" type="FF" lag="1wd"/><due on="2023-04-18"/></task>)");
  CHECK(early(w, "fs") == "2023-04-21T07:30 2023-04-21T17:30");
  CHECK(early(w, "ss") == "2023-04-19T07:30 2023-04-19T17:30");
  CHECK(early(w, "ff") == "2023-04-19T07:30 2023-04-20T17:30");
  // A finish at the end of the day before, not at the beginning of the next.
  CHECK(early(w, "sf") == "2023-05-02T07:30 2023-05-02T17:30");
  CHECK(early(w, "ca-hai") == "2023-04-21T07:30 2023-04-21T17:30");
  CHECK(early(w, "mo") == "2023-04-18T07:30 2023-04-21T17:30");
  CHECK(w.of("mo").finish_cause == cause::link);
}

TEST_CASE("lags are working time, elapsed time, calendar time or a share of the predecessor") {
  const auto w = dated(R"(<task id="a" lead="phong" duration="4wd"/><task id="troi" lead="phong" duration="10ed"/>
<task id="wd" lead="phong" duration="1wd"><after task="a" lag="2wd"/></task>
<task id="ed" lead="phong" duration="1wd"><after task="a" lag="2ed"/></task>
<task id="d" lead="phong" duration="1wd"><after task="a" lag="5d"/></task>
<task id="h" lead="phong" duration="1wd"><after task="a" lag="4h"/></task>
<task id="nua" lead="phong" duration="1wd"><after task="a" type="SS" lag="50%"/></task>
<task id="nua-troi" lead="phong" duration="1wd"><after task="troi" type="SS" lag="50%"/></task>
<task id="som" lead="phong" duration="1wd"><after task="a" lag="-1wd"/></task>
<task id="ff" lead="phong" duration="1wd"><after task="b" type="FF" lag="-2ed"/></task>
<task id="b" lead="phong" duration="1wd"><start on="2023-04-24"/></task>)");
  CHECK(early(w, "wd") == "2023-04-26T07:30 2023-04-26T17:30");  // a ends on Friday 21/4 at 17:30
  CHECK(early(w, "ed") == "2023-04-24T07:30 2023-04-24T17:30");  // Sunday, so Monday
  CHECK(early(w, "d") == "2023-04-27T07:30 2023-04-27T17:30");
  CHECK(early(w, "h") == "2023-04-24T13:30 2023-04-25T11:30");
  CHECK(early(w, "nua") == "2023-04-20T07:30 2023-04-20T17:30");
  CHECK(early(w, "nua-troi") == "2023-04-24T07:30 2023-04-24T17:30");
  CHECK(early(w, "som") == "2023-04-21T07:30 2023-04-21T17:30");
  // b ends on Monday 24/4; a day of work before that is Monday 07:30, two days back is Saturday: Monday again.
  CHECK(early(w, "ff") == "2023-04-24T07:30 2023-04-24T17:30");
}

TEST_CASE("a lag runs on the successor's calendar, work on the lead's own") {
  auto w = unfold(
      R"(<task id="a" lead="phong" duration="1wd"/><task id="b" lead="hoi-1" duration="1wd"><after task="a" lag="1wd"/></task>
<task id="c" lead="phong" duration="1wd"><after task="b"/></task>)",
      "2023-04-18", "2025-12-31");
  auto closed = weekly_calendar();
  closed.exceptions.push_back({{day("2023-04-19"), day("2023-04-20")}, false, {}, "nghỉ", "", {}, {}, {}});
  date_items(w, {working_calendar{}, {{{"hoi-1"}, working_calendar(closed)}}});
  CHECK(early(w, "b") == "2023-04-24T07:30 2023-04-24T17:30");
  CHECK(early(w, "c") == "2023-04-25T07:30 2023-04-25T17:30");
}

TEST_CASE("a milestone may stay at the end of a day's work") {
  const auto w = dated(
      R"(<task id="a" lead="phong" duration="2wd"/><task id="ky" lead="phong" duration="0d"><after task="a"/></task>
<task id="cuoi-tuan" lead="phong" duration="0d"><after task="a" lag="3ed"/></task><task id="sau" lead="phong" duration="1wd"><after task="ky"/></task>)");
  CHECK(early(w, "ky") == "2023-04-19T17:30 2023-04-19T17:30");
  CHECK(early(w, "cuoi-tuan") == "2023-04-24T07:30 2023-04-24T07:30");
  CHECK(early(w, "sau") == "2023-04-20T07:30 2023-04-20T17:30");
}

TEST_CASE("all members are waited for, or the first of them") {
  const auto w = dated(R"(<task id="lam" each="cac-xa" lead="$each" duration="2wd"/>
<task id="du" lead="phong" duration="1wd"><after task="lam" join="all"/></task>
<task id="mot" lead="phong" duration="1wd"><after task="lam" join="any"/></task>)",
                       started("lam/xa-2", "2023-04-24T07:30"));
  CHECK(early(w, "du") == "2023-04-26T07:30 2023-04-26T17:30");
  CHECK(early(w, "mot") == "2023-04-20T07:30 2023-04-20T17:30");
  // Only the first one's lateness would make the item late.
  CHECK(w.of("lam/xa-1").late_cause == cause::successor);
  CHECK(w.of("mot").total_slack_min == w.of("du").total_slack_min + 4 * 480);
}

TEST_CASE("evidence up to the cut-off pushes no date") {
  const auto w =
      dated(R"(<regime id="bc" kind="periodic"><cut-off kind="year"/><deadline in="4wd" after="cut-off"/></regime>
<task id="tin" every="quarter" lead="phong"/><task id="bc" every="year" lead="phong" regime="bc" duration="1wd"><start in="0d" after="cut-off"/>
<after task="tin" join="all" upto="cut-off"/></task>
<task id="cho" every="year" lead="phong" regime="bc" duration="1wd"><after task="tin" join="all"/></task>)");
  CHECK(early(w, "bc@2024") == "2024-12-16T07:30 2024-12-16T17:30");
  CHECK(early(w, "cho@2024") == "2025-01-01T07:30 2025-01-01T17:30");
  CHECK(w.after("bc@2024") == "tin@2024-q1 tin@2024-q2 tin@2024-q3 tin@2024-q4");
  CHECK(said(w.notes, "plan.period-after-cut-off") == "cho@2023, tin@2023-q4, 2023-12-31, 2023-12-14");
}

TEST_CASE("steps follow the work and the deadline binds the last of them") {
  const auto w = dated(R"(<procedure id="p" title="P"><step id="soan" role="drafter" duration="2wd"/>
<step id="ky" role="signer" duration="1wd"><after step="soan"/></step></procedure>
<task id="bc" lead="phong" duration="1wd"><due on="2023-04-20"/><product kind="BC" steps="p"/></task>
<task id="sau" lead="phong" duration="1wd"><after task="bc"/></task><task id="khong" lead="phong"><product kind="BC" steps="p"/></task>)");
  CHECK(early(w, "bc") == "2023-04-18T07:30 2023-04-18T17:30");
  CHECK(early(w, "bc:ky") == "2023-04-21T07:30 2023-04-21T17:30");
  CHECK(early(w, "sau") == "2023-04-24T07:30 2023-04-24T17:30");
  CHECK(early(w, "khong:soan") == "2023-04-18T07:30 2023-04-19T17:30");
  CHECK(w.of("bc").total_slack_min == -480);
  CHECK(said(w.notes, "schedule.late") == "bc:ky, 2023-04-21T17:30, 2023-04-20, bc:ky ← bc:soan ← bc");
}

TEST_CASE("work that leaves its window is remarked") {
  const auto w = dated(R"(<window id="dot" from="--11-15" until="--12-15"/>
<task id="t" every="year" until="2023-12-31" window="dot" inside="yes" lead="phong" duration="30wd"/>)");
  CHECK(early(w, "t@2023") == "2023-11-15T07:30 2023-12-26T17:30");
  CHECK(said(w.notes, "schedule.outside-window") == "t@2023, 2023-12-26T17:30, 2023-12-15, t@2023");
  CHECK(w.of("t@2023").total_slack_min == -7 * 480);
}

TEST_CASE("a due date after the plan is remarked once for a rule") {
  const auto w =
      dated(R"(<task id="t" every="year" lead="phong" duration="1wd"><due in="15d" after="period-end"/></task>
<task id="u" every="year" lead="phong" each="cac-xa" duration="1wd"><due in="1m" after="period-end"/></task>)");
  CHECK(said(w.notes, "plan.due-after-until") == "2026-01-15, 2025-12-31 | 2026-02-02, 2025-12-31");
}

// ---- Slack -----------------------------------------------------------------------------------------------------

TEST_CASE("slack is counted back from the deadline and stays negative when it cannot be met") {
  const auto w = dated(
      R"(<task id="a" lead="phong" duration="2wd"/><task id="b" lead="phong" duration="2wd"><after task="a"/><due on="2023-04-20"/></task>
<task id="c" lead="phong" duration="1wd"><after task="a"/></task><task id="dai" lead="phong" duration="10wd"/>)");
  CHECK(w.of("b").total_slack_min == -480);
  CHECK(w.of("a").total_slack_min == -480);
  CHECK(w.of("a").critical);
  CHECK(late(w, "b") == "2023-04-19T07:30 2023-04-20T17:30");
  CHECK(late(w, "a") == "2023-04-17T07:30 2023-04-18T17:30");
  CHECK(early(w, "b") == "2023-04-20T07:30 2023-04-21T17:30");  // a deadline moves no early date
  CHECK(w.of("c").total_slack_min == 7 * 480);
  CHECK(w.of("c").free_slack_min == 7 * 480);
  CHECK(w.of("a").free_slack_min == 0);
  CHECK(w.of("dai").total_slack_min == 0);
  CHECK(w.of("dai").critical);
  CHECK_FALSE(w.of("c").critical);
  CHECK(said(w.notes, "schedule.late") == "b, 2023-04-21T17:30, 2023-04-20, b ← a");
}

TEST_CASE("late dates and free slack of each kind of link, lags of both signs") {
  const auto w = dated(R"(<task id="a" lead="phong" duration="2wd"/>
<task id="fs" lead="phong" duration="1wd"><after task="a" lag="-1wd"/><start on="2023-04-24"/><due on="2023-04-28"/></task>
<task id="p" lead="phong" duration="3wd"/><task id="ss" lead="phong" duration="1wd"><after task="p" type="SS" lag="2wd"/><due on="2023-04-21"/></task>
<task id="q" lead="phong" duration="2wd"/><task id="ff" lead="phong" duration="1wd"><after task="q" type="FF" lag="1wd"/><due on="2023-04-26"/></task>
<task id="r" lead="phong" duration="1wd"><start on="2023-04-26"/></task><task id="sf" lead="phong" duration="1wd"><after task="r" type="SF"/><due on="2023-04-28"/></task>
<task id="dai" lead="phong" duration="30wd"/>)");
  CHECK(late(w, "a") == "2023-04-27T07:30 2023-04-28T17:30");  // the successor may begin a day before it ends
  CHECK(w.of("a").free_slack_min == 3 * 480);
  CHECK(late(w, "p") == "2023-04-19T07:30 2023-04-21T17:30");
  CHECK(w.of("p").free_slack_min == 0);
  CHECK(late(w, "q") == "2023-04-24T07:30 2023-04-25T17:30");
  CHECK(w.of("q").free_slack_min == 0);
  CHECK(late(w, "r") == "2023-05-01T07:30 2023-05-01T17:30");
  CHECK(w.of("sf").total_slack_min == 3 * 480);
}

TEST_CASE("a deadline on a day off is no deadline on the day after") {
  const auto w = dated(
      R"(<task id="t" lead="phong" duration="1wd"><start on="2023-04-21"/><due on="2023-04-22" roll="none"/></task>
<task id="u" lead="phong" duration="1wd"><start on="2023-04-22"/><due on="2023-04-22" roll="none"/></task>)");
  CHECK(w.of("t").total_slack_min == 0);
  CHECK(w.of("u").total_slack_min == -480);
  CHECK(said(w.notes, "schedule.late") == "u, 2023-04-24T17:30, 2023-04-22, u");
}

TEST_CASE("a conditional item is planned but makes nothing critical") {
  const auto w = dated(R"(<task id="kt" lead="phong" duration="1wd"><outcome id="co"/></task>
<task id="xu-ly" lead="phong" duration="20wd"><only-if task="kt" outcome="co"/><due on="2023-04-25"/></task>
<task id="khac" lead="phong" duration="5wd"/>)");
  CHECK(w.item("xu-ly").conditional);
  CHECK(early(w, "xu-ly") == "2023-04-19T07:30 2023-05-16T17:30");
  CHECK_FALSE(w.of("xu-ly").critical);
  CHECK(w.of("xu-ly").total_slack_min < 0);
  CHECK(w.of("kt").total_slack_min == 4 * 480);
  CHECK(w.of("khac").critical);
  CHECK(iso(w.dates->finish) == "2023-04-24T17:30");
}

TEST_CASE("a lapsed item has no due date and holds up nobody") {
  facts since;
  since.items[{"kt"}].result = {"khong"};
  const auto w = dated(R"(<task id="kt" lead="phong" duration="1wd"><outcome id="co"/><outcome id="khong"/></task>
<task id="xu-ly" lead="phong" duration="20wd"><only-if task="kt" outcome="co"/><due on="2023-04-25"/></task>
<task id="bc" lead="phong" duration="1wd"><after task="xu-ly"/><after task="kt"/><due in="1wd" after="xu-ly"/></task>)",
                       since);
  CHECK(early(w, "bc") == "2023-04-19T07:30 2023-04-19T17:30");
  CHECK(due(w, "xu-ly") == "-");
  CHECK(due(w, "bc") == "-");
  CHECK_FALSE(w.of("xu-ly").critical);
  CHECK(said(w.notes, "schedule.late") == "");
}

// ---- What has happened ---------------------------------------------------------------------------------------------

TEST_CASE("actual dates take the place of computed ones") {
  const char* body =
      R"(<task id="a" lead="phong" duration="2wd"/><task id="b" lead="phong" duration="1wd"><after task="a"/></task>)";
  auto w = dated(body, finished("a", "2023-04-27T10:00"));
  CHECK(early(w, "a") == "2023-04-18T07:30 2023-04-27T10:00");
  CHECK(early(w, "b") == "2023-04-27T10:00 2023-04-28T10:00");
  CHECK_FALSE(w.of("a").critical);
  CHECK(w.of("a").total_slack_min == 0);
  w = dated(body, started("b", "2023-04-18T13:30"));  // although a is not done: what happened, happened
  CHECK(early(w, "b") == "2023-04-18T13:30 2023-04-19T11:30");
  CHECK(w.of("b").start_cause == cause::actual);
  CHECK(late(w, "b") == "2023-04-18T13:30 2023-04-19T17:30");
  w = dated(body, finished("b", "2023-04-17T10:00"));
  CHECK(early(w, "b") == "2023-04-17T10:00 2023-04-17T10:00");
}

TEST_CASE("unfinished work is not forecast into the past") {
  const char* body =
      R"(<task id="a" lead="phong" duration="2wd"/><task id="b" lead="phong" duration="1wd"><after task="a"/></task>
<task id="c" lead="phong"><due on="2023-04-20"/></task><task id="d" lead="phong" duration="2wd"/><task id="e" lead="phong" duration="1wd"/>
<task id="moc" lead="phong" duration="0d"/>)";
  auto since = started("d", "2023-04-18T07:30");
  since.items[{"e"}].submitted = minute("2023-04-19T09:00");
  const auto w = dated(body, since, {minute("2023-04-26T09:00")});
  CHECK(early(w, "a") == "2023-04-26T09:00 2023-04-28T09:00");
  CHECK(w.of("a").start_cause == cause::today);
  CHECK(early(w, "b") == "2023-04-28T09:00 2023-05-01T09:00");
  CHECK(early(w, "c") == "2023-04-26T09:00 2023-04-26T09:00");
  CHECK(early(w, "d") == "2023-04-18T07:30 2023-04-26T09:00");
  CHECK(early(w, "e") == "2023-04-18T07:30 2023-04-26T09:00");
  CHECK(early(w, "moc") == "2023-04-26T09:00 2023-04-26T09:00");
  const auto evening = dated(body, {}, {minute("2023-04-21T20:00")});
  CHECK(early(evening, "a") == "2023-04-24T07:30 2023-04-25T17:30");
}

TEST_CASE("a link that asks for the submission only waits for that") {
  const char* body =
      R"(<task id="a" lead="phong" duration="2wd"/><task id="b" lead="phong" duration="1wd"><after task="a" done="submitted"/></task>
<task id="c" lead="phong" duration="1wd"><after task="a"/></task>)";
  facts since;
  since.items[{"a"}].submitted = minute("2023-04-19T09:30");
  const auto w = dated(body, since, {minute("2023-04-25T07:30")});
  CHECK(early(w, "b") == "2023-04-25T07:30 2023-04-25T17:30");
  const auto before = dated(body, since);
  CHECK(early(before, "b") == "2023-04-19T09:30 2023-04-20T09:30");
  since.items[{"a"}].finished = minute("2023-04-26T17:30");
  const auto later = dated(body, since);
  CHECK(early(later, "b") == "2023-04-19T09:30 2023-04-20T09:30");
  CHECK(early(later, "c") == "2023-04-27T07:30 2023-04-27T17:30");
}

TEST_CASE("a cancelled item counts as done and does not pass its own waiting on") {
  facts since;
  since.items[{"b"}].closed_unfinished = true;
  const auto w = dated(
      R"(<task id="a" lead="phong" duration="5wd"/><task id="b" lead="phong" duration="5wd"><after task="a"/></task>
<task id="c" lead="phong" duration="1wd"><after task="b"/></task><task id="d" lead="phong" duration="1wd"><after task="goc" join="all"/></task>
<task id="goc" lead="phong"><task id="g1" duration="1wd"/><task id="g2" duration="4h"/></task>)",
      since);
  CHECK(early(w, "c") == "2023-04-18T07:30 2023-04-18T17:30");
  CHECK(early(w, "d") == "2023-04-19T07:30 2023-04-19T17:30");
  CHECK(w.of("a").late_cause == cause::project_finish);
}

TEST_CASE("days of a suspension are made up for") {
  const char* body = R"(<task id="a" lead="phong" duration="4wd"/><task id="b" lead="phong" duration="5ed"/>)";
  auto since = started("a", "2023-04-18T07:30");
  since.items[{"a"}].suspended = {{day("2023-04-25"), day("2023-04-25")}, {day("2023-04-19"), day("2023-04-20")}};
  since.items[{"b"}].suspended = {{day("2023-04-18"), day("2023-04-18")}};
  const auto w = dated(body, since);
  CHECK(early(w, "a") == "2023-04-18T07:30 2023-04-26T17:30");
  CHECK(early(w, "b") == "2023-04-19T07:30 2023-04-24T07:30");
  CHECK(w.of("b").start_cause == cause::suspension);
}

TEST_CASE("changing one due date moves exactly its dependants") {
  const auto make = [](const char* due_of_b) {
    return dated(R"(<task id="a" lead="phong" duration="2wd"/><task id="b" lead="phong"><after task="a"/><due on=")" +
                 std::string(due_of_b) + R"("/></task><task id="c" lead="phong" duration="2wd"><after task="b"/></task>
<task id="d" lead="phong" duration="1wd"><after task="c"/></task><task id="e" lead="phong" duration="3wd"><after task="a"/></task>
<task id="f" lead="phong" duration="1wd"><due in="5wd" after="c"/></task><task id="cuoi" lead="phong"/>)");
  };
  const auto before = make("2023-05-10"), after = make("2023-05-17");
  std::string moved;
  for (std::size_t i = 0; i < before.items.items.size(); ++i) {
    const auto &x = before.dates->items[i], &y = after.dates->items[i];
    if (x.early_start != y.early_start || x.early_finish != y.early_finish || x.due != y.due)
      moved += before.items.items[i].id.text + " ";
  }
  CHECK(moved == "b c d f ");
}

TEST_CASE("a new holiday moves what it touches, and dropping a link moves its item back") {
  const char* linked =
      R"(<task id="a" lead="phong" duration="2wd"/><task id="b" lead="phong" duration="2wd"><after task="a"/></task>)";
  auto w = dated(linked);
  auto with_holiday = weekly_calendar();
  with_holiday.exceptions.push_back({{day("2023-04-20"), day("2023-04-20")}, false, {}, "nghỉ", "", {}, {}, {}});
  date_items(w, {working_calendar(with_holiday), {}});
  CHECK(early(w, "a") == "2023-04-18T07:30 2023-04-19T17:30");
  CHECK(early(w, "b") == "2023-04-21T07:30 2023-04-24T17:30");
  const auto apart = dated(R"(<task id="a" lead="phong" duration="2wd"/><task id="b" lead="phong" duration="2wd"/>)");
  CHECK(early(apart, "b") == "2023-04-18T07:30 2023-04-19T17:30");
}

// ---- Size and faults -----------------------------------------------------------------------------------------------

TEST_CASE("items that wait for one another are named with their agencies and the link to give up") {
  auto p = plan_of(R"(<agency id="ubnd"/><agency id="phong"/>)",
                   R"(<task id="a" lead="phong" duration="1wd"/>
<task id="b" lead="ubnd" duration="1wd"><after task="a" basis="law" article="Điều 8"/></task>)");
  auto back = p.tasks[1].after.front();
  back.task = 1;
  back.stands_on = {};
  back.where = {"p.xml", 9, 1, {}};
  p.tasks[0].after.push_back(back);
  const auto w = unfold_plan(std::move(p), "2023-04-18", "2025-12-31");
  const auto s = make_schedule(w.items, w.p, {working_calendar{}, {}});
  CHECK_FALSE(s);
  REQUIRE(s.notes.size() == 1);
  CHECK(said(s.notes, "schedule.cycle") == "2, a (phong) → b (ubnd) → a (phong), b (ubnd) → a (phong) (+2)");
  CHECK(s.notes[0].related[1].line == 9);
}

TEST_CASE("dates that leave the calendar are an error and not a crash") {
  auto p = plan_of(R"(<agency id="ubnd"/>)", R"(<task id="a" lead="ubnd" duration="1000000wd"/>)");
  auto w = unfold_plan(p, "2023-04-18", "2025-12-31");
  auto s = make_schedule(w.items, w.p, {working_calendar{}, {}});
  CHECK_FALSE(s);
  CHECK(s.notes.at(0).id() == "calendar.no-working-time");
  p.tasks[0].duration = amount{1'000'000, time_unit::year};
  w = unfold_plan(p, "2023-04-18", "2025-12-31");
  s = make_schedule(w.items, w.p, {working_calendar{}, {}});
  CHECK(s.notes.at(0).id() == "calendar.out-of-coverage");
}

TEST_CASE("a chain of 100,000 items is dated without overflow") {
  plan p;
  p.from = p.issued = make_date(2023, 4, 18);
  p.until = make_date(2025, 12, 31);
  constexpr std::uint32_t length = 100'000;
  for (std::uint32_t i = 0; i < length; ++i) {
    task t;
    t.id = {"t" + std::to_string(i)};
    t.duration = amount{10, time_unit::minute};
    if (i > 0) {
      t.after.emplace_back();
      t.after.back().task = i - 1;
    }
    p.tasks.push_back(std::move(t));
  }
  auto w = unfold_plan(std::move(p), "2023-04-18", "2025-12-31");
  date_items(w, {working_calendar{}, {}});
  CHECK(working_calendar{}.work(w.dates->start, w.dates->finish) == 10 * std::int64_t{length});
  CHECK(w.of("t0").critical);
  CHECK(w.of("t0").total_slack_min == 0);
}

TEST_CASE("no items, no dates") {
  const auto w = dated("");
  CHECK(w.items.items.empty());
  CHECK(w.dates->start == w.dates->finish);
}
