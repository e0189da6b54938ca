// The sections of a report's data, each made from the same picture. templates/README.md lists their members.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vanthu/report.hpp"

namespace vanthu::report_sections {

// What every section needs to know of the report: looked up once.
struct subject {
  const picture& now;
  const report_request& request;
  const regime& rules;
  date_range window;  // days whose facts count
  date on;            // the day that decides who is who: the report's date, or the day of the picture
  agency_id issuer;
  std::uint32_t own = no_item;  // the item that makes this very report
};

value head(const subject& s);  // members of the paper's head and foot, of year and plan
value documents_of_window(const subject& s);
value indicators(const subject& s);  // {"chi_tieu", "so_chi_tieu"}
value units(const subject& s);       // {"don_vi", "bao_cao", "thieu"}
value tasks(const subject& s);       // {"nhiem_vu", "kiem_tra"}

std::string name_of(const subject& s, const agency_id& a);
std::string short_name(const std::string& name);  // «Ủy ban nhân dân» as «UBND»
item_state state_of(const picture& p, std::uint32_t item);
const item_record* record_of(const picture& p, std::uint32_t item);
bool is_owed(const picture& p, std::uint32_t item);  // not cancelled, superseded, lapsed, nor waiting for an outcome
bool handed_in(item_state s);  // submitted or accepted: a returned report counts as not sent
std::string period_words(const period& p);

}  // namespace vanthu::report_sections
