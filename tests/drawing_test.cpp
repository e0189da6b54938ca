// Pictures and what-if: what is in them. How they look is looked at.
#include "vanthu/drawing.hpp"

#include <doctest/doctest.h>

#include "network_text.hpp"
#include "schedule_text.hpp"
#include "vanthu/interchange.hpp"

using namespace vanthu;

namespace {

std::size_t count(std::string_view text, std::string_view piece) {
  std::size_t n = 0;
  for (auto at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + 1)) ++n;
  return n;
}

// The tokens of the house refuse what is not well-formed.
bool is_xml(const std::string& text) {
  return !read_mspdi(text, "x").notes.empty() && read_mspdi(text, "x").notes.front().id() == "mspdi.not-a-project";
}

worked_plan small_plan() {
  return dated(R"(<task id="a" title="Lập &lt;kế hoạch&gt;" lead="phong" duration="3wd"/>
<task id="b" title="Góp ý" lead="hoi-1" duration="2wd"><after task="a" type="SS" lag="1wd"/><due on="2023-04-19"/></task>
<task id="m" title="Mốc" lead="phong" duration="0wd"><after task="b"/></task>
<task id="z" title="Một mình" lead="hoi-2" duration="1wd"/>)");
}

value json(std::string_view text) {
  return read_json(text, "c").take();
}

}  // namespace

TEST_CASE("a graph has its nodes, links and labels in each format, and nothing of a title becomes markup") {
  const auto w = small_plan();
  const auto g = graph_of(w.p);
  CHECK(g.nodes.size() == 4);
  CHECK(g.links.size() == 2);
  const auto xml = to_graphml(g);
  CHECK(count(xml, "<node ") == 4);
  CHECK(xml.find("<edge id=\"e0\" source=\"a\" target=\"b\">\n      <data key=\"label\">SS 1wd</data>") !=
        std::string::npos);
  CHECK(xml.find("Lập &lt;kế hoạch&gt;") != std::string::npos);
  CHECK(is_xml(xml));
  const auto svg = to_svg(g);
  CHECK(is_xml(svg));
  CHECK(count(svg, "marker-end") == 2);
  CHECK(svg.find(">SS 1wd</text>") != std::string::npos);
  CHECK(svg.find("<kế") == std::string::npos);
  CHECK(svg == to_svg(graph_of(w.p)));
}

TEST_CASE("a graph that goes round is still drawn") {
  drawn_graph g;
  g.title = "vòng";
  g.nodes = {{"a", "A", ""}, {"b", "B", ""}, {"c", "C", "x"}};
  g.links = {{0, 1, "", false}, {1, 0, "", false}, {1, 1, "", false}, {0, 2, "", false}, {1, 2, "", true}};
  CHECK(is_xml(to_svg(g)));
  CHECK(is_xml(to_svg({})));
  CHECK(to_dot(g).find("\"b\" -> \"b\"") != std::string::npos);
}

TEST_CASE("a long link has a place of its own in each layer it passes") {
  drawn_graph g;
  for (int i = 0; i < 4; ++i) g.nodes.push_back({"n" + std::to_string(i), "", ""});
  g.links = {{0, 1, "", false}, {1, 2, "", false}, {2, 3, "", false}, {0, 3, "", false}};
  const auto svg = to_svg(g);
  CHECK(count(svg, "marker-end") == 4);
  CHECK(count(svg, "L") >= 2);  // straight through two layers
}

TEST_CASE("a Gantt chart shows bars by agency, deadlines, what is late, and today") {
  const auto w = small_plan();
  std::vector<std::uint32_t> all{0, 1, 2, 3};
  const auto rows = gantt_rows(w.p, w.items, *w.dates, all, gantt_lanes::agency);
  REQUIRE(rows.size() == 4);
  CHECK(rows[2].milestone);
  CHECK(rows[1].due == day("2023-04-19"));
  const auto svg = to_gantt_svg(rows, "Kế hoạch", day("2023-04-19"), language::vi);
  CHECK(is_xml(svg));
  CHECK(svg.find("hôm nay 19/4/2023") != std::string::npos);
  CHECK(svg.find(">!</text>") != std::string::npos);
  CHECK(svg.find(">phong</text>") != std::string::npos);
  CHECK(to_gantt_svg(rows, "Kế hoạch", day("2030-01-01"), language::en).find("stroke-dasharray") == std::string::npos);
  CHECK(gantt_rows(w.p, w.items, *w.dates, all, gantt_lanes::task).front().lane == "a  Lập <kế hoạch>");
  CHECK(is_xml(to_gantt_svg({}, "", {}, language::en)));
}

