// The template-directed deflate against two other people's inflaters: zlib and libdeflate.
#include <doctest/doctest.h>
#include <libdeflate.h>
#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "docx/deflate.hpp"

namespace {

using vanthu::docx::block_writer;
using vanthu::docx::deflater;

// A literal when it has a number, else data.
struct written {
  int number = -1;
  std::string text;
};
using script = std::vector<written>;

std::string plain(const script& s) {
  std::string out;
  for (const auto& w : s) out += w.text;
  return out;
}

struct packed {
  std::string stream;
  deflater::totals totals;
};

packed compress(deflater& with, const script& s) {
  packed out;
  const deflater::receiver keep = [&](std::string_view piece) { out.stream += piece; };
  with.begin(100, keep);
  for (const auto& w : s) {
    if (w.number < 0)
      with.text(w.text);
    else
      with.literal(static_cast<std::uint32_t>(w.number), w.text);
  }
  out.totals = with.finish();
  return out;
}

std::string inflated_by_zlib(std::string_view stream, std::size_t size) {
  std::string out(size + 1, '\0');
  z_stream z{};
  REQUIRE(inflateInit2(&z, -15) == Z_OK);
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(stream.data()));
  z.avail_in = static_cast<uInt>(stream.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  const int code = inflate(&z, Z_FINISH);
  out.resize(z.total_out);
  const auto rest = z.avail_in;
  inflateEnd(&z);
  CHECK(code == Z_STREAM_END);
  CHECK(rest == 0);
  return out;
}

std::string inflated_by_libdeflate(std::string_view stream, std::size_t size) {
  std::string out(size, '\0');
  auto* with = libdeflate_alloc_decompressor();
  std::size_t used = 0;
  const auto code =
      libdeflate_deflate_decompress_ex(with, stream.data(), stream.size(), out.data(), out.size(), &used, nullptr);
  libdeflate_free_decompressor(with);
  CHECK(code == LIBDEFLATE_SUCCESS);
  CHECK(used == stream.size());
  return out;
}

void check_stream(const packed& made, const std::string& text) {
  CHECK(made.totals.size == text.size());
  CHECK(made.totals.packed == made.stream.size());
  CHECK(made.totals.crc == ::crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())));
  CHECK((inflated_by_zlib(made.stream, text.size()) == text));
  CHECK((inflated_by_libdeflate(made.stream, text.size()) == text));
}

// Always token by token, however short the stream is.
packed check_tokens(const script& s, std::size_t block = block_writer::block_tokens) {
  deflater d(0, block);
  auto made = compress(d, s);
  check_stream(made, plain(s));
  return made;
}

std::uint32_t next_random(std::uint32_t& state) {
  state ^= state << 13U;
  state ^= state >> 17U;
  state ^= state << 5U;
  return state;
}

std::string noise(std::size_t size, std::uint32_t seed) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(next_random(seed) >> 11U);
  return out;
}

std::string cell(int column) {
  return "</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w=\"" + std::to_string(1000 + column) +
         "\" w:type=\"dxa\"/></w:tcPr><w:p><w:r><w:t xml:space=\"preserve\">";
}

script table(int rows) {
  script out;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < 8; ++c) {
      out.push_back({c, cell(c)});
      out.push_back({-1, std::to_string(r * 37 % 1000 * (c + 1))});
    }
  return out;
}

}  // namespace

TEST_CASE("a stream of nothing is a stream") {
  check_tokens({});
  check_tokens({{-1, ""}, {3, ""}, {-1, ""}});
  deflater d;
  check_stream(compress(d, {}), "");
}

