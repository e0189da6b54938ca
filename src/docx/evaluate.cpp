#include <fmt/format.h>

#include <algorithm>

#include "docx/expression.hpp"
#include "text/collation.hpp"
#include "xml/characters.hpp"

namespace vanthu::docx {
namespace {

std::optional<std::size_t> list_index(std::string_view name) {
  if (name.empty() || name.size() > 9) return {};
  std::size_t out = 0;
  for (const char c : name) {
    if (c < '0' || c > '9') return {};
    out = out * 10 + static_cast<std::size_t>(c - '0');
  }
  return out;
}

const value* member(const value& v, std::string_view name) {
  if (v.type() == value::kind::object) return v.find(name);
  if (v.type() != value::kind::list) return nullptr;
  const auto index = list_index(name);
  return index && *index < v.size() ? &v.at(*index) : nullptr;
}

const value* follow(const value* from, const path& p, std::size_t first) {
  for (auto i = first; i < p.names.size() && from != nullptr; ++i) from = member(*from, p.names[i]);
  return from;
}

operand arithmetic(step what, const operand& a, const operand& b) {
  if (a.is_null() || b.is_null()) {  // an absent figure stays absent
    operand out;
    out.missing = a.missing != nullptr ? a.missing : b.missing;
    return out;
  }
  const auto x = number_of(a);
  const auto y = number_of(b);
  switch (what) {
    case step::add: return make_operand(x + y);
    case step::subtract: return make_operand(x - y);
    case step::multiply: return make_operand(x * y);
    default: return make_operand(quotient_of(x, y));
  }
}

bool is_number(const operand& o) { return !o.items && o.get().type() == value::kind::number; }

bool equals(const operand& a, const operand& b) {
  if (a.items || b.items) {
    if (!a.is_list() || !b.is_list() || a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!(a.at(i) == b.at(i))) return false;
    return true;
  }
  if (is_number(a) != is_number(b) && !a.is_null() && !b.is_null()) {
    const auto& other = is_number(a) ? b.get() : a.get();
    const auto n = other.type() == value::kind::text ? decimal::parse(other.as_text()) : std::nullopt;
    return n && *n == (is_number(a) ? a : b).get().as_number();
  }
  return a.get() == b.get();
}

std::optional<date> day_of(const operand& o) {
  const auto& v = o.get();
  if (o.items) return {};
  if (v.type() == value::kind::day) return v.as_day();
  if (v.type() == value::kind::text) return parse_date(v.as_text());
  return {};
}

std::strong_ordering order(const operand& a, const operand& b) {
  const auto type_a = a.items ? value::kind::list : a.get().type();
  const auto type_b = b.items ? value::kind::list : b.get().type();
  if (type_a == value::kind::number || type_b == value::kind::number) return number_of(a) <=> number_of(b);
  if (type_a == value::kind::day || type_b == value::kind::day) {
    const auto x = day_of(a);
    const auto y = day_of(b);
    if (x && y) return x->time_since_epoch().count() <=> y->time_since_epoch().count();
  } else if (type_a == value::kind::text && type_b == value::kind::text) {
    return texts::collation_key(a.get().as_text()) <=> texts::collation_key(b.get().as_text());
  }
  throw data_fault{"docx.not-comparable", {excerpt_of(a), excerpt_of(b)}};
}

bool compare(step what, const operand& a, const operand& b) {
  if (what == step::equal) return equals(a, b);
  if (what == step::unequal) return !equals(a, b);
  if (a.is_null() || b.is_null()) return false;
  const auto o = order(a, b);
  switch (what) {
    case step::less: return o < 0;
    case step::less_equal: return o <= 0;
    case step::greater: return o > 0;
    default: return o >= 0;
  }
}

operand of_loop(step what, std::span<const scope> scopes) {
  const auto* loop = innermost_loop(scopes);
  if (loop == nullptr) throw data_fault{"docx.outside-loop", {}};
  const auto& s = *loop;
  switch (what) {
    case step::index: return make_operand(s.index);
    case step::number: return make_operand(s.index + 1);
    case step::first: return make_operand(s.index == 0);
    case step::last: return make_operand(s.index + 1 == s.count);  // rows are read one ahead
    default:
      if (s.count == unknown_count) throw data_fault{"docx.cursor-once", {}};
      return make_operand(s.count);
  }
}

class evaluation {
 public:
  evaluation(const expression& e, std::span<const scope> scopes, filter_budget& budget)
      : e_(e), scopes_(scopes), budget_(budget) {}
  operand run(const code& steps);

