// Everything that tasks refer to, besides agencies: sources, goals, windows, indicators, procedures.
#include <algorithm>

#include "plan/reading.hpp"

namespace vanthu {
namespace {

constexpr word<direction> directions[] = {{"at-least", direction::at_least},
                                          {"at-most", direction::at_most},
                                          {"below", direction::below},
                                          {"above", direction::above},
                                          {"none", direction::none}};
constexpr word<period_kind> periods[] = {{"year", period_kind::year},
                                         {"half-year", period_kind::half_year},
                                         {"nine-months", period_kind::nine_months},
                                         {"quarter", period_kind::quarter},
                                         {"month", period_kind::month}};

std::optional<int> read_year(reading& r, const element& e, const char* attribute) {
  if (!e.has(attribute)) return {};
  const auto text = e.get(attribute);
  const auto first_day = text.size() == 4 ? parse_date(std::string(text) + "-01-01") : std::nullopt;
  if (!first_day) {
    r.notes.error("plan.bad-date", e.where(attribute), {std::string(text), "YYYY"});
    return {};
  }
  return year_of(*first_day);
}

// A number as plans write it: at most twelve digits, a point, at most six.
std::optional<decimal> read_number(std::string_view text) {
  auto digits = text.substr(text.starts_with('-') ? 1 : 0);
  const auto point = std::min(digits.find('.'), digits.size());
  constexpr std::size_t most_before = 12, most_behind = 6;
  if (point > most_before || digits.size() > point + 1 + most_behind ||
      digits.find_first_not_of("0123456789.") != std::string_view::npos)
    return {};
  return decimal::parse(text);
}

// «10» or «10..15».
bool read_range(reading& r, const element& e, indicator_target& t) {
  const auto text = e.get("value");
  const auto dots = text.find("..");
  const auto low = read_number(text.substr(0, dots));
  const auto high = dots == std::string_view::npos ? low : read_number(text.substr(dots + 2));
  if (!low || !high) {
    bad_value(r, e, "value", "N, N..M");
    return false;
  }
  if (*high < *low) {
    r.notes.error("plan.impossible-range", e.where("value"), {low->to_string(), high->to_string()});
    return false;
  }
  t.low = *low;
  t.high = *high;
  return true;
}

void read_target(reading& r, const element& e, indicator& i) {
  indicator_target t;
  const auto year = read_year(r, e, "year");
  t.stands_on = read_basis(r, e, &i.stands_on);
  if (!e.has("value") || !read_range(r, e, t) || !year) return;
  t.year = *year;
  const auto same = [&](const indicator_target& other) { return other.year == t.year; };
  if (std::ranges::any_of(i.targets, same)) {
    r.notes.error("plan.duplicate-id", e.where("year"), {std::string(e.get("year"))});
    return;
  }
  i.targets.push_back(std::move(t));
}

id_table step_ids(reading& r, const element& procedure_element) {
  id_table all;
  std::uint32_t index = 0;
  for (const auto child : procedure_element.node.children("step")) {
    const element e{procedure_element.file, child};
    const auto id = read_id(r, e);
    if (const auto* before = all.add(id, index++, e))
      r.notes.error("plan.duplicate-id", e.where("id"), {id}, {before->where("id")});
  }
  return all;
}

procedure_step read_step(reading& r, const element& e, const id_table& steps, const provenance& ground) {
  procedure_step s;
  s.id = e.get("id");
  s.role = e.get("role");
  s.title = e.get("title");
  s.duration = read_amount(r, e, "duration").value_or(amount{0, time_unit::working_day});
  s.where = e.where();
  // A step waits only for steps written above it, so that a procedure has no cycle.
  for (const auto child : e.node.children("after")) {
    const element link{e.file, child};
    if (!link.has("step")) continue;
    const auto target = link.get("step");
    const auto at = steps.find(target), self = steps.find(s.id);
    if (at && self && *at < *self)
      s.after.emplace_back(target);
    else
      r.notes.error("plan.unknown-step", link.where("step"), {std::string(target), r.nearest(target, steps.names())});
  }
  if (const auto due = e.child("due")) {
    anchor_scope scope;
    scope.steps = &steps;
    if (auto found = read_deadline(r, due, scope, &ground)) {
      s.due = std::move(found->due);
      s.anchor_step = std::move(found->step);
    }
  }
  return s;
}

}  // namespace

void read_source(reading& r, const element& e) {
  for (const auto child : e.node.children()) {
    const element each{e.file, child};
    if (each.name() == "obligation") {
      obligation o;
      o.id = each.get("id");
      o.sentence = each.get("sentence");
      o.quote = xml::verbatim(child);
      o.offset = read_count(r, each, "offset").value_or(0);
      r.out.obligations.push_back(std::move(o));
    } else if (each.name() == "ignored") {
      r.out.ignored.push_back({xml::verbatim(child), read_count(r, each, "offset")});
    }
  }
}

void read_goal(reading& r, const piece& p) {
  goal g;
  g.id = read_id(r, p.at);
  g.text = xml::words(p.at.node);
  g.stands_on = read_basis(r, p.at, pointer_to(*p.ground));
  r.out.goals.push_back(std::move(g));
}

void read_window(reading& r, const piece& p) {
  window w;
  w.id.text = read_id(r, p.at);
  const auto from = read_month_day(r, p.at, "from"), until = read_month_day(r, p.at, "until");
  w.stands_on = read_basis(r, p.at, pointer_to(*p.ground));
  w.where = p.at.where();
  if (from) w.from = *from;
  if (until) w.until = *until;
  r.out.windows.push_back(std::move(w));
}

void read_indicator(reading& r, const piece& p) {
  const auto& e = p.at;
  indicator i;
  i.id.text = read_id(r, e);
  i.title = e.get("title");
  i.unit = e.get("unit");
  i.wanted = read_word(r, e, "direction", directions).value_or(direction::none);
  i.every = read_word(r, e, "every", periods).value_or(period_kind::year);
  i.baseline = read_year(r, e, "baseline");
  i.breakdown = read_list(e, "breakdown");
  i.stands_on = read_basis(r, e, pointer_to(*p.ground));
  i.where = e.where();
  for (const auto child : e.node.children("target")) read_target(r, {e.file, child}, i);
  r.out.indicators.push_back(std::move(i));
}

void read_procedure(reading& r, const piece& p) {
  procedure out;
  out.id.text = read_id(r, p.at);
  out.title = p.at.get("title");
  out.stands_on = read_basis(r, p.at, pointer_to(*p.ground));
  out.where = p.at.where();
  const auto steps = step_ids(r, p.at);
  for (const auto child : p.at.node.children("step"))
    out.steps.push_back(read_step(r, {p.at.file, child}, steps, out.stands_on));
  r.out.procedures.push_back(std::move(out));
}

}  // namespace vanthu
