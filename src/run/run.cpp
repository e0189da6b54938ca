#include "vanthu/run.hpp"

#include <algorithm>

#include "run/events.hpp"
#include "run/unfold.hpp"

namespace vanthu {
namespace {

// Commands are written together up to this many events: one transaction for many lines of a file.
constexpr std::size_t events_at_once = 256;
// Each conflict means that another writer got something done; losing this often in a row is no accident.
constexpr int most_attempts = 64;

bool is_run_name(std::string_view name) {
  const auto plain = [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f && c != '/'; };
  return !name.empty() && name.size() <= 200 && std::ranges::all_of(name, plain) && !find_invalid_utf8(name);
}

location place_of(const command& c, std::size_t index) {
  auto where = c.where;
  if (where.line == 0) where.line = static_cast<int>(index + 1);
  return where;
}

bool needs_items(const command& c) {
  return !std::holds_alternative<raise_case>(c.what);
}
// A moment out of all bounds is for decide() to refuse.
bool needs_dates(const command& c) {
  return std::holds_alternative<extend_deadline>(c.what) && parse_instant(rfc3339(c.at));
}

template <class T>
void move_to(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// Commands decided one after the other, each against the picture that those before it leave.
struct session {
  picture& now;
  std::size_t& cases_known;
  std::vector<event> made{};
  answers given{};
  std::size_t next = 0;
  bool stopped = false;

  // Why the command cannot be heard; nothing when it can.
  diagnostics prepare(const command& c) {
    now.dates = {};
    if (!needs_items(c)) return {};
    runs::unfold_cases(now, cases_known);
    cases_known = now.state.cases.size();
    if (!needs_dates(c)) return {};
    auto dates = runs::dates_of(now, date_of(c.at));
    if (dates) {
      now.dates = *std::move(dates.value);
      return {};
    }
    for (auto& d : dates.notes) d.where = c.where;
    return std::move(dates.notes);
  }

  void answer(const command& c, std::span<const event> happened) {
    const auto line = static_cast<std::size_t>(place_of(c, next).line);
    if (happened.empty()) {
      const auto& known = now.state.keys.at(c.key);
      given.given.push_back({line, known.event, known.item, known.state});
      return;
    }
    const auto& own = happened.front().item;
    const auto last = std::find_if(happened.rbegin(), happened.rend(), [&](const event& e) { return e.item == own; });
    const auto known = now.state.items.find(own);
    given.given.push_back(
        {line, last->number, own, known == now.state.items.end() ? item_state::planned : known->second.state});
  }

  void hear(command c) {
    c.where = place_of(c, next);
    if (auto cannot = prepare(c); !cannot.empty()) return move_to(given.refused, cannot);
    auto decided = decide(now, c);
    auto& notes = decided ? given.notes : given.refused;
    notes.insert(notes.end(), decided.notes.begin(), decided.notes.end());
    if (!decided) return;
    for (const auto& e : *decided) evolve(now.state, e);
    answer(c, *decided);
    made.insert(made.end(), decided->begin(), decided->end());
  }

  void hear_some(std::span<const command> commands, on_refusal then) {
    for (; next < commands.size() && made.size() < events_at_once && !stopped; ++next) {
      const auto refused = given.refused.size();
      hear(commands[next]);
      stopped = given.refused.size() > refused && then == on_refusal::stop;
    }
  }
};

batch batch_of(const std::string& stream, std::uint64_t expected, const std::vector<event>& events) {
  batch b{stream, expected, {}};
  for (const auto& e : events) b.records.push_back(runs::record_of(e));
  return b;
}

}  // namespace

run run::start(journal& j, std::string name, std::shared_ptr<const plan> p, date on, std::string actor, instant now,
               agency_id by) {
  if (!is_run_name(name)) throw error(errc::misuse, {"run.bad-name", {name}});
  if (p->files.empty()) throw error(errc::misuse, {"run.plan-without-files", {p->id.text}});
  run r;
  r.state_.name = std::move(name);
  event first{1, now, std::move(actor), std::move(by), {}, std::string(runs::started_type), runs::plan_body(*p, on)};
  evolve(r.state_, first);  // reads the plan back: what is written can be opened
  r.now_ = runs::unfold(r.state_, calendars_of(*r.state_.following));
  (void)runs::dates_of(*r.now_, on).take();  // a plan that cannot be dated is refused here
  const batch writing = batch_of(r.stream(), 0, {first});
  if (!j.append({&writing, 1})) throw error(errc::conflict, {"run.exists", {r.state_.name}});
  r.events_.push_back(std::move(first));
  return r;
}

run run::open(const journal& j, std::string name) {
  run r;
  r.state_.name = std::move(name);
  r.refresh(j);
  if (r.events_.empty()) throw error(errc::not_found, {"run.unknown", {r.state_.name}});
  return r;
}

void run::refresh(const journal& j) {
  for (const auto& record : j.read(stream(), state_.position)) {
    auto e = runs::event_of(record);
    evolve(state_, e);
    if (now_) evolve(now_->state, e);
    events_.push_back(std::move(e));
  }
}

answers run::record(journal& j, std::span<const command> commands, on_refusal then) {
  answers all;
  std::size_t next = 0;
  int attempts = 0;
  refresh(j);
  for (bool stopped = false; next < commands.size() && !stopped;) {
    if (!now_) {
      now_ = runs::unfold(state_, calendars_of(*state_.following));
      cases_in_now_ = state_.cases.size();
    }
    session s{*now_, cases_in_now_, {}, {}, next};
    try {
      s.hear_some(commands, then);
      const batch writing = batch_of(stream(), state_.position, s.made);
      if (!s.made.empty() && !j.append({&writing, 1})) {
        if (++attempts == most_attempts) throw error(errc::conflict, {"run.busy", {state_.name}});
        now_.reset();  // what was decided but not written has not happened
        refresh(j);
        continue;
      }
    } catch (...) {
      now_.reset();
      throw;
    }
    for (const auto& e : s.made) evolve(state_, e);
    move_to(events_, s.made);
    move_to(all.given, s.given.given);
    move_to(all.refused, s.given.refused);
    move_to(all.notes, s.given.notes);
    next = s.next;
    stopped = s.stopped;
    attempts = 0;
  }
  return all;
}

picture run::look(date as_of, std::optional<std::uint64_t> position) const {
  run_state then;
  then.name = state_.name;
  then.following = state_.following;
  for (const auto& e : events_) {
    const auto later = date_of(e.at) > as_of || (position && e.number > *position);
    if (later && e.number > 1) break;
    evolve(then, e);
  }
  return vanthu::look(std::move(then), as_of);
}

}  // namespace vanthu
