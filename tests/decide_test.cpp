#include <doctest/doctest.h>

#include "run_text.hpp"

using namespace vanthu;

namespace {

constexpr std::string_view february = "2023-02-01T08:00";

run_state fresh() {
  run_state s;
  s.name = "kh";
  s.following = plan_to_carry_out();
  s.started = make_date(2023, 1, 2);
  s.position = 1;
  return s;
}

picture fresh_picture() {
  return look(fresh(), make_date(2023, 2, 1));
}

picture in_state(std::string item, item_state s) {
  auto now = fresh_picture();
  now.state.items[{std::move(item)}].state = s;
  return now;
}

// The types of the events that come of a command, or the ids of what refuses it.
std::string outcome_of(const picture& now, const command& c) {
  const auto decided = decide(now, c);
  if (!decided) return ids_of(decided.notes);
  std::string out;
  for (const auto& e : *decided) out += (out.empty() ? "" : " ") + e.type + (e.item == c.item ? "" : ":" + e.item.text);
  return out;
}

// As if what was decided had been recorded.
void carry_out(picture& now, const command& c) {
  for (const auto& e : decide(now, c).take()) evolve(now.state, e);
  now = look(std::move(now.state), now.as_of);
}

const decision_basis decision{"12/QĐ-UBND", "huyen", make_date(2023, 1, 31)};

// Each command as someone who may gives it, on t6, which has no predecessor and declares outcomes.
std::vector<command> all_on_t6() {
  return {order(start_work{}, "t6", "phong", february),
          order(report_progress{40}, "t6", "phong", february),
          order(submit_work{}, "t6", "phong", february),
          order(accept_work{}, "t6", "huyen", february),
          order(return_work{"thiếu"}, "t6", "huyen", february),
          order(extend_deadline{make_date(2024, 2, 1), decision}, "t6", "huyen", february),
          order(suspend_work{"bão", {}}, "t6", "huyen", february),
          order(resume_work{}, "t6", "huyen", february),
          order(cancel_work{"thôi", decision}, "t6", "huyen", february),
          order(reopen_work{"sai", {}}, "t6", "huyen", february),
          order(record_outcome{{"co"}}, "t6", "phong", february)};
}

}  // namespace

TEST_CASE("each command is taken in the states of the table and in no other") {
  using enum item_state;
  const std::vector states{planned,   in_progress, submitted,  accepted, returned,
                           suspended, cancelled,   superseded, lapsed};
  const std::string table =  // a column a state, in this order
      "start    x x . . x . . . .\n"
      "progress x x . . x . . . .\n"
      "submit   x x . . x . . . .\n"
      "accept   . . x . . . . . .\n"
      "return   . . x . . . . . .\n"
      "extend   x x x . x x . . .\n"
      "suspend  x x x . x . . . .\n"
      "resume   . . . . . x . . .\n"
      "cancel   x x x . x x . . .\n"
      "reopen   . . . x . . . . .\n"
      "outcome  . x x x . . . . .\n";
  const std::vector<std::string> rows{"start   ", "progress", "submit  ", "accept  ", "return  ", "extend  ",
                                      "suspend ", "resume  ", "cancel  ", "reopen  ", "outcome "};
  const auto commands = all_on_t6();
  std::string found;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    found += rows[i];
    for (const auto s : states) {
      const auto what = outcome_of(in_state("t6", s), commands[i]);
      CHECK((what.find('/') != std::string::npos || what == "run.wrong-state"));
      found += what == "run.wrong-state" ? " ." : " x";
    }
    found += "\n";
  }
  CHECK(found == table);
}

TEST_CASE("each command leads to the state of the table") {
  using enum item_state;
  const auto commands = all_on_t6();
  const std::vector<std::pair<item_state, item_state>> steps{
      {planned, in_progress}, {returned, in_progress}, {in_progress, submitted}, {submitted, accepted},
      {submitted, returned},  {planned, planned},      {returned, suspended},    {suspended, returned},
      {suspended, cancelled}, {accepted, in_progress}, {submitted, submitted}};
  for (std::size_t i = 0; i < commands.size(); ++i) {
    auto now = fresh_picture();
    auto& r = now.state.items[{"t6"}];
    r.state = steps[i].first;
    r.before_suspension = returned;
    for (const auto& e : decide(now, commands[i]).take()) evolve(now.state, e);
    CHECK_MESSAGE(r.state == steps[i].second, i);
  }
}

