// Vietnamese letters, as far as comparing official texts needs it.
#pragma once

#include <string>
#include <string_view>

namespace vanthu::form {

// White space of every kind, U+00A0 included, becomes one space; none at the ends.
std::string tidy(std::string_view utf8);

// Equal for texts that differ only in where the tone mark stands (HÒA, HOÀ), in the form of composition, and in white
// space. `folded` also forgets capitals.
std::string tone_key(std::string_view utf8);
std::string folded(std::string_view utf8);
// The letters of a folded text alone: without digits, dashes and spaces.
std::string letters_of(std::string_view utf8);

// Whether there are letters, and all of them are capitals.
bool is_upper(std::string_view utf8);

// The first place where a text is not in the form NFC: the code points found and those prescribed, "U+0065 U+0302".
// Both empty when it is.
struct composition_fault {
  std::string found, prescribed;
};
composition_fault find_decomposed(std::string_view utf8);

}  // namespace vanthu::form
