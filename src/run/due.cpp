#include <algorithm>

#include "run/waits.hpp"
#include "vanthu/run.hpp"

namespace vanthu {
namespace {

// Work that is handed in waits for nobody but whoever accepts it.
std::vector<std::uint32_t> waiting_for(const picture& p, std::uint32_t item) {
  auto s = runs::state_of(p, item);
  if (s == item_state::suspended) s = p.state.items.at(p.items.items[item].id).before_suspension;
  switch (s) {
    case item_state::planned:
      return runs::keep_from_start(p, item);
    case item_state::in_progress:
    case item_state::returned:
      return runs::keep_from_finish(p, item);
    default:
      return {};
  }
}

working_days days_left(const working_calendar& days, date as_of, date due) {
  constexpr std::chrono::days one{1};
  if (due >= as_of) return days.count({as_of + one, due});
  return {-days.count({due + one, as_of}).count};
}

due_item describe(const picture& p, std::uint32_t item, date due, item_state s) {
  due_item d;
  d.item = item;
  d.holder = holders(p.items, p.following(), item, p.as_of);
  d.due = due;
  d.left = days_left(p.days.of(d.holder.empty() ? p.items.items[item].lead : d.holder.front()), p.as_of, due);
  d.state = s;
  d.overdue = due < p.as_of && s != item_state::submitted;
  for (const auto each : waiting_for(p, item)) d.blocked_by.push_back(p.items.items[each].id);
  return d;
}

}  // namespace

bool is_blocked(const picture& p, std::uint32_t item) {
  return !waiting_for(p, item).empty();
}

std::vector<due_item> due_list(const picture& p, date until) {
  std::vector<due_item> list;
  for (std::uint32_t i = 0; i < p.items.items.size(); ++i) {
    const auto& due = p.dates.items[i].due;
    const auto s = runs::state_of(p, i);
    if (due && *due <= until && !is_final(s)) list.push_back(describe(p, i, *due, s));
  }
  std::ranges::stable_sort(list, {}, &due_item::due);
  return list;
}

}  // namespace vanthu
