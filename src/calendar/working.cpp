#include <algorithm>

#include "calendar/coverage.hpp"
#include "calendar/exceptions.hpp"
#include "calendar/holidays.hpp"
#include "vanthu/calendar.hpp"

namespace vanthu {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::minutes;

constexpr std::size_t coverage_days = static_cast<std::size_t>((coverage_last - coverage_first).count()) + 1;
constexpr int minutes_a_day = 24 * 60;
constexpr std::uint32_t weekdays = 7;

std::size_t index_of(date d) {
  return static_cast<std::size_t>((d - coverage_first).count());
}
date day_at(std::size_t i) {
  return coverage_first + days{static_cast<int>(i)};
}
// Monday is 0.
std::uint32_t weekday_of(date d) {
  return std::chrono::weekday{d}.iso_encoding() - 1;
}

std::int32_t total(const std::vector<minute_interval>& hours) {
  std::int32_t sum = 0;
  for (const auto& each : hours) sum += each.to - each.from;
  return sum;
}

void require_order(const std::vector<minute_interval>& hours) {
  int end = 0;
  for (const auto& each : hours) {
    if (each.from < end || each.to <= each.from || each.to > minutes_a_day)
      throw error(errc::misuse,
                  message{"calendar.bad-hours", {std::to_string(each.from) + "-" + std::to_string(each.to)}});
    end = each.to;
  }
}

[[noreturn]] void throw_no_working_time(const std::string& from, const std::string& to) {
  throw error(errc::out_of_coverage, message{"calendar.no-working-time", {from, to}});
}

const char* id_of(const calendar_exception& e) {
  if (e.state == certainty::announced) return e.working ? "calendar.announced-workday" : "calendar.announced-day-off";
  if (e.state == certainty::provisional && !e.working) return "calendar.computed-holiday";
  return e.working ? "calendar.swapped-workday" : "calendar.holiday";
}

}  // namespace

// A day is looked up once, when the tables are made; afterwards everything is a subtraction or a binary search in the
// two sums. `rule_of` tells what each day stands on: 0 to 6 the weekly pattern, then `exceptions`.
struct working_calendar::tables {
  calendar_definition definition;
  std::vector<calendar_exception> exceptions;          // those that count, weakest first
  std::vector<minute_interval> standard;               // the hours of a Monday, or of the first day of the week worked
  std::vector<std::uint32_t> rule_of;                  // of each day
  std::vector<std::int32_t> days_before, work_before;  // [i]: working days and minutes before day i; one more than days
  std::vector<std::uint32_t> first_by;                 // [b]: the first i with work_before[i] >= b * bucket

  explicit tables(calendar_definition d);
  void collect_exceptions();
  void assign_rules();
  void add_up();
  void index_work();

  std::size_t first_with(std::int64_t work) const;
  const std::vector<minute_interval>& hours_of_rule(std::uint32_t rule) const;
  const std::vector<minute_interval>& hours(std::size_t day) const { return hours_of_rule(rule_of[day]); }
  const calendar_exception* exception(date d) const;
  bool has_notice(date d) const { return definition.noticed && definition.noticed->contains(d); }

  std::int64_t work_until(civil_minute t) const;
  civil_minute earliest_after(std::int64_t work) const;
  civil_minute latest_after(std::int64_t work) const;
};

working_calendar::tables::tables(calendar_definition d) : definition(std::move(d)) {
  for (const auto& hours : definition.week) {
    require_order(hours);
    if (standard.empty()) standard = hours;
  }
  for (const auto& each : definition.exceptions) require_order(each.hours);
  collect_exceptions();
  assign_rules();
  add_up();
  index_work();
}

// The computed holidays first, then what is written, the weaker before the stronger, so that the last one for a day
// counts.
void working_calendar::tables::collect_exceptions() {
  std::array<bool, weekdays> rest{};
  std::ranges::transform(definition.week, rest.begin(), [](const auto& hours) { return hours.empty(); });
  for (int year = year_of(coverage_first); year <= year_of(coverage_last); ++year) {
    if (has_notice(make_date(year, 1, 1)) && has_notice(make_date(year, 12, 31))) continue;
    for (auto& each : holidays::of_year(year, rest))
      if (!has_notice(each.days.first)) exceptions.push_back(std::move(each));
  }
  const auto computed = static_cast<std::ptrdiff_t>(exceptions.size());
  exceptions.insert(exceptions.end(), definition.exceptions.begin(), definition.exceptions.end());
  std::stable_sort(exceptions.begin() + computed, exceptions.end(), gives_way);
}

