// Addresses of links that hold tags. Data fills them in percent-encoded, and what comes out is an address of http,
// https or mailto or none at all.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vanthu::docx {

// A text with tags in it, in pieces.
struct text_part {
  bool is_tag = false;
  std::string text;    // of a tag: as written, with its delimiters
  std::string inside;  // of a tag: what stands between them
  std::size_t at = 0;  // in the text as a reader sees it
};
struct tagged_text {
  std::vector<text_part> parts;
  std::string shown;  // as a reader sees it
  std::string fault;  // id of what is wrong with the tags, if anything is
  std::size_t fault_at = 0;
  bool has_tags() const;
};
tagged_text read_tagged(std::string_view text, std::string_view open, std::string_view close);
// The same of an address, where Word writes braces, and much of what stands between them, as %7B and the like.
tagged_text read_tagged_address(std::string_view text, std::string_view open, std::string_view close);

// "http://", "https://" or "mailto:" at the beginning, in whatever case; "" when there is none of them.
std::string_view scheme_of(std::string_view text);
// Whether somebody can be reached by it: a scheme and something behind it.
bool is_address(std::string_view text);

// Where a link that comes with the data may lead, as it stands.
bool is_safe_address(std::string_view text);

// For a piece of an address: nothing in it means anything there. `keep` stays as it is.
std::string encode_piece(std::string_view text, std::string_view keep = {});
// For an address: what may not stand in one is encoded, what is encoded already stays.
std::string encode_address(std::string_view text);

}  // namespace vanthu::docx
