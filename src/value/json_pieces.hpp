// The text of a file as a reader of JSON takes it: character by character, never as a whole in memory.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "os/input.hpp"

namespace vanthu {

// A stream as rapidjson wants one. It ends at the end of the file, and before a byte that is no UTF-8.
class json_pieces {
 public:
  using Ch = char;

  explicit json_pieces(os::input& in);

  char Peek() const { return *at_; }
  char Take() {
    const char c = *at_;
    if (at_ != end_ && ++at_ == end_) fill();
    return c;
  }
  std::size_t Tell() const { return before_ + static_cast<std::size_t>(at_ - buffer_.get()); }

  bool has_escapes() const { return has_escapes_; }  // whether a character as \u may have been among what was taken
  bool is_over() const { return at_ == end_ && is_over_ && end_ == filled_; }  // the file, not what is UTF-8 of it

  // Of streams that are written to.
  char* PutBegin() { return nullptr; }
  void Put(char) {}
  void Flush() {}
  std::size_t PutEnd(char*) { return 0; }

 private:
  void fill();

  os::input& in_;
  std::unique_ptr<char[]> buffer_;
  const char* at_;
  char* end_;     // of the whole characters; a zero byte stands there
  char* filled_;  // of all
  char cut_ = 0;  // what stood in place of that zero
  std::size_t before_ = 0;
  bool has_escapes_ = false, is_over_ = false;
};

}  // namespace vanthu
