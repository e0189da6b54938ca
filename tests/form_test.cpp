#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "form_text.hpp"

using namespace form_text;

TEST_CASE("a document that keeps to form 1.4 has no remarks, with the margins of the decree's own file") {
  CHECK(remarks(conforming()) == "");
}

TEST_CASE("form.paper: another paper is named with its size, and only tables may lie on their side") {
  CHECK(remarks(with(R"(w:w="11907" w:h="16840")", R"(w:w="12240" w:h="15840")")) ==
        "form.paper word/document.xml#p[1] 215,9 x 279,4 mm | 210 x 297 mm\n");
  CHECK(remarks(with(R"(w:w="11907" w:h="16840")", R"(w:w="210mm" w:h="297mm")")) == "");
  CHECK(remarks(with(R"(w:w="11907" w:h="16840")", R"(w:w="16840" w:h="11907")")) == "");  // the head is a table
}

TEST_CASE("form.margins: all four are shown when one is out of its bounds by more than the tolerance") {
  CHECK(remarks(with(R"(w:left="1985")", R"(w:left="1440")")) ==
        "form.margins word/document.xml#p[1] 25 / 20 / 25,4 / 20 mm | 20-25 / 20-25 / 30-35 / 15-20 mm\n");
  CHECK(remarks(with(R"(w:left="1985")", R"(w:left="1988")")) != "");
  CHECK(remarks(with(R"(w:left="1985")", R"(w:left="3.5cm")")) == "");
  CHECK(remarks(with(R"(w:gutter="0")", R"(w:gutter="284")")) ==
        "form.margins word/document.xml#p[1] 25 / 20 / 40 / 20 mm | 20-25 / 20-25 / 30-35 / 15-20 mm\n");
}

TEST_CASE("form.page-number: the number is centred in the header, 13 or 14 points, and not on the first page") {
  CHECK(remarks(with("<w:titlePg/>", "")) ==
        "form.page-number word/document.xml#p[1] Different First Page: off | Different First Page: on\n");
  CHECK(remarks(with("w:val=\"center\"", "w:val=\"right\"", "word/header1.xml")) ==
        "form.page-number word/header1.xml#p[1] Right | Centered\n");
  CHECK(remarks(with("<w:r><w:instrText>", R"(<w:r><w:rPr><w:i/><w:sz w:val="24"/></w:rPr><w:instrText>)",
                     "word/header1.xml")) ==
        "form.page-number word/header1.xml#p[1] 12 pt; Italic | 13-14 pt; Regular\n");
  CHECK(remarks(with(" PAGE ", " NUMPAGES ", "word/header1.xml")) ==
        "form.page-number word/document.xml#p[1] - | PAGE, Header, 13-14 pt, Centered\n");
  CHECK(remarks(with("<w:p/>", R"(<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>)",
                     "word/header2.xml")) == "form.page-number word/document.xml#p[1] PAGE, First Page Header | -\n");
  CHECK(remarks(with("<w:titlePg/>", R"(<w:pgNumType w:fmt="lowerRoman" w:start="3"/><w:titlePg/>)")) ==
        "form.page-number word/document.xml#p[1] lowerRoman; 3 | 1, 2, 3; 1\n");
  CHECK(remarks(with("/>", "><w:evenAndOddHeaders/></w:settings>", "word/settings.xml")) ==
        "form.page-number word/document.xml#p[1] - | PAGE, Header, 13-14 pt, Centered\n");
}

TEST_CASE("form.font: a font of the theme that shines through is named by its face") {
  CHECK(remarks(
            with(R"(<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/>)",
                 R"(<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/></w:rPr>)"
                 R"(</w:style><w:style w:type="character" w:styleId="Odd"><w:rPr>)"
                 R"(<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>)",
                 "word/styles.xml",
                 with("<w:r><w:rPr></w:rPr><w:t>Phòng", R"(<w:r><w:rPr><w:rStyle w:val="Odd"/></w:rPr><w:t>Phòng)"))) ==
        "form.font word/document.xml#p[10] Calibri | Times New Roman\n");
  CHECK(remarks(reset("- Lưu: VT.", R"(<w:rFonts w:hAnsi="Arial"/><w:sz w:val="22"/>)", "")) ==
        "form.font word/document.xml#p[14] Arial | Times New Roman\n");  // for the letter with a mark
}

