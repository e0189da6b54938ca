// What a machine writes where a reader sees no text: addresses of links, arguments in the codes of fields. Data never
// becomes anything but one address or one argument.
#include <fmt/format.h>

#include <algorithm>

#include "docx/addresses.hpp"
#include "docx/field_words.hpp"
#include "docx/machine.hpp"
#include "docx/signs.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

// Word and LibreOffice put a scheme before what they take for no address, and a slash behind it.
bool is_bare_scheme(std::string_view text) {
  return scheme_of(text).size() == text.size();
}

// A mail address has an @; what follows the ? is like any other.
std::string_view literal_in(std::string_view address) {
  const bool names_receivers = scheme_of(address).starts_with('m') || scheme_of(address).starts_with('M');
  return names_receivers && address.find('?') == address.npos ? "@" : std::string_view{};
}

constexpr std::string_view double_prime = "\xe2\x80\xb3";

// LibreOffice makes the code of a field of what a w:hyperlink says, with quotation marks around it as it is.
std::string without_quotes(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c == '"')
      out += double_prime;
    else
      out += c;
  return out;
}

}  // namespace

machine::answer machine::text_at(const site& s) {
  answer out;
  try {
    const auto o = compute(s);
    out.is_absent = o.is_null();
    out.text = out.is_absent                   ? text_for_missing(s, o.missing)
               : s.asks.dialect == rules::ours ? to_text(o)
                                               : script_text(o.get());
    out.text = text_for(s, out.text);
  } catch (const data_fault& f) {
    note(s, f);
    out.is_absent = true;
  }
  return out;
}

// Word takes a backslash before a quotation mark for what keeps it from ending the argument, LibreOffice does not: a
// straight one becomes a sign that ends nothing anywhere. Typographic ones end nothing in LibreOffice.
void machine::put_code(const site& s, std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (text.substr(i).starts_with("\r\n")) continue;  // one space for both
    if (c == '"') {
      plain += double_prime;
      continue;
    }
    if (c == '\\' || (c == ':' && s.is_index_entry) || quote_at(text, i) > 0) plain += '\\';
    plain += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  std::string escaped;
  if (s.where == spot::field_code)
    xml::append_escaped(escaped, plain);
  else
    xml::append_escaped_attribute(escaped, plain);
  put(escaped);
}

// The address as a whole; "" when there is none, which is no fault where its beginning is absent.
std::string machine::address_from(const link& l) {
  const bool has_head = l.parts.front().site != nowhere || is_bare_scheme(l.parts.front().literal);
  std::string out;
  const site* first = nullptr;
  for (std::size_t i = 0; i < l.parts.size(); ++i) {
    const auto& part = l.parts[i];
    if (part.site == nowhere) {
      const bool is_closing_slash = has_head && i == 2 && l.parts.size() == 3 && part.literal == "/";
      if (!is_closing_slash) out += encode_address(part.literal);
      continue;
    }
    const auto& s = program_.sites[part.site];
    const auto said = text_at(s);
    const auto text = trimmed(said.text);
    const bool is_head = first == nullptr && has_head;
    first = first == nullptr ? &s : first;
    if (is_head && (said.is_absent || text.empty())) return {};
    if (is_head && !scheme_of(text).empty())
      out = encode_address(text);
    else
      out += is_head && literal_in(out).empty() ? encode_address(text) : encode_piece(said.text, literal_in(out));
  }
  if (is_address(out)) return out;
  note(*first, "docx.bad-link", {});
  return {};
}

std::string machine::pieces_of(const link& l) {
  std::string out;
  for (const auto& part : l.parts) {
    if (part.site == nowhere) {
      out += part.literal;
      continue;
    }
    const auto said = text_at(program_.sites[part.site]);
    out += l.where == spot::fragment ? encode_piece(said.text) : without_quotes(said.text);
  }
  return out;
}

void machine::put_link(const link& l) {
  std::string escaped;
  if (l.where == spot::fragment || l.where == spot::attribute) {
    xml::append_escaped_attribute(escaped, pieces_of(l));
    return put(escaped);
  }
  const auto address = address_from(l);
  if (l.where == spot::relation) {
    const auto id = address.empty() ? std::string{} : shared_.added.relations.link(program_.part, address);
    if (!id.empty() || !l.may_be_left_out) put(fmt::format(" {}=\"{}\"", l.attribute, id));
    return;
  }
  const std::string_view mark = !l.needs_quotes ? "" : l.where == spot::field_code ? "\"" : "&quot;";
  xml::append_escaped_attribute(escaped, address);
  put(fmt::format("{}{}{}", mark, escaped, mark));
}

}  // namespace vanthu::docx
