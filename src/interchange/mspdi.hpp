// Pieces of the MSPDI reader.
#pragma once

#include <map>
#include <optional>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>

#include "vanthu/project.hpp"
#include "xml/document.hpp"

namespace vanthu::mspdi {

// What reading one file shares.
struct reading {
  const xml::document& file;
  const mspdi_options& most;
  project_file& out;
  diagnostics& notes;
  std::set<std::string> lost;  // kinds already told
  std::size_t faults = 0;

  void fault(std::string id, pugi::xml_node at, std::vector<std::string> args);
  void warn(std::string id, pugi::xml_node at, std::vector<std::string> args);
  void lose(const std::string& what, pugi::xml_node at);
};

// The text of a child element; empty when there is none.
std::string_view text_of(pugi::xml_node parent, const char* child);
// Values of children. A child that is missing or empty gives nothing; one that cannot be read is a fault, too.
std::optional<std::int64_t> number(reading& r, pugi::xml_node parent, const char* child);
std::optional<bool> truth(reading& r, pugi::xml_node parent, const char* child);
std::optional<short_minute> moment(reading& r, pugi::xml_node parent, const char* child);
std::optional<std::int32_t> minutes(reading& r, pugi::xml_node parent, const char* child);  // PT8H0M0S
std::optional<std::int32_t> tenths(reading& r, pugi::xml_node parent, const char* child);   // of a minute, in minutes
std::optional<int> percent(reading& r, pugi::xml_node parent, const char* child);           // 0.5 is 50

// Calendars by UID, made when first asked for.
class calendar_shelf {
 public:
  calendar_shelf(reading& r, pugi::xml_node calendars);
  // Index in network.calendars; the Standard calendar for a UID that the file does not define.
  std::uint16_t by_uid(std::int64_t uid);
  bool has(std::int64_t uid) const { return elements_.contains(uid); }
  // Worked when both are.
  std::uint16_t both(std::uint16_t a, std::uint16_t b);

 private:
  std::uint16_t keep(calendar_definition d, std::string name);
  calendar_definition define(std::int64_t uid);
  std::int64_t effective(std::int64_t uid) const;

  reading& r_;
  std::map<std::int64_t, pugi::xml_node> elements_;
  std::map<std::int64_t, std::uint16_t> made_;
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint16_t> pairs_;
  std::size_t exceptions_ = 0;
};

// The days of an exception, in order; at most `most`.
std::vector<date> days_of_exception(reading& r, pugi::xml_node exception, std::size_t most);

void read_tasks(reading& r, pugi::xml_node tasks, calendar_shelf& shelf, std::map<std::int64_t, std::uint32_t>& by_uid);
void read_links(reading& r, pugi::xml_node tasks, const std::map<std::int64_t, std::uint32_t>& by_uid);
void read_work(reading& r, pugi::xml_node root, calendar_shelf& shelf,
               const std::map<std::int64_t, std::uint32_t>& by_uid);

}  // namespace vanthu::mspdi
