// Networks for tests, and short ways to say what came out. Work is from 08:00 to 12:00 and 13:00 to 17:00, Monday to
// Friday; projects begin on Monday, 1 January 2024, which is worked here.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "vanthu/network.hpp"

namespace vanthu {

inline constexpr std::int32_t a_day = 480;
inline constexpr std::int32_t clock_day = 1440;

inline calendar_definition office_week() {
  auto week = weekly_calendar();
  for (std::size_t day = 0; day < 5; ++day) week.week[day] = {{480, 720}, {780, 1020}};
  return week;
}

inline calendar_definition days_off(calendar_definition week, std::string_view first, std::string_view last) {
  calendar_exception off;
  off.days = {parse_date(first).value(), parse_date(last).value()};
  off.reason = "nghỉ";
  week.exceptions.push_back(std::move(off));
  return week;
}

inline short_minute at(std::string_view text) {
  return shortened(parse_minute(text).value());
}

// "2024-01-01T08:00", or "-".
inline std::string text_of(short_minute t) {
  return t == no_minute ? "-" : iso(civil_minute{t});
}

struct project {
  activity_network n;
  network_options o;
  std::map<std::string, std::uint32_t, std::less<>> index;
  std::optional<network_schedule> s;
  diagnostics notes;

  project() {
    n.calendars.emplace_back(office_week());
    o.start = at("2024-01-01T08:00");
  }

  activity& add(std::string id, std::int32_t minutes) {
    index[id] = static_cast<std::uint32_t>(n.activities.size());
    n.ids.push_back(std::move(id));
    n.activities.emplace_back().duration = minutes;
    return n.activities.back();
  }
  activity& milestone(std::string id) {
    auto& a = add(std::move(id), 0);
    a.milestone = true;
    return a;
  }
  activity& child(std::string id, std::int32_t minutes, std::string_view parent) {
    const auto above = number(parent);
    auto& a = add(std::move(id), minutes);
    a.parent = above;
    return a;
  }
  std::uint32_t number(std::string_view id) const {
    const auto found = index.find(id);
    REQUIRE(found != index.end());
    return found->second;
  }
  activity& of(std::string_view id) { return n.activities[number(id)]; }
  void link(std::string_view from, std::string_view to, link_type type = link_type::fs, std::int32_t lag = 0,
            lag_unit unit = lag_unit::working) {
    n.links.push_back({number(from), number(to), lag, type, unit});
  }
  project& run(scheduling_mode mode = scheduling_mode::msp) {
    o.mode = mode;
    auto done = schedule_network(n, o);
    notes = std::move(done.notes);
    s = std::move(done.value);
    return *this;
  }
  const activity_dates& dates(std::string_view id) const { return s.value().items[number(id)]; }
  std::string early(std::string_view id) const {
    return text_of(dates(id).early_start) + " " + text_of(dates(id).early_finish);
  }
  std::string late(std::string_view id) const {
    return text_of(dates(id).late_start) + " " + text_of(dates(id).late_finish);
  }
  std::int32_t slack(std::string_view id) const { return dates(id).total_slack_min; }
  std::int32_t free_slack(std::string_view id) const { return dates(id).free_slack_min; }
  // Whether the two are the same moment to the calendar of the activity.
  bool same(std::string_view id, short_minute a, std::string_view b) const {
    const auto& it = n.activities[number(id)];
    return n.calendars[it.calendar].work(civil_minute{a}, civil_minute{at(b)}) == 0;
  }
  std::string why(std::string_view id) const {
    std::string out;
    for (const auto& m : network_explainer(n, o, s.value()).explain(number(id)))
      out += (out.empty() ? "" : " | ") + text(m, language::en);
    return out;
  }
};

inline std::string said_ids(const diagnostics& notes) {
  std::string out;
  for (const auto& d : notes) out += (out.empty() ? "" : " ") + d.id();
  return out;
}

}  // namespace vanthu
