#include "docx/expression.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "docx/names.hpp"

namespace vanthu::docx {
namespace {

enum class sign : unsigned char {
  end, operand, open, close, question, colon, comma, bar, plus, minus, times, over, equal, unequal, less, less_equal,
  greater, greater_equal, both, either, negation, bang, wrong,
};

struct lexeme {
  sign is = sign::end;
  std::size_t begin = 0;
  instruction produces;  // of an operand
};

constexpr std::string_view spaces[] = {" ", "\t", "\n", "\r", "\xc2\xa0"};
// Word turns straight quotes into these.
constexpr std::string_view double_quotes[] = {"\"", "“", "”", "„"};
constexpr std::string_view single_quotes[] = {"'", "‘", "’"};

std::size_t any_of_at(std::string_view text, std::span<const std::string_view> wanted) {
  for (const auto w : wanted)
    if (text.starts_with(w)) return w.size();
  return 0;
}

class lexer {
 public:
  lexer(std::string_view text, expression& into) : text_(text), into_(into) { next(); }

  const lexeme& current() const { return current_; }
  std::size_t at() const { return at_; }
  void next();
  // What follows the current lexeme, not taken as part of an expression: the rest up to the next filter as written,
  // quotes around it taken off; a single name, such as that of a filter. The lexeme behind it becomes the current one.
  std::string raw_argument();
  std::string word();
  void skip_space() {
    while (const auto n = any_of_at(rest(), spaces)) at_ += n;
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  std::size_t name_start(std::size_t at) const;
  std::size_t name_part(std::size_t at) const;
  std::string read_words();
  bool read_string();
  bool read_number();
  bool read_path();
  bool read_meta();
  bool read_sign();
  void produce(step what, std::size_t a = 0) {
    current_.is = sign::operand;
    current_.produces = {what, static_cast<std::uint32_t>(a)};
  }
  void literal(value v) {
    into_.literals.push_back(std::move(v));
    produce(step::literal, into_.literals.size() - 1);
  }

  std::string_view text_;
  expression& into_;
  std::size_t at_ = 0;
  lexeme current_;
};

// Length of the character at `at` when a name may begin with it; 0 otherwise.
std::size_t lexer::name_start(std::size_t at) const {
  return at < text_.size() ? name_start_length(text_.substr(at)) : 0;
}

// Digits and, between two parts of a name, hyphens count too.
std::size_t lexer::name_part(std::size_t at) const {
  if (at >= text_.size()) return 0;
  const char c = text_[at];
  if (c >= '0' && c <= '9') return 1;
  if (c == '-') return at + 1 < text_.size() && text_[at + 1] != '-' && name_part(at + 1) > 0 ? 1 : 0;
  return name_start(at);
}

bool is_keyword(std::string_view word) { return word == "and" || word == "or" || word == "not"; }

// One word, or several with spaces between them: «họ và tên».
std::string lexer::read_words() {
  std::string out;
  while (true) {
    const auto begin = at_;
    while (const auto n = name_part(at_)) at_ += n;
    out += text_.substr(begin, at_ - begin);
    if (is_keyword(out)) return out;
    const auto after = at_;
    skip_space();
    auto end = at_;
    if (name_start(at_) > 0)
      while (const auto n = name_part(end)) end += n;
    if (at_ == after || end == at_ || is_keyword(text_.substr(at_, end - at_))) {
      at_ = after;
      return out;
    }
    out += ' ';
  }
}

bool lexer::read_path() {
  path p;
  p.from_item = rest().starts_with('.');
  if (p.from_item) {
    ++at_;
    if (name_part(at_) == 0) return produce(step::item), true;
  } else if (name_start(at_) == 0) {
    return false;
  }
  const auto first_begin = at_;
  while (true) {
    p.names.push_back(to_nfc(read_words()));
    if (!rest().starts_with('.') || name_part(at_ + 1) == 0) break;
    ++at_;
  }
  p.text = fmt::format("{}{}", p.from_item ? "." : "", fmt::join(p.names, "."));
  const auto whole = text_.substr(first_begin, at_ - first_begin);
  if (!p.from_item && whole == "true") return literal(true), true;
  if (!p.from_item && whole == "false") return literal(false), true;
  if (!p.from_item && whole == "null") return literal(nullptr), true;
  if (!p.from_item && whole == "and") return current_.is = sign::both, true;
  if (!p.from_item && whole == "or") return current_.is = sign::either, true;
  into_.paths.push_back(std::move(p));
  produce(step::path, into_.paths.size() - 1);
  return true;
}

bool lexer::read_meta() {
  if (!rest().starts_with('$')) return false;
  constexpr std::pair<std::string_view, step> names[] = {{"$index", step::index}, {"$number", step::number},
                                                         {"$first", step::first}, {"$last", step::last},
                                                         {"$count", step::count}};
  auto end = at_ + 1;
  while (const auto n = name_part(end)) end += n;
  const auto word = text_.substr(at_, end - at_);
  for (const auto& [name, what] : names)
    if (word == name) {
      at_ = end;
      produce(what);
      return true;
    }
  return false;
}

bool lexer::read_string() {
  const auto doubled = any_of_at(rest(), double_quotes);
  const auto length = doubled > 0 ? doubled : any_of_at(rest(), single_quotes);
  if (length == 0) return false;
  const std::span<const std::string_view> closing = doubled > 0 ? std::span<const std::string_view>(double_quotes)
                                                                : std::span<const std::string_view>(single_quotes);
  for (auto end = at_ + length; end < text_.size(); ++end)
    if (const auto n = any_of_at(text_.substr(end), closing)) {
      literal(value(text_.substr(at_ + length, end - at_ - length)));
      at_ = end + n;
      return true;
    }
  return false;
}

bool lexer::read_number() {
  auto end = at_;
  const auto digits = [&] {
    const auto from = end;
    while (end < text_.size() && text_[end] >= '0' && text_[end] <= '9') ++end;
    return end > from;
  };
  if (!digits()) return false;
  if (end < text_.size() && text_[end] == '.') {
    ++end;
    if (!digits()) return false;
  }
  const auto n = decimal::parse(text_.substr(at_, end - at_));
  if (!n || name_start(end) > 0) return false;
  literal(*n);
  at_ = end;
  return true;
}

bool lexer::read_sign() {
  constexpr std::pair<std::string_view, sign> signs[] = {
      {"==", sign::equal},      {"!=", sign::unequal},       {"<=", sign::less_equal}, {">=", sign::greater_equal},
      {"&&", sign::both},       {"||", sign::either},        {"≤", sign::less_equal},  {"≥", sign::greater_equal},
      {"≠", sign::unequal},     {"<", sign::less},           {">", sign::greater},     {"=", sign::equal},
      {"!", sign::bang},        {"+", sign::plus},           {"-", sign::minus},       {"−", sign::minus},
      {"*", sign::times},       {"/", sign::over},           {"(", sign::open},        {")", sign::close},
      {"?", sign::question},    {":", sign::colon},          {",", sign::comma},       {"|", sign::bar}};
  for (const auto& [text, is] : signs)
    if (rest().starts_with(text)) {
      current_.is = is;
      at_ += text.size();
      return true;
    }
  return false;
}

void lexer::next() {
  skip_space();
  current_ = {sign::end, at_, {}};
  if (at_ == text_.size()) return;
  if (rest().starts_with("not") && name_part(at_ + 3) == 0) {
    current_.is = sign::negation;
    at_ += 3;
    return;
  }
  if (read_string() || read_number() || read_path() || read_meta() || read_sign()) return;
  current_.is = sign::wrong;
}

std::string lexer::raw_argument() {
  skip_space();
  const auto begin = at_;
  if (read_string()) {
    const std::string out(into_.literals.back().as_text());
    into_.literals.pop_back();
    next();
    return out;
  }
  at_ = std::min(text_.find('|', begin), text_.size());
  auto raw = text_.substr(begin, at_ - begin);
  while (!raw.empty() && raw.back() == ' ') raw.remove_suffix(1);
  next();
  return std::string(raw);
}

std::string lexer::word() {
  skip_space();
  const auto begin = at_;
  while (const auto n = name_part(at_)) at_ += n;
  std::string out(text_.substr(begin, at_ - begin));
  next();
  return out;
}

// Operators wait on a stack until one of lower rank comes: no recursion, however deep the brackets.
class parser {
 public:
  parser(std::string_view text, bad_expression& why) : why_(why), lexer_(text, out_) {}
  std::optional<expression> parse();

