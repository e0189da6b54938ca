// Schedules under changes, and what moves between two of them.
#include <algorithm>
#include <map>

#include "vanthu/interchange.hpp"
#include "vanthu/project.hpp"

namespace vanthu {
namespace {

using std::chrono::days;

// A change as one JSON object says it: {"do":…, members}.
class change_reader {
 public:
  change_reader(const value& v, std::size_t number, diagnostics& notes) : v_(v), notes_(notes) {
    where_.path = "/" + std::to_string(number);
    if (v.type() != value::kind::object) fault("whatif.bad-value", {"", "{}"});
  }

  bool is_good() const { return good_; }
  std::string text(const char* member) {
    const auto* found = v_.type() == value::kind::object ? v_.find(member) : nullptr;
    if (found && found->type() == value::kind::text) return std::string(found->as_text());
    if (found && found->type() == value::kind::number) return found->as_number().to_string();
    fault("whatif.bad-value", {member, ""});
    return {};
  }
  bool has(const char* member) const { return v_.find(member) != nullptr; }
  date day(const char* member) {
    const auto word = text(member);
    const auto d = parse_date(word);
    if (!d) fault("whatif.bad-value", {member, word});
    return d.value_or(date{});
  }
  amount length(const char* member) {
    const auto word = text(member);
    const auto a = parse_amount(word);
    if (!a) fault("whatif.bad-value", {member, word});
    return a.value_or(amount{});
  }
  link_type type() {
    if (!has("type")) return link_type::fs;
    constexpr std::string_view words[] = {"FS", "SS", "FF", "SF"};
    const auto word = text("type");
    const auto at = std::ranges::find(words, word);
    if (at == std::end(words)) fault("whatif.bad-value", {"type", word});
    return at == std::end(words) ? link_type::fs : static_cast<link_type>(at - words);
  }
  void only(std::initializer_list<std::string_view> members) {
    if (v_.type() != value::kind::object) return;
    for (std::size_t i = 0; i < v_.size(); ++i)
      if (v_.name(i) != "do" && std::ranges::find(members, v_.name(i)) == members.end())
        fault("whatif.unknown-member", {std::string(v_.name(i))});
  }
  void fault(std::string id, std::vector<std::string> args) {
    if (good_) notes_.push_back({severity::error, {std::move(id), std::move(args)}, where_, {}});
    good_ = false;
  }