TEST_CASE("each command is taken from those who may give it and from nobody else") {
  using enum item_state;
  const std::vector<item_state> allowed{planned, planned,   in_progress, submitted, submitted,  planned,
                                        planned, suspended, planned,     accepted,  in_progress};
  const std::string table =  // phong leads, hoi supports, huyen issued the plan and accepts, xa-a has no part in it
      "phong hoi\n"
      "phong hoi\n"
      "phong\n"
      "huyen\n"
      "huyen\n"
      "huyen\n"
      "huyen\n"
      "huyen\n"
      "huyen\n"
      "huyen\n"
      "phong\n";
  auto commands = all_on_t6();
  commands.back().what = record_outcome{{"co"}};
  std::string found;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    std::string who;
    for (const auto* by : {"phong", "hoi", "huyen", "xa-a"}) {
      auto c = commands[i];
      c.item = {i == 10 ? "t6" : "t1"};
      c.by = {by};
      const auto what = outcome_of(in_state(c.item.text, allowed[i]), c);
      if (i == 10 && c.by.text == "huyen") continue;  // holder or acceptor: seen below
      if (what != "run.not-holder") who += (who.empty() ? "" : " ") + c.by.text;
    }
    found += who + "\n";
  }
  CHECK(found == table);
  auto c = commands.back();
  c.by = {"huyen"};
  CHECK(outcome_of(in_state("t6", in_progress), c) == "outcome.recorded/1");
}

TEST_CASE("a task may name who accepts in place of the issuer") {
  const auto now = in_state("t4@2023-q1/xa-a", item_state::submitted);
  CHECK(outcome_of(now, order(accept_work{}, "t4@2023-q1/xa-a", "phong", february)) == "item.accepted/1");
  CHECK(outcome_of(now, order(accept_work{}, "t4@2023-q1/xa-a", "huyen", february)) == "run.not-holder");
  CHECK(outcome_of(now, order(cancel_work{"x", decision}, "t4@2023-q1/xa-a", "phong", february)) == "run.not-holder");
  CHECK(outcome_of(now, order(cancel_work{"x", decision}, "t4@2023-q1/xa-a", "huyen", february)) == "item.cancelled/1");
}

TEST_CASE("who holds an item is looked up for the day of the command") {
  const auto now = fresh_picture();
  CHECK(outcome_of(now, order(start_work{}, "t1", "phong", "2023-06-30T17:00")) == "item.started/1");
  CHECK(outcome_of(now, order(start_work{}, "t1", "so", "2023-06-30T17:00")) == "run.not-holder");
  CHECK(outcome_of(now, order(start_work{}, "t1", "phong", "2023-07-01T08:00")) == "run.not-holder");
  CHECK(outcome_of(now, order(start_work{}, "t1", "so", "2023-07-01T08:00")) == "item.started/1");
}

TEST_CASE("a refusal tells who may") {
  const auto decided = decide(fresh_picture(), order(submit_work{}, "t1", "xa-a", february));
  REQUIRE(decided.notes.size() == 1);
  CHECK(decided.notes[0].what.args == std::vector<std::string>{"xa-a", "submit", "t1", "2023-02-01", "phong"});
}

TEST_CASE("the issuer's own items are accepted at submit") {
  const auto decided = decide(fresh_picture(), order(submit_work{}, "t3", "huyen", february));
  REQUIRE(decided);
  REQUIRE(decided->size() == 2);
  CHECK((*decided)[0].type == "item.submitted/1");
  CHECK((*decided)[0].number == 2);
  CHECK((*decided)[1].type == "item.accepted/1");
  CHECK((*decided)[1].number == 3);
}

TEST_CASE("an item that waits for another is blocked") {
  auto now = fresh_picture();
  const auto start = order(start_work{}, "t2", "phong", february);
  CHECK(outcome_of(now, start) == "run.blocked");
  CHECK(outcome_of(now, order(submit_work{}, "t2", "phong", february)) == "run.blocked");
  now.state.items[{"t1"}].state = item_state::submitted;
  CHECK(outcome_of(now, start) == "run.blocked");
  for (const auto done : {item_state::accepted, item_state::cancelled, item_state::superseded, item_state::lapsed}) {
    now.state.items[{"t1"}].state = done;
    CHECK(outcome_of(now, start) == "item.started/1");
  }
}

TEST_CASE("work once begun goes on when what it waited for is opened again") {
  auto now = in_state("t2", item_state::in_progress);
  CHECK(outcome_of(now, order(report_progress{50}, "t2", "phong", february)) == "item.progressed/1");
  CHECK(outcome_of(now, order(submit_work{}, "t2", "phong", february)) == "item.submitted/1");
}

TEST_CASE("a link that says so counts what is handed in, and a join waits for all") {
  auto now = fresh_picture();
  const auto start = order(start_work{}, "t5@2023-q1", "phong", "2023-04-03T08:00");
  const auto blocked = decide(now, start);
  REQUIRE(blocked.notes.size() == 1);
  CHECK(blocked.notes[0].what.args == std::vector<std::string>{"t5@2023-q1", "t4@2023-q1/xa-a, t4@2023-q1/xa-b"});
  now.state.items[{"t4@2023-q1/xa-a"}].state = item_state::submitted;
  CHECK(outcome_of(now, start) == "run.blocked");
  now.state.items[{"t4@2023-q1/xa-b"}].state = item_state::submitted;
  CHECK(outcome_of(now, start) == "item.started/1");
}

