#include <algorithm>

#include "text/document_kinds.hpp"
#include "vanthu/book.hpp"

namespace vanthu {

std::optional<std::string_view> kind_code(std::string_view written) {
  const auto kinds = texts::document_kinds();
  auto found = std::ranges::find(kinds, written, &texts::document_kind::code);
  if (found == kinds.end()) found = std::ranges::find(kinds, written, &texts::document_kind::without_marks);
  if (found == kinds.end()) return {};
  return found->code;
}

}  // namespace vanthu
