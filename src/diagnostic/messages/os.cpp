#include "diagnostic/catalogue.hpp"

namespace vanthu::messages {

std::span<const catalogue_entry> os() {
  // id, Vietnamese, English, what to do (Vietnamese, English)
  static constexpr catalogue_entry table[] = {
      {"os.not-found", "không có tệp «{0}»", "there is no file {0}", "kiểm tra lại tên tệp và thư mục",
       "check the name and the folder"},
      {"os.read-failed", "không đọc được tệp «{0}»: {1}", "cannot read {0}: {1}", "", ""},
      {"os.too-large", "tệp «{0}» lớn hơn {1} byte", "{0} is larger than {1} bytes", "", ""},
      {"os.write-failed", "không ghi được tệp «{0}»: {1}", "cannot write {0}: {1}",
       "kiểm tra dung lượng đĩa còn trống và quyền ghi; tệp cũ, nếu có, vẫn giữ nguyên",
       "check the free space and the permission to write; the file that was there, if any, is unchanged"},
  };
  return table;
}

}  // namespace vanthu::messages
