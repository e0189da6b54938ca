// Documents put into a document: {+x}.
#include <doctest/doctest.h>

#include <algorithm>

#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

// What stands between two texts, the first time.
std::string between(std::string_view text, std::string_view open, std::string_view close) {
  const auto at = text.find(open);
  if (at == text.npos) return {};
  const auto begin = at + open.size();
  return std::string(text.substr(begin, text.find(close, begin) - begin));
}

render_options giving(const bytes& document) {
  render_options options;
  options.assets = [document](std::string_view name) { return name == "d" ? std::optional(document) : std::nullopt; };
  return options;
}
bytes with(const std::vector<part>& outer, const std::vector<part>& inner, std::string_view json = R"({"d": "d"})") {
  return fill(zip(outer), json, giving(zip(inner)));
}
// The same with a document that no validator would let pass.
bytes with_unsound(const std::vector<part>& outer, const std::vector<part>& inner) {
  return compiled(zip(outer)).render(data(R"({"d": "d"})"), giving(zip(inner))).take();
}
// What cannot come along.
std::string refused(const std::vector<part>& inner, const std::vector<part>& outer = parts(p("{+d}"))) {
  const auto notes = compiled(zip(outer)).render(data(R"({"d": "d"})"), giving(zip(inner))).notes;
  if (ids(notes) != faults{"docx.cannot-insert"}) return "not one docx.cannot-insert: " + texts(notes);
  return notes.front().what.args.back();
}

std::string run(std::string_view inside) {
  return "<w:r>" + std::string(inside) + "</w:r>";
}
std::string text_run(std::string_view text) {
  return run("<w:t>" + std::string(text) + "</w:t>");
}
std::string reference(std::string_view kind, int id) {
  return run("<w:" + std::string(kind) + "Reference w:id=\"" + std::to_string(id) + "\"/>");
}
std::string paragraph(std::string_view inside) {
  return "<w:p>" + std::string(inside) + "</w:p>";
}
std::string styled(std::string_view style, std::string_view text, std::string_view more = "") {
  return paragraph("<w:pPr><w:pStyle w:val=\"" + std::string(style) + "\"/>" + std::string(more) + "</w:pPr>" +
                   text_run(text));
}
std::string style(std::string_view id, std::string_view name, std::string_view inside = "",
                  std::string_view kind = "paragraph") {
  return "<w:style w:type=\"" + std::string(kind) + "\" w:styleId=\"" + std::string(id) + "\"><w:name w:val=\"" +
         std::string(name) + "\"/>" + std::string(inside) + "</w:style>";
}
std::string field(std::string_view code, std::string_view result) {
  const auto mark = [](std::string_view type) {
    return run("<w:fldChar w:fldCharType=\"" + std::string(type) + "\"/>");
  };
  return mark("begin") + run("<w:instrText xml:space=\"preserve\"> " + std::string(code) + " </w:instrText>") +
         mark("separate") + text_run(result) + mark("end");
}
std::string list(std::string_view definition, std::string_view format, std::string_view text,
                 std::string_view more = "") {
  return "<w:abstractNum w:abstractNumId=\"" + std::string(definition) +
         "\"><w:multiLevelType w:val=\"multilevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" +
         std::string(format) + "\"/>" + std::string(more) + "<w:lvlText w:val=\"" + std::string(text) +
         "\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText "
         "w:val=\"%1.%2.\"/></w:lvl></w:abstractNum>";
}
std::string number(int id, std::string_view definition, std::string_view more = "") {
  return "<w:num w:numId=\"" + std::to_string(id) + "\"><w:abstractNumId w:val=\"" + std::string(definition) + "\"/>" +
         std::string(more) + "</w:num>";
}
std::string in_list(int id, std::string_view text) {
  return paragraph("<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"" + std::to_string(id) +
                   "\"/></w:numPr></w:pPr>" + text_run(text));
}

std::vector<part> with_notes() {
  auto out = parts(paragraph(text_run("trong") + reference("footnote", 1) + reference("endnote", 2)) +
                   paragraph(reference("footnote", 3)));
  add_part(
      out, "word/footnotes.xml", "footnotes",
      notes("footnote", note("footnote", 1, text_run("một")) +
                            note("footnote", 3, "<w:hyperlink r:id=\"rId1\">" + text_run("ba") + "</w:hyperlink>")));
  add_part(out, "word/endnotes.xml", "endnotes", notes("endnote", note("endnote", 2, text_run("hai"))));
  part links;
  links.name = "word/_rels/footnotes.xml.rels";
  links.content =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
      "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" "
      "Target=\"https://example.vn/\" TargetMode=\"External\"/></Relationships>";
  out.push_back(links);
  return out;
}

constexpr std::string_view chart_space = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const std::string drawing_space = "http://schemas.openxmlformats.org/drawingml/2006/main";

