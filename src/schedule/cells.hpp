// The cells of an agenda: a task in one of its periods, or for one case, or once. What has to do with periods is
// decided for cells; items and links follow from them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "plan/recurrence.hpp"
#include "vanthu/plan.hpp"

namespace vanthu::schedules {

struct cell_key {
  std::uint32_t task = no_task;
  std::optional<period> when;
  int case_number = 0;
  auto operator<=>(const cell_key&) const = default;
};

// What is known of a task before it is unfolded.
struct task_shape {
  date_range days{};  // its dates inside the plan's; none when last < first
  std::uint32_t first_child = no_task, next = no_task;
  std::uint64_t size = 1;             // tasks below it, itself counted
  std::uint32_t case_root = no_task;  // the topmost task with every="case"
  const window* frame = nullptr;
  const regime* reports = nullptr;
  const procedure* steps = nullptr;
  std::uint32_t last_step = 0;
};

// A plan and its facts with what is looked up again and again. Refers to both.
class outline {
 public:
  outline(const plan& p, const facts& since);

  const plan& of() const { return p_; }
  const facts& since() const { return since_; }
  const task& at(std::uint32_t t) const { return p_.tasks[t]; }
  const task_shape& shape(std::uint32_t t) const { return shapes_[t]; }
  const raised_case* find_case(const cell_key& k) const;
  // Leaves below a task; the task itself if it is one.
  void leaves(std::uint32_t t, std::vector<std::uint32_t>& out) const;
  // Cells of a leaf whose period shares a day with `span`; once-tasks and cases whatever the span.
  void cells_in(std::uint32_t leaf, date_range span, std::vector<cell_key>& out) const;
  // Cells of `leaf` that stand to `to` as a link says: the same period, the periods inside, the one around, the one
  // before; the cases inside, the same case.
  void predecessors(const cell_key& to, std::uint32_t leaf, bool previous, std::vector<cell_key>& out) const;
  // The tasks whose finish a moment of `t` is counted from.
  void anchor_tasks(std::uint32_t t, std::vector<std::uint32_t>& out) const;

  // Tasks whose RRULE cannot be read, with what is wrong.
  const std::vector<std::pair<std::uint32_t, message>>& bad_rules() const { return bad_rules_; }

  date_range days(const cell_key& k) const;                  // the period as far as the task and the plan go
  std::optional<date_range> frame(const cell_key& k) const;  // the window in that period
  std::optional<date> cut_off(const cell_key& k) const;
  int last_year(const cell_key& k) const { return year_of(whole(k).last); }

 private:
  bool has(std::uint32_t leaf, const period& p) const;
  date_range whole(const cell_key& k) const;  // the period, not clipped
  std::optional<period> around(std::uint32_t leaf, period_kind kind, date_range days) const;
  std::optional<period> before(std::uint32_t leaf, period_kind kind, date d) const;
  void periods_inside(std::uint32_t leaf, period_kind kind, date_range days, bool whole_only,
                      std::vector<cell_key>& out) const;
  void expand_rule(std::uint32_t leaf);
  const std::vector<date>& rule_days(std::uint32_t leaf) const;
  void cases_inside(const cell_key& to, std::uint32_t leaf, std::vector<cell_key>& out) const;

  const plan& p_;
  const facts& since_;
  std::vector<task_shape> shapes_;
  std::unordered_map<std::uint32_t, std::vector<const raised_case*>> cases_;  // by topmost task, by number
  std::unordered_map<std::uint32_t, std::vector<date>> rule_days_;            // of leaves with an RRULE
  std::vector<std::pair<std::uint32_t, message>> bad_rules_;
};

// The recurrence as a kind of period, days of an RRULE included; nothing for once and case.
std::optional<period_kind> kind_of(recurrence_kind r);
const anchor* anchor_of(const moment_rule& rule);

inline constexpr std::size_t most_items = 1'000'000;
inline constexpr std::size_t most_links = 8'000'000;

// The cells of `span` and all that their links and anchors need, sorted. Nothing when they are more than `most_items`,
// or looking for them takes more than ten times `most_links` steps.
std::optional<std::vector<cell_key>> collect_cells(const outline& o, date_range span);

}  // namespace vanthu::schedules
