#include "vanthu/plan.hpp"

#include <doctest/doctest.h>

#include "plan_text.hpp"

using namespace vanthu;

TEST_CASE("a task reads with everything it says") {
  const auto p = read_small(R"(
<window id="thang" from="--11-15" until="--12-15"/>
<procedure id="ban-hanh" title="Ban hành"><step id="soan" role="drafter" duration="3wd"/>
<step id="ky" role="signer"><after step="soan"/><due in="1wd" after="soan"/></step></procedure>
<task id="t1" title="Một" every="year" window="thang" inside="yes" lead="phong" support="hoi cac-xa" accepts="ubnd"
      field="binh-dang-gioi" duration="5wd">
<start in="2d" after="window-start"/><due before="window-end" by="10wd"/><target on="--12-01" strict="yes" roll="none"/>
<outcome id="dat" title="Đạt"/><product kind="KH" template="ke-hoach.docx" steps="ban-hanh" to="ubnd cac-xa"/>
<role name="signer" agency="ubnd" post="CHỦ TỊCH"/></task>
<task id="t2" title="Hai" every="quarter" only="q1 q3" lead="phong">
<after task="t1" type="SS" lag="-3d" period="previous" done="submitted"/><only-if task="t1" outcome="dat"/></task>)");
  CHECK(remarks_of(p.notes) == "");
  REQUIRE(p);
  REQUIRE(p->tasks.size() == 2);
  const auto& t = p->tasks[0];
  CHECK(t.every.kind == recurrence_kind::year);
  CHECK(t.window.text == "thang");
  CHECK(t.inside_window);
  CHECK(t.lead == "phong");
  CHECK(t.support == std::vector<std::string>{"hoi", "cac-xa"});
  CHECK(t.accepts == "ubnd");
  CHECK(t.field == "binh-dang-gioi");
  CHECK(*t.duration == amount{5, time_unit::working_day});
  CHECK(std::get<after_anchor>(*t.not_before).from.kind == anchor_kind::window_start);
  CHECK(std::get<before_anchor>(t.due->when).lead == amount{10, time_unit::working_day});
  CHECK(t.due->how == roll::backward);
  CHECK(t.target->strict);
  CHECK(t.target->how == roll::none);
  CHECK(t.outcomes.at(0).title == "Đạt");
  CHECK(t.makes->steps.text == "ban-hanh");
  CHECK(t.makes->to == std::vector<std::string>{"ubnd", "cac-xa"});
  CHECK(t.roles.at(0).post == "CHỦ TỊCH");
  const auto& l = p->tasks[1].after;
  REQUIRE(l.size() == 2);
  CHECK(l[0].type == link_type::ss);
  CHECK(l[0].lag == amount{-3, time_unit::day});
  CHECK(l[0].previous);
  CHECK(l[0].done_when_submitted);
  CHECK(l[1].only_if.text == "dat");
  CHECK(p->tasks[1].every.only == std::vector<std::string>{"q1", "q3"});
  const auto* steps = find_procedure(*p, {"ban-hanh"});
  REQUIRE(steps);
  CHECK(steps->steps.at(1).after == std::vector<std::string>{"soan"});
  CHECK(steps->steps.at(1).anchor_step == "soan");
  CHECK(find_task(*p, {"t2"}) == 1);
  CHECK(find_task(*p, {"t3"}) == no_task);
}

