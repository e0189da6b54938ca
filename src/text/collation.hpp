// The order of Vietnamese lists.
#pragma once

#include <string>
#include <string_view>

#include "vanthu/export.h"

namespace vanthu::texts {

// A key by which texts compare, byte by byte, as they stand in a Vietnamese list: first by their letters in the order
// of the alphabet (a ă â b c d đ e ê … o ô ơ … u ư …; f j w z as in Latin), then by their tones, then small letters
// before capitals. Signs and figures come before letters, letters of other scripts behind. Assumption: tones in the
// order of CLDR, which is that of dictionaries (ngang, huyền, hỏi, ngã, sắc, nặng). Composed or not, a letter is the
// same.
VANTHU_API std::string collation_key(std::string_view utf8);

}  // namespace vanthu::texts
