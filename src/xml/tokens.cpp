#include "xml/tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <numeric>
#include <tuple>

#include "xml/characters.hpp"

namespace vanthu::xml {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view xml_space = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view xmlns_space = "http://www.w3.org/2000/xmlns/";
constexpr std::size_t longest_reference = 64;  // bytes; XML has no bound, what we know is far below

bool looks_like_utf16(std::string_view text) {
  if (text.size() < 2) return false;
  const auto first = text.substr(0, 2);
  return first == "\xff\xfe" || first == "\xfe\xff" || first == std::string_view("<\0", 2) ||
         first == std::string_view("\0<", 2) || first == std::string_view("\0\0", 2);
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return low(x) == low(y);
  });
}

// The code of "#xE9" or "#233"; nothing when it is no reference to a character XML allows.
std::optional<std::uint32_t> character_of(std::string_view reference) {
  reference.remove_prefix(1);
  const bool hex = !reference.empty() && reference.front() == 'x';
  if (hex) reference.remove_prefix(1);
  std::uint32_t code = 0;
  const auto* last = reference.data() + reference.size();
  const auto [end, error] = std::from_chars(reference.data(), last, code, hex ? 16 : 10);
  if (error != std::errc{} || end != last || !is_character(code)) return {};
  return code;
}

std::optional<char> named_character(std::string_view name) {
  if (name == "amp") return '&';
  if (name == "lt") return '<';
  if (name == "gt") return '>';
  if (name == "quot") return '"';
  if (name == "apos") return '\'';
  return {};
}

// Up to about 20 bytes from `offset`, whole characters, for a message.
std::string excerpt(std::string_view text, std::size_t offset) {
  auto piece = text.substr(std::min(offset, text.size()), 20);
  piece = piece.substr(0, piece.find_first_of("\r\n"));
  auto end = piece.size();
  if (end == 20 && offset + end < text.size())
    while (end > 0 && (static_cast<unsigned char>(text[offset + end]) & 0xc0U) == 0x80) --end;
  return std::string(piece.substr(0, end));
}

}  // namespace

tokenizer::tokenizer(std::string_view text, const limits& most) : text_(text), most_(most) {
  bindings_ = {{"xml", xml_space}, {"xmlns", xmlns_space}};
  leave_ = bindings_.size();
}

const token& tokenizer::fail(std::string id, std::size_t offset, std::vector<std::string> args) {
  problem_ = xml::problem{{std::move(id), std::move(args)}, offset};
  attributes_.clear();
  token_ = {};
  token_.kind = kind::failed;
  token_.begin = token_.end = offset;
  return token_;
}

const token& tokenizer::fail_syntax(std::size_t offset) {
  if (offset >= text_.size()) return fail("xml.unexpected-end", text_.size());
  return fail("xml.syntax", offset, {excerpt(text_, offset)});
}

const token& tokenizer::next() {
  if (problem_) return token_;
  if (!started_) {
    started_ = true;
    if (looks_like_utf16(text_)) return fail("xml.encoding", 0, {"UTF-16"});
    const auto flaw = find_flaw(text_);
    if (flaw.what == flaw::malformed) return fail("xml.invalid-utf8", flaw.offset);
    if (flaw.what == flaw::forbidden)
      return fail("xml.control-character", flaw.offset, {fmt::format("U+{:04X}", flaw.code)});
    if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
  }
  bindings_.resize(leave_);
  attributes_.clear();
  token_ = {};
  token_.begin = at_;
  if (at_ == text_.size()) return finish();
  if (text_[at_] != '<') return read_text();
  const auto here = rest();
  if (here.starts_with("</")) return read_end();
  if (here.starts_with("<!--")) return read_comment();
  if (here.starts_with("<![CDATA[")) return read_cdata();
  if (here.starts_with("<!DOCTYPE")) return fail("xml.doctype", at_);
  if (here.starts_with("<?")) return read_instruction();
  return read_start();
}

const token& tokenizer::finish() {
  if (!open_.empty()) return fail("xml.unclosed-element", open_.back().begin, {std::string(open_.back().name)});
  if (!had_root_) return fail("xml.no-root", at_);
  token_.end = at_;
  return token_;
}

