#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "vanthu/interchange.hpp"

namespace vanthu {
namespace {

value texts(const std::vector<agency_id>& ids) {
  auto out = value::list();
  for (const auto& each : ids) out.push_back(each.text);
  return out;
}

value reasons(const std::vector<message>& because, language lang) {
  auto out = value::list();
  for (const auto& each : because) out.push_back(text(each, lang));
  return out;
}

value day_or_null(const std::optional<date>& d) {
  return d ? value(*d) : value();
}

std::string_view word(basis b) {
  switch (b) {
    case basis::seed:
      return "seed";
    case basis::law:
      return "law";
    case basis::assumption:
      return "assumption";
  }
  return {};
}

value counts_value(const std::map<item_state, int>& counts) {
  auto out = value::object();
  for (const auto& [state, n] : counts) out.set(std::string(name(state)), n);
  return out;
}

item_state state_of(const picture& p, std::uint32_t item) {
  const auto at = p.state.items.find(p.items.items[item].id);
  const auto state = at == p.state.items.end() ? item_state::planned : at->second.state;
  return p.items.items[item].lapsed && !is_final(state) ? item_state::lapsed : state;
}

}  // namespace

value agenda_value(const plan& p, const agenda& a, const schedule& s, std::span<const std::uint32_t> items) {
  auto rows = value::list();
  for (const auto index : items) {
    const auto& item = a.items[index];
    const auto& dates = s.items[index];
    auto after = value::list();
    for (auto l = a.first[index]; l < a.first[index + 1]; ++l) after.push_back(a.items[a.links[l].from].id.text);
    auto row = value::object();
    row.set("id", item.id.text);
    row.set("task", p.tasks[item.task].id.text);
    row.set("title", title_of(p, item));
    row.set("period", item.when ? value(to_string(*item.when)) : value());
    row.set("agency", item.member.empty() ? value() : value(item.member.text));
    row.set("holder", texts(holders(a, p, index, dates.due.value_or(item.days.last))));
    row.set("lead", item.lead.text);
    row.set("support", texts(item.support));
    row.set("start", std::chrono::floor<std::chrono::days>(dates.early_start));
    row.set("due", day_or_null(dates.due));
    row.set("after", std::move(after));
    row.set("conditional", item.conditional);
    row.set("basis", word(p.tasks[item.task].stands_on.kind));
    rows.push_back(std::move(row));
  }
  return value::object({{"items", std::move(rows)}});
}

value schedule_value(const plan& p, const agenda& a, const schedule& s, const calendars& c, language lang) {
  auto rows = value::list();
  for (std::uint32_t i = 0; i < a.items.size(); ++i) {
    const auto& dates = s.items[i];
    auto row = value::object();
    row.set("id", a.items[i].id.text);
    row.set("early_start", iso(dates.early_start));
    row.set("early_finish", iso(dates.early_finish));
    row.set("late_start", iso(dates.late_start));
    row.set("late_finish", iso(dates.late_finish));
    row.set("total_slack_min", dates.total_slack_min);
    row.set("free_slack_min", dates.free_slack_min);
    row.set("critical", dates.critical);
    row.set("due", day_or_null(dates.due));
    row.set("forecast", iso(dates.forecast()));
    row.set("because", reasons(explain(s, a, p, c, i), lang));
    rows.push_back(std::move(row));
  }
  return value::object({{"start", iso(s.start)}, {"finish", iso(s.finish)}, {"items", std::move(rows)}});
}

value due_value(const picture& p, std::span<const due_item> items, language lang) {
  auto rows = value::list();
  for (const auto& due : items) {
    auto blocked = value::list();
    for (const auto& each : due.blocked_by) blocked.push_back(each.text);
    auto row = value::object();
    row.set("id", p.items.items[due.item].id.text);
    row.set("title", title_of(p.following(), p.items.items[due.item]));
    row.set("holder", texts(due.holder));
    row.set("due", due.due);
    row.set("left_wd", due.left.count);
    row.set("state", name(due.state));
    row.set("overdue", due.overdue);
    row.set("blocked_by", std::move(blocked));
    row.set("because", reasons(explain(p.dates, p.items, p.following(), p.days, due.item), lang));
    rows.push_back(std::move(row));
  }
  return value::object({{"as_of", p.as_of}, {"items", std::move(rows)}});
}

value status_value(const picture& p, std::span<const std::uint32_t> items) {
  struct tally {
    std::map<item_state, int> counts;
    int overdue = 0;
  };
  std::map<item_state, int> all;
  std::map<std::string, tally> by_agency;
  for (const auto index : items) {
    const auto state = state_of(p, index);
    const auto due = p.dates.items[index].due;
    ++all[state];
    for (const auto& holder : holders(p.items, p.following(), index, p.as_of)) {
      auto& mine = by_agency[holder.text];
      ++mine.counts[state];
      if (due && *due < p.as_of && !is_final(state) && state != item_state::submitted) ++mine.overdue;
    }
  }
  auto rows = value::list();
  for (const auto& [agency, mine] : by_agency)
    rows.push_back(
        value::object({{"agency", agency}, {"counts", counts_value(mine.counts)}, {"overdue", mine.overdue}}));
  return value::object({{"as_of", p.as_of}, {"counts", counts_value(all)}, {"by_agency", std::move(rows)}});
}

value history_value(std::span<const event> events) {
  auto rows = value::list();
  for (const auto& e : events)
    rows.push_back(value::object({{"event", e.number},
                                  {"at", rfc3339(e.at)},
                                  {"actor", e.actor},
                                  {"by", e.by.text},
                                  {"type", e.type},
                                  {"item", e.item.text},
                                  {"body", e.body}}));
  return rows;
}

table to_table(const value& rows) {
  const auto cell = [](const value& v) -> std::string {
    switch (v.type()) {
      case value::kind::null:
        return {};
      case value::kind::text:
        return std::string(v.as_text());
      case value::kind::day:
        return iso(v.as_day());
      case value::kind::list: {
        std::string joined;
        for (std::size_t i = 0; i < v.size(); ++i) {
          if (i != 0) joined += "; ";
          joined += v.at(i).type() == value::kind::text ? std::string(v.at(i).as_text()) : write_json(v.at(i));
        }
        return joined;
      }
      default:
        return write_json(v);
    }
  };
  table t;
  if (rows.size() == 0) return t;
  for (std::size_t i = 0; i < rows.at(0).size(); ++i) t.columns.emplace_back(rows.at(0).name(i));
  for (std::size_t r = 0; r < rows.size(); ++r) {
    auto& line = t.rows.emplace_back();
    for (const auto& column : t.columns) {
      const auto* v = rows.at(r).find(column);
      line.push_back(v ? cell(*v) : std::string{});
    }
  }
  return t;
}

}  // namespace vanthu
