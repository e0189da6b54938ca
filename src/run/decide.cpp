#include <algorithm>
#include <array>
#include <chrono>
#include <set>

#include "run/action.hpp"
#include "run/digest.hpp"
#include "run/waits.hpp"
#include "run/who.hpp"
#include "text/nearest_name.hpp"
#include "vanthu/run.hpp"

namespace vanthu {
namespace {

using runs::role;
using enum item_state;

constexpr unsigned bit(item_state s) {
  return 1U << static_cast<unsigned>(s);
}
template <class... S>
constexpr unsigned any_of(S... s) {
  return (bit(s) | ...);
}
constexpr unsigned not_final = any_of(planned, in_progress, submitted, returned, suspended);

// Who may do what in which state: the table of workflows/README.md. The new state is evolve()'s to set.
struct rule {
  unsigned from;
  role by;
};
// In the order of the alternatives of `action`; the last, raise, has no item.
constexpr std::array<rule, std::variant_size_v<action>> rules{{
    {any_of(planned, returned, in_progress), role::holder_or_support},     // start
    {any_of(planned, returned, in_progress), role::holder_or_support},     // progress
    {any_of(planned, in_progress, returned), role::holder},                // submit
    {any_of(submitted), role::acceptor},                                   // accept
    {any_of(submitted), role::acceptor},                                   // return
    {not_final, role::acceptor},                                           // extend
    {not_final & ~bit(suspended), role::acceptor},                         // suspend
    {any_of(suspended), role::acceptor},                                   // resume
    {not_final, role::issuer},                                             // cancel
    {any_of(accepted), role::acceptor},                                    // reopen
    {any_of(in_progress, submitted, accepted), role::holder_or_acceptor},  // outcome
    {0, role::issuer},                                                     // raise
}};

std::string states_in(unsigned mask) {
  std::string out;
  for (unsigned i = 0; i <= static_cast<unsigned>(lapsed); ++i)
    if (mask & (1U << i)) out.append(out.empty() ? "" : ", ").append(name(static_cast<item_state>(i)));
  return out;
}

template <class Ids>
std::string joined(const Ids& ids) {
  std::string out;
  for (const auto& each : ids) out.append(out.empty() ? "" : ", ").append(each.text);
  return out;
}

// The command before the picture, and what is wrong with it so far.
struct hearing {
  const picture& now;
  const command& asked;
  diagnostics notes;

