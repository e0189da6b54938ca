#include "form/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "form/orthography.hpp"
#include "vanthu/value.hpp"

namespace vanthu::form {
namespace {

constexpr auto error = severity::error;
constexpr auto warning = severity::warning;
constexpr auto named = static_cast<unsigned>(sample::named_document);
constexpr auto letter = static_cast<unsigned>(sample::letter);
constexpr auto both = named | letter;
constexpr auto all = both | static_cast<unsigned>(sample::annex);

constexpr std::array table{
    rule{"form.paper", "form.paper-rule", "Mục I.1, I.2", error, all},
    rule{"form.margins", "form.margins-rule", "Mục I.3", error, all},
    rule{"form.page-number", "form.page-number-rule", "Mục I.7", error, all},
    rule{"form.font", "form.font-rule", "Mục I.4", error, all},
    rule{"form.color", "form.color-rule", "Mục I.4", error, all},
    rule{"form.unicode", "form.unicode-rule", "Mục I.4", error, all},
    rule{"form.national-name", "form.national-name-rule", "Mục II.1.a", error, both},
    rule{"form.motto", "form.motto-rule", "Mục II.1.b", error, both},
    rule{"form.superior", "form.superior-rule", "Mục II.2.b", error, both},
    rule{"form.issuer", "form.issuer-rule", "Mục II.2.b", error, both},
    rule{"form.number", "form.number-rule", "Mục II.3.c", error, both},
    rule{"form.date", "form.date-rule", "Mục II.4", error, both},
    rule{"form.type-name", "form.type-name-rule", "Mục II.5.b", error, named},
    rule{"form.subject", "form.subject-rule", "Mục II.5.b", error, named},
    rule{"form.abstract", "form.abstract-rule", "Mục II.5.b", error, letter},
    rule{"form.abstract-gap", "form.abstract-gap-rule", "Mục II.5.b", warning, letter},
    rule{"form.addressee", "form.addressee-rule", "Mục II.9.d", error, both},
    rule{"form.body", "form.body-rule", "Mục II.6.e", error, both},
    rule{"form.indent", "form.indent-rule", "Mục II.6.e", warning, both},
    rule{"form.spacing", "form.spacing-rule", "Mục II.6.e", warning, both},
    rule{"form.line-spacing", "form.line-spacing-rule", "Mục II.6.e", warning, both},
    rule{"form.justify", "form.justify-rule", "Mục II.6.e", warning, both},
    rule{"form.signer", "form.signer-rule", "Mục II.7.đ", error, both},
    rule{"form.receivers", "form.receivers-rule", "Mục II.9.d", error, both},
    rule{"form.annex-mention", "form.annex-mention-rule", "Mục III.1.a", warning, both},
    rule{"form.annex-label", "form.annex-label-rule", "Mục III.1.a, III.1.b", error, all},
    rule{"form.annex-title", "form.annex-title-rule", "Mục III.1.b", error, all},
    rule{"form.annex-reference", "form.annex-reference-rule", "Mục III.1.c", error, all},
    rule{"form.annex-page-number", "form.annex-page-number-rule", "Mục III.1.đ", error, all},
};

std::size_t place_of(std::string_view id) {
  return static_cast<std::size_t>(std::ranges::find(table, id, &rule::id) - table.begin());
}

// "Bold", "Regular + Bold Italic": what the line mixes.
std::string style_of(const line& l) {
  if (l.all_bold == l.any_bold && l.all_italic == l.any_italic) {
    if (l.any_bold) return l.any_italic ? "Bold Italic" : "Bold";
    return l.any_italic ? "Italic" : "Regular";
  }
  std::string out = l.all_bold || l.all_italic ? "" : "Regular";
  if (l.any_bold) out += out.empty() ? "Bold" : " + Bold";
  if (l.any_italic) out += out.empty() ? "Italic" : " + Italic";
  return out;
}

std::string sizes(int low, int high) {
  return low == high ? points(low) : fmt::format("{} - {}", points(low), points(high));
}

}  // namespace

std::string_view name_of(sample form) {
  switch (form) {
    case sample::named_document:
      return "1.4";
    case sample::letter:
      return "1.5";
    case sample::annex:
      return "annex";
  }
  return {};
}

bool belongs(const rule& r, sample form) {
  return (r.samples & static_cast<unsigned>(form)) != 0;
}

std::span<const rule> all_rules() {
  return table;
}

std::string article_of(const rule& r) {
  return "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, " + std::string(r.article);
}

void departure::add(std::string_view is, std::string_view ought) {
  (found += found.empty() ? "" : "; ") += is.empty() ? "-" : is;
  (prescribed += prescribed.empty() ? "" : "; ") += ought;
}

std::string points(int half) {
  return half % 2 == 0 ? fmt::format("{} pt", half / 2) : fmt::format("{},5 pt", half / 2);
}

std::string quoted(std::string_view text) {
  return fmt::format("«{}»", text);
}

std::string_view name(alignment a) {
  switch (a) {
    case alignment::left:
      return "Left";
    case alignment::center:
      return "Centered";
    case alignment::right:
      return "Right";
    case alignment::justified:
      return "Justified";
  }
  return {};
}

void judge(departure& d, const paper& p, const line& l, const typography& t) {
  if (t.capitals && !is_upper(l.text) && upper(l.text) != l.text) d.add(quoted(l.text), quoted(upper(l.text)));
  if (l.low < t.low * 2 || l.high > t.high * 2) d.add(sizes(l.low, l.high), sizes(t.low * 2, t.high * 2));
  if (const auto found = style_of(l); found != t.style) d.add(found, t.style);
  if (t.centered) {
    const auto jc = look_of(p, p.paragraph_of(l)).jc.value_or(alignment::left);
    if (jc != alignment::center) d.add(name(jc), name(alignment::center));
  }
}

remarks::remarks(const paper& p) : paper_(p), by_rule_(table.size()) {}

void remarks::add(std::string_view rule_id, const departure& d, const paragraph& at) {
  add(rule_id, d, paper_.main, at.number);
}

void remarks::add(std::string_view rule_id, const departure& d, std::string_view part, int number) {
  if (!d) return;
  const auto place = place_of(rule_id);
  const auto& r = table[place];
  by_rule_[place].push_back({r.level,
                             {std::string(rule_id), {d.found, d.prescribed, article_of(r)}},
                             {paper_.source, 0, 0, fmt::format("{}#p[{}]", part, number)},
                             {}});
}

void remarks::missing(std::string_view rule_id, std::string_view prescribed) {
  departure d;
  d.add("", prescribed);
  add(rule_id, d, paper_.main, 1);
}

diagnostics remarks::take() {
  diagnostics out;
  for (auto& of_rule : by_rule_)
    out.insert(out.end(), std::make_move_iterator(of_rule.begin()), std::make_move_iterator(of_rule.end()));
  return out;
}

}  // namespace vanthu::form