void working_calendar::tables::assign_rules() {
  rule_of.resize(coverage_days);
  for (std::size_t i = 0; i < coverage_days; ++i) rule_of[i] = weekday_of(day_at(i));
  for (std::size_t e = 0; e < exceptions.size(); ++e) {
    const date first = std::max(exceptions[e].days.first, coverage_first);
    const date last = std::min(exceptions[e].days.last, coverage_last);
    if (first > last) continue;
    std::fill_n(rule_of.begin() + static_cast<std::ptrdiff_t>(index_of(first)), (last - first).count() + 1,
                static_cast<std::uint32_t>(weekdays + e));
  }
}

void working_calendar::tables::add_up() {
  std::vector<std::int32_t> length(weekdays + exceptions.size());
  for (std::uint32_t rule = 0; rule < length.size(); ++rule) length[rule] = total(hours_of_rule(rule));
  days_before.reserve(coverage_days + 1);
  work_before.reserve(coverage_days + 1);
  std::int32_t worked = 0;
  std::int32_t work = 0;  // at most 300 years of minutes: well inside 32 bits
  for (const auto rule : rule_of) {
    days_before.push_back(worked);
    work_before.push_back(work);
    worked += length[rule] > 0 ? 1 : 0;
    work += length[rule];
  }
  days_before.push_back(worked);
  work_before.push_back(work);
}

// A bucket of work spans a few days, so that a search in the sums takes two or three steps instead of seventeen.
constexpr std::int32_t bucket = 1024;

void working_calendar::tables::index_work() {
  const auto buckets = static_cast<std::size_t>(work_before.back() / bucket) + 2;
  first_by.reserve(buckets + 1);
  std::uint32_t i = 0;
  for (std::size_t b = 0; b < buckets; ++b) {
    while (i + 1 < work_before.size() && work_before[i] / bucket < static_cast<std::int32_t>(b)) ++i;
    first_by.push_back(i);
  }
  first_by.push_back(static_cast<std::uint32_t>(work_before.size() - 1));
}

// The first i with work_before[i] >= work; 0 <= work <= all.
std::size_t working_calendar::tables::first_with(std::int64_t work) const {
  const auto b = static_cast<std::size_t>(work / bucket);
  const auto begin = work_before.begin();
  return static_cast<std::size_t>(
      std::lower_bound(begin + first_by[b], begin + first_by[b + 1], static_cast<std::int32_t>(work)) - begin);
}

const std::vector<minute_interval>& working_calendar::tables::hours_of_rule(std::uint32_t rule) const {
  static const std::vector<minute_interval> none;
  if (rule < weekdays) return definition.week[rule];
  const auto& e = exceptions[rule - weekdays];
  if (!e.working) return none;
  return e.hours.empty() ? standard : e.hours;
}

const calendar_exception* working_calendar::tables::exception(date d) const {
  const auto rule = rule_of[index_of(d)];
  return rule < weekdays ? nullptr : &exceptions[rule - weekdays];
}

// Working minutes from the start of the coverage to t. Nothing is worked outside the coverage.
std::int64_t working_calendar::tables::work_until(civil_minute t) const {
  if (t < civil_minute{coverage_first}) return 0;
  const date d = floor<days>(t);
  if (d > coverage_last) return work_before.back();
  const auto i = index_of(d);
  const auto clock = static_cast<int>((t - civil_minute{d}).count());
  std::int64_t sum = work_before[i];
  for (const auto& each : hours(i)) sum += std::clamp(clock, each.from, each.to) - each.from;
  return sum;
}

// The first minute by which so much is worked; 1 <= work <= all.
civil_minute working_calendar::tables::earliest_after(std::int64_t work) const {
  const auto i = first_with(work) - 1;
  auto left = static_cast<int>(work - work_before[i]);
  int clock = 0;
  for (const auto& each : hours(i)) {
    clock = std::min(each.from + left, each.to);
    left -= clock - each.from;
    if (left == 0) break;
  }
  return civil_minute{day_at(i)} + minutes{clock};
}

