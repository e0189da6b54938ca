// Sample form 1.5: công văn.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "form_text.hpp"

using namespace form_text;

namespace {

constexpr const char* abstract = "V/v báo cáo công tác bình đẳng giới năm 2023";
constexpr const char* gap = R"(<w:spacing w:before="120"/><w:jc w:val="center"/>)";

// The conforming document without type name and subject, with «V/v …» below the number.
parts letter() {
  auto all = conforming();
  auto& text = all.at("word/document.xml");
  const auto cut = [&](std::string_view from, std::string_view until, std::string_view put) {
    const auto begin = text.find(from);
    REQUIRE(begin != std::string::npos);
    text.replace(begin, text.find(until, begin) - begin, put);
  };
  cut("Số: 05/BC-PNV", "</w:tc>",
      "Số: 05/UBND-LĐTBXH</w:t></w:r></w:p>" + paragraph(gap, R"(<w:sz w:val="24"/>)", abstract));
  const auto type = text.rfind("<w:p>", text.find("BÁO CÁO"));
  text.erase(type, text.rfind("<w:p>", text.find("Kính gửi")) - type);
  return all;
}

std::string found(const parts& of) {
  return remarks(of, sample::letter);
}
std::string found_with(std::string_view from, std::string_view to) {
  return found(with(from, to, "word/document.xml", letter()));
}

constexpr const char* one = "Kính gửi: Ủy ban nhân dân huyện Kỳ Anh";

}  // namespace

TEST_CASE("a letter that keeps to form 1.5 has no remarks, with one addressee or with several") {
  CHECK(found(letter()) == "");
  CHECK(found_with(one, "Kính gửi:</w:t><w:br/><w:t>- Sở Nội vụ;</w:t><w:br/><w:t>- Sở Tài chính.") == "");
}

// Sizes, spaces and indents as in the decree's own file: «Kính gửi» behind a tab, the addressees below it in paragraphs
// of their own, a subject of 12 points without space above it.
TEST_CASE("the layout of the decree's own sample form 1.5 is accepted but for the 6 points it leaves out itself") {
  auto all = with(gap, R"(<w:spacing w:line="240" w:lineRule="auto" w:before="0" w:after="0"/><w:jc w:val="center"/>)",
                  "word/document.xml", letter());
  auto& text = all.at("word/document.xml");
  const auto begin = text.rfind("<w:p>", text.find(one));
  const auto dashed = [](std::string_view name) {
    return paragraph(R"(<w:spacing w:line="240" w:lineRule="auto" w:before="0" w:after="0"/><w:ind w:start="2552"/>)",
                     R"(<w:sz w:val="28"/>)", name);
  };
  text.replace(begin, text.find("</w:p>", begin) + 6 - begin,
               R"(<w:p><w:pPr><w:ind w:firstLine="1982" w:start="3"/></w:pPr><w:r><w:rPr><w:sz w:val="28"/></w:rPr>)"
               "<w:tab/><w:t>Kính gửi:</w:t></w:r></w:p>" +
                   dashed("- Sở Nội vụ;") + dashed("- Sở Tài chính."));
  CHECK(found(all) == "form.abstract-gap word/document.xml#p[6] 0 pt | 6 pt\n");
  CHECK_FALSE(has_errors(check(all, sample::letter)));
}

TEST_CASE("form.number of a letter: the agency, a hyphen and the drafting unit or field, without a type") {
  const std::string at = "form.number word/document.xml#p[5] ";
  const auto numbered = [&](std::string_view text) { return found_with("Số: 05/UBND-LĐTBXH", text); };
  CHECK(numbered("Số: 12/UBND-VX") == "");
  CHECK(numbered("Số: 1234/BGDĐT-GDTrH") == "");
  CHECK(numbered("Số: 5/UBND-VX") == at + "«Số: 5/UBND-VX» | «Số: 05/UBND-VX»\n");
  CHECK(numbered("Số: 12/UBND") == at + "«Số: 12/UBND» | «Số: 12/UBND-…»\n");
  CHECK(numbered("Số: 12/CV-UBND") == at + "«Số: 12/CV-UBND» | «Số: 12/UBND-…»\n");
  CHECK(numbered("Số: 12/ubnd-lđtbxh") == at + "«Số: 12/ubnd-lđtbxh» | «Số: 12/UBND-LĐTBXH»\n");
  CHECK(numbered("Số: 12 / UBND – VX") == at + "«Số: 12 / UBND – VX» | «Số: 12/UBND-VX»\n");
  CHECK(numbered("Số:      /UBND-VX") == at + "«Số: /UBND-VX» | «Số: …/UBND-VX»\n");
}

