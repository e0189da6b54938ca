#include "xml/characters.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace vanthu::xml {
namespace {

// How many bytes from the beginning are printable ASCII: eight are looked at together.
std::size_t count_plain(std::string_view text) {
  std::size_t n = 0;
  if constexpr (std::endian::native == std::endian::little) {
    constexpr std::uint64_t high = 0x8080808080808080U;
    constexpr std::uint64_t space = 0x2020202020202020U;
    for (; text.size() - n >= sizeof(std::uint64_t); n += sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + n, sizeof word);
      // A byte below a space borrows from those behind it alone, so the first that is marked is marked rightly.
      if (const auto marked = (word | (word - space)) & high; marked != 0)
        return n + static_cast<std::size_t>(std::countr_zero(marked)) / 8;
    }
  }
  while (n < text.size() && static_cast<signed char>(text[n]) >= ' ') ++n;
  return n;
}

// The length of a letter with a mark, as nearly all of what is not ASCII is; 0 for what takes a closer look.
std::size_t length_of_usual(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const auto goes_on = [&](std::size_t i) { return (static_cast<unsigned char>(text[i]) & 0xc0U) == 0x80; };
  if (lead >= 0xc2 && lead < 0xe0 && text.size() >= 2 && goes_on(1)) return 2;
  if (lead > 0xe0 && lead < 0xed && text.size() >= 3 && goes_on(1) && goes_on(2)) return 3;
  return 0;
}

struct decoded {
  std::uint32_t code = 0;
  std::size_t length = 0;  // 0: malformed
};

decoded decode_one(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto lead = byte(0);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
  if (length == 0 || length > text.size()) return {};
  if (length == 1) return {lead, 1};
  std::uint32_t code = lead & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) return {};
    code = code << 6U | (byte(i) & 0x3fU);
  }
  constexpr std::array<std::uint32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  if (code < least[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return {};
  return {code, length};
}

}  // namespace

found_flaw find_flaw(std::string_view text) {
  std::size_t at = 0;
  while (true) {
    at += count_plain(text.substr(at));
    if (at == text.size()) return {};
    if (const auto length = length_of_usual(text.substr(at)); length > 0) {
      at += length;
      continue;
    }
    const auto [code, length] = decode_one(text.substr(at));
    if (length == 0) return {flaw::malformed, at, 0};
    if (!is_character(code)) return {flaw::forbidden, at, code};
    at += length;
  }
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | code >> 6U);
    put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | code >> 12U);
    put(0x80 | (code >> 6U & 0x3f));
    put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | code >> 18U);
    put(0x80 | (code >> 12U & 0x3f));
    put(0x80 | (code >> 6U & 0x3f));
    put(0x80 | (code & 0x3f));
  }
}

}  // namespace vanthu::xml
