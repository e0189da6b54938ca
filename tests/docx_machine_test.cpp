// What the machine that renders does in its rarer states: both outcomes of each of its conditions come about in tests.
#include <doctest/doctest.h>

#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

// Two pixels by one.
const std::string tiny_png =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

render_options missing(missing_value::policy then) {
  render_options out;
  out.missing.then = then;
  return out;
}

compile_options with_addresses(compile_options out = {}) {
  out.link_targets = out.field_codes = true;
  return out;
}

std::string faults_of(std::string_view body, const value& v, const render_options& options = {},
                      const compile_options& how = {}) {
  return texts(compiled(document(body), how).render(v, options).notes);
}

// The names that the copies of a bookmark have in two turns of a block.
std::string bookmarked(const std::string& name, const std::string& before = {}) {
  const auto body = filled(p("{#x}") + "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"" + name +
                               "\"/><w:r><w:t>a</w:t></w:r><w:bookmarkEnd w:id=\"1\"/></w:p>" + p("{/x}") + before,
                           R"({"x": [1, 2]})");
  const auto first = body.find("w:name=\"");
  const auto begin = body.find("w:name=\"", first + 1) + 8;
  return body.substr(begin, body.find('"', begin) - begin);
}

}  // namespace

TEST_CASE("what stands for absent values stands for absent paragraphs too") {
  const auto body = p("a") + p("{@x}") + p("{+y}") + table({row({p("{@x}"), p("{#z}{@x}{/z}")})});
  const auto read_with = [&](const missing_value& m) {
    render_options options;
    options.missing = m;
    return read(body, R"({"z": [{}]})", options);
  };
  CHECK(read_with({missing_value::policy::keep, {}}) == "a\n{@x}\n{+y}\n{@x}\t{@x}\n");
  CHECK(read_with({missing_value::policy::text, "…"}) == "a\n…\n…\n…\t…\n");
  CHECK(read_with({missing_value::policy::empty, {}}) == "a\n\t\n");
}

TEST_CASE("a table whose rows may all go stays or goes for itself in a row that may go as well") {
  const auto inner = table({row({p("{#b}{.}"), p("{/b}")})});
  const auto outer = table({row({p("{#a}x"), inner + p("{/a}")})});
  const auto body = filled(outer, R"({"a": [{"b": [1, 2]}, {"b": []}, {"b": [3]}]})");
  CHECK(count_of(body, "<w:tbl>") == 3);
  CHECK(count_of(body, "</w:tbl>") == 3);
  CHECK(count_of(body, "<w:tr>") == 6);
  CHECK(has(body, ">1</w:t>"));
  CHECK(has(body, ">3</w:t>"));
  CHECK(!has(filled(p("t") + outer, R"({"a": []})"), "<w:tbl>"));
}

TEST_CASE("a cell whose last paragraphs are gone ends with an empty one where its table has stayed, or nothing has") {
  const auto inner = table({row({p("{#b}{.}"), p("{/b}")})});
  const auto cell = [&](const std::string& before, std::string_view json) {
    return filled(table({row({before + inner + p("{#x}") + p("c") + p("{/x}")})}), json);
  };
  CHECK(has(cell("", R"({"b": [1], "x": false})"), "</w:tbl><w:p/></w:tc>"));
  CHECK(has(cell("", R"({"b": [], "x": false})"), "</w:tcPr><w:p/></w:tc>"));
  CHECK(has(cell(p("t"), R"({"b": [1], "x": false})"), "</w:tbl><w:p/></w:tc>"));
  const auto kept = cell(p("t"), R"({"b": [], "x": false})");
  CHECK(has(kept, p("t") + "</w:tc>"));
  CHECK(!has(kept, "<w:p/>"));
}

