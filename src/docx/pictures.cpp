#include "docx/pictures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

constexpr std::int64_t per_millimetre = 36'000;
constexpr std::int64_t per_inch = 914'400;
constexpr std::int64_t widest = 160 * per_millimetre;  // text of an A4 page between the margins of Decree 30
constexpr std::int64_t most = 27'273'042'316'900;      // of ST_PositiveCoordinate

std::uint32_t number_at(std::string_view bytes, std::size_t at, int length, bool big) {
  std::uint32_t out = 0;
  for (int i = 0; i < length; ++i) {
    const auto place = at + static_cast<std::size_t>(big ? i : length - 1 - i);
    out = out << 8U | static_cast<unsigned char>(bytes[place]);
  }
  return out;
}

std::optional<picture_format> read_png(std::string_view bytes) {
  constexpr std::string_view head("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  if (bytes.size() < 33 || !bytes.starts_with(head)) return {};
  picture_format p{"png", "image/png", number_at(bytes, 16, 4, true), number_at(bytes, 20, 4, true)};
  for (std::size_t at = 33; bytes.size() - at >= 21 && bytes.substr(at + 4, 4) != "IDAT";) {
    const auto length = number_at(bytes, at, 4, true);
    if (bytes.substr(at + 4, 4) == "pHYs" && length == 9 && bytes[at + 16] == 1) {
      constexpr std::uint64_t tenths_of_millimetre = 254;  // of an inch
      p.dots_across =
          static_cast<std::uint32_t>((number_at(bytes, at + 8, 4, true) * tenths_of_millimetre + 5000) / 10000);
      p.dots_down =
          static_cast<std::uint32_t>((number_at(bytes, at + 12, 4, true) * tenths_of_millimetre + 5000) / 10000);
    }
    if (bytes.size() - at - 12 < length) break;
    at += std::size_t{12} + length;
  }
  return p;
}

std::optional<picture_format> read_gif(std::string_view bytes) {
  if (bytes.size() < 10 || !(bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a"))) return {};
  return picture_format{"gif", "image/gif", number_at(bytes, 6, 2, false), number_at(bytes, 8, 2, false)};
}

bool is_start_of_frame(unsigned char marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

std::optional<picture_format> read_jpeg(std::string_view bytes) {
  if (!bytes.starts_with("\xff\xd8\xff")) return {};
  picture_format p{"jpeg", "image/jpeg"};
  for (std::size_t at = 2; at + 9 < bytes.size();) {
    if (bytes[at] != '\xff') return {};
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0xff) {
      ++at;
      continue;
    }
    const auto length = number_at(bytes, at + 2, 2, true);
    if (is_start_of_frame(marker)) {
      p.height = number_at(bytes, at + 5, 2, true);
      p.width = number_at(bytes, at + 7, 2, true);
      return p;
    }
    if (marker == 0xe0 && at + 16 < bytes.size() && bytes.substr(at + 4, 4) == "JFIF" && bytes[at + 11] == 1) {
      p.dots_across = number_at(bytes, at + 12, 2, true);
      p.dots_down = number_at(bytes, at + 14, 2, true);
    }
    if (length < 2) return {};
    at += std::size_t{2} + length;
  }
  return {};
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// a * b / c, whatever a * b comes to; at most what a length can be.
std::int64_t in_proportion(std::int64_t a, std::int64_t b, std::int64_t c) {
  __extension__ using wide = __int128;
  return static_cast<std::int64_t>(std::min<wide>(static_cast<wide>(a) * b / c, most));
}

}  // namespace

std::optional<picture_format> read_picture(std::string_view bytes) {
  auto p = read_png(bytes);
  if (!p) p = read_jpeg(bytes);
  if (!p) p = read_gif(bytes);
  if (!p || p->width == 0 || p->height == 0) return {};
  if (p->dots_across == 0 || p->dots_down == 0) p->dots_across = p->dots_down = 96;
  return p;
}

std::optional<bytes> decode_base64(std::string_view text) {
  bytes out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  unsigned count = 0;
  bool has_ended = false;
  for (const char c : text) {
    if (c == '\n' || c == '\r' || c == ' ') continue;
    has_ended = has_ended || c == '=';
    if (c == '=') continue;
    const auto digit = base64_digit(c);
    if (digit < 0 || has_ended) return {};
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out.push_back(static_cast<std::byte>(bits >> count & 0xffU));
  }
  return out;
}

extent size_of(const picture_format& p, std::int64_t width_um, std::int64_t height_um) {
  const auto own_across = std::max<std::int64_t>(1, per_inch * p.width / p.dots_across);
  const auto own_down = std::max<std::int64_t>(1, per_inch * p.height / p.dots_down);
  extent e{width_um * per_millimetre / 1000, height_um * per_millimetre / 1000};
  if (width_um == 0 && height_um == 0) e.across = std::min(own_across, widest);
  if (e.down == 0) e.down = in_proportion(e.across, own_down, own_across);
  if (e.across == 0) e.across = in_proportion(e.down, own_across, own_down);
  e.across = std::clamp<std::int64_t>(e.across, 1, most);
  e.down = std::clamp<std::int64_t>(e.down, 1, most);
  return e;
}

std::string inline_drawing(const drawing& d) {
  const std::string base =
      d.strict ? "http://purl.oclc.org/ooxml/drawingml/" : "http://schemas.openxmlformats.org/drawingml/2006/";
  const std::string relations = d.strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
                                         : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  std::string name, alternative;
  xml::append_escaped_attribute(name, d.name);
  xml::append_escaped_attribute(alternative, d.alternative);
  return fmt::format(
      "<{0}drawing><wp:inline xmlns:wp=\"{1}wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
      "<wp:extent cx=\"{2}\" cy=\"{3}\"/><wp:docPr id=\"{4}\" name=\"{5}\" descr=\"{6}\"/><wp:cNvGraphicFramePr>"
      "<a:graphicFrameLocks xmlns:a=\"{1}main\" noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>"
      "<a:graphic xmlns:a=\"{1}main\"><a:graphicData uri=\"{1}picture\"><pic:pic xmlns:pic=\"{1}picture\">"
      "<pic:nvPicPr><pic:cNvPr id=\"{4}\" name=\"{5}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
      "<a:blip xmlns:r=\"{7}\" r:embed=\"{8}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
      "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"{2}\" cy=\"{3}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>"
      "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></{0}drawing>",
      d.prefix, base, d.size.across, d.size.down, d.id, name, alternative, relations, d.relation);
}

}  // namespace vanthu::docx
