// A look at every package made, in builds that are there to find faults: what Word insists on holds wherever it held in
// the template.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "docx/package.hpp"
#include "docx/program.hpp"

namespace vanthu::docx {

struct package_flaw {
  std::string part, kind, detail;  // "word/document.xml", "row-without-cell", ""
  friend auto operator<=>(const package_flaw&, const package_flaw&) = default;
};
// Parts that are not well-formed, ids that are there twice, relationships and references that lead nowhere, parts
// without a content type, tables, rows and cells without what they must hold, bookmarks that do not pair.
std::vector<package_flaw> find_flaws(const archive& in);

// The first flaw of a kind that the template has not in that part. Where data puts markup (raw XML, documents) only
// what that markup cannot have brought along is looked at.
std::optional<package_flaw> find_new_flaw(const archive& before, const std::vector<program>& programs,
                                          std::span<const std::byte> after);
// Throws error(errc::corrupt, "docx.self-check").
void require_sound(const archive& before, const std::vector<program>& programs, std::span<const std::byte> after);

}  // namespace vanthu::docx
