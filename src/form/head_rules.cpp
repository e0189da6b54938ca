#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "form/checks.hpp"
#include "form/orthography.hpp"
#include "vanthu/time.hpp"
#include "vanthu/value.hpp"

namespace vanthu::form {
namespace {

constexpr std::string_view national_name = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
constexpr std::string_view motto = "Độc lập - Tự do - Hạnh phúc";

// Fixed words, but for where a tone mark stands: the decree itself prints HÒA and HOÀ.
void check_words(const paper& p, std::string_view rule, std::optional<std::size_t> at, std::string_view words,
                 const typography& t, remarks& out) {
  if (!at) return out.missing(rule, quoted(words));
  const auto& l = p.lines[*at];
  departure d;
  if (tone_key(l.text) != tone_key(words)) d.add(quoted(l.text), quoted(words));
  judge(d, p, l, t);
  out.add(rule, d, l);
}

// Above the number stand the superior, if any, and in bold the issuer. Where nothing is bold, the last line is taken
// for the issuer.
void check_agencies(const paper& p, const outline& o, remarks& out) {
  const auto& lines = o.above_number;
  if (lines.empty()) return out.missing("form.issuer", "12-13 pt; Bold; Centered");
  auto first = std::ranges::find_if(lines, [&](std::size_t i) { return p.lines[i].any_bold; });
  if (first == lines.end()) --first;
  for (auto at = lines.begin(); at != lines.end(); ++at) {
    const bool issuer = at >= first;
    departure d;
    judge(d, p, p.lines[*at], {12, 13, issuer ? "Bold" : "Regular", true, true});
    out.add(issuer ? "form.issuer" : "form.superior", d, p.lines[*at]);
  }
}

// A group of abbreviations as it ought to be written. Some have small letters of their own (QyĐ, TTr): only what has no
// capital at all is put into capitals. Dots stand for what cannot be known.
std::string group(std::string_view text) {
  if (text.empty()) return "…";
  return lower(text) == text ? upper(text) : std::string(text);
}

// Takes a group off the front of a symbol, and the hyphen after it.
std::string_view take_group(std::string_view& symbol) {
  const auto found = symbol.substr(0, std::min(symbol.find('-'), symbol.size()));
  symbol.remove_prefix(std::min(found.size() + 1, symbol.size()));
  return found;
}

// Without spaces, and with hyphens for the dashes that word processors make of them.
std::string tighten(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with("–")) {
      out += '-';
      at += 2;
    } else if (text[at] != ' ') {
      out += text[at];
    }
  }
  return out;
}

// "573/KH-UBND", or of a letter "12/UBND-VX", as it ought to be written. A letter has no abbreviation of a type.
std::string prescribed_number(std::string_view text, const outline& o) {
  const auto tight = tighten(text);
  const auto digits = std::min(tight.find_first_not_of("0123456789"), tight.size());
  auto number = tight.substr(0, digits);
  if (number.size() == 1) number.insert(0, "0");
  if (number.empty()) number = "…";
  std::string_view rest = std::string_view(tight).substr(digits);
  if (rest.starts_with('/')) rest.remove_prefix(1);
  auto first = take_group(rest);
  if (o.form == sample::letter) {
    if (upper(first) == "CV") first = take_group(rest);
    return fmt::format("{}/{}-{}", number, group(first), group(rest));
  }
  const auto code = o.type ? o.type->code : first;
  return fmt::format("{}/{}-{}", number, code.empty() ? "…" : code, group(rest));
}

void check_number(const paper& p, const outline& o, remarks& out) {
  if (!o.number) return out.missing("form.number", "Số: …");
  const auto& l = p.lines[*o.number];
  departure d;
  const auto colon = l.text.find(':');
  const auto text = tidy(std::string_view(l.text).substr(colon + 1));
  const auto prescribed = prescribed_number(text, o);
  if (l.text.substr(0, colon) != "Số" || text != prescribed)
    d.add(quoted(l.text), quoted(fmt::format("Số: {}", prescribed)));
  judge(d, p, l, {13, 13, "Regular", true});
  out.add("form.number", d, l);
}

