// What a template can say beyond values and plain blocks: pictures, rich text, columns, cells, lists, sections, fields.
#include <doctest/doctest.h>

#include <algorithm>

#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

// Two pixels by one.
const std::string tiny_png =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
const std::string picture = R"({"data": ")" + tiny_png + R"("})";

bytes made(std::string_view body, const std::string& json, const render_options& options = {}) {
  return fill(document(body), json, options);
}

std::string list_item(const std::string& text) {
  return "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>" + text +
         "</w:t></w:r></w:p>";
}

const std::string numbering =
    "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:abstractNum "
    "w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/><w:numFmt w:val=\"decimal\"/><w:lvlText "
    "w:val=\"%1.\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";

bytes with_numbering(std::string_view body) {
  auto all = parts(body);
  add_part(all, "word/numbering.xml", "numbering", numbering);
  return zip(all);
}

}  // namespace

TEST_CASE("a picture stands in the text, is kept once, and has a relationship and a content type") {
  const auto out = made(p("a {%x}{%x} b"), R"({"x": )" + picture + "}");
  const auto body = body_of(out);
  CHECK(count_of(body, "<w:drawing>") == 2);
  CHECK(count_of(body, "r:embed=\"rIdVt1\"") == 2);
  CHECK(has(body, "<wp:docPr id=\"1\""));
  CHECK(has(body, "<wp:docPr id=\"2\""));
  CHECK(has(part_of(out, "word/_rels/document.xml.rels"), "Target=\"/word/media/vanthu1.png\""));
  CHECK(has(part_of(out, "[Content_Types].xml"), "image/png"));
  CHECK(part_of(out, "word/media/vanthu1.png").starts_with("\x89PNG"));
}

TEST_CASE("the size of a picture is given in millimetres, one side is enough, and none is its own size") {
  const auto extent = [](const std::string& more) {
    const auto body = body_of(made(p("{%x}"), R"({"x": {"data": ")" + tiny_png + "\"" + more + "}}"));
    const auto begin = body.find("<wp:extent cx=\"") + 15;
    return body.substr(begin, body.find("/>", begin) - begin);
  };
  CHECK(extent("") == "19050\" cy=\"9525\"");
  CHECK(extent(R"(, "width": 50)") == "1800000\" cy=\"900000\"");
  CHECK(extent(R"(, "width": 10.5, "height": 2, "alt": "A & B")") == "378000\" cy=\"72000\"");
}

TEST_CASE("a picture may be named, and the caller says what a name means") {
  render_options options;
  options.assets = [](std::string_view name) -> std::optional<bytes> {
    if (name != "logo.gif") return {};
    const std::string_view gif("GIF89a\x04\0\x03\0", 10);
    const auto raw = std::as_bytes(std::span(gif));
    return bytes(raw.begin(), raw.end());
  };
  const auto out = made(p("{%x}"), R"({"x": "logo.gif"})", options);
  CHECK(has(part_of(out, "[Content_Types].xml"), "image/gif"));
  const auto refused = [&](const std::string& json) {
    return ids(compiled(document(p("{%x}"))).render(docx_builder::data(json), options).notes);
  };
  CHECK(refused(R"({"x": "khac.gif"})") == faults{"docx.no-picture"});
  CHECK(refused(R"({"x": {"data": "AAAA"}})") == faults{"docx.bad-picture"});
  CHECK(refused(R"({"x": {"data": "?"}})") == faults{"docx.bad-picture"});
  CHECK(refused(R"({"x": {"name": 1}})") == faults{"docx.bad-picture"});
  CHECK(refused(R"({"x": {"name": "logo.gif", "width": -1}})") == faults{"docx.bad-picture"});
  CHECK(refused("{}") == faults{"docx.missing-value"});
  CHECK(refused(R"({"x": false})") == faults{});
}

TEST_CASE("a picture whose alternative text is a tag is put in the place of another") {
  const std::string drawing =
      "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"7\" cy=\"8\"/><wp:docPr id=\"5\" name=\"n\" descr=\"{%x}\"/>"
      "<a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:blip r:embed=\"rId9\"><a:extLst>"
      "<a:ext uri=\"u\"><asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" "
      "r:embed=\"rId8\"/></a:ext></a:extLst></a:blip></a:graphic></wp:inline></w:drawing></w:r></w:p>";
  const auto body = body_of(made(drawing, R"({"x": {"data": ")" + tiny_png + R"(", "alt": "Dấu \"A\""}})"));
  CHECK(has(body, "descr=\"Dấu &quot;A&quot;\""));
  CHECK(has(body, "r:embed=\"rIdVt1\""));
  CHECK(has(body, "cx=\"7\""));
  CHECK(!has(body, "svgBlip"));
  CHECK(compiled(document(drawing)).tags().size() == 1);
  CHECK(!has(body_of(made(drawing, R"({"x": false})")), "drawing"));
  CHECK(ids(compiled(document(drawing)).render(data("{}")).notes) == faults{"docx.missing-value"});
  auto all = parts(p("a"));
  add_part(all, "word/header1.xml", "header", header(drawing));
  const auto in_header = fill(zip(all), R"({"x": )" + picture + "}");
  CHECK(has(part_of(in_header, "word/_rels/header1.xml.rels"), "media/vanthu1.png"));
  CHECK(compiled(document(drawing)).tags().at(0).kind == "image");
}

