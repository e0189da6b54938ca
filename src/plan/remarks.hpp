// The remarks on one plan while it is read. A hostile file could earn millions of them: the list stops at a bound and
// says so.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "vanthu/diagnostic.hpp"

namespace vanthu {

class remarks {
 public:
  static constexpr std::size_t most = 1000;

  void error(std::string id, location where, std::vector<std::string> args = {}, std::vector<location> related = {}) {
    add({severity::error, {std::move(id), std::move(args)}, std::move(where), std::move(related)});
  }
  void warning(std::string id, location where, std::vector<std::string> args = {}) {
    add({severity::warning, {std::move(id), std::move(args)}, std::move(where), {}});
  }
  void add(diagnostic d) {
    if (list_.size() < most)
      list_.push_back(std::move(d));
    else
      left_out_ = left_out_ || d.level == severity::error;
  }
  void add_all(diagnostics more) {
    for (auto& d : more) add(std::move(d));
  }

  // In the order of the files named, then by line and column; a last remark when some were left out.
  diagnostics take(const std::vector<std::string>& sources) &&;

 private:
  diagnostics list_;
  bool left_out_ = false;
};

}  // namespace vanthu
