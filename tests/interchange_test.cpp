#include "vanthu/interchange.hpp"

#include <doctest/doctest.h>

#include "report_text.hpp"

using namespace vanthu;
using namespace vanthu::test;

namespace {

using strings = std::vector<std::string>;

constexpr auto autumn = make_date(2023, 9, 20);
const auto stamp = *parse_instant("2023-09-20T08:30:00+07:00");

// The small plan with a year's history as of a day in September.
picture in_autumn() {
  const auto j = memory_journal();
  auto r = start_reported(*j);
  REQUIRE(give(r, *j, a_year()) == "");
  return r.look(autumn);
}

strings names_of(const value& object) {
  strings out;
  for (std::size_t i = 0; i < object.size(); ++i) out.emplace_back(object.name(i));
  return out;
}

std::uint32_t item_of(const picture& p, std::string_view id) {
  const auto found = find_item(p.items, {std::string(id)});
  REQUIRE(found != no_item);
  return found;
}

// The first due item with this id.
due_item due_of(const picture& p, std::string_view id) {
  for (const auto& each : due_list(p, make_date(2024, 12, 31)))
    if (p.items.items[each.item].id.text == id) return each;
  FAIL("not due: ", id);
  return {};
}

std::string ics_of(const picture& p, const std::vector<due_item>& items) {
  return to_ics(p, items, "vanthu.example", stamp);
}

// A plan of one task with this title, as of its first day.
picture with_title(std::string_view title, std::string_view due = "2023-06-30") {
  const auto xml =
      R"(<plan xmlns="urn:vanthu:plan:1" id="k" issued="2023-01-03" issuer="h" from="2023-01-03" )"
      R"(until="2023-12-31" basis="assumption"><title>K</title><agencies><agency id="h"><name>Hội, "H"</name>)"
      R"(</agency></agencies><task id="t" title=")" +
      std::string(title) + R"(" lead="h" duration="1wd"><due on=")" + std::string(due) + R"("/></task></plan>)";
  const auto j = memory_journal();
  return run::start(*j, "k", std::make_shared<const plan>(read_plan(xml, "k.xml").take()), make_date(2023, 1, 3), "An",
                    stamp)
      .look(make_date(2023, 1, 3));
}

std::string line_with(const std::string& text, std::string_view start) {
  const auto at = text.find("\r\n" + std::string(start));
  REQUIRE(at != std::string::npos);
  return text.substr(at + 2, text.find("\r\n", at + 2) - at - 2);
}

}  // namespace

TEST_CASE("an agenda is printed with these members and no others") {
  const auto p = in_autumn();
  const std::vector<std::uint32_t> picked{item_of(p, "bc@2023"), item_of(p, "xl"), item_of(p, "xa@2023/xa-b")};
  const auto all = agenda_value(p.following(), p.items, p.dates, picked);
  CHECK(names_of(all) == strings{"items"});
  REQUIRE(member(all, "items").size() == 3);
  CHECK(names_of(member(all, "items.0")) == strings{"id", "task", "title", "period", "agency", "holder", "lead",
                                                    "support", "start", "due", "after", "conditional", "basis"});
  CHECK(at(all, "items.0") ==
        R"({"id":"bc@2023","task":"bc","title":"Báo cáo năm","period":"2023","agency":null,"holder":["phong"],)"
        R"("lead":"phong","support":["hoi"],"start":"2023-09-20","due":"2023-12-20",)"
        R"("after":["xa@2023/xa-a","xa@2023/xa-b"],"conditional":false,"basis":"assumption"})");
  CHECK(at(all, "items.1.period") == "null");
  CHECK(at(all, "items.2.agency") == R"("xa-b")");
}