TEST_CASE("of a picture that LibreOffice wrote nothing stays when another takes its place") {
  const auto shown = [](const std::string& id) {
    return "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"7\" cy=\"8\"/><wp:docPr id=\"5\" name=\"n\" "
           "descr=\"{%x}\"/>"
           "<a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><pic:cNvPr "
           "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" id=\"5\" name=\"n\" descr=\"{%x}\"/>"
           "<pic:cNvPr xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" id=\"6\" name=\"n\" "
           "descr=\"khác\"/><a:blip r:embed=\"" +
           id + "\"/></a:graphic></wp:inline></w:drawing></w:r></w:p>";
  };
  auto all = parts(shown("rId8") + shown("rId9"));
  for (const auto* id : {"rId8", "rId9"})
    add_related(all, {"word/document.xml", id, "image", "word/media/Image1.png", "image/png", "png"});
  const auto out = fill(zip(all), R"({"x": {"data": ")" + tiny_png + R"(", "alt": "Dấu"}})");
  CHECK(count_of(body_of(out), "descr=\"Dấu\"") == 4);
  CHECK(count_of(body_of(out), "descr=\"khác\"") == 2);
  CHECK(!has(part_of(out, "[Content_Types].xml"), "Image1"));
  CHECK(!has(part_of(out, "word/_rels/document.xml.rels"), "Image1"));
  const auto parts_of = package::open(out, "o.docx").take().parts();
  CHECK(std::ranges::none_of(parts_of, [](const auto& p) { return has(std::string_view(p), "Image1"); }));
}

TEST_CASE("rich text within a paragraph keeps the look of its run and adds its own") {
  const std::string body = "<w:p><w:r><w:rPr><w:i/><w:sz w:val=\"28\"/></w:rPr><w:t>a {@x} b</w:t></w:r></w:p>";
  const auto out = body_of(made(body, R"({"x": ["m\nn", {"text": "<o>", "bold": true, "size": 10.5, "color": "FF0000",
      "highlight": "yellow", "underline": true, "strike": false, "super": true, "font": "Arial", "style": "S"}]})"));
  CHECK(has(out, "<w:r><w:rPr><w:i/><w:sz w:val=\"28\"/></w:rPr><w:t xml:space=\"preserve\">m</w:t><w:br/>"));
  CHECK(has(out,
            "<w:rPr><w:rStyle w:val=\"S\"/><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\"/><w:b/><w:i/>"
            "<w:strike w:val=\"0\"/><w:color w:val=\"FF0000\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>"
            "<w:highlight w:val=\"yellow\"/><w:u w:val=\"single\"/><w:vertAlign w:val=\"superscript\"/></w:rPr>"));
  CHECK(has(out, "&lt;o&gt;"));
  CHECK(has(out, "<w:t xml:space=\"preserve\"> b</w:t>"));
}

TEST_CASE("links are fields, so that no relationship leads outside, and lead only to the web and to mail") {
  const auto out = body_of(made(p("{@x}"), R"({"x": {"text": "t", "link": "https://a.vn/?x=1&y"}})"));
  CHECK(has(out, "HYPERLINK \"https://a.vn/?x=1&amp;y\""));
  for (const auto* wrong : {"file:///etc/passwd", "javascript:a", "https://a\\\"b"})
    CHECK(data_faults(p("{@x}"), R"({"x": {"text": "t", "link": ")" + std::string(wrong) + "\"}}") ==
          faults{"docx.bad-rich"});
}

TEST_CASE("rich text alone in its paragraph makes paragraphs, lists and tables") {
  const auto out = made(p("{@x}"), R"({"x": ["một", {"runs": "hai", "style": "Heading1", "align": "center"},
      {"runs": "b", "list": "bullet"}, {"runs": "c", "list": "bullet", "level": 1}, {"runs": "1", "list": "number"},
      {"table": [["A", {"blocks": ["B"], "shade": "EEEEEE"}], [{"blocks": ["C", "D"], "span": 2}]], "header": 1,
       "widths": [30, 50]}, {"break": "page"}]})");
  const auto body = body_of(out);
  CHECK(has(body, "<w:p><w:r><w:t xml:space=\"preserve\">một</w:t></w:r></w:p>"));
  CHECK(has(body, "<w:pPr><w:pStyle w:val=\"Heading1\"/><w:jc w:val=\"center\"/></w:pPr>"));
  CHECK(count_of(body, "<w:numId w:val=\"1\"/>") == 2);
  CHECK(count_of(body, "<w:numId w:val=\"2\"/>") == 1);
  CHECK(has(body, "<w:tblGrid><w:gridCol w:w=\"1700\"/><w:gridCol w:w=\"2834\"/></w:tblGrid>"));
  CHECK(has(body, "<w:tcW w:w=\"4534\" w:type=\"dxa\"/><w:gridSpan w:val=\"2\"/>"));
  CHECK(has(body, "w:type=\"page\""));
  CHECK(has(part_of(out, "word/numbering.xml"), "bullet"));
  CHECK(has(part_of(out, "word/_rels/document.xml.rels"), "/word/numbering.xml"));
  CHECK(read(table({row({p("{@x}"), p("b")})}), R"({"x": {"table": [["i"]]}})") == "i\tb\n");
}

