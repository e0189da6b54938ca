#include <cstring>

#include "vanthu/value.hpp"

namespace vanthu {
namespace {

std::size_t ascii_prefix(std::string_view text, std::size_t at) noexcept {
  std::uint64_t eight;
  while (text.size() - at >= sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if (eight & 0x8080808080808080u) break;
    at += sizeof eight;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

// Length of the well-formed sequence of several bytes at `at`, or 0 (Unicode, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
  const auto lead = byte(at);
  const auto second = byte(at + 1);
  if (lead < 0xc2 || lead > 0xf4 || !follows(at + 1)) return 0;
  if (lead < 0xe0) return 2;
  if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) || !follows(at + 2)) return 0;
  if (lead < 0xf0) return 3;
  if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f) || !follows(at + 3)) return 0;
  return 4;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept {
  for (std::size_t at = 0;;) {
    at = ascii_prefix(text, at);
    if (at == text.size()) return {};
    const auto length = sequence_length(text, at);
    if (length == 0) return at;
    at += length;
  }
}

}  // namespace vanthu