TEST_CASE("what an outcome rules out lapses with it") {
  auto now = in_state("t6", item_state::in_progress);
  CHECK(outcome_of(now, order(start_work{}, "t7", "phong", february)) == "run.blocked");
  CHECK(outcome_of(now, order(record_outcome{{"khong"}}, "t6", "phong", february)) ==
        "outcome.recorded/1 item.lapsed/1:t7");
  CHECK(outcome_of(now, order(record_outcome{{"co"}}, "t6", "phong", february)) == "outcome.recorded/1");
  CHECK(outcome_of(now, order(record_outcome{{"cos"}}, "t6", "phong", february)) == "run.unknown-outcome");
  carry_out(now, order(record_outcome{{"khong"}}, "t6", "phong", february));
  CHECK(now.state.items.at({"t7"}).state == item_state::lapsed);
  CHECK(outcome_of(now, order(record_outcome{{"khong"}}, "t6", "phong", february)) == "outcome.recorded/1");
  CHECK(outcome_of(now, order(record_outcome{{"co"}}, "t6", "phong", february)) == "run.outcome-recorded");
  CHECK(outcome_of(now, order(start_work{}, "t7", "phong", february)) == "run.wrong-state");
}

TEST_CASE("the outcome that was hoped for opens the way when the work is accepted") {
  auto now = in_state("t6", item_state::in_progress);
  carry_out(now, order(record_outcome{{"co"}}, "t6", "phong", february));
  const auto start = order(start_work{}, "t7", "phong", february);
  CHECK(outcome_of(now, start) == "run.blocked");
  now.state.items[{"t6"}].state = item_state::accepted;
  CHECK(outcome_of(now, start) == "item.started/1");
}

TEST_CASE("a step of a procedure is an item that follows the work") {
  auto now = fresh_picture();
  CHECK(outcome_of(now, order(start_work{}, "t8:ky", "phong", february)) == "run.blocked");
  now.state.items[{"t8"}].state = item_state::accepted;
  CHECK(outcome_of(now, order(start_work{}, "t8:ky", "phong", february)) == "item.started/1");
  now.state.items[{"t8:ky"}].state = item_state::in_progress;
  CHECK(outcome_of(now, order(record_outcome{{"co"}}, "t8:ky", "phong", february)) == "run.outcome-of-step");
}

TEST_CASE("figures name indicators of the plan, each once") {
  const auto now = fresh_picture();
  const auto submit = [&](std::vector<figure> figures) {
    return outcome_of(now, order(submit_work{{}, std::move(figures)}, "t4@2023-q1/xa-a", "xa-a", "2023-04-03T08:00"));
  };
  CHECK(submit({{{"cl1"}, decimal(3), {{"nam", decimal(1)}, {"nu", std::nullopt}}}, {{"cl2"}, {}, {}}}) ==
        "item.submitted/1");
  CHECK(submit({{{"cl3"}, decimal(3), {}}}) == "run.unknown-indicator");
  CHECK(submit({{{"cl1"}, decimal(3), {{"nữ", decimal(1)}}}}) == "run.unknown-breakdown");
  CHECK(submit({{{"cl1"}, decimal(3), {}}, {{"cl1"}, {}, {}}}) == "run.duplicate-figure");
}

TEST_CASE("an extension leads beyond the due date there is") {
  const auto now = fresh_picture();
  CHECK(outcome_of(now, order(extend_deadline{make_date(2023, 3, 31), decision}, "t1", "huyen", february)) ==
        "run.not-later");
  CHECK(outcome_of(now, order(extend_deadline{make_date(2023, 4, 1), decision}, "t1", "huyen", february)) ==
        "item.extended/1");
}

TEST_CASE("a cancellation stands on a decision") {
  CHECK(outcome_of(fresh_picture(), order(cancel_work{"thôi", {}}, "t1", "huyen", february)) == "run.missing-member");
}

TEST_CASE("a command made in code is held to what a line may say") {
  const auto now = fresh_picture();
  CHECK(outcome_of(now, order(report_progress{101}, "t1", "phong", february)) == "run.bad-command");
  CHECK(outcome_of(now, order(return_work{""}, "t1", "phong", february)) == "run.missing-member");
  CHECK(outcome_of(now, order(suspend_work{"\xC3", {}}, "t1", "huyen", february)) == "value.invalid-utf8");
  CHECK(outcome_of(now, order(extend_deadline{make_date(9999, 1, 1), decision}, "t1", "huyen", february)) ==
        "run.bad-command");
  auto c = order(start_work{}, "t1", "phong", february);
  c.actor.clear();
  c.by = {};
  c.at = {};
  CHECK(outcome_of(now, c) == "run.missing-member run.missing-member run.missing-member");
  c = order(start_work{}, "t1", "phong", february);
  c.at = instant::max();
  CHECK(outcome_of(now, c) == "run.bad-command");
}

