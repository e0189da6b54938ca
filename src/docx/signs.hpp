// What the first characters of a tag say it is.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "docx/tags.hpp"

namespace vanthu::docx {

std::string_view trimmed(std::string_view text);  // no-break spaces too

// Fills in kind, text and element from what stands between the delimiters.
void read_sign(std::string_view inside, const compile_options& options, tag& out);

// "=[[ ]]=" names two delimiters, whatever stands around it; empty ones when it does not.
std::pair<std::string, std::string> read_delimiters(std::string_view text);

}  // namespace vanthu::docx
