// Dates that cannot be kept, whatever the calendar: deadlines before the work may begin or after the plan has ended,
// and windows in which the work cannot lie.
#include <algorithm>
#include <array>
#include <string>

#include "plan/reading.hpp"
#include "plan/recurrence.hpp"

namespace vanthu {
namespace {

using std::chrono::days;
using std::chrono::month_day;

std::string text_of(month_day md) {
  return iso(date{std::chrono::year{2000} / md.month() / md.day()}).substr(4).insert(0, 1, '-');  // a leap year
}

bool is_picked(const recurrence& every, const period& p) {
  const auto text = to_string(p);
  const auto dash = text.find('-');
  return every.only.empty() || dash == std::string::npos ||
         std::ranges::find(every.only, text.substr(dash + 1)) != every.only.end();
}

// The calendar days an amount takes at the least: a working day is a day, a month 28.
int least_days(amount a) {
  constexpr int minutes_of_day = 24 * 60;
  switch (a.unit) {
    case time_unit::working_day:
    case time_unit::day:
    case time_unit::elapsed_day:
      return a.count;
    case time_unit::week:
      return 7 * a.count;
    case time_unit::month:
      return 28 * a.count;
    case time_unit::year:
      return 365 * a.count;
    case time_unit::hour:
    case time_unit::elapsed_hour:
      return a.count / 24;
    case time_unit::minute:
      return a.count / minutes_of_day;
    case time_unit::percent:
      break;
  }
  return 0;
}

struct looker {
  reading& r;
  const plan& p;

  date_range life_of(const task& t) const {
    return {std::max(t.from.value_or(p.from), p.from), std::min(t.until.value_or(p.until), p.until)};
  }

  // The last period the task has an item for. Two years are enough to find it.
  std::optional<period> last_period(const task& t, date_range life) const {
    const auto kind = period_of(t.every.kind);
    if (!kind) return {};
    auto all = periods_in(*kind, {std::max(life.first, life.last - days{2 * 366}), life.last});
    const auto at =
        std::find_if(all.rbegin(), all.rend(), [&](const period& each) { return is_picked(t.every, each); });
    return at == all.rend() ? std::nullopt : std::optional{*at};
  }

  // ---- Deadlines ---------------------------------------------------------------------------------------------------

  void fixed(const deadline& d, date_range life) {
    const auto* at = std::get_if<on_date>(&d.when);
    if (!at) return;
    if (at->day > life.last) r.notes.error("plan.due-after-until", d.where, {iso(at->day), iso(life.last)});
    if (at->day < life.first) r.notes.error("plan.impossible-range", d.where, {iso(life.first), iso(at->day)});
  }

  // The day the last item is due, or a day before it. Nothing where only the agenda knows.
  std::optional<date> last_due(const task& t, const deadline& d, date_range life) const {
    const auto last = last_period(t, life);
    if (!last && t.every.kind != recurrence_kind::once) return {};
    const auto whole = last ? span(*last) : life;
    if (const auto* m = std::get_if<on_month_day>(&d.when)) return in_year(year_of(whole.last), m->day);
    const auto* m = std::get_if<after_anchor>(&d.when);
    if (!m || m->from.kind != anchor_kind::period_end) return {};
    return std::min(whole.last, life.last) + days{least_days(m->wait)};
  }

  // The plan ends first: the last item is due when nobody looks any more.
  void of_last_item(const task& t, const deadline& d, date_range life) {
    const auto on = last_due(t, d, life);
    if (on && *on > p.until) r.notes.warning("plan.due-after-until", d.where, {iso(*on), iso(p.until)});
  }

  void start_and_due(const task& t) {
    if (!t.not_before || !t.due) return;
    const auto* first = std::get_if<on_date>(&*t.not_before);
    const auto* last = std::get_if<on_date>(&t.due->when);
    if (first && last && last->day < first->day)
      r.notes.error("plan.impossible-range", t.due->where, {iso(first->day), iso(last->day)});
    const auto* first_of_year = std::get_if<on_month_day>(&*t.not_before);
    const auto* last_of_year = std::get_if<on_month_day>(&t.due->when);
    if (first_of_year && last_of_year && last_of_year->day < first_of_year->day)
      r.notes.error("plan.impossible-range", t.due->where, {text_of(first_of_year->day), text_of(last_of_year->day)});
  }

