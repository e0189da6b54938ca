// Agenda: what the items wait for.
#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "schedule/unfolding.hpp"

namespace vanthu::schedules {
namespace {

constexpr std::uint32_t step_rule = UINT32_MAX;

using member_index = std::unordered_map<std::string, std::uint32_t>;

member_index index_of(const std::vector<agency_id>& members) {
  member_index out;
  for (std::uint32_t i = 0; i < members.size(); ++i) out.emplace(members[i].text, i);
  return out;
}

void each_with_each(const cell& from, const cell& to, member_pairs& out) {
  for (std::uint32_t t = 0; t < to.members->size(); ++t)
    for (std::uint32_t f = 0; f < from.members->size(); ++f) out.emplace_back(f, t);
}

// On the day that decided the later of the two, each is the other or took over from it.
void same_or_heir(const unfolding& u, const cell& from, const cell& to, member_pairs& out) {
  if (from.members == to.members || *from.members == *to.members) {
    for (std::uint32_t i = 0; i < to.members->size(); ++i) out.emplace_back(i, i);
    return;
  }
  const auto day = std::max(from.members_on, to.members_on);
  const auto in_from = index_of(*from.members), in_to = index_of(*to.members);
  for (std::uint32_t f = 0; f < from.members->size(); ++f) {
    const auto& member = (*from.members)[f];
    if (const auto same = in_to.find(member.text); same != in_to.end()) out.emplace_back(f, same->second);
    for (const auto& heir : u.to.agencies.holders(member, field_of(u.of(), from.key.task), day))
      if (const auto at = in_to.find(heir.text); at != in_to.end()) out.emplace_back(f, at->second);
  }
  for (std::uint32_t t = 0; t < to.members->size(); ++t)
    for (const auto& heir : u.to.agencies.holders((*to.members)[t], field_of(u.of(), to.key.task), day))
      if (const auto at = in_from.find(heir.text); at != in_from.end()) out.emplace_back(at->second, t);
  std::ranges::sort(
      out, [](const auto& a, const auto& b) { return std::tie(a.second, a.first) < std::tie(b.second, b.first); });
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

class link_maker {
 public:
  explicit link_maker(unfolding& u) : u_(u) {}

  void run() {
    for (const auto& c : u_.cells) {
      const auto begin = links().size();
      const auto& after = u_.from.at(c.key.task).after;
      for (std::uint32_t rule = 0; rule < after.size(); ++rule) follow(c, rule, after[rule]);
      if (c.items_each > 1) chain_steps(c);
      if (links().size() > most_links || looked_at_ > 10 * most_links) {
        u_.too_many = true;
        return;
      }
      std::sort(links().begin() + static_cast<std::ptrdiff_t>(begin), links().end(), by_place);
    }
    remark_missing();
    index_links();
  }

 private:
  static bool by_place(const item_link& a, const item_link& b) {
    return std::tie(a.to, a.rule, a.from, b.condition) < std::tie(b.to, b.rule, b.from, a.condition);
  }

  std::vector<item_link>& links() { return u_.to.links; }

  void follow(const cell& c, std::uint32_t rule, const link& l) {
    if (l.task >= u_.of().tasks.size() || c.members->empty()) return;
    leaves_.clear();
    keys_.clear();
    looked_at_ += u_.from.shape(l.task).size;
    u_.from.leaves(l.task, leaves_);
    for (const auto leaf : leaves_) u_.from.predecessors(c.key, leaf, l.previous, keys_);
    met_.assign(c.members->size(), 0);
    for (const auto& key : keys_) {
      const auto* before = u_.find(key);
      if (!before) continue;
      if (before->members->size() * c.members->size() > most_links) {
        u_.too_many = true;
        return;
      }
      match_members(u_, *before, c, pairs_);
      looked_at_ += pairs_.size() + 1;
      for (const auto& [there, here] : pairs_) {
        met_[here] = 1;
        add(*before, there, c, here, rule, l);
      }
      if (links().size() > most_links) return;
    }
    for (std::uint32_t m = 0; m < met_.size(); ++m)
      if (!met_[m]) miss(u_.work_of(c, m), rule);
  }

  void add(const cell& before, std::uint32_t there, const cell& c, std::uint32_t here, std::uint32_t rule,
           const link& l) {
    const bool from_start = l.type == link_type::ss || l.type == link_type::sf;
    const bool to_start = l.type == link_type::fs || l.type == link_type::ss;
    item_link out;
    out.from = from_start ? u_.work_of(before, there) : u_.end_of(before, there);
    out.to = to_start ? u_.work_of(c, here) : u_.end_of(c, here);
    out.rule = rule;
    out.type = l.type;
    out.lag = l.lag;
    out.join = l.join;
    out.done_when_submitted = l.done_when_submitted;
    out.evidence_only = l.upto_cut_off;
    if (!l.only_if.empty()) {
      auto condition = out;
      condition.from = u_.work_of(before, there);
      condition.condition = true;
      links().push_back(condition);
      if (condition.from == out.from) return;
    }
    links().push_back(out);
  }

  void chain_steps(const cell& c) {
    const auto& steps = u_.from.shape(c.key.task).steps->steps;
    std::unordered_map<std::string, std::uint32_t> at;
    for (std::uint32_t i = 0; i < steps.size(); ++i) at.emplace(steps[i].id, i);
    for (std::uint32_t m = 0; m < c.members->size(); ++m) {
      const auto work = u_.work_of(c, m);
      for (std::uint32_t i = 0; i < steps.size(); ++i) {
        item_link out;
        out.to = work + 1 + i;
        out.rule = step_rule;
        if (steps[i].after.empty()) {
          out.from = work;
          links().push_back(out);
        }
        for (const auto& each : steps[i].after) {
          const auto before = at.find(each);
          if (before == at.end()) continue;
          out.from = work + 1 + before->second;
          links().push_back(out);
        }
      }
    }
  }

  struct missing {
    std::uint32_t first_item = no_item;
    std::size_t count = 0;
  };

  void miss(std::uint32_t item, std::uint32_t rule) {
    auto& m = missing_[{u_.to.items[item].task, rule}];
    if (m.count++ == 0) m.first_item = item;
  }

  void remark_missing() {
    for (const auto& [which, m] : missing_) {
      const auto& l = u_.from.at(which.first).after[which.second];
      u_.notes.push_back({severity::note,
                          {"plan.no-predecessor",
                           {u_.to.items[m.first_item].id.text, u_.from.at(l.task).id.text, std::to_string(m.count)}},
                          l.where,
                          {}});
    }
  }

  void index_links() {
    auto& first = u_.to.first;
    first.assign(u_.to.items.size() + 1, 0);
    for (const auto& l : links()) ++first[l.to + std::size_t{1}];
    for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
  }

  unfolding& u_;
  std::vector<std::uint32_t> leaves_;
  std::vector<cell_key> keys_;
  member_pairs pairs_;
  std::vector<char> met_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, missing> missing_;
  std::size_t looked_at_ = 0;
};

}  // namespace

void match_members(const unfolding& u, const cell& from, const cell& to, member_pairs& out) {
  out.clear();
  const auto &there = u.from.at(from.key.task).each, &here = u.from.at(to.key.task).each;
  if (!here.empty() && there == here)
    same_or_heir(u, from, to, out);
  else
    each_with_each(from, to, out);
}

void make_links(unfolding& u) {
  link_maker(u).run();
}

}  // namespace vanthu::schedules