TEST_CASE("form.color: text is black, but for the stamp of urgency") {
  CHECK(remarks(reset("Số: 05/BC-PNV", R"(<w:color w:val="1F3864"/><w:sz w:val="26"/>)")) ==
        "form.color word/document.xml#p[5] 1F3864 | 000000\n");
  CHECK(remarks(with("<w:tc>",
                     "<w:tc>" + paragraph(centered, R"(<w:b/><w:color w:val="FF0000"/><w:sz w:val="26"/>)", "HỎA TỐC"),
                     "word/document.xml", with("Kỳ Anh, ngày", "Kỳ Anh, ngày")))
            .find("form.color") == std::string::npos);
}

TEST_CASE("form.unicode: letters built of a base and marks are shown by their code points") {
  CHECK(remarks(with("Phòng Nội vụ báo cáo", "Pho\u0300ng Nội vụ báo cáo")) ==
        "form.unicode word/document.xml#p[10] U+006F U+0300 | U+00F2\n");
}

TEST_CASE("form.national-name: words, size, style and place, the tone mark on either letter") {
  CHECK(remarks(with("CỘNG HÒA", "CỘNG HOÀ")) == "");
  CHECK(remarks(reset("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", R"(<w:i/><w:sz w:val="28"/>)", "")) ==
        "form.national-name word/document.xml#p[3] 14 pt; Italic; Left | 12 pt - 13 pt; Bold; Centered\n");
  CHECK(remarks(with("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Cộng hòa xã hội chủ nghĩa Việt Nam")) ==
        "form.national-name word/document.xml#p[3] «Cộng hòa xã hội chủ nghĩa Việt Nam» | "
        "«CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM»\n");
  CHECK(remarks(with("<w:b/><w:sz w:val=\"26\"/></w:rPr><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                     "<w:b/><w:caps/><w:sz w:val=\"26\"/></w:rPr><w:t>Cộng hòa xã hội chủ nghĩa Việt Nam")) == "");
}

TEST_CASE("form.motto: hyphens with spaces, and no dashes") {
  CHECK(remarks(with("Độc lập - Tự do", "Độc lập – Tự do")) ==
        "form.motto word/document.xml#p[4] «Độc lập – Tự do - Hạnh phúc» | «Độc lập - Tự do - Hạnh phúc»\n");
  CHECK(remarks(with("Độc lập - Tự do - Hạnh phúc", "Độc lập")) ==
        "form.motto word/document.xml#p[1] - | «Độc lập - Tự do - Hạnh phúc»\n");
}

TEST_CASE("form.superior: in capitals, not bold") {
  CHECK(remarks(with("UBND HUYỆN KỲ ANH", "UBND huyện Kỳ Anh")) ==
        "form.superior word/document.xml#p[1] «UBND huyện Kỳ Anh» | «UBND HUYỆN KỲ ANH»\n");
  CHECK(remarks(reset("UBND HUYỆN KỲ ANH", R"(<w:sz w:val="28"/>)")) ==
        "form.superior word/document.xml#p[1] 14 pt | 12 pt - 13 pt\n");
}

TEST_CASE("form.issuer: in bold capitals, the last line above the number when nothing is bold") {
  CHECK(remarks(reset("PHÒNG NỘI VỤ", R"(<w:sz w:val="26"/>)")) ==
        "form.issuer word/document.xml#p[2] Regular | Bold\n");
  CHECK(remarks(reset("UBND HUYỆN KỲ ANH", R"(<w:b/><w:sz w:val="26"/>)")) == "");  // an issuer of two lines
}

