#include "docx/filters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "docx/expression.hpp"
#include "docx/names.hpp"
#include "docx/nearest.hpp"
#include "text/collation.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t widest_pad = 100;

constexpr filter_form forms[] = {  // sorted
    {"avg", filter::avg, takes::item, 0, 1},
    {"count", filter::count, takes::nothing, 0, 0},
    {"date", filter::date, takes::text, 0, 1},
    {"default", filter::default_value, takes::expression, 1, 1},
    {"first", filter::first, takes::nothing, 0, 0},
    {"group", filter::group, takes::item, 1, 1},
    {"join", filter::join, takes::text, 0, 1},
    {"last", filter::last, takes::nothing, 0, 0},
    {"letter", filter::letter, takes::nothing, 0, 0},
    {"lower", filter::lower, takes::nothing, 0, 0},
    {"max", filter::max, takes::item, 0, 1},
    {"min", filter::min, takes::item, 0, 1},
    {"money", filter::money, takes::text, 0, 1},
    {"ngay", filter::ngay, takes::nothing, 0, 0},
    {"number", filter::number, takes::expression, 0, 1},
    {"pad", filter::pad, takes::expression, 1, 1},
    {"percent", filter::percent, takes::expression, 0, 1},
    {"roman", filter::roman, takes::nothing, 0, 0},
    {"sort", filter::sort, takes::item, 0, 2},
    {"sum", filter::sum, takes::item, 0, 1},
    {"title", filter::title, takes::nothing, 0, 0},
    {"trim", filter::trim, takes::nothing, 0, 0},
    {"upper", filter::upper, takes::nothing, 0, 0},
    {"where", filter::where, takes::item, 1, 1},
    {"words", filter::words, takes::nothing, 0, 0},
};

value::kind type_of(const operand& o) { return o.items ? value::kind::list : o.get().type(); }

std::int64_t integer_of(const operand& o) {
  const auto n = number_of(o);
  const auto whole = n.rounded(0);
  if (whole != n) throw data_fault{"docx.not-an-integer", {excerpt_of(o)}};
  return whole.coefficient();
}

// A day, or a text that begins with one: "2023-04-18", "2023-04-18T07:30".
date day_of(const operand& o) {
  if (type_of(o) == value::kind::day) return o.get().as_day();
  if (type_of(o) == value::kind::text) {
    const auto text = o.get().as_text();
    const auto day = parse_date(text.substr(0, text.find('T')));
    if (day) return *day;
  }
  throw data_fault{"docx.not-a-date", {excerpt_of(o)}};
}

// d dd M MM yy yyyy; other characters stand for themselves.
std::string by_pattern(date d, std::string_view pattern) {
  const auto day = civil(d);
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    const auto c = pattern[at];
    const auto run = std::min(pattern.find_first_not_of(c, at), pattern.size()) - at;
    at += run;
    const auto year = static_cast<int>(day.year());
    if (c == 'd' && run <= 2)
      out += fmt::format("{:0{}}", static_cast<unsigned>(day.day()), run);
    else if (c == 'M' && run <= 2)
      out += fmt::format("{:0{}}", static_cast<unsigned>(day.month()), run);
    else if (c == 'y' && (run == 4 || run == 2))
      out += run == 4 ? fmt::format("{:04}", year) : fmt::format("{:02}", year % 100);
    else
      out.append(run, c);
  }
  return out;
}

std::string date_text(const operand& o, std::string_view pattern) {
  const auto d = day_of(o);
  if (pattern.empty()) return format_date(d);
  return pattern == "ngay" ? legal_date(d) : by_pattern(d, pattern);
}

