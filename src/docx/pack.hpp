// Writes a package. Parts that were not touched keep their compressed bytes; those that are written anew have their
// size and checksum put into their header afterwards. Our own writer and not libzip's: what is known about each entry
// is known here, the bytes do not hang on the size of anybody's buffer, and a sink that cannot be corrected needs a
// data descriptor, which libzip does not write.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "docx/deflate.hpp"
#include "docx/package.hpp"
#include "vanthu/file.hpp"

namespace vanthu::docx {

// Every entry is dated 1980-01-01 00:00. No ZIP64: throws error(errc::limit), "docx.too-large" past 4 GiB and
// "docx.too-many-parts" past 65,534 entries. A data descriptor only where `patch` is empty and the part has grown out
// of our buffer.
class packer {
 public:
  packer(const byte_sink& out, const byte_patch& patch);
  void use_level(int level) { deflater_.use_level(level); }

  void copy(const entry& part);  // its compressed bytes as they are
  // Deflates what `write` writes; its literals have numbers below `literals`.
  void add(const std::string& name, std::size_t literals, const std::function<void(output&)>& write);
  void finish();  // writes the directory

 private:
  struct header {
    bool stored = false;
    bool descriptor = false;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0, size = 0;
  };
  void begin(const std::string& name, const header& h);
  void enter(const std::string& name, const header& h, std::uint64_t offset);
  void complete(header& h, std::uint64_t offset);
  void write(std::string_view text);
  void flush();
  std::uint64_t flushed() const { return written_ - buffer_.size(); }

  const byte_sink& sink_;
  const byte_patch& patch_;
  deflater deflater_;
  std::string buffer_, directory_;
  std::uint64_t written_ = 0;  // with what is in the buffer
  std::uint64_t open_ = 0;     // where the header of the part being written is
  bool is_open_ = false;
  std::uint32_t count_ = 0;
};

}  // namespace vanthu::docx
