// workflows/plan.xsd against the reader, on the plans of the house and on small files with one form each.
#include "plan_schema.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

using namespace vanthu;
namespace fs = std::filesystem;

namespace {

// ---- Small files, each with a form of its own ----------------------------------------------------------------------

struct sample {
  std::string body;
  bool good;
};

std::vector<sample> samples();

}  // namespace

TEST_CASE("the schema and the reader agree on the form of every plan in the house") {
  auto files = xml_files(home / "tests/plans");
  REQUIRE(files.size() > 25);
  for (auto& each : xml_files(home / "workflows")) files.push_back(each);
  std::erase_if(files, [](const fs::path& each) {
    const auto notes = remarks_on(read_file(each));
    return std::ranges::any_of(notes, [](const diagnostic& d) { return d.id().starts_with("xml."); });
  });
  std::size_t refused = 0;
  for (const auto& answer : ask_schema(files)) {
    CHECK_MESSAGE(reader_accepts(read_file(answer.first)) == answer.second, answer.first);
    refused += answer.second ? 0 : 1;
  }
  CHECK(refused >= 5);
}

TEST_CASE("plans that use every construct have no remark") {
  for (const auto* name : {"moi-phan-tu.xml", "moi-cach-ghi.xml"}) {
    const auto p = read_plan_file(home / "tests/plans/dung" / name);
    CHECK_MESSAGE(remarks_of(p.notes) == "", name);
    CHECK(p);
  }
}

TEST_CASE("the schema and the reader refuse the same forms and take the same ones") {
  const auto folder = temporary_folder();
  const auto all = samples();
  std::vector<fs::path> files;
  for (std::size_t i = 0; i < all.size(); ++i) {
    files.push_back(folder / (std::to_string(i) + ".xml"));
    replace_file(files.back(), small_plan(all[i].body));
  }
  const auto answers = ask_schema(files);
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(all[i].body);
    CHECK(answers.at(files[i].string()) == all[i].good);
    CHECK(reader_accepts(small_plan(all[i].body)) == all[i].good);
  }
  fs::remove_all(folder);
}