TEST_CASE("form.number: two digits, a slash, the code of the type, a hyphen and the agency, no spaces") {
  const std::string at = "form.number word/document.xml#p[5] ";
  CHECK(remarks(with("Số: 05/BC-PNV", "Số: 5/BC-PNV")) == at + "«Số: 5/BC-PNV» | «Số: 05/BC-PNV»\n");
  CHECK(remarks(with("Số: 05/BC-PNV", "Số: 573 / KH - pnv")) == at + "«Số: 573 / KH - pnv» | «Số: 573/BC-PNV»\n");
  CHECK(remarks(with("Số: 05/BC-PNV", "Số:      /BC-PNV")) == at + "«Số: /BC-PNV» | «Số: …/BC-PNV»\n");
  CHECK(remarks(with("Số: 05/BC-PNV", "SỐ: 05/BC-PNV")) == at + "«SỐ: 05/BC-PNV» | «Số: 05/BC-PNV»\n");
  CHECK(remarks(with("Số: 05/BC-PNV", "Số:     573/BC-UBND-VX")) == "");
  CHECK(remarks(reset("Số: 05/BC-PNV", R"(<w:b/><w:sz w:val="28"/>)")) == at + "14 pt; Bold | 13 pt; Regular\n");
  CHECK(remarks(with("Số: 05/BC-PNV", "05")) == "form.number word/document.xml#p[1] - | Số: …\n");
}

TEST_CASE("form.date: a zero before days under 10 and before the months 1 and 2, and no other") {
  const std::string at = "form.date word/document.xml#p[6] ";
  const auto dated = [](std::string_view text) { return remarks(with("Kỳ Anh, ngày 05 tháng 3 năm 2023", text)); };
  CHECK(dated("Kỳ Anh, ngày 5 tháng 03 năm 2023") ==
        at + "«Kỳ Anh, ngày 5 tháng 03 năm 2023» | «Kỳ Anh, ngày 05 tháng 3 năm 2023»\n");
  CHECK(dated("Kỳ Anh, ngày 28 tháng 2 năm 2025") ==
        at + "«Kỳ Anh, ngày 28 tháng 2 năm 2025» | «Kỳ Anh, ngày 28 tháng 02 năm 2025»\n");
  CHECK(dated("kỳ Anh ngày 18 tháng 4 năm 2023") ==
        at + "«kỳ Anh ngày 18 tháng 4 năm 2023» | «Kỳ Anh, ngày 18 tháng 4 năm 2023»\n");
  CHECK(dated("đức Thọ, ngày 18 tháng 4 năm 2023") ==
        at + "«đức Thọ, ngày 18 tháng 4 năm 2023» | «Đức Thọ, ngày 18 tháng 4 năm 2023»\n");
  CHECK(dated("Kỳ Anh, ngày 30 tháng 02 năm 2023") ==
        at + "«Kỳ Anh, ngày 30 tháng 02 năm 2023» | «Kỳ Anh, ngày … tháng … năm …»\n");
  CHECK(dated("Kỳ Anh, ngày …… tháng …… năm 2023") ==
        at + "«Kỳ Anh, ngày …… tháng …… năm 2023» | «Kỳ Anh, ngày … tháng … năm …»\n");
  CHECK(dated("Thành phố Hồ Chí Minh, ngày 29 tháng 6 năm 2019") == "");
  CHECK(dated("Kỳ Anh") == "form.date word/document.xml#p[1] - | …, ngày … tháng … năm …\n");
  CHECK(remarks(reset("Kỳ Anh, ngày 05 tháng 3 năm 2023", R"(<w:sz w:val="28"/>)")) == at + "Regular | Italic\n");
}

TEST_CASE("form.type-name: one of the names of Annex III, in bold capitals") {
  CHECK(remarks(with("BÁO CÁO", "Báo cáo")) == "form.type-name word/document.xml#p[7] «Báo cáo» | «BÁO CÁO»\n");
  CHECK(remarks(with("BÁO CÁO", "TƯỜNG TRÌNH"))
            .starts_with("form.type-name word/document.xml#p[1] - | KẾ HOẠCH, BÁO CÁO, TỜ TRÌNH, …\n"));
}

TEST_CASE("form.subject: below the type name, in bold lower case, in a line or in several") {
  CHECK(remarks(reset("Kết quả công tác bình đẳng giới", R"(<w:sz w:val="28"/>)")) ==
        "form.subject word/document.xml#p[8] Regular | Bold\n");
  CHECK(remarks(with("Kết quả công tác bình đẳng giới", "KẾT QUẢ CÔNG TÁC")) ==
        "form.subject word/document.xml#p[8] «KẾT QUẢ CÔNG TÁC» | «kết quả công tác»\n");
  CHECK(remarks(with("Kết quả công tác bình đẳng giới", "")) ==
        "form.subject word/document.xml#p[7] - | 13-14 pt; Bold; Centered\n");
  CHECK(remarks(with("Kết quả công tác bình đẳng giới", "Kết quả</w:t><w:br/><w:t>công tác")) == "");
}

