#include "interchange/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "xml/tokens.hpp"

namespace vanthu::svg {
namespace {

bool is_inside(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Of Liberation Sans, roughly, in thousandths of the size.
double width_of(char c) {
  constexpr std::string_view narrow = "iljtfrI.,:;'!|()[] ", wide = "mwMW%@";
  if (narrow.find(c) != std::string_view::npos) return 0.31;
  if (wide.find(c) != std::string_view::npos) return 0.86;
  return c >= 'A' && c <= 'Z' ? 0.68 : 0.56;
}

// Marks that combine are of letters before them: U+0300 to U+036F begin with these bytes.
bool is_mark(std::string_view rest) {
  return rest.size() > 1 && (rest[0] == '\xCC' || (rest[0] == '\xCD' && static_cast<unsigned char>(rest[1]) < 0xB0U));
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  xml::append_escaped(out, text);
  return out;
}

double width(std::string_view text, int size) {
  double sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!is_inside(text[i]) && !is_mark(text.substr(i))) sum += width_of(text[i]);
  return sum * size;
}

std::string fitted(std::string_view text, double room, int size) {
  if (width(text, size) <= room) return std::string(text);
  room -= width("…", size);
  std::size_t end = 0;
  for (std::size_t i = 1; i <= text.size(); ++i) {
    if (i < text.size() && is_inside(text[i])) continue;
    if (width(text.substr(0, i), size) > room) break;
    end = i;
  }
  while (end > 0 && text[end - 1] == ' ') --end;
  return std::string(text.substr(0, end)) + "…";
}

std::vector<std::string> wrapped(std::string_view text, double room, int size, std::size_t lines) {
  std::vector<std::string> out;
  while (!text.empty() && out.size() + 1 < lines && width(text, size) > room) {
    std::size_t cut = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] == ' ' && width(text.substr(0, i), size) <= room) cut = i;
    if (cut == 0) break;
    out.emplace_back(text.substr(0, cut));
    text.remove_prefix(cut + 1);
  }
  if (!text.empty()) out.push_back(fitted(text, room, size));
  return out;
}

std::string number(double n) {
  auto out = fmt::format("{:.1f}", std::abs(n) < 0.05 ? 0.0 : n);
  if (out.ends_with(".0")) out.resize(out.size() - 2);
  return out;
}

void begin(std::string& out, double w, double h, std::string_view title) {
  out += fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" "
      "height=\"{1}\" "
      "viewBox=\"0 0 {0} {1}\" font-family=\"'Liberation Sans', Arial, sans-serif\">\n<title>{2}</title>\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n",
      number(w), number(h), escaped(title));
}

void end(std::string& out) {
  out += "</svg>\n";
}

void rect(std::string& out, double x, double y, double w, double h, std::string_view attributes) {
  out += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}/>\n", number(x), number(y), number(w),
                     number(h), attributes);
}

void line(std::string& out, double x1, double y1, double x2, double y2, std::string_view attributes) {
  out += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {}/>\n", number(x1), number(y1), number(x2),
                     number(y2), attributes);
}

void text(std::string& out, double x, double y, std::string_view words, const style& how) {
  out += fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"", number(x), number(y), how.size, how.fill);
  if (how.anchor != "start") out += fmt::format(" text-anchor=\"{}\"", how.anchor);
  if (how.weight != "normal") out += fmt::format(" font-weight=\"{}\"", how.weight);
  out += fmt::format(">{}</text>\n", escaped(words));
}

void shape(std::string& out, std::string_view path, std::string_view attributes) {
  out += fmt::format("<path d=\"{}\" {}/>\n", path, attributes);
}

}  // namespace vanthu::svg