TEST_CASE("members of a picture that are null are as if they were not there, sizes are lengths up to a metre") {
  const auto with = [](const std::string& more) { return R"({"x": {"data": ")" + tiny_png + "\"" + more + "}}"; };
  CHECK(filled(p("{%x}"), with(R"(, "width": null, "alt": null)")) == filled(p("{%x}"), with("")));
  CHECK(has(filled(p("{%x}"), with(R"(, "width": 1000)")), "cx=\"36000000\""));
  for (const auto* wrong : {R"(, "width": 1000.1)", R"(, "width": "5")", R"(, "height": 0)", R"(, "height": true)"})
    CHECK_MESSAGE(data_faults(p("{%x}"), with(wrong)) == faults{"docx.bad-picture"}, wrong);
  const auto notes = data_notes(p("{%x}"), docx_builder::data(with(R"(, "height": 0)")));
  CHECK(notes.at(0).what.args.at(2) == "height");
}

TEST_CASE("the name of a document to be put in is a text that XML can hold") {
  render_options options;
  options.assets = [](std::string_view) { return std::optional(document(p("nội dung"))); };
  CHECK(read(p("{+x}"), R"({"x": {"name": "a"}})", options) == "nội dung\n");
  const auto v = value::object({{"x", value::object({{"name", "a\x01"}})}});
  const auto notes = compiled(document(p("{+x}"))).render(v, options).notes;
  REQUIRE(ids(notes) == faults{"docx.bad-picture"});
  CHECK(notes[0].what.args.at(2) == "name");
}

TEST_CASE("another name for a bookmark keeps what fits of the old one, cut between characters and references") {
  CHECK(bookmarked("cho") == "cho_1");
  CHECK(bookmarked("a&amp;b") == "a&amp;b_1");
  const std::string long_name(37, 'a');
  CHECK(bookmarked(long_name + "ệb") == long_name + "_1");
  CHECK(bookmarked(long_name + "bc") == long_name + "b_1");
  CHECK(bookmarked("m&amp;" + long_name) == "m_1");
  CHECK(bookmarked("&amp;" + long_name) == "_1");
  CHECK(bookmarked("cho", "<w:p><w:bookmarkStart w:id=\"7\" w:name=\"cho_1\"/><w:bookmarkEnd w:id=\"7\"/></w:p>") ==
        "cho_2");
}

TEST_CASE("a picture in the place of another goes with its drawing where it is absent, yes is none") {
  const std::string drawing =
      "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"7\" cy=\"8\"/><wp:docPr id=\"5\" name=\"n\" descr=\"{%x}\"/>"
      "<a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:blip r:embed=\"rId9\"/>"
      "</a:graphic></wp:inline></w:drawing></w:r></w:p>";
  CHECK(!has(filled(drawing, "{}", missing(missing_value::policy::empty)), "drawing"));
  CHECK(data_faults(drawing, "{}") == faults{"docx.missing-value"});
  CHECK(data_faults(drawing, R"({"x": true})") == faults{"docx.bad-picture"});
}

