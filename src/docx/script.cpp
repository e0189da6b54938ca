// The expressions of docxtemplater's add-on. Operators wait on a stack until one of lower rank comes: no recursion.
#include <algorithm>

#include "docx/expression.hpp"
#include "docx/names.hpp"

namespace vanthu::docx {
namespace {

enum class mark : unsigned char {
  binary,
  prefix,
  both,
  either,
  question,
  colon,
  assign,
  filter,
  bracket,
  call,
  element,
  list,
};

struct waiting {
  mark is = mark::binary;
  int rank = 0;
  step what = step::jump;
  std::uint32_t a = 0;  // jump to complete, path, or call
  std::uint32_t count = 0;
};

struct operator_form {
  std::string_view text;
  mark is;
  int rank;
  step what;
};
constexpr operator_form operators[] = {
    // the longest first
    {"===", mark::binary, 5, step::equal},     {"!==", mark::binary, 5, step::unequal},
    {"==", mark::binary, 5, step::equal},      {"!=", mark::binary, 5, step::unequal},
    {"<=", mark::binary, 6, step::less_equal}, {">=", mark::binary, 6, step::greater_equal},
    {"&&", mark::both, 4, step::truth},        {"||", mark::either, 3, step::truth},
    {"<", mark::binary, 6, step::less},        {">", mark::binary, 6, step::greater},
    {"+", mark::binary, 7, step::add},         {"-", mark::binary, 7, step::subtract},
    {"*", mark::binary, 8, step::multiply},    {"/", mark::binary, 8, step::divide},
    {"%", mark::binary, 8, step::remainder},   {"?", mark::question, 2, step::jump},
    {"=", mark::assign, 1, step::assign},
};
constexpr int prefix_rank = 9;

class script_parser {
 public:
  script_parser(std::string_view text, bad_expression& why) : text_(text), why_(why) { out_.dialect = rules::script; }
  std::optional<expression> parse();

 private:
  bool fail() {
    why_ = {"docx.bad-expression", {}, at_};
    return false;
  }
  std::string_view rest() const { return text_.substr(at_); }
  bool skip(char c) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip_space();
  std::string_view word();
  void push(step what, std::size_t a = 0) { out_.steps.push_back({what, static_cast<std::uint32_t>(a)}); }
  void literal(value v) {
    out_.literals.push_back(std::move(v));
    push(step::literal, out_.literals.size() - 1);
  }
  bool operand();
  bool string_literal(char quote);
  bool number_literal();
  bool name();
  bool after_operand(bool& done);
  bool member_name();
  bool open(mark is);
  bool close(char c);
  bool comma();
  bool colon();
  bool filter_name();
  bool take_operator();
  bool statement();
  void reduce_to(int rank);
  void finish(const waiting& w);
  bool is_bound(mark m) const {
    return m == mark::filter || m == mark::bracket || m == mark::call || m == mark::element || m == mark::list;
  }

  std::string_view text_;
  bad_expression& why_;
  expression out_;
  std::size_t at_ = 0;
  std::vector<waiting> stack_;
  bool wants_operand_ = true;
};

void script_parser::skip_space() {
  while (at_ < text_.size()) {
    if (static_cast<unsigned char>(text_[at_]) <= ' ')
      ++at_;
    else if (rest().starts_with("\xc2\xa0"))
      at_ += 2;
    else
      return;
  }
}

std::string_view script_parser::word() {
  const auto begin = at_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    const auto n = c == '$' || (at_ > begin && c >= '0' && c <= '9') ? 1 : name_start_length(rest());
    if (n == 0) break;
    at_ += n;
  }
  return text_.substr(begin, at_ - begin);
}

bool script_parser::string_literal(char quote) {
  std::string out;
  for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
    if (text_[at_] == '\\' && ++at_ == text_.size()) return fail();
    out += text_[at_];
  }
  if (at_ == text_.size()) return fail();
  ++at_;
  literal(value(out));
  return true;
}

