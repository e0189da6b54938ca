// Third phase of compiling a part: ids that must stay unique when a block repeats them.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "docx/numbering.hpp"
#include "docx/structure.hpp"

namespace vanthu::docx {

// Where ids and names of a template leave room for new ones.
struct used_ids {
  std::uint32_t drawing = 0;  // the ids behind it are free
  std::uint32_t bookmark = 0;
  std::set<std::string, std::less<>> names;  // of bookmarks, that are taken
};
struct taken_ids {
  std::vector<std::uint32_t> drawings, bookmarks;
  std::set<std::string, std::less<>> names;
};
void note_ids(std::string_view xml, taken_ids& taken);
used_ids room_beside(taken_ids taken);

struct bookmark_slot {
  std::string id, name;  // as written
};
struct list_slot {
  std::string number;       // as written
  std::uint32_t block = 0;  // whose turns begin the list anew
};
struct note_slot {
  bool at_end = false;          // an endnote
  std::string id;               // as written
  bool only_in_blocks = false;  // of a note: nothing else refers to it
};
// A relationship of a picture, and how often blocks show it. One that nothing else shows goes when no block comes.
struct picture_slot {
  std::string relation;
  std::size_t places = 0;
};
struct id_slots {
  std::vector<note_slot> notes;       // references in blocks: each turn has a note of its own
  std::vector<std::string> drawings;  // ids as written
  std::vector<bookmark_slot> bookmarks;
  std::vector<list_slot> lists;
  std::vector<std::string> texts;  // to add: what makes a paragraph numbered by its style one of a list
  std::vector<picture_slot> pictures;
  std::uint32_t once = 0;
  bool empty() const { return drawings.empty() && bookmarks.empty() && lists.empty() && notes.empty() && once == 0; }
};

// Adds edits for what lies in blocks. Paragraph and text ids (w14) and those of content controls, which Word gives out
// again by itself, are left out; drawings and bookmarks are numbered; comments stay with the first copy; lists begin
// anew where the template asks for it, those of styles (`numbers`) too. `torn` receives the blocks that begin or end in
// the middle of a field: copies of them would not be fields.
id_slots find_ids(std::string_view xml, part_plan& plan, const styled_numbers& numbers, std::set<std::uint32_t>& torn);

// The notes of a part of notes, each of which may come several times. Adds edits; returns their ids as written.
std::vector<note_slot> find_notes(std::string_view xml, std::vector<edit>& edits);

}  // namespace vanthu::docx
