// vanthu plan: check, unfold, schedule, draw.
#include <fmt/format.h>

#include <iostream>
#include <numeric>

#include "session.hpp"
#include "vanthu/schedule.hpp"

namespace cli {
namespace {

using namespace vanthu;

struct arguments {
  std::string file, source_text, from, until, agency, when, start, mode = "pure", output = "-", graph_format = "dot";
};

// Items of one holder on their due date, of one period: what --agency and --period ask for.
std::vector<std::uint32_t> pick(const plan& p, const agenda& a, const schedule& dates, const arguments& args) {
  std::vector<std::uint32_t> all(a.items.size());
  std::iota(all.begin(), all.end(), 0U);
  // The agenda also holds what its links need from outside the span.
  std::erase_if(all, [&](auto i) {
    const auto& days = a.items[i].days;
    return days.last < a.span.first || a.span.last < days.first;
  });
  if (!args.when.empty()) {
    const auto wanted = need_period(args.when);
    std::erase_if(all, [&](auto i) { return a.items[i].when != wanted; });
  }
  if (!args.agency.empty())
    std::erase_if(all, [&](auto i) {
      const auto who = holders(a, p, i, dates.items[i].due.value_or(a.items[i].days.last));
      return std::ranges::find(who, agency_id{args.agency}) == who.end();
    });
  return all;
}

struct unfolded {
  plan p;
  agenda items;
  calendars days;
  schedule dates;
};

// `p` moves into its place before anything points into it.
std::unique_ptr<unfolded> unfold(session& s, const arguments& args) {
  auto p = s.accept(s.read_plan(args.file));
  if (!p) return {};
  auto whole = date_range{args.from.empty() ? p->from : need_date(args.from, "--from"),
                          args.until.empty() ? p->until : need_date(args.until, "--until")};
  if (!args.start.empty()) whole.first = need_date(args.start, "--start");
  auto result = std::make_unique<unfolded>();
  result->p = *std::move(p);
  result->days = calendars_of(result->p);
  auto items = s.accept(make_agenda(result->p, whole));
  if (!items) return {};
  result->items = *std::move(items);
  auto dates = s.accept(make_schedule(result->items, result->p, result->days));
  if (!dates) return {};
  result->dates = *std::move(dates);
  return result;
}

void print_agenda(session& s, const arguments& args) {
  const auto u = unfold(s, args);
  if (!u) return;
  const auto whole = agenda_value(u->p, u->items, u->dates, pick(u->p, u->items, u->dates, args));
  s.print(whole, *whole.find("items"));
}

void print_schedule(session& s, const arguments& args) {
  const auto u = unfold(s, args);
  if (!u) return;
  const auto whole = schedule_value(u->p, u->items, u->dates, u->days, s.lang);
  s.print(whole, *whole.find("items"));
}

void print_trace(session& s, const arguments& args) {
  const auto p = s.accept(s.read_plan(args.file));
  if (!p) return;
  const auto result = trace_source(*p, read_input(args.source_text), args.source_text);
  s.report(result.notes);
  std::cout << fmt::format("{} of {}\n", result.kept, result.total);
}

}  // namespace

void add_plan_commands(CLI::App& app, session& s) {
  auto* group = app.add_subcommand("plan", "Read, unfold, schedule and draw a plan");
  group->require_subcommand(1);
  auto a = std::make_shared<arguments>();
  const auto add = [&](const char* name, const char* what, const char* example) {
    auto* command = group->add_subcommand(name, what);
    command->add_option("PLAN", a->file, "Plan file (XML)")->required();
    command->footer(std::string("Example: ") + example);
    return command;
  };

  auto* trace = add("trace", "Does the plan answer for every sentence of its source?",
                    "vanthu plan trace workflows/ke-hoach-573.xml workflows/ke-hoach-573-tin.txt");
  trace->add_option("SOURCE", a->source_text, "The text the plan was made from (UTF-8)")->required();
  trace->callback([a, &s] { print_trace(s, *a); });

  add("check", "Every remark about a plan", "vanthu plan check workflows/ke-hoach-573.xml")->callback([a, &s] {
    const auto p = s.accept(s.read_plan(a->file));
    if (p)
      std::cout << fmt::format("{}: {} tasks, {} agencies, {} obligations\n", p->id.text, p->tasks.size(),
                               p->agencies.size(), p->obligations.size());
  });

  auto* unfolded = add("agenda", "The work items a plan unfolds to",
                       "vanthu plan agenda workflows/ke-hoach-573.xml --from 2023-01-01 --until 2023-12-31");
  unfolded->add_option("--from", a->from, "First day (default: the plan's)");
  unfolded->add_option("--until", a->until, "Last day (default: the plan's)");
  unfolded->add_option("--agency", a->agency, "Only items this agency holds on their due date");
  unfolded->add_option("--period", a->when, "Only items of this period: 2023, 2023-h1, 2023-q3, 2023-11");
  add_format(*unfolded, s);
  unfolded->callback([a, &s] { print_agenda(s, *a); });

  auto* dates = add("schedule", "Dates, slack and the reason for each",
                    "vanthu plan schedule workflows/ke-hoach-573.xml --format csv");
  dates->add_option("--start", a->start, "First day (default: the plan's)");
  add_format(*dates, s);
  dates->callback([a, &s] { print_schedule(s, *a); });

  auto* graph =
      add("graph", "The tasks and what waits for what", "vanthu plan graph workflows/ke-hoach-573.xml | dot -Tsvg");
  graph->add_option("--format", a->graph_format)->check(CLI::IsMember({"dot"}));
  graph->callback([a, &s] {
    if (const auto p = s.accept(s.read_plan(a->file))) std::cout << to_dot(*p);
  });
}

}  // namespace cli
