// Plans as projects, and projects as plans.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "interchange/project_text.hpp"
#include "vanthu/project.hpp"
#include "xml/tokens.hpp"

namespace vanthu {
namespace {

using std::chrono::days;
using std::chrono::floor;

constexpr std::int64_t hour = 60, clock_day = 24 * hour;

class losses {
 public:
  void tell(const std::string& what, location where) {
    if (told_.insert(what).second) notes.push_back({severity::note, {"mspdi.lost", {what}}, std::move(where), {}});
  }
  diagnostics notes;

 private:
  std::set<std::string> told_;
};

std::int32_t narrow(std::int64_t n) {
  constexpr std::int64_t most = 200'000'000;
  return static_cast<std::int32_t>(std::clamp(n, -most, most));
}

class project_maker {
 public:
  project_maker(const plan& p, const agenda& a, const schedule& s, const calendars& c) : p_(p), a_(a), s_(s), c_(c) {}

  checked<project_file> run() {
    out_.title = p_.title.empty() ? p_.id.text : p_.title;
    put_calendars();
    out_.options.start = shortened(s_.start);
    of_task_.resize(p_.tasks.size());
    for (std::uint32_t i = 0; i < a_.items.size(); ++i) of_task_[a_.items[i].task].push_back(i);
    std::vector<std::size_t> below(p_.tasks.size());
    for (auto t = p_.tasks.size(); t-- > 0;) {
      below[t] += of_task_[t].size();
      if (p_.tasks[t].parent != no_task) below[p_.tasks[t].parent] += below[t];
    }
    activity_of_.assign(a_.items.size(), no_activity);
    std::vector<std::uint32_t> summary(p_.tasks.size(), no_activity);
    for (std::uint32_t t = 0; t < p_.tasks.size(); ++t) {
      if (below[t] == 0) continue;
      const auto parent = p_.tasks[t].parent;
      const auto above = parent == no_task ? no_activity : summary[parent];
      summary[t] = p_.tasks[t].leaf && of_task_[t].size() == 1 ? above : add_summary(t, above);
      for (const auto item : of_task_[t]) add_item(item, summary[t]);
    }
    for (const auto& l : a_.links) add_link(l);
    return {std::move(out_), std::move(lost_.notes)};
  }

 private:
  void put_calendars() {
    const auto name_of = [](const working_calendar& calendar) {
      return calendar.definition().name.empty() ? std::string("Standard") : calendar.definition().name;
    };
    out_.network.calendars.push_back(c_.general);
    out_.calendar_names.push_back(name_of(c_.general));
    for (const auto& [agency, own] : c_.own) {
      calendar_of_[agency] = static_cast<std::uint16_t>(out_.network.calendars.size());
      out_.network.calendars.push_back(own);
      out_.calendar_names.push_back(name_of(own));
    }
  }

  std::uint32_t add(project_task row, activity a, const std::string& id, location where) {
    const auto index = static_cast<std::uint32_t>(out_.tasks.size());
    row.uid = std::int64_t{index} + 1;
    row.level = a.parent == no_activity ? 1 : out_.tasks[a.parent].level + 1;
    out_.tasks.push_back(std::move(row));
    out_.network.activities.push_back(a);
    out_.network.ids.push_back(id);
    out_.network.where.push_back(std::move(where));
    return index;
  }

  std::uint32_t add_summary(std::uint32_t t, std::uint32_t above) {
    activity a;
    a.parent = above;
    return add({0, p_.tasks[t].title, p_.tasks[t].id.text, 0, false}, a, p_.tasks[t].id.text, p_.tasks[t].where);
  }

