// A run unfolds its plan once and then follows it by what it records: that must be what a fresh look would say.
#include <doctest/doctest.h>

#include "run_text.hpp"

using namespace vanthu;

namespace {

// Outcomes that hang on outcomes, within a case and from the plan into a case. `summary`: what waits for the cases.
std::string plan_with_cases(std::string_view summary) {
  return R"(<plan xmlns="urn:vanthu:plan:1" id="kh" issued="2023-01-02" issuer="huyen" from="2023-01-02"
 until="2023-12-31" basis="assumption">
<title>Vụ việc</title><agencies><agency id="huyen"/><agency id="phong"/><agency id="xa-a"/><agency id="xa-b"/>
<group id="cac-xa"><member agency="xa-a"/><member agency="xa-b"/></group></agencies>
<procedure id="ban-hanh" title="Ban hành"><step id="ky" role="signer" title="Ký" duration="1wd"/></procedure>
<task id="luat" title="Luật" lead="phong" duration="1wd"><outcome id="co" title="Có"/><outcome id="khong" title="Không"/></task>
<task id="quy" title="Quý" every="quarter" lead="phong" duration="1wd"/>
<task id="v" title="Vụ việc" every="case" support="phong">
<task id="va" title="Xác minh" lead="$case" duration="1wd"><after task="quy" type="SS"/><outcome id="that" title="Thật"/>
<outcome id="khong" title="Không"/></task>
<task id="vb" title="Báo cáo" lead="phong" duration="1wd"><only-if task="va" outcome="that"/><due in="2wd" after="va"/>
<product kind="BC" steps="ban-hanh"/><outcome id="nang" title="Nặng"/><outcome id="nhe" title="Nhẹ"/></task>
<task id="vc" title="Xã" each="cac-xa" lead="$each" duration="1wd"><only-if task="vb" outcome="nang"/></task>
<task id="vd" title="Theo luật" lead="phong" duration="1wd"><only-if task="luat" outcome="co"/></task></task>
)" + std::string(summary) +
         "</plan>\n";
}

struct told {
  std::unique_ptr<journal> store = memory_journal();
  run r;
  int minute = 0;

  explicit told(std::string_view summary)
      : r(run::start(*store, "kh", std::make_shared<const plan>(read_plan(plan_with_cases(summary), "kh.xml").take()),
                     make_date(2023, 1, 2), "An", at("2023-01-02T08:00"))) {}

  // The answer of the run, when a decision on a fresh look is the same.
  std::string tell(action what, std::string item, std::string by) {
    auto c = order(std::move(what), std::move(item), std::move(by), "2023-02-01T08:00");
    c.at += std::chrono::minutes{++minute};
    const auto fresh = decide(r.look(make_date(2023, 12, 31)), c);
    const auto from = r.events().size();
    const auto given = r.record(*store, {&c, 1});
    std::string expected, out;
    if (fresh)
      for (const auto& e : *fresh) expected += e.type + ' ' + e.item.text + '\n';
    else
      expected = ids_of(fresh.notes);
    for (auto i = from; i < r.events().size(); ++i) out += r.events()[i].type + ' ' + r.events()[i].item.text + '\n';
    out += ids_of(given.refused);
    CHECK(out == expected);
    return out;
  }
  std::string raise() { return tell(raise_case{{"v"}, make_date(2023, 2, 1), "", ""}, "", "xa-a"); }
};

const decision_basis decision{"12/QĐ-UBND", "huyen", make_date(2023, 1, 31)};

}  // namespace