TEST_CASE("form.addressee: one on the line of the words, several below them with hyphens and semicolons") {
  const std::string one = "Kính gửi: Ủy ban nhân dân huyện Kỳ Anh";
  const auto to = [&](std::string_view text) { return remarks(with(one, text)); };
  CHECK(to("Kính gửi:</w:t><w:br/><w:t>- UBND tỉnh;</w:t><w:br/><w:t>- Sở Nội vụ.") == "");
  CHECK(to("Kính gửi:</w:t><w:br/><w:t>- UBND tỉnh</w:t><w:br/><w:t>-Sở Nội vụ;") ==
        "form.addressee word/document.xml#p[9] «- UBND tỉnh» | «- UBND tỉnh;»\n"
        "form.addressee word/document.xml#p[9] «-Sở Nội vụ;» | «- Sở Nội vụ.»\n");
  CHECK(to("Kính gửi:</w:t><w:br/><w:t>- UBND tỉnh.") ==
        "form.addressee word/document.xml#p[9] «Kính gửi: - UBND tỉnh.» | «Kính gửi: UBND tỉnh»\n");
  CHECK(remarks(reset(one, R"(<w:b/><w:sz w:val="28"/>)", "")) ==
        "form.addressee word/document.xml#p[9] Bold | Regular\n");
  auto plan = with("BÁO CÁO", "KẾ HOẠCH", "word/document.xml", with("05/BC-PNV", "05/KH-PNV"));
  CHECK(remarks(plan) == "form.addressee word/document.xml#p[9] «" + one + "» | -\n");
}

TEST_CASE("form.body, form.indent, form.spacing, form.line-spacing and form.justify look at the body's paragraphs") {
  const auto body = [](std::string_view properties, std::string_view run = "") {
    return remarks(
        reset("Phòng Nội vụ báo cáo như sau:", run, R"(<w:pStyle w:val="Body"/>)" + std::string(properties)));
  };
  CHECK(body("", R"(<w:sz w:val="25"/>)") == "form.body word/document.xml#p[10] 12,5 pt | 13-14 pt\n");
  CHECK(body(R"(<w:ind w:firstLine="0"/>)") == "form.indent word/document.xml#p[10] 0,00 cm | 1 cm, 1,27 cm\n");
  CHECK(body(R"(<w:ind w:hanging="425"/>)") == "form.indent word/document.xml#p[10] -0,75 cm | 1 cm, 1,27 cm\n");
  CHECK(body(R"(<w:ind w:firstLine="1cm"/>)") == "");
  CHECK(body(R"(<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:firstLine="0"/>)") == "");
  CHECK(body(R"(<w:spacing w:line="480" w:lineRule="auto"/>)") ==
        "form.line-spacing word/document.xml#p[10] 2,0 lines | 1,0 - 1,5 lines\n");
  CHECK(body(R"(<w:spacing w:line="240" w:lineRule="exact"/>)") ==
        "form.line-spacing word/document.xml#p[10] 12 pt | 1,0 - 1,5 lines\n");
  CHECK(body(R"(<w:spacing w:line="360" w:lineRule="exact"/>)") == "");
  CHECK(body(R"(<w:spacing w:line="360" w:lineRule="atLeast"/>)") == "");
  CHECK(body(R"(<w:jc w:val="start"/>)") == "form.justify word/document.xml#p[10] Left | Justified\n");
  CHECK(body(centered) == "");  // a title
  CHECK(remarks(reset("Đã tổ chức hai hội nghị tuyên truyền./.", "",
                      R"(<w:pStyle w:val="Body"/><w:spacing w:before="60"/>)")) ==
        "form.spacing word/document.xml#p[11] 3 pt | 6 pt\n");
  CHECK(remarks(reset("Đã tổ chức hai hội nghị tuyên truyền./.", "",
                      R"(<w:pStyle w:val="Body"/><w:contextualSpacing/>)")) ==
        "form.spacing word/document.xml#p[11] 0 pt | 6 pt\n");
  CHECK_FALSE(has_errors(check(with(R"(<w:jc w:val="both"/>)", "", "word/styles.xml"))));
}

