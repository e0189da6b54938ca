#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "schedule_text.hpp"

using namespace vanthu;

namespace {

// "ID arg, arg" for each reason.
std::string reasons(const worked_plan& w, std::string_view item, const calendars& c = {working_calendar{}, {}}) {
  std::string out;
  for (const auto& m : explain(*w.dates, w.items, w.p, c, w.index(item))) {
    out += out.empty() ? "" : "\n";
    out += m.id;
    for (std::size_t i = 0; i < m.args.size(); ++i) out += (i == 0 ? " " : ", ") + m.args[i];
    for (const auto lang : {language::vi, language::en}) {
      CHECK(text(m, lang).find('{') == std::string::npos);
      CHECK(text(m, lang).find(m.id) == std::string::npos);
    }
  }
  return out;
}

bool gives(const worked_plan& w, std::string_view item, const std::string& reason) {
  const auto all = "\n" + reasons(w, item) + "\n";
  const bool found = all.find("\n" + reason + "\n") != std::string::npos;
  if (!found) MESSAGE(all);
  return found;
}

}  // namespace

TEST_CASE("reasons tell the deadline with its rule, the link that pushed, the duration and the slack") {
  const auto w = dated(
      R"(<regime id="bc" kind="periodic"><cut-off kind="year"/><deadline in="4wd" after="cut-off" basis="law" article="Điều 13"/></regime>
<task id="xa" every="year" each="cac-xa" lead="$each" regime="bc" duration="1wd"><start in="0d" after="cut-off"/></task>
<task id="bc" every="year" lead="phong" regime="bc" duration="2wd"><after task="xa" join="all" lag="1wd" basis="law" article="Điều 8"/></task>)");
  CHECK(reasons(w, "bc@2023") ==
        "schedule.due 2023-12-20\n"
        "schedule.from-cut-off 2023-12-14\n"
        "calendar.event-day-not-counted 2023-12-14\n"
        "calendar.weekends-passed 2\n"
        "calendar.working-days-counted 4, 2023-12-14, 2023-12-20\n"
        "calendar.period-ends 2023-12-20\n"
        "schedule.by-law Điều 13\n"
        "schedule.starts 2023-12-18T07:30\n"
        "schedule.link xa@2023/xa-1, 2023-12-14T17:30, FS\n"
        "schedule.link-lag 1wd\n"
        "schedule.by-law Điều 8\n"
        "schedule.finishes 2023-12-19T17:30\n"
        "schedule.finish-duration 2wd\n"
        "schedule.spare 480, 2023-12-20T17:30");
  CHECK(gives(w, "xa@2023/xa-1", "schedule.start-not-before 2023-12-14T07:30"));
  CHECK(gives(w, "xa@2023/xa-1", "schedule.limited-by bc@2023"));
}

TEST_CASE("each anchor and each kind of rule has its words") {
  const auto w = dated(R"(<window id="dot" from="--11-15" until="--12-15"/>
<task id="ban-hanh" lead="phong" duration="1wd"><due in="15d" after="issued" basis="seed" traces="O01"/></task>
<task id="dau-ky" every="year" lead="phong" duration="1wd"><due in="1m" after="period-start" basis="law" article="Điều 1" checked="no"/></task>
<task id="cuoi-ky" every="year" lead="phong" duration="1wd"><due in="0d" after="period-end"/></task>
<task id="dau-dot" every="year" window="dot" lead="phong" duration="1wd"><due before="window-start" by="10wd"/></task>
<task id="cuoi-dot" every="year" window="dot" lead="phong" duration="1wd"><due on="window-end" strict="yes"/></task>
<task id="ngay" lead="phong" duration="1wd"><due on="2023-06-30" basis="seed" traces="O02 O03" assumed="due"/></task>
<task id="hang-nam" every="year" lead="phong" duration="1wd"><due on="--11-30"/></task>
<task id="sau" lead="phong" duration="1wd"><due in="1wd" after="ngay"/></task>)");
  CHECK(gives(w, "ban-hanh", "schedule.from-issued 2023-04-18"));
  CHECK(gives(w, "ban-hanh", "schedule.by-plan O01"));
  CHECK(gives(w, "ban-hanh", "schedule.start-plan 2023-04-18T07:30"));
  CHECK(gives(w, "dau-ky@2024", "schedule.from-period-start 2024-01-01"));
  CHECK(gives(w, "dau-ky@2024", "schedule.by-law-unchecked Điều 1"));
  CHECK(gives(w, "dau-ky@2024", "schedule.start-period 2024-01-01T07:30"));
  CHECK(gives(w, "cuoi-ky@2024", "schedule.from-period-end 2024-12-31"));
  CHECK(gives(w, "dau-dot@2024", "schedule.from-window-start 2024-11-15"));
  CHECK(gives(w, "cuoi-dot@2024", "schedule.from-window-end 2024-12-15"));
  CHECK(gives(w, "cuoi-dot@2024", "schedule.due-strict 2024-12-13"));
  CHECK(gives(w, "ngay", "schedule.due-fixed 2023-06-30"));
  CHECK(gives(w, "ngay", "schedule.by-assumption"));
  CHECK(gives(w, "hang-nam@2024", "schedule.due-fixed-yearly 2024-11-30"));
  CHECK(gives(w, "hang-nam@2024", "calendar.rolled-backward 2024-11-30, 2024-11-29"));
  CHECK(gives(w, "sau", "schedule.from-task ngay, 2023-04-18"));
}

