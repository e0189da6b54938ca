// The data a template is filled with: a small tree of values. Not JSON: dates are dates, numbers are exact
// decimals (no binary floating point anywhere), members keep the order they were put in.
// Thread safety: values; const members may be called concurrently.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
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

class value_tree;
struct node_chunk;

// An exact decimal number: coefficient times ten to the minus scale; up to 18 digits, scale 0 to 18.
// 1.50 keeps its scale: it prints as it was reported. Comparison is by amount: 1.5 == 1.50.
// What does not fit throws error(errc::limit, "value.number-too-long"); a scale out of bounds, "value.scale".
class VANTHU_API decimal {
 public:
  constexpr decimal() = default;
  template <std::integral I>
  requires(!std::same_as<I, bool>) constexpr decimal(I n) : coefficient_(static_cast<std::int64_t>(n)) {
    if (std::cmp_greater(n, largest) || std::cmp_less(n, -largest)) refuse(std::to_string(n));
  }
  decimal(std::int64_t coefficient, int scale);

  // "-12.50", "1e3"; the point is always '.', whatever the locale. Nothing when it is no number or too long.
  static std::optional<decimal> parse(std::string_view text);

  constexpr std::int64_t coefficient() const noexcept { return coefficient_; }
  constexpr int scale() const noexcept { return scale_; }
  // Half away from zero, as people round. A number with fewer places stays as it is; -3 rounds to thousands.
  decimal rounded(int scale) const;
  std::string to_string() const;  // "-12.50"

  // Exact. The result has the places of the operands (a sum the larger scale, a product both together) or, when
  // these are too many digits, as few zeros less at the end as needed.
  friend VANTHU_API decimal operator+(const decimal& a, const decimal& b);
  friend VANTHU_API decimal operator-(const decimal& a, const decimal& b);
  friend VANTHU_API decimal operator*(const decimal& a, const decimal& b);
  friend constexpr decimal operator-(const decimal& a) noexcept {
    decimal result = a;
    result.coefficient_ = -a.coefficient_;
    return result;
  }
  friend VANTHU_API std::strong_ordering operator<=>(const decimal& a, const decimal& b);
  friend bool operator==(const decimal& a, const decimal& b) { return (a <=> b) == 0; }

 private:
  static constexpr std::int64_t largest = 999'999'999'999'999'999;
  [[noreturn]] static void refuse(std::string number);

  std::int64_t coefficient_ = 0;  // never beyond ±largest
  std::int8_t scale_ = 0;
};
// Quotient rounded half away from zero to `scale` places; error(errc::misuse, "value.division-by-zero").
VANTHU_API decimal divide(const decimal& a, const decimal& b, int scale);

// Sixteen bytes. A copy shares text, items and members with the original until one of the two is changed, so
// copying is cheap at any size; what `as_text`, `at`, `name` and `find` return lives until this value is changed.
class VANTHU_API value {
 public:
  enum class kind : unsigned char { null, boolean, number, day, text, list, object };
  using member = std::pair<std::string, value>;

  value() noexcept = default;
  value(std::nullptr_t) noexcept : value() {}
  template <std::same_as<bool> B>  // exactly bool: a pointer does not slip in
  value(B b) noexcept : content_{b ? 1 : 0}, kind_(kind::boolean) {}
  value(decimal n) noexcept
      : content_{n.coefficient()}, kind_(kind::number), scale_(static_cast<std::int8_t>(n.scale())) {}
  template <std::integral I>
  requires(!std::same_as<I, bool>) value(I n) : value(decimal(n)) {}
  value(date d) noexcept : content_{d.time_since_epoch().count()}, kind_(kind::day) {}
  value(const char* utf8) : value(std::string_view(utf8)) {}
  value(std::string_view utf8);
  value(const std::string& utf8) : value(std::string_view(utf8)) {}
  static value list(std::vector<value> items = {});
  static value object(std::vector<member> members = {});  // a later member of the same name replaces the earlier
  value(const value& other) noexcept;
  value(value&& other) noexcept
      : content_(other.content_), kind_(std::exchange(other.kind_, kind::null)), scale_(other.scale_) {}
  value& operator=(const value& other) noexcept;
  value& operator=(value&& other) noexcept;
  ~value() {
    if (kind_ >= kind::text) release();
  }