const token& tokenizer::read_text() {
  const auto end = std::min(text_.find('<', at_), text_.size());
  const auto piece = text_.substr(at_, end - at_);
  if (open_.empty()) {
    const auto other = std::ranges::find_if_not(piece, is_space);
    if (other != piece.end())
      return fail("xml.text-outside-root", at_ + static_cast<std::size_t>(other - piece.begin()));
  }
  if (!check_references(at_, end)) return token_;
  if (const auto wrong = piece.find("]]>"); wrong != piece.npos) return fail_syntax(at_ + wrong);
  token_.kind = kind::text;
  token_.text = piece;
  token_.end = at_ = end;
  return token_;
}

bool tokenizer::check_references(std::size_t begin, std::size_t end) {
  const auto piece = text_.substr(begin, end - begin);
  for (auto at = piece.find('&'); at != piece.npos; at = piece.find('&', at + 1)) {
    const auto semicolon = piece.substr(at, longest_reference).find(';');
    const auto name = semicolon == piece.npos ? std::string_view{} : piece.substr(at + 1, semicolon - 1);
    if (name.starts_with('#') && !character_of(name))
      return fail("xml.bad-character-reference", begin + at, {std::string(name)}), false;
    if (name.starts_with('#') || named_character(name)) continue;
    if (name.empty() || !is_name_start(name.front()) || !std::ranges::all_of(name, is_name_part))
      return fail("xml.bare-ampersand", begin + at), false;
    return fail("xml.unknown-entity", begin + at, {std::string(name)}), false;
  }
  return true;
}

void tokenizer::skip_space() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
}

std::string_view tokenizer::read_name() {
  const auto begin = at_;
  if (at_ == text_.size() || !is_name_start(text_[at_])) return {};
  while (at_ < text_.size() && is_name_part(text_[at_])) ++at_;
  return text_.substr(begin, at_ - begin);
}

const token& tokenizer::read_start() {
  const auto begin = at_++;
  token_.name = read_name();
  if (token_.name.empty()) return fail_syntax(begin);
  if (open_.empty() && had_root_) return fail("xml.second-root", begin, {std::string(token_.name)});
  if (open_.size() >= static_cast<std::size_t>(most_.depth))
    return fail("xml.too-deep", begin, {std::to_string(most_.depth)});
  const auto outside = bindings_.size();
  if (!read_attributes(begin) || !bind_namespaces()) return token_;
  for (auto& a : attributes_)
    if (!resolve(a.name, true, a.begin, a.local, a.space)) return token_;
  if (!resolve(token_.name, false, begin + 1, token_.local, token_.space) || !check_duplicates()) return token_;
  token_.kind = kind::start;
  token_.end = at_;
  token_.empty = text_[at_ - 2] == '/';
  leave_ = token_.empty ? outside : bindings_.size();
  if (!token_.empty) open_.push_back({token_.name, token_.local, token_.space, begin, outside});
  had_root_ = true;
  return token_;
}

// Reads up to and including the closing bracket.
bool tokenizer::read_attributes(std::size_t element_begin) {
  while (true) {
    const auto gap = at_;
    skip_space();
    if (at_ == text_.size()) return fail("xml.unexpected-end", at_), false;
    if (rest().starts_with("/>")) return at_ += 2, true;
    if (text_[at_] == '>') {
      ++at_;
      return true;
    }
    if (gap == at_) return fail_syntax(at_), false;
    if (attributes_.size() >= static_cast<std::size_t>(most_.attributes))
      return fail("xml.too-many-attributes", element_begin, {std::to_string(most_.attributes)}), false;
    if (!read_attribute()) return false;
  }
}

bool tokenizer::read_attribute() {
  attribute a;
  a.begin = at_;
  a.name = read_name();
  if (a.name.empty()) return fail_syntax(at_), false;
  skip_space();
  if (at_ == text_.size() || text_[at_] != '=') return fail_syntax(at_), false;
  ++at_;
  skip_space();
  if (at_ == text_.size() || (text_[at_] != '"' && text_[at_] != '\'')) return fail_syntax(at_), false;
  const auto begin = at_ + 1;
  const auto end = text_.find(text_[at_], begin);
  if (end == text_.npos) return fail("xml.unexpected-end", text_.size()), false;
  a.value = text_.substr(begin, end - begin);
  if (const auto bracket = a.value.find('<'); bracket != a.value.npos) return fail_syntax(begin + bracket), false;
  if (!check_references(begin, end)) return false;
  at_ = end + 1;
  attributes_.push_back(a);
  return true;
}

