// Reading <calendar> elements.
#include <doctest/doctest.h>

#include <string>

#include "calendar_text.hpp"

using namespace vanthu;

namespace {

// A file whose line 2 is the calendar's start tag; `inside` begins line 3.
std::string file(const std::string& inside, const std::string& attributes = "") {
  return "<part xmlns=\"urn:vanthu:plan:1\" basis=\"assumption\">\n<calendar id=\"a\"" + attributes + ">\n" + inside +
         "\n</calendar></part>";
}
std::string notice(const std::string& inside) {
  return file("<notice number=\"1/TB\">" + inside + "</notice>");
}

// "3:7 calendar.bad-date" of each remark, joined by "; ".
std::string remarks(const std::string& text) {
  std::string result;
  for (const auto& each : read_calendar(text, "a.xml").notes)
    result += (result.empty() ? "" : "; ") + std::to_string(each.where.line) + ":" + std::to_string(each.where.column) +
              " " + each.id();
  return result;
}
calendar_definition read(const std::string& text) {
  return read_calendar(text, "a.xml").take();
}

}  // namespace

TEST_CASE("the shipped calendar is read without a remark") {
  const auto calendar = read_calendar(shipped_calendar_text(), "lich-viet-nam.xml");
  CHECK(calendar.notes.empty());
  REQUIRE(calendar.value.has_value());
  CHECK(calendar->id == "viet-nam");
  CHECK(calendar->name == "Lịch làm việc Việt Nam");
  CHECK(calendar->basis == "assumption");
  CHECK(calendar->noticed == date_range{make_date(2021, 1, 1), make_date(2026, 12, 31)});
  for (const auto& each : calendar->exceptions) {
    CHECK(!each.reason.empty());
    CHECK(!each.source.empty());
    CHECK(!each.published.has_value());
  }
}

TEST_CASE("a calendar keeps what its authors wrote") {
  const auto c = read(file(R"(<name> Lịch
   huyện </name><week days="mon fri" hours="07:00-11:00 13:00-24:00" basis="law" article="Quyết định 1/QĐ-UBND"/>
<week days="sat" hours="08:00-12:00"/>
<notice number="5034/TB-LĐTBXH" published="2022-12-01" article="mục 1">
<day-off on="2023-01-20" until="2023-01-26" reason="Tết"/><workday on="2023-02-04" hours="08:00-09:00" reason="bù" article="mục 2"/></notice>
<announced number="dự thảo"><day-off on="2023-11-24" reason="nghỉ"/></announced>
<notice number="Luật" state="law"><day-off on="2023-09-02" reason="Quốc khánh"/></notice>)",
                           R"( noticed-from="2023-01-01" noticed-until="2023-12-31")"));
  CHECK(c.name == "Lịch huyện");
  CHECK(c.basis == "Quyết định 1/QĐ-UBND");
  CHECK(c.week[0] == std::vector<minute_interval>{{420, 660}, {780, 1440}});
  CHECK(c.week[1].empty());
  CHECK(c.week[4] == c.week[0]);
  CHECK(c.week[5] == std::vector<minute_interval>{{480, 720}});
  REQUIRE(c.exceptions.size() == 4);
  const auto& tet = c.exceptions[0];
  CHECK(tet.days == date_range{make_date(2023, 1, 20), make_date(2023, 1, 26)});
  CHECK(!tet.working);
  CHECK(tet.reason == "Tết");
  CHECK(tet.source == "5034/TB-LĐTBXH, mục 1");
  CHECK(tet.published == make_date(2022, 12, 1));
  CHECK(tet.state == certainty::notice);
  CHECK(tet.where == location{"a.xml", 7, 1, {}});
  const auto& swap = c.exceptions[1];
  CHECK(swap.working);
  CHECK(swap.hours == std::vector<minute_interval>{{480, 540}});
  CHECK(swap.source == "5034/TB-LĐTBXH, mục 2");
  CHECK(c.exceptions[2].state == certainty::announced);
  CHECK(c.exceptions[2].source == "dự thảo");
  CHECK(c.exceptions[3].state == certainty::law);
}

TEST_CASE("a calendar without a week has the usual one, and stands on what is around it") {
  const auto c = read(file(""));
  CHECK(c.week == weekly_calendar().week);
  CHECK(c.basis == "assumption");
  CHECK(c.exceptions.empty());
  CHECK(!c.noticed.has_value());
  CHECK(read(file("", R"( basis="law" article="Quyết định 2")")).basis == "Quyết định 2");
  CHECK(read(file(R"(<week days="mon" hours="07:00-08:00" basis="seed"/>)")).basis == "seed");
}

TEST_CASE("a calendar may stand in a plan, and the first one of a file is read") {
  const auto c = read(R"(<plan xmlns="urn:vanthu:plan:1"><task/><calendar id="b"/><calendar id="c"/></plan>)");
  CHECK(c.id == "b");
}

