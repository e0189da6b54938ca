// A plan as its authors wrote it: which agency shall do what, by when, after what, on whose word. Nothing in a plan
// changes when it is carried out: what happened later are facts, at the end of this header.
// The file format is workflows/README.md; everything here is a value. Thread safety: const access is concurrent.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "vanthu/agency.hpp"
#include "vanthu/calendar.hpp"
#include "vanthu/diagnostic.hpp"
#include "vanthu/export.h"
#include "vanthu/time.hpp"
#include "vanthu/value.hpp"

namespace vanthu {

struct window {  // an interval of every year; over New Year when until < from
  window_id id;
  std::chrono::month_day from, until;
  provenance stands_on;
  location where;
};

enum class direction { at_least, at_most, above, below, none };
struct indicator_target {
  int year = 0;
  decimal low, high;  // equal unless the target is a range
  provenance stands_on;
};
struct indicator {
  indicator_id id;
  std::string title, unit;
  direction wanted = direction::none;
  period_kind every = period_kind::year;
  std::optional<int> baseline;         // the year that targets compare with
  std::vector<std::string> breakdown;  // «nam nu»
  std::vector<indicator_target> targets;
  provenance stands_on;
  location where;
};

// A point in time that a rule is counted from. `task` is set for anchor task: its finish.
enum class anchor_kind { issued, period_start, period_end, cut_off, window_start, window_end, case_raised, task };
struct anchor {
  anchor_kind kind = anchor_kind::issued;
  std::uint32_t task = 0;  // index in plan::tasks
};
struct on_date {
  date day;
};
struct on_month_day {
  std::chrono::month_day day;
};  // in the last year of the period
struct on_anchor {
  anchor at;
};
struct after_anchor {
  amount wait;
  anchor from;
};
struct before_anchor {
  amount lead;
  anchor to;
};
using moment_rule = std::variant<on_date, on_month_day, on_anchor, after_anchor, before_anchor>;

struct deadline {
  moment_rule when;
  roll how = roll::forward;  // resolved: forward for counted periods, backward for fixed dates and `before`
  bool strict = false;       // «trước ngày»: the day itself is too late
  provenance stands_on;
  location where;
};

// A report regime with the eleven fields of Decree 09/2019, article 7.
enum class regime_kind { periodic, thematic, ad_hoc };
struct regime {
  regime_id id;
  regime_kind kind = regime_kind::periodic;
  std::string name, content_form, content, method, outline, tables, guidance;  // content_form: text, figures, both
  std::vector<std::string> reporters, recipients;                              // ids of agencies or groups
  struct level_deadline {
    std::string level;  // group or agency; empty: every level without one of its own
    deadline due;
  };
  std::vector<level_deadline> deadlines;
  std::string frequency;                              // as `every` of a task
  std::optional<period_kind> cut_off_kind;            // the decree's window …
  std::optional<std::chrono::month_day> cut_off_day;  // … or a fixed day of the period's last year
  bool cut_off_case = false;                          // … or the day the case was raised
  provenance stands_on, cut_off_stands_on;
  location where;
};

struct procedure_step {
  std::string id, role, title;
  amount duration;
  std::vector<std::string> after;  // steps of the same procedure
  std::optional<deadline> due;     // anchors name steps through `anchor_step`
  std::string anchor_step;
  location where;
};
struct procedure {
  procedure_id id;
  std::string title;
  std::vector<procedure_step> steps;
  provenance stands_on;
  location where;
};

enum class link_type { fs, ss, ff, sf };
enum class join_kind { none, all, any };
struct link {
  std::uint32_t task = 0;  // the predecessor, index in plan::tasks; a task with children means all its leaves
  link_type type = link_type::fs;
  amount lag{0, time_unit::working_day};
  bool previous = false;  // the predecessor's period before
  join_kind join = join_kind::none;
  bool done_when_submitted = false;  // default: when accepted
  bool upto_cut_off = false;         // evidence only: it pushes no date
  outcome_id only_if;                // of <only-if>; empty for <after>
  provenance stands_on;
  location where;
};

enum class recurrence_kind { once, year, half_year, nine_months, quarter, month, rrule, on_case };
struct recurrence {
  recurrence_kind kind = recurrence_kind::once;
  std::string rrule;
  std::vector<std::string> only;  // «h1», «q1 q3», «11»
};
struct outcome {
  outcome_id id;
  std::string title;
};
struct product {
  std::string kind;           // code of Decree 30, Annex III: BC, KH, TTr, CV
  std::string template_file;  // below templates/
  procedure_id steps;
  std::vector<std::string> to;  // agencies or groups
  provenance stands_on;
};

inline constexpr std::uint32_t no_task = UINT32_MAX;

// A task with everything it inherits filled in.
struct task {
  task_id id;
  std::string title;
  std::uint32_t parent = no_task;  // index in plan::tasks; a parent stands before its children
  bool leaf = true;                // only leaves have work items
  recurrence every;
  std::optional<date> from, until;
  window_id window;
  bool inside_window = false;
  group_id each;                     // one item for each member
  std::string lead;                  // an agency, or "$each", or "$case"
  std::vector<std::string> support;  // agencies and groups
  std::string accepts;               // empty: the plan's issuer
  std::string field, kind;           // kind: "inspection" or empty
  regime_id regime;
  std::optional<amount> duration;
  std::optional<moment_rule> not_before;
  std::optional<deadline> due, target;
  std::vector<link> after;
  std::vector<outcome> outcomes;
  std::vector<indicator_id> indicators;
  std::optional<product> makes;
  std::vector<role_binding> roles;
  provenance stands_on;
  location where;
};

struct goal {
  std::string id, text;
  provenance stands_on;
};
struct obligation {
  std::string id, sentence, quote;
  std::uint32_t offset = 0;  // in code points
};
struct ignored_text {  // a piece of the source that carries no duty
  std::string text;
  std::optional<std::uint32_t> offset;  // in code points
};
// A file that was read, kept so that a run can be opened from its journal alone.
struct source_file {
  std::string name;  // as named in href; the plan itself first
  std::string content;
};

struct plan {
  plan_id id;
  std::string number, notation, title, field;
  date issued;
  agency_id issuer;
  date from, until;
  std::vector<goal> goals;
  std::vector<obligation> obligations;
  std::vector<ignored_text> ignored;
  std::vector<agency> agencies;
  std::vector<succession> successions;
  std::vector<agency_group> groups;
  std::vector<window> windows;
  std::vector<indicator> indicators;
  std::vector<regime> regimes;
  std::vector<procedure> procedures;
  std::vector<task> tasks;                     // in the authors' order
  std::vector<calendar_definition> calendars;  // the first is the general one
  std::vector<role_binding> roles;
  std::vector<source_file> files;
  provenance stands_on;
};
VANTHU_API const agency* find_agency(const plan& p, const agency_id& a);
VANTHU_API const agency_group* find_group(const plan& p, const group_id& g);
VANTHU_API const window* find_window(const plan& p, const window_id& w);
VANTHU_API const indicator* find_indicator(const plan& p, const indicator_id& i);
VANTHU_API const regime* find_regime(const plan& p, const regime_id& r);
VANTHU_API const procedure* find_procedure(const plan& p, const procedure_id& s);
VANTHU_API std::uint32_t find_task(const plan& p, const task_id& t);  // no_task when there is none

struct plan_options {
  std::uint64_t max_bytes = std::uint64_t{256} << 20;  // all files together
  int max_include_depth = 8;
};
// Gives the text of an included file, or nothing. `href` is relative, below the plan's folder, without "..".
using include_resolver = std::function<std::optional<std::string>(const std::string& href)>;

// Reads and validates: one call, all remarks. Ids: "plan.unknown-element" with the nearest name,
// "plan.duplicate-id", "plan.unknown-agency", "plan.two-leads", "plan.cycle", "plan.join-missing", … and "xml.…".
VANTHU_API checked<plan> read_plan(std::string_view xml, std::string source, const include_resolver& includes = {},
                                   const plan_options& options = {});
// Includes are read from the file's folder or below.
VANTHU_API checked<plan> read_plan_file(const std::filesystem::path& file, const plan_options& options = {});

// Compares a plan with the text it was made from: each obligation stands at its offset (a no-break space counts as a
// space) and some element traces it, their ids run O01, O02, … without a gap, every sentence holds a quote, and at most
// five words in a row lie outside quotes and ignored pieces. Faults: "plan.quote-not-found", "plan.not-traced",
// "plan.obligation-gap", "plan.sentence-without-quote", "plan.words-without-quote", each with its place in the source.
struct tracing {
  int kept = 0, total = 0;  // obligations that are found and traced, of all
  diagnostics notes;
};
VANTHU_API tracing trace_source(const plan& p, std::string_view text, const std::string& source);

// ---- Facts: what has happened since -------------------------------------------------------------------------

struct raised_case {
  int number = 1;  // in the run
  task_id task;    // the topmost task with every="case"
  date on;
  agency_id by;
  std::string reference, category;
};
struct item_facts {
  std::optional<civil_minute> started, finished;  // finished: accepted
  std::optional<civil_minute> submitted;
  std::optional<date> extended_to;
  outcome_id result;
  bool closed_unfinished = false;     // cancelled, superseded, lapsed: counts as done for a join
  std::vector<date_range> suspended;  // an open suspension ends with the last day of date_range
};
struct facts {
  std::map<item_id, item_facts> items;
  std::vector<raised_case> cases;
  std::vector<succession> successions;  // decided after the plan was written
};

// Agencies and successions of the plan and those decided since.
VANTHU_API agency_registry registry_of(const plan& p, const facts& since = {});

}  // namespace vanthu
