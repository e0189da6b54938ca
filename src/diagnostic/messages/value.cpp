#include "diagnostic/catalogue.hpp"

namespace vanthu::messages {

std::span<const catalogue_entry> value() {
  // id, Vietnamese, English, what to do (Vietnamese, English)
  static constexpr catalogue_entry table[] = {
      {"value.division-by-zero", "phép chia cho số 0", "division by zero", "", ""},
      {"value.duplicate-member", "thành viên «{0}» xuất hiện hai lần trong cùng một đối tượng",
       "member \"{0}\" appears twice in the same object", "giữ lại một", "keep one of them"},
      {"value.invalid-utf8", "văn bản không phải UTF-8 hợp lệ tại byte {0}", "the text is not valid UTF-8 at byte {0}",
       "lưu lại tệp với bảng mã UTF-8", "save the file as UTF-8"},
      {"value.json-after-end", "còn «{0}» sau khi giá trị JSON đã kết thúc",
       "\"{0}\" follows after the end of the JSON value",
       "mỗi tệp, hoặc mỗi dòng của tệp JSON Lines, chỉ chứa một giá trị",
       "a file, or a line of JSON Lines, holds one value"},
      {"value.json-cut-off", "dữ liệu JSON kết thúc giữa chừng", "the JSON text ends in the middle of a value",
       "kiểm tra xem tệp có bị cắt cụt hoặc thiếu dấu đóng } ] \" không",
       "see whether the file was cut short, or } ] \" is missing"},
      {"value.json-escape", "chuỗi JSON chứa «{0}» không hợp lệ", "\"{0}\" is not allowed in a JSON string",
       "ghi ký tự trực tiếp bằng UTF-8, hoặc ghi đúng dạng \\n \\\" \\\\ \\u0110",
       "write the character itself in UTF-8, or escape it as \\n \\\" \\\\ \\u0110"},
      {"value.json-syntax", "JSON sai cú pháp: gặp «{0}», đúng ra phải là một trong: {1}",
       "JSON syntax: found \"{0}\" where one of these is needed: {1}", "", ""},
      {"value.no-such-item", "không có phần tử thứ {0}: chỉ có {1}", "there is no item {0}: the value has {1}",
       "phần tử được đếm từ 0", "items are counted from 0"},
      {"value.number-too-long", "số «{0}» vượt quá 18 chữ số", "number {0} has more than 18 digits",
       "ghi số ngắn hơn, hoặc ghi dưới dạng văn bản", "write a shorter number, or write it as text"},
      {"value.scale", "số chữ số thập phân {0} nằm ngoài khoảng từ 0 đến 18", "{0} decimal places are outside 0 to 18",
       "", ""},
      {"value.too-deep", "dữ liệu lồng nhau quá {0} cấp", "data nested deeper than {0} levels", "", ""},
      {"value.wrong-kind", "giá trị thuộc loại {1}, không phải {0}", "the value is a {1}, not a {0}", "", ""},
  };
  return table;
}

}  // namespace vanthu::messages