  void refuse(std::string id, std::vector<std::string> args, severity level = severity::error) {
    notes.push_back({level, {std::move(id), std::move(args)}, asked.where, {}});
  }
  date day() const { return date_of(asked.at); }
  const plan& following() const { return now.following(); }
};

template <class Range, class Name>
std::string nearest_of(std::string_view written, const Range& all, Name name_of) {
  std::vector<std::string_view> names;
  names.reserve(all.size());
  for (const auto& each : all) names.push_back(name_of(each));
  const auto best = texts::nearest_name(written, names);
  return std::string(best.empty() ? "–" : best);
}

// A moment that cannot be written cannot be read again.
bool is_writable(instant t) {
  return parse_instant(rfc3339(t)) == t;
}

// A command made in code is held to what a line may say: its members are written and read back.
void hear_form(hearing& h) {
  const auto& c = h.asked;
  const auto written = runs::body_of(c.what);
  runs::object_reader members(written, c.where, h.notes);
  (void)runs::read_by_verb(runs::verb_of(c.what), members);
  const auto envelope = value::object({{"actor", c.actor}, {"by", c.by.text}, {"key", c.key}, {"note", c.note}});
  runs::object_reader sender(envelope, c.where, h.notes);
  sender.text("actor", runs::need::required);
  sender.text("by", runs::need::required);
  sender.text("key");
  sender.text("note");
  if (c.at == instant{})
    sender.missing("at");
  else if (!is_writable(c.at))
    sender.refuse("/at", "\"YYYY-MM-DDTHH:MM:SSZ\"");
}

// Over a day earlier than what is recorded is a wrong clock or a wrong date; less is how clocks differ.
void hear_clock(hearing& h) {
  const auto last = h.now.state.last_at;
  if (h.asked.at >= last) return;
  const auto far = last - h.asked.at > std::chrono::days{1};
  h.refuse("run.clock-back", {rfc3339(h.asked.at), rfc3339(last)}, far ? severity::error : severity::note);
}

bool hear_agency(hearing& h) {
  if (h.now.items.agencies.find(h.asked.by)) return true;
  h.refuse("run.unknown-agency",
           {h.asked.by.text, nearest_of(h.asked.by.text, h.following().agencies,
                                        [](const agency& a) -> std::string_view { return a.id.text; })});
  return false;
}

void hear_sender(hearing& h, const std::vector<agency_id>& may, std::string_view of) {
  if (!hear_agency(h) || std::ranges::find(may, h.asked.by) != may.end()) return;
  h.refuse("run.not-holder", {h.asked.by.text, std::string(runs::verb_of(h.asked.what)), std::string(of), iso(h.day()),
                              may.empty() ? "–" : joined(may)});
}

void hear_expectation(hearing& h, const item_record* known) {
  const auto last = known ? known->last_event : 0;
  if (!h.asked.expect || *h.asked.expect == last) return;
  h.refuse("run.conflict", {h.asked.item.text, std::to_string(last), std::to_string(*h.asked.expect)});
}

void hear_predecessors(hearing& h, std::uint32_t item, item_state s) {
  const auto& what = h.asked.what;
  const auto submits = std::holds_alternative<submit_work>(what);
  const auto works =
      submits || std::holds_alternative<start_work>(what) || std::holds_alternative<report_progress>(what);
  std::vector<std::uint32_t> waiting;
  if (works && s == planned) waiting = runs::keep_from_start(h.now, item);
  if (submits)
    for (const auto each : runs::keep_from_finish(h.now, item))
      if (std::ranges::find(waiting, each) == waiting.end()) waiting.push_back(each);
  if (waiting.empty()) return;
  constexpr std::size_t shown = 5;
  std::vector<item_id> names;
  for (std::size_t i = 0; i < std::min(shown, waiting.size()); ++i) names.push_back(h.now.items.items[waiting[i]].id);
  auto list = joined(names);
  if (waiting.size() > shown) list += " (+" + std::to_string(waiting.size() - shown) + ")";
  h.refuse("run.blocked", {h.asked.item.text, list});
}

void hear_figures(hearing& h, const submit_work& s) {
  std::set<indicator_id> seen;
  for (const auto& f : s.figures) {
    if (!seen.insert(f.indicator).second) h.refuse("run.duplicate-figure", {f.indicator.text});
    const auto* known = find_indicator(h.following(), f.indicator);
    if (!known) {
      h.refuse("run.unknown-indicator",
               {f.indicator.text, nearest_of(f.indicator.text, h.following().indicators,
                                             [](const indicator& i) -> std::string_view { return i.id.text; })});
      continue;
    }
    for (const auto& [part, amount] : f.breakdown)
      if (std::ranges::find(known->breakdown, part) == known->breakdown.end())
        h.refuse("run.unknown-breakdown",
                 {part, f.indicator.text,
                  nearest_of(part, known->breakdown, [](const std::string& b) -> std::string_view { return b; })});
  }
}

void hear_extension(hearing& h, std::uint32_t item, const extend_deadline& e) {
  if (h.now.dates.items.size() != h.now.items.items.size()) return;
  const auto& due = h.now.dates.items[item].due;
  if (due && e.to <= *due) h.refuse("run.not-later", {h.asked.item.text, iso(e.to), iso(*due)});
}

void hear_outcome(hearing& h, std::uint32_t index, const item_record* known, const record_outcome& o) {
  const auto& item = h.now.items.items[index];
  if (const auto work = runs::work_of(h.now.items, index); work != index)
    return h.refuse("run.outcome-of-step", {item.id.text, h.now.items.items[work].id.text});
  const auto& declared = h.following().tasks[item.task].outcomes;
  if (std::ranges::find(declared, o.result, &outcome::id) == declared.end())
    h.refuse("run.unknown-outcome",
             {o.result.text, h.following().tasks[item.task].id.text,
              nearest_of(o.result.text, declared, [](const outcome& d) -> std::string_view { return d.id.text; })});
  else if (known && !known->result.empty() && known->result != o.result)
    h.refuse("run.outcome-recorded", {item.id.text, known->result.text});
}

void hear_details(hearing& h, std::uint32_t index, const item_record* known) {
  if (const auto* s = std::get_if<submit_work>(&h.asked.what)) hear_figures(h, *s);
  if (const auto* e = std::get_if<extend_deadline>(&h.asked.what)) hear_extension(h, index, *e);
  if (const auto* o = std::get_if<record_outcome>(&h.asked.what)) hear_outcome(h, index, known, *o);
  if (const auto* c = std::get_if<cancel_work>(&h.asked.what); c && !c->basis)
    h.refuse("run.missing-member", {"basis"});
}

std::uint32_t hear_item(hearing& h) {
  const auto index = find_item(h.now.items, h.asked.item);
  if (index == no_item) {
    h.refuse("run.unknown-item",
             {h.asked.item.text, nearest_of(h.asked.item.text, h.now.items.items,
                                            [](const work_item& i) -> std::string_view { return i.id.text; })});
    return no_item;
  }
  const auto& r = rules[h.asked.what.index()];
  const auto* known = runs::find_record(h.now.state, h.asked.item);
  const auto s = runs::state_of(h.now, index);
  hear_expectation(h, known);
  if (!(r.from & bit(s)))
    h.refuse("run.wrong-state",
             {h.asked.item.text, std::string(name(s)), std::string(runs::verb_of(h.asked.what)), states_in(r.from)});
  else
    hear_predecessors(h, index, s);
  hear_sender(h, runs::who_may(h.now, index, r.by, h.day()), h.asked.item.text);
  hear_details(h, index, known);
  return index;
}

void hear_case(hearing& h, const raise_case& r) {
  const auto& p = h.following();
  const auto index = find_task(p, r.task);
  if (index == no_task) {
    h.refuse(
        "run.unknown-task",
        {r.task.text, nearest_of(r.task.text, p.tasks, [](const task& t) -> std::string_view { return t.id.text; })});
    return;
  }
  const auto top = runs::case_task(p, index);
  if (top != index) {
    h.refuse("run.not-a-case-task", {r.task.text, top == no_task ? "–" : p.tasks[top].id.text});
    return;
  }
  const auto first = std::max(p.from, p.tasks[top].from.value_or(p.from));
  const auto last = std::min(p.until, p.tasks[top].until.value_or(p.until));
  if (r.on < first || r.on > last) h.refuse("run.outside-plan", {iso(r.on), iso(first), iso(last)});
  hear_sender(h, runs::who_may_raise(h.now, top, h.asked.by, h.day()), r.task.text);
}

// ---- What happens -------------------------------------------------------------------------------------------

class minutes {  // the events of one command
 public:
  explicit minutes(const hearing& h) : h_(h) {}