// Takes a number off the front of a text; nothing when there is none.
std::optional<int> take_number(std::string_view& text) {
  int value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + std::min<std::size_t>(text.size(), 4), value);
  if (fault != std::errc{} || value < 0) return {};
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// «Kỳ Anh, ngày 18 tháng 4 năm 2023» as it ought to be written, or with dots where no date can be read.
std::string prescribed_date(std::string_view text) {
  auto comma = text.find(',');
  const auto words = std::min(text.find("ngày"), text.size());
  if (comma == text.npos || comma > words) comma = words;
  auto place = tidy(text.substr(0, comma));
  if (place.empty()) place = "…";
  for (std::size_t end = 1; end <= place.size(); ++end) {  // the first letter, of one byte or more
    if (end < place.size() && (static_cast<unsigned char>(place[end]) & 0xC0) == 0x80) continue;
    place = upper(place.substr(0, end)) + place.substr(end);
    break;
  }
  auto rest = text.substr(words);
  std::optional<int> day, month, year;
  if (take(rest, "ngày ")) day = take_number(rest);
  if (day && take(rest, " tháng ")) month = take_number(rest);
  if (month && take(rest, " năm ")) year = take_number(rest);
  if (year && rest.empty() && *year >= 1800 && *year < 2400) {
    const std::chrono::year_month_day when{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (when.ok()) return place + ", " + legal_date(date{when});
  }
  return place + ", ngày … tháng … năm …";
}

void check_date(const paper& p, const outline& o, remarks& out) {
  if (!o.date) return out.missing("form.date", "…, ngày … tháng … năm …");
  const auto& l = p.lines[*o.date];
  departure d;
  if (const auto prescribed = prescribed_date(l.text); l.text != prescribed) d.add(quoted(l.text), quoted(prescribed));
  judge(d, p, l, {13, 14, "Italic", true});
  out.add("form.date", d, l);
}

void check_title(const paper& p, const outline& o, remarks& out) {
  if (!o.type_name) return out.missing("form.type-name", "KẾ HOẠCH, BÁO CÁO, TỜ TRÌNH, …");
  departure d;
  judge(d, p, p.lines[*o.type_name], {13, 14, "Bold", true, true});
  out.add("form.type-name", d, p.lines[*o.type_name]);
  if (o.subject.empty()) {
    departure none;
    none.add("", "13-14 pt; Bold; Centered");
    return out.add("form.subject", none, p.lines[*o.type_name]);
  }
  for (const auto index : o.subject) {
    const auto& l = p.lines[index];
    departure s;
    if (is_upper(l.text)) s.add(quoted(l.text), quoted(lower(l.text)));
    judge(s, p, l, {13, 14, "Bold", true});
    out.add("form.subject", s, l);
    if (s) break;
  }
}

// «V/v …» as it ought to begin; nothing when it does.
std::string prescribed_abstract(std::string_view text) {
  if (text.starts_with("V/v ")) return {};
  for (const std::string_view begin : {"v/v", "về việc"}) {
    if (!folded(text).starts_with(folded(begin))) continue;
    auto rest = to_nfc(text).substr(begin.size());
    rest.erase(0, rest.find_first_not_of(": "));
    return "V/v " + (rest.empty() ? "…" : rest);
  }
  return "V/v " + std::string(text);
}

// The sample form of the decree leaves no space below the number, the rule asks for 6 pt: a remark, not an error.
void check_abstract_gap(const paper& p, const line& number, const line& abstract, remarks& out) {
  constexpr int wanted = 120;  // twips
  const auto& above = p.paragraph_of(number);
  const auto& below = p.paragraph_of(abstract);
  if (above.in != below.in || abstract.paragraph > number.paragraph + 1) return;
  const int found = abstract.paragraph == number.paragraph ? 0 : gap_between(p, above, below);
  departure d;
  if (found != wanted) d.add(points(found / 10), points(wanted / 10));
  out.add("form.abstract-gap", d, below);
}

void check_abstract(const paper& p, const outline& o, remarks& out) {
  if (o.abstract.empty()) {
    departure d;
    d.add("", quoted("V/v …") + "; 12-13 pt; Regular; Centered");
    return o.number ? out.add("form.abstract", d, p.lines[*o.number]) : out.missing("form.abstract", d.prescribed);
  }
  const auto& first = p.lines[o.abstract.front()];
  for (const auto index : o.abstract) {
    const auto& l = p.lines[index];
    departure d;
    const auto words = index == o.abstract.front() ? prescribed_abstract(l.text) : std::string{};
    if (!words.empty())
      d.add(quoted(l.text), quoted(words));
    else if (is_upper(l.text.substr(l.text.starts_with("V/v ") ? 4 : 0)))
      d.add(quoted(l.text), quoted(l.text.starts_with("V/v ") ? "V/v " + lower(l.text.substr(4)) : lower(l.text)));
    judge(d, p, l, {12, 13, "Regular", true});
    out.add("form.abstract", d, l);
    if (d) break;
  }
  if (o.number) check_abstract_gap(p, p.lines[*o.number], first, out);
}

}  // namespace

void check_head(const paper& p, const outline& o, remarks& out) {
  check_words(p, "form.national-name", o.national_name, national_name, {12, 13, "Bold", true}, out);
  check_words(p, "form.motto", o.motto, motto, {13, 14, "Bold", true}, out);
  check_agencies(p, o, out);
  check_number(p, o, out);
  check_date(p, o, out);
  if (o.form == sample::letter)
    check_abstract(p, o, out);
  else
    check_title(p, o, out);
}

}  // namespace vanthu::form
