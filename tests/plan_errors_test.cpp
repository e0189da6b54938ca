// tests/plans/errors: each file says in comments which remarks its own lines earn; those and no others are made.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "plan_text.hpp"
#include "vanthu/file.hpp"

using namespace vanthu;
namespace fs = std::filesystem;

namespace {

const fs::path folder = fs::path(VANTHU_SOURCE_DIR) / "tests/plans/errors";

using remark_list = std::vector<std::string>;  // "FILE:LINE ID", sorted

// <!-- expect ID --> on a line: a remark with this id on this line.
void expect_from(const fs::path& file, remark_list& out) {
  const auto text = read_file(file);
  int line = 1;
  const std::string mark = "<!-- expect ";
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') ++line;
    if (text.compare(at, mark.size(), mark) != 0) continue;
    const auto begin = at + mark.size();
    out.push_back(file.filename().string() + ":" + std::to_string(line) + " " +
                  text.substr(begin, text.find(' ', begin) - begin));
  }
}

remark_list made(const diagnostics& notes) {
  remark_list out;
  for (const auto& d : notes)
    out.push_back(fs::path(d.where.source).filename().string() + ":" + std::to_string(d.where.line) + " " + d.id());
  std::ranges::sort(out);
  return out;
}

std::vector<fs::path> included_by(const fs::path& file) {
  if (file.filename() == "basis.xml") return {folder / "khong-can-cu.xml"};
  if (file.filename() == "includes.xml") return {folder / "duoi/lap.xml", folder / "duoi/goc-sai.xml"};
  return {};
}

std::vector<fs::path> plans() {
  std::vector<fs::path> out;
  for (const auto& each : fs::directory_iterator(folder))
    if (each.is_regular_file() && each.path().filename() != "khong-can-cu.xml") out.push_back(each.path());
  std::ranges::sort(out);
  return out;
}

std::string lines(const remark_list& all) {
  std::string out;
  for (const auto& each : all) out += each + "\n";
  return out;
}

}  // namespace

TEST_CASE("every faulty plan earns exactly the remarks it names, each on its line") {
  for (const auto& file : plans()) {
    CAPTURE(file.filename().string());
    remark_list expected;
    expect_from(file, expected);
    for (const auto& each : included_by(file)) expect_from(each, expected);
    std::ranges::sort(expected);
    CHECK(lines(made(read_plan_file(file).notes)) == lines(expected));
  }
}

TEST_CASE("every remark of this room is made by some faulty plan") {
  // plan.too-large, plan.too-many-faults and xml.too-deep need more text than a file should hold: plan_limits_test.cpp.
  const std::set<std::string> ids{"plan.bad-amount",
                                  "plan.bad-date",
                                  "plan.bad-id",
                                  "plan.bad-moment",
                                  "plan.bad-value",
                                  "plan.basis-without-ground",
                                  "plan.cycle",
                                  "plan.dead-agency",
                                  "plan.deadline-too-soon",
                                  "plan.due-after-until",
                                  "plan.duplicate-id",
                                  "plan.group-cycle",
                                  "plan.group-for-agency",
                                  "plan.impossible-range",
                                  "plan.impossible-window",
                                  "plan.include-missing",
                                  "plan.include-too-deep",
                                  "plan.include-unsafe",
                                  "plan.inspection-parties",
                                  "plan.join-missing",
                                  "plan.missing-attribute",
                                  "plan.missing-basis",
                                  "plan.no-anchor",
                                  "plan.no-lead",
                                  "plan.no-party",
                                  "plan.nobody-accepts",
                                  "plan.out-of-place",
                                  "plan.parent-cycle",
                                  "plan.parent-work",
                                  "plan.regime-without-basis",
                                  "plan.repeated-element",
                                  "plan.reserved-id",
                                  "plan.stray-text",
                                  "plan.succession-cycle",
                                  "plan.two-leads",
                                  "plan.unknown-agency",
                                  "plan.unknown-attribute",
                                  "plan.unknown-element",
                                  "plan.unknown-group",
                                  "plan.unknown-indicator",
                                  "plan.unknown-obligation",
                                  "plan.unknown-outcome",
                                  "plan.unknown-procedure",
                                  "plan.unknown-regime",
                                  "plan.unknown-step",
                                  "plan.unknown-task",
                                  "plan.unknown-window",
                                  "succession.many-heirs"};
  std::set<std::string> met;
  for (const auto& file : plans())
    for (const auto& d : read_plan_file(file).notes)
      if (d.id().starts_with("plan.") || d.id().starts_with("succession.")) met.insert(d.id());
  CHECK(met == ids);
}

TEST_CASE("warnings do not keep a plan from being read, errors do") {
  CHECK(read_small("<regime id=\"a\" kind=\"periodic\"/>"));
  CHECK(!read_small("<task id=\"a\"/>"));
}
