// Annexes: in a file of their own (sample forms 2.1 and 2.2) and appended to a document.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "form/annexes.hpp"
#include "form_text.hpp"

using namespace form_text;

namespace {

constexpr const char* italic13 = R"(<w:i/><w:sz w:val="26"/>)";
constexpr const char* reference = "(Kèm theo Báo cáo số 05/BC-PNV ngày 05 tháng 3 năm 2023 của Phòng Nội vụ)";
constexpr const char* page = R"(<w:pgSz w:w="11907" w:h="16840"/>)"
                             R"(<w:pgMar w:top="1418" w:right="1134" w:bottom="1134" w:left="1985"/>)";
constexpr const char* headers =
    R"(<w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/>)";

std::string section(std::string_view numbering = "", std::string_view of_page = page) {
  return "<w:sectPr>" + std::string(headers) + std::string(of_page) + std::string(numbering) +
         "<w:titlePg/></w:sectPr>";
}
constexpr const char* from_one = R"(<w:pgNumType w:start="1"/>)";

// A line of dots, as in the decree's samples: 12 points, neither indented nor justified.
std::string annex(std::string_view label, std::string_view title = "DANH SÁCH ĐƠN VỊ") {
  return paragraph(centered, bold14, label) + paragraph(centered, bold14, title) +
         paragraph(centered, italic13, reference) +
         paragraph("", R"(<w:sz w:val="24"/>)", "1. Ủy ban nhân dân xã Kỳ Phong");
}

parts file_of(std::string_view body) {
  auto all = conforming();
  all.at("word/document.xml") = "<w:document " + std::string(space) + " " + relations + "><w:body>" +
                                std::string(body) + "</w:body></w:document>";
  return all;
}
parts alone() {
  return file_of(annex("Phụ lục") + section());
}
parts two(std::string_view first, std::string_view second, std::string_view numbering = from_one) {
  return file_of(annex(first) + "<w:p><w:pPr>" + section() + "</w:pPr></w:p>" + annex(second) + section(numbering));
}

std::string found(const parts& of) {
  return remarks(of, sample::annex);
}
std::string found_with(std::string_view from, std::string_view to) {
  return found(with(from, to, "word/document.xml", alone()));
}

// The conforming report with an annex in a section of its own.
parts appended(std::string_view annexes, std::string_view numbering = from_one, std::string_view of_page = page) {
  const auto own = with("như sau:", "tại Phụ lục kèm theo:");
  const auto& text = own.at("word/document.xml");
  const auto begin = text.find("<w:sectPr>");
  const auto end = text.find("</w:body>");
  auto all = own;
  all.at("word/document.xml") = text.substr(0, begin) + "<w:p><w:pPr>" + text.substr(begin, end - begin) +
                                "</w:pPr></w:p>" + std::string(annexes) + section(numbering, of_page) +
                                text.substr(end);
  return all;
}

constexpr const char* sideways = R"(<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>)";

}  // namespace

TEST_CASE("an annex that keeps to the form has no remarks, numbered or not, with a title or without") {
  CHECK(found(alone()) == "");
  CHECK(found_with("Phụ lục", "Phụ lục IV") == "");
  CHECK(found_with("DANH SÁCH ĐƠN VỊ", "") == "");
  CHECK(found_with("DANH SÁCH ĐƠN VỊ", "DANH SÁCH ĐƠN VỊ</w:t><w:br/><w:t>VÀ CHỈ TIÊU NĂM 2023") == "");
  CHECK(found(two("Phụ lục I", "Phụ lục II")) == "");
}