TEST_CASE("a schedule is printed with these members and no others") {
  const auto p = in_autumn();
  const auto all = schedule_value(p.following(), p.items, p.dates, p.days, language::en);
  CHECK(names_of(all) == strings{"start", "finish", "items"});
  CHECK(at(all, "start") == R"("2023-03-10T08:00")");
  REQUIRE(member(all, "items").size() == p.items.items.size());
  CHECK(names_of(member(all, "items.0")) == strings{"id", "early_start", "early_finish", "late_start", "late_finish",
                                                    "total_slack_min", "free_slack_min", "critical", "due", "forecast",
                                                    "because"});
  CHECK(at(all, "items.0.id") + at(all, "items.0.early_start") + at(all, "items.0.due") ==
        R"("tin""2023-03-10T08:00""2023-03-31")");
  CHECK(member(all, "items.0.because").size() > 0);
  const auto vi = schedule_value(p.following(), p.items, p.dates, p.days, language::vi);
  CHECK(at(vi, "items.0.because") != at(all, "items.0.because"));
}

TEST_CASE("what is due is printed with these members and no others") {
  const auto p = in_autumn();
  const std::vector<due_item> list{due_of(p, "lop@2023-h1"), due_of(p, "kt"), due_of(p, "bc@2023")};
  const auto all = due_value(p, list, language::vi);
  CHECK(names_of(all) == strings{"as_of", "items"});
  CHECK(at(all, "as_of") == R"("2023-09-20")");
  CHECK(names_of(member(all, "items.0")) ==
        strings{"id", "title", "holder", "due", "left_wd", "state", "overdue", "blocked_by", "because"});
  CHECK(at(all, "items.0.left_wd") + at(all, "items.0.overdue") == "-58true");
  CHECK(at(all, "items.1.id") + at(all, "items.1.title") + at(all, "items.1.holder") + at(all, "items.1.due") +
            at(all, "items.1.left_wd") + at(all, "items.1.state") + at(all, "items.1.overdue") ==
        R"("kt""Kiểm tra"["phong"]"2023-09-29"7"in_progress"false)");
  CHECK(at(all, "items.1.blocked_by") == "[]");
}

TEST_CASE("a status counts states for all and for each holder, over the items asked for") {
  const auto p = in_autumn();
  const std::vector<std::uint32_t> picked{item_of(p, "tin"), item_of(p, "lop@2023-h1"), item_of(p, "kt"),
                                          item_of(p, "xl")};
  CHECK(write_json(status_value(p, picked)) ==
        R"({"as_of":"2023-09-20","counts":{"planned":1,"in_progress":1,"accepted":1,"lapsed":1},)"
        R"("by_agency":[{"agency":"hoi","counts":{"accepted":1},"overdue":0},)"
        R"({"agency":"phong","counts":{"planned":1,"in_progress":1,"lapsed":1},"overdue":1}]})");
  CHECK(write_json(status_value(p, {})) == R"({"as_of":"2023-09-20","counts":{},"by_agency":[]})");
}

TEST_CASE("a history is printed with these members and no others") {
  const auto j = memory_journal();
  auto r = start_reported(*j);
  REQUIRE(give(r, *j, line("start", "kt", "phong", "2023-09-01")) == "");
  const auto all = history_value(r.events());
  REQUIRE(all.size() == 2);
  CHECK(names_of(all.at(0)) == strings{"event", "at", "actor", "by", "type", "item", "body"});
  CHECK(at(all, "1.event") + at(all, "1.at") + at(all, "1.actor") + at(all, "1.by") + at(all, "1.type") +
            at(all, "1.item") ==
        R"(2"2023-09-01T01:00:00Z""Lan""phong""item.started/1""kt")");
}

TEST_CASE("rows become a table, lists joined and nothing for null") {
  const auto rows = read_json(R"([{"a":"x","b":1.50,"c":null,"d":["p","q",3],"e":true},)"
                              R"({"e":false,"a":"y","f":"unknown column"}])",
                              "rows.json")
                        .take();
  const auto t = to_table(rows);
  CHECK(t.columns == strings{"a", "b", "c", "d", "e"});
  REQUIRE(t.rows.size() == 2);
  CHECK(t.rows[0] == strings{"x", "1.50", "", "p; q; 3", "true"});
  CHECK(t.rows[1] == strings{"y", "", "", "", "false"});
  CHECK(to_table(value::list()).columns.empty());
  CHECK(to_table(value::list({value::object({{"on", autumn}})})).rows[0] == strings{"2023-09-20"});
}

