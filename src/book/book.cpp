#include "vanthu/book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "vanthu/value.hpp"

namespace vanthu {
namespace {

constexpr std::string_view taken_type = "number.taken/1";

std::string_view require_kind(std::string_view kind) {
  if (const auto code = kind_code(kind)) return *code;
  throw error(errc::misuse, {"book.unknown-kind", {std::string(kind)}});
}

std::string_view series_of(const agency& a, std::string_view code) {
  if (code == "SY" || code == "TrS" || code == "SL") return "sao";
  return a.series == number_series::common ? std::string_view("chung") : code;
}

std::string text_member(const value& body, std::string_view name) {
  const auto* v = body.find(name);
  return v && v->type() == value::kind::text ? std::string(v->as_text()) : std::string();
}

std::optional<int> number_member(const value& body) {
  const auto* v = body.find("number");
  if (!v || v->type() != value::kind::number) return {};
  const auto n = v->as_number();
  if (n.scale() != 0 || n.coefficient() < 1 || n.coefficient() > std::numeric_limits<int>::max()) return {};
  return static_cast<int>(n.coefficient());
}

std::optional<registered_number> parse(const record& r) {
  if (r.type != taken_type) return {};
  const auto body = read_json(r.body, r.stream);
  if (!body) return {};
  const auto number = number_member(*body);
  const auto on = parse_date(text_member(*body, "on"));
  if (!number || !on) return {};
  registered_number taken;
  taken.number = {*number, text_member(*body, "text")};
  taken.kind = text_member(*body, "kind");
  taken.actor = r.actor;
  taken.subject = text_member(*body, "subject");
  taken.key = text_member(*body, "key");
  taken.sha256 = text_member(*body, "sha256");
  taken.on = *on;
  taken.record = r.number;
  return taken;
}

std::string body_of(const number_request& r, std::string_view kind, const document_number& number) {
  auto body = value::object({{"number", number.number}, {"text", number.text}, {"kind", kind}, {"on", r.on}});
  const std::pair<const char*, const std::string*> others[] = {
      {"unit", &r.unit}, {"subject", &r.subject}, {"sha256", &r.sha256}, {"key", &r.key}};
  for (const auto& [name, text] : others)
    if (!text->empty()) body.set(name, *text);
  return write_json(body);
}

// What a key stands for: the document, not who asks again and when.
bool same_document(const registered_number& taken, const agency& a, const number_request& r) {
  return taken.kind == require_kind(r.kind) && taken.on == r.on && taken.subject == r.subject &&
         taken.sha256 == r.sha256 && taken.number.text == format_number_of(a, r.kind, taken.number.number, r.unit).text;
}

}  // namespace

number_book book_of(const agency& a, std::string_view kind, date on) {
  return {a.id, std::string(series_of(a, require_kind(kind))), year_of(on)};
}

std::string stream_of(const number_book& b) {
  return fmt::format("book/{}/{}/{}", b.agency.text, b.series, b.year);
}

document_number format_number_of(const agency& a, std::string_view kind, int n, std::string_view unit) {
  const auto code = require_kind(kind);
  if (a.notation.empty()) throw error(errc::misuse, {"book.no-notation", {a.id.text}});
  if (code != "CV") return {n, fmt::format("{:02}/{}-{}", n, code, a.notation)};
  if (unit.empty()) throw error(errc::misuse, {"book.no-unit", {a.id.text}});
  return {n, fmt::format("{:02}/{}-{}", n, a.notation, unit)};
}

std::vector<registered_number> read_book(const journal& j, const number_book& b) {
  std::vector<registered_number> all;
  for (const auto& r : j.read(stream_of(b))) {
    auto taken = parse(r);
    if (!taken) throw error(errc::corrupt, {"book.bad-record", {r.stream, std::to_string(r.number)}});
    all.push_back(std::move(*taken));
  }
  return all;
}

next_number prepare_number(const journal& j, const agency& a, const number_request& r) {
  const auto book = book_of(a, r.kind, r.on);
  const auto taken = read_book(j, book);
  const auto expected = taken.empty() ? 0 : taken.back().record;
  const auto before = r.key.empty() ? taken.end() : std::ranges::find(taken, r.key, &registered_number::key);
  if (before != taken.end()) {
    if (!same_document(*before, a, r)) throw error(errc::conflict, {"book.key-reused", {r.key, before->number.text}});
    return {before->number, {stream_of(book), expected, {}}};
  }
  if (!taken.empty() && r.on < taken.back().on)
    throw error(errc::misuse,
                {"book.date-before-last", {format_date(r.on), format_date(taken.back().on), taken.back().number.text}});
  auto number = format_number_of(a, r.kind, taken.empty() ? 1 : taken.back().number.number + 1, r.unit);
  batch taking{stream_of(book), expected, {}};
  taking.records.push_back({r.at, r.actor, std::string(taken_type), body_of(r, require_kind(r.kind), number)});
  return {std::move(number), std::move(taking)};
}

document_number take_number(journal& j, const agency& a, const number_request& r) {
  constexpr int attempts = 100;
  for (int i = 0; i < attempts; ++i) {
    auto next = prepare_number(j, a, r);
    if (j.append({&next.taking, 1})) return std::move(next.number);
  }
  throw error(errc::conflict, {"book.busy", {stream_of(book_of(a, r.kind, r.on))}});
}

}  // namespace vanthu
