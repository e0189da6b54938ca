// Tags where a reader sees no text: in the codes of fields, and in the addresses of links. Both only by option.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "docx/package.hpp"
#include "docx/tags.hpp"

namespace vanthu::docx {

// The external targets of hyperlink relationships of a part, by id.
using link_targets = std::map<std::string, std::string, std::less<>>;
link_targets link_targets_of(const archive& in, std::string_view part);

// Adds what it finds to `scan`, which has the tags of the part's text and thereby its delimiters.
void find_codes(std::string_view xml, const link_targets& targets, const compile_options& options, part_scan& scan,
                part_notes& notes);

}  // namespace vanthu::docx
