// vanthu demo: the main job on the real plan, from its XML to four official papers. Every instant comes from
// examples/data/2023-demo.json, so that two runs write the same documents.
#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <map>
#include <set>

#include "session.hpp"
#include "vanthu/documents.hpp"
#include "vanthu/file.hpp"

namespace cli {
namespace {

using namespace vanthu;
using clock = std::chrono::steady_clock;

// The instants and names of examples/data/2023-demo.json.
class settings {
 public:
  explicit settings(const session& s) {
    const auto file = s.data_file("examples/data/2023-demo.json").string();
    data_ = read_json(read_file(file), file).take();
  }
  std::string text(std::string_view name) const { return std::string(data_.find(name)->as_text()); }
  date day(std::string_view name) const { return need_date(text(name), std::string(name)); }
  instant moment(std::string_view name) const { return parse_instant(text(name)).value(); }
  int number(std::string_view name) const { return static_cast<int>(data_.find(name)->as_number().coefficient()); }

 private:
  value data_;
};

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

struct stop {};  // a step found errors and reported them

class demonstration {
 public:
  demonstration(session& s, std::filesystem::path out)
      : s_(s), set_(s), out_(std::move(out)), journal_file_(out_ / "demo.db") {
    std::filesystem::create_directories(out_);
  }

  void run() {
    read();
    unfold();
    start();
    assign();
    replay();
    list_due();
    show_succession();
    remind();
    report("campaign_regime", "campaign_at", "bao-cao-thang-hanh-dong.docx", "bao-cao-thang-hanh-dong-2023.docx");
    report("regime", "issued_at", "bao-cao-nam.docx", "bao-cao-nam-2023.docx");
    std::cout << '\n' << (s_.lang == language::vi ? "Đã ghi" : "Wrote") << ":\n";
    for (const auto& each : written_) std::cout << "  " << each << '\n';
  }

 private:
  // The demo shows remarks only when something is wrong; `vanthu plan check` and `plan schedule` show them all.
  template <class T>
  T take(checked<T> c) {
    remarks_ += c.notes.size();
    if (c) return *std::move(c.value);
    s_.report(c.notes);
    throw stop{};
  }

  void read() {
    const auto file = s_.data_file("workflows/ke-hoach-573.xml").string();
    following_ = std::make_shared<const plan>(take(s_.read_plan(file)));
    said_.done(fmt::format("{}: {} tasks, {} agencies, {} obligations", file, following_->tasks.size(),
                           following_->agencies.size(), following_->obligations.size()));
  }

  void unfold() {
    items_ = take(make_agenda(*following_, {following_->from, following_->until}));
    said_.done(fmt::format("agenda to {}: {} work items, {} links", iso(following_->until), items_.items.size(),
                           items_.links.size()));
    const auto dates = take(make_schedule(items_, *following_, calendars_of(*following_)));
    said_.done(fmt::format("schedule: {} to {}; {} remarks, no errors (vanthu plan schedule shows them)",
                           iso(dates.start), iso(dates.finish), remarks_));
  }

  // Replaces the journal of an earlier demo in the same folder; SQLite keeps two files beside it.
  void start() {
    for (const auto* ending : {"", "-wal", "-shm"}) std::filesystem::remove(journal_file_.string() + ending);
    store_ = open_sqlite(journal_file_.string());
    work_ = vanthu::run::start(*store_, set_.text("run"), following_, set_.day("started_on"), set_.text("actor"),
                               set_.moment("started_at"));
    written_.push_back(journal_file_.string());
  }

  void replay() {
    const auto file = s_.data_file("examples/data/2023-progress.jsonl").string();
    const auto commands = take(read_commands(read_file(file), file));
    const auto given = work_->record(*store_, commands);
    s_.report(given.refused);
    if (has_errors(given.refused)) throw stop{};
    said_.done(fmt::format("{}: {} commands, {} events in {}", file, given.given.size(), work_->events().size(),
                           journal_file_.string()));
  }

  void list_due() {
    const auto now = work_->look(set_.day("looked_at"));
    const auto until = set_.day("due_until");
    const auto list = due_list(now, until);
    const bool vi = s_.lang == language::vi;
    table t{{vi ? "hạn" : "due", vi ? "còn" : "left", "id", vi ? "cơ quan" : "holder"}, {}};
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
    said_.done(fmt::format("due until {}, as of {}", iso(until), iso(now.as_of)));
  }

