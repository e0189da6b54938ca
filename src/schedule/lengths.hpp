// How long activities last and how far links push: the arithmetic that both passes and the explanations share.
#pragma once

#include <vector>

#include "schedule/clock.hpp"

namespace vanthu::schedules {

enum class part { whole, rest, done };

inline bool is_started(const activity& a) {
  return a.actual_start != no_minute;
}
inline bool is_finished(const activity& a) {
  return a.actual_finish != no_minute;
}
// Minutes of an activity without assignments.
std::int64_t minutes_of(const activity& a, part of);

// What a link does, whatever it is stored in.
struct push {
  link_type type = link_type::fs;
  lag_unit unit = lag_unit::working;
  std::int32_t lag = 0;
};

class lengths {
 public:
  lengths(const activity_network& n, const network_options& options);

  // What the activity is measured by. Microsoft Project puts elapsed ones on the clock throughout; `pure` lets them
  // begin when somebody works.
  const clock& of(std::uint32_t a) const {
    const auto& it = n_.activities[a];
    return it.elapsed && msp_ ? clocks_.back() : of_calendar(it.calendar);
  }
  const clock& of_calendar(std::uint16_t c) const { return c == round_the_clock ? clocks_.back() : clocks_[c]; }
  minute project_start() const { return start_; }

  minute finish_from(std::uint32_t a, minute start, part of) const;
  minute start_from(std::uint32_t a, minute finish, part of) const;
  // Where work on it can begin; a milestone may stay at the end of a day's work.
  minute settled(std::uint32_t a, minute t) const;
  // The same after its levelling delay: counted from there, on to the next moment where work on it can begin.
  minute levelled(std::uint32_t a, minute t) const;
  // How late what comes before may let it begin that its delay still brings it no further than t.
  minute levelled_back(std::uint32_t a, minute t) const;
  // The same moment as the end of work, not the beginning of the next.
  minute settled_back(std::uint32_t a, minute t) const;

  // What the summaries above ask of all that is in them: not to begin before the one, not to finish after the other.
  minute floor_of(std::uint32_t a) const { return bounds_.empty() ? nothing : bounds_[a].floor; }
  minute ceiling_of(std::uint32_t a) const { return bounds_.empty() ? INT32_MAX : bounds_[a].ceiling; }

  // t moved by the lag, on the calendar of the successor; sign is 1 or -1.
  minute lagged(const push& p, std::uint32_t from, std::uint32_t to, minute t, int sign) const;
  // The earliest start that a predecessor with these dates leaves.
  minute pushed(const push& p, std::uint32_t from, std::uint32_t to, minute start, minute finish) const;

 private:
  struct bounds {
    minute floor = nothing, ceiling = INT32_MAX;
  };

  void find_bounds();
  bool has_work(std::uint32_t a) const { return !first_.empty() && first_[a] != first_[a + std::size_t{1}]; }
  template <class Visit>
  void each_assignment(std::uint32_t a, Visit visit) const;

  const activity_network& n_;
  std::vector<bounds> bounds_;                 // empty when no summary asks for anything
  std::vector<clock> clocks_;                  // the last: round the clock
  std::vector<std::uint32_t> first_, places_;  // assignments of activity a: places_[first_[a]] …
  minute start_ = 0;
  bool msp_ = false;
};

}  // namespace vanthu::schedules
