// Calendars of MSPDI: weeks, work weeks and exceptions, each derived from a base.
#include <algorithm>
#include <array>

#include "interchange/mspdi.hpp"

namespace vanthu::mspdi {
namespace {

using std::chrono::days;
using hours = std::vector<minute_interval>;
using week = std::array<hours, 7>;  // Monday first

constexpr int minutes_a_day = 24 * 60;
constexpr std::size_t most_intervals = 24;
constexpr date first_day = make_date(1900, 1, 1), last_day = make_date(2199, 12, 31);

const hours& office_hours() {
  static const hours standard{{480, 720}, {780, 1020}};
  return standard;
}

week standard_week() {
  week out;
  std::fill_n(out.begin(), 5, office_hours());
  return out;
}

std::optional<int> clock(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 100; };
  constexpr std::size_t shortest = 5;
  if (text.size() < shortest || text[2] != ':') return {};
  const int hour = 10 * digit(0) + digit(1), minute = 10 * digit(3) + digit(4);
  if (hour > 24 || minute > 59 || 60 * hour + minute > minutes_a_day) return {};
  return 60 * hour + minute;
}

// In order; what touches or overlaps becomes one.
hours merged(hours all) {
  std::ranges::sort(all);
  hours out;
  for (const auto& each : all) {
    if (!out.empty() && each.from <= out.back().to)
      out.back().to = std::max(out.back().to, each.to);
    else
      out.push_back(each);
  }
  return out;
}

hours hours_of(reading& r, pugi::xml_node day) {
  if (!truth(r, day, "DayWorking").value_or(false)) return {};
  hours out;
  for (const auto each : day.child("WorkingTimes").children("WorkingTime")) {
    const auto from = clock(text_of(each, "FromTime"));
    auto to = clock(text_of(each, "ToTime"));
    if (to == 0) to = minutes_a_day;
    if (!from && text_of(each, "FromTime").empty()) continue;  // an empty row
    if (!from || !to || *from >= *to || out.size() == most_intervals) {
      r.fault("mspdi.bad-hours", each, {std::string(text_of(each, "FromTime")), std::string(text_of(each, "ToTime"))});
      return {};
    }
    out.push_back({*from, *to});
  }
  return out.empty() ? office_hours() : merged(std::move(out));
}

// DayType 1 is Sunday.
std::size_t monday_first(std::int64_t day_type) {
  constexpr std::int64_t a_week = 7;
  return static_cast<std::size_t>((day_type + 5) % a_week);
}

// Whole days, whatever the time of day: some end a period at 23:59:59, which must not round to the day after.
std::optional<date> day_of(reading& r, pugi::xml_node parent, const char* child) {
  constexpr std::size_t length = 10;
  if (!moment(r, parent, child)) return {};
  const auto day = parse_date(text_of(parent, child).substr(0, length));
  return day ? std::optional{std::clamp(*day, first_day, last_day)} : std::nullopt;
}

std::optional<date_range> period_of(reading& r, pugi::xml_node element) {
  const auto around = element.child("TimePeriod");
  const auto from = day_of(r, around, "FromDate"), to = day_of(r, around, "ToDate");
  if (!from || !to || *to < *from) return {};
  return date_range{*from, *to};
}

calendar_exception made(date_range when, const hours& worked, std::string_view name) {
  calendar_exception out;
  out.days = when;
  out.working = !worked.empty();
  out.hours = worked;
  out.reason = name;
  return out;
}

hours common(const hours& a, const hours& b) {
  hours out;
  for (const auto& x : a)
    for (const auto& y : b)
      if (std::max(x.from, y.from) < std::min(x.to, y.to))
        out.push_back({std::max(x.from, y.from), std::min(x.to, y.to)});
  return out;
}

// One calendar on its own: what it says of the week, and its exceptions, the weaker first.
struct own_part {
  std::array<std::optional<hours>, 7> days;
  std::vector<calendar_exception> work_weeks, exceptions;
};

std::size_t length_of(date_range when) {
  return static_cast<std::size_t>((when.last - when.first).count()) + 1;
}

class part_reader {
 public:
  part_reader(reading& r, std::size_t& used) : r_(r), used_(used) {}