bool tokenizer::bind_namespaces() {
  for (const auto& a : attributes_) {
    const bool is_default = a.name == "xmlns";
    if (!is_default && !a.name.starts_with("xmlns:")) continue;
    const auto prefix = is_default ? std::string_view{} : a.name.substr(6);
    const bool reserved = prefix == "xmlns" || (prefix == "xml") != (a.value == xml_space) || a.value == xmlns_space;
    if (reserved || (!is_default && (prefix.empty() || a.value.empty())))
      return fail("xml.bad-namespace", a.begin, {std::string(a.name)}), false;
    if (bindings_.size() >= static_cast<std::size_t>(most_.namespaces))
      return fail("xml.too-many-namespaces", a.begin, {std::to_string(most_.namespaces)}), false;
    bindings_.push_back({prefix, a.value});
  }
  return true;
}

bool tokenizer::resolve(std::string_view name, bool is_attribute, std::size_t offset, std::string_view& local,
                        std::string_view& space) {
  const auto colon = name.find(':');
  const auto prefix = colon == name.npos ? std::string_view{} : name.substr(0, colon);
  local = colon == name.npos ? name : name.substr(colon + 1);
  space = {};
  const bool misplaced = colon == 0 || local.empty() || local.find(':') != local.npos || !is_name_start(local.front());
  if (misplaced) return fail("xml.bad-name", offset, {std::string(name)}), false;
  if (is_attribute && prefix.empty()) return true;
  for (auto i = bindings_.size(); i-- > 0;)
    if (bindings_[i].prefix == prefix) {
      space = bindings_[i].space;
      return true;
    }
  if (prefix.empty()) return true;
  return fail("xml.undeclared-prefix", offset, {std::string(prefix)}), false;
}

bool tokenizer::check_duplicates() {
  if (attributes_.size() < 2) return true;
  order_.resize(attributes_.size());
  std::iota(order_.begin(), order_.end(), 0U);
  const auto key = [&](std::uint32_t i) {
    return std::tuple(attributes_[i].local, attributes_[i].space, attributes_[i].begin);
  };
  std::ranges::sort(order_, {}, key);
  for (std::size_t i = 1; i < order_.size(); ++i) {
    const auto& one = attributes_[order_[i - 1]];
    const auto& other = attributes_[order_[i]];
    if (one.local == other.local && one.space == other.space)
      return fail("xml.duplicate-attribute", other.begin, {std::string(other.name)}), false;
  }
  return true;
}

const token& tokenizer::read_end() {
  const auto begin = at_;
  at_ += 2;
  token_.name = read_name();
  skip_space();
  if (token_.name.empty() || at_ == text_.size() || text_[at_] != '>')
    return fail_syntax(at_ == text_.size() ? at_ : begin);
  ++at_;
  if (open_.empty()) return fail("xml.unopened-element", begin, {std::string(token_.name)});
  const auto& top = open_.back();
  if (top.name != token_.name)
    return fail("xml.mismatched-tag", begin, {std::string(token_.name), std::string(top.name)});
  token_.kind = kind::end;
  token_.local = top.local;
  token_.space = top.space;
  token_.end = at_;
  leave_ = top.bindings;
  open_.pop_back();
  return token_;
}

const token& tokenizer::read_comment() {
  const auto begin = at_;
  const auto dashes = text_.find("--", begin + 4);
  if (dashes == text_.npos) return fail("xml.unexpected-end", text_.size());
  if (text_.compare(dashes, 3, "-->") != 0) return fail_syntax(dashes);
  token_.kind = kind::comment;
  token_.text = text_.substr(begin + 4, dashes - begin - 4);
  token_.end = at_ = dashes + 3;
  return token_;
}

const token& tokenizer::read_cdata() {
  const auto begin = at_ + std::string_view("<![CDATA[").size();
  if (open_.empty()) return fail("xml.text-outside-root", at_);
  const auto end = text_.find("]]>", begin);
  if (end == text_.npos) return fail("xml.unexpected-end", text_.size());
  token_.kind = kind::cdata;
  token_.text = text_.substr(begin, end - begin);
  token_.end = at_ = end + 3;
  return token_;
}

const token& tokenizer::read_instruction() {
  const auto begin = at_;
  at_ += 2;
  token_.name = read_name();
  if (token_.name.empty()) return fail_syntax(begin);
  const auto end = text_.find("?>", at_);
  if (end == text_.npos) return fail("xml.unexpected-end", text_.size());
  if (end != at_ && !is_space(text_[at_])) return fail_syntax(at_);
  token_.kind = kind::instruction;
  token_.text = text_.substr(at_, end - at_);
  if (equal_ignoring_case(token_.name, "xml")) {
    const bool first = begin == 0 || (begin == byte_order_mark.size() && text_.starts_with(byte_order_mark));
    if (!first || token_.name != "xml") return fail_syntax(begin);
    if (!read_declaration(token_.text, at_)) return token_;
    token_.kind = kind::declaration;
  }
  token_.end = at_ = end + 2;
  return token_;
}

