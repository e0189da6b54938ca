// Second phase of compiling a part: which tags belong together, what each block repeats (text, paragraphs or rows), and
// what must be put right when it repeats nothing. The result is a list of edits of the part's XML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "docx/tags.hpp"

namespace vanthu::docx {

enum class act : unsigned char {
  cut,              // takes `length` bytes away
  preserve_space,   // xml:space for a text element a tag stood in
  guard_begin,      // around what must hold a paragraph and end with one; a: its node
  guard_paragraph,
  guard_table,
  guard_held_table,  // a table that may not have come
  guard_end,        // a: the node
  hold_begin,       // around a table that must hold a row; a: its node
  touch,            // before a row of it
  hold_end,
  enter,            // of a block; a: its number
  alternative,      // a: its number, the tags coming one after the other
  leave,
  value,            // a: the tag
  drawing_id,       // in place of an attribute's value; a: its slot
  bookmark_id,      // a: the bookmark's slot
  bookmark_end_id,
  bookmark_name,
  once,             // `length` bytes that come only the first time; a: the slot
};

struct edit {
  std::size_t offset = 0;
  std::size_t length = 0;     // bytes that go
  unsigned char rank = 0;     // at the same offset: 0 ends an element, 1 belongs to a tag, 2 begins an element
  std::uint32_t order = 0;    // at the same offset and rank: the tag
  act what = act::cut;
  std::uint32_t a = 0;
};

enum class tag_kind : unsigned char { value, open, open_inverted, close, otherwise, otherwise_if };
tag_kind kind_of(std::string_view text);
std::string_view argument_of(std::string_view text);  // what stands behind the sign

struct block {
  std::uint32_t opener = 0, closer = 0;  // tags
  std::vector<std::uint32_t> alternatives;
  std::size_t begin = 0, end = 0;        // what it repeats
};

struct part_plan {
  std::vector<block> blocks;
  std::vector<edit> edits;
};

part_plan find_structure(const part_scan& scan, const docx_limits& limits, part_notes& notes);

// What must be put right when blocks repeat nothing: adds guards and holds to `plan.edits`. The blocks' levels say where.
enum class level : unsigned char { text, paragraphs, rows };
struct placed_block {
  docx::level level = level::text;
  std::uint32_t around = nowhere;  // node all of it lies in
  std::size_t begin = 0, end = 0;
};
void add_repairs(const part_scan& scan, const std::vector<placed_block>& blocks, const std::vector<range>& gone,
                 std::vector<edit>& edits);

}  // namespace vanthu::docx
