#include <vanthu/schedule.hpp>

#include <iostream>

int main() {
  const auto p = vanthu::read_plan("<plan/>", "empty.xml");
  for (const auto& remark : p.notes) std::cout << vanthu::to_string(remark) << '\n';
  return p ? 1 : 0;
}
