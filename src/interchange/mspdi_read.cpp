// MSPDI in: tasks, links, resources and assignments. Calendars: mspdi_calendars.cpp.
#include <algorithm>
#include <cstdlib>

#include "interchange/mspdi.hpp"
#include "xml/tokens.hpp"

namespace vanthu {
namespace mspdi {
namespace {

constexpr std::string_view mspdi_namespace = "http://schemas.microsoft.com/project";

// DurationFormat and LagFormat: 3 to 12 are minutes to months, the even ones by the clock; 19 and 20 percent; 32 more
// when estimated.
constexpr std::int64_t percent_format = 19, elapsed_percent_format = 20;
constexpr std::int64_t fixed_duration_type = 1, fixed_work_type = 2;
std::int64_t unit_of(std::int64_t format) {
  constexpr std::int64_t estimated = 32;
  return format > estimated ? format - estimated : format;
}
bool is_elapsed(std::int64_t format) {
  const auto unit = unit_of(format);
  return unit >= 4 && unit <= 12 && unit % 2 == 0;
}

class task_reader {
 public:
  task_reader(reading& r, calendar_shelf& shelf) : r_(r), shelf_(shelf) {}

  void read(pugi::xml_node task) {
    project_task row;
    activity a;
    row.uid = number(r_, task, "UID").value_or(-1);
    row.name = text_of(task, "Name");
    row.notes = text_of(task, "Notes");
    row.null = truth(r_, task, "IsNull").value_or(false);
    constexpr std::int64_t deepest = 65'535;
    row.level = static_cast<int>(std::clamp<std::int64_t>(number(r_, task, "OutlineLevel").value_or(1), 0, deepest));
    a.calendar = r_.out.calendar;
    if (const auto own = number(r_, task, "CalendarUID"); own && *own >= 0 && shelf_.has(*own))
      a.calendar = shelf_.by_uid(*own);
    row.fixed_work = number(r_, task, "Type").value_or(0) == fixed_work_type;
    read_length(task, a);
    read_progress(task, a);
    read_wishes(task, a);
    a.inactive = row.null || !truth(r_, task, "Active").value_or(true);
    a.parent = parent_of(row);
    r_.out.network.activities.push_back(a);
    r_.out.network.ids.push_back(std::to_string(row.uid));
    r_.out.network.where.push_back(r_.file.where(task));
    r_.out.tasks.push_back(std::move(row));
    for (const auto* each : {"Baseline", "ExtendedAttribute", "TimephasedData"})
      if (const auto at = task.child(each)) r_.lose(std::string("Task/") + each, at);
  }

 private:
  void read_length(pugi::xml_node task, activity& a) {
    const auto format = number(r_, task, "DurationFormat").value_or(7);
    a.duration = minutes(r_, task, "Duration").value_or(0);
    a.elapsed = is_elapsed(format) && !truth(r_, task, "Summary").value_or(false);
    a.milestone = truth(r_, task, "Milestone").value_or(false);
    a.remaining = remaining_of(task, a.duration);
    a.levelling_delay = std::max(0, tenths(r_, task, "LevelingDelay").value_or(0));
    constexpr std::int64_t most = 1000;
    a.priority =
        static_cast<std::uint16_t>(std::clamp<std::int64_t>(number(r_, task, "Priority").value_or(500), 0, most));
  }

  // Files leave out what is nothing: without a remaining duration, what has been done says what is left.
  std::int32_t remaining_of(pugi::xml_node task, std::int32_t duration) {
    if (const auto rest = minutes(r_, task, "RemainingDuration")) return *rest;
    if (const auto done = minutes(r_, task, "ActualDuration")) return std::max(0, duration - *done);
    constexpr std::int64_t all = 100;
    const auto share = std::clamp<std::int64_t>(number(r_, task, "PercentComplete").value_or(0), 0, all);
    return share == 0 ? -1 : static_cast<std::int32_t>(duration - duration * share / all);
  }

  void read_progress(pugi::xml_node task, activity& a) {
    a.actual_start = moment(r_, task, "ActualStart").value_or(no_minute);
    a.actual_finish = moment(r_, task, "ActualFinish").value_or(no_minute);
    a.start = moment(r_, task, "Start").value_or(no_minute);
    a.finish = moment(r_, task, "Finish").value_or(no_minute);
    const bool external = truth(r_, task, "ExternalTask").value_or(false);
    const bool project = truth(r_, task, "IsSubproject").value_or(false);
    if (external || project) r_.lose(external ? "Task/ExternalTask" : "Task/IsSubproject", task);
    a.manual = external || project || truth(r_, task, "Manual").value_or(false);
    if (a.manual && a.start == no_minute) a.start = moment(r_, task, "ManualStart").value_or(no_minute);
    if (a.manual && a.finish == no_minute) a.finish = moment(r_, task, "ManualFinish").value_or(no_minute);
  }

