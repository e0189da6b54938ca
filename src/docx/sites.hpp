// The tags of a part as sites of its program: what each asks for, where it stands, and what it looks like there.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "docx/program.hpp"

namespace vanthu::docx {

// The innermost block around a tag.
struct surroundings {
  std::uint32_t loop = nowhere;  // its site
  std::string path;              // of its items: "items[]"
};

class sites {
 public:
  // Adds to the sites, breaks and contexts of `out`; reports what is no expression.
  sites(std::string_view xml, const part_scan& scan, const compile_options& options, part_notes& notes, program& out)
      : xml_(xml), scan_(scan), options_(options), notes_(notes), out_(out) {}

  // Each returns the number of the site. A part of a tag may be what asks: {$span n}.
  std::uint32_t add(std::uint32_t tag, const surroundings& in) { return add(tag, scan_.tags[tag].text, in); }
  std::uint32_t add(std::uint32_t tag, std::string_view text, const surroundings& in);
  std::uint32_t add_hidden(std::uint32_t tag, const surroundings& in);
  std::uint32_t add_picture(std::uint32_t placeholder, const surroundings& in);
  std::uint32_t add_part(const link_slot& link, const text_part& tag, const surroundings& in);
  std::uint32_t add_field(std::uint32_t tag, const surroundings& in);  // {~name "label"}

  // The number of what the run and the paragraph around a tag look like.
  std::uint32_t context_for(std::uint32_t tag);
  // The number of how breaks are written in a text element; -1 where they are not.
  std::int32_t breaks_for(const node& n);

 private:
  std::optional<expression> parse(std::string_view text, bad_expression& why) const;
  void add_expression(site& s, std::string_view text, const surroundings& in);
  std::uint32_t keep(site s);
  bool opens_document(std::uint32_t tag);
  property_list properties_in(const node& n, properties_of what, std::string_view element) const;
  const property_list& paragraph_properties(std::uint32_t node);

  std::string_view xml_;
  const part_scan& scan_;
  const compile_options& options_;
  part_notes& notes_;
  program& out_;
  std::vector<std::string> break_prefixes_;
  std::map<std::uint32_t, std::uint32_t> contexts_;    // by run
  std::map<std::uint32_t, property_list> paragraphs_;  // what they look like, by node
  std::size_t first_cell_end_ = 0;                     // of the table that opens the body; 0 before it is looked for
};

}  // namespace vanthu::docx
