// Tags where a reader sees no text: addresses of links, codes of fields.
#include <doctest/doctest.h>

#include <set>

#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

compile_options both() {
  compile_options out;
  out.link_targets = out.field_codes = true;
  return out;
}

std::vector<part> with_target(std::string_view body, const std::string& target) {
  auto all = parts(body);
  const std::string relation =
      "<Relationship Id=\"rId9\" "
      "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" "
      "Target=\"" +
      target + "\" TargetMode=\"External\"/>";
  all[2].content.insert(all[2].content.rfind("</Relationships>"), relation);
  return all;
}

std::string link(std::string_view text, std::string_view more = {}) {
  return "<w:hyperlink r:id=\"rId9\"" + std::string(more) + "><w:r><w:t>" + std::string(text) +
         "</w:t></w:r></w:hyperlink>";
}
std::string linked(std::string_view text) {
  return "<w:p>" + link(text) + "</w:p>";
}

// The address a link gets, "" when it has none any more, or what is wrong.
std::string address(const std::string& target, std::string_view json, const render_options& options = {}) {
  const auto compiled = document_template::compile(zip(with_target(linked("x"), target)), "t.docx", both());
  if (!compiled) return ids(compiled.notes).front();
  const auto made = compiled->render(data(json), options);
  if (!made) return ids(made.notes).front();
  const auto relations = part_of(*made, "word/_rels/document.xml.rels");
  if (body_of(*made) == "<w:p><w:hyperlink><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>" && !has(relations, "hyperlink"))
    return {};
  CHECK(has(body_of(*made), "<w:hyperlink r:id=\"rIdVt1\">"));
  const auto begin = relations.find("Target=\"", relations.find("Id=\"rIdVt1\"")) + 8;
  const auto end = relations.find('"', begin);
  CHECK(relations.substr(end).starts_with("\" TargetMode=\"External\"/>"));
  return relations.substr(begin, end - begin);
}

std::string mark(std::string_view type) {
  return "<w:r><w:fldChar w:fldCharType=\"" + std::string(type) + "\"/></w:r>";
}
std::string instruction(std::string_view text) {
  return "<w:r><w:instrText xml:space=\"preserve\">" + std::string(text) + "</w:instrText></w:r>";
}
std::string field(const std::vector<std::string>& codes) {
  auto out = "<w:p>" + mark("begin");
  for (const auto& c : codes) out += instruction(c);
  return out + mark("separate") + "<w:r><w:t>x</w:t></w:r>" + mark("end") + "</w:p>";
}

// The code of the first field as it comes out, its pieces joined, or what is wrong.
std::string code(const std::string& body, std::string_view json, const render_options& options = {}) {
  const auto compiled = document_template::compile(document(body), "t.docx", both());
  if (!compiled) return ids(compiled.notes).front();
  const auto made = compiled->render(data(json), options);
  if (!made) return ids(made.notes).front();
  const auto text = body_of(*made);
  std::string out;
  for (auto at = text.find("<w:instrText"); at != std::string::npos; at = text.find("<w:instrText", at + 1)) {
    const auto begin = text.find('>', at) + 1;
    out += text.substr(begin, text.find("</w:instrText>", begin) - begin);
  }
  return out;
}
std::string code_of(const std::string& written, std::string_view json) {
  return code(field({written}), json);
}

}  // namespace

TEST_CASE("tags in the addresses of links and in the codes of fields are left alone unless they are asked for") {
  const auto docx = zip(with_target(linked("x") + field({" QUOTE \"{a}\" "}), "https://a.vn/%7Ba%7D"));
  const auto out = fill(docx, "{}");
  CHECK(body_of(out) == body_of(docx));
  CHECK(part_of(out, "word/_rels/document.xml.rels") == part_of(docx, "word/_rels/document.xml.rels"));
}