  void read_wishes(pugi::xml_node task, activity& a) {
    const auto rule = number(r_, task, "ConstraintType").value_or(0);
    constexpr std::int64_t last = 7;
    if (rule < 0 || rule > last)
      r_.fault("mspdi.bad-value", task.child("ConstraintType"), {"ConstraintType", std::to_string(rule)});
    else
      a.rule = static_cast<constraint>(rule);
    a.constraint_date = moment(r_, task, "ConstraintDate").value_or(no_minute);
    a.deadline = moment(r_, task, "Deadline").value_or(no_minute);
  }

  // The last task above with a lower level.
  std::uint32_t parent_of(const project_task& row) {
    const auto self = static_cast<std::uint32_t>(r_.out.tasks.size());
    if (row.null) return no_activity;
    while (!line_.empty() && r_.out.tasks[line_.back()].level >= row.level) line_.pop_back();
    const auto parent = line_.empty() ? no_activity : line_.back();
    line_.push_back(self);
    return parent;
  }

  reading& r_;
  calendar_shelf& shelf_;
  std::vector<std::uint32_t> line_;  // open tasks of the outline
};

}  // namespace

void read_tasks(reading& r, pugi::xml_node tasks, calendar_shelf& shelf,
                std::map<std::int64_t, std::uint32_t>& by_uid) {
  task_reader reader(r, shelf);
  for (const auto each : tasks.children("Task")) {
    if (r.out.tasks.size() == r.most.max_tasks) {
      r.fault("mspdi.too-large", each, {"Task", std::to_string(r.most.max_tasks)});
      return;
    }
    reader.read(each);
    const auto uid = r.out.tasks.back().uid;
    if (!by_uid.emplace(uid, static_cast<std::uint32_t>(r.out.tasks.size() - 1)).second)
      r.fault("mspdi.duplicate-uid", each, {"Task", std::to_string(uid)});
  }
}

namespace {

std::optional<link_type> type_of(std::int64_t n) {
  constexpr link_type types[] = {link_type::ff, link_type::fs, link_type::sf, link_type::ss};
  return n >= 0 && n <= 3 ? std::optional{types[n]} : std::nullopt;
}

void read_link(reading& r, pugi::xml_node element, std::uint32_t to,
               const std::map<std::int64_t, std::uint32_t>& by_uid) {
  const auto uid = number(r, element, "PredecessorUID");
  const auto from = uid ? by_uid.find(*uid) : by_uid.end();
  const bool is_here = from != by_uid.end() && r.out.network.activities[from->second].manual;  // as an external task
  if (truth(r, element, "CrossProject").value_or(false) && !is_here) {
    r.lose("PredecessorLink/CrossProject", element);
    return;
  }
  if (from == by_uid.end()) {
    r.warn("mspdi.unknown-task", element, {uid ? std::to_string(*uid) : "", std::to_string(r.out.tasks[to].uid)});
    return;
  }
  precedence l;
  l.from = from->second;
  l.to = to;
  const auto type = number(r, element, "Type").value_or(1);
  if (const auto known = type_of(type))
    l.type = *known;
  else
    r.fault("mspdi.bad-value", element.child("Type"), {"Type", std::to_string(type)});
  const auto format = number(r, element, "LagFormat").value_or(7);
  const auto unit = unit_of(format);
  if (unit == percent_format || unit == elapsed_percent_format) {
    constexpr std::int64_t most = 1'000'000;
    l.unit = unit == percent_format ? lag_unit::percent : lag_unit::elapsed_percent;
    l.lag = static_cast<std::int32_t>(std::clamp<std::int64_t>(number(r, element, "LinkLag").value_or(0), -most, most));
  } else {
    l.unit = is_elapsed(format) ? lag_unit::elapsed : lag_unit::working;
    l.lag = tenths(r, element, "LinkLag").value_or(0);
  }
  r.out.network.links.push_back(l);
}

}  // namespace

void read_links(reading& r, pugi::xml_node tasks, const std::map<std::int64_t, std::uint32_t>& by_uid) {
  std::uint32_t to = 0;
  for (const auto task : tasks.children("Task")) {
    if (to == r.out.tasks.size()) return;
    for (const auto each : task.children("PredecessorLink")) {
      if (r.out.network.links.size() == r.most.max_links) {
        r.fault("mspdi.too-large", each, {"PredecessorLink", std::to_string(r.most.max_links)});
        return;
      }
      read_link(r, each, to, by_uid);
    }
    ++to;
  }
}

// ---- Resources and assignments ----

namespace {

class work_reader {
 public:
  work_reader(reading& r, calendar_shelf& shelf, const std::map<std::int64_t, std::uint32_t>& by_uid)
      : r_(r), shelf_(shelf), by_uid_(by_uid) {}

