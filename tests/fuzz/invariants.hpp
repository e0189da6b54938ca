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

// Reads back as a package; every XML part well-formed; ids that were unique in `before` are unique; no element named
// `never`, which stands only in data, has come to be.
void check_rendering(const vanthu::package& before, std::span<const std::byte> after, std::string_view never);

}  // namespace fuzz
