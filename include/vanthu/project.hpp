// MSPDI, the XML of Microsoft Project: a network with names, resources and calendars, read and written; and plans
// turned into it and back. What the other side cannot say is listed, never dropped in silence. Thread safety: values
// and pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/network.hpp"
#include "vanthu/schedule.hpp"
#include "vanthu/value.hpp"

namespace vanthu {

struct project_task {
  std::int64_t uid = 0;  // 0: the summary of the whole project
  std::string name, notes;
  int level = 0;            // of the outline
  bool null = false;        // an empty row of the file
  bool fixed_work = false;  // its resources take all of its duration, however little their work is
};

enum class resource_kind : std::uint8_t { material, work, cost };
struct project_resource {
  std::int64_t uid = 0;
  std::string name;
  resource_kind kind = resource_kind::work;
  std::uint16_t calendar = round_the_clock;  // that of the project when `has_calendar` is false
  bool has_calendar = false;
};

inline constexpr std::uint32_t no_resource = UINT32_MAX;
struct project_assignment {
  std::uint32_t task = 0, resource = no_resource;
  std::int32_t work = 0, remaining = 0, delay = 0;  // minutes
  std::int32_t percent = 100;
};

// Where an activity pauses: after so much of its duration, for so long. Its activity::pause is the sum.
struct project_split {
  std::uint32_t task = 0;
  std::int32_t after = 0, pause = 0;  // working minutes
};

// A file as its authors wrote it. `network.assignments` holds those that make a task last, on their calendars.
struct project_file {
  std::string title;
  activity_network network;
  network_options options;
  std::uint16_t calendar = 0;               // of the project, in network.calendars
  std::vector<std::string> calendar_names;  // parallel to network.calendars
  std::vector<project_task> tasks;          // parallel to network.activities
  std::vector<project_resource> resources;
  std::vector<project_assignment> assignments;
  std::vector<project_split> splits;  // in the order of time for each task; none: where a pause is does not matter
};

struct mspdi_options {
  std::uint64_t max_bytes = std::uint64_t{256} << 20;
  std::uint32_t max_tasks = 1'000'000;
  std::uint32_t max_links = 8'000'000;
  std::uint32_t max_calendars = 256;       // that differ; each takes some two megabytes
  std::uint32_t max_exceptions = 400'000;  // days of all calendars
};

// By its root element alone; true also of a file with faults further down.
VANTHU_API bool is_mspdi(std::string_view xml);
// Reads all that counts for dates: tasks and their outline, links, constraints, deadlines, progress, splits, levelling
// delay, calendars with exceptions and work weeks, resources, assignments. A base calendar without week days is
// Microsoft Project's Standard. Of two exceptions for one day the one further down counts. Remarks: "mspdi.…" and
// "xml.…"; "mspdi.lost" (a note) for each kind of thing that is read by nobody here.
VANTHU_API checked<project_file> read_mspdi(std::string_view xml, std::string source,
                                            const mspdi_options& options = {});
// With the dates of `s`, so that other programs open it without calculating. Calendars are written from a month before
// the project to two years after it, day by day where they depart from their week.
VANTHU_API std::string to_mspdi(const project_file& p, const network_schedule& s);

// A plan's items as a project: a summary for each task, an activity for each item, a resource for each lead. Notes
// "mspdi.lost" say what has no place there.
VANTHU_API checked<project_file> to_project(const plan& p, const agenda& a, const schedule& s, const calendars& c);
// A project as a plan, in the plan language, every statement an assumption. `id` is the plan's.
struct plan_text {
  std::string xml;
  diagnostics notes;  // "mspdi.lost"
};
VANTHU_API plan_text to_plan_xml(const project_file& p, const network_schedule& s, std::string_view id);

// {"start","finish","items":[{"id","early_start",…,"because"}]} as for a plan; ids are UIDs, empty rows are left out,
// and an inactive task has null dates.
VANTHU_API value schedule_value(const project_file& p, const network_schedule& s, language lang);

// ---- What if, and what has moved ----

// Makes changes, one JSON object each, to what a schedule is made from: {"do":"duration","item":ID,"value":"5wd"} ·
// {"do":"not-before"|"due","item":ID,"on":DAY} · {"do":"add-link","from":ID,"to":ID,"type"?:"SS","lag"?:"2wd"} ·
// {"do":"remove-link","from":ID,"to":ID} · {"do":"day-off"|"workday","on":DAY,"until"?:DAY}, of all calendars. ID is an
// item's id, or a UID. Faults, with the number of the change as path: "whatif.bad-value", "whatif.unknown-item",
// "whatif.unknown-member", "whatif.no-link"; changes with faults are not made.
VANTHU_API diagnostics apply_changes(std::span<const value> changes, agenda& a, facts& since, calendars& c);
VANTHU_API diagnostics apply_changes(std::span<const value> changes, project_file& p);
// What moved between two schedules as schedule_value prints them:
// {"finish_before","finish","items":[{"id","start_before",
// "start","finish_before","finish","moved_min","total_slack_min","because"}]}; moved_min in working minutes of `days`.
// A printed schedule kept aside is a baseline.
VANTHU_API value moves_value(const value& before, const value& after, const working_calendar& days);

}  // namespace vanthu
