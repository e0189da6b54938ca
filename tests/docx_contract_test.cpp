// What a template says of its data: schema, sample, checks, comments at its faults.
#include <doctest/doctest.h>

#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

const std::string everything = p("{ten} {ngay | date} {so | number:1} {ghi_chu | default:\"\"} {a.b}") + p("{%anh}") +
                               p("{@rich}") + p("{#co}có{/co}{^co}không{/co}") +
                               table({row({p("{#x | sort:thu_tu}{$number}"), p("{t}{#y}{.}{/y}{/x}")})}) +
                               p("{x | sum:n} {1 + n * 2}{#x | where:n > 1}{k}{/}{#z}{. | number}{/z}") +
                               table({row({p("{$span o}{$shade mau}{$merge nhom}a"), p("b")})});

value schema_of(std::string_view body) {
  return compiled(document(body)).schema();
}

}  // namespace

TEST_CASE("a schema has every name a template asks for, with its kind") {
  const auto schema = schema_of(everything);
  CHECK(schema.find("$schema")->as_text() == "https://json-schema.org/draft/2020-12/schema");
  const auto& properties = *schema.find("properties");
  CHECK(write_json(*properties.find("ngay")) == R"({"type":"string","format":"date"})");
  CHECK(write_json(*properties.find("so")) == R"({"type":["number","null"]})");
  CHECK(write_json(*properties.find("co")) == R"({"type":["boolean","null"]})");
  CHECK(write_json(*properties.find("a")->find("properties")->find("b")) ==
        R"({"type":["string","number","boolean"]})");
  CHECK(properties.find("x")->find("type")->as_text() == "array");
  const auto& items = *properties.find("x")->find("items")->find("properties");
  for (const auto* name : {"t", "y", "thu_tu", "n", "k"}) CHECK_MESSAGE(items.find(name) != nullptr, name);
  CHECK(items.find("y")->find("type")->as_text() == "array");
  const auto required = write_json(*schema.find("required"));
  CHECK(required.find("\"ten\"") != std::string::npos);
  CHECK(required.find("ghi_chu") == std::string::npos);
  CHECK(write_json(schema_of(p("không có thẻ"))) ==
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object"})");
}

TEST_CASE("a sample fills its template without a fault") {
  const auto t = compiled(document(everything));
  CHECK(texts(t.check(t.sample(), "sample.json")).empty());
  const auto text = document_text(package::open(t.render(t.sample()).take(), "o.docx").take());
  CHECK(text.find("ten 18/4/2023 12,0") != std::string::npos);
  CHECK(write_json(compiled(document(p("a"))).sample()) == "{}");
}

TEST_CASE("what is missing and what is not asked for is told before anything is rendered") {
  const auto notes =
      compiled(document(p("{a.b}{#x}{c}{/x}")))
          .check(data(R"({"a": {"k": 1}, "x": [{"c": 1, "d": 2}, {"c": 1, "d": 3}], "z": 1})"), "d.json");
  CHECK(ids(notes) == faults{"docx.missing-value", "docx.unused-value", "docx.unused-value", "docx.unused-value"});
  CHECK(notes[1].level == severity::warning);
  CHECK(texts(notes).find("x[].d") != std::string::npos);
  CHECK(notes[2].where.source == "d.json");
}

TEST_CASE("a mistyped name is told of by the tag, not by the data as well") {
  const auto said = [](std::string_view body, std::string_view json) {
    return ids(compiled(document(body)).check(docx_builder::data(json), "d.json"));
  };
  CHECK(said(p("{nguoi_ki}"), R"({"nguoi_ky": "A"})") == faults{"docx.missing-value"});
  CHECK(said(p("{#danh_gai}x{/}"), R"({"danh_gia": true, "so_luong": 1})") ==
        faults{"docx.unknown-name", "docx.unused-value"});
}