std::string frame(std::string_view uri, std::string_view inside, int id = 1) {
  return paragraph(run("<w:drawing><wp:inline><wp:extent cx=\"3600000\" cy=\"1800000\"/><wp:docPr id=\"" +
                       std::to_string(id) + "\" name=\"n\"/><a:graphic xmlns:a=\"" + drawing_space +
                       "\"><a:graphicData uri=\"" + std::string(uri) + "\">" + std::string(inside) +
                       "</a:graphicData></a:graphic></wp:inline></w:drawing>"));
}
std::string chart_frame() {
  return frame(chart_space, "<c:chart xmlns:c=\"" + std::string(chart_space) + "\" r:id=\"rId9\"/>");
}
std::string chart(std::string_view more = "<c:externalData r:id=\"rId1\"/>") {
  return "<c:chartSpace xmlns:c=\"" + std::string(chart_space) +
         "\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><c:chart><c:plotArea>"
         "<c:pieChart><c:ser><c:idx val=\"0\"/><c:order val=\"0\"/><c:val><c:numLit><c:ptCount val=\"1\"/><c:pt "
         "idx=\"0\"><c:v>7</c:v></c:pt></c:numLit></c:val></c:ser></c:pieChart></c:plotArea></c:chart>" +
         std::string(more) + "</c:chartSpace>";
}
std::vector<part> with_chart() {
  auto out = parts(chart_frame());
  add_related(out, {"word/document.xml", "rId9", "chart", "word/charts/chart1.xml",
                    std::string(office_type) + "drawingml.chart+xml", chart()});
  add_related(out, {"word/charts/chart1.xml", "rId1", "package", "word/embeddings/book.xlsx",
                    std::string(office_type) + "spreadsheetml.sheet", std::string(text_of(document("")))});
  add_related(out,
              {"word/charts/chart1.xml", "rId2", "http://schemas.microsoft.com/office/2011/relationships/chartStyle",
               "word/charts/style1.xml", "application/vnd.ms-office.chartstyle+xml",
               "<cs:chartStyle xmlns:cs=\"http://schemas.microsoft.com/office/drawing/2012/chartStyle\" id=\"1\"/>"});
  return out;
}

const std::string gif("GIF89a\x04\0\x03\0", 10);

// One that no relationship leads to.
part stray_part(std::string name) {
  part out;
  out.name = std::move(name);
  out.content = "<a/>";
  return out;
}

}  // namespace

TEST_CASE("a template without notes gets a part of them, with separators that its settings name") {
  const auto out = with(parts(p("{+d}") + p("{+d}")), with_notes());
  const auto body = body_of(out);
  const auto footnotes = part_of(out, "word/footnotes.xml");
  for (const std::string id : {"100001", "100002", "100003", "100004"}) {
    CHECK(count_of(body, "<w:footnoteReference w:id=\"" + id + "\"/>") == 1);
    CHECK(count_of(footnotes, "w:id=\"" + id + "\"") == 1);
  }
  CHECK(count_of(footnotes, "<w:footnote ") == 6);
  CHECK(has(footnotes, "<w:footnote w:type=\"separator\" w:id=\"-1\">"));
  CHECK(has(footnotes, ">một<"));
  CHECK(has(footnotes, " HYPERLINK \"https://example.vn/\" "));
  CHECK(count_of(part_of(out, "word/endnotes.xml"), ">hai<") == 2);
  const auto types = part_of(out, "[Content_Types].xml");
  CHECK(has(types, "PartName=\"/word/footnotes.xml\""));
  CHECK(has(types, "PartName=\"/word/endnotes.xml\""));
  CHECK(has(part_of(out, "word/_rels/document.xml.rels"), "relationships/footnotes\""));
  const auto settings = part_of(out, "word/settings.xml");
  CHECK(has(settings, "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr><w:endnotePr>"));
}

TEST_CASE("notes come behind those the template has, with tags or without") {
  for (const std::string own : {"của mẫu", "của {ten}"}) {
    CAPTURE(own);
    auto outer = parts(paragraph(reference("footnote", 1)) + p("{+d}"));
    add_part(outer, "word/footnotes.xml", "footnotes", notes("footnote", note("footnote", 1, text_run(own))));
    add_part(outer, "word/settings.xml", "settings",
             "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:zoom "
             "w:percent=\"100\"/><w:compat/></w:settings>");
    const auto out = with(outer, with_notes(), R"({"d": "d", "ten": "mẫu"})");
    const auto footnotes = part_of(out, "word/footnotes.xml");
    CHECK(footnotes.find("của mẫu") < footnotes.find(">một<"));
    CHECK(count_of(footnotes, "<w:footnote ") == 5);
    CHECK(count_of(footnotes, "\"separator\"") == 1);
    CHECK(has(part_of(out, "word/settings.xml"),
              "<w:endnotePr><w:endnote w:id=\"-1\"/><w:endnote w:id=\"0\"/>"
              "</w:endnotePr><w:compat/>"));
    CHECK(!has(part_of(out, "word/settings.xml"), "footnotePr"));
  }
}

TEST_CASE("notes in blocks and notes that come along have numbers of their own") {
  auto outer = parts(p("{#x}") + paragraph(text_run("a") + reference("footnote", 1)) + p("{+d}") + p("{/x}"));
  add_part(outer, "word/footnotes.xml", "footnotes", notes("footnote", note("footnote", 1, text_run("{n}"))));
  const auto out = with(outer, with_notes(), R"({"x": [{"d": "d", "n": 1}, {"d": "d", "n": 2}]})");
  const auto footnotes = part_of(out, "word/footnotes.xml");
  CHECK(has(footnotes, ">1<"));
  CHECK(has(footnotes, ">2<"));
  CHECK(count_of(footnotes, ">một<") == 2);
  for (const std::string id : {"1", "100001", "100002", "100003", "100004", "100005"})
    CHECK(count_of(footnotes, " w:id=\"" + id + "\"") == 1);
}

