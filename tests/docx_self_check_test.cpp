// What debug builds look at in every document they make, shown on documents that are wrong.
#include <doctest/doctest.h>

#include "docx/self_check.hpp"
#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

docx::archive opened(const bytes& docx) {
  return docx::read_archive(docx, "t.docx", {}).take();
}

// "word/document.xml row-without-cell", "" when nothing is wrong.
std::string flaw(const bytes& before, const bytes& after, const std::vector<docx::program>& programs = {}) {
  const auto found = docx::find_new_flaw(opened(before), programs, after);
  return found ? found->part + " " + found->kind : std::string{};
}
std::string body_flaw(std::string_view body) {
  const auto out = flaw(document(p("a")), document(body));
  return out.starts_with("word/document.xml ") ? out.substr(18) : out;
}

const std::string mark = "<w:bookmarkStart w:id=\"1\" w:name=\"m\"/><w:bookmarkEnd w:id=\"1\"/>";

}  // namespace

TEST_CASE("a document that is right has no flaw") {
  CHECK(body_flaw(p("a") + table({row({p("b"), table({row({p("c")})}) + p("")})}) + "<w:p>" + mark + "</w:p>") == "");
  CHECK(body_flaw(
            "<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc><w:sdt><w:sdtContent><w:p/></w:sdtContent>"
            "</w:sdt></w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>") == "");
}

TEST_CASE("a document that is not well-formed is told by its part") {
  CHECK(body_flaw("<w:p>") == "not-well-formed");
  CHECK(body_flaw("<w:p>\x01</w:p>") == "not-well-formed");
  CHECK(body_flaw("<x:p/>") == "not-well-formed");
}

TEST_CASE("tables, rows and cells that lack what they must hold are flaws") {
  CHECK(body_flaw("<w:tbl/>") == "table-without-row");
  CHECK(body_flaw("<w:tbl><w:tr/></w:tbl>") == "row-without-cell");
  CHECK(body_flaw("<w:tbl><w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>") == "cell-without-paragraph");
  CHECK(body_flaw("<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>") ==
        "cell-without-paragraph");
}

TEST_CASE("a cell that goes on with one above it needs one that merges over the same columns") {
  const auto cell = [](const std::string& properties) {
    return "<w:tc><w:tcPr>" + properties + "</w:tcPr><w:p/></w:tc>";
  };
  const std::string begins = "<w:vMerge w:val=\"restart\"/>", on = "<w:vMerge/>", wide = "<w:gridSpan w:val=\"2\"/>";
  const auto rows = [](const std::string& first, const std::string& second) {
    return "<w:tbl><w:tr>" + first + "</w:tr><w:tr>" + second + "</w:tr></w:tbl>" + p("");
  };
  const std::string wrong = "cell-goes-on-with-nothing";
  CHECK(body_flaw(rows(cell(begins), cell(on))) == "");
  CHECK(body_flaw(rows(cell(""), cell(on))) == wrong);
  CHECK(body_flaw(rows(cell("") + cell(begins), cell(on) + cell(on))) == wrong);
  CHECK(body_flaw(rows(cell(wide) + cell(begins), cell("") + cell("") + cell(on))) == "");
  CHECK(body_flaw(rows(cell(wide + begins), cell(on))) == wrong);
  CHECK(body_flaw(rows(cell("") + cell(begins), "<w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" + cell(on))) == "");
  CHECK(body_flaw(rows(cell(begins), cell("")) + rows(cell(on), cell(""))) == wrong);
}

TEST_CASE("ids that are there twice are flaws, each kind for itself") {
  CHECK(body_flaw("<w:p>" + mark + mark + "</w:p>") == "bookmark-twice");
  CHECK(body_flaw("<w:p>" + mark + "<w:bookmarkStart w:id=\"2\" w:name=\"m\"/><w:bookmarkEnd w:id=\"2\"/></w:p>") ==
        "bookmark-name-twice");
  CHECK(body_flaw("<w:p><w:bookmarkStart w:id=\"1\" w:name=\"m\"/></w:p>") == "bookmark-without-end");
  CHECK(body_flaw("<w:p><w:bookmarkEnd w:id=\"1\"/></w:p>") == "bookmark-without-beginning");
  CHECK(body_flaw("<wp:docPr id=\"1\"/><wp:docPr id=\"1\"/>") == "drawing-twice");
  CHECK(body_flaw("<w:p w14:paraId=\"1\"/><w:p w14:paraId=\"1\"/>") == "paragraph-twice");
  const std::string control =
      "<w:sdt><w:sdtPr><w:id w:val=\"1\"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>";
  CHECK(body_flaw(control + control) == "control-twice");
  const auto twins = "<w:p>" + mark + "<mc:Fallback>" + mark + "</mc:Fallback></w:p>";
  CHECK(body_flaw(twins) == "");
}

TEST_CASE("what leads nowhere and what has no type are flaws") {
  CHECK(body_flaw("<w:p><w:hyperlink r:id=\"rId77\"/></w:p>") == "reference-to-nothing");
  CHECK(body_flaw("<w:p><w:hyperlink r:id=\"\"/></w:p>") == "");
  auto all = parts(p("a"));
  all.push_back({"word/x.bin", "x"});
  CHECK(flaw(document(p("a")), zip(all)) == "word/x.bin no-content-type");
  all = parts(p("a"));
  add_part(all, "word/header1.xml", "header", header(p("a")));
  all.pop_back();
  CHECK(flaw(document(p("a")), zip(all)) == "word/_rels/document.xml.rels docx.dangling-target");
}

TEST_CASE("what was wrong in the template already is not the rendering's fault") {
  CHECK(flaw(document("<w:tbl><w:tr/></w:tbl>"), document("<w:tbl><w:tr/><w:tr/></w:tbl>")) == "");
  CHECK(flaw(document("<w:tbl><w:tr/></w:tbl>"), document("<w:tbl/>")) == "word/document.xml table-without-row");
}

TEST_CASE("markup that data brings along is only asked to be well-formed") {
  docx::program taking;
  taking.part = "word/document.xml";
  taking.code.push_back({docx::op::raw, 0, 0});
  CHECK(flaw(document(p("a")), document("<w:tbl/>"), {taking}) == "");
  CHECK(flaw(document(p("a")), document("<w:tbl>"), {taking}) == "word/document.xml not-well-formed");
}

TEST_CASE("a flaw is an error that names the part and what is wrong") {
  try {
    docx::require_sound(opened(document(p("a"))), {}, document("<wp:docPr id=\"7\"/><wp:docPr id=\"7\"/>"));
    FAIL("nothing was said");
  } catch (const error& e) {
    CHECK(e.code() == errc::corrupt);
    CHECK(e.notes().front().id() == "docx.self-check");
    CHECK(std::string(e.what()).find("part word/document.xml: drawing-twice (7)") != std::string::npos);
  }
}

TEST_CASE("what a sink is given is the same bytes as in memory, with or without a look at them") {
  const auto filler = compiled(document(p("{#x}{.}{/x}")));
  const auto v = data(R"({"x": [1, 2, 3]})");
  bytes streamed;
  CHECK(filler.render(v, [&](std::span<const std::byte> b) { streamed.insert(streamed.end(), b.begin(), b.end()); })
            .empty());
  CHECK(streamed == filler.render(v).take());
}
