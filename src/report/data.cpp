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

}  // namespace report_sections

namespace {

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

void merge(value& into, const value& section) {
  for (std::size_t i = 0; i < section.size(); ++i) into.set(std::string(section.name(i)), section.at(i));
}

diagnostic fault(std::string id, std::vector<std::string> args) {
  return {severity::error, {std::move(id), std::move(args)}, {}, {}};
}

}  // namespace

checked<value> report_data(const picture& p, const report_request& r) {
  const auto* rules = find_regime(p.following(), r.regime);
  if (!rules) return {{}, {fault("report.unknown-regime", {r.regime.text})}};
  const auto own = own_item(p, r);
  const bool any = std::ranges::any_of(p.items.items, [&](const work_item& item) {
    return p.following().tasks[item.task].regime == r.regime && item.when == r.when;
  });
  if (!any) return {{}, {fault("report.no-items", {r.regime.text, to_string(r.when)})}};

  const auto on = r.on.value_or(p.as_of);
  const auto asked = r.issuer.empty() ? p.following().issuer : r.issuer;
  const auto who = p.items.agencies.holders(asked, p.following().field, on);
  if (who.empty()) return {{}, {fault("report.no-issuer", {asked.text, iso(on)})}};

  const report_sections::subject s{p, r, *rules, window_of(*rules, p, own, r.when), on, who.front(), own};
  auto data = report_sections::head(s);
  data.set("van_ban", report_sections::documents_of_window(s));
  merge(data, report_sections::indicators(s));
  merge(data, report_sections::units(s));
  merge(data, report_sections::tasks(s));
  return {std::move(data), {}};
}

}  // namespace vanthu
