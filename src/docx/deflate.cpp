#include "docx/deflate.hpp"

#include <libdeflate.h>

#include <array>
#include <stdexcept>
#include <new>
#include <vector>

#include "vanthu/diagnostic.hpp"

namespace vanthu::docx {
namespace {

constexpr int compression_level = 6;
constexpr unsigned longest_code = 15;  // bits, of deflate

constexpr std::array<std::uint8_t, 29> length_extra = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                       2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint8_t, 30> distance_extra = {0, 0, 0, 0, 1, 1, 2, 2,  3,  3,  4,  4,  5,  5,  6,
                                                         6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
constexpr std::array<std::uint8_t, 19> code_length_order = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                            11, 4,  12, 3, 13, 2, 14, 1, 15};

// The streams read here are those of our own compressor.
[[noreturn]] void broken() { throw std::logic_error("deflate: a block of libdeflate could not be read"); }

// Decodes by one look into a table of all 15-bit beginnings.
class prefix_code {
 public:
  void build(std::span<const std::uint8_t> lengths) {
    table_.assign(std::size_t{1} << longest_code, 0);
    std::array<unsigned, longest_code + 2> next{};
    for (const auto n : lengths)
      if (n > 0) ++next[n + 1U];
    unsigned code = 0;
    for (unsigned n = 1; n <= longest_code; ++n) code = next[n] = (code + next[n]) << (n > 1 ? 1U : 0U);
    for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol)
      if (lengths[symbol] > 0) enter(symbol, lengths[symbol], next[lengths[symbol]]++);
  }
  std::uint32_t at(std::uint64_t bits) const { return table_[bits & ((1U << longest_code) - 1)]; }

 private:
  // Codes come with their first bit first.
  void enter(std::size_t symbol, unsigned length, unsigned code) {
    unsigned reversed = 0;
    for (unsigned i = 0; i < length; ++i) reversed |= (code >> i & 1U) << (length - 1 - i);
    for (std::size_t k = reversed; k < table_.size(); k += std::size_t{1} << length)
      table_[k] = static_cast<std::uint32_t>(symbol << 4U | length);
  }
  std::vector<std::uint32_t> table_;  // symbol, then the length of its code in the low four bits
};

// Walks through a stream without writing out what it stands for.
class walker {
 public:
  explicit walker(std::string_view stream) : stream_(stream) {}
  last_block walk() {
    last_block out;
    bool is_last = false;
    while (!is_last) {
      out.begin = at_;
      is_last = take(1) == 1;
      block(take(2));
    }
    out.end = at_;
    return out;
  }

 private:
  std::uint64_t peek() const {
    std::uint64_t bits = 0;
    const auto byte = at_ / 8;
    for (std::size_t i = 0; i < 8 && byte + i < stream_.size(); ++i)
      bits |= std::uint64_t{static_cast<unsigned char>(stream_[byte + i])} << 8U * i;
    return bits >> at_ % 8;
  }
  void skip(std::size_t bits) {
    at_ += bits;
    if (at_ > stream_.size() * 8) broken();
  }
  unsigned take(unsigned bits) {
    const auto out = static_cast<unsigned>(peek() & ((std::uint64_t{1} << bits) - 1));
    skip(bits);
    return out;
  }
  unsigned symbol(const prefix_code& code) {
    const auto found = code.at(peek());
    if ((found & 15U) == 0) broken();
    skip(found & 15U);
    return found >> 4U;
  }
  void block(unsigned type) {
    if (type == 0) return stored();
    if (type == 1)
      fixed_codes();
    else if (type == 2)
      dynamic_codes();
    else
      broken();
    compressed();
  }
  void stored() {
    skip((8 - at_ % 8) % 8);
    const auto length = take(16);
    skip(16 + std::size_t{length} * 8);
  }
  void fixed_codes() {
    std::array<std::uint8_t, 288> lengths{};
    for (std::size_t i = 0; i < lengths.size(); ++i)
      lengths[i] = i < 144 ? std::uint8_t{8} : i < 256 ? std::uint8_t{9} : i < 280 ? std::uint8_t{7} : std::uint8_t{8};
    literals_.build(lengths);
    std::array<std::uint8_t, 30> distances{};
    distances.fill(5);
    distances_.build(distances);
  }
  void dynamic_codes();
  void compressed() {
    while (true) {
      const auto s = symbol(literals_);
      if (s < 256) continue;
      if (s == 256) return;
      if (s > 285) broken();
      skip(length_extra[s - 257]);
      const auto d = symbol(distances_);
      if (d >= distance_extra.size()) broken();
      skip(distance_extra[d]);
    }
  }

  std::string_view stream_;
  std::size_t at_ = 0;  // in bits
  prefix_code literals_, distances_;
};

void walker::dynamic_codes() {
  const auto literals = take(5) + 257;
  const auto distances = take(5) + 1;
  const auto count = take(4) + 4;
  std::array<std::uint8_t, 19> code_lengths{};
  for (unsigned i = 0; i < count; ++i) code_lengths[code_length_order[i]] = static_cast<std::uint8_t>(take(3));
  prefix_code code;
  code.build(code_lengths);
  std::array<std::uint8_t, 286 + 32> lengths{};
  for (unsigned i = 0; i < literals + distances;) {
    const auto s = symbol(code);
    unsigned times = 1;
    std::uint8_t value = 0;
    if (s < 16)
      value = static_cast<std::uint8_t>(s);
    else if (s == 16)
      value = i > 0 ? lengths[i - 1] : std::uint8_t{0}, times = 3 + take(2);
    else
      times = s == 17 ? 3 + take(3) : 11 + take(7);
    if (i + times > lengths.size()) broken();
    for (; times > 0; --times) lengths[i++] = value;
  }
  literals_.build(std::span(lengths).first(literals));
  distances_.build(std::span(lengths).subspan(literals, distances));
}

}  // namespace

void deflater::free_compressor::operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }

deflater::deflater() : compressor_(libdeflate_alloc_compressor(compression_level)) {
  if (!compressor_) throw std::bad_alloc();
}
deflater::~deflater() = default;

// Each block is compressed by itself. One that is not the last must not say that it is: the bit that says so is in the
// header of its last inner block. An empty stored block behind it fills the last byte.
std::string_view deflater::compress(std::string_view block, bool is_last) {
  packed_.resize(libdeflate_deflate_compress_bound(compressor_.get(), block.size()) + 5);
  const auto n = libdeflate_deflate_compress(compressor_.get(), block.data(), block.size(), packed_.data(),
                                             packed_.size() - 5);
  if (n == 0) broken();
  packed_.resize(n);
  if (is_last) return packed_;
  const auto last = find_last_block(packed_);
  auto& byte = packed_[last.begin / 8];
  byte = static_cast<char>(static_cast<unsigned char>(byte) & ~(1U << last.begin % 8));
  const auto free_bits = (8 - last.end % 8) % 8;
  packed_.append(free_bits >= 3 ? 0 : 1, '\0');  // three bits of header, all zero
  packed_.append(std::string_view("\0\0\xff\xff", 4));
  return packed_;
}

std::uint32_t crc32(std::uint32_t so_far, std::string_view text) {
  return libdeflate_crc32(so_far, text.data(), text.size());
}

last_block find_last_block(std::string_view stream) { return walker(stream).walk(); }

}  // namespace vanthu::docx