  own_part read(pugi::xml_node calendar) {
    for (const auto day : calendar.child("WeekDays").children("WeekDay")) week_day(day);
    for (const auto each : calendar.child("WorkWeeks").children("WorkWeek")) work_week(each);
    for (const auto each : calendar.child("Exceptions").children("Exception")) exception(each);
    return std::move(out_);
  }

 private:
  bool has_room(std::size_t more, pugi::xml_node at) {
    used_ += more;
    if (used_ <= r_.most.max_exceptions) return true;
    if (!told_) r_.fault("mspdi.too-large", at, {"Exception", std::to_string(r_.most.max_exceptions)});
    told_ = true;
    return false;
  }

  void week_day(pugi::xml_node day) {
    constexpr std::int64_t a_week = 7;
    const auto type = number(r_, day, "DayType").value_or(-1);
    if (type >= 1 && type <= a_week) {
      out_.days[monday_first(type)] = hours_of(r_, day);
    } else if (type == 0) {
      if (const auto when = period_of(r_, day); when && has_room(length_of(*when), day))
        out_.exceptions.push_back(made(*when, hours_of(r_, day), ""));
    }
  }

  void work_week(pugi::xml_node element) {
    const auto when = period_of(r_, element);
    if (!when) return;
    std::array<std::optional<hours>, 7> of_day;
    for (const auto day : element.child("WeekDays").children("WeekDay")) {
      constexpr std::int64_t a_week = 7;
      if (const auto type = number(r_, day, "DayType").value_or(0); type >= 1 && type <= a_week)
        of_day[monday_first(type)] = hours_of(r_, day);
    }
    const auto name = text_of(element, "Name");
    for (auto d = std::max(when->first, first_day); d <= std::min(when->last, last_day); d += days{1}) {
      const auto& worked = of_day[std::chrono::weekday{d}.iso_encoding() - 1];
      if (!worked) continue;
      if (!has_room(1, element)) return;
      out_.work_weeks.push_back(made({d, d}, *worked, name));
    }
  }

  void exception(pugi::xml_node element) {
    const auto worked = hours_of(r_, element);
    const auto name = text_of(element, "Name");
    const auto type = number(r_, element, "Type").value_or(1);
    const auto every = number(r_, element, "Period").value_or(1);
    const auto when = period_of(r_, element);
    if (!when) {
      r_.fault("mspdi.bad-value", element, {"TimePeriod", std::string(name)});
      return;
    }
    if (type == 1 && every <= 1) {
      if (has_room(length_of(*when), element)) put(made(*when, worked, name), element);
      return;
    }
    for (const auto d : days_of_exception(r_, element, r_.most.max_exceptions)) {
      if (!has_room(1, element)) return;
      put(made({d, d}, worked, name), element);
    }
  }

  // Of two for one day the one further down counts; the older way of writing repeats the newer and is no conflict.
  void put(calendar_exception e, pugi::xml_node at) {
    for (auto d = e.days.first; d <= std::min(e.days.last, e.days.first + days{longest_told}); d += days{1}) {
      const auto [known, is_new] = told_days_.try_emplace(d, e.hours);
      if (!is_new && known->second != e.hours && !conflict_told_) {
        r_.warn("mspdi.exception-conflict", at, {iso(d)});
        conflict_told_ = true;
      }
    }
    out_.exceptions.push_back(std::move(e));
  }

