// Plans that strangers make large, deep or long.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "plan/digraph.hpp"
#include "plan/files.hpp"
#include "text/nearest_name.hpp"
#include "plan_text.hpp"
#include "vanthu/file.hpp"

using namespace vanthu;

namespace {

std::string chain(int length, bool closed) {
  std::string body;
  for (int i = 0; i < length; ++i) {
    body += "<task id=\"t" + std::to_string(i) + "\" lead=\"phong\">";
    if (i > 0) body += "<after task=\"t" + std::to_string(i - 1) + "\"/>";
    if (i == 0 && closed) body += "<after task=\"t" + std::to_string(length - 1) + "\"/>";
    body += "</task>\n";
  }
  return body;
}

}  // namespace

TEST_CASE("a chain of 100,000 tasks reads, and closed to a ring it is one cycle with every hop") {
  const auto p = read_small(chain(100'000, false));
  REQUIRE(p);
  CHECK(p->tasks.size() == 100'000);
  const auto ring = read_small(chain(100'000, true));
  REQUIRE(ring.notes.size() == 1);
  CHECK(ring.notes[0].id() == "plan.cycle");
  CHECK(ring.notes[0].related.size() == 100'000);
  // Of so many hops the first and the last ten are named, and the number is written out.
  CHECK(ring.notes[0].what.args[0] == "100000");
  const auto& hops = ring.notes[0].what.args[1];
  CHECK(hops.starts_with("t0 (phong) —FS→ t1 (phong)"));
  CHECK(hops.find("t9 (phong) —FS→ … → t99990 (phong)") != std::string::npos);
  CHECK(hops.ends_with("t99999 (phong) —FS→ t0 (phong)"));
  CHECK(ring.notes[0].where.line == 3);
}

TEST_CASE("the shortest ring of a component is the one that is told") {
  std::vector<edge> edges;
  for (std::uint32_t i = 0; i < 50; ++i) edges.push_back({i, (i + 1) % 50, i});
  edges.push_back({20, 18, 100});
  const auto cycles = digraph(60, edges).cycles();
  REQUIRE(cycles.size() == 1);
  REQUIRE(cycles[0].size() == 3);
  CHECK(cycles[0][0].from == 18);
  CHECK(cycles[0][2].tag == 100);
}

TEST_CASE("a graph without a ring has no cycle, and every component that has one tells one") {
  CHECK(digraph(3, {{0, 1, 0}, {1, 2, 0}, {0, 2, 0}}).cycles().empty());
  CHECK(digraph(0, {}).cycles().empty());
  CHECK(digraph(2, {{0, 7, 0}, {9, 1, 0}}).cycles().empty());
  CHECK(digraph(5, {{0, 0, 0}, {1, 2, 0}, {2, 1, 0}, {3, 4, 0}}).cycles().size() == 2);
}

TEST_CASE("elements nested without end are refused, not followed") {
  std::string body;
  for (int i = 0; i < 100'000; ++i) body += "<task>";
  CHECK(faults_of(body).starts_with("xml.too-deep"));
}

TEST_CASE("a plan larger than the bound is refused, and so are files that are too large together") {
  plan_options small;
  small.max_bytes = 100;
  const auto p = read_plan(small_plan(""), "p.xml", {}, small);
  CHECK(remarks_of(p.notes) == "plan.too-large 0:0\n");
  const auto text = small_plan("<include href=\"a.xml\"/>");
  small.max_bytes = text.size() + 10;
  const auto q = read_plan(
      text, "p.xml", [](const std::string&) { return std::string(1000, ' '); }, small);
  CHECK(remarks_of(q.notes) == "plan.too-large 3:10\n");
}

TEST_CASE("what is inherited may not grow out of all proportion to the text") {
  std::string body = "<task id=\"p\" lead=\"phong\" support=\"";
  for (int i = 0; i < 3000; ++i) body += "hoi ";
  body += "\">";
  for (int i = 0; i < 3000; ++i) body += "<task id=\"p." + std::to_string(i) + "\"/>";
  CHECK(faults_of(body + "</task>").starts_with("plan.too-large 3:"));
}

TEST_CASE("the list of faults has an end") {
  std::string body;
  for (int i = 0; i < 1500; ++i) body += "<x/>";
  const auto p = read_small(body);
  CHECK(p.notes.size() == 1001);
  CHECK(p.notes.back().id() == "plan.too-many-faults");
  CHECK(!p);
}

TEST_CASE("files include files eight deep and no deeper") {
  const auto part = [](const std::string& href) -> std::optional<std::string> {
    const auto next = std::stoi(href) + 1;
    return "<part xmlns=\"urn:vanthu:plan:1\">\n<include href=\"" + std::to_string(next) + "\"/></part>";
  };
  const auto p = read_plan(small_plan("<include href=\"1\"/>"), "w/p.xml", part);
  REQUIRE(p.notes.size() == 1);
  CHECK(p.notes[0].id() == "plan.include-too-deep");
  CHECK(to_string(p.notes[0].where) == "w/8:2:10");
}

TEST_CASE("an included path counts from the folder of the file that names it, and stays below the plan") {
  CHECK(*safe_href("a.xml", "") == "a.xml");
  CHECK(*safe_href("./b/a.xml", "") == "b/a.xml");
  CHECK(*safe_href("a.xml", "b/c.xml") == "b/a.xml");
  for (const auto* wrong : {"", "/a", "../a", "a/../b", "a/..", "a//b", "b/", ".", "c:a", "http://a/b", "a\\b", "a?b"})
    CHECK_MESSAGE(!safe_href(wrong, "b/c.xml"), wrong);
}

TEST_CASE("a link that leads out of the plan's folder is not followed") {
  namespace fs = std::filesystem;
  const auto folder = fs::temp_directory_path() / "vanthu-plan-links";
  fs::remove_all(folder);
  fs::create_directories(folder / "in");
  replace_file(folder / "out.xml", "<part xmlns=\"urn:vanthu:plan:1\"/>");
  replace_file(folder / "in/beside.xml", "<part xmlns=\"urn:vanthu:plan:1\"/>");
  fs::create_symlink(folder / "out.xml", folder / "in/link.xml");
  replace_file(folder / "in/p.xml", small_plan("<include href=\"beside.xml\"/>\n<include href=\"link.xml\"/>"));
  CHECK(remarks_of(read_plan_file(folder / "in/p.xml").notes) == "plan.include-missing 4:10\n");
  fs::remove_all(folder);
  CHECK_THROWS_AS(static_cast<void>(read_plan_file(folder / "in/p.xml")), error);
}

TEST_CASE("distance counts letters added, dropped, replaced and swapped") {
  CHECK(texts::edit_distance("phong", "phong") == 0);
  CHECK(texts::edit_distance("phogn", "phong") == 1);
  CHECK(texts::edit_distance("phng", "phong") == 1);
  CHECK(texts::edit_distance("", "abc") == 3);
  CHECK(texts::edit_distance("abcdef", "uvwxyz", 3) == 3);
  const std::vector<std::string_view> known{"hoi", "phong"};
  CHECK(texts::nearest_name("phogn", known) == "phong");
  CHECK(texts::nearest_name("x", {}).empty());
}
