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

void read_level(reading& r, const element& e, regime& out, std::unordered_set<std::string>& seen) {
  const auto due = read_deadline(r, e, {}, &out.stands_on);
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
    if (e.has("on")) r.notes.error("plan.bad-moment", e.where(), {"cut-off"});
    return;  // an empty <cut-off/>: none
  }
  out.cut_off_kind = read_word(r, e, "kind", cut_offs);
  if (e.get("on") == "case")
    out.cut_off_case = true;
  else
    out.cut_off_day = read_month_day(r, e, "on");
}

}  // namespace

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
  std::unordered_set<std::string> levels;
  for (const auto child : e.node.children("deadline")) read_level(r, {e.file, child}, out, levels);
  if (const auto frequency = e.child("frequency")) {
    const auto every = read_recurrence(r, frequency);
    out.frequency = every.kind == recurrence_kind::rrule ? every.rrule : std::string(frequency.get("every"));
  }
  read_cut_off(r, e.child("cut-off"), out);
  out.outline = words_of("outline");
  out.tables = words_of("tables");
  out.guidance = words_of("guidance");
  if (out.stands_on.kind != basis::law) r.notes.warning("plan.regime-without-basis", e.where(), {out.id.text});
  r.out.regimes.push_back(std::move(out));
}

}  // namespace vanthu
