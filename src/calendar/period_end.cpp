// Counting a period from an event, and telling how it was counted.
#include "calendar/coverage.hpp"
#include "vanthu/calendar.hpp"

namespace vanthu {
namespace {

using std::chrono::days;
using std::chrono::last;
using std::chrono::month;
using std::chrono::year;

[[noreturn]] void throw_out_of_coverage(std::string what) {
  throw error(errc::out_of_coverage,
              message{"calendar.out-of-coverage", {std::move(what), iso(coverage_first), iso(coverage_last)}});
}

std::optional<date> plus_days(date from, std::int64_t n) {
  const date d = from + days{n};
  return is_covered(d) ? std::optional{d} : std::nullopt;
}

// The day of the same number n months on, or the last of that month when it has no such day.
std::optional<date> plus_months(date from, std::int64_t n) {
  const auto start = civil(from);
  const auto counted = static_cast<int>(start.year()) * std::int64_t{12} + static_cast<unsigned>(start.month()) - 1 + n;
  const auto y = counted / 12;
  if (counted < 0 || y < year_of(coverage_first) || y > year_of(coverage_last)) return {};
  const auto target = year{static_cast<int>(y)} / month{static_cast<unsigned>(counted % 12) + 1};
  const auto same = target / start.day();
  return same.ok() ? date{same} : date{target / last};
}

std::optional<date> plus(date from, amount length) {
  switch (length.unit) {
    case time_unit::day:
      return plus_days(from, length.count);
    case time_unit::week:
      return plus_days(from, std::int64_t{7} * length.count);
    case time_unit::month:
      return plus_months(from, length.count);
    case time_unit::year:
      return plus_months(from, std::int64_t{12} * length.count);
    default:
      throw error(errc::misuse, message{"calendar.not-a-period", {to_string(length)}});
  }
}

// Where the count ends, before an end on a day off is moved.
date counted_end(const working_calendar& calendar, date from, amount length) {
  if (!is_covered(from)) throw_out_of_coverage(iso(from));
  if (length.unit == time_unit::working_day) return length.count == 0 ? from : calendar.advance(from, {length.count});
  const auto end = plus(from, length);
  if (!end) throw_out_of_coverage(iso(from) + " + " + to_string(length));
  return *end;
}

// Days off in a row that stand on the same notice.
struct run_of_days {
  message why;
  date first, last;
};

message told(const run_of_days& run) {
  if (run.first == run.last) return run.why;
  return {"calendar.days-off", {run.why.args[0], run.why.args[1], iso(run.first), iso(run.last)}};
}

bool goes_on(const run_of_days& run, const message& why, date d) {
  return run.last + days{1} == d && run.why.id == "calendar.holiday" && why.id == run.why.id &&
         run.why.args[0] == why.args[0] && run.why.args[1] == why.args[1];
}

// What a count of working days jumped over, and the days of rest that it took because they were worked.
std::vector<message> passed_over(const working_calendar& calendar, date_range counted) {
  std::vector<message> result;
  std::optional<run_of_days> run;
  int weekend = 0;
  const auto close = [&] {
    if (run) result.push_back(told(*run));
    run.reset();
  };
  for (date d = counted.first; d <= counted.last; d += days{1}) {
    const auto status = calendar.status(d);
    const auto& id = status.why.id;
    if (id == "calendar.working-day") continue;
    if (id == "calendar.weekend") {
      ++weekend;
    } else if (status.working) {
      close();
      result.push_back(status.why);
    } else if (run && goes_on(*run, status.why, d)) {
      run->last = d;
    } else {
      close();
      run = run_of_days{status.why, d, d};
    }
  }
  close();
  if (weekend > 0) result.insert(result.begin(), message{"calendar.weekends-passed", {std::to_string(weekend)}});
  return result;
}

void explain_working_days(std::vector<message>& steps, const working_calendar& calendar, date from, amount length,
                          date end) {
  const bool forward = length.count > 0;
  for (auto& each : passed_over(calendar, forward ? date_range{from + days{1}, end} : date_range{end, from - days{1}}))
    steps.push_back(std::move(each));
  steps.push_back({forward ? "calendar.working-days-counted" : "calendar.working-days-counted-back",
                   {std::to_string(forward ? length.count : -std::int64_t{length.count}), iso(from), iso(end)}});
}

// What a calendar unit is called in message ids, and its clause of article 148.
struct unit_text {
  const char* name;
  const char* clause;
};

unit_text text_of(time_unit unit) {
  switch (unit) {
    case time_unit::day:
      return {"days", "1"};
    case time_unit::week:
      return {"weeks", "2"};
    case time_unit::month:
      return {"months", "3"};
    default:
      return {"years", "4"};
  }
}

void explain_calendar_period(std::vector<message>& steps, date from, amount length, date end) {
  const auto unit = text_of(length.unit);
  const auto count = std::to_string(length.count < 0 ? -std::int64_t{length.count} : length.count);
  const std::string id = length.count < 0 ? "calendar.counted-back-" : "calendar.counted-";
  steps.push_back({id + unit.name, {count, iso(from), iso(end)}});
  const bool by_month = length.unit == time_unit::month || length.unit == time_unit::year;
  if (by_month && civil(end).day() != civil(from).day())
    steps.push_back({"calendar.month-too-short", {iso(end), unit.clause}});
}

void explain_roll(std::vector<message>& steps, const working_calendar& calendar, date end, date rolled, roll how) {
  const auto status = calendar.status(end);
  if (status.working) return;
  steps.push_back(status.why);
  if (how == roll::none)
    steps.push_back({"calendar.not-rolled", {iso(end)}});
  else
    steps.push_back(
        {how == roll::forward ? "calendar.rolled-forward" : "calendar.rolled-backward", {iso(end), iso(rolled)}});
}

}  // namespace

date period_end(const working_calendar& calendar, date from, amount length, roll how) {
  return calendar.rolled(counted_end(calendar, from, length), how);
}

std::vector<message> explain_period_end(const working_calendar& calendar, date from, amount length, roll how) {
  const date end = counted_end(calendar, from, length);
  const date result = calendar.rolled(end, how);
  std::vector<message> steps;
  if (length.count > 0) steps.push_back({"calendar.event-day-not-counted", {iso(from)}});
  if (length.count != 0) {
    if (length.unit == time_unit::working_day)
      explain_working_days(steps, calendar, from, length, end);
    else
      explain_calendar_period(steps, from, length, end);
  }
  explain_roll(steps, calendar, end, result, how);
  if (calendar.status(result).state == certainty::provisional)
    steps.push_back({"calendar.year-without-notice", {std::to_string(year_of(result))}});
  steps.push_back({"calendar.period-ends", {iso(result)}});
  return steps;
}

}  // namespace vanthu
