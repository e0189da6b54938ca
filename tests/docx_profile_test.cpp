// Templates written for docxtemplater, by its rules.
#include <doctest/doctest.h>

#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

compile_options with_expressions() {
  auto options = compile_options::docxtemplater();
  options.expressions = true;
  return options;
}

std::string read_as(std::string_view body, std::string_view json,
                    const compile_options& options = compile_options::docxtemplater()) {
  const auto made = fill_with(document(body), data(json), {}, options);
  return document_text(package::open(made, "o.docx").take());
}
faults refused_as(std::string_view body, const compile_options& options = compile_options::docxtemplater()) {
  return ids(document_template::compile(document(body), "t.docx", options).notes);
}
std::string script(std::string_view expression, std::string_view json) {
  const auto text = read_as(p("{" + std::string(expression) + "}"), json, with_expressions());
  return text.substr(0, text.size() - 1);
}

}  // namespace

TEST_CASE("in templates of docxtemplater a tag is a literal key, looked up from the inside out") {
  CHECK(read_as(p("{a.b} {họ tên}"), R"({"a.b": 1, "họ tên": "x"})") == "1 x\n");
  CHECK(read_as(p("{ #a}"), R"({" #a": "x"})") == "x\n");
  CHECK(read_as(p("{#x}{n}{/x}"), R"({"x": [{"n": null}, {"n": 2}], "n": 1})") == "12\n");
  CHECK(read_as(p("{không có}"), "{}") == "undefined\n");
  CHECK(read_as(p("{l} {b} {o} {n}"), R"({"l": [1, [2, null], "x"], "b": true, "o": {}, "n": 1.50})") ==
        "1,2,,x true [object Object] 1.5\n");
  CHECK(read_as(p("{.}"), R"("gốc")") == "gốc\n");
}

TEST_CASE("in templates of docxtemplater a text or number enters a block once and leaves the item as it is") {
  CHECK(read_as(p("{#a}{a}{/a}"), R"({"a": "x"})") == "x\n");
  CHECK(read_as(p("{#a}{a.b}{/}"), R"({"a": {"a.b": 3}})") == "3\n");
}

TEST_CASE("in templates of docxtemplater tags may span paragraphs") {
  CHECK(read_as(p("{te") + p("n}"), R"({"ten": "x"})") == "x\n\n");
  CHECK(refused_as(p("a {te") + p("n")) == faults{"docx.unclosed-tag"});
}

TEST_CASE("in templates of docxtemplater only a tag alone in its paragraph may vanish with it, and only on demand") {
  const auto body = p("{#x}") + p("{.}") + p("{/x}");
  CHECK(read_as(body, R"({"x": [1, 2]})") == "\n1\n\n2\n\n");
  auto options = compile_options::docxtemplater();
  options.paragraph_loops = true;
  CHECK(read_as(body, R"({"x": [1, 2]})", options) == "1\n2\n");
}

TEST_CASE("elements to repeat may be named") {
  CHECK(read_as(p("{-w:p x}{.}{/x}"), R"({"x": [1, 2]})") == "1\n2\n");
  CHECK(read_as(table({row({p("{-w:tr x}{-w:p y}{.}{/y}{/x}"), p("b")})}), R"({"x": [{"y": [1, 2]}, {"y": [3]}]})") ==
        "1 2\tb\n3\tb\n");
  CHECK(refused_as(p("{-w:tr x}{/x}")) == faults{"docx.no-such-element"});
}

TEST_CASE("raw XML takes the place of a paragraph when it is well-formed") {
  const auto xml = [](const std::string& raw) { return value::object({{"x", raw}}); };
  const auto t = compiled(document(p("a") + p("{@x}") + p("b")), compile_options::docxtemplater());
  CHECK(body_of(t.render(xml("<w:p><w:r><w:t>m</w:t></w:r></w:p>")).take()).find("<w:t>m</w:t>") != std::string::npos);
  CHECK(ids(t.render(xml("<w:p>")).notes) == faults{"docx.bad-xml"});
  CHECK(ids(t.render(data(R"({"x": 1})")).notes) == faults{"docx.not-xml"});
  CHECK(!has_errors(t.render(data("{}")).notes));
  CHECK(refused_as(p("a {@x}")) == faults{"docx.not-alone"});
  const auto cell = compiled(document(table({row({p("{@x}"), p("b")})})), compile_options::docxtemplater());
  CHECK(body_of(cell.render(data("{}")).take()).find("<w:p/></w:tc>") != std::string::npos);
  const auto inner = table({row({p("i"), p("j")})});
  CHECK(body_of(cell.render(xml(inner)).take()).find("</w:tbl><w:p/></w:tc>") != std::string::npos);
}

TEST_CASE("a tag that spans paragraphs stands where it begins, and its remarks show the paragraph it begins in") {
  auto options = compile_options::docxtemplater();
  options.paragraph_loops = true;
  const std::string item =
      "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId "
      "w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{#a}x{/</w:t></w:r></w:p>";
  CHECK(refused_as(item + p("a}"), options) == faults{});
  CHECK(refused_as(item + p("a" + std::string(30, ' ') + "}"), options) == faults{});
  const auto notes = document_template::compile(document(p("ở đây {x} và {/") + p("y}")), "t.docx", options).notes;
  REQUIRE(ids(notes) == faults{"docx.unopened-block"});
  CHECK(notes[0].what.args == std::vector<std::string>{"{/y}", "ở đây {x} và ^{/"});
}

TEST_CASE("delimiters may be changed within a template") {
  CHECK(read_as(p("{a} {=[[ ]]=}{a} [[a]] [[={ }=]]{a}"), R"({"a": 1})") == "1 {a} 1 1\n");
  for (const auto* wrong : {"{=a b c=}", "{= =}", "{=[ =}", "{=| |=}"})
    CHECK(refused_as(p(wrong)) == faults{"docx.wrong-delimiters"});
}

TEST_CASE("blocks beside a block that repeats rows are refused") {
  const auto rows = table({row({p("{#a}A"), p("x")}), row({p("{/}{#b}B{/}"), p("y")})});
  CHECK(refused_as(rows) == faults{"docx.crossing-blocks"});
  CHECK(refused_as(table({row({p("{#b}B{/}{#a}"), p("{/}")})})) == faults{"docx.crossing-blocks"});
  std::vector<std::string> cells{p("{#a}")};
  for (int i = 0; i < 300; ++i) cells.push_back(p("{/}{#a}"));
  cells.push_back(p("{/}"));
  CHECK(refused_as(table({row(cells)})).size() == 200);  // of 90,000 pairs
}

TEST_CASE("scripts count, compare and join as their language does") {
  CHECK(script("a + b * 2 - -1", R"({"a": 1, "b": 2})") == "6");
  CHECK(script("(a + b) % 4 / 2", R"({"a": 5, "b": 2})") == "1.5");
  CHECK(script("-7 % 3", "{}") == "-1");
  CHECK(script("'a' + 1 + \"b\" + this.l", R"({"l": [1, 2]})") == "a1b1,2");
  CHECK(script("x + 1", "{}") == "1");
  CHECK(script("x - 1", "{}") == "-1");
  CHECK(script("x * 2", "{}") == "undefined");
  CHECK(script("1 < 2 && 'a' >= 'b' || !0", "{}") == "true");
  CHECK(script("x > 1", "{}") == "false");
  CHECK(script("'1' == 1 && null == x && 1 != 2", "{}") == "true");
  CHECK(script("a ? b : c ? 1 : 2", R"({"a": 0, "c": "x"})") == "1");
  CHECK(script("a ? b ? 1 : 2 : 3", R"({"a": 1, "b": ""})") == "2");
  CHECK(script("+'12' + .5", "{}") == "12.5");
  CHECK(script("a = 1; a + 1", "{}") == "2");
}

TEST_CASE("scripts see the members of the data and nothing else") {
  CHECK(script("a['b c'].d[1]", R"({"a": {"b c": {"d": [1, 2]}}})") == "2");
  CHECK(script("a.length + l.length", R"({"a": "đi", "l": [1, 2, 3]})") == "5");
  CHECK(script("a.split('x').pop()", R"({"a": "b"})") == "undefined");
  CHECK(script("[1, a, []].length", R"({"a": "b"})") == "3");
  CHECK(script("f()(1, 2)", "{}") == "undefined");
  CHECK(script(". . a", R"({"a": "b"})") == "b");
  CHECK(script("l[9]", R"({"l": []})") == "undefined");
}

TEST_CASE("scripts have three filters") {
  CHECK(script("a | upper | lower", R"({"a": "Đ"})") == "đ");
  CHECK(script("l | sum", R"({"l": [1, "2", null]})") == "3");
  CHECK(script("(1 + 2 | sum : a ? 4 : 5 : 6) * 2", R"({"a": 1})") == "26");
  CHECK(refused_as(p("{a | nope}"), with_expressions()) == faults{"docx.unknown-filter"});
}

TEST_CASE("names given in scripts hold in their block") {
  CHECK(read_as(p("{#x}{y = . + 1}{y}{/x}{y}"), R"({"x": [1, 2]})", with_expressions()) == "23undefined\n");
  CHECK(read_as(p("{#x}{$index}{/x}{$index}"), R"({"x": [1, 2], "$index": "k"})", with_expressions()) == "01k\n");
}

TEST_CASE("scripts that make no sense are refused") {
  for (const auto* wrong :
       {"a++",   "a € b", "a |",   "(a",  "a)",  "a[1", "a]",  "a,b",      "'a",       "1.2.3", "a ? b",
        "a : b", "a.",    "1 = 2", "(a;", "a b", "f(",  "[1,", "(a | sum", "a || | b", "'\\"})
    CHECK(refused_as(p("{" + std::string(wrong) + "}"), with_expressions()) == faults{"docx.bad-expression"});
  for (const auto* by_zero : {"{1 / a}", "{1 % a}"})
    CHECK(ids(compiled(document(p(by_zero)), with_expressions()).render(data(R"({"a": 0})")).notes) ==
          faults{"docx.division-by-zero"});
}

TEST_CASE("a space that comes to stand first in another text element is kept") {
  const std::string body = "<w:p><w:r><w:t>{#a}</w:t><w:t>{/a} x</w:t></w:r></w:p>";
  const auto made = fill_with(document(body), data("{}"), {}, compile_options::docxtemplater());
  CHECK(body_of(made) == "<w:p><w:r><w:t xml:space=\"preserve\"> x</w:t></w:r></w:p>");
}
