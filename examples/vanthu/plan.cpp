// vanthu plan: check, unfold, schedule, draw.
#include <fmt/format.h>

#include <iostream>
#include <numeric>

#include "session.hpp"
#include "vanthu/drawing.hpp"
#include "vanthu/project.hpp"
#include "vanthu/schedule.hpp"

namespace cli {
namespace {

using namespace vanthu;

struct arguments {
  std::string file, source_text, from, until, agency, when, start, mode = "pure", output = "-", graph_format = "dot",
                                                                   changes, base, by = "agency";
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

struct what_if {
  std::vector<value> changes;
};

// `p` moves into its place before anything points into it.
std::unique_ptr<unfolded> unfold(session& s, const arguments& args, const what_if& other = {}) {
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
  facts since;
  const auto faults = apply_changes(other.changes, result->items, since, result->days);
  s.report(faults);
  if (has_errors(faults)) return {};
  auto dates = s.accept(make_schedule(result->items, result->p, result->days, since));
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

struct dated_project {
  project_file file;
  network_schedule dates;
};

std::optional<dated_project> read_project(session& s, const std::string& text, const arguments& args,
                                          const what_if& other = {}) {
  auto file = s.accept(read_mspdi(text, args.file));
  if (!file) return {};
  const auto faults = apply_changes(other.changes, *file);
  s.report(faults);
  if (has_errors(faults)) return {};
  file->options.mode = args.mode == "msp" ? scheduling_mode::msp : scheduling_mode::pure;
  if (!args.start.empty()) file->options.start = shortened(civil_minute{need_date(args.start, "--start")});
  auto dates = s.accept(schedule_network(file->network, file->options));
  if (!dates) return {};
  return dated_project{*std::move(file), *std::move(dates)};
}

std::vector<ics_event> events_of(const project_file& p, const network_schedule& dates) {
  std::vector<ics_event> out;
  const auto day_of = [](short_minute t) {
    return std::chrono::floor<std::chrono::days>(civil_minute{t} - std::chrono::minutes{1});
  };
  for (std::uint32_t i = 0; i < p.tasks.size(); ++i) {
    const auto& a = p.network.activities[i];
    const auto finish = planned(p.network, dates, i).finish;
    if (finish == no_minute || a.actual_finish != no_minute || p.tasks[i].uid == 0) continue;
    const auto day = day_of(a.deadline == no_minute ? finish : a.deadline);
    out.push_back({std::to_string(p.tasks[i].uid), p.tasks[i].name, "", day,
                   p.network.calendars[p.calendar].advance(day, working_days{-1})});
  }
  return out;
}

std::vector<ics_event> events_of(const unfolded& u) {
  std::vector<ics_event> out;
  for (std::uint32_t i = 0; i < u.items.items.size(); ++i) {
    const auto due = u.dates.items[i].due;
    if (!due || u.items.items[i].lapsed) continue;
    out.push_back({u.items.items[i].id.text, u.p.tasks[u.items.items[i].task].title, u.items.items[i].lead.text, *due,
                   u.days.general.advance(*due, working_days{-1})});
  }
  return out;
}

void print_project(session& s, const std::string& text, const arguments& args) {
  const auto project = read_project(s, text, args);
  if (!project) return;
  if (s.format == "ics") {
    std::cout << to_ics(events_of(project->file, project->dates), "vanthu.project", s.now());
    return;
  }
  const auto whole = schedule_value(project->file, project->dates, s.lang);
  s.print(whole, *whole.find("items"));
}

void print_schedule(session& s, const arguments& args) {
  if (s.format == "table") std::cerr << "mode: " << args.mode << '\n';
  if (args.file != "-")
    if (const auto text = read_input(args.file); is_mspdi(text)) {
      print_project(s, text, args);
      return;
    }
  const auto u = unfold(s, args);
  if (!u) return;
  if (s.format == "ics") {
    std::cout << to_ics(events_of(*u), u->p.id.text, s.now());
    return;
  }
  const auto whole = schedule_value(u->p, u->items, u->dates, u->days, s.lang);
  s.print(whole, *whole.find("items"));
}

struct printed_schedule {
  value dates;
  working_calendar days;
};

std::optional<printed_schedule> print_dates(session& s, const std::string& text, const arguments& args,
                                            const what_if& other = {}) {
  if (is_mspdi(text)) {
    const auto project = read_project(s, text, args, other);
    if (!project) return {};
    return printed_schedule{schedule_value(project->file, project->dates, s.lang),
                            project->file.network.calendars[project->file.calendar]};
  }
  const auto u = unfold(s, args, other);
  if (!u) return {};
  return printed_schedule{schedule_value(u->p, u->items, u->dates, u->days, s.lang), u->days.general};
}

void print_what_if(session& s, const arguments& args) {
  auto changes = s.accept(read_json_lines(read_input(args.changes), args.changes));
  if (!changes) return;
  const auto text = read_input(args.file);
  const auto before = print_dates(s, text, args);
  if (!before) return;
  const auto after = print_dates(s, text, args, {*std::move(changes)});
  if (!after) return;
  const auto moves = moves_value(before->dates, after->dates, before->days);
  s.print(moves, *moves.find("items"));
}

// The first time the baseline is kept, afterwards the schedule is compared with it.
void print_baseline(session& s, const arguments& args) {
  const auto now = print_dates(s, read_input(args.file), args);
  if (!now) return;
  if (!std::filesystem::exists(args.base)) {
    write_output(args.base, write_json_pretty(now->dates) + "\n");
    return;
  }
  const auto base = s.accept(read_json(read_input(args.base), args.base));
  if (!base) return;
  const auto moves = moves_value(*base, now->dates, now->days);
  s.print(moves, *moves.find("items"));
}

void draw_graph(session& s, const arguments& args) {
  const auto text = read_input(args.file);
  std::optional<drawn_graph> g;
  if (is_mspdi(text)) {
    if (const auto p = s.accept(read_mspdi(text, args.file))) g = graph_of(*p);
  } else if (const auto p = s.accept(s.read_plan(args.file))) {
    g = graph_of(*p);
    if (args.graph_format == "dot") g->title = p->id.text;
  }
  if (!g) return;
  write_output(args.output, args.graph_format == "svg"       ? to_svg(*g)
                            : args.graph_format == "graphml" ? to_graphml(*g)
                                                             : to_dot(*g));
}

void draw_gantt(session& s, const arguments& args) {
  const auto text = read_input(args.file);
  const auto by = args.by == "task" ? gantt_lanes::task : gantt_lanes::agency;
  const auto today = s.today_text.empty() && s.now_text.empty() ? std::nullopt : std::optional{s.today()};
  if (is_mspdi(text)) {
    if (const auto p = read_project(s, text, args))
      write_output(args.output, to_gantt_svg(gantt_rows(p->file, p->dates, by), p->file.title, today, s.lang));
    return;
  }
  const auto u = unfold(s, args);
  if (!u) return;
  const auto rows = gantt_rows(u->p, u->items, u->dates, pick(u->p, u->items, u->dates, args), by);
  write_output(args.output, to_gantt_svg(rows, u->p.title.empty() ? u->p.id.text : u->p.title, today, s.lang));
}

// An id for the plan from the name of its file: small letters, digits, '-' and '.'.
std::string id_from(const std::string& file) {
  std::string out;
  for (const char c : std::filesystem::path(file).stem().string()) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.')
      out += c;
    else if (c >= 'A' && c <= 'Z')
      out += static_cast<char>(c - 'A' + 'a');
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  return out.empty() || out == "-" ? "du-an" : out;
}

void convert(session& s, const arguments& args) {
  const auto text = read_input(args.file);
  if (is_mspdi(text)) {
    const auto project = read_project(s, text, args);
    if (!project) return;
    const auto made = to_plan_xml(project->file, project->dates, id_from(args.output));
    s.report(made.notes);
    write_output(args.output, made.xml);
    return;
  }
  const auto u = unfold(s, args);
  if (!u) return;
  const auto project = s.accept(to_project(u->p, u->items, u->dates, u->days));
  if (!project) return;
  if (const auto dates = s.accept(schedule_network(project->network, project->options)))
    write_output(args.output, to_mspdi(*project, *dates));
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

  auto* dates = add("schedule", "Dates, slack and the reason for each, of a plan or a Microsoft Project XML file",
                    "vanthu plan schedule workflows/ke-hoach-573.xml --format csv");
  dates->add_option("--start", a->start, "First day (default: the plan's)");
  dates->add_option("--mode", a->mode, "pure: links win over constraints; msp: constraint dates win")
      ->check(CLI::IsMember({"pure", "msp"}));
  dates->add_option("--format", s.format, "table, csv, json or ics")
      ->check(CLI::IsMember({"table", "csv", "json", "ics"}));
  dates->callback([a, &s] { print_schedule(s, *a); });

  auto* converted = add("convert", "A plan as a Microsoft Project XML file, or the other way; what is lost is listed",
                        "vanthu plan convert workflows/ke-hoach-573.xml ke-hoach.xml");
  converted->add_option("OUT", a->output, "File to write")->required();
  converted->add_option("--mode", a->mode)->check(CLI::IsMember({"pure", "msp"}));
  converted->callback([a, &s] { convert(s, *a); });

  auto* graph =
      add("graph", "The tasks and what waits for what", "vanthu plan graph workflows/ke-hoach-573.xml | dot -Tsvg");
  graph->add_option("--format", a->graph_format)->check(CLI::IsMember({"dot", "graphml", "svg"}));
  graph->add_option("-o,--output", a->output, "File to write (default: stdout)");
  graph->callback([a, &s] { draw_graph(s, *a); });

  auto* gantt = add("gantt", "A Gantt chart, with slack, deadlines and today's line",
                    "vanthu plan gantt workflows/ke-hoach-573.xml --from 2024-01-01 --until 2024-12-31 -o gantt.svg");
  gantt->add_option("--by", a->by, "Rows grouped by agency or by task")->check(CLI::IsMember({"agency", "task"}));
  gantt->add_option("--from", a->from, "First day (default: the plan's)");
  gantt->add_option("--until", a->until, "Last day (default: the plan's)");
  gantt->add_option("--agency", a->agency, "Only items this agency holds on their due date");
  gantt->add_option("--period", a->when, "Only items of this period");
  gantt->add_option("--mode", a->mode)->check(CLI::IsMember({"pure", "msp"}));
  gantt->add_option("-o,--output", a->output, "File to write (default: stdout)");
  gantt->callback([a, &s] { draw_gantt(s, *a); });

  auto* whatif = add("whatif", "What moves, by how much and why, when something changes",
                     "vanthu plan whatif workflows/ke-hoach-573.xml changes.jsonl");
  whatif->add_option("CHANGES", a->changes, "Changes, one JSON object a line")->required();
  whatif->add_option("--mode", a->mode)->check(CLI::IsMember({"pure", "msp"}));
  add_format(*whatif, s);
  whatif->callback([a, &s] { print_what_if(s, *a); });

  auto* baseline = add("baseline", "Keeps the schedule as a baseline; when there is one, what has moved since",
                       "vanthu plan baseline workflows/ke-hoach-573.xml base.json");
  baseline->add_option("BASE", a->base, "The baseline (JSON)")->required();
  baseline->add_option("--mode", a->mode)->check(CLI::IsMember({"pure", "msp"}));
  add_format(*baseline, s);
  baseline->callback([a, &s] { print_baseline(s, *a); });
}

}  // namespace cli
