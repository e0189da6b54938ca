#include <fmt/format.h>

#include <cstdlib>

#include "form/checks.hpp"

namespace vanthu::form {
namespace {

constexpr int indent_tolerance = 6;  // twips, a tenth of a millimetre
constexpr int least_gap = 120;       // twips, 6 pt
constexpr int one_line = 240, most_lines = 360;

bool near(int value, int wanted) {
  return std::abs(value - wanted) <= indent_tolerance;
}

void check_size(const paper&, const line& l, departure& d) {
  if (l.low >= 26 && l.high <= 28) return;
  d.add(l.low == l.high ? points(l.low) : points(l.low) + " - " + points(l.high), "13-14 pt");
}

// Lists and lines that begin with a tab carry their indent elsewhere.
void check_indent(const line& l, const paragraph_layer& look, departure& d) {
  if (look.numbered.value_or(false) || l.after_tab) return;
  const int found = look.first_line.value_or(0);
  if (near(found, 567) || near(found, 720)) return;
  const auto hundredths = (static_cast<long long>(std::abs(found)) * 100 + 283) / 567;
  d.add(fmt::format("{}{},{:02} cm", found < 0 ? "-" : "", hundredths / 100, hundredths % 100), "1 cm, 1,27 cm");
}

std::string lines(int amount) {
  const auto tenths = (static_cast<long long>(amount) * 10 + one_line / 2) / one_line;
  return fmt::format("{},{} lines", tenths / 10, tenths % 10);
}

// A single line of Times New Roman is 1.15 times its size: 11.5 twips for a half point.
void check_line_spacing(const line& l, const paragraph_layer& look, departure& d) {
  const int amount = look.line.value_or(one_line);
  switch (look.rule.value_or(line_rule::automatic)) {
    case line_rule::automatic:
      if (amount < one_line || amount > most_lines) d.add(lines(amount), "1,0 - 1,5 lines");
      return;
    case line_rule::exact:
      if (amount < l.high * 11 || amount > l.high * 69 / 4) d.add(points(amount / 10), "1,0 - 1,5 lines");
      return;
    case line_rule::at_least:
      if (amount > l.high * 69 / 4) d.add(points(amount / 10), "1,0 - 1,5 lines");
      return;
  }
}

}  // namespace

void check_body(const paper& p, const outline& o, remarks& out) {
  const line* last = nullptr;
  for (const auto index : o.body) {
    const auto& l = p.lines[index];
    const auto& at = p.paragraph_of(l);
    departure size;
    check_size(p, l, size);
    out.add("form.body", size, at);
    if (last != nullptr && last->paragraph == l.paragraph) continue;
    const auto look = look_of(p, at);
    departure indent, gap, spacing, justify;
    check_indent(l, look, indent);
    out.add("form.indent", indent, at);
    if (last != nullptr && last->paragraph + 1 == l.paragraph) {
      const auto& above = p.paragraph_of(*last);
      if (const int found = gap_between(p, above, at); found < least_gap) gap.add(points(found / 10), "6 pt");
    }
    out.add("form.spacing", gap, at);
    check_line_spacing(l, look, spacing);
    out.add("form.line-spacing", spacing, at);
    if (const auto jc = look.jc.value_or(alignment::left); jc != alignment::justified)
      justify.add(name(jc), name(alignment::justified));
    out.add("form.justify", justify, at);
    last = &l;
  }
}

}  // namespace vanthu::form
