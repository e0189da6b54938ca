// Pictures that come with the data: what format they have, how large they are, how they stand in a text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vanthu/file.hpp"

namespace vanthu::docx {

struct picture_format {
  std::string_view extension, type;                // "png", "image/png"
  std::uint32_t width = 0, height = 0;             // in pixels
  std::uint32_t dots_across = 96, dots_down = 96;  // per inch
};
// PNG, JPEG and GIF; nothing when the bytes are none of these, or have no size.
std::optional<picture_format> read_picture(std::string_view bytes);

std::optional<bytes> decode_base64(std::string_view text);  // which may be broken into lines

// In English Metric Units, 36,000 to a millimetre.
struct extent {
  std::int64_t across = 0, down = 0;
};
// The size asked for in millimetres, 0 where nothing is asked; the other side keeps the proportions. Its own size, at
// most the width of a page's text, when nothing is asked at all.
extent size_of(const picture_format& p, std::int64_t width_um, std::int64_t height_um);

struct drawing {
  std::string relation, name, alternative;  // not yet escaped
  std::uint32_t id = 0;
  extent size;
  std::string_view prefix;  // of WordprocessingML: "w:"
  bool strict = false;
};
std::string inline_drawing(const drawing& d);

}  // namespace vanthu::docx