  // ---- Windows -----------------------------------------------------------------------------------------------------

  static date_range days_of(const window& w, int y) {
    return {in_year(y, w.from), in_year(w.until < w.from ? y + 1 : y, w.until)};
  }

  void impossible(const task& t, const location& where, std::string why) {
    r.notes.error("plan.impossible-window", where, {t.id.text, t.window.text, std::move(why)});
  }

  static bool shares_a_day(const window& w, date_range range) {
    for (int y = year_of(range.first) - 1; y <= year_of(range.last) && y <= year_of(range.first) + 2; ++y) {
      const auto each = days_of(w, y);
      if (each.first <= range.last && range.first <= each.last) return true;
    }
    return false;
  }

  void window_and_life(const task& t, const window& w, date_range life) {
    if (!shares_a_day(w, life)) {
      impossible(t, t.where, iso(life.first) + " .. " + iso(life.last));
      return;
    }
    const auto kind = period_of(t.every.kind);
    if (!kind || t.every.only.empty()) return;
    // A leap year and the one before it stand for all.
    std::string only;
    for (const auto& each : t.every.only) only += (only.empty() ? "" : " ") + each;
    for (const auto& each : periods_in(*kind, {make_date(2023, 1, 1), make_date(2024, 12, 31)}))
      if (is_picked(t.every, each) && shares_a_day(w, span(each))) return;
    impossible(t, t.where, only);
  }

  // Work that must lie in the window and cannot.
  void inside(const task& t, const window& w) {
    constexpr int leap_year = 2024;
    const auto longest = days_of(w, leap_year);
    const auto room = static_cast<int>((longest.last - longest.first).count()) + 1;
    if (t.duration && least_days(*t.duration) > room)
      impossible(t, t.where, to_string(*t.duration) + " > " + std::to_string(room) + "d");
    if (t.due) {
      const auto* back = std::get_if<before_anchor>(&t.due->when);
      if (back && back->to.kind == anchor_kind::window_start && back->lead.count > 0)
        impossible(t, t.due->where, "window-start - " + to_string(back->lead));
    }
    if (w.until < w.from) return;  // every day of a year may lie before it and behind it
    const auto* due = t.due ? std::get_if<on_month_day>(&t.due->when) : nullptr;
    if (due && due->day < w.from) impossible(t, t.due->where, text_of(due->day) + " < " + text_of(w.from));
    const auto* start = t.not_before ? std::get_if<on_month_day>(&*t.not_before) : nullptr;
    if (start && w.until < start->day) impossible(t, t.where, text_of(start->day) + " > " + text_of(w.until));
  }

  void look(const task& t) {
    const auto life = life_of(t);
    if (life.last < life.first) return;  // remarked on where the bounds stand
    for (const auto* d : {&t.due, &t.target}) {
      if (!*d) continue;
      fixed(**d, life);
      of_last_item(t, **d, life);
    }
    start_and_due(t);
    const auto at = r.windows.find(t.window.text);
    if (!at || !t.inside_window) return;  // a window that only gives anchors may lie anywhere
    window_and_life(t, p.windows[*at], life);
    inside(t, p.windows[*at]);
  }
};

}  // namespace

date in_year(int y, month_day md) {
  const auto wanted = std::chrono::year{y} / md.month() / md.day();
  return wanted.ok() ? date{wanted} : date{std::chrono::year{y} / md.month() / std::chrono::last};
}

std::optional<period_kind> period_of(recurrence_kind kind) {
  switch (kind) {
    case recurrence_kind::year:
      return period_kind::year;
    case recurrence_kind::half_year:
      return period_kind::half_year;
    case recurrence_kind::nine_months:
      return period_kind::nine_months;
    case recurrence_kind::quarter:
      return period_kind::quarter;
    case recurrence_kind::month:
      return period_kind::month;
    case recurrence_kind::once:
    case recurrence_kind::rrule:
    case recurrence_kind::on_case:
      break;
  }
  return {};
}

void check_times(reading& r) {
  looker all{r, r.out};
  for (const auto& t : r.out.tasks)
    if (t.leaf) all.look(t);
}

}  // namespace vanthu
