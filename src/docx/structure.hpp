// Second phase of compiling a part: which tags belong together, what each block repeats (text, paragraphs, rows, cells
// or sections), and what must be put right when it repeats nothing. The result is a list of edits of the part's XML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "docx/tags.hpp"

namespace vanthu::docx {

enum class act : unsigned char {
  cut,             // takes `length` bytes away
  preserve_space,  // xml:space for a text element a tag stood in, in place of `length` bytes
  guard_begin,     // around what must hold a paragraph and end with one; a: its node
  guard_paragraph,
  guard_table,
  guard_held_table,  // a table that may not have come
  guard_content,     // where rich text stood
  guard_end,         // a: the node
  hold_begin,        // around a table that must hold a row, or a row that must hold a cell; a: its node
  touch,             // before a child of it
  hold_end,
  enter,        // of a block; a: its number
  alternative,  // a: its number, the tags coming one after the other
  leave,
  section_break,  // before every turn of a block but the first; a: its number
  content,        // what a tag stands for; a: the tag
  link,           // a: of the links
  quote,          // a: of the quotes
  drawing_id,     // in place of an attribute's value; a: its slot
  bookmark_id,    // a: the bookmark's slot
  bookmark_end_id,
  bookmark_name,
  note_reference,  // in place of the id of a note; a: its slot
  note_begin,      // of a note, in the part of notes; a: its number
  note_id,
  note_end,
  list_number,    // in place of the number of a list; a: its slot
  added_text,     // a: of the texts to add
  restart_lists,  // at the beginning of a turn; a: the block
  picture_begin,  // of a drawing whose alternative text is a tag, to the skip_end; a: the placeholder
  picture_alternative,
  picture_relation,
  // Of tables; see tables.hpp.
  count_columns,  // a: of columns
  grid_columns,   // in place of `length` bytes; a: of columns
  cell_width,     // in place of a width; a: of widths
  cell_span,      // in place of a span; a: of spans
  cell_span_element,
  open_properties,  // a: the table
  close_properties,
  cell_property,      // a: of cells
  skip_unless_spans,  // from here to the skip_end; a: of spans
  skip_if_spanned,    // a: of cells
  skip_if_merged,
  skip_end,
  skip_end_filled,  // with a paragraph in place of what was skipped; a: the table
  merging_table,    // begins; a: its number among those whose cells merge
  merging_row,      // a: of merging_rows
  merging_cell,     // a: of merging_cells
  kept_merge,       // in place of a merge of the template that goes on, or where one begins; a: of kept_merges
  once,             // `length` bytes that come only the first time; a: the slot
  shown_picture,    // a picture comes; a: of id_slots::pictures
};

struct edit {
  std::size_t offset = 0;
  std::size_t length = 0;   // bytes that go
  unsigned char rank = 0;   // at the same offset: 0 ends an element, 1 belongs to a tag, 2 begins an element
  std::uint32_t order = 0;  // at the same offset and rank: the tag
  act what = act::cut;
  std::uint32_t a = 0;
};

// Around what may be passed over: at its beginning the program may go on behind its end. Neither comes without the
// other; and as skips stand around elements, or around all there is in one, each ends before the one it lies in.
inline void add_skip(std::vector<edit>& edits, const edit& begin, const edit& end) {
  edits.push_back(begin);
  edits.push_back(end);
}

enum class level : unsigned char { text, paragraphs, rows, cells, sections };

struct block {                           // the blocks of a part stand as their openers do
  std::uint32_t opener = 0, closer = 0;  // tags
  std::vector<std::uint32_t> alternatives;
  std::uint32_t parent = nowhere;  // the block around it
  docx::level level = docx::level::text;
  std::uint32_t around = nowhere;  // node all of it lies in
  std::size_t begin = 0, end = 0;  // what it repeats
  range section;                   // properties of the section that has to end between two turns
};

// A stretch of grid columns that a block repeats.
struct column_group {
  std::vector<std::uint32_t> blocks;  // the rows around it that are repeated, and itself
  std::size_t most = 0;               // turns that Word has columns for
  std::vector<std::int64_t> widths;   // of the grid columns of the stretch
  std::string name;                   // "w:gridCol"
};
struct span_slot {
  struct part {
    std::uint32_t group = 0;
    std::size_t width = 0;  // grid columns of a turn
  };
  std::vector<part> groups;
  std::size_t rest = 0;  // grid columns that are not repeated
};
struct width_slot {
  std::uint32_t group = 0;
  std::int64_t width = 0;
};
struct cell_slot {
  std::uint32_t tag = 0;
  std::string old;                   // what the template says
  std::vector<std::uint32_t> spans;  // grid columns of it and of those behind it that it may span; none: not its own
  std::uint32_t table = nowhere;     // among those whose cells merge
};
// Where the rows and cells of a table whose cells merge lie in its grid.
struct row_slot {
  std::uint32_t table = 0;
  std::size_t before = 0;  // grid columns before its first cell
};
struct grid_cell {
  std::uint32_t table = 0;
  std::size_t span = 1;           // grid columns,
  std::uint32_t spans = nowhere;  // or of spans
};

struct merge_slot {
  std::uint32_t table = 0;
  bool goes_on = false;
  std::string prefix;  // "w:"
};

struct part_plan {
  std::vector<block> blocks;
  std::vector<edit> edits;
  std::vector<column_group> columns;
  std::vector<span_slot> spans;
  std::vector<width_slot> widths;
  std::vector<cell_slot> cells;
  std::vector<std::uint32_t> vanishing;  // tables all of whose columns may be none
  std::uint32_t merging_tables = 0;
  std::vector<row_slot> merging_rows;
  std::vector<grid_cell> merging_cells;
  std::vector<merge_slot> kept_merges;
  std::vector<bool> restarts;         // of blocks: their turns begin lists anew
  std::vector<bool> fills_paragraph;  // of tags: they stand for paragraphs, and theirs is gone
};

part_plan find_structure(std::string_view xml, const part_scan& scan, const compile_options& options,
                         part_notes& notes);

// What must be put right when blocks repeat nothing: adds guards and holds to `edits`. The blocks' levels say where.
struct placed_range {
  docx::level level = docx::level::text;
  std::uint32_t around = nowhere;
  std::size_t begin = 0, end = 0;
};
struct gone_paragraph {
  range where;
  bool filled = false;  // by rich text, which may hold no paragraph or end with a table
};
void add_repairs(const part_scan& scan, const std::vector<placed_range>& placed,
                 const std::vector<gone_paragraph>& gone, const std::vector<std::uint32_t>& vanishing,
                 std::vector<edit>& edits);

// The sections of a document: `properties` is where each one's w:sectPr stands.
struct section {
  range content;
  range properties;
  bool is_last = false;  // its properties stand at the end of the body
};
std::vector<section> find_sections(std::string_view xml, const node& body);

}  // namespace vanthu::docx