  // Who answers from that day on for what others held the day before: the plan's own rules, no item is rewritten.
  void show_succession() {
    const auto on = set_.day("succession_on");
    const auto eve = on - std::chrono::days{1};
    std::map<std::string, int> taken;
    std::set<agency_id> before;
    int passed = 0;
    for (std::uint32_t i = 0; i < items_.items.size(); ++i) {
      if (items_.items[i].days.last < on || items_.items[i].days.first > eve) continue;
      const auto held = holders(items_, *following_, i, eve), holding = holders(items_, *following_, i, on);
      if (held == holding) continue;
      ++passed;
      before.insert(held.begin(), held.end());
      for (const auto& each : holding) ++taken[each.text];
    }
    table t{{s_.lang == language::vi ? "từ " + iso(on) : "from " + iso(on), s_.lang == language::vi ? "việc" : "items"},
            {}};
    for (const auto& [who, count] : taken) t.rows.push_back({who, std::to_string(count)});
    std::cout << '\n' << aligned(t) << '\n';
    said_.done(fmt::format("succession of {}: {} open items pass from {} agencies to {}", iso(on), passed,
                           before.size(), taken.size()));
  }

  void assign() {
    const auto file = template_file("phu-luc-phan-cong.docx");
    const auto content = read_file(file);
    const auto made = take(draft(work_->look(set_.day("started_on")), std::as_bytes(std::span(content)),
                                 assignment_request{set_.number("assigned_year"), {}}));
    const auto opened = take(package::open(made, file.string()));
    const auto remarks = check_form(opened, "annex");
    s_.report(remarks);
    if (has_errors(remarks)) throw stop{};
    write("phan-cong-2023.docx", made, "annex of the plan");
  }

  issue_request request_at(std::string_view moment) const {
    issue_request request;
    request.on = request.as_of = set_.day("looked_at");
    request.actor = set_.text("actor");
    request.at = set_.moment(moment);
    return request;
  }

  void remind() {
    auto request = request_at("reminder_at");
    request.about = reminder_request{set_.day("answer_by"), {}};
    request.kind = "CV";
    request.unit = set_.text("reminder_unit");
    request.form = "1.5";
    issue("cong-van-don-doc.docx", "cong-van-don-doc-2023.docx", request);
  }

  void report(std::string_view regime, std::string_view moment, const std::string& from, const std::string& to) {
    auto request = request_at(moment);
    request.about = report_request{{set_.text(regime)}, need_period(set_.text("period")), {}};
    issue(from, to, request);
  }

  std::filesystem::path template_file(const std::string& name) const { return s_.data_file("templates/" + name); }

  void issue(const std::string& from, const std::string& to, const issue_request& request) {
    const auto content = read_file(template_file(from));
    const auto made = take(vanthu::issue(*store_, *work_, std::as_bytes(std::span(content)), request));
    write(to, made.docx, fmt::format("{}, form {} of Decree 30/2020 kept", made.number.text, request.form));
  }

  void write(const std::string& name, const bytes& docx, const std::string& what) {
    const auto file = out_ / name;
    replace_file(file, [&](const byte_sink& sink) { sink(docx); });
    said_.done(fmt::format("{} ({})", file.string(), what));
    written_.push_back(file.string());
  }

  session& s_;
  settings set_;
  std::filesystem::path out_, journal_file_;
  progress said_;
  std::size_t remarks_ = 0;
  std::shared_ptr<const plan> following_;
  agenda items_;
  std::unique_ptr<journal> store_;
  std::optional<vanthu::run> work_;
  std::vector<std::string> written_;
};

}  // namespace

void add_demo_command(CLI::App& app, session& s) {
  auto* command = app.add_subcommand("demo", "The main job on the real plan: from its XML to four official papers");
  auto out = std::make_shared<std::string>("vanthu-demo");
  command->add_option("--out", *out, "Folder for the journal and the papers");
  command->footer("Example: vanthu demo --out /tmp/vanthu-demo");
  command->callback([out, &s] {
    try {
      demonstration(s, *out).run();
    } catch (const stop&) {
      s.exit = refused;
    }
  });
}

}  // namespace cli
