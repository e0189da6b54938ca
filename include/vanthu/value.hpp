// The data a template is filled with: a small tree of values. Not JSON: dates are dates, numbers are exact
// decimals (no binary floating point anywhere), members keep the order they were put in.
// Thread safety: values; const members may be called concurrently.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vanthu/diagnostic.hpp"
#include "vanthu/export.h"
#include "vanthu/time.hpp"

namespace vanthu {

// An exact decimal number: coefficient times ten to the minus scale; up to 18 digits, scale 0 to 18.
// 1.50 keeps its scale: it prints as it was reported. Comparison is by amount: 1.5 == 1.50.
class VANTHU_API decimal {
 public:
  constexpr decimal() = default;
  template <std::integral I>
  requires(!std::same_as<I, bool>) constexpr decimal(I n) : coefficient_(static_cast<std::int64_t>(n)) {}
  // Throws error(errc::limit) outside the bounds above.
  decimal(std::int64_t coefficient, int scale);

  // "-12.50", "1e3"; the point is always '.', whatever the locale. Nothing when it is no number or too long.
  static std::optional<decimal> parse(std::string_view text);

  constexpr std::int64_t coefficient() const noexcept { return coefficient_; }
  constexpr int scale() const noexcept { return scale_; }
  decimal rounded(int scale) const;  // half away from zero, as people round
  std::string to_string() const;     // "-12.50"

  // Exact; error(errc::limit, "value.number-too-long") when the result does not fit.
  friend VANTHU_API decimal operator+(const decimal& a, const decimal& b);
  friend VANTHU_API decimal operator-(const decimal& a, const decimal& b);
  friend VANTHU_API decimal operator*(const decimal& a, const decimal& b);
  // Quotient rounded half away from zero to `scale` places; error(errc::misuse) when b is zero.
  friend VANTHU_API decimal divide(const decimal& a, const decimal& b, int scale);
  friend VANTHU_API std::strong_ordering operator<=>(const decimal& a, const decimal& b);
  friend bool operator==(const decimal& a, const decimal& b) { return (a <=> b) == 0; }

 private:
  std::int64_t coefficient_ = 0;
  std::int8_t scale_ = 0;
};

class VANTHU_API value {
 public:
  enum class kind : unsigned char { null, boolean, number, day, text, list, object };
  using member = std::pair<std::string, value>;

  value() noexcept;
  value(std::nullptr_t) noexcept;
  template <std::same_as<bool> B>  // exactly bool: a pointer does not slip in
  value(B b) : value(b, tag{}) {}
  value(decimal n);
  template <std::integral I>
  requires(!std::same_as<I, bool>) value(I n) : value(decimal(n)) {}
  value(date d);
  value(const char* utf8);
  value(std::string_view utf8);
  value(std::string utf8);
  static value list(std::vector<value> items = {});
  static value object(std::vector<member> members = {});  // a later member of the same name replaces the earlier
  value(const value&);
  value(value&&) noexcept;
  value& operator=(const value&);
  value& operator=(value&&) noexcept;
  ~value();

  kind type() const noexcept;
  bool is_null() const noexcept { return type() == kind::null; }
  // Each throws error(errc::misuse, "value.wrong-kind") when the value is of another kind.
  bool as_boolean() const;
  const decimal& as_number() const;
  date as_day() const;
  std::string_view as_text() const;

  std::size_t size() const noexcept;                        // items or members; 0 for the rest
  const value& at(std::size_t index) const;                 // item, or value of a member; misuse when out of range
  std::string_view name(std::size_t index) const;           // name of a member
  const value* find(std::string_view name) const noexcept;  // member, or nullptr; O(log n)
  void push_back(value item);                               // null becomes a list
  void set(std::string name, value v);                      // null becomes an object; replaces or adds at the end

  friend VANTHU_API bool operator==(const value& a, const value& b);

 private:
  struct tag {};
  value(bool b, tag);
  struct data;
  std::unique_ptr<data> data_;
};

// Reads JSON (RFC 8259). Numbers are read exactly, as text. Faults: "value.json-syntax" (line, column),
// "value.duplicate-member", "value.number-too-long", "value.invalid-utf8" (byte offset), "value.too-deep" (over 256
// levels).
VANTHU_API checked<value> read_json(std::string_view json, std::string source);
// One value a line; empty lines are skipped; remarks carry the line. `first_line` numbers the first one.
VANTHU_API checked<std::vector<value>> read_json_lines(std::string_view text, std::string source);
VANTHU_API std::string write_json(const value& v);  // one line; dates as "YYYY-MM-DD"
VANTHU_API std::string write_json_pretty(const value& v);

// How figures, dates and words are written in Vietnamese official papers.
VANTHU_API std::string format_number(const decimal& n, std::optional<int> decimals = {});  // 1.234,5
VANTHU_API std::string format_date(date d);                                                // 18/4/2023
VANTHU_API std::string legal_date(date d);            // ngày 05 tháng 02 năm 2023 (Decree 30/2020, Annex I, II.4)
VANTHU_API std::string number_words(std::int64_t n);  // một nghìn hai trăm lẻ năm
VANTHU_API std::string upper(std::string_view utf8);  // Unicode-aware: đ -> Đ
VANTHU_API std::string lower(std::string_view utf8);
VANTHU_API std::string to_nfc(std::string_view utf8);
// Byte offset of the first malformed sequence, or nothing when the text is well-formed UTF-8.
VANTHU_API std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept;

}  // namespace vanthu
