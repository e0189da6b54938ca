#include <algorithm>
#include <unordered_set>

#include "plan/reading.hpp"

namespace vanthu {
namespace {

constexpr word<recurrence_kind> recurrences[] = {
    {"once", recurrence_kind::once},           {"year", recurrence_kind::year},
    {"half-year", recurrence_kind::half_year}, {"nine-months", recurrence_kind::nine_months},
    {"quarter", recurrence_kind::quarter},     {"month", recurrence_kind::month},
    {"case", recurrence_kind::on_case}};
constexpr word<std::string_view> task_kinds[] = {{"inspection", "inspection"}};
constexpr word<link_type> link_types[] = {
    {"FS", link_type::fs}, {"SS", link_type::ss}, {"FF", link_type::ff}, {"SF", link_type::sf}};
constexpr word<join_kind> joins[] = {{"all", join_kind::all}, {"any", join_kind::any}};
constexpr word<bool> done_words[] = {{"accepted", false}, {"submitted", true}};
constexpr word<bool> previous_words[] = {{"previous", true}};
constexpr word<bool> upto_words[] = {{"cut-off", true}};

constexpr std::string_view every_only_word = "h1 h2 q1 q2 q3 q4 01 02 03 04 05 06 07 08 09 10 11 12";

// What `only` may pick, by recurrence; empty: nothing.
std::string_view only_words(recurrence_kind kind) {
  switch (kind) {
    case recurrence_kind::half_year:
      return "h1 h2";
    case recurrence_kind::quarter:
      return "q1 q2 q3 q4";
    case recurrence_kind::month:
      return "01 02 03 04 05 06 07 08 09 10 11 12";
    case recurrence_kind::once:
    case recurrence_kind::year:
    case recurrence_kind::nine_months:
    case recurrence_kind::rrule:
    case recurrence_kind::on_case:
      break;
  }
  return "";
}

bool has_word(std::string_view list, std::string_view word) {
  const auto at = list.find(word);
  return at != std::string_view::npos && (at == 0 || list[at - 1] == ' ') &&
         (at + word.size() == list.size() || list[at + word.size()] == ' ');
}

void read_only(reading& r, const element& e, recurrence& every) {
  if (!e.has("only")) return;
  const auto allowed = only_words(every.kind);
  every.only.clear();
  for (auto& each : read_list(e, "only")) {
    if (!has_word(every_only_word, each)) {
      bad_value(r, e, "only", std::string(allowed.empty() ? every_only_word : allowed));
      return;
    }
    if (!has_word(allowed, each)) {
      out_of_place(r, e, "only", "every=\"half-year | quarter | month\"");
      return;
    }
    every.only.push_back(std::move(each));
  }
}

void read_every(reading& r, const element& e, const task* parent, task& t) {
  if (parent) t.every = parent->every;
  if (e.has("every") || e.has("rrule")) t.every = read_recurrence(r, e);
  if (parent && parent->every.kind == recurrence_kind::on_case && t.every.kind != recurrence_kind::on_case)
    out_of_place(r, e, e.has("rrule") ? "rrule" : "every", "every=\"case\"");
  read_only(r, e, t.every);
}

// A task lives inside its parent's dates.
void read_bounds(reading& r, const element& e, const task* parent, task& t) {
  const auto from = read_date(r, e, "from"), until = read_date(r, e, "until");
  t.from = from;
  t.until = until;
  if (parent && parent->from && (!from || *from < *parent->from)) t.from = parent->from;
  if (parent && parent->until && (!until || *parent->until < *until)) t.until = parent->until;
  const auto first = std::max(t.from.value_or(r.out.from), r.out.from);
  const auto last = std::min(t.until.value_or(r.out.until), r.out.until);
  if ((from || until) && last < first)
    r.notes.error("plan.impossible-range", e.where(until ? "until" : "from"), {iso(first), iso(last)});
}

void read_lead(reading& r, const element& e, const task* parent, task& t) {
  if (parent) t.lead = parent->lead;
  if (!e.has("lead")) return;
  const auto all = read_list(e, "lead");
  if (all.size() > 1) r.notes.error("plan.two-leads", e.where("lead"), {t.id.text, std::string(e.get("lead"))});
  t.lead = all.empty() ? std::string{} : all.front();
  for (const auto& each : all) {
    if (each == "$each" || each == "$case" || r.agencies.find(each)) continue;
    if (r.groups.find(each))
      r.notes.error("plan.group-for-agency", e.where("lead"), {each, "lead"});
    else
      r.notes.error("plan.unknown-agency", e.where("lead"), {each, r.nearest(each, r.agencies.names())});
  }
}

void check_lead(reading& r, const element& e, const task& t) {
  if (t.lead.empty() && t.leaf) r.notes.error("plan.no-lead", e.where(), {t.id.text});
  if (!t.leaf) return;
  if (t.lead == "$each" && t.each.empty()) out_of_place(r, e, "lead", "each=\"…\"");
  if (t.lead == "$case" && t.every.kind != recurrence_kind::on_case) out_of_place(r, e, "lead", "every=\"case\"");
}

template <class Id>
void read_inherited(reading& r, const element& e, const char* attribute, const id_table& among, const char* fault,
                    const Id* inherited, Id& out) {
  if (inherited) out = *inherited;
  if (!e.has(attribute)) return;
  read_reference(r, e, attribute, among, fault);
  out.text = e.get(attribute);
}

// The roles of the parent that the task does not bind itself.
void inherit_roles(reading& r, const element& e, const task& parent, task& t) {
  std::unordered_set<std::string_view> own;
  for (const auto& each : t.roles) own.insert(each.name);
  std::vector<role_binding> all = std::move(t.roles);
  for (const auto& above : parent.roles)
    if (!own.contains(above.name) && r.may_copy(sizeof above + above.name.size() + above.post.size(), e))
      all.push_back(above);
  t.roles = std::move(all);
}

void read_parties_and_roles(reading& r, const element& e, const task* parent, task& t) {
  read_lead(r, e, parent, t);
  if (e.has("support"))
    t.support = read_parties(r, e, "support");
  else if (parent && may_inherit(r, e, parent->support))
    t.support = parent->support;
  t.accepts = read_agency(r, e, "accepts").text;
  t.roles = read_roles(r, e);
  if (parent) inherit_roles(r, e, *parent, t);
}

void read_context(reading& r, const element& e, const task* parent, task& t) {
  read_inherited(r, e, "window", r.windows, "plan.unknown-window", parent ? &parent->window : nullptr, t.window);
  read_inherited(r, e, "each", r.groups, "plan.unknown-group", parent ? &parent->each : nullptr, t.each);
  read_inherited(r, e, "regime", r.regimes, "plan.unknown-regime", parent ? &parent->regime : nullptr, t.regime);
  t.field = e.has("field") ? std::string(e.get("field")) : parent ? parent->field : r.out.field;
  if (parent) t.kind = parent->kind;
  if (const auto kind = read_word(r, e, "kind", task_kinds)) t.kind = *kind;
  t.inside_window = read_yes(r, e, "inside", false);
  if (t.inside_window && t.window.empty()) r.notes.error("plan.no-anchor", e.where("inside"), {"inside", "window"});
  for (auto& each : read_list(e, "indicators")) {
    if (!r.indicators.find(each))
      r.notes.error("plan.unknown-indicator", e.where("indicators"), {each, r.nearest(each, r.indicators.names())});
    t.indicators.push_back({std::move(each)});
  }
}

// An unknown regime is remarked on where it is named: here it may have any cut-off.
anchor_scope scope_of(const reading& r, const task& t) {
  const bool on_case = t.every.kind == recurrence_kind::on_case;
  const auto at = r.regimes.find(t.regime.text);
  const bool cut_off = at ? has_cut_off(r.out.regimes[*at], on_case) : !t.regime.empty();
  return {!t.window.empty(), cut_off, on_case, nullptr};
}

void read_moments(reading& r, const element& e, task& t) {
  const auto scope = scope_of(r, t);
  t.duration = read_amount(r, e, "duration");
  if (const auto start = e.child("start")) {
    read_basis(r, start, &t.stands_on);
    if (auto found = read_moment(r, start, scope)) t.not_before = std::move(found->when);
  }
  if (const auto due = e.child("due"))
    if (auto found = read_deadline(r, due, scope, &t.stands_on)) t.due = std::move(found->due);
  if (const auto target = e.child("target"))
    if (auto found = read_deadline(r, target, scope, &t.stands_on)) t.target = std::move(found->due);
}

// A file below templates/, said without leaving it.
bool is_inner_path(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\\') != std::string_view::npos) return false;
  for (std::size_t at = 0; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    const auto piece = path.substr(at, end - at);
    if (piece.empty() || piece == "." || piece == "..") return false;
    at = end + 1;
  }
  return true;
}

void read_product(reading& r, const element& e, task& t) {
  product p;
  p.kind = e.get("kind");
  p.template_file = e.get("template");
  if (e.has("template") && !is_inner_path(p.template_file)) bad_value(r, e, "template", "templates/…");
  read_reference(r, e, "steps", r.procedures, "plan.unknown-procedure");
  p.steps.text = e.get("steps");
  p.to = read_parties(r, e, "to");
  p.stands_on = read_basis(r, e, &t.stands_on);
  t.makes = std::move(p);
}

void read_outcomes(reading& r, const element& e, task& t) {
  id_table seen;
  for (const auto child : e.node.children("outcome")) {
    const element each{e.file, child};
    outcome o{{read_id(r, each)}, std::string(each.get("title"))};
    if (const auto* before = seen.add(o.id.text, 0, each))
      r.notes.error("plan.duplicate-id", each.where("id"), {o.id.text}, {before->where("id")});
    t.outcomes.push_back(std::move(o));
  }
}

// What only a task with work items of its own can have.
void check_parent(reading& r, const element& e, const task& t) {
  if (t.leaf) return;
  for (const char* attribute : {"duration", "inside", "accepts", "indicators"})
    if (e.has(attribute)) r.notes.warning("plan.parent-work", e.where(attribute), {t.id.text, attribute});
  for (const char* child : {"start", "due", "target", "outcome", "product"})
    if (const auto found = e.child(child)) r.notes.warning("plan.parent-work", found.where(), {t.id.text, child});
  for (const char* child : {"after", "only-if"})
    if (const auto found = e.child(child)) r.notes.error("plan.parent-work", found.where(), {t.id.text, child});
}

task read_task(reading& r, const task_element& te) {
  const auto& e = te.at;
  const task* parent = te.parent == no_task ? nullptr : &r.out.tasks[te.parent];
  task t;
  t.id.text = read_id(r, e);
  t.title = e.has("title") ? std::string(e.get("title")) : t.id.text;
  t.parent = te.parent;
  t.leaf = te.leaf;
  t.where = e.where();
  t.stands_on = read_basis(r, e, parent ? &parent->stands_on : pointer_to(*te.ground));
  read_every(r, e, parent, t);
  read_bounds(r, e, parent, t);
  read_context(r, e, parent, t);
  read_parties_and_roles(r, e, parent, t);
  read_moments(r, e, t);
  if (const auto product = e.child("product")) read_product(r, product, t);
  read_outcomes(r, e, t);
  check_lead(r, e, t);
  check_parent(r, e, t);
  return t;
}

link read_link(reading& r, const element& e, const task& t, std::uint32_t target) {
  link l;
  l.task = target;
  l.type = read_word(r, e, "type", link_types).value_or(link_type::fs);
  l.lag = read_amount(r, e, "lag", {true, true}).value_or(l.lag);
  l.previous = read_word(r, e, "period", previous_words).value_or(false);
  l.join = read_word(r, e, "join", joins).value_or(join_kind::none);
  l.done_when_submitted = read_word(r, e, "done", done_words).value_or(false);
  l.upto_cut_off = read_word(r, e, "upto", upto_words).value_or(false);
  if (l.upto_cut_off && !scope_of(r, t).cut_off)
    r.notes.error("plan.no-anchor", e.where("upto"), {"cut-off", "regime"});
  l.stands_on = read_basis(r, e, &t.stands_on);
  l.where = e.where();
  return l;
}

void read_condition(reading& r, const element& e, const task& before, link& l) {
  l.only_if.text = e.get("outcome");
  const auto is_it = [&](const outcome& o) { return o.id == l.only_if; };
  if (!e.has("outcome") || std::ranges::any_of(before.outcomes, is_it)) return;
  std::vector<std::string_view> known;
  for (const auto& o : before.outcomes) known.push_back(o.id.text);
  r.notes.error("plan.unknown-outcome", e.where("outcome"),
                {l.only_if.text, before.id.text, r.nearest(l.only_if.text, known)});
}

void read_links(reading& r, const element& e, task& t) {
  for (const auto child : e.node.children()) {
    const element each{e.file, child};
    if (each.name() != "after" && each.name() != "only-if") continue;
    const auto target = read_reference(r, each, "task", r.tasks, "plan.unknown-task");
    auto l = read_link(r, each, t, target.value_or(no_task));
    if (!target) continue;
    const auto& before = r.out.tasks[*target];
    const bool has_periods =
        before.every.kind != recurrence_kind::once && before.every.kind != recurrence_kind::on_case;
    if (l.previous && before.leaf && !has_periods) out_of_place(r, each, "period", "every=\"year | quarter | …\"");
    if (each.name() == "only-if") read_condition(r, each, r.out.tasks[*target], l);
    if (t.leaf) t.after.push_back(std::move(l));
  }
}

}  // namespace

recurrence read_recurrence(reading& r, const element& e) {
  recurrence out;
  if (!e.has("rrule")) {
    out.kind = read_word(r, e, "every", recurrences).value_or(recurrence_kind::once);
    return out;
  }
  out.kind = recurrence_kind::rrule;
  out.rrule = e.get("rrule");
  const bool plain = std::ranges::all_of(out.rrule, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("=;,+-").find(c) != std::string_view::npos;
  });
  if (!plain || out.rrule.find("FREQ=") == std::string::npos || e.has("every")) bad_value(r, e, "rrule", "FREQ=…");
  return out;
}

void read_tasks(reading& r) {
  r.out.tasks.reserve(r.task_elements.size());
  for (const auto& te : r.task_elements) r.out.tasks.push_back(read_task(r, te));
  for (std::size_t i = 0; i < r.task_elements.size(); ++i) read_links(r, r.task_elements[i].at, r.out.tasks[i]);
}

}  // namespace vanthu
