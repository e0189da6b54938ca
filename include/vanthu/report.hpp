// Figures with evidence, coverage, consolidation, and the data of official papers: what a report says, and what each
// number in it stands on. A missing figure is never zero.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "vanthu/export.h"
#include "vanthu/run.hpp"
#include "vanthu/value.hpp"

namespace vanthu {

// What one unit reported for an indicator in a period.
struct reported_figure {
  indicator_id indicator;
  period when;
  agency_id unit;
  std::uint32_t item = no_item;                                       // in picture::items, that asks for it
  std::optional<decimal> amount;                                      // nothing: not reported
  std::vector<std::pair<std::string, std::optional<decimal>>> parts;  // by the indicator's breakdown, as reported
  std::optional<date> due;                                            // when its item is to be done
  std::vector<std::uint64_t> evidence;                                // events it was read from
};
VANTHU_API std::vector<reported_figure> figures(const picture& p, const period& when);

// Consolidation over units: the sum, and how many of how many figures are in it, one for each unit and each period it
// was asked for. A figure is expected once its item is due, or when it is there before. Percentages and ratios are not
// added (`sum` stays empty): those that meet the target are counted.
struct consolidated_figure {
  struct part {
    std::string name;  // of the indicator's breakdown: «nam»
    decimal sum;
    int reported = 0;  // figures that say it
  };
  indicator_id indicator;
  std::optional<decimal> sum;
  std::vector<part> parts;  // of sums only; those that somebody reported, in the plan's order
  int reported = 0, expected = 0, meeting_target = 0;
  std::vector<agency_id> missing;
  std::vector<std::uint64_t> evidence;
};
VANTHU_API std::vector<consolidated_figure> consolidate(const picture& p, const period& when);

// How a paper goes out. What is empty stays open, to be filled in by hand.
struct letterhead {
  agency_id issuer;         // who signs; empty: the plan's issuer
  std::string number_text;  // "05/BC-UBND"
  std::optional<date> on;   // the date it carries
  std::string unit;         // notation of the drafting unit; empty: of who leads the report's item, else of the issuer
};

// The members of each paper's data: templates/README.md. The same picture and the same request give the same data.

// A report of a regime for a period. Of a thematic regime it tells of the tasks below the topmost task that its own
// task belongs to, else of the whole plan. Faults: "report.unknown-regime", "report.no-items", "report.no-issuer".
struct report_request {
  regime_id regime;
  period when;
  letterhead as;
};
VANTHU_API checked<value> report_data(const picture& p, const report_request& r);

// Who does what in a year, with whom and by when: the annex of a plan. What the plan does not say but its file assumes
// is marked as such. Faults: "report.no-tasks", "report.no-issuer".
struct assignment_request {
  int year = 0;
  letterhead as;
};
VANTHU_API checked<value> assignment_data(const picture& p, const assignment_request& r);

// A letter to those who are late and could have been in time: what waits for others is left out. Faults:
// "report.nothing-late", "report.no-issuer".
struct reminder_request {
  std::optional<date> answer_by;  // the day by which the letter asks to have it
  letterhead as;
};
VANTHU_API checked<value> reminder_data(const picture& p, const reminder_request& r);

}  // namespace vanthu
