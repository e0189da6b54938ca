#include "calendar/read.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "calendar/coverage.hpp"
#include "calendar/exceptions.hpp"
#include "text/nearest_name.hpp"
#include "xml/characters.hpp"

namespace vanthu {
namespace {

using std::chrono::days;

constexpr std::string_view plan_namespace = "urn:vanthu:plan:1";
constexpr int longest_exception = 366;      // days
constexpr std::size_t most_intervals = 24;  // of one day
constexpr std::size_t most_faults = 1000;
constexpr std::size_t most_conflicts = 100;

// An element, the attributes it may have ("!" must be there) and the elements it may hold.
struct element_rule {
  std::string_view name, attributes, children;
  bool holds_text = false;
};
constexpr std::array rules{
    element_rule{"calendar", "id! noticed-from noticed-until basis article checked", "name week notice announced"},
    element_rule{"name", "", "", true},
    element_rule{"week", "days! hours! basis article checked", ""},
    element_rule{"notice", "number! published state basis article checked", "day-off workday"},
    element_rule{"announced", "number! published basis article checked", "day-off workday"},
    element_rule{"day-off", "on! until reason! basis article checked", ""},
    element_rule{"workday", "on! hours reason! basis article checked", ""},
};
constexpr std::array<std::string_view, 7> day_names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

const element_rule& rule_of(std::string_view name) {
  return *std::ranges::find(rules, name, &element_rule::name);
}

// The words of a list, as views into it.
std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> result;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= list.size(); ++i) {
    if (i < list.size() && !xml::is_space(list[i])) continue;
    if (i > from) result.push_back(list.substr(from, i - from));
    from = i + 1;
  }
  return result;
}

std::string_view without_mark(std::string_view word) {
  return word.ends_with('!') ? word.substr(0, word.size() - 1) : word;
}

bool lists(std::string_view list, std::string_view word) {
  return std::ranges::any_of(split(list), [&](std::string_view each) { return without_mark(each) == word; });
}

// The word of a list that a wrong one most likely stands for.
std::string nearest_in(std::string_view list, std::string_view wrong) {
  auto words = split(list);
  for (auto& each : words) each = without_mark(each);
  const auto name = texts::nearest_name(wrong, words);
  return name.empty() ? "-" : std::string(name);
}

std::optional<minute_interval> interval(std::string_view text) {
  const auto clock = [](std::string_view t) -> std::optional<int> {
    const auto digit = [&](std::size_t i) { return t[i] >= '0' && t[i] <= '9' ? t[i] - '0' : 100; };
    if (t.size() != 5 || t[2] != ':') return {};
    const int hour = 10 * digit(0) + digit(1);
    const int minute = 10 * digit(3) + digit(4);
    if (minute > 59 || hour > 24 || (hour == 24 && minute != 0)) return {};
    return 60 * hour + minute;
  };
  constexpr std::size_t length = 11;
  if (text.size() != length || text[5] != '-') return {};
  const auto from = clock(text.substr(0, 5));
  const auto to = clock(text.substr(6));
  if (!from || !to || *from >= *to) return {};
  return minute_interval{*from, *to};
}

class calendar_reader {
 public:
  calendar_reader(const xml::document& file, calendar_definition& out, diagnostics& notes)
      : file_(file), out_(out), notes_(notes) {}

  void read(pugi::xml_node element);

 private:
  void fault(std::string id, location where, std::vector<std::string> args) {
    ++faults_;
    notes_.push_back({severity::error, {std::move(id), std::move(args)}, std::move(where), {}});
  }
  bool too_many() const { return faults_ >= most_faults; }

  void check(pugi::xml_node element);
  void check_basis(pugi::xml_node element);
  void bad_value(pugi::xml_attribute a, std::string allowed) {
    fault("calendar.bad-value", file_.where(a), {a.name(), a.value(), std::move(allowed)});
  }

  std::optional<date> day(pugi::xml_attribute a);
  std::optional<std::vector<minute_interval>> hours(pugi::xml_attribute a);
  void noticed(pugi::xml_node element);
  void week(pugi::xml_node element);
  void exceptions(pugi::xml_node notice);
  void exception(pugi::xml_node element, const calendar_exception& from_notice);
  void find_conflicts();

  const xml::document& file_;
  calendar_definition& out_;
  diagnostics& notes_;
  std::array<bool, 7> named_days_{};
  std::size_t faults_ = 0;
};

