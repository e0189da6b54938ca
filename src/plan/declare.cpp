// The ids of all files, before anything is read: what stands anywhere may be named anywhere.
#include "plan/elements.hpp"
#include "plan/reading.hpp"

namespace vanthu {
namespace {

constexpr std::string_view anchor_names[] = {"issued",       "period-start", "period-end", "cut-off",
                                             "window-start", "window-end",   "case"};

void declare(reading& r, id_table& among, const element& e, std::uint32_t index) {
  if (!e.has("id")) return;
  if (const auto* before = among.add(e.get("id"), index, e))
    r.notes.error("plan.duplicate-id", e.where("id"), {std::string(e.get("id"))}, {before->where("id")});
}

// Agencies and groups share one list of names, since lists of parties hold both.
void declare_party(reading& r, id_table& among, const id_table& others, const element& e, std::uint32_t index) {
  if (others.find(e.get("id")))
    r.notes.error("plan.duplicate-id", e.where("id"), {std::string(e.get("id"))});
  else
    declare(r, among, e, index);
}

struct counts {
  std::uint32_t agencies = 0, groups = 0, windows = 0, indicators = 0, regimes = 0, procedures = 0, goals = 0,
                obligations = 0, calendars = 0;
};

void declare_agencies(reading& r, const element& e, counts& n) {
  for (const auto child : e.node.children()) {
    const element each{e.file, child};
    if (each.name() == "agency") declare_party(r, r.agencies, r.groups, each, n.agencies++);
    if (each.name() == "group") declare_party(r, r.groups, r.agencies, each, n.groups++);
  }
}

bool is_obligation_id(std::string_view id) {
  if (id.size() < 2 || id.front() != 'O') return false;
  id.remove_prefix(1);
  return id.find_first_not_of("0123456789") == std::string_view::npos;
}

void declare_obligations(reading& r, const element& e, counts& n) {
  for (const auto child : e.node.children("obligation")) {
    const element each{e.file, child};
    if (each.has("id") && !is_obligation_id(each.get("id")))
      r.notes.error("plan.bad-id", each.where("id"), {std::string(each.get("id"))});
    declare(r, r.obligations, each, n.obligations++);
  }
}

// The task and those below it, parents first.
void declare_tasks(reading& r, const piece& p) {
  struct open_task {
    pugi::xml_node node;
    std::uint32_t parent;
  };
  std::vector<open_task> open{{p.at.node, no_task}};
  while (!open.empty()) {
    const auto [node, parent] = open.back();
    open.pop_back();
    const element e{p.at.file, node};
    const auto index = static_cast<std::uint32_t>(r.task_elements.size());
    std::vector<open_task> below;
    for (const auto child : node.children("task")) below.push_back({child, index});
    r.task_elements.push_back({e, parent, below.empty(), p.ground});
    declare(r, r.tasks, e, index);
    for (const auto word : anchor_names)
      if (e.get("id") == word) r.notes.error("plan.reserved-id", e.where("id"), {std::string(word)});
    open.insert(open.end(), below.rbegin(), below.rend());
  }
}

}  // namespace

void declare_ids(reading& r) {
  counts n;
  for (const auto& p : r.pieces) {
    const auto name = p.at.name();
    if (name == "source") declare_obligations(r, p.at, n);
    if (name == "goal") declare(r, r.goals, p.at, n.goals++);
    if (name == "agencies") declare_agencies(r, p.at, n);
    if (name == "window") declare(r, r.windows, p.at, n.windows++);
    if (name == "indicator") declare(r, r.indicators, p.at, n.indicators++);
    if (name == "regime") declare(r, r.regimes, p.at, n.regimes++);
    if (name == "procedure") declare(r, r.procedures, p.at, n.procedures++);
    if (name == "calendar") declare(r, r.calendars, p.at, n.calendars++);
    if (name == "task") declare_tasks(r, p);
  }
}

}  // namespace vanthu
