// Prefix codes as deflate wants them: complete, canonical, none longer than a bound.
#pragma once

#include <cstdint>
#include <span>

namespace vanthu::docx {

inline constexpr unsigned longest_code = 15;  // bits, of deflate

// The length of the code of each symbol, 0 for those that do not occur. The code is complete whatever the frequencies
// are, as inflaters insist: where fewer than two symbols occur, the first ones get a code nobody uses.
// At most 512 symbols, at least two; 2^longest of them at most occur.
void find_code_lengths(std::span<const std::uint32_t> frequencies, unsigned longest, std::span<std::uint8_t> lengths);

// The codes to those lengths, first bit lowest, as they go into the stream.
void assign_codes(std::span<const std::uint8_t> lengths, std::span<std::uint16_t> codes);

}  // namespace vanthu::docx
