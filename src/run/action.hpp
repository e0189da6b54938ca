// Commands and events share their members: "submit" says what "item.submitted/1" keeps.
#pragma once

#include <optional>
#include <string_view>

#include "run/members.hpp"
#include "vanthu/run.hpp"

namespace vanthu::runs {

std::string_view verb_of(const action& what);  // "submit"
std::string_view type_of(const action& what);  // "item.submitted/1"

// Reads the members of a command or of an event's body; what is wrong goes to the reader's notes. Nothing for a verb or
// a type that is not one of ours.
std::optional<action> read_by_verb(std::string_view verb, object_reader& members);
std::optional<action> read_by_type(std::string_view type, object_reader& members);
std::string_view nearest_verb(std::string_view written);

value body_of(const action& what);  // the same members, in a fixed order
value body_of(const document_reference& d);
document_reference read_document(object_reader& members);

}  // namespace vanthu::runs
