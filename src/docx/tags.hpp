// First phase of compiling a part: one pass over its XML finds the tags in its text, however Word has cut them up, and
// the elements around them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "docx/wordml.hpp"
#include "vanthu/diagnostic.hpp"
#include "vanthu/docx.hpp"

namespace vanthu::docx {

inline constexpr std::uint32_t nowhere = 0xffffffff;

struct range {
  std::size_t begin = 0, end = 0;
};

struct child {
  std::size_t begin = 0, end = 0;
  what is = what::other;
};

// An element around a tag. Other elements leave no trace: memory goes with the tags, not with the document.
struct node {
  what is = what::other;
  bool preserves_space = false;  // of text
  bool rows_before = false;      // of a table: rows that closed before the first tag in it
  std::string_view name;         // as written: "w:p"
  std::uint32_t parent = nowhere;
  std::size_t begin = 0, inner = 0;    // of the start tag; behind it
  std::size_t inner_end = 0, end = 0;  // of the end tag; behind it
  // Of a table, and of what must hold paragraphs: the children from the last before the first tag on.
  std::vector<child> children;
};

struct paragraph {
  int number = 0;           // in its part, from 1; 0: none
  std::uint32_t node = nowhere;
  bool only_tags = false;   // nothing else to see in it: no text, picture, break or section end
  std::string text;         // decoded
  std::string place;        // "#p[12]"
  std::vector<range> keep;  // bookmarks and the like: they stay when the paragraph goes
};

struct tag {
  std::string text;         // between the delimiters, decoded, trimmed
  std::string written;      // with them
  std::vector<range> ranges;  // where it stands in the part; one for each piece
  std::uint32_t node = nowhere, tail_node = nowhere;  // text elements of the first and the last piece
  std::uint32_t paragraph = 0;
  std::size_t column = 0;   // in bytes of the paragraph's text
};

struct part_scan {
  bool is_document = false;           // a w:document with a w:body
  std::vector<node> nodes;
  std::vector<paragraph> paragraphs;  // that hold tags
  std::vector<tag> tags;              // in the order they begin in
};

// What a phase says about a part.
struct part_notes {
  std::string source;
  std::string part;
  diagnostics notes;
  // A place in a paragraph's text is shown with a caret before it.
  void add(std::string id, std::vector<std::string> args, std::string_view inside = {});
};
std::string with_caret(std::string_view text, std::size_t column);

// Parts without paragraphs (properties) have each text as a paragraph of its own.
part_scan find_tags(std::string_view xml, bool has_paragraphs, const compile_options& options, part_notes& notes);

}  // namespace vanthu::docx
