#include "diagnostic/catalogue.hpp"

namespace vanthu::messages {

std::span<const catalogue_entry> xml() {
  // id, Vietnamese, English, what to do (Vietnamese, English)
  static constexpr catalogue_entry table[] = {
      {"xml.bad-character-reference", "tham chiếu ký tự «&{0};» không hợp lệ",
       "character reference &{0}; is not a character XML allows", "", ""},
      {"xml.bad-name", "tên «{0}» không hợp lệ", "\"{0}\" is not a valid name", "", ""},
      {"xml.bad-namespace", "khai báo không gian tên «{0}» không hợp lệ", "namespace declaration \"{0}\" is not valid",
       "", ""},
      {"xml.bare-ampersand", "dấu «&» đứng riêng", "a bare \"&\"", "viết là &amp;", "write it as &amp;"},
      {"xml.control-character", "ký tự {0} không được phép có trong XML", "character {0} is not allowed in XML", "", ""},
      {"xml.doctype", "không chấp nhận khai báo DOCTYPE", "a DOCTYPE is not accepted",
       "xóa khai báo DOCTYPE và các thực thể của nó", "remove the DOCTYPE and its entities"},
      {"xml.duplicate-attribute", "thuộc tính «{0}» xuất hiện hai lần trong cùng một phần tử",
       "attribute \"{0}\" appears twice in the same element", "giữ lại một", "keep one of them"},
      {"xml.encoding", "bảng mã {0} không được hỗ trợ", "encoding {0} is not supported", "lưu lại tệp với bảng mã UTF-8",
       "save the file as UTF-8"},
      {"xml.invalid-utf8", "văn bản không phải UTF-8 hợp lệ", "the text is not valid UTF-8",
       "lưu lại tệp với bảng mã UTF-8", "save the file as UTF-8"},
      {"xml.mismatched-tag", "thẻ đóng «{0}» không khớp với thẻ mở «{1}»",
       "closing tag \"{0}\" does not match opening tag \"{1}\"", "", ""},
      {"xml.no-root", "không có phần tử gốc", "there is no root element", "", ""},
      {"xml.second-root", "phần tử gốc thứ hai «{0}»", "a second root element \"{0}\"", "", ""},
      {"xml.syntax", "sai cú pháp XML tại «{0}»", "XML syntax error at \"{0}\"", "", ""},
      {"xml.text-outside-root", "có nội dung nằm ngoài phần tử gốc", "there is text outside the root element", "", ""},
      {"xml.too-deep", "các phần tử lồng nhau quá {0} cấp", "elements nested deeper than {0} levels", "", ""},
      {"xml.too-many-attributes", "một phần tử có hơn {0} thuộc tính", "an element with more than {0} attributes", "",
       ""},
      {"xml.too-many-namespaces", "có hơn {0} không gian tên cùng lúc", "more than {0} namespaces in scope", "", ""},
      {"xml.unclosed-element", "phần tử «{0}» chưa được đóng", "element \"{0}\" is not closed", "", ""},
      {"xml.undeclared-prefix", "tiền tố «{0}» chưa được khai báo", "prefix \"{0}\" is not declared", "", ""},
      {"xml.unexpected-end", "tệp kết thúc giữa chừng", "the text ends in the middle", "", ""},
      {"xml.unknown-entity", "thực thể «&{0};» không xác định", "unknown entity &{0};",
       "chỉ dùng &amp; &lt; &gt; &quot; &apos; hoặc viết thẳng ký tự đó",
       "use only &amp; &lt; &gt; &quot; &apos;, or write the character itself"},
      {"xml.unopened-element", "thẻ đóng «{0}» không có thẻ mở", "closing tag \"{0}\" closes nothing", "", ""},
  };
  return table;
}

}  // namespace vanthu::messages
