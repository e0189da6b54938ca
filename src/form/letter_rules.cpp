#include <algorithm>
#include <array>

#include "form/checks.hpp"
#include "form/orthography.hpp"
#include "vanthu/value.hpp"

namespace vanthu::form {
namespace {

constexpr std::string_view prescribed_font = "Times New Roman";

bool is_black(std::string_view color) {
  return color == "auto" || color == "000000";
}

// The stamps for urgency are red (Annex I, part I, section III.2.b).
bool is_urgency(const paragraph& at) {
  std::string text;
  for (const auto& run : at.runs) text += run.text;
  const auto key = folded(text);
  return std::ranges::any_of(std::array{"hỏa tốc", "thượng khẩn", "khẩn"},
                             [&](const char* stamp) { return key == folded(stamp); });
}

// Word takes one font for ASCII and another for the rest: which of them prints something here.
std::string_view foreign_font(const run_look& look, std::string_view text) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  const bool ascii = std::ranges::any_of(text, [&](char c) { return is_ascii(c) && c > ' '; });
  const bool other = !std::ranges::all_of(text, is_ascii);
  if (ascii && lower(look.ascii) != lower(prescribed_font)) return look.ascii;
  if (other && lower(look.high_ansi) != lower(prescribed_font)) return look.high_ansi;
  return {};
}

// The first departure of a paragraph from each of the three rules.
void check_paragraph(const paper& p, const paragraph& at, std::string_view part, remarks& out) {
  departure font, color, unicode;
  for (const auto& run : at.runs) {
    if (tidy(run.text).empty() && !run.page_number) continue;
    const auto look = look_of(p, at, run);
    if (look.hidden) continue;
    const std::string_view text = run.page_number ? std::string_view("1") : std::string_view(run.text);
    if (const auto found = foreign_font(look, text); !font && !found.empty()) font.add(found, prescribed_font);
    if (!color && !is_black(look.color)) color.add(look.color, "000000");
    if (const auto fault = find_decomposed(text); !unicode && !fault.found.empty())
      unicode.add(fault.found, fault.prescribed);
  }
  if (color && is_urgency(at)) color = {};
  out.add("form.font", font, part, at.number);
  out.add("form.color", color, part, at.number);
  out.add("form.unicode", unicode, part, at.number);
}

}  // namespace

void check_letters(const paper& p, remarks& out) {
  for (const auto& at : p.text.paragraphs) check_paragraph(p, at, p.main, out);
  std::vector<std::string_view> seen;
  for (const auto& [id, header] : p.headers) {
    if (std::ranges::find(seen, header.part) != seen.end()) continue;
    seen.push_back(header.part);
    for (const auto& at : header.text.paragraphs) check_paragraph(p, at, header.part, out);
  }
}

}  // namespace vanthu::form