TEST_CASE("rich text that is none is told with the place in it") {
  for (const auto* wrong :
       {R"({"x": {"text": "a", "bold": 1}})", R"({"x": {"text": "a", "color": "red"}})",
        R"({"x": {"text": "a", "highlight": "pink"}})", R"({"x": {"text": "a", "size": 0}})",
        R"({"x": {"text": "a", "sizes": 1}})", R"({"x": {"runs": "a", "align": "up"}})",
        R"({"x": {"runs": "a", "list": "x"}})", R"({"x": {"table": []}})", R"({"x": {"table": [1]}})",
        R"({"x": {"table": [[{"table": [["a"]]}]]}})", R"({"x": {}})", R"({"x": {"text": []}})", R"({"x": [["a"]]})",
        R"({"x": {"table": [["a"]], "widths": [1, 2]}})"})
    CHECK_MESSAGE(data_faults(p("{@x}"), wrong).size() == 1, wrong);
  CHECK(data_faults(p("{@x}"), R"({"x": {"text": "a", "bold": 1}})") == faults{"docx.bad-rich"});
  CHECK(data_faults(p("a {@x}"), R"({"x": {"runs": "a"}})") == faults{"docx.bad-rich"});
  CHECK(data_faults(p("{@x}"), "{}") == faults{"docx.missing-value"});
  CHECK(
      template_faults("<w:p><m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><m:r><m:t>"
                      "{@x}</m:t></m:r></m:oMath></w:p>") == faults{"docx.not-in-text"});
}

TEST_CASE("a block that is all of a list item repeats the item, and lists begin anew where it is asked for") {
  CHECK(read(list_item("{#x}{.}{/x}") + p("z"), R"({"x": [1, 2]})") == "1\n2\nz\n");
  CHECK(read(list_item("{#x}{.}{/x}") + p("z"), R"({"x": []})") == "z\n");
  const auto body = p("{#nhom}{$restart}") + list_item("{#x}{.}{/x}") + p("{/nhom}");
  const auto out = fill(with_numbering(body), R"({"nhom": [{"x": [1, 2]}, {"x": []}, {"x": [3]}, {"x": [4]}]})");
  CHECK(count_of(body_of(out), "<w:numId w:val=\"1\"/>") == 2);
  CHECK(count_of(body_of(out), "<w:numId w:val=\"2\"/>") == 1);
  CHECK(count_of(body_of(out), "<w:numId w:val=\"3\"/>") == 1);
  CHECK(has(
      part_of(out, "word/numbering.xml"),
      "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"3\"/>"));
  CHECK(template_faults(p("{$restart}")) == faults{"docx.outside-loop"});
}

TEST_CASE("series beyond those of a chart's template have the next colours, of the theme or of Office") {
  const auto series = [](const std::string& colour) {
    auto all = parts(
        "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"1\" cy=\"1\"/><wp:docPr id=\"5\" name=\"n\" "
        "descr=\"{%x}\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData "
        "uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart "
        "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
        "r:id=\"rId9\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>");
    add_related(
        all,
        {"word/document.xml", "rId9", "chart", "word/charts/chart1.xml",
         std::string(office_type) + "drawingml.chart+xml",
         "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
         "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><c:chart><c:plotArea><c:pieChart><c:ser>"
         "<c:idx val=\"0\"/><c:order val=\"0\"/><c:spPr><a:solidFill>" +
             colour + "</a:solidFill></c:spPr></c:ser></c:pieChart></c:plotArea></c:chart></c:chartSpace>"});
    return part_of(
        fill(zip(all), R"({"x": {"categories": [1], "series": [{"values": [1]}, {"values": [2]}, {"values": [3]}]}})"),
        "word/charts/chart1.xml");
  };
  const auto plain = series("<a:srgbClr val=\"123456\"/>");
  CHECK(has(plain, "123456"));
  CHECK(has(plain, "ED7D31"));
  CHECK(has(plain, "A5A5A5"));
  const auto themed = series("<a:schemeClr val=\"accent1\"/>");
  CHECK(has(themed, "accent2"));
  CHECK(has(themed, "accent3"));
  CHECK(count_of(series("<a:schemeClr val=\"tx1\"/>"), "\"tx1\"") == 3);
}

