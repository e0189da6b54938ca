// Reading one <calendar> element (workflows/README.md).
#pragma once

#include <pugixml.hpp>

#include "vanthu/calendar.hpp"
#include "xml/document.hpp"

namespace vanthu {

// Fills `out` from the element; its basis comes from the element, else from the one around it. Every fault becomes a
// remark ("calendar.…"); after a thousand of them the rest is not read.
void read_calendar_element(const xml::document& file, pugi::xml_node element, calendar_definition& out,
                           diagnostics& notes);

}  // namespace vanthu
