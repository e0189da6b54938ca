// A table of contents has to be made anew when the text has changed: the settings say so to the reader's program.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vanthu::docx {

bool has_contents_field(std::string_view xml);

// The settings part with the wish to update fields; nothing when it is there already.
std::optional<std::string> with_update_fields(const std::string& settings);

// The settings part, which may be empty, with the separators of notes we have made: of footnotes, of endnotes.
std::string with_separators(const std::string& settings, bool footnotes, bool endnotes, bool strict);

}  // namespace vanthu::docx
