// Small DOCX packages made in memory from fragments, for tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vanthu/docx.hpp"

namespace docx_builder {

struct part {
  std::string name, content;
  // What a hostile file may say instead of the truth.
  std::uint16_t method = 0, flags = 0;
  std::int64_t size = -1;    // uncompressed, in both headers
  std::int64_t crc = -1;
  std::uint32_t attributes = 0;  // of Unix, such as 0120777 for a link
};

// Paragraphs of one run each.
std::string p(std::string_view text);
// A paragraph of several runs.
std::string runs(const std::vector<std::string>& texts);
std::string table(const std::vector<std::string>& rows);
std::string row(const std::vector<std::string>& cells);  // cells hold blocks: p("…")

// word/document.xml with this content of w:body, and the parts every package has.
std::vector<part> parts(std::string_view body);
// Adds a part with its content type and a relationship of the document to it.
void add_part(std::vector<part>& to, const std::string& name, const std::string& kind, const std::string& content);
std::string header(std::string_view blocks);

// The container: entries stored, not compressed.
vanthu::bytes zip(const std::vector<part>& parts);
vanthu::bytes document(std::string_view body);

// What stands between <w:body> and the section at its end.
std::string body_of(std::span<const std::byte> docx);
std::string part_of(std::span<const std::byte> docx, std::string_view name);

}  // namespace docx_builder
