#include "vanthu/run.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "contested_journal.hpp"
#include "run_text.hpp"

using namespace vanthu;

namespace {

const auto first_day = make_date(2023, 1, 2);
const decision_basis decision{"12/QĐ-UBND", "huyen", make_date(2023, 1, 31)};

run start(journal& j) {
  return run::start(j, "kh", plan_to_carry_out(), first_day, "An", at("2023-01-02T08:00"));
}

answers give(run& r, journal& j, std::vector<command> commands, on_refusal then = on_refusal::stop) {
  return r.record(j, commands, then);
}

// Some of everything, the first half of a year.
std::vector<command> a_history() {
  return {
      order(start_work{}, "t1", "phong", "2023-02-01T08:00", "k1"),
      order(report_progress{40}, "t1", "hoi", "2023-02-02T08:00"),
      order(suspend_work{"bão", decision}, "t1", "huyen", "2023-02-03T08:00"),
      order(resume_work{}, "t1", "huyen", "2023-02-07T08:00"),
      order(submit_work{{{"05/BC", std::string(64, 'a'), "", "Báo cáo", make_date(2023, 2, 8)}}, {}}, "t1", "phong",
            "2023-02-08T08:00", "k2"),
      order(return_work{"thiếu"}, "t1", "huyen", "2023-02-09T08:00"),
      order(extend_deadline{make_date(2023, 4, 14), decision}, "t1", "huyen", "2023-02-09T09:00"),
      order(submit_work{}, "t1", "phong", "2023-02-10T08:00"),
      order(accept_work{}, "t1", "huyen", "2023-02-13T08:00"),
      order(reopen_work{"sai số", {}}, "t1", "huyen", "2023-02-14T08:00"),
      order(submit_work{{}, {}}, "t3", "huyen", "2023-02-15T08:00", "k3"),
      order(start_work{}, "t6", "phong", "2023-02-16T08:00"),
      order(record_outcome{{"khong"}}, "t6", "phong", "2023-02-17T08:00", "k4"),
      order(cancel_work{"thôi", decision}, "t8", "huyen", "2023-02-20T08:00"),
      order(raise_case{{"r"}, make_date(2023, 2, 21), "tin 12", "bạo lực"}, "", "hoi", "2023-02-21T08:00", "k5"),
      order(start_work{}, "ra#1", "hoi", "2023-02-21T09:00"),
      order(submit_work{{},
                        {{{"cl1"}, decimal(1250, 2), {{"nam", decimal(5)}, {"nu", std::nullopt}}}, {{"cl2"}, {}, {}}}},
            "t4@2023-q1/xa-a", "xa-a", "2023-04-03T08:00"),
      order(suspend_work{"chờ", {}}, "t5@2023-q1", "huyen", "2023-04-04T08:00"),
  };
}

std::string fault_of(const std::function<void()>& what, errc expected) {
  try {
    what();
  } catch (const error& e) {
    CHECK(e.code() == expected);
    return e.notes().front().id();
  }
  return "nothing";
}

void append(journal& j, std::string type, std::string body) {
  const auto last = j.read("run/kh").size();
  const batch b{"run/kh", last, {{at("2023-03-01T08:00"), "An", std::move(type), std::move(body)}}};
  REQUIRE(j.append({&b, 1}));
}

std::string open_fault(const journal& j) {
  return fault_of([&] { run::open(j, "kh"); }, errc::corrupt);
}

// A journal as text: a record a line, as JSON.
std::unique_ptr<journal> read_journal(const std::string& file, std::string_view stream) {
  std::ifstream in(std::string(VANTHU_SOURCE_DIR) + "/tests/journals/" + file);
  std::stringstream text;
  text << in.rdbuf();
  auto j = memory_journal();
  batch b{std::string(stream), 0, {}};
  for (const auto& line : read_json_lines(text.str(), file).take())
    b.records.push_back({parse_instant(line.find("at")->as_text()).value(), std::string(line.find("actor")->as_text()),
                         std::string(line.find("type")->as_text()), write_json(*line.find("body"))});
  REQUIRE(j->append({&b, 1}));
  return j;
}

}  // namespace

