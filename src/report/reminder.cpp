// A letter to those who are late.
#include <algorithm>

#include "report/sections.hpp"

namespace vanthu {
namespace {

using namespace report_sections;

value late_value(const setting& s, const due_item& late) {
  const auto& item = s.now.items.items[late.item];
  std::string who;
  for (const auto& each : late.holder) who += (who.empty() ? "" : ", ") + name_of(s, each);
  const auto words = item.when ? period_words(*item.when) : std::string();
  return value::object({{"don_vi", who},
                        {"ten", title_of(s.now.following(), item)},
                        {"trong_ky", words.empty() ? value() : value(words)},
                        {"nam", item.when ? value(item.when->year) : value()},
                        {"thoi_han", late.due},
                        {"so_ngay_cham", -late.left.count},
                        {"tra_lai", late.state == item_state::returned},
                        {"tam_dung", late.state == item_state::suspended}});
}

}  // namespace

checked<value> reminder_data(const picture& p, const reminder_request& r) {
  auto in = set_up(p, r.as);
  if (!in) return {{}, std::move(in.notes)};
  auto late = due_list(p, p.as_of);
  std::erase_if(late, [&](const due_item& d) { return !d.overdue || !d.blocked_by.empty(); });
  // By who is to answer, in the agenda's order; the due list has the most urgent first.
  std::ranges::stable_sort(late, {}, [](const due_item& d) { return d.item; });

  std::vector<std::string> addressed;
  for (const auto& d : late)
    for (const auto& each : d.holder) addressed.push_back(each.text);
  auto to = names(*in, addressed);
  if (to.size() == 0) return {{}, {fault("report.nothing-late", {iso(p.as_of)})}};

  auto rows = value::list();
  for (const auto& d : late) rows.push_back(late_value(*in, d));
  auto data = head(*in, {}, {});
  data.set("trich_yeu", "đôn đốc thực hiện nhiệm vụ, báo cáo đã quá hạn theo Kế hoạch số " +
                            std::string(data.find("ke_hoach")->find("so_ky_hieu")->as_text()));
  data.set("kinh_gui", std::move(to));
  data.set("qua_han", std::move(rows));
  data.set("han_moi", r.answer_by ? value(*r.answer_by) : value());
  return {std::move(data), {}};
}

}  // namespace vanthu
