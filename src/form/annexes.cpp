#include "form/annexes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "form/orthography.hpp"
#include "vanthu/value.hpp"

namespace vanthu::form {
namespace {

constexpr std::size_t most_heading_lines = 8;  // farther down it is text
constexpr std::string_view words = "Phụ lục";
constexpr int most_annexes = 399;

using numeral_table = std::array<std::string, most_annexes>;
// I, II, III, …
const numeral_table& numerals() {
  static const auto table = [] {
    constexpr std::array<std::pair<int, std::string_view>, 9> letters{
        {{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}};
    numeral_table out;
    for (int number = 1; number <= most_annexes; ++number) {
      auto rest = number;
      for (const auto& [value, letter] : letters)
        for (; rest >= value; rest -= value) out[static_cast<std::size_t>(number - 1)] += letter;
    }
    return out;
  }();
  return table;
}

bool is_centered(const paper& p, const line& l) {
  return look_of(p, p.paragraph_of(l)).jc.value_or(alignment::left) == alignment::center;
}

bool in_table(const paper& p, const line& l) {
  return p.paragraph_of(l).in.table >= 0;
}

bool begins_reference(const line& l) {
  auto key = folded(l.text);
  key.erase(0, std::min(key.find_first_not_of("( "), key.size()));
  return key.starts_with(folded("kèm theo")) || key.starts_with(folded("ban hành kèm theo"));
}

std::string_view strip(std::string_view text, std::string_view what) {
  text.remove_prefix(std::min(text.find_first_not_of(what), text.size()));
  return text.substr(0, text.find_last_not_of(what) + 1);
}

// Of «I. Danh sách», «I», «…», «: Danh sách»: the number, which is short and of one kind.
std::string_view take_annex_number(std::string_view& rest) {
  const auto token = rest.substr(0, std::min(rest.find_first_of(" :-"), rest.size()));
  auto number = token.substr(0, token.find_last_not_of('.') + 1);
  const auto only = [&](std::string_view set) { return number.find_first_not_of(set) == number.npos; };
  const bool digits = number.size() <= 3 && only("0123456789");
  const bool numeral = only("IVXLC") || only("ivxlc");
  const bool letter = number.size() == 1 && ((number[0] >= 'A' && number[0] <= 'Z'));
  const bool dots = token.size() > 1 && strip(token, ".…").empty();
  if (dots) number = token;
  if (number.empty() || !(digits || numeral || letter || dots)) return {};
  rest.remove_prefix(number.size());
  return number;
}

// From the line that begins it to the bracket that ends it; without brackets its paragraph alone.
void find_reference(const paper& p, std::size_t first, std::size_t end, annex& out) {
  const auto& begin = p.lines[first];
  for (auto i = first; i < end; ++i) {
    const auto& l = p.lines[i];
    const bool goes_on = l.paragraph == begin.paragraph || (begin.text.starts_with('(') && is_centered(p, l));
    if (!goes_on || in_table(p, l)) return;
    out.reference.push_back(i);
    if (l.text.find(')') != std::string::npos) return;
  }
}

// The heading below the label at `first - 1`, as far as `end`.
void find_heading(const paper& p, std::size_t first, std::size_t end, annex& out) {
  const auto last = std::min(end, first + most_heading_lines);
  auto begin = first;
  while (begin < last && !in_table(p, p.lines[begin]) && !begins_reference(p.lines[begin])) ++begin;
  const bool found = begin < last && !in_table(p, p.lines[begin]);
  for (auto i = first; i < begin; ++i) {
    if (!found && !is_centered(p, p.lines[i])) break;
    if (!is_drawn_rule(p.lines[i].text)) out.title.push_back(i);
  }
  if (found) find_reference(p, begin, std::min(end, begin + most_heading_lines), out);
}

}  // namespace

bool annex_label::is_open() const {
  return !number.empty() && strip(number, ".…").empty();
}

int annex_label::value() const {
  int out = 0;
  const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), out);
  if (fault == std::errc{} && end == number.data() + number.size()) return out <= most_annexes ? out : 0;
  const auto found = std::ranges::find(numerals(), upper(number));
  return found == numerals().end() ? 0 : static_cast<int>(found - numerals().begin()) + 1;
}

std::optional<annex_label> read_annex_label(const line& l) {
  if (l.text.size() < words.size() || (l.text[0] != 'P' && l.text[0] != 'p')) return {};
  if (!folded(l.text.substr(0, words.size())).starts_with(folded(words))) return {};
  auto rest = std::string_view(l.text).substr(words.size());
  if (!rest.empty() && std::string_view(" .:-").find(rest.front()) == std::string_view::npos && !rest.starts_with("…"))
    return {};
  rest = strip(rest, " ");
  annex_label out;
  const bool counted = folded(rest).starts_with(folded("số "));
  if (counted) rest.remove_prefix(std::string_view("số ").size());
  out.number = take_annex_number(rest);
  out.plain = rest.empty() && !counted;
  rest = strip(rest, " ");
  // Only a sign, or the end, parts the number from a title: «Phụ lục I của Nghị định» is a piece of a sentence.
  if (!rest.empty() && std::string_view(".:-").find(rest.front()) == std::string_view::npos && !rest.starts_with("–"))
    return {};
  while (!rest.empty() &&
         (std::string_view(" .:-").find(rest.front()) != std::string_view::npos || rest.starts_with("–")))
    rest.remove_prefix(rest.starts_with("–") ? std::string_view("–").size() : 1);
  out.title = rest;
  return out;
}

bool is_annex_label(const paper& p, const line& l) {
  if (in_table(p, l)) return false;
  const auto label = read_annex_label(l);
  return label && (label->title.empty() || is_centered(p, l));
}

std::vector<annex> find_annexes(const paper& p, std::size_t begin) {
  std::vector<annex> out;
  for (auto i = begin; i < p.lines.size(); ++i)
    if (is_annex_label(p, p.lines[i])) out.push_back({i, {}, {}});
  for (std::size_t i = 0; i < out.size(); ++i)
    find_heading(p, *out[i].label + 1, i + 1 < out.size() ? *out[i + 1].label : p.lines.size(), out[i]);
  return out;
}

annex find_unlabelled_annex(const paper& p) {
  annex out;
  find_heading(p, 0, p.lines.size(), out);
  return out;
}

std::string roman(int number) {
  return number >= 1 && number <= most_annexes ? numerals()[static_cast<std::size_t>(number - 1)] : "…";
}

}  // namespace vanthu::form
