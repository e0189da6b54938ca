#include <map>
#include <mutex>

#include "journal/append.hpp"

namespace vanthu {
namespace {

class memory final : public journal {
 public:
  append_result append(std::span<const batch> batches, std::span<const row_change> derived) override {
    require_writable(batches, derived);
    const std::lock_guard lock(mutex_);
    append_result result;
    for (const auto& b : batches)
      if (last_of(b.stream).number != b.expected) result.conflicts.push_back(b.stream);
    if (!result) return result;

    // What can fail comes first, beside the store; moving finished nodes into it cannot.
    record_table written;
    for (const auto& b : batches) result.last.push_back(write(b, written));
    row_table put;
    for (const auto& r : derived) {
      if (r.content)
        put.insert_or_assign({r.table, r.key}, *r.content);
      else
        put.erase({r.table, r.key});
    }
    const auto removed = keys_of(derived);
    records_.merge(written);
    for (const auto& key : removed) rows_.erase(key);
    rows_.merge(put);
    return result;
  }

  std::vector<record> read(std::string_view stream, std::uint64_t after, std::size_t limit) const override {
    const std::lock_guard lock(mutex_);
    std::vector<record> out;
    for (auto at = records_.upper_bound({std::string(stream), after});
         at != records_.end() && at->first.first == stream && out.size() < limit; ++at)
      out.push_back(at->second);
    return out;
  }

  std::vector<std::string> streams(std::string_view prefix) const override {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    auto at = records_.lower_bound({std::string(prefix), 0});
    while (at != records_.end() && at->first.first.starts_with(prefix)) {
      names.push_back(at->first.first);
      at = records_.upper_bound({names.back(), UINT64_MAX});
    }
    return names;
  }

  std::optional<std::string> row(std::string_view table, std::string_view key) const override {
    const std::lock_guard lock(mutex_);
    const auto at = rows_.find({std::string(table), std::string(key)});
    if (at == rows_.end()) return {};
    return at->second;
  }

  std::vector<std::pair<std::string, std::string>> rows(std::string_view table,
                                                        std::string_view key_prefix) const override {
    const std::lock_guard lock(mutex_);
    std::vector<std::pair<std::string, std::string>> out;
    for (auto at = rows_.lower_bound({std::string(table), std::string(key_prefix)});
         at != rows_.end() && at->first.first == table && at->first.second.starts_with(key_prefix); ++at)
      out.emplace_back(at->first.second, at->second);
    return out;
  }

 private:
  using row_key = std::pair<std::string, std::string>;
  using record_table = std::map<std::pair<std::string, std::uint64_t>, record>;
  using row_table = std::map<row_key, std::string>;

  stream_head last_of(const std::string& stream) const {
    const auto after = records_.upper_bound({stream, UINT64_MAX});
    if (after == records_.begin() || std::prev(after)->first.first != stream) return {stream, 0, {}};
    const auto& last = std::prev(after)->second;
    return {stream, last.number, last.hash};
  }

  std::uint64_t write(const batch& b, record_table& out) const {
    auto head = last_of(b.stream);
    for (const auto& r : b.records) {
      auto next = chain(b.stream, head.number + 1, head.hash, r);
      head = {b.stream, next.number, next.hash};
      out.emplace(std::pair{b.stream, next.number}, std::move(next));
    }
    return head.number;
  }

  static std::vector<row_key> keys_of(std::span<const row_change> derived) {
    std::vector<row_key> keys;
    for (const auto& r : derived) keys.emplace_back(r.table, r.key);
    return keys;
  }

  mutable std::mutex mutex_;
  record_table records_;
  row_table rows_;
};

}  // namespace

std::unique_ptr<journal> memory_journal() {
  return std::make_unique<memory>();
}

}  // namespace vanthu
