// Plans unfolded and dated for tests, and short ways to say what came out.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

#include "vanthu/schedule.hpp"

namespace vanthu {

// A plan with what became of it. Made by the functions below.
struct worked_plan {
  plan p;
  agenda items;
  diagnostics notes;
  std::optional<schedule> dates;

  std::uint32_t index(std::string_view id) const {
    const auto i = find_item(items, {std::string(id)});
    REQUIRE_MESSAGE(i != no_item, std::string(id));
    return i;
  }
  const work_item& item(std::string_view id) const { return items.items[index(id)]; }
  const item_dates& of(std::string_view id) const { return dates.value().items[index(id)]; }
  // What an item waits for, in the order of its links.
  std::string after(std::string_view id) const {
    std::string out;
    const auto i = index(id);
    for (auto l = items.first[i]; l < items.first[i + 1]; ++l)
      out += (out.empty() ? "" : " ") + items.items[items.links[l].from].id.text;
    return out;
  }
};

inline date day(std::string_view text) {
  return parse_date(text).value();
}
inline civil_minute minute(std::string_view text) {
  return parse_minute(text).value();
}

inline std::string ids(const worked_plan& w) {
  std::string out;
  for (const auto& each : w.items.items) out += (out.empty() ? "" : " ") + each.id.text;
  return out;
}

// The arguments of all remarks with this id; "(+n)" for n related places.
inline std::string said(const diagnostics& notes, std::string_view id) {
  std::string out;
  for (const auto& d : notes) {
    if (d.id() != id) continue;
    if (!out.empty()) out += " | ";
    std::string args;
    for (const auto& each : d.what.args) args += (args.empty() ? "" : ", ") + each;
    out += args;
    if (!d.related.empty()) out += " (+" + std::to_string(d.related.size()) + ")";
  }
  return out;
}

inline facts with_case(std::string task, int number, std::string_view on, std::string by) {
  facts out;
  out.cases.push_back({number, {std::move(task)}, day(on), {std::move(by)}, {}, {}});
  return out;
}

inline plan read_whole(const std::string& xml) {
  auto p = read_plan(xml, "p.xml");
  for (const auto& d : p.notes) CHECK_MESSAGE(d.level != severity::error, to_string(d));
  return std::move(p).take();
}

// `agencies` are elements; the plan runs from 18/4/2023 to the end of 2025.
inline plan plan_of(std::string_view agencies, std::string_view body) {
  return read_whole(
      "<plan xmlns=\"urn:vanthu:plan:1\" id=\"p\" issued=\"2023-04-18\" issuer=\"ubnd\" from=\"2023-04-18\" "
      "until=\"2025-12-31\" basis=\"assumption\">\n<agencies>" +
      std::string(agencies) + "</agencies>\n" + std::string(body) + "</plan>\n");
}

inline worked_plan unfold_plan(plan p, std::string_view from, std::string_view until, const facts& since = {}) {
  auto a = make_agenda(p, {day(from), day(until)}, since);
  REQUIRE(a);
  auto notes = std::move(a.notes);
  worked_plan w{std::move(p), std::move(*a.value), std::move(notes), {}};
  return w;
}

inline worked_plan unfold(std::string_view body, std::string_view from, std::string_view until,
                          const facts& since = {}) {
  return unfold_plan(plan_of("<agency id=\"ubnd\"/><agency id=\"phong\"/><agency id=\"hoi-1\" kind=\"mass\"/>"
                             "<agency id=\"hoi-2\" kind=\"mass\"/><agency id=\"xa-1\"/><agency id=\"xa-2\"/>"
                             "<group id=\"cac-xa\"><member agency=\"xa-1\"/><member agency=\"xa-2\"/></group>"
                             "<group id=\"hai-hoi\"><member agency=\"hoi-1\"/><member agency=\"hoi-2\"/></group>",
                             body),
                     from, until, since);
}

// As of 1/7/2025 communes 1 and 2 are one, 4 went to two, 5 to nobody, and the office to the department «so».
inline worked_plan unfold_reform(std::string_view body, std::string_view from, std::string_view until) {
  return unfold_plan(plan_of(R"(<agency id="ubnd"/><agency id="so"/><agency id="xa-moi-2025" from="2025-07-01"/>
<agency id="phong" until="2025-06-30"><successor agency="so" on="2025-07-01"/></agency>
<agency id="xa-1" until="2025-06-30"><successor agency="xa-moi-2025" on="2025-07-01"/></agency>
<agency id="xa-2" until="2025-06-30"><successor agency="xa-moi-2025" on="2025-07-01"/></agency>
<agency id="xa-3"/>
<agency id="xa-4" until="2025-06-30"><successor agency="xa-moi-2025" on="2025-07-01"/><successor agency="xa-3" on="2025-07-01"/></agency>
<agency id="xa-5" until="2025-06-30"/>
<group id="cac-xa"><member agency="xa-1"/><member agency="xa-2"/><member agency="xa-3"/></group>
<group id="chia"><member agency="xa-4"/></group><group id="het"><member agency="xa-5"/></group>)",
                             body),
                     from, until);
}

inline void date_items(worked_plan& w, const calendars& c, const facts& since = {}, const schedule_options& o = {}) {
  auto s = make_schedule(w.items, w.p, c, since, o);
  REQUIRE(s);
  w.dates = std::move(s.value);
  w.notes.insert(w.notes.end(), s.notes.begin(), s.notes.end());
}

// The whole plan on the weekly calendar: 07:30 to 11:30 and 13:30 to 17:30, Monday to Friday. It begins on a Tuesday.
inline worked_plan dated(std::string_view body, const facts& since = {}, const schedule_options& o = {}) {
  auto w = unfold(body, "2023-04-18", "2025-12-31", since);
  date_items(w, {working_calendar{}, {}}, since, o);
  return w;
}

// "2023-04-18T07:30 2023-04-18T17:30": early start and finish.
inline std::string early(const worked_plan& w, std::string_view id) {
  return iso(w.of(id).early_start) + " " + iso(w.of(id).early_finish);
}
inline std::string late(const worked_plan& w, std::string_view id) {
  return iso(w.of(id).late_start) + " " + iso(w.of(id).late_finish);
}
inline std::string due(const worked_plan& w, std::string_view id) {
  return w.of(id).due ? iso(*w.of(id).due) : "-";
}

}  // namespace vanthu
