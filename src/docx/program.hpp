// A compiled part: literal pieces, values, jumps and id slots, for the machine in machine.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "docx/expression.hpp"
#include "docx/ids.hpp"
#include "docx/rich.hpp"
#include "docx/structure.hpp"

namespace vanthu::docx {

enum class op : unsigned char {
  literal,      // a: offset in the pool, b: length
  value,        // a: site
  raw,          // a: site; its value is XML
  enter,        // a: site, b: where to go on when there is nothing to repeat
  next,         // a: start of the body, b: behind the block
  unless_true,  // a: site, b: where to go when it is not
  unless_false,
  jump,          // a
  unless_first,  // a: where to go in the first turn of the block around it
  guard_begin,
  guard_paragraph,
  guard_table,
  guard_held_table,
  guard_content,
  guard_end,   // a, b: literal of a paragraph
  hold_begin,  // what follows waits until it is touched
  touch,
  hold_end,  // a, b: literal of the end of the table or row
  image,     // a: site, b: context
  rich_runs,
  rich_blocks,
  field,
  link,           // a: of links
  insert,         // a: site; a document in place of its paragraph
  picture_begin,  // a: site, b: where to go when there is none
  picture_alternative,
  picture_relation,
  restart_lists,   // a: of restarts
  list_number,     // a: slot
  note_reference,  // a: slot
  note_begin,      // a: of notes, b: behind its end
  note_id,
  note_end,       // a: of notes, b: behind its beginning
  count_columns,  // a: of columns
  grid_columns,
  cell_width,         // a: of widths
  cell_span,          // a: of spans
  cell_span_element,  // a: of spans, b: context
  cell_property,      // a: of cells
  skip_unless_spans,  // a: of spans, b: where to go
  skip_if_spanned,    // a: of cells, b: where to go
  skip_if_merged,
  merging_table,  // a: its number among those whose cells merge
  merging_row,    // a: of merging_rows
  merging_cell,   // a: of merging_cells
  kept_merge,     // a: of kept_merges
  drawing_id,     // a: slot
  bookmark_id,
  bookmark_end_id,
  bookmark_name,
  once,           // a: slot; the literal that follows comes only the first time
  shown_picture,  // a: of ids.pictures
  halt,
};

struct operation {
  op what = op::halt;
  std::uint32_t a = 0, b = 0;
};

// How a line break or a tab within a text element is written.
struct break_markup {
  std::string line, tab, page;  // page is empty where it cannot be written
};

// Columns that are counted when their table begins.
struct column {
  std::vector<std::uint32_t> sites;  // rows around them, then they themselves
  std::size_t rows = 0;              // how many of the sites are rows
  std::size_t most = 0;              // turns that Word has columns for
  std::vector<std::int64_t> widths;  // of the grid columns of a turn
  std::string name;
};
enum class cell_property : unsigned char { span, merge, shade };
struct cell {
  cell_property what = cell_property::span;
  std::uint32_t site = 0;
  std::string prefix, old;
  std::vector<std::uint32_t> spans;  // as in cell_slot
  std::uint32_t table = 0;           // among those whose cells merge
};

// A tag: what it asks for and where it stands.
struct site {
  expression asks;
  tag_kind kind = tag_kind::value;
  std::int32_t breaks = -1;      // of break_markup; none: text without line breaks
  std::string written;           // "{a.b}"
  std::string path;              // from the root: "items[].title"
  std::string place;             // "#p[12]"
  std::string around;            // the text around it with a caret
  std::string label;             // of a field
  std::string chart;             // relationship of the chart whose alternative text it is
  std::uint32_t loop = nowhere;  // site of the innermost block around it
  spot where = spot::text;
  bool is_index_entry = false;
  bool hidden = false;     // asked for a second time: not one more tag
  bool is_second = false;  // stands once more, in a fallback
  bool without_bookmark = false;
};

// An address to be made from data.
struct link {
  struct part {
    std::string literal;
    std::uint32_t site = nowhere;  // none: the literal
  };
  std::vector<part> parts;
  spot where = spot::relation;
  std::string attribute;
  bool may_be_left_out = false;
  bool needs_quotes = false;
};

struct program {
  std::string part;
  std::uint32_t entry = 0;  // of the archive
  template_profile profile = template_profile::vanthu;
  std::string namespaces;  // declarations of the part's root, for what is put into it
  std::string pool;        // literals
  std::vector<operation> code;
  std::vector<site> sites;
  std::vector<break_markup> breaks;
  std::vector<run_context> contexts;
  std::vector<std::vector<std::uint32_t>> restarts;  // slots of lists
  std::vector<column> columns;
  std::vector<span_slot> spans;
  std::vector<width_slot> widths;
  std::vector<cell> cells;
  std::uint32_t merging_tables = 0;
  std::vector<row_slot> merging_rows;
  std::vector<grid_cell> merging_cells;
  std::vector<merge_slot> kept_merges;
  std::vector<link> links;
  std::vector<note_slot> notes;               // of a part of notes
  std::vector<std::string> unused_relations;  // of pictures that others take the place of
  std::vector<std::string> filled_relations;  // of links, likewise
  std::string table_prefix;                   // "w:", where columns repeat
  bool makes_ids = false;                     // of drawings or bookmarks, beside those of its blocks
  id_slots ids;
};

// Whether what it writes may go along with changes to other parts: pictures, lists, notes.
bool adds_to_package(const program& p);

// Last phase of compiling: the edits are carried out. Reports what is no expression.
program assemble(std::string_view xml, const part_scan& scan, const compile_options& options, part_plan plan,
                 id_slots ids, part_notes& notes);

}  // namespace vanthu::docx
