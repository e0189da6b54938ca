// A plan being carried out. A run is its history: commands decide, events evolve the state, and a picture shows the run
// as of a day. Work items, states, commands and who may give them: workflows/README.md.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "vanthu/diagnostic.hpp"
#include "vanthu/export.h"
#include "vanthu/journal.hpp"
#include "vanthu/schedule.hpp"
#include "vanthu/value.hpp"

namespace vanthu {

enum class item_state { planned, in_progress, submitted, accepted, returned, suspended, cancelled, superseded, lapsed };
VANTHU_API std::string_view name(item_state s);  // "in_progress"
VANTHU_API bool is_final(item_state s);

struct document_reference {
  std::string number, sha256, uri, title;
  std::optional<date> on;
};
// A reported figure; no value: not reported, which is not zero.
struct figure {
  indicator_id indicator;
  std::optional<decimal> amount;
  std::vector<std::pair<std::string, std::optional<decimal>>> breakdown;
};
struct decision_basis {  // the decision an extension, suspension or cancellation stands on
  std::string number, issuer;
  std::optional<date> on;
};

// What a command asks for; formats.md names in comments where they differ.
struct start_work {};  // start
struct report_progress {
  std::optional<int> percent;
};  // progress, 0 to 100
struct submit_work {
  std::vector<document_reference> documents;
  std::vector<figure> figures;
};                      // submit
struct accept_work {};  // accept
struct return_work {
  std::string reason;
};  // return
struct extend_deadline {
  date to;
  decision_basis basis;
};  // extend
struct suspend_work {
  std::string reason;
  std::optional<decision_basis> basis;
};
struct resume_work {};
struct cancel_work {
  std::string reason;
  std::optional<decision_basis> basis;
};
struct reopen_work {
  std::string reason;
  std::optional<decision_basis> basis;
};
struct record_outcome {
  outcome_id result;
};  // outcome
struct raise_case {
  task_id task;
  date on;
  std::string reference, category;
};  // raise
using action = std::variant<start_work, report_progress, submit_work, accept_work, return_work, extend_deadline,
                            suspend_work, resume_work, cancel_work, reopen_work, record_outcome, raise_case>;

struct command {
  action what;
  item_id item;  // empty for raise_case
  instant at{};
  std::string actor;  // a person
  agency_id by;
  std::string key;                      // same key and same body: answered again; another body: refused
  std::optional<std::uint64_t> expect;  // the item's last event number
  std::string note;
  location where;  // line in the command file
};
// JSON, one object a line. Faults: "run.bad-command", "run.unknown-member", "value.…"; each with its line. A line with
// a fault does not hide the others: the value then holds nothing, the remarks all of them.
VANTHU_API checked<std::vector<command>> read_commands(std::string_view json_lines, std::string source);

struct event {
  std::uint64_t number = 0;  // in the run's stream
  instant at{};
  std::string actor;
  agency_id by;
  item_id item;
  std::string type;  // "item.submitted/1"
  value body;
};

// What is known about an item that something has happened to.
struct item_record {
  item_state state = item_state::planned;
  item_state before_suspension = item_state::planned;
  std::optional<instant> started, submitted, accepted;
  std::optional<date> extended_to, suspended_on;
  std::vector<date_range> suspended;
  int percent = 0;
  outcome_id result;
  std::vector<document_reference> documents;
  std::vector<figure> figures;  // of the last submission, corrections applied
  std::uint64_t last_event = 0, figures_event = 0;
};
struct issued_document {
  document_reference reference;
  std::string kind, regime, when;  // when: the period
  item_id item;
  std::uint64_t position = 0, event = 0;
};
struct answered_key {   // what a command sent again is answered with
  std::string command;  // SHA-256 of the command in hex
  std::uint64_t event = 0;
  item_id item;
  item_state state = item_state::planned;
};
struct run_state {
  std::string name;
  std::shared_ptr<const plan> following;
  date started{};
  std::map<item_id, item_record> items;
  std::vector<raised_case> cases;
  std::vector<issued_document> issued;
  std::map<std::string, answered_key> keys;
  std::uint64_t position = 0;  // number of the last event
  instant last_at{};           // the latest instant recorded
};
// What the schedule counts with. A suspension that is still open lasts until `as_of`, or until the last record.
VANTHU_API facts facts_of(const run_state& s, std::optional<date> as_of = {});

// One command against a state: the events it makes, or why it is refused ("run.unknown-item", "run.not-holder",
// "run.wrong-state", "run.blocked", "run.conflict", "run.key-reused", "run.unknown-indicator", "run.clock-back" (note,
// or an error when over a day), …). No events: the key has been answered before, with run_state::keys. The dates of the
// picture are looked at by an extension only, and may be empty. Pure.
struct picture;
VANTHU_API checked<std::vector<event>> decide(const picture& now, const command& c);
VANTHU_API void evolve(run_state& s, const event& e);  // error(errc::corrupt, "run.unknown-event") for a type not ours

// The run as of a day: everything a list, a report or an export asks for. Made by look() and by nothing else.
struct picture {
  run_state state;
  agenda items;
  schedule dates;
  calendars days;
  date as_of{};
  const plan& following() const { return *state.following; }
};
VANTHU_API picture look(run_state state, date as_of);

struct due_item {
  std::uint32_t item = no_item;   // index in picture.items
  std::vector<agency_id> holder;  // on as_of
  date due{};
  working_days left;  // negative: overdue by that many working days
  item_state state = item_state::planned;
  bool overdue = false;
  std::vector<item_id> blocked_by;  // predecessors that are not done
};
// Items not final and due on or before `until`, the most urgent first.
VANTHU_API std::vector<due_item> due_list(const picture& p, date until);
VANTHU_API bool is_blocked(const picture& p, std::uint32_t item);

struct answer {
  std::size_t line = 0;     // of the command: in its file, else its place among those given, from 1
  std::uint64_t event = 0;  // the last one about the item
  item_id item;             // of a raise: the case, "r3#1"
  item_state state = item_state::planned;
};
struct answers {
  std::vector<answer> given;
  diagnostics refused;  // with the line of the command
  diagnostics notes;    // on commands that were recorded all the same: "run.clock-back"
};
enum class on_refusal { stop, keep_going };

// Thread safety: none; guard a run with a lock of your own. Any number of runs, in any number of processes, may work on
// one journal.
class VANTHU_API run {
 public:
  // Writes run.started/1, which carries plan and calendar (text and SHA-256): a run opens from the journal alone.
  // error(errc::conflict, "run.exists") when the name is taken.
  static run start(journal& j, std::string name, std::shared_ptr<const plan> p, date on, std::string actor,
                   instant now, agency_id by = {});
  static run open(const journal& j, std::string name);  // errc::not_found, "run.unknown"

  // Each command all or nothing, in order. What others have written meanwhile is read first, and again, with a new
  // decision, on a conflict; error(errc::conflict, "run.busy") when others are faster every time. After any error
  // commands of this call may be recorded in part: the earlier ones whole, the later ones not at all.
  answers record(journal& j, std::span<const command> commands, on_refusal then = on_refusal::stop);

  const run_state& state() const noexcept { return state_; }
  const std::vector<event>& events() const noexcept { return events_; }
  // As recorded by the end of `as_of`, and not later than event `position` when that is given.
  picture look(date as_of, std::optional<std::uint64_t> position = {}) const;
  void refresh(const journal& j);
  std::string stream() const { return "run/" + state_.name; }

 private:
  run() = default;
  run_state state_;
  std::vector<event> events_;
  std::optional<picture> now_;  // what commands are decided against; its dates are made when one asks for them
  std::size_t cases_in_now_ = 0;
};
VANTHU_API std::string to_json_body(const event& e);  // as stored: by, item and the body's members

}  // namespace vanthu
