// A network of activities: lengths, links, calendars, constraints, progress. The critical path method runs on it; an
// MSPDI file is one, and a plan's agenda becomes one to leave the house. Times are civil, to the minute.
// Thread safety: values and pure functions.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <ratio>
#include <string>
#include <vector>

#include "vanthu/calendar.hpp"
#include "vanthu/diagnostic.hpp"
#include "vanthu/export.h"
#include "vanthu/plan.hpp"

namespace vanthu {

// A civil minute in four bytes, since a network may have a million activities; it turns into a civil_minute by itself.
using short_minute = std::chrono::local_time<std::chrono::duration<std::int32_t, std::ratio<60>>>;
inline constexpr short_minute no_minute = short_minute::min();
VANTHU_API short_minute shortened(civil_minute t);  // outside 1900 to 2199: the nearest minute inside

inline constexpr std::uint32_t no_activity = UINT32_MAX;
inline constexpr std::uint16_t round_the_clock = UINT16_MAX;  // instead of a calendar: every minute is worked

// What the author asks of an activity beside its links. must_… and …_no_later say when it has to be; what happens when
// the links do not allow it, scheduling_mode decides.
enum class constraint : std::uint8_t {
  as_soon_as_possible,
  as_late_as_possible,
  must_start_on,
  must_finish_on,
  start_no_earlier_than,
  start_no_later_than,
  finish_no_earlier_than,
  finish_no_later_than
};

// An activity with children is a summary: it has no length of its own, its dates are theirs, and a link to it means
// its leaves. A link from its finish waits for all of them, one from its start for the one that begins first when
// links to and from summaries are left out. Of its constraints start_no_earlier_than and finish_no_later_than count,
// for each of its leaves.
struct activity {
  short_minute constraint_date = no_minute;
  short_minute deadline = no_minute;  // lowers late dates and nothing else
  short_minute actual_start = no_minute, actual_finish = no_minute;
  short_minute start = no_minute, finish = no_minute;  // of a manual activity: its dates, whatever its links say
  std::int32_t duration = 0;                           // working minutes; minutes by the clock when `elapsed`
  std::int32_t remaining = -1;                         // -1: all of the duration, or nothing once it is finished
  std::int32_t pause = 0;              // working minutes between the parts of one that is split, not in `duration`
  std::int32_t levelling_delay = 0;    // minutes by the clock, after the first moment that it could begin
  std::uint32_t parent = no_activity;  // a parent stands before its children
  std::uint16_t calendar = 0;
  std::uint16_t priority = 500;  // carried along; nothing here levels
  constraint rule = constraint::as_soon_as_possible;
  bool elapsed = false;
  bool milestone = false;  // may stay at the end of a day's work, where everything else moves to the next morning
  bool manual = false;
  bool inactive = false;  // no dates, and its links count for nobody
  bool by_work = false;   // lasts as long as its assignments
};

enum class lag_unit : std::uint8_t { working, elapsed, percent, elapsed_percent };  // minutes; of the predecessor's

struct precedence {
  std::uint32_t from = 0, to = 0;  // any number of links between two activities
  std::int32_t lag = 0;            // counted on the successor's calendar; negative: a lead
  link_type type = link_type::fs;
  lag_unit unit = lag_unit::working;
};

// Work of a resource on an activity with `by_work`. It is done in work * 100 / percent minutes of the calendar.
struct assignment {
  std::uint32_t activity = 0;
  std::int32_t work = 0, remaining = 0;  // working minutes
  std::int32_t delay = 0;                // working minutes after the activity begins
  std::int32_t percent = 100;            // how much of the resource; never below 1
  std::uint16_t calendar = 0;            // of the resource, where the activity's allows it
  std::int32_t pause = -1;               // working minutes between its parts; -1: those of the activity
};

struct activity_network {
  std::vector<working_calendar> calendars;
  std::vector<activity> activities;
  std::vector<precedence> links;
  std::vector<assignment> assignments;
  std::vector<std::string> ids;  // for remarks, parallel to activities; may be empty, as `where` may
  std::vector<location> where;
};

// pure: links always push, and a constraint that they break is a remark. msp: as Microsoft Project does with «tasks
// will always honor their constraint dates»: a constraint's date counts whatever the links say, and its total slack
// says by how much they disagree; what is elapsed begins at any hour, and its slack is by the clock.
enum class scheduling_mode : std::uint8_t { pure, msp };

struct network_options {
  scheduling_mode mode = scheduling_mode::pure;
  short_minute start{};                 // of the project; of one scheduled from its finish: not used
  std::optional<short_minute> finish;   // schedule back from here: the project then starts when it has to
  std::optional<short_minute> now;      // unfinished work is not forecast into the past
  std::int32_t critical_slack_min = 0;  // critical: total slack not above this
};

// Two moments between which nobody works are the same moment. An inactive activity has no_minute throughout.
struct activity_dates {
  short_minute early_start = no_minute, early_finish = no_minute, late_start = no_minute, late_finish = no_minute;
  std::int32_t total_slack_min = 0, free_slack_min = 0;  // of the activity's calendar
  bool critical = false;
};

struct network_schedule {
  short_minute start{}, finish{};
  std::vector<activity_dates> items;  // parallel to activity_network::activities
  std::vector<std::uint32_t> order;   // leaves, predecessors before successors
};

// Both passes and the slack. O(activities + links), where a link to or from a summary counts once for each leaf;
// nothing recurses. Remarks: "schedule.cycle" and "schedule.too-many-links" (errors); "schedule.constraint-broken"
// (pure: a constraint gave way to links), "schedule.late" with the chain that led there, "schedule.started-early"
// (begun before a predecessor let it), errors of a calendar that ends too soon. Throws error(errc::misuse,
// "schedule.bad-network") when an index is out of range, a parent stands after its child, or a duration is negative.
VANTHU_API checked<network_schedule> schedule_network(const activity_network& n, const network_options& options);

// When the work is planned: the early dates, and the late ones of what is as late as possible.
struct planned_dates {
  short_minute start = no_minute, finish = no_minute;
};
VANTHU_API planned_dates planned(const activity_network& n, const network_schedule& s, std::uint32_t item);

// Why activities have their dates. Indexes the links once; each answer then looks at those of its activity and, for a
// chain, of those that led there. The arguments must outlive it.
class VANTHU_API network_explainer {
 public:
  network_explainer(const activity_network& n, const network_options& options, const network_schedule& s);
  // What set the start, with the chain of links that led there, and the slack; of one that is short of time, the chain
  // of successors down to the deadline or constraint that causes it.
  std::vector<message> explain(std::uint32_t item) const;
  // The link that set the early start, as an index in activity_network::links; no_activity when it was not a link.
  std::uint32_t driving_link(std::uint32_t item) const;
  std::string chain_to(std::uint32_t item) const;  // «c ← b ← a», each pushed by the one that follows

  network_explainer(network_explainer&&) noexcept;
  ~network_explainer();

 private:
  struct state;
  std::unique_ptr<const state> state_;
};

}  // namespace vanthu