TEST_CASE("form.signer: powers and position in bold capitals beside the receivers") {
  CHECK(remarks(with("TRƯỞNG PHÒNG", "Trưởng phòng")) ==
        "form.signer word/document.xml#p[15] «Trưởng phòng» | «TRƯỞNG PHÒNG»\n");
  CHECK(remarks(with("TRƯỞNG PHÒNG", "")) ==
        "form.signer word/document.xml#p[12] - | TM., KT., TL., TUQ., Q.; 13-14 pt; Bold; Centered\n");
  CHECK(remarks(with("TRƯỞNG PHÒNG", "TM. ỦY BAN NHÂN DÂN</w:t><w:br/><w:t>CHỦ TỊCH</w:t><w:br/><w:t>Nguyễn Văn A")) ==
        "");
}

TEST_CASE("form.receivers: the label, the list from «Như trên» to «Lưu: VT», each with its sign") {
  CHECK(remarks(reset("Nơi nhận:", R"(<w:b/><w:sz w:val="24"/>)", "")) ==
        "form.receivers word/document.xml#p[12] Bold | Bold Italic\n");
  CHECK(remarks(with("- Như trên;", "- Sở Nội vụ;")) ==
        "form.receivers word/document.xml#p[13] «- Sở Nội vụ;» | «- Như trên;»\n");
  CHECK(remarks(with("- Lưu: VT.", "- Lưu: VT")) ==
        "form.receivers word/document.xml#p[14] «- Lưu: VT» | «- Lưu: VT.»\n");
  CHECK(remarks(with("- Lưu: VT.", "- Lưu.")) == "form.receivers word/document.xml#p[14] «- Lưu.» | «- Lưu: VT, ….»\n");
  CHECK(remarks(with("Nơi nhận:", "")).find("form.receivers word/document.xml#p[1] - | «Nơi nhận:»\n") !=
        std::string::npos);
}

TEST_CASE("bold in the table style and in the paragraph style is not bold, and a run says for itself") {
  const auto bold_twice = [](std::string_view run) {
    auto all =
        with("</w:styles>",
             R"(<w:style w:type="table" w:styleId="T"><w:rPr><w:b/></w:rPr></w:style>)"
             R"(<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="Normal"/><w:rPr><w:b/></w:rPr></w:style>)"
             "</w:styles>",
             "word/styles.xml");
    all = with("PHÒNG NỘI VỤ", "PHÒNG NỘI VỤ", "word/document.xml", all);
    auto& text = all.at("word/document.xml");
    const auto table = text.find("<w:tbl>");
    text.insert(table + 7, R"(<w:tblPr><w:tblStyle w:val="T"/></w:tblPr>)");
    const auto at = text.rfind("<w:p>", text.find("PHÒNG NỘI VỤ"));
    text.replace(at, text.find("</w:p>", at) + 6 - at,
                 paragraph(R"(<w:pStyle w:val="B"/><w:jc w:val="center"/>)", run, "PHÒNG NỘI VỤ"));
    std::string found;
    for (const auto& d : check(all))
      if (d.where.path == "word/document.xml#p[2]") found = d.what.args.at(0);
    return found;
  };
  CHECK(bold_twice(R"(<w:sz w:val="26"/>)") == "Regular");
  CHECK(bold_twice(R"(<w:b/><w:sz w:val="26"/>)") == "");
}

TEST_CASE("styles that stand on each other in a circle are read to their end") {
  CHECK(remarks(with(R"(<w:name w:val="Normal"/>)", R"(<w:name w:val="Normal"/><w:basedOn w:val="Body"/>)",
                     "word/styles.xml")) == "");
}

TEST_CASE("a chain of a hundred thousand styles is followed without recursion") {
  std::string chain;
  for (int i = 0; i < 100'000; ++i)
    chain += R"(<w:style w:type="paragraph" w:styleId="S)" + std::to_string(i) + R"("><w:basedOn w:val="S)" +
             std::to_string(i + 1) + "\"/></w:style>";
  chain += R"(<w:style w:type="paragraph" w:styleId="S100000"><w:basedOn w:val="Body"/></w:style></w:styles>)";
  auto all = with("</w:styles>", chain, "word/styles.xml");
  CHECK(remarks(with(R"(<w:pStyle w:val="Body"/>)", R"(<w:pStyle w:val="S0"/>)", "word/document.xml", all)) == "");
}

