#include "docx/signs.hpp"

namespace vanthu::docx {
namespace {

constexpr std::string_view nbsp = "\xc2\xa0";

void take(tag& out, tag_kind kind, std::string_view argument) {
  out.kind = kind;
  out.text = trimmed(argument);
}

// "-w:tr x"
bool read_forced(std::string_view text, tag& out) {
  const auto space = text.find_first_of(" \t");
  if (!text.starts_with('-') || space == text.npos || space < 2) return false;
  const auto element = text.substr(1, space - 1);
  const auto argument = trimmed(text.substr(space));
  if (argument.empty() || element.find(':') == element.npos) return false;
  out.element = element;
  take(out, tag_kind::open_forced, argument);
  return true;
}

bool read_block(std::string_view text, tag& out) {
  if (text.starts_with('#')) return take(out, tag_kind::open, text.substr(1)), true;
  if (text.starts_with('^')) return take(out, tag_kind::open_inverted, text.substr(1)), true;
  if (text.starts_with('/')) return take(out, tag_kind::close, text.substr(1)), true;
  return text.starts_with('=') ? (take(out, tag_kind::delimiters, text), true) : read_forced(text, out);
}

bool is_directive(std::string_view text) {
  constexpr std::string_view names[] = {"$page", "$restart", "$merge", "$span", "$shade"};
  for (const auto name : names)
    if (text.starts_with(name) && (text.size() == name.size() || text[name.size()] == ' ')) return true;
  return false;
}

void read_ours(std::string_view text, tag& out) {
  constexpr std::string_view elseif = ":elseif ";
  if (read_block(text, out)) return;
  if (text == ":else") return take(out, tag_kind::otherwise, {});
  if (text.starts_with(elseif)) return take(out, tag_kind::otherwise_if, text.substr(elseif.size()));
  if (text.starts_with('%')) return take(out, tag_kind::image, text.substr(1));
  if (text.starts_with('@')) return take(out, tag_kind::rich, text.substr(1));
  if (text.starts_with('+')) return take(out, tag_kind::insert, text.substr(1));
  if (text.starts_with('~')) return take(out, tag_kind::field, text.substr(1));
  take(out, is_directive(text) ? tag_kind::directive : tag_kind::value, text);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (true) {
    if (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
      text.remove_prefix(1);
    else if (text.starts_with(nbsp))
      text.remove_prefix(nbsp.size());
    else if (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
      text.remove_suffix(1);
    else if (text.ends_with(nbsp))
      text.remove_suffix(nbsp.size());
    else
      return text;
  }
}

// There a tag that begins with a space is a value, whatever comes next, and the space is part of its name.
void read_sign(std::string_view inside, const compile_options& options, tag& out) {
  if (options.profile == template_profile::vanthu) return read_ours(trimmed(inside), out);
  if (read_block(inside, out)) return;
  if (inside.starts_with('@')) return take(out, tag_kind::rich, inside.substr(1));
  out.text = inside;
}

std::pair<std::string, std::string> read_delimiters(std::string_view text) {
  if (!text.starts_with('=')) return {};
  text.remove_prefix(1);
  if (text.ends_with('=')) text.remove_suffix(1);
  text = trimmed(text);
  const auto space = text.find(' ');
  if (space == text.npos) return {};
  const auto close = text.substr(space + 1);
  if (close.find(' ') != close.npos) return {};
  return {std::string(text.substr(0, space)), std::string(close)};
}

}  // namespace vanthu::docx