TEST_CASE("a run opens from the journal alone with the state it had") {
  const auto j = memory_journal();
  auto r = start(*j);
  const auto given = give(r, *j, a_history());
  CHECK(ids_of(given.refused).empty());
  CHECK(given.given.size() == a_history().size());
  const auto again = run::open(*j, "kh");
  CHECK(text_of(again.state()) == text_of(r.state()));
  REQUIRE(again.events().size() == r.events().size());
  for (std::size_t i = 0; i < r.events().size(); ++i) {
    CHECK(to_json_body(again.events()[i]) == to_json_body(r.events()[i]));
    CHECK(again.events()[i].type == r.events()[i].type);
  }
  CHECK(again.state().following->title == "Kế hoạch thử");
}

TEST_CASE("recording one by one is recording together") {
  const auto together = memory_journal(), apart = memory_journal();
  auto a = start(*together), b = start(*apart);
  give(a, *together, a_history());
  for (const auto& each : a_history()) CHECK(ids_of(give(b, *apart, {each}).refused).empty());
  CHECK(text_of(a.state()) == text_of(b.state()));
}

TEST_CASE("more commands than one transaction takes are recorded in order") {
  const auto j = memory_journal();
  auto r = start(*j);
  std::vector<command> many;
  for (int i = 0; i < 600; ++i) many.push_back(order(report_progress{i % 100}, "t1", "phong", "2023-02-01T08:00"));
  const auto given = give(r, *j, many);
  REQUIRE(given.given.size() == 600);
  CHECK(given.given.back().event == 601);
  CHECK(given.given.back().line == 600);
  CHECK(run::open(*j, "kh").state().position == 601);
}

TEST_CASE("each command is answered with its line, event, item and state") {
  const auto j = memory_journal();
  auto r = start(*j);
  CHECK(text_of(give(r, *j,
                     {order(start_work{}, "t6", "phong", "2023-02-01T08:00"),
                      order(submit_work{}, "t3", "huyen", "2023-02-01T08:01"),
                      order(record_outcome{{"khong"}}, "t6", "phong", "2023-02-01T08:02"),
                      order(raise_case{{"r"}, make_date(2023, 2, 1), "", ""}, "", "hoi", "2023-02-01T08:03")})) ==
        "t6 in_progress 2\nt3 accepted 4\nt6 in_progress 5\nr#1 planned 7\n");
}

TEST_CASE("a refused line stops the rest, or is passed over when asked") {
  const std::vector<command> commands{order(start_work{}, "t1", "phong", "2023-02-01T08:00"),
                                      order(start_work{}, "t2", "phong", "2023-02-01T08:00"),
                                      order(start_work{}, "t6", "phong", "2023-02-01T08:00")};
  const auto j = memory_journal(), k = memory_journal();
  auto r = start(*j);
  CHECK(text_of(give(r, *j, commands)) == "t1 in_progress 2\n2: run.blocked\n");
  CHECK(r.state().position == 2);
  r = start(*k);
  CHECK(text_of(give(r, *k, commands, on_refusal::keep_going)) ==
        "t1 in_progress 2\nt6 in_progress 3\n2: run.blocked\n");
}

TEST_CASE("a command sent again is answered as before") {
  const auto j = memory_journal();
  auto r = start(*j);
  const auto commands = a_history();
  const auto first = give(r, *j, commands);
  const auto position = r.state().position;
  for (const std::size_t i : {0U, 4U, 10U, 12U, 14U}) {
    const auto again = give(r, *j, {commands[i]});
    REQUIRE(again.given.size() == 1);
    CHECK(again.given[0].event == first.given[i].event);
    CHECK(again.given[0].item == first.given[i].item);
    CHECK(again.given[0].state == first.given[i].state);
  }
  CHECK(r.state().position == position);
  auto other = run::open(*j, "kh");
  CHECK(give(other, *j, {commands[0]}).given.at(0).event == first.given[0].event);
}

TEST_CASE("a clock that is behind is noted beside the answer") {
  const auto j = memory_journal();
  auto r = start(*j);
  const auto given = give(
      r, *j,
      {order(start_work{}, "t1", "phong", "2023-02-01T08:00"), order(start_work{}, "t6", "phong", "2023-02-01T07:00")});
  CHECK(given.given.size() == 2);
  CHECK(ids_of(given.notes) == "run.clock-back");
  CHECK(given.notes[0].where.line == 2);
}