TEST_CASE("deleted text, text boxes and the fallback of a drawing are not read, hidden text neither") {
  CHECK(
      remarks(with(
          "Phòng Nội vụ báo cáo",
          R"(</w:t></w:r><w:del><w:r><w:rPr><w:sz w:val="60"/></w:rPr><w:delText>bỏ</w:delText>)"
          R"(</w:r></w:del><w:r><w:rPr><w:vanish/><w:sz w:val="60"/></w:rPr><w:t>ẩn</w:t></w:r><w:ins><w:r><w:t>Phòng)"
          R"(</w:t></w:r></w:ins><w:r><w:t> Nội vụ báo cáo)")) == "");
  CHECK(remarks(with("<w:body>",
                     R"(<w:body><w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:rPr><w:color w:val="FF0000"/></w:rPr>)"
                     "<w:t>Mật</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>")) == "");
}

TEST_CASE("a section without headers of its own has those of the section before it") {
  CHECK(remarks(with(
            "<w:sectPr>",
            R"(<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="h1"/>)"
            R"(<w:headerReference w:type="first" r:id="h2"/><w:pgSz w:w="11906" w:h="16838"/>)"
            R"(<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701"/><w:titlePg/></w:sectPr></w:pPr>)"
            "</w:p><w:sectPr>",
            "word/document.xml",
            with(R"(<w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/>)", "",
                 "word/document.xml"))) == "");
}

TEST_CASE("a part that is not well-formed is said to be, with its name, and nothing else is") {
  const auto notes = check(with("</w:styles>", "", "word/styles.xml"));
  REQUIRE(notes.size() == 1);
  CHECK(notes.front().what.id == "xml.unclosed-element");
  CHECK(notes.front().where.path == "word/styles.xml");
  CHECK(has_errors(notes));
}

TEST_CASE("an empty document lacks every component, and is told so") {
  parts all{{"word/document.xml", "<w:document " + std::string(space) + "><w:body/></w:document>"}};
  std::vector<std::string> ids;
  for (const auto& d : check(all)) ids.push_back(d.what.id);
  CHECK(ids == std::vector<std::string>{"form.national-name", "form.motto", "form.issuer", "form.number", "form.date",
                                        "form.type-name", "form.signer", "form.receivers"});
}

TEST_CASE("each rule of form 1.4 says what it asks and where the decree says so") {
  constexpr std::string_view expected[] = {
      "form.paper-rule",       "form.margins-rule",         "form.page-number-rule",      "form.font-rule",
      "form.color-rule",       "form.unicode-rule",         "form.national-name-rule",    "form.motto-rule",
      "form.superior-rule",    "form.issuer-rule",          "form.number-rule",           "form.date-rule",
      "form.type-name-rule",   "form.subject-rule",         "form.addressee-rule",        "form.body-rule",
      "form.indent-rule",      "form.spacing-rule",         "form.line-spacing-rule",     "form.justify-rule",
      "form.signer-rule",      "form.receivers-rule",       "form.annex-mention-rule",    "form.annex-label-rule",
      "form.annex-title-rule", "form.annex-reference-rule", "form.annex-page-number-rule"};
  const auto rules = form_rules("1.4");
  REQUIRE(rules.size() == std::size(expected));
  for (std::size_t i = 0; i < rules.size(); ++i) {
    CHECK(rules[i].what.id == expected[i]);
    CHECK(rules[i].article.find("Nghị định 30/2020/NĐ-CP") != std::string::npos);
    CHECK(text(rules[i].what, language::vi).find(rules[i].what.id) == std::string::npos);
  }
}

TEST_CASE("a form that nobody wrote down is refused, naming those there are") {
  try {
    (void)form_rules("9.9");
    FAIL("accepted");
  } catch (const error& e) {
    CHECK(e.code() == errc::not_found);
    CHECK(e.notes().front().id() == "form.unknown");
    CHECK(hint(e.notes().front().what, language::en).find("1.4") != std::string::npos);
  }
}