  void add_item(std::uint32_t item, std::uint32_t above) {
    const auto& w = a_.items[item];
    const auto& d = s_.items[item];
    const auto& where = p_.tasks[w.task].where;
    const auto& own = c_.of(w.lead);
    activity a;
    a.parent = above;
    if (const auto at = calendar_of_.find(w.lead); at != calendar_of_.end()) a.calendar = at->second;
    set_length(w, d, own, a);
    a.milestone = a.duration == 0;
    a.inactive = w.lapsed;
    if (d.start_cause != cause::link) {
      a.rule = constraint::start_no_earlier_than;
      a.constraint_date = shortened(d.early_start);
    }
    if (d.due) a.deadline = shortened(own.prev_end(civil_minute{*d.due + days{1}}));
    if (d.start_cause == cause::actual) a.actual_start = shortened(d.early_start);
    if (d.finish_cause == cause::actual) a.actual_finish = shortened(d.early_finish);
    if (w.conditional) lost_.tell("<only-if>", where);
    activity_of_[item] = add({0, title_of(p_, w), w.id.text, 0, false}, a, w.id.text, where);
    assign(w.lead, activity_of_[item], a.duration);
  }

  void set_length(const work_item& w, const item_dates& d, const working_calendar& own, activity& a) {
    const auto by_dates = [&] { return narrow(std::max<std::int64_t>(0, own.work(d.early_start, d.early_finish))); };
    if (!w.duration) {
      a.duration = by_dates();
      return;
    }
    const auto n = std::int64_t{w.duration->count};
    switch (w.duration->unit) {
      case time_unit::working_day:
        a.duration = narrow(n * own.minutes_of_day());
        break;
      case time_unit::hour:
        a.duration = narrow(n * hour);
        break;
      case time_unit::minute:
        a.duration = narrow(n);
        break;
      case time_unit::elapsed_day:
        a.duration = narrow(n * clock_day);
        a.elapsed = true;
        break;
      case time_unit::elapsed_hour:
        a.duration = narrow(n * hour);
        a.elapsed = true;
        break;
      default:
        a.duration = by_dates();
        lost_.tell("duration " + to_string(*w.duration), p_.tasks[w.task].where);
    }
  }

  void assign(const agency_id& lead, std::uint32_t task, std::int32_t work) {
    if (lead.empty()) return;
    const auto [at, is_new] = resource_of_.try_emplace(lead.text, static_cast<std::uint32_t>(out_.resources.size()));
    if (is_new) {
      const auto* known = a_.agencies.find(lead);
      project_resource r;
      r.uid = std::int64_t{at->second} + 1;
      r.name = known && !known->name.empty() ? known->name : lead.text;
      if (const auto own = calendar_of_.find(lead); own != calendar_of_.end()) {
        r.calendar = own->second;
        r.has_calendar = true;
      }
      out_.resources.push_back(std::move(r));
    }
    out_.assignments.push_back({task, at->second, work, work, 0, 100});
  }

  void add_link(const item_link& l) {
    const auto& where = p_.tasks[a_.items[l.to].task].where;
    if (l.evidence_only) {
      lost_.tell("upto=\"cut-off\"", where);
      return;
    }
    if (l.join == join_kind::any) lost_.tell("join=\"any\"", where);
    if (l.done_when_submitted) lost_.tell("done=\"submitted\"", where);
    precedence out{activity_of_[l.from], activity_of_[l.to], 0, l.type, lag_unit::working};
    const auto n = std::int64_t{l.lag.count};
    switch (l.lag.unit) {
      case time_unit::working_day:
        out.lag = narrow(n * c_.of(a_.items[l.to].lead).minutes_of_day());
        break;
      case time_unit::hour:
        out.lag = narrow(n * hour);
        break;
      case time_unit::minute:
        out.lag = narrow(n);
        break;
      case time_unit::percent:
        out.lag = narrow(n);
        out.unit = lag_unit::percent;
        break;
      case time_unit::elapsed_hour:
        out.lag = narrow(n * hour);
        out.unit = lag_unit::elapsed;
        break;
      default: {
        constexpr std::int64_t week = 7, month = 30, year = 365;
        const auto each = l.lag.unit == time_unit::week    ? week
                          : l.lag.unit == time_unit::month ? month
                          : l.lag.unit == time_unit::year  ? year
                                                           : 1;
        out.lag = narrow(n * each * clock_day);
        out.unit = lag_unit::elapsed;
        if (l.lag.unit != time_unit::elapsed_day && n != 0) lost_.tell("lag " + to_string(l.lag), where);
      }
    }
    out_.network.links.push_back(out);
  }

