#include "docx/deflate_blocks.hpp"

#include <algorithm>
#include <span>

#include "docx/huffman.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t packed_size = std::size_t{64} << 10;

constexpr std::size_t symbols = 286, distance_symbols = 30, length_symbols = 19;
constexpr std::size_t end_of_block = 256;
constexpr unsigned longest_length_code = 7;

constexpr std::array<std::uint8_t, 29> length_extra = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                       2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint8_t, distance_symbols> distance_extra = {
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
constexpr std::array<std::uint8_t, length_symbols> length_order = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                                   11, 4,  12, 3, 13, 2, 14, 1, 15};

// Of the lengths from 3 on: their symbol, counted from 257, and where its range begins.
struct length_table {
  std::array<std::uint8_t, 256> symbol{};
  std::array<std::uint8_t, 29> first{};
};
constexpr length_table make_length_table() {
  length_table out;
  std::size_t next = 0;
  for (std::size_t s = 0; s < 28; ++s) {
    out.first[s] = static_cast<std::uint8_t>(next);
    for (std::size_t i = 0; i < std::size_t{1} << length_extra[s] && next < 256; ++i)
      out.symbol[next++] = static_cast<std::uint8_t>(s);
  }
  out.first[28] = 255;  // 258 has a symbol of its own
  out.symbol[255] = 28;
  return out;
}
constexpr auto length_of = make_length_table();

struct distance_table {
  std::array<std::uint16_t, distance_symbols> first{};  // distance less one
  std::array<std::uint8_t, 512> symbol{};               // of 0 … 255, then of multiples of 128
};
constexpr distance_table make_distance_table() {
  distance_table out;
  std::size_t next = 0;
  for (std::size_t s = 0; s < distance_symbols; ++s) {
    out.first[s] = static_cast<std::uint16_t>(next);
    for (std::size_t i = 0; i < std::size_t{1} << distance_extra[s]; ++i, ++next) {
      if (next < 256) out.symbol[next] = static_cast<std::uint8_t>(s);
      if (next % 128 == 0 && next >= 256) out.symbol[256 + next / 128] = static_cast<std::uint8_t>(s);
    }
  }
  return out;
}
constexpr auto distance_of = make_distance_table();

constexpr std::size_t distance_symbol(std::uint32_t less_one) {
  return distance_of.symbol[less_one < 256 ? less_one : 256 + (less_one >> 7U)];
}

}  // namespace

struct block_writer::codes {
  struct bit_string {
    std::uint32_t bits = 0, count = 0;
  };
  struct distance {
    std::uint16_t bits = 0, first = 0;  // the least distance less one
    std::uint8_t count = 0, extra = 0;
  };
  std::array<std::uint8_t, symbols> length{};
  std::array<std::uint8_t, distance_symbols> distance_length{};
  std::array<bit_string, 257> literal{};
  std::array<bit_string, 256> match{};  // of each length less three, together with its extra bits
  std::array<distance, distance_symbols> distances{};

  void find(std::span<const std::uint32_t> counts, std::span<const std::uint32_t> distance_counts) {
    std::array<std::uint16_t, symbols> code{};
    find_code_lengths(counts, longest_code, length);
    assign_codes(length, code);
    for (std::size_t n = 0; n < literal.size(); ++n) literal[n] = {code[n], length[n]};
    for (std::size_t n = 0; n < match.size(); ++n) {
      const auto s = length_of.symbol[n];
      const auto extra = static_cast<std::uint32_t>(n - length_of.first[s]);
      match[n] = {code[257U + s] | extra << length[257U + s], length[257U + s] + 0U + length_extra[s]};
    }
    std::array<std::uint16_t, distance_symbols> distance_code{};
    find_code_lengths(distance_counts, longest_code, distance_length);
    assign_codes(distance_length, distance_code);
    for (std::size_t s = 0; s < distance_symbols; ++s)
      distances[s] = {distance_code[s], distance_of.first[s], distance_length[s], distance_extra[s]};
  }
};

void block_writer::begin(const receiver* to) {
  to_ = to;
  used_ = 0;
  written_ = 0;
  literals_.fill(0);
  lengths_.fill(0);
  if (!tokens_) tokens_ = std::make_unique_for_overwrite<std::uint32_t[]>(block_);
  if (!packed_) packed_ = std::make_unique_for_overwrite<char[]>(packed_size);
  bits_ = {packed_.get(), packed_.get() + packed_size - 2 * bit_writer::word};
}

std::uint64_t block_writer::finish() {
  write_block(true);
  bits_.add(0, 7);  // up to a whole byte
  bits_.drain();
  hand_out();
  return written_;
}

