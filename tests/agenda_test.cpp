#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "schedule_text.hpp"

using namespace vanthu;

TEST_CASE("an item is named after its task, period, case, agency and step") {
  const auto w = unfold(R"(
<procedure id="ban-hanh" title="Ban hành"><step id="soan" role="drafter" duration="3wd"/>
<step id="ky" role="signer" duration="0d"><after step="soan"/></step></procedure>
<task id="mot" lead="phong"/>
<task id="nam" every="year" lead="phong" until="2023-12-31"/>
<task id="nua" every="half-year" only="h2" lead="phong" until="2023-12-31"/>
<task id="chin" every="nine-months" lead="phong" until="2023-12-31"/>
<task id="quy" every="quarter" only="q3" lead="phong" until="2023-12-31"/>
<task id="thang" every="month" only="11" lead="phong" until="2023-12-31"/>
<task id="xa" every="year" each="cac-xa" lead="$each" until="2023-12-31"/>
<task id="kh" every="year" lead="phong" until="2023-12-31" duration="5wd"><product kind="KH" steps="ban-hanh"/></task>
<task id="vu" every="case"><task id="vu-a" lead="$case"/><task id="vu-b" each="cac-xa" lead="$each"/></task>)",
                        "2023-01-01", "2023-12-31", with_case("vu", 1, "2023-06-05", "xa-2"));
  CHECK(
      ids(w) ==
      "mot nam@2023 nua@2023-h2 chin@2023-9m quy@2023-q3 thang@2023-11 xa@2023/xa-1 xa@2023/xa-2 kh@2023 kh@2023:soan "
      "kh@2023:ky vu-a#1 vu-b#1/xa-1 vu-b#1/xa-2");
  CHECK(w.item("vu-a#1").lead.text == "xa-2");
  CHECK(w.item("xa@2023/xa-2").lead.text == "xa-2");
  CHECK(find_item(w.items, {"nam@2024"}) == no_item);
}

TEST_CASE("a span picks periods, once-tasks come along") {
  const char* body = R"(<task id="mot" lead="phong"/><task id="nam" every="year" lead="phong"/>
<task id="quy" every="quarter" lead="phong"/>)";
  CHECK(ids(unfold(body, "2024-05-01", "2024-05-31")) == "mot nam@2024 quy@2024-q2");
  CHECK(ids(unfold(body, "2031-01-01", "2031-12-31")) == "mot");
}

TEST_CASE("items that links and anchors need come along, and no others") {
  const auto w = unfold(R"(<task id="bc" every="year" lead="phong" duration="1wd"><after task="quy" join="all"/></task>
<task id="quy" every="quarter" lead="phong" duration="1wd"/>
<task id="kh" every="year" lead="phong" duration="1wd"><after task="bc" period="previous"/></task>
<task id="hop" every="year" lead="phong" duration="1wd"><due in="2d" after="le"/></task>
<task id="le" every="year" lead="phong" duration="1wd"/>)",
                        "2025-01-01", "2025-01-31");
  CHECK(ids(w) ==
        "bc@2024 bc@2025 quy@2024-q1 quy@2024-q2 quy@2024-q3 quy@2024-q4 quy@2025-q1 quy@2025-q2 quy@2025-q3 "
        "quy@2025-q4 kh@2025 hop@2025 le@2025");
  CHECK(w.after("kh@2025") == "bc@2024");
}

TEST_CASE("a period partly inside the plan is clipped with a remark for all its tasks") {
  const auto w = unfold(R"(<task id="a" every="year" lead="phong"/>
<task id="b" every="year" lead="phong"/><task id="c" every="half-year" until="2024-03-31" lead="phong"/>)",
                        "2023-01-01", "2024-12-31");
  CHECK(iso(w.item("a@2023").days.first) == "2023-04-18");
  CHECK(iso(w.item("a@2023").days.last) == "2023-12-31");
  CHECK(iso(w.item("c@2024-h1").days.last) == "2024-03-31");
  CHECK(
      said(w.notes, "plan.period-clipped") ==
      "2023, 2023-04-18, 2023-12-31, 2 (+1) | 2023-h1, 2023-04-18, 2023-06-30, 1 | 2024-h1, 2024-01-01, 2024-03-31, 1");
}

