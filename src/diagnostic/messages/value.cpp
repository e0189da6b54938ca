#include "diagnostic/catalogue.hpp"

namespace vanthu::messages {

std::span<const catalogue_entry> value() {
  // id, Vietnamese, English, what to do (Vietnamese, English)
  static constexpr catalogue_entry table[] = {
      {"value.duplicate-member", "thành viên «{0}» xuất hiện hai lần trong cùng một đối tượng",
       "member \"{0}\" appears twice in the same object", "giữ lại một", "keep one of them"},
      {"value.invalid-utf8", "văn bản không phải UTF-8 hợp lệ tại byte {0}", "the text is not valid UTF-8 at byte {0}",
       "lưu lại tệp với bảng mã UTF-8", "save the file as UTF-8"},
      {"value.json-syntax", "lỗi cú pháp JSON: {0}", "JSON syntax error: {0}", "", ""},
      {"value.number-too-long", "số «{0}» vượt quá 18 chữ số", "number {0} has more than 18 digits",
       "ghi số ngắn hơn, hoặc ghi dưới dạng văn bản", "write a shorter number, or write it as text"},
      {"value.too-deep", "dữ liệu lồng nhau quá {0} cấp", "data nested deeper than {0} levels", "", ""},
      {"value.wrong-kind", "giá trị thuộc loại {1}, không phải {0}", "the value is a {1}, not a {0}", "", ""},
  };
  return table;
}

}  // namespace vanthu::messages