TEST_CASE("tasks below a task inherit what the language says, and no more") {
  const auto p = read_small(R"(
<window id="thang" from="--11-15" until="--12-15"/>
<task id="t" every="half-year" only="h1" window="thang" each="cac-xa" lead="$each" support="hoi" field="f"
      kind="inspection" until="2024-06-30" basis="law" article="Luật" assumed="lead"><role name="signer" post="A"/>
<task id="t.1"/>
<task id="t.2" every="year" support="" lead="phong" basis="assumption" until="2025-01-01"/>
</task>)");
  CHECK(remarks_of(p.notes) == "plan.inspection-parties 8:1\n");
  const auto q = read_small(R"(
<window id="thang" from="--11-15" until="--12-15"/>
<task id="t" every="half-year" only="h1" window="thang" each="cac-xa" lead="$each" support="hoi" field="f"
      until="2024-06-30" basis="law" article="Luật" assumed="lead"><role name="signer" post="A"/>
<task id="t.1"/>
<task id="t.2" every="year" support="" lead="phong" basis="assumption" until="2025-01-01"/>
</task>)");
  REQUIRE(q);
  const auto& a = q->tasks.at(1);
  const auto& b = q->tasks.at(2);
  CHECK(!q->tasks[0].leaf);
  CHECK(a.leaf);
  CHECK(a.parent == 0);
  CHECK(a.title == "t.1");
  CHECK(a.every.only == std::vector<std::string>{"h1"});
  CHECK(a.window.text == "thang");
  CHECK(a.each.text == "cac-xa");
  CHECK(a.lead == "$each");
  CHECK(a.support == std::vector<std::string>{"hoi"});
  CHECK(a.field == "f");
  CHECK(a.roles.at(0).post == "A");
  CHECK(a.stands_on.article == "Luật");
  CHECK(a.stands_on.assumed == std::vector<std::string>{"lead"});
  CHECK((a.until == make_date(2024, 6, 30)));
  CHECK(b.every.only.empty());
  CHECK(b.support.empty());
  CHECK(b.stands_on.kind == basis::assumption);
  CHECK(b.stands_on.article.empty());
  CHECK(b.stands_on.assumed.empty());
  CHECK((b.until == make_date(2024, 6, 30)));
}

TEST_CASE("all remarks come at once, in the order of the file") {
  CHECK(faults_of("<task id=\"a\" lead=\"phongg\"/>\n<taks/>\n<task id=\"b\" lead=\"phong\" every=\"yaer\"/>\n") ==
        "plan.unknown-agency 3:14\nplan.unknown-element 4:1\nplan.bad-value 5:27\n");
}

TEST_CASE("a wrong name comes with the nearest right one") {
  const auto p =
      read_small("<task id=\"t1\" lead=\"phogn\" supprt=\"hoi\"><aftr task=\"t2\"/><after task=\"t2\"/></task>");
  REQUIRE(p.notes.size() == 4);
  CHECK(p.notes[0].what.args.at(1) == "phong");
  CHECK(p.notes[1].what.args.at(2) == "support");
  CHECK(p.notes[2].what.args.at(2) == "after");
  CHECK(p.notes[3].what.args.at(1) == "t1");
}

TEST_CASE("a ring of tasks is one remark with each hop in its place") {
  const auto p = read_small(
      "<task id=\"a\" lead=\"phong\"><after task=\"c\"/></task>\n"
      "<task id=\"b\" lead=\"hoi\"><after task=\"a\" type=\"SS\"/></task>\n"
      "<task id=\"c\" lead=\"phong\"><after task=\"b\"/></task>\n");
  CHECK(remarks_of(p.notes) == "plan.cycle 3:27\n");
  CHECK(p.notes[0].what.args == std::vector<std::string>{"3", "a (phong) —SS→ b (hoi) —FS→ c (phong) —FS→ a (phong)",
                                                         "a (phong) —SS→ b (hoi)"});
  REQUIRE(p.notes[0].related.size() == 3);
  CHECK(p.notes[0].related[0].line == 4);
  CHECK(p.notes[0].related[0].path == "a (phong) —SS→ b (hoi)");
  CHECK(p.notes[0].related[2].line == 3);
}

TEST_CASE("calendars of a plan are read with its own places, and no two share an id") {
  const auto p = read_small(R"(<calendar id="a"><week days="mon" hours="08:00-12:00"/></calendar>
<calendar id="a"><week days="thứ hai" hours="08:00-12:00"/></calendar>)");
  CHECK(remarks_of(p.notes) == "plan.duplicate-id 4:11\ncalendar.bad-value 4:24\n");
}
