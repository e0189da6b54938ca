// Columns that repeat, and cells that data merges, widens or shades: what has to change in the grid and in the
// properties of cells so that the table stays one.
#pragma once

#include "docx/structure.hpp"

namespace vanthu::docx {

// Adds edits and fills in `plan.columns`, `plan.spans` and `plan.cells`.
void plan_tables(std::string_view xml, const part_scan& scan, part_plan& plan, part_notes& notes);

}  // namespace vanthu::docx