TEST_CASE("members are those of the window's first day, else of the cut-off, else of the period's first day") {
  const char* body = R"(<window id="dot" from="--11-15" until="--12-15"/>
<regime id="bc" kind="periodic"><cut-off kind="year"/><deadline in="4wd" after="cut-off"/></regime>
<task id="dau-ky" every="year" each="cac-xa" lead="$each"/>
<task id="cuoi-quy" every="quarter" only="q3" each="cac-xa" lead="$each"/>
<task id="trong-dot" every="year" window="dot" each="cac-xa" lead="$each"/>
<task id="bao-cao" every="year" regime="bc" each="cac-xa" lead="$each"/>)";
  CHECK(ids(unfold_reform(body, "2024-01-01", "2024-12-31")) ==
        "dau-ky@2024/xa-1 dau-ky@2024/xa-2 dau-ky@2024/xa-3 cuoi-quy@2024-q3/xa-1 cuoi-quy@2024-q3/xa-2 "
        "cuoi-quy@2024-q3/xa-3 trong-dot@2024/xa-1 trong-dot@2024/xa-2 trong-dot@2024/xa-3 bao-cao@2024/xa-1 "
        "bao-cao@2024/xa-2 bao-cao@2024/xa-3");
  CHECK(ids(unfold_reform(body, "2025-01-01", "2025-12-31")) ==
        "dau-ky@2025/xa-1 dau-ky@2025/xa-2 dau-ky@2025/xa-3 cuoi-quy@2025-q3/xa-moi-2025 cuoi-quy@2025-q3/xa-3 "
        "trong-dot@2025/xa-moi-2025 trong-dot@2025/xa-3 bao-cao@2025/xa-moi-2025 bao-cao@2025/xa-3");
}

TEST_CASE("an item that runs across a succession keeps its id while its holder changes") {
  const auto w = unfold_reform(R"(<task id="t" every="year" each="cac-xa" lead="$each"/>)", "2025-01-01", "2025-12-31");
  const auto item = find_item(w.items, {"t@2025/xa-1"});
  REQUIRE(item != no_item);
  CHECK(holders(w.items, w.p, item, make_date(2025, 6, 30)) == std::vector<agency_id>{{"xa-1"}});
  CHECK(holders(w.items, w.p, item, make_date(2025, 7, 1)) == std::vector<agency_id>{{"xa-moi-2025"}});
}

TEST_CASE("links between items of one group join the same member or its heir") {
  const auto w = unfold_reform(R"(<window id="dot" from="--11-15" until="--12-15"/>
<task id="tin" every="half-year" each="cac-xa" lead="$each" duration="1wd"/>
<task id="bc" every="year" each="cac-xa" lead="$each" window="dot" duration="1wd"><after task="tin" join="all"/></task>)",
                               "2024-01-01", "2025-12-31");
  CHECK(w.after("bc@2024/xa-1") == "tin@2024-h1/xa-1 tin@2024-h2/xa-1");
  CHECK(w.after("bc@2025/xa-3") == "tin@2025-h1/xa-3 tin@2025-h2/xa-3");
  CHECK(w.after("bc@2025/xa-moi-2025") == "tin@2025-h1/xa-1 tin@2025-h1/xa-2 tin@2025-h2/xa-moi-2025");
}

TEST_CASE("one waits for all members, all members wait for one, groups wait for each other's all") {
  const auto w = unfold(R"(<task id="mo" lead="phong" duration="1wd"/>
<task id="lam" each="cac-xa" lead="$each" duration="1wd"><after task="mo"/></task>
<task id="gop" lead="phong" duration="1wd"><after task="lam" join="all"/></task>
<task id="nhan" each="hai-hoi" lead="$each" duration="1wd"><after task="lam" join="any"/></task>)",
                        "2023-01-01", "2023-12-31");
  CHECK(w.after("lam/xa-1") == "mo");
  CHECK(w.after("gop") == "lam/xa-1 lam/xa-2");
  CHECK(w.after("nhan/hoi-2") == "lam/xa-1 lam/xa-2");
}

