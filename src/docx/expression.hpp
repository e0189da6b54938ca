// What stands in a tag, compiled: paths, literals, operators and filters as a short program over a stack of operands.
//
//   tag      = expr { "|" filter { ":" argument } }
//   expr     = path | "." | $index … | literal | expr op expr | not expr | ( expr ) | expr ? expr : expr
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "docx/filters.hpp"
#include "vanthu/value.hpp"

namespace vanthu::docx {

enum class step : unsigned char {
  path,     // a: of paths
  item,     // .
  index, number, first, last, count,
  literal,  // a: of literals
  add, subtract, multiply, divide, negate,
  equal, unequal, less, less_equal, greater, greater_equal,
  negation,
  truth,            // the top as a boolean
  jump,             // to a
  jump_if_false,    // to a, taking the top away
  keep_if_false,    // to a with the top left; otherwise it is taken away
  keep_if_true,
  filter,   // a: of calls
  // Of scripts only:
  member,      // a: of literals, its name
  element,     // the key is the top
  make_list,   // of the a topmost
  call,        // what is not there is nothing: takes a arguments and the function away
  plus,        // as a number
  remainder,
  drop,        // the top
  assign,      // a: of paths; gives nothing
  text_filter,  // a: of calls; its arguments are the topmost, c.count of them
};

// How names are looked up and what the operators do.
enum class rules : unsigned char {
  ours,
  names,   // one name as it stands; what is null is looked up further out
  script,  // the expressions of docxtemplater's add-on, which are those of its host language
};

struct instruction {
  step what = step::jump;
  std::uint32_t a = 0;
};
using code = std::vector<instruction>;

struct path {
  bool from_item = false;  // ".name": not looked up further out
  std::vector<std::string> names;
  std::string text;        // as it is written without spaces around: "a.b"
};

struct call {
  filter which = filter::trim;
  std::vector<code> arguments;
  std::string text;  // of filters that take their argument as written
  bool descending = false;
  std::uint32_t count = 0;  // of arguments in scripts
};

struct expression {
  rules dialect = rules::ours;
  code steps;
  std::vector<path> paths;
  std::vector<value> literals;
  std::vector<call> calls;
  bool is_path() const { return steps.size() == 1 && steps.front().what == step::path; }
  const path& only_path() const { return paths[steps.front().a]; }
};

// Why a text is no expression, and where in it.
struct bad_expression {
  std::string id;  // "docx.bad-expression", "docx.unknown-filter", "docx.wrong-arguments"
  std::vector<std::string> args;
  std::size_t column = 0;
};
std::optional<expression> parse_expression(std::string_view text, bad_expression& why);
std::optional<expression> parse_script(std::string_view text, bad_expression& why);
expression literal_name(std::string_view text);

// Of rows that are still being read.
inline constexpr std::size_t unknown_count = ~std::size_t{0};

// Where names are looked up. The innermost is last.
struct scope {
  const value* item = nullptr;  // nullptr: a condition that gives no item of its own
  bool is_loop = false;
  std::size_t index = 0, count = 0;
  value* named = nullptr;  // what scripts have given names to
};

// A value while it is computed: one of the data, one of its own, or a selection of items.
struct operand {
  const value* ref = nullptr;
  value own;
  std::shared_ptr<const std::vector<const value*>> items;
  const path* missing = nullptr;  // the path that led nowhere

  const value& get() const { return ref != nullptr ? *ref : own; }
  bool is_null() const { return !items && get().is_null(); }
  bool is_list() const { return items || get().type() == value::kind::list; }
  std::size_t size() const { return items ? items->size() : get().size(); }
  const value& at(std::size_t i) const { return items ? *(*items)[i] : get().at(i); }
};
operand make_operand(value v);
std::string excerpt_of(const operand& o);  // for remarks: "\"1.234,5\"", "[…]"

// Thrown inside the machine; becomes a remark with the place of the tag.
struct data_fault {
  std::string id;
  std::vector<std::string> args;
};

// How many items filters may still look at.
struct filter_budget {
  std::uint64_t left;
};
struct budget_spent {};  // thrown

operand evaluate(const expression& e, std::span<const scope> scopes, filter_budget& budget);
operand evaluate(const expression& e, const code& steps, std::span<const scope> scopes, filter_budget& budget);
// The value a path names, or nullptr.
const value* look_up(const path& p, std::span<const scope> scopes, rules dialect = rules::ours);
// The same as an operand. `place`: as value::find() has it, for the first name.
operand at_path(const path& p, std::span<const scope> scopes, rules dialect, std::size_t& place);
// false, null, 0, the empty text, list and object are not.
bool is_true(const operand& o);
operand item_of(std::span<const scope> scopes);
const scope* innermost_loop(std::span<const scope> scopes);  // nullptr outside of loops

// Scripts. Nothing is ever called, and only members of the data exist.
operand script_binary(step what, const operand& a, const operand& b);
operand script_unary(step what, const operand& o);
operand script_member(const operand& of, const operand& key);
bool script_true(const operand& o);
// As that language writes it: lists joined by commas, absent values as nothing.
std::string script_text(const value& v);
std::string script_filter(filter which, std::string_view text);
operand script_sum(std::span<const operand> all);

}  // namespace vanthu::docx
