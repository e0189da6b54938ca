// The last step of deflate: bytes and matches as a stream of bits, block by block, each block with codes of its own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace vanthu::docx {

// Bits one behind the other, the first one lowest. What writes many of them does so through a copy of its own, which
// the compiler can keep out of memory.
struct bit_writer {
  static constexpr std::size_t word = 8;  // bytes written at a time
  char* to = nullptr;
  const char* full = nullptr;  // where there is room for two more words, no more
  std::uint64_t bits = 0;      // not yet written
  unsigned held = 0;           // how many

  void add(std::uint64_t more, unsigned count) {  // held stays below 64
    bits |= more << held;
    held += count;
  }
  // Whole bytes go out; what is left is less than one. At most 63 bits are held.
  void drain() {
    for (std::size_t i = 0; i < word; ++i) to[i] = static_cast<char>(bits >> 8 * i);
    to += held / 8;
    bits >>= held / 8 * 8;
    held %= 8;
  }
  bool is_full() const { return to >= full; }
};

class block_writer {
 public:
  using receiver = std::function<void(std::string_view)>;
  static constexpr std::size_t block_tokens = std::size_t{32} << 10;
  static constexpr std::size_t shortest_match = 3, longest_match = 258, longest_distance = 32768;

  // A block ends after `tokens` of them; at least one.
  explicit block_writer(std::size_t tokens = block_tokens) : block_(tokens) {}

  void begin(const receiver* to);  // which outlives the stream
  void literal(unsigned char c) {
    ++literals_[c];
    put(std::uint32_t{c} << 16U);
  }
  void match(std::size_t length, std::size_t distance) {
    ++lengths_[length - shortest_match];
    put(static_cast<std::uint32_t>((length - shortest_match) << 16U | distance));
  }
  std::uint64_t finish();  // the size of the stream

 private:
  struct codes;
  void put(std::uint32_t token) {
    tokens_[used_++] = token;
    if (used_ == block_) write_block(false);
  }
  void write_block(bool is_last);
  void write_header(const codes& c);
  void write_tokens(const codes& c);
  void hand_out();

  std::size_t block_;
  std::unique_ptr<std::uint32_t[]> tokens_;  // a byte, or a length less three, above 16 bits of distance, 0 for a byte
  std::size_t used_ = 0;
  std::array<std::uint32_t, 256> literals_{}, lengths_{};  // how many of each there are in the block
  std::unique_ptr<char[]> packed_;
  bit_writer bits_{};  // into packed_
  std::uint64_t written_ = 0;
  const receiver* to_ = nullptr;
};

}  // namespace vanthu::docx
