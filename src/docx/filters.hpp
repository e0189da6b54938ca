// The filters of the template language: a fixed list, no calls into the host.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "vanthu/value.hpp"

namespace vanthu::docx {

enum class filter : unsigned char {
  avg, count, date, default_value, first, group, join, last, letter, lower, max, min, money, ngay, number, pad, percent,
  roman, sort, sum, title, trim, upper, where, words,
};

// What a filter takes behind its colon.
enum class takes : unsigned char {
  nothing,
  text,        // as written: a pattern
  expression,  // evaluated once
  item,        // evaluated for each item of the list
};
struct filter_form {
  std::string_view name;
  filter which;
  takes argument;
  int least, most;  // arguments
};
const filter_form* find_filter(std::string_view name);
std::string filters_like(std::string_view name);  // the nearest; all when none is near

struct operand;
struct call;
struct expression;
struct scope;
struct filter_budget;

// The operand after the filter. Throws data_fault, and budget_spent.
operand apply(const call& c, operand input, const expression& e, std::span<const scope> scopes, filter_budget& budget);

// A value as it stands in a document: dates d/M/yyyy, numbers as they are.
std::string to_text(const operand& o);
// A number, or a text that is one: "1234.5". Throws data_fault.
decimal number_of(const operand& o);
// To ten places, or to as many as a number may have; zeros at the end are dropped. Throws data_fault.
decimal quotient_of(const decimal& a, const decimal& b);

}  // namespace vanthu::docx
