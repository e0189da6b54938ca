// A package in memory: its entries as they are compressed, checked against every way a ZIP can lie.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/docx.hpp"

namespace vanthu::docx {

struct entry {
  std::string name;  // "word/document.xml"
  bool stored = false;
  std::uint32_t crc = 0;
  std::uint64_t size = 0;  // uncompressed
  bytes packed;
};

// What a part is to the engine.
enum class role : unsigned char { other, document, story, drawing, properties };

struct archive {
  std::string source;
  docx_limits limits;
  std::vector<entry> entries;  // in the order of the file
  std::map<std::string, std::uint32_t, std::less<>> by_name;
  std::vector<role> roles;     // of each entry
  std::uint32_t main = 0;      // entry of the main document part
  std::array<std::string, 2> notes_parts;  // footnotes and endnotes of the main part; "" without
};

checked<archive> read_archive(std::span<const std::byte> docx, std::string source, const docx_limits& limits);

inline std::string_view as_text(std::span<const std::byte> b) {
  return {reinterpret_cast<const char*>(b.data()), b.size()};
}

// The bytes of a part. The archive has been checked, so they are there.
std::string unpack(const entry& part);

// The text of an XML part as UTF-8: a part in UTF-16 (with a byte order mark) is converted, and its declaration with it.
// Nothing when it is not well-formed UTF-16.
std::optional<std::string> to_utf8(std::string text);
// The same for a part of a package. Faults: "docx.bad-utf16".
checked<std::string> unpack_xml(const archive& in, const entry& part);
std::string text_of(const archive& in, std::string_view part);  // "" when there is none

std::string lower_ascii(std::string_view text);

// A remark on a part; `inside` is "#p[12]" or empty.
diagnostic fault(const archive& in, std::string id, std::vector<std::string> args, std::string_view part = {},
                 std::string_view inside = {});

}  // namespace vanthu::docx

namespace vanthu {

struct package::impl : docx::archive {};

}  // namespace vanthu
