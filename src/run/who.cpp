#include "run/who.hpp"

#include <algorithm>

namespace vanthu::runs {
namespace {

void add(std::vector<agency_id>& to, const std::vector<agency_id>& more) {
  for (const auto& each : more)
    if (std::ranges::find(to, each) == to.end()) to.push_back(each);
}

std::vector<agency_id> issuers(const picture& p, std::string_view field, date on) {
  return p.items.agencies.holders(p.following().issuer, field, on);
}

std::vector<agency_id> supporters(const picture& p, const work_item& item, date on) {
  std::vector<agency_id> out;
  for (const auto& each : item.support)
    add(out, p.items.agencies.holders(each, p.following().tasks[item.task].field, on));
  return out;
}

std::vector<agency_id> acceptors(const picture& p, const work_item& item, date on) {
  const auto& t = p.following().tasks[item.task];
  return t.accepts.empty() ? issuers(p, t.field, on) : p.items.agencies.holders({t.accepts}, t.field, on);
}

// An agency or a group as a task names it.
std::vector<agency_id> named(const picture& p, const std::string& who, std::string_view field, date on) {
  const group_id group{who};
  return find_group(p.following(), group) ? p.items.agencies.members(group, field, on)
                                          : p.items.agencies.holders({who}, field, on);
}

void add_people_of(std::vector<agency_id>& out, const picture& p, const task& t, const agency_id& by, date on) {
  if (t.lead == "$case") {
    if (p.items.agencies.exists(by, on)) add(out, {by});
  } else if (t.lead == "$each") {
    add(out, p.items.agencies.members(t.each, t.field, on));
  } else if (!t.lead.empty()) {
    add(out, p.items.agencies.holders({t.lead}, t.field, on));
  }
  for (const auto& each : t.support) add(out, named(p, each, t.field, on));
}

}  // namespace

std::vector<agency_id> who_may(const picture& p, std::uint32_t index, role r, date on) {
  const auto& item = p.items.items[index];
  const auto holder = [&] { return holders(p.items, p.following(), index, on); };
  std::vector<agency_id> out;
  switch (r) {
    case role::holder:
      return holder();
    case role::holder_or_support:
      out = holder();
      add(out, supporters(p, item, on));
      return out;
    case role::acceptor:
      return acceptors(p, item, on);
    case role::holder_or_acceptor:
      out = holder();
      add(out, acceptors(p, item, on));
      return out;
    case role::issuer:
      return issuers(p, p.following().tasks[item.task].field, on);
  }
  return out;
}

std::vector<agency_id> who_may_raise(const picture& p, std::uint32_t top, const agency_id& by, date on) {
  const auto& tasks = p.following().tasks;
  std::vector<agency_id> out;
  std::vector<bool> inside(tasks.size(), false);
  inside[top] = true;
  for (auto i = top; i < tasks.size(); ++i) {  // a parent stands before its children
    if (i != top) inside[i] = tasks[i].parent != no_task && inside[tasks[i].parent];
    if (inside[i]) add_people_of(out, p, tasks[i], by, on);
  }
  add(out, issuers(p, tasks[top].field, on));
  return out;
}

bool accepts_itself(const picture& p, std::uint32_t index, const agency_id& by, date on) {
  const auto& item = p.items.items[index];
  const auto is_one_of = [&](const std::vector<agency_id>& list) { return std::ranges::find(list, by) != list.end(); };
  return is_one_of(issuers(p, p.following().tasks[item.task].field, on)) && is_one_of(acceptors(p, item, on));
}

std::uint32_t case_task(const plan& p, std::uint32_t task) {
  auto top = no_task;
  for (auto at = task; at != no_task; at = p.tasks[at].parent)
    if (p.tasks[at].every.kind == recurrence_kind::on_case) top = at;
  return top;
}

}  // namespace vanthu::runs
