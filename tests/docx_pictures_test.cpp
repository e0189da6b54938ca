// What is read of pictures, byte by byte: kind, size and resolution, of sound and damaged ones.
#include <doctest/doctest.h>

#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

std::string big(std::uint32_t n, int bytes) {
  std::string out;
  for (int i = bytes; i-- > 0;) out += static_cast<char>(n >> 8U * static_cast<unsigned>(i) & 0xffU);
  return out;
}
std::string little(std::uint32_t n) {
  const auto out = big(n, 2);
  return {out.rbegin(), out.rend()};
}

std::string chunk(const std::string& name, const std::string& content) {
  return big(static_cast<std::uint32_t>(content.size()), 4) + name + content + "crc ";
}
std::string png(std::uint32_t width, std::uint32_t height, const std::string& chunks = {}) {
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", big(width, 4) + big(height, 4) + std::string("\x08\2\0\0\0", 5)) + chunks;
}
const std::string dots_300 = chunk("pHYs", big(11'811, 4) + big(11'811, 4) + "\1");
const std::string end_of_png = chunk("IDAT", "no pixels") + chunk("IEND", "");

std::string segment(unsigned marker, const std::string& content) {
  return "\xff" + std::string(1, static_cast<char>(marker)) + big(static_cast<std::uint32_t>(content.size() + 2), 2) +
         content;
}
std::string jfif(char unit, std::uint32_t dots) {
  return segment(0xe0, std::string("JFIF\0\1\2", 7) + unit + big(dots, 2) + big(dots, 2) + std::string(2, '\0'));
}
std::string frame(std::uint32_t width, std::uint32_t height, unsigned marker = 0xc0) {
  return segment(marker, "\x08" + big(height, 2) + big(width, 2) + "\3" + std::string(9, '\1'));
}
const std::string start = "\xff\xd8";

std::string gif(const std::string& head, std::uint32_t width, std::uint32_t height) {
  return head + little(width) + little(height) + ";";
}

bytes with_picture(const std::string& picture, const std::string& more) {
  render_options options;
  options.assets = [&](std::string_view) {
    const auto raw = std::as_bytes(std::span(picture));
    return std::optional(bytes(raw.begin(), raw.end()));
  };
  const auto made =
      compiled(document(p("{%x}"))).render(docx_builder::data(R"({"x": {"name": "a")" + more + "}}"), options);
  return made ? *made : bytes{};
}

// The extent of a picture, "across x down" in units of 1/36000 mm; "" when it is none.
std::string extent(const std::string& picture, const std::string& more = {}) {
  const auto made = with_picture(picture, more);
  if (made.empty()) return {};
  const auto body = body_of(made);
  const auto begin = body.find("<wp:extent cx=\"") + 15;
  auto out = body.substr(begin, body.find("\"/>", begin) - begin);
  return out.replace(out.find("\" cy=\""), 6, " x ");
}

}  // namespace

TEST_CASE("a PNG has the size its header says, at the resolution it says, or else 96 dots an inch") {
  CHECK(extent(png(20, 10, end_of_png)) == "190500 x 95250");
  CHECK(extent(png(20, 10, dots_300 + end_of_png)) == "60960 x 30480");
  CHECK(extent(png(20, 10, chunk("sRGB", "\1") + dots_300 + end_of_png)) == "60960 x 30480");
  CHECK(extent(png(20, 10, dots_300)) == "60960 x 30480");
  CHECK(extent(png(20, 10, chunk("pHYs", big(11'811, 4) + big(5'906, 4) + "\1") + end_of_png)) == "60960 x 60960");
}

TEST_CASE("a picture of so many dots an inch that it has no size is as small as can be") {
  const auto densest = chunk("pHYs", big(0xffffffff, 4) + big(0xffffffff, 4) + "\1");
  CHECK(extent(png(20, 10, densest + end_of_png)) == "1 x 1");
  CHECK(extent(png(20, 10, densest + end_of_png), R"(, "height": 5)") == "180000 x 180000");
}

TEST_CASE("the sides of a picture keep their proportion exactly, however long and thin it is") {
  CHECK(extent(png(300, 2, end_of_png)) == "2857500 x 19050");
  CHECK(extent(png(0xffffffff, 1, end_of_png)) == "5760000 x 1");
  CHECK(extent(png(1, 0xffffffff, end_of_png), R"(, "width": 1000)") == "36000000 x 27273042316900");
}

TEST_CASE("what says no resolution in a PNG is passed over") {
  const std::string own = "190500 x 95250";
  CHECK(extent(png(20, 10)) == own);
  CHECK(extent(png(20, 10, end_of_png + dots_300)) == own);  // behind the pixels
  CHECK(extent(png(20, 10, chunk("pHYs", big(2, 4) + big(1, 4) + std::string(1, '\0')) + end_of_png)) == own);
  CHECK(extent(png(20, 10, chunk("pHYs", big(0, 4) + big(0, 4) + "\1") + end_of_png)) == own);
  CHECK(extent(png(20, 10, chunk("pHYs", big(11'811, 4) + big(11'811, 4)) + end_of_png)) == own);
  CHECK(extent(png(20, 10, big(0x7fffffff, 4) + "tEXt" + std::string(20, 'x'))) == own);  // it says it is longer
  CHECK(extent(png(20, 10, chunk("tIME", "1234567") + "cut off")) == own);
}

