// vanthu demo: the main job on the real plan, from its XML to a signed-off report. Every instant comes from
// examples/data/2023-demo.json, so that two runs write the same documents.
#include <fmt/format.h>

#include <chrono>
#include <iostream>

#include "session.hpp"
#include "vanthu/documents.hpp"
#include "vanthu/file.hpp"

namespace cli {
namespace {

using namespace vanthu;
using clock = std::chrono::steady_clock;

struct settings {
  std::string run, regime, actor;
  date started_on, looked_at, due_until, issued_on;
  instant started_at, issued_at;
  period when;
};

settings read_settings(const session& s) {
  const auto file = s.data_file("examples/data/2023-demo.json").string();
  const auto data = read_json(read_file(file), file).take();
  const auto text = [&](std::string_view name) { return std::string(data.find(name)->as_text()); };
  const auto day = [&](std::string_view name) { return need_date(text(name), std::string(name)); };
  const auto moment = [&](std::string_view name) { return parse_instant(text(name)).value(); };
  return {text("run"),      text("regime"),   text("actor"),        day("started_on"),   day("looked_at"),
          day("due_until"), day("issued_on"), moment("started_at"), moment("issued_at"), need_period(text("period"))};
}

// Says what each step gave and how long it took.
class progress {
 public:
  void done(const std::string& what) {
    const auto now = clock::now();
    const auto ms = std::chrono::duration<double, std::milli>(now - last_).count();
    std::cout << fmt::format("{:7.1f} ms  {}\n", ms, what);
    last_ = now;
  }

 private:
  clock::time_point last_ = clock::now();
};

// The journal of an earlier demo in the same folder; SQLite keeps two files beside it.
void remove_own_journal(const std::filesystem::path& journal_file) {
  for (const auto* ending : {"", "-wal", "-shm"}) std::filesystem::remove(journal_file.string() + ending);
}

// The demo shows remarks only when something is wrong; `vanthu plan check` and `plan schedule` show them all.
template <class T>
std::optional<T> take(session& s, checked<T> c, std::size_t& remarks) {
  remarks += c.notes.size();
  if (c) return std::move(c.value);
  s.report(c.notes);
  return {};
}

void list_due(const session& s, const picture& now, date until) {
  const auto list = due_list(now, until);
  table t{{s.lang == language::vi ? "hạn" : "due", s.lang == language::vi ? "còn" : "left", "id",
           s.lang == language::vi ? "cơ quan" : "holder"},
          {}};
  constexpr std::size_t shown = 12;
  for (const auto& due : list) {
    if (t.rows.size() == shown) break;
    std::string who;
    for (const auto& each : due.holder) who += (who.empty() ? "" : " ") + each.text;
    t.rows.push_back({iso(due.due), fmt::format("{}", due.left.count), now.items.items[due.item].id.text, who});
  }
  std::cout << '\n' << aligned(t);
  if (list.size() > shown) std::cout << fmt::format("… {}\n", list.size() - shown);
  std::cout << '\n';
}

void demo(session& s, const std::filesystem::path& out) {
  const auto set = read_settings(s);
  const auto plan_file = s.data_file("workflows/ke-hoach-573.xml").string();
  const auto progress_file = s.data_file("examples/data/2023-progress.jsonl").string();
  std::filesystem::create_directories(out);
  progress p;
  std::size_t remarks = 0;

  auto read = take(s, s.read_plan(plan_file), remarks);
  if (!read) return;
  const auto following = std::make_shared<const plan>(*std::move(read));
  p.done(fmt::format("{}: {} tasks, {} agencies", plan_file, following->tasks.size(), following->agencies.size()));

  const auto items = take(s, make_agenda(*following, {following->from, following->until}), remarks);
  if (!items) return;
  p.done(fmt::format("agenda to {}: {} work items, {} links", iso(following->until), items->items.size(),
                     items->links.size()));
  const auto dates = take(s, make_schedule(*items, *following, calendars_of(*following)), remarks);
  if (!dates) return;
  p.done(fmt::format("schedule: {} to {}; {} remarks, no errors (vanthu plan schedule shows them)", iso(dates->start),
                     iso(dates->finish), remarks));

  const auto journal_file = out / "demo.db";
  remove_own_journal(journal_file);
  const auto store = open_sqlite(journal_file.string());
  auto work = run::start(*store, set.run, following, set.started_on, set.actor, set.started_at);
  const auto commands = s.accept(read_commands(read_file(progress_file), progress_file));
  if (!commands) return;
  const auto given = work.record(*store, *commands);
  s.report(given.refused);
  if (has_errors(given.refused)) return;
  p.done(fmt::format("{}: {} commands, {} events in {}", progress_file, given.given.size(), work.events().size(),
                     journal_file.string()));

  list_due(s, work.look(set.looked_at), set.due_until);
  p.done(fmt::format("due until {}, as of {}", iso(set.due_until), iso(set.looked_at)));

  const auto template_file = s.data_file("templates/bao-cao-nam.docx");
  const auto content = read_file(template_file);
  issue_request request;
  request.regime = {set.regime};
  request.when = set.when;
  request.on = set.issued_on;
  request.as_of = set.looked_at;
  request.actor = set.actor;
  request.at = set.issued_at;
  const auto report = s.accept(issue_report(*store, work, std::as_bytes(std::span(content)), request));
  if (!report) return;
  const auto report_file = out / "bao-cao-nam-2023.docx";
  replace_file(report_file, [&](const byte_sink& sink) { sink(report->docx); });
  p.done(fmt::format("{} ({}, form 1.4 of Decree 30/2020 kept)", report_file.string(), report->number.text));
  std::cout << fmt::format("\nWrote {} and {}\n", report_file.string(), journal_file.string());
}

}  // namespace

void add_demo_command(CLI::App& app, session& s) {
  auto* command = app.add_subcommand("demo", "The main job on the real plan: from its XML to the annual report");
  auto out = std::make_shared<std::string>("vanthu-demo");
  command->add_option("--out", *out, "Folder for the journal and the report");
  command->footer("Example: vanthu demo --out /tmp/vanthu-demo");
  command->callback([out, &s] { demo(s, *out); });
}

}  // namespace cli