TEST_CASE("form.abstract: «V/v» and the subject, upright, 12 or 13 points, centred below the number") {
  const std::string at = "form.abstract word/document.xml#p[6] ";
  const auto about = [&](std::string_view text) { return found_with(abstract, text); };
  CHECK(about("V/v nâng bậc lương năm 2019") == "");
  CHECK(about("V/v nâng bậc lương</w:t><w:br/><w:t>năm 2019") == "");
  CHECK(about("v/v nâng bậc lương") == at + "«v/v nâng bậc lương» | «V/v nâng bậc lương»\n");
  CHECK(about("V/v: nâng bậc lương") == at + "«V/v: nâng bậc lương» | «V/v nâng bậc lương»\n");
  CHECK(about("Về việc nâng bậc lương") == at + "«Về việc nâng bậc lương» | «V/v nâng bậc lương»\n");
  CHECK(about("nâng bậc lương") == at + "«nâng bậc lương» | «V/v nâng bậc lương»\n");
  CHECK(about("V/v NÂNG BẬC LƯƠNG") == at + "«V/v NÂNG BẬC LƯƠNG» | «V/v nâng bậc lương»\n");
  CHECK(about("V/v") == at + "«V/v» | «V/v …»\n");
  CHECK(found(reset(abstract, R"(<w:b/><w:sz w:val="28"/>)", gap, letter())) ==
        at + "14 pt; Bold | 12 pt - 13 pt; Regular\n");
  CHECK(found(reset(abstract, R"(<w:sz w:val="26"/>)", R"(<w:spacing w:before="120"/>)", letter())) ==
        at + "Left | Centered\n");
  CHECK(about("") == "form.abstract word/document.xml#p[5] - | «V/v …»; 12-13 pt; Regular; Centered\n");
}

TEST_CASE("form.abstract stands below the number in a row of its own as well, and is found without a number") {
  auto all = letter();
  auto& text = all.at("word/document.xml");
  const auto begin = text.rfind("<w:p>", text.find(abstract));
  const auto end = text.find("</w:p>", begin) + 6;
  const auto own = text.substr(begin, end - begin);
  text.erase(begin, end - begin);
  text.insert(text.find("</w:tr></w:tbl>") + 7, "<w:tr><w:tc>" + own + "</w:tc><w:tc><w:p/></w:tc></w:tr>");
  CHECK(found(all) == "");
  CHECK(found_with("Số: 05/UBND-LĐTBXH", "05") == "form.number word/document.xml#p[1] - | Số: …\n");
  CHECK(found(with(abstract, "", "word/document.xml", with("Số: 05/UBND-LĐTBXH", "05", "word/document.xml", letter())))
            .find("form.abstract word/document.xml#p[1] - | «V/v …»") != std::string::npos);
}

TEST_CASE("form.abstract-gap: six points below the number, no more and no less, as a warning") {
  const auto spaced = [&](std::string_view properties) {
    return reset(abstract, R"(<w:sz w:val="24"/>)", std::string(properties) + centered, letter());
  };
  CHECK(found(spaced(R"(<w:spacing w:before="60"/>)")) == "form.abstract-gap word/document.xml#p[6] 3 pt | 6 pt\n");
  CHECK(found(spaced(R"(<w:spacing w:before="240"/>)")) == "form.abstract-gap word/document.xml#p[6] 12 pt | 6 pt\n");
  CHECK_FALSE(has_errors(check(spaced(""), sample::letter)));
}

