// A stretch of a part read again, with the namespaces its prefixes stand for and places counted in the part.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "docx/tags.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {

// The declarations of namespaces in a start tag, each with a space before it.
std::string declarations(std::string_view start_tag);

class fragment {
 public:
  fragment(std::string_view xml, const part_scan& scan, range where);
  fragment(const fragment&) = delete;
  fragment& operator=(const fragment&) = delete;

  bool next();  // false at the end
  const xml::token& token() const { return tokens_.current(); }
  range where() const { return moved(tokens_.current().begin, tokens_.current().end); }
  // Of the current start, whatever its prefix: value as written, where it stands; "" and an empty range without it.
  std::string_view attribute(std::string_view local) const;
  range attribute_range(std::string_view local) const;
  bool is_inside(std::string_view local) const;  // an open element of that name lies around the token

 private:
  range moved(std::size_t begin, std::size_t end) const { return {begin - head_ + offset_, end - head_ + offset_}; }

  std::string text_;
  std::size_t head_ = 0, offset_ = 0;
  xml::tokenizer tokens_;
  std::vector<std::string_view> open_;
};

}  // namespace vanthu::docx
