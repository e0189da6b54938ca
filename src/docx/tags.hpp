// First phase of compiling a part: one pass over its XML finds the tags in its text, however Word has cut them up, and
// the elements around them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "docx/addresses.hpp"
#include "docx/wordml.hpp"
#include "vanthu/diagnostic.hpp"
#include "vanthu/docx.hpp"

namespace vanthu::docx {

inline constexpr std::uint32_t nowhere = 0xffffffff;

struct range {
  std::size_t begin = 0, end = 0;
  bool empty() const { return begin == end; }
};

struct child {
  std::size_t begin = 0, end = 0;
  what is = what::other;
};

// An element around a tag. Other elements leave no trace: memory goes with the tags, not with the document.
struct node {
  what is = what::other;
  bool preserves_space = false;  // of text
  range space;                   // of text: its xml:space, with the white space before it
  bool rows_before = false;      // of a table or row: children that closed before the first tag in it
  std::string_view name;         // as written: "w:p"
  std::uint32_t parent = nowhere;
  std::size_t begin = 0, inner = 0;    // of the start tag; behind it
  std::size_t inner_end = 0, end = 0;  // of the end tag; behind it
  std::vector<range> bindings;         // of a control: what would bring back what it held before
  // Of tables, rows and what must hold paragraphs: the children from the last before the first tag on.
  std::vector<child> children;
};

struct paragraph {
  int number = 0;  // in its part, from 1; 0: none
  std::uint32_t node = nowhere;
  bool only_tags = false;  // nothing else to see in it: no text, picture, break or section end
  bool only_text = false;  // the same, but for text
  bool is_list_item = false;
  std::string text;         // decoded
  std::string place;        // "#p[12]"
  std::vector<range> keep;  // bookmarks and the like: they stay when the paragraph goes
};

enum class tag_kind : unsigned char {
  value,
  open,           // {#x}
  open_inverted,  // {^x}
  open_forced,    // {-w:tr x}
  close,          // {/x}
  otherwise,      // {:else}
  otherwise_if,   // {:elseif x}
  image,          // {%x}
  rich,           // {@x}
  insert,         // {+x}
  field,          // {~x}
  directive,      // {$page}
  delimiters,     // {=[[ ]]=}
};
constexpr bool opens_block(tag_kind k) {
  return k == tag_kind::open || k == tag_kind::open_inverted || k == tag_kind::open_forced;
}

// What a tag stands in, beside text.
enum class spot : unsigned char {
  text,
  field_code,       // w:instrText
  field_attribute,  // w:fldSimple/@w:instr
  relation,         // the address of a link: the target of its relationship
  fragment,         // what stands behind the # of one
  attribute,        // plain text
};

struct tag {
  tag_kind kind = tag_kind::value;
  std::string text;                                   // what stands behind the sign, decoded and trimmed
  std::string element;                                // of a forced block: "w:tr"
  std::string written;                                // with the delimiters
  std::vector<range> ranges;                          // where it stands in the part; one for each piece
  std::uint32_t node = nowhere, tail_node = nowhere;  // text elements of the first and the last piece
  std::uint32_t paragraph = nowhere;                  // it begins in
  std::size_t column = 0;                             // in bytes of the paragraph's text
  spot where = spot::text;
  bool is_index_entry = false;  // of a code: a colon means something
};

// A picture or chart whose alternative text is a tag.
struct placeholder {
  std::string text, written, place;
  range element;             // the drawing as a whole
  range alternative;         // value of the attribute
  std::vector<range> again;  // values of others that say the same
  range relation;            // value of the attribute that names the picture or chart
  std::vector<range> other;  // what goes: the same picture as a drawing
  bool is_chart = false;
};

// A link with tags in its address.
struct link_slot {
  std::vector<text_part> parts;
  std::string shown, place;
  spot where = spot::relation;
  std::vector<range> ranges;     // what it takes the place of
  std::string attribute;         // of a relation: "r:id"
  bool may_be_left_out = false;  // the attribute
  bool needs_quotes = false;     // in a code
};

// A quotation mark to be added to a code.
struct quote {
  std::size_t offset = 0;
  spot where = spot::field_code;
};

struct part_scan {
  bool is_document = false;  // a w:document with a w:body
  range root;                // its start tag
  std::vector<node> nodes;
  std::vector<paragraph> paragraphs;  // that hold tags
  std::vector<tag> tags;              // in the order they begin in
  std::vector<placeholder> placeholders;
  std::vector<link_slot> links;
  std::vector<quote> quotes;
  std::vector<std::string> filled_relations;  // which others take the place of
};

// What a phase says about a part.
struct part_notes {
  std::string source;
  std::string part;
  diagnostics notes;
  static constexpr std::size_t most = 200;  // more are passed over
  bool is_full() const { return notes.size() >= most; }
  // A place in a paragraph's text is shown with a caret before it.
  void add(std::string id, std::vector<std::string> args, std::string_view inside = {});

  // Places in text that is there once more, for programs that cannot show it otherwise (mc:Fallback).
  std::set<std::string, std::less<>> second_places{};
  // What is wrong in both texts is said of the first alone.
  void drop_repeated();
};
std::string with_caret(std::string_view text, std::size_t column);

// Whether a part has w:p or a:p around its text. In the others (properties, caches of charts) each text counts as a
// paragraph of its own.
enum class texts : unsigned char { in_paragraphs, alone };
part_scan find_tags(std::string_view xml, texts where, const compile_options& options, part_notes& notes);

}  // namespace vanthu::docx
