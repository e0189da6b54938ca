// Deflate that is told where its matches are. A rendering writes the same pieces of its template over and over; where
// one was last written is known, so a piece is a match without a search, and only what the data puts between the
// pieces is searched through. Memory is constant, and the same pieces in give the same bytes out (those of a short
// stream with one build of libdeflate).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "docx/deflate_blocks.hpp"

namespace vanthu::docx {

// What a machine writes into.
class output {
 public:
  virtual void literal(std::uint32_t number, std::string_view text) = 0;  // one number, one text
  virtual void text(std::string_view text) = 0;

 protected:
  ~output() = default;
};

class deflater final : public output {
 public:
  using receiver = block_writer::receiver;
  // A stream of at most so many bytes is compressed as a whole by libdeflate: it has too little to repeat.
  static constexpr std::size_t short_stream = std::size_t{256} << 10;
  struct totals {
    std::uint32_t crc = 0;
    std::uint64_t size = 0, packed = 0;
  };

  explicit deflater(std::size_t whole_below = short_stream, std::size_t block_tokens = block_writer::block_tokens);
  deflater(const deflater&) = delete;
  deflater& operator=(const deflater&) = delete;
  ~deflater();

  void use_level(int level);  // of libdeflate, 0 to 12, for short streams; 1 without it

  // Numbers of literals are below `literals`. `to` is called with pieces of the stream, and must outlive it.
  void begin(std::size_t literals, const receiver& to);
  void literal(std::uint32_t number, std::string_view text) override { append(number, text); }
  void text(std::string_view text) override { append(none, text); }
  totals finish();

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  struct piece {
    std::uint32_t number;
    std::uint32_t length;
  };

  void append(std::uint32_t number, std::string_view text);
  void digest();
  void start_search();
  std::size_t reach(const piece& p, std::size_t at);
  std::size_t extend(std::size_t at, std::size_t end);
  void search(std::size_t at, std::size_t end);
  void add_match(std::size_t length, std::size_t distance);
  void settle();
  void plain(std::size_t at);
  void slide();
  void compress_whole();

  std::size_t whole_below_;
  block_writer tokens_;
  std::unique_ptr<char[]> buffer_;  // what a match may reach back to, then what is not yet digested
  std::size_t fresh_ = 0;           // where that begins
  std::size_t used_ = 0;
  std::uint64_t base_ = 0;            // position of the buffer in the stream
  std::vector<piece> pieces_;         // of what is not yet digested
  std::vector<std::uint64_t> last_;   // position of each literal's last occurrence; 0 before the first
  std::vector<std::uint32_t> heads_;  // position, modulo 2^32, where four bytes of a hash were last met
  std::size_t match_length_ = 0, match_distance_ = 0;  // may still grow; none when the length is zero
  int level_ = 1;
  totals totals_;
  const receiver* to_ = nullptr;
};

std::uint32_t crc32(std::uint32_t so_far, std::string_view text);

}  // namespace vanthu::docx