TEST_CASE("periods of links: the same, those inside, the one around, the one before") {
  const auto w = unfold(R"(<task id="mot" lead="phong" duration="1wd"/>
<task id="nam" every="year" lead="phong" duration="1wd"><after task="quy" join="all"/><after task="mot"/></task>
<task id="quy" every="quarter" lead="phong" duration="1wd"><after task="quy-truoc" period="previous"/></task>
<task id="quy-truoc" every="quarter" lead="phong" duration="1wd"><after task="tong" /></task>
<task id="tong" every="half-year" lead="phong" duration="1wd"/>
<task id="chin" every="nine-months" lead="phong" duration="1wd"><after task="tong" join="all"/></task>
<task id="cuoi" lead="phong" duration="1wd"><after task="tong" join="all"/></task>
<task id="h1-truoc" every="year" lead="phong" duration="1wd"><after task="chi-h1" period="previous"/></task>
<task id="chi-h1" every="half-year" only="h1" lead="phong" duration="1wd"><after task="chi-h1" period="previous"/></task>)",
                        "2024-01-01", "2025-12-31");
  CHECK(w.after("nam@2024") == "quy@2024-q1 quy@2024-q2 quy@2024-q3 quy@2024-q4 mot");
  CHECK(w.after("quy@2024-q1") == "quy-truoc@2023-q4");
  CHECK(w.after("quy-truoc@2024-q3") == "tong@2024-h2");
  CHECK(w.after("chin@2024-9m") == "tong@2024-h1");
  CHECK(w.after("cuoi") == "tong@2023-h1 tong@2023-h2 tong@2024-h1 tong@2024-h2 tong@2025-h1 tong@2025-h2");
  CHECK(w.after("h1-truoc@2025") == "chi-h1@2024-h1");
  CHECK(w.after("chi-h1@2025-h1") == "chi-h1@2024-h1");
}

TEST_CASE("cases: a period waits for those raised in it, a case for the period that has its day, a case for itself") {
  auto since = with_case("vu", 1, "2024-02-05", "xa-1");
  since.cases.push_back({2, {"vu"}, make_date(2024, 5, 6), {"xa-2"}, {}, {}});
  const auto w =
      unfold(R"(<task id="vu" every="case"><task id="vu-a" lead="$case" duration="1wd"><after task="truc"/></task>
<task id="vu-b" lead="phong" duration="1wd"><after task="vu-a"/></task></task>
<task id="truc" every="quarter" lead="phong" duration="1wd"/>
<task id="bc" every="quarter" lead="phong" duration="1wd"><after task="vu-b" join="all"/></task>)",
             "2024-01-01", "2024-06-30", since);
  CHECK(w.after("vu-a#2") == "truc@2024-q2");
  CHECK(w.after("vu-b#1") == "vu-a#1");
  CHECK(w.after("bc@2024-q1") == "vu-b#1");
  CHECK(w.after("bc@2024-q2") == "vu-b#2");
  CHECK(iso(*w.item("vu-a#2").raised) == "2024-05-06");
}

TEST_CASE("a task with children stands for all its leaves") {
  const auto w = unfold(R"(<task id="goc" lead="phong" duration="1wd"><task id="la-1"/><task id="canh"><task id="la-2"/>
<task id="la-3"/></task></task><task id="sau" lead="phong" duration="1wd"><after task="goc" join="all"/></task>
<task id="cuoi" lead="phong"/>)",
                        "2023-01-01", "2023-12-31");
  CHECK(w.after("sau") == "la-1 la-2 la-3");
}

TEST_CASE("a link without a predecessor drops with a note, once for all items of a rule") {
  const auto w = unfold(R"(<task id="bc" every="year" lead="phong" duration="1wd"/>
<task id="kh" every="year" each="cac-xa" lead="$each" duration="1wd"><after task="bc" period="previous"/></task>)",
                        "2023-01-01", "2024-12-31");
  CHECK(w.after("kh@2023/xa-1") == "");
  CHECK(w.after("kh@2024/xa-1") == "bc@2023");
  CHECK(said(w.notes, "plan.no-predecessor") == "kh@2023/xa-1, bc, 2");
}

