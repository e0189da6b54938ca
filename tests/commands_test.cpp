#include <doctest/doctest.h>

#include <algorithm>

#include "vanthu/run.hpp"

using namespace vanthu;

namespace {

checked<std::vector<command>> read(std::string_view lines) {
  return read_commands(lines, "a.jsonl");
}

// "3 /percent run.bad-command", in the order of the remarks.
std::vector<std::string> remarks(std::string_view lines) {
  std::vector<std::string> out;
  for (const auto& d : read(lines).notes)
    out.push_back(std::to_string(d.where.line) + ' ' + d.where.path + ' ' + d.id());
  return out;
}

using list = std::vector<std::string>;

}  // namespace

TEST_CASE("a command line is read with all its members") {
  const auto read_back = read(
      R"({"do":"submit","item":"t13r@2024/xa-a","at":"2024-12-16T08:00:00+07:00","actor":"Lan","by":"xa-a","key":"k1",)"
      R"("expect":4,"note":"gửi kèm","documents":[{"number":"05/BC-UBND","date":"2024-12-15","title":"Báo cáo"}],)"
      R"("figures":[{"indicator":"cl1","value":12.50},{"indicator":"cl2","value":"7"}]})");
  REQUIRE(read_back);
  REQUIRE(read_back->size() == 1);
  const auto& c = read_back->front();
  CHECK(c.item.text == "t13r@2024/xa-a");
  CHECK(rfc3339(c.at) == "2024-12-16T01:00:00Z");
  CHECK(c.actor == "Lan");
  CHECK(c.by.text == "xa-a");
  CHECK(c.key == "k1");
  CHECK(c.expect.value_or(0) == 4);
  CHECK(c.note == "gửi kèm");
  CHECK(c.where.line == 1);
  const auto& s = std::get<submit_work>(c.what);
  REQUIRE(s.documents.size() == 1);
  CHECK(s.documents[0].number == "05/BC-UBND");
  CHECK(bool(s.documents[0].on == make_date(2024, 12, 15)));
  REQUIRE(s.figures.size() == 2);
  CHECK(s.figures[0].amount->to_string() == "12.50");
  CHECK(s.figures[1].amount->to_string() == "7");
}

TEST_CASE("every action is read") {
  const auto all = read(R"({"do":"start","item":"a"}
{"do":"progress","item":"a","percent":40}
{"do":"submit","item":"a"}
{"do":"accept","item":"a"}
{"do":"return","item":"a","reason":"thiếu số liệu"}
{"do":"extend","item":"a","to":"2024-01-31","basis":{"number":"12/QĐ-UBND","date":"2024-01-02","issuer":"ubnd"}}
{"do":"suspend","item":"a","reason":"bão","basis":{"number":"3/CĐ"}}
{"do":"resume","item":"a"}
{"do":"cancel","item":"a","reason":"thôi"}
{"do":"reopen","item":"a","reason":"sai số liệu"}
{"do":"outcome","item":"a","value":"vi-pham"}
{"do":"raise","task":"r3","on":"2024-02-05","ref":"tin báo 12","category":"bạo lực"}
)");
  REQUIRE(all);
  REQUIRE(all->size() == 12);
  for (std::size_t i = 0; i < all->size(); ++i) CHECK((*all)[i].what.index() == i);
  CHECK(std::get<report_progress>((*all)[1].what).percent.value_or(-1) == 40);
  CHECK(std::get<return_work>((*all)[4].what).reason == "thiếu số liệu");
  const auto& e = std::get<extend_deadline>((*all)[5].what);
  CHECK(iso(e.to) == "2024-01-31");
  CHECK(e.basis.number == "12/QĐ-UBND");
  CHECK(e.basis.issuer == "ubnd");
  CHECK(std::get<suspend_work>((*all)[6].what).basis->number == "3/CĐ");
  CHECK(!std::get<cancel_work>((*all)[8].what).basis.has_value());
  CHECK(std::get<record_outcome>((*all)[10].what).result.text == "vi-pham");
  const auto& r = std::get<raise_case>((*all)[11].what);
  CHECK(r.task.text == "r3");
  CHECK(iso(r.on) == "2024-02-05");
  CHECK(r.reference == "tin báo 12");
  CHECK(r.category == "bạo lực");
}

TEST_CASE("a figure that is null is not reported, which is not zero") {
  const auto c = read(R"({"do":"submit","item":"a","figures":[{"indicator":"i","value":null},)"
                      R"({"indicator":"j","value":0,"breakdown":{"nam":0,"nu":null}}]})");
  REQUIRE(c);
  const auto& figures = std::get<submit_work>(c->front().what).figures;
  CHECK(!figures[0].amount.has_value());
  CHECK(bool(figures[1].amount == decimal(0)));
  REQUIRE(figures[1].breakdown.size() == 2);
  CHECK(figures[1].breakdown[0].first == "nam");
  CHECK(bool(figures[1].breakdown[0].second == decimal(0)));
  CHECK(!figures[1].breakdown[1].second.has_value());
}