// Number, title and reference are dots with raised marks between them, as printed in the decree.
TEST_CASE("the layout of the decree's own sample forms 2.1 and 2.2 is accepted with its dots") {
  const std::string dots =
      paragraph(centered, bold14, "Phụ lục …...") + paragraph(centered, bold14, "……… ……….") +
      paragraph(centered, italic13, "(Kèm theo Văn bản số…….. ngày…  tháng… năm … của ……...)") +
      paragraph(centered, R"(<w:sz w:val="28"/><w:vertAlign w:val="superscript"/>)", "___________") +
      paragraph(R"(<w:ind w:firstLine="567"/>)", R"(<w:sz w:val="24"/>)", "................");
  CHECK(found(file_of(dots + section())) == "");
  CHECK(found(file_of(
            paragraph(R"(<w:jc w:val="right"/>)", R"(<w:sz w:val="20"/>)", "Số: 05/BC-PNV; 05/3/2023; 10:30:00+07:00") +
            dots + section())) == "");
}

TEST_CASE("form.annex-label: words in lower case and a Roman number on a line of their own, 14 points, bold, centred") {
  const std::string at = "form.annex-label word/document.xml#p[1] ";
  const auto labelled = [&](std::string_view text) { return found_with("Phụ lục", text); };
  CHECK(labelled("PHỤ LỤC I") == at + "«PHỤ LỤC I» | «Phụ lục I»\n");
  CHECK(labelled("Phụ lục 2") == at + "«Phụ lục 2» | «Phụ lục II»\n");
  CHECK(labelled("Phụ lục số 09") == at + "«Phụ lục số 09» | «Phụ lục IX»\n");
  CHECK(labelled("Phụ lục iii.") == at + "«Phụ lục iii.» | «Phụ lục III»\n");
  CHECK(labelled("Phụ lục A") == at + "«Phụ lục A» | «Phụ lục …»\n");
  CHECK(labelled("Phụ lục:") == at + "«Phụ lục:» | «Phụ lục»\n");
  CHECK(labelled("Phụ lục I: Danh sách") == at + "«Phụ lục I: Danh sách» | «Phụ lục I», «DANH SÁCH»\n");
  CHECK(found(reset("Phụ lục", R"(<w:i/><w:sz w:val="26"/>)", "", alone())) ==
        at + "13 pt; Italic; Left | 14 pt; Bold; Centered\n");
}

TEST_CASE("form.annex-label: a file without the words is told so, and its heading is found by «(Kèm theo»") {
  CHECK(found_with("Phụ lục", "") == "form.annex-label word/document.xml#p[1] - | «Phụ lục …»\n");
  CHECK(found_with("Phụ lục", "Phụ lục của Nghị định")
            .starts_with("form.annex-label word/document.xml#p[1] - | «Phụ lục …»\n"));
  CHECK(found(file_of(section())).starts_with("form.annex-label word/document.xml#p[1] - | «Phụ lục …»\n"));
}

TEST_CASE("form.annex-label: two annexes or more are numbered one after the other") {
  CHECK(found(two("Phụ lục", "Phụ lục")) ==
        "form.annex-label word/document.xml#p[1] «Phụ lục» | «Phụ lục I»\n"
        "form.annex-label word/document.xml#p[6] «Phụ lục» | «Phụ lục II»\n");
  CHECK(found(two("Phụ lục I", "Phụ lục III")) ==
        "form.annex-label word/document.xml#p[6] «Phụ lục III» | «Phụ lục II»\n");
  CHECK(found(two("Phụ lục IV", "Phụ lục V")) == "");
}

TEST_CASE("form.annex-title: in bold capitals, centred, also where it is not") {
  const std::string at = "form.annex-title word/document.xml#p[2] ";
  CHECK(found_with("DANH SÁCH ĐƠN VỊ", "Danh sách đơn vị") == at + "«Danh sách đơn vị» | «DANH SÁCH ĐƠN VỊ»\n");
  CHECK(found(reset("DANH SÁCH ĐƠN VỊ", R"(<w:sz w:val="24"/>)", R"(<w:jc w:val="both"/>)", alone())) ==
        at + "12 pt; Regular; Justified | 13 pt - 14 pt; Bold; Centered\n");
}