TEST_CASE("a tag in the address of a link is written as braces or as Word encodes them") {
  CHECK(address("https://a.vn/%7Bx%7D", R"({"x": "b"})") == "https://a.vn/b");
  CHECK(address("https://a.vn/%7bx%7d?q=%7By.z%7D#%7Bx%7D", R"({"x": "b", "y": {"z": 5}})") == "https://a.vn/b?q=5#b");
  CHECK(address("https://a.vn/{x}", R"({"x": "b"})") == "https://a.vn/b");
  CHECK(address("https://a.vn/%7Bh%E1%BB%8D%20t%C3%AAn%20%7C%20upper%7D", R"({"họ tên": "b"})") == "https://a.vn/B");
  CHECK(address("https://a.vn/{x ? &quot;m&quot; : &quot;n&quot;}", R"({"x": true})") == "https://a.vn/m");
}

TEST_CASE("data within an address is a piece of it and cannot mean anything there") {
  CHECK(address("https://a.vn/{x}/c", R"({"x": "Ủy ban/?#&%\"<\\"})") ==
        "https://a.vn/%E1%BB%A6y%20ban%2F%3F%23%26%25%22%3C%5C/c");
  CHECK(address("https://a.vn{x}/c", R"({"x": "@evil.vn"})") == "https://a.vn%40evil.vn/c");
  CHECK(address("mailto:{x}?subject={y}", R"({"x": "a,b@c.vn", "y": "c@d & e"})") ==
        "mailto:a%2Cb@c.vn?subject=c%40d%20%26%20e");
}

TEST_CASE("an address that begins with a tag comes from the data, and only the three schemes do") {
  CHECK(address("{x}", R"({"x": "https://a.vn/ỉ?a=1&b=%20 %2"})") == "https://a.vn/%E1%BB%89?a=1&amp;b=%20%20%252");
  CHECK(address("{x}", R"({"x": " HTTP://a.vn\n"})") == "HTTP://a.vn");
  CHECK(address("{x}/ho-so/{y}", R"({"x": "http://[::1]:8080", "y": "1/2"})") == "http://[::1]:8080/ho-so/1%2F2");
  CHECK(address("{x}", R"({"x": "mailto:a@b.vn"})") == "mailto:a@b.vn");
  for (const std::string_view bad :
       {"javascript:alert(1)", "file:///etc/passwd", "ftp://a.vn", "a.vn", "//a.vn", "https://", "https:///a",
        "mailto:", "\\\\\\\\host\\\\share", "..\\\\x", "data:text/html,x"})
    CHECK(address("{x}", R"({"x": ")" + std::string(bad) + "\"}") == "docx.bad-link");
  CHECK(address("{x}", R"({"x": ["https://a.vn"]})") == "docx.wrong-type");
  CHECK(address("{x}", R"({"x": "https://a.vn/\u0001"})") == "docx.control-character");
}

TEST_CASE("a scheme that Word or LibreOffice put before a tag gives way to that of the data") {
  CHECK(address("http://%7Bx%7D/", R"({"x": "https://a.vn/b?c"})") == "https://a.vn/b?c");
  CHECK(address("http://%7Bx%7D", R"({"x": "a.vn/b"})") == "http://a.vn/b");
  CHECK(address("http://%7Bx%7D/", R"({"x": "javascript:a"})") == "http://javascript:a");
  CHECK(address("mailto:%7Bx%7D", R"({"x": "mailto:a@b.vn"})") == "mailto:a@b.vn");
  CHECK(address("mailto:%7Bx%7D", R"({"x": "a@b.vn?bcc=c@d.vn"})") == "mailto:a@b.vn%3Fbcc%3Dc@d.vn");
}

TEST_CASE("a template cannot lead elsewhere by a tag, nor hold blocks in an address") {
  CHECK(address("file:///C:/%7Bx%7D.docx", "{}") == "docx.bad-link");
  CHECK(address("ho-so/{x}.docx", "{}") == "docx.bad-link");
  CHECK(address("https://a.vn/{#x}a{/x}", "{}") == "docx.not-in-text");
  CHECK(address("https://a.vn/{x", "{}") == "docx.unclosed-tag");
  CHECK(address("https://a.vn/x}", "{}") == "docx.unopened-tag");
  CHECK(address("https://a.vn/{x +}", "{}") == "docx.bad-expression");
  CHECK(address("https://a.vn/%7B%FF%7D", "{}") == "docx.bad-link");
  const auto notes =
      document_template::compile(zip(with_target(p("a") + linked("x"), "c/%7Bx%7D")), "t.docx", both()).notes;
  REQUIRE(notes.size() == 1);
  CHECK(to_string(notes[0]).starts_with("t.docx:word/document.xml#p[2]: error: c/{x} gives no address"));
}

TEST_CASE("a link whose address is absent is plain text, and an absent piece of one follows the option") {
  CHECK(address("{x}", "{}") == "docx.missing-value");
  render_options options;
  options.missing.then = missing_value::policy::empty;
  CHECK(address("{x}", "{}", options) == "");
  CHECK(address("http://{x}/", R"({"x": " "})", options) == "");
  CHECK(address("https://a.vn/{x}/b", "{}", options) == "https://a.vn//b");
  options.missing.then = missing_value::policy::keep;
  CHECK(address("https://a.vn/{x}/b", "{}", options) == "https://a.vn/%7Bx%7D/b");
  CHECK(address("{x}", "{}", options) == "");
  options.missing = {missing_value::policy::text, "chưa có"};
  CHECK(address("https://a.vn/{x}", "{}", options) == "https://a.vn/ch%C6%B0a%20c%C3%B3");
}

TEST_CASE("each turn of a block has the link of its item, and the same address has one relationship") {
  const auto body = p("{#x}") + "<w:p>" + link("{ten}") + "</w:p>" + p("{/x}");
  const auto docx = zip(with_target(body, "https://a.vn/?ma={ma}"));
  const auto filler = compiled(docx, both());
  const auto v = data(R"({"x": [{"ten": "A", "ma": 1}, {"ten": "B", "ma": 2}, {"ten": "C", "ma": 1}]})");
  const auto out = filler.render(v).take();
  const auto relations = part_of(out, "word/_rels/document.xml.rels");
  CHECK(body_of(out) ==
        "<w:p><w:hyperlink r:id=\"rIdVt1\"><w:r><w:t xml:space=\"preserve\">A</w:t></w:r></w:hyperlink></w:p>"
        "<w:p><w:hyperlink r:id=\"rIdVt2\"><w:r><w:t xml:space=\"preserve\">B</w:t></w:r></w:hyperlink></w:p>"
        "<w:p><w:hyperlink r:id=\"rIdVt1\"><w:r><w:t xml:space=\"preserve\">C</w:t></w:r></w:hyperlink></w:p>");
  CHECK(has(relations,
            "Id=\"rIdVt1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
            "hyperlink\" Target=\"https://a.vn/?ma=1\" TargetMode=\"External\""));
  CHECK(has(relations, "Id=\"rIdVt2\""));
  CHECK_FALSE(has(relations, "rIdVt3"));
  CHECK_FALSE(has(relations, "{ma}"));
  CHECK(filler.render(v).take() == out);
  CHECK(filler.tags()[1].path == "x[].ma");
  CHECK(has(write_json(filler.schema()), "\"ma\""));
}

TEST_CASE("links of rows that are read once get their relationships too") {
  const auto body = p("{#x}") + linked("a") + p("{/x}");
  int left = 3;
  render_options options;
  options.rows.push_back({"x", [&]() -> std::optional<value> {
                            if (left == 0) return {};
                            return value::object({{"ma", left--}});
                          }});
  const auto out =
      compiled(zip(with_target(body, "https://a.vn/{ma}")), both()).render(value::object(), options).take();
  const auto relations = part_of(out, "word/_rels/document.xml.rels");
  for (const std::string_view n : {"1", "2", "3"}) CHECK(has(relations, "https://a.vn/" + std::string(n)));
}

TEST_CASE("links in headers have their relationships in the header's part, and the document's keep their own") {
  auto all = with_target(linked("x"), "https://a.vn/");
  add_part(all, "word/header1.xml", "header",
           header("<w:p><w:hyperlink r:id=\"rId1\"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>"));
  part relations;
  relations.name = "word/_rels/header1.xml.rels";
  relations.content =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
      "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" "
      "Target=\"https://b.vn/%7Ba%7D\" TargetMode=\"External\"/></Relationships>";
  all.push_back(relations);
  const auto out = compiled(zip(all), both()).render(data(R"({"a": "c"})")).take();
  CHECK(has(part_of(out, "word/header1.xml"), "r:id=\"rIdVt1\""));
  CHECK(has(part_of(out, "word/_rels/header1.xml.rels"), "Target=\"https://b.vn/c\""));
  CHECK(has(part_of(out, "word/_rels/document.xml.rels"), "Id=\"rId9\""));
  CHECK_FALSE(has(part_of(out, "word/_rels/document.xml.rels"), "rIdVt1"));
}

TEST_CASE("the fragment a link keeps apart, the bookmark it leads to and its tip may hold tags") {
  const auto out = [](std::string_view attributes) {
    const auto docx = zip(with_target("<w:p>" + link("x", attributes) + "</w:p>", "https://a.vn/"));
    const auto body = body_of(compiled(docx, both()).render(data(R"({"a": "mục 1 \"&"})")).take());
    return body.substr(0, body.find("><w:r>"));
  };
  CHECK(out(" w:anchor=\"{a}\"") == "<w:p><w:hyperlink r:id=\"rId9\" w:anchor=\"m%E1%BB%A5c%201%20%22%26\"");
  CHECK(out(" w:tooltip=\"Xem {a}\"") == "<w:p><w:hyperlink r:id=\"rId9\" w:tooltip=\"Xem mục 1 ″&amp;\"");
  const auto inner =
      compiled(document("<w:p><w:hyperlink w:anchor=\"{a}\"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>"), both());
  CHECK(has(body_of(inner.render(data(R"({"a": "muc_1"})")).take()), "w:anchor=\"muc_1\""));
}

TEST_CASE("a picture keeps its link element when the address is absent") {
  const auto body =
      "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"a\"><a:hlinkClick "
      "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" r:id=\"rId9\"/></wp:docPr></wp:inline>"
      "</w:drawing></w:r></w:p>";
  render_options options;
  options.missing.then = missing_value::policy::empty;
  const auto made = compiled(zip(with_target(body, "{x}")), both()).render(data("{}"), options).take();
  CHECK(has(body_of(made),
            "<a:hlinkClick xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" r:id=\"\"/>"));
}

TEST_CASE("other delimiters hold in addresses and codes that come after them") {
  const auto docx =
      zip(with_target(p("{=[[ ]]=}") + linked("[[a]]") + field({"QUOTE \"[[a]] {a}\""}), "https://a.vn/%5B%5Ba%5D%5D"));
  const auto out = compiled(docx, both()).render(data(R"({"a": "b"})")).take();
  CHECK(has(part_of(out, "word/_rels/document.xml.rels"), "https://a.vn/b"));
  CHECK(has(body_of(out), "QUOTE \"b {a}\""));
}

TEST_CASE("a tag in a field code is an argument, however Word has cut the code up") {
  CHECK(code_of(" DOCPROPERTY \"{a}\" \\* MERGEFORMAT ", R"({"a": "b"})") == " DOCPROPERTY \"b\" \\* MERGEFORMAT ");
  CHECK(code(field({" QUOTE \"x{", "a", "} y\" "}), R"({"a": " b "})") == " QUOTE \"x b  y\" ");
  CHECK(code(field({" TC \"{a}", "\" \\l {n}"}), R"({"a": "b", "n": 2})") == " TC \"b\" \\l \"2\"");
  CHECK(code_of("IF \"{a | upper}\" = \"{b}\" \"&lt;\" \"{a}\"", R"({"a": "x", "b": "y"})") ==
        "IF \"X\" = \"y\" \"&lt;\" \"x\"");
}

TEST_CASE("what stands in a code without quotation marks gets some") {
  CHECK(code_of(" DOCPROPERTY {a} \\* Upper", R"({"a": "so van ban"})") == " DOCPROPERTY \"so van ban\" \\* Upper");
  CHECK(code_of(" SEQ Hinh_{a}", R"({"a": "1 \\r 5"})") == " SEQ \"Hinh_1 \\\\r 5\"");
  CHECK(code_of("REF {a}{b}x", R"({"a": "p", "b": "q"})") == "REF \"pqx\"");
}

TEST_CASE("data in a code cannot end its argument, add a switch or begin another field") {
  CHECK(code_of("QUOTE \"{a}\"", R"({"a": "\" \\* Upper \""})") == "QUOTE \"″ \\\\* Upper ″\"");
  CHECK(code_of("QUOTE \"{a}\"", R"({"a": "b\\"})") == "QUOTE \"b\\\\\"");
  CHECK(code_of("QUOTE \"{a}\"", R"({"a": "” “ „ \" {INCLUDETEXT \"x\"}"})") ==
        "QUOTE \"\\” \\“ \\„ ″ {INCLUDETEXT ″x″}\"");
  CHECK(code_of("QUOTE \"{a}\"", R"({"a": "1\r\n2\t3\n<w:fldChar/>&"})") == "QUOTE \"1 2 3 &lt;w:fldChar/&gt;&amp;\"");
  CHECK(code_of("XE \"{a}:{b}\"", R"({"a": "Điều 1: x", "b": "y"})") == "XE \"Điều 1\\: x:y\"");
  CHECK(code_of("QUOTE \"{a}\"", R"({"a": "\u0001"})") == "docx.control-character");
}

TEST_CASE("tags do not name fields or switches, and fields that fetch, run or calculate take none") {
  for (const std::string_view bad : {"{a} x", "{a}", "QUOTE \\{a}", "QUOTE \\* \\{a}", "INCLUDETEXT \"{a}\"",
                                     "INCLUDEPICTURE \"{a}\" \\d", "LINK Excel.Sheet.8 \"{a}\"", "DDEAUTO \"{a}\"",
                                     "dde {a}", "RD \"{a}\"", "DATABASE \\d \"{a}\"", "MACROBUTTON {a} x", "= {a} * 2",
                                     "={a}", "QUOTE \"\\{a}\"", "PRINT \"{a}\"", "IMPORT {a}", "X{a}", "EMBED {a}"})
    CHECK_MESSAGE(code_of(std::string(bad), R"({"a": "1"})") == "docx.not-in-code", bad);
  CHECK(code_of("QUOTE \"{#a}x{/a}\"", "{}") == "docx.not-in-text");
  CHECK(code_of("QUOTE \"{a\"", "{}") == "docx.unclosed-tag");
  CHECK(code_of("QUOTE \"a}\"", "{}") == "docx.unopened-tag");
  CHECK(code_of("QUOTE \"\\\\{a}\"", R"({"a": "\"x"})") == "QUOTE \"\\\\″x\"");
}

TEST_CASE("the address of a HYPERLINK field is one of the three schemes, percent-encoded") {
  const auto link_of = [](const std::string& written, std::string_view json) { return code_of(written, json); };
  CHECK(link_of("HYPERLINK \"{a}\" \\o \"{b}\"", R"({"a": "https://a.vn/\"\\?x&y", "b": "\"b"})") ==
        "HYPERLINK \"https://a.vn/%22%5C?x&amp;y\" \\o \"″b\"");
  CHECK(link_of("HYPERLINK \"https://a.vn/%7Ba%7D\"", R"({"a": "ỉ /"})") ==
        "HYPERLINK \"https://a.vn/%E1%BB%89%20%2F\"");
  CHECK(link_of(" hyperlink \\l \"{b}\" https://a.vn/{a} \\h", R"({"a": "x y", "b": "c"})") ==
        " hyperlink \\l \"c\" \"https://a.vn/x%20y\" \\h");
  CHECK(link_of("HYPERLINK \"{a}\"", R"({"a": "file:///x"})") == "docx.bad-link");
  CHECK(link_of("HYPERLINK \"C:\\\\{a}\"", "{}") == "docx.bad-link");
  CHECK(link_of("HYPERLINK \\l \"{a}\"", R"({"a": "x\" \\o \"y"})") == "HYPERLINK \\l \"x″ \\\\o ″y\"");
  CHECK(code(field({"HYPERLINK \"{", "a", "}\""}), R"({"a": "https://a.vn"})") == "HYPERLINK \"https://a.vn\"");
  render_options options;
  options.missing.then = missing_value::policy::empty;
  CHECK(code(field({"HYPERLINK \"{a}\""}), "{}", options) == "HYPERLINK \"\"");
}

TEST_CASE("simple fields take tags as others do, with quotation marks that suit an attribute") {
  const auto simple = [](std::string_view written, std::string_view json) {
    const auto docx = document("<w:p><w:fldSimple w:instr=\"" + std::string(written) +
                               "\"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>");
    const auto body = body_of(compiled(docx, both()).render(data(json)).take());
    return body.substr(27, body.find("\"><w:r>") - 27);
  };
  CHECK(simple("DOCPROPERTY &quot;{a}&quot;", R"({"a": "\"<"})") == "DOCPROPERTY &quot;″&lt;&quot;");
  CHECK(simple("DOCPROPERTY {a} \\* Upper", R"({"a": "b c"})") == "DOCPROPERTY &quot;b c&quot; \\* Upper");
  CHECK(simple("HYPERLINK {a}", R"({"a": "https://a.vn/&"})") == "HYPERLINK &quot;https://a.vn/&amp;&quot;");
}

TEST_CASE("fields within fields are codes of their own, and struck out codes hold no tags") {
  const auto nested = "<w:p>" + mark("begin") + instruction("IF \"{a}\" = ") + mark("begin") +
                      instruction("DOCPROPERTY {b}") + mark("separate") + "<w:r><w:t>{c}</w:t></w:r>" + mark("end") +
                      instruction(" \"{d}\"") + mark("separate") + "<w:r><w:t>x</w:t></w:r>" + mark("end") + "</w:p>";
  CHECK(code(nested, R"({"a": "1", "b": "2", "c": "3", "d": "4"})") == "IF \"1\" = DOCPROPERTY \"2\" \"4\"");
  const auto mixed = "<w:p>" + mark("begin") + mark("begin") + instruction("REF x") + mark("end") +
                     instruction(" {a}") + mark("end") + "</w:p>";
  CHECK(code(mixed, "{}") == "docx.not-in-code");
  const auto joined = "<w:p>" + mark("begin") + instruction("QUOTE ") + mark("begin") + instruction("REF x") +
                      mark("end") + instruction("{a}") + mark("end") + "</w:p>";
  CHECK(code(joined, "{}") == "docx.not-in-code");
  CHECK(code("<w:p>" + mark("begin") +
                 "<w:r><w:instrText><w:fldChar w:fldCharType=\"begin\"/>{a}</w:instrText></w:r></w:p>",
             R"({"a": "b"})") == "<w:fldChar w:fldCharType=\"begin\"/>{a}");
  const auto deleted = "<w:p><w:del>" + mark("begin") + instruction("QUOTE {a") + mark("end") + "</w:del></w:p>";
  CHECK(code(deleted, "{}") == "QUOTE {a");
}

TEST_CASE("codes in blocks see the item, and faults in a code show it") {
  const auto body = p("{#x}") + field({"TC \"{ten}\""}) + p("{/x}");
  CHECK(code(body, R"({"x": [{"ten": "A"}, {"ten": "B"}]})") == "TC \"A\"TC \"B\"");
  const auto filler = compiled(document(p("a") + field({" QUOTE ", "\"{ab}\""})), both());
  const auto notes = filler.render(data("{}")).notes;
  REQUIRE(notes.size() == 1);
  CHECK(to_string(notes[0]) ==
        "t.docx:word/document.xml#p[2]: error: the data has no ab for {ab}:  QUOTE \"^{ab}\" "
        "[docx.missing-value]\n    add it to the data, or use | default:\"…\"");
  CHECK(filler.tags().front().path == "ab");
}

TEST_CASE("templates of docxtemplater may have tags in codes and addresses, by its rules") {
  auto options = compile_options::docxtemplater();
  options.link_targets = options.field_codes = true;
  const auto docx = zip(with_target(linked("{b}") + field({"QUOTE \"{a}\""}), "https://a.vn/{a}"));
  const auto out = compiled(docx, options).render(data(R"({"b": 1})")).take();
  CHECK(has(body_of(out), "QUOTE \"undefined\""));
  CHECK(has(part_of(out, "word/_rels/document.xml.rels"), "https://a.vn/undefined"));
}