// Remarks on what this element has and should not, and on what it lacks.
void calendar_reader::check(pugi::xml_node element) {
  const auto& rule = rule_of(element.name());
  for (const auto a : element.attributes())
    if (!lists(rule.attributes, a.name()))
      fault("calendar.unknown-attribute", file_.where(a),
            {a.name(), element.name(), nearest_in(rule.attributes, a.name())});
  for (const auto name : split(rule.attributes))
    if (name.ends_with('!') && !element.attribute(std::string(without_mark(name)).c_str()))
      fault("calendar.missing-attribute", file_.where(element), {std::string(without_mark(name)), element.name()});
  for (const auto child : element.children()) {
    if (too_many()) return;
    const auto type = child.type();
    if (type == pugi::node_element && !lists(rule.children, child.name()))
      fault("calendar.unknown-element", file_.where(child),
            {child.name(), element.name(), nearest_in(rule.children, child.name())});
    const bool is_text = type == pugi::node_cdata || type == pugi::node_pcdata;
    if (is_text && !rule.holds_text && !std::ranges::all_of(std::string_view{child.value()}, xml::is_space))
      fault("calendar.stray-text", file_.where(child), {element.name()});
  }
  check_basis(element);
}

void calendar_reader::check_basis(pugi::xml_node element) {
  const auto basis = element.attribute("basis");
  if (basis && !lists("seed law assumption", basis.value())) bad_value(basis, "seed law assumption");
  const auto checked = element.attribute("checked");
  if (checked && !lists("yes no", checked.value())) bad_value(checked, "yes no");
}

std::optional<date> calendar_reader::day(pugi::xml_attribute a) {
  if (!a) return {};
  const auto d = parse_date(a.value());
  if (d && is_covered(*d)) return d;
  fault("calendar.bad-date", file_.where(a), {a.name(), a.value()});
  return {};
}

std::optional<std::vector<minute_interval>> calendar_reader::hours(pugi::xml_attribute a) {
  std::vector<minute_interval> result;
  for (const auto word : split(a.value())) {
    const auto each = interval(word);
    if (!each || result.size() >= most_intervals || (!result.empty() && each->from < result.back().to)) {
      fault("calendar.bad-hours", file_.where(a), {std::string(word)});
      return {};
    }
    result.push_back(*each);
  }
  if (!result.empty()) return result;
  fault("calendar.bad-hours", file_.where(a), {""});
  return {};
}

void calendar_reader::noticed(pugi::xml_node element) {
  const auto from = element.attribute("noticed-from");
  const auto until = element.attribute("noticed-until");
  if (!from && !until) return;
  if (!from || !until) {
    fault("calendar.missing-attribute", file_.where(element), {from ? "noticed-until" : "noticed-from", "calendar"});
    return;
  }
  const auto first = day(from);
  const auto last = day(until);
  if (!first || !last) return;
  if (*last < *first)
    fault("calendar.bad-range", file_.where(until), {iso(*first), iso(*last)});
  else
    out_.noticed = date_range{*first, *last};
}

void calendar_reader::week(pugi::xml_node element) {
  const auto names = element.attribute("days");
  const auto clock = element.attribute("hours");
  if (!names || !clock) return;
  const auto worked = hours(clock);
  const auto list = split(names.value());
  if (list.empty()) bad_value(names, "mon tue wed thu fri sat sun");
  for (const auto name : list) {
    const auto at = static_cast<std::size_t>(std::ranges::find(day_names, name) - day_names.begin());
    if (at == day_names.size()) {
      bad_value(names, "mon tue wed thu fri sat sun");
      return;
    }
    if (std::exchange(named_days_[at], true)) {
      fault("calendar.repeated-day", file_.where(names), {std::string(name)});
      return;
    }
    if (worked) out_.week[at] = *worked;
  }
}

// A notice or an announcement: what its days have in common, then the days.
void calendar_reader::exceptions(pugi::xml_node notice) {
  calendar_exception common;
  common.source = notice.attribute("number").value();
  common.published = day(notice.attribute("published"));
  const auto state = notice.attribute("state");
  if (std::string_view{notice.name()} == "announced" || state.value() == std::string_view{"announced"})
    common.state = certainty::announced;
  else if (state.value() == std::string_view{"law"})
    common.state = certainty::law;
  else if (state && state.value() != std::string_view{"notice"} && lists(rule_of(notice.name()).attributes, "state"))
    bad_value(state, "law notice announced");
  for (const auto child : notice.children()) {
    if (too_many()) return;
    if (child.type() == pugi::node_element && lists("day-off workday", child.name())) exception(child, common);
  }
}

