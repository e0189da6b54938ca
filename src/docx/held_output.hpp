// What a machine writes through. Tables and rows are held back until something in them has come: one that the data left
// empty must not stand in a document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "docx/deflate.hpp"

namespace vanthu::docx {

class held_output {
 public:
  void begin(output& to) { out_ = &to; }

  void text(std::string_view text) {
    if (waiting_ > 0) {
      held_.back().text.append(text);
    } else {
      size_ += text.size();
      out_->text(text);
    }
  }
  void literal(std::uint32_t number, std::string_view literal) {
    if (waiting_ > 0) return text(literal);
    size_ += literal.size();
    out_->literal(number, literal);
  }

  // What follows waits until it is touched, or goes when it is let go before. Holds lie in each other.
  void hold();
  void touch();   // all that is held must come after all
  bool let_go();  // ends the last hold; whether what it held has come

  std::uint64_t size() const { return size_; }  // of what has been written

 private:
  struct held {
    bool came = false;
    std::string text;
  };

  output* out_ = nullptr;
  std::vector<held> held_;
  std::size_t waiting_ = 0;  // those that have not come: the innermost ones
  std::uint64_t size_ = 0;
};

}  // namespace vanthu::docx