  const plan& p_;
  const agenda& a_;
  const schedule& s_;
  const calendars& c_;
  project_file out_;
  losses lost_;
  std::vector<std::vector<std::uint32_t>> of_task_;
  std::vector<std::uint32_t> activity_of_;
  std::map<agency_id, std::uint16_t> calendar_of_;
  std::map<std::string, std::uint32_t> resource_of_;
};

// ---- A project as a plan ----

class plan_writer {
 public:
  plan_writer(const project_file& p, const network_schedule& s, std::string_view id) : p_(p), s_(s), id_(id) {
    into_.resize(p.tasks.size());
    for (const auto& l : p.network.links) into_[l.to].push_back(&l);
    lead_.assign(p.tasks.size(), no_resource);
    for (const auto& a : p.assignments)
      if (lead_[a.task] == no_resource) lead_[a.task] = a.resource;
  }

  plan_text run() {
    const auto from = floor<days>(civil_minute{s_.start});
    const auto until = make_date(year_of(floor<days>(civil_minute{s_.finish})), 12, 31);
    out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    out_ += fmt::format(
        "<plan xmlns=\"urn:vanthu:plan:1\" id=\"{}\" issued=\"{}\" issuer=\"du-an\" from=\"{}\" until=\"{}\" "
        "basis=\"assumption\">\n",
        id_, iso(from), iso(from), iso(until));
    put_element(out_, 1, "title", p_.title);
    put_calendar();
    out_ += "  <agencies>\n";
    put_agency("du-an", p_.title.empty() ? id_ : p_.title);
    for (const auto& r : p_.resources)
      if (r.kind == resource_kind::work) put_agency(agency_of(r), r.name);
    out_ += "  </agencies>\n";
    put_tasks();
    out_ += "</plan>\n";
    if (p_.network.calendars.size() > 1) lost_.tell("Calendar " + p_.calendar_names.back(), {});
    return {std::move(out_), std::move(lost_.notes)};
  }

 private:
  static std::string agency_of(const project_resource& r) { return fmt::format("nguon-luc-{}", r.uid); }
  std::string task_of(std::uint32_t t) const { return fmt::format("t{}", p_.tasks[t].uid); }
  location where(std::uint32_t t) const { return t < p_.network.where.size() ? p_.network.where[t] : location{}; }

  void attribute(std::string_view name, std::string_view text) {
    out_ += fmt::format(" {}=\"", name);
    xml::append_escaped_attribute(out_, text);
    out_ += '"';
  }

  void put_agency(const std::string& id, const std::string& name) {
    out_ += fmt::format("    <agency id=\"{}\">\n", id);
    put_element(out_, 3, "name", name);
    out_ += "    </agency>\n";
  }

  // ---- Calendar ----

  static std::string hours_text(const std::vector<minute_interval>& hours) {
    std::string out;
    for (const auto& each : hours)
      out += fmt::format("{}{}-{}", out.empty() ? "" : " ", clock_text(each.from), clock_text(each.to));
    return out;
  }

  void put_calendar() {
    constexpr std::string_view names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    const auto& calendar = p_.network.calendars[p_.calendar];
    const auto& d = calendar.definition();
    out_ += "  <calendar id=\"lich-du-an\" noticed-from=\"1900-01-01\" noticed-until=\"2199-12-31\">\n";
    put_element(out_, 2, "name", p_.calendar_names[p_.calendar]);
    std::set<std::size_t> done;
    for (std::size_t i = 0; i < d.week.size(); ++i) {
      if (d.week[i].empty() || done.contains(i)) continue;
      std::string same;
      for (std::size_t j = i; j < d.week.size(); ++j) {
        if (d.week[j] != d.week[i]) continue;
        done.insert(j);
        same += fmt::format("{}{}", same.empty() ? "" : " ", names[j]);
      }
      out_ += fmt::format("    <week days=\"{}\" hours=\"{}\"/>\n", same, hours_text(d.week[i]));
    }
    put_exceptions(calendar);
    out_ += "  </calendar>\n";
  }

