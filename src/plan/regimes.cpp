// Report regimes: the eleven fields of Decree 09/2019/NĐ-CP, article 7.
#include <unordered_set>

#include "plan/reading.hpp"

namespace vanthu {
namespace {

constexpr word<regime_kind> kinds[] = {
    {"periodic", regime_kind::periodic}, {"thematic", regime_kind::thematic}, {"ad-hoc", regime_kind::ad_hoc}};
constexpr word<std::string_view> forms[] = {{"text", "text"}, {"figures", "figures"}, {"both", "both"}};
constexpr word<period_kind> cut_offs[] = {{"year", period_kind::year},
                                          {"half-year", period_kind::half_year},
                                          {"nine-months", period_kind::nine_months},
                                          {"quarter", period_kind::quarter},
                                          {"month", period_kind::month}};

std::vector<std::string> read_parties_of(reading& r, const element& regime_element, const char* name) {
  const std::string out_id(regime_element.get("id"));
  std::vector<std::string> out;
  std::unordered_set<std::string> seen;
  for (const auto child : regime_element.node.children(name)) {
    const element e{regime_element.file, child};
    bool named = false;
    for (const char* attribute : {"group", "agency"})
      for (auto& each : read_parties(r, e, attribute)) {
        named = true;
        if (seen.insert(each).second) out.push_back(std::move(each));
      }
    if (!named) r.notes.error("plan.no-party", e.where(), {name, out_id});
  }
  return out;
}

// Whether a deadline leaves less than a working day after the cut-off.
bool is_too_soon(const moment_rule& rule) {
  constexpr int hours = 8, minutes = 60 * hours, elapsed_hours = 24;
  if (const auto* m = std::get_if<on_anchor>(&rule)) return m->at.kind == anchor_kind::cut_off;
  if (const auto* m = std::get_if<before_anchor>(&rule)) return m->to.kind == anchor_kind::cut_off;
  const auto* m = std::get_if<after_anchor>(&rule);
  if (!m || m->from.kind != anchor_kind::cut_off) return false;
  const auto unit = m->wait.unit;
  const int least = unit == time_unit::hour           ? hours
                    : unit == time_unit::minute       ? minutes
                    : unit == time_unit::elapsed_hour ? elapsed_hours
                                                      : 1;
  return m->wait.count < least;
}

void read_level(reading& r, const element& e, regime& out, std::unordered_set<std::string>& seen) {
  anchor_scope scope;
  scope.cut_off = has_cut_off(out, true);
  const auto due = read_deadline(r, e, scope, &out.stands_on);
  if (due && out.kind == regime_kind::periodic && is_too_soon(due->due.when))
    r.notes.warning("plan.deadline-too-soon", e.where(), {out.id.text});
  auto levels = read_parties(r, e, "level");
  if (levels.empty()) levels.emplace_back();
  for (auto& level : levels) {
    if (!seen.insert(level).second)
      r.notes.error("plan.duplicate-id", e.where("level"), {level});
    else if (due)
      out.deadlines.push_back({std::move(level), due->due});
  }
}

void read_cut_off(reading& r, const element& e, regime& out) {
  out.cut_off_stands_on = e ? read_basis(r, e, &out.stands_on) : out.stands_on;
  if (!e) return;
  if (e.has("kind") == e.has("on")) {
    if (!e.has("on")) return;  // an empty <cut-off/>: none
    r.notes.error("plan.bad-moment", e.where(), {"cut-off"});
    out.cut_off_kind = period_kind::year;  // one of the two, so that one fault does not make others
    return;
  }
  out.cut_off_kind = read_word(r, e, "kind", cut_offs);
  if (e.get("on") == "case")
    out.cut_off_case = true;
  else
    out.cut_off_day = read_month_day(r, e, "on");
}

}  // namespace

bool has_cut_off(const regime& of, bool for_case) {
  return of.cut_off_kind || of.cut_off_day || (of.cut_off_case && for_case);
}

void read_regime(reading& r, const piece& p) {
  const auto& e = p.at;
  const auto words_of = [&](const char* name) { return xml::words(e.node.child(name)); };
  regime out;
  out.id.text = read_id(r, e);
  out.kind = read_word(r, e, "kind", kinds).value_or(regime_kind::periodic);
  out.stands_on = read_basis(r, e, pointer_to(*p.ground));
  out.where = e.where();
  out.name = words_of("name");
  out.content = words_of("content");
  if (const auto content = e.child("content")) out.content_form = read_word(r, content, "form", forms).value_or("both");
  out.reporters = read_parties_of(r, e, "reporters");
  out.recipients = read_parties_of(r, e, "recipients");
  out.method = words_of("method");
  read_cut_off(r, e.child("cut-off"), out);
  std::unordered_set<std::string> levels;
  for (const auto child : e.node.children("deadline")) read_level(r, {e.file, child}, out, levels);
  if (const auto frequency = e.child("frequency")) {
    const auto every = read_recurrence(r, frequency);
    out.frequency = every.kind == recurrence_kind::rrule ? every.rrule : std::string(frequency.get("every"));
  }
  out.outline = words_of("outline");
  out.tables = words_of("tables");
  out.guidance = words_of("guidance");
  if (out.stands_on.kind != basis::law) r.notes.warning("plan.regime-without-basis", e.where(), {out.id.text});
  r.out.regimes.push_back(std::move(out));
}

}  // namespace vanthu
