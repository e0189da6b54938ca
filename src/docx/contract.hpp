// What a template asks of its data, read off its tags: names, nesting, kinds.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "docx/program.hpp"

namespace vanthu::docx {

enum class form : unsigned char { unknown, truth, text, number, day, picture, rich, chart, document, color, columns };

struct wanted {
  std::string name;
  docx::form form = form::unknown;
  bool is_list = false;
  bool must_be_there = false;
  const site* first = nullptr;      // that asks for it
  const program* in = nullptr;      // where it stands
  std::vector<std::unique_ptr<wanted>> members;  // of the object, or of the items of the list

  wanted* find(std::string_view wanted_name) const;
};

// The root: an object without a name.
std::unique_ptr<wanted> read_contract(const std::vector<program>& programs);

value make_schema(const wanted& root);
value make_sample(const wanted& root);

}  // namespace vanthu::docx
