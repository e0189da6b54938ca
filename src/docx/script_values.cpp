// What operators do to values in docxtemplater's expressions.
#include <algorithm>

#include "docx/expression.hpp"

namespace vanthu::docx {
namespace {

constexpr int quotient_scale = 15;

decimal without_zeros(decimal n) {
  while (n.scale() > 0 && n.coefficient() % 10 == 0) n = decimal(n.coefficient() / 10, n.scale() - 1);
  return n;
}

std::optional<decimal> number_in(const operand& o) {
  const auto& v = o.get();
  switch (v.type()) {
    case value::kind::number:
      return v.as_number();
    case value::kind::boolean:
      return decimal(v.as_boolean() ? 1 : 0);
    case value::kind::text:
      return decimal::parse(v.as_text());
    default:
      return {};
  }
}

bool joins(const operand& o) {
  const auto t = o.get().type();
  return t == value::kind::text || t == value::kind::list || t == value::kind::object || t == value::kind::day;
}

operand add(const operand& a, const operand& b) {
  if (a.is_null()) return b;
  if (b.is_null()) return a;
  if (joins(a) || joins(b)) return make_operand(value(script_text(a.get()) + script_text(b.get())));
  return make_operand(*number_in(a) + *number_in(b));
}

// Short of a few digits, so that the quotient always fits.
decimal quotient(const decimal& a, const decimal& b) {
  if (b == decimal(0)) throw data_fault{"docx.division-by-zero", {}};
  const auto whole =
      std::to_string(a.rounded(0).coefficient() / std::max<std::int64_t>(1, std::abs(b.rounded(0).coefficient())));
  return without_zeros(divide(a, b, std::max(0, quotient_scale - static_cast<int>(whole.size()))));
}

operand arithmetic(step what, const operand& a, const operand& b) {
  if (what == step::subtract && a.is_null() != b.is_null())
    return a.is_null() ? script_unary(step::negate, b) : script_unary(step::plus, a);
  const auto x = number_in(a);
  const auto y = number_in(b);
  if (!x || !y) return {};
  switch (what) {
    case step::subtract:
      return make_operand(*x - *y);
    case step::multiply:
      return make_operand(without_zeros(*x * *y));
    case step::divide:
      return make_operand(quotient(*x, *y));
    default: {
      if (*y == decimal(0)) throw data_fault{"docx.division-by-zero", {}};
      const auto whole = divide(*x, *y, 0);
      auto left = *x - whole * *y;
      if (left != decimal(0) && (left < decimal(0)) != (*x < decimal(0))) left = left + (*x < decimal(0) ? -*y : *y);
      return make_operand(left);
    }
  }
}

bool equals(const operand& a, const operand& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (a.get().type() == b.get().type()) return a.get() == b.get();
  const auto x = number_in(a);
  const auto y = number_in(b);
  return x && y && *x == *y;
}

bool compares(step what, const operand& a, const operand& b) {
  std::strong_ordering order = std::strong_ordering::equal;
  if (a.get().type() == value::kind::text && b.get().type() == value::kind::text) {
    order = a.get().as_text() <=> b.get().as_text();
  } else {
    const auto x = number_in(a);
    const auto y = number_in(b);
    if (!x || !y) return false;
    order = *x <=> *y;
  }
  switch (what) {
    case step::less:
      return order < 0;
    case step::less_equal:
      return order <= 0;
    case step::greater:
      return order > 0;
    default:
      return order >= 0;
  }
}

std::size_t utf16_length(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    n += (byte & 0xc0U) == 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
  }
  return n;
}

}  // namespace

operand script_binary(step what, const operand& a, const operand& b) {
  switch (what) {
    case step::add:
      return add(a, b);
    case step::equal:
      return make_operand(equals(a, b));
    case step::unequal:
      return make_operand(!equals(a, b));
    case step::less:
    case step::less_equal:
    case step::greater:
    case step::greater_equal:
      return make_operand(compares(what, a, b));
    default:
      return arithmetic(what, a, b);
  }
}

operand script_unary(step what, const operand& o) {
  const auto n = number_in(o);
  if (!n) return {};
  return make_operand(what == step::negate ? -*n : *n);
}

operand script_member(const operand& of, const operand& key) {
  const auto& v = of.get();
  const auto name = script_text(key.get());
  operand out;
  if (v.type() == value::kind::object) {
    const auto* found = v.find(name);
    if (found != nullptr && of.ref != nullptr) out.ref = found;
    if (found != nullptr && of.ref == nullptr) out.own = *found;
  } else if (v.type() == value::kind::text && name == "length") {
    out.own = value(utf16_length(v.as_text()));
  } else if (v.type() == value::kind::list && name == "length") {
    out.own = value(v.size());
  } else if (v.type() == value::kind::list && !name.empty() && name.size() < 10 &&
             name.find_first_not_of("0123456789") == name.npos) {
    const auto index = std::stoul(name);
    if (index < v.size()) out.own = v.at(index);
  }
  return out;
}

bool script_true(const operand& o) {
  const auto t = o.get().type();
  return t == value::kind::list || t == value::kind::object || is_true(o);
}

// Lists within lists are written without recursion: what is still to come waits.
std::string script_text(const value& v) {
  struct pending {
    const value* list;
    std::size_t next;
  };
  std::string out;
  std::vector<pending> open;
  const auto write_one = [&](const value& one) {
    switch (one.type()) {
      case value::kind::null:
        break;
      case value::kind::boolean:
        out += one.as_boolean() ? "true" : "false";
        break;
      case value::kind::number:
        out += without_zeros(one.as_number()).to_string();
        break;
      case value::kind::day:
        out += iso(one.as_day());
        break;
      case value::kind::text:
        out += one.as_text();
        break;
      case value::kind::object:
        out += "[object Object]";
        break;
      case value::kind::list:
        open.push_back({&one, 0});
        break;
    }
  };
  write_one(v);
  while (!open.empty()) {
    auto& top = open.back();
    if (top.next == top.list->size()) {
      open.pop_back();
      continue;
    }
    if (top.next > 0) out += ',';
    write_one(top.list->at(top.next++));
  }
  return out;
}

std::string script_filter(filter which, std::string_view text) {
  return which == filter::upper ? upper(text) : lower(text);
}

operand script_sum(std::span<const operand> all) {
  decimal sum;
  const auto take = [&sum](const operand& o) {
    if (const auto n = number_in(o)) sum = sum + *n;
  };
  for (const auto& o : all) {
    if (!o.is_list()) take(o);
    for (std::size_t i = 0; o.is_list() && i < o.size(); ++i) take({&o.at(i), {}, {}, nullptr});
  }
  return make_operand(sum);
}

}  // namespace vanthu::docx