std::string roman(std::int64_t n) {
  if (n < 1 || n > 3999) throw data_fault{"docx.out-of-range", {std::to_string(n), "1", "3999"}};
  constexpr std::pair<int, std::string_view> signs[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                                                        {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                                                        {5, "V"},    {4, "IV"},   {1, "I"}};
  std::string out;
  for (const auto& [amount, sign] : signs)
    for (; n >= amount; n -= amount) out += sign;
  return out;
}

// The points of a clause, in the order of the Vietnamese alphabet.
std::string letter(std::int64_t n) {
  constexpr std::array<std::string_view, 23> letters = {"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m",
                                                        "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"};
  if (n < 1 || n > static_cast<std::int64_t>(letters.size()))
    throw data_fault{"docx.out-of-range", {std::to_string(n), "1", std::to_string(letters.size())}};
  return std::string(letters[static_cast<std::size_t>(n - 1)]);
}

std::string title(std::string_view text) {
  std::string out;
  bool begins = true;
  while (!text.empty()) {
    const auto c = text.substr(0, character_length(text));
    out += begins ? upper(c) : std::string(c);
    begins = c == " " || c == "\n" || c == "\t" || c == "-" || c == "(";
    text.remove_prefix(c.size());
  }
  return out;
}

std::string trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

std::string pad(const operand& o, std::int64_t width) {
  if (width < 0 || width > static_cast<std::int64_t>(widest_pad))
    throw data_fault{"docx.out-of-range", {std::to_string(width), "0", std::to_string(widest_pad)}};
  auto text = to_text(o);
  std::size_t characters = 0;
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(character_length(rest))) ++characters;
  const auto wanted = static_cast<std::size_t>(width);
  if (characters < wanted) text.insert(text.starts_with('-') ? 1 : 0, wanted - characters, '0');
  return text;
}

const operand& list_of(const operand& o) {
  if (!o.is_list()) throw data_fault{"docx.not-a-list", {excerpt_of(o)}};
  return o;
}

operand borrowed(const value& v) { return {&v, {}, {}, nullptr}; }

operand selection(std::vector<const value*> items) {
  return {nullptr, {}, std::make_shared<const std::vector<const value*>>(std::move(items)), nullptr};
}

// What an argument says of each item, or the items themselves.
class per_item {
 public:
  per_item(const call& c, const expression& e, std::span<const scope> scopes, filter_budget& budget)
      : c_(c), e_(e), budget_(budget) {
    scopes_.assign(scopes.begin(), scopes.end());
    scopes_.emplace_back();
  }
  operand operator()(const operand& list, std::size_t index) {
    const auto& item = list.at(index);
    if (c_.arguments.empty()) return borrowed(item);
    scopes_.back() = {&item, true, index, list.size()};
    return evaluate(e_, c_.arguments.front(), scopes_, budget_);
  }

 private:
  const call& c_;
  const expression& e_;
  filter_budget& budget_;
  std::vector<scope> scopes_;
};

struct keyed {
  operand key;
  const value* item;
  std::string text;  // of a text: what it compares by
};

// How the keys of a list compare: all in the same way, whichever two of them.
enum class comparison { by_text, by_day, by_number };

comparison prepare(std::vector<keyed>& all) {
  const auto is = [](value::kind k) { return [k](const keyed& one) { return type_of(one.key) == k; }; };
  if (std::ranges::any_of(all, is(value::kind::day))) return comparison::by_day;
  if (!std::ranges::all_of(all, is(value::kind::text))) return comparison::by_number;
  for (auto& one : all) one.text = texts::collation_key(one.key.get().as_text());
  return comparison::by_text;
}

std::weak_ordering compare(const keyed& a, const keyed& b, comparison how) {
  switch (how) {
    case comparison::by_text:
      return a.text <=> b.text;
    case comparison::by_day:
      return day_of(a.key).time_since_epoch().count() <=> day_of(b.key).time_since_epoch().count();
    default:
      return number_of(a.key) <=> number_of(b.key);
  }
}

operand keep_where(const operand& list, per_item& says) {
  std::vector<const value*> kept;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (is_true(says(list, i))) kept.push_back(&list.at(i));
  return selection(std::move(kept));
}