TEST_CASE("form.annex-reference: number, date and issuer in brackets, in italics, open on electronic documents") {
  const std::string at = "form.annex-reference word/document.xml#p[3] ";
  const auto referring = [&](std::string_view text) { return found_with(reference, text); };
  CHECK(referring("(Kèm theo Báo cáo số      /BC-PNV ngày …… tháng …… năm …… của Phòng Nội vụ)") == "");
  CHECK(referring("(Kèm theo Nghị định số 30/2020/NĐ-CP</w:t><w:br/><w:t>ngày 05 tháng 3 năm 2020 của Chính phủ)") ==
        "");
  CHECK(referring("Ban hành kèm theo Kế hoạch số 5/KH-PNV ngày 05 tháng 3 năm 2023 của Phòng Nội vụ.") ==
        at + "«Ban hành kèm theo Kế hoạch số 5/KH-PNV ngày 05 tháng 3 năm 2023 của Phòng Nội vụ.» | "
             "«(Kèm theo Kế hoạch số 5/KH-PNV ngày 05 tháng 3 năm 2023 của Phòng Nội vụ)»\n");
  CHECK(referring("(Kèm theo Báo cáo số 05/BC-PNV)") ==
        at + "«(Kèm theo Báo cáo số 05/BC-PNV)» | «(Kèm theo … số …/…-… ngày … tháng … năm … của …)»\n");
  CHECK(referring("") ==
        "form.annex-reference word/document.xml#p[1] - | "
        "«(Kèm theo … số …/…-… ngày … tháng … năm … của …)»\n");
  CHECK(found(reset(reference, R"(<w:sz w:val="24"/>)", "", alone())) ==
        at + "12 pt; Regular; Left | 13 pt - 14 pt; Italic; Centered\n");
}

TEST_CASE("form.annex-page-number: each annex starts again from 1, in a section of its own") {
  CHECK(found(two("Phụ lục I", "Phụ lục II", "")) ==
        "form.annex-page-number word/document.xml#p[6] Continue from previous section | Start at: 1\n");
  CHECK(found(two("Phụ lục I", "Phụ lục II", R"(<w:pgNumType w:start="4"/>)")) ==
        "form.annex-page-number word/document.xml#p[6] Start at: 4 | Start at: 1\n");
  CHECK(found(file_of(annex("Phụ lục I") + annex("Phụ lục II") + section())) ==
        "form.annex-page-number word/document.xml#p[5] - | Section Break, Start at: 1\n");
  CHECK(found(file_of(annex("Phụ lục I") + section(R"(<w:pgNumType w:start="7"/>)"))) ==
        "form.page-number word/document.xml#p[1] 7 | 1\n");
}