TEST_CASE("what is not in the plan is refused with the nearest name") {
  const auto now = fresh_picture();
  auto decided = decide(now, order(start_work{}, "t4@2023-q1/xa-c", "xa-a", february));
  REQUIRE(ids_of(decided.notes) == "run.unknown-item");
  CHECK(decided.notes[0].what.args[1] == "t4@2023-q1/xa-a");
  decided = decide(now, order(start_work{}, "t1", "phongg", february));
  REQUIRE(ids_of(decided.notes) == "run.unknown-agency");
  CHECK(decided.notes[0].what.args[1] == "phong");
}

TEST_CASE("all that is wrong with a command is told at once") {
  auto c = order(accept_work{}, "t1", "phong", february);
  c.expect = 7;
  CHECK(outcome_of(fresh_picture(), c) == "run.conflict run.wrong-state run.not-holder");
}

TEST_CASE("a command may say what it knows of the item") {
  auto now = fresh_picture();
  auto c = order(start_work{}, "t1", "phong", february);
  c.expect = 0;
  CHECK(outcome_of(now, c) == "item.started/1");
  carry_out(now, c);
  CHECK(outcome_of(now, c) == "run.conflict");
  c.expect = 2;
  CHECK(outcome_of(now, c) == "item.started/1");
}

TEST_CASE("a clock that is behind is noted, one that is a day behind refused") {
  auto now = fresh_picture();
  now.state.last_at = at("2023-02-02T08:00");
  auto decided = decide(now, order(start_work{}, "t1", "phong", "2023-02-01T08:00"));
  CHECK(decided);
  REQUIRE(ids_of(decided.notes) == "run.clock-back");
  CHECK(decided.notes[0].level == severity::note);
  CHECK(rfc3339(decided->front().at) == "2023-02-01T01:00:00Z");
  decided = decide(now, order(start_work{}, "t1", "phong", "2023-02-01T07:59"));
  CHECK(!decided);
  REQUIRE(ids_of(decided.notes) == "run.clock-back");
  CHECK(decided.notes[0].level == severity::error);
}

TEST_CASE("a case is raised by those who work on it or by the issuer") {
  const auto now = fresh_picture();
  const auto raise = [&](const char* task, const char* by, date on) {
    return outcome_of(now, order(raise_case{{task}, on, "tin 12", "bạo lực"}, "", by, february));
  };
  const auto on = make_date(2023, 2, 1);
  for (const auto* by : {"phong", "hoi", "huyen", "xa-a"}) CHECK(raise("r", by, on) == "case.raised/1:r#1");
  CHECK(raise("r", "so", on) == "run.not-holder");  // not there yet
  CHECK(raise("ra", "hoi", on) == "run.not-a-case-task");
  CHECK(raise("t1", "hoi", on) == "run.not-a-case-task");
  CHECK(raise("s", "hoi", on) == "run.unknown-task");
  CHECK(raise("r", "hoi", make_date(2024, 1, 1)) == "run.outside-plan");
}

TEST_CASE("a case brings its items, led by who raised it") {
  auto now = fresh_picture();
  carry_out(now, order(raise_case{{"r"}, make_date(2023, 2, 1), "tin 12", "bạo lực"}, "", "xa-a", february));
  carry_out(now, order(raise_case{{"r"}, make_date(2023, 2, 1), "tin 13", ""}, "", "hoi", february));
  CHECK(outcome_of(now, order(start_work{}, "ra#1", "xa-a", february)) == "item.started/1");
  CHECK(outcome_of(now, order(start_work{}, "ra#2", "xa-a", february)) == "run.not-holder");
  CHECK(outcome_of(now, order(start_work{}, "rb#1", "phong", february)) == "run.blocked");
  CHECK(outcome_of(now, order(start_work{}, "ra#3", "xa-a", february)) == "run.unknown-item");
}

TEST_CASE("the same key and command is answered without a new event, another command is refused") {
  auto now = fresh_picture();
  auto c = order(report_progress{40}, "t1", "phong", february, "k1");
  carry_out(now, c);
  CHECK(outcome_of(now, c).empty());
  c.at = at("2023-02-01T09:00");  // sent again later, after another look
  c.expect = 2;
  CHECK(outcome_of(now, c).empty());
  c.what = report_progress{50};
  CHECK(outcome_of(now, c) == "run.key-reused");
  c.key = "k2";
  CHECK(outcome_of(now, c) == "item.progressed/1");
}
