#include "schedule/driving.hpp"

#include <algorithm>
#include <string_view>

#include "schedule/lengths.hpp"

namespace vanthu {
namespace schedules {
namespace {

constexpr std::size_t most_hops = 20;

std::string_view word(link_type t) {
  constexpr std::string_view words[] = {"FS", "SS", "FF", "SF"};
  return words[static_cast<std::size_t>(t)];
}

// As planners write them in every language.
std::string_view word(constraint c) {
  constexpr std::string_view words[] = {"ASAP", "ALAP", "MSO", "MFO", "SNET", "SNLT", "FNET", "FNLT"};
  return words[static_cast<std::size_t>(c)];
}

std::string written(short_minute t) {
  return iso(civil_minute{t});
}

// Links of activity a: links[first[a]] … links[first[a + 1] - 1].
struct link_index {
  std::vector<std::uint32_t> first, links;

  link_index(const activity_network& n, std::uint32_t precedence::*end) : first(n.activities.size() + 1) {
    for (const auto& l : n.links) ++first[l.*end + std::size_t{1}];
    for (std::size_t i = 0; i < n.activities.size(); ++i) first[i + 1] += first[i];
    links.resize(n.links.size());
    auto at = first;
    for (std::uint32_t l = 0; l < n.links.size(); ++l) links[at[n.links[l].*end]++] = l;
  }

  // Those of the activity and of the summaries above it.
  template <class Visit>
  void each(const activity_network& n, std::uint32_t a, Visit visit) const {
    for (; a != no_activity; a = n.activities[a].parent)
      for (auto at = first[a]; at < first[a + std::size_t{1}]; ++at) visit(links[at]);
  }
};

std::string lag_text(const precedence& l) {
  const auto n = std::to_string(l.lag);
  switch (l.unit) {
    case lag_unit::working:
      return n + "min";
    case lag_unit::elapsed:
      return n + " emin";
    case lag_unit::percent:
      return n + "%";
    case lag_unit::elapsed_percent:
      break;
  }
  return n + "e%";
}

}  // namespace

std::string name_of(const activity_network& n, std::uint32_t a) {
  return a < n.ids.size() ? n.ids[a] : std::to_string(a);
}
location place_of(const activity_network& n, std::uint32_t a) {
  return a < n.where.size() ? n.where[a] : location{};
}

}  // namespace schedules

struct network_explainer::state {
  const activity_network& n;
  const network_options& options;
  const network_schedule& s;
  schedules::lengths length;
  schedules::link_index into, out_of;

  std::uint32_t driving(std::uint32_t item) const;
  std::vector<std::uint32_t> holder;  // at the end of the chain of successors that are short of time