TEST_CASE("a run entered long after its first day takes what happened since then") {
  const auto j = memory_journal();
  auto r = run::start(*j, "kh", plan_to_carry_out(), first_day, "An", at("2026-01-02T08:00"));
  const auto given = give(r, *j, {order(start_work{}, "t1", "phong", "2023-02-01T08:00")});
  CHECK(text_of(given) == "t1 in_progress 2\n");
  CHECK(given.notes.empty());
  CHECK(r.look(make_date(2023, 2, 1)).state.position == 2);
}

TEST_CASE("two runs on one journal see each other's events before they decide") {
  const auto j = memory_journal();
  auto a = start(*j);
  auto b = run::open(*j, "kh");
  give(a, *j, {order(submit_work{}, "t1", "phong", "2023-02-01T08:00")});
  CHECK(text_of(give(b, *j, {order(accept_work{}, "t1", "huyen", "2023-02-02T08:00")})) == "t1 accepted 3\n");
  CHECK(text_of(give(a, *j, {order(start_work{}, "t2", "phong", "2023-02-03T08:00")})) == "t2 in_progress 4\n");
  b.refresh(*j);
  CHECK(text_of(a.state()) == text_of(b.state()));
}

TEST_CASE("a conflict with another writer is read and decided again") {
  const auto j = memory_journal();
  auto a = start(*j);
  auto b = run::open(*j, "kh");
  vanthu::test::contested_journal contested(
      *j, [&] { give(b, *j, {order(submit_work{}, "t6", "phong", "2023-02-01T08:00")}); });
  const auto given = give(
      a, contested,
      {order(start_work{}, "t1", "phong", "2023-02-01T08:00"), order(start_work{}, "t6", "phong", "2023-02-01T08:00")});
  CHECK(text_of(given) == "t1 in_progress 3\n2: run.wrong-state\n");
  b.refresh(*j);
  CHECK(text_of(a.state()) == text_of(b.state()));
}

TEST_CASE("a run that never gets its turn says so and has recorded nothing") {
  const auto j = memory_journal();
  auto r = start(*j);
  vanthu::test::contested_journal busy(*j);
  const auto orders = std::vector{order(start_work{}, "t1", "phong", "2023-02-01T08:00")};
  CHECK(fault_of([&] { give(r, busy, orders); }, errc::conflict) == "run.busy");
  CHECK(busy.tries == 64);
  CHECK(r.state().position == 1);
  CHECK(text_of(give(r, *j, orders)) == "t1 in_progress 2\n");
}

TEST_CASE("a view holds what was recorded by the end of its day") {
  const auto j = memory_journal();
  auto r = start(*j);
  give(r, *j, a_history());
  const auto state_on = [&](date d) { return name(r.look(d).state.items[{"t1"}].state); };
  CHECK(state_on(make_date(2023, 1, 31)) == "planned");
  CHECK(state_on(make_date(2023, 2, 1)) == "in_progress");
  CHECK(state_on(make_date(2023, 2, 6)) == "suspended");
  CHECK(state_on(make_date(2023, 2, 8)) == "submitted");
  CHECK(state_on(make_date(2023, 2, 9)) == "returned");
  CHECK(state_on(make_date(2023, 2, 13)) == "accepted");
  CHECK(state_on(make_date(2023, 12, 31)) == "in_progress");
  CHECK(name(r.look(make_date(2023, 12, 31), 4).state.items[{"t1"}].state) == "suspended");
  CHECK(r.look(make_date(2022, 1, 1)).state.position == 1);  // a run always has its plan
}

TEST_CASE("a view dates the items by what has happened") {
  const auto j = memory_journal();
  auto r = start(*j);
  give(r, *j, a_history());
  const auto due_of = [&](date d, const char* item) {
    const auto p = r.look(d);
    return iso(p.dates.items.at(find_item(p.items, {item})).due.value());
  };
  CHECK(due_of(make_date(2023, 2, 8), "t1") == "2023-03-31");
  CHECK(due_of(make_date(2023, 2, 9), "t1") == "2023-04-14");
  const auto p = r.look(make_date(2023, 2, 20));
  CHECK(find_item(p.items, {"ra#1"}) == no_item);
  CHECK(due_of(make_date(2023, 2, 21), "ra#1") == "2023-02-23");
}