TEST_CASE("changes to a plan are made on a copy, and what moves is told with its reason") {
  auto w = dated(R"(<task id="a" title="A" lead="phong" duration="2wd"/>
<task id="b" title="B" lead="phong" duration="2wd"><after task="a"/></task><task id="c" title="C" lead="phong" duration="1wd"/>)");
  const calendars days{working_calendar{}, {}};
  const auto before = schedule_value(w.p, w.items, *w.dates, days, language::en);
  const auto after = [&](std::string_view change) {
    auto a = w.items;
    auto c = days;
    facts since;
    const auto faults = apply_changes(std::vector{json(change)}, a, since, c);
    CHECK(said_ids(faults) == "");
    const auto s = make_schedule(a, w.p, c, since).take();
    return moves_value(before, schedule_value(w.p, a, s, c, language::en), days.general);
  };
  auto moved = after(R"({"do":"duration","item":"a","value":"3wd"})");
  CHECK(moved.find("finish_before")->as_text() == "2023-04-21T17:30");
  CHECK(moved.find("finish")->as_text() == "2023-04-24T17:30");
  REQUIRE(moved.find("items")->size() == 2);
  const auto& b = moved.find("items")->at(1);
  CHECK(b.find("id")->as_text() == "b");
  CHECK(b.find("start_before")->as_text() == "2023-04-20T07:30");
  CHECK(b.find("start")->as_text() == "2023-04-21T07:30");
  CHECK(b.find("moved_min")->as_number() == decimal(480));
  CHECK(b.find("because")->size() > 0);
  CHECK(after(R"({"do":"not-before","item":"c","on":"2023-04-25"})").find("items")->size() == 1);
  CHECK(after(R"({"do":"day-off","on":"2023-04-18"})").find("items")->size() == 3);
  CHECK(after(R"({"do":"workday","on":"2023-04-22","until":"2023-04-22"})").find("items")->size() == 0);
  CHECK(after(R"({"do":"remove-link","from":"a","to":"b"})").find("items")->size() == 1);
  CHECK(after(R"({"do":"add-link","from":"b","to":"c","type":"SS","lag":"1wd"})").find("items")->size() == 1);
  CHECK(after(R"({"do":"due","item":"c","on":"2023-04-18"})").find("items")->size() == 0);
}

TEST_CASE("changes to a project are made alike") {
  project p;
  p.add("1", a_day);
  p.add("2", a_day);
  p.link("1", "2");
  project_file file;
  file.network = p.n;
  file.options = p.o;
  file.tasks.resize(2);
  file.tasks[0].uid = 1;
  file.tasks[1].uid = 2;
  file.calendar_names = {"c"};
  const auto dates = [](const project_file& f) {
    return schedule_value(f, schedule_network(f.network, f.options).take(), language::en);
  };
  const auto moved = [&](std::string_view change) {
    auto copy = file;
    CHECK(said_ids(apply_changes(std::vector{json(change)}, copy)) == "");
    return schedule_network(copy.network, copy.options).take();
  };
  CHECK(text_of(moved(R"({"do":"duration","item":"1","value":"2wd"})").items[1].early_start) == "2024-01-03T08:00");
  CHECK(text_of(moved(R"({"do":"duration","item":"1","value":"2ed"})").items[0].early_finish) == "2024-01-03T08:00");
  CHECK(text_of(moved(R"({"do":"remove-link","from":1,"to":2})").items[1].early_start) == "2024-01-01T08:00");
  CHECK(text_of(moved(R"({"do":"add-link","from":"1","to":"2","lag":"50%"})").items[1].early_start) ==
        "2024-01-02T13:00");
  CHECK(text_of(moved(R"({"do":"not-before","item":"1","on":"2024-01-08"})").items[0].early_start) ==
        "2024-01-08T08:00");
  CHECK(moved(R"({"do":"due","item":"2","on":"2024-01-01"})").items[1].total_slack_min == -a_day);
  CHECK(text_of(moved(R"({"do":"day-off","on":"2024-01-01"})").items[0].early_start) == "2024-01-02T08:00");
  const auto base = dates(file);
  CHECK(moves_value(base, base, file.network.calendars[0]).find("items")->size() == 0);
}

TEST_CASE("a change that makes no sense is a fault with its number, and is not made") {
  auto w = dated(R"(<task id="a" title="A" lead="phong" duration="2wd"/>)");
  calendars days{working_calendar{}, {}};
  facts since;
  std::vector<value> changes;
  for (const auto* each :
       {R"({"do":"duration","item":"x","value":"1wd"})", R"({"do":"duration","item":"a","value":"soon"})",
        R"({"do":"duration","item":"a","value":"1wd","why":"x"})", R"({"do":"remove-link","from":"a","to":"a"})",
        R"({"do":"dance"})", R"([])", R"({"do":"add-link","from":"a","to":"a","type":"XX"})",
        R"({"do":"day-off","on":"2024-01-02","until":"2024-01-01"})"})
    changes.push_back(json(each));
  const auto faults = apply_changes(changes, w.items, since, days);
  CHECK(said_ids(faults) ==
        "whatif.unknown-item whatif.bad-value whatif.unknown-member whatif.no-link whatif.bad-value whatif.bad-value "
        "whatif.bad-value whatif.bad-value");
  CHECK(faults[3].where.path == "/4");
  CHECK(w.items.items[0].duration == amount{2, time_unit::working_day});
}
