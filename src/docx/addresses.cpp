#include "docx/addresses.hpp"

#include <algorithm>
#include <optional>

#include "vanthu/value.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t longest_tag = 4096;  // bytes
constexpr std::string_view schemes[] = {"http://", "https://", "mailto:"};
constexpr std::string_view reserved = ":/?#[]@!$&'()*+,;=";

std::optional<unsigned> digit_of(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return {};
}

// The byte an escape such as %7B stands for.
std::optional<char> escape_at(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || text[at] != '%') return {};
  const auto high = digit_of(text[at + 1]);
  const auto low = digit_of(text[at + 2]);
  if (!high || !low) return {};
  return static_cast<char>(*high * 16 + *low);
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

void append_encoded(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += digits[byte >> 4U];
  out += digits[byte & 15U];
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// A text and where each byte of it comes from.
struct decoded {
  std::string text;
  std::vector<std::size_t> from;  // one more than bytes
};

decoded without_escapes(std::string_view text) {
  decoded out;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = escape_at(text, at);
    out.from.push_back(at);
    out.text += c.value_or(text[at]);
    at += c ? std::size_t{3} : std::size_t{1};
  }
  out.from.push_back(text.size());
  return out;
}

decoded as_it_is(std::string_view text) {
  decoded out;
  out.text = text;
  for (std::size_t at = 0; at <= text.size(); ++at) out.from.push_back(at);
  return out;
}

// Literals stay as they are written.
tagged_text split(std::string_view written, const decoded& plain, std::string_view open, std::string_view close) {
  const std::string_view text = plain.text;
  tagged_text out;
  out.shown = find_invalid_utf8(text) ? std::string(written) : plain.text;
  const auto fail = [&](std::string id, std::size_t at) {
    out.fault = std::move(id);
    out.fault_at = std::min(at, out.shown.size());
    return out;
  };
  std::size_t at = 0;
  while (at < text.size()) {
    const auto begin = std::min(text.find(open, at), text.size());
    const auto stray = text.find(close, at);
    if (stray < begin) return fail("docx.unopened-tag", stray);
    if (begin > at)
      out.parts.push_back(
          {false, std::string(written.substr(plain.from[at], plain.from[begin] - plain.from[at])), {}, at});
    if (begin == text.size()) break;
    const auto inner = begin + open.size();
    const auto end = text.find(close, inner);
    if (end == text.npos || text.find(open, inner) < end) return fail("docx.unclosed-tag", begin);
    if (end - inner > longest_tag) return fail("docx.tag-too-long", begin);
    at = end + close.size();
    out.parts.push_back(
        {true, std::string(text.substr(begin, at - begin)), std::string(text.substr(inner, end - inner)), begin});
  }
  if (out.has_tags() && find_invalid_utf8(text)) return fail("docx.bad-link", 0);
  return out;
}

}  // namespace

bool tagged_text::has_tags() const {
  return std::ranges::any_of(parts, [](const text_part& p) { return p.is_tag; });
}

tagged_text read_tagged(std::string_view text, std::string_view open, std::string_view close) {
  return split(text, as_it_is(text), open, close);
}

tagged_text read_tagged_address(std::string_view text, std::string_view open, std::string_view close) {
  return split(text, without_escapes(text), open, close);
}

std::string_view scheme_of(std::string_view text) {
  for (const auto scheme : schemes)
    if (text.size() >= scheme.size() &&
        std::ranges::equal(text.substr(0, scheme.size()), scheme, {}, [](char c) { return lower(c); }))
      return text.substr(0, scheme.size());
  return {};
}

bool is_address(std::string_view text) {
  const auto scheme = scheme_of(text);
  const auto rest = text.substr(scheme.size());
  return !scheme.empty() && !rest.empty() && rest.find_first_of("/?#") != 0;
}

bool is_safe_address(std::string_view text) {
  return std::ranges::any_of(schemes, [&](std::string_view scheme) { return text.starts_with(scheme); }) &&
         text.find_first_of("\"\\ \n\t") == text.npos;
}

std::string encode_piece(std::string_view text, std::string_view keep) {
  std::string out;
  for (const char c : text)
    if (is_unreserved(c) || keep.find(c) != keep.npos)
      out += c;
    else
      append_encoded(out, c);
  return out;
}

// Brackets stand around the number of a host and nowhere else; of several # the first begins the fragment.
std::string encode_address(std::string_view text) {
  const auto host = scheme_of(text).size();
  const auto host_end = host == 0 ? 0 : std::min(text.find_first_of("/?#", host), text.size());
  const auto fragment = text.find('#');
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool is_misplaced = ((c == '[' || c == ']') && at >= host_end) || (c == '#' && at > fragment);
    const bool stays = is_unreserved(c) || (reserved.find(c) != reserved.npos && !is_misplaced) || escape_at(text, at);
    if (stays)
      out += c;
    else
      append_encoded(out, c);
  }
  return out;
}

}  // namespace vanthu::docx
