// A file, pipe or device, read from its beginning.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "os/draft.hpp"
#include "os/memory.hpp"

namespace vanthu::os {

class input {
 public:
  // Throws what read_file() throws; so does read().
  input(std::filesystem::path file, std::uint64_t max_bytes);

  std::uint64_t expected() const noexcept { return expected_; }  // bytes; a hint: a file may grow, a pipe has none
  bool is_regular() const noexcept { return is_regular_; }
  std::size_t read(std::span<char> into);  // how many; none at the end
  void rewind();                           // to the beginning of a regular file

 private:
  void check(std::uint64_t size) const;

  std::filesystem::path name_;
  std::uint64_t max_bytes_;
  descriptor file_;
  std::uint64_t expected_ = 0, read_ = 0;
  bool is_regular_ = false;
};

// All that is still to come.
template <class Buffer>
Buffer read_all(input& in) {
  constexpr std::size_t least = std::size_t{256} << 10;
  // One byte more than there should be, to meet the end without growing.
  const auto expected = static_cast<std::size_t>(in.expected());
  Buffer content;
  content.reserve(expected + 1);
  prefer_large_pages(content.data(), content.capacity());
  content.resize(expected + 1);
  std::size_t used = 0;
  for (;;) {
    if (used == content.size()) content.resize(std::max(least, used * 2));
    const auto got = in.read({reinterpret_cast<char*>(content.data()) + used, content.size() - used});
    used += got;
    if (got == 0 || (expected > 0 && used == expected)) break;  // it was asked for a byte more
  }
  content.resize(used);
  return content;
}

}  // namespace vanthu::os