TEST_CASE("form.addressee of a letter: always there, one on the line of the words, several on a line each") {
  const std::string at = "form.addressee word/document.xml#p[8] ";
  const auto to = [&](std::string_view text) { return found_with(one, text); };
  CHECK(to("") == "form.addressee word/document.xml#p[1] - | «Kính gửi: …»\n");
  CHECK(to("Kính gửi:</w:t><w:br/><w:t>- Sở Nội vụ.") == at + "«Kính gửi: - Sở Nội vụ.» | «Kính gửi: Sở Nội vụ»\n");
  CHECK(to("Kính gửi: Sở Nội vụ; Sở Tài chính.") ==
        at + "«Kính gửi: Sở Nội vụ; Sở Tài chính.» | «Kính gửi:», «- Sở Nội vụ;», «- Sở Tài chính.»\n");
  CHECK(to("Kính gửi:</w:t><w:br/><w:t>Sở Nội vụ;</w:t><w:br/><w:t>Sở Tài chính.") ==
        at + "«Sở Nội vụ;» | «- Sở Nội vụ;»\n" + at + "«Sở Tài chính.» | «- Sở Tài chính.»\n");
  CHECK(to("Kính gửi:</w:t><w:br/><w:t>- Sở Nội vụ;</w:t><w:br/><w:t>- Sở Tài chính") ==
        at + "«- Sở Tài chính» | «- Sở Tài chính.»\n");
  CHECK(to("Kính gửi Sở Nội vụ") == at + "«Kính gửi Sở Nội vụ» | «Kính gửi:»\n");
  CHECK(found(reset(one, R"(<w:i/><w:sz w:val="24"/>)", "", letter())) ==
        at + "12 pt; Italic | 13 pt - 14 pt; Regular\n");
}

TEST_CASE("form.receivers of a letter begin with «Như trên» and end with «Lưu: VT», the drafter's mark below") {
  CHECK(found_with("- Như trên;", "- Sở Nội vụ;") ==
        "form.receivers word/document.xml#p[12] «- Sở Nội vụ;» | «- Như trên;»\n");
  CHECK(found_with("- Lưu: VT.", "- Lưu: VT, VX.</w:t><w:br/><w:t>PL.(300)") == "");
  CHECK(found_with("- Lưu: VT.", "- Lưu: VP.") ==
        "form.receivers word/document.xml#p[13] «- Lưu: VP.» | «- Lưu: VT, ….»\n");
}

TEST_CASE("the rules that a letter shares with a document with a type name speak at their place in the letter") {
  CHECK(found_with("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Cộng hòa xã hội chủ nghĩa Việt Nam")
            .starts_with("form.national-name word/document.xml#p[3] "));
  CHECK(found_with("Độc lập - Tự do", "Độc lập – Tự do").starts_with("form.motto word/document.xml#p[4] "));
  CHECK(found_with("UBND HUYỆN KỲ ANH", "UBND huyện Kỳ Anh").starts_with("form.superior word/document.xml#p[1] "));
  CHECK(found_with("PHÒNG NỘI VỤ", "Phòng Nội vụ").starts_with("form.issuer word/document.xml#p[2] "));
  CHECK(found_with("ngày 05 tháng 3", "ngày 5 tháng 3").starts_with("form.date word/document.xml#p[7] "));
  CHECK(found(reset("Phòng Nội vụ báo cáo như sau:", R"(<w:sz w:val="24"/>)", R"(<w:pStyle w:val="Body"/>)", letter()))
            .starts_with("form.body word/document.xml#p[9] 12 pt | 13-14 pt\n"));
  CHECK(found_with("TRƯỞNG PHÒNG", "Trưởng phòng").starts_with("form.signer word/document.xml#p[14] "));
  CHECK(found_with(R"(w:left="1985")", R"(w:left="1440")").starts_with("form.margins word/document.xml#p[1] "));
}

TEST_CASE("a letter is not judged as a document with a type name, nor the other way round") {
  const auto as_named = remarks(letter());
  CHECK(as_named.find("form.type-name") != std::string::npos);
  CHECK(as_named.find("form.abstract") == std::string::npos);
  const auto as_letter = found(conforming());
  CHECK(as_letter.find("form.abstract word/document.xml#p[5]") != std::string::npos);
  CHECK(as_letter.find("form.type-name") == std::string::npos);
}

TEST_CASE("an empty letter lacks every component, and is told so") {
  parts all{{"word/document.xml", "<w:document " + std::string(space) + "><w:body/></w:document>"}};
  std::string ids;
  for (const auto& d : check(all, sample::letter)) ids += d.what.id + " ";
  CHECK(ids ==
        "form.national-name form.motto form.issuer form.number form.date form.abstract form.addressee form.signer "
        "form.receivers ");
}

TEST_CASE("the rules of form 1.5 are those of 1.4 with the subject below the number instead of type name and subject") {
  std::string own, others;
  for (const auto& r : form_rules("1.5"))
    if (r.id.starts_with("form.abstract")) own += r.what.id + " " + r.article + "\n";
  CHECK(own ==
        "form.abstract-rule Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II.5.b\n"
        "form.abstract-gap-rule Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II.5.b\n");
  CHECK(form_rules("1.5").size() == form_rules("1.4").size());
  for (const auto& r : form_rules("1.5")) CHECK(r.id != "form.type-name");
}