TEST_CASE("reasons tell how work without a duration ends, and what it waits for at its finish") {
  const auto w = dated(R"(<window id="dot" from="--11-15" until="--12-15"/>
<task id="han" lead="phong"><due on="2023-06-30"/></task><task id="ky" every="year" lead="phong"/>
<task id="dot" every="year" window="dot" inside="yes" lead="phong"/>
<task id="cuoi" every="year" lead="phong"><after task="ky" type="FF" lag="1wd"/></task>)");
  CHECK(gives(w, "han", "schedule.finish-due 2023-06-30T17:30"));
  CHECK(gives(w, "ky@2024", "schedule.finish-period 2024-12-31T17:30"));
  CHECK(gives(w, "dot@2024", "schedule.finish-window 2024-12-13T17:30"));
  CHECK(gives(w, "dot@2024", "schedule.start-window 2024-11-15T07:30"));
  CHECK(gives(w, "cuoi@2024", "schedule.link ky@2024, 2024-12-31T17:30, FF"));
}

TEST_CASE("reasons tell what has happened") {
  facts since;
  since.items[{"a"}].started = parse_minute("2023-04-20T09:00");
  since.items[{"b"}].finished = parse_minute("2023-04-20T09:00");
  since.items[{"c"}].extended_to = parse_date("2023-07-03");
  since.items[{"c"}].suspended = {{make_date(2023, 4, 18), make_date(2023, 5, 2)}};
  since.cases.push_back({1, {"vu"}, make_date(2023, 5, 4), {"xa-1"}, {}, {}});
  const auto w = dated(R"(<task id="a" lead="phong" duration="1wd"/><task id="b" lead="phong" duration="1wd"/>
<task id="c" lead="phong" duration="1wd"><due on="2023-06-30"/></task><task id="d" lead="phong" duration="1wd"/>
<task id="vu" every="case" lead="phong" duration="1wd"><due in="2wd" after="case"/></task>)",
                       since, {parse_minute("2023-04-25T07:30")});
  CHECK(gives(w, "a", "schedule.start-actual 2023-04-20T09:00"));
  CHECK(gives(w, "a", "schedule.finish-today 2023-04-25T07:30"));
  CHECK(gives(w, "b", "schedule.finish-actual 2023-04-20T09:00"));
  CHECK(gives(w, "c", "schedule.due-extended 2023-07-03"));
  CHECK(gives(w, "c", "schedule.start-suspended 2023-05-03T07:30"));
  CHECK(gives(w, "d", "schedule.start-today 2023-04-25T07:30"));
  CHECK(gives(w, "vu#1", "schedule.start-case 2023-05-04T07:30"));
  CHECK(gives(w, "vu#1", "schedule.from-case 2023-05-04"));
}

TEST_CASE("reasons tell the outcome an item hangs on") {
  const char* body = R"(<task id="kt" lead="phong" duration="1wd"><outcome id="co"/><outcome id="khong"/></task>
<task id="xu-ly" lead="phong" duration="1wd"><only-if task="kt" outcome="co"/></task>)";
  CHECK(gives(dated(body), "xu-ly", "schedule.conditional kt, co"));
  facts since;
  since.items[{"kt"}].result = {"khong"};
  CHECK(reasons(dated(body, since), "xu-ly") == "schedule.lapsed kt, co");
}

TEST_CASE("reasons name the days off passed over, the chain, and what is missing") {
  auto w = dated(
      R"(<task id="a" lead="phong" duration="7wd"/><task id="b" lead="phong" duration="1wd"><after task="a"/></task>
<task id="c" lead="phong" duration="1wd"><after task="b"/><due on="2023-05-02" roll="none"/></task>)");
  auto with_holiday = weekly_calendar();
  with_holiday.exceptions.push_back(
      {{day("2023-04-27"), day("2023-05-02")}, false, {}, "Lễ 30/4", "5034/TB-LĐTBXH", {}, {}, {}});
  const calendars c{working_calendar(with_holiday), {}};
  date_items(w, c);
  CHECK(reasons(w, "b", c) ==
        "schedule.starts 2023-05-03T07:30\n"
        "schedule.link a, 2023-04-26T17:30, FS\n"
        "calendar.holiday Lễ 30/4, 5034/TB-LĐTBXH, 2023-04-27\n"
        "schedule.by-assumption\n"
        "schedule.finishes 2023-05-03T17:30\n"
        "schedule.finish-duration 1wd\n"
        "schedule.short 960, 2023-04-25T17:30\n"
        "schedule.limited-by c");
  const auto all = reasons(w, "c", c);
  CHECK(all.find("schedule.chain c ← b ← a") != std::string::npos);
  CHECK(all.find("schedule.short 960, 2023-04-26T17:30") != std::string::npos);
}
