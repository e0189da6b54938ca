// Figures with their evidence, and their consolidation over units.
#include <algorithm>

#include "report/sections.hpp"
#include "vanthu/report.hpp"

namespace vanthu {
namespace {

// A share or a ratio says nothing when it is added up.
bool is_additive(const indicator& i) {
  return i.unit.find('%') == std::string::npos && i.unit.find('/') == std::string::npos;
}

const indicator_target* target_of(const indicator& i, int year) {
  const auto at = std::ranges::find(i.targets, year, &indicator_target::year);
  return at == i.targets.end() ? nullptr : &*at;
}

bool meets(const decimal& amount, const indicator_target& target, direction wanted) {
  switch (wanted) {
    case direction::at_least:
      return amount >= target.low;
    case direction::at_most:
      return amount <= target.high;
    case direction::above:
      return amount > target.low;
    case direction::below:
      return amount < target.high;
    case direction::none:
      return true;
  }
  return true;
}

std::string target_words(const indicator_target& target, direction wanted) {
  if (target.low != target.high) return format_number(target.low) + " đến " + format_number(target.high);
  const auto amount = format_number(target.low);
  switch (wanted) {
    case direction::at_least:
      return "từ " + amount + " trở lên";
    case direction::at_most:
      return "không quá " + amount;
    case direction::above:
      return "trên " + amount;
    case direction::below:
      return "dưới " + amount;
    case direction::none:
      return amount;
  }
  return amount;
}

bool inside(const period& part, const period& whole) {
  const auto a = span(part);
  const auto b = span(whole);
  return b.first <= a.first && a.last <= b.last;
}

void add_parts(consolidated_figure& total, const indicator& i, const reported_figure& f) {
  for (const auto& name : i.breakdown) {
    const auto said = std::ranges::find(f.parts, name, &std::pair<std::string, std::optional<decimal>>::first);
    if (said == f.parts.end() || !said->second) continue;
    auto part = std::ranges::find(total.parts, name, &consolidated_figure::part::name);
    if (part == total.parts.end()) part = total.parts.insert(part, {name, {}, 0});
    part->sum = part->sum + *said->second;
    ++part->reported;
  }
}

void add_to(consolidated_figure& total, const indicator& i, const reported_figure& f, int year) {
  ++total.expected;
  if (!f.amount) {
    if (std::ranges::find(total.missing, f.unit) == total.missing.end()) total.missing.push_back(f.unit);
    return;
  }
  ++total.reported;
  total.evidence.insert(total.evidence.end(), f.evidence.begin(), f.evidence.end());
  if (is_additive(i)) {
    total.sum = total.sum.value_or(decimal{}) + *f.amount;
    add_parts(total, i, f);
  }
  const auto* target = target_of(i, year);
  if (target && i.wanted != direction::none && meets(*f.amount, *target, i.wanted)) ++total.meeting_target;
}

std::string judgement(const indicator& i, const consolidated_figure& total, const indicator_target* target) {
  if (!target || i.wanted == direction::none) return "Không xét";
  if (total.reported < total.expected || total.expected == 0) return "Chưa đủ số liệu";
  const bool met =
      is_additive(i) ? meets(total.sum.value_or(decimal{}), *target, i.wanted) : total.meeting_target == total.expected;
  return met ? "Đạt" : "Chưa đạt";
}

}  // namespace

std::vector<reported_figure> figures(const picture& p, const period& when) {
  std::vector<reported_figure> result;
  for (const auto& wanted : p.following().indicators) {
    for (std::uint32_t i = 0; i < p.items.items.size(); ++i) {
      const auto& item = p.items.items[i];
      const auto& asked = p.following().tasks[item.task].indicators;
      const bool asks = std::ranges::find(asked, wanted.id) != asked.end();
      if (!asks || item.step != UINT32_MAX || !item.when || !inside(*item.when, when)) continue;
      if (!report_sections::is_owed(p, i)) continue;
      reported_figure f;
      f.indicator = wanted.id;
      f.when = *item.when;
      f.unit = item.member.empty() ? item.lead : item.member;
      f.item = i;
      f.due = p.dates.items[i].due;
      const auto* known = report_sections::record_of(p, i);
      if (known && report_sections::handed_in(known->state)) {
        const auto at = std::ranges::find(known->figures, wanted.id, &figure::indicator);
        if (at != known->figures.end()) {
          f.amount = at->amount;
          f.parts = at->breakdown;
          f.evidence.push_back(known->figures_event);
        }
      }
      result.push_back(std::move(f));
    }
  }
  return result;
}

std::vector<consolidated_figure> consolidate(const picture& p, const period& when) {
  return report_sections::add_up(p, figures(p, when), when.year);
}

namespace report_sections {

std::vector<consolidated_figure> add_up(const picture& p, std::span<const reported_figure> all, int year) {
  std::vector<consolidated_figure> result;
  for (const auto& f : all) {
    if (!f.amount && f.due && *f.due > p.as_of) continue;  // not to be there yet
    if (result.empty() || result.back().indicator != f.indicator) {
      result.emplace_back();
      result.back().indicator = f.indicator;
    }
    add_to(result.back(), *find_indicator(p.following(), f.indicator), f, year);
  }
  return result;
}

// Offices write ids without marks; people read words.
std::string part_name(const std::string& part) {
  return part == "nu" ? "nữ" : part == "tre-em" ? "trẻ em" : part;
}

namespace {

value parts_of(const consolidated_figure& total) {
  auto out = value::list();
  for (const auto& part : total.parts)
    out.push_back(value::object({{"ten", part_name(part.name)}, {"gia_tri", part.sum}, {"so_bao_cao", part.reported}}));
  return out;
}

// The figure of an indicator that a single unit reports once.
value only_amount(std::span<const reported_figure> all, const consolidated_figure& total) {
  if (total.expected != 1) return {};
  const auto at = std::ranges::find_if(
      all, [&](const reported_figure& f) { return f.indicator == total.indicator && f.amount.has_value(); });
  return at == all.end() ? value() : value(*at->amount);
}

}  // namespace

value indicators(const subject& s) {
  auto rows = value::list();
  int with_target = 0, met = 0, not_met = 0, incomplete = 0, with_missing = 0;
  auto reported = figures(s.now, s.request.when);
  std::erase_if(reported, [&](const reported_figure& f) { return !s.covers(f.item); });
  for (const auto& total : add_up(s.now, reported, s.request.when.year)) {
    const auto& i = *find_indicator(s.now.following(), total.indicator);
    const auto* target = target_of(i, s.request.when.year);
    const auto verdict = judgement(i, total, target);
    auto missing = value::list();
    for (const auto& unit : total.missing) missing.push_back(name_of(s, unit));
    with_target += target ? 1 : 0;
    met += verdict == "Đạt" ? 1 : 0;
    not_met += verdict == "Chưa đạt" ? 1 : 0;
    incomplete += verdict == "Chưa đủ số liệu" ? 1 : 0;
    with_missing += total.missing.empty() ? 0 : 1;
    rows.push_back(value::object(
        {{"ma", upper(i.id.text)},
         {"ten", i.title},
         {"don_vi_tinh", i.unit},
         {"muc_tieu", target ? value(target_words(*target, i.wanted)) : value()},
         {"cong_don", is_additive(i)},
         {"thuc_hien", total.sum ? value(*total.sum) : value()},
         {"phan_to", parts_of(total)},
         {"mot_gia_tri", only_amount(reported, total)},
         {"so_dat", target && i.wanted != direction::none && !is_additive(i) ? value(total.meeting_target) : value()},
         {"so_bao_cao", total.reported},
         {"so_phai_bao_cao", total.expected},
         {"danh_gia_chi_tieu", verdict},
         {"don_vi_thieu", std::move(missing)}}));
  }
  const auto count = rows.size();
  return value::object({{"chi_tieu", std::move(rows)},
                        {"so_chi_tieu", value::object({{"tong", count},
                                                       {"co_muc_tieu", with_target},
                                                       {"dat", met},
                                                       {"chua_dat", not_met},
                                                       {"chua_du_so_lieu", incomplete},
                                                       {"co_don_vi_thieu", with_missing}})}});
}

}  // namespace report_sections
}  // namespace vanthu