TEST_CASE("a file without a calendar is calendar.none") {
  CHECK(remarks(R"(<part xmlns="urn:vanthu:plan:1"/>)") == "1:1 calendar.none");
  CHECK(remarks(R"(<part><calendar id="a"/></part>)") == "1:1 calendar.none");
  CHECK(remarks(R"(<lich xmlns="urn:vanthu:plan:1"><calendar id="a"/></lich>)") == "1:1 calendar.none");
  CHECK(remarks(R"(<calendar xmlns="urn:vanthu:plan:1" id="a"/>)") == "1:1 calendar.none");
}

TEST_CASE("what is not XML is refused by the reader below") {
  CHECK(remarks("<part").find("xml.") != std::string::npos);
  CHECK(remarks("").find("xml.") != std::string::npos);
}

TEST_CASE("names the language does not have are calendar.unknown-element and calendar.unknown-attribute") {
  CHECK(remarks(file("<weeks/>")) == "3:1 calendar.unknown-element");
  CHECK(remarks(notice("<dayoff/>")) == "3:23 calendar.unknown-element");
  CHECK(remarks(file("<week days=\"mon\" hours=\"07:00-08:00\"><x/></week>")) == "3:38 calendar.unknown-element");
  CHECK(remarks(file("<name>a<b/></name>")) == "3:8 calendar.unknown-element");
  CHECK(remarks(file("", " notice-from=\"2023-01-01\"")) == "2:18 calendar.unknown-attribute");
  CHECK(remarks(notice("<workday on=\"2023-01-01\" until=\"2023-01-02\" reason=\"a\"/>")) ==
        "3:48 calendar.unknown-attribute");
  CHECK(remarks(file("<announced number=\"a\" state=\"law\"/>")) == "3:23 calendar.unknown-attribute");
}

TEST_CASE("a wrong name comes with the nearest right one") {
  const auto args = [](const std::string& text) { return read_calendar(text, "a.xml").notes.at(0).what.args; };
  CHECK(args(file("<weeks/>")) == std::vector<std::string>{"weeks", "calendar", "week"});
  CHECK(args(notice("<dayoff/>")) == std::vector<std::string>{"dayoff", "notice", "day-off"});
  CHECK(args(file("", " notice-from=\"2023-01-01\"")) ==
        std::vector<std::string>{"notice-from", "calendar", "noticed-from"});
  CHECK(args(file("<name>a<b/></name>")) == std::vector<std::string>{"b", "name", "-"});
}

TEST_CASE("what must be written and is not is calendar.missing-attribute") {
  CHECK(remarks("<part xmlns=\"urn:vanthu:plan:1\"><calendar/></part>") == "1:33 calendar.missing-attribute");
  CHECK(remarks(file("<week/>")) == "3:1 calendar.missing-attribute; 3:1 calendar.missing-attribute");
  CHECK(remarks(file("<notice/>")) == "3:1 calendar.missing-attribute");
  CHECK(remarks(file("<announced/>")) == "3:1 calendar.missing-attribute");
  CHECK(remarks(notice("<day-off/>")) == "3:23 calendar.missing-attribute; 3:23 calendar.missing-attribute");
  CHECK(remarks(file("", " noticed-from=\"2023-01-01\"")) == "2:1 calendar.missing-attribute");
  CHECK(remarks(file("", " noticed-until=\"2023-01-01\"")) == "2:1 calendar.missing-attribute");
}

TEST_CASE("a day that is none, or outside the calendar, is calendar.bad-date") {
  CHECK(remarks(notice("<day-off on=\"2023-02-30\" reason=\"a\"/>")) == "3:32 calendar.bad-date");
  CHECK(remarks(notice("<day-off on=\"1/5/2023\" reason=\"a\"/>")) == "3:32 calendar.bad-date");
  CHECK(remarks(notice("<workday on=\"1899-12-31\" reason=\"a\"/>")) == "3:32 calendar.bad-date");
  CHECK(remarks(notice("<day-off on=\"2023-02-01\" until=\"\" reason=\"a\"/>")) == "3:48 calendar.bad-date");
  CHECK(remarks(file("<notice number=\"a\" published=\"sắp tới\"/>")) == "3:20 calendar.bad-date");
  CHECK(remarks(file("", " noticed-from=\"2023\" noticed-until=\"2024\"")) ==
        "2:18 calendar.bad-date; 2:38 calendar.bad-date");
}

TEST_CASE("a range that runs backwards or over a year is calendar.bad-range") {
  CHECK(remarks(notice("<day-off on=\"2023-02-02\" until=\"2023-02-01\" reason=\"a\"/>")) == "3:48 calendar.bad-range");
  CHECK(remarks(notice("<day-off on=\"2023-01-01\" until=\"2024-01-02\" reason=\"a\"/>")) == "3:48 calendar.bad-range");
  CHECK(remarks(notice("<day-off on=\"2024-01-01\" until=\"2024-12-31\" reason=\"a\"/>")).empty());
  CHECK(remarks(file("", " noticed-from=\"2024-01-01\" noticed-until=\"2023-12-31\"")) == "2:44 calendar.bad-range");
}

