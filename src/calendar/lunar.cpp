// The Vietnamese lunar calendar by the rules Hồ Ngọc Đức published: months begin on the civil day (UTC+07:00) of a new
// moon, the winter solstice lies in month 11, and of thirteen months between two months 11 the first without a major
// solar term is the leap month. New moons and solar longitudes come from the short series of Meeus, «Astronomical
// Formulae for Calculators» (chapters 32 and 18): good to a few minutes, which is what a calendar of days needs. This
// is the one place of the library with binary floating point; every result is a day.
#include <array>
#include <cmath>
#include <numbers>

#include "vanthu/calendar.hpp"

namespace vanthu {
namespace {

using std::chrono::days;

constexpr double julian_day_1970 = 2440587.5;  // of 1970-01-01T00:00Z
constexpr double offset_in_days = 7.0 / 24;
constexpr double mean_month = 29.530588853;
constexpr date lunar_first = make_date(1800, 1, 1);
constexpr date lunar_last = make_date(2199, 12, 31);

double radians(double degrees) {
  return std::remainder(degrees, 360.0) * (std::numbers::pi / 180);
}

date civil_day(double julian_day) {
  return date{days{static_cast<int>(std::floor(julian_day - julian_day_1970 + offset_in_days))}};
}

// One periodic term of the new moon, in days: amplitude * sin(m * M + a * M' + f * F).
struct moon_term {
  double amplitude, m, a, f;
};
constexpr std::array<moon_term, 12> moon_terms{{
    {0.0021, 2, 0, 0},
    {-0.4068, 0, 1, 0},
    {0.0161, 0, 2, 0},
    {-0.0004, 0, 3, 0},
    {0.0104, 0, 0, 2},
    {-0.0051, 1, 1, 0},
    {-0.0074, 1, -1, 0},
    {0.0004, 1, 0, 2},
    {-0.0004, -1, 0, 2},
    {-0.0006, 0, 1, 2},
    {0.0010, 0, -1, 2},
    {0.0005, 1, 2, 0},
}};

// Days by which dynamical time runs ahead of universal time; t in centuries since 1900.
double delta_t(double t) {
  if (t < -11) return 0.001 + t * (0.000839 + t * (0.0002261 + t * (-0.00000845 - t * 0.000000081)));
  return -0.000278 + t * (0.000265 + t * 0.000262);
}

// The civil day of new moon number k; number 0 is the one of January 1900.
date new_moon(int k) {
  const double n = k;
  const double t = n / 1236.85;
  const double t2 = t * t;
  const double t3 = t2 * t;
  const double mean = 2415020.75933 + 29.53058868 * n + 0.0001178 * t2 - 0.000000155 * t3 +
                      0.00033 * std::sin(radians(166.56 + 132.87 * t - 0.009173 * t2));
  const double sun = radians(359.2242 + 29.10535608 * n - 0.0000333 * t2 - 0.00000347 * t3);
  const double moon = radians(306.0253 + 385.81691806 * n + 0.0107306 * t2 + 0.00001236 * t3);
  const double latitude = radians(21.2964 + 390.67050646 * n - 0.0016528 * t2 - 0.00000239 * t3);
  double correction = (0.1734 - 0.000393 * t) * std::sin(sun);
  for (const auto& term : moon_terms)
    correction += term.amplitude * std::sin(term.m * sun + term.a * moon + term.f * latitude);
  return civil_day(mean + correction - delta_t(t));
}

// Which twelfth of the ecliptic, 30 degrees each from the vernal equinox, the Sun is in as the day begins.
int solar_sector(date d) {
  const double julian_day = julian_day_1970 + static_cast<double>(d.time_since_epoch().count()) - offset_in_days;
  const double t = (julian_day - 2451545.0) / 36525;
  const double t2 = t * t;
  const double anomaly = radians(357.52910 + 35999.05030 * t - 0.0001559 * t2 - 0.00000048 * t2 * t);
  const double centre = (1.914600 - 0.004817 * t - 0.000014 * t2) * std::sin(anomaly) +
                        (0.019993 - 0.000101 * t) * std::sin(2 * anomaly) + 0.000290 * std::sin(3 * anomaly);
  const double apparent = 280.46645 + 36000.76983 * t + 0.0003032 * t2 + centre - 0.00569 -
                          0.00478 * std::sin(radians(125.04 - 1934.136 * t));
  const double turn = apparent - 360 * std::floor(apparent / 360);
  return static_cast<int>(turn / 30) % 12;
}

// The number of the last new moon on or before a day.
int moon_on(date d) {
  const double since = static_cast<double>((d - make_date(1900, 1, 1)).count());
  int k = static_cast<int>(std::floor(since / mean_month));
  while (new_moon(k) > d) --k;
  while (new_moon(k + 1) <= d) ++k;
  return k;
}

// The months from month 11 of `year` - 1, which holds the winter solstice, to the one before month 11 of `year`.
struct solstice_year {
  int year = 0;
  int first = 0;   // number of the new moon that begins month 11
  int months = 0;  // 12 or 13
  int leap = 0;    // which of them repeats the number before it; 0: none does
};

int month_eleven(int year) {
  constexpr int winter = 9;  // the sector that begins with the solstice
  const int k = moon_on(make_date(year, 12, 31));
  return solar_sector(new_moon(k)) >= winter ? k - 1 : k;
}

solstice_year months_of(int year) {
  solstice_year result{year, month_eleven(year - 1), 0, 0};
  result.months = month_eleven(year) - result.first;
  if (result.months < 13) return result;
  for (int i = 1; i < result.months && result.leap == 0; ++i)
    if (solar_sector(new_moon(result.first + i)) == solar_sector(new_moon(result.first + i + 1))) result.leap = i;
  return result;
}

// The name of month number i of a solstice year, as a date of its first day.
lunar_date name_of(const solstice_year& y, int i) {
  const bool after_leap = y.leap != 0 && i >= y.leap;
  const int number = 11 + i - (after_leap ? 1 : 0);
  const bool old_year = number <= 12;
  return {1, old_year ? number : number - 12, old_year ? y.year - 1 : y.year, y.leap != 0 && i == y.leap};
}

}  // namespace

lunar_date to_lunar(date d) {
  if (d < lunar_first || d > lunar_last)
    throw error(errc::out_of_coverage,
                message{"calendar.out-of-coverage", {iso(d), iso(lunar_first), iso(lunar_last)}});
  const int k = moon_on(d);
  auto y = months_of(year_of(d));
  if (k >= y.first + y.months) y = months_of(y.year + 1);
  auto result = name_of(y, k - y.first);
  result.day = static_cast<int>((d - new_moon(k)).count()) + 1;
  return result;
}

std::optional<date> from_lunar(const lunar_date& l) {
  if (l.day < 1 || l.day > 30 || l.month < 1 || l.month > 12) return {};
  if (l.year < year_of(lunar_first) - 1 || l.year > year_of(lunar_last)) return {};
  const auto y = months_of(l.month >= 11 ? l.year + 1 : l.year);
  for (int i = 0; i < y.months; ++i) {
    const auto name = name_of(y, i);
    if (name.month != l.month || name.year != l.year || name.leap != l.leap) continue;
    const date d = new_moon(y.first + i) + days{l.day - 1};
    if (d >= new_moon(y.first + i + 1) || d < lunar_first || d > lunar_last) return {};
    return d;
  }
  return {};
}

}  // namespace vanthu
