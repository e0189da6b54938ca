// A journal that others write to as well: somebody comes in between, or is faster every time.
#pragma once

#include <functional>
#include <utility>

#include "vanthu/journal.hpp"

namespace vanthu::test {

class contested_journal : public journal {
 public:
  explicit contested_journal(journal& under) : under_(under) {}  // every append is lost
  // `other` writes just before the first append; after that all goes well.
  contested_journal(journal& under, std::function<void()> other)
      : under_(under), always_lost_(false), other_(std::move(other)) {}

  append_result append(std::span<const batch> batches, std::span<const row_change> rows) override {
    ++tries;
    if (always_lost_) return {{}, {batches.front().stream}};
    if (const auto once = std::exchange(other_, nullptr)) once();
    return under_.append(batches, rows);
  }
  std::vector<record> read(std::string_view stream, std::uint64_t after, std::size_t limit) const override {
    return under_.read(stream, after, limit);
  }
  std::vector<std::string> streams(std::string_view prefix) const override { return under_.streams(prefix); }
  std::optional<std::string> row(std::string_view table, std::string_view key) const override {
    return under_.row(table, key);
  }
  std::vector<std::pair<std::string, std::string>> rows(std::string_view table, std::string_view p) const override {
    return under_.rows(table, p);
  }

  int tries = 0;

 private:
  journal& under_;
  bool always_lost_ = true;
  std::function<void()> other_;
};

}  // namespace vanthu::test
