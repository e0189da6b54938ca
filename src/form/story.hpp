// The paragraphs and sections of a part (the document, a header), read in one pass. What a reader does not see is left
// out: deleted text, text boxes, the fallback twin of a drawing, field codes.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "form/properties.hpp"

namespace vanthu::form {

struct text_run {
  std::string text;  // '\n' for a line break, '\t' for a tab
  std::string style;
  run_layer direct;
  bool page_number = false;  // a PAGE field; its text is empty
};

// Where in the outermost table a paragraph stands, counted from 0; -1: in none.
struct cell_place {
  int table = -1, row = -1, cell = -1;
  bool operator==(const cell_place&) const = default;
};

struct paragraph {
  int number = 0;  // of the w:p elements of the part, from 1
  std::string style, table_style;
  paragraph_layer direct;
  std::vector<text_run> runs;
  cell_place in;
};

struct section {
  std::size_t begin = 0, end = 0;  // its paragraphs
  int width = 0, height = 0;       // twips
  int top = 0, bottom = 0, left = 0, right = 0, gutter = 0;
  bool has_size = false, has_margins = false, has_table = false;
  bool title_page = false;                                  // the first page has a header of its own
  std::map<std::string, std::string, std::less<>> headers;  // default, first, even -> relationship
  std::string number_format = "decimal";
  std::optional<int> number_start;
};

struct story {
  std::vector<paragraph> paragraphs;
  std::vector<section> sections;  // a header has none
};

// `text` has been checked to be well-formed.
story read_story(std::string_view text);

}  // namespace vanthu::form
