// Texts of the data on their way into a document.
#pragma once

#include <string>
#include <string_view>

#include "vanthu/docx.hpp"
#include "vanthu/value.hpp"

namespace vanthu::docx {

// Throws data_fault{"docx.invalid-utf8" or "docx.control-character", …} at what cannot be written as the options want
// it: where in `v` (".runs[2].text"), the character, its byte. `kept` holds characters that mean something there.
void check_text(std::string_view text, const render_options& options, std::string_view kept = {});
void check_texts(const value& v, const render_options& options);

// As the options want texts: characters XML cannot hold replaced, accents composed.
bool changes_texts(const render_options& options);
std::string as_wanted(std::string_view text, const render_options& options, std::string_view kept = {});
value as_wanted(const value& v, const render_options& options);

}  // namespace vanthu::docx
