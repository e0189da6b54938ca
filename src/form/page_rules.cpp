#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <set>
#include <span>

#include "form/checks.hpp"

namespace vanthu::form {
namespace {

constexpr int paper_tolerance = 2;   // twips: official files use 11907 x 16840
constexpr int margin_tolerance = 3;  // twips: the decree's own file has 1418 and 1985

struct bounds {
  int low, high;  // millimetres
};
// Top, bottom, left, right. The decree does not say whether the margins of a page on its side are those of the page or
// those of the sheet, turned with it so that the edge that is bound comes to lie on top: such a page may have either.
constexpr bounds margins[] = {{20, 25}, {20, 25}, {30, 35}, {15, 20}};
constexpr bounds turned_margins[] = {{30, 35}, {15, 20}, {20, 25}, {20, 25}};

constexpr int to_twips(int millimetres) {
  return millimetres * 56'693 / 1'000;
}

// Millimetres with one decimal, a comma before it: "25,4".
std::string millimetres(int twips) {
  const auto tenths = (static_cast<long long>(std::abs(twips)) * 10'000 + 28'346) / 56'693;
  const auto sign = twips < 0 ? "-" : "";
  return tenths % 10 == 0 ? fmt::format("{}{}", sign, tenths / 10)
                          : fmt::format("{}{},{}", sign, tenths / 10, tenths % 10);
}

int first_paragraph(const paper& p, const section& s) {
  return s.begin < p.text.paragraphs.size() ? p.text.paragraphs[s.begin].number : 1;
}

bool near(int value, int wanted) {
  return std::abs(value - wanted) <= paper_tolerance;
}

bool is_sideways(const section& s) {
  return s.has_size && near(s.width, 16'838) && near(s.height, 11'906);
}

// On its side lies what has tables, or is an annex.
void check_paper(const paper& p, const section& s, bool is_annex, remarks& out) {
  const int width = s.has_size ? s.width : 12'240, height = s.has_size ? s.height : 15'840;  // Word's default: Letter
  const bool upright = near(width, 11'906) && near(height, 16'838);
  departure d;
  if (!upright && !(is_sideways(s) && (s.has_table || is_annex)))
    d.add(fmt::format("{} x {} mm", millimetres(width), millimetres(height)), "210 x 297 mm");
  out.add("form.paper", d, p.main, first_paragraph(p, s));
}

bool are_within(std::span<const int, 4> found, std::span<const bounds, 4> wanted) {
  for (std::size_t i = 0; i < 4; ++i)
    if (found[i] < to_twips(wanted[i].low) - margin_tolerance || found[i] > to_twips(wanted[i].high) + margin_tolerance)
      return false;
  return true;
}

void check_margins(const paper& p, const section& s, remarks& out) {
  const std::array found{s.has_margins ? s.top : 1440, s.has_margins ? s.bottom : 1440,
                         s.has_margins ? s.left + s.gutter : 1440, s.has_margins ? s.right : 1440};
  if (are_within(found, margins) || (is_sideways(s) && are_within(found, turned_margins))) return;
  departure d;
  d.add(fmt::format("{} / {} / {} / {} mm", millimetres(found[0]), millimetres(found[1]), millimetres(found[2]),
                    millimetres(found[3])),
        is_sideways(s) ? "20-25 / 20-25 / 30-35 / 15-20 mm, 30-35 / 15-20 / 20-25 / 20-25 mm"
                       : "20-25 / 20-25 / 30-35 / 15-20 mm");
  out.add("form.margins", d, p.main, first_paragraph(p, s));
}

struct number_field {
  const paragraph* home = nullptr;
  const text_run* run = nullptr;
};
number_field find_page_number(const story& header) {
  for (const auto& at : header.paragraphs)
    for (const auto& run : at.runs)
      if (run.page_number) return {&at, &run};
  return {};
}

const header_part* header_of(const paper& p, const section& s, std::string_view type) {
  const auto id = s.headers.find(type);
  if (id == s.headers.end()) return nullptr;
  const auto found = p.headers.find(id->second);
  return found == p.headers.end() ? nullptr : &found->second;
}

// How the number stands in a header that has one.
void check_number_look(const paper& p, const header_part& header, const number_field& field, remarks& out) {
  departure d;
  const auto look = look_of(p, *field.home, *field.run);
  if (look.size < 26 || look.size > 28) d.add(points(look.size), "13-14 pt");
  if (look.italic) d.add("Italic", "Regular");
  const auto around = look_of(p, *field.home);
  const auto jc = around.jc.value_or(alignment::left);
  // A tab before the number leads to the tab stop in the middle of Word's own header style.
  const bool tabbed = !field.home->runs.empty() && field.home->runs.front().text.starts_with('\t');
  if (jc != alignment::center && !around.frame_centered.value_or(false) && !tabbed)
    d.add(name(jc), name(alignment::center));
  out.add("form.page-number", d, header.part, field.home->number);
}

void check_page_numbers(const paper& p, remarks& out) {
  std::set<std::string_view> seen;
  for (const auto& s : p.text.sections)
    for (const auto type : {"default", "even"}) {
      if (type == std::string_view("even") && !p.even_and_odd) continue;
      const auto* header = header_of(p, s, type);
      const auto field = header != nullptr ? find_page_number(header->text) : number_field{};
      if (field.run == nullptr) {
        departure d;
        d.add("", "PAGE, Header, 13-14 pt, Centered");
        out.add("form.page-number", d, p.main, first_paragraph(p, s));
      } else if (seen.insert(header->part).second) {
        check_number_look(p, *header, field, out);
      }
    }
  if (p.text.sections.empty()) return;
  const auto& first = p.text.sections.front();
  departure d;
  if (!first.title_page)
    d.add("Different First Page: off", "Different First Page: on");
  else if (const auto* header = header_of(p, first, "first");
           header != nullptr && find_page_number(header->text).run != nullptr)
    d.add("PAGE, First Page Header", "-");
  if (first.number_format != "decimal") d.add(first.number_format, "1, 2, 3");
  if (first.number_start.value_or(1) != 1) d.add(fmt::format("{}", *first.number_start), "1");
  out.add("form.page-number", d, p.main, first_paragraph(p, first));
}

}  // namespace

void check_pages(const paper& p, const outline& o, remarks& out) {
  for (const auto& s : p.text.sections) {
    check_paper(p, s, s.begin >= o.annexes_from, out);
    check_margins(p, s, out);
  }
  check_page_numbers(p, out);
}

}  // namespace vanthu::form