  static constexpr int longest_told = 366;
  reading& r_;
  std::size_t& used_;
  own_part out_;
  std::map<date, hours> told_days_;
  bool conflict_told_ = false, told_ = false;
};

// ---- Recurring exceptions ----

struct recurrence_rule {
  date_range when;
  std::int64_t type = 1, every = 1, week_days = 0, item = 0, position = 0, month = 0, month_day = 1;
};

bool is_item(std::int64_t item, date d) {
  const auto day = std::chrono::weekday{d};
  const bool weekend = day.iso_encoding() > 5;
  if (item == 0) return true;
  if (item == 1) return !weekend;
  if (item == 2) return weekend;
  constexpr std::int64_t sunday = 3;
  return item - sunday == static_cast<std::int64_t>(day.c_encoding());
}

std::optional<date> day_in_month(const recurrence_rule& rule, std::chrono::year_month month, bool by_position) {
  const date first{month / 1};
  const date last{month / std::chrono::last};
  if (!by_position) {
    const auto d = first + days{std::clamp<std::int64_t>(rule.month_day, 1, 31) - 1};
    return d <= last ? std::optional{d} : std::nullopt;
  }
  constexpr std::int64_t last_position = 4;
  if (rule.position >= last_position) {
    for (auto d = last; d >= first; d -= days{1})
      if (is_item(rule.item, d)) return d;
    return {};
  }
  std::int64_t seen = 0;
  for (auto d = first; d <= last; d += days{1})
    if (is_item(rule.item, d) && seen++ == rule.position) return d;
  return {};
}

// The months in which a yearly or monthly rule may have a day, and the day.
void put_months(const recurrence_rule& rule, std::size_t most, std::vector<date>& out) {
  using namespace std::chrono;
  const bool yearly = rule.type == 2 || rule.type == 3;
  const bool by_position = rule.type == 3 || rule.type == 5;
  const auto begin = civil(rule.when.first);
  auto month = begin.year() / begin.month();
  if (yearly)
    month = begin.year() / std::chrono::month{static_cast<unsigned>(std::clamp<std::int64_t>(rule.month, 0, 11)) + 1};
  const auto step = yearly ? months{12} : months{static_cast<int>(std::clamp<std::int64_t>(rule.every, 1, 1200))};
  for (; date{month / 1} <= rule.when.last && out.size() < most; month += step)
    if (const auto d = day_in_month(rule, month, by_position); d && rule.when.contains(*d)) out.push_back(*d);
}

void put_weeks(const recurrence_rule& rule, std::size_t most, std::vector<date>& out) {
  const auto sunday_of = [](date d) { return d - days{std::chrono::weekday{d}.c_encoding()}; };
  const auto first_week = sunday_of(rule.when.first);
  constexpr int a_week = 7;
  for (auto d = rule.when.first; d <= rule.when.last && out.size() < most; d += days{1}) {
    const auto week_number = (sunday_of(d) - first_week).count() / a_week;
    const auto bit = std::int64_t{1} << std::chrono::weekday{d}.c_encoding();
    if (week_number % rule.every == 0 && (rule.week_days & bit) != 0) out.push_back(d);
  }
}

}  // namespace

