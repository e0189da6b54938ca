#include <vanthu/docx.hpp>

#include <iostream>

int main() {
  const auto t = vanthu::document_template::compile({}, "empty.docx");
  for (const auto& remark : t.notes) std::cout << vanthu::to_string(remark) << '\n';
  return t ? 1 : 0;
}
