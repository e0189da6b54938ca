#include "diagnostic/catalogue.hpp"

namespace vanthu::messages {
namespace {

// What each rule says: the text of its own message, and what to do where a document departs from it.
struct statement {
  std::string_view vi, en;
};
constexpr statement abstract{
    "trích yếu công văn bắt đầu bằng «V/v», in thường, cỡ chữ 12-13, kiểu chữ đứng, canh giữa dưới số và ký hiệu",
    "the subject of a letter begins with «V/v», is in lower case, 12-13 pt, upright, centred below number and symbol"};
constexpr statement abstract_gap{"trích yếu công văn cách số và ký hiệu 6 pt",
                                 "the subject of a letter stands 6 pt below number and symbol"};
constexpr statement addressee{
    "«Kính gửi:» chỉ dùng trong Công văn và Tờ trình, Báo cáo gửi cấp trên; cỡ chữ 13-14, kiểu chữ đứng; một nơi nhận "
    "viết cùng "
    "dòng, từ hai nơi nhận trở lên mỗi nơi một dòng, đầu dòng có gạch, cuối dòng có dấu chấm phẩy, dòng cuối có dấu "
    "chấm",
    "«Kính gửi:» is used in letters, and in submissions and reports to a superior, only; 13-14 pt, upright; one "
    "addressee on the "
    "same line, several on a line each, with a hyphen before and a semicolon after, a full stop after the last"};
constexpr statement annex_label{
    "từ «Phụ lục» và số thứ tự thành một dòng riêng, canh giữa, in thường, cỡ chữ 14, kiểu chữ đứng, đậm; từ hai Phụ "
    "lục "
    "trở lên phải đánh số thứ tự bằng chữ số La Mã",
    "«Phụ lục» and its number are on a line of their own, centred, in lower case, 14 pt, upright, bold; two annexes or "
    "more are numbered in Roman numerals"};
constexpr statement annex_mention{"văn bản có Phụ lục kèm theo thì trong văn bản phải có chỉ dẫn về Phụ lục đó",
                                  "the text of a document that has an annex refers to it"};
constexpr statement annex_page_number{"số trang của Phụ lục được đánh số riêng theo từng Phụ lục",
                                      "the pages of each annex are numbered for themselves"};
constexpr statement annex_reference{
    "dưới tên Phụ lục ghi «(Kèm theo văn bản số …/…-… ngày … tháng … năm … của …)», canh giữa, in thường, cỡ chữ "
    "13-14, "
    "kiểu chữ nghiêng; ghi đầy đủ trên văn bản giấy, để trống số và ngày trên văn bản điện tử",
    "below the title of the annex stands «(Kèm theo văn bản số …/…-… ngày … tháng … năm … của …)», centred, in lower "
    "case, 13-14 pt, italic; filled in on paper, number and date left open on electronic documents"};
constexpr statement annex_title{"tên Phụ lục (nếu có) canh giữa, in hoa, cỡ chữ 13-14, kiểu chữ đứng, đậm",
                                "the title of the annex, if any, is centred, in capitals, 13-14 pt, upright, bold"};
constexpr statement body{"nội dung cỡ chữ 13-14", "the body is 13-14 pt"};
constexpr statement color{"chữ màu đen", "text is black"};
constexpr statement date{
    "địa danh viết hoa chữ cái đầu, sau có dấu phẩy; ngày nhỏ hơn 10 và tháng 1, 2 thêm số 0 phía trước; cỡ chữ 13-14, "
    "kiểu chữ nghiêng, canh giữa",
    "the place is capitalised and followed by a comma; days below 10 and the months 1 and 2 have a leading zero, other "
    "months none; 13-14 pt, italic, centred"};
constexpr statement font{"phông chữ Times New Roman", "the font is Times New Roman"};
constexpr statement indent{"chữ đầu dòng lùi vào 1 cm hoặc 1,27 cm",
                           "the first line of a paragraph is indented by 1 cm or 1.27 cm"};
constexpr statement issuer{
    "tên cơ quan ban hành in hoa, cỡ chữ 12-13, kiểu chữ đứng, đậm, canh giữa, ở bên trái Quốc hiệu",
    "the name of the issuing agency is in capitals, 12-13 pt, upright, bold, centred, to the left of the national "
    "name"};
constexpr statement justify{"nội dung được canh đều cả hai lề", "the body is justified"};
constexpr statement line_spacing{"khoảng cách giữa các dòng từ dòng đơn đến 1,5 dòng",
                                 "lines are set from single to 1.5 spacing"};
constexpr statement margins{
    "lề trên và lề dưới 20-25 mm, lề trái 30-35 mm, lề phải 15-20 mm; trang trình bày theo chiều rộng có thể giữ các "
    "lề "
    "ấy hoặc xoay các lề theo tờ giấy",
    "margins: top and bottom 20-25 mm, left 30-35 mm, right 15-20 mm; a page on its side may have these, or have them "
    "turned with the sheet"};
constexpr statement motto{
    "Tiêu ngữ in thường, chữ cái đầu mỗi cụm từ viết hoa, giữa các cụm từ có gạch nối và cách chữ; cỡ chữ 13-14, kiểu "
    "chữ đứng, đậm, canh giữa dưới Quốc hiệu",
    "the motto is in lower case, each phrase capitalised, spaced hyphens between them; 13-14 pt, upright, bold, "
    "centred below the national name"};
constexpr statement national_name{
    "Quốc hiệu in hoa, cỡ chữ 12-13, kiểu chữ đứng, đậm, canh giữa ở phía trên bên phải",
    "the national name is in capitals, 12-13 pt, upright, bold, centred at the top right"};
constexpr statement number{
    "số, ký hiệu viết liền «Số: nn/loại-cơ quan», của công văn «Số: nn/cơ quan-đơn vị soạn thảo hoặc lĩnh vực»; số nhỏ "
    "hơn 10 thêm số 0 phía trước; cỡ chữ 13, kiểu chữ đứng, canh "
    "giữa",
    "number and symbol are written «Số: nn/TYPE-AGENCY», of a letter «Số: nn/AGENCY-UNIT», without spaces, numbers "
    "below 10 with a leading zero; 13 pt, "
    "upright, centred"};
constexpr statement page_number{
    "số trang đánh từ 1 bằng chữ số Ả Rập, cỡ chữ 13-14, kiểu chữ đứng, canh giữa trong lề trên; không hiển thị số ở "
    "trang thứ nhất",
    "page numbers from 1 in Arabic digits, 13-14 pt, upright, centred in the top margin; none is shown on the first "
    "page"};
constexpr statement paper{
    "khổ giấy A4 (210 x 297 mm), trình bày theo chiều dài; chỉ phần có bảng, biểu và Phụ lục mới được trình bày theo "
    "chiều rộng",
    "A4 paper (210 x 297 mm), upright; only a section with tables, or an annex, may lie on its side"};
constexpr statement receivers{
    "«Nơi nhận:» cỡ chữ 12, nghiêng, đậm; danh sách cỡ chữ 11, kiểu chữ đứng, mỗi dòng có gạch đầu dòng và dấu chấm "
    "phẩy; dòng đầu là «Như trên» nếu có «Kính gửi»; dòng cuối là «Lưu: VT, …» và dấu chấm",
    "«Nơi nhận:» is 12 pt, bold italic; the list is 11 pt, upright, each line with a hyphen before and a semicolon "
    "after; it begins with «Như trên» where there is «Kính gửi» and ends with «Lưu: VT, …» and a full stop"};
constexpr statement signer{
    "quyền hạn, chức vụ của người ký in hoa, cỡ chữ 13-14, kiểu chữ đứng, đậm, canh giữa, ngang hàng với «Nơi nhận»",
    "powers and position of the signer are in capitals, 13-14 pt, upright, bold, centred, level with «Nơi nhận»"};
constexpr statement spacing{"khoảng cách giữa các đoạn tối thiểu 6 pt", "there are at least 6 pt between paragraphs"};
constexpr statement subject{"trích yếu ngay dưới tên loại, in thường, cỡ chữ 13-14, kiểu chữ đứng, đậm, canh giữa",
                            "the subject stands below the type name, in lower case, 13-14 pt, upright, bold, centred"};
constexpr statement superior{"tên cơ quan chủ quản in hoa, cỡ chữ 12-13, kiểu chữ đứng, không đậm, canh giữa",
                             "the name of the superior agency is in capitals, 12-13 pt, upright, not bold, centred"};
constexpr statement type_name{"tên loại văn bản in hoa, cỡ chữ 13-14, kiểu chữ đứng, đậm, canh giữa",
                              "the name of the type is in capitals, 13-14 pt, upright, bold, centred"};
constexpr statement unicode{"chữ Việt dùng bộ mã Unicode dựng sẵn theo TCVN 6909:2001",
                            "Vietnamese letters are precomposed Unicode characters (TCVN 6909:2001)"};

}  // namespace

// Remarks carry what was found, what is prescribed, and the article.
std::span<const catalogue_entry> form() {
  static constexpr catalogue_entry table[] = {
      {"form.abstract", "trích yếu công văn: {0}; quy định: {1} ({2})",
       "subject of the letter: {0}; prescribed: {1} ({2})", abstract.vi, abstract.en},
      {"form.abstract-gap", "khoảng cách từ số, ký hiệu đến trích yếu: {0}; quy định: {1} ({2})",
       "space between the number and the subject: {0}; prescribed: {1} ({2})", abstract_gap.vi, abstract_gap.en},
      {"form.abstract-gap-rule", abstract_gap.vi, abstract_gap.en, "", ""},
      {"form.abstract-rule", abstract.vi, abstract.en, "", ""},
      {"form.addressee", "Kính gửi: {0}; quy định: {1} ({2})", "addressee: {0}; prescribed: {1} ({2})", addressee.vi,
       addressee.en},
      {"form.addressee-rule", addressee.vi, addressee.en, "", ""},
      {"form.annex-label", "dòng Phụ lục: {0}; quy định: {1} ({2})", "line of the annex: {0}; prescribed: {1} ({2})",
       annex_label.vi, annex_label.en},
      {"form.annex-label-rule", annex_label.vi, annex_label.en, "", ""},
      {"form.annex-mention", "chỉ dẫn về Phụ lục trong văn bản: {0}; quy định: {1} ({2})",
       "reference to the annex in the text: {0}; prescribed: {1} ({2})", annex_mention.vi, annex_mention.en},
      {"form.annex-mention-rule", annex_mention.vi, annex_mention.en, "", ""},
      {"form.annex-page-number", "số trang của Phụ lục: {0}; quy định: {1} ({2})",
       "page numbers of the annex: {0}; prescribed: {1} ({2})", annex_page_number.vi, annex_page_number.en},
      {"form.annex-page-number-rule", annex_page_number.vi, annex_page_number.en, "", ""},
      {"form.annex-reference", "thông tin chỉ dẫn kèm theo văn bản: {0}; quy định: {1} ({2})",
       "reference to the document: {0}; prescribed: {1} ({2})", annex_reference.vi, annex_reference.en},
      {"form.annex-reference-rule", annex_reference.vi, annex_reference.en, "", ""},
      {"form.annex-title", "tên Phụ lục: {0}; quy định: {1} ({2})", "title of the annex: {0}; prescribed: {1} ({2})",
       annex_title.vi, annex_title.en},
      {"form.annex-title-rule", annex_title.vi, annex_title.en, "", ""},
      {"form.assumed", "kiểm tra theo mẫu {0}, vì văn bản có {1}", "checked as form {0}, because it shows {1}", "", ""},
      {"form.body", "cỡ chữ nội dung: {0}; quy định: {1} ({2})", "size of the body: {0}; prescribed: {1} ({2})",
       body.vi, body.en},
      {"form.body-rule", body.vi, body.en, "", ""},
      {"form.color", "màu chữ: {0}; quy định: {1} ({2})", "text colour: {0}; prescribed: {1} ({2})", color.vi,
       color.en},
      {"form.color-rule", color.vi, color.en, "", ""},
      {"form.date", "địa danh, thời gian: {0}; quy định: {1} ({2})", "place and date: {0}; prescribed: {1} ({2})",
       date.vi, date.en},
      {"form.date-rule", date.vi, date.en, "", ""},
      {"form.font", "phông chữ: {0}; quy định: {1} ({2})", "font: {0}; prescribed: {1} ({2})", font.vi, font.en},
      {"form.font-rule", font.vi, font.en, "", ""},
      {"form.indent", "lùi đầu dòng: {0}; quy định: {1} ({2})", "first-line indent: {0}; prescribed: {1} ({2})",
       indent.vi, indent.en},
      {"form.indent-rule", indent.vi, indent.en, "", ""},
      {"form.issuer", "tên cơ quan ban hành: {0}; quy định: {1} ({2})",
       "name of the issuing agency: {0}; prescribed: {1} ({2})", issuer.vi, issuer.en},
      {"form.issuer-rule", issuer.vi, issuer.en, "", ""},
      {"form.justify", "canh lề nội dung: {0}; quy định: {1} ({2})",
       "alignment of the body: {0}; prescribed: {1} ({2})", justify.vi, justify.en},
      {"form.justify-rule", justify.vi, justify.en, "", ""},
      {"form.line-spacing", "khoảng cách giữa các dòng: {0}; quy định: {1} ({2})",
       "line spacing: {0}; prescribed: {1} ({2})", line_spacing.vi, line_spacing.en},
      {"form.line-spacing-rule", line_spacing.vi, line_spacing.en, "", ""},
      {"form.margins", "lề trên/dưới/trái/phải: {0}; quy định: {1} ({2})",
       "margins top/bottom/left/right: {0}; prescribed: {1} ({2})", margins.vi, margins.en},
      {"form.margins-rule", margins.vi, margins.en, "", ""},
      {"form.motto", "Tiêu ngữ: {0}; quy định: {1} ({2})", "motto: {0}; prescribed: {1} ({2})", motto.vi, motto.en},
      {"form.motto-rule", motto.vi, motto.en, "", ""},
      {"form.national-name", "Quốc hiệu: {0}; quy định: {1} ({2})", "national name: {0}; prescribed: {1} ({2})",
       national_name.vi, national_name.en},
      {"form.national-name-rule", national_name.vi, national_name.en, "", ""},
      {"form.not-covered", "{0} thuộc mẫu {1} của Nghị định 30/2020/NĐ-CP, chưa có trong các mẫu kiểm tra được",
       "{0} is of sample form {1} of Decree 30/2020/NĐ-CP, which is not among those that can be checked",
       "nêu tên mẫu nếu vẫn muốn kiểm tra theo một mẫu khác", "name a form to check it against another all the same"},
      {"form.nothing-shown", "phần đầu văn bản không cho biết mẫu; kiểm tra theo mẫu {0}",
       "the head does not show the form; checked as form {0}", "nêu tên mẫu nếu là mẫu khác",
       "name the form if it is another"},
      {"form.number", "số, ký hiệu: {0}; quy định: {1} ({2})", "number and symbol: {0}; prescribed: {1} ({2})",
       number.vi, number.en},
      {"form.number-rule", number.vi, number.en, "", ""},
      {"form.page-number", "số trang: {0}; quy định: {1} ({2})", "page number: {0}; prescribed: {1} ({2})",
       page_number.vi, page_number.en},
      {"form.page-number-rule", page_number.vi, page_number.en, "", ""},
      {"form.paper", "khổ giấy: {0}; quy định: {1} ({2})", "paper: {0}; prescribed: {1} ({2})", paper.vi, paper.en},
      {"form.paper-rule", paper.vi, paper.en, "", ""},
      {"form.receivers", "Nơi nhận: {0}; quy định: {1} ({2})", "receivers: {0}; prescribed: {1} ({2})", receivers.vi,
       receivers.en},
      {"form.receivers-rule", receivers.vi, receivers.en, "", ""},
      {"form.signer", "quyền hạn, chức vụ người ký: {0}; quy định: {1} ({2})",
       "powers and position of the signer: {0}; prescribed: {1} ({2})", signer.vi, signer.en},
      {"form.signer-rule", signer.vi, signer.en, "", ""},
      {"form.spacing", "khoảng cách giữa các đoạn: {0}; quy định: {1} ({2})",
       "space between paragraphs: {0}; prescribed: {1} ({2})", spacing.vi, spacing.en},
      {"form.spacing-rule", spacing.vi, spacing.en, "", ""},
      {"form.subject", "trích yếu: {0}; quy định: {1} ({2})", "subject: {0}; prescribed: {1} ({2})", subject.vi,
       subject.en},
      {"form.subject-rule", subject.vi, subject.en, "", ""},
      {"form.superior", "tên cơ quan chủ quản: {0}; quy định: {1} ({2})",
       "name of the superior agency: {0}; prescribed: {1} ({2})", superior.vi, superior.en},
      {"form.superior-rule", superior.vi, superior.en, "", ""},
      {"form.type-name", "tên loại văn bản: {0}; quy định: {1} ({2})",
       "name of the document type: {0}; prescribed: {1} ({2})", type_name.vi, type_name.en},
      {"form.type-name-rule", type_name.vi, type_name.en, "", ""},
      {"form.unicode", "mã ký tự: {0}; quy định: {1} ({2})", "encoding of characters: {0}; prescribed: {1} ({2})",
       unicode.vi, unicode.en},
      {"form.unicode-rule", unicode.vi, unicode.en, "", ""},
      {"form.unknown", "không có mẫu trình bày «{0}»", "there is no form \"{0}\"", "các mẫu hiện có: {1}",
       "the forms there are: {1}"},
  };
  return table;
}

}  // namespace vanthu::messages
