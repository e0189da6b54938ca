// vanthu calendar: each command prints its result first, in ISO, then how it came about, one step a line, indented.
#include "vanthu/calendar.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iostream>

#include "session.hpp"

namespace cli {
namespace {

using namespace vanthu;

void print_steps(const session& s, const std::vector<message>& steps) {
  for (const auto& step : steps) std::cout << "  " << s.say(step) << '\n';
}

std::string lunar_text(const lunar_date& l, language lang) {
  const auto* word = l.leap ? (lang == language::vi ? "/nhuận" : "/leap") : "";
  return fmt::format("{}/{}{}/{}", l.day, l.month, word, l.year);
}

std::optional<int> whole_number(std::string_view text) {
  int n = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (failure != std::errc{} || end != text.data() + text.size()) return {};
  return n;
}

// D/M/YEAR or D/M/leap/YEAR
lunar_date need_lunar(const std::string& text) {
  std::vector<std::string> parts{""};
  for (const char c : text) {
    if (c == '/')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  const bool leap = parts.size() == 4 && (parts[2] == "leap" || parts[2] == "nhuận");
  const auto wrong = CLI::ValidationError("--from-lunar", text + " is no lunar date D/M[/leap]/YEAR");
  if (parts.size() != (leap ? 4U : 3U)) throw wrong;
  const auto day = whole_number(parts[0]);
  const auto month = whole_number(parts[1]);
  const auto year = whole_number(parts.back());
  if (!day || !month || !year) throw wrong;
  return {*day, *month, *year, leap};
}

struct arguments {
  std::vector<std::string> dates;
  std::string from, to, amount_text, roll_word = "forward", lunar_from, kind, rule, start;
  int year = 0;
  unsigned index = 1;
  std::size_t most = 10;
};

void print_days(session& s, const std::vector<std::string>& dates) {
  const auto days = s.calendar();
  for (const auto& each : dates) {
    const auto vague = parse_date(each) ? std::nullopt : parse_vague_date(each, year_of(s.today()));
    const auto d = vague ? *vague : need_date(each, "DATE");
    const auto status = days.status(d);
    std::cout << iso(d) << (status.working ? " working\n" : " off\n");
    if (vague) print_steps(s, {{"calendar.vague-date", {each, iso(d)}}});
    print_steps(s, {status.why});
    std::cout << "  " << lunar_text(to_lunar(d), s.lang) << '\n';
  }
}

void print_sum(session& s, const arguments& a) {
  const auto days = s.calendar();
  const auto from = need_date(a.from, "DATE");
  const auto length = parse_amount(a.amount_text);
  if (!length) throw CLI::ValidationError("AMOUNT", a.amount_text + " is no amount: 5wd 15d 2w 3m 1y -5wd");
  const auto how = a.roll_word == "none" ? roll::none : a.roll_word == "backward" ? roll::backward : roll::forward;
  std::cout << iso(period_end(days, from, *length, how)) << '\n';
  print_steps(s, explain_period_end(days, from, *length, how));
}

void print_count(session& s, const arguments& a) {
  const auto days = s.calendar();
  const date_range whole{need_date(a.from, "FROM"), need_date(a.to, "TO")};
  std::cout << days.count(whole).count << '\n';
  for (auto d = whole.first; d <= whole.last; d += std::chrono::days{1}) {
    const auto status = days.status(d);
    if (status.why.id != "calendar.working-day" && status.why.id != "calendar.weekend") print_steps(s, {status.why});
  }
}

void print_rule(session& s, const arguments& a) {
  const auto start = parse_minute(a.start.size() == 10 ? a.start + "T00:00" : a.start);
  if (!start) throw CLI::ValidationError("--start", a.start + " is no YYYY-MM-DDTHH:MM");
  const auto times = s.accept(rrule_times(a.rule, *start, civil_minute{make_date(2199, 12, 31)}, a.most));
  if (!times) return;
  for (const auto t : *times) std::cout << iso(t) << '\n';
}

void print_period(const arguments& a) {
  const auto kind = parse_period_kind(a.kind);
  const unsigned last = kind == period_kind::half_year ? 2
                        : kind == period_kind::quarter ? 4
                        : kind == period_kind::month   ? 12
                                                       : 1;
  if (!kind || a.index < 1 || a.index > last)
    throw CLI::ValidationError("KIND", "month quarter half-year nine-months year, with N inside the year");
  const period p{*kind, a.year, a.index, {}};
  const auto window = report_window(p);
  const auto whole = span(p);
  std::cout << iso(window.first) << '/' << iso(window.last) << '\n'
            << "  " << to_string(p) << ": " << iso(whole.first) << '/' << iso(whole.last) << '\n';
}

void print_holidays(session& s, int year) {
  const auto days = s.calendar();
  for (auto d = make_date(year, 1, 1); d <= make_date(year, 12, 31); d += std::chrono::days{1}) {
    const auto status = days.status(d);
    const bool weekend = std::chrono::weekday{std::chrono::sys_days{d.time_since_epoch()}}.iso_encoding() > 5;
    if (status.working == weekend)  // a day off in the week, or a weekend day worked
      std::cout << iso(d) << (status.working ? " working  " : " off  ") << s.say(status.why) << '\n';
  }
}

}  // namespace

void add_calendar_commands(CLI::App& app, session& s) {
  auto* group = app.add_subcommand("calendar", "Working days, legal periods, reporting periods, lunar dates");
  group->require_subcommand(1);
  auto a = std::make_shared<arguments>();

  auto* day = group->add_subcommand("day", "Is a day worked, and why");
  day->add_option("DATE", a->dates)->required();
  day->footer("Example: vanthu calendar day 2024-05-04");
  day->callback([a, &s] { print_days(s, a->dates); });

  auto* add =
      group->add_subcommand("add", "The end of a period counted from a day (Civil Code 2015, articles 147-148)");
  add->add_option("DATE", a->from)->required();
  add->add_option("AMOUNT", a->amount_text, "5wd 15d 2w 3m 1y -5wd")->required();
  add->add_option("--roll", a->roll_word)->check(CLI::IsMember({"forward", "backward", "none"}));
  add->footer("Example: vanthu calendar add 2023-12-14 2wd");
  add->callback([a, &s] { print_sum(s, *a); });

  auto* count = group->add_subcommand("count", "Working days in the closed interval");
  count->add_option("FROM", a->from)->required();
  count->add_option("TO", a->to)->required();
  count->footer("Example: vanthu calendar count 2023-11-15 2023-12-15");
  count->callback([a, &s] { print_count(s, *a); });

  auto* lunar = group->add_subcommand("lunar", "The lunar date of a day, or the day of a lunar date");
  lunar->add_option("DATE", a->from);
  lunar->add_option("--from-lunar", a->lunar_from, "D/M[/leap]/YEAR")->excludes("DATE");
  lunar->footer("Example: vanthu calendar lunar 2025-01-29");
  lunar->callback([a, &s] {
    if (a->from.empty() == a->lunar_from.empty()) throw CLI::ValidationError("lunar", "needs a DATE or --from-lunar");
    if (!a->from.empty()) {
      std::cout << lunar_text(to_lunar(need_date(a->from, "DATE")), s.lang) << '\n';
    } else if (const auto d = from_lunar(need_lunar(a->lunar_from))) {
      std::cout << iso(*d) << '\n';
    } else {
      std::cerr << "error: there is no such lunar day: " << a->lunar_from << '\n';
      s.exit = refused;
    }
  });

  auto* holidays = group->add_subcommand("holidays", "Days of a year that depart from the week");
  holidays->add_option("YEAR", a->year)->required()->check(CLI::Range(1900, 2199));
  holidays->footer("Example: vanthu calendar holidays 2024");
  holidays->callback([a, &s] { print_holidays(s, a->year); });

  auto* rule = group->add_subcommand("rrule", "The moments of a recurrence rule (RFC 5545)");
  rule->add_option("RRULE", a->rule)->required();
  rule->add_option("--start", a->start, "The first moment it may give, YYYY-MM-DDTHH:MM")->required();
  rule->add_option("--count", a->most, "At most so many (default: 10)")->check(CLI::Range(1, 100'000));
  rule->footer("Example: vanthu calendar rrule 'FREQ=MONTHLY;BYDAY=1MO' --start 2024-01-01T08:00");
  rule->callback([a, &s] { print_rule(s, *a); });

  auto* reporting =
      group->add_subcommand("period", "The days a report of the period counts (Decree 09/2019, article 12)");
  reporting->add_option("KIND", a->kind, "month quarter half-year nine-months year")->required();
  reporting->add_option("YEAR", a->year)->required()->check(CLI::Range(1900, 2199));
  reporting->add_option("N", a->index, "which month, quarter or half");
  reporting->footer("Example: vanthu calendar period half-year 2023 1");
  reporting->callback([a] { print_period(*a); });
}

}  // namespace cli