  std::uint32_t shorter_successor(std::uint32_t item) const;
  void find_holders();
  void explain_start(std::uint32_t item, std::vector<message>& out) const;
  void explain_slack(std::uint32_t item, std::vector<message>& out) const;
  void explain_shortage(std::uint32_t item, std::vector<message>& out) const;
};

std::uint32_t network_explainer::state::driving(std::uint32_t item) const {
  using namespace schedules;
  const auto& a = n.activities[item];
  if (is_started(a) || is_finished(a) || a.manual || s.items[item].early_start == no_minute) return no_activity;
  const auto start = to_minute(s.items[item].early_start);
  auto found = no_activity;
  into.each(n, item, [&](std::uint32_t index) {
    const auto& l = n.links[index];
    if (found != no_activity || s.items[l.from].early_start == no_minute) return;
    const auto before = planned(n, s, l.from);
    const auto at =
        length.pushed({l.type, l.unit, l.lag}, l.from, item, to_minute(before.start), to_minute(before.finish));
    if (length.of(item).is_same(length.levelled(item, at), start)) found = index;
  });
  return found;
}

// The one that waits for the item and is shortest of time, if it is no less short than the item itself.
std::uint32_t network_explainer::state::shorter_successor(std::uint32_t item) const {
  auto found = no_activity;
  out_of.each(n, item, [&](std::uint32_t index) {
    const auto to = n.links[index].to;
    const auto& d = s.items[to];
    if (d.early_start == no_minute || d.total_slack_min >= 0 || d.total_slack_min > s.items[item].total_slack_min)
      return;
    if (found == no_activity || d.total_slack_min < s.items[found].total_slack_min) found = to;
  });
  return found;
}

// Once for all, so that long chains cost no more than short ones.
void network_explainer::state::find_holders() {
  holder.resize(n.activities.size());
  for (std::uint32_t i = 0; i < holder.size(); ++i) holder[i] = i;
  for (auto at = s.order.rbegin(); at != s.order.rend(); ++at) {
    if (s.items[*at].total_slack_min >= 0) continue;
    if (const auto next = shorter_successor(*at); next != no_activity) holder[*at] = holder[next];
  }
}

void network_explainer::state::explain_start(std::uint32_t item, std::vector<message>& out) const {
  using namespace schedules;
  const auto& a = n.activities[item];
  const auto start = s.items[item].early_start;
  out.push_back({"schedule.starts", {written(start)}});
  if (const auto by = driving(item); by != no_activity) {
    const auto& l = n.links[by];
    const bool from_start = l.type == link_type::ss || l.type == link_type::sf;
    const auto before = planned(n, s, l.from);
    out.push_back(
        {"schedule.link",
         {name_of(n, l.from), written(from_start ? before.start : before.finish), std::string(word(l.type))}});
    if (l.lag != 0) out.push_back({"schedule.link-lag", {lag_text(l)}});
  } else if (is_started(a) || is_finished(a)) {
    out.push_back({"schedule.start-actual", {written(start)}});
  } else if (a.manual) {
    out.push_back({"schedule.start-manual", {written(start)}});
  } else if (options.now && length.of(item).is_same(to_minute(start), to_minute(*options.now))) {
    out.push_back({"schedule.start-today", {written(start)}});
  } else if (const auto floor = length.floor_of(item);
             floor != nothing && length.of(item).is_same(floor, to_minute(start))) {
    constexpr auto rule = constraint::start_no_earlier_than;
    out.push_back({"schedule.start-constraint", {std::string(word(rule)), written(to_short(floor))}});
  } else if (a.constraint_date != no_minute) {
    out.push_back({"schedule.start-constraint", {std::string(word(a.rule)), written(a.constraint_date)}});
  } else {
    out.push_back({"schedule.start-project", {written(start)}});
  }
}

void network_explainer::state::explain_slack(std::uint32_t item, std::vector<message>& out) const {
  const auto& d = s.items[item];
  if (n.activities[item].actual_finish != no_minute) return;
  const bool is_short = d.total_slack_min < 0;
  out.push_back({is_short ? "schedule.short" : "schedule.spare",
                 {std::to_string(is_short ? -std::int64_t{d.total_slack_min} : std::int64_t{d.total_slack_min}),
                  schedules::written(d.late_finish)}});
  if (is_short) explain_shortage(item, out);
}

void network_explainer::state::explain_shortage(std::uint32_t item, std::vector<message>& out) const {
  using namespace schedules;
  std::string chain = name_of(n, item);
  auto last = item;
  for (std::size_t hop = 0; hop < most_hops; ++hop) {
    const auto next = shorter_successor(last);
    if (next == no_activity) break;
    last = next;
    chain += " → " + name_of(n, last);
  }
  if (const auto next = shorter_successor(last); next != no_activity) {
    last = holder[next];
    chain += " → … → " + name_of(n, last);
  }
  const auto& a = n.activities[last];
  if (a.deadline != no_minute && s.items[last].early_finish > a.deadline)
    out.push_back({"schedule.held-by-deadline", {chain, written(a.deadline)}});
  else if (a.constraint_date != no_minute)
    out.push_back({"schedule.held-by-constraint", {chain, std::string(word(a.rule)), written(a.constraint_date)}});
}

network_explainer::network_explainer(const activity_network& n, const network_options& options,
                                     const network_schedule& s) {
  auto made = std::make_unique<state>(
      state{n, options, s, schedules::lengths(n, options), {n, &precedence::to}, {n, &precedence::from}, {}});
  made->find_holders();
  state_ = std::move(made);
}
network_explainer::network_explainer(network_explainer&&) noexcept = default;
network_explainer::~network_explainer() = default;

std::uint32_t network_explainer::driving_link(std::uint32_t item) const {
  return state_->driving(item);
}

std::string network_explainer::chain_to(std::uint32_t item) const {
  const auto& n = state_->n;
  std::string out = schedules::name_of(n, item);
  for (std::size_t hop = 0;; ++hop) {
    const auto by = state_->driving(item);
    if (by == no_activity) return out;
    if (hop == schedules::most_hops) return out + " ← …";
    item = n.links[by].from;
    out += " ← " + schedules::name_of(n, item);
  }
}

std::vector<message> network_explainer::explain(std::uint32_t item) const {
  const auto& d = state_->s.items[item];
  std::vector<message> out;
  if (d.early_start == no_minute) return out;
  state_->explain_start(item, out);
  if (const auto by = state_->driving(item);
      by != no_activity && state_->driving(state_->n.links[by].from) != no_activity)
    out.push_back({"schedule.chain", {chain_to(item)}});
  out.push_back({"schedule.finishes", {schedules::written(d.early_finish)}});
  state_->explain_slack(item, out);
  return out;
}

namespace schedules {
namespace {

// Whether dates that a constraint asked for gave way.
bool is_broken(const clock& days, const activity& a, const activity_dates& d) {
  if (a.constraint_date == no_minute || is_started(a) || is_finished(a) || a.manual) return false;
  const auto on = to_minute(a.constraint_date);
  const auto after = [&](short_minute t) { return days.work(on, to_minute(t)) > 0; };
  switch (a.rule) {
    case constraint::must_start_on:
    case constraint::start_no_later_than:
      return after(d.early_start);
    case constraint::must_finish_on:
    case constraint::finish_no_later_than:
      return after(d.early_finish);
    default:
      return false;
  }
}

}  // namespace

diagnostics review(const activity_network& n, const network_options& options, const network_schedule& s,
                   const std::vector<std::uint32_t>& early_birds) {
  diagnostics out;
  std::optional<network_explainer> why;
  const auto chain = [&](std::uint32_t item) {
    if (!why) why.emplace(n, options, s);
    return why->chain_to(item);
  };
  for (const auto each : early_birds)
    out.push_back({severity::note,
                   {"schedule.started-early", {name_of(n, each), written(s.items[each].early_start)}},
                   place_of(n, each),
                   {}});
  const bool pure = options.mode == scheduling_mode::pure;
  for (std::uint32_t i = 0; i < n.activities.size(); ++i) {
    const auto& a = n.activities[i];
    const auto& d = s.items[i];
    if ((a.deadline == no_minute && a.constraint_date == no_minute) || d.early_start == no_minute) continue;
    const clock days(a.calendar == round_the_clock ? nullptr : &n.calendars[a.calendar]);
    if (pure && is_broken(days, a, d))
      out.push_back({severity::warning,
                     {"schedule.constraint-broken",
                      {name_of(n, i), std::string(word(a.rule)), written(a.constraint_date), written(d.early_start),
                       written(d.early_finish), chain(i)}},
                     place_of(n, i),
                     {}});
    if (a.deadline != no_minute && !is_finished(a) && days.work(to_minute(a.deadline), to_minute(d.early_finish)) > 0)
      out.push_back({severity::warning,
                     {"schedule.late", {name_of(n, i), written(d.early_finish), written(a.deadline), chain(i)}},
                     place_of(n, i),
                     {}});
  }
  return out;
}

}  // namespace schedules
}  // namespace vanthu
