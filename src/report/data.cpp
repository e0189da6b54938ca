// A report's data as one value: the sections side by side.
#include <algorithm>

#include "report/sections.hpp"
#include "vanthu/report.hpp"

namespace vanthu {
namespace report_sections {

const item_record* record_of(const picture& p, std::uint32_t item) {
  const auto at = p.state.items.find(p.items.items[item].id);
  return at == p.state.items.end() ? nullptr : &at->second;
}

item_state state_of(const picture& p, std::uint32_t item) {
  const auto* known = record_of(p, item);
  const auto state = known ? known->state : item_state::planned;
  return p.items.items[item].lapsed && !is_final(state) ? item_state::lapsed : state;
}

bool is_owed(const picture& p, std::uint32_t item) {
  const auto state = state_of(p, item);
  return !p.items.items[item].conditional && (!is_final(state) || state == item_state::accepted);
}

bool handed_in(item_state s) {
  return s == item_state::submitted || s == item_state::accepted;
}

std::uint32_t root_of(const plan& p, std::uint32_t task) {
  while (p.tasks[task].parent != no_task) task = p.tasks[task].parent;
  return task;
}

bool subject::covers(std::uint32_t item) const {
  return theme == no_task || root_of(now.following(), now.items.items[item].task) == theme;
}

diagnostic fault(std::string id, std::vector<std::string> args) {
  return {severity::error, {std::move(id), std::move(args)}, {}, {}};
}

void merge(value& into, const value& section) {
  for (std::size_t i = 0; i < section.size(); ++i) into.set(std::string(section.name(i)), section.at(i));
}

checked<setting> set_up(const picture& p, const letterhead& as) {
  const auto on = as.on.value_or(p.as_of);
  const auto asked = as.issuer.empty() ? p.following().issuer : as.issuer;
  const auto who = p.items.agencies.holders(asked, p.following().field, on);
  if (who.empty()) return {{}, {fault("report.no-issuer", {asked.text, iso(on)})}};
  return {setting{p, as, on, who.front()}, {}};
}

}  // namespace report_sections

namespace {

using report_sections::fault;
using report_sections::merge;

// The item that makes the report of a regime for a period: the one with a product; a step of its procedure is not it.
std::uint32_t own_item(const picture& p, const report_request& r) {
  for (std::uint32_t i = 0; i < p.items.items.size(); ++i) {
    const auto& item = p.items.items[i];
    const auto& t = p.following().tasks[item.task];
    if (t.regime == r.regime && t.makes && item.step == UINT32_MAX && item.when == r.when) return i;
  }
  return no_item;
}

date_range window_of(const regime& rules, const picture& p, std::uint32_t own, const period& when) {
  if (rules.cut_off_kind) return report_window(when);
  auto days = span(when);
  if (own != no_item && p.items.items[own].window) days.first = p.items.items[own].window->first;
  if (own != no_item && p.items.items[own].cut_off) days.last = *p.items.items[own].cut_off;
  return days;
}

}  // namespace

checked<value> report_data(const picture& p, const report_request& r) {
  const auto* rules = find_regime(p.following(), r.regime);
  if (!rules) return {{}, {fault("report.unknown-regime", {r.regime.text})}};
  const auto any = std::ranges::find_if(p.items.items, [&](const work_item& item) {
    return p.following().tasks[item.task].regime == r.regime && item.when == r.when;
  });
  if (any == p.items.items.end()) return {{}, {fault("report.no-items", {r.regime.text, to_string(r.when)})}};
  auto in = report_sections::set_up(p, r.as);
  if (!in) return {{}, std::move(in.notes)};

  const auto own = own_item(p, r);
  const auto theme =
      rules->kind == regime_kind::thematic ? report_sections::root_of(p.following(), any->task) : no_task;
  const report_sections::subject s{*in, r, *rules, window_of(*rules, p, own, r.when), own, theme};
  auto data = report_sections::report_head(s);
  data.set("van_ban", report_sections::documents_of_window(s));
  merge(data, report_sections::indicators(s));
  merge(data, report_sections::units(s));
  merge(data, report_sections::tasks(s));
  return {std::move(data), {}};
}

}  // namespace vanthu
