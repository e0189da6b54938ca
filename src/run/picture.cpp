#include <algorithm>
#include <chrono>

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

namespace runs {

picture unfold(run_state state, calendars days) {
  const auto since = facts_of(state);
  const auto& p = *state.following;
  auto items = make_agenda(p, {p.from, p.until}, since).take();
  return {std::move(state), std::move(items), {}, std::move(days), {}};
}

void date_items(picture& p, date as_of) {
  p.as_of = as_of;
  p.dates = make_schedule(p.items, p.following(), p.days, facts_of(p.state, as_of), {civil_minute{as_of}}).take();
}

}  // namespace runs

picture look(run_state state, date as_of) {
  auto days = calendars_of(*state.following);
  auto p = runs::unfold(std::move(state), std::move(days));
  runs::date_items(p, as_of);
  return p;
}

}  // namespace vanthu