void block_writer::write_block(bool is_last) {
  std::array<std::uint32_t, symbols> counts{};
  std::array<std::uint32_t, distance_symbols> distances{};
  std::ranges::copy(literals_, counts.begin());
  counts[end_of_block] = 1;
  for (std::size_t n = 0; n < 256; ++n) counts[257U + length_of.symbol[n]] += lengths_[n];
  for (const auto token : std::span(tokens_.get(), used_))
    if (const auto distance = token & 0xffffU; distance > 0) ++distances[distance_symbol(distance - 1)];
  codes c;
  c.find(counts, distances);
  bits_.add(is_last ? 1 : 0, 1);
  bits_.add(2, 2);
  write_header(c);
  write_tokens(c);
  used_ = 0;
  literals_.fill(0);
  lengths_.fill(0);
}

namespace {

// A code length, or a run of them, as the header of a block has it.
struct length_run {
  std::uint8_t symbol, extra, extra_bits;
};

std::size_t find_runs(std::span<const std::uint8_t> lengths, std::span<length_run> out) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < lengths.size();) {
    const auto length = lengths[at];
    std::size_t run = 1;
    while (at + run < lengths.size() && lengths[at + run] == length) ++run;
    at += run;
    if (length > 0) {
      out[n++] = {length, 0, 0};
      --run;
    }
    while (run >= 3) {
      const auto most = length > 0 ? std::size_t{6} : run > 10 ? std::size_t{138} : std::size_t{10};
      const auto take = std::min(run, most);
      if (length > 0)
        out[n++] = {16, static_cast<std::uint8_t>(take - 3), 2};
      else if (take > 10)
        out[n++] = {18, static_cast<std::uint8_t>(take - 11), 7};
      else
        out[n++] = {17, static_cast<std::uint8_t>(take - 3), 3};
      run -= take;
    }
    for (; run > 0; --run) out[n++] = {length, 0, 0};
  }
  return n;
}

std::size_t trimmed(std::span<const std::uint8_t> lengths, std::size_t least) {
  auto n = lengths.size();
  while (n > least && lengths[n - 1] == 0) --n;
  return n;
}

}  // namespace

void block_writer::write_header(const codes& c) {
  const auto literals = trimmed(c.length, 257);
  const auto distances = trimmed(c.distance_length, 1);
  std::array<std::uint8_t, symbols + distance_symbols> all;
  std::copy_n(c.length.begin(), literals, all.begin());
  std::copy_n(c.distance_length.begin(), distances, all.begin() + static_cast<std::ptrdiff_t>(literals));
  std::array<length_run, symbols + distance_symbols> runs;
  const auto count = find_runs(std::span(all).first(literals + distances), runs);

  std::array<std::uint32_t, length_symbols> counts{};
  for (const auto& r : std::span(runs).first(count)) ++counts[r.symbol];
  std::array<std::uint8_t, length_symbols> lengths{};
  std::array<std::uint16_t, length_symbols> run_codes{};
  find_code_lengths(counts, longest_length_code, lengths);
  assign_codes(lengths, run_codes);
  auto shown = length_symbols;
  while (shown > 4 && lengths[length_order[shown - 1]] == 0) --shown;

  const auto put = [this](std::uint64_t bits, unsigned length) {
    bits_.add(bits, length);
    bits_.drain();
    if (bits_.is_full()) hand_out();
  };
  put(literals - 257, 5);
  put(distances - 1, 5);
  put(shown - 4, 4);
  for (std::size_t i = 0; i < shown; ++i) put(lengths[length_order[i]], 3);
  for (const auto& r : std::span(runs).first(count)) {
    put(run_codes[r.symbol], lengths[r.symbol]);
    put(r.extra, r.extra_bits);
  }
}

// At most 7 bits are held before a token, and a token has at most 48: 15 and 5 of the length, 15 and 13 of the
// distance.
void block_writer::write_tokens(const codes& c) {
  auto out = bits_;
  for (const auto token : std::span(tokens_.get(), used_)) {
    const auto what = token >> 16U;
    if (const auto distance = token & 0xffffU; distance == 0) {
      out.add(c.literal[what].bits, c.literal[what].count);
    } else {
      out.add(c.match[what].bits, c.match[what].count);
      const auto& d = c.distances[distance_symbol(distance - 1)];
      out.add(d.bits, d.count);
      out.add(distance - 1 - d.first, d.extra);
    }
    out.drain();
    if (!out.is_full()) continue;
    bits_ = out;
    hand_out();
    out = bits_;
  }
  out.add(c.literal[end_of_block].bits, c.literal[end_of_block].count);
  out.drain();
  bits_ = out;
}

void block_writer::hand_out() {
  const auto used = static_cast<std::size_t>(bits_.to - packed_.get());
  if (used > 0) (*to_)({packed_.get(), used});
  written_ += used;
  bits_.to = packed_.get();
}

}  // namespace vanthu::docx