  void read(pugi::xml_node root) {
    own_calendar_.resize(r_.out.tasks.size());
    fixed_duration_.resize(r_.out.tasks.size());
    ignores_.resize(r_.out.tasks.size());
    std::size_t i = 0;
    for (const auto task : root.child("Tasks").children("Task")) {
      if (i == r_.out.tasks.size()) break;
      const auto uid = number(r_, task, "CalendarUID");
      own_calendar_[i] = uid && *uid >= 0 && shelf_.has(*uid);
      fixed_duration_[i] = number(r_, task, "Type").value_or(0) == fixed_duration_type;
      ignores_[i++] = truth(r_, task, "IgnoreResourceCalendar").value_or(false);
    }
    for (const auto each : root.child("Resources").children("Resource")) resource(each);
    for (const auto each : root.child("Assignments").children("Assignment")) {
      if (r_.out.assignments.size() == r_.most.max_links) {
        r_.fault("mspdi.too-large", each, {"Assignment", std::to_string(r_.most.max_links)});
        return;
      }
      assign(each);
    }
    std::uint32_t t = 0;
    for (const auto task : root.child("Tasks").children("Task")) {
      if (t == r_.out.tasks.size()) break;
      if (!r_.out.network.activities[t].by_work) split(t, interruption(task, t, r_.out.network.activities[t].calendar));
      ++t;
    }
    std::ranges::stable_sort(r_.out.splits, {}, &project_split::task);
  }

 private:
  void resource(pugi::xml_node element) {
    project_resource out;
    const auto uid = number(r_, element, "UID");
    if (!uid) return;
    out.uid = *uid;
    out.name = text_of(element, "Name");
    const auto type = number(r_, element, "Type").value_or(1);
    out.kind = type == 0 ? resource_kind::material : type == 2 ? resource_kind::cost : resource_kind::work;
    if (const auto calendar = number(r_, element, "CalendarUID"); calendar && *calendar >= 0 && shelf_.has(*calendar)) {
      out.calendar = shelf_.by_uid(*calendar);
      out.has_calendar = true;
    }
    if (!resources_.emplace(*uid, static_cast<std::uint32_t>(r_.out.resources.size())).second)
      r_.fault("mspdi.duplicate-uid", element, {"Resource", std::to_string(*uid)});
    for (const auto* each : {"Rates", "AvailabilityPeriods", "Baseline", "ExtendedAttribute"})
      if (const auto at = element.child(each)) r_.lose(std::string("Resource/") + each, at);
    r_.out.resources.push_back(std::move(out));
  }

  void assign(pugi::xml_node element) {
    project_assignment out;
    const auto task = by_uid_.find(number(r_, element, "TaskUID").value_or(-1));
    if (task == by_uid_.end()) {
      r_.warn("mspdi.unknown-task", element, {std::string(text_of(element, "TaskUID")), "Assignment"});
      return;
    }
    out.task = task->second;
    const auto resource = resources_.find(number(r_, element, "ResourceUID").value_or(-1));
    if (resource != resources_.end()) out.resource = resource->second;
    read_work_of(element, out);
    out.delay = std::max(0, tenths(r_, element, "Delay").value_or(0));
    out.percent = percent(r_, element, "Units").value_or(100);
    if (const auto at = element.child("Baseline")) r_.lose("Assignment/Baseline", at);
    auto& a = r_.out.network.activities[out.task];
    const auto calendar = calendar_of(out);
    auto pauses = pauses_of(element, out.task, calendar);
    if (pauses.empty()) pauses = interruption(element, out.task, calendar);
    std::int32_t pause = 0;
    for (const auto& each : pauses) pause += each.pause;
    split(out.task, std::move(pauses));
    const bool works = out.resource != no_resource && r_.out.resources[out.resource].kind == resource_kind::work;
    const bool counts = works && !fixed_duration_[out.task] && out.percent >= 1 && out.work != 0;
    const auto alone = std::int64_t{out.work} * 100 / std::max(1, out.percent);
    const bool is_shorter = alone < a.duration && !a.elapsed;
    if (counts && is_shorter && !r_.out.tasks[out.task].fixed_work)
      out.delay += std::max(0, tenths(r_, element, "LevelingDelay").value_or(0));
    r_.out.assignments.push_back(out);
    if (!counts) return;
    a.by_work = true;
    assignment w{out.task, out.work, out.remaining, out.delay, out.percent, calendar, pause};
    if (number(r_, element, "WorkContour").value_or(0) != 0)
      flatten(element, pause, w);
    else if (is_shorter && r_.out.tasks[out.task].fixed_work)
      stretch(a, w);
    r_.out.network.assignments.push_back(w);
  }

