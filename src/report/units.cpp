// The units that were to report: what each sent, when, and how late.
#include <algorithm>

#include "report/sections.hpp"

namespace vanthu::report_sections {
namespace {

struct unit_report {
  std::string name, status;
  date due;
  std::optional<date> sent;
  int late = 0;
};

unit_report judge(const subject& s, std::uint32_t index, date due) {
  const auto& item = s.now.items.items[index];
  const auto* known = record_of(s.now, index);
  const auto state = state_of(s.now, index);
  unit_report out{name_of(s, item.member), "Chưa gửi", due, {}, 0};
  if (known && known->submitted && handed_in(state)) out.sent = date_of(*known->submitted);
  const auto until = out.sent.value_or(s.now.as_of);
  if (until > due) out.late = s.now.days.of(item.member).count({due + std::chrono::days{1}, until}).count;
  if (out.sent)
    out.status = *out.sent > due ? "Chậm" : "Đúng hạn";
  else if (state == item_state::returned)
    out.status = "Trả lại";
  else if (state == item_state::suspended)
    out.status = "Tạm dừng";
  return out;
}

value parts_of(const indicator& i, const figure& given) {
  auto out = value::list();
  for (const auto& name : i.breakdown) {
    const auto said = std::ranges::find(given.breakdown, name, &std::pair<std::string, std::optional<decimal>>::first);
    if (said == given.breakdown.end() || !said->second) continue;
    out.push_back(value::object({{"ten", part_name(name)}, {"gia_tri", *said->second}}));
  }
  return out;
}

value figures_of(const subject& s, std::uint32_t index) {
  auto out = value::list();
  const auto* known = record_of(s.now, index);
  for (const auto& wanted : s.now.following().tasks[s.now.items.items[index].task].indicators) {
    const auto& i = *find_indicator(s.now.following(), wanted);
    figure given;
    if (known && handed_in(known->state)) {
      const auto at = std::ranges::find(known->figures, wanted, &figure::indicator);
      if (at != known->figures.end()) given = *at;
    }
    out.push_back(value::object({{"ma_so", upper(wanted.text)},
                                 {"gia_tri", given.amount ? value(*given.amount) : value()},
                                 {"co_gia_tri", given.amount.has_value()},
                                 {"don_vi_do", i.unit},
                                 {"phan_to", parts_of(i, given)}}));
  }
  return out;
}

bool is_unit_item(const subject& s, const work_item& item) {
  return s.now.following().tasks[item.task].regime == s.rules.id && !item.member.empty() && item.step == UINT32_MAX &&
         item.when == s.request.when;
}

}  // namespace

value units(const subject& s) {
  auto rows = value::list();
  auto missing = value::list();
  int sent = 0, on_time = 0, late = 0;
  for (std::uint32_t i = 0; i < s.now.items.items.size(); ++i) {
    const auto& item = s.now.items.items[i];
    const auto due = s.now.dates.items[i].due;
    if (!is_unit_item(s, item) || !is_owed(s.now, i) || !due) continue;
    const auto u = judge(s, i, *due);
    rows.push_back(value::object({{"ten", u.name},
                                  {"tinh_trang", u.status},
                                  {"han_gui", u.due},
                                  {"ngay_gui", u.sent ? value(*u.sent) : value()},
                                  {"so_ngay_cham", u.late},
                                  {"so_lieu", figures_of(s, i)}}));
    sent += u.sent ? 1 : 0;
    on_time += u.status == "Đúng hạn" ? 1 : 0;
    late += u.status == "Chậm" ? 1 : 0;
    if (!u.sent) missing.push_back(value::object({{"ten", u.name}, {"han_gui", u.due}, {"so_ngay_cham", u.late}}));
  }
  const auto total = static_cast<int>(rows.size());
  return value::object({{"don_vi", std::move(rows)},
                        {"bao_cao", value::object({{"phai_gui", total},
                                                   {"da_gui", sent},
                                                   {"dung_han", on_time},
                                                   {"cham", late},
                                                   {"chua_gui", total - sent}})},
                        {"thieu", std::move(missing)}});
}

}  // namespace vanthu::report_sections
