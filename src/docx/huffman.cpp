#include "docx/huffman.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace vanthu::docx {
namespace {

constexpr std::size_t most_symbols = 512;
constexpr unsigned symbol_bits = 9;
constexpr std::uint64_t symbol_mask = (1U << symbol_bits) - 1;

// Frequency, then symbol: rarest first, and a fixed order among equals.
using ranked = std::array<std::uint64_t, most_symbols>;

std::size_t rank(std::span<const std::uint32_t> frequencies, ranked& out) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < frequencies.size(); ++i)
    if (frequencies[i] > 0) out[n++] = std::uint64_t{frequencies[i]} << symbol_bits | i;
  for (std::size_t i = 0; n < 2; ++i)
    if (frequencies[i] == 0) out[n++] = 1U << symbol_bits | i;
  std::sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(n));
  return n;
}

// How many codes there are of each length in the best code without a bound, those beyond `longest` counted as such.
// Leaves come sorted and inner nodes arise sorted, so the two rarest are always at the front of one of two queues.
void count_lengths(const ranked& leaves, std::size_t n, unsigned longest, std::span<std::uint32_t> counts) {
  std::array<std::uint64_t, most_symbols> weight;
  std::array<std::uint16_t, most_symbols> leaf_parent, parent;
  std::size_t leaf = 0;
  std::size_t inner = 0;
  for (std::size_t made = 0; made + 1 < n; ++made) {
    weight[made] = 0;
    for (int child = 0; child < 2; ++child) {
      const bool take_leaf = inner == made || (leaf < n && leaves[leaf] >> symbol_bits <= weight[inner]);
      weight[made] += take_leaf ? leaves[leaf] >> symbol_bits : weight[inner];
      (take_leaf ? leaf_parent[leaf++] : parent[inner++]) = static_cast<std::uint16_t>(made);
    }
  }
  std::array<std::uint16_t, most_symbols> depth;
  depth[n - 2] = 0;
  for (std::size_t i = n - 2; i-- > 0;) depth[i] = static_cast<std::uint16_t>(depth[parent[i]] + 1);
  for (std::size_t i = 0; i < n; ++i) ++counts[std::min<unsigned>(depth[leaf_parent[i]] + 1U, longest)];
}

// Codes that were cut short claim more than there is. Each step gives back one place among the longest codes: one of
// them goes beside a shorter code, which becomes one bit longer.
void make_complete(std::span<std::uint32_t> counts, unsigned longest) {
  std::uint64_t claimed = 0;
  for (unsigned n = 1; n <= longest; ++n) claimed += std::uint64_t{counts[n]} << (longest - n);
  for (; claimed > std::uint64_t{1} << longest; --claimed) {
    --counts[longest];
    unsigned n = longest - 1;
    while (counts[n] == 0) --n;
    --counts[n];
    counts[n + 1] += 2;
  }
}

}  // namespace

void find_code_lengths(std::span<const std::uint32_t> frequencies, unsigned longest, std::span<std::uint8_t> lengths) {
  ranked symbols;
  const auto n = rank(frequencies, symbols);
  std::array<std::uint32_t, longest_code + 1> counts{};
  count_lengths(symbols, n, longest, counts);
  make_complete(counts, longest);
  std::ranges::fill(lengths, std::uint8_t{0});
  std::size_t next = 0;
  for (unsigned length = longest; length > 0; --length)
    for (auto i = counts[length]; i > 0; --i)
      lengths[symbols[next++] & symbol_mask] = static_cast<std::uint8_t>(length);
}

void assign_codes(std::span<const std::uint8_t> lengths, std::span<std::uint16_t> codes) {
  std::array<unsigned, longest_code + 2> next{};
  for (const auto n : lengths)
    if (n > 0) ++next[n + 1U];
  unsigned code = 0;
  for (unsigned n = 1; n <= longest_code; ++n) {
    code = (code + next[n]) << 1U;
    next[n] = code;
  }
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    unsigned forward = lengths[i] > 0 ? next[lengths[i]]++ : 0;
    unsigned reversed = 0;
    for (unsigned n = lengths[i]; n > 0; --n, forward >>= 1U) reversed = reversed << 1U | (forward & 1U);
    codes[i] = static_cast<std::uint16_t>(reversed);
  }
}

}  // namespace vanthu::docx
