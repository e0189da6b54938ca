// The container a rendering is written into.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "docx/pack.hpp"
#include "docx_builder.hpp"
#include "docx_check.hpp"
#include "vanthu/file.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

unsigned number_at(std::string_view raw, std::size_t at, int size) {
  unsigned out = 0;
  for (int i = size; i-- > 0;) out = out << 8U | static_cast<unsigned char>(raw[at + static_cast<std::size_t>(i)]);
  return out;
}

// Flags and sizes of each entry as its local header has them.
struct local {
  std::string name;
  unsigned flags, crc, packed, size;
};
std::vector<local> local_headers(std::string_view raw) {
  std::vector<local> out;
  auto at = number_at(raw, raw.size() - 6, 4);
  while (raw.substr(at, 4) == "PK\x01\x02") {
    const auto header = number_at(raw, at + 42, 4);
    const auto length = number_at(raw, at + 28, 2);
    out.push_back({std::string(raw.substr(at + 46, length)), number_at(raw, header + 6, 2),
                   number_at(raw, header + 14, 4), number_at(raw, header + 18, 4), number_at(raw, header + 22, 4)});
    at += 46 + length + number_at(raw, at + 30, 2) + number_at(raw, at + 32, 2);
  }
  return out;
}
local document_header(const bytes& docx) {
  for (const auto& h : local_headers(text_of(docx)))
    if (h.name == "word/document.xml") return h;
  return {};
}

document_template rows_template() {
  return compiled(document(table({row({p("{#items}{a}"), p("{b}{/items}")})})));
}
value rows_data(int n, std::size_t width) {
  auto items = value::list();
  std::uint32_t seed = 1;
  for (int i = 0; i < n; ++i) {
    std::string text;
    for (std::size_t k = 0; k < width; ++k) text += static_cast<char>('!' + (seed = seed * 1664525U + 1013904223U) % 5);
    for (auto& c : text) c = c == '&' ? '0' : static_cast<char>('a' + (seed = seed * 1664525U + 1013904223U) % 26);
    items.push_back(value::object({{"a", std::to_string(i)}, {"b", text}}));
  }
  return value::object({{"items", items}});
}

bytes through_a_sink(const document_template& t, const value& data) {
  bytes out;
  CHECK(t.render(data, [&](std::span<const std::byte> piece) {
           out.insert(out.end(), piece.begin(), piece.end());
         }).empty());
  return out;
}

}  // namespace