TEST_CASE("an annex may lie on its side without a table, with the margins of the page or those of the sheet") {
  const auto lying = [](std::string_view margins) {
    return found(file_of(annex("Phụ lục") + section("", std::string(sideways) + std::string(margins))));
  };
  CHECK(lying(R"(<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701"/>)") == "");
  CHECK(lying(R"(<w:pgMar w:top="1985" w:right="1134" w:bottom="1134" w:left="1418"/>)") == "");
  CHECK(lying(R"(<w:pgMar w:top="1985" w:right="1134" w:bottom="1134" w:left="1985"/>)") ==
        "form.margins word/document.xml#p[1] 35 / 20 / 35 / 20 mm | "
        "20-25 / 20-25 / 30-35 / 15-20 mm, 30-35 / 15-20 / 20-25 / 20-25 mm\n");
}

TEST_CASE("font, colour, composition, paper, margins and page numbers are those of every document") {
  CHECK(found(reset("1. Ủy ban nhân dân xã Kỳ Phong", R"(<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>)", "", alone())) ==
        "form.font word/document.xml#p[4] Arial | Times New Roman\n");
  CHECK(found(reset("1. Ủy ban nhân dân xã Kỳ Phong", R"(<w:color w:val="FF0000"/>)", "", alone())) ==
        "form.color word/document.xml#p[4] FF0000 | 000000\n");
  CHECK(found_with("xã Kỳ Phong", "xa\u0303 Kỳ Phong") ==
        "form.unicode word/document.xml#p[4] U+0061 U+0303 | U+00E3\n");
  CHECK(found_with(R"(w:w="11907" w:h="16840")", R"(w:w="12240" w:h="15840")") ==
        "form.paper word/document.xml#p[1] 215,9 x 279,4 mm | 210 x 297 mm\n");
  CHECK(found_with(R"(w:left="1985")", R"(w:left="1440")").starts_with("form.margins "));
  CHECK(found_with("<w:titlePg/>", "").starts_with("form.page-number "));
}

TEST_CASE("an annex appended to a document is judged as one, and may lie on its side") {
  CHECK(remarks(appended(annex("Phụ lục"))) == "");
  CHECK(remarks(appended(
            annex("Phụ lục"), from_one,
            std::string(sideways) + R"(<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701"/>)")) == "");
  CHECK(remarks(appended(annex("PHỤ LỤC", "Danh sách"), "")) ==
        "form.annex-label word/document.xml#p[17] «PHỤ LỤC» | «Phụ lục»\n"
        "form.annex-title word/document.xml#p[18] «Danh sách» | «DANH SÁCH»\n"
        "form.annex-page-number word/document.xml#p[17] Continue from previous section | Start at: 1\n");
}

TEST_CASE("form.annex-reference of an appended annex names the number of the document, once there is one") {
  const auto numbered = [](std::string_view text) {
    return remarks(with(reference, text, "word/document.xml", appended(annex("Phụ lục"))));
  };
  CHECK(numbered("(Kèm theo Báo cáo số 15/BC-PNV ngày 05 tháng 3 năm 2023 của Phòng Nội vụ)") ==
        "form.annex-reference word/document.xml#p[19] «15/BC-PNV» | «05/BC-PNV»\n");
  CHECK(numbered("(Kèm theo Báo cáo số    /BC-PNV ngày … tháng … năm 2023 của Phòng Nội vụ)") == "");
}

TEST_CASE("form.annex-mention: the text speaks of its annex, else there is a warning") {
  const auto silent = with("tại Phụ lục kèm theo:", "như sau:", "word/document.xml", appended(annex("Phụ lục")));
  CHECK(remarks(silent) == "form.annex-mention word/document.xml#p[17] - | «… Phụ lục …»\n");
  CHECK_FALSE(has_errors(check(silent)));
}

TEST_CASE("the words in a table or in a sentence begin no annex") {
  CHECK(found(two("Phụ lục I", "Phụ lục I của Nghị định", "")).find("#p[6]") == std::string::npos);
  CHECK(remarks(appended(annex("Phụ lục") + "<w:tbl><w:tr><w:tc>" + paragraph(centered, bold14, "Phụ lục II") +
                         "</w:tc></w:tr></w:tbl>")) == "");
}

TEST_CASE("ten thousand annexes, each in a section of its own, are read once") {
  std::string body;
  for (int i = 0; i < 10'000; ++i) body += "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>Phụ lục I</w:t></w:r></w:p>";
  CHECK(check(file_of(body), sample::annex).size() > 10'000);
}

TEST_CASE("Roman numbers are written as the decree counts") {
  std::string out;
  for (const int number : {1, 4, 9, 14, 40, 99, 399}) out += form::roman(number) + " ";
  CHECK(out == "I IV IX XIV XL XCIX CCCXCIX ");
  CHECK(form::roman(0) + form::roman(400) == "……");
}

TEST_CASE("the rules of an annex are those of every page, and those of its heading") {
  std::string ids;
  for (const auto& r : form_rules("annex")) ids += r.id.substr(5) + " ";
  CHECK(ids ==
        "paper margins page-number font color unicode annex-label annex-title annex-reference annex-page-number ");
}