// The last minute before more than that is worked; 0 <= work < all.
civil_minute working_calendar::tables::latest_after(std::int64_t work) const {
  const auto i = first_with(work + 1) - 1;
  auto left = static_cast<int>(work - work_before[i]);
  int clock = 0;
  for (const auto& each : hours(i)) {
    clock = each.from + left;
    if (clock < each.to) break;
    left -= each.to - each.from;
  }
  return civil_minute{day_at(i)} + minutes{clock};
}

calendar_definition weekly_calendar() {
  calendar_definition result;
  for (std::size_t day = 0; day < 5; ++day) result.week[day] = {{450, 690}, {810, 1050}};
  result.noticed = date_range{coverage_first, coverage_last};
  return result;
}

working_calendar::working_calendar(calendar_definition definition)
    : tables_(std::make_shared<const tables>(std::move(definition))) {}
working_calendar::working_calendar(const working_calendar&) noexcept = default;
working_calendar& working_calendar::operator=(const working_calendar&) noexcept = default;
working_calendar::~working_calendar() = default;

const calendar_definition& working_calendar::definition() const noexcept {
  return tables_->definition;
}

bool working_calendar::is_working(date d) const {
  return is_covered(d) && !tables_->hours(index_of(d)).empty();
}

day_status working_calendar::status(date d) const {
  if (!is_covered(d))
    return {
        false, certainty::provisional, {"calendar.out-of-coverage", {iso(d), iso(coverage_first), iso(coverage_last)}}};
  const bool worked = is_working(d);
  if (const auto* e = tables_->exception(d)) return {worked, e->state, {id_of(*e), {e->reason, e->source, iso(d)}}};
  return {worked,
          tables_->has_notice(d) ? certainty::law : certainty::provisional,
          {worked ? "calendar.working-day" : "calendar.weekend", {iso(d)}}};
}

working_days working_calendar::count(date_range range) const {
  const date first = std::max(range.first, coverage_first);
  const date last = std::min(range.last, coverage_last);
  if (first > last) return {0};
  return {tables_->days_before[index_of(last) + 1] - tables_->days_before[index_of(first)]};
}

date working_calendar::advance(date from, working_days n) const {
  const auto& before = tables_->days_before;
  const bool forward = n.count >= 0;
  // Day number `wanted` of all working days, counted from 0.
  std::int64_t wanted = n.count;
  if (n.count > 0) --wanted;
  const date start = n.count > 0 ? from + days{1} : from;  // working days before this one are not counted again
  if (start > coverage_last)
    wanted += before.back();
  else if (start > coverage_first)
    wanted += before[index_of(start)];
  if (wanted < 0 || wanted >= before.back())
    throw_no_working_time(iso(from), iso(forward ? coverage_last : coverage_first));
  const auto after = std::ranges::upper_bound(before, wanted);
  return day_at(static_cast<std::size_t>(after - before.begin()) - 1);
}

date working_calendar::rolled(date d, roll how) const {
  if (how == roll::none || is_working(d)) return d;
  return advance(d, {how == roll::forward ? 0 : -1});
}

std::int64_t working_calendar::work(civil_minute a, civil_minute b) const {
  return tables_->work_until(b) - tables_->work_until(a);
}

civil_minute working_calendar::next_start(civil_minute t) const {
  const auto done = tables_->work_until(t);
  if (done == tables_->work_before.back()) throw_no_working_time(iso(t), iso(coverage_last));
  return tables_->latest_after(done);
}

civil_minute working_calendar::prev_end(civil_minute t) const {
  const auto done = tables_->work_until(t);
  if (done == 0) throw_no_working_time(iso(t), iso(coverage_first));
  return tables_->earliest_after(done);
}

civil_minute working_calendar::add(civil_minute t, std::int64_t n) const {
  if (n == 0) return t;
  const auto done = tables_->work_until(t);
  if (n > 0) {
    if (n > tables_->work_before.back() - done) throw_no_working_time(iso(t), iso(coverage_last));
    return tables_->earliest_after(done + n);
  }
  if (n < -done) throw_no_working_time(iso(t), iso(coverage_first));
  return tables_->latest_after(done + n);
}

std::int64_t working_calendar::minutes_of_day() const noexcept {
  return total(tables_->standard);
}

}  // namespace vanthu