bool script_parser::number_literal() {
  const auto end = std::min(rest().find_first_not_of("0123456789."), rest().size());
  const auto n = decimal::parse("0" + std::string(rest().substr(0, end)));
  if (!n) return fail();
  at_ += end;
  literal(*n);
  return true;
}

bool script_parser::name() {
  const auto found = word();
  if (found.empty()) return fail();
  if (found == "this") return push(step::item), true;
  if (found == "true" || found == "false") return literal(found == "true"), true;
  if (found == "null" || found == "undefined") return literal(nullptr), true;
  path p;
  p.names.emplace_back(found);
  p.text = found;
  out_.paths.push_back(std::move(p));
  push(step::path, out_.paths.size() - 1);
  return true;
}

bool script_parser::member_name() {
  skip_space();
  const auto found = word();
  if (found.empty()) return fail();
  out_.literals.emplace_back(found);
  push(step::member, out_.literals.size() - 1);
  return true;
}

bool script_parser::open(mark is) {
  stack_.push_back({is, 0, step::jump, 0, 0});
  wants_operand_ = true;
  return true;
}

bool script_parser::operand() {
  skip_space();
  if (at_ == text_.size()) return fail();
  const char c = text_[at_];
  if (c == '-' || c == '+' || c == '!') {
    ++at_;
    const auto what = c == '-' ? step::negate : c == '+' ? step::plus : step::negation;
    stack_.push_back({mark::prefix, prefix_rank, what, 0, 0});
    return true;
  }
  if (c == '(' || c == '[') {
    ++at_;
    if (c == '[' && skip(']')) {
      push(step::make_list);
      wants_operand_ = false;
      return true;
    }
    return open(c == '(' ? mark::bracket : mark::list);
  }
  wants_operand_ = false;
  if (c == '"' || c == '\'') return string_literal(c);
  const bool digit_follows = at_ + 1 < text_.size() && text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9';
  if ((c >= '0' && c <= '9') || (c == '.' && digit_follows)) return number_literal();
  if (c != '.') return name();
  ++at_;
  push(step::item);
  skip_space();
  return at_ == text_.size() || (text_[at_] != '$' && name_start_length(rest()) == 0) || member_name();
}

void script_parser::finish(const waiting& w) {
  switch (w.is) {
    case mark::both:
    case mark::either:
    case mark::colon:
      out_.steps[w.a].a = static_cast<std::uint32_t>(out_.steps.size());
      break;
    case mark::assign:
      push(step::assign, w.a);
      break;
    case mark::filter:
      out_.calls[w.a].count = w.count;
      push(step::text_filter, w.a);
      break;
    default:
      push(w.what);
  }
}

// Completes what binds at least as tightly as `rank`, up to a bracket, a filter or an unanswered "?".
void script_parser::reduce_to(int rank) {
  while (!stack_.empty() && !is_bound(stack_.back().is) && stack_.back().is != mark::question &&
         stack_.back().rank >= rank) {
    const auto w = stack_.back();
    stack_.pop_back();
    finish(w);
  }
}

bool script_parser::close(char c) {
  reduce_to(0);
  if (!stack_.empty() && stack_.back().is == mark::filter) {
    const auto w = stack_.back();
    stack_.pop_back();
    finish(w);
    reduce_to(0);
  }
  if (stack_.empty()) return fail();
  const auto w = stack_.back();
  stack_.pop_back();
  if (c == ')' && w.is == mark::bracket) return true;
  if (c == ')' && w.is == mark::call) return push(step::call, w.count + 1), true;
  if (c == ']' && w.is == mark::element) return push(step::element), true;
  if (c == ']' && w.is == mark::list) return push(step::make_list, w.count + 1), true;
  return fail();
}

