// A network's schedule: what is wrong with the network, the passes in their turn, summaries, and what is to be said.
#include <algorithm>

#include "plan/knot_words.hpp"
#include "schedule/critical_path.hpp"
#include "schedule/driving.hpp"
#include "vanthu/network.hpp"

namespace vanthu {
namespace schedules {
namespace {

[[noreturn]] void throw_bad(const char* what, std::size_t index) {
  throw error(errc::misuse, message{"schedule.bad-network", {what, std::to_string(index)}});
}

void require_sound(const activity_network& n) {
  const auto size = n.activities.size();
  if (size >= most_nodes) throw_bad("activities", size);
  if (n.calendars.size() >= round_the_clock) throw_bad("calendars", n.calendars.size());
  const auto has = [&](std::uint16_t c) { return c == round_the_clock || c < n.calendars.size(); };
  for (std::size_t i = 0; i < size; ++i) {
    const auto& a = n.activities[i];
    if (!has(a.calendar)) throw_bad("calendar", i);
    if (a.parent != no_activity && a.parent >= i) throw_bad("parent", i);
    if (a.duration < 0 || a.remaining < -1 || a.pause < 0) throw_bad("duration", i);
  }
  for (std::size_t i = 0; i < n.links.size(); ++i)
    if (n.links[i].from >= size || n.links[i].to >= size) throw_bad("link", i);
  for (std::size_t i = 0; i < n.assignments.size(); ++i) {
    const auto& a = n.assignments[i];
    if (a.activity >= size || !has(a.calendar) || a.work < 0 || a.remaining < 0 || a.delay < 0 || a.percent < 1 ||
        a.pause < -1)
      throw_bad("assignment", i);
  }
}

diagnostics describe_cycles(const activity_network& n, const branches& o, const std::vector<leaf_link>& of_summaries) {
  std::vector<edge> edges;
  for (std::uint32_t l = 0; l < n.links.size(); ++l)
    if (o.counts(n, n.links[l].from) && o.counts(n, n.links[l].to))
      edges.push_back({n.links[l].from, n.links[l].to, l});
  for (const auto& l : of_summaries) edges.push_back({l.from, l.to, l.link});
  const knot_names names{[&](std::uint32_t a) { return name_of(n, a); }};
  diagnostics out;
  const digraph graph(static_cast<std::uint32_t>(n.activities.size()), edges);
  for (const auto& knot : graph.knots([](const edge&) { return false; })) {
    diagnostic d{severity::error,
                 {"schedule.cycle", {std::to_string(knot.ring.size()), ring_of(knot, names), cuts_of(knot, names)}},
                 place_of(n, knot.ring.back().to),
                 {}};
    for (const auto* part : {&knot.ring, &knot.others})
      for (const auto& e : *part) {
        d.related.push_back(place_of(n, e.to));
        d.related.back().path = hop_of(e, names);
      }
    out.push_back(std::move(d));
  }
  return out;
}

// Children give their dates to their parents, the last first.
void roll_up(const activity_network& n, const network_options& options, const branches& o, const lengths& l,
             std::vector<activity_dates>& items) {
  if (o.is_flat()) return;
  const auto widen = [](activity_dates& d, short_minute es, short_minute ef, short_minute ls, short_minute lf) {
    const bool is_new = d.early_start == no_minute;
    d.early_start = is_new ? es : std::min(d.early_start, es);
    d.early_finish = is_new ? ef : std::max(d.early_finish, ef);
    d.late_start = is_new ? ls : std::min(d.late_start, ls);
    d.late_finish = is_new ? lf : std::max(d.late_finish, lf);
  };
  for (auto i = static_cast<std::uint32_t>(n.activities.size()); i-- > 0;) {
    auto& d = items[i];
    const auto& a = n.activities[i];
    if (o.is_summary(i) && d.early_start != no_minute) {
      const auto& days = l.of(i);
      d.total_slack_min =
          static_cast<std::int32_t>(std::min(days.work(to_minute(d.early_start), to_minute(d.late_start)),
                                             days.work(to_minute(d.early_finish), to_minute(d.late_finish))));
      d.free_slack_min = std::max(0, d.total_slack_min);
    }
    if (a.parent == no_activity || d.early_start == no_minute) continue;
    auto& above = items[a.parent];
    const bool late = a.rule == constraint::as_late_as_possible && !o.is_summary(i);
    const bool manual = a.manual && !o.is_summary(i) && options.mode == scheduling_mode::msp;
    widen(above, late ? d.late_start : d.early_start, late ? d.late_finish : d.early_finish,
          manual ? d.early_start : d.late_start, manual ? d.early_finish : d.late_finish);
    above.critical = above.critical || d.critical;
  }
}

struct finished_run {
  network_schedule dates;
  std::vector<std::uint32_t> early_birds;
};

void run_passes(const network_options& options, critical_path& passes, bool has_alap) {
  if (options.finish) {
    passes.forward();  // manual activities and those begun have dates that the way back looks at
    passes.backward(to_minute(*options.finish));
    passes.start_from(passes.latest_start());
    passes.forward();
    passes.backward(to_minute(*options.finish));
  } else {
    passes.forward();
    passes.backward(passes.latest_finish());
  }
  if (!has_alap) return;
  passes.forward(true);
  passes.measure_gaps();
}

// Nothing when activities wait for one another; `notes` then says so.
std::optional<finished_run> run(const activity_network& n, const network_options& options, diagnostics& notes) {
  const branches o(n);
  lengths l(n, options);
  if (!o.is_flat()) l.find_bounds();
  std::vector<leaf_link> of_summaries;
  auto g = take_snapshot(n, o, {});
  const auto is_of_summary = [&](const precedence& each) { return o.is_summary(each.from) || o.is_summary(each.to); };
  if (!o.is_flat() && std::ranges::any_of(n.links, is_of_summary)) {
    std::vector<std::int32_t> starts;
    if (g) {
      critical_path without(n, options, l, *g);
      without.forward();
      starts.assign(n.activities.size(), INT32_MAX);
      for (std::uint32_t k = 0; k < g->size(); ++k) starts[g->order[k]] = without.nodes()[k].early_start;
    }
    auto expanded = summary_links(n, o, starts);
    if (!expanded) {
      notes.push_back({severity::error, {"schedule.too-many-links", {std::to_string(most_arcs)}}, {}, {}});
      return {};
    }
    of_summaries = std::move(*expanded);
    if (g) g = take_snapshot(n, o, of_summaries);
  }
  if (!g) {
    notes = describe_cycles(n, o, of_summaries);
    return {};
  }
  const bool has_alap =
      std::ranges::any_of(n.activities, [](const auto& a) { return a.rule == constraint::as_late_as_possible; });
  finished_run out;
  {
    critical_path passes(n, options, l, *g);
    run_passes(options, passes, has_alap);
    out.dates.items.resize(n.activities.size());
    passes.put(out.dates.items);
    out.dates.start = g->size() == 0 ? options.start : to_short(passes.earliest_start());
    out.dates.finish = options.finish   ? *options.finish
                       : g->size() == 0 ? options.start
                                        : to_short(passes.latest_finish());
    out.early_birds = passes.early_birds();
  }
  roll_up(n, options, o, l, out.dates.items);
  out.dates.order = std::move(g->order);
  return out;
}

}  // namespace
}  // namespace schedules

short_minute shortened(civil_minute t) {
  const auto first = civil_minute{make_date(1900, 1, 1)}, last = civil_minute{make_date(2200, 1, 1)};
  return schedules::to_short(static_cast<std::int32_t>(std::clamp(t, first, last).time_since_epoch().count()));
}

checked<network_schedule> schedule_network(const activity_network& n, const network_options& options) {
  schedules::require_sound(n);
  diagnostics notes;
  try {
    auto done = schedules::run(n, options, notes);
    if (!done) return {{}, std::move(notes)};
    notes = schedules::review(n, options, done->dates, done->early_birds);
    return {std::move(done->dates), std::move(notes)};
  } catch (const error& e) {
    if (e.code() != errc::out_of_coverage) throw;
    return {{}, e.notes()};
  }
}

planned_dates planned(const activity_network& n, const network_schedule& s, std::uint32_t item) {
  const auto& d = s.items[item];
  const auto& a = n.activities[item];
  const bool late = a.rule == constraint::as_late_as_possible && a.actual_finish == no_minute;
  return {late && a.actual_start == no_minute ? d.late_start : d.early_start, late ? d.late_finish : d.early_finish};
}

}  // namespace vanthu
