// For tests of workflows/plan.xsd against the reader: what one file shows by its form, both must see. The schema is
// asked through xmllint (libxml2).
//
// Structural are the remarks that need no more than the element they stand on: a name that is unknown, missing or
// repeated, text where there is none, a value written in a form it cannot have. Everything else is about how elements
// fit together - ids that name nothing or are taken, cycles, joins, dates that exclude each other, words that need
// another attribute (plan.out-of-place) or an obligation (plan.basis-without-ground) - and a schema of one file cannot
// see it. The remarks of the xml room are left out too: a schema is asked about well-formed files, and xmllint lets
// pass what our reader refuses on purpose (a DOCTYPE).
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "plan_text.hpp"
#include "vanthu/file.hpp"

namespace vanthu {

inline const std::filesystem::path home = VANTHU_SOURCE_DIR;
inline const std::filesystem::path schema_file = home / "workflows/plan.xsd";

inline const std::set<std::string> structural{"plan.bad-amount",
                                              "plan.bad-date",
                                              "plan.bad-id",
                                              "plan.bad-moment",
                                              "plan.bad-value",
                                              "plan.missing-attribute",
                                              "plan.repeated-element",
                                              "plan.stray-text",
                                              "plan.unknown-attribute",
                                              "plan.unknown-element",
                                              "calendar.bad-date",
                                              "calendar.bad-hours",
                                              "calendar.bad-value",
                                              "calendar.missing-attribute",
                                              "calendar.repeated-element",
                                              "calendar.stray-text",
                                              "calendar.unknown-attribute",
                                              "calendar.unknown-element"};

// Remarks on one file alone; a part stands in a plan that includes it.
inline diagnostics remarks_on(const std::string& text) {
  const bool part = text.find("<part") != std::string::npos;
  const auto file = [&](const std::string& href) { return href == "f" ? std::optional(text) : std::nullopt; };
  auto p = part ? read_plan(small_plan("<include href=\"f\"/>"), "around", file) : read_plan(text, "f");
  std::erase_if(p.notes, [](const diagnostic& d) { return d.where.source != "f"; });
  return std::move(p.notes);
}

inline bool reader_accepts(const std::string& text) {
  return std::ranges::none_of(remarks_on(text), [](const diagnostic& d) { return structural.contains(d.id()); });
}

// What xmllint says of each file: whether the schema accepts it.
inline std::map<std::string, bool> ask_schema(const std::vector<std::filesystem::path>& files) {
  std::string command = "xmllint --noout --nonet --schema '" + schema_file.string() + "'";
  for (const auto& each : files) command += " '" + each.string() + "'";
  command += " 2>&1";
  std::string said;
  auto* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe);
  for (char buffer[4096]; const auto n = std::fread(buffer, 1, sizeof buffer, pipe);) said.append(buffer, n);
  pclose(pipe);
  std::map<std::string, bool> out;
  for (const auto& each : files) {
    const bool accepts = said.find(each.string() + " validates\n") != std::string::npos;
    const bool refuses = said.find(each.string() + " fails to validate\n") != std::string::npos;
    REQUIRE_MESSAGE(accepts != refuses, "xmllint (package libxml2-utils) gave no answer on " << each << ": " << said);
    out[each.string()] = accepts;
  }
  return out;
}

inline std::vector<std::filesystem::path> xml_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> out;
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder))
    if (each.is_regular_file() && each.path().extension() == ".xml") out.push_back(each.path());
  std::ranges::sort(out);
  return out;
}

inline std::filesystem::path temporary_folder() {
  auto out = std::filesystem::temp_directory_path() / ("vanthu-plan-schema-" + std::to_string(getpid()));
  std::filesystem::remove_all(out);
  std::filesystem::create_directories(out);
  return out;
}

}  // namespace vanthu