TEST_CASE("hours that are not a list of intervals in order are calendar.bad-hours") {
  for (const auto* wrong : {"", " ", "7:30-11:30", "07:30", "07:30-07:30", "11:30-07:30", "07:30-24:01", "07:60-08:00",
                            "07:30-11:30 11:00-12:00", "13:30-17:30 07:30-11:30", "07:30–11:30", "0a:30-11:30",
                            "07:30-11:30,13:30-17:30", "25:00-26:00"})
    CHECK_MESSAGE(
        remarks(file("<week days=\"mon\" hours=\"" + std::string(wrong) + "\"/>")) == "3:18 calendar.bad-hours", wrong);
  CHECK(remarks(notice("<workday on=\"2023-02-04\" hours=\"x\" reason=\"a\"/>")) == "3:48 calendar.bad-hours");
  std::string many;
  for (int i = 10; i < 35; ++i) many += "00:" + std::to_string(i) + "-00:" + std::to_string(i + 1) + " ";
  CHECK(remarks(file("<week days=\"mon\" hours=\"" + many + "\"/>")) == "3:18 calendar.bad-hours");
  CHECK(remarks(file("<week days=\"mon\" hours=\"00:00-12:00 12:00-24:00\"/>")).empty());
}

TEST_CASE("values outside their lists are calendar.bad-value") {
  CHECK(remarks(file("<week days=\"mon thứ-ba\" hours=\"07:30-11:30\"/>")) == "3:7 calendar.bad-value");
  CHECK(remarks(file("<week days=\"\" hours=\"07:30-11:30\"/>")) == "3:7 calendar.bad-value");
  CHECK(remarks(file("<notice number=\"a\" state=\"draft\"/>")) == "3:20 calendar.bad-value");
  CHECK(remarks(file("", " basis=\"guess\" checked=\"maybe\"")) == "2:18 calendar.bad-value; 2:32 calendar.bad-value");
  CHECK(remarks("<part xmlns=\"urn:vanthu:plan:1\"><calendar id=\"Lịch\"/></part>") == "1:43 calendar.bad-value");
}

TEST_CASE("a day of the week or a name given twice is calendar.repeated-day and calendar.repeated-element") {
  CHECK(remarks(file("<week days=\"mon mon\" hours=\"07:30-11:30\"/>")) == "3:7 calendar.repeated-day");
  CHECK(remarks(file("<week days=\"mon\" hours=\"07:30-11:30\"/><week days=\"mon\" hours=\"07:30-11:30\"/>")) ==
        "3:45 calendar.repeated-day");
  CHECK(remarks(file("<name>a</name><name>b</name>")) == "3:15 calendar.repeated-element");
}

TEST_CASE("text outside a name is calendar.stray-text") {
  CHECK(remarks(file("<notice number=\"a\">nghỉ</notice>")).find("calendar.stray-text") != std::string::npos);
  CHECK(remarks(file("<notice number=\"a\"><!-- ghi chú --></notice>")).empty());
}

TEST_CASE("a day off and a working day on one day are calendar.conflict, and the later published counts") {
  const std::string text = file(
      R"(<notice number="2" published="2024-04-12"><day-off on="2024-04-29" until="2024-04-30" reason="mới"/></notice>
<notice number="1" published="2024-01-02"><workday on="2024-04-30" reason="cũ"/></notice>)");
  const auto read_now = read_calendar(text, "a.xml");
  REQUIRE(read_now.notes.size() == 1);
  const auto& warning = read_now.notes.front();
  CHECK(warning.level == severity::warning);
  CHECK(warning.what == message{"calendar.conflict", {"2024-04-30", "mới", "cũ"}});
  CHECK(warning.where.line == 3);
  REQUIRE(warning.related.size() == 1);
  CHECK(warning.related.front().line == 4);
  REQUIRE(read_now.value.has_value());
  CHECK(!working_calendar{*read_now}.is_working(make_date(2024, 4, 30)));
}

TEST_CASE("two days off on one day agree") {
  CHECK(remarks(
            notice(R"(<day-off on="2023-01-20" reason="a"/><day-off on="2023-01-19" until="2023-01-21" reason="b"/>)"))
            .empty());
}

TEST_CASE("all faults are told at once, in the order of the file, up to a thousand") {
  CHECK(
      remarks(file("<week days=\"x\" hours=\"y\"/>\n<notice/>\n<x/>")) ==
      "3:7 calendar.bad-value; 3:16 calendar.bad-hours; 4:1 calendar.missing-attribute; 5:1 calendar.unknown-element");
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "<day-off on=\"x\" reason=\"a\"/>\n";
  const auto c = read_calendar(notice(many), "a.xml");
  CHECK(!c.value.has_value());
  CHECK(c.notes.size() == 1000);
}

TEST_CASE("at most a hundred conflicts are told") {
  std::string many;
  for (int i = 0; i < 150; ++i)
    many += "<day-off on=\"2023-02-01\" reason=\"a\"/><workday on=\"2023-02-01\" reason=\"b\"/>\n";
  const auto c = read_calendar(notice(many), "a.xml");
  CHECK(c.value.has_value());
  CHECK(c.notes.size() == 100);
}
