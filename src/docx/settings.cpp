#include "docx/settings.hpp"

#include <algorithm>
#include <pugixml.hpp>

#include "docx/additions.hpp"

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

std::string_view local(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);
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
  auto after = pugi::xml_node();
  for (const auto& node : root.children()) {
    if (local(node) == "updateFields") return {};
    if (std::ranges::find(before, local(node)) != std::end(before)) after = node;
  }
  const std::string_view name = root.name();
  const std::string prefix(name.substr(0, name.find(':') + 1));
  const auto element = prefix + "updateFields";
  auto added = after ? root.insert_child_after(element.c_str(), after) : root.prepend_child(element.c_str());
  added.append_attribute((prefix + "val").c_str()) = "true";
  return print(xml);
}

}  // namespace vanthu::docx
