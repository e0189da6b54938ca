#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "vanthu/value.hpp"

namespace vanthu {
namespace {

constexpr int most_decimals = 18;
constexpr std::uint64_t billion = 1'000'000'000;

std::string two_digits(unsigned n) {
  return (n < 10 ? "0" : "") + std::to_string(n);
}

void add_word(std::string& out, std::string_view word) {
  if (!out.empty()) out += ' ';
  out += word;
}

std::string_view digit_word(std::uint64_t n) {
  static constexpr std::array<std::string_view, 10> words{"không", "một", "hai", "ba",  "bốn",
                                                          "năm",   "sáu", "bảy", "tám", "chín"};
  return words[n];
}

// Behind «mười» or «… mươi» some units change their name.
std::string_view unit_word(std::uint64_t tens, std::uint64_t unit) {
  if (unit == 5) return "lăm";
  if (tens > 1 && unit == 1) return "mốt";
  if (tens > 1 && unit == 4) return "tư";
  return digit_word(unit);
}

// A number of up to three digits; `inner` when larger groups precede it, so that its hundreds are said even if zero.
void add_hundreds(std::string& out, std::uint64_t n, bool inner) {
  const auto hundreds = n / 100;
  const auto tens = n / 10 % 10;
  const auto unit = n % 10;
  if (inner || hundreds != 0) {
    add_word(out, digit_word(hundreds));
    add_word(out, "trăm");
  }
  if (tens == 0) {
    if (unit == 0) return;
    if (inner || hundreds != 0) add_word(out, "lẻ");
    return add_word(out, digit_word(unit));
  }
  if (tens > 1) add_word(out, digit_word(tens));
  add_word(out, tens == 1 ? "mười" : "mươi");
  if (unit != 0) add_word(out, unit_word(tens, unit));
}

// A number below a billion. Groups of zeros are not said.
void add_millions(std::string& out, std::uint64_t n) {
  static constexpr std::array<std::pair<std::uint64_t, std::string_view>, 3> groups{
      {{1'000'000, "triệu"}, {1000, "nghìn"}, {1, ""}}};
  for (const auto& [size, name] : groups) {
    const auto group = n / size % 1000;
    if (group == 0) continue;
    add_hundreds(out, group, !out.empty());
    if (!name.empty()) add_word(out, name);
  }
}

std::size_t ascii_end(std::string_view text, std::size_t at) noexcept {
  std::uint64_t eight;
  while (text.size() - at >= sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if (eight & 0x8080808080808080u) break;
    at += sizeof eight;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

// Length of the well-formed sequence of several bytes at `at`, or 0 (Unicode, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
  const auto lead = byte(at);
  const auto second = byte(at + 1);
  if (lead < 0xc2 || lead > 0xf4 || !follows(at + 1)) return 0;
  if (lead < 0xe0) return 2;
  if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) || !follows(at + 2)) return 0;
  if (lead < 0xf0) return 3;
  if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f) || !follows(at + 3)) return 0;
  return 4;
}

const utf8proc_uint8_t* as_utf8proc(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

// Letter by letter; bytes that are no UTF-8 stay as they are.
std::string map_letters(std::string_view text, utf8proc_int32_t (*map)(utf8proc_int32_t)) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    utf8proc_int32_t letter = 0;
    const auto length = utf8proc_iterate(as_utf8proc(text), static_cast<utf8proc_ssize_t>(text.size()), &letter);
    if (length < 1) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    std::array<utf8proc_uint8_t, 4> mapped{};
    const auto written = utf8proc_encode_char(map(letter), mapped.data());
    out.append(reinterpret_cast<const char*>(mapped.data()), static_cast<std::size_t>(written));
    text.remove_prefix(static_cast<std::size_t>(length));
  }
  return out;
}

}  // namespace

std::string format_number(const decimal& n, std::optional<int> decimals) {
  if (decimals && (*decimals < 0 || *decimals > most_decimals))
    throw error(errc::limit, message{"value.scale", {std::to_string(*decimals)}});
  auto out = (decimals ? n.rounded(*decimals) : n).to_string();
  auto point = out.find('.');
  auto places = point == out.npos ? 0 : out.size() - point - 1;
  if (point == out.npos)
    point = out.size();
  else
    out[point] = ',';
  if (const auto wanted = static_cast<std::size_t>(decimals.value_or(0)); places < wanted) {
    if (places == 0) out += ',';
    out.append(wanted - places, '0');
  }
  const std::size_t first = out.front() == '-' ? 1 : 0;
  for (auto at = point; at > first + 3;) out.insert(at -= 3, ".");
  return out;
}

std::string format_date(date d) {
  const auto ymd = civil(d);
  return std::to_string(static_cast<unsigned>(ymd.day())) + '/' + std::to_string(static_cast<unsigned>(ymd.month())) +
         '/' + std::to_string(static_cast<int>(ymd.year()));
}

// A zero goes before days under 10 and before the months 1 and 2, where one could be added to falsify the date;
// 3 to 9 have none.
std::string legal_date(date d) {
  const auto ymd = civil(d);
  const auto month = static_cast<unsigned>(ymd.month());
  return "ngày " + two_digits(static_cast<unsigned>(ymd.day())) + " tháng " +
         (month <= 2 ? two_digits(month) : std::to_string(month)) + " năm " +
         std::to_string(static_cast<int>(ymd.year()));
}

std::string number_words(std::int64_t n) {
  if (n == 0) return std::string(digit_word(0));
  const auto amount = n < 0 ? ~static_cast<std::uint64_t>(n) + 1 : static_cast<std::uint64_t>(n);
  std::string out;
  add_millions(out, amount / billion / billion);
  if (!out.empty()) add_word(out, "tỷ");
  add_millions(out, amount / billion % billion);
  if (!out.empty()) add_word(out, "tỷ");
  add_millions(out, amount % billion);
  return n < 0 ? "âm " + out : out;
}

std::string upper(std::string_view utf8) {
  return map_letters(utf8, utf8proc_toupper);
}

std::string lower(std::string_view utf8) {
  return map_letters(utf8, utf8proc_tolower);
}

namespace {

// Bytes of the first letter.
std::size_t first_letter(std::string_view utf8) {
  auto size = std::min<std::size_t>(1, utf8.size());
  while (size < utf8.size() && (static_cast<unsigned char>(utf8[size]) & 0xC0U) == 0x80U) ++size;
  return size;
}

}  // namespace

std::string upper_first(std::string_view utf8) {
  const auto size = first_letter(utf8);
  return upper(utf8.substr(0, size)).append(utf8.substr(size));
}

std::string lower_first(std::string_view utf8) {
  const auto size = first_letter(utf8);
  return lower(utf8.substr(0, size)).append(utf8.substr(size));
}

std::string to_nfc(std::string_view utf8) {
  if (ascii_end(utf8, 0) == utf8.size()) return std::string(utf8);
  utf8proc_uint8_t* composed = nullptr;
  const auto size = utf8proc_map(as_utf8proc(utf8), static_cast<utf8proc_ssize_t>(utf8.size()), &composed,
                                 static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
  if (size < 0) return std::string(utf8);
  return {reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size)};
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept {
  for (std::size_t at = 0;;) {
    at = ascii_end(text, at);
    if (at == text.size()) return {};
    const auto length = sequence_length(text, at);
    if (length == 0) return at;
    at += length;
  }
}

}  // namespace vanthu