TEST_CASE("steps stand between the work and the product, and a link to the task means its last step") {
  const auto w = unfold(R"(<role name="signer" agency="ubnd" post="CHỦ TỊCH"/>
<procedure id="ban-hanh" title="Ban hành"><step id="soan" role="drafter" duration="3wd"/>
<step id="xem" role="checker" duration="4h"><after step="soan"/></step><step id="soat" role="records" duration="4h"><after step="soan"/></step>
<step id="ky" role="signer" duration="0d"><after step="xem"/><after step="soat"/></step>
<step id="gui" role="records" duration="0d"><after step="ky"/><due in="1wd" after="ky"/></step></procedure>
<task id="bc" lead="phong" duration="2wd"><due on="2023-06-30"/><product kind="BC" steps="ban-hanh"/>
<role name="checker" agency="hoi-1" post=""/></task>
<task id="kh" lead="phong"><after task="bc"/><after task="bc" type="SS"/><product kind="KH" steps="ban-hanh"/></task>)",
                        "2023-01-01", "2023-12-31");
  CHECK(w.after("bc:soan") == "bc");
  CHECK(w.after("bc:ky") == "bc:xem bc:soat");
  CHECK(w.after("kh") == "bc:gui bc");
  CHECK(w.item("bc:ky").lead.text == "ubnd");
  CHECK(w.item("bc:xem").lead.text == "hoi-1");
  CHECK(w.item("bc:soan").lead.text == "phong");
  CHECK(to_string(*w.item("kh").duration) == "0wd");
  CHECK(w.item("bc").due.has_value());
  CHECK_FALSE(w.item("bc:ky").due.has_value());
  REQUIRE(w.item("bc:gui").due.has_value());
  CHECK(w.items.items[w.item("bc:gui").due->after.at(0)].id.text == "bc:ky");
  CHECK(w.item("bc:gui").task_due.has_value());
}

TEST_CASE("an item hangs on an outcome until it is known, and lapses with the other one") {
  const char* body = R"(<task id="kt" lead="phong" duration="1wd"><outcome id="co"/><outcome id="khong"/></task>
<task id="xu-ly" lead="phong" duration="1wd"><only-if task="kt" outcome="co"/><outcome id="xong"/></task>
<task id="thu-hoi" lead="phong" duration="1wd"><only-if task="xu-ly" outcome="xong"/><product kind="QD" steps="ky"/></task>
<procedure id="ky" title="Ký"><step id="ky" role="signer"/></procedure>
<task id="bc" lead="phong" duration="1wd"><after task="xu-ly"/></task>)";
  const auto conditions = [&](const facts& since) {
    std::string out;
    const auto w = unfold(body, "2023-01-01", "2023-12-31", since);
    for (const auto& each : w.items.items)
      out += (out.empty() ? "" : " ") + each.id.text + (each.lapsed ? "-" : each.conditional ? "?" : "");
    return out;
  };
  CHECK(conditions({}) == "kt xu-ly? thu-hoi? thu-hoi:ky? bc");
  facts since;
  since.items[{"kt"}].result = {"co"};
  CHECK(conditions(since) == "kt xu-ly thu-hoi? thu-hoi:ky? bc");
  since.items[{"kt"}].result = {"khong"};
  CHECK(conditions(since) == "kt xu-ly- thu-hoi- thu-hoi:ky- bc");
  since.items[{"kt"}] = {};
  since.items[{"kt"}].closed_unfinished = true;
  CHECK(conditions(since) == "kt xu-ly- thu-hoi- thu-hoi:ky- bc");
}

TEST_CASE("a condition on many members needs the outcome of all, or of one when it says any") {
  const char* body =
      R"(<task id="kt" each="cac-xa" lead="$each" duration="1wd"><outcome id="co"/><outcome id="khong"/></task>
<task id="moi" lead="phong" duration="1wd"><only-if task="kt" outcome="co" join="any"/></task>
<task id="deu" lead="phong" duration="1wd"><only-if task="kt" outcome="co" join="all"/></task>)";
  facts since;
  since.items[{"kt/xa-1"}].result = {"co"};
  auto w = unfold(body, "2023-01-01", "2023-12-31", since);
  CHECK_FALSE(w.item("moi").conditional);
  CHECK(w.item("deu").conditional);
  since.items[{"kt/xa-2"}].result = {"khong"};
  w = unfold(body, "2023-01-01", "2023-12-31", since);
  CHECK_FALSE(w.item("moi").lapsed);
  CHECK(w.item("deu").lapsed);
}