  void put_exceptions(const working_calendar& calendar) {
    std::string inside;
    const auto first = floor<days>(civil_minute{s_.start}), last = floor<days>(civil_minute{s_.finish}) + days{731};
    for (auto day = first; day <= std::min(last, make_date(2199, 12, 31)); day += days{1}) {
      const auto hours = hours_of_day(calendar, day);
      if (hours == calendar.definition().week[std::chrono::weekday{day}.iso_encoding() - 1]) continue;
      const auto why = calendar.status(day).why;
      std::string reason;
      xml::append_escaped_attribute(reason, why.args.empty() || why.args[0].empty() ? "MSPDI" : why.args[0]);
      inside += hours.empty() ? fmt::format("      <day-off on=\"{}\" reason=\"{}\"/>\n", iso(day), reason)
                              : fmt::format("      <workday on=\"{}\" hours=\"{}\" reason=\"{}\"/>\n", iso(day),
                                            hours_text(hours), reason);
    }
    if (!inside.empty()) out_ += "    <notice number=\"MSPDI\">\n" + inside + "    </notice>\n";
  }

  // ---- Tasks ----

  bool counts(std::uint32_t t) const {
    return !p_.tasks[t].null && !p_.network.activities[t].inactive && p_.tasks[t].uid != 0;
  }

  void put_tasks() {
    std::vector<std::uint32_t> open;  // summaries not yet closed
    for (std::uint32_t t = 0; t < p_.tasks.size(); ++t) {
      if (!counts(t)) {
        if (!p_.tasks[t].null && p_.tasks[t].uid != 0) lost_.tell("Task/Active 0", where(t));
        continue;
      }
      const auto parent = p_.network.activities[t].parent;
      while (!open.empty() && open.back() != parent) close(open);
      put_task(t, static_cast<int>(open.size()) + 1);
      const bool has_children = t + std::size_t{1} < p_.tasks.size() && p_.network.activities[t + 1].parent == t;
      if (has_children)
        open.push_back(t);
      else
        out_ += fmt::format("{:{}}</task>\n", "", 2 * (open.size() + 1));
    }
    while (!open.empty()) close(open);
  }

  void close(std::vector<std::uint32_t>& open) {
    out_ += fmt::format("{:{}}</task>\n", "", 2 * open.size());
    open.pop_back();
  }

  void put_task(std::uint32_t t, int level) {
    const auto& a = p_.network.activities[t];
    const bool summary = t + std::size_t{1} < p_.tasks.size() && p_.network.activities[t + 1].parent == t;
    out_ += fmt::format("{:{}}<task", "", 2 * level);
    attribute("id", task_of(t));
    attribute("title", p_.tasks[t].name.empty() ? task_of(t) : p_.tasks[t].name);
    if (!summary) {
      attribute("duration", length_of(t, a));
      const bool assigned = lead_[t] != no_resource && p_.resources[lead_[t]].kind == resource_kind::work;
      attribute("lead", assigned ? agency_of(p_.resources[lead_[t]]) : "du-an");
    }
    out_ += ">\n";
    if (summary)
      lose_wishes(t, a);
    else
      put_wishes(t, a, level + 1);
    for (const auto* l : into_[t]) put_link(t, *l, level + 1);
  }

