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

// "573/KH-UBND" as it ought to be written; dots stand for what cannot be known from it.
std::string prescribed_number(std::string_view text, const std::optional<document_type>& type) {
  std::string tight;
  std::ranges::copy_if(text, std::back_inserter(tight), [](char c) { return c != ' '; });
  const auto digits = std::min(tight.find_first_not_of("0123456789"), tight.size());
  auto number = tight.substr(0, digits);
  if (number.size() == 1) number.insert(0, "0");
  if (number.empty()) number = "…";
  std::string_view rest = std::string_view(tight).substr(digits);
  if (rest.starts_with('/')) rest.remove_prefix(1);
  const auto dash = rest.find('-');
  const auto code = type ? type->code : rest.substr(0, std::min(dash, rest.size()));
  const auto agency = dash == rest.npos ? std::string_view{} : rest.substr(dash + 1);
  const auto is_lower =
      !agency.empty() && !is_upper(agency.substr(0, 1)) && agency.front() >= 'a' && agency.front() <= 'z';
  return fmt::format("{}/{}-{}", number, code.empty() ? "…" : code,
                     agency.empty() ? "…"
                     : is_lower     ? upper(agency)
                                    : std::string(agency));
}

void check_number(const paper& p, const outline& o, remarks& out) {
  if (!o.number) return out.missing("form.number", "Số: …");
  const auto& l = p.lines[*o.number];
  departure d;
  const auto colon = l.text.find(':');
  const auto text = tidy(std::string_view(l.text).substr(colon + 1));
  const auto prescribed = prescribed_number(text, o.type);
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

}  // namespace

void check_head(const paper& p, const outline& o, remarks& out) {
  check_words(p, "form.national-name", o.national_name, national_name, {12, 13, "Bold", true}, out);
  check_words(p, "form.motto", o.motto, motto, {13, 14, "Bold", true}, out);
  check_agencies(p, o, out);
  check_number(p, o, out);
  check_date(p, o, out);
  check_title(p, o, out);
}

}  // namespace vanthu::form
