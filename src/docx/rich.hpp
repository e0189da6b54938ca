// Text with looks of its own, as data: runs, paragraphs, lists and tables become WordprocessingML. Nothing of it is
// ever taken as markup.
//
//   runs    "text" | {"text", "bold", "italic", "underline", "strike", "color", "highlight", "size", "font", "style",
//            "super", "sub", "link"} | {"image": …} | {"break": "line|page|tab"} | a list of these
//   blocks  "a paragraph" | {"runs", "style", "align", "list": "bullet|number", "level"} | {"break": "page"}
//           | {"table": [[cell, …], …], "widths": [mm, …], "header": rows} | a list of these
//   cell    runs or blocks without tables | {"blocks", "span", "shade"}
#pragma once

#include <functional>
#include <string>

#include "docx/list_book.hpp"
#include "docx/properties.hpp"
#include "vanthu/value.hpp"

namespace vanthu::docx {

// Where a tag stands: what the run and the paragraph around it look like.
struct run_context {
  std::string prefix;  // "w:"
  property_list run{properties_of::run};
  property_list paragraph{properties_of::paragraph};
};

struct rich_services {
  std::function<std::string(list_style)> new_list;
  std::function<std::string(const value&)> picture;  // the drawing
};

// Throws data_fault{"docx.bad-rich", …}: the place in the value.
std::string rich_runs(const value& v, const run_context& at, const rich_services& with);
struct rich_blocks_result {
  std::string markup;
  bool ends_with_table = false;
};
rich_blocks_result rich_blocks(const value& v, const run_context& at, const rich_services& with);

// The text of a run, line breaks and tabs as elements; without its properties.
std::string run_content(std::string_view text, std::string_view prefix);

}  // namespace vanthu::docx
