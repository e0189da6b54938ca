// The lists of a package and those that come to it while it is rendered.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "docx/added_parts.hpp"
#include "docx/numbering.hpp"
#include "docx/replayed.hpp"

namespace vanthu::docx {

enum class list_style : unsigned char { bullets, numbers };

// Lists are known by their numbers, as the text names them.
class list_book {
 public:
  explicit list_book(const package_view& in) : in_(&in) {}

  // One that starts again where the list with this number would go on; that list when there is none of the number.
  std::string restart(const std::string& list);
  std::string start(list_style style);
  std::string copy(const list_definition& definition);  // as another document defines it
  void rewind() { added_.rewind(); }                    // the same numbers again

  const std::string& part() const { return in_->part_of_kind("numbering"); }  // "" when the package has none
  bool has_changed() const { return !added_.empty(); }
  made_part make() const;

 private:
  numbers& own();
  std::string add(std::uint32_t abstract);

  const package_view* in_;
  std::optional<numbers> own_;                      // of the package, with the last ones given out; read when asked for
  std::uint32_t of_style_[2] = {0, 0};              // definitions of the two styles; 0: not in use
  std::map<std::string, added_definition> copied_;  // definitions of other documents, by their text
  replayed<added_number> added_;
};

}  // namespace vanthu::docx
