#include "diagnostic/catalogue.hpp"

namespace vanthu::messages {

// The rooms journal and book.
std::span<const catalogue_entry> journal() {
  // id, Vietnamese, English, what to do (Vietnamese, English)
  static constexpr catalogue_entry table[] = {
      {"book.bad-record", "bản ghi {1} của sổ «{0}» không phải bản ghi cấp số",
       "record {1} of book \"{0}\" is not the record of a number", "kiểm tra nhật ký (run verify)",
       "verify the journal (run verify)"},
      {"book.busy", "sổ «{0}» đang có quá nhiều nơi cùng lấy số", "too many others take numbers from book \"{0}\"",
       "thử lại sau", "try again later"},
      {"book.date-before-last", "ngày {0} trước ngày {1} của văn bản số {2}, số cuối cùng trong sổ",
       "{0} lies before {1}, the date of {2}, the last number in the book", "ghi ngày {1} hoặc sau đó",
       "use {1} or a later date"},
      {"book.key-reused", "khóa «{0}» đã dùng để lấy số {1} cho một văn bản khác",
       "key \"{0}\" has already taken number {1} for another document", "dùng khóa khác", "use another key"},
      {"book.no-notation", "cơ quan «{0}» chưa có chữ viết tắt để ghi ký hiệu văn bản",
       "agency {0} has no notation to write in a document number", "thêm thuộc tính notation cho cơ quan",
       "give the agency the attribute notation"},
      {"book.no-unit", "công văn của «{0}» cần chữ viết tắt đơn vị soạn thảo hoặc lĩnh vực",
       "a công văn of {0} needs the notation of its drafting unit or field", "ghi thêm đơn vị, ví dụ VX",
       "name it, as in VX"},
      {"book.unknown-kind", "không có loại văn bản «{0}»", "there is no kind of document \"{0}\"",
       "dùng chữ viết tắt tại Phụ lục III Nghị định 30/2020/NĐ-CP, ví dụ BC, QĐ, CV",
       "use a code of Decree 30/2020/NĐ-CP, Annex III, such as BC, QĐ, CV"},
      {"journal.altered", "bản ghi {1} của dòng «{0}» không còn như khi được ghi, hoặc bản ghi trước nó đã bị sửa",
       "record {1} of stream \"{0}\" is not what was written, or the one before it was changed",
       "đối chiếu với bản sao lưu", "compare it with a backup"},
      {"journal.bad-text", "văn bản ghi vào «{0}» không phải UTF-8 hợp lệ hoặc chứa ký tự NUL",
       "a text to be written to \"{0}\" is not valid UTF-8 or holds a NUL", "", ""},
      {"journal.bad-url", "«{0}» không phải địa chỉ nhật ký", "\"{0}\" is not the address of a journal",
       "dùng sqlite:ĐƯỜNG-DẪN hoặc memory:", "use sqlite:PATH or memory:"},
      {"journal.busy", "nhật ký «{0}» đang bận: một chương trình khác giữ quá lâu",
       "journal {0} is busy: another program has held it for too long", "thử lại sau", "try again later"},
      {"journal.cannot-open", "không mở hoặc không đọc được nhật ký «{0}»: {1}",
       "journal {0} cannot be opened or read: {1}", "", ""},
      {"journal.cut-off", "dòng «{0}» không còn bản ghi có mã băm {1}: phần cuối đã bị cắt bỏ hoặc bị viết lại",
       "stream \"{0}\" no longer has the record with hash {1}: its end was cut off or rewritten",
       "đối chiếu với bản sao lưu", "compare it with a backup"},
      {"journal.damaged", "tệp nhật ký «{0}» bị hỏng: {1}", "the journal file {0} is damaged: {1}",
       "phục hồi từ bản sao lưu", "restore it from a backup"},
      {"journal.gap", "dòng «{0}» thiếu các bản ghi từ {1} đến {2}", "stream \"{0}\" lacks its records from {1} to {2}",
       "đối chiếu với bản sao lưu", "compare it with a backup"},
      {"journal.network-file-system", "«{0}» nằm trên hệ thống tệp mạng ({1}), nơi SQLite có thể làm hỏng nhật ký",
       "{0} lies on a network file system ({1}), where SQLite may damage a journal", "đặt nhật ký trên đĩa của máy này",
       "keep the journal on a disk of this machine"},
      {"journal.not-found", "không có nhật ký «{0}»", "there is no journal {0}", "", ""},
      {"journal.not-ours", "«{0}» không phải nhật ký của vanthu, hoặc do một phiên bản mới hơn ghi",
       "{0} is not a journal of vanthu, or a newer version wrote it", "chọn tệp khác, hoặc cập nhật chương trình",
       "choose another file, or update the program"},
      {"journal.read-only", "nhật ký «{0}» chỉ đọc được, không ghi được", "journal {0} can be read but not written",
       "kiểm tra quyền ghi đối với tệp và thư mục chứa nó", "check the permissions of the file and of its folder"},
      {"journal.stream-twice", "dòng «{0}» xuất hiện hai lần trong một lần ghi",
       "stream \"{0}\" appears twice in one append", "gộp thành một", "put its records into one batch"},
      {"journal.write-failed", "không ghi được nhật ký «{0}»: {1}; không có gì được ghi",
       "journal {0} could not be written: {1}; nothing was written", "kiểm tra dung lượng đĩa còn trống",
       "check the free space on the disk"},
  };
  return table;
}

}  // namespace vanthu::messages
