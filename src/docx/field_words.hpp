// The words of a field code: HYPERLINK "https://a.vn" \o "tip".
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace vanthu::docx {

// Where a nested field stands in the code of the one around it.
inline constexpr char nested_field = '\x01';

struct field_word {
  std::size_t begin = 0, end = 0;             // with its quotes
  std::size_t inner = 0, inner_end = 0;       // without
  bool is_quoted = false, is_switch = false;  // "a", \a
  bool escapes_tag = false;                   // a backslash before a tag would act on what the tag stands for
};
struct opaque {
  std::size_t begin = 0, end = 0;
};
// What lies in `tags`, in order, is no white space, quote or backslash, whatever it holds.
std::vector<field_word> words_of(std::string_view code, const std::vector<opaque>& tags);

// The words between white space, whatever is quoted.
std::vector<std::string_view> plain_words(std::string_view text);

// Whether data may be an argument of a field of this name: not when it would load files, run macros or calculate.
bool takes_data(std::string_view field);
// The address among the words of a HYPERLINK; nullptr when it has none.
const field_word* address_of(std::string_view code, const std::vector<field_word>& words);

// Bytes of the quotation mark that stands there, straight or typographic; 0 when there is none.
std::size_t quote_at(std::string_view text, std::size_t at);

}  // namespace vanthu::docx
