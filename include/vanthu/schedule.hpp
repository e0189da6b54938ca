// Agenda: the work items that a plan unfolds to. Schedule: their dates and slack, with reasons on demand. Both are pure
// functions of plan, calendars and facts: recomputed whenever one of them changes, never patched.
// Thread safety: values and pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/calendar.hpp"
#include "vanthu/diagnostic.hpp"
#include "vanthu/export.h"
#include "vanthu/plan.hpp"

namespace vanthu {

inline constexpr std::uint32_t no_item = UINT32_MAX;
inline constexpr std::uint32_t no_link = UINT32_MAX;

// A moment of a rule with its anchor looked up: `wait` counted from `base`, or, when `after` names items, from the day
// on which the last of them finishes.
struct item_moment {
  date base{};
  std::vector<std::uint32_t> after;  // indexes in agenda::items
  amount wait{0, time_unit::day};    // negative: so long before
  roll how = roll::none;
  bool strict = false;             // the day before is the last good one
  const deadline* rule = nullptr;  // in the plan the agenda was made from; null for a start
};

// A task in one period for one agency (and, in a procedure, one step of it). A task whose product goes through a
// procedure has an item for the work before the first step and one for each step; "the task" of a link or an anchor is
// then its last step, that is, of the steps that no other follows the one written last; its start is that of the work.
struct work_item {
  item_id id;
  std::uint32_t task = no_task;     // index in plan::tasks
  std::uint32_t step = UINT32_MAX;  // index in procedure::steps, or none
  std::optional<period> when;       // nothing for a task that happens once
  int case_number = 0;              // 0: no case
  agency_id member;                 // of a task with `each`: the member at unfolding
  agency_id lead;                   // as the plan names it; who holds it on a day: holders()
  std::vector<agency_id> support;   // groups opened
  date_range days;                  // the period as far as it lies inside the plan and the task
  std::optional<date_range> window;
  std::optional<date> cut_off, raised;
  std::optional<amount> duration;  // none: from its start to its due date, else to the end of `days`
  std::optional<item_moment> not_before, due, target;
  std::optional<item_moment> task_due;  // of a last step with a due date of its own: the task's; the earlier counts
  bool conditional = false;             // depends on an outcome that is not known yet
  bool lapsed = false;                  // depends on an outcome that did not come: no dates count, it holds up nobody
};

// A dependency between two items, as one <after> or <only-if> of the plan makes it. FS and FF start from the last step
// of a procedure, and FF and SF lead to it; the outcome of a condition is that of the item for the work.
struct item_link {
  std::uint32_t from = no_item, to = no_item;
  std::uint32_t rule = 0;  // index in plan::tasks[item.task].after; UINT32_MAX: step follows step
  link_type type = link_type::fs;
  amount lag{0, time_unit::working_day};
  join_kind join = join_kind::none;
  bool done_when_submitted = false;
  bool evidence_only = false;  // upto="cut-off"
  bool condition = false;      // of <only-if>
};

struct agenda {
  std::vector<work_item> items;      // in the plan's order, then by period, case, agency, step
  std::vector<item_link> links;      // sorted by `to`, then by rule
  std::vector<std::uint32_t> first;  // links of items[i]: links[first[i]] … links[first[i + 1] - 1]
  std::vector<std::uint32_t> by_id;  // item indexes sorted by id
  agency_registry agencies;
  date_range span;
};
VANTHU_API std::uint32_t find_item(const agenda& a, const item_id& id);  // no_item when there is none
// Who holds an item on a day: its lead while that exists, else the heirs for the task's field.
VANTHU_API std::vector<agency_id> holders(const agenda& a, const plan& p, std::uint32_t item, date on);

VANTHU_API std::string title_of(const plan& p, const work_item& item);  // its task's; of a step «Kế hoạch: Ký»

// Unfolds the items whose period shares a day with `span`, once-tasks and cases included, and those that links and
// anchors of these need for their dates. Linear in its output. `p` must outlive the agenda. Remarks, one for all items
// of a task with the same trouble: "plan.period-clipped" (note), "plan.no-predecessor" (note),
// "plan.reports-to-itself", "succession.many-heirs" (of members and of successions among the facts: the rest is said
// when the plan is read), "schedule.no-anchor", "schedule.no-member", "schedule.no-holder",
// "calendar.bad-rrule" (an error); "schedule.too-many-items" beyond a million items or eight million links.
VANTHU_API checked<agenda> make_agenda(const plan& p, date_range span, const facts& since = {});

// The calendars a schedule counts with: one for all, and those of agencies that have their own. Work is counted with
// the lead's, a due date with that of the agency the product goes to.
struct VANTHU_API calendars {
  working_calendar general{};
  std::map<agency_id, working_calendar> own;
  const working_calendar& of(const agency_id& a) const;
};
// The plan's first calendar; Saturdays and Sundays off if it has none.
VANTHU_API calendars calendars_of(const plan& p);

// What set a date, for explain().
enum class cause : std::uint8_t {
  plan_start,
  period_start,
  case_raised,
  window_start,
  not_before,
  link,
  actual,  // it happened
  today,   // unfinished work is not forecast into the past
  suspension,
  duration,
  due,
  extension,  // of the due date, by a decision
  period_end,
  window_end,
  project_finish,
  successor
};

// Two moments between which nobody works are the same moment to a schedule; early_finish and late_finish are written as
// the end of the day's work, not as the beginning of the next.
struct item_dates {
  civil_minute early_start{}, early_finish{}, late_start{}, late_finish{};
  std::int64_t total_slack_min = 0, free_slack_min = 0;  // working minutes; negative: the deadline cannot be met
  std::optional<date> due, target;                       // legal deadline (ends when the day ends) and internal target
  cause start_cause = cause::period_start;               // of early_start
  cause finish_cause = cause::duration;                  // of early_finish
  cause late_cause = cause::project_finish;              // of late_finish
  cause due_cause = cause::due;                          // due or extension
  std::uint32_t start_link = no_link, finish_link = no_link, late_link = no_link;  // in agenda::links, by a link
  bool critical = false;  // total slack not above zero; never of an item that is conditional or no longer open
  civil_minute forecast() const noexcept { return early_finish; }
};

struct schedule {
  civil_minute start{}, finish{};
  std::vector<item_dates> items;     // parallel to agenda::items
  std::vector<std::uint32_t> order;  // predecessors before successors
};

struct schedule_options {
  std::optional<civil_minute> now;  // unfinished work is not forecast into the past
};

// Links push and deadlines do not pull: one that cannot be kept shows as negative slack and moves no early date. An
// actual start counts even when a predecessor is still open. Of join="any" the first to finish counts. Remarks:
// "schedule.cycle" (items that wait for one another, with the hops), "schedule.late" (a warning for each open item
// whose forecast passes its deadline, with the chain), "schedule.outside-window", "plan.due-after-until",
// "plan.period-after-cut-off", and errors of the calendar when dates leave what it covers. O(items + links).
VANTHU_API checked<schedule> make_schedule(const agenda& a, const plan& p, const calendars& c, const facts& since = {},
                                           const schedule_options& options = {});

// Why an item has its dates: the start, each link that pushed it, the duration, the deadline with its rule, article,
// days off passed over and roll. One step a message, most important first.
VANTHU_API std::vector<message> explain(const schedule& s, const agenda& a, const plan& p, const calendars& c,
                                        std::uint32_t item);

}  // namespace vanthu