// Stable; items without a key come last.
operand sorted(const operand& list, per_item& says, bool descending) {
  std::vector<keyed> all;
  std::vector<const value*> without;
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto key = says(list, i);
    if (key.is_null())
      without.push_back(&list.at(i));
    else
      all.push_back({std::move(key), &list.at(i), {}});
  }
  std::ranges::stable_sort(all, [&, how = prepare(all)](const keyed& a, const keyed& b) {
    return descending ? compare(b, a, how) < 0 : compare(a, b, how) < 0;
  });
  std::vector<const value*> items;
  for (const auto& one : all) items.push_back(one.item);
  items.insert(items.end(), without.begin(), without.end());
  return selection(std::move(items));
}

// {key, items} for each different key, in the order the keys first come in.
operand grouped(const operand& list, per_item& says) {
  std::vector<std::pair<value, std::vector<const value*>>> groups;
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto key = says(list, i);
    const auto [at, is_new] = known.try_emplace(write_json(key.get()), groups.size());
    if (is_new) groups.emplace_back(key.get(), std::vector<const value*>{});
    groups[at->second].second.push_back(&list.at(i));
  }
  auto out = value::list();
  for (auto& [key, members] : groups) {
    auto items = value::list();
    for (const auto* m : members) items.push_back(*m);
    out.push_back(value::object({{"key", std::move(key)}, {"items", std::move(items)}}));
  }
  return make_operand(std::move(out));
}

// Of the figures that are there; absent when none is.
operand total(const operand& list, per_item& says, bool average) {
  std::optional<decimal> sum;
  std::int64_t count = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto figure = says(list, i);
    if (figure.is_null()) continue;
    sum = sum ? *sum + number_of(figure) : number_of(figure);
    ++count;
  }
  if (!sum) return {};
  if (!average) return make_operand(*sum);
  return make_operand(quotient_of(*sum, decimal(count)));
}

operand extreme(const operand& list, per_item& says, bool greatest) {
  std::vector<keyed> all;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (auto figure = says(list, i); !figure.is_null()) all.push_back({std::move(figure), nullptr, {}});
  // The first of several.
  const auto best = std::ranges::min_element(all, [&, how = prepare(all)](const keyed& a, const keyed& b) {
    return greatest ? compare(b, a, how) < 0 : compare(a, b, how) < 0;
  });
  return best == all.end() ? operand{} : std::move(best->key);
}

std::string joined(const operand& list, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += separator;
    out += to_text(borrowed(list.at(i)));
  }
  return out;
}

operand end_of(const operand& list, bool first) {
  if (list.size() == 0) return {};
  return make_operand(list.at(first ? 0 : list.size() - 1));
}

std::optional<int> decimals_of(const call& c, const expression& e, std::span<const scope> scopes,
                               filter_budget& budget) {
  if (c.arguments.empty()) return {};
  const auto n = integer_of(evaluate(e, c.arguments.front(), scopes, budget));
  if (n < 0 || n > 9) throw data_fault{"docx.out-of-range", {std::to_string(n), "0", "9"}};
  return static_cast<int>(n);
}

bool looks_at_items(filter f) { return f != filter::count && f != filter::first && f != filter::last; }

operand of_list(const call& c, const operand& list, const expression& e, std::span<const scope> scopes,
                filter_budget& budget) {
  if (looks_at_items(c.which)) {
    if (list.size() > budget.left) throw budget_spent{};
    budget.left -= list.size();
  }
  per_item says(c, e, scopes, budget);
  switch (c.which) {
    case filter::avg: return total(list, says, true);
    case filter::count: return make_operand(list.size());
    case filter::first: return end_of(list, true);
    case filter::group: return grouped(list, says);
    case filter::join: return make_operand(joined(list, c.text.empty() ? ", " : c.text));
    case filter::last: return end_of(list, false);
    case filter::max: return extreme(list, says, true);
    case filter::min: return extreme(list, says, false);
    case filter::sort: return sorted(list, says, c.descending);
    case filter::sum: return total(list, says, false);
    default: return keep_where(list, says);
  }
}

bool takes_list(filter f) {
  switch (f) {
    case filter::avg:
    case filter::count:
    case filter::first:
    case filter::group:
    case filter::join:
    case filter::last:
    case filter::max:
    case filter::min:
    case filter::sort:
    case filter::sum:
    case filter::where: return true;
    default: return false;
  }
}

