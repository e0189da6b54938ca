// Pictures and charts whose alternative text is a tag: {%portrait} in the alternative text of a picture puts another
// picture in its place and leaves size, wrapping and position alone.
#pragma once

#include <cstdint>
#include <vector>

#include "docx/tags.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {

bool is_relationship_space(std::string_view space);

class drawing_finder {
 public:
  // `depth`: elements around the token; `paragraph`: number of the one it is in.
  void on_start(std::string_view xml, const xml::tokenizer& tokens, std::size_t depth, int paragraph);
  void on_end(const xml::token& t, std::size_t depth);
  std::vector<placeholder> take(std::string_view xml, std::string_view open, std::string_view close);

 private:
  struct open_drawing {
    std::size_t depth = 0;
    placeholder found;
  };
  std::vector<open_drawing> open_;
  std::size_t extension_ = 0;  // where the last a:ext began
  std::size_t extension_depth_ = 0;
  bool cuts_extension_ = false;
  std::vector<placeholder> found_;
};

}  // namespace vanthu::docx
