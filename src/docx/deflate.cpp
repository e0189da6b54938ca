#include "docx/deflate.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

#include "docx/deflate_blocks.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t window = block_writer::longest_distance;
constexpr std::size_t batch = std::size_t{256} << 10;
constexpr std::size_t buffer_size = window + batch;
constexpr unsigned hash_bits = 14;
constexpr int highest_level = 12;
constexpr std::size_t seed = 4;  // bytes a search goes by
constexpr std::size_t most_noted = 32;
// Where a stream begins, so that position 0 is out of reach from all of it.
constexpr std::uint64_t first_position = 2 * window;

std::uint32_t load32(const char* at) {
  std::uint32_t out = 0;
  std::memcpy(&out, at, sizeof out);
  return out;
}

std::uint64_t load64(const char* at) {
  std::uint64_t out = 0;
  std::memcpy(&out, at, sizeof out);
  return out;
}

std::uint32_t hash_of(std::uint32_t word) {
  return word * 0x9e3779b1U >> (32 - hash_bits);
}

// How many bytes from `at` on, before `end`, are those from `before` on.
std::size_t count_equal(const char* before, const char* at, const char* end) {
  const char* const begin = at;
  if constexpr (std::endian::native == std::endian::little)
    for (; end - at >= 8; at += 8, before += 8)
      if (const auto difference = load64(before) ^ load64(at); difference != 0)
        return static_cast<std::size_t>(at - begin) + static_cast<std::size_t>(std::countr_zero(difference)) / 8;
  while (at < end && *at == *before) ++at, ++before;
  return static_cast<std::size_t>(at - begin);
}

struct free_compressor {
  void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
};

// Made once a thread and level: it is as large as a document.
libdeflate_compressor* compressor(int level) {
  thread_local std::array<std::unique_ptr<libdeflate_compressor, free_compressor>, highest_level + 1> made;
  auto& wanted = made[static_cast<std::size_t>(level)];
  if (!wanted) wanted.reset(libdeflate_alloc_compressor(level));
  if (!wanted) throw std::bad_alloc();
  return wanted.get();
}

// For the next stream of the thread: so much memory takes longer to get from the system than to fill.
std::unique_ptr<char[]>& spare_buffer() {
  thread_local std::unique_ptr<char[]> spare;
  return spare;
}

// A short stream uses the beginning only, and the system gives no more than is used.
std::unique_ptr<char[]> take_buffer() {
  auto spare = std::move(spare_buffer());
  return spare ? std::move(spare) : std::make_unique_for_overwrite<char[]>(buffer_size);
}

}  // namespace

deflater::deflater(std::size_t whole_below, std::size_t block_tokens)
    : whole_below_(std::min(whole_below, batch)), tokens_(block_tokens), buffer_(take_buffer()) {}

deflater::~deflater() {
  spare_buffer() = std::move(buffer_);
}

void deflater::use_level(int level) {
  level_ = std::clamp(level, 0, highest_level);
}

void deflater::begin(std::size_t literals, const receiver& to) {
  to_ = &to;
  totals_ = {};
  fresh_ = used_ = 0;
  base_ = first_position;
  pieces_.clear();
  last_.assign(literals, 0);
  match_length_ = 0;
}

void deflater::append(std::uint32_t number, std::string_view text) {
  while (true) {
    const auto n = std::min(text.size(), buffer_size - used_);
    if (n > 0) std::memcpy(buffer_.get() + used_, text.data(), n);
    used_ += n;
    if (number == none && !pieces_.empty() && pieces_.back().number == none)
      pieces_.back().length += static_cast<std::uint32_t>(n);
    else
      pieces_.push_back({number, static_cast<std::uint32_t>(n)});
    if (n == text.size()) return;
    digest();
    text.remove_prefix(n);
    number = none;  // the rest of a literal follows its beginning in any case
  }
}

