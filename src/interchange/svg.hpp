// A few shapes of SVG, and texts that fit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vanthu::svg {

struct style {
  int size = 12;
  std::string_view fill = "#222222", anchor = "start", weight = "normal";
};

std::string escaped(std::string_view text);
// How wide a text is about, in pixels; Vietnamese marks take no room.
double width(std::string_view text, int size);
std::string fitted(std::string_view text, double room, int size);  // cut with «…»
// At most `lines` lines broken between words, the last one fitted.
std::vector<std::string> wrapped(std::string_view text, double room, int size, std::size_t lines);

void begin(std::string& out, double w, double h, std::string_view title);
void end(std::string& out);
void rect(std::string& out, double x, double y, double w, double h, std::string_view attributes);
void line(std::string& out, double x1, double y1, double x2, double y2, std::string_view attributes);
void text(std::string& out, double x, double y, std::string_view words, const style& how = {});
void shape(std::string& out, std::string_view path, std::string_view attributes);
std::string number(double n);  // one decimal, without a sign for zero

}  // namespace vanthu::svg
