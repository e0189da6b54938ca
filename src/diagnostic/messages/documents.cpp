#include "diagnostic/catalogue.hpp"

namespace vanthu::messages {

std::span<const catalogue_entry> documents() {
  static constexpr catalogue_entry table[] = {
      {"documents.busy", "sau {0} lần thử vẫn có người khác ghi trước", "others wrote first in each of {0} tries",
       "thử lại sau ít phút", "try again in a few minutes"},
      {"documents.changed", "không lập lại được đúng văn bản {0}: kết quả khác dấu vân tay đã ghi",
       "document {0} cannot be made again as it was: the result differs from the recorded fingerprint",
       "dùng bản lưu; kiểm tra nhật ký bằng run verify", "use the filed copy; check the journal with run verify"},
      {"documents.unknown-number", "văn bản {0} không do «{1}» ban hành", "run {1} issued no document {0}",
       "xem các số đã cấp trong sổ văn bản", "look up the numbers given in the book"},
  };
  return table;
}

}  // namespace vanthu::messages
