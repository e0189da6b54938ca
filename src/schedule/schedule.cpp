// Schedule: calendars, the network of an agenda, and what is to be said about the dates that come out.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "plan/knot_words.hpp"
#include "schedule/measure.hpp"
#include "schedule/network.hpp"
#include "schedule/passes.hpp"
#include "schedule/places.hpp"

namespace vanthu {
namespace schedules {
namespace {

std::vector<const working_calendar*> receivers(const plan& p, const calendars& c) {
  if (c.own.empty()) return std::vector<const working_calendar*>(p.tasks.size(), &c.general);
  std::unordered_map<std::string_view, const regime*> regimes;
  for (const auto& each : p.regimes) regimes.emplace(each.id.text, &each);
  std::vector<const working_calendar*> out;
  out.reserve(p.tasks.size());
  for (const auto& t : p.tasks) {
    const auto reports = regimes.find(t.regime.text);
    out.push_back(&c.of(receiver_of(p, t, reports == regimes.end() ? nullptr : reports->second)));
  }
  return out;
}

std::vector<activity> activities(const agenda& a, const plan& p, const calendars& c, const facts& since) {
  const auto to = receivers(p, c);
  std::vector<activity> out(a.items.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto& w = a.items[i];
    auto& each = out[i];
    each.days = &c.of(w.lead);
    each.receiver = to[w.task];
    if (const auto known = since.items.find(w.id); known != since.items.end()) each.known = &known->second;
    each.is_void = w.lapsed || (each.known && each.known->closed_unfinished);
    each.finished = each.known && each.known->finished;
  }
  return out;
}

struct waits {
  std::vector<arc> arcs;
  std::vector<std::uint32_t> link;  // of each arc; no_link: a moment counted from the other's finish
};

// Whatever has to be dated before an item is.
waits waits_of(const agenda& a) {
  waits out;
  const auto add = [&](std::uint32_t from, std::uint32_t to, std::uint32_t link) {
    out.arcs.emplace_back(from, to);
    out.link.push_back(link);
  };
  for (std::uint32_t l = 0; l < a.links.size(); ++l)
    if (!a.links[l].evidence_only) add(a.links[l].from, a.links[l].to, l);
  for (std::uint32_t i = 0; i < a.items.size(); ++i) {
    const auto& w = a.items[i];
    if (w.not_before)
      for (const auto each : w.not_before->after) add(each, i, no_link);
    if (w.due && !w.duration)
      for (const auto each : w.due->after) add(each, i, no_link);
  }
  return out;
}

constexpr std::size_t most_hops = 20;

diagnostic describe_knot(const agenda& a, const plan& p, const waits& all, const knot& k) {
  const knot_names names{[&](std::uint32_t item) {
    const auto& w = a.items[item];
    return w.lead.empty() ? w.id.text : w.id.text + " (" + w.lead.text + ")";
  }};
  const auto place = [&](const edge& e) {
    const auto link = all.link[e.tag];
    return link == no_link ? p.tasks[a.items[e.to].task].where : place_of(a, p, link);
  };
  diagnostic d{severity::error,
               {"schedule.cycle", {std::to_string(k.ring.size()), ring_of(k, names), cuts_of(k, names)}},
               place(k.ring.front()),
               {}};
  for (const auto* part : {&k.ring, &k.others})
    for (const auto& e : *part) {
      d.related.push_back(place(e));
      d.related.back().path = hop_of(e, names);
    }
  return d;
}

diagnostics describe_cycles(const agenda& a, const plan& p, const waits& all) {
  std::vector<edge> edges;
  edges.reserve(all.arcs.size());
  for (std::uint32_t i = 0; i < all.arcs.size(); ++i) edges.push_back({all.arcs[i].first, all.arcs[i].second, i});
  const auto is_assumed = [&](const edge& e) {
    const auto* stands_on = all.link[e.tag] == no_link ? nullptr : ground_of(a, p, all.link[e.tag]);
    return stands_on && stands_on->kind == basis::assumption;
  };
  diagnostics out;
  const digraph graph(static_cast<std::uint32_t>(a.items.size()), edges);
  for (const auto& knot : graph.knots(is_assumed)) out.push_back(describe_knot(a, p, all, knot));
  return out;
}

void set_span(network& n) {
  auto& out = n.out;
  if (out.items.empty()) {
    out.start = out.finish = civil_minute{n.items.span.first};
    return;
  }
  out.start = civil_minute::max();
  std::optional<civil_minute> sure, any;
  for (std::size_t i = 0; i < out.items.size(); ++i) {
    const auto& d = out.items[i];
    out.start = std::min(out.start, d.early_start);
    any = std::max(any.value_or(d.early_finish), d.early_finish);
    if (n.activities[i].is_void || n.items.items[i].conditional) continue;
    sure = std::max(sure.value_or(d.early_finish), d.early_finish);
  }
  out.finish = sure ? *sure : *any;
}

// ---- Remarks -------------------------------------------------------------------------------------------------

class reviewer {
 public:
  explicit reviewer(const network& n) : n_(n), items_(n.items.items), dates_(n.out.items) {}

  diagnostics run() {
    for (std::uint32_t i = 0; i < items_.size(); ++i) {
      if (n_.activities[i].is_void) continue;
      check_until(i, items_[i].due);
      if (!n_.activities[i].finished && !has_steps(n_.items, i)) check_late(i);
    }
    for (std::uint32_t l = 0; l < n_.items.links.size(); ++l) check_cut_off(l);
    return std::move(notes_);
  }

