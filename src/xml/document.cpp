#include "xml/document.hpp"

#include <functional>
#include <utility>

#include "xml/characters.hpp"
#include "xml/tokens.hpp"

namespace vanthu::xml {

struct document::state {
  std::string source;
  std::string buffer;  // parsed in place: names in the tree point into it
  line_index lines;
  pugi::xml_document tree;

  state(std::string_view text, std::string name) : source(std::move(name)), buffer(text), lines(text) {}

  location at(std::size_t offset) const {
    const auto p = lines.at(offset);
    return {source, p.line, p.column, {}};
  }
};

document::document(std::unique_ptr<state> s) noexcept : state_(std::move(s)) {}
document::document(document&&) noexcept = default;
document& document::operator=(document&&) noexcept = default;
document::~document() = default;

std::optional<document> document::read(std::string_view text, std::string source, diagnostics& notes) {
  auto s = std::make_unique<state>(text, std::move(source));
  if (auto fault = find_problem(text)) {
    notes.push_back({severity::error, std::move(fault->what), s->at(fault->offset), {}});
    return {};
  }
  constexpr unsigned keep = pugi::parse_full & ~static_cast<unsigned>(pugi::parse_doctype);
  const auto result = s->tree.load_buffer_inplace(s->buffer.data(), s->buffer.size(), keep, pugi::encoding_utf8);
  if (!result) {
    notes.push_back(
        {severity::error, {"xml.syntax", {result.description()}}, s->at(static_cast<std::size_t>(result.offset)), {}});
    return {};
  }
  return document{std::move(s)};
}

pugi::xml_node document::root() const {
  return state_->tree.document_element();
}

const std::string& document::source() const noexcept {
  return state_->source;
}

location document::where(pugi::xml_node node) const {
  const auto offset = node.offset_debug();
  if (offset < 0) return {state_->source, 0, 0, {}};
  const auto name = static_cast<std::size_t>(offset);  // an element's offset is that of its name
  return state_->at(node.type() == pugi::node_element && name > 0 ? name - 1 : name);
}

location document::where(pugi::xml_attribute attribute) const {
  const auto* begin = state_->buffer.data();
  const auto* name = attribute.name();
  const std::less<const char*> before;
  if (before(name, begin) || !before(name, begin + state_->buffer.size())) return {state_->source, 0, 0, {}};
  return state_->at(static_cast<std::size_t>(name - begin));
}

std::string verbatim(pugi::xml_node element) {
  std::string out;
  for (const auto piece : element.children())
    if (piece.type() == pugi::node_pcdata || piece.type() == pugi::node_cdata) out += piece.value();
  std::size_t from = 0, to = out.size();
  while (from < to && is_space(out[from])) ++from;
  while (to > from && is_space(out[to - 1])) --to;
  return out.substr(from, to - from);
}

std::string words(pugi::xml_node element) {
  std::string out;
  for (const char c : verbatim(element)) {
    if (!is_space(c))
      out += c;
    else if (out.back() != ' ')
      out += ' ';
  }
  return out;
}

}  // namespace vanthu::xml