TEST_CASE("a template is checked against a schema") {
  const auto t = compiled(document(p("{ten}{#x}{so | number}{ngoai}{/x}{#y}{z}{/y}")));
  CHECK(ids(t.check_schema(t.schema())) == faults{});
  const auto wrong = t.check_schema(data(R"({"type": "object", "properties": {"tn": {}, "ngoai": {},
      "x": {"type": "array", "items": {"type": "object", "properties": {"so": {"type": "boolean"}}}}, "y": {"type": "string"}}})"));
  auto found = ids(wrong);
  std::ranges::sort(found);
  CHECK(found == faults{"docx.not-in-schema", "docx.schema-type", "docx.schema-type"});
  CHECK(texts(wrong).find("(tn?)") != std::string::npos);
  CHECK(ids(t.check_schema(data(R"({"$ref": "#/khac"})"))) == faults{});
  CHECK(ids(compiled(document(p("{#x}{.}{/x}"))).check_schema(data(R"({"properties": {"x": {"type": "object"}}})"))) ==
        faults{"docx.schema-type"});
}

TEST_CASE("remarks become comments at their paragraphs") {
  const auto docx = document(p("một") + p("{a") + table({row({p("{#b}"), p("x")})}) + "<w:p/>");
  const auto notes = document_template::compile(docx, "t.docx").notes;
  REQUIRE(notes.size() == 1);
  const auto out = annotate(docx, "t.docx", notes, language::vi).take();
  CHECK(body_of(out).find("<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t xml:space=\"preserve\">{a</w:t></w:r>"
                          "<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>") !=
        std::string::npos);
  const auto comments = part_of(out, "word/comments.xml");
  CHECK(comments.find("thẻ chưa được đóng") != std::string::npos);
  CHECK(comments.find("[docx.unclosed-tag]") != std::string::npos);
  CHECK(part_of(out, "word/_rels/document.xml.rels").find("relationships/comments") != std::string::npos);
  CHECK(part_of(out, "[Content_Types].xml").find("comments+xml") != std::string::npos);
  CHECK(annotate(docx, "t.docx", {}, language::vi).take().size() > 0);
  CHECK(has_errors(annotate({}, "t.docx", notes, language::vi).notes));
}

TEST_CASE("comments at what is wrong in a box begin and end around the paragraph that holds the box") {
  const auto box = "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:pict><v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:textbox>"
                   "<w:txbxContent>" + p("{a") + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>";
  const auto docx = document(p("b") + box);
  const auto body = body_of(annotate(docx, "t.docx", document_template::compile(docx, "t.docx").notes, language::en).take());
  CHECK(has(body, "<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t>a</w:t></w:r>"));
  CHECK(has(body, "</w:pict></w:r><w:commentRangeEnd w:id=\"0\"/>"));
}

TEST_CASE("comments a template has already stay, and new ones get other numbers") {
  const std::string empty = "<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr></w:p>";
  auto all = parts(empty + "<w:p/>" + p("{a"));
  add_part(all, "word/comments.xml", "comments",
           "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:comment w:id=\"7\" "
           "w:author=\"a\"><w:p/></w:comment></w:comments>");
  const auto docx = zip(all);
  auto notes = document_template::compile(docx, "t.docx").notes;
  REQUIRE(notes.size() == 1);
  notes.push_back(notes[0]);
  notes[1].where.path = "word/header1.xml#p[1]";
  notes.push_back(notes[0]);
  notes[2].where.path = "word/document.xml#p[2]";
  const auto out = annotate(docx, "t.docx", notes, language::en).take();
  const auto body = body_of(out);
  CHECK(body.find("</w:pPr><w:commentRangeStart w:id=\"9\"/><w:commentRangeEnd w:id=\"9\"/>") != std::string::npos);
  CHECK(body.find("<w:p><w:commentRangeStart w:id=\"10\"/>") != std::string::npos);
  CHECK(body.find("<w:commentRangeStart w:id=\"8\"/><w:r>") != std::string::npos);
  CHECK(part_of(out, "word/comments.xml").find("w:id=\"7\"") != std::string::npos);
}

TEST_CASE("comments come into a part that is empty, or calls its elements otherwise") {
  const std::string space = "=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
  const auto comments_with = [](const std::string& part) {
    auto all = parts(p("{a"));
    add_part(all, "word/comments.xml", "comments", part);
    const auto docx = zip(all);
    const auto notes = document_template::compile(docx, "t.docx").notes;
    const auto out = annotate(docx, "t.docx", notes, language::en).take();
    keep(docx, out);
    return part_of(out, "word/comments.xml");
  };
  CHECK(comments_with("<w:comments xmlns:w" + space + "/>")
            .starts_with("<w:comments xmlns:w" + space + "><w:comment w:id"));
  CHECK(comments_with("<w:comments xmlns:w" + space + " />").ends_with("</w:comment></w:comments>"));
  const auto other = comments_with("<x:comments xmlns:x" + space + "><x:comment x:id=\"3\"/></x:comments><!-- </ -->");
  CHECK(has(other, "<x:comment x:id=\"3\"/><w:comment xmlns:w" + space + " w:id=\"4\""));
  CHECK(has(other, "</w:comment></x:comments><!--"));
}