  // What is done in overtime takes none of the calendar's hours.
  void read_work_of(pugi::xml_node element, project_assignment& out) {
    const auto overtime = minutes(r_, element, "OvertimeWork").value_or(0);
    if (overtime > 0) r_.lose("Assignment/OvertimeWork", element.child("OvertimeWork"));
    const auto work = minutes(r_, element, "Work").value_or(0);
    const auto rest = minutes(r_, element, "RemainingWork");
    out.work = std::max(0, work - overtime);
    out.remaining = rest ? std::max(0, *rest - minutes(r_, element, "RemainingOvertimeWork").value_or(0))
                         : std::max(0, out.work - minutes(r_, element, "ActualWork").value_or(0));
  }

  std::uint16_t calendar_of(const project_assignment& a) {
    const auto task = r_.out.network.activities[a.task].calendar;
    if (a.resource == no_resource) return task;
    const auto& by = r_.out.resources[a.resource];
    if (own_calendar_[a.task]) return ignores_[a.task] || !by.has_calendar ? task : shelf_.both(task, by.calendar);
    return by.has_calendar ? by.calendar : r_.out.calendar;
  }

  // Of several assignments of a task, the one that pauses longest counts.
  void split(std::uint32_t task, std::vector<project_split> pauses) {
    std::int32_t sum = 0;
    for (const auto& each : pauses) sum += each.pause;
    auto& a = r_.out.network.activities[task];
    if (sum <= a.pause) return;
    if (a.pause > 0) std::erase_if(r_.out.splits, [&](const auto& each) { return each.task == task; });
    a.pause = sum;
    r_.out.splits.insert(r_.out.splits.end(), pauses.begin(), pauses.end());
  }

  // Work begun and put off: between where it stopped and where it goes on.
  std::vector<project_split> interruption(pugi::xml_node element, std::uint32_t task, std::uint16_t calendar) {
    const auto& a = r_.out.network.activities[task];
    if (a.actual_start == no_minute || a.actual_finish != no_minute || a.elapsed) return {};
    const auto stop = moment(r_, element, "Stop"), resume = moment(r_, element, "Resume");
    if (!stop || !resume || *resume <= *stop || *stop < a.actual_start) return {};
    const auto& days = r_.out.network.calendars[calendar];
    const auto pause = days.work(civil_minute{*stop}, civil_minute{*resume});
    if (pause == 0) return {};
    return {{task, shorter(days.work(civil_minute{a.actual_start}, civil_minute{*stop})), shorter(pause)}};
  }

  static std::int32_t shorter(std::int64_t n) {
    constexpr std::int64_t most = 100'000'000;
    return static_cast<std::int32_t>(std::min(n, most));
  }

  // Where nobody works between pieces with work. Files give what is left before what is done, or only one of them.
  std::vector<project_split> pauses_of(pugi::xml_node element, std::uint32_t task, std::uint16_t calendar) {
    constexpr std::int64_t remaining_work = 1, actual_work = 2;
    std::vector<std::pair<short_minute, short_minute>> worked;
    for (const auto piece : element.children("TimephasedData")) {
      const auto type = number(r_, piece, "Type").value_or(0);
      if (type != remaining_work && type != actual_work) continue;
      const auto from = moment(r_, piece, "Start"), to = moment(r_, piece, "Finish");
      const bool some = text_of(piece, "Value").find_first_of("123456789") != std::string_view::npos;  // of any unit
      if (from && to && *from < *to && some) worked.emplace_back(*from, *to);
    }
    std::ranges::sort(worked);
    std::vector<project_split> out;
    std::int64_t done = 0;
    short_minute last = no_minute;
    const auto work = [&](short_minute from, short_minute to) {
      return r_.out.network.calendars[calendar].work(civil_minute{from}, civil_minute{to});
    };
    for (const auto& [from, to] : worked) {
      if (const auto pause = last < from && last != no_minute ? work(last, from) : 0; pause > 0)
        out.push_back({task, shorter(done), shorter(pause)});
      if (to <= last) continue;
      done += work(std::max(from, last), to);
      last = to;
    }
    return out;
  }

