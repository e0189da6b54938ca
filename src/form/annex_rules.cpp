#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "form/annexes.hpp"
#include "form/checks.hpp"
#include "form/orthography.hpp"
#include "vanthu/value.hpp"

namespace vanthu::form {
namespace {

constexpr std::string_view blank_reference = "(Kèm theo … số …/…-… ngày … tháng … năm … của …)";

// Checks the label and says which number the annex has: 0 where nobody can know.
int check_label(const paper& p, const annex& a, bool several, int previous, remarks& out) {
  if (!a.label) {
    out.missing("form.annex-label", quoted("Phụ lục …"));
    return 0;
  }
  const auto& l = p.lines[*a.label];
  const auto label = read_annex_label(l).value_or(annex_label{});
  auto number = previous > 0 ? previous + 1 : label.value();
  std::string prescribed = "Phụ lục";
  if (label.is_open()) {
    prescribed += " " + label.number;
  } else if (several || !label.number.empty()) {
    if (number == 0 && label.number.empty()) number = 1;
    prescribed += " " + (number > 0 ? roman(number) : "…");
  }
  departure d;
  if (!label.title.empty())
    d.add(quoted(l.text), quoted(prescribed) + ", " + quoted(upper(label.title)));
  else if (l.text != prescribed)
    d.add(quoted(l.text), quoted(prescribed));
  judge(d, p, l, {14, 14, "Bold", true});
  out.add("form.annex-label", d, l);
  return number;
}

void check_annex_title(const paper& p, const annex& a, remarks& out) {
  for (const auto index : a.title) {
    departure d;
    judge(d, p, p.lines[index], {13, 14, "Bold", true, true});
    out.add("form.annex-title", d, p.lines[index]);
  }
}

// The reference as it ought to be written, from the words it has: its beginning and end, or all of it where a piece is
// missing. On an electronic document the places of number and date stay open.
std::string prescribed_reference(const std::string& text) {
  const auto key = folded(text);
  std::size_t at = 0;
  for (const auto* word : {"kèm theo", "số", "ngày", "tháng", "năm", "của"}) {
    at = key.find(folded(word), at);
    if (at == key.npos) return std::string(blank_reference);
  }
  const auto nfc = to_nfc(text);
  const auto begin = lower(nfc).find("kèm theo");
  if (begin == nfc.npos) return std::string(blank_reference);
  auto rest = nfc.substr(begin + std::string_view("kèm theo").size());
  while (rest.ends_with('.') || rest.ends_with(';')) rest.pop_back();
  return "(Kèm theo" + rest + (rest.ends_with(')') ? "" : ")");
}

// "05/BC-UBND" of «… số 05/BC-UBND ngày …», or of «Số: 05/BC-UBND»; nothing where it is left open.
std::string_view number_after(std::string_view text, std::string_view word) {
  const auto found = text.find(word);
  if (found == text.npos) return {};
  text.remove_prefix(found + word.size());
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  text = text.substr(0, text.find(' '));
  return !text.empty() && text.front() >= '0' && text.front() <= '9' ? text : std::string_view{};
}

void check_reference(const paper& p, const outline& o, const annex& a, remarks& out) {
  if (a.reference.empty()) {
    departure d;
    d.add("", quoted(blank_reference));
    return a.label ? out.add("form.annex-reference", d, p.lines[*a.label])
                   : out.missing("form.annex-reference", d.prescribed);
  }
  std::string whole;
  for (const auto index : a.reference) (whole += whole.empty() ? "" : " ") += p.lines[index].text;
  const auto prescribed = prescribed_reference(whole);
  const auto number = number_after(whole, " số ");
  const auto own = o.number ? number_after(p.lines[*o.number].text, ":") : std::string_view{};
  for (const auto index : a.reference) {
    const auto& l = p.lines[index];
    departure d;
    if (index == a.reference.front()) {
      if (whole != prescribed) d.add(quoted(whole), quoted(prescribed));
      if (!number.empty() && !own.empty() && number != own) d.add(quoted(number), quoted(own));
    }
    judge(d, p, l, {13, 14, "Italic", true});
    out.add("form.annex-reference", d, l);
  }
}

// The pages of an annex are counted for themselves, which Word does where a section begins.
void check_count(const paper& p, std::size_t label, remarks& out) {
  const auto& l = p.lines[label];
  const auto& sections = p.text.sections;
  const auto home = std::ranges::partition_point(sections, [&](const section& s) { return s.end <= l.paragraph; });
  departure d;
  if (home == sections.end() || (label > 0 && p.lines[label - 1].paragraph >= home->begin))
    d.add("", "Section Break, Start at: 1");
  else if (home->number_start != 1)
    d.add(home->number_start ? fmt::format("Start at: {}", *home->number_start) : "Continue from previous section",
          "Start at: 1");
  out.add("form.annex-page-number", d, l);
}

// Whether the text above the annexes speaks of them.
void check_mention(const paper& p, const outline& o, remarks& out) {
  const auto first = *o.annexes.front().label;
  for (auto i = o.text_begin; i < first; ++i) {
    const auto key = folded(p.lines[i].text);
    if (key.find(folded("phụ lục")) != key.npos || key.find(folded("kèm theo")) != key.npos) return;
  }
  departure d;
  d.add("", quoted("… Phụ lục …"));
  out.add("form.annex-mention", d, p.lines[first]);
}

}  // namespace

void check_annexes(const paper& p, const outline& o, remarks& out) {
  int number = 0;
  for (const auto& a : o.annexes) {
    number = check_label(p, a, o.annexes.size() > 1, number, out);
    check_annex_title(p, a, out);
    check_reference(p, o, a, out);
    const bool leads_its_file = o.form == sample::annex && &a == &o.annexes.front();
    if (a.label && !leads_its_file) check_count(p, *a.label, out);
  }
  if (o.form != sample::annex && !o.annexes.empty()) check_mention(p, o, out);
}

}  // namespace vanthu::form