namespace {

std::vector<sample> samples() {
  const auto task = [](const std::string& inside) { return "<task id=\"t\" lead=\"phong\">" + inside + "</task>"; };
  const auto with = [](const std::string& attribute) { return "<task id=\"t\" lead=\"phong\" " + attribute + "/>"; };
  const auto regime = [](const std::string& inside) {
    return "<regime id=\"r\" kind=\"periodic\">" + inside + "</regime>";
  };
  const auto calendar = [](const std::string& inside) { return "<calendar id=\"c\">" + inside + "</calendar>"; };
  const auto week = [&](const std::string& days, const std::string& hours) {
    return calendar("<week days=\"" + days + "\" hours=\"" + hours + "\"/>");
  };
  const auto value = [](const std::string& text) {
    return "<indicator id=\"i\" title=\"\"><target year=\"2024\" value=\"" + text + "\"/></indicator>";
  };
  const auto product = [&](const std::string& path) {
    return task("<product kind=\"KH\" template=\"" + path + "\"/>");
  };
  const auto long_id = std::string(200, 'a');
  std::vector<sample> out{
      // Names.
      {task("<due on=\"2024-01-01\"/>"), true},
      {"<taks id=\"t\"/>", false},
      {with("suport=\"hoi\""), false},
      {"<task lead=\"phong\"/>", false},
      {"<window id=\"w\" from=\"--11-15\"/>", false},
      {task("<goal id=\"g\">x</goal>"), false},
      {"<title>x</title>", true},
      {"<title>x</title><goal id=\"g\">x</goal><title>y</title>", false},
      {"<title>x <b>y</b></title>", false},
      {"<agencies>chữ</agencies>", false},
      {task("chữ"), false},
      {task(" <!-- lời --> \n "), true},
      {task("<due on=\"2024-01-01\"> <!-- lời -->\n </due>"), true},
      {task("<due on=\"2024-01-01\">chữ</due>"), false},
      {task("<due on=\"2024-01-01\"><![CDATA[chữ]]></due>"), false},
      // Children that stand once, in any order.
      {task("<due on=\"2024-01-01\"/><start on=\"issued\"/><product kind=\"KH\"/><target on=\"2024-01-01\"/>"), true},
      {task("<due on=\"2024-01-01\"/><start on=\"issued\"/><due on=\"2024-01-01\"/>"), false},
      {task("<start on=\"issued\"/><start on=\"issued\"/>"), false},
      {task("<target on=\"2024-01-01\"/><target on=\"2024-01-02\"/>"), false},
      {task("<product kind=\"KH\"/><product kind=\"BC\"/>"), false},
      {task("<outcome id=\"a\"/><outcome id=\"b\"/>"), true},
      {"<agencies><agency id=\"x\"><name>A</name><name>A</name></agency></agencies>", false},
      {regime("<guidance/><name/><content/><deadline on=\"--12-20\"/><method/>"), true},
      {regime("<name/><name/>"), false},
      {regime("<content/><content/>"), false},
      {regime("<method/><method/>"), false},
      {regime("<frequency/><frequency/>"), false},
      {regime("<cut-off/><cut-off/>"), false},
      {regime("<outline>a</outline><outline>b</outline>"), false},
      {regime("<tables/><tables/>"), false},
      {regime("<guidance/><guidance/>"), false},
      {regime("<reporters group=\"cac-xa\"/><reporters agency=\"phong\"/>"), true},
      {"<procedure id=\"p\"><step id=\"a\"><due on=\"issued\"/><due on=\"issued\"/></step></procedure>", false},
      {calendar("<name>a</name><name>b</name>"), false},
      {"<agencies><group id=\"g\"><member agency=\"hoi\"/></group></agencies>", true},
      {"<agencies><group id=\"g\"><member agency=\"hoi\" group=\"cac-xa\"/></group></agencies>", false},
      {"<agencies><group id=\"g\"><member/></group></agencies>", false},
      // Moments: exactly one of three ways.
      {task("<due in=\"1wd\" after=\"issued\"/>"), true},
      {task("<due before=\"issued\" by=\"1wd\"/>"), true},
      {task("<due/>"), false},
      {task("<due in=\"1wd\"/>"), false},
      {task("<due after=\"issued\"/>"), false},
      {task("<due by=\"1wd\"/>"), false},
      {task("<due before=\"issued\"/>"), false},
      {task("<due in=\"1wd\" by=\"1wd\"/>"), false},
      {task("<due before=\"issued\" after=\"issued\"/>"), false},
      {task("<due on=\"issued\" in=\"1wd\" after=\"issued\"/>"), false},
      {task("<due on=\"issued\" by=\"1wd\"/>"), false},
      {task("<due in=\"1wd\" after=\"issued\" before=\"issued\" by=\"1wd\"/>"), false},
      {task("<target/>"), false},
      {task("<start/>"), false},
      {task("<start in=\"1wd\" after=\"issued\"/>"), true},
      {task("<start in=\"1wd\"/>"), false},
      {task("<start on=\"issued\" after=\"issued\"/>"), false},
      {task("<start before=\"issued\" by=\"1wd\"/>"), false},
      {regime("<deadline/>"), false},
      {regime("<cut-off kind=\"year\"/>"), true},
      {regime("<cut-off on=\"case\"/>"), true},
      {regime("<cut-off on=\"--12-15\"/>"), true},
      {regime("<cut-off on=\"2023-12-15\"/>"), false},
      {regime("<cut-off kind=\"year\" on=\"--12-15\"/>"), false},
      {regime("<frequency every=\"case\"/>"), true},
      {regime("<frequency rrule=\"FREQ=DAILY\"/>"), true},
      {regime("<frequency every=\"year\" rrule=\"FREQ=DAILY\"/>"), false},
      {"<procedure id=\"p\"><step id=\"a\"/><step id=\"b\"><due in=\"1wd\" after=\"a\"/></step></procedure>", true},
      {"<procedure id=\"p\"><step id=\"a\"><due in=\"1wd\"/></step></procedure>", false},
      // Ids.
      {"<task id=\"\" lead=\"phong\"/>", false},
      {"<task id=\"T1\" lead=\"phong\"/>", false},
      {"<task id=\"t 1\" lead=\"phong\"/>", false},
      {"<task id=\"" + long_id + "\" lead=\"phong\"/>", true},
      {"<task id=\"" + long_id + "a\" lead=\"phong\"/>", false},
      {"<calendar id=\"Lịch\"/>", false},
      {"<source><obligation id=\"O1\" offset=\"999999999\">x</obligation></source>", true},
      {"<source><obligation id=\"o1\">x</obligation></source>", false},
      {"<source><obligation id=\"O\">x</obligation></source>", false},
      {"<source><ignored offset=\"1000000000\">x</ignored></source>", false},
      {"<source><ignored offset=\"-1\">x</ignored></source>", false},
      // Dates.
      {with("from=\"2024-02-29\""), true},
      {with("from=\"2023-02-29\""), false},
      {with("from=\"2100-02-29\""), false},
      {with("from=\"2023-04-31\""), false},
      {with("from=\"2023-13-01\""), false},
      {with("from=\"1/5/2023\""), false},
      {with("from=\" 2023-05-01\""), false},
      {with("from=\"\""), false},
      {"<agencies><agency id=\"x\" from=\"1800-01-01\" until=\"2399-12-31\"/></agencies>", true},
      {"<agencies><agency id=\"x\" from=\"1799-12-31\"/></agencies>", false},
      {"<agencies><agency id=\"x\" until=\"2400-01-01\"/></agencies>", false},
      {"<agencies><agency id=\"x\" until=\"2000-02-29\"/></agencies>", true},
      {"<window id=\"w\" from=\"--02-29\" until=\"--12-31\"/>", true},
      {"<window id=\"w\" from=\"--02-30\" until=\"--12-31\"/>", false},
      {"<window id=\"w\" from=\"--06-31\" until=\"--12-31\"/>", false},
      {"<window id=\"w\" from=\"2023-11-15\" until=\"--12-15\"/>", false},
      {task("<due on=\"--06-30\"/>"), true},
      {task("<due on=\"--06-31\"/>"), false},
      {task("<due on=\"2024-06-31\"/>"), false},
      {task("<due on=\"\"/>"), false},
      {"<indicator id=\"i\" title=\"\" baseline=\"2025\"/>", true},
      {"<indicator id=\"i\" title=\"\" baseline=\"25\"/>", false},
      {calendar("<notice number=\"1\" published=\"1899-12-31\"/>"), false},
      {calendar("<notice number=\"1\" published=\"2199-12-31\"/>"), true},
      {calendar("<notice number=\"1\"><day-off on=\"2024-02-30\" reason=\"\"/></notice>"), false},
      // Amounts.
      {with("duration=\"5wd\""), true},
      {with("duration=\"0d\""), true},
      {with("duration=\"1000000min\""), true},
      {with("duration=\"1000001min\""), false},
      {with("duration=\"-5wd\""), false},
      {with("duration=\"+5wd\""), false},
      {with("duration=\"1.5h\""), false},
      {with("duration=\"25%\""), false},
      {with("duration=\"5 wd\""), false},
      {with("duration=\"5\""), false},
      {task("<after task=\"t\" lag=\"-5eh\"/>"), true},
      {task("<after task=\"t\" lag=\"25%\"/>"), true},
      {task("<after task=\"t\" lag=\"5x\"/>"), false},
      {task("<due in=\"-1wd\" after=\"issued\"/>"), false},
      // Numbers.
      {value("10"), true},
      {value("-1.5"), true},
      {value("10..15"), true},
      {value("-2..-1.25"), true},
      {value("1,5"), false},
      {value("1."), false},
      {value(".5"), false},
      {value("1e3"), false},
      {value("10...15"), false},
      {value("10..15..20"), false},
      {value("1234567890123"), false},
      {value("0.1234567"), false},
      {value(""), false},
      // Paths.
      {product("ke-hoach.docx"), true},
      {product("a/.b/..c/...docx"), true},
      {product("../ke-hoach.docx"), false},
      {product("a/./b"), false},
      {product("a/.."), false},
      {product("/a"), false},
      {product("a//b"), false},
      {product("a\\b"), false},
      {product(""), false},
      // Rules and lists.
      {with("rrule=\"FREQ=WEEKLY;BYDAY=MO\""), true},
      {with("rrule=\"INTERVAL=2;FREQ=WEEKLY\""), true},
      {with("rrule=\"every Monday\""), false},
      {with("rrule=\"INTERVAL=2\""), false},
      {with("every=\"week\""), false},
      {with("every=\"month\" rrule=\"FREQ=WEEKLY\""), false},
      {with("every=\"quarter\" only=\" q1  q3 \""), true},
      {with("every=\"quarter\" only=\"q5\""), false},
      {with("every=\"month\" only=\"1\""), false},
      {with("assumed=\"lead  duration\""), true},
      {with("assumed=\"lead duratoin\""), false},
      {with("support=\"\""), true},
      // Hours and weekdays of calendars.
      {week("mon tue", "07:30-11:30 13:30-24:00"), true},
      {week(" mon ", " 07:30-11:30 "), true},
      {week("", "07:30-11:30"), false},
      {week("mo", "07:30-11:30"), false},
      {week("mon", ""), false},
      {week("mon", "7:30-11:30"), false},
      {week("mon", "07:60-11:30"), false},
      {week("mon", "07:30-24:01"), false},
      {week("mon", "07:30-25:00"), false},
      {week("mon", "07:30 - 11:30"), false},
      {calendar("<notice number=\"1\"><workday on=\"2024-05-04\" reason=\"\" hours=\"07:30\"/></notice>"), false},
  };
  // Words: one that is allowed, one that is not.
  const std::vector<std::pair<std::string, std::vector<std::string>>> words{
      {"<task id=\"t\" lead=\"phong\" every=\"@\"/>",
       {"once", "year", "half-year", "nine-months", "quarter", "month", "case"}},
      {"<task id=\"t\" lead=\"phong\" support=\"hoi\" kind=\"@\"/>", {"inspection"}},
      {"<task id=\"t\" lead=\"phong\" checked=\"@\"/>", {"yes", "no"}},
      {"<task id=\"t\" lead=\"phong\" article=\"x\" traces=\"O1\" basis=\"@\"/>", {"seed", "law", "assumption"}},
      {"<window id=\"w\" from=\"--01-01\" until=\"--12-31\"/><task id=\"t\" lead=\"phong\" window=\"w\" inside=\"@\"/>",
       {"yes", "no"}},
      {"<agencies><agency id=\"x\" kind=\"@\"/></agencies>", {"state", "mass", "party"}},
      {"<agencies><agency id=\"x\" series=\"@\"/></agencies>", {"common", "per-kind"}},
      {"<indicator id=\"i\" title=\"\" direction=\"@\"/>", {"at-least", "at-most", "below", "above", "none"}},
      {"<indicator id=\"i\" title=\"\" every=\"@\"/>", {"year", "half-year", "nine-months", "quarter", "month"}},
      {"<regime id=\"r\" kind=\"@\"/>", {"periodic", "thematic", "ad-hoc"}},
      {regime("<content form=\"@\"/>"), {"text", "figures", "both"}},
      {regime("<cut-off kind=\"@\"/>"), {"year", "half-year", "nine-months", "quarter", "month"}},
      {regime("<frequency every=\"@\"/>"), {"once", "year", "half-year", "nine-months", "quarter", "month", "case"}},
      {task("<due on=\"2024-01-01\" roll=\"@\"/>"), {"forward", "backward", "none"}},
      {task("<due on=\"2024-01-01\" strict=\"@\"/>"), {"yes", "no"}},
      {task("<after task=\"t\" type=\"@\"/>"), {"FS", "SS", "FF", "SF"}},
      {task("<after task=\"t\" join=\"@\"/>"), {"all", "any"}},
      {task("<after task=\"t\" done=\"@\"/>"), {"accepted", "submitted"}},
      {task("<after task=\"t\" period=\"@\"/>"), {"previous"}},
      {task("<after task=\"t\" upto=\"@\"/>"), {"cut-off"}},
      {calendar("<notice number=\"1\" state=\"@\"/>"), {"law", "notice", "announced"}},
      {"<calendar id=\"c\" basis=\"@\"/>", {"seed", "law", "assumption"}},
      {"<calendar id=\"c\" checked=\"@\"/>", {"yes", "no"}},
  };
  for (const auto& each : words) {
    const auto at = each.first.find('@');
    const auto add = [&](const std::string& word, bool good) {
      auto body = each.first;
      out.push_back({body.replace(at, 1, word), good});
    };
    for (const auto& allowed : each.second) add(allowed, true);
    add("", false);
    add("khac", false);
    add(" " + each.second.front(), false);
  }
  return out;
}

}  // namespace