TEST_CASE("documents come along with rows that are read once") {
  const auto inner = zip(with_notes());
  auto options = giving(inner);
  int left = 2;
  options.rows.push_back({"x", [&]() -> std::optional<value> {
                            return left-- > 0 ? std::optional(value::object({{"d", "d"}})) : std::nullopt;
                          }});
  auto outer = parts(p("{+d}") + p("{#x}") + p("{+d}") + p("{/x}"));
  add_part(outer, "word/styles.xml", "styles", styles(style("A", "A")));
  const auto out = fill(zip(outer), R"({"d": "d"})", options);
  const auto body = body_of(out);
  CHECK(count_of(body, ">trong<") == 3);
  CHECK(has(body, "<w:footnoteReference w:id=\"100006\"/>"));
  CHECK(count_of(part_of(out, "word/footnotes.xml"), ">một<") == 3);
}

TEST_CASE("styles come along with rows that are read once wherever the styles stand in the package") {
  auto inner = parts(styled("Ghi", "trong"));
  add_part(inner, "word/styles.xml", "styles", styles(style("Ghi", "Ghi")));
  auto options = giving(zip(inner));
  int left = 1;
  options.rows.push_back({"x", [&]() -> std::optional<value> {
                            return left-- > 0 ? std::optional(value::object({{"d", "d"}})) : std::nullopt;
                          }});
  auto outer = parts(p("{#x}") + p("{+d}") + p("{/x}"));
  add_part(outer, "word/looks.xml", "styles", styles(style("A", "A")));
  std::rotate(outer.begin(), outer.end() - 1, outer.end());  // before the text
  CHECK(has(part_of(fill(zip(outer), "{}", options), "word/looks.xml"), "w:styleId=\"Ghi\""));
}

TEST_CASE("notes cannot stand in headers, nor be missing, nor have notes") {
  auto outer = parts(p("a"));
  add_part(outer, "word/header1.xml", "header", header(p("{+d}")));
  CHECK(refused(with_notes(), outer) == "a footnote where there can be none");
  auto missing = parts(paragraph(reference("footnote", 7)));
  CHECK(refused(missing) == "a footnote without a text");
  add_part(missing, "word/endnotes.xml", "endnotes", notes("endnote", ""));
  missing[3].content.replace(missing[3].content.find("footnoteR"), 9, "endnoteR");
  CHECK(refused(missing) == "an endnote without a text");
  CHECK(refused(parts(paragraph(run("<w:footnoteReference/>")))) == "a footnote without a text");
  auto nested = parts(paragraph(reference("footnote", 1)));
  add_part(nested, "word/footnotes.xml", "footnotes", notes("footnote", note("footnote", 1, reference("footnote", 1))));
  CHECK(refused(nested) == "a note within another one");
}

TEST_CASE("a style of the same name is the template's, another of the same id gets a new one") {
  auto outer = parts(p("{+d}"));
  add_part(
      outer, "word/styles.xml", "styles",
      styles("<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>" +
             style("Heading1", "heading 1", "<w:basedOn w:val=\"Normal\"/>") + style("Ghi", "Ghi chú nhỏ") +
             style("Ghi-1", "Ghi chú vừa") + style("Chu", "Chu", "", "character")));
  auto inner = parts(styled("u1", "A") + styled("Ghi", "B") + styled("khong-co", "C") + styled("Thuong", "D"));
  add_part(inner, "word/styles.xml", "styles",
           styles("<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Thuong\"><w:name w:val=\"Bình "
                  "thường\"/></w:style>" +
                  style("u1", "Heading 1", "<w:basedOn w:val=\"Thuong\"/><w:rPr><w:color w:val=\"FF0000\"/></w:rPr>") +
                  style("Ghi", "Ghi chú lớn",
                        "<w:basedOn w:val=\"Thuong\"/><w:next w:val=\"mat\"/><w:link w:val=\"ChuKia\"/>") +
                  style("ChuKia", "chu", "", "character")));
  const auto out = with_unsound(outer, inner);
  const auto body = body_of(out);
  CHECK(has(body, "<w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>A"));
  CHECK(has(body, "<w:pStyle w:val=\"Ghi-2\"/></w:pPr><w:r><w:t>B"));
  CHECK(has(body, "<w:pStyle w:val=\"khong-co\"/></w:pPr><w:r><w:t>C"));
  CHECK(has(body, "<w:pStyle w:val=\"Normal\"/></w:pPr><w:r><w:t>D"));
  const auto all = part_of(out, "word/styles.xml");
  CHECK(count_of(all, "<w:style ") == 6);
  CHECK(!has(all, "FF0000"));
  CHECK(has(all, "w:styleId=\"Ghi-2\""));
  const auto copy = all.substr(all.find("w:styleId=\"Ghi-2\""));
  CHECK(has(copy, "<w:basedOn w:val=\"Normal\"/>"));
  CHECK(!has(copy, "<w:next "));
  CHECK(!has(copy, "<w:link "));
}

TEST_CASE("what Word alone understands stays out of styles and lists that come along") {
  auto inner = parts(styled("R", "a") + in_list(1, "b"));
  add_part(inner, "word/styles.xml", "styles",
           styles(style("R", "r", "<w:rPr><w14:ligatures w14:val=\"all\"/><w:b/></w:rPr>")));
  add_part(
      inner, "word/numbering.xml", "numbering",
      lists("<w:abstractNum w:abstractNumId=\"4\" w14:x=\"1\"><w:lvl w:ilvl=\"0\"><w:start "
            "w:val=\"1\"/><mc:AlternateContent><mc:Choice Requires=\"w14\"><w:numFmt w:val=\"custom\"/></mc:Choice>"
            "<mc:Fallback><w:numFmt w:val=\"upperRoman\"/></mc:Fallback></mc:AlternateContent><w:lvlText "
            "w:val=\"%1\"/></w:lvl></w:abstractNum>" +
            number(1, "4")));
  const auto out = with(parts(p("{+d}")), inner);
  const auto all = part_of(out, "word/styles.xml");
  CHECK(has(all, "<w:rPr><w:b/></w:rPr>"));
  CHECK(!has(all, "w14"));
  const auto numbers = part_of(out, "word/numbering.xml");
  CHECK(has(numbers, "<w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText"));
  CHECK(!has(numbers, "w14"));
  CHECK(!has(numbers, "custom"));
}

