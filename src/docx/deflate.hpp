// Deflate in pieces: what is written is compressed block by block, so that memory does not grow with it. The same
// bytes in always give the same bytes out (with one build of libdeflate).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct libdeflate_compressor;

namespace vanthu::docx {

class deflater {
 public:
  static constexpr std::size_t block_size = std::size_t{1} << 20;

  deflater();
  ~deflater();
  deflater(const deflater&) = delete;
  deflater& operator=(const deflater&) = delete;

  // The compressed form of a block of at most block_size bytes; all blocks up to the one with is_last, one behind the
  // other, are one deflate stream. Valid until the next call.
  std::string_view compress(std::string_view block, bool is_last);

 private:
  struct free_compressor {
    void operator()(libdeflate_compressor* c) const;
  };
  std::unique_ptr<libdeflate_compressor, free_compressor> compressor_;
  std::string packed_;
};

std::uint32_t crc32(std::uint32_t so_far, std::string_view text);

// Where the last block of a complete deflate stream begins and where the stream ends, in bits.
struct last_block {
  std::size_t begin = 0, end = 0;
};
last_block find_last_block(std::string_view stream);

}  // namespace vanthu::docx