TEST_CASE("lists that styles put paragraphs into begin anew too, by however many styles they are based on") {
  const auto styled = [](const std::string& id, const std::string& text, const std::string& more = "") {
    return "<w:p><w:pPr><w:pStyle w:val=\"" + id + "\"/>" + more + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
  };
  const auto style = [](const std::string& id, const std::string& inside) {
    return "<w:style w:type=\"paragraph\" w:styleId=\"" + id + "\"><w:name w:val=\"" + id + "\"/>" + inside +
           "</w:style>";
  };
  const auto in_list = [](const std::string& inside) { return "<w:pPr><w:numPr>" + inside + "</w:numPr>"; };
  auto all = parts(p("{#x}{$restart}") + styled("Khoan", "{.}", "<w:keepNext/><w:jc w:val=\"both\"/>") +
                   styled("Diem", "a", "<w:ind w:left=\"9\"/>") + styled("Diem", "b") + styled("Thuong", "c") +
                   styled("Khoan", "d", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>") +
                   styled("Khoan", "e", "<w:numPr><w:ilvl w:val=\"2\"/></w:numPr><w:jc w:val=\"both\"/>") +
                   styled("Khoan", "g", "<w:numPr><w:ilvl w:val=\"3\"/><w:ins w:id=\"1\" w:author=\"a\"/></w:numPr>") +
                   styled("Khoan", "h", "<w:numPr/><w:jc w:val=\"both\"/>") +
                   "<w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr></w:p>" + p("{/x}") + styled("Khoan", "cuối"));
  add_part(all, "word/numbering.xml", "numbering",
           "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:abstractNum "
           "w:abstractNumId=\"0\"><w:multiLevelType w:val=\"multilevel\"/><w:lvl w:ilvl=\"0\"><w:start "
           "w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Goc\"/><w:lvlText "
           "w:val=\"%1.\"/></w:lvl></w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId "
           "w:val=\"0\"/></w:num></w:numbering>");
  add_part(all, "word/styles.xml", "styles",
           styles(style("Goc", in_list("<w:numId w:val=\"7\"/>") + "<w:ind w:left=\"567\"/></w:pPr>") +
                  style("Giua", "<w:basedOn w:val=\"Goc\"/>") + style("Khoan", "<w:basedOn w:val=\"Giua\"/>") +
                  style("Diem", "<w:basedOn w:val=\"Khoan\"/>" + in_list("<w:ilvl w:val=\"1\"/>") + "</w:pPr>") +
                  style("Thuong", "<w:basedOn w:val=\"Khoan\"/>" + in_list("<w:numId w:val=\"0\"/>") + "</w:pPr>")));
  const auto body = body_of(fill(zip(all), R"({"x": ["m", "n"]})"));
  const std::string indent =
      "<w:ind w:left=\"567\" xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>";
  for (const std::string number : {"7", "8"}) {
    const auto numbered = [&](const std::string& level) {
      return "<w:numPr><w:ilvl w:val=\"" + level + "\"/><w:numId w:val=\"" + number + "\"/></w:numPr>";
    };
    CHECK(count_of(body, "<w:keepNext/>" + numbered("0") + indent + "<w:jc w:val=\"both\"/></w:pPr>") == 1);
    CHECK(count_of(body, numbered("1") + "<w:ind w:left=\"9\"/></w:pPr><w:r><w:t>a") == 1);
    CHECK(count_of(body, numbered("1") + indent + "</w:pPr><w:r><w:t>b") == 1);
    CHECK(count_of(body, numbered("2") + indent + "<w:jc w:val=\"both\"/></w:pPr><w:r><w:t>e") == 1);
    CHECK(count_of(body, "<w:ilvl w:val=\"3\"/><w:numId w:val=\"" + number + "\"/><w:ins") == 1);
    CHECK(count_of(body, numbered("0") + indent + "<w:jc w:val=\"both\"/></w:pPr><w:r><w:t>h") == 1);
  }
  CHECK(count_of(body, "<w:pStyle w:val=\"Thuong\"/></w:pPr>") == 2);
  CHECK(count_of(body, "<w:pStyle w:val=\"Khoan\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr>") == 2);
  CHECK(has(body, "<w:pStyle w:val=\"Khoan\"/></w:pPr><w:r><w:t>cuối"));
}

TEST_CASE("new ids stay below what Word takes for one, however great those of the template are") {
  const auto ids_with = [](const std::string& greatest, const std::string& other) {
    const auto drawing = [](const std::string& id) {
      return "<w:r><w:drawing><wp:inline><wp:docPr id=\"" + id + "\" name=\"a\"/></wp:inline></w:drawing></w:r>";
    };
    const auto body =
        filled("<w:p>" + drawing(other) + "</w:p>" + p("{#x}") + "<w:p>" + drawing(greatest) + "</w:p>" + p("{/x}"),
               R"({"x": [1, 2]})");
    const auto at = body.rfind("<wp:docPr id=\"") + 14;
    return body.substr(at, body.find('"', at) - at);
  };
  CHECK(ids_with("7", "3") == "8");
  CHECK(ids_with("2147483647", "3") == "4");
  CHECK(ids_with("2147483000", "2000000000") == "1");
  CHECK(ids_with("1100000000", "900000000") == "1100000001");
  CHECK(ids_with("4294967295", "3") == "4");
}

TEST_CASE("sections repeat, and a turn at the end of the document ends with a section") {
  const std::string mid =
      "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"1\" w:h=\"2\"/></w:sectPr></w:pPr><w:r><w:t>{-w:sectPr "
      "x}{.}{/x}</w:t></w:r></w:p>";
  const auto first = body_of(made(mid + p("cuối"), R"({"x": [1, 2]})"));
  CHECK(count_of(first, "<w:pgSz w:w=\"1\"") == 2);
  CHECK(count_of(first, "cuối") == 1);
  const auto last = body_of(made(mid + p("{-w:sectPr y}{.}{/y}"), R"({"x": [1], "y": [2, 3]})"));
  CHECK(count_of(last, "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"11906\"") == 1);
  const auto whole = body_of(made(p("{-w:body x}{.}") + p("b{/x}"), R"({"x": [1, 2, 3]})"));
  CHECK(count_of(whole, "<w:p><w:pPr><w:sectPr>") == 2);
  CHECK(count_of(whole, ">b<") == 3);
  CHECK(template_faults(p("{-w:sectPr x}a") + p("{:else}b{/x}")) == faults{"docx.else-in-sections"});
  auto all = parts(p("a"));
  add_part(all, "word/header1.xml", "header", header(p("{-w:body x}{/x}")));
  CHECK(ids(document_template::compile(zip(all), "t").notes) == faults{"docx.no-such-element"});
}

TEST_CASE("a field is a control the receiver fills in, with its path as tag and a bookmark around it") {
  const auto body = body_of(
      made(p("Tổng số: {~a.tong \"Tổng số\"} người") + p("{#x}{~so}{/x}"), R"({"a": {"tong": 5}, "x": [{}, {}]})"));
  CHECK(has(body, "<w:alias w:val=\"Tổng số [a.tong]\"/><w:tag w:val=\"a.tong\"/><w:text/>"));
  CHECK(has(body, ">5</w:t>"));
  CHECK(has(body, "<w:tag w:val=\"x[1].so\"/>"));
  CHECK(count_of(body, "……") == 2);
  CHECK(count_of(body, "<w:bookmarkStart w:id=\"1\" w:name=\"_kh") == 1);
  CHECK(!has(body_of(made(table({row({p("{~a}"), p("{~b}")})}), "{}")), "w:id=\"2\""));
  CHECK(compiled(document(p("{~a}"))).tags().at(0).kind == "field");
  CHECK(data_faults(p("{~a}"), R"({"a": []})") == faults{"docx.wrong-type"});
}

TEST_CASE("a page may end where the template or the data says so") {
  CHECK(has(body_of(made(p("a{$page}b"), "{}")), "</w:t><w:br w:type=\"page\"/><w:t xml:space=\"preserve\">b"));
  CHECK(has(filled(p("{a}"), R"({"a": "x\fy"})"), "w:type=\"page\""));
}

TEST_CASE("rows are read once, as they come, and are not kept") {
  const auto body = table({row({p("{#x}{$number}{^$last},{/}"), p("{a}{#y}{.}{/y}{/x}")})});
  const auto rows_of = [](int count) {
    render_options options;
    auto next = std::make_shared<int>(0);
    options.rows.push_back({"x", [next, count]() -> std::optional<value> {
                              if (*next == count) return {};
                              ++*next;
                              return value::object({{"a", *next * 10}, {"y", value::list({1})}});
                            }});
    return options;
  };
  CHECK(read(body, "{}", rows_of(3)) == "1,\t101\n2,\t201\n3\t301\n");
  CHECK(read(p("a") + body, "{}", rows_of(0)) == "a\n");
  const auto many = made(body, "{}", rows_of(30'000));
  CHECK(has(document_text(package::open(many, "o").take()), "30000\t3000001\n"));
  const auto refused = [&](std::string_view b) {
    return ids(compiled(document(b)).render(data("{}"), rows_of(2)).notes);
  };
  for (const auto* wrong : {"{#x}{$count}{/x}", "{#x}{/x}{#x}{/x}", "{#x | sort:a}{/x}", "{x | count}", "{^x}{/x}",
                            "{#y}{#x}{/x}{/y}", "{#x}{#y | where:$count > 1}{/y}{/x}"})
    CHECK_MESSAGE(refused(p(wrong)) == faults{"docx.cursor-once"}, wrong);
  CHECK(refused(p("{#x}{b}{/x}")) == faults{"docx.missing-value"});
}

TEST_CASE("lists of rows that are read once begin anew wherever the numbering stands in the package") {
  auto all = parts(p("{#x}{$restart}") + list_item("{#y}{.}{/y}") + p("{/x}"));
  add_part(all, "word/lists.xml", "numbering", numbering);
  std::rotate(all.begin(), all.end() - 1, all.end());  // before the text
  render_options options;
  int left = 2;
  options.rows.push_back({"x", [&]() -> std::optional<value> {
                            if (left-- == 0) return {};
                            return value::object({{"y", value::list({1})}});
                          }});
  CHECK(has(part_of(fill(zip(all), "{}", options), "word/lists.xml"), "<w:num w:numId=\"2\">"));
}

TEST_CASE("bookmarks of a text box that is there for two kinds of readers get one set of ids") {
  const std::string box =
      "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"w14\"><w:txbxContent><w:p><w:bookmarkStart w:id=\"1\" "
      "w:name=\"a\"/>"
      "<w:r><w:t>{.}</w:t></w:r><w:bookmarkEnd "
      "w:id=\"1\"/></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
      "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"a\"/><w:r><w:t>{.}</w:t></w:r><w:bookmarkEnd w:id=\"1\"/></w:p>"
      "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>";
  const auto body = body_of(made(p("{#x}") + box + p("{/x}"), R"({"x": [1, 2]})"));
  CHECK(count_of(body, "w:name=\"a\"") == 2);
  CHECK(count_of(body, "w:name=\"a_1\"") == 2);
  CHECK(count_of(body, "<w:bookmarkStart w:id=\"2\"") == 2);
}

TEST_CASE("a footnote referred to in a block comes once for each turn, with the names of that turn") {
  const std::string reference = "<w:p><w:r><w:t>{ten}</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
  auto all = parts(p("{#x}") + reference + p("{/x}") + reference);
  add_part(all, "word/footnotes.xml", "footnotes",
           "<w:footnotes xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
           "xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"><w:footnote w:type=\"separator\" "
           "w:id=\"0\"><w:p/>"
           "</w:footnote><w:footnote w:id=\"2\"><w:p w14:paraId=\"00000001\"><w:r><w:t>ghi chú "
           "{ten}</w:t></w:r></w:p></w:footnote>"
           "<w:footnote w:id=\"3\">" +
               p("{ten}") + "</w:footnote></w:footnotes>");
  const auto out = fill(zip(all), R"({"ten": "gốc", "x": [{"ten": "A"}, {"ten": "B"}]})");
  const auto notes = part_of(out, "word/footnotes.xml");
  CHECK(has(notes, "<w:footnote w:id=\"2\"><w:p><w:r><w:t xml:space=\"preserve\">ghi chú A"));
  CHECK(has(notes, "<w:footnote w:id=\"100001\"><w:p><w:r><w:t xml:space=\"preserve\">ghi chú B"));
  CHECK(has(notes, "<w:footnote w:id=\"3\"><w:p><w:r><w:t xml:space=\"preserve\">gốc"));
  CHECK(count_of(body_of(out), "w:id=\"100001\"") == 1);
  all[3].content = parts(p("{#x}") + reference + p("{/x}"))[3].content;
  const auto none = part_of(fill(zip(all), R"({"ten": "gốc", "x": []})"), "word/footnotes.xml");
  CHECK(!has(none, "ghi chú"));
  CHECK(has(none, "<w:footnote w:id=\"3\">"));
}

TEST_CASE("what would bring back the old content of a control goes when the control holds a tag") {
  const std::string control =
      "<w:sdt><w:sdtPr><w:showingPlcHdr/><w:dataBinding w:xpath=\"/a\"/></w:sdtPr><w:sdtContent>" + p("{a}") +
      "</w:sdtContent></w:sdt>";
  const auto body = body_of(made(control, R"({"a": 1})"));
  CHECK(!has(body, "dataBinding"));
  CHECK(!has(body, "showingPlcHdr"));
}

TEST_CASE("texts of SmartArt and charts are filled") {
  auto all = parts(p("{a}"));
  const auto add = [&](const std::string& name, const std::string& type, const std::string& content) {
    auto& types = all[0].content;
    types.insert(types.rfind("</Types>"), "<Override PartName=\"/" + name + "\" ContentType=\"" + type + "\"/>");
    part added;
    added.name = name;
    added.content = content;
    all.push_back(added);
  };
  const std::string drawing = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"";
  add("word/diagrams/data1.xml", "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
      "<d " + drawing +
          "><a:p><a:r><a:t>{#x}</a:t></a:r></a:p><a:p><a:r><a:t>- "
          "{.}</a:t></a:r></a:p><a:p><a:r><a:t>{/x}</a:t></a:r></a:p></d>");
  add("word/charts/chart1.xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
      "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" " + drawing +
          "><a:p><a:r><a:t>Năm {a}</a:t></a:r></a:p><c:v>{a | number:1}</c:v></c:chartSpace>");
  const auto out = fill(zip(all), R"({"a": 2023, "x": ["m", "n"]})");
  CHECK(has(part_of(out, "word/diagrams/data1.xml"), "<a:t>- m</a:t></a:r></a:p><a:p><a:r><a:t>- n</a:t>"));
  CHECK(has(part_of(out, "word/charts/chart1.xml"), "<a:t>Năm 2023</a:t>"));
  CHECK(has(part_of(out, "word/charts/chart1.xml"), "<c:v>2.023,0</c:v>"));
}

TEST_CASE("a table of contents is to be made anew when the text has changed") {
  const std::string contents =
      "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-3\" "
      "</w:instrText></w:r>"
      "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
  const auto settings = [&](const std::string& inside, const std::string& body) {
    auto all = parts(body);
    add_part(all, "word/settings.xml", "settings",
             "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">" + inside +
                 "</w:settings>");
    return part_of(fill(zip(all), R"({"a": 1})"), "word/settings.xml");
  };
  const std::string zoom = "<w:zoom w:percent=\"100\"/><w:rsids/>";
  CHECK(has(settings(zoom, contents + p("{a}")),
            "<w:zoom w:percent=\"100\"/><w:updateFields w:val=\"true\"/><w:rsids/>"));
  CHECK(has(settings("<w:rsids/>", contents + p("{a}")), "<w:updateFields w:val=\"true\"/><w:rsids/>"));
  CHECK(!has(settings(zoom, contents + p("a")), "updateFields"));
  CHECK(!has(settings(zoom, p("TOC {a}")), "updateFields"));
  CHECK(count_of(settings("<w:updateFields/>", contents + p("{a}")), "updateFields") == 1);
}

TEST_CASE("a chart whose alternative text is a tag gets title, categories and series, and its workbook too") {
  const std::string drawing =
      "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"5\" name=\"n\" descr=\"{%x}\"/><c:chart "
      "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
      "r:id=\"rId9\"/></wp:inline></w:drawing></w:r></w:p>";
  const std::string chart =
      "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
      "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><c:chart><c:title><a:t>cũ</a:t><a:t>hơn</"
      "a:t></c:title>"
      "<c:plotArea><c:barChart><c:ser><c:idx val=\"0\"/><c:order "
      "val=\"0\"/><c:tx><c:strRef><c:f>Số!$B$1</c:f></c:strRef></c:tx>"
      "<c:spPr/><c:cat/><c:val/></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>";
  const auto package_with = [&](const std::string& body) {
    auto all = parts(body);
    const auto add = [&](const std::string& name, const std::string& content) {
      part added;
      added.name = name;
      added.content = content;
      all.push_back(added);
    };
    const std::string relation =
        "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    all[2].content.insert(all[2].content.rfind("</"), relation + "chart\" Target=\"charts/chart1.xml\"/>");
    add("word/charts/chart1.xml", chart);
    add("word/charts/_rels/chart1.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + relation +
            "package\" Target=\"../embeddings/w.xlsx\"/></Relationships>");
    add("word/embeddings/w.xlsx", "cũ");
    return zip(all);
  };
  const std::string json = R"({"title": "Mới", "categories": ["A", "B"], "series": [{"name": "m", "values": [1, null]},
                              {"name": "n", "values": [2.5, 3]}]})";
  const auto out = fill(package_with(drawing), "{\"x\": " + json + "}");
  const auto made_chart = part_of(out, "word/charts/chart1.xml");
  CHECK(has(made_chart, "<a:t>Mới</a:t>"));
  CHECK(count_of(made_chart, "<c:ser>") == 2);
  CHECK(count_of(made_chart, "<c:spPr") == 2);
  CHECK(has(made_chart,
            "<c:f>'Số'!$C$2:$C$3</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val=\"2\"/>"
            "<c:pt idx=\"0\"><c:v>2.5</c:v></c:pt><c:pt idx=\"1\"><c:v>3</c:v></c:pt>"));
  CHECK(part_of(out, "word/embeddings/w.xlsx").starts_with("PK"));
  const auto twice =
      fill(package_with(p("{#y}") + drawing + p("{/y}")), "{\"y\": [{\"x\": " + json + "}, {\"x\": " + json + "}]}");
  CHECK(has(body_of(twice), "r:id=\"rIdVt1\""));
  CHECK(has(part_of(twice, "word/charts/_rels/vanthu1.xml.rels"), "../embeddings/vanthu1.xlsx"));
  CHECK(has(part_of(twice, "word/_rels/document.xml.rels"), "/word/charts/vanthu1.xml"));
  const auto t = compiled(package_with(drawing));
  for (const auto* wrong :
       {R"({"x": 1})", R"({"x": {"categories": [], "series": []}})", R"({"x": {"categories": [[]], "series": []}})",
        R"({"x": {"categories": ["a"], "series": [{"values": ["b"]}]}})",
        R"({"x": {"categories": ["a"], "series": [{"values": [1, 2]}]}})"})
    CHECK_MESSAGE(ids(t.render(docx_builder::data(std::string_view(wrong))).notes) == faults{"docx.bad-chart"}, wrong);
}