TEST_CASE("what the caller's own functions throw comes out as it is") {
  struct broken {};
  render_options options;
  options.assets = [](std::string_view) -> std::optional<bytes> { throw broken{}; };
  const auto drawing =
      "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"5\" name=\"n\" descr=\"{%x}\"/>"
      "<a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:blip r:embed=\"rId9\"/>"
      "</a:graphic></wp:inline></w:drawing></w:r></w:p>";
  for (const auto& body : {p("{%x}"), p("{+x}"), p("a {@y}"), std::string(drawing)}) {
    const auto t = compiled(document(body));
    const auto v = docx_builder::data(R"({"x": "a", "y": {"image": "a"}})");
    CHECK_THROWS_AS((void)t.render(v, options), broken);
  }
  std::size_t room = 100'000;  // in the midst of the values
  const byte_sink filling = [&room](std::span<const std::byte> piece) {
    if (piece.size() > room) throw broken{};
    room -= piece.size();
  };
  std::vector<value> numbers;
  for (int i = 0; i < 200'000; ++i) numbers.emplace_back(i);
  const auto t = compiled(document(p("{#x}{.}{/x}")));
  CHECK_THROWS_AS((void)t.render(value::object({{"x", value::list(std::move(numbers))}}), filling), broken);
}

TEST_CASE("a list that has been chosen from is no text either") {
  CHECK(data_faults(p("{x | where:n > 1}"), R"({"x": [{"n": 2}]})") == faults{"docx.wrong-type"});
}

TEST_CASE("a field that comes twice is one bookmark and two controls") {
  const auto body = filled(p("{~a} {~a}"), R"({"a": "x"})");
  CHECK(count_of(body, "<w:tag w:val=\"a\"/>") == 2);
  CHECK(count_of(body, "w:bookmarkStart") == 1);
  CHECK(count_of(body, "w:bookmarkEnd") == 1);
}

TEST_CASE("the path of a field has the number of the item in each list around it, and none for what is no list") {
  CHECK(has(filled(p("{#o}{~a}{/o}"), R"({"o": {"a": 1}})"), "<w:tag w:val=\"o.a\"/>"));
  CHECK(has(filled(p("{#o}{#x}{~a}{/x}{/o}"), R"({"o": {"x": [{}, {}]}})"), "<w:tag w:val=\"o.x[1].a\"/>"));
  CHECK(has(filled(p("{#x}{#k}{~a}{/k}{/x}"), R"({"x": [{}, {"k": {}}]})"), "<w:tag w:val=\"x[1].k.a\"/>"));
  CHECK(has(filled(p("{#x}{#x > 0}{~a}{/}{/x}"), R"({"x": [{"x": 0}, {"x": 1}]})"), "<w:tag w:val=\"x[1].a\"/>"));
}

namespace {

std::string address(const std::string& target, std::string_view json, const compile_options& how) {
  auto all = parts("<w:p><w:hyperlink r:id=\"rId9\"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>");
  add_link(all, "rId9", target);
  const auto relations = part_of(compiled(zip(all), how).render(data(json)).take(), "word/_rels/document.xml.rels");
  const auto begin = relations.find("Target=\"", relations.find("Id=\"rIdVt1\"")) + 8;
  return relations.substr(begin, relations.find('"', begin) - begin);
}

// The code of a field, from its tag to the end.
std::string code(std::string_view written, const value& v) {
  const std::string body = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>" +
                           std::string(written) +
                           "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
  const auto out = body_of(compiled(document(body), with_addresses()).render(v).take());
  const auto begin = out.find('>', out.find("<w:instrText")) + 1;
  return out.substr(begin, out.find("</w:instrText>") - begin);
}

}  // namespace

TEST_CASE("receivers are joined by an at sign however the scheme of mail is written") {
  for (const std::string scheme : {"mailto:", "Mailto:", "MAILTO:"})
    CHECK(address(scheme + "{x}", R"({"x": "a@b.vn"})", with_addresses()) == scheme + "a@b.vn");
  CHECK(address("https://{x}", R"({"x": "a@b.vn"})", with_addresses()) == "https://a@b.vn");
}

TEST_CASE("what a template says behind a bare scheme and a tag stays, but for a slash alone") {
  CHECK(address("http://{x}/", R"({"x": "https://a.vn/b"})", with_addresses()) == "https://a.vn/b");
  CHECK(address("http://{x}/c", R"({"x": "https://a.vn/b"})", with_addresses()) == "https://a.vn/b/c");
  CHECK(address("http://{x}/c", R"({"x": "a.vn"})", with_addresses()) == "http://a.vn/c");
  CHECK(address("http://{x}/{y}", R"({"x": "a.vn", "y": "d"})", with_addresses()) == "http://a.vn/d");
}

TEST_CASE("in addresses of templates of docxtemplater values are written as that language writes them") {
  CHECK(address("https://a.vn/{x}", R"({"x": [1, null, "b"]})", with_addresses(compile_options::docxtemplater())) ==
        "https://a.vn/1%2C%2Cb");
}

TEST_CASE("line ends and control signs of a text within the code of a field are spaces") {
  const auto said = [](const char* text) { return code(" QUOTE \"{x}\" ", value::object({{"x", text}})); };
  CHECK(said("a\r\nb") == " QUOTE \"a b\" ");
  CHECK(said("a\rb") == " QUOTE \"a b\" ");
  CHECK(said("a\r") == " QUOTE \"a \" ");
  CHECK(said("a\tb\nc") == " QUOTE \"a b c\" ");
}

TEST_CASE("columns are counted within the blocks around them, be these over objects or under a condition") {
  const auto columns = [](std::string_view outer, const std::string& json) {
    return count_of(filled(table({row({p("{#" + std::string(outer) + "}a"), p("{-w:tc so}{.}{/so}{/}")})}), json),
                    "<w:gridCol");
  };
  CHECK(columns("o", R"({"o": {"so": [1, 2, 3]}})") == 4);
  CHECK(columns("k", R"({"k": true, "so": [1, 2]})") == 3);
  CHECK(columns("x", R"({"x": [{"so": [1, 2]}]})") == 3);
  CHECK(columns("n", R"({"n": "chữ", "so": [1]})") == 2);
}

TEST_CASE("a cell spans at least one column, and a colour is six hexadecimal digits") {
  const auto spanning = table({row({p("{$span n}a"), p("b")})});
  CHECK(data_faults(spanning, R"({"n": 0})") == faults{"docx.bad-span"});
  CHECK(data_faults(spanning, R"({"n": -1})") == faults{"docx.bad-span"});
  CHECK(data_faults(spanning, R"({"n": 3})") == faults{"docx.bad-span"});
  CHECK(read(spanning, R"({"n": 1})") == "a\tb\n");
  const auto shaded = table({row({p("{$shade m}a"), p("b")})});
  CHECK(data_faults(shaded, R"({"m": "12345G"})") == faults{"docx.bad-color"});
  CHECK(data_faults(shaded, R"({"m": "FFF"})") == faults{"docx.bad-color"});
  CHECK(has(filled(shaded, R"({"m": "a0B1c2"})"), "w:fill=\"a0B1c2\""));
}

TEST_CASE("a cell that merges does not go on with one above it that lies in another column or over more of them") {
  const auto cell = [](const std::string& content, int span) {
    return "<w:tc><w:tcPr><w:gridSpan w:val=\"" + std::to_string(span) + "\"/></w:tcPr>" + p(content) + "</w:tc>";
  };
  const auto going_on = [](const std::vector<std::string>& rows) {
    return count_of(filled(table(rows), R"({"n": "A", "so": [1, 2]})"), "<w:vMerge/>");
  };
  CHECK(going_on({row({p("{$merge n}a"), p("b")}), row({p("{$merge n}c"), p("d")})}) == 1);
  CHECK(going_on({row({p("a"), p("{$merge n}b")}), row({p("{$merge n}c"), p("d")})}) == 0);
  CHECK(going_on({"<w:tr>" + cell("{$merge n}a", 2) + "</w:tr>", row({p("{$merge n}c"), p("d")})}) == 0);
  // The cell above spans the columns that the data makes.
  const auto head = "<w:tr>" + cell("{$merge n}k", 2) + "</w:tr>";
  CHECK(going_on({head, row({p("{$merge n}a"), p("{-w:tc so}{.}{/so}")})}) == 0);
  CHECK(going_on({head, row({p("a"), p("{-w:tc so}{.}{/so}")}), head}) == 0);
  CHECK(going_on({head, head, row({p("a"), p("{-w:tc so}{.}{/so}")})}) == 1);
}

TEST_CASE("a missing value is a fault in templates of docxtemplater too where that is asked for") {
  const auto how = compile_options::docxtemplater();
  CHECK(ids(compiled(document(p("{a}")), how).render(data("{}"), missing(missing_value::policy::error)).notes) ==
        faults{"docx.missing-value"});
  CHECK(body_of(fill_with(document(p("{a}")), data("{}"), missing(missing_value::policy::empty), how)) == p(""));
}

TEST_CASE("raw XML that is no text is refused, unless it is no, which is as good as none") {
  const auto cell = document(table({row({p("{@x}"), p("b")})}));
  const auto how = compile_options::docxtemplater();
  for (const auto* none : {R"({"x": false})", R"({"x": null})", R"({"x": ""})", "{}"})
    CHECK_MESSAGE(has(body_of(fill_with(cell, data(none), {}, how)), "</w:tcPr><w:p/></w:tc>"), none);
  CHECK(ids(compiled(cell, how).render(data(R"({"x": true})")).notes) == faults{"docx.not-xml"});
}

TEST_CASE("raw XML of rows that are read once is checked as it comes") {
  const auto t = compiled(document(p("{#x}") + p("{@m}") + p("{/x}")), [] {
    compile_options how;
    how.raw_xml = true;
    return how;
  }());
  const auto rows = [](const std::vector<std::string>& all) {
    render_options options;
    options.rows.push_back({"x", [all, i = std::size_t{0}]() mutable -> std::optional<value> {
                              return i < all.size() ? std::optional(value::object({{"m", all[i++]}})) : std::nullopt;
                            }});
    return options;
  };
  CHECK(body_of(t.render(data("{}"), rows({p("a"), p("b")})).take()) == p("a") + p("b"));
  CHECK(ids(t.render(data("{}"), rows({p("a"), "<w:p>"})).notes) == faults{"docx.bad-xml"});
}

TEST_CASE("a page break of the data needs a prefix to be written with") {
  auto all = parts("");
  all[3].content =
      "<document xmlns=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><body><p><r><t>{a}</t></r></p>"
      "</body></document>";
  const auto t = compiled(zip(all));
  CHECK(has(part_of(t.render(data(R"({"a": "x\ny"})")).take(), "word/document.xml"), "<br/>"));
  CHECK(ids(t.render(data(R"({"a": "x\fy"})")).notes) == faults{"docx.control-character"});
}

TEST_CASE("where line breaks and tabs of the data are to stay they do, and line ends are one character") {
  compile_options how;
  how.line_breaks = false;
  const auto said = [&](const char* text) {
    return body_of(compiled(document(p("{a}")), how).render(value::object({{"a", text}})).take());
  };
  CHECK(said("m\nn\to") == p("m\nn\to"));
  CHECK(said("m\r\nn\ro\r") == p("m\nn\no\n"));
  CHECK(said("1 < 2 > & 3") == p("1 < 2 > & 3"));
  CHECK(ids(compiled(document(p("{a}")), how).render(value::object({{"a", "x\fy"}})).notes) ==
        faults{"docx.control-character"});
  const auto broken = filled(p("{a}"), R"({"a": "m\rn\r"})");
  CHECK(count_of(broken, "<w:br/>") == 2);
}

TEST_CASE("a name that is there with nothing in it is missing, and no other name is offered for it") {
  const auto said = [](std::string_view body, std::string_view json) { return faults_of(body, data(json)); };
  CHECK(has(said(p("{nam}"), R"({"nom": 1})"), "(nom?)"));
  CHECK(!has(said(p("{nam}"), R"({"nam": null, "nom": 1})"), "?)"));
  CHECK(data_faults(p("{nam}"), R"({"nam": null})") == faults{"docx.missing-value"});
}

TEST_CASE("names are offered from objects alone, those of all blocks around a tag") {
  const auto said = [](std::string_view body, std::string_view json) { return faults_of(body, data(json)); };
  CHECK(has(said(p("{#x}{nam}{/x}"), R"({"x": ["a"], "nom": 1})"), "(nom?)"));
  CHECK(has(said(p("{#k}{nam}{/k}"), R"({"k": true, "nom": 1})"), "(nom?)"));
  CHECK(has(said(p("{a.nam}"), R"({"a": {"nom": 1}})"), "(nom?)"));
  CHECK(!has(said(p("{a.nam}"), R"({"a": "chữ", "nom": 1})"), "?)"));
}

TEST_CASE("a tag that asks for no name is called as it is written") {
  CHECK(has(faults_of(p("{.}"), value()), "the data has no {.} for {.}"));
}

TEST_CASE("what is wrong with a tag in every turn is told once, each kind of it") {
  CHECK(data_faults(p("{#x}{. | number}{/x}"), R"({"x": ["một", "hai", null, null, "ba"]})") ==
        faults{"docx.not-a-number", "docx.missing-value"});
}
