// A document as the rules look at it: its parts, its styles, and its lines with the look they are printed in.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "form/story.hpp"
#include "form/styles.hpp"
#include "vanthu/diagnostic.hpp"

namespace vanthu::form {

// Where the parts come from: a package, or texts in a test.
struct part_store {
  std::string source;  // for remarks
  std::string main;    // "word/document.xml"
  std::function<std::optional<std::string>(const std::string& part)> read;
};

// A piece of a paragraph between line breaks that shows something. Raised text (footnote marks) does not count.
struct line {
  std::size_t paragraph = 0;  // index in story::paragraphs
  std::string text;           // NFC, white space tidied, capitals as printed
  int low = 0, high = 0;      // half points
  bool all_bold = true, any_bold = false, all_italic = true, any_italic = false;
  bool after_tab = false;  // begins with a tab
};

struct header_part {
  std::string part;  // "word/header1.xml"
  story text;
};

struct paper {
  std::string source, main;
  story text;
  style_sheet styles;
  std::vector<line> lines;
  std::map<std::string, header_part, std::less<>> headers;  // by relationship
  bool even_and_odd = false;                                // even pages have headers of their own

  const paragraph& paragraph_of(const line& l) const { return text.paragraphs[l.paragraph]; }
};

// Nothing when a part cannot be read; the remarks ("xml.…") are then in `notes`.
std::optional<paper> read_paper(const part_store& parts, diagnostics& notes);

// A rule drawn with characters.
bool is_drawn_rule(std::string_view text);

paragraph_layer look_of(const paper& p, const paragraph& of);
run_look look_of(const paper& p, const paragraph& of, const text_run& run);
// Space between two paragraphs that follow each other, in twips.
int gap_between(const paper& p, const paragraph& above, const paragraph& below);

}  // namespace vanthu::form