// version, then encoding, then standalone; the last two may be missing.
bool tokenizer::read_declaration(std::string_view inside, std::size_t offset) {
  constexpr std::string_view names[] = {"version", "encoding", "standalone"};
  std::size_t expected = 0;
  std::size_t at = 0;
  const auto space = [&] {
    const auto from = at;
    while (at < inside.size() && is_space(inside[at])) ++at;
    return at > from;
  };
  while (space() && at < inside.size()) {
    const auto begin = at;
    while (at < inside.size() && is_name_part(inside[at])) ++at;
    const auto name = inside.substr(begin, at - begin);
    const auto* known = std::ranges::find(std::begin(names) + expected, std::end(names), name);
    const bool in_order = known != std::end(names) && (expected > 0 || known == std::begin(names));
    space();
    if (!in_order || at == inside.size() || inside[at++] != '=') return fail_syntax(offset + begin), false;
    space();
    const char quote = at < inside.size() ? inside[at] : '\0';
    const auto close = quote == '"' || quote == '\'' ? inside.find(quote, at + 1) : inside.npos;
    if (close == inside.npos) return fail_syntax(offset + begin), false;
    const auto value = inside.substr(at + 1, close - at - 1);
    at = close + 1;
    expected = static_cast<std::size_t>(known - std::begin(names)) + 1;
    if (name == "encoding" && !equal_ignoring_case(value, "UTF-8") && !equal_ignoring_case(value, "US-ASCII"))
      return fail("xml.encoding", offset + begin, {std::string(value)}), false;
  }
  if (expected == 0 || at < inside.size()) return fail_syntax(offset), false;
  return true;
}

const attribute* tokenizer::find_attribute(std::string_view space, std::string_view local) const noexcept {
  const auto at =
      std::ranges::find_if(attributes_, [&](const attribute& a) { return a.local == local && a.space == space; });
  return at == attributes_.end() ? nullptr : &*at;
}

std::optional<problem> find_problem(std::string_view text, const limits& most) {
  tokenizer tokens(text, most);
  while (tokens.next().kind != kind::done)
    if (tokens.problem()) return tokens.problem();
  return {};
}

void append_decoded(std::string& out, std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto special = std::min(text.find_first_of("&\r", at), text.size());
    out.append(text.substr(at, special - at));
    if (special == text.size()) return;
    if (text[special] == '\r') {
      out += '\n';
      at = special + (special + 1 < text.size() && text[special + 1] == '\n' ? 2 : 1);
      continue;
    }
    const auto semicolon = std::min(text.find(';', special), text.size());
    const auto name = text.substr(special + 1, semicolon - special - 1);
    if (name.starts_with('#'))
      append_utf8(out, character_of(name).value_or(0xfffd));
    else
      out += named_character(name).value_or('?');
    at = semicolon + 1;
  }
}

std::string decode(std::string_view text) {
  std::string out;
  append_decoded(out, text);
  return out;
}

std::string decode_attribute(std::string_view value) {
  std::string plain;
  plain.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\r' && i + 1 < value.size() && value[i + 1] == '\n') continue;
    plain += is_space(value[i]) ? ' ' : value[i];
  }
  return decode(plain);
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto special = std::min(text.find_first_of("&<>", at), text.size());
    out.append(text.substr(at, special - at));
    if (special == text.size()) return;
    out += text[special] == '&' ? "&amp;" : text[special] == '<' ? "&lt;" : "&gt;";
    at = special + 1;
  }
}

void append_escaped_attribute(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '\t':
        out += "&#9;";
        break;
      default:
        out += c;
    }
  }
}

line_index::line_index(std::string_view text) {
  starts_.push_back(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
  for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) starts_.push_back(at + 1);
}

position line_index::at(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(starts_, offset);
  if (after == starts_.begin()) return {};
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<int>::max());
  const auto line = static_cast<std::size_t>(after - starts_.begin());
  const auto column = offset - *(after - 1) + 1;
  return {static_cast<int>(std::min(line, most)), static_cast<int>(std::min(column, most))};
}

}  // namespace vanthu::xml