TEST_CASE("a figure keeps every digit") {
  const auto c = read(R"({"do":"submit","item":"a","figures":[{"indicator":"i","value":0.1},)"
                      R"({"indicator":"j","value":123456789012345.678},{"indicator":"k","value":"-0.10"}]})");
  REQUIRE(c);
  const auto& figures = std::get<submit_work>(c->front().what).figures;
  CHECK(figures[0].amount->to_string() == "0.1");
  CHECK(figures[1].amount->to_string() == "123456789012345.678");
  CHECK(figures[2].amount->to_string() == "-0.10");
}

TEST_CASE("an unknown member is an error with the nearest name") {
  const auto c = read(R"({"do":"return","item":"a","reson":"x","reason":"y"})");
  REQUIRE(!c);
  REQUIRE(c.notes.size() == 1);
  CHECK(c.notes[0].id() == "run.unknown-member");
  CHECK(c.notes[0].what.args == list{"reson", "reason"});
  CHECK(remarks(R"({"do":"start","item":"a","percent":3})") == list{"1 /percent run.unknown-member"});
  CHECK(remarks(R"({"do":"submit","item":"a","figures":[{"indicator":"i","value":1,"unit":"%"}]})") ==
        list{"1 /figures/0/unit run.unknown-member"});
  CHECK(remarks(R"({"do":"raise","task":"r","on":"2024-01-01","item":"r#1"})") == list{"1 /item run.unknown-member"});
}

TEST_CASE("an unknown command is an error with the nearest name") {
  const auto c = read(R"({"do":"acept","item":"a"})");
  REQUIRE(c.notes.size() == 1);
  CHECK(c.notes[0].id() == "run.unknown-command");
  CHECK(c.notes[0].what.args == list{"acept", "accept"});
}

TEST_CASE("faults of several lines are reported together, each with its line") {
  CHECK(remarks("{\"do\":\"start\",\"item\":\"a\"}\r\n"
                "\r\n"
                "{\"do\":\"progress\",\"item\":\"a\",\"percent\":101}\r\n"
                "{\"do\" \"start\"}\r\n"
                "[1]\r\n"
                "{\"do\":\"return\",\"item\":\"a\"}") ==
        list{"3 /percent run.bad-command", "4  value.json-syntax", "5  run.not-an-object", "6  run.missing-member"});
}

TEST_CASE("what cannot be read is told with the form it should have") {
  const list lines{
      R"({"do":"progress","item":"a","percent":1.5})",
      R"({"do":"progress","item":"a","percent":"40"})",
      R"({"do":"progress","item":"a","percent":-1})",
      R"({"do":"start","item":7})",
      R"({"do":"start","item":"a","at":"2024-01-01"})",
      R"({"do":"start","item":"a","expect":"4"})",
      R"({"do":"extend","item":"a","to":"31/1/2024","basis":{"number":"1"}})",
      R"({"do":"extend","item":"a","to":"2024-01-31","basis":"1"})",
      R"({"do":"submit","item":"a","figures":{}})",
      R"({"do":"submit","item":"a","figures":[{"indicator":"i","value":"12,5"}]})",
      R"({"do":"submit","item":"a","figures":[{"indicator":"i","value":true}]})",
      R"({"do":"submit","item":"a","figures":[{"indicator":"i","value":1,"breakdown":{"nam":"x"}}]})",
      R"({"do":"submit","item":"a","documents":[{"sha256":"12"}]})",
      R"({"do":"start","item":"a","note":null})",
  };
  for (const auto& line : lines) {
    const auto c = read(line);
    REQUIRE_MESSAGE(c.notes.size() == 1, line);
    CHECK_MESSAGE(c.notes[0].id() == "run.bad-command", line);
  }
}

TEST_CASE("what is required is missed") {
  const list lines{
      R"({"item":"a"})",
      R"({"do":"start"})",
      R"({"do":"start","item":""})",
      R"({"do":"return","item":"a","reason":""})",
      R"({"do":"extend","item":"a","basis":{"number":"1"}})",
      R"({"do":"extend","item":"a","to":"2024-01-31"})",
      R"({"do":"extend","item":"a","to":"2024-01-31","basis":{"issuer":"x"}})",
      R"({"do":"cancel","item":"a"})",
      R"({"do":"outcome","item":"a"})",
      R"({"do":"raise","on":"2024-01-31"})",
      R"({"do":"raise","task":"r"})",
      R"({"do":"submit","item":"a","figures":[{"indicator":"i"}]})",
      R"({"do":"submit","item":"a","documents":[{}]})",
  };
  for (const auto& line : lines) {
    const auto c = read(line);
    REQUIRE_MESSAGE(c.notes.size() == 1, line);
    CHECK_MESSAGE(c.notes[0].id() == "run.missing-member", line);
  }
}

TEST_CASE("who sends and when may be left to the caller") {
  const auto c = read("\xEF\xBB\xBF{\"do\":\"start\",\"item\":\"a\"}");
  REQUIRE(c);
  CHECK(bool(c->front().at == instant{}));
  CHECK(c->front().actor.empty());
  CHECK(c->front().by.empty());
}

TEST_CASE("a file without commands holds none") {
  REQUIRE(read(""));
  CHECK(read("\n \t\n")->empty());
}
