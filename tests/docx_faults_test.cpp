// Each fault of a template or of data: what triggers it, and that it is told with its place.
#include <doctest/doctest.h>

#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

TEST_CASE("tags that do not match are told, all at once") {
  CHECK(template_faults(p("{ten")) == faults{"docx.unclosed-tag"});
  CHECK(template_faults(p("ten}")) == faults{"docx.unopened-tag"});
  CHECK(template_faults(p("{#a}x")) == faults{"docx.unclosed-block"});
  CHECK(template_faults(p("x{/a}")) == faults{"docx.unopened-block"});
  CHECK(template_faults(p("{#a}") + p("{b") + p("{/c}")) == faults{"docx.unclosed-tag"});
  CHECK(template_faults(p("{/c}") + p("{#a}")) == faults{"docx.unopened-block", "docx.unclosed-block"});
  CHECK(template_faults(p("{#a}{#b}{/a}{/b}")) == faults{"docx.crossing-blocks"});
  CHECK(template_faults(p("{:else}")) == faults{"docx.else-outside"});
  CHECK(template_faults(p("{#a}1{:else}2{:else}3{/a}")) == faults{"docx.after-else"});
  CHECK(template_faults(p("{" + std::string(70'000, 'a') + "}")) == faults{"docx.tag-too-long"});
}

TEST_CASE("blocks that cross are told of once, at the end that comes too early") {
  const auto said = [](std::string_view body) {
    return texts(document_template::compile(document(body), "t.docx").notes);
  };
  CHECK(said(p("{#a}1{#b}2{/a}3{/b}")).find("{#b} and the one that {/a} closes cross each other: {#a}1{#b}2^{/a}3") !=
        std::string::npos);
  CHECK(template_faults(p("{#a}{#b}{/a}{/}")) == faults{"docx.crossing-blocks"});
  CHECK(template_faults(p("{#a}{#b}{#c}{/a}{/c}{/b}")) == faults{"docx.crossing-blocks"});
  CHECK(template_faults(p("{#a}{#b}{/a}{/b}") + p("{#c}{#d}{/c}{/d}")) ==
        faults{"docx.crossing-blocks", "docx.crossing-blocks"});
}

TEST_CASE("a block that is not closed within another is told of where it begins") {
  const auto notes = document_template::compile(document(p("{#a}1{#b}2{/a}")), "t.docx").notes;
  REQUIRE(ids(notes) == faults{"docx.unclosed-block"});
  CHECK(texts(notes).find("{#a}1^{#b}2{/a}") != std::string::npos);
}

TEST_CASE("an end with a mistyped name is one fault, not two") {
  CHECK(template_faults(p("{#danh_sach}x{/danh_sac}")) == faults{"docx.unopened-block"});
  CHECK(template_faults(p("{#a}{#b}x{/bb}{/a}")) == faults{"docx.unopened-block"});
  CHECK(template_faults(p("{#a}{/b}") + p("{/c}") + p("{#d}")) ==
        faults{"docx.unopened-block", "docx.unopened-block", "docx.unclosed-block"});
}

TEST_CASE("doubled delimiters are one fault, not two") {
  CHECK(template_faults(p("{{ten}}")) == faults{"docx.unclosed-tag"});
  CHECK(template_faults(p("{{{ten}}} {ho}")) == faults{"docx.unclosed-tag"});
  CHECK(template_faults(p("{{a}} {{b}}")) == faults{"docx.unclosed-tag", "docx.unclosed-tag"});
  CHECK(template_faults(p("{{a}}}")) == faults{"docx.unclosed-tag", "docx.unopened-tag"});
  CHECK(template_faults(p("{{a} b}")) == faults{"docx.unclosed-tag", "docx.unopened-tag"});
}

TEST_CASE("a fault shows the paragraph, the text around it and a caret") {
  const auto notes = document_template::compile(document(p("một") + p("Kính gửi: {ten")), "mau.docx").notes;
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].where.source == "mau.docx");
  CHECK(notes[0].where.path == "word/document.xml#p[2]");
  CHECK(text(notes[0].what, language::en).find("Kính gửi: ^{ten") != std::string::npos);
}

TEST_CASE("a block may not begin in a cell and end outside the table") {
  const auto body = table({row({p("{#a}x"), p("y")})}) + p("{/a}");
  CHECK(template_faults(body) == faults{"docx.block-crosses-element"});
  CHECK(template_faults(table({row({p("{#a}x{:else}"), p("y")}), row({p("z"), p("{/a}")})})) ==
        faults{"docx.else-in-same-row"});
}

TEST_CASE("a field lies in one branch of a block, or outside it") {
  const auto mark = [](const std::string& type) { return "<w:r><w:fldChar w:fldCharType=\"" + type + "\"/></w:r>"; };
  const auto text = [](const std::string& t) { return "<w:r><w:t>" + t + "</w:t></w:r>"; };
  const auto code = "<w:r><w:instrText>PAGE</w:instrText></w:r>" + mark("separate") + text("1");
  const auto paragraph = [](const std::string& content) { return "<w:p>" + content + "</w:p>"; };
  const faults torn{"docx.block-crosses-field"};
  CHECK(template_faults(paragraph(text("{#a}") + mark("begin") + code + mark("end") + text("{/a}"))) == faults{});
  CHECK(template_faults(paragraph(mark("begin") + code + text("{#a}x{/a}") + mark("end"))) == faults{});
  CHECK(template_faults(paragraph(mark("begin") + code + text("{#a}") + mark("end") + text("{/a}"))) == torn);
  CHECK(template_faults(paragraph(text("{#a}") + mark("begin") + code + text("{/a}") + mark("end"))) == torn);
  CHECK(template_faults(
            paragraph(text("{#a}") + mark("begin") + code + text("{:else}") + mark("end") + text("{/a}"))) == torn);
  CHECK(template_faults(paragraph(text("{#a}") + mark("begin") + code + text("{/a}"))) == torn);
}

TEST_CASE("an expression that makes no sense is told with its place") {
  CHECK(template_faults(p("{a +}")) == faults{"docx.bad-expression"});
  CHECK(template_faults(p("{#a ==}x{/}")) == faults{"docx.bad-expression"});
  CHECK(template_faults(p("{a | uper}")) == faults{"docx.unknown-filter"});
  CHECK(template_faults(p("{a | upper:1}")) == faults{"docx.wrong-arguments"});
  CHECK(template_faults(p("{a | pad}")) == faults{"docx.wrong-arguments"});
  const auto notes = document_template::compile(document(p("{a | uper}")), "t.docx").notes;
  CHECK(to_string(notes.at(0)).find("upper") != std::string::npos);
  CHECK(to_string(notes.at(0)).find("a | ^uper") != std::string::npos);
  CHECK(template_faults(p("{a | xyz}")) == faults{"docx.unknown-filter"});
  const auto none_near = document_template::compile(document(p("{a | xyz}")), "t.docx").notes;
  CHECK(to_string(none_near.at(0)).find("perhaps it is avg, count, date") != std::string::npos);
}

TEST_CASE("what is wrong in a text box, which Word writes in two ways, is said once") {
  const auto box = [](const std::string& first, const std::string& second) {
    return "<w:p><w:r><mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">"
           "<mc:Choice Requires=\"wps\"><w:txbxContent>" +
           p(first) + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" + p(second) +
           "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>";
  };
  const auto twice = [&](const std::string& text) { return box(text, text); };
  const auto place_of = [](const diagnostics& notes) { return notes.at(0).where.path; };
  for (const auto* text : {"{a", "{a | xyz}", "{#a}b"}) {
    CAPTURE(text);
    const auto notes = document_template::compile(document(twice(text)), "t.docx").notes;
    CHECK(notes.size() == 1);
    CHECK(place_of(notes) == "word/document.xml#p[2]");
    CHECK(document_template::compile(document(twice(text) + p(text)), "t.docx").notes.size() == 2);
  }
  CHECK(place_of(document_template::compile(document(box("a", "{a")), "t.docx").notes) == "word/document.xml#p[3]");
  CHECK(template_faults(box("{a", "{b")).size() == 2);

  const auto asks = [&](const std::string& body) { return compiled(document(body)).render(value::object({})).notes; };
  CHECK(asks(twice("{a}")).size() == 1);
  CHECK(asks(twice("{a} {a}")).size() == 2);
  CHECK(asks(box("{a}", "{b}")).size() == 2);
  CHECK(asks(twice("{a}") + p("{a}")).size() == 2);
}

TEST_CASE("blocks nest to a limit") {
  std::string open, close;
  for (int i = 0; i < 65; ++i) {
    open += "{#a}";
    close += "{/a}";
  }
  CHECK(template_faults(p(open + close)) == faults{"docx.too-deep"});
}

TEST_CASE("data of the wrong kind is told") {
  CHECK(data_faults(p("{a}"), R"({"a": [1]})") == faults{"docx.wrong-type"});
  CHECK(data_faults(p("{a | number}"), R"({"a": "mười"})") == faults{"docx.not-a-number"});
  CHECK(data_faults(p("{a + 1}"), R"({"a": "mười"})") == faults{"docx.not-a-number"});
  CHECK(data_faults(p("{a | roman}"), R"({"a": 1.5})") == faults{"docx.not-an-integer"});
  CHECK(data_faults(p("{a | roman}"), R"({"a": 4000})") == faults{"docx.out-of-range"});
  CHECK(data_faults(p("{a | letter}"), R"({"a": 24})") == faults{"docx.out-of-range"});
  CHECK(data_faults(p("{a | date}"), R"({"a": "hôm nay"})") == faults{"docx.not-a-date"});
  CHECK(data_faults(p("{a | join}"), R"({"a": "x"})") == faults{"docx.not-a-list"});
  CHECK(data_faults(p("{1 / a}"), R"({"a": 0})") == faults{"docx.division-by-zero"});
  CHECK(data_faults(p("{#a < b}x{/}"), R"({"a": "x", "b": true})") == faults{"docx.not-comparable"});
  CHECK(data_faults(p("{$index}"), R"({})") == faults{"docx.outside-loop"});
}

TEST_CASE("a condition on a name that looks mistyped is remarked on, and no more") {
  const auto notes = data_notes(p("{#danh_gai}x{/}"), data(R"({"danh_gia": true})"));
  REQUIRE(ids(notes) == faults{"docx.unknown-name"});
  CHECK(notes[0].level == severity::warning);
}

TEST_CASE("characters that XML cannot hold are refused with their place") {
  CHECK(ids(data_notes(p("{a}"), value::object({{"a", "x\x01y"}}))) == faults{"docx.control-character"});
  CHECK(ids(data_notes(p("{~a}"), value::object({{"a", "x\fy"}}))) == faults{"docx.control-character"});
  CHECK(ids(data_notes(p("{a}"), value::object({{"a", "x\xff"}}))) == faults{"docx.invalid-utf8"});
  const auto said = [](std::string_view body, value v) {
    return texts(data_notes(body, value::object({{"a", std::move(v)}})));
  };
  CHECK(said(p("{a}"), "đ\xff").find("the value a of {a} is not valid UTF-8 at byte 2: ^{a}") != std::string::npos);
  CHECK(said(p("{#x.0}{/}{~a}"), "a\xc0\xaf").find("the value a of {~a} is not valid UTF-8 at byte 1") !=
        std::string::npos);
  CHECK(said(p("{@a}"), value::list({"b", value::object({{"text", "\xed\xa0\x80"}})}))
            .find("the value a[1].text of {@a} is not valid UTF-8 at byte 0") != std::string::npos);
  CHECK(said(p("{@a}"), value::list({value::object({{"runs", "b\x1f"}})}))
            .find("the value a[0].runs of {@a} holds the control character U+001F at byte 1") != std::string::npos);
  CHECK(said(p("{%a}"), value::object({{"name", "b"}, {"alt", "\x01"}}))
            .find("the value a.alt of {%a} holds the control character U+0001 at byte 0") != std::string::npos);
}

TEST_CASE("characters that XML cannot hold are replaced where the options say so, wherever the data is written") {
  const auto v = value::object({{"a", "x\x01\xef\xbf\xbfy\fz"},
                                {"b", value::list({value::object({{"text", "p\x02q"}, {"bold", true}})})},
                                {"c", value::object({{"name", "g"}, {"alt", "r\x03s"}})}});
  const std::string_view gif("GIF89a\x04\0\x03\0", 10);
  const auto raw = std::as_bytes(std::span(gif));
  render_options options;
  options.assets = [&](std::string_view) { return bytes(raw.begin(), raw.end()); };
  const auto made = [&](std::string_view body) { return body_of(compiled(document(body)).render(v, options).take()); };
  options.controls = control_characters::space;
  CHECK(made(p("{a}")).find(">x  y<") != std::string::npos);
  CHECK(made(p("{a}")).find("<w:br w:type=\"page\"/>") != std::string::npos);
  CHECK(made(p("{~a}")).find("x  y z</w:t>") != std::string::npos);
  CHECK(made(p("u {@b}")).find(">p q<") != std::string::npos);
  CHECK(made(p("{%c}")).find("descr=\"r s\"") != std::string::npos);
  options.controls = control_characters::replacement;
  CHECK(made(p("{a}")).find(">x\xef\xbf\xbd\xef\xbf\xbdy<") != std::string::npos);
  CHECK(made(p("u {@b}")).find(">p\xef\xbf\xbdq<") != std::string::npos);
  const auto notes = compiled(document(p("{a}"))).render(value::object({{"a", "\x01\xff"}}), options).notes;
  CHECK(texts(notes).find("is not valid UTF-8 at byte 1") != std::string::npos);
}

TEST_CASE("letters and their accents become one character where the options say so") {
  const auto v = value::object({{"a", "Ky\xcc\x80 Anh \xe1\xbb\x87"}, {"b", value::list({"u\xcc\x9b\xcc\xa3"})}});
  const auto filler = compiled(document(p("{a} ") + p("v {@b}")));
  render_options options;
  CHECK(body_of(filler.render(v, options).take()).find("Ky\xcc\x80 Anh") != std::string::npos);
  options.compose = true;
  const auto body = body_of(filler.render(v, options).take());
  CHECK(body.find("Kỳ Anh ệ") != std::string::npos);
  CHECK(body.find(">ự<") != std::string::npos);
  CHECK(compiled(document(p("{a}"))).render(value::object({{"a", "\x01"}}), options).notes.size() == 1);
}

TEST_CASE("iterations and output have a limit") {
  compile_options options;
  options.limits.iterations = 10;
  const auto many = data(R"({"x": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]})");
  CHECK(ids(compiled(document(p("{#x}a{/x}")), options).render(many).notes) == faults{"docx.too-many-iterations"});
  options = {};
  options.limits.output_bytes = 2'000;
  CHECK(ids(compiled(document(p("{a}")), options).render(value::object({{"a", std::string(2'000, 'x')}})).notes) ==
        faults{"docx.too-large"});
  render_options endless;
  endless.rows.push_back({"x", [] { return std::optional(value::object({{"a", 1}})); }});
  CHECK(ids(compiled(document(p("{#x}{a}{/x}")), options).render({}, endless).notes) == faults{"docx.too-large"});
}

TEST_CASE("what filters look at has a limit, wherever they stand") {
  compile_options options;
  options.limits.filter_steps = 10;
  const auto v = data(R"({"x": [1, 2, 3, 4]})");
  const auto notes_of = [&](std::string_view text) {
    return ids(compiled(document(p(text)), options).render(v).notes);
  };
  CHECK(notes_of("{x | sum} {x | max}{x | count}{x | first}{x | last}") == faults{});
  CHECK(notes_of("{#x}{x | sum}{/x}") == faults{"docx.too-many-steps"});
  CHECK(notes_of("{#x}{#x | where:. > 2}{.}{/}{/x}") == faults{"docx.too-many-steps"});
  CHECK(notes_of("{x | sort | sort | join}") == faults{"docx.too-many-steps"});
  options.limits.filter_steps = 12;
  CHECK(notes_of("{x | sort | sort | join}") == faults{});
}

TEST_CASE("hundreds of thousands of delimiters without their partners are refused") {
  const auto many = [](std::string_view what) {
    std::string out;
    for (int i = 0; i < 200'000; ++i) out += what;
    return template_faults(p(out));
  };
  CHECK(many("{").front() == "docx.unclosed-tag");
  CHECK(many("}").front() == "docx.unopened-tag");
  CHECK(many("{=").front() == "docx.unclosed-tag");
  CHECK(many("={").front() == "docx.unclosed-tag");
}

TEST_CASE("delimiters must differ and hold something") {
  compile_options options;
  options.open = options.close = "|";
  try {
    (void)document_template::compile(document(p("x")), "t.docx", options);
    FAIL("accepted");
  } catch (const error& e) {
    CHECK(e.code() == errc::misuse);
    CHECK(e.notes().front().id() == "docx.bad-delimiters");
  }
}

TEST_CASE("a calculation past the bounds of exact numbers is told with its tag and place") {
  const auto out = compiled(document(p("Diện tích: {a * a} m²"))).render(data(R"({"a": 123456789012})"));
  CHECK(ids(out.notes) == faults{"docx.number-too-long"});
  CHECK(texts(out.notes).find("Diện tích: ^{a * a}") != std::string::npos);
}

TEST_CASE("a value of the wrong kind is shown, whichever of a list it is") {
  const auto said = [](const std::string& body, const std::string& json) {
    const auto out = compiled(document(p(body))).render(docx_builder::data(json));
    return out.notes.empty() ? std::string{} : text(out.notes.front().what, language::en);
  };
  const auto says = [&](const std::string& body, const std::string& json, const std::string& what) {
    const auto all = said(body, json);
    CHECK_MESSAGE(all.find(what) != std::string::npos, all);
  };
  says("{x | sum:n}", R"({"x": [{"n": 5}, {"n": "1.234,5"}]})", "the data gives \"1.234,5\": ");
  says("{a + b}", R"({"a": 1, "b": {"c": 1}})", "the data gives {…}: ");
  says("{a | words}", R"({"a": 4.5})", "a whole number, the data gives 4.5: ");
  says("{a | date}", R"({"a": [1]})", "needs a date, the data gives […]: ");
  says("{a | join}", R"({"a": true})", "needs a list, the data gives true: ");
  says("{#a < b}x{/}", R"({"a": "x", "b": true})", "of different kinds, \"x\" and true: ");
  says("{a | number}", R"({"a": "Trong kỳ chưa có số liệu chính thức nào cả"})",
       "\"Trong kỳ chưa có số liệu chính …\"");
  says("{a | number}", R"({"a": "x\u0001"})", "the data gives \"…\": ");
}

TEST_CASE("what a calculation misses is named, and not what stands first in it") {
  const auto misses = [](const std::string& body, const std::string& json) {
    const auto out = compiled(document(body)).render(docx_builder::data(json));
    return out.notes.empty() ? std::string{} : out.notes.front().what.args.at(2);
  };
  CHECK(misses(p("{a / b}"), R"({"a": 1})") == "b");
  CHECK(misses(p("{a / b}"), R"({"b": 1})") == "a");
  CHECK(misses(p("{#x}{a + c.d}{/x}"), R"({"x": [{"a": 1, "c": {"d": 2}}, {"a": 1, "c": {}}]})") == "x[1].c.d");
  CHECK(misses(p("{#x}{.a + .b}{/x}"), R"({"x": [{"a": 1}]})") == "x[0].b");
  CHECK(misses(p("{#x}{. + b}{/x}"), R"({"x": [1]})") == "b");
}