 private:
  struct waiting {
    sign is;
    int rank;
    std::uint32_t patch = 0;  // the jump to complete
  };
  bool fail(std::string id, std::size_t column, std::vector<std::string> args = {}) {
    why_ = {std::move(id), std::move(args), column};
    return false;
  }
  bool parse_operators(code& into);
  bool take_operand(code& into);
  bool take_operator(code& into, bool& done);
  bool reduce_to(int rank, code& into);
  bool finish(const waiting& w, code& into);
  bool close_bracket(code& into);
  bool take_colon(code& into, bool& done);
  bool parse_filter();
  bool parse_arguments(const filter_form& form, call& c);

  expression out_;
  bad_expression& why_;
  lexer lexer_;
  std::vector<waiting> stack_;
};

constexpr int rank_of(sign s) {
  switch (s) {
    case sign::question: return 1;
    case sign::either: return 2;
    case sign::both: return 3;
    case sign::negation: return 4;
    case sign::equal:
    case sign::unequal:
    case sign::less:
    case sign::less_equal:
    case sign::greater:
    case sign::greater_equal: return 5;
    case sign::plus:
    case sign::minus: return 6;
    case sign::times:
    case sign::over: return 7;
    default: return 0;
  }
}

step step_of(sign s) {
  switch (s) {
    case sign::plus: return step::add;
    case sign::minus: return step::subtract;
    case sign::times: return step::multiply;
    case sign::over: return step::divide;
    case sign::equal: return step::equal;
    case sign::unequal: return step::unequal;
    case sign::less: return step::less;
    case sign::less_equal: return step::less_equal;
    case sign::greater: return step::greater;
    default: return step::greater_equal;
  }
}

constexpr int prefix_rank = 8;

// A waiting minus sign before an operand, told from the one between two by its rank.
bool parser::finish(const waiting& w, code& into) {
  switch (w.is) {
    case sign::both:
    case sign::either:
      into[w.patch].a = static_cast<std::uint32_t>(into.size());
      into.push_back({step::truth, 0});
      return true;
    case sign::colon: into[w.patch].a = static_cast<std::uint32_t>(into.size()); return true;
    case sign::negation:
    case sign::bang: into.push_back({step::negation, 0}); return true;
    case sign::minus: into.push_back({w.rank == prefix_rank ? step::negate : step::subtract, 0}); return true;
    default: into.push_back({step_of(w.is), 0}); return true;
  }
}

// Completes what binds at least as tightly as `rank`. Brackets and an unanswered "?" stop it.
bool parser::reduce_to(int rank, code& into) {
  while (!stack_.empty() && stack_.back().is != sign::open && stack_.back().is != sign::question &&
         stack_.back().rank >= rank) {
    const auto w = stack_.back();
    stack_.pop_back();
    if (!finish(w, into)) return false;
  }
  return true;
}

bool parser::take_operand(code& into) {
  const auto l = lexer_.current();
  switch (l.is) {
    case sign::operand: into.push_back(l.produces); break;
    case sign::open: stack_.push_back({sign::open, 0}); break;
    case sign::negation: stack_.push_back({sign::negation, rank_of(sign::negation)}); break;
    case sign::bang: stack_.push_back({sign::bang, prefix_rank}); break;
    case sign::minus: stack_.push_back({sign::minus, prefix_rank}); break;
    default: return fail("docx.bad-expression", l.begin);
  }
  lexer_.next();
  return true;
}

bool parser::close_bracket(code& into) {
  if (!reduce_to(0, into)) return false;
  if (stack_.empty() || stack_.back().is != sign::open) return fail("docx.bad-expression", lexer_.current().begin);
  stack_.pop_back();
  return true;
}

// Of "? :", or the end of a filter's argument.
bool parser::take_colon(code& into, bool& done) {
  if (!reduce_to(0, into)) return false;
  if (stack_.empty() || stack_.back().is != sign::question) return done = true;
  const auto question = stack_.back();
  stack_.back() = {sign::colon, rank_of(sign::question), static_cast<std::uint32_t>(into.size())};
  into.push_back({step::jump, 0});
  into[question.patch].a = static_cast<std::uint32_t>(into.size());
  return true;
}

bool parser::take_operator(code& into, bool& done) {
  const auto l = lexer_.current();
  const auto rank = rank_of(l.is);
  switch (l.is) {
    case sign::close:
      if (!close_bracket(into)) return false;
      break;
    case sign::colon:
      if (!take_colon(into, done)) return false;
      if (done) return true;
      break;
    case sign::question:  // to the right: a ? b : c ? d : e
      if (!reduce_to(rank + 1, into)) return false;
      stack_.push_back({sign::question, rank, static_cast<std::uint32_t>(into.size())});
      into.push_back({step::jump_if_false, 0});
      break;
    case sign::both:
    case sign::either:
      if (!reduce_to(rank, into)) return false;
      stack_.push_back({l.is, rank, static_cast<std::uint32_t>(into.size())});
      into.push_back({l.is == sign::both ? step::keep_if_false : step::keep_if_true, 0});
      break;
    default:
      if (rank == 0 || l.is == sign::negation) return done = true;
      if (!reduce_to(rank, into)) return false;
      stack_.push_back({l.is, rank});
  }
  lexer_.next();
  return true;
}

// One expression, up to what cannot belong to it.
bool parser::parse_operators(code& into) {
  stack_.clear();
  bool done = false;
  while (!done) {
    const bool prefix = lexer_.current().is != sign::operand;
    if (!take_operand(into)) return false;
    if (prefix) continue;
    const auto closes = [this] { return lexer_.current().is == sign::close; };
    while (closes())
      if (!take_operator(into, done)) return false;
    if (!take_operator(into, done)) return false;
  }
  if (!reduce_to(0, into)) return false;
  return stack_.empty() || fail("docx.bad-expression", lexer_.current().begin);
}

bool parser::parse_arguments(const filter_form& form, call& c) {
  int count = 0;
  for (; lexer_.current().is == sign::colon || (count > 0 && lexer_.current().is == sign::comma); ++count) {
    lexer_.skip_space();
    const auto begin = lexer_.at();
    if (count == form.most) return fail("docx.wrong-arguments", begin, {std::string(form.name)});
    if (form.argument == takes::text) {
      c.text = lexer_.raw_argument();
      continue;
    }
    lexer_.next();
    code argument;
    if (!parse_operators(argument)) return false;
    if (c.which == filter::sort && count == 1) {
      const bool known = argument.size() == 1 && argument[0].what == step::path &&
                         (out_.paths.back().text == "desc" || out_.paths.back().text == "asc");
      if (!known) return fail("docx.wrong-arguments", begin, {std::string(form.name)});
      c.descending = out_.paths.back().text == "desc";
      out_.paths.pop_back();
      continue;
    }
    c.arguments.push_back(std::move(argument));
  }
  if (count < form.least) return fail("docx.wrong-arguments", lexer_.current().begin, {std::string(form.name)});
  return true;
}

bool parser::parse_filter() {
  lexer_.skip_space();
  const auto begin = lexer_.at();
  const auto name = lexer_.word();
  if (name.empty()) return fail("docx.bad-expression", begin);
  const auto* form = find_filter(name);
  if (form == nullptr) return fail("docx.unknown-filter", begin, {name, filters_like(name)});
  call c;
  c.which = form->which;
  if (!parse_arguments(*form, c)) return false;
  out_.steps.push_back({step::filter, static_cast<std::uint32_t>(out_.calls.size())});
  out_.calls.push_back(std::move(c));
  return true;
}

std::optional<expression> parser::parse() {
  code steps;
  if (!parse_operators(steps)) return {};
  out_.steps = std::move(steps);
  while (lexer_.current().is == sign::bar)
    if (!parse_filter()) return {};
  if (lexer_.current().is != sign::end) return fail("docx.bad-expression", lexer_.current().begin), std::nullopt;
  return std::move(out_);
}

}  // namespace

std::optional<expression> parse_expression(std::string_view text, bad_expression& why) {
  return parser(text, why).parse();
}

expression literal_name(std::string_view text) {
  expression out;
  out.dialect = rules::names;
  if (text == ".") {
    out.steps.push_back({step::item, 0});
    return out;
  }
  path p;
  p.names.emplace_back(text);
  p.text = text;
  out.paths.push_back(std::move(p));
  out.steps.push_back({step::path, 0});
  return out;
}

}  // namespace vanthu::docx
