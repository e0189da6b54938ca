// The sections of a paper's data, each made from the same picture. templates/README.md lists their members.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vanthu/report.hpp"

namespace vanthu::report_sections {

// What every section needs to know of a paper: looked up once.
struct setting {
  const picture& now;
  const letterhead& as;
  date on;  // the day that decides who is who: the paper's date, or the day of the picture
  agency_id issuer;
};
// Faults: "report.no-issuer".
checked<setting> set_up(const picture& p, const letterhead& as);

// A report besides: for whom and over which days.
struct subject : setting {
  const report_request& request;
  const regime& rules;
  date_range window;              // days whose facts count
  std::uint32_t own = no_item;    // the item that makes this very report
  std::uint32_t theme = no_task;  // the topmost task a thematic report tells of; none: the whole plan
  bool covers(std::uint32_t item) const;
};

// Members of the paper's head and foot, of the plan and of the day; `unit`: the drafting unit's notation.
value head(const setting& s, const std::string& unit, const std::vector<role_binding>& task_roles);
// The names of agencies and members of groups on the paper's day, each once, the issuer left out.
value names(const setting& s, const std::vector<std::string>& ids);

value report_head(const subject& s);  // head() and the members of a report's own
value documents_of_window(const subject& s);
value indicators(const subject& s);  // {"chi_tieu", "so_chi_tieu"}
value units(const subject& s);       // {"don_vi", "bao_cao", "thieu"}
value tasks(const subject& s);       // {"nhiem_vu", "kiem_tra"}

std::uint32_t root_of(const plan& p, std::uint32_t task);  // the topmost task it belongs to
std::string name_of(const setting& s, const agency_id& a);
std::string short_name(const std::string& name);  // «Ủy ban nhân dân» as «UBND»
std::string part_name(const std::string& part);   // «nữ» of «nu»
item_state state_of(const picture& p, std::uint32_t item);
const item_record* record_of(const picture& p, std::uint32_t item);
bool is_owed(const picture& p, std::uint32_t item);  // not cancelled, superseded, lapsed, nor waiting for an outcome
bool handed_in(item_state s);                        // submitted or accepted: a returned report counts as not sent
std::string period_words(const period& p);
std::vector<consolidated_figure> add_up(const picture& p, std::span<const reported_figure> all, int year);
void merge(value& into, const value& section);
diagnostic fault(std::string id, std::vector<std::string> args);

}  // namespace vanthu::report_sections