 private:
  const value& v_;
  diagnostics& notes_;
  location where_;
  bool good_ = true;
};

calendar_exception exception_of(change_reader& r, bool working) {
  calendar_exception e;
  e.days.first = r.day("on");
  e.days.last = r.has("until") ? r.day("until") : e.days.first;
  constexpr days longest{366};
  if (e.days.last < e.days.first || e.days.last - e.days.first > longest)
    r.fault("whatif.bad-value", {"until", iso(e.days.last)});
  e.working = working;
  e.reason = "what-if";
  e.source = "what-if";
  e.published = make_date(2199, 12, 31);  // later than any notice
  return e;
}

working_calendar with(const working_calendar& calendar, const calendar_exception& e) {
  auto d = calendar.definition();
  d.exceptions.push_back(e);
  return working_calendar(std::move(d));
}

// What a kind of schedule has to know for changes to be made to it.
struct target {
  virtual std::uint32_t find(const std::string& id) const = 0;
  virtual void set_duration(std::uint32_t item, amount length) = 0;
  virtual void set_not_before(std::uint32_t item, date day) = 0;
  virtual void set_due(std::uint32_t item, date day) = 0;
  virtual void add_link(std::uint32_t from, std::uint32_t to, link_type type, amount lag) = 0;
  virtual bool remove_link(std::uint32_t from, std::uint32_t to) = 0;
  virtual void change_days(const calendar_exception& e) = 0;
  virtual void finish() {}
  target() = default;
  target(const target&) = delete;
  target& operator=(const target&) = delete;
  virtual ~target() = default;
};

std::uint32_t item_of(change_reader& r, const target& t, const char* member) {
  const auto id = r.text(member);
  const auto found = t.find(id);
  if (r.is_good() && found == no_item) r.fault("whatif.unknown-item", {id});
  return found;
}

void change_link(change_reader& r, target& t, bool add) {
  r.only(add ? std::initializer_list<std::string_view>{"from", "to", "type", "lag"}
             : std::initializer_list<std::string_view>{"from", "to"});
  const auto from = item_of(r, t, "from"), to = item_of(r, t, "to");
  const auto type = add ? r.type() : link_type::fs;
  const auto lag = add && r.has("lag") ? r.length("lag") : amount{0, time_unit::working_day};
  if (!r.is_good()) return;
  if (add)
    t.add_link(from, to, type, lag);
  else if (!t.remove_link(from, to))
    r.fault("whatif.no-link", {r.text("from"), r.text("to")});
}

void change_item(change_reader& r, target& t, const std::string& what) {
  const bool length = what == "duration";
  r.only({"item", length ? "value" : "on"});
  const auto item = item_of(r, t, "item");
  const auto value = length ? r.length("value") : amount{};
  const auto day = length ? date{} : r.day("on");
  if (!r.is_good()) return;
  if (length)
    t.set_duration(item, value);
  else if (what == "not-before")
    t.set_not_before(item, day);
  else
    t.set_due(item, day);
}

diagnostics make_all(std::span<const value> changes, target& t) {
  diagnostics notes;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    change_reader r(changes[i], i + 1, notes);
    if (!r.is_good()) continue;
    const auto what = r.text("do");
    if (what == "duration" || what == "not-before" || what == "due") {
      change_item(r, t, what);
    } else if (what == "add-link" || what == "remove-link") {
      change_link(r, t, what == "add-link");
    } else if (what == "day-off" || what == "workday") {
      r.only({"on", "until"});
      const auto e = exception_of(r, what == "workday");
      if (r.is_good()) t.change_days(e);
    } else {
      r.fault("whatif.bad-value", {"do", what});
    }
  }
  t.finish();
  return notes;
}

struct agenda_target final : target {
  agenda& a;
  facts& since;
  calendars& c;
  std::vector<item_link> links;

  agenda_target(agenda& of, facts& known, calendars& on) : a(of), since(known), c(on), links(of.links) {}

  std::uint32_t find(const std::string& id) const override { return find_item(a, {id}); }
  void set_duration(std::uint32_t item, amount length) override { a.items[item].duration = length; }
  void set_not_before(std::uint32_t item, date day) override {
    item_moment m;
    m.base = day;
    a.items[item].not_before = m;
  }
  void set_due(std::uint32_t item, date day) override { since.items[a.items[item].id].extended_to = day; }
  void add_link(std::uint32_t from, std::uint32_t to, link_type type, amount lag) override {
    item_link l;
    l.from = from;
    l.to = to;
    l.type = type;
    l.lag = lag;
    l.rule = UINT32_MAX;
    links.push_back(l);
  }
  bool remove_link(std::uint32_t from, std::uint32_t to) override {
    return std::erase_if(links, [&](const auto& l) { return l.from == from && l.to == to; }) != 0;
  }
  void change_days(const calendar_exception& e) override {
    c.general = with(c.general, e);
    for (auto& [agency, own] : c.own) own = with(own, e);
  }
  void finish() override {
    std::ranges::stable_sort(
        links, [](const auto& x, const auto& y) { return std::tie(x.to, x.rule) < std::tie(y.to, y.rule); });
    a.links = std::move(links);
    std::ranges::fill(a.first, 0U);
    for (const auto& l : a.links) ++a.first[l.to + std::size_t{1}];
    for (std::size_t i = 1; i < a.first.size(); ++i) a.first[i] += a.first[i - 1];
  }
};

struct project_target final : target {
  project_file& p;
  std::map<std::string, std::uint32_t> by_id;

  explicit project_target(project_file& of) : p(of) {
    for (std::uint32_t i = 0; i < p.network.ids.size(); ++i) by_id.emplace(p.network.ids[i], i);
  }