TEST_CASE("facts say what the schedule counts with") {
  const auto j = memory_journal();
  auto r = start(*j);
  give(r, *j, a_history());
  const auto f = facts_of(r.state(), make_date(2023, 4, 10));
  const auto& t1 = f.items.at({"t1"});
  CHECK(iso(t1.started.value()) == "2023-02-01T08:00");
  CHECK(!t1.finished.has_value());
  CHECK(!t1.submitted.has_value());
  CHECK(iso(t1.extended_to.value()) == "2023-04-14");
  REQUIRE(t1.suspended.size() == 1);
  CHECK(iso(t1.suspended[0].first) == "2023-02-03");
  CHECK(iso(t1.suspended[0].last) == "2023-02-06");
  const auto& t3 = f.items.at({"t3"});
  CHECK(iso(t3.finished.value()) == "2023-02-15T08:00");
  CHECK(f.items.at({"t6"}).result.text == "khong");
  CHECK(f.items.at({"t7"}).closed_unfinished);
  CHECK(f.items.at({"t8"}).closed_unfinished);
  CHECK(iso(f.items.at({"t5@2023-q1"}).suspended.at(0).last) == "2023-04-10");
  CHECK(iso(facts_of(r.state()).items.at({"t5@2023-q1"}).suspended.at(0).last) == "2023-04-04");
  REQUIRE(f.cases.size() == 1);
  CHECK(f.cases[0].by.text == "hoi");
}

TEST_CASE("work that was returned does not count as handed in") {
  const auto j = memory_journal();
  auto r = start(*j);
  give(r, *j, {order(submit_work{}, "t1", "phong", "2023-02-08T08:00")});
  CHECK(facts_of(r.state()).items.at({"t1"}).submitted.has_value());
  give(r, *j, {order(return_work{"thiếu"}, "t1", "huyen", "2023-02-09T08:00")});
  CHECK(!facts_of(r.state()).items.at({"t1"}).submitted.has_value());
  give(r, *j, {order(start_work{}, "t1", "phong", "2023-02-10T08:00")});
  CHECK(!facts_of(r.state()).items.at({"t1"}).submitted.has_value());
  const auto before = facts_of(r.look(make_date(2023, 2, 8)).state);
  CHECK(iso(before.items.at({"t1"}).submitted.value()) == "2023-02-08T08:00");
}

TEST_CASE("a view ends with the first record of a later day, also when a slow clock wrote the next") {
  const auto j = memory_journal();
  auto r = start(*j);
  give(
      r, *j,
      {order(start_work{}, "t1", "phong", "2023-02-02T00:05"), order(start_work{}, "t6", "phong", "2023-02-01T23:55")});
  CHECK(r.look(make_date(2023, 2, 1)).state.position == 1);
  CHECK(r.look(make_date(2023, 2, 2)).state.position == 3);
}

TEST_CASE("an extension from a day that no calendar reaches is refused and nothing else is held up") {
  const auto j = memory_journal();
  auto r = start(*j);
  const auto given = give(r, *j,
                          {order(extend_deadline{make_date(2399, 12, 31), decision}, "t1", "huyen", "2399-12-30T08:00"),
                           order(start_work{}, "t1", "phong", "2023-02-01T08:00")},
                          on_refusal::keep_going);
  CHECK(text_of(given) == "t1 in_progress 2\n1: calendar.no-working-time\n");
}

TEST_CASE("a figure that was not reported stays so through the journal") {
  const auto j = memory_journal();
  auto r = start(*j);
  give(r, *j, a_history());
  const auto opened = run::open(*j, "kh");
  const auto& figures = opened.state().items.at({"t4@2023-q1/xa-a"}).figures;
  REQUIRE(figures.size() == 2);
  CHECK(figures[0].amount->to_string() == "12.50");
  CHECK(!figures[0].breakdown.at(1).second.has_value());
  CHECK(!figures[1].amount.has_value());
  const auto records = j->read("run/kh");
  CHECK(std::ranges::any_of(records, [](const vanthu::record& each) {
    return each.type == "item.submitted/1" &&
           each.body.find(R"({"indicator":"cl2","value":null})") != std::string::npos;
  }));
}

