#include <algorithm>
#include <chrono>

#include "run/action.hpp"
#include "run/events.hpp"
#include "run/members.hpp"
#include "vanthu/run.hpp"

namespace vanthu {
namespace {

using runs::need;
using runs::object_reader;

void end_suspension(item_record& r, date on) {
  if (!r.suspended_on) return;
  const auto last = on - std::chrono::days{1};  // the day work goes on is a day of work
  if (last >= *r.suspended_on) r.suspended.push_back({*r.suspended_on, last});
  r.suspended_on.reset();
}

struct change {
  item_record& r;
  const event& e;

  void begin() const {
    if (!r.started) r.started = e.at;
  }
  void close(item_state s) const {
    end_suspension(r, date_of(e.at));
    r.state = s;
  }

  void operator()(const start_work&) const {
    begin();
    r.state = item_state::in_progress;
  }
  void operator()(const report_progress& p) const {
    begin();
    r.state = item_state::in_progress;
    if (p.percent) r.percent = *p.percent;
  }
  void operator()(const submit_work& s) const {
    begin();
    r.state = item_state::submitted;
    r.submitted = e.at;
    r.documents = s.documents;
    r.figures = s.figures;
    r.figures_event = e.number;
  }
  void operator()(const accept_work&) const {
    r.state = item_state::accepted;
    r.accepted = e.at;
  }
  void operator()(const return_work&) const {
    r.state = item_state::returned;
    r.submitted.reset();
  }
  void operator()(const extend_deadline& d) const { r.extended_to = d.to; }
  void operator()(const suspend_work&) const {
    r.before_suspension = r.state;
    r.suspended_on = date_of(e.at);
    r.state = item_state::suspended;
  }
  void operator()(const resume_work&) const { close(r.before_suspension); }
  void operator()(const cancel_work&) const { close(item_state::cancelled); }
  void operator()(const reopen_work&) const {
    r.state = item_state::in_progress;
    r.submitted.reset();
    r.accepted.reset();
  }
  void operator()(const record_outcome& o) const { r.result = o.result; }
  void operator()(const raise_case&) const {}
};

// An event while it is read. Nothing is changed before all of it has been understood: check() throws otherwise.
struct reading {
  const event& e;
  diagnostics notes;
  object_reader members;

  reading(const run_state& s, const event& what)
      : e(what), members(what.body, {"run/" + s.name, static_cast<int>(what.number), 0, {}}, notes) {}
  void check() {
    if (has_errors(notes)) runs::throw_bad_event(e, std::move(notes));
  }
};

void raise(run_state& s, const raise_case& c, reading& r) {
  const auto next = s.cases.size() + 1;
  if (r.members.whole("case", 999'999'999, need::required) != next) r.members.refuse("/case", std::to_string(next));
  r.check();
  s.cases.push_back({static_cast<int>(next), c.task, c.on, r.e.by, c.reference, c.category});
}

void issue(run_state& s, reading& r) {
  issued_document d;
  d.reference = runs::read_document(r.members);
  d.kind = r.members.text("kind");
  d.regime = r.members.text("regime");
  d.when = r.members.text("period");
  d.position = r.members.whole("position", 999'999'999'999'999).value_or(0);
  d.item = r.e.item;
  d.event = r.e.number;
  r.check();
  s.issued.push_back(std::move(d));
}

void begin_run(run_state& s, reading& r) {
  const auto on = r.members.day("on", need::required).value_or(date{});
  r.check();
  if (!s.following) s.following = runs::plan_of(r.e);
  s.started = on;
  // A run may be entered long after its first day: what happened since then is recorded as it happened.
  s.last_at = std::min(r.e.at, to_instant(civil_minute{on}));
}

void apply_action(run_state& s, const action& what, reading& r) {
  if (const auto* c = std::get_if<raise_case>(&what)) return raise(s, *c, r);
  r.check();
  std::visit(change{s.items[r.e.item], r.e}, what);
}

void apply(run_state& s, reading& r) {
  const auto& type = r.e.type;
  if (type == runs::started_type) return begin_run(s, r);
  if (type == "document.issued/1") return issue(s, r);
  if (type == "template.recorded/1") return;
  if (type == "item.lapsed/1") return change{s.items[r.e.item], r.e}.close(item_state::lapsed);
  const auto what = runs::read_by_type(type, r.members);
  if (!what) throw error(errc::corrupt, {"run.unknown-event", {type, std::to_string(r.e.number)}});
  apply_action(s, *what, r);
}

// The events of a case bear its number in place of an item.
item_state mark_item(run_state& s, const event& e) {
  if (e.item.empty() || e.type == "case.raised/1") return item_state::planned;
  auto& r = s.items[e.item];
  r.last_event = e.number;
  return r.state;
}

}  // namespace

void evolve(run_state& s, const event& e) {
  reading r(s, e);
  const auto first = s.position == 0;
  if (e.number != s.position + 1 || first != (e.type == runs::started_type))
    r.members.refuse("", first ? std::string(runs::started_type) : std::to_string(s.position + 1));
  auto key = r.members.text("key"), command = r.members.text("command");
  r.check();
  apply(s, r);
  const auto now = mark_item(s, e);
  if (!key.empty()) s.keys[std::move(key)] = {std::move(command), e.number, e.item, now};
  s.position = e.number;
  if (!first) s.last_at = std::max(s.last_at, e.at);
}

}  // namespace vanthu
