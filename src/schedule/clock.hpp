// Calendar arithmetic in the four-byte minutes of a network.
#pragma once

#include "calendar/coverage.hpp"
#include "vanthu/network.hpp"

namespace vanthu::schedules {

using minute = std::int32_t;  // since 1970
inline constexpr minute nothing = INT32_MIN;

inline constexpr minute to_minute(short_minute t) {
  return t.time_since_epoch().count();
}
inline constexpr short_minute to_short(minute t) {
  return short_minute{short_minute::duration{t}};
}
inline constexpr civil_minute to_civil(minute t) {
  return civil_minute{std::chrono::minutes{t}};
}

inline constexpr std::int64_t first_minute = civil_minute{coverage_first}.time_since_epoch().count();
inline constexpr std::int64_t last_minute =
    civil_minute{coverage_last + std::chrono::days{1}}.time_since_epoch().count();
[[noreturn]] void throw_not_covered(std::int64_t t);
// Throws error(errc::out_of_coverage, "calendar.out-of-coverage") when t lies outside 1900 to 2199.
inline minute covered(std::int64_t t) {
  if (t < first_minute || t > last_minute) throw_not_covered(t);
  return static_cast<minute>(t);
}

// A calendar, or the clock on the wall.
class clock {
 public:
  explicit clock(const working_calendar* days) : days_(days) {}

  minute next_start(minute t) const { return days_ ? count(days_->next_start(to_civil(t))) : t; }
  minute prev_end(minute t) const { return days_ ? count(days_->prev_end(to_civil(t))) : t; }
  minute add(minute t, std::int64_t n) const {
    if (!days_ || n == 0) return covered(t + n);
    return count(days_->add(to_civil(t), n));
  }
  std::int64_t work(minute a, minute b) const {
    return days_ ? days_->work(to_civil(a), to_civil(b)) : std::int64_t{b} - a;
  }
  bool is_same(minute a, minute b) const { return a == b || work(a, b) == 0; }

 private:
  static minute count(civil_minute t) { return static_cast<minute>(t.time_since_epoch().count()); }

  const working_calendar* days_;
};

}  // namespace vanthu::schedules
