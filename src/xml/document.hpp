// An XML file as a tree with places: checked strictly first (tokens.hpp), because the tree's own parser lets pass what
// must be refused, then parsed by pugixml in a buffer of its own, so that every node and attribute knows its place.
#pragma once

#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "vanthu/diagnostic.hpp"

namespace vanthu::xml {

class document {
 public:
  // Nothing when the text is refused; the remark ("xml.…", with line and column) is then in `notes`.
  static std::optional<document> read(std::string_view text, std::string source, diagnostics& notes);

  pugi::xml_node root() const;
  const std::string& source() const noexcept;
  location where(pugi::xml_node node) const;            // of its '<'
  location where(pugi::xml_attribute attribute) const;  // of its name

  document(document&&) noexcept;
  document& operator=(document&&) noexcept;
  ~document();

 private:
  struct state;
  explicit document(std::unique_ptr<state> s) noexcept;
  std::unique_ptr<state> state_;
};

// The text of an element, its own pieces joined, elements inside left out; runs of white space become one space.
std::string words(pugi::xml_node element);
// The same with the white space inside as it was written.
std::string verbatim(pugi::xml_node element);

}  // namespace vanthu::xml