std::string of_value(const call& c, const operand& o, const expression& e, std::span<const scope> scopes,
                     filter_budget& budget) {
  switch (c.which) {
    case filter::date: return date_text(o, c.text);
    case filter::letter: return letter(integer_of(o));
    case filter::lower: return lower(to_text(o));
    case filter::money: return format_number(number_of(o)) + " " + (c.text.empty() ? "đồng" : c.text);
    case filter::ngay: return legal_date(day_of(o));
    case filter::number: return format_number(number_of(o), decimals_of(c, e, scopes, budget));
    case filter::pad: return pad(o, integer_of(evaluate(e, c.arguments.front(), scopes, budget)));
    case filter::percent: return format_number(number_of(o), decimals_of(c, e, scopes, budget)) + "%";
    case filter::roman: return roman(integer_of(o));
    case filter::title: return title(to_text(o));
    case filter::trim: return trim(to_text(o));
    case filter::upper: return upper(to_text(o));
    default: return number_words(integer_of(o));
  }
}

}  // namespace

const filter_form* find_filter(std::string_view name) {
  const auto* at = std::ranges::lower_bound(forms, name, {}, &filter_form::name);
  return at != std::end(forms) && at->name == name ? at : nullptr;
}

std::string filters_like(std::string_view name) {
  near_name nearest(name);
  for (const auto& f : forms) nearest.offer(f.name);
  if (auto found = nearest.found(); !found.empty()) return found;
  std::string all;
  for (const auto& f : forms) (all += all.empty() ? "" : ", ") += f.name;
  return all;
}

operand apply(const call& c, operand input, const expression& e, std::span<const scope> scopes,
              filter_budget& budget) {
  if (c.which == filter::default_value)
    return input.is_null() ? evaluate(e, c.arguments.front(), scopes, budget) : std::move(input);
  if (input.is_null()) return input;
  if (!takes_list(c.which)) return make_operand(of_value(c, input, e, scopes, budget));
  auto out = of_list(c, list_of(input), e, scopes, budget);
  // A selection points into its list: a list of its own must not go away under it.
  if (out.items && input.ref == nullptr && !input.items) {
    auto copy = value::list();
    for (const auto* item : *out.items) copy.push_back(*item);
    return make_operand(std::move(copy));
  }
  return out.ref != nullptr && input.ref == nullptr && !input.items ? make_operand(*out.ref) : std::move(out);
}

decimal number_of(const operand& o) {
  if (type_of(o) == value::kind::number) return o.get().as_number();
  if (type_of(o) == value::kind::text)
    if (const auto n = decimal::parse(o.get().as_text())) return *n;
  throw data_fault{"docx.not-a-number", {excerpt_of(o)}};
}

decimal quotient_of(const decimal& a, const decimal& b) {
  if (b == decimal(0)) throw data_fault{"docx.division-by-zero", {}};
  const auto least = std::max(a.scale(), b.scale());
  const auto whole = divide(a, b, 0).to_string().size();
  const auto room = std::max(0, 17 - static_cast<int>(std::min<std::size_t>(whole, 17)));
  auto q = divide(a, b, std::min(std::max(10, least), room));
  while (q.scale() > least && q.coefficient() % 10 == 0) q = decimal(q.coefficient() / 10, q.scale() - 1);
  return q;
}

std::string to_text(const operand& o) {
  if (o.items) throw data_fault{"docx.wrong-type", {}};
  const auto& v = o.get();
  switch (v.type()) {
    case value::kind::null: return {};
    case value::kind::boolean: return v.as_boolean() ? "true" : "false";
    case value::kind::number: return v.as_number().to_string();
    case value::kind::day: return format_date(v.as_day());
    case value::kind::text: return std::string(v.as_text());
    case value::kind::list:
    case value::kind::object: break;
  }
  throw data_fault{"docx.wrong-type", {}};
}

}  // namespace vanthu::docx
