// Agenda: items that nobody or too many answer for, and reports that an agency would send to itself. What the plan
// alone shows of its leads has been said when it was read; members of groups, roles and decided successions come in
// here.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "schedule/unfolding.hpp"

namespace vanthu::schedules {
namespace {

std::string join_ids(const std::vector<agency_id>& ids) {
  constexpr std::size_t most = 12;
  std::string out;
  for (std::size_t i = 0; i < std::min(ids.size(), most); ++i) out += (out.empty() ? "" : ", ") + ids[i].text;
  return ids.size() > most ? out + ", …" : out;
}

// The last day on which somebody has to answer for the item, as far as it is known before the schedule.
date answering_day(const work_item& w) {
  if (w.cut_off) return *w.cut_off;
  if (w.raised) return *w.raised;
  if (w.window) return w.window->last;
  return w.days.last;
}

class holder_check {
 public:
  explicit holder_check(unfolding& u) : u_(u) {}

  void run() {
    for (const auto& w : u_.to.items) {
      if (w.lapsed || w.lead.empty()) continue;
      const auto on = answering_day(w);
      const auto& who = holders(w.lead, w.task, on);
      if (!is_said_by_the_plan(w)) check_heirs(w, who, on);
      if (w.step == UINT32_MAX) check_recipients(w, who, on);
    }
  }

 private:
  const std::vector<agency_id>& holders(const agency_id& a, std::uint32_t task, date on) {
    const auto& field = field_of(u_.of(), task);
    const auto [at, is_new] = known_.try_emplace({a.text, field, on});
    if (is_new) at->second = u_.to.agencies.holders(a, field, on);
    return at->second;
  }

  bool is_said_by_the_plan(const work_item& w) const {
    return u_.from.since().successions.empty() && w.lead.text == u_.from.at(w.task).lead;
  }

  void check_heirs(const work_item& w, const std::vector<agency_id>& who, date on) {
    if (who.size() == 1 || !said_.insert({w.task, w.lead.text}).second) return;
    const auto& t = u_.from.at(w.task);
    if (who.empty())
      u_.notes.push_back({severity::warning, {"schedule.no-holder", {w.id.text, w.lead.text, iso(on)}}, t.where, {}});
    else
      u_.notes.push_back({severity::warning,
                          {"succession.many-heirs", {w.lead.text, w.id.text, iso(on), join_ids(who)}},
                          t.where,
                          {}});
  }

  // Groups may well hold the sender: a plan goes to all units, its author among them.
  void check_recipients(const work_item& w, const std::vector<agency_id>& who, date on) {
    const auto& t = u_.from.at(w.task);
    const auto* r = u_.from.shape(w.task).reports;
    const bool named = t.makes && !t.makes->to.empty();
    if ((!named && !r) || told_itself_.contains(w.task)) return;
    for (const auto& each : named ? t.makes->to : r->recipients) {
      if (!u_.to.agencies.find({each})) continue;
      const auto& to = holders({each}, w.task, on);
      const auto same = std::ranges::find_first_of(to, who);
      if (same == to.end()) continue;
      told_itself_.insert(w.task);
      u_.notes.push_back(
          {severity::warning, {"plan.reports-to-itself", {w.id.text, same->text, each, iso(on)}}, t.where, {}});
      return;
    }
  }

  unfolding& u_;
  std::map<std::tuple<std::string, std::string, date>, std::vector<agency_id>> known_;
  std::set<std::pair<std::uint32_t, std::string>> said_;
  std::set<std::uint32_t> told_itself_;
};

}  // namespace

void remark_on_holders(unfolding& u) {
  holder_check(u).run();
}

}  // namespace vanthu::schedules
