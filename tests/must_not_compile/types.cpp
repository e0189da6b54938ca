#include "vanthu/plan.hpp"
#include "vanthu/time.hpp"
#include "vanthu/value.hpp"

using namespace vanthu;

date day_after(date d) { return d + std::chrono::days{1}; }
instant at{};
task_id task{"t01"};
int number = 3;

void use() {
  (void)day_after(make_date(2023, 4, 18));
#ifdef WRONG_1  // working days need a calendar
  (void)(make_date(2023, 4, 18) + working_days{5});
#endif
#ifdef WRONG_2  // a date is no instant: it has no time zone
  at = make_date(2023, 4, 18);
#endif
#ifdef WRONG_3  // an instant is no date
  (void)day_after(at);
#endif
#ifdef WRONG_4  // an agency is no task
  task = agency_id{"ubnd-huyen-ky-anh"};
#endif
#ifdef WRONG_5  // a pointer is no truth value
  value v(&number);
#endif
#ifdef WRONG_6  // binary floating point stays out
  value v(0.1);
#endif
#ifdef WRONG_7  // days of the calendar are no working days
  working_days w = std::chrono::days{5};
#endif
}
