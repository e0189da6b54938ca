#include "docx/wordml.hpp"

#include <algorithm>
#include <iterator>

namespace vanthu::docx {
namespace {

struct known {
  std::string_view local;
  what is;
};

constexpr known elements[] = {
    // sorted
    {"body", what::body},
    {"bookmarkEnd", what::range_mark},
    {"bookmarkStart", what::range_mark},
    {"comment", what::story},
    {"commentRangeEnd", what::range_mark},
    {"commentRangeStart", what::range_mark},
    {"del", what::deleted},
    {"endnote", what::story},
    {"footnote", what::story},
    {"ftr", what::story},
    {"hdr", what::story},
    {"ins", what::wrapper},
    {"instrText", what::field_code},
    {"lastRenderedPageBreak", what::invisible},
    {"moveFrom", what::deleted},
    {"moveFromRangeEnd", what::range_mark},
    {"moveFromRangeStart", what::range_mark},
    {"moveTo", what::wrapper},
    {"moveToRangeEnd", what::range_mark},
    {"moveToRangeStart", what::range_mark},
    {"p", what::paragraph},
    {"pPr", what::properties},
    {"permEnd", what::range_mark},
    {"permStart", what::range_mark},
    {"proofErr", what::invisible},
    {"r", what::run},
    {"rPr", what::properties},
    {"sdt", what::control},
    {"sdtContent", what::control_content},
    {"sdtEndPr", what::properties},
    {"sdtPr", what::properties},
    {"sectPr", what::section},
    {"smartTag", what::wrapper},
    {"smartTagPr", what::properties},
    {"t", what::text},
    {"tbl", what::table},
    {"tblGrid", what::properties},
    {"tblPr", what::properties},
    {"tblPrEx", what::properties},
    {"tc", what::cell},
    {"tcPr", what::properties},
    {"tr", what::row},
    {"trPr", what::properties},
    {"txbxContent", what::text_box},
};

bool is_plain_text_space(std::string_view space) {
  return space == "http://schemas.openxmlformats.org/officeDocument/2006/math" ||
         space == "http://schemas.openxmlformats.org/drawingml/2006/main" ||
         space == "http://purl.oclc.org/ooxml/officeDocument/math" ||
         space == "http://purl.oclc.org/ooxml/drawingml/main";
}

}  // namespace

std::string_view prefix_of(std::string_view name) {
  return name.substr(0, name.find(':') + 1);
}

std::string_view local_part(std::string_view name) {
  return name.substr(name.find(':') + 1);
}

bool is_wordml(std::string_view space) {
  return space == wordml_space(false) || space == wordml_space(true);
}

const char* wordml_space(bool strict) {
  return strict ? "http://purl.oclc.org/ooxml/wordprocessingml/main"
                : "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
}

bool is_chart_space(std::string_view space) {
  return space == "http://schemas.openxmlformats.org/drawingml/2006/chart" ||
         space == "http://purl.oclc.org/ooxml/drawingml/chart";
}

what classify(std::string_view space, std::string_view local) {
  if (local == "t" && is_plain_text_space(space)) return what::plain_text;
  if (is_plain_text_space(space)) {  // of drawings and formulas: a:p
    if (local == "p") return what::paragraph;
    if (local == "r") return what::run;
    if (local == "rPr" || local == "pPr" || local == "endParaRPr") return what::properties;
  }
  if (local == "v" && is_chart_space(space)) return what::plain_text;
  if (!is_wordml(space)) return what::other;
  const auto* at = std::ranges::lower_bound(elements, local, {}, &known::local);
  return at != std::end(elements) && at->local == local ? at->is : what::other;
}

}  // namespace vanthu::docx
