// Footnotes and endnotes that come along with documents put into another.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace vanthu::docx {

// By number; each declares its prefixes.
using new_notes = std::map<std::uint32_t, std::string>;

std::string markup_of(const new_notes& notes);
// The end of a part of notes, or all of it, with more of them. `xml` may be empty: then the part is made, with the
// separators Word asks for, which have the numbers -1 and 0.
std::string with_notes(std::string_view xml, const new_notes& notes, bool at_end, bool strict);

}  // namespace vanthu::docx
