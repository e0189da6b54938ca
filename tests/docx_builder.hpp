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
// Any part at all, with a relationship of another part to it. Without a content type the name says enough.
struct related {
  std::string owner, id, relation;  // "word/document.xml", "rId9", "image" or a whole type
  std::string name, type, content;
};
void add_related(std::vector<part>& to, const related& r);
void add_link(std::vector<part>& to, const std::string& id, const std::string& address);  // of the document
std::string notes(std::string_view kind, std::string_view inside);  // "footnote": a part with its separators
std::string note(std::string_view kind, int id, std::string_view runs);
std::string styles(std::string_view inside);
std::string lists(std::string_view inside);
inline constexpr std::string_view office_type = "application/vnd.openxmlformats-officedocument.";

// The container: entries stored, not compressed.
vanthu::bytes zip(const std::vector<part>& parts);
vanthu::bytes document(std::string_view body);
std::string_view text_of(const vanthu::bytes& docx);

// Keeps a template and what came of it below $VANTHU_TEST_OUTPUT/docx, when that is set, for validators to look at.
void keep(const vanthu::bytes& docx, const vanthu::bytes& out);

// What stands between <w:body> and the section at its end.
std::string body_of(std::span<const std::byte> docx);
std::string part_of(std::span<const std::byte> docx, std::string_view name);

}  // namespace docx_builder
