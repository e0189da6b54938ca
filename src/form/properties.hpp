// Properties of runs and paragraphs as WordprocessingML writes them: every one optional, laid over each other from the
// document's defaults down to the run.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "xml/tokens.hpp"

namespace vanthu::form {

// In the namespace of WordprocessingML, transitional or strict.
bool is_word(const xml::token& t) noexcept;
// The value of an attribute in that namespace; nothing when it is absent.
std::optional<std::string> word_attribute(const xml::tokenizer& at, std::string_view local);

// A length in twentieths of a point: "720", "1.27cm", "20mm". Nothing when it is none.
std::optional<int> twips(std::string_view text);
// A font size in half points: "28", "14pt".
std::optional<int> half_points(std::string_view text);
// w:val of a switch such as w:b: on unless it says otherwise.
bool is_on(const xml::tokenizer& at);

struct font_name {
  std::string name;  // "Times New Roman", or "minorHAnsi" when it is a font of the theme
  bool theme = false;
};

struct run_layer {
  std::optional<font_name> ascii, high_ansi;
  std::optional<int> size;  // half points
  std::optional<bool> bold, italic, caps, hidden, raised;
  std::optional<std::string> color;  // "auto", "FF0000"
};

enum class alignment : unsigned char { left, center, right, justified };
enum class line_rule : unsigned char { automatic, exact, at_least };

struct paragraph_layer {
  std::optional<alignment> jc;
  std::optional<int> first_line;  // twips; negative: hanging
  std::optional<int> before, after;
  std::optional<bool> before_auto, after_auto, contextual;
  std::optional<bool> frame_centered;  // a frame of its own, centred on the page
  std::optional<int> line;             // 240ths of a line when the rule is automatic, else twips
  std::optional<line_rule> rule;
  std::optional<bool> numbered;
};

// Takes one child of w:rPr or w:pPr (or of w:numPr) into a layer; what it does not know stays out.
void read_property(run_layer& into, std::string_view local, const xml::tokenizer& at);
void read_property(paragraph_layer& into, std::string_view local, const xml::tokenizer& at);

void lay(run_layer& under, const run_layer& over);
void lay(paragraph_layer& under, const paragraph_layer& over);

}  // namespace vanthu::form