void calendar_reader::exception(pugi::xml_node element, const calendar_exception& from_notice) {
  check(element);
  auto e = from_notice;
  e.where = file_.where(element);
  e.working = std::string_view{element.name()} == "workday";
  e.reason = element.attribute("reason").value();
  const auto own = element.attribute("article");
  const auto article = own ? own : element.parent().attribute("article");
  if (article) e.source += std::string(", ") + article.value();
  if (e.working && element.attribute("hours")) e.hours = hours(element.attribute("hours")).value_or(e.hours);
  const auto on = day(element.attribute("on"));
  const auto until = e.working ? pugi::xml_attribute{} : element.attribute("until");
  const auto last = until ? day(until) : on;
  if (!on || !last) return;
  if (*last < *on || *last - *on >= days{longest_exception}) {
    fault("calendar.bad-range", file_.where(until), {iso(*on), iso(*last)});
    return;
  }
  e.days = {*on, *last};
  out_.exceptions.push_back(std::move(e));
}

// A warning for each exception that puts a weaker one of the other kind out of force, at the first such day. The lists
// are bounded: an exception has at most a year of days, and the first hundred warnings are enough.
void calendar_reader::find_conflicts() {
  constexpr std::uint32_t none = UINT32_MAX;
  const auto& all = out_.exceptions;
  if (all.size() < 2) return;
  std::vector<std::uint32_t> order(all.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, [&](auto a, auto b) { return gives_way(all[a], all[b]); });
  std::vector<std::uint32_t> holder(static_cast<std::size_t>((coverage_last - coverage_first).count()) + 1, none);
  std::size_t found = 0;
  for (const auto i : order) {
    bool said = false;
    for (date d = all[i].days.first; d <= all[i].days.last; d += days{1}) {
      auto& held = holder[static_cast<std::size_t>((d - coverage_first).count())];
      const auto weaker = std::exchange(held, i);
      if (said || weaker == none || all[weaker].working == all[i].working) continue;
      said = true;
      if (++found > most_conflicts) return;
      notes_.push_back({severity::warning,
                        {"calendar.conflict", {iso(d), all[i].reason, all[weaker].reason}},
                        all[i].where,
                        {all[weaker].where}});
    }
  }
}

void calendar_reader::read(pugi::xml_node element) {
  check(element);
  out_ = {};
  out_.id = element.attribute("id").value();
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789.-";
  if (out_.id.find_first_not_of(letters) != std::string::npos) bad_value(element.attribute("id"), "a-z 0-9 . -");
  noticed(element);
  pugi::xml_node stands_on = element;
  for (const auto child : element.children()) {
    if (too_many()) return;
    const std::string_view name = child.name();
    if (child.type() != pugi::node_element || !lists(rule_of("calendar").children, name)) continue;
    check(child);
    if (name == "name") {
      if (!out_.name.empty()) fault("calendar.repeated-element", file_.where(child), {"name"});
      out_.name = xml::words(child);
    } else if (name == "week") {
      if (std::ranges::none_of(named_days_, std::identity{}) && child.attribute("basis")) stands_on = child;
      week(child);
    } else {
      exceptions(child);
    }
  }
  if (std::ranges::none_of(named_days_, std::identity{})) out_.week = weekly_calendar().week;
  if (!stands_on.attribute("basis")) stands_on = element.parent();
  const auto article = stands_on.attribute("article");
  const auto basis = stands_on.attribute("basis");
  out_.basis = article ? article.value() : basis ? basis.value() : "assumption";
  find_conflicts();
}

}  // namespace

void read_calendar_element(const xml::document& file, pugi::xml_node element, calendar_definition& out,
                           diagnostics& notes) {
  calendar_reader{file, out, notes}.read(element);
}

checked<calendar_definition> read_calendar(std::string_view text, std::string source) {
  checked<calendar_definition> result;
  const auto file = xml::document::read(text, std::move(source), result.notes);
  if (!file) return result;
  const auto root = file->root();
  const bool known_root = lists("part plan", root.name()) && root.attribute("xmlns").value() == plan_namespace;
  const auto element = known_root ? root.child("calendar") : pugi::xml_node{};
  if (!element) {
    result.notes.push_back({severity::error, {"calendar.none", {}}, file->where(root), {}});
    return result;
  }
  calendar_definition definition;
  read_calendar_element(*file, element, definition, result.notes);
  std::ranges::stable_sort(result.notes, {}, [](const diagnostic& d) {
    return std::pair{d.where.line, d.where.column};
  });
  if (!has_errors(result.notes)) result.value = std::move(definition);
  return result;
}

}  // namespace vanthu