  std::string length_of(std::uint32_t t, const activity& a) {
    const bool fits = a.duration <= 1'000'000;
    if (a.by_work) {
      const auto& d = s_.items[t];
      lost_.tell("Assignment/Work", where(t));
      return fmt::format(
          "{}min", p_.network.calendars[p_.calendar].work(civil_minute{d.early_start}, civil_minute{d.early_finish}));
    }
    if (a.pause > 0) lost_.tell("TimephasedData", where(t));
    if (a.elapsed) {
      if (a.duration % hour != 0) lost_.tell("Duration", where(t));
      return fmt::format("{}eh", (a.duration + hour - 1) / hour);
    }
    if (!fits) lost_.tell("Duration", where(t));
    return fmt::format("{}min", fits ? a.duration : 1'000'000);
  }

  void lose_wishes(std::uint32_t t, const activity& a) {
    if (a.constraint_date != no_minute)
      lost_.tell("ConstraintType " + std::to_string(static_cast<int>(a.rule)), where(t));
    if (a.deadline != no_minute) lost_.tell("Deadline " + iso(civil_minute{a.deadline}), where(t));
  }

  void put_wishes(std::uint32_t t, const activity& a, int level) {
    const auto put_date = [&](std::string_view element, short_minute when, civil_minute shown) {
      out_ += fmt::format("{:{}}<{} on=\"{}\"", "", 2 * level, element, iso(floor<days>(shown)));
      out_ += element == "due" ? " roll=\"none\"/>\n" : "/>\n";
      const auto& calendar = p_.network.calendars[p_.calendar];
      const auto day = civil_minute{floor<days>(shown)};
      const bool whole = element == "due" ? calendar.work(civil_minute{when}, day + days{1}) == 0
                                          : calendar.work(day, civil_minute{when}) == 0;
      if (!whole)
        lost_.tell(std::string(element == "due" ? "Deadline " : "ConstraintDate ") + iso(civil_minute{when}), where(t));
    };
    if (a.rule == constraint::start_no_earlier_than && a.constraint_date != no_minute)
      put_date("start", a.constraint_date, civil_minute{a.constraint_date});
    else if (a.rule != constraint::as_soon_as_possible)
      lost_.tell("ConstraintType " + std::to_string(static_cast<int>(a.rule)), where(t));
    if (a.deadline != no_minute) put_date("due", a.deadline, civil_minute{a.deadline} - std::chrono::minutes{1});
    if (a.manual) lost_.tell("Manual", where(t));
    if (a.actual_start != no_minute) lost_.tell("ActualStart", where(t));
    if (a.levelling_delay != 0) lost_.tell("LevelingDelay", where(t));
  }

  void put_link(std::uint32_t t, const precedence& l, int level) {
    constexpr std::string_view types[] = {"FS", "SS", "FF", "SF"};
    if (!counts(l.from)) return;
    out_ += fmt::format("{:{}}<after task=\"{}\"", "", 2 * level, task_of(l.from));
    if (l.type != link_type::fs) attribute("type", types[static_cast<std::size_t>(l.type)]);
    if (l.lag != 0) attribute("lag", lag_of(t, l));
    out_ += "/>\n";
  }

  std::string lag_of(std::uint32_t t, const precedence& l) {
    switch (l.unit) {
      case lag_unit::working:
        return fmt::format("{}min", std::clamp(l.lag, -1'000'000, 1'000'000));
      case lag_unit::elapsed:
        if (l.lag % hour != 0) lost_.tell("LinkLag", where(t));
        return fmt::format("{}eh", l.lag / hour);
      case lag_unit::elapsed_percent:
        lost_.tell("LagFormat 20", where(t));
        break;
      case lag_unit::percent:
        break;
    }
    return fmt::format("{}%", l.lag);
  }

  const project_file& p_;
  const network_schedule& s_;
  std::string id_;
  losses lost_;
  std::vector<std::vector<const precedence*>> into_;
  std::vector<std::uint32_t> lead_;
  std::string out_;
};

}  // namespace

checked<project_file> to_project(const plan& p, const agenda& a, const schedule& s, const calendars& c) {
  return project_maker(p, a, s, c).run();
}

plan_text to_plan_xml(const project_file& p, const network_schedule& s, std::string_view id) {
  return plan_writer(p, s, id).run();
}

}  // namespace vanthu
