// Who does what in a year: the tasks in the plan's order below their topmost task, each once however often it comes.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "report/sections.hpp"
#include "text/document_kinds.hpp"

namespace vanthu {
namespace {

using namespace report_sections;

struct row {
  std::uint32_t task = no_task;
  std::vector<std::uint32_t> items;
};

class assignment {
 public:
  assignment(const setting& s, int year) : s_(s), p_(s.now.following()), year_(year) {}

  std::optional<value> run() {
    const auto rows = collect();
    if (rows.empty()) return {};
    auto groups = value::list();
    for (auto at = rows.begin(); at != rows.end();) {
      const auto root = root_of(p_, at->task);
      const auto end = std::find_if(at, rows.end(), [&](const row& r) { return root_of(p_, r.task) != root; });
      groups.push_back(group(groups.size() + 1, root, {at, end}));
      at = end;
    }
    return value::object({{"nhom", std::move(groups)}, {"danh_sach", lists()}, {"co_gia_dinh", any_assumed_}});
  }

 private:
  // Work of procedures' steps belongs to the task; cases and what waits for an outcome are not assigned ahead.
  bool counts(std::uint32_t index) const {
    const auto& item = s_.now.items.items[index];
    const date_range year{make_date(year_, 1, 1), make_date(year_, 12, 31)};
    const bool in_year =
        item.when ? item.when->year == year_ : year.first <= item.days.last && item.days.first <= year.last;
    return in_year && item.step == UINT32_MAX && item.case_number == 0;
  }

  std::vector<row> collect() const {
    std::map<std::uint32_t, row> by_task;
    for (std::uint32_t i = 0; i < s_.now.items.items.size(); ++i) {
      if (!counts(i)) continue;
      auto& r = by_task[s_.now.items.items[i].task];
      r.task = s_.now.items.items[i].task;
      r.items.push_back(i);
    }
    std::vector<row> out;
    for (auto& [task, r] : by_task) out.push_back(std::move(r));
    return out;
  }

  value group(std::size_t number, std::uint32_t root, std::span<const row> rows) {
    const bool has_parts = !p_.tasks[root].leaf;
    auto list = value::list();
    for (const auto& r : rows) {
      auto each = row_value(r);
      each.set("tt", has_parts ? fmt::format("{}.{}", number, list.size() + 1) : std::to_string(number));
      list.push_back(std::move(each));
    }
    return value::object(
        {{"tt", number}, {"ten", p_.tasks[root].title}, {"co_viec_con", has_parts}, {"viec", std::move(list)}});
  }

  bool assumed(const provenance& g, std::string_view attribute) {
    const bool yes = is_assumed(g, attribute);
    any_assumed_ = any_assumed_ || yes;
    return yes;
  }

  value row_value(const row& r) {
    const auto& t = p_.tasks[r.task];
    std::set<date> due;
    for (const auto i : r.items)
      if (const auto d = s_.now.dates.items[i].due) due.insert(*d);
    auto days = value::list();
    for (const auto d : due) days.push_back(d);
    const auto* rule =
        s_.now.items.items[r.items.front()].due ? s_.now.items.items[r.items.front()].due->rule : nullptr;
    return value::object({{"ten", t.title},
                          {"chu_tri", leaders(r)},
                          {"chu_tri_gia_dinh", assumed(t.stands_on, "lead")},
                          {"phoi_hop", support(t)},
                          {"phoi_hop_gia_dinh", !t.support.empty() && assumed(t.stands_on, "support")},
                          {"thoi_han", std::move(days)},
                          {"thoi_han_gia_dinh", !due.empty() && rule && assumed(rule->stands_on, "due")},
                          {"san_pham", product_of(t)}});
  }

  std::string leaders(const row& r) {
    const auto& t = p_.tasks[r.task];
    if (!t.each.empty()) {
      std::vector<agency_id> members;
      for (const auto i : r.items)
        if (std::ranges::find(members, s_.now.items.items[i].member) == members.end())
          members.push_back(s_.now.items.items[i].member);
      return "Từng đơn vị trong " + list_name(members);
    }
    std::string out;
    for (const auto& each : holders(s_.now.items, p_, r.items.front(), s_.now.items.items[r.items.front()].days.first))
      out += (out.empty() ? "" : "; ") + short_name(name_of(s_, each));
    return out;
  }

  value support(const task& t) {
    auto out = value::list();
    for (const auto& each : t.support) {
      if (find_group(p_, {each})) {
        out.push_back(list_name(s_.now.items.agencies.members({each}, p_.field, s_.on)));
        continue;
      }
      for (const auto& who : s_.now.items.agencies.holders({each}, p_.field, s_.on))
        out.push_back(short_name(name_of(s_, who)));
    }
    return out;
  }

  value product_of(const task& t) const {
    const auto code = t.makes ? t.makes->kind : t.regime.empty() ? std::string() : std::string("BC");
    const auto name = texts::document_kind_name(code);
    return name.empty() ? value() : value(std::string(name));
  }

  // Groups have no names: each becomes a list at the end of the table.
  std::string list_name(const std::vector<agency_id>& members) {
    auto at = std::ranges::find(lists_, members);
    if (at == lists_.end()) at = lists_.insert(at, members);
    return "Danh sách " + std::to_string(at - lists_.begin() + 1);
  }

  value lists() const {
    auto out = value::list();
    for (const auto& each : lists_) {
      auto who = value::list();
      for (const auto& a : each) who.push_back(short_name(name_of(s_, a)));
      out.push_back(value::object({{"so", out.size() + 1}, {"so_don_vi", each.size()}, {"don_vi", std::move(who)}}));
    }
    return out;
  }

  const setting& s_;
  const plan& p_;
  int year_;
  std::vector<std::vector<agency_id>> lists_;
  bool any_assumed_ = false;
};

}  // namespace

checked<value> assignment_data(const picture& p, const assignment_request& r) {
  auto in = set_up(p, r.as);
  if (!in) return {{}, std::move(in.notes)};
  const auto table = assignment(*in, r.year).run();
  if (!table) return {{}, {fault("report.no-tasks", {std::to_string(r.year)})}};
  auto data = head(*in, {}, {});
  data.set("nam", r.year);
  merge(data, *table);
  return {std::move(data), {}};
}

}  // namespace vanthu
