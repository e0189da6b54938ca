// What keeps a document from being put into another, in the words of a clerk who looks at it in Word.
#pragma once

#include <string>
#include <string_view>

namespace vanthu::docx {

struct obstacle {
  std::string vi, en;  // each fits behind "because of"
};
[[noreturn]] void refuse(const obstacle& o);  // throws data_fault{"docx.cannot-insert", …}

// What a relationship of this kind leads to ("oleObject"), or an element that stands for it ("altChunk").
obstacle content_of_kind(std::string_view kind);
obstacle link_to(std::string_view address);
obstacle fetching_field(std::string_view name);
// A part that comes along with a chart or a diagram, or the picture in one, by the part's name.
obstacle unknown_part(std::string_view name);
obstacle unknown_picture(std::string_view name);
obstacle note_outside_of_text(bool at_end);
obstacle note_without_text(bool at_end);
obstacle note_in_note();
// Of a document in ISO Strict and a template that is not, or the reverse.
obstacle other_format(bool document_is_strict);

}  // namespace vanthu::docx