// Between the literals that are in reach, all is searched through as one text, whatever the pieces it came in.
void deflater::digest() {
  if (totals_.size == 0) start_search();
  auto from = fresh_;
  auto at = fresh_;
  for (const auto& p : pieces_) {
    if (const auto distance = reach(p, at); distance > 0) {
      search(extend(from, at), at);
      add_match(p.length, distance);
      from = at + p.length;
    }
    at += p.length;
  }
  search(extend(from, at), at);
  totals_.crc = crc32(totals_.crc, {buffer_.get() + fresh_, used_ - fresh_});
  totals_.size += used_ - fresh_;
  pieces_.clear();
  slide();
}

void deflater::start_search() {
  heads_.assign(std::size_t{1} << hash_bits, 0);
  tokens_.begin(to_);
}

void deflater::slide() {
  const auto kept = std::min(used_, window);
  std::memmove(buffer_.get(), buffer_.get() + (used_ - kept), kept);
  base_ += used_ - kept;
  fresh_ = used_ = kept;
}

// How far behind `at` the same literal begins; 0 when that is no match.
std::size_t deflater::reach(const piece& p, std::size_t at) {
  if (p.number == none) return 0;
  const auto position = base_ + at;
  const auto distance = position - std::exchange(last_[p.number], position);
  return distance <= window && p.length >= block_writer::shortest_match ? static_cast<std::size_t>(distance) : 0;
}

// Lets the match that is not settled yet go on as far as it does; says where it stopped.
std::size_t deflater::extend(std::size_t at, std::size_t end) {
  if (match_length_ == 0) return at;
  const char* const from = buffer_.get() + at;
  const auto n = count_equal(from - match_distance_, from, buffer_.get() + end);
  match_length_ += n;
  return at + n;
}

// One look at where the same four bytes were last met. Of a match the beginning is noted too: data is likely to agree
// there, and noting all of it costs more time than it saves bytes.
void deflater::search(std::size_t at, std::size_t end) {
  const char* const text = buffer_.get();
  while (end - at >= seed) {
    const auto word = load32(text + at);
    const auto position = static_cast<std::uint32_t>(base_ + at);
    const auto distance = position - std::exchange(heads_[hash_of(word)], position);
    if (distance - 1 >= window || load32(text + at - distance) != word) {
      plain(at++);
      continue;
    }
    const auto length = seed + count_equal(text + at + seed - distance, text + at + seed, text + end);
    add_match(length, distance);
    const auto noted = std::min({length, most_noted, end - at - seed + 1});
    for (std::size_t i = 1; i < noted; ++i)
      heads_[hash_of(load32(text + at + i))] = position + static_cast<std::uint32_t>(i);
    at += length;
  }
  while (at < end) plain(at++);
}

void deflater::add_match(std::size_t length, std::size_t distance) {
  if (match_length_ > 0 && distance == match_distance_) {
    match_length_ += length;
    return;
  }
  settle();
  match_length_ = length;
  match_distance_ = distance;
}

// No piece may be shorter than the shortest match.
void deflater::settle() {
  constexpr auto most = block_writer::longest_match;
  constexpr auto least = block_writer::shortest_match;
  auto rest = std::exchange(match_length_, 0);
  for (; rest > most; rest -= rest >= most + least ? most : rest - least)
    tokens_.match(rest >= most + least ? most : rest - least, match_distance_);
  if (rest > 0) tokens_.match(rest, match_distance_);
}

void deflater::plain(std::size_t at) {
  settle();
  tokens_.literal(static_cast<unsigned char>(buffer_[at]));
}

void deflater::compress_whole() {
  auto* const with = compressor(level_);
  const auto most = libdeflate_deflate_compress_bound(with, used_);
  const auto packed = std::make_unique_for_overwrite<char[]>(most);
  totals_.packed = libdeflate_deflate_compress(with, buffer_.get(), used_, packed.get(), most);
  totals_.size = used_;
  totals_.crc = crc32(0, {buffer_.get(), used_});
  (*to_)({packed.get(), static_cast<std::size_t>(totals_.packed)});
}

deflater::totals deflater::finish() {
  if (totals_.size == 0 && used_ <= whole_below_) {
    compress_whole();
    return totals_;
  }
  digest();
  settle();
  totals_.packed = tokens_.finish();
  return totals_;
}

std::uint32_t crc32(std::uint32_t so_far, std::string_view text) {
  return libdeflate_crc32(so_far, text.data(), text.size());
}

}  // namespace vanthu::docx
