// Content types and relationships: which parts there are, what each is to the engine, and what each leads to.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "docx/package.hpp"

namespace vanthu::docx {

// Reads [Content_Types].xml and every .rels part of `in`; fills in roles and main. Adds the faults it finds to `notes`.
void read_relations(archive& in, diagnostics& notes);

// What a part leads to, by the ids of its relationships.
struct part_relation {
  std::string kind;          // "image"
  std::string type, target;  // the whole type; the name of a part, or an address
  bool is_external = false;
};
using part_relations = std::map<std::string, part_relation, std::less<>>;
// `xml` is that of a .rels part called `name`. A target that leaves the package is "".
part_relations read_part_relations(const std::string& xml, std::string_view name);

std::string relations_of(std::string_view part);  // "word/_rels/document.xml.rels"

}  // namespace vanthu::docx
