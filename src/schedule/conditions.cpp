// Agenda: which items hang on an outcome, and which can no longer happen.
#include <algorithm>
#include <span>
#include <unordered_map>

#include "schedule/unfolding.hpp"

namespace vanthu::schedules {
namespace {

enum class answer { yes, no, open };

class conditions {
 public:
  explicit conditions(unfolding& u) : u_(u) {
    for (std::uint32_t i = 0; i < u.to.links.size(); ++i)
      if (u.to.links[i].condition) leaving_[u.to.links[i].from].push_back(u.to.links[i].to);
  }

  // Every item once, and again when a condition that it hangs on has lapsed.
  void run() {
    std::vector<std::uint32_t> open;
    for (const auto& l : u_.to.links)
      if (l.condition && (open.empty() || open.back() != l.to)) open.push_back(l.to);
    for (std::size_t i = 0; i < open.size(); ++i) {
      const auto item = open[i];
      const bool was_lapsed = u_.to.items[item].lapsed;
      settle(item);
      if (was_lapsed || !u_.to.items[item].lapsed) continue;
      if (const auto hang_on_it = leaving_.find(item); hang_on_it != leaving_.end())
        open.insert(open.end(), hang_on_it->second.begin(), hang_on_it->second.end());
    }
    carry_to_steps();
  }

 private:
  std::span<const item_link> links_to(std::uint32_t item) const {
    const auto& a = u_.to;
    return {a.links.data() + a.first[item], a.links.data() + a.first[item + std::size_t{1}]};
  }

  void settle(std::uint32_t item) {
    auto& w = u_.to.items[item];
    w.conditional = false;
    for (auto links = links_to(item); !links.empty();) {
      std::size_t n = 1;
      while (n < links.size() && links[n].rule == links.front().rule) ++n;
      const auto found = ask(links.first(n));
      if (found == answer::no) w.lapsed = true;
      if (found == answer::open) w.conditional = true;
      links = links.subspan(n);
    }
    if (w.lapsed) w.conditional = false;
  }

  // One rule: of join="any" one outcome that came is enough, of everything else one that did not is too many.
  answer ask(std::span<const item_link> rule) const {
    bool all_came = true, any_came = false, all_failed = true, any_failed = false;
    for (const auto& l : rule) {
      if (!l.condition) continue;
      const auto each = ask(l);
      all_came = all_came && each == answer::yes;
      any_came = any_came || each == answer::yes;
      all_failed = all_failed && each == answer::no;
      any_failed = any_failed || each == answer::no;
    }
    const bool any = rule.front().join == join_kind::any;
    if (any ? any_came || all_came : all_came) return answer::yes;
    return (any ? all_failed : any_failed) ? answer::no : answer::open;
  }

  answer ask(const item_link& l) const {
    const auto& before = u_.to.items[l.from];
    const auto& wanted = u_.from.at(u_.to.items[l.to].task).after[l.rule].only_if;
    const auto& facts = u_.from.since().items;
    const auto known = facts.find(before.id);
    if (known != facts.end() && !known->second.result.empty())
      return known->second.result == wanted ? answer::yes : answer::no;
    const bool never = before.lapsed || (known != facts.end() && known->second.closed_unfinished);
    return never ? answer::no : answer::open;
  }

  void carry_to_steps() {
    for (const auto& c : u_.cells) {
      for (std::uint32_t m = 0; c.items_each > 1 && m < c.members->size(); ++m) {
        const auto work = u_.work_of(c, m);
        for (std::uint32_t i = 1; i < c.items_each; ++i) {
          u_.to.items[work + i].conditional = u_.to.items[work].conditional;
          u_.to.items[work + i].lapsed = u_.to.items[work].lapsed;
        }
      }
    }
  }

  unfolding& u_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> leaving_;  // item -> items that hang on its outcome
};

}  // namespace

void settle_conditions(unfolding& u) {
  conditions(u).run();
}

}  // namespace vanthu::schedules
