// Pictures: the tasks and links of a plan or a project as DOT, GraphML and SVG, and schedules as a Gantt chart in SVG.
// The same input gives the same bytes. SVG uses the fonts of the reader (Liberation Sans, Arial), no script and nothing
// from outside. Thread safety: values and pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vanthu/project.hpp"

namespace vanthu {

struct graph_node {
  std::string id, title, lane;  // lane: who leads; nodes of one lane share a colour
};
struct graph_link {
  std::uint32_t from = 0, to = 0;  // in drawn_graph::nodes
  std::string label;               // «SS +2wd»; empty for FS without lag
  bool back = false;               // to a later period: drawn dashed, and it orders nothing
};
struct drawn_graph {
  std::string title;
  std::vector<graph_node> nodes;
  std::vector<graph_link> links;
};
VANTHU_API drawn_graph graph_of(const plan& p);          // tasks that have items; a link to a group means its tasks
VANTHU_API drawn_graph graph_of(const project_file& p);  // summaries and their links as well

VANTHU_API std::string to_dot(const drawn_graph& g);
VANTHU_API std::string to_graphml(const drawn_graph& g);
VANTHU_API std::string to_svg(const drawn_graph& g);  // layers from left to right, long links led around

struct gantt_row {
  std::string id, title, lane;  // rows are grouped by lane, in the order of first appearance
  civil_minute start{}, finish{}, late_finish{};
  std::optional<date> due;
  bool critical = false, milestone = false, done = false;
};
// `items` picks and orders; lanes are leads, or the topmost tasks.
enum class gantt_lanes { agency, task };
VANTHU_API std::vector<gantt_row> gantt_rows(const plan& p, const agenda& a, const schedule& s,
                                             std::span<const std::uint32_t> items, gantt_lanes by);
VANTHU_API std::vector<gantt_row> gantt_rows(const project_file& p, const network_schedule& s, gantt_lanes by);
// Bars with slack behind them, deadlines, and a line for `today` when it lies inside.
VANTHU_API std::string to_gantt_svg(std::span<const gantt_row> rows, const std::string& title,
                                    std::optional<date> today, language lang);

}  // namespace vanthu
