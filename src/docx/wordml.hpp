// What the engine has to know of WordprocessingML: which elements matter to tags and loops.
#pragma once

#include <string_view>

namespace vanthu::docx {

enum class what : unsigned char {
  other,
  body,
  paragraph,
  run,
  text,        // w:t
  plain_text,  // text that knows no line breaks: m:t, a:t, c:v
  field_code,  // w:instrText
  table,
  row,
  cell,
  text_box,  // w:txbxContent
  story,     // w:hdr w:ftr w:footnote w:endnote w:comment
  control,   // w:sdt
  control_content,
  properties,  // w:pPr and its like: no text of the document in there
  section,     // w:sectPr
  range_mark,  // w:bookmarkStart and its like
  deleted,     // w:del w:moveFrom
  invisible,   // nothing a reader sees: w:proofErr, w:lastRenderedPageBreak
  wrapper,     // around runs, without a meaning of its own: w:smartTag, w:ins, w:moveTo
};

// Of mc:AlternateContent: the same content in several ways, each for programs that know it.
inline constexpr std::string_view compatibility_space = "http://schemas.openxmlformats.org/markup-compatibility/2006";

// Of a name as it is written, "w:p": "w:", for names to be written beside it, and "p".
std::string_view prefix_of(std::string_view name);
std::string_view local_part(std::string_view name);

bool is_wordml(std::string_view space);
const char* wordml_space(bool strict);
bool is_chart_space(std::string_view space);
what classify(std::string_view space, std::string_view local);

// Elements a block may not begin or end within unless it does both: what lies in them is not text beside other text.
constexpr bool is_barrier(what w) {
  return w == what::cell || w == what::row || w == what::table || w == what::text_box || w == what::story;
}
// Elements that must hold a paragraph, and must end with one.
constexpr bool needs_paragraph(what w) {
  return w == what::cell || w == what::text_box || w == what::story || w == what::control_content;
}

}  // namespace vanthu::docx
