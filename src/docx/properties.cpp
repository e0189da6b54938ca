#include "docx/properties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

constexpr std::string_view of_runs[] = {
    "rStyle",  "rFonts",  "b",      "bCs",     "i",         "iCs",     "caps",       "smallCaps", "strike",
    "dstrike", "outline", "shadow", "emboss",  "imprint",   "noProof", "snapToGrid", "vanish",    "webHidden",
    "color",   "spacing", "w",      "kern",    "position",  "sz",      "szCs",       "highlight", "u",
    "effect",  "bdr",     "shd",    "fitText", "vertAlign", "rtl",     "cs",         "em",        "lang"};
constexpr std::string_view of_paragraphs[] = {"pStyle",
                                              "keepNext",
                                              "keepLines",
                                              "pageBreakBefore",
                                              "framePr",
                                              "widowControl",
                                              "numPr",
                                              "suppressLineNumbers",
                                              "pBdr",
                                              "shd",
                                              "tabs",
                                              "suppressAutoHyphens",
                                              "kinsoku",
                                              "wordWrap",
                                              "overflowPunct",
                                              "topLinePunct",
                                              "autoSpaceDE",
                                              "autoSpaceDN",
                                              "bidi",
                                              "adjustRightInd",
                                              "snapToGrid",
                                              "spacing",
                                              "ind",
                                              "contextualSpacing",
                                              "mirrorIndents",
                                              "suppressOverlap",
                                              "jc",
                                              "textDirection",
                                              "textAlignment",
                                              "textboxTightWrap",
                                              "outlineLvl",
                                              "divId",
                                              "cnfStyle",
                                              "rPr",
                                              "sectPr",
                                              "pPrChange"};
constexpr std::string_view of_cells[] = {"cnfStyle", "tcW",     "gridSpan", "hMerge",        "vMerge",    "tcBorders",
                                         "shd",      "noWrap",  "tcMar",    "textDirection", "tcFitText", "vAlign",
                                         "hideMark", "headers", "cellIns",  "cellDel",       "cellMerge", "tcPrChange"};

std::span<const std::string_view> order_of(properties_of what) {
  switch (what) {
    case properties_of::run:
      return of_runs;
    case properties_of::paragraph:
      return of_paragraphs;
    default:
      return of_cells;
  }
}

}  // namespace

int property_list::rank(properties_of what, std::string_view local) {
  const auto order = order_of(what);
  const auto at = std::ranges::find(order, local);
  return static_cast<int>(at - order.begin());  // what is not known comes last
}

property_list property_list::read(properties_of what, std::string_view xml, std::string_view element,
                                  std::string_view namespaces) {
  property_list out(what);
  const auto head = fmt::format("<x{}>", namespaces);
  const auto text = fmt::format("{}{}", head, xml);
  xml::tokenizer tokens(text, xml::unlimited);
  tokens.next();
  std::size_t begin = 0;
  while (true) {
    const auto& t = tokens.next();
    if (t.kind == xml::kind::done || t.kind == xml::kind::failed) return out;
    const auto depth = tokens.depth() - (t.kind == xml::kind::start && !t.empty ? 1 : 0);
    if (t.kind == xml::kind::start && depth == 1 && (t.local != element || t.empty)) return out;
    if (t.kind == xml::kind::start && depth == 2) begin = t.begin;
    const bool ends = (t.kind == xml::kind::start && t.empty) || t.kind == xml::kind::end;
    if (ends && depth == 1) return out;
    if (ends && depth == 2) out.all_.push_back({std::string(t.local), text.substr(begin, t.end - begin)});
  }
}

void property_list::set(std::string_view local, std::string markup) {
  const auto known = std::ranges::find(all_, local, &property::local);
  if (known != all_.end()) {
    known->markup = std::move(markup);
    return;
  }
  const auto mine = rank(local);
  const auto after = std::ranges::find_if(all_, [&](const property& p) { return rank(p.local) > mine; });
  all_.insert(after, {std::string(local), std::move(markup)});
}

void property_list::remove(std::string_view local) {
  std::erase_if(all_, [&](const property& p) { return p.local == local; });
}

const std::string* property_list::find(std::string_view local) const {
  const auto known = std::ranges::find(all_, local, &property::local);
  return known == all_.end() ? nullptr : &known->markup;
}

std::string property_list::inside() const {
  std::string out;
  for (const auto& p : all_) out += p.markup;
  return out;
}

std::string property_list::whole(std::string_view element) const {
  return empty() ? std::string{} : fmt::format("<{0}>{1}</{0}>", element, inside());
}

}  // namespace vanthu::docx
