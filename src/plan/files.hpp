// The files of a plan: the plan itself and what it includes, opened, checked for elements the language does not have,
// and laid out in the order of their words.
#pragma once

#include <string>
#include <string_view>

#include "plan/reading.hpp"

namespace vanthu {

// Joins `href` to the folder of the file that names it. Nothing when that is no plain path at or below the folder:
// absolute, with "..", a backslash, a scheme or an empty part.
std::optional<std::string> safe_href(std::string_view href, std::string_view includer);

// Fills files, sources, grounds, pieces and out.files. False when there is no plan to read.
bool open_files(reading& r, std::string_view xml, std::string source, const include_resolver& includes,
                const plan_options& options);

}  // namespace vanthu
