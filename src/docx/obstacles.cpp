#include "docx/obstacles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "docx/expression.hpp"

namespace vanthu::docx {
namespace {

struct known_content {
  std::string_view kind, vi, en;
};
constexpr known_content known_contents[] = {
    {"altChunk", "nội dung nhập từ tệp khác (altChunk)", "content imported from another file (altChunk)"},
    {"audio", "âm thanh hoặc phim", "a sound or film"},
    {"chart", "biểu đồ nằm ở tệp khác", "a chart that is in another file"},
    {"chartEx", "biểu đồ nằm ở tệp khác", "a chart that is in another file"},
    {"control", "điều khiển ActiveX", "an ActiveX control"},
    {"image", "hình ảnh chỉ được liên kết", "a picture that is only linked"},
    {"media", "âm thanh hoặc phim", "a sound or film"},
    {"oleObject", "đối tượng nhúng", "an embedded object"},
    {"package", "đối tượng nhúng", "an embedded object"},
    {"subDoc", "tài liệu con", "a subdocument"},
    {"video", "âm thanh hoặc phim", "a sound or film"},
};

obstacle note(bool at_end, std::string_view vi, std::string_view en) {
  return {fmt::format("{} {}", at_end ? "chú thích cuối tài liệu (endnote)" : "chú thích chân trang (footnote)", vi),
          fmt::format("{} {}", at_end ? "an endnote" : "a footnote", en)};
}

}  // namespace

void refuse(const obstacle& o) {
  throw data_fault{"docx.cannot-insert", {o.vi, o.en}};
}

obstacle content_of_kind(std::string_view kind) {
  const auto* known = std::ranges::find(known_contents, kind, &known_content::kind);
  if (known != std::end(known_contents)) return {std::string(known->vi), std::string(known->en)};
  return {fmt::format("nội dung không rõ loại ({})", kind), fmt::format("content of an unknown kind ({})", kind)};
}

obstacle link_to(std::string_view address) {
  return {fmt::format("liên kết tới «{}»", address), fmt::format("a link to {}", address)};
}

obstacle fetching_field(std::string_view name) {
  return {fmt::format("trường {} lấy dữ liệu từ nơi khác", name),
          fmt::format("the field {}, which fetches something from elsewhere", name)};
}

obstacle unknown_part(std::string_view name) {
  return {fmt::format("dữ liệu không rõ loại của biểu đồ hoặc SmartArt ({})", name),
          fmt::format("data of an unknown kind in a chart or SmartArt ({})", name)};
}

obstacle unknown_picture(std::string_view name) {
  return {fmt::format("hình ảnh có định dạng lạ ({})", name), fmt::format("a picture of an unknown format ({})", name)};
}

obstacle note_outside_of_text(bool at_end) {
  return note(at_end, "ở nơi không thể có chú thích", "where there can be none");
}

obstacle note_without_text(bool at_end) {
  return note(at_end, "không có nội dung", "without a text");
}

obstacle note_in_note() {
  return {"chú thích nằm trong một chú thích khác", "a note within another one"};
}

obstacle other_format(bool document_is_strict) {
  if (document_is_strict)
    return {"định dạng Strict Open XML của tài liệu, khác với mẫu",
            "its format, Strict Open XML, which is not that of the template"};
  return {"định dạng của tài liệu, khác với định dạng Strict Open XML của mẫu",
          "its format, which is not that of the template, Strict Open XML"};
}

}  // namespace vanthu::docx
