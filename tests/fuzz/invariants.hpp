// What must hold of every rendering, whatever the template and the data were. Violations abort, as fuzzers want it.
#pragma once

#include <span>
#include <string_view>

#include "vanthu/docx.hpp"

namespace fuzz {

[[noreturn]] void fail(std::string_view why, std::string_view part = {});
inline void require(bool holds, std::string_view why, std::string_view part = {}) {
  if (!holds) fail(why, part);
}

// Every part is well-formed, ids are unique, and whatever else the self-check looks at holds where it held in the
// template. No element, attribute, field or switch named `never`, which stands only in data, has come to be, and no
// link leads elsewhere than to http, https and mailto.
void check_rendering(std::span<const std::byte> before, std::span<const std::byte> after, std::string_view never);

// Nothing is left of the tags, in text, addresses and codes. The data must hold none of the delimiters.
void check_no_tag_left(std::span<const std::byte> before, std::span<const std::byte> after,
                       const vanthu::compile_options& options);

}  // namespace fuzz
