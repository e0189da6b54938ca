// A document put into another: its body without its sections and comments, with the styles, lists, notes, pictures,
// charts and diagrams it needs. What the styles are called and how lists are numbered is settled in style_book.hpp and
// list_book.hpp.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "docx/additions.hpp"

namespace vanthu::docx {

struct insert_services {
  additions& added;
  const std::string& part;        // it is put into
  bool takes_notes = false;       // that part may refer to notes
  const std::string& namespaces;  // declared there
  std::function<std::uint32_t()> drawing_id, bookmark_id;
  std::function<std::string(const std::string&)> bookmark_name;
};

struct inserted_document {
  std::string markup;
  bool ends_with_table = false;
};
// Throws data_fault{"docx.cannot-insert", …} when something cannot come along; see obstacles.hpp.
inserted_document insert_document(source_document& from, const insert_services& with);

}  // namespace vanthu::docx
