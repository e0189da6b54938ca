// MSPDI out, and the printed form of a project's schedule.
#include <fmt/format.h>

#include <algorithm>

#include "interchange/project_text.hpp"
#include "vanthu/project.hpp"
#include "xml/tokens.hpp"

namespace vanthu {

void put_element(std::string& out, int level, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  out.append(static_cast<std::size_t>(level) * 2, ' ').append("<").append(name).append(">");
  xml::append_escaped(out, text);
  out.append("</").append(name).append(">\n");
}

std::vector<minute_interval> hours_of_day(const working_calendar& days, date d) {
  std::vector<minute_interval> out;
  if (!days.is_working(d)) return out;
  const civil_minute begin{d}, end{d + std::chrono::days{1}};
  const auto all = days.work(begin, end);
  auto at = begin;
  for (std::int64_t done = 0; done < all;) {
    const auto from = days.next_start(at);
    std::int64_t low = 1, high = all - done;  // the longest run without a gap
    while (low < high) {
      const auto middle = (low + high + 1) / 2;
      if (days.work(from, from + std::chrono::minutes{middle}) == middle)
        low = middle;
      else
        high = middle - 1;
    }
    at = from + std::chrono::minutes{low};
    done += low;
    out.push_back({static_cast<int>((from - begin).count()), static_cast<int>((at - begin).count())});
  }
  return out;
}

std::string clock_text(int minutes) {
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

namespace {

std::string stamp(short_minute t) {
  return t == no_minute ? std::string{} : iso(civil_minute{t}) + ":00";
}

std::string duration(std::int64_t minutes) {
  return fmt::format("PT{}H{}M0S", minutes / 60, minutes % 60);
}

std::string number(std::int64_t n) {
  return std::to_string(n);
}

class writer {
 public:
  writer(const project_file& p, const network_schedule& s) : p_(p), s_(s) {
    by_task_.resize(p.tasks.size());
    for (std::uint32_t l = 0; l < p.network.links.size(); ++l) by_task_[p.network.links[l].to].push_back(l);
  }

  std::string run() {
    out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Project xmlns=\"http://schemas.microsoft.com/project\">\n";
    put_element(out_, 1, "SaveVersion", "14");
    put_element(out_, 1, "Title", p_.title);
    put_element(out_, 1, "ScheduleFromStart", p_.options.finish ? "0" : "1");
    put_element(out_, 1, "StartDate", stamp(p_.options.finish ? s_.start : p_.options.start));
    put_element(out_, 1, "FinishDate", stamp(s_.finish));
    put_element(out_, 1, "CalendarUID", number(p_.calendar + 1));
    put_element(out_, 1, "MinutesPerDay", number(p_.network.calendars.at(p_.calendar).minutes_of_day()));
    open(1, "Calendars");
    for (std::uint16_t c = 0; c < p_.network.calendars.size(); ++c) put_calendar(c);
    close(1, "Calendars");
    open(1, "Tasks");
    for (std::uint32_t t = 0; t < p_.tasks.size(); ++t) put_task(t);
    close(1, "Tasks");
    put_resources();
    put_assignments();
    out_ += "</Project>\n";
    return std::move(out_);
  }

 private:
  void open(int level, std::string_view name) { out_ += fmt::format("{:{}}<{}>\n", "", level * 2, name); }
  void close(int level, std::string_view name) { out_ += fmt::format("{:{}}</{}>\n", "", level * 2, name); }
  void put(int level, std::string_view name, std::string_view text) { put_element(out_, level, name, text); }

  // ---- Calendars ----

  void put_hours(int level, const std::vector<minute_interval>& hours) {
    put(level, "DayWorking", hours.empty() ? "0" : "1");
    if (hours.empty()) return;
    open(level, "WorkingTimes");
    for (const auto& each : hours) {
      open(level + 1, "WorkingTime");
      put(level + 2, "FromTime", clock_text(each.from) + ":00");
      put(level + 2, "ToTime", clock_text(each.to % (24 * 60)) + ":00");
      close(level + 1, "WorkingTime");
    }
    close(level, "WorkingTimes");
  }

  void put_calendar(std::uint16_t c) {
    const auto& days = p_.network.calendars[c];
    const auto& week = days.definition().week;
    open(2, "Calendar");
    put(3, "UID", number(c + 1));
    put(3, "Name", p_.calendar_names[c]);
    put(3, "IsBaseCalendar", "1");
    put(3, "BaseCalendarUID", "-1");
    open(3, "WeekDays");
    for (std::size_t d = 0; d < week.size(); ++d) {
      const auto monday_first = (d + 6) % 7;  // Sunday comes first in the file
      open(4, "WeekDay");
      put(5, "DayType", number(static_cast<std::int64_t>(d) + 1));
      put_hours(5, week[monday_first]);
      close(4, "WeekDay");
    }
    close(3, "WeekDays");
    put_exceptions(days);
    close(2, "Calendar");
  }

  void put_exceptions(const working_calendar& days) {
    using std::chrono::floor;
    constexpr std::chrono::days before{31}, after{731};
    const auto first = std::max(floor<std::chrono::days>(civil_minute{s_.start}) - before, make_date(1900, 1, 1));
    const auto last = std::min(floor<std::chrono::days>(civil_minute{s_.finish}) + after, make_date(2199, 12, 31));
    std::string inside;
    std::swap(inside, out_);
    for (auto d = first; d <= last;) {
      const auto hours = hours_of_day(days, d);
      if (hours == days.definition().week[std::chrono::weekday{d}.iso_encoding() - 1]) {
        d += std::chrono::days{1};
        continue;
      }
      const auto why = days.status(d).why;
      auto end = d;
      const auto goes_on = [&](date next) {
        return next <= last && hours_of_day(days, next) == hours && days.status(next).why.args == why.args;
      };
      while (goes_on(end + std::chrono::days{1})) end += std::chrono::days{1};
      put_exception({d, end}, hours, why.args.empty() ? "" : why.args.front());
      d = end + std::chrono::days{1};
    }
    std::swap(inside, out_);
    if (inside.empty()) return;
    open(3, "Exceptions");
    out_ += inside;
    close(3, "Exceptions");
  }

  void put_exception(date_range when, const std::vector<minute_interval>& hours, std::string_view name) {
    open(4, "Exception");
    put(5, "EnteredByOccurrences", "0");
    open(5, "TimePeriod");
    put(6, "FromDate", iso(when.first) + "T00:00:00");
    put(6, "ToDate", iso(when.last) + "T23:59:00");
    close(5, "TimePeriod");
    put(5, "Occurrences", number((when.last - when.first).count() + 1));
    put(5, "Name", name);
    put(5, "Type", "1");
    put_hours(5, hours);
    close(4, "Exception");
  }

  // ---- Tasks ----

  bool is_summary(std::uint32_t t) const {
    return t + std::size_t{1} < p_.tasks.size() && p_.network.activities[t + 1].parent == t;
  }

  void put_task(std::uint32_t t) {
    const auto& a = p_.network.activities[t];
    const auto& row = p_.tasks[t];
    open(2, "Task");
    put(3, "UID", number(row.uid));
    put(3, "ID", number(t + 1));
    put(3, "Name", row.name);
    put(3, "Type", !a.by_work ? "1" : row.fixed_work ? "2" : "0");
    put(3, "IsNull", row.null ? "1" : "0");
    if (!row.null) put_dates(t, a);
    close(2, "Task");
  }

  void put_dates(std::uint32_t t, const activity& a) {
    const auto& d = s_.items[t];
    const auto when = planned(p_.network, s_, t);
    const auto length =
        is_summary(t) && d.early_start != no_minute
            ? p_.network.calendars[p_.calendar].work(civil_minute{when.start}, civil_minute{when.finish})
            : a.duration;
    put(3, "OutlineLevel", number(p_.tasks[t].level));
    put(3, "Priority", number(a.priority));
    put(3, "Start", stamp(a.inactive ? a.start : when.start));
    put(3, "Finish", stamp(a.inactive ? a.finish : when.finish));
    put(3, "Duration", duration(length));
    put(3, "DurationFormat", a.elapsed ? "8" : "7");
    put(3, "Milestone", a.milestone ? "1" : "0");
    put(3, "Summary", is_summary(t) ? "1" : "0");
    put(3, "Critical", d.critical ? "1" : "0");
    put(3, "EarlyStart", stamp(d.early_start));
    put(3, "EarlyFinish", stamp(d.early_finish));
    put(3, "LateStart", stamp(d.late_start));
    put(3, "LateFinish", stamp(d.late_finish));
    put(3, "FreeSlack", number(std::int64_t{d.free_slack_min} * 10));
    put(3, "TotalSlack", number(std::int64_t{d.total_slack_min} * 10));
    put_progress(a);
    put(3, "ConstraintType", number(static_cast<int>(a.rule)));
    put(3, "CalendarUID", number(a.calendar == p_.calendar || a.calendar == round_the_clock ? -1 : a.calendar + 1));
    put(3, "ConstraintDate", stamp(a.constraint_date));
    put(3, "Deadline", stamp(a.deadline));
    if (a.levelling_delay != 0) {
      put(3, "LevelingDelay", number(std::int64_t{a.levelling_delay} * 10));
      put(3, "LevelingDelayFormat", "8");
    }
    put(3, "Notes", p_.tasks[t].notes);
    for (const auto each : by_task_[t]) put_link(p_.network.links[each]);
    put(3, "Active", a.inactive ? "0" : "1");
    put(3, "Manual", a.manual ? "1" : "0");
  }

  void put_progress(const activity& a) {
    const auto rest = a.actual_finish != no_minute ? 0 : a.remaining >= 0 ? a.remaining : a.duration;
    if (a.actual_start != no_minute && a.duration > 0)
      put(3, "PercentComplete", number(std::int64_t{a.duration - std::min(rest, a.duration)} * 100 / a.duration));
    else if (a.actual_finish != no_minute)
      put(3, "PercentComplete", "100");
    put(3, "ActualStart", stamp(a.actual_start));
    put(3, "ActualFinish", stamp(a.actual_finish));
    put(3, "RemainingDuration", duration(rest));
  }

  void put_link(const precedence& l) {
    constexpr int types[] = {1, 3, 0, 2};  // of FS, SS, FF, SF
    constexpr int formats[] = {7, 8, 19, 20};
    const bool is_share = l.unit == lag_unit::percent || l.unit == lag_unit::elapsed_percent;
    open(3, "PredecessorLink");
    put(4, "PredecessorUID", number(p_.tasks[l.from].uid));
    put(4, "Type", number(types[static_cast<std::size_t>(l.type)]));
    put(4, "CrossProject", "0");
    put(4, "LinkLag", number(is_share ? l.lag : std::int64_t{l.lag} * 10));
    put(4, "LagFormat", number(formats[static_cast<std::size_t>(l.unit)]));
    close(3, "PredecessorLink");
  }

  // ---- Resources and assignments ----

  void put_resources() {
    open(1, "Resources");
    for (const auto& each : p_.resources) {
      open(2, "Resource");
      put(3, "UID", number(each.uid));
      put(3, "Name", each.name);
      put(3, "Type", number(static_cast<int>(each.kind)));
      if (each.has_calendar) put(3, "CalendarUID", number(each.calendar + 1));
      close(2, "Resource");
    }
    close(1, "Resources");
  }

  void put_assignments() {
    open(1, "Assignments");
    std::int64_t uid = 0;
    std::vector<char> told(p_.tasks.size());
    for (const auto& each : p_.assignments) put_assignment(each, ++uid, told);
    for (std::uint32_t t = 0; t < p_.tasks.size(); ++t)
      if (p_.network.activities[t].pause > 0 && !told[t]) put_assignment({t, no_resource, 0, 0, 0, 100}, ++uid, told);
    close(1, "Assignments");
  }

  void put_assignment(const project_assignment& a, std::int64_t uid, std::vector<char>& told) {
    open(2, "Assignment");
    put(3, "UID", number(uid));
    put(3, "TaskUID", number(p_.tasks[a.task].uid));
    put(3, "ResourceUID", number(a.resource == no_resource ? -65535 : p_.resources[a.resource].uid));
    put(3, "Delay", number(std::int64_t{a.delay} * 10));
    put(3, "RemainingWork", duration(a.remaining));
    put(3, "Units", fmt::format("{}.{:02}", a.percent / 100, a.percent % 100));
    put(3, "Work", duration(a.work));
    const auto* lasts = next_lasting(a);
    if (lasts) put_contour(*lasts, a);
    if (lasts && lasts->pause >= 0)
      put_pauses(a, lasts->pause, uid);
    else if (!told[a.task])
      put_pauses(a, p_.network.activities[a.task].pause, uid);
    told[a.task] = 1;
    close(2, "Assignment");
  }

  // Where the pauses are; one in the middle when nobody knows, which gives the same dates.
  std::vector<project_split> splits_of(std::uint32_t t, std::int32_t pause) const {
    const auto& a = p_.network.activities[t];
    const auto [first, last] = std::ranges::equal_range(p_.splits, t, {}, &project_split::task);
    std::vector<project_split> out(first, last);
    std::int64_t sum = 0;
    for (const auto& each : out) sum += each.pause;
    if (sum != pause) out.assign(1, {t, std::max(1, a.duration / 2), pause});
    return out;
  }

  // What makes the task of this assignment last, if the assignment does.
  const assignment* next_lasting(const project_assignment& a) {
    const auto& all = p_.network.assignments;
    const bool lasts = p_.network.activities[a.task].by_work && a.resource != no_resource && a.work != 0 &&
                       a.percent >= 1 && p_.resources[a.resource].kind == resource_kind::work;
    if (!lasts || lasting_ == all.size() || all[lasting_].activity != a.task) return nullptr;
    return &all[lasting_++];
  }

  // Work that lasts other than its hours say is written as contoured, from its start to its finish.
  void put_contour(const assignment& w, const project_assignment& a) {
    const auto& it = p_.network.activities[a.task];
    const bool stretched = p_.tasks[a.task].fixed_work && w.work == it.duration && w.percent == 100;
    const bool even = w.work == a.work && w.percent == a.percent;
    if (stretched || even || s_.items[a.task].early_start == no_minute || w.calendar == round_the_clock) return;
    const auto& days = p_.network.calendars[w.calendar];
    const auto start = days.add(days.next_start(civil_minute{s_.items[a.task].early_start}), w.delay);
    const auto length = std::int64_t{w.work} * 100 / w.percent + (w.pause >= 0 ? w.pause : it.pause);
    put(3, "Start", iso(start) + ":00");
    put(3, "Finish", iso(days.add(start, length)) + ":00");
    put(3, "WorkContour", "8");
  }

  void put_pauses(const project_assignment& of, std::int32_t pause, std::int64_t uid) {
    const auto& a = p_.network.activities[of.task];
    if (pause == 0 || s_.items[of.task].early_start == no_minute || a.calendar == round_the_clock) return;
    const bool by_resource = of.resource != no_resource && p_.resources[of.resource].has_calendar;
    const auto& days =
        p_.network
            .calendars[by_resource && a.calendar == p_.calendar ? p_.resources[of.resource].calendar : a.calendar];
    auto at = days.next_start(civil_minute{s_.items[of.task].early_start});
    std::int32_t done = 0;
    for (const auto& each : splits_of(of.task, pause)) {
      const auto stop = days.add(at, std::max(1, each.after - done)), resume = days.add(stop, each.pause);
      put_piece(uid, at, stop, std::max(1, each.after - done));
      put_piece(uid, stop, resume, 0);
      at = resume;
      done = each.after;
    }
    const auto rest = std::max(1, a.duration - done);
    put_piece(uid, at, days.add(at, rest), rest);
  }

  void put_piece(std::int64_t uid, civil_minute from, civil_minute to, int work) {
    open(3, "TimephasedData");
    put(4, "Type", "1");
    put(4, "UID", number(uid));
    put(4, "Start", iso(from) + ":00");
    put(4, "Finish", iso(to) + ":00");
    put(4, "Unit", "2");
    put(4, "Value", duration(work));
    close(3, "TimephasedData");
  }

  const project_file& p_;
  const network_schedule& s_;
  std::vector<std::vector<std::uint32_t>> by_task_;
  std::size_t lasting_ = 0;  // of network.assignments: that of the next assignment that makes a task last
  std::string out_;
};

value moment_or_null(short_minute t) {
  return t == no_minute ? value() : value(iso(civil_minute{t}));
}

}  // namespace

std::string to_mspdi(const project_file& p, const network_schedule& s) {
  return writer(p, s).run();
}

value schedule_value(const project_file& p, const network_schedule& s, language lang) {
  const network_explainer why(p.network, p.options, s);
  auto rows = value::list();
  for (std::uint32_t i = 0; i < s.items.size(); ++i) {
    if (p.tasks[i].null) continue;
    const auto& d = s.items[i];
    const auto& a = p.network.activities[i];
    auto row = value::object();
    row.set("id", std::to_string(p.tasks[i].uid));
    row.set("early_start", moment_or_null(d.early_start));
    row.set("early_finish", moment_or_null(d.early_finish));
    row.set("late_start", moment_or_null(d.late_start));
    row.set("late_finish", moment_or_null(d.late_finish));
    row.set("total_slack_min", d.early_start == no_minute ? value() : value(d.total_slack_min));
    row.set("free_slack_min", d.early_start == no_minute ? value() : value(d.free_slack_min));
    row.set("critical", d.critical);
    row.set("due",
            a.deadline == no_minute
                ? value()
                : value(std::chrono::floor<std::chrono::days>(civil_minute{a.deadline} - std::chrono::minutes{1})));
    row.set("forecast", moment_or_null(planned(p.network, s, i).finish));
    auto because = value::list();
    for (const auto& each : why.explain(i)) because.push_back(text(each, lang));
    row.set("because", std::move(because));
    rows.push_back(std::move(row));
  }
  return value::object(
      {{"start", moment_or_null(s.start)}, {"finish", moment_or_null(s.finish)}, {"items", std::move(rows)}});
}

}  // namespace vanthu
