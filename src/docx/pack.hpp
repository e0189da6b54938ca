// Writes a package forwards only, into a sink that cannot go back: a part whose compressed size is not known when it
// begins has it in a data descriptor behind it. libzip patches headers after the fact, which a sink does not allow.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "docx/deflate.hpp"
#include "docx/package.hpp"
#include "vanthu/file.hpp"

namespace vanthu::docx {

// Every entry is dated 1980-01-01 00:00. No ZIP64: throws error(errc::limit, "docx.too-large") past 4 GiB.
class packer {
 public:
  explicit packer(const byte_sink& out) : sink_(out) {}

  void copy(const entry& part);  // its compressed bytes as they are
  // `more` appends the next bytes of the part to a text, up to about `enough`, and says whether that was all.
  // `size` is the size of the part as a whole.
  void add(const std::string& name, std::uint64_t size,
           const std::function<bool(std::string& text, std::size_t enough)>& more);
  void finish();  // writes the directory

 private:
  struct header {
    bool streamed = false;
    bool stored = false;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0, size = 0;
  };
  void begin(const std::string& name, const header& h);
  void enter(const std::string& name, const header& h, std::uint64_t offset);
  void write(std::string_view text);
  void flush();

  const byte_sink& sink_;
  deflater deflater_;
  std::string buffer_, directory_, block_;
  std::uint64_t written_ = 0;
  std::uint32_t count_ = 0;
};

}  // namespace vanthu::docx