bool script_parser::comma() {
  reduce_to(0);
  if (stack_.empty() || (stack_.back().is != mark::call && stack_.back().is != mark::list)) return fail();
  ++stack_.back().count;
  wants_operand_ = true;
  return true;
}

// Of "? :", or between the arguments of a filter.
bool script_parser::colon() {
  reduce_to(0);
  if (stack_.empty()) return fail();
  auto& w = stack_.back();
  wants_operand_ = true;
  if (w.is == mark::filter) return ++w.count, true;
  if (w.is != mark::question) return fail();
  const auto question = w;
  w = {mark::colon, 2, step::jump, static_cast<std::uint32_t>(out_.steps.size()), 0};
  push(step::jump);
  out_.steps[question.a].a = static_cast<std::uint32_t>(out_.steps.size());
  return true;
}

bool script_parser::filter_name() {
  reduce_to(0);
  if (!stack_.empty() && stack_.back().is == mark::filter) {
    const auto w = stack_.back();
    stack_.pop_back();
    finish(w);
  }
  skip_space();
  const auto begin = at_;
  const auto found = word();
  call c;
  if (found == "upper" || found == "lower" || found == "sum") {
    c.which = found == "upper" ? filter::upper : found == "lower" ? filter::lower : filter::sum;
  } else {
    at_ = begin;
    if (found.empty()) return fail();
    why_ = {"docx.unknown-filter", {std::string(found), "lower, sum, upper"}, begin};
    return false;
  }
  stack_.push_back({mark::filter, 0, step::text_filter, static_cast<std::uint32_t>(out_.calls.size()), 0});
  out_.calls.push_back(c);
  return true;
}

bool script_parser::take_operator() {
  for (const auto& o : operators) {
    if (!rest().starts_with(o.text)) continue;
    waiting w{o.is, o.rank, o.what, static_cast<std::uint32_t>(out_.steps.size()), 0};
    if (o.is == mark::assign) {
      if (out_.steps.empty() || out_.steps.back().what != step::path) return fail();
      w.a = out_.steps.back().a;
      out_.steps.pop_back();
    } else {
      reduce_to(o.is == mark::question ? o.rank + 1 : o.rank);
      w.a = static_cast<std::uint32_t>(out_.steps.size());
    }
    if (o.is == mark::both || o.is == mark::either) push(o.is == mark::both ? step::keep_if_false : step::keep_if_true);
    if (o.is == mark::question) push(step::jump_if_false);
    stack_.push_back(w);
    at_ += o.text.size();
    wants_operand_ = true;
    return true;
  }
  return fail();
}

bool script_parser::statement() {
  reduce_to(0);
  if (!stack_.empty()) return fail();
  push(step::drop);
  wants_operand_ = true;
  return true;
}

bool script_parser::after_operand(bool& done) {
  skip_space();
  if (at_ == text_.size()) return done = true;
  const char c = text_[at_];
  ++at_;
  switch (c) {
    case '.':
      return member_name();
    case '[':
      return open(mark::element);
    case '(':
      return skip(')') ? (push(step::call), true) : open(mark::call);
    case ')':
    case ']':
      return close(c);
    case ',':
      return comma();
    case ':':
      return colon();
    case ';':
      return statement();
    case '|':
      if (!rest().starts_with('|')) return filter_name();
      break;
    default:
      break;
  }
  --at_;
  return take_operator();
}

std::optional<expression> script_parser::parse() {
  for (bool done = false; !done;)
    if (!(wants_operand_ ? operand() : after_operand(done))) return {};
  reduce_to(0);
  if (!stack_.empty() && stack_.back().is == mark::filter) {
    const auto w = stack_.back();
    stack_.pop_back();
    finish(w);
  }
  if (!stack_.empty()) return fail(), std::nullopt;
  return std::move(out_);
}

}  // namespace

std::optional<expression> parse_script(std::string_view text, bad_expression& why) {
  return script_parser(text, why).parse();
}

}  // namespace vanthu::docx