TEST_CASE("single bytes and the same byte many times are compressed") {
  check_tokens({{-1, "a"}});
  check_tokens({{0, "a"}});
  CHECK(check_tokens({{-1, std::string(100'000, 'a')}}).stream.size() < 500);
  check_tokens({{0, std::string(700'000, 'a')}});
}

TEST_CASE("a repeated piece of the template is one match whatever was between") {
  const auto rows = table(2'000);
  const auto made = check_tokens(rows);
  CHECK(made.stream.size() < plain(rows).size() / 30);
}

TEST_CASE("blocks may end after any token") {
  const auto rows = table(40);
  for (std::size_t block = 1; block <= 130; ++block) check_tokens(rows, block);
  for (const std::size_t block : {255U, 256U, 257U, 1000U, 4096U, 65535U}) check_tokens(rows, block);
}

TEST_CASE("pieces repeat at every distance around the window") {
  const auto piece = noise(200, 41);
  for (std::size_t distance = 32768 - 20; distance <= 32768 + 20; ++distance) {
    const auto between = noise(distance - piece.size(), 7);
    const auto with_data = check_tokens({{0, piece}, {-1, between}, {0, piece}, {-1, "end"}});
    const auto without = check_tokens({{0, piece}, {-1, between}, {-1, "end"}});
    CHECK((with_data.stream.size() - without.stream.size() < 100) == (distance <= 32768));
  }
}

TEST_CASE("pieces repeat at the shortest distances") {
  for (std::size_t n = 1; n <= 12; ++n) {
    script s;
    for (int i = 0; i < 50; ++i) s.push_back({1, std::string("abcdefghijkl").substr(0, n)});
    check_tokens(s);
  }
}

TEST_CASE("matches of every length around the longest and the shortest are cut into lengths there are") {
  for (std::size_t n = 1; n <= 10; ++n) {
    const std::string piece = noise(n, 3);
    check_tokens({{0, piece}, {-1, "-"}, {0, piece}, {-1, "+"}, {0, piece}});
  }
  for (const std::size_t around : {258U, 516U, 774U, 1032U})
    for (std::size_t n = around - 6; n <= around + 6; ++n) {
      const std::string piece = noise(n, 5);
      check_tokens({{0, piece}, {-1, "-"}, {0, piece}, {-1, "+"}, {0, piece}});
    }
}

TEST_CASE("a match goes on through values that repeat and breaks where they differ") {
  script s;
  for (int i = 0; i < 3'000; ++i) {
    s.push_back({0, "<a>"});
    s.push_back({-1, i % 7 == 0 ? "khác" : "Sở Nông nghiệp"});
    s.push_back({1, "</a>"});
    s.push_back({-1, ""});
  }
  check_tokens(s);
}

TEST_CASE("a literal that is longer than the buffer repeats") {
  for (const std::size_t size : {std::size_t{32'767}, std::size_t{32'768}, std::size_t{32'769}, std::size_t{300'000}}) {
    const auto piece = noise(size, 11);
    check_tokens({{0, piece}, {-1, "x"}, {0, piece}, {0, piece}});
  }
}

TEST_CASE("literals that straddle the end of the buffer are found again behind it") {
  const auto piece = noise(500, 13);
  for (std::size_t gap = 294'400; gap <= 294'920; gap += 13)
    check_tokens({{-1, noise(gap, 17)}, {0, piece}, {-1, "."}, {0, piece}, {-1, ","}, {0, piece}});
}

TEST_CASE("what cannot be compressed hardly grows") {
  const auto text = noise(1'000'000, 19);
  const auto made = check_tokens({{-1, text}});
  CHECK(made.stream.size() < text.size() + text.size() / 100);
}

TEST_CASE("frequencies that want codes longer than deflate has are cut to a complete code") {
  // Fibonacci numbers of each byte give the deepest of all trees.
  std::string text;
  std::size_t a = 1;
  std::size_t b = 1;
  for (int c = 0; c < 26; ++c) {
    for (std::size_t i = 0; i < a; ++i) text += static_cast<char>('a' + c);
    b += a;
    a = b - a;
  }
  std::uint32_t state = 23;
  for (std::size_t i = text.size(); i > 1; --i) std::swap(text[i - 1], text[next_random(state) % i]);
  for (const std::size_t block : {std::size_t{1'000}, std::size_t{32'768}, std::size_t{400'000}})
    check_tokens({{-1, text}}, block);
}

TEST_CASE("random scripts come back as they were") {
  std::uint32_t state = 29;
  for (int round = 0; round < 60; ++round) {
    std::vector<std::string> pieces;
    for (int i = 0; i < 20; ++i) pieces.push_back(noise(next_random(state) % 400, next_random(state) | 1U));
    script s;
    for (std::uint32_t i = 0; i < 400; ++i) {
      const auto pick = next_random(state) % 40;
      if (pick < 20)
        s.push_back({static_cast<int>(pick), pieces[pick]});
      else if (pick < 30)
        s.push_back({-1, pieces[pick - 20].substr(0, next_random(state) % 100)});
      else
        s.push_back({-1, std::to_string(next_random(state) % 1000)});
    }
    check_tokens(s, 1 + next_random(state) % 3000);
  }
}

TEST_CASE("a short stream is compressed as a whole and a longer one by its pieces") {
  deflater d;
  const script just{{-1, noise(deflater::short_stream, 31)}};
  check_stream(compress(d, just), plain(just));
  const script over{{-1, noise(deflater::short_stream + 1, 31)}};
  check_stream(compress(d, over), plain(over));
  const auto rows = table(5'000);
  check_stream(compress(d, rows), plain(rows));
  const script small = table(10);
  check_stream(compress(d, small), plain(small));
}

TEST_CASE("the same pieces give the same bytes whatever was compressed before") {
  const auto rows = table(3'000);
  deflater d(0);
  const auto first = compress(d, rows).stream;
  compress(d, {{-1, noise(500'000, 37)}, {5, "another text"}});
  CHECK((compress(d, rows).stream == first));
  deflater other(0);
  CHECK((compress(other, rows).stream == first));
}
