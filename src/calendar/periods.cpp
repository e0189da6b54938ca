#include <fmt/format.h>

#include <algorithm>

#include "vanthu/calendar.hpp"

namespace vanthu {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::last;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month;

constexpr int first_year = 1800;  // as parse_date takes them
constexpr int last_year = 2399;

// The reporting periods of Decree 09/2019 run from the 15th to the 14th.
constexpr day first_reported{15};
constexpr day last_reported{14};

std::optional<int> number(std::string_view text) {
  int n = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    n = n * 10 + (c - '0');
  }
  return n;
}

unsigned months_in(period_kind kind) {
  switch (kind) {
    case period_kind::year:
      return 12;
    case period_kind::nine_months:
      return 9;
    case period_kind::half_year:
      return 6;
    case period_kind::quarter:
      return 3;
    case period_kind::month:
    case period_kind::day:
      break;
  }
  return 1;
}

// How many periods of the kind begin in a year.
unsigned count_in_year(period_kind kind) {
  return kind == period_kind::year || kind == period_kind::nine_months ? 1 : 12 / months_in(kind);
}

period day_period(date d) {
  return {period_kind::day, year_of(d), 1, d};
}

year_month first_month(const period& p) {
  return year{p.year} / month{(p.index - 1) * months_in(p.kind) + 1};
}
year_month last_month(const period& p) {
  return first_month(p) + months{static_cast<int>(months_in(p.kind)) - 1};
}

std::optional<period> part_of_year(int y, std::string_view part) {
  if (part == "9m") return period{period_kind::nine_months, y, 1, {}};
  if (part.size() != 2) return {};
  const auto named = [&](char letter) { return part.front() == letter; };
  const auto n = number(named('h') || named('q') ? part.substr(1) : part);
  if (!n) return {};
  const auto kind = named('h') ? period_kind::half_year : named('q') ? period_kind::quarter : period_kind::month;
  if (*n < 1 || *n > static_cast<int>(count_in_year(kind))) return {};
  return period{kind, y, static_cast<unsigned>(*n), {}};
}

}  // namespace

std::optional<period> parse_period(std::string_view text) {
  constexpr std::size_t day_length = 10;
  if (text.size() == day_length) {
    const auto d = parse_date(text);
    return d ? std::optional{day_period(*d)} : std::nullopt;
  }
  if (text.size() < 4) return {};
  const auto y = number(text.substr(0, 4));
  if (!y || *y < first_year || *y > last_year) return {};
  text.remove_prefix(4);
  if (text.empty()) return period{period_kind::year, *y, 1, {}};
  if (text.front() != '-') return {};
  return part_of_year(*y, text.substr(1));
}

std::optional<period_kind> parse_period_kind(std::string_view word) {
  if (word == "year") return period_kind::year;
  if (word == "half-year") return period_kind::half_year;
  if (word == "nine-months") return period_kind::nine_months;
  if (word == "quarter") return period_kind::quarter;
  if (word == "month") return period_kind::month;
  return {};
}

std::string to_string(const period& p) {
  switch (p.kind) {
    case period_kind::year:
      return fmt::format("{:04}", p.year);
    case period_kind::half_year:
      return fmt::format("{:04}-h{}", p.year, p.index);
    case period_kind::nine_months:
      return fmt::format("{:04}-9m", p.year);
    case period_kind::quarter:
      return fmt::format("{:04}-q{}", p.year, p.index);
    case period_kind::month:
      return fmt::format("{:04}-{:02}", p.year, p.index);
    case period_kind::day:
      break;
  }
  return iso(p.on.value_or(make_date(p.year, 1, 1)));
}

date_range span(const period& p) {
  if (p.kind == period_kind::day) {
    const date d = p.on.value_or(make_date(p.year, 1, 1));
    return {d, d};
  }
  return {date{first_month(p) / day{1}}, date{last_month(p) / last}};
}

std::vector<period> periods_in(period_kind kind, date_range range) {
  const date first = std::max(range.first, make_date(first_year, 1, 1));
  const date end = std::min(range.last, make_date(last_year, 12, 31));
  std::vector<period> result;
  if (kind == period_kind::day) {
    for (date d = first; d <= end; d += days{1}) result.push_back(day_period(d));
    return result;
  }
  if (first > end) return result;
  for (int y = year_of(first); y <= year_of(end); ++y)
    for (unsigned i = 1; i <= count_in_year(kind); ++i) {
      const period p{kind, y, i, {}};
      const auto covered = span(p);
      if (covered.first <= end && covered.last >= first) result.push_back(p);
    }
  return result;
}

std::optional<period> previous(const period& p) {
  if (p.kind == period_kind::day) return {};
  if (p.index > 1) return period{p.kind, p.year, p.index - 1, {}};
  if (p.year <= first_year) return {};
  return period{p.kind, p.year - 1, count_in_year(p.kind), {}};
}

date_range report_window(const period& p) {
  if (p.kind == period_kind::day) return span(p);
  return {date{(first_month(p) - months{1}) / first_reported}, date{last_month(p) / last_reported}};
}

}  // namespace vanthu