TEST_CASE("cases and their outcomes follow one another as a fresh look would have them") {
  told t("");
  t.tell(start_work{}, "quy@2023-q1", "phong");
  CHECK(t.raise() == "case.raised/1 v#1\n");
  CHECK(t.tell(start_work{}, "va#1", "xa-a") == "item.started/1 va#1\n");
  t.raise();
  t.raise();
  CHECK(t.tell(start_work{}, "va#3", "xa-a") == "item.started/1 va#3\n");
  CHECK(t.tell(start_work{}, "va#3", "xa-b") == "run.not-holder");
  CHECK(t.tell(start_work{}, "vb#1", "phong") == "run.blocked");
  CHECK(t.tell(record_outcome{{"khong"}}, "va#1", "xa-a") ==
        "outcome.recorded/1 va#1\nitem.lapsed/1 vb#1\nitem.lapsed/1 vb#1:ky\nitem.lapsed/1 vc#1/xa-a\n"
        "item.lapsed/1 vc#1/xa-b\n");
  CHECK(t.tell(start_work{}, "vb#1", "phong") == "run.wrong-state");
  CHECK(t.tell(record_outcome{{"that"}}, "va#3", "xa-a") == "outcome.recorded/1 va#3\n");
  t.raise();
  CHECK(t.tell(cancel_work{"thôi", decision}, "vb#3", "huyen") ==
        "item.cancelled/1 vb#3\nitem.lapsed/1 vc#3/xa-a\nitem.lapsed/1 vc#3/xa-b\n");
  CHECK(t.tell(extend_deadline{make_date(2023, 2, 3), decision}, "vb#4", "huyen") == "run.not-later");
  CHECK(t.tell(extend_deadline{make_date(2024, 2, 3), decision}, "vb#4", "huyen") == "item.extended/1 vb#4\n");
  t.tell(start_work{}, "luat", "phong");
  t.raise();
  CHECK(t.tell(record_outcome{{"khong"}}, "luat", "phong") ==
        "outcome.recorded/1 luat\nitem.lapsed/1 vd#1\nitem.lapsed/1 vd#2\nitem.lapsed/1 vd#3\nitem.lapsed/1 vd#4\n"
        "item.lapsed/1 vd#5\n");
  t.raise();
  CHECK(t.tell(start_work{}, "vd#6", "phong") == "run.wrong-state");  // it never could
  CHECK(t.tell(start_work{}, "va#7", "xa-a") == "run.unknown-item");
  CHECK(t.tell(cancel_work{"thôi", decision}, "va#6", "huyen") ==
        "item.cancelled/1 va#6\nitem.lapsed/1 vb#6\nitem.lapsed/1 vb#6:ky\nitem.lapsed/1 vc#6/xa-a\n"
        "item.lapsed/1 vc#6/xa-b\n");
}

TEST_CASE("what waits for the cases of its time waits for each one raised") {
  told t(R"(<task id="tong" title="Tổng hợp" every="quarter" lead="phong" duration="1wd">
<after task="va" join="all"/></task>)");
  t.tell(start_work{}, "quy@2023-q1", "phong");
  t.raise();
  CHECK(t.tell(start_work{}, "tong@2023-q1", "phong") == "run.blocked");
  t.tell(submit_work{}, "va#1", "xa-a");
  t.tell(accept_work{}, "va#1", "huyen");
  t.raise();
  CHECK(t.tell(start_work{}, "tong@2023-q1", "phong") == "run.blocked");
  t.tell(cancel_work{"thôi", decision}, "va#2", "huyen");
  CHECK(t.tell(start_work{}, "tong@2023-q1", "phong") == "item.started/1 tong@2023-q1\n");
}

TEST_CASE("cases of others are there before the next command") {
  told t("");
  auto other = run::open(*t.store, "kh");
  t.tell(start_work{}, "quy@2023-q1", "phong");
  t.raise();
  const auto c = order(start_work{}, "va#1", "xa-a", "2023-02-02T08:00");
  CHECK(text_of(other.record(*t.store, {&c, 1})) == "va#1 in_progress 4\n");
  const std::vector<command> more{
      order(raise_case{{"v"}, make_date(2023, 2, 2), "", ""}, "", "xa-b", "2023-02-02T08:00"),
      order(raise_case{{"v"}, make_date(2023, 2, 2), "", ""}, "", "xa-b", "2023-02-02T08:00"),
      order(start_work{}, "va#3", "xa-b", "2023-02-02T08:00")};
  CHECK(text_of(t.r.record(*t.store, more)) == "v#2 planned 5\nv#3 planned 6\nva#3 in_progress 7\n");
}
