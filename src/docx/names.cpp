#include "docx/names.hpp"

#include <cstdint>

namespace vanthu::docx {
namespace {

std::uint32_t code_of(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(character[i])); };
  if (character.size() == 1) return byte(0);
  std::uint32_t code = byte(0) & (0x7fU >> character.size());
  for (std::size_t i = 1; i < character.size(); ++i) code = code << 6U | (byte(i) & 0x3fU);
  return code;
}

// Letters, and the marks that may follow them. Blocks of punctuation, currency and other symbols are left out.
bool is_letter(std::uint32_t code) {
  if (code < 0xc0 || code == 0xd7 || code == 0xf7) return code == 0xaa || code == 0xba;
  if (code >= 0x2000 && code < 0x2c00) return false;
  if (code >= 0x3000 && code < 0x3040) return false;
  return !(code >= 0xd800 && code < 0xf900) && code < 0x30000;
}

}  // namespace

std::size_t character_length(std::string_view text) {
  std::size_t n = 1;
  while (n < text.size() && n < 4 && (static_cast<unsigned char>(text[n]) & 0xc0U) == 0x80) ++n;
  return n;
}

std::size_t name_start_length(std::string_view text) {
  if (text.empty()) return 0;
  const char c = text.front();
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return 1;
  if (static_cast<unsigned char>(c) < 0x80) return 0;
  const auto n = character_length(text);
  return is_letter(code_of(text.substr(0, n))) ? n : 0;
}

}  // namespace vanthu::docx
