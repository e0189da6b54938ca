#include <doctest/doctest.h>

#include "run_text.hpp"

using namespace vanthu;

namespace {

run_state fresh() {
  run_state s;
  s.name = "kh";
  s.following = plan_to_carry_out();
  s.started = make_date(2023, 1, 2);
  return s;
}

// "t1 2023-03-31 phong 5 planned overdue <- t0", one a line.
std::string text_of(const picture& p, const std::vector<due_item>& list) {
  std::string out;
  for (const auto& d : list) {
    out += p.items.items[d.item].id.text + ' ' + iso(d.due);
    for (const auto& h : d.holder) out += ' ' + h.text;
    out += ' ' + std::to_string(d.left.count) + ' ' + std::string(name(d.state));
    if (d.overdue) out += " overdue";
    for (const auto& b : d.blocked_by) out += " <- " + b.text;
    out += '\n';
  }
  return out;
}

std::string due(run_state s, date as_of, date until) {
  const auto p = look(std::move(s), as_of);
  return text_of(p, due_list(p, until));
}

}  // namespace

TEST_CASE("what is due is listed by its date, with what it waits for") {
  CHECK(due(fresh(), make_date(2023, 3, 29), make_date(2023, 4, 30)) ==
        "t1 2023-03-31 phong 2 planned\n"
        "t4@2023-q1/xa-a 2023-04-07 xa-a 7 planned\n"
        "t4@2023-q1/xa-b 2023-04-07 xa-b 7 planned\n"
        "t5@2023-q1 2023-04-12 phong 10 planned <- t4@2023-q1/xa-a <- t4@2023-q1/xa-b\n"
        "t2 2023-04-28 phong 22 planned <- t1\n");
}

TEST_CASE("the last day is not overdue, the day after is") {
  const auto until = make_date(2023, 3, 31);
  CHECK(due(fresh(), until, until) == "t1 2023-03-31 phong 0 planned\n");
  CHECK(due(fresh(), make_date(2023, 4, 1), until) == "t1 2023-03-31 phong 0 planned overdue\n");  // a Saturday
  CHECK(due(fresh(), make_date(2023, 4, 3), until) == "t1 2023-03-31 phong -1 planned overdue\n");
}

TEST_CASE("work handed in waits for its acceptance and is not overdue") {
  auto s = fresh();
  s.items[{"t1"}].state = item_state::submitted;
  s.items[{"t1"}].submitted = at("2023-03-30T08:00");
  CHECK(due(s, make_date(2023, 4, 3), make_date(2023, 4, 3)) == "t1 2023-03-31 phong -1 submitted\n");
}

TEST_CASE("what is final is not due") {
  for (const auto final : {item_state::accepted, item_state::cancelled, item_state::superseded, item_state::lapsed}) {
    auto s = fresh();
    s.items[{"t1"}].state = final;
    CHECK(due(s, make_date(2023, 4, 3), make_date(2023, 4, 3)).empty());
  }
}

TEST_CASE("an item is shown with who holds it on the day of the view") {
  CHECK(due(fresh(), make_date(2023, 7, 3), make_date(2023, 3, 31)) == "t1 2023-03-31 so -66 planned overdue\n");
}

TEST_CASE("an extension moves an item down the list") {
  auto s = fresh();
  s.items[{"t1"}].extended_to = make_date(2023, 4, 14);
  CHECK(due(s, make_date(2023, 4, 3), make_date(2023, 4, 3)).empty());
  CHECK(due(s, make_date(2023, 4, 14), make_date(2023, 4, 14)).find("t1 2023-04-14 phong 0 planned\n") !=
        std::string::npos);
}

TEST_CASE("an item is blocked until its predecessors are done, as the link counts it") {
  auto s = fresh();
  const auto blocked = [&](const char* item) {
    const auto p = look(s, make_date(2023, 4, 3));
    return is_blocked(p, find_item(p.items, {item}));
  };
  CHECK(!blocked("t1"));
  CHECK(blocked("t2"));
  CHECK(blocked("t5@2023-q1"));
  CHECK(blocked("t7"));
  CHECK(blocked("t8:ky"));
  s.items[{"t1"}].state = item_state::submitted;
  CHECK(blocked("t2"));
  s.items[{"t1"}].state = item_state::accepted;
  CHECK(!blocked("t2"));
  for (const auto* each : {"t4@2023-q1/xa-a", "t4@2023-q1/xa-b"}) s.items[{each}].state = item_state::submitted;
  CHECK(!blocked("t5@2023-q1"));
  s.items[{"t6"}].state = item_state::accepted;
  CHECK(blocked("t7"));
  s.items[{"t6"}].result = {"co"};
  CHECK(!blocked("t7"));
  s.items[{"t8"}].state = item_state::cancelled;
  CHECK(!blocked("t8:ky"));
  s.items[{"t2"}].state = item_state::suspended;
  s.items[{"t1"}].state = item_state::in_progress;
  CHECK(blocked("t2"));
}