TEST_CASE("a JPEG has the size of its frame, at the resolution of JFIF in inches, or else 96 dots an inch") {
  const auto scan = segment(0xda, "no pixels");
  const std::string own = "190500 x 95250";
  CHECK(extent(start + jfif(1, 300) + frame(20, 10) + scan) == "60960 x 30480");
  CHECK(extent(start + jfif(0, 1) + frame(20, 10) + scan) == own);
  CHECK(extent(start + jfif(1, 0) + frame(20, 10) + scan) == own);
  CHECK(extent(start + segment(0xe0, "Exif, of another maker") + frame(20, 10) + scan) == own);
  CHECK(extent(start + segment(0xe1, "Exif") + segment(0xdb, "tables") + frame(20, 10) + scan) == own);
  CHECK(extent(start + "\xff\xff" + frame(20, 10) + scan) == own);  // filled up
}

TEST_CASE("the frames of all ways of coding a JPEG are known, tables between them are none") {
  for (const auto marker : {0xc0U, 0xc1U, 0xc2U, 0xc3U, 0xc5U, 0xc6U, 0xc7U, 0xc9U, 0xcaU, 0xcbU, 0xcdU, 0xceU, 0xcfU})
    CHECK(extent(start + frame(20, 10, marker)) == "190500 x 95250");
  for (const auto marker : {0xc4U, 0xc8U, 0xccU, 0xbfU, 0xd0U})
    CHECK(extent(start + frame(1, 1, marker) + frame(20, 10)) == "190500 x 95250");
}

TEST_CASE("a GIF of either version has the size of its screen") {
  CHECK(extent(gif("GIF87a", 20, 2)) == "190500 x 19050");
  CHECK(extent(gif("GIF89a", 257, 1)).starts_with("2447925 x "));
}

TEST_CASE("damaged pictures, and what is none at all, are refused") {
  const auto whole = start + jfif(1, 300) + frame(20, 10);
  for (const auto& broken :
       {std::string(), std::string("%PDF-1.7 with a long enough beginning"), png(20, 10).substr(0, 32), png(0, 10),
        png(20, 0), gif("GIF88a", 3, 3), gif("GIF89a", 0, 3), gif("GIF89a", 3, 3).substr(0, 9), start + "\xff",
        whole.substr(0, 22), start + jfif(1, 300), start + "\xff\xe0" + big(1, 2) + frame(20, 10),
        start + "\xff\xe0" + big(0xffff, 2) + frame(20, 10), start + segment(0xe1, "a") + "rubbish, not a marker",
        start + frame(0, 10), start + frame(20, 0)})
    CHECK(extent(broken).empty());
}

TEST_CASE("a picture is no wider than the text of a page unless it is told to be, and keeps its proportions") {
  CHECK(extent(png(1000, 500)) == "5760000 x 2880000");
  CHECK(extent(png(1000, 500), R"(, "width": 200)") == "7200000 x 3600000");
  CHECK(extent(png(2, 1), R"(, "height": 10)") == "720000 x 360000");
  CHECK(extent(png(2, 1), R"(, "height": 10, "width": 10)") == "360000 x 360000");
  CHECK(extent(png(0xffffffff, 1)).starts_with("5760000 x "));
  CHECK(extent(png(1, 0xffffffff), R"(, "width": 1000)").starts_with("36000000 x "));
}