TEST_CASE("a regime gives the cut-off and the deadline of the lead's level") {
  const auto w = unfold(
      R"(<regime id="bc" kind="periodic"><cut-off kind="year"/><deadline level="cac-xa" in="1wd" after="cut-off"/>
<deadline level="hoi-1" in="3wd" after="cut-off"/><deadline in="4wd" after="cut-off"/></regime>
<regime id="ct" kind="thematic"><cut-off on="--02-29"/><deadline in="1wd" after="cut-off"/></regime>
<regime id="dx" kind="ad-hoc"><cut-off on="case"/><deadline in="2wd" after="case"/></regime>
<task id="xa" every="year" each="cac-xa" lead="$each" regime="bc"/><task id="phong" every="year" lead="phong" regime="bc"/>
<task id="hoi" every="year" lead="hoi-1" regime="bc"/><task id="mot-xa" every="year" lead="xa-1" regime="bc"/>
<task id="nua" every="half-year" lead="phong" regime="bc"/><task id="ngay" every="year" lead="phong" regime="ct"/>
<task id="vu" every="case" lead="phong" regime="dx"/>)",
      "2023-01-01", "2023-12-31", with_case("vu", 1, "2023-06-05", "xa-2"));
  const auto waits = [&](const char* item) { return to_string(w.item(item).due->wait); };
  CHECK(iso(*w.item("xa@2023/xa-1").cut_off) == "2023-12-14");
  CHECK(iso(*w.item("nua@2023-h1").cut_off) == "2023-12-14");
  CHECK(iso(*w.item("ngay@2023").cut_off) == "2023-02-28");
  CHECK(iso(*w.item("vu#1").cut_off) == "2023-06-05");
  CHECK(waits("xa@2023/xa-1") == "1wd");
  CHECK(waits("mot-xa@2023") == "1wd");
  CHECK(waits("hoi@2023") == "3wd");
  CHECK(waits("phong@2023") == "4wd");
  CHECK(iso(w.item("vu#1").due->base) == "2023-06-05");
}

TEST_CASE("a window over New Year belongs to the year in which it begins") {
  const auto w =
      unfold(R"(<window id="tet" from="--12-20" until="--01-10"/><task id="t" every="year" window="tet" lead="phong"/>
<task id="mot" window="tet" lead="phong"/><task id="quy" every="quarter" only="q1" window="tet" lead="phong"/>)",
             "2024-01-01", "2024-12-31");
  CHECK(iso(w.item("t@2024").window->first) == "2024-12-20");
  CHECK(iso(w.item("t@2024").window->last) == "2025-01-10");
  CHECK(iso(w.item("mot").window->first) == "2023-12-20");
  CHECK(iso(w.item("quy@2024-q1").window->first) == "2023-12-20");
}

TEST_CASE("groups among the support are opened, each agency once, the lead left out") {
  const auto w = unfold(R"(<task id="t" lead="xa-1" support="hoi-1 cac-xa hai-hoi"/>)", "2023-01-01", "2023-12-31");
  std::string all;
  for (const auto& each : w.item("t").support) all += each.text + " ";
  CHECK(all == "hoi-1 xa-2 hoi-2 ");
}

TEST_CASE("a rule without its anchor makes no date and is remarked once") {
  const auto w =
      unfold(R"(<regime id="dx" kind="ad-hoc"><deadline in="2wd" after="cut-off"/><cut-off on="case"/></regime>
<task id="t" every="quarter" lead="phong" regime="dx"/><task id="u" every="year" lead="phong" until="2023-12-31"/>
<task id="v" every="year" from="2024-01-01" lead="phong"><due in="1wd" after="u"/></task>)",
             "2024-01-01", "2024-12-31");
  CHECK(said(w.notes, "schedule.no-anchor") == "t@2024-q1, cut-off | v@2024, u");
  CHECK_FALSE(w.item("v@2024").due.has_value());
}

TEST_CASE("nobody left, too many left, and reports to oneself are remarked") {
  auto w = unfold_reform(R"(<task id="t" every="year" each="chia" lead="$each"/>)", "2025-01-01", "2025-12-31");
  CHECK(said(w.notes, "succession.many-heirs") == "xa-4, t@2025/xa-4, 2025-12-31, xa-moi-2025, xa-3");
  w = unfold_reform(
      R"(<task id="t" every="year" each="het" lead="$each"/><task id="u" every="quarter" each="het" lead="$each"/>)",
      "2025-01-01", "2025-12-31");
  CHECK(said(w.notes, "schedule.no-holder") == "t@2025/xa-5, xa-5, 2025-12-31");
  CHECK(said(w.notes, "schedule.no-member") == "u, het, 2025-07-01");
  w = unfold_reform(R"(<task id="bc" every="year" lead="phong"><product kind="BC" to="cac-xa so"/></task>)",
                    "2024-01-01", "2025-12-31");
  CHECK(said(w.notes, "plan.reports-to-itself") == "bc@2025, so, so, 2025-12-31");
}