  activity& at(std::uint32_t item) { return p.network.activities[item]; }
  std::int32_t minutes(amount a) const {
    constexpr std::int64_t hour = 60, day = 24 * hour, most = 200'000'000;
    const auto of_day = p.network.calendars[p.calendar].minutes_of_day();
    const auto each = a.unit == time_unit::working_day                               ? of_day
                      : a.unit == time_unit::hour                                    ? hour
                      : a.unit == time_unit::elapsed_hour                            ? hour
                      : a.unit == time_unit::elapsed_day || a.unit == time_unit::day ? day
                      : a.unit == time_unit::week                                    ? 7 * day
                                                                                     : 1;
    return static_cast<std::int32_t>(std::clamp(each * a.count, -most, most));
  }
  static bool by_clock(amount a) {
    return a.unit == time_unit::elapsed_day || a.unit == time_unit::elapsed_hour || a.unit == time_unit::day ||
           a.unit == time_unit::week;
  }

  std::uint32_t find(const std::string& id) const override {
    const auto found = by_id.find(id);
    return found == by_id.end() ? no_item : found->second;
  }
  void set_duration(std::uint32_t item, amount length) override {
    auto& a = at(item);
    a.duration = std::max(0, minutes(length));
    a.elapsed = by_clock(length);
    a.by_work = false;
    a.remaining = -1;
  }
  void set_not_before(std::uint32_t item, date day) override {
    at(item).rule = constraint::start_no_earlier_than;
    at(item).constraint_date = shortened(civil_minute{day});
  }
  void set_due(std::uint32_t item, date day) override { at(item).deadline = shortened(civil_minute{day + days{1}}); }
  void add_link(std::uint32_t from, std::uint32_t to, link_type type, amount lag) override {
    const auto unit = lag.unit == time_unit::percent ? lag_unit::percent
                      : by_clock(lag)                ? lag_unit::elapsed
                                                     : lag_unit::working;
    p.network.links.push_back({from, to, unit == lag_unit::percent ? lag.count : minutes(lag), type, unit});
  }
  bool remove_link(std::uint32_t from, std::uint32_t to) override {
    return std::erase_if(p.network.links, [&](const auto& l) { return l.from == from && l.to == to; }) != 0;
  }
  void change_days(const calendar_exception& e) override {
    for (auto& each : p.network.calendars) each = with(each, e);
  }
};

std::string text_or_empty(const value& row, const char* member) {
  const auto* found = row.find(member);
  return found && found->type() == value::kind::text ? std::string(found->as_text()) : std::string{};
}

}  // namespace

diagnostics apply_changes(std::span<const value> changes, agenda& a, facts& since, calendars& c) {
  agenda_target t(a, since, c);
  return make_all(changes, t);
}

diagnostics apply_changes(std::span<const value> changes, project_file& p) {
  project_target t(p);
  return make_all(changes, t);
}

value moves_value(const value& before, const value& after, const working_calendar& days) {
  std::map<std::string, const value*, std::less<>> known;
  const auto *old_rows = before.find("items"), *rows = after.find("items");
  for (std::size_t i = 0; old_rows && i < old_rows->size(); ++i)
    known.emplace(text_or_empty(old_rows->at(i), "id"), &old_rows->at(i));
  auto out = value::list();
  for (std::size_t i = 0; rows && i < rows->size(); ++i) {
    const auto& row = rows->at(i);
    const auto id = text_or_empty(row, "id");
    const auto old = known.find(id);
    if (old == known.end()) continue;
    const auto start = text_or_empty(row, "early_start"), finish = text_or_empty(row, "early_finish");
    const auto old_start = text_or_empty(*old->second, "early_start"),
               old_finish = text_or_empty(*old->second, "early_finish");
    if (start == old_start && finish == old_finish) continue;
    const auto from = parse_minute(old_finish), to = parse_minute(finish);
    auto moved = value::object();
    moved.set("id", id);
    moved.set("start_before", old_start);
    moved.set("start", start);
    moved.set("finish_before", old_finish);
    moved.set("finish", finish);
    moved.set("moved_min", from && to ? value(days.work(*from, *to)) : value());
    if (const auto* slack = row.find("total_slack_min")) moved.set("total_slack_min", *slack);
    if (const auto* because = row.find("because")) moved.set("because", *because);
    out.push_back(std::move(moved));
  }
  return value::object({{"finish_before", value(text_or_empty(before, "finish"))},
                        {"finish", value(text_or_empty(after, "finish"))},
                        {"items", std::move(out)}});
}

}  // namespace vanthu