TEST_CASE("lists count on within a document as they did there, and begin anew each time it is put in") {
  auto inner = parts(in_list(1, "a") + in_list(2, "b") + in_list(3, "c") + in_list(9, "d"));
  add_part(inner, "word/numbering.xml", "numbering",
           lists(list("5", "decimal", "%1.") + number(1, "5") + number(2, "5") +
                 number(3, "5",
                        "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"4\"/></w:lvlOverride>"
                        "<w:lvlOverride w:ilvl=\"1\"><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt "
                        "w:val=\"lowerLetter\"/><w:lvlText w:val=\"%2)\"/></w:lvl></w:lvlOverride>")));
  const auto out = with(parts(p("{+d}") + p("{+d}")), inner);
  const auto body = body_of(out);
  CHECK(count_of(body, "<w:numId w:val=\"1\"/>") == 2);
  CHECK(count_of(body, "<w:numId w:val=\"2\"/>") == 1);
  CHECK(count_of(body, "<w:numId w:val=\"3\"/>") == 2);
  CHECK(count_of(body, "<w:numId w:val=\"4\"/>") == 1);
  CHECK(count_of(body, "<w:numId w:val=\"0\"/>") == 2);  // a list that is not there
  const auto numbers = part_of(out, "word/numbering.xml");
  CHECK(count_of(numbers, "<w:abstractNum ") == 2);
  CHECK(has(numbers, "lowerLetter"));
  CHECK(has(numbers,
            "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride "
            "w:val=\"4\"/>"));
}

TEST_CASE("a list that is a link to a style of lists is that style's") {
  auto inner = parts(in_list(1, "a"));
  add_part(inner, "word/numbering.xml", "numbering",
           lists("<w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"multilevel\"/><w:numStyleLink "
                 "w:val=\"DS\"/></w:abstractNum><w:abstractNum w:abstractNumId=\"2\"><w:multiLevelType "
                 "w:val=\"multilevel\"/><w:styleLink w:val=\"DS\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt "
                 "w:val=\"upperLetter\"/><w:lvlText w:val=\"%1\"/></w:lvl></w:abstractNum>" +
                 number(1, "1")));
  const auto numbers = part_of(with(parts(p("{+d}")), inner), "word/numbering.xml");
  CHECK(has(numbers, "upperLetter"));
  CHECK(!has(numbers, "yleLink"));
}

