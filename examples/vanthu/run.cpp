// vanthu run: start a run of a plan, record what happens, look at it.
#include "vanthu/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <numeric>

#include "session.hpp"
#include "vanthu/report.hpp"

namespace cli {
namespace {

using namespace vanthu;

struct arguments {
  std::string plan_file, url, name, on, commands, as_of, until, agency, when, actor, by;
  std::vector<std::string> heads;
  bool keep_going = false;
};

void start_run(session& s, const arguments& a) {
  auto p = s.accept(s.read_plan(a.plan_file));
  if (!p) return;
  const auto store = open_journal(a.url);
  const auto started = run::start(*store, a.name, std::make_shared<const plan>(*std::move(p)), need_date(a.on, "--on"),
                                  a.actor.empty() ? "vanthu" : a.actor, s.now(), {a.by});
  std::cout << fmt::format("{}: {}\n", started.stream(), started.state().position);
}

void record(session& s, const arguments& a) {
  auto commands = s.accept(read_commands(read_input(a.commands), a.commands));
  if (!commands) return;
  for (auto& c : *commands) {  // what a line leaves out
    if (c.actor.empty()) c.actor = a.actor;
    if (c.by.empty()) c.by = {a.by};
    if (c.at == instant{} && !s.now_text.empty()) c.at = s.now();
  }
  const auto store = open_journal(a.url);
  auto r = run::open(*store, a.name);
  const auto result = r.record(*store, *commands, a.keep_going ? on_refusal::keep_going : on_refusal::stop);
  for (const auto& each : result.given)
    std::cout
        << write_json(value::object(
               {{"line", each.line}, {"event", each.event}, {"item", each.item.text}, {"state", name(each.state)}}))
        << '\n';
  s.report(result.refused);
}

picture look_at(session& s, const arguments& a) {
  const auto store = open_journal(a.url, {.create = false});
  return run::open(*store, a.name).look(a.as_of.empty() ? s.today() : need_date(a.as_of, "--as-of"));
}

bool holds(const std::vector<agency_id>& who, const std::string& agency) {
  return agency.empty() || std::ranges::find(who, agency_id{agency}) != who.end();
}

void print_status(session& s, const arguments& a) {
  const auto now = look_at(s, a);
  std::vector<std::uint32_t> items(now.items.items.size());
  std::iota(items.begin(), items.end(), 0U);
  std::erase_if(items, [&](auto i) { return !holds(holders(now.items, now.following(), i, now.as_of), a.agency); });
  const auto whole = status_value(now, items);
  s.print(whole, *whole.find("by_agency"));
}

void print_due(session& s, const arguments& a) {
  const auto now = look_at(s, a);
  const auto until = a.until.empty() ? now.as_of + std::chrono::days{30} : need_date(a.until, "--until");
  auto list = due_list(now, until);
  std::erase_if(list, [&](const due_item& d) { return !holds(d.holder, a.agency); });
  if (s.format == "ics") {
    std::cout << to_ics(now, list, "vanthu", s.now());
    return;
  }
  const auto whole = due_value(now, list, s.lang);
  s.print(whole, *whole.find("items"));
}

void print_history(session& s, const arguments& a) {
  const auto store = open_journal(a.url, {.create = false});
  auto events = run::open(*store, a.name).events();
  if (!a.as_of.empty()) {
    const auto last = need_date(a.as_of, "--as-of");
    std::erase_if(events, [&](const event& e) { return date_of(e.at) > last; });
  }
  if (!a.agency.empty()) std::erase_if(events, [&](const event& e) { return e.by.text != a.agency; });
  const auto rows = history_value(events);
  s.print(rows, rows);
}

void print_figures(session& s, const arguments& a) {
  auto rows = value::list();
  for (const auto& f : figures(look_at(s, a), need_period(a.when))) {
    auto evidence = value::list();
    for (const auto e : f.evidence) evidence.push_back(e);
    rows.push_back(value::object({{"indicator", f.indicator.text},
                                  {"period", to_string(f.when)},
                                  {"agency", f.unit.text},
                                  {"value", f.amount ? value(*f.amount) : value()},
                                  {"evidence", std::move(evidence)}}));
  }
  s.print(rows, rows);
}

void verify_journal(session& s, const arguments& a) {
  std::vector<stream_head> known;
  for (const auto& head : a.heads) {
    const auto cut = head.rfind('=');
    const auto hash = cut == std::string::npos ? std::nullopt : parse_digest(std::string_view(head).substr(cut + 1));
    if (!hash) throw CLI::ValidationError("--head", head + " is not STREAM=HASH");
    known.push_back({head.substr(0, cut), 0, *hash});
  }
  const auto store = open_journal(a.url, {.create = false});
  const auto heads = s.accept(verify(*store, known));
  if (!heads) return;
  for (const auto& head : *heads) std::cout << fmt::format("{}={} {}\n", head.stream, to_hex(head.hash), head.number);
}

}  // namespace

void add_run_commands(CLI::App& app, session& s) {
  auto* group = app.add_subcommand("run", "Carry out a plan: start, record, look");
  group->require_subcommand(1);
  auto a = std::make_shared<arguments>();
  const auto add = [&](const char* name, const char* what, const char* example) {
    auto* command = group->add_subcommand(name, what);
    command->add_option("--journal", a->url, "sqlite:PATH or memory:")->required();
    command->footer(std::string("Example: ") + example);
    return command;
  };
  const auto add_named = [&](const char* name, const char* what, const char* example) {
    auto* command = add(name, what, example);
    command->add_option("--run", a->name, "Name of the run")->required();
    return command;
  };
  const auto add_writer = [&](CLI::App* command) {
    command->add_option("--actor", a->actor, "Who writes: of lines that do not say it");
    command->add_option("--by", a->by, "For which agency: of lines that do not say it");
  };
  const auto add_view = [&](const char* name, const char* what, const char* example) {
    auto* command = add_named(name, what, example);
    command->add_option("--as-of", a->as_of, "As recorded by the end of this day (default: today)");
    command->add_option("--agency", a->agency, "Only what this agency holds");
    return command;
  };

  auto* start =
      add_named("start", "Start a run",
                "vanthu run start workflows/ke-hoach-573.xml --journal sqlite:kh.db --run kh-573 --on 2023-04-18");
  start->add_option("PLAN", a->plan_file)->required();
  start->add_option("--on", a->on, "First day of the run")->required();
  add_writer(start);
  start->callback([a, &s] { start_run(s, *a); });

  auto* rec = add_named("record", "Record commands, each line all or nothing",
                        "vanthu run record --journal sqlite:kh.db --run kh-573 commands.jsonl");
  rec->add_option("COMMANDS", a->commands, "JSON lines, or - for stdin")->required();
  add_writer(rec);
  rec->add_flag("--keep-going", a->keep_going, "Go on after a refused line");
  rec->callback([a, &s] { record(s, *a); });

  auto* status = add_view("status", "How many items are in which state",
                          "vanthu run status --journal sqlite:kh.db --run kh-573 --as-of 2023-12-20");
  add_format(*status, s);
  status->callback([a, &s] { print_status(s, *a); });

  auto* due = add_view("due", "What is due, the most urgent first",
                       "vanthu run due --journal sqlite:kh.db --run kh-573 --as-of 2023-12-10 --until 2023-12-31");
  due->add_option("--until", a->until, "Last due day shown (default: 30 days on)");
  due->add_option("--format", s.format)->check(CLI::IsMember({"table", "csv", "json", "ics"}));
  due->callback([a, &s] { print_due(s, *a); });

  auto* history =
      add_view("history", "Every event", "vanthu run history --journal sqlite:kh.db --run kh-573 --format json");
  add_format(*history, s);
  history->callback([a, &s] { print_history(s, *a); });

  auto* figs = add_view("figures", "Reported figures with their evidence",
                        "vanthu run figures --journal sqlite:kh.db --run kh-573 --period 2023");
  figs->add_option("--period", a->when)->required();
  add_format(*figs, s);
  figs->callback([a, &s] { print_figures(s, *a); });

  auto* check = add("verify", "Recompute the hash chain of every stream and print its head",
                    "vanthu run verify --journal sqlite:kh.db");
  check->add_option("--head", a->heads, "STREAM=HASH known from elsewhere: proves that nothing was cut off");
  check->callback([a, &s] { verify_journal(s, *a); });
}

}  // namespace cli
