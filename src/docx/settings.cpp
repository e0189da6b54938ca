#include "docx/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <span>

#include "docx/elements.hpp"
#include "docx/wordml.hpp"

namespace vanthu::docx {
namespace {

// What may stand before it, in the order of the schema.
constexpr std::string_view before[] = {"writeProtection",
                                       "view",
                                       "zoom",
                                       "removePersonalInformation",
                                       "removeDateAndTime",
                                       "doNotDisplayPageBoundaries",
                                       "displayBackgroundShape",
                                       "printPostScriptOverText",
                                       "printFractionalCharacterWidth",
                                       "printFormsData",
                                       "embedTrueTypeFonts",
                                       "embedSystemFonts",
                                       "saveSubsetFonts",
                                       "saveFormsData",
                                       "mirrorMargins",
                                       "alignBordersAndEdges",
                                       "bordersDoNotSurroundHeader",
                                       "bordersDoNotSurroundFooter",
                                       "gutterAtTop",
                                       "hideSpellingErrors",
                                       "hideGrammaticalErrors",
                                       "activeWritingStyle",
                                       "proofState",
                                       "formsDesign",
                                       "attachedTemplate",
                                       "linkStyles",
                                       "stylePaneFormatFilter",
                                       "stylePaneSortMethod",
                                       "documentType",
                                       "mailMerge",
                                       "revisionView",
                                       "trackRevisions",
                                       "doNotTrackMoves",
                                       "doNotTrackFormatting",
                                       "documentProtection",
                                       "autoFormatOverride",
                                       "styleLockTheme",
                                       "styleLockQFSet",
                                       "defaultTabStop",
                                       "autoHyphenation",
                                       "consecutiveHyphenLimit",
                                       "hyphenationZone",
                                       "doNotHyphenateCaps",
                                       "showEnvelope",
                                       "summaryLength",
                                       "clickAndTypeStyle",
                                       "defaultTableStyle",
                                       "evenAndOddHeaders",
                                       "bookFoldRevPrinting",
                                       "bookFoldPrinting",
                                       "bookFoldPrintingSheets",
                                       "drawingGridHorizontalSpacing",
                                       "drawingGridVerticalSpacing",
                                       "displayHorizontalDrawingGridEvery",
                                       "displayVerticalDrawingGridEvery",
                                       "doNotUseMarginsForDrawingGridOrigin",
                                       "drawingGridHorizontalOrigin",
                                       "drawingGridVerticalOrigin",
                                       "doNotShadeFormData",
                                       "noPunctuationKerning",
                                       "characterSpacingControl",
                                       "printTwoOnOne",
                                       "strictFirstAndLastChars",
                                       "noLineBreaksAfter",
                                       "noLineBreaksBefore",
                                       "savePreviewPicture",
                                       "doNotValidateAgainstSchema",
                                       "saveInvalidXml",
                                       "ignoreMixedContent",
                                       "alwaysShowPlaceholderText",
                                       "doNotDemarcateInvalidXml",
                                       "saveXmlDataOnly",
                                       "useXSLTWhenSaving",
                                       "saveThroughXslt",
                                       "showXMLTags",
                                       "alwaysMergeEmptyNamespace"};

// Behind what stands before it in the schema.
pugi::xml_node put_behind(pugi::xml_node root, std::string_view name, std::span<const std::string_view> others) {
  auto after = pugi::xml_node();
  for (const auto& node : root.children())
    if (std::ranges::find(before, local(node)) != std::end(before) ||
        std::ranges::find(others, local(node)) != others.end())
      after = node;
  const auto element = prefixed(root, name);
  return after ? root.insert_child_after(element.c_str(), after) : root.prepend_child(element.c_str());
}

void add_separators(pugi::xml_node root, std::string_view properties, std::string_view note,
                    std::span<const std::string_view> others) {
  auto node = child_of(root, properties);
  if (!node) node = put_behind(root, properties, others);
  if (child_of(node, note)) return;
  for (const auto* id : {"-1", "0"})
    node.append_child(prefixed(root, note).c_str()).append_attribute(prefixed(root, "id").c_str()) = id;
}

}  // namespace

bool has_contents_field(std::string_view xml) {
  for (auto at = xml.find("TOC"); at != xml.npos; at = xml.find("TOC", at + 1)) {
    const auto begin = xml.substr(0, at).find_last_not_of(' ');
    if (begin == xml.npos) continue;
    const auto head = xml.substr(0, begin + 1);
    if (head.ends_with("instr=\"")) return true;
    const auto tag = head.ends_with('>') ? head.rfind('<') : head.npos;
    if (tag != head.npos && head.substr(tag).find("instrText") != head.npos) return true;
  }
  return false;
}

std::optional<std::string> with_update_fields(const std::string& settings) {
  pugi::xml_document xml;
  if (!xml.load_string(settings.c_str())) return {};
  auto root = xml.document_element();
  if (child_of(root, "updateFields")) return {};
  put_behind(root, "updateFields", {}).append_attribute(prefixed(root, "val").c_str()) = "true";
  return print(xml);
}

std::string with_separators(const std::string& settings, bool footnotes, bool endnotes, bool strict) {
  constexpr std::string_view others[] = {"updateFields", "hdrShapeDefaults", "footnotePr"};
  pugi::xml_document xml;
  auto root = root_of(xml, settings, "settings", strict);
  if (footnotes) add_separators(root, "footnotePr", "footnote", std::span(others).first(2));
  if (endnotes) add_separators(root, "endnotePr", "endnote", others);
  return print(xml);
}

}  // namespace vanthu::docx