TEST_CASE("paragraphs numbered by their style keep the numbers of the document they come from") {
  auto outer = parts(styled("Dieu", "mẫu") + p("{+d}") + p("{+d}"));
  add_part(outer, "word/styles.xml", "styles",
           styles(style("Dieu", "Điều", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>") +
                  style("Khoan", "Khoản", "<w:basedOn w:val=\"Dieu\"/>")));
  add_part(outer, "word/numbering.xml", "numbering", lists(list("0", "decimal", "Điều %1.") + number(1, "0")));
  auto inner = parts(styled("D", "a") + styled("K", "b", "<w:keepNext/><w:jc w:val=\"both\"/>") +
                     styled("K", "c", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>") + styled("T", "d") +
                     styled("K", "e", "<w:spacing w:after=\"0\"/><w:ind w:left=\"1\"/>") +
                     styled("K", "g", "<w:numPr><w:ilvl w:val=\"2\"/></w:numPr>") +
                     styled("K", "h", "<w:numPr><w:ilvl w:val=\"3\"/><w:ins w:id=\"1\" w:author=\"a\"/></w:numPr>") +
                     styled("K", "i", "<w:numPr/><w:jc w:val=\"both\"/>"));
  add_part(
      inner, "word/styles.xml", "styles",
      styles(
          style("D", "Điều", "<w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr><w:ind w:left=\"500\"/></w:pPr>") +
          style("K", "Điểm riêng", "<w:basedOn w:val=\"D\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/></w:numPr></w:pPr>") +
          style("T", "Khoản")));
  add_part(inner, "word/numbering.xml", "numbering",
           lists(list("3", "upperRoman", "Điều %1.", "<w:pStyle w:val=\"D\"/>") + number(7, "3")));
  const auto out = with(outer, inner);
  const auto body = body_of(out);
  const auto numbered = [&](std::string_view text, int level, int id) {
    return has(body, "<w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"" +
                         std::to_string(id) + "\"/></w:numPr>" + std::string(text));
  };
  const std::string indent =
      "<w:ind w:left=\"500\" "
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>";
  CHECK(has(body, "<w:pStyle w:val=\"Dieu\"/></w:pPr><w:r><w:t>mẫu"));
  CHECK(numbered(indent + "</w:pPr><w:r><w:t>a", 0, 2));
  CHECK(numbered(indent + "</w:pPr><w:r><w:t>a", 0, 3));  // the second time
  CHECK(has(body, "<w:keepNext/><w:numPr>"));
  CHECK(numbered(indent + "<w:jc w:val=\"both\"/></w:pPr><w:r><w:t>b", 1, 2));
  CHECK(has(body, "<w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>c"));
  CHECK(numbered("</w:pPr><w:r><w:t>d", 0, 0));  // numbered here, not there
  CHECK(numbered("<w:spacing w:after=\"0\"/><w:ind w:left=\"1\"/></w:pPr><w:r><w:t>e", 1, 2));
  CHECK(numbered(indent + "</w:pPr><w:r><w:t>g", 2, 2));  // the level is its own, the list that of its style
  CHECK(has(body, "<w:ilvl w:val=\"3\"/><w:numId w:val=\"2\"/><w:ins "));
  CHECK(numbered(indent + "<w:jc w:val=\"both\"/></w:pPr><w:r><w:t>i", 1, 2));
  CHECK(!has(part_of(out, "word/styles.xml"), "\"7\""));
}

TEST_CASE("bookmarks get new names, and what refers to them follows") {
  const auto inner =
      parts("<w:p><w:bookmarkStart w:id=\"4\" w:name=\"m\"/>" + text_run("x") + "<w:bookmarkEnd w:id=\"4\"/>" +
            field("REF m \\h", "x") + "<w:fldSimple w:instr=\" PAGEREF m \">" + text_run("1") + "</w:fldSimple>" +
            "<w:hyperlink w:anchor=\"m\">" + text_run("y") + "</w:hyperlink><w:hyperlink w:anchor=\"_top\">" +
            text_run("z") + "</w:hyperlink><w:ins w:id=\"4\" w:author=\"a\">" + text_run("t") + "</w:ins></w:p>");
  const auto out = with(
      parts("<w:p><w:bookmarkStart w:id=\"8\" w:name=\"m\"/><w:bookmarkEnd w:id=\"8\"/></w:p>" + p("{+d}") + p("{+d}")),
      inner);
  const auto body = body_of(out);
  for (const std::string name : {"m_1", "m_2"}) {
    CHECK(count_of(body, "w:name=\"" + name + "\"") == 1);
    CHECK(has(body, " REF " + name + " \\h "));
    CHECK(has(body, " PAGEREF " + name + " "));
    CHECK(has(body, "w:anchor=\"" + name + "\""));
  }
  CHECK(count_of(body, "w:anchor=\"_top\"") == 2);
  CHECK(count_of(body, "<w:bookmarkStart w:id=\"9\"") == 1);
  CHECK(count_of(body, "<w:bookmarkStart w:id=\"10\"") == 1);
  CHECK(count_of(body, "<w:ins w:id=\"10\"") == 1);
}

TEST_CASE("links to the web become fields, so that no relationship leads outside, others are refused") {
  auto inner = parts(paragraph("<w:hyperlink r:id=\"rId9\" w:anchor=\"p1\">" + text_run("x") + "</w:hyperlink>" +
                               "<w:hyperlink r:id=\"rId9\"/>" + field("HYPERLINK \"mailto:a@b.vn\"", "y") +
                               field("HYPERLINK \\l \"m\"", "z")));
  add_link(inner, "rId9", "https://example.vn/?a=1&amp;b=2");
  const auto out = with(parts(p("{+d}")), inner);
  CHECK(has(body_of(out), " HYPERLINK \"https://example.vn/?a=1&amp;b=2\" \\l \"p1\" "));
  CHECK(count_of(body_of(out), "fldCharType=\"begin\"") == count_of(body_of(out), "fldCharType=\"end\""));
  CHECK(!has(part_of(out, "word/_rels/document.xml.rels"), "External"));
  auto file = parts(paragraph("<w:hyperlink r:id=\"rId9\">" + text_run("x") + "</w:hyperlink>"));
  add_link(file, "rId9", "file:///etc/passwd");
  CHECK(refused(file) == "a link to file:///etc/passwd");
  CHECK(refused(parts(paragraph(field("HYPERLINK \"file:///a\"", "x")))) == "a link to file:///a");
}

TEST_CASE("fields that fetch something from elsewhere are refused, in however many pieces they are written") {
  CHECK(refused(parts(paragraph(field("INCLUDETEXT \"a.docx\"", "x")))) ==
        "the field INCLUDETEXT, which fetches something from elsewhere");
  CHECK(refused(parts(paragraph("<w:fldSimple w:instr=\"DDEAUTO a b\"/>"))) ==
        "the field DDEAUTO, which fetches something from elsewhere");
  CHECK(refused(parts(
            paragraph(run("<w:fldChar w:fldCharType=\"begin\"/>") + run("<w:instrText>Include</w:instrText>") +
                      run("<w:instrText>Picture x</w:instrText>") + run("<w:fldChar w:fldCharType=\"end\"/>")))) ==
        "the field IncludePicture, which fetches something from elsewhere");
  CHECK(has(body_of(with_unsound(parts(p("{+d}")), parts(paragraph(field("", "x") + run("<w:fldChar "
                                                                                        "w:fldCharType=\"end\"/>"))))),
            ">x<"));
}

TEST_CASE("a table of contents that comes along is made anew") {
  auto outer = parts(p("{+d}"));
  add_part(outer, "word/settings.xml", "settings",
           "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>");
  const auto out = with(outer, parts(paragraph(field("TOC \\o", "x"))));
  CHECK(has(part_of(out, "word/settings.xml"), "<w:updateFields w:val=\"true\"/>"));
}

TEST_CASE("a chart comes with its workbook and looks, each time as parts of its own") {
  const auto out = package::open(with(parts(p("{+d}") + p("{+d}")), with_chart()), "o.docx").take();
  for (const std::string n : {"1", "2"}) {
    CHECK(has(out.read("word/charts/vanthu" + n + ".xml"), "<c:v>7</c:v>"));
    const auto relations = out.read("word/charts/_rels/vanthu" + n + ".xml.rels");
    CHECK(has(relations, "Id=\"rId1\""));
    CHECK(has(relations, "Target=\"/word/embeddings/vanthu" + n + ".xlsx\""));
    CHECK(has(relations, "Target=\"/word/charts/vanthu-style" + n + ".xml\""));
    CHECK(out.has("word/embeddings/vanthu" + n + ".xlsx"));
  }
  const auto relations = out.read("word/_rels/document.xml.rels");
  CHECK(has(relations, "Target=\"/word/charts/vanthu1.xml\""));
  CHECK(has(relations, "Target=\"/word/charts/vanthu2.xml\""));
  const auto body = out.read("word/document.xml");
  CHECK(between(body, "<c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"", "\"") ==
        "rIdVt1");
  CHECK(has(body, "r:id=\"rIdVt2\""));
  CHECK(has(out.read("[Content_Types].xml"),
            "PartName=\"/word/charts/vanthu-style2.xml\" "
            "ContentType=\"application/vnd.ms-office.chartstyle+xml\""));
}

TEST_CASE("a chart whose figures stand in a file elsewhere keeps those it shows, other ties are refused") {
  auto inner = parts(chart_frame());
  add_related(inner, {"word/document.xml", "rId9", "chart", "word/charts/chart1.xml",
                      std::string(office_type) + "drawingml.chart+xml", chart()});
  part links;
  links.name = "word/charts/_rels/chart1.xml.rels";
  const auto tie = [&](const std::string& kind) {
    links.content =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
        "Id=\"rId1\" "
        "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" +
        kind + "\" Target=\"file:///book.xlsx\" TargetMode=\"External\"/></Relationships>";
    auto all = inner;
    all.push_back(links);
    return all;
  };
  const auto out = package::open(with(parts(p("{+d}")), tie("oleObject")), "o.docx").take();
  CHECK(!has(out.read("word/charts/vanthu1.xml"), "externalData"));
  CHECK(!out.has("word/charts/_rels/vanthu1.xml.rels"));
  CHECK(refused(tie("hyperlink")) == "a link to file:///book.xlsx");
  add_related(inner,
              {"word/charts/chart1.xml", "rId1", "package", "word/embeddings/a.bin", "application/x-other", "a"});
  CHECK(refused(inner) == "data of an unknown kind in a chart or SmartArt (word/embeddings/a.bin)");
}

TEST_CASE("a diagram comes with its layout and with the part that shows it") {
  const std::string diagram = "http://schemas.openxmlformats.org/drawingml/2006/diagram";
  const auto body = frame(diagram, "<dgm:relIds xmlns:dgm=\"" + diagram +
                                       "\" r:dm=\"rId11\" r:lo=\"rId12\" r:qs=\"rId13\" r:cs=\"rId14\"/>");
  auto inner = parts(body);
  const auto add = [&](const std::string& id, const std::string& relation, const std::string& kind,
                       const std::string& content) {
    add_related(inner, {"word/document.xml", id, relation, "word/diagrams/" + kind + "1.xml",
                        std::string(office_type) + "drawingml." + kind + "+xml", content});
  };
  add("rId11", "diagramData", "diagramData",
      "<dgm:dataModel xmlns:dgm=\"" + diagram + "\"><dgm:ptLst/><dgm:extLst><a:ext xmlns:a=\"" + drawing_space +
          "\" uri=\"u\"><dsp:dataModelExt xmlns:dsp=\"http://schemas.microsoft.com/office/drawing/2008/diagram\" "
          "relId=\"rId15\"/></a:ext></dgm:extLst></dgm:dataModel>");
  add("rId12", "diagramLayout", "diagramLayout",
      "<dgm:layoutDef xmlns:dgm=\"" + diagram + "\"><dgm:layoutNode/></dgm:layoutDef>");
  add("rId13", "diagramQuickStyle", "diagramStyle",
      "<dgm:styleDef xmlns:dgm=\"" + diagram + "\"><dgm:styleLbl name=\"a\"/></dgm:styleDef>");
  add("rId14", "diagramColors", "diagramColors", "<dgm:colorsDef xmlns:dgm=\"" + diagram + "\"/>");
  auto without_view = inner;
  add_related(inner,
              {"word/document.xml", "rId15", "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing",
               "word/diagrams/drawing1.xml", "application/vnd.ms-office.drawingml.diagramDrawing+xml",
               "<dsp:drawing xmlns:dsp=\"http://schemas.microsoft.com/office/drawing/2008/diagram\"/>"});
  const auto out = package::open(with(parts(p("{+d}")), inner), "o.docx").take();
  for (const std::string kind : {"data", "layout", "style", "colors", "drawing"})
    CHECK(out.has("word/diagrams/vanthu-" + kind + "1.xml"));
  const auto shown_by = between(out.read("word/diagrams/vanthu-data1.xml"), "relId=\"", "\"");
  CHECK(has(out.read("word/_rels/document.xml.rels"), "Id=\"" + shown_by +
                                                          "\" Type=\"http://schemas.microsoft.com/"
                                                          "office/2007/relationships/diagramDrawing\""));
  CHECK(has(package::open(with(parts(p("{+d}")), without_view), "o.docx").take().read("word/diagrams/vanthu-data1.xml"),
            "relId=\"rId15\""));
}

TEST_CASE("the same picture comes once however often, others by their names") {
  const auto picture = [](const std::string& name, const std::string& bytes, const std::string& type) {
    auto inner = parts(frame("http://schemas.openxmlformats.org/drawingml/2006/picture",
                             "<a:blip r:embed=\"rId9\"/><a:blip r:embed=\"rId9\"/><a:blip r:embed=\"rId77\"/>"));
    add_related(inner, {"word/document.xml", "rId9", "image", "word/media/" + name, type, bytes});
    return inner;
  };
  const auto out =
      package::open(with(parts(p("{+d}") + p("{+d}")), picture("a.gif", gif, "image/gif")), "o.docx").take();
  CHECK(out.has("word/media/vanthu1.gif"));
  CHECK(!out.has("word/media/vanthu2.gif"));
  const auto body = out.read("word/document.xml");
  CHECK(count_of(body, "r:embed=\"rIdVt1\"") == 4);
  CHECK(!has(body, "rId77"));
  CHECK(has(body, "<wp:docPr id=\"1\""));
  CHECK(has(body, "<wp:docPr id=\"2\""));
  const auto emf = package::open(with(parts(p("{+d}")), picture("a.EMF", "emf", "image/x-emf")), "o.docx").take();
  CHECK(emf.read("word/media/vanthu1.emf") == "emf");
  CHECK(has(emf.read("[Content_Types].xml"), "Extension=\"emf\" ContentType=\"image/x-emf\""));
  CHECK(refused(picture("a.xyz", "?", "image/xyz")) == "a picture of an unknown format (word/media/a.xyz)");
}

TEST_CASE("embedded objects, other documents and linked pictures are refused by name") {
  auto object =
      parts(paragraph(run("<w:object><o:OLEObject xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
                          "r:id=\"rId9\"/></w:object>")));
  add_related(object, {"word/document.xml", "rId9", "oleObject", "word/embeddings/a.bin", "application/x-ole", "a"});
  CHECK(refused(object) == "an embedded object");
  CHECK(refused(parts("<w:altChunk r:id=\"rId9\"/>")) == "content imported from another file (altChunk)");
  CHECK(refused(parts(paragraph("<w:subDoc r:id=\"rId9\"/>"))) == "a subdocument");
  auto linked = parts(frame("u", "<a:blip r:link=\"rId9\"/>"));
  linked[2].content.insert(linked[2].content.rfind("</"),
                           "<Relationship Id=\"rId9\" TargetMode=\"External\" Target=\"http://a/b.png\" "
                           "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\"/>");
  CHECK(refused(linked) == "a picture that is only linked");
  auto unheard = parts(paragraph(run("<w:object r:id=\"rId9\"/>")));
  add_related(unheard, {"word/document.xml", "rId9", "ink", "word/ink/a.bin", "application/x-ink", "a"});
  CHECK(refused(unheard) == "content of an unknown kind (ink)");
  auto far = parts(paragraph(run("<w:object r:id=\"rId9\"/>")));
  add_link(far, "rId9", "https://a.vn/b");
  CHECK(refused(far) == "a link to https://a.vn/b");
}

TEST_CASE("what keeps a document out is said in the words of the reader's language") {
  const auto notes = compiled(document(p("Kèm: ") + p("{+d}")))
                         .render(data(R"({"d": "d"})"), giving(zip(parts("<w:altChunk r:id=\"rId9\"/>"))))
                         .notes;
  REQUIRE(notes.size() == 1);
  CHECK(text(notes[0].what, language::vi) ==
        "không chèn được tài liệu cho thẻ «{+d}», do nội dung nhập từ tệp khác (altChunk): ^{+d}");
  CHECK(text(notes[0].what, language::en) ==
        "the document for {+d} cannot be put in because of content imported from another file (altChunk): ^{+d}");
}

TEST_CASE("a text box keeps what only newer readers understand, comments and links of pictures stay behind") {
  const std::string shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";
  auto inner = parts(paragraph(run("<mc:AlternateContent><mc:Choice xmlns:wps=\"" + shape +
                                   "\" Requires=\"w14 wps\"><w:drawing><wps:wsp>" + "<wps:txbx><w:txbxContent>" +
                                   p("hộp") + "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>" +
                                   "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent>") +
                               "<w:commentRangeStart w:id=\"0\"/>" + text_run("x") + "<w:commentRangeEnd w:id=\"0\"/>" +
                               run("<w:commentReference w:id=\"0\"/>")) +
                     paragraph(run("<wps:wsp xmlns:wps=\"" + shape + "\">" + p("mất") + "</wps:wsp>") +
                               "<w:sdt><w:sdtPr><w:id w:val=\"5\"/><w:tag w:val=\"t\"/></w:sdtPr><w:sdtContent>" +
                               text_run("y") + "</w:sdtContent></w:sdt>") +
                     frame("u", "<a:hlinkClick r:id=\"rId55\"><a:x/></a:hlinkClick>"));
  const auto body = body_of(with(parts(p("{+d}")), inner));
  CHECK(has(body, "hộp"));
  CHECK(has(body, "</mc:Choice><mc:Fallback>"));
  CHECK(!has(body, "mất"));
  CHECK(!has(body, "comment"));
  CHECK(!has(body, "hlinkClick"));
  CHECK(has(body, "<w:sdtPr><w:tag w:val=\"t\"/></w:sdtPr>"));
}

TEST_CASE("prefixes the template does not declare come with the blocks that need them") {
  auto inner = parts(p("a"));
  auto& xml = inner[3].content;
  xml.insert(xml.find(" xmlns:w="), " xmlns:la=\"urn:la\" xmlns:khac=\"urn:khac\"");
  xml.replace(xml.find("<w:p>"), 5, "<w:p xmlns:la=\"urn:la\" la:b=\"1\">");
  CHECK(has(body_of(with_unsound(parts(p("{+d}")), inner)),
            "<w:p xmlns:khac=\"urn:khac\" xmlns:la=\"urn:la\" la:b=\"1\">"));
}

TEST_CASE("a document ends a cell with a paragraph, whatever it ends with") {
  const auto inner = parts(p("a") + table({row({p("x"), p("y")})}));
  const auto outer = parts(table({row({p("{+d}"), p("y")})}));
  CHECK(has(body_of(with(outer, inner)), "</w:tbl><w:p/></w:tc>"));
}

TEST_CASE("Strict and Transitional documents do not mix, and a document that is none is refused") {
  auto strict = parts(p("a"));
  for (auto& part : strict)
    for (const auto& [from, to] :
         {std::pair<std::string, std::string>{"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                                              "http://purl.oclc.org/ooxml/officeDocument/relationships"},
          {"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
           "http://purl.oclc.org/ooxml/wordprocessingml/main"}})
      for (auto at = part.content.find(from); at != std::string::npos; at = part.content.find(from, at))
        part.content.replace(at, from.size(), to);
  CHECK(refused(strict) == "its format, Strict Open XML, which is not that of the template");
  auto strict_outer = strict;
  strict_outer[3].content.replace(strict_outer[3].content.find(">a<"), 3, ">{+d}<");
  CHECK(refused(parts(p("a")), strict_outer) == "its format, which is not that of the template, Strict Open XML");
  auto broken = parts(p("a"));
  broken[3].content += "<";
  const auto notes = compiled(document(p("{+d}"))).render(data(R"({"d": "d"})"), giving(zip(broken))).notes;
  CHECK(ids(notes) == faults{"xml.syntax"});
}

TEST_CASE("what is wrong with the file of a document to be put in is said of that file, once a tag") {
  const auto t = compiled(document(p("{#x}") + p("{+.}") + p("{/x}")));
  const auto rubbish = giving({std::byte{'a'}});
  const auto notes = t.render(data(R"({"x": ["d", "d"]})"), rubbish).notes;
  CHECK(texts(notes).starts_with("d: error: this is no .docx file [docx.not-a-package]\n"));
  REQUIRE(notes.at(0).related.size() == 1);
  CHECK(to_string(notes[0].related[0]) == "t.docx:word/document.xml#p[2]");
  const auto own = compiled(document(p("{+x}"))).render(data(R"({"x": {"data": "AAAA"}})")).notes;
  CHECK(ids(own) == faults{"docx.not-a-package"});
  CHECK(own.at(0).where.source == "x");
}

TEST_CASE("a part of notes that holds none, or that nothing leads to, is no part of notes") {
  const std::string space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
  auto empty = parts(p("{+d}"));
  add_part(empty, "word/footnotes.xml", "footnotes", "<w:footnotes " + space + "/>");
  add_part(empty, "word/settings.xml", "settings",
           "<w:settings " + space + "><w:footnotePr><w:footnote w:id=\"-1\"/></w:footnotePr></w:settings>");
  const auto out = with_unsound(empty, with_notes());
  CHECK(count_of(part_of(out, "word/footnotes.xml"), "<w:footnote ") == 4);
  CHECK(count_of(part_of(out, "word/settings.xml"), "<w:footnote ") == 1);

  auto stray = parts(p("{+d}"));
  stray.push_back(stray_part("word/footnotes.xml"));
  const auto beside = package::open(with_unsound(stray, with_notes()), "o.docx").take();
  CHECK(beside.read("word/footnotes.xml") == "<a/>");
  CHECK(has(beside.read("word/footnotes1.xml"), ">một<"));
}

TEST_CASE("many documents in turn are each what they are, the first once more too") {
  render_options options;
  options.assets = [](std::string_view name) { return std::optional(document(p("tài liệu " + std::string(name)))); };
  const auto out = fill(document(p("{#x}") + p("{+.}") + p("{/x}")),
                        R"({"x": ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]})", options);
  CHECK(count_of(body_of(out), ">tài liệu 0<") == 2);
  for (const char c : std::string_view("123456789"))
    CHECK(count_of(body_of(out), "tài liệu " + std::string(1, c)) == 1);
}

TEST_CASE("links within the package lose what they led to, and addresses need no quotes") {
  auto inner =
      parts(paragraph("<w:hyperlink r:id=\"rId9\">" + text_run("x") + "</w:hyperlink>" +
                      field("HYPERLINK https://a.vn", "y") + field("HYPERLINK", "z") + field("HYPERLINK \"\"", "t")));
  add_related(inner, {"word/document.xml", "rId9", "hyperlink", "word/document.xml", "", ""});
  const auto body = body_of(with(parts(p("{+d}")), inner));
  CHECK(has(body, "<w:hyperlink><w:r><w:t>x"));
  CHECK(has(body, " HYPERLINK https://a.vn "));
}

TEST_CASE("styles and parts whose names are taken get others, a diagram without a view stays without") {
  auto outer = parts(p("{+d}"));
  outer.push_back(stray_part("word/charts/vanthu1.xml"));
  const auto out = package::open(with_unsound(outer, with_chart()), "o.docx").take();
  CHECK(out.read("word/charts/vanthu1.xml") == "<a/>");
  CHECK(out.has("word/charts/vanthu2.xml"));

  auto diagram = parts(frame("u", "<a:x r:dm=\"rId9\"/>"));
  add_related(diagram, {"word/document.xml", "rId9", "diagramData", "word/diagrams/data1.xml",
                        std::string(office_type) + "drawingml.diagramData+xml", "<a/>"});
  CHECK(
      package::open(with_unsound(parts(p("{+d}")), diagram), "o.docx").take().read("word/diagrams/vanthu-data1.xml") ==
      "<a/>");
}
