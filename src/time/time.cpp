#include "vanthu/time.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace vanthu {
namespace {

using namespace std::chrono;

constexpr int first_year = 1800;
constexpr int last_year = 2399;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads exactly `width` digits at the front of `text` and drops them.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return {};
  int n = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (!is_digit(text[i])) return {};
    n = n * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return n;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<date> take_date(std::string_view& text) {
  const auto y = take_digits(text, 4);
  if (!y || !take(text, '-')) return {};
  const auto m = take_digits(text, 2);
  if (!m || !take(text, '-')) return {};
  const auto d = take_digits(text, 2);
  if (!d || *y < first_year || *y > last_year) return {};
  const year_month_day ymd{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!ymd.ok()) return {};
  return date{ymd};
}

std::optional<minutes> take_clock(std::string_view& text) {
  const auto h = take_digits(text, 2);
  if (!h || *h > 23 || !take(text, ':')) return {};
  const auto m = take_digits(text, 2);
  if (!m || *m > 59) return {};
  return hours{*h} + minutes{*m};
}

std::optional<microseconds> take_fraction(std::string_view& text) {
  microseconds result{0};
  int scale = 100000;
  int digits = 0;
  while (!text.empty() && is_digit(text.front())) {
    result += microseconds{scale * (text.front() - '0')};
    scale /= 10;
    text.remove_prefix(1);
    if (++digits > 6) return {};
  }
  if (digits == 0) return {};
  return result;
}

std::optional<minutes> take_offset(std::string_view& text) {
  if (take(text, 'Z')) return minutes{0};
  const bool minus = !text.empty() && text.front() == '-';
  if (!minus && (text.empty() || text.front() != '+')) return {};
  text.remove_prefix(1);
  const auto offset = take_clock(text);
  if (!offset) return {};
  return minus ? -*offset : *offset;
}

struct unit_name {
  std::string_view suffix;
  time_unit unit;
};
constexpr std::array unit_names{
    unit_name{"wd", time_unit::working_day}, unit_name{"d", time_unit::day},
    unit_name{"w", time_unit::week},         unit_name{"m", time_unit::month},
    unit_name{"y", time_unit::year},         unit_name{"min", time_unit::minute},
    unit_name{"h", time_unit::hour},         unit_name{"ed", time_unit::elapsed_day},
    unit_name{"eh", time_unit::elapsed_hour}, unit_name{"%", time_unit::percent},
};

}  // namespace

civil_minute to_local(instant t) {
  return civil_minute{floor<minutes>(t.time_since_epoch() + civil_offset)};
}

instant to_instant(civil_minute t) { return instant{t.time_since_epoch() - civil_offset}; }

date date_of(instant t) { return floor<days>(to_local(t)); }

std::optional<date> parse_date(std::string_view text) {
  const auto d = take_date(text);
  return text.empty() ? d : std::nullopt;
}

std::optional<civil_minute> parse_minute(std::string_view text) {
  const auto d = take_date(text);
  if (!d || !take(text, 'T')) return {};
  const auto clock = take_clock(text);
  if (!clock || !text.empty()) return {};
  return civil_minute{*d} + *clock;
}

std::optional<instant> parse_instant(std::string_view text) {
  const auto d = take_date(text);
  if (!d || !take(text, 'T')) return {};
  const auto clock = take_clock(text);
  if (!clock || !take(text, ':')) return {};
  const auto s = take_digits(text, 2);
  if (!s || *s > 59) return {};
  microseconds fraction{0};
  if (take(text, '.')) {
    const auto f = take_fraction(text);
    if (!f) return {};
    fraction = *f;
  }
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return {};
  return instant{d->time_since_epoch() + *clock + seconds{*s} + fraction - *offset};
}

std::optional<month_day> parse_month_day(std::string_view text) {
  if (!take(text, '-') || !take(text, '-')) return {};
  const auto m = take_digits(text, 2);
  if (!m || !take(text, '-')) return {};
  const auto d = take_digits(text, 2);
  if (!d || !text.empty()) return {};
  const month_day md{month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!md.ok()) return {};
  return md;
}

std::string iso(date d) {
  const auto c = civil(d);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(c.year()), static_cast<unsigned>(c.month()),
                     static_cast<unsigned>(c.day()));
}

std::string iso(civil_minute t) {
  const date d = floor<days>(t);
  const hh_mm_ss clock{t - civil_minute{d}};
  return fmt::format("{}T{:02}:{:02}", iso(d), clock.hours().count(), clock.minutes().count());
}

std::string rfc3339(instant t) {
  const auto day_start = floor<days>(t);
  const hh_mm_ss clock{t - day_start};
  auto result = fmt::format("{}T{:02}:{:02}:{:02}", iso(date{day_start.time_since_epoch()}), clock.hours().count(),
                            clock.minutes().count(), clock.seconds().count());
  if (const auto us = clock.subseconds().count(); us != 0) {
    result += fmt::format(".{:06}", us);
    while (result.back() == '0') result.pop_back();
  }
  return result + "Z";
}

std::optional<amount> parse_amount(std::string_view text) {
  constexpr int limit = 1'000'000;
  int count = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (failure != std::errc{} || count > limit || count < -limit) return {};
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  for (const auto& name : unit_names)
    if (name.suffix == text) return amount{count, name.unit};
  return {};
}

std::string to_string(amount a) {
  for (const auto& name : unit_names)
    if (name.unit == a.unit) return fmt::format("{}{}", a.count, name.suffix);
  return {};
}

}  // namespace vanthu
