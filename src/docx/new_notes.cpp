#include "docx/new_notes.hpp"

#include <fmt/format.h>

#include "docx/wordml.hpp"

namespace vanthu::docx {
namespace {

std::string empty_part(bool at_end, bool strict) {
  const std::string_view kind = at_end ? "endnote" : "footnote";
  std::string out = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{}s xmlns:w=\"{}\">",
                                kind, wordml_space(strict));
  const auto add = [&](int id, std::string_view separator) {
    out += fmt::format(
        "<w:{0} w:type=\"{1}\" w:id=\"{2}\"><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>"
        "</w:pPr><w:r><w:{1}/></w:r></w:p></w:{0}>",
        kind, separator, id);
  };
  add(-1, "separator");
  add(0, "continuationSeparator");
  return fmt::format("{}</w:{}s>", out, kind);
}

}  // namespace

std::string markup_of(const new_notes& notes) {
  std::string out;
  for (const auto& [number, markup] : notes) out += markup;
  return out;
}

std::string with_notes(std::string_view xml, const new_notes& notes, bool at_end, bool strict) {
  const auto end = xml.rfind("</");
  if (end == xml.npos) return with_notes(empty_part(at_end, strict), notes, at_end, strict);
  return fmt::format("{}{}{}", xml.substr(0, end), markup_of(notes), xml.substr(end));
}

}  // namespace vanthu::docx
