#include <algorithm>

#include "vanthu/journal.hpp"

namespace vanthu {
namespace {

constexpr std::size_t records_at_once = 256;

location place(std::string_view stream, std::uint64_t number) {
  return {std::string(stream), 0, 0, "#" + std::to_string(number)};
}

// Follows one stream from its first record, piece by piece: a journal may be larger than memory.
class walk {
 public:
  walk(std::string_view stream, std::span<const stream_head> known, diagnostics& notes) : notes_(notes) {
    head_.stream = stream;
    for (const auto& k : known)
      if (k.stream == stream) sought_.push_back(k);
  }

  stream_head run(const journal& j) {
    for (auto piece = j.read(head_.stream, 0, records_at_once); !piece.empty();
         piece = j.read(head_.stream, head_.number, records_at_once))
      for (const auto& r : piece) step(r);
    for (const auto& k : sought_) notes_.push_back(cut_off(k));
    return head_;
  }

  static diagnostic cut_off(const stream_head& k) {
    return {severity::error, {"journal.cut-off", {k.stream, to_hex(k.hash)}}, {k.stream, 0, 0, {}}, {}};
  }

 private:
  void step(const record& r) {
    const bool follows = r.number == head_.number + 1;
    if (!follows) fault("journal.gap", r, {std::to_string(head_.number + 1), std::to_string(r.number - 1)});
    if (r.hash != hash_of(r) || (follows && r.previous != head_.hash))
      fault("journal.altered", r, {std::to_string(r.number)});
    head_.number = r.number;
    head_.hash = r.hash;
    std::erase_if(sought_,
                  [&](const stream_head& k) { return k.hash == r.hash && (k.number == 0 || k.number == r.number); });
  }

  void fault(std::string id, const record& r, std::vector<std::string> args) {
    args.insert(args.begin(), head_.stream);
    notes_.push_back({severity::error, {std::move(id), std::move(args)}, place(r.stream, r.number), {}});
  }

  stream_head head_;
  std::vector<stream_head> sought_;
  diagnostics& notes_;
};

}  // namespace

checked<std::vector<stream_head>> verify(const journal& j, std::span<const stream_head> known) {
  checked<std::vector<stream_head>> result;
  std::vector<stream_head> heads;
  const auto streams = j.streams();
  for (const auto& stream : streams) heads.push_back(walk(stream, known, result.notes).run(j));
  for (const auto& k : known)
    if (!std::ranges::binary_search(streams, k.stream)) result.notes.push_back(walk::cut_off(k));
  if (!has_errors(result.notes)) result.value = std::move(heads);
  return result;
}

}  // namespace vanthu
