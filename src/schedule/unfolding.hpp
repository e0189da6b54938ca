// An agenda being made: its cells with their items, and what its makers hand on to each other.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "schedule/cells.hpp"
#include "vanthu/schedule.hpp"

namespace vanthu::schedules {

struct cell {
  cell_key key;
  const raised_case* raised = nullptr;
  date_range days{};
  std::optional<date_range> frame;
  std::optional<date> cut_off;
  date members_on{};                                // the day that decides who its members are
  const std::vector<agency_id>* members = nullptr;  // one empty id when the task does not fan out
  std::uint32_t first_item = 0, items_each = 1;     // items of a member: the work, then the steps
};

struct unfolding {
  const outline& from;
  agenda& to;
  std::vector<cell> cells;                // sorted by key
  std::vector<std::uint32_t> first_cell;  // cells of task t: cells[first_cell[t]] … cells[first_cell[t + 1] - 1]
  diagnostics notes;
  bool too_many = false;
  std::map<std::tuple<std::string, std::string, date>, std::vector<agency_id>> opened_groups;  // addresses stay

  const plan& of() const { return from.of(); }
  const cell* find(const cell_key& k) const;
  const std::vector<agency_id>& members(const std::string& group, const std::string& field, date on);
  std::uint32_t work_of(const cell& c, std::size_t member) const {
    return c.first_item + static_cast<std::uint32_t>(member) * c.items_each;
  }
  // The item whose finish is the task's: its last step if it has steps.
  std::uint32_t end_of(const cell& c, std::size_t member) const {
    return work_of(c, member) + (c.items_each == 1 ? 0 : from.shape(c.key.task).last_step + 1);
  }
};

// Field of a task's duties, the plan's if it has none of its own.
const std::string& field_of(const plan& p, std::uint32_t t);

// Members of `from` and `to` that a link between the two cells joins, as (from, to), sorted by `to`: the same member or
// heirs of each other when both fan out to one group, else each with each.
using member_pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
void match_members(const unfolding& u, const cell& from, const cell& to, member_pairs& out);

void unfold_items(unfolding& u, std::vector<cell_key> keys);  // unfold.cpp
void look_up_moments(unfolding& u);                           // moments.cpp
void make_links(unfolding& u);                                // links.cpp
void settle_conditions(unfolding& u);                         // conditions.cpp
void remark_on_holders(unfolding& u);                         // holders.cpp

}  // namespace vanthu::schedules