std::vector<date> days_of_exception(reading& r, pugi::xml_node exception, std::size_t most) {
  const auto when = period_of(r, exception);
  if (!when) return {};
  recurrence_rule rule;
  rule.when = {std::max(when->first, first_day), std::min(when->last, last_day)};
  const auto value = [&](const char* child, std::int64_t otherwise) {
    return number(r, exception, child).value_or(otherwise);
  };
  rule.type = value("Type", 1);
  rule.every = std::clamp<std::int64_t>(value("Period", 1), 1, 100'000);
  rule.week_days = value("DaysOfWeek", 0);
  rule.item = value("MonthItem", 0);
  rule.position = value("MonthPosition", 0);
  rule.month = value("Month", 0);
  rule.month_day = value("MonthDay", 1);
  const auto count = value("Occurrences", 0);
  if (value("EnteredByOccurrences", 0) == 1 && count > 0) most = std::min(most, static_cast<std::size_t>(count));
  std::vector<date> out;
  constexpr std::int64_t first_monthly = 2, last_monthly = 5, weekly = 6, by_weekday_count = 8;
  if (rule.type >= first_monthly && rule.type <= last_monthly) {
    put_months(rule, most, out);
  } else if (rule.type == weekly) {
    put_weeks(rule, most, out);
  } else {
    if (rule.type >= by_weekday_count) r.lose("Exception/Type " + std::to_string(rule.type), exception);
    for (auto d = rule.when.first; d <= rule.when.last && out.size() < most; d += days{rule.every}) out.push_back(d);
  }
  return out;
}

calendar_shelf::calendar_shelf(reading& r, pugi::xml_node calendars) : r_(r) {
  for (const auto each : calendars.children("Calendar"))
    if (const auto uid = number(r, each, "UID"))
      if (!elements_.emplace(*uid, each).second)
        r.fault("mspdi.duplicate-uid", each, {"Calendar", std::to_string(*uid)});
}

// A calendar that says nothing of its own is its base.
std::int64_t calendar_shelf::effective(std::int64_t uid) const {
  for (std::size_t hop = 0; hop <= elements_.size(); ++hop) {
    const auto at = elements_.find(uid);
    if (at == elements_.end()) return -1;
    const auto& e = at->second;
    if (e.child("WeekDays").first_child() || e.child("Exceptions").first_child() || e.child("WorkWeeks").first_child())
      return uid;
    const auto base = std::string(text_of(e, "BaseCalendarUID"));
    const auto next = base.empty() ? -1 : std::strtoll(base.c_str(), nullptr, 10);
    if (next < 0 || !elements_.contains(next)) return uid;
    uid = next;
  }
  return uid;
}

calendar_definition calendar_shelf::define(std::int64_t uid) {
  std::vector<pugi::xml_node> line;  // the calendar, its base, the base of that
  std::set<std::int64_t> seen;
  while (uid >= 0 && elements_.contains(uid) && seen.insert(uid).second) {
    line.push_back(elements_.at(uid));
    uid = number(r_, line.back(), "BaseCalendarUID").value_or(-1);
  }
  calendar_definition out;
  out.week = standard_week();
  out.noticed = date_range{first_day, last_day};
  std::vector<calendar_exception> exceptions;
  for (auto each = line.rbegin(); each != line.rend(); ++each) {
    auto part = part_reader(r_, exceptions_).read(*each);
    for (std::size_t d = 0; d < out.week.size(); ++d)
      if (part.days[d]) out.week[d] = std::move(*part.days[d]);
    std::ranges::move(part.work_weeks, std::back_inserter(out.exceptions));
    std::ranges::move(part.exceptions, std::back_inserter(exceptions));
  }
  std::ranges::move(exceptions, std::back_inserter(out.exceptions));
  if (!line.empty()) out.name = text_of(line.front(), "Name");
  return out;
}

std::uint16_t calendar_shelf::keep(calendar_definition d, std::string name) {
  auto& all = r_.out.network.calendars;
  if (all.size() == r_.most.max_calendars) {
    if (r_.lost.insert("Calendar").second)
      r_.fault("mspdi.too-large", r_.file.root(), {"Calendar", std::to_string(r_.most.max_calendars)});
    return 0;
  }
  all.emplace_back(std::move(d));
  r_.out.calendar_names.push_back(std::move(name));
  return static_cast<std::uint16_t>(all.size() - 1);
}

std::uint16_t calendar_shelf::by_uid(std::int64_t uid) {
  uid = effective(uid);
  const auto [at, is_new] = made_.try_emplace(uid, std::uint16_t{0});
  if (!is_new) return at->second;
  auto d = define(uid);
  auto name = d.name.empty() ? "Standard" : d.name;
  return at->second = keep(std::move(d), std::move(name));
}

std::uint16_t calendar_shelf::both(std::uint16_t a, std::uint16_t b) {
  if (a == b) return a;
  const auto [at, is_new] = pairs_.try_emplace(std::minmax(a, b), std::uint16_t{0});
  if (!is_new) return at->second;
  const auto& x = r_.out.network.calendars[a].definition();
  const auto& y = r_.out.network.calendars[b].definition();
  calendar_definition out;
  out.noticed = x.noticed;
  out.name = x.name + " + " + y.name;
  for (std::size_t d = 0; d < out.week.size(); ++d) out.week[d] = common(x.week[d], y.week[d]);
  std::map<date, std::pair<const calendar_exception*, const calendar_exception*>> changed;
  const auto collect = [&](const calendar_definition& from, auto member) {
    for (const auto& e : from.exceptions)
      for (auto d = std::max(e.days.first, first_day); d <= std::min(e.days.last, last_day); d += days{1})
        changed[d].*member = &e;
  };
  using entry = std::pair<const calendar_exception*, const calendar_exception*>;
  collect(x, &entry::first);
  collect(y, &entry::second);
  for (const auto& [d, of] : changed) {
    const auto day = std::chrono::weekday{d}.iso_encoding() - 1;
    out.exceptions.push_back(
        made({d, d}, common(of.first ? of.first->hours : x.week[day], of.second ? of.second->hours : y.week[day]),
             of.first ? of.first->reason : of.second->reason));
  }
  auto name = out.name;
  return at->second = keep(std::move(out), std::move(name));
}

}  // namespace vanthu::mspdi
