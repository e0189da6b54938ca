// Which characters XML 1.0 allows, and where a text first breaks the rule.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vanthu::xml {

constexpr bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}
constexpr bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || static_cast<signed char>(c) < 0;
}
constexpr bool is_name_part(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}
constexpr bool is_character(std::uint32_t code) {
  return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code < 0xd800) ||
         (code >= 0xe000 && code < 0xfffe) || (code >= 0x10000 && code <= 0x10ffff);
}

enum class flaw { none, malformed, forbidden };
struct found_flaw {
  flaw what = flaw::none;
  std::size_t offset = 0;
  std::uint32_t code = 0;  // the forbidden character
};
// The first byte sequence that is not UTF-8, or the first character XML does not allow.
found_flaw find_flaw(std::string_view text);

void append_utf8(std::string& out, std::uint32_t code);

}  // namespace vanthu::xml
