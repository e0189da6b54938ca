#include <algorithm>

#include "plan/reading.hpp"

namespace vanthu {
namespace {

constexpr word<anchor_kind> anchor_words[] = {{"issued", anchor_kind::issued},
                                              {"period-start", anchor_kind::period_start},
                                              {"period-end", anchor_kind::period_end},
                                              {"cut-off", anchor_kind::cut_off},
                                              {"window-start", anchor_kind::window_start},
                                              {"window-end", anchor_kind::window_end},
                                              {"case", anchor_kind::case_raised}};

// What must be there for the anchor to mean something; "" when it is.
std::string_view lacking(anchor_kind kind, const anchor_scope& scope) {
  switch (kind) {
    case anchor_kind::window_start:
    case anchor_kind::window_end:
      return scope.window ? "" : "window";
    case anchor_kind::cut_off:
      return scope.cut_off ? "" : "regime, cut-off";
    case anchor_kind::case_raised:
      return scope.raised_case ? "" : "every=\"case\"";
    case anchor_kind::issued:
    case anchor_kind::period_start:
    case anchor_kind::period_end:
    case anchor_kind::task:
      break;
  }
  return "";
}

struct found_anchor {
  anchor at;
  std::string step;
};

std::optional<found_anchor> read_anchor(reading& r, const element& e, const char* attribute,
                                        const anchor_scope& scope) {
  const auto text = e.get(attribute);
  if (scope.steps && scope.steps->find(text)) return found_anchor{{anchor_kind::task, no_task}, std::string(text)};
  if (const auto* w = std::ranges::find(anchor_words, text, &word<anchor_kind>::text); w != std::end(anchor_words)) {
    if (const auto missing = lacking(w->meaning, scope); !missing.empty()) {
      r.notes.error("plan.no-anchor", e.where(attribute), {std::string(text), std::string(missing)});
      return {};
    }
    return found_anchor{{w->meaning, 0}, {}};
  }
  if (const auto task = r.tasks.find(text)) return found_anchor{{anchor_kind::task, *task}, {}};
  auto known = r.tasks.names();
  for (const auto& w : anchor_words) known.push_back(w.text);
  if (scope.steps) known.insert(known.end(), scope.steps->names().begin(), scope.steps->names().end());
  r.notes.error("plan.unknown-task", e.where(attribute), {std::string(text), r.nearest(text, known)});
  return {};
}

// A text that can only be meant as a date: it begins with a digit or "--".
bool looks_like_date(std::string_view text) {
  return text.starts_with("--") || (text.size() >= 5 && text[4] == '-' && text[0] >= '0' && text[0] <= '9');
}

std::optional<read_moment_result> read_on(reading& r, const element& e, const anchor_scope& scope) {
  const auto text = e.get("on");
  if (const auto day = parse_date(text)) return read_moment_result{on_date{*day}, {}};
  if (const auto day = parse_month_day(text)) return read_moment_result{on_month_day{*day}, {}};
  if (text.empty() || looks_like_date(text)) {
    r.notes.error("plan.bad-date", e.where("on"), {std::string(text), "YYYY-MM-DD, --MM-DD"});
    return {};
  }
  auto at = read_anchor(r, e, "on", scope);
  if (!at) return {};
  return read_moment_result{on_anchor{at->at}, std::move(at->step)};
}

}  // namespace

std::optional<read_moment_result> read_moment(reading& r, const element& e, const anchor_scope& scope) {
  const bool on = e.has("on"), in = e.has("in"), after = e.has("after"), before = e.has("before"), by = e.has("by");
  if (on && !in && !after && !before && !by) return read_on(r, e, scope);
  if (in && after && !on && !before && !by) {
    const auto wait = read_amount(r, e, "in");
    auto from = read_anchor(r, e, "after", scope);
    if (!wait || !from) return {};
    return read_moment_result{after_anchor{*wait, from->at}, std::move(from->step)};
  }
  if (before && by && !on && !in && !after) {
    const auto lead = read_amount(r, e, "by");
    auto to = read_anchor(r, e, "before", scope);
    if (!lead || !to) return {};
    return read_moment_result{before_anchor{*lead, to->at}, std::move(to->step)};
  }
  r.notes.error("plan.bad-moment", e.where(), {std::string(e.name())});
  return {};
}

std::optional<read_deadline_result> read_deadline(reading& r, const element& e, const anchor_scope& scope,
                                                  const provenance* inherited) {
  static constexpr word<roll> rolls[] = {
      {"forward", roll::forward}, {"backward", roll::backward}, {"none", roll::none}};
  auto ground = read_basis(r, e, inherited);
  const auto how = read_word(r, e, "roll", rolls);
  const bool strict = read_yes(r, e, "strict", false);
  auto moment = read_moment(r, e, scope);
  if (!moment) return {};
  const bool counted = std::holds_alternative<after_anchor>(moment->when);
  return read_deadline_result{{std::move(moment->when), how.value_or(counted ? roll::forward : roll::backward), strict,
                               std::move(ground), e.where()},
                              std::move(moment->step)};
}

}  // namespace vanthu