TEST_CASE("bytes of a picture may be broken into lines, as base64 is in letters") {
  const std::string lines =
      R"(iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIA AAB7QOjd\r\nAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC)";
  CHECK(filled(p("{%x}"), R"({"x": {"data": ")" + lines + "\"}}").find("cx=\"19050\" cy=\"9525\"") !=
        std::string::npos);
  const std::string ended =
      R"(iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCCeA==\n)";
  CHECK(has(filled(p("{%x}"), R"({"x": {"data": ")" + ended + "\"}}"), "cx=\"19050\" cy=\"9525\""));
  CHECK(data_faults(p("{%x}"), R"({"x": {"data": "iVBORw=="}})") == faults{"docx.bad-picture"});
  CHECK(data_faults(p("{%x}"), R"({"x": {"data": "iVBORw==AAAA"}})") == faults{"docx.bad-picture"});
  CHECK(data_faults(p("{%x}"), R"({"x": {"data": "iVBORw0K-_=="}})") == faults{"docx.bad-picture"});
  CHECK(data_faults(p("{%x}"), R"({"x": {"data": "++//zz99"}})") == faults{"docx.bad-picture"});
}

TEST_CASE("a Strict document gets its pictures in the namespaces of Strict") {
  auto all = parts(p("{%x}"));
  for (auto& part : all)
    for (const auto& [from, to] :
         {std::pair<std::string, std::string>{"http://schemas.openxmlformats.org/officeDocument/2006/",
                                              "http://purl.oclc.org/ooxml/officeDocument/"},
          {"http://schemas.openxmlformats.org/wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/"}})
      for (auto at = part.content.find(from); at != std::string::npos; at = part.content.find(from, at))
        part.content.replace(at, from.size(), to);
  const auto made = fill(
      zip(all),
      R"({"x": {"data": "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"}})");
  const auto body = part_of(made, "word/document.xml");
  CHECK(body.find("<pic:pic xmlns:pic=\"http://purl.oclc.org/ooxml/drawingml/picture\">") != std::string::npos);
  CHECK(body.find("xmlns:r=\"http://purl.oclc.org/ooxml/officeDocument/relationships\"") != std::string::npos);
}

TEST_CASE("pictures get names that neither the template nor one another has") {
  auto all = parts(p("{%x}{%y}"));
  add_related(all, {"word/document.xml", "rId9", "image", "word/media/vanthu1.gif", "image/gif", gif("GIF89a", 1, 1)});
  render_options options;
  options.assets = [](std::string_view name) {
    const auto picture = gif("GIF89a", name == "x" ? 2 : 3, 1);
    const auto raw = std::as_bytes(std::span(picture));
    return std::optional(bytes(raw.begin(), raw.end()));
  };
  const auto out = package::open(fill(zip(all), R"({"x": "x", "y": "y"})", options), "out.docx").take();
  CHECK(out.read("word/media/vanthu1.gif") == gif("GIF89a", 1, 1));
  CHECK(out.read("word/media/vanthu2.gif") == gif("GIF89a", 2, 1));
  CHECK(out.read("word/media/vanthu3.gif") == gif("GIF89a", 3, 1));
}

TEST_CASE("a picture that no block shows is not in the document") {
  const auto shown = [](const std::string& id) {
    return "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"5\" name=\"n\"/><a:graphic "
           "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:blip r:embed=\"" +
           id + "\"/></a:graphic></wp:inline></w:drawing></w:r></w:p>";
  };
  const auto filled = [&](const std::string& body, const std::string& json, const render_options& options = {}) {
    auto all = parts(body);
    for (const std::string n : {"1", "2"})
      add_related(all,
                  {"word/document.xml", "rIdP" + n, "image", "word/media/signed" + n + ".png", "image/png", png(9, 9)});
    const auto docx = zip(all);
    return package::open(
               document_template::compile(docx, "t.docx").take().render(docx_builder::data(json), options).take(),
               "o.docx")
        .take();
  };
  const auto has_relation = [](const package& out, const std::string& id) {
    return out.read("word/_rels/document.xml.rels").find("\"" + id + "\"") != std::string::npos;
  };
  const auto signature = p("{#signed}") + shown("rIdP1") + p("{:else}") + shown("rIdP2") + p("{/}") + p("x");
  const auto with = filled(signature, R"({"signed": true})");
  CHECK(with.has("word/media/signed1.png"));
  CHECK(has_relation(with, "rIdP1"));
  CHECK(!with.has("word/media/signed2.png"));
  CHECK(!has_relation(with, "rIdP2"));
  const auto without = filled(signature, R"({"signed": false})");
  CHECK(!without.has("word/media/signed1.png"));
  CHECK(without.has("word/media/signed2.png"));

  // What is shown elsewhere stays, in a block or not; so does what rows may yet show.
  CHECK(filled(signature + shown("rIdP1"), R"({"signed": false})").has("word/media/signed1.png"));
  CHECK(filled(signature + p("{^signed}") + shown("rIdP1") + p("{/}"), R"({"signed": false})")
            .has("word/media/signed1.png"));
  auto quoted = shown("rIdP1");
  for (const auto at : {quoted.find("\"rIdP1"), quoted.find("rIdP1") + 5}) quoted[at] = '\'';
  CHECK(filled(signature + quoted, R"({"signed": false})").has("word/media/signed1.png"));
  auto raw = parts(p("{#signed}") + shown("rIdP1") + p("{/}") + p("{@x}"));
  add_related(raw, {"word/document.xml", "rIdP1", "image", "word/media/signed1.png", "image/png", png(9, 9)});
  compile_options trusting;
  trusting.raw_xml = true;
  const auto by_data = value::object({{"signed", false}, {"x", shown("rIdP1")}});
  CHECK(package::open(document_template::compile(zip(raw), "t.docx", trusting).take().render(by_data).take(), "o.docx")
            .take()
            .has("word/media/signed1.png"));
  render_options rows;
  rows.rows.push_back({"x", [] { return std::optional<value>{}; }});
  CHECK(filled(p("{#x}") + shown("rIdP1") + p("{/x}") + p("y"), "{}", rows).has("word/media/signed1.png"));
}
