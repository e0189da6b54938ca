#include "calendar/holidays.hpp"

#include <algorithm>

namespace vanthu::holidays {
namespace {

using std::chrono::days;

constexpr int culture_day_since = 2026;  // Resolution 28/2026/QH16, article 2: in force from 2026-07-01

// Monday is 0.
unsigned weekday_of(date d) {
  return std::chrono::weekday{d}.iso_encoding() - 1;
}

calendar_exception day_off(date d, std::string reason, std::string source) {
  return {{d, d}, false, {}, std::move(reason), std::move(source), certainty::provisional, {}, {}};
}

// The second day of the National Day may be 1/9 or 3/9. In 2021 to 2026 it was always the one that joins a weekend:
// 3/9 when 2/9 was a Monday or a Thursday, 1/9 otherwise.
date beside_national_day(int year) {
  const date day = make_date(year, 9, 2);
  const auto w = std::chrono::weekday{day};
  return w == std::chrono::Monday || w == std::chrono::Thursday ? day + days{1} : day - days{1};
}

// Article 112(1), before any make-up. Tết has two days of the old year and three of the new: with the make-up this
// gives the weekdays off of every notice from 2021 to 2026.
std::vector<calendar_exception> by_article_112(int year) {
  const std::string article = "Bộ luật Lao động 2019, Điều 112";
  std::vector<calendar_exception> result;
  const auto add = [&](date d, const char* name) { result.push_back(day_off(d, name, article)); };
  add(make_date(year, 1, 1), "Tết Dương lịch");
  if (const auto tet = from_lunar({1, 1, year, false}))
    for (int i = -2; i < 3; ++i) add(*tet + days{i}, "Tết Nguyên đán");
  if (const auto hung_kings = from_lunar({10, 3, year, false})) add(*hung_kings, "Giỗ Tổ Hùng Vương");
  add(make_date(year, 4, 30), "Ngày Chiến thắng");
  add(make_date(year, 5, 1), "Ngày Quốc tế lao động");
  add(make_date(year, 9, 2), "Quốc khánh");
  add(beside_national_day(year), "Quốc khánh");
  return result;
}

}  // namespace

std::vector<calendar_exception> of_year(int year, const std::array<bool, 7>& rest) {
  auto result = by_article_112(year);
  const auto is_off = [&](date d) {
    return std::ranges::any_of(result, [&](const auto& each) { return each.days.contains(d); });
  };
  std::ranges::sort(result, {}, [](const auto& each) { return each.days.first; });
  const auto holidays = result.size();
  for (std::size_t i = 0; i < holidays; ++i) {
    const date holiday = result[i].days.first;
    if (!rest[weekday_of(holiday)]) continue;
    constexpr int furthest = 31;  // a week without any working day has no next one
    for (int ahead = 1; ahead <= furthest; ++ahead) {
      const date d = holiday + days{ahead};
      if (rest[weekday_of(d)] || is_off(d)) continue;
      result.push_back(day_off(d, "nghỉ bù " + result[i].reason, "Bộ luật Lao động 2019, Điều 111 khoản 3"));
      break;
    }
  }
  // Outside article 112(1): whether it is made up when it falls on a day of rest is not settled, so it is not.
  if (year >= culture_day_since)
    result.push_back(day_off(make_date(year, 11, 24), "Ngày Văn hóa Việt Nam", "Nghị quyết 28/2026/QH16, Điều 2"));
  std::ranges::stable_sort(result, {}, [](const auto& each) { return each.days.first; });
  return result;
}

}  // namespace vanthu::holidays