 private:
  operand pop() {
    auto top = std::move(stack_.back());
    stack_.pop_back();
    return top;
  }
  void push(operand o) { stack_.push_back(std::move(o)); }
  // The next step; may be a jump.
  std::size_t execute(const instruction& i, std::size_t next);
  void binary(step what);
  std::size_t execute_script(const instruction& i, std::size_t next);
  bool holds(const operand& o) const { return e_.dialect == rules::script ? script_true(o) : is_true(o); }

  const expression& e_;
  std::span<const scope> scopes_;
  filter_budget& budget_;
  std::vector<operand> stack_;
};

void evaluation::binary(step what) {
  const auto b = pop();
  const auto a = pop();
  if (e_.dialect == rules::script)
    push(script_binary(what, a, b));
  else if (what <= step::divide)
    push(arithmetic(what, a, b));
  else
    push(make_operand(compare(what, a, b)));
}

std::size_t evaluation::execute(const instruction& i, std::size_t next) {
  switch (i.what) {
    case step::path: {
      std::size_t place = 0;
      push(at_path(e_.paths[i.a], scopes_, e_.dialect, place));
      break;
    }
    case step::item: push(item_of(scopes_)); break;
    case step::index:
    case step::number:
    case step::first:
    case step::last:
    case step::count: push(of_loop(i.what, scopes_)); break;
    case step::literal: push({&e_.literals[i.a], {}, {}, nullptr}); break;
    case step::add:
    case step::subtract:
    case step::multiply:
    case step::divide:
    case step::equal:
    case step::unequal:
    case step::less:
    case step::less_equal:
    case step::greater:
    case step::greater_equal: binary(i.what); break;
    case step::negate:
      push(e_.dialect == rules::script ? script_unary(i.what, pop())
                                       : arithmetic(step::subtract, make_operand(0), pop()));
      break;
    case step::negation: push(make_operand(!holds(pop()))); break;
    case step::truth: push(make_operand(is_true(pop()))); break;
    case step::jump: return i.a;
    case step::jump_if_false: return holds(pop()) ? next : i.a;
    case step::keep_if_false:
    case step::keep_if_true:
      if (holds(stack_.back()) == (i.what == step::keep_if_true)) return i.a;
      stack_.pop_back();
      break;
    case step::filter: push(apply(e_.calls[i.a], pop(), e_, scopes_, budget_)); break;
    default: return execute_script(i, next);
  }
  return next;
}

std::size_t evaluation::execute_script(const instruction& i, std::size_t next) {
  switch (i.what) {
    case step::member: push(script_member(pop(), {&e_.literals[i.a], {}, {}, nullptr})); break;
    case step::element: {
      const auto key = pop();
      push(script_member(pop(), key));
      break;
    }
    case step::make_list: {
      std::vector<value> items(i.a);
      for (auto at = items.size(); at-- > 0;) items[at] = pop().get();
      push(make_operand(value::list(std::move(items))));
      break;
    }
    case step::call:
      stack_.resize(stack_.size() - i.a - 1);
      push({});
      break;
    case step::plus: push(script_unary(i.what, pop())); break;
    case step::remainder: binary(i.what); break;
    case step::drop: stack_.pop_back(); break;
    case step::assign: {
      const auto given = pop();
      if (scopes_.back().named != nullptr) scopes_.back().named->set(e_.paths[i.a].text, given.get());
      push(make_operand(value("")));
      break;
    }
    default: {
      const auto& c = e_.calls[i.a];
      const auto all = std::span(stack_).last(c.count + 1);
      auto out = c.which == filter::sum ? script_sum(all) : make_operand(script_filter(c.which, script_text(all[0].get())));
      stack_.resize(stack_.size() - c.count - 1);
      push(std::move(out));
    }
  }
  return next;
}

operand evaluation::run(const code& steps) {
  for (std::size_t at = 0; at < steps.size();) at = execute(steps[at], at + 1);
  return pop();
}

}  // namespace

std::string excerpt_of(const operand& o) {
  constexpr std::size_t longest = 40;
  if (o.is_list()) return "[…]";
  if (o.get().type() == value::kind::object) return "{…}";
  if (o.get().type() != value::kind::text) return to_text(o);
  auto text = o.get().as_text();
  if (xml::find_flaw(text).what != xml::flaw::none) return "\"…\"";
  const bool is_whole = text.size() <= longest;
  auto end = std::min(text.size(), longest);
  while (!is_whole && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) --end;
  return fmt::format("\"{}{}\"", text.substr(0, end), is_whole ? "" : "…");
}

operand make_operand(value v) { return {nullptr, std::move(v), {}, nullptr}; }

operand item_of(std::span<const scope> scopes) {
  operand out;
  for (auto i = scopes.size(); i-- > 0 && out.ref == nullptr;) out.ref = scopes[i].item;
  return out;
}

const scope* innermost_loop(std::span<const scope> scopes) {
  for (auto i = scopes.size(); i-- > 0;)
    if (scopes[i].is_loop) return &scopes[i];
  return nullptr;
}

namespace {

const value* reach(const path& p, std::span<const scope> scopes, rules dialect, std::size_t& place) {
  if (p.from_item) {
    const auto from = item_of(scopes);
    return from.ref == nullptr ? nullptr : follow(from.ref, p, 0);
  }
  for (auto i = scopes.size(); i-- > 0;) {
    const auto& name = p.names.front();
    if (scopes[i].named != nullptr)
      if (const auto* given = scopes[i].named->find(name)) return given;
    const auto* item = scopes[i].item;
    if (item == nullptr || item->type() != value::kind::object) continue;
    const auto* found = item->find(name, place);
    if (found != nullptr && (dialect == rules::ours || !found->is_null())) return follow(found, p, 1);
  }
  return nullptr;
}

}  // namespace

const value* look_up(const path& p, std::span<const scope> scopes, rules dialect) {
  std::size_t place = 0;
  return reach(p, scopes, dialect, place);
}

operand at_path(const path& p, std::span<const scope> scopes, rules dialect, std::size_t& place) {
  operand out;
  if (dialect == rules::script && p.text == "$index")
    if (const auto* loop = innermost_loop(scopes)) return make_operand(loop->index);
  out.ref = reach(p, scopes, dialect, place);
  if (out.ref == nullptr || out.ref->is_null()) out.missing = &p;
  return out;
}

bool is_true(const operand& o) {
  if (o.items) return !o.items->empty();
  const auto& v = o.get();
  switch (v.type()) {
    case value::kind::null: return false;
    case value::kind::boolean: return v.as_boolean();
    case value::kind::number: return v.as_number().coefficient() != 0;
    case value::kind::day: return true;
    case value::kind::text: return !v.as_text().empty();
    case value::kind::list: return v.size() > 0;
    case value::kind::object: return true;
  }
  return false;
}

operand evaluate(const expression& e, const code& steps, std::span<const scope> scopes, filter_budget& budget) {
  try {
    return evaluation(e, scopes, budget).run(steps);
  } catch (const error&) {  // of the exact numbers, which have their bounds
    throw data_fault{"docx.number-too-long", {}};
  }
}

operand evaluate(const expression& e, std::span<const scope> scopes, filter_budget& budget) {
  return evaluate(e, e.steps, scopes, budget);
}

}  // namespace vanthu::docx
