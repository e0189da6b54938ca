#include <vanthu/run.hpp>

#include <iostream>

int main() {
  const auto store = vanthu::open_journal("memory:");
  std::cout << store->streams().size() << '\n';
  return 0;
}