TEST_CASE("a picture that another takes the place of leaves the package with its relationship") {
  const std::string drawing =
      "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"5\" name=\"n\" descr=\"{%x}\"/><a:blip "
      "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
      "r:embed=\"rId9\"/></wp:inline></w:drawing></w:r></w:p>";
  const auto package_with = [&](const std::string& body) {
    auto all = parts(body);
    all[2].content.insert(
        all[2].content.rfind("</"),
        "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" "
        "Target=\"media/old.png\"/>");
    part old;
    old.name = "word/media/old.png";
    all.push_back(old);
    return package::open(fill(zip(all), "{\"x\": " + picture + "}"), "o.docx").take();
  };
  const auto replaced = package_with(drawing);
  CHECK(!replaced.has("word/media/old.png"));
  CHECK(!has(replaced.read("word/_rels/document.xml.rels"), "rId9"));
  const auto kept = package_with(drawing + "<w:p><w:r><w:pict r:id=\"rId9\"/></w:r></w:p>");
  CHECK(kept.has("word/media/old.png"));
  CHECK(has(kept.read("word/_rels/document.xml.rels"), "rId9"));
}

TEST_CASE("a document is put in with its styles, lists and pictures, its ids made new and its sections left out") {
  auto inner = parts(
      "<w:p w14:paraId=\"00000001\"><w:pPr><w:pStyle w:val=\"Riêng\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId "
      "w:val=\"1\"/>"
      "</w:numPr></w:pPr><w:bookmarkStart w:id=\"1\" w:name=\"m\"/><w:r><w:t>trong</w:t></w:r><w:bookmarkEnd "
      "w:id=\"1\"/>"
      "<w:hyperlink r:id=\"rId99\"><w:r><w:t>!</w:t></w:r></w:hyperlink></w:p>" +
      table({row({p("a"), p("b")})}) + "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" + table({row({p("c"), p("d")})}));
  add_part(inner, "word/numbering.xml", "numbering", numbering);
  const std::string space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
  add_part(inner, "word/styles.xml", "styles",
           "<w:styles " + space +
               "><w:style w:type=\"paragraph\" w:styleId=\"Riêng\"><w:name w:val=\"r\"/><w:basedOn w:val=\"Gốc\"/>"
               "</w:style><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Gốc\"><w:name "
               "w:val=\"g\"/></w:style></w:styles>");
  const auto file = zip(inner);
  render_options options;
  options.assets = [&](std::string_view name) { return name == "b.docx" ? std::optional(file) : std::nullopt; };
  const auto outer = document(p("đầu") + p("{+x}") + p("{+x}") + p("cuối"));
  const auto out = fill(outer, R"({"x": "b.docx"})", options);
  const auto body = body_of(out);
  CHECK(count_of(body, ">trong<") == 2);
  CHECK(count_of(body, "<w:sectPr") == 0);
  CHECK(count_of(body, "w:name=\"m_1\"") == 1);
  CHECK(count_of(body, "w:name=\"m_2\"") == 1);
  CHECK(!has(body, "paraId"));
  CHECK(!has(body, "rId99"));
  CHECK(has(body, "<w:numId w:val=\"1\"/>"));
  CHECK(has(body, "<w:numId w:val=\"2\"/>"));
  CHECK(count_of(part_of(out, "word/styles.xml"), "<w:style ") == 2);
  CHECK(!has(part_of(out, "word/styles.xml"), "default"));
  CHECK(count_of(part_of(out, "word/numbering.xml"), "<w:abstractNum ") == 1);
  CHECK(count_of(part_of(out, "word/numbering.xml"), "<w:num ") == 2);
  const auto cell = fill(document(table({row({p("{+x}"), p("y")})})), R"({"x": "b.docx"})", options);
  CHECK(has(body_of(cell), "</w:tbl><w:p/></w:tc>"));
  const auto refused = [&](const std::string& json) {
    return ids(compiled(outer).render(docx_builder::data(std::string_view(json)), options).notes);
  };
  CHECK(refused(R"({"x": {"data": "AAAA"}})") == faults{"docx.not-a-package", "docx.not-a-package"});
  CHECK(refused(R"({"x": "c.docx"})") == faults{"docx.no-picture", "docx.no-picture"});
  CHECK(refused("{}") == faults{"docx.missing-value", "docx.missing-value"});
  CHECK(template_faults(p("a {+x}")) == faults{"docx.not-alone"});
}
