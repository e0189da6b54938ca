#include <algorithm>

#include "run/unfold.hpp"
#include "vanthu/run.hpp"

namespace vanthu {
namespace {

item_facts facts_of(const item_record& r, date open_until) {
  item_facts f;
  if (r.started) f.started = to_local(*r.started);
  if (r.submitted) f.submitted = to_local(*r.submitted);
  if (r.accepted) f.finished = to_local(*r.accepted);
  f.extended_to = r.extended_to;
  f.result = r.result;
  f.closed_unfinished = is_final(r.state) && r.state != item_state::accepted;
  f.suspended = r.suspended;
  if (r.suspended_on) f.suspended.push_back({*r.suspended_on, std::max(*r.suspended_on, open_until)});
  return f;
}

}  // namespace

std::string_view name(item_state s) {
  switch (s) {
    case item_state::planned:
      return "planned";
    case item_state::in_progress:
      return "in_progress";
    case item_state::submitted:
      return "submitted";
    case item_state::accepted:
      return "accepted";
    case item_state::returned:
      return "returned";
    case item_state::suspended:
      return "suspended";
    case item_state::cancelled:
      return "cancelled";
    case item_state::superseded:
      return "superseded";
    case item_state::lapsed:
      return "lapsed";
  }
  return {};
}

bool is_final(item_state s) {
  return s == item_state::accepted || s == item_state::cancelled || s == item_state::superseded ||
         s == item_state::lapsed;
}

facts facts_of(const run_state& s, std::optional<date> as_of) {
  facts out;
  const auto open_until = as_of.value_or(date_of(s.last_at));
  for (const auto& [item, r] : s.items) out.items.emplace(item, facts_of(r, open_until));
  out.cases = s.cases;
  return out;
}

picture look(run_state state, date as_of) {
  auto days = calendars_of(*state.following);
  auto p = runs::unfold(std::move(state), std::move(days));
  p.dates = runs::dates_of(p, as_of).take();
  p.as_of = as_of;
  return p;
}

}  // namespace vanthu
