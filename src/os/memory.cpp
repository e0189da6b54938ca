#include "os/memory.hpp"

#include <sys/mman.h>

#include <cstdint>

namespace vanthu::os {

void prefer_large_pages(void* begin, std::size_t size) noexcept {
#ifdef MADV_HUGEPAGE
  auto* const bytes = static_cast<std::byte*>(begin);
  const auto offset = (large_page - reinterpret_cast<std::uintptr_t>(begin) % large_page) % large_page;
  if (size < offset + large_page) return;
  const auto whole = (size - offset) / large_page * large_page;
  [[maybe_unused]] const int hint = ::madvise(bytes + offset, whole, MADV_HUGEPAGE);
#endif
}

}  // namespace vanthu::os