TEST_CASE("a task that recurs by a rule has an item on each of its days, beginning with the task's first") {
  auto w = unfold(R"(<task id="t" rrule="FREQ=MONTHLY;BYDAY=1MO" from="2023-05-01" until="2023-08-31" lead="phong"/>
<task id="u" every="quarter" lead="phong"><after task="t" join="all"/></task>
<task id="v" rrule="FREQ=MONTHLY;BYDAY=1MO" from="2023-05-01" until="2023-08-31" lead="phong"><after task="t" period="previous"/>
<after task="t"/></task>)",
                  "2023-06-01", "2023-09-30");
  CHECK(
      ids(w) ==
      "t@2023-05-01 t@2023-06-05 t@2023-07-03 t@2023-08-07 u@2023-q2 u@2023-q3 v@2023-06-05 v@2023-07-03 v@2023-08-07");
  CHECK(w.after("u@2023-q3") == "t@2023-07-03 t@2023-08-07");
  CHECK(w.after("v@2023-07-03") == "t@2023-06-05 t@2023-07-03");
}

TEST_CASE("a rule that cannot be read is an error of the plan, at its task") {
  const auto p = plan_of("<agency id=\"ubnd\"/>", R"(<task id="t" rrule="FREQ=SOMETIMES" lead="ubnd"/>)");
  const auto a = make_agenda(p, {day("2023-01-01"), day("2023-12-31")});
  CHECK_FALSE(a);
  CHECK(said(a.notes, "calendar.bad-rrule") == "FREQ=SOMETIMES");
  CHECK(a.notes.front().where.line == 3);
}

TEST_CASE("a succession decided later is looked at when the agenda is made") {
  facts since;
  since.successions.push_back({{"hoi-1"}, {"hoi-2"}, "", make_date(2024, 1, 1), {}, {}});
  since.successions.push_back({{"hoi-1"}, {"phong"}, "", make_date(2024, 1, 1), {}, {}});
  const auto w = unfold(R"(<task id="t" every="year" lead="hoi-1"/>)", "2023-01-01", "2024-12-31", since);
  CHECK(said(w.notes, "succession.many-heirs") == "hoi-1, t@2024, 2024-12-31, hoi-2, phong");
}

TEST_CASE("a plan that unfolds to too much is refused, however short the text") {
  plan p;
  p.id = {"p"};
  p.from = make_date(1800, 1, 1);
  p.until = make_date(2399, 12, 31);
  for (int i = 0; i < 200; ++i) {
    task t;
    t.id = {"t" + std::to_string(i)};
    t.every.kind = recurrence_kind::month;
    p.tasks.push_back(t);
  }
  const auto a = make_agenda(p, {p.from, p.until});
  CHECK_FALSE(a);
  CHECK(a.notes.at(0).id() == "schedule.too-many-items");
  CHECK(make_agenda(p, {make_date(2024, 1, 1), make_date(2024, 1, 31)})->items.size() == 200);
}

TEST_CASE("two groups that wait for each other's all cannot fill the memory") {
  plan p;
  p.from = make_date(2023, 1, 1);
  p.until = make_date(2023, 12, 31);
  for (const auto* name : {"a", "b"}) {
    agency_group g;
    g.id = {name};
    for (int i = 0; i < 4000; ++i) {
      const agency_id each{name + std::to_string(i)};
      p.agencies.push_back({});
      p.agencies.back().id = each;
      g.members.push_back({each, {}});
    }
    p.groups.push_back(g);
    task t;
    t.id = {name};
    t.each = {name};
    t.lead = "$each";
    p.tasks.push_back(t);
  }
  p.tasks[1].after.emplace_back();
  p.tasks[1].after.back().task = 0;
  CHECK(make_agenda(p, {p.from, p.until}).notes.at(0).id() == "schedule.too-many-items");
}

TEST_CASE("a deep nest of tasks is walked without recursion") {
  plan p;
  p.from = make_date(2023, 1, 1);
  p.until = make_date(2023, 12, 31);
  constexpr std::uint32_t depth = 100'000;
  for (std::uint32_t i = 0; i < depth; ++i) {
    task t;
    t.id = {"t" + std::to_string(i)};
    t.leaf = i + 1 == depth;
    if (i > 0) t.parent = i - 1;
    p.tasks.push_back(t);
  }
  task last;
  last.id = {"sau"};
  last.after.emplace_back();
  p.tasks.push_back(last);
  const auto a = make_agenda(p, {p.from, p.until});
  REQUIRE(a);
  CHECK(a->items.size() == 2);
  CHECK(a->links.size() == 1);
}
