#include "diagnostic/catalogue.hpp"

namespace vanthu::messages {

std::span<const catalogue_entry> interchange() {
  // id, Vietnamese, English, what to do (Vietnamese, English)
  static constexpr catalogue_entry table[] = {
      {"mspdi.bad-hours", "giờ làm việc từ «{0}» đến «{1}» không hợp lệ",
       "working hours \"{0}\" to \"{1}\" are not valid", "giờ bắt đầu phải trước giờ kết thúc, trong cùng một ngày",
       "the beginning has to come before the end, within one day"},
      {"mspdi.bad-value", "{0}: «{1}» không hợp lệ", "{0}: \"{1}\" is not valid", "", ""},
      {"mspdi.duplicate-uid", "{0}: UID {1} được dùng hai lần", "{0}: UID {1} is used twice", "", ""},
      {"mspdi.exception-conflict", "ngày {0} có hai ngoại lệ khác nhau trong cùng một lịch: lấy ngoại lệ ghi sau",
       "{0} has two different exceptions in one calendar: the one further down counts", "", ""},
      {"mspdi.lost", "không chuyển được: {0}", "not carried over: {0}", "", ""},
      {"mspdi.no-start", "tệp không ghi ngày bắt đầu dự án (StartDate): lấy {0}",
       "the file gives no start of the project (StartDate): {0} is taken", "", ""},
      {"mspdi.not-a-project", "phần tử gốc là «{0}», không phải <Project> của Microsoft Project",
       "the root element is \"{0}\", not the <Project> of Microsoft Project", "", ""},
      {"mspdi.too-large", "tệp có quá {1} {0}", "the file has more than {1} of {0}", "", ""},
      {"mspdi.unknown-task", "không có công việc UID «{0}» (nêu ở {1}): bỏ qua",
       "there is no task with UID \"{0}\" (named by {1}): left out", "", ""},
      {"whatif.bad-value", "thay đổi: {0} «{1}» không hợp lệ", "change: {0} \"{1}\" is not valid",
       "viết {\"do\":\"duration\",\"item\":ID,\"value\":\"5wd\"}; do: duration, not-before, due, add-link, "
       "remove-link, day-off, "
       "workday",
       "write {\"do\":\"duration\",\"item\":ID,\"value\":\"5wd\"}; do: duration, not-before, due, add-link, "
       "remove-link, day-off, "
       "workday"},
      {"whatif.no-link", "không có liên kết từ {0} đến {1} để bỏ", "there is no link from {0} to {1} to remove", "",
       ""},
      {"whatif.unknown-item", "không có đầu việc {0}", "there is no item {0}", "", ""},
      {"whatif.unknown-member", "thay đổi không có thành phần «{0}»", "a change has no member \"{0}\"", "", ""},
  };
  return table;
}

}  // namespace vanthu::messages
