// Why an item has its dates, put together when somebody asks.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "schedule/measure.hpp"
#include "schedule/passes.hpp"
#include "schedule/places.hpp"

namespace vanthu {
namespace schedules {
namespace {

using std::chrono::days;
using std::chrono::floor;

std::string_view name_of(link_type t) {
  switch (t) {
    case link_type::fs:
      return "FS";
    case link_type::ss:
      return "SS";
    case link_type::ff:
      return "FF";
    case link_type::sf:
      return "SF";
  }
  return {};
}

std::string_view anchor_message(anchor_kind kind) {
  switch (kind) {
    case anchor_kind::issued:
      return "schedule.from-issued";
    case anchor_kind::period_start:
      return "schedule.from-period-start";
    case anchor_kind::period_end:
      return "schedule.from-period-end";
    case anchor_kind::cut_off:
      return "schedule.from-cut-off";
    case anchor_kind::window_start:
      return "schedule.from-window-start";
    case anchor_kind::window_end:
      return "schedule.from-window-end";
    case anchor_kind::case_raised:
      return "schedule.from-case";
    case anchor_kind::task:
      break;
  }
  return "schedule.from-task";
}

std::string_view start_message(cause c) {
  switch (c) {
    case cause::plan_start:
      return "schedule.start-plan";
    case cause::case_raised:
      return "schedule.start-case";
    case cause::window_start:
      return "schedule.start-window";
    case cause::not_before:
      return "schedule.start-not-before";
    case cause::actual:
      return "schedule.start-actual";
    case cause::today:
      return "schedule.start-today";
    case cause::suspension:
      return "schedule.start-suspended";
    default:
      return "schedule.start-period";
  }
}

std::string_view finish_message(cause c) {
  switch (c) {
    case cause::due:
    case cause::extension:
      return "schedule.finish-due";
    case cause::period_end:
      return "schedule.finish-period";
    case cause::window_end:
      return "schedule.finish-window";
    case cause::actual:
      return "schedule.finish-actual";
    case cause::today:
      return "schedule.finish-today";
    default:
      return "schedule.finish-duration";
  }
}

class explainer {
 public:
  explainer(const schedule& s, const agenda& a, const plan& p, const calendars& c, std::uint32_t item)
      : s_(s), a_(a), p_(p), c_(c), item_(item), w_(a.items[item]), d_(s.items[item]) {}

  std::vector<message> run() {
    explain_condition();
    if (w_.lapsed) return std::move(out_);
    explain_due();
    explain_start();
    explain_finish();
    explain_slack();
    return std::move(out_);
  }

 private:
  void say(std::string_view id, std::vector<std::string> args) { out_.push_back({std::string(id), std::move(args)}); }

  void explain_condition() {
    if (!w_.lapsed && !w_.conditional) return;
    const auto work = work_of(a_, item_);
    for (auto l = a_.first[work]; l < a_.first[work + std::size_t{1}]; ++l) {
      const auto& link = a_.links[l];
      if (!link.condition) continue;
      say(w_.lapsed ? "schedule.lapsed" : "schedule.conditional",
          {a_.items[link.from].id.text, p_.tasks[w_.task].after[link.rule].only_if.text});
    }
  }

  // ---- Deadline ----

  void explain_due() {
    if (!d_.due) return;
    say("schedule.due", {iso(*d_.due)});
    if (d_.due_cause == cause::extension) {
      say("schedule.due-extended", {iso(*d_.due)});
      return;
    }
    for (const auto* m : {&w_.due, &w_.task_due}) {
      if (!*m) continue;
      const auto from = base_of(**m);
      if (!from || last_good_day(receiver(), **m, *from) != *d_.due) continue;
      explain_moment(**m, *from);
      return;
    }
  }

  const working_calendar& receiver() const {
    if (c_.own.empty()) return c_.general;
    const auto& t = p_.tasks[w_.task];
    return c_.of(receiver_of(p_, t, find_regime(p_, t.regime)));
  }

  std::optional<date> base_of(const item_moment& m) const {
    if (m.after.empty()) return m.base;
    const auto last = last_of(m);
    return last == no_item ? std::nullopt : std::optional{finish_day(s_.items[last].early_finish)};
  }

  std::uint32_t last_of(const item_moment& m) const {
    auto last = no_item;
    for (const auto each : m.after)
      if (!a_.items[each].lapsed && (last == no_item || s_.items[each].early_finish > s_.items[last].early_finish))
        last = each;
    return last;
  }

