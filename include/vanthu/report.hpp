// Figures with evidence, coverage, consolidation: what a report says, and what each number in it stands on. A missing
// figure is never zero.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
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
  std::optional<decimal> amount;        // nothing: not reported
  std::optional<date> due;              // when its item is to be done
  std::vector<std::uint64_t> evidence;  // events it was read from
};
VANTHU_API std::vector<reported_figure> figures(const picture& p, const period& when);

// Consolidation over units: the sum, and how many of how many figures are in it, one for each unit and each period it
// was asked for. A figure is expected once its item is due, or when it is there before. Percentages and ratios are not
// added (`sum` stays empty): those that meet the target are counted.
struct consolidated_figure {
  indicator_id indicator;
  std::optional<decimal> sum;
  int reported = 0, expected = 0, meeting_target = 0;
  std::vector<agency_id> missing;
  std::vector<std::uint64_t> evidence;
};
VANTHU_API std::vector<consolidated_figure> consolidate(const picture& p, const period& when);

// A report is fixed by regime, period, cut-off and journal position: the same four give the same data. Members:
// templates/README.md. Faults: "report.unknown-regime", "report.no-items", "report.no-issuer".
struct report_request {
  regime_id regime;
  period when;
  agency_id issuer;         // who signs; empty: the plan's issuer
  std::string number_text;  // "05/BC-UBND"; empty while it has none
  std::optional<date> on;   // the date it carries
};
VANTHU_API checked<value> report_data(const picture& p, const report_request& r);

}  // namespace vanthu