TEST_CASE("CSV has a byte order mark, CRLF, and quotes where they are needed") {
  CHECK(to_csv({{"a", "b"}, {{"x", "y"}}}) ==
        "\xEF\xBB\xBF"
        "a,b\r\nx,y\r\n");
  CHECK(to_csv({{"a"}, {{"1,5"}, {"\"x\""}, {"two\nlines"}, {"cr\r"}, {""}, {" x "}}}) ==
        "\xEF\xBB\xBF"
        "a\r\n\"1,5\"\r\n\"\"\"x\"\"\"\r\n\"two\nlines\"\r\n\"cr\r\"\r\n\r\n x \r\n");
}

TEST_CASE("CSV tells a spreadsheet that a text is no formula, and leaves numbers alone") {
  const auto cell = [](const std::string& text) {
    const auto csv = to_csv({{"a"}, {{text}}});
    return csv.substr(6, csv.size() - 8);
  };
  CHECK(cell("=1+1") == "'=1+1");
  CHECK(cell("+84 39") == "'+84 39");
  CHECK(cell("-x") == "'-x");
  CHECK(cell("@SUM(A1)") == "'@SUM(A1)");
  CHECK(cell("=HYPERLINK(\"x\",\"y\")") == "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  CHECK(cell("-") == "'-");
  CHECK(cell("-12.50") == "-12.50");
  CHECK(cell("-3e2") == "-3e2");
  CHECK(cell("a=b") == "a=b");
  CHECK(to_csv({{"=a"}, {}}) == "\xEF\xBB\xBF'=a\r\n");
}

TEST_CASE("a calendar has an all-day event on each deadline and an alarm at eight on the working day before") {
  const auto p = in_autumn();
  CHECK(ics_of(p, {due_of(p, "kt"), due_of(p, "xa@2023/xa-b")}) ==
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//vanthu//deadlines//VI\r\nCALSCALE:GREGORIAN\r\n"
        "BEGIN:VEVENT\r\nUID:kt@vanthu.example\r\nDTSTAMP:20230920T013000Z\r\nDTSTART;VALUE=DATE:20230929\r\n"
        "DTEND;VALUE=DATE:20230930\r\nSUMMARY:Kiểm tra\r\nDESCRIPTION:Phòng Lao động huyện Kỳ Anh (in_progress)\r\n"
        "TRANSP:TRANSPARENT\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Kiểm tra\r\nTRIGGER:-P0DT16H\r\n"
        "END:VALARM\r\nEND:VEVENT\r\n"
        // The 18th is a Monday: the alarm is on Friday.
        "BEGIN:VEVENT\r\nUID:xa@2023/xa-b@vanthu.example\r\nDTSTAMP:20230920T013000Z\r\n"
        "DTSTART;VALUE=DATE:20231218\r\nDTEND;VALUE=DATE:20231219\r\nSUMMARY:Báo cáo của xã\r\n"
        "DESCRIPTION:Ủy ban nhân dân xã Kỳ Xuân (planned)\r\n"
        "TRANSP:TRANSPARENT\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Báo cáo của xã\r\nTRIGGER:-P2DT16H\r\n"
        "END:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST_CASE("a step of a procedure is named after its work in lists and calendars") {
  const auto xml = R"(<plan xmlns="urn:vanthu:plan:1" id="k" issued="2023-01-03" issuer="h" from="2023-01-03" )"
                   R"(until="2023-12-31" basis="assumption"><title>K</title><agencies><agency id="h"/></agencies>)"
                   R"(<procedure id="bh"><step id="ky" role="signer" title="Ký" duration="1wd"/></procedure>)"
                   R"(<task id="t" title="Soạn" lead="h" duration="1wd"><due on="2023-06-30"/>)"
                   R"(<product kind="KH" steps="bh"/></task></plan>)";
  const auto j = memory_journal();
  const auto p = run::start(*j, "k", std::make_shared<const plan>(read_plan(xml, "k.xml").take()),
                            make_date(2023, 1, 3), "An", stamp)
                     .look(make_date(2023, 1, 3));
  const std::vector<due_item> list{due_of(p, "t:ky")};
  CHECK(at(due_value(p, list, language::vi), "items.0.title") == R"("Soạn: Ký")");
  CHECK(line_with(ics_of(p, list), "SUMMARY") == "SUMMARY:Soạn: Ký");
  CHECK(ics_of(p, list).find("ACTION:DISPLAY\r\nDESCRIPTION:Soạn: Ký\r\n") != std::string::npos);
}

TEST_CASE("texts of a calendar are escaped") {
  const auto p = with_title(R"(a; b, c\d&#10;e)");
  const auto ics = ics_of(p, {due_of(p, "t")});
  CHECK(line_with(ics, "SUMMARY") == R"(SUMMARY:a\; b\, c\\d\ne)");
  CHECK(line_with(ics, "DESCRIPTION") == R"(DESCRIPTION:Hội\, "H" (planned))");
}

TEST_CASE("long lines of a calendar are folded between characters and read back whole") {
  std::string title;
  for (int i = 0; i < 40; ++i) title += "kế hoạch ";
  title += "x";
  for (int shift = 0; shift < 4; ++shift) {
    const auto p = with_title(title);
    const auto ics = ics_of(p, {due_of(p, "t")});
    for (std::size_t from = 0; from < ics.size();) {
      const auto end = ics.find("\r\n", from);
      REQUIRE(end != std::string::npos);
      const auto line = std::string_view(ics).substr(from, end - from);
      CHECK(line.size() <= 75);
      CHECK(!find_invalid_utf8(line).has_value());
      from = end + 2;
    }
    auto unfolded = ics;
    for (auto at = unfolded.find("\r\n "); at != std::string::npos; at = unfolded.find("\r\n ")) unfolded.erase(at, 3);
    CHECK(line_with(unfolded, "SUMMARY") == "SUMMARY:" + title);
    title.insert(0, "y");
  }
}

TEST_CASE("a drawing has the tasks by who leads them and the links with what is special about them") {
  const auto xml =
      R"(<plan xmlns="urn:vanthu:plan:1" id="k" issued="2023-01-03" issuer="h" from="2023-01-03" until="2023-12-31" )"
      R"(basis="assumption"><title>K</title><agencies><agency id="h"><name>Huyện "H"</name></agency><agency id="x"/>)"
      R"(<group id="g"><member agency="x"/></group></agencies>)"
      R"(<task id="p" title="Cha"><task id="a" title="A\B" lead="h" duration="1wd"><outcome id="co" title="Có"/></task>)"
      R"(<task id="b" title="B" lead="h" duration="1wd"/></task>)"
      R"(<task id="c" title="C" each="g" lead="$each" duration="1wd"><after task="p"/></task>)"
      R"(<task id="d" title="D" lead="h" duration="1wd"><only-if task="a" outcome="co"/>)"
      R"(<after task="b" type="SS" lag="2wd"/><after task="c" join="any"/></task></plan>)";
  CHECK(to_dot(read_plan(xml, "k.xml").take()) ==
        "digraph \"k\" {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n"
        "  subgraph cluster_0 {\n    label=\"Huyện \\\"H\\\"\";\n    \"a\" [label=\"a A\\\\B\"];\n"
        "    \"b\" [label=\"b B\"];\n    \"d\" [label=\"d D\"];\n  }\n"
        "  subgraph cluster_1 {\n    label=\"g\";\n    \"c\" [label=\"c C\"];\n  }\n"
        "  \"a\" -> \"c\";\n  \"b\" -> \"c\";\n"
        "  \"a\" -> \"d\" [label=\"if co\"];\n  \"b\" -> \"d\" [label=\"SS 2wd\"];\n"
        "  \"c\" -> \"d\" [label=\"any\"];\n}\n");
}