  void add(item_id item, std::string_view type, value body) {
    events_.push_back({h_.now.state.position + events_.size() + 1, h_.asked.at, h_.asked.actor, h_.asked.by,
                       std::move(item), std::string(type), std::move(body)});
  }
  // An event of the command's own item answers its key; the note stands with the first.
  value answering(value body) const {
    if (!h_.asked.key.empty()) {
      body.set("key", h_.asked.key);
      body.set("command", runs::digest_of(h_.asked));
    }
    if (!h_.asked.note.empty() && events_.empty()) body.set("note", h_.asked.note);
    return body;
  }
  std::vector<event> take() { return std::move(events_); }

 private:
  const hearing& h_;
  std::vector<event> events_;
};

void minute_lapses(minutes& m, const hearing& h, std::uint32_t item, const outcome_id& result) {
  for (auto& each : runs::lapsing_after(h.now, item, result)) {
    auto body = value::object({{"because", h.asked.item.text}});
    if (!result.empty()) body.set("outcome", result.text);
    m.add(std::move(each), "item.lapsed/1", std::move(body));
  }
}

std::vector<event> happen(const hearing& h, std::uint32_t item) {
  minutes m(h);
  auto body = m.answering(runs::body_of(h.asked.what));
  const auto type = runs::type_of(h.asked.what);
  if (const auto* r = std::get_if<raise_case>(&h.asked.what)) {
    const auto number = static_cast<int>(h.now.state.cases.size() + 1);
    body.set("case", number);
    m.add({r->task.text + '#' + std::to_string(number)}, type, std::move(body));
    return m.take();
  }
  m.add(h.asked.item, type, std::move(body));
  if (std::holds_alternative<submit_work>(h.asked.what) && runs::accepts_itself(h.now, item, h.asked.by, h.day()))
    m.add(h.asked.item, runs::type_of(accept_work{}), m.answering(value::object()));
  if (const auto* o = std::get_if<record_outcome>(&h.asked.what)) minute_lapses(m, h, item, o->result);
  if (std::holds_alternative<cancel_work>(h.asked.what)) minute_lapses(m, h, item, {});
  return m.take();
}

}  // namespace

checked<std::vector<event>> decide(const picture& now, const command& c) {
  hearing h{now, c, {}};
  hear_form(h);
  if (has_errors(h.notes)) return {{}, std::move(h.notes)};
  if (const auto used = now.state.keys.find(c.key); !c.key.empty() && used != now.state.keys.end()) {
    if (used->second.command == runs::digest_of(c)) return {std::vector<event>{}, {}};
    h.refuse("run.key-reused", {c.key, std::to_string(used->second.event)});
    return {{}, std::move(h.notes)};
  }
  hear_clock(h);
  auto item = no_item;
  if (const auto* r = std::get_if<raise_case>(&c.what))
    hear_case(h, *r);
  else
    item = hear_item(h);
  if (has_errors(h.notes)) return {{}, std::move(h.notes)};
  return {happen(h, item), std::move(h.notes)};
}

}  // namespace vanthu
