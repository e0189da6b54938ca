// Papers in WordprocessingML for the tests of form: a document with a type name that keeps to the decree, and ways to
// spoil it.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "form/checks.hpp"
#include "vanthu/form.hpp"

namespace form_text {

using namespace vanthu;
using form::sample;

using parts = std::map<std::string, std::string>;

inline constexpr const char* space = R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main")";
inline constexpr const char* relations =
    R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";

inline std::string paragraph(std::string_view properties, std::string_view run_properties, std::string_view text) {
  return "<w:p><w:pPr>" + std::string(properties) + "</w:pPr><w:r><w:rPr>" + std::string(run_properties) +
         "</w:rPr><w:t>" + std::string(text) + "</w:t></w:r></w:p>";
}
inline constexpr const char* centered = R"(<w:jc w:val="center"/>)";
inline constexpr const char* bold13 = R"(<w:b/><w:sz w:val="26"/>)";
inline constexpr const char* bold14 = R"(<w:b/><w:sz w:val="28"/>)";

inline std::string head() {
  return "<w:tbl><w:tr><w:tc>" + paragraph(centered, R"(<w:sz w:val="26"/>)", "UBND HUYỆN KỲ ANH") +
         paragraph(centered, bold13, "PHÒNG NỘI VỤ") + "</w:tc><w:tc>" +
         paragraph(centered, bold13, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") +
         paragraph(centered, bold14, "Độc lập - Tự do - Hạnh phúc") + "</w:tc></w:tr><w:tr><w:tc>" +
         paragraph(centered, R"(<w:sz w:val="26"/>)", "Số: 05/BC-PNV") + "</w:tc><w:tc>" +
         paragraph(centered, R"(<w:i/><w:sz w:val="28"/>)", "Kỳ Anh, ngày 05 tháng 3 năm 2023") +
         "</w:tc></w:tr></w:tbl>" + paragraph(centered, bold14, "BÁO CÁO") +
         paragraph(centered, bold14, "Kết quả công tác bình đẳng giới") +
         paragraph("", R"(<w:sz w:val="28"/>)", "Kính gửi: Ủy ban nhân dân huyện Kỳ Anh");
}

inline std::string foot() {
  return "<w:tbl><w:tr><w:tc>" + paragraph("", R"(<w:b/><w:i/><w:sz w:val="24"/>)", "Nơi nhận:") +
         paragraph("", R"(<w:sz w:val="22"/>)", "- Như trên;") + paragraph("", R"(<w:sz w:val="22"/>)", "- Lưu: VT.") +
         "</w:tc><w:tc>" + paragraph(centered, bold14, "TRƯỞNG PHÒNG") + "</w:tc></w:tr></w:tbl>";
}

inline std::string document() {
  return "<w:document " + std::string(space) + " " + relations + "><w:body>" + head() +
         paragraph(R"(<w:pStyle w:val="Body"/>)", "", "Phòng Nội vụ báo cáo như sau:") +
         paragraph(R"(<w:pStyle w:val="Body"/>)", "", "Đã tổ chức hai hội nghị tuyên truyền./.") + foot() +
         R"(<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/>)"
         R"(<w:pgSz w:w="11907" w:h="16840"/>)"
         R"(<w:pgMar w:top="1418" w:right="1134" w:bottom="1134" w:left="1985" w:header="567" w:footer="0" w:gutter="0"/>)"
         "<w:titlePg/></w:sectPr></w:body></w:document>";
}

inline std::string styles() {
  return "<w:styles " + std::string(space) +
         R"(><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>)"
         R"(<w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>)"
         R"(<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>)"
         R"(<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/></w:rPr></w:style>)"
         R"(<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/><w:basedOn w:val="Normal"/>)"
         R"(<w:pPr><w:spacing w:before="120" w:line="264" w:lineRule="auto"/><w:ind w:firstLine="720"/>)"
         R"(<w:jc w:val="both"/></w:pPr></w:style></w:styles>)";
}

inline std::string header(std::string_view inside) {
  return "<w:hdr " + std::string(space) + ">" + std::string(inside) + "</w:hdr>";
}

inline std::string relationship(std::string_view id, std::string_view kind, std::string_view target) {
  return "<Relationship Id=\"" + std::string(id) +
         "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + std::string(kind) +
         "\" Target=\"" + std::string(target) + "\"/>";
}

// A document that keeps to sample form 1.4, with the page of the decree's own file.
inline parts conforming() {
  return {
      {"word/document.xml", document()},
      {"word/styles.xml", styles()},
      {"word/theme/theme1.xml", R"(<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">)"
                                R"(<a:minorFont><a:latin typeface="Calibri"/></a:minorFont></a:theme>)"},
      {"word/settings.xml", "<w:settings " + std::string(space) + "/>"},
      {"word/header1.xml",
       header(R"(<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>)"
              R"(<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>)"
              R"(</w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>)")},
      {"word/header2.xml", header("<w:p/>")},
      {"word/_rels/document.xml.rels",
       R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)" +
           relationship("s", "styles", "styles.xml") + relationship("t", "theme", "/word/theme/theme1.xml") +
           relationship("e", "settings", "settings.xml") + relationship("h1", "header", "header1.xml") +
           relationship("h2", "header", "./header2.xml") + "</Relationships>"},
  };
}

inline form::part_store store(const parts& of) {
  return {"a.docx", "word/document.xml", [&of](const std::string& part) {
            const auto found = of.find(part);
            return found == of.end() ? std::nullopt : std::optional(found->second);
          }};
}

inline diagnostics check(const parts& of, sample form = sample::named_document) {
  return form::check_parts(store(of), form);
}

// The conforming document with one text of a part replaced, everywhere or at its first place.
inline parts with(std::string_view from, std::string_view to, const std::string& part = "word/document.xml",
                  parts all = conforming()) {
  auto& text = all.at(part);
  const auto at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  text.replace(at, from.size(), to);
  return all;
}

inline std::string remarks(const parts& of, sample form = sample::named_document) {
  std::string out;
  for (const auto& d : check(of, form)) {
    CHECK_MESSAGE(std::ranges::any_of(form::all_rules(),
                                      [&](const form::rule& r) { return r.id == d.what.id && belongs(r, form); }),
                  d.what.id);
    out += d.what.id + " " + d.where.path + " " + d.what.args.at(0) + " | " + d.what.args.at(1) + "\n";
    CHECK(d.where.source == "a.docx");
    CHECK(d.what.args.at(2).starts_with("Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục I"));
  }
  return out;
}

// With the properties of the paragraph that holds `text` replaced.
inline parts reset(std::string_view text, std::string_view run_properties, std::string_view properties = centered,
                   parts all = conforming()) {
  auto& document = all.at("word/document.xml");
  const auto at = document.find(text);
  REQUIRE_MESSAGE(at != std::string::npos, text);
  const auto begin = document.rfind("<w:p>", at);
  const auto end = document.find("</w:p>", at);
  document.replace(begin, end + 6 - begin, paragraph(properties, run_properties, text));
  return all;
}

}  // namespace form_text