  kind type() const noexcept { return kind_; }
  bool is_null() const noexcept { return kind_ == kind::null; }
  // Each throws error(errc::misuse, "value.wrong-kind") when the value is of another kind.
  bool as_boolean() const;
  decimal as_number() const;
  date as_day() const;
  std::string_view as_text() const;

  std::size_t size() const noexcept;                        // items or members; 0 for the rest
  const value& at(std::size_t index) const;                 // item, or value of a member; misuse, "value.no-such-item"
  std::string_view name(std::size_t index) const;           // name of a member; likewise
  const value* find(std::string_view name) const noexcept;  // member, or nullptr; O(log n)
  // The same, looking at number `place` first, and leaving there where it was: for one object after the other that have
  // the same members.
  const value* find(std::string_view name, std::size_t& place) const noexcept;
  void push_back(value item);                               // null becomes a list
  void set(std::string name, value v);                      // null becomes an object; replaces or adds at the end

  // Numbers by amount; objects by name, whatever the order of their members.
  friend VANTHU_API bool operator==(const value& a, const value& b);

 private:
  struct node;
  struct text_node;
  struct container;
  struct list_node;
  struct object_node;
  struct own_object;
  friend class value_tree;
  value(kind k, node* n) noexcept : kind_(k) { content_.counted = n; }
  void release() noexcept;
  static node_chunk* chunk_of(node& n) noexcept;
  static void drop(value& v, container*& dead) noexcept;
  const list_node& items() const noexcept;
  const object_node& members() const noexcept;
  list_node& own_items();
  own_object& own_members();

  union content {
    std::int64_t integer;
    node* counted;  // for the kinds from text on
  };
  content content_{0};
  kind kind_ = kind::null;
  std::int8_t scale_ = 0;  // of a number
};

// Reads JSON (RFC 8259) in UTF-8, with or without a byte order mark. Numbers are read exactly, as text. Faults, with
// line and column: "value.json-syntax", "value.json-cut-off", "value.json-after-end", "value.json-escape",
// "value.duplicate-member", "value.number-too-long", "value.invalid-utf8" (byte offset), "value.too-deep" (over 256
// levels). Reading ends at the first fault of syntax, and after a thousand others.
// What is read together lies together: one value kept of a large text keeps up to 2 MiB.
VANTHU_API checked<value> read_json(std::string_view json, std::string source);
// One value a line; empty lines are skipped; remarks carry the line, counted from `first_line`.
VANTHU_API checked<std::vector<value>> read_json_lines(std::string_view text, std::string source, int first_line = 1);

// Records read one at a time, so that only those at work are in memory: the items of a text that is one list, else its
// lines. Thread safety: one thread at a time; the values may go to any.
class VANTHU_API json_records {
 public:
  json_records(std::string_view text, std::string source);  // the text has to outlive the reader
  static json_records lines(std::string_view text, std::string source, int first_line = 1);
  json_records(json_records&&) noexcept;
  json_records& operator=(json_records&&) noexcept;
  ~json_records();

  // The next one; nothing behind the last. From the first fault on nothing too, but the rest is then read for more.
  std::optional<value> next();
  // The faults met so far, as read_json and read_json_lines name them.
  diagnostics notes() const;

 private:
  struct reading;
  explicit json_records(std::unique_ptr<reading> begun);
  std::unique_ptr<reading> reading_;
};

VANTHU_API std::string write_json(const value& v);         // one line; dates as "YYYY-MM-DD"
VANTHU_API std::string write_json_pretty(const value& v);  // two spaces a level, no line end after the last line

// How figures, dates and words are written in Vietnamese official papers.
VANTHU_API std::string format_number(const decimal& n, std::optional<int> decimals = {});  // 1.234,5
VANTHU_API std::string format_date(date d);                                                // 18/4/2023
VANTHU_API std::string legal_date(date d);            // ngày 05 tháng 02 năm 2023 (Decree 30/2020, Annex I, II.4)
VANTHU_API std::string number_words(std::int64_t n);  // một nghìn hai trăm lẻ năm
VANTHU_API std::string upper(std::string_view utf8);  // Unicode-aware: đ -> Đ
VANTHU_API std::string lower(std::string_view utf8);
VANTHU_API std::string upper_first(std::string_view utf8);  // only the first letter changes
VANTHU_API std::string lower_first(std::string_view utf8);
VANTHU_API std::string to_nfc(std::string_view utf8);
// Byte offset of the first malformed sequence, or nothing when the text is well-formed UTF-8.
VANTHU_API std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept;

}  // namespace vanthu
