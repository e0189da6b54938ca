// A district's own program asks vanthu what is due. README.md shows the part between the marks.
#include <iostream>
#include <memory>

#include "vanthu/run.hpp"

int main(int argc, char** argv) try {
  const std::string file = argc > 1 ? argv[1] : "workflows/ke-hoach-573.xml";
  using namespace vanthu;
  // [excerpt]
  auto read = read_plan_file(file);  // one call, every remark
  for (const auto& remark : read.notes) std::cerr << to_string(remark, language::vi) << '\n';
  auto plan_573 = std::make_shared<const plan>(std::move(read).take());  // throws when there are errors
  auto store = open_journal("memory:");                                  // or "sqlite:/var/lib/district/plans.db"
  auto now = *parse_instant("2023-04-18T08:00:00+07:00");                // the library reads no clock
  auto work = run::start(*store, "kh-573", plan_573, make_date(2023, 4, 18), "van-thu", now);
  const auto picture = work.look(make_date(2023, 11, 1));
  for (const auto& due : due_list(picture, make_date(2023, 11, 30)))
    std::cout << iso(due.due) << ' ' << due.left.count << ' ' << picture.items.items[due.item].id.text << '\n';
  // [/excerpt]
  return 0;
} catch (const vanthu::error& e) {
  std::cerr << e.what_in(vanthu::language::vi) << '\n';
  return 1;
}
