// Which elements and attributes the plan language has, and where each may stand (workflows/README.md).
#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "plan/remarks.hpp"
#include "xml/document.hpp"

namespace vanthu {

inline constexpr std::string_view plan_namespace = "urn:vanthu:plan:1";

// Remarks on everything in the file that the language does not have: unknown, repeated and missing names, stray text.
// `root` is what the file must begin with: "plan" or "part". Elements below an unknown one are not looked at, nor
// those of a <calendar>, whose reader is another. False when the root is another element.
bool check_elements(const xml::document& file, std::string_view root, remarks& notes);

// Whether an element or an attribute somewhere has the name: what `assumed` may list.
bool is_known_name(std::string_view name);
std::string_view nearest_known_name(std::string_view name);

}  // namespace vanthu