  void explain_moment(const item_moment& m, date from) {
    const auto& rule = m.rule->when;
    if (std::holds_alternative<on_date>(rule))
      say("schedule.due-fixed", {iso(from)});
    else if (std::holds_alternative<on_month_day>(rule))
      say("schedule.due-fixed-yearly", {iso(from)});
    else if (!m.after.empty())
      say(anchor_message(anchor_kind::task), {a_.items[last_of(m)].id.text, iso(from)});
    else
      say(anchor_message(kind_of(rule)), {iso(from)});
    auto steps = explain_period_end(receiver(), from, in_days(receiver(), m.wait), m.strict ? roll::none : m.how);
    std::ranges::move(steps, std::back_inserter(out_));
    if (m.strict) say("schedule.due-strict", {iso(*d_.due)});
    explain_ground(m.rule->stands_on, "due");
  }

  static anchor_kind kind_of(const moment_rule& rule) {
    if (const auto* m = std::get_if<on_anchor>(&rule)) return m->at.kind;
    if (const auto* m = std::get_if<after_anchor>(&rule)) return m->from.kind;
    if (const auto* m = std::get_if<before_anchor>(&rule)) return m->to.kind;
    return anchor_kind::task;
  }

  void explain_ground(const provenance& g, std::string_view attribute) {
    if (is_assumed(g, attribute)) {
      say("schedule.by-assumption", {});
    } else if (g.kind == basis::law) {
      say(g.checked ? "schedule.by-law" : "schedule.by-law-unchecked", {g.article});
    } else {
      std::string traces;
      for (const auto& each : g.traces) traces += (traces.empty() ? "" : ", ") + each;
      say("schedule.by-plan", {traces});
    }
  }

  // ---- Dates ----

  void explain_start() {
    say("schedule.starts", {iso(d_.early_start)});
    if (d_.start_cause == cause::link)
      explain_link(d_.start_link, d_.early_start);
    else
      say(start_message(d_.start_cause), {iso(d_.early_start)});
  }

  void explain_finish() {
    say("schedule.finishes", {iso(d_.early_finish)});
    if (d_.finish_cause == cause::link) {
      explain_link(d_.finish_link, d_.early_finish);
      return;
    }
    const auto length = w_.duration ? to_string(*w_.duration) : std::string{};
    say(finish_message(d_.finish_cause), {d_.finish_cause == cause::duration ? length : iso(d_.early_finish)});
    if (d_.finish_cause == cause::duration && w_.duration && is_working_unit(w_.duration->unit))
      tell_days_off(d_.early_start, d_.early_finish);
  }

  void explain_link(std::uint32_t index, civil_minute until) {
    const auto& l = a_.links[index];
    const auto& before = s_.items[l.from];
    const bool from_start = l.type == link_type::ss || l.type == link_type::sf;
    const auto at = from_start ? before.early_start : before.early_finish;
    say("schedule.link", {a_.items[l.from].id.text, iso(at), std::string(name_of(l.type))});
    if (l.lag.count != 0) say("schedule.link-lag", {to_string(l.lag)});
    tell_days_off(at, until);
    if (const auto* ground = ground_of(a_, p_, index)) explain_ground(*ground, "after");
    if (before.start_link != no_link || before.finish_link != no_link) say("schedule.chain", {chain_to(s_, a_, item_)});
  }

  // Days off between two moments that are not the weekend's, each reason once.
  void tell_days_off(civil_minute from, civil_minute until) {
    constexpr days most{400};
    const auto& calendar = c_.of(w_.lead);
    const auto first = floor<days>(from), last = std::min(floor<days>(until), first + most);
    std::string told;
    for (auto d = first; d <= last; d += days{1}) {
      const auto status = calendar.status(d);
      if (status.working || status.why.id == "calendar.weekend" || status.why.args.front() == told) continue;
      told = status.why.args.front();
      out_.push_back(status.why);
    }
  }

  void explain_slack() {
    if (d_.finish_cause == cause::actual ||
        (d_.late_start == d_.early_start && d_.total_slack_min == 0 && !d_.critical))
      return;
    say(d_.total_slack_min < 0 ? "schedule.short" : "schedule.spare",
        {std::to_string(d_.total_slack_min < 0 ? -d_.total_slack_min : d_.total_slack_min), iso(d_.late_finish)});
    if (d_.late_cause == cause::successor) say("schedule.limited-by", {a_.items[a_.links[d_.late_link].to].id.text});
  }

  const schedule& s_;
  const agenda& a_;
  const plan& p_;
  const calendars& c_;
  std::uint32_t item_;
  const work_item& w_;
  const item_dates& d_;
  std::vector<message> out_;
};

}  // namespace
}  // namespace schedules

std::vector<message> explain(const schedule& s, const agenda& a, const plan& p, const calendars& c,
                             std::uint32_t item) {
  return schedules::explainer(s, a, p, c, item).run();
}

}  // namespace vanthu
