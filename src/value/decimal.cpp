#include <algorithm>
#include <array>
#include <limits>

#include "vanthu/value.hpp"

namespace vanthu {
namespace {

// Holds the product of any two coefficients, and any coefficient brought to any scale.
__extension__ typedef __int128 wide;

constexpr int most_digits = 18;
constexpr int largest_scale = 18;

constexpr auto powers = [] {
  std::array<wide, 2 * most_digits + 1> p{1};
  for (std::size_t i = 1; i < p.size(); ++i) p[i] = p[i - 1] * 10;
  return p;
}();

constexpr wide ten_to(int n) {
  return powers[static_cast<std::size_t>(n)];
}

bool fits(wide coefficient) {
  return coefficient < ten_to(most_digits) && coefficient > -ten_to(most_digits);
}

std::string digits(wide n) {
  if (fits(n)) return std::to_string(static_cast<std::int64_t>(n));
  std::string reversed;
  for (wide rest = n < 0 ? -n : n; rest != 0; rest /= 10)
    reversed += static_cast<char>('0' + static_cast<int>(rest % 10));
  return std::string(n < 0 ? "-" : "") + std::string(reversed.rbegin(), reversed.rend());
}

std::string print(wide coefficient, int scale) {
  auto text = digits(coefficient);
  if (scale == 0) return text;
  const std::size_t sign = coefficient < 0 ? 1 : 0;
  const auto places = static_cast<std::size_t>(scale);
  if (text.size() - sign <= places) text.insert(sign, places + 1 - (text.size() - sign), '0');
  return text.insert(text.size() - places, ".");
}

[[noreturn]] void refuse_length(std::string number) {
  throw error(errc::limit, message{"value.number-too-long", {std::move(number)}});
}

void check_scale(int scale) {
  if (scale < 0 || scale > largest_scale) throw error(errc::limit, message{"value.scale", {std::to_string(scale)}});
}

// Drops zeros at the end, as few as needed; scale may be up to twice the largest.
decimal fit(wide coefficient, int scale) {
  wide c = coefficient;
  int s = scale;
  while (s > 0 && (s > largest_scale || !fits(c)) && c % 10 == 0) {
    c /= 10;
    --s;
  }
  if (s > largest_scale || !fits(c)) refuse_length(print(coefficient, scale));
  return {static_cast<std::int64_t>(c), s};
}

wide rounded_quotient(wide n, wide d) {
  const wide quotient = n / d;
  const wide rest = n % d;
  const bool up = 2 * (rest < 0 ? -rest : rest) >= (d < 0 ? -d : d);
  if (!up) return quotient;
  return (n < 0) == (d < 0) ? quotient + 1 : quotient - 1;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The significant digits of a number being read: coefficient, then `zeros` zeros not yet multiplied in.
struct digit_reader {
  std::int64_t coefficient = 0;
  std::int64_t zeros = 0;
  int significant = 0;
  bool too_long = false;

  void take(char c) {
    if (c == '0') {
      if (coefficient != 0) ++zeros;
      return;
    }
    if (too_long || zeros >= most_digits || significant + zeros + 1 > most_digits) {
      too_long = true;
      return;
    }
    significant += static_cast<int>(zeros) + 1;
    coefficient = coefficient * static_cast<std::int64_t>(ten_to(static_cast<int>(zeros) + 1)) + (c - '0');
    zeros = 0;
  }
};

// Takes digits from `at` on; false when there is none.
template <class Take>
bool take_digits(std::string_view text, std::size_t& at, Take take) {
  const auto first = at;
  for (; at < text.size() && is_digit(text[at]); ++at) take(text[at]);
  return at != first;
}

// The exponent at the end of a number, beyond any length of text when it is longer than that.
std::optional<std::int64_t> take_exponent(std::string_view text, std::size_t& at) {
  constexpr std::int64_t enough = std::numeric_limits<std::int64_t>::max() / 100;
  const bool negative = at < text.size() && text[at] == '-';
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  std::int64_t exponent = 0;
  if (!take_digits(text, at, [&](char c) { exponent = exponent < enough ? exponent * 10 + (c - '0') : exponent; }))
    return {};
  return negative ? -exponent : exponent;
}

}  // namespace

void decimal::refuse(std::string number) {
  refuse_length(std::move(number));
}

decimal::decimal(std::int64_t coefficient, int scale)
    : coefficient_(coefficient), scale_(static_cast<std::int8_t>(scale)) {
  check_scale(scale);
  if (!fits(coefficient)) refuse_length(print(coefficient, scale));
}

std::optional<decimal> decimal::parse(std::string_view text) {
  digit_reader digits;
  std::size_t at = !text.empty() && text.front() == '-' ? 1 : 0;
  if (!take_digits(text, at, [&](char c) { digits.take(c); })) return {};
  std::int64_t scale = 0;
  if (at < text.size() && text[at] == '.') {
    const auto first = ++at;
    if (!take_digits(text, at, [&](char c) { digits.take(c); })) return {};
    scale = static_cast<std::int64_t>(at - first);
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const auto exponent = take_exponent(text, ++at);
    if (!exponent) return {};
    scale -= *exponent;
  }
  if (at != text.size() || digits.too_long) return {};
  if (digits.coefficient == 0) return decimal(0, static_cast<int>(std::clamp<std::int64_t>(scale, 0, largest_scale)));
  if (scale < 0) {
    digits.zeros -= scale;
    scale = 0;
  }
  // Zeros at the end of a fraction may go, as few as needed.
  const auto surplus = std::max(scale - largest_scale, digits.significant + digits.zeros - most_digits);
  if (surplus > std::min(digits.zeros, scale)) return {};
  if (surplus > 0) {
    digits.zeros -= surplus;
    scale -= surplus;
  }
  const auto amount = digits.coefficient * static_cast<std::int64_t>(ten_to(static_cast<int>(digits.zeros)));
  return decimal(text.front() == '-' ? -amount : amount, static_cast<int>(scale));
}

decimal decimal::rounded(int scale) const {
  if (scale >= scale_) return *this;
  const auto surplus = scale_ - std::int64_t{scale};
  if (surplus > most_digits) return {};
  const wide kept = rounded_quotient(coefficient_, ten_to(static_cast<int>(surplus)));
  return fit(scale < 0 ? kept * ten_to(-scale) : kept, std::max(scale, 0));
}

std::string decimal::to_string() const {
  return print(coefficient_, scale_);
}

decimal operator+(const decimal& a, const decimal& b) {
  const int scale = std::max(a.scale(), b.scale());
  return fit(a.coefficient() * ten_to(scale - a.scale()) + b.coefficient() * ten_to(scale - b.scale()), scale);
}

decimal operator-(const decimal& a, const decimal& b) {
  return a + -b;
}

decimal operator*(const decimal& a, const decimal& b) {
  return fit(wide{a.coefficient()} * b.coefficient(), a.scale() + b.scale());
}

// In two steps, because the dividend brought to scale may have 54 digits.
decimal divide(const decimal& a, const decimal& b, int scale) {
  check_scale(scale);
  if (b.coefficient() == 0) throw error(errc::misuse, message{"value.division-by-zero", {}});
  const int places = b.scale() + scale - a.scale();
  const int first = std::clamp(places, 0, most_digits);
  const wide n = a.coefficient() * ten_to(first);
  const wide d = b.coefficient() * ten_to(std::max(-places, 0));
  if (places <= most_digits) return fit(rounded_quotient(n, d), scale);
  const wide rest = n % d * ten_to(places - first);
  wide quotient;
  if (__builtin_mul_overflow(n / d, ten_to(places - first), &quotient))
    refuse_length(a.to_string() + "/" + b.to_string());  // over 10^20, however many zeros it ends in
  return fit(quotient + rounded_quotient(rest, d), scale);
}

std::strong_ordering operator<=>(const decimal& a, const decimal& b) {
  const int scale = std::max(a.scale(), b.scale());
  const wide left = a.coefficient() * ten_to(scale - a.scale());
  const wide right = b.coefficient() * ten_to(scale - b.scale());
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

}  // namespace vanthu