TEST_CASE("sizes stand in the header of a part where the output can be corrected") {
  const auto t = rows_template();
  for (const int n : {1, 100, 5'000}) {
    const auto data = rows_data(n, 200);
    const auto made = t.render(data).take();
    const auto head = document_header(made);
    CHECK(head.flags == 0);
    CHECK(head.size == part_of(made, "word/document.xml").size());
    CHECK(head.packed > 0);
    CHECK(head.crc != 0);
    for (const auto& h : local_headers(text_of(made))) CHECK(h.flags == 0);
  }
}

TEST_CASE("a sink gets the same bytes as memory unless a part outgrows what is held back") {
  const auto t = rows_template();
  const auto small = rows_data(300, 100);
  CHECK((through_a_sink(t, small) == t.render(small).take()));

  const auto large = rows_data(5'000, 200);
  const auto streamed = through_a_sink(t, large);
  const auto made = t.render(large).take();
  CHECK((streamed != made));
  CHECK(document_header(streamed).flags == 8);
  CHECK(document_header(streamed).size == 0);
  CHECK((part_of(streamed, "word/document.xml") == part_of(made, "word/document.xml")));
}

TEST_CASE("a file holds the same bytes as memory") {
  const auto place = std::filesystem::temp_directory_path() / ("vanthu-pack-" + std::to_string(::getpid()));
  const auto t = rows_template();
  for (const int n : {10, 5'000}) {
    const auto data = rows_data(n, 200);
    CHECK(t.render_file(data, place).empty());
    CHECK((read_file(place) == text_of(t.render(data).take())));
  }
  std::filesystem::remove(place);
}

TEST_CASE("faults of the data leave no file") {
  const auto place = std::filesystem::temp_directory_path() / ("vanthu-none-" + std::to_string(::getpid()));
  CHECK(ids(compiled(document(p("{missing}"))).render_file(value::object(), place)) == faults{"docx.missing-value"});
  CHECK(!std::filesystem::exists(place));
}

TEST_CASE("a sink, memory and a file are told the same") {
  const auto place = std::filesystem::temp_directory_path() / ("vanthu-told-" + std::to_string(::getpid()));
  const auto told = [&](std::string_view body, std::string_view json) {
    const auto t = compiled(document(body));
    const auto words = [](const diagnostics& notes) {
      std::string out;
      for (const auto& d : notes) out += to_string(d) + "\n";
      return out;
    };
    const auto in_memory = words(t.render(data(json)).notes);
    CHECK(words(t.render(data(json), [](std::span<const std::byte>) {})) == in_memory);
    CHECK(words(t.render_file(data(json), place)) == in_memory);
    return in_memory;
  };
  CHECK(told(p("{a}"), R"({"a": 1})").empty());
  CHECK(!told(p("{a}") + p("{#titel}x{/titel}"), R"({"a": 1, "title": "x"})").empty());
  CHECK(!told(p("{a}{b}") + p("{#c}{d}{/c}") + p("{title | number}"), R"({"title": "x", "c": [{}]})").empty());
  CHECK(!told(p("{%a}") + p("{b}"), R"({"a": 5})").empty());
  std::filesystem::remove(place);
}

TEST_CASE("faults of the data are told where the file cannot be written either") {
  const auto t = compiled(document(p("{a}")));
  CHECK(ids(t.render_file(data("{}"), "/nowhere/at/all.docx")) == faults{"docx.missing-value"});
  CHECK_THROWS_AS(t.render_file(data(R"({"a": 1})"), "/nowhere/at/all.docx"), error);
}

TEST_CASE("a device gets nothing of a document with faults") {
  const std::filesystem::path full = "/dev/full";  // which takes nothing
  const auto t = compiled(document(p("{a}{b}")));
  CHECK(ids(t.render_file(data(R"({"a": 1})"), full)) == faults{"docx.missing-value"});
  CHECK_THROWS_AS(t.render_file(data(R"({"a": 1, "b": 2})"), full), error);
}

TEST_CASE("eight threads fill one template and all get the same bytes") {
  const auto t = compiled(document(
      p("{title | upper} {#empty}{:else}{items | count}{/empty}") +
      table({row({p("{#items}{$number}"), p("{a} {b | pad:30}{/items}")})}) + p("{#items}") +
      "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"m\"/><w:r><w:t>{a}</w:t></w:r><w:bookmarkEnd w:id=\"1\"/></w:p>" +
      p("{/items}")));
  auto data = rows_data(1'500, 40);
  data.set("title", "Báo cáo");
  const auto expected = t.render(data).take();
  std::vector<int> wrong(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < wrong.size(); ++i)
    threads.emplace_back([&, i] {
      const auto own = t;
      for (int k = 0; k < 5; ++k) wrong[i] += own.render(data).take() == expected ? 0 : 1;
    });
  for (auto& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(8, 0));
}

TEST_CASE("a package of more entries than its directory can count is refused") {
  std::uint64_t written = 0;
  const byte_sink sink = [&](std::span<const std::byte> piece) { written += piece.size(); };
  const byte_patch none;
  docx::packer pack(sink, none);
  docx::entry one;
  one.stored = true;
  const auto add = [&](int n) {
    one.name = std::to_string(n);
    pack.copy(one);
  };
  for (int n = 0; n < 65'534; ++n) add(n);
  try {
    add(65'534);
    FAIL("not refused");
  } catch (const error& e) {
    CHECK(e.code() == errc::limit);
    CHECK(ids(e.notes()) == faults{"docx.too-many-parts"});
  }
}