  // Work that is fixed is spread over all of the task's duration.
  static void stretch(const activity& a, assignment& w) {
    const bool begun = a.actual_start != no_minute && a.remaining >= 0;
    w.remaining = begun ? std::min(a.remaining, a.duration) : w.remaining == w.work ? a.duration : w.remaining;
    w.work = a.duration;
    w.percent = 100;
  }

  // Work that is not spread evenly lasts as long as the file says.
  void flatten(pugi::xml_node element, std::int32_t pause, assignment& w) {
    const auto from = moment(r_, element, "Start"), to = moment(r_, element, "Finish");
    if (!from || !to) return;
    const auto length = r_.out.network.calendars[w.calendar].work(civil_minute{*from}, civil_minute{*to}) - pause;
    if (length <= 0) return;
    const auto whole = static_cast<std::int32_t>(std::min<std::int64_t>(length, INT32_MAX));
    if (w.remaining == w.work) w.remaining = whole;
    w.work = whole;
    w.percent = 100;
  }

  reading& r_;
  calendar_shelf& shelf_;
  const std::map<std::int64_t, std::uint32_t>& by_uid_;
  std::map<std::int64_t, std::uint32_t> resources_;
  std::vector<char> own_calendar_, fixed_duration_, ignores_;
};

}  // namespace

void read_work(reading& r, pugi::xml_node root, calendar_shelf& shelf,
               const std::map<std::int64_t, std::uint32_t>& by_uid) {
  work_reader(r, shelf, by_uid).read(root);
}

namespace {

void read_project(reading& r, pugi::xml_node root) {
  r.out.title = text_of(root, "Title");
  if (r.out.title.empty()) r.out.title = text_of(root, "Name");
  calendar_shelf shelf(r, root.child("Calendars"));
  r.out.calendar = shelf.by_uid(number(r, root, "CalendarUID").value_or(-1));
  const auto start = moment(r, root, "StartDate"), finish = moment(r, root, "FinishDate");
  const bool from_start = truth(r, root, "ScheduleFromStart").value_or(true);
  constexpr std::int64_t office_day = 480, most_days = 10'000;
  const auto day = std::clamp<std::int64_t>(number(r, root, "MinutesPerDay").value_or(office_day), 1, 1440);
  const auto limit = std::clamp<std::int64_t>(number(r, root, "CriticalSlackLimit").value_or(0), 0, most_days);
  r.out.options.critical_slack_min = static_cast<std::int32_t>(limit * day);
  if (!from_start && finish) r.out.options.finish = *finish;
  std::map<std::int64_t, std::uint32_t> by_uid;
  read_tasks(r, root.child("Tasks"), shelf, by_uid);
  read_links(r, root.child("Tasks"), by_uid);
  read_work(r, root, shelf, by_uid);
  auto earliest = finish.value_or(shortened(civil_minute{make_date(2000, 1, 3)}));
  for (const auto& a : r.out.network.activities)
    if (a.start != no_minute) earliest = std::min(earliest, a.start);
  r.out.options.start = start.value_or(earliest);
  if (!start) r.warn("mspdi.no-start", root, {iso(civil_minute{r.out.options.start})});
}

}  // namespace
}  // namespace mspdi

bool is_mspdi(std::string_view text) {
  xml::tokenizer tokens(text);
  for (;;) {
    const auto& t = tokens.next();
    if (t.kind == xml::kind::start)
      return t.local == "Project" && (t.space == mspdi::mspdi_namespace || t.space.empty());
    if (t.kind == xml::kind::done || t.kind == xml::kind::failed) return false;
  }
}

checked<project_file> read_mspdi(std::string_view text, std::string source, const mspdi_options& options) {
  diagnostics notes;
  if (text.size() > options.max_bytes) {
    notes.push_back(
        {severity::error, {"mspdi.too-large", {"bytes", std::to_string(options.max_bytes)}}, {source, 0, 0, {}}, {}});
    return {{}, std::move(notes)};
  }
  const auto file = xml::document::read(text, source, notes);
  if (!file) return {{}, std::move(notes)};
  const auto root = file->root();
  const std::string_view name = root.name();
  const auto local = name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
  if (!is_mspdi(text)) {
    notes.push_back({severity::error, {"mspdi.not-a-project", {std::string(local)}}, file->where(root), {}});
    return {{}, std::move(notes)};
  }
  project_file out;
  mspdi::reading r{*file, options, out, notes, {}, 0};
  mspdi::read_project(r, root);
  if (has_errors(notes)) return {{}, std::move(notes)};
  return {std::move(out), std::move(notes)};
}

}  // namespace vanthu
