#include "form/orthography.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <vector>

#include "vanthu/value.hpp"

namespace vanthu::form {
namespace {

using letters = std::vector<utf8proc_int32_t>;

letters decode(std::string_view text) {
  letters out;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t letter = 0;
    const auto length = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &letter);
    out.push_back(length < 1 ? 0xFFFD : letter);
    at += length < 1 ? 1 : static_cast<std::size_t>(length);
  }
  return out;
}

void append(std::string& out, utf8proc_int32_t letter) {
  utf8proc_uint8_t bytes[4];
  const auto size = utf8proc_encode_char(letter, bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

// Grave, acute, tilde, hook above, dot below: the tones. Circumflex, breve and horn make letters of their own.
bool is_tone(utf8proc_int32_t letter) {
  return letter == 0x300 || letter == 0x301 || letter == 0x303 || letter == 0x309 || letter == 0x323;
}

// Letters, and the marks on them.
bool is_letter(utf8proc_int32_t letter) {
  const auto category = utf8proc_category(letter);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MN;
}

bool is_space(utf8proc_int32_t letter) {
  return (letter >= 0x09 && letter <= 0x0D) || utf8proc_category(letter) == UTF8PROC_CATEGORY_ZS;
}

void append_decomposed(letters& out, utf8proc_int32_t letter) {
  utf8proc_int32_t parts[8];
  int last = UTF8PROC_BOUNDCLASS_START;
  const auto count = utf8proc_decompose_char(letter, parts, 8, UTF8PROC_DECOMPOSE, &last);
  if (count < 1 || count > 8)
    out.push_back(letter);
  else
    out.insert(out.end(), parts, parts + count);
}

// The letters of U+xxxx from `begin`, up to the next one that starts a character.
std::string code_points(const letters& text, std::size_t begin) {
  std::string out;
  for (auto at = begin; at < text.size() && at < begin + 4; ++at) {
    if (at > begin && utf8proc_get_property(text[at])->combining_class == 0) break;
    out += fmt::format("{}U+{:04X}", out.empty() ? "" : " ", text[at]);
  }
  return out;
}

}  // namespace

std::string tidy(std::string_view utf8) {
  std::string out;
  bool gap = false;
  for (const auto letter : decode(utf8)) {
    if (is_space(letter)) {
      gap = !out.empty();
      continue;
    }
    if (std::exchange(gap, false)) out += ' ';
    append(out, letter);
  }
  return out;
}

std::string tone_key(std::string_view utf8) {
  letters parts;
  for (const auto letter : decode(tidy(utf8))) append_decomposed(parts, letter);
  std::string out, tones;
  for (const auto letter : parts) {
    if (is_tone(letter)) {
      append(tones, letter);
      continue;
    }
    if (!is_letter(letter)) out += std::exchange(tones, {});
    append(out, letter);
  }
  return out + tones;
}

std::string folded(std::string_view utf8) {
  return tone_key(lower(to_nfc(utf8)));
}

std::string letters_of(std::string_view utf8) {
  std::string out;
  for (const auto letter : decode(folded(utf8)))
    if (is_letter(letter)) append(out, letter);
  return out;
}

bool is_upper(std::string_view utf8) {
  bool seen = false;
  for (const auto letter : decode(to_nfc(utf8))) {
    if (utf8proc_tolower(letter) != letter) seen = true;
    if (utf8proc_toupper(letter) != letter) return false;
  }
  return seen;
}

composition_fault find_decomposed(std::string_view utf8) {
  const auto composed = to_nfc(utf8);
  if (composed == utf8) return {};
  const auto is = decode(utf8), ought = decode(composed);
  const auto [a, b] = std::ranges::mismatch(is, ought);
  const auto begin = static_cast<std::size_t>(a - is.begin());
  return {code_points(is, begin), code_points(ought, static_cast<std::size_t>(b - ought.begin()))};
}

}  // namespace vanthu::form
