#include "docx/held_output.hpp"

namespace vanthu::docx {

void held_output::hold() {
  held_.push_back({});
  ++waiting_;
}

void held_output::touch() {
  if (waiting_ == 0) return;
  waiting_ = 0;
  for (auto& h : held_) {
    if (!h.came) text(h.text);
    h.came = true;
    h.text.clear();
  }
}

bool held_output::let_go() {
  const bool came = held_.back().came;
  if (!came) --waiting_;
  held_.pop_back();
  return came;
}

}  // namespace vanthu::docx