TEST_CASE("documents and templates recorded by others are kept apart from the work") {
  const auto j = memory_journal();
  auto r = start(*j);
  append(*j, "template.recorded/1", R"({"sha256":"ab","docx":"UEsDBA=="})");
  append(*j, "document.issued/1",
         R"({"by":"huyen","item":"t3","kind":"BC","number":"05/BC-UBND","date":"2023-03-01","regime":"nam",)"
         R"("period":"2023","position":2,"form":"1.4"})");
  r.refresh(*j);
  REQUIRE(r.state().issued.size() == 1);
  const auto& d = r.state().issued[0];
  CHECK(d.reference.number == "05/BC-UBND");
  CHECK(iso(d.reference.on.value()) == "2023-03-01");
  CHECK(d.kind == "BC");
  CHECK(d.regime == "nam");
  CHECK(d.when == "2023");
  CHECK(d.item.text == "t3");
  CHECK(d.position == 2);
  CHECK(d.event == 3);
  CHECK(r.state().items.at({"t3"}).state == item_state::planned);
  CHECK(r.state().items.at({"t3"}).last_event == 3);
}

TEST_CASE("a run has one name, and a plan with its files") {
  const auto j = memory_journal();
  start(*j);
  CHECK(fault_of([&] { start(*j); }, errc::conflict) == "run.exists");
  CHECK(fault_of([&] { run::open(*j, "kg"); }, errc::not_found) == "run.unknown");
  const auto named = [&](const std::string& name) {
    return fault_of([&] { run::start(*j, name, plan_to_carry_out(), first_day, "An", at("2023-01-02T08:00")); },
                    errc::misuse);
  };
  for (const auto* bad : {"", "a/b", "a b", "a\n", "\xC3"}) CHECK(named(bad) == "run.bad-name");
  const auto bare = std::make_shared<plan>(*plan_to_carry_out());
  bare->files.clear();
  CHECK(fault_of([&] { run::start(*j, "b", bare, first_day, "An", at("2023-01-02T08:00")); }, errc::misuse) ==
        "run.plan-without-files");
  CHECK(j->streams().size() == 1);
}

TEST_CASE("a journal that is not what we wrote is refused with its reason") {
  const auto with = [](const char* type, const char* body) {
    const auto j = memory_journal();
    start(*j);
    append(*j, type, body);
    return open_fault(*j);
  };
  CHECK(with("item.started/2", "{}") == "run.unknown-event");
  CHECK(with("item.progressed/1", R"({"item":"t1","percent":"x"})") == "run.bad-event");
  CHECK(with("item.started/1", "not JSON") == "run.bad-event");
  CHECK(with("item.started/1", "[]") == "run.bad-event");
  CHECK(with("item.started/1", R"({"item":7})") == "run.bad-event");
  CHECK(with("case.raised/1", R"({"task":"r","on":"2023-02-01","case":2})") == "run.bad-event");
  CHECK(with("run.started/1", R"({"on":"2023-02-01"})") == "run.bad-event");
}

TEST_CASE("a plan that was changed in the journal is not taken for the plan") {
  const auto with = [](std::string_view files) {
    const auto j = memory_journal();
    append(*j, "run.started/1", R"({"plan":"p","on":"2023-02-01","files":)" + std::string(files) + "}");
    return open_fault(*j);
  };
  CHECK(with("[]") == "run.bad-event");
  CHECK(with(R"([{"name":"a.xml","sha256":"00","text":"<plan/>"}])") == "run.plan-altered");
  // The SHA-256 of no bytes.
  CHECK(with(R"([{"name":"a.xml","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",)"
             R"("text":""}])") == "run.plan-unreadable");
}

TEST_CASE("a journal written by version 1 opens for ever") {
  const auto j = read_journal("v1/run.jsonl", "run/kh");
  const auto r = run::open(*j, "kh");
  std::ifstream in(std::string(VANTHU_SOURCE_DIR) + "/tests/journals/v1/run.state");
  std::stringstream expected;
  expected << in.rdbuf();
  CHECK(text_of(r.state()) == expected.str());
}
