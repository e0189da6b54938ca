// A rendering is measured, then written. What it gives out in the first pass comes again in the second.
#pragma once

#include <cstddef>
#include <vector>

namespace vanthu::docx {

// Things given out one by one; after rewind() the same ones, in the same order.
template <class T>
class replayed {
 public:
  // The next one. `make` makes it when it has not been given out before, and asks for none itself.
  template <class Make>
  const T& next(const Make& make) {
    if (given_ == all_.size()) all_.push_back(make());
    return all_[given_++];
  }
  void rewind() { given_ = 0; }

  bool empty() const { return all_.empty(); }
  const std::vector<T>& all() const { return all_; }

 private:
  std::vector<T> all_;
  std::size_t given_ = 0;
};

}  // namespace vanthu::docx
