#include "text/collation.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

namespace vanthu::texts {
namespace {

// A letter is a Latin one, bare or with a mark that makes another letter of it.
struct letter {
  char base;
  utf8proc_int32_t mark;
  friend bool operator==(const letter&, const letter&) = default;
};
constexpr utf8proc_int32_t breve = 0x306, circumflex = 0x302, horn = 0x31b;
constexpr utf8proc_int32_t stroke = 0x335;  // Unicode does not take đ apart
constexpr letter alphabet[] = {{'a', 0},      {'a', breve},      {'a', circumflex}, {'b', 0},    {'c', 0}, {'d', 0},
                               {'d', stroke}, {'e', 0},          {'e', circumflex}, {'f', 0},    {'g', 0}, {'h', 0},
                               {'i', 0},      {'j', 0},          {'k', 0},          {'l', 0},    {'m', 0}, {'n', 0},
                               {'o', 0},      {'o', circumflex}, {'o', horn},       {'p', 0},    {'q', 0}, {'r', 0},
                               {'s', 0},      {'t', 0},          {'u', 0},          {'u', horn}, {'v', 0}, {'w', 0},
                               {'x', 0},      {'y', 0},          {'z', 0}};
constexpr std::array<utf8proc_int32_t, 5> tone_marks = {0x300, 0x309, 0x303, 0x301, 0x323};

constexpr char is_sign = 0x10;
constexpr char first_letter = 0x20;
constexpr char is_other = 0x7f;

// The key in the making: a piece for each thing that counts, the weightier ones first.
struct key {
  std::string letters, tones, capitals;
  letter last{0, 0};  // the letter that marks belong to; none behind a sign

  void add_letter(letter l, bool is_capital) {
    const auto at = std::ranges::find(alphabet, l) - std::begin(alphabet);
    letters += static_cast<char>(first_letter + at);
    last = l;
    end(is_capital);
  }
  void add_code(char kind, utf8proc_int32_t c, bool is_capital) {
    letters += kind;
    for (int shift = 18; shift >= 0; shift -= 6) letters += static_cast<char>(1 + (c >> shift & 0x3f));
    last = {0, 0};
    end(is_capital);
  }
  void end(bool is_capital) {
    tones += '\x01';
    capitals += is_capital ? '\x02' : '\x01';
  }
  // Whether the mark is part of the letter before it.
  bool add_mark(utf8proc_int32_t mark) {
    if (last.base == 0) return false;
    const auto at = std::ranges::find(alphabet, letter{last.base, mark});
    if (last.mark == 0 && at != std::end(alphabet)) {
      last.mark = mark;
      letters.back() = static_cast<char>(first_letter + (at - std::begin(alphabet)));
      return true;
    }
    const auto tone = std::ranges::find(tone_marks, mark);
    if (tone == tone_marks.end()) return false;
    tones.back() = static_cast<char>(2 + (tone - tone_marks.begin()));
    return true;
  }
};

std::vector<utf8proc_int32_t> decomposed(std::string_view utf8) {
  const auto* text = reinterpret_cast<const utf8proc_uint8_t*>(utf8.data());
  const auto size = static_cast<utf8proc_ssize_t>(utf8.size());
  constexpr auto how = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
  std::vector<utf8proc_int32_t> out(utf8.size() + 16);
  auto count = utf8proc_decompose(text, size, out.data(), static_cast<utf8proc_ssize_t>(out.size()), how);
  if (count > static_cast<utf8proc_ssize_t>(out.size())) {
    out.resize(static_cast<std::size_t>(count));
    count = utf8proc_decompose(text, size, out.data(), count, how);
  }
  out.resize(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(count, 0)));
  return out;
}

}  // namespace

std::string collation_key(std::string_view utf8) {
  key made;
  for (const auto c : decomposed(utf8)) {
    const auto lower = utf8proc_tolower(c);
    if (lower >= 'a' && lower <= 'z')
      made.add_letter({static_cast<char>(lower), 0}, lower != c);
    else if (lower == 0x111)
      made.add_letter({'d', stroke}, lower != c);
    else if (!made.add_mark(c))
      made.add_code(c < 0x80 ? is_sign : is_other, lower, lower != c);
  }
  return made.letters + '\0' + made.tones + '\0' + made.capitals;
}

}  // namespace vanthu::texts
