// The two passes over a network: earliest dates from the start, latest dates from the deadlines back.
#pragma once

#include <span>
#include <vector>

#include "vanthu/schedule.hpp"

namespace vanthu::schedules {

// What the passes know of an item beside the agenda.
struct activity {
  const working_calendar* days = nullptr;      // of who leads
  const working_calendar* receiver = nullptr;  // of who gets the product: due dates roll on it
  const item_facts* known = nullptr;           // null: nothing has happened
  bool is_void = false;                        // lapsed or closed unfinished: holds up nobody, has no dates of its own
  bool finished = false;
};

struct network {
  const agenda& items;
  const plan& of;
  std::optional<civil_minute> now;
  std::vector<activity> activities;
  std::vector<char> idle;     // links that push nobody: evidence, of void items, the later ones of join="any"
  std::vector<char> by_work;  // items whose length is what lies between their dates, not their duration
  schedule& out;

  std::span<const item_link> links_to(std::uint32_t item) const {
    return {items.links.data() + items.first[item], items.links.data() + items.first[item + std::size_t{1}]};
  }
};

// The item for the work of the task that this item is a step of; the item itself when it is no step.
inline std::uint32_t work_of(const agenda& a, std::uint32_t item) {
  const auto step = a.items[item].step;
  return step == UINT32_MAX ? item : item - step - 1;
}
inline bool has_steps(const agenda& a, std::uint32_t item) {
  return a.items[item].step == UINT32_MAX && item + std::size_t{1} < a.items.size() && a.items[item + 1].step == 0;
}

// t moved by the lag of a link, on the successor's calendar; a percentage is of the predecessor's length, in its units.
civil_minute lagged(const network& n, const item_link& l, civil_minute t, int sign);

void forward_pass(network& n);
void look_up_due_dates(network& n);  // of the items that the forward pass did not need them for
void backward_pass(network& n);

}  // namespace vanthu::schedules
