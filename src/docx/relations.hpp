// Content types and relationships: which parts there are, and what each is to the engine.
#pragma once

#include "docx/package.hpp"

namespace vanthu::docx {

// Reads [Content_Types].xml and every .rels part of `in`; fills in roles and main. Adds the faults it finds to `notes`.
void read_relations(archive& in, diagnostics& notes);

}  // namespace vanthu::docx
