// What was to be done in the period, by task: one entry for a task in one period, however many agencies do it.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/sections.hpp"

namespace vanthu::report_sections {
namespace {

struct entry {
  std::uint32_t task = no_task;
  std::optional<period> when;
  std::vector<std::uint32_t> items;
};

bool counts(const subject& s, std::uint32_t index) {
  const auto& item = s.now.items.items[index];
  if (index == s.own || !is_owed(s.now, index) || !s.covers(index)) return false;
  if (s.own != no_item && item.task == s.now.items.items[s.own].task && item.when == s.request.when) return false;
  const auto whole = span(s.request.when);
  return item.days.first <= whole.last && whole.first <= item.days.last &&
         (!item.when || (whole.first <= span(*item.when).first && span(*item.when).last <= whole.last));
}

std::vector<entry> entries_of(const subject& s) {
  std::vector<entry> result;
  std::map<std::pair<std::uint32_t, std::optional<period>>, std::size_t> place;
  for (std::uint32_t i = 0; i < s.now.items.items.size(); ++i) {
    if (!counts(s, i)) continue;
    const auto& item = s.now.items.items[i];
    const auto [at, is_new] = place.try_emplace({item.task, item.when}, result.size());
    if (is_new) result.push_back({item.task, item.when, {}});
    result[at->second].items.push_back(i);
  }
  return result;
}

enum class progress { done, overdue, under_way, ahead };

progress progress_of(const subject& s, const entry& e) {
  std::size_t done = 0;
  bool begun = false, overdue = false;
  for (const auto i : e.items) {
    const auto state = state_of(s.now, i);
    const auto due = s.now.dates.items[i].due;
    done += state == item_state::accepted ? 1 : 0;
    begun = begun || state != item_state::planned;
    overdue = overdue || (due && *due < s.now.as_of && !handed_in(state));
  }
  if (done == e.items.size()) return progress::done;
  if (overdue) return progress::overdue;
  return begun ? progress::under_way : progress::ahead;
}

std::string holder_of(const subject& s, const entry& e) {
  const auto& t = s.now.following().tasks[e.task];
  if (!t.each.empty()) {
    std::vector<agency_id> members;
    for (const auto i : e.items)
      if (std::ranges::find(members, s.now.items.items[i].member) == members.end())
        members.push_back(s.now.items.items[i].member);
    return fmt::format("{} đơn vị", members.size());
  }
  const auto who =
      holders(s.now.items, s.now.following(), e.items.front(), s.now.dates.items[e.items.front()].due.value_or(s.on));
  std::string out;
  for (const auto& each : who) out += (out.empty() ? "" : ", ") + name_of(s, each);
  return out;
}

value entry_value(const subject& s, const entry& e) {
  std::optional<date> due;
  int done = 0;
  for (const auto i : e.items) {
    const auto mine = s.now.dates.items[i].due;
    if (mine && (!due || *mine > *due)) due = mine;
    done += state_of(s.now, i) == item_state::accepted ? 1 : 0;
  }
  const auto words = e.when ? period_words(*e.when) : std::string();
  return value::object({{"ten", s.now.following().tasks[e.task].title},
                        {"trong_ky", words.empty() ? value() : value(words)},
                        {"chu_tri", holder_of(s, e)},
                        {"thoi_han", due ? value(*due) : value()},
                        {"so_viec", e.items.size()},
                        {"so_xong", done}});
}

value inspections(const subject& s, const std::vector<entry>& entries) {
  auto out = value::list();
  for (const auto& e : entries) {
    const auto& t = s.now.following().tasks[e.task];
    if (t.kind != "inspection") continue;
    for (const auto i : e.items) {
      const auto* known = record_of(s.now, i);
      if (!known || known->result.empty()) continue;
      const auto at = std::ranges::find(t.outcomes, known->result, &outcome::id);
      out.push_back(value::object({{"ten", t.title},
                                   {"co_quan_kiem_tra", holder_of(s, e)},
                                   {"ket_luan", at == t.outcomes.end() ? known->result.text : at->title}}));
    }
  }
  return out;
}

}  // namespace

std::string period_words(const period& p) {
  constexpr std::string_view quarters[] = {"quý I", "quý II", "quý III", "quý IV"};
  switch (p.kind) {
    case period_kind::year:
      return {};
    case period_kind::half_year:
      return p.index == 1 ? "6 tháng đầu năm" : "6 tháng cuối năm";
    case period_kind::nine_months:
      return "9 tháng";
    case period_kind::quarter:
      return std::string(quarters[(p.index - 1) % 4]);
    case period_kind::month:
      return fmt::format("tháng {}", p.index);
    case period_kind::day:
      return p.on ? "ngày " + format_date(*p.on) : std::string();
  }
  return {};
}

value tasks(const subject& s) {
  const auto entries = entries_of(s);
  auto done = value::list(), overdue = value::list(), under_way = value::list(), ahead = value::list();
  for (const auto& e : entries) {
    const auto how = progress_of(s, e);
    auto& into = how == progress::done        ? done
                 : how == progress::overdue   ? overdue
                 : how == progress::under_way ? under_way
                                              : ahead;
    into.push_back(entry_value(s, e));
  }
  return value::object({{"nhiem_vu", value::object({{"tong", entries.size()},
                                                    {"hoan_thanh", std::move(done)},
                                                    {"qua_han", std::move(overdue)},
                                                    {"dang_thuc_hien", std::move(under_way)},
                                                    {"chua_den_han", std::move(ahead)}})},
                        {"kiem_tra", inspections(s, entries)}});
}

}  // namespace vanthu::report_sections
