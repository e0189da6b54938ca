#include "diagnostic/catalogue.hpp"

namespace vanthu::messages {

std::span<const catalogue_entry> report() {
  static constexpr catalogue_entry table[] = {
      {"report.no-issuer", "ngày {1} không còn cơ quan nào kế thừa «{0}» để ký báo cáo",
       "on {1} no agency is left that answers for {0} and could sign the report",
       "khai báo cơ quan kế thừa, hoặc nêu rõ cơ quan ban hành", "declare a successor, or name the issuer"},
      {"report.no-items", "chế độ báo cáo «{0}» không có đầu việc nào trong kỳ {1}",
       "regime {0} has no work item in period {1}", "kiểm tra kỳ báo cáo: 2023, 2023-h1, 2023-q3",
       "check the period: 2023, 2023-h1, 2023-q3"},
      {"report.no-tasks", "năm {0} kế hoạch không có nhiệm vụ nào", "the plan has no task in {0}", "", ""},
      {"report.nothing-late", "đến ngày {0} không có đơn vị nào quá hạn mà không phải chờ đơn vị khác",
       "on {0} nobody is late who does not wait for others", "", ""},
      {"report.unknown-regime", "kế hoạch không có chế độ báo cáo «{0}»", "the plan has no report regime {0}", "", ""},
  };
  return table;
}

}  // namespace vanthu::messages