 private:
  void check_late(std::uint32_t i) {
    const auto& d = dates_[i];
    const auto& w = items_[i];
    const auto& t = n_.of.tasks[w.task];
    if (d.due && d.early_finish > end_of(*d.due))
      notes_.push_back({severity::warning,
                        {"schedule.late", {w.id.text, iso(d.early_finish), iso(*d.due), chain_to(n_.out, n_.items, i)}},
                        t.due ? t.due->where : t.where,
                        {}});
    if (t.inside_window && w.window && d.early_finish > end_of(w.window->last))
      notes_.push_back({severity::warning,
                        {"schedule.outside-window",
                         {w.id.text, iso(d.early_finish), iso(w.window->last), chain_to(n_.out, n_.items, i)}},
                        t.where,
                        {}});
  }

  // Fixed dates were looked at when the plan was read.
  void check_until(std::uint32_t i, const std::optional<item_moment>& m) {
    const auto& d = dates_[i];
    if (!m || !m->rule || !d.due || d.due_cause == cause::extension || *d.due <= n_.of.until) return;
    if (std::holds_alternative<on_date>(m->rule->when) || !late_rules_.insert(m->rule).second) return;
    notes_.push_back(
        {severity::warning, {"plan.due-after-until", {iso(*d.due), iso(n_.of.until)}}, m->rule->where, {}});
  }

  // A predecessor that takes its whole period, when that is longer than its successor can wait.
  void check_cut_off(std::uint32_t link) {
    const auto& l = n_.items.links[link];
    const auto &before = items_[l.from], &w = items_[l.to];
    if (l.type != link_type::fs || l.evidence_only || l.condition || !w.cut_off || before.duration) return;
    if (n_.activities[l.from].is_void || n_.activities[l.to].is_void) return;
    const auto end = dates_[l.from].due.value_or(before.days.last);
    if (end <= *w.cut_off || !cut_off_rules_.insert({w.task, l.rule}).second) return;
    notes_.push_back({severity::warning,
                      {"plan.period-after-cut-off", {w.id.text, before.id.text, iso(end), iso(*w.cut_off)}},
                      place_of(n_.items, n_.of, link),
                      {}});
  }

  const network& n_;
  const std::vector<work_item>& items_;
  const std::vector<item_dates>& dates_;
  diagnostics notes_;
  std::set<const deadline*> late_rules_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> cut_off_rules_;
};

}  // namespace

agency_id receiver_of(const plan& p, const task& t, const regime* reports) {
  const auto is_group = [&](const std::string& who) { return find_group(p, {who}) != nullptr; };
  if (t.makes)
    for (const auto& each : t.makes->to)
      if (!is_group(each)) return {each};
  if (reports)
    for (const auto& each : reports->recipients)
      if (!is_group(each)) return {each};
  return t.accepts.empty() ? p.issuer : agency_id{t.accepts};
}

location place_of(const agenda& a, const plan& p, std::uint32_t link) {
  const auto& l = a.links[link];
  const auto& w = a.items[l.to];
  const auto& t = p.tasks[w.task];
  if (l.rule != UINT32_MAX) return t.after[l.rule].where;
  const auto* steps = t.makes ? find_procedure(p, t.makes->steps) : nullptr;
  return steps && w.step < steps->steps.size() ? steps->steps[w.step].where : t.where;
}

const provenance* ground_of(const agenda& a, const plan& p, std::uint32_t link) {
  const auto& l = a.links[link];
  return l.rule == UINT32_MAX ? nullptr : &p.tasks[a.items[l.to].task].after[l.rule].stands_on;
}

std::string chain_to(const schedule& s, const agenda& a, std::uint32_t item) {
  std::string out = a.items[item].id.text;
  for (std::size_t hop = 0;; ++hop) {
    const auto& d = s.items[item];
    const auto link = d.finish_cause == cause::link ? d.finish_link : d.start_link;
    if (link == no_link) return out;
    if (hop == most_hops) return out + " ← …";
    item = a.links[link].from;
    out += " ← " + a.items[item].id.text;
  }
}

}  // namespace schedules

const working_calendar& calendars::of(const agency_id& a) const {
  const auto at = own.find(a);
  return at == own.end() ? general : at->second;
}

calendars calendars_of(const plan& p) {
  return {working_calendar(p.calendars.empty() ? weekly_calendar() : p.calendars.front()), {}};
}

checked<schedule> make_schedule(const agenda& a, const plan& p, const calendars& c, const facts& since,
                                const schedule_options& options) {
  const auto waits = schedules::waits_of(a);
  schedule out;
  out.items.resize(a.items.size());
  auto order = schedules::order_of(static_cast<std::uint32_t>(a.items.size()), waits.arcs);
  if (!order) return {{}, schedules::describe_cycles(a, p, waits)};
  out.order = std::move(*order);
  schedules::network n{a,
                       p,
                       options.now,
                       schedules::activities(a, p, c, since),
                       std::vector<char>(a.links.size(), 0),
                       std::vector<char>(a.items.size(), 0),
                       out};
  try {
    schedules::forward_pass(n);
    schedules::look_up_due_dates(n);
    schedules::set_span(n);
    schedules::backward_pass(n);
  } catch (const error& e) {
    if (e.code() != errc::out_of_coverage) throw;
    return {{}, e.notes()};
  }
  auto notes = schedules::reviewer(n).run();
  return {std::move(out), std::move(notes)};
}

}  // namespace vanthu
