// Which characters names are made of: letters of any script, digits, the underscore.
#pragma once

#include <cstddef>
#include <string_view>

namespace vanthu::docx {

// Length of the character at the beginning of `text`, at least 1.
std::size_t character_length(std::string_view text);
// The same when a name may begin with it; 0 otherwise.
std::size_t name_start_length(std::string_view text);

}  // namespace vanthu::docx
