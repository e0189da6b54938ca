// How fast templates are compiled and filled.
//
//   docx_bench [--benchmark_filter=…]                  the measurements of this file
//   docx_bench --loop TEMPLATE DATA N WARM             fills TEMPLATE in memory N times after WARM times, taking the
//                                                      items of DATA, a JSON list, in turn; {"ms":[…]} a rendering
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <libdeflate.h>
#include <malloc.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "docx/deflate.hpp"
#include "docx_builder.hpp"
#include "vanthu/docx.hpp"
#include "vanthu/file.hpp"
#include "vanthu/value.hpp"

namespace {

using namespace vanthu;
using namespace docx_builder;

document_template compile(const bytes& docx) {
  return document_template::compile(docx, "t.docx").take();
}

// A cell as Word writes it, with its fonts and spacing.
std::string cell(const std::string& text) {
  return "<w:p w:rsidR=\"00A00001\" w:rsidRDefault=\"00A00001\"><w:pPr><w:pStyle w:val=\"TableText\"/><w:spacing "
         "w:before=\"40\" w:after=\"40\"/><w:jc w:val=\"left\"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii=\"Times New "
         "Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz "
         "w:val=\"24\"/><w:szCs w:val=\"24\"/><w:lang w:val=\"vi-VN\"/></w:rPr><w:t xml:space=\"preserve\">" +
         text + "</w:t></w:r></w:p>";
}

bytes table_template(int columns) {
  std::vector<std::string> cells;
  for (int c = 0; c < columns; ++c)
    cells.push_back(cell((c == 0 ? "{#items}{c" : "{c") + std::to_string(c) + (c + 1 == columns ? "}{/items}" : "}")));
  return document(table({row(cells)}));
}

value table_data(std::int64_t rows, int columns, const std::string& prose = {}) {
  std::vector<value> items;
  for (std::int64_t r = 0; r < rows; ++r) {
    std::vector<value::member> members;
    for (int c = 0; c < columns; ++c)
      members.emplace_back("c" + std::to_string(c), fmt::format("{}{}", prose, (r * 7919 + c * 104729) % 1000003));
    items.push_back(value::object(std::move(members)));
  }
  return value::object({{"items", value::list(std::move(items))}});
}

std::string document_xml(const bytes& docx) {
  docx_limits limits;
  limits.part_bytes = limits.total_bytes = std::uint64_t{4} << 30;
  return package::open(docx, "out.docx", limits).take().read("word/document.xml");
}

void fill(benchmark::State& state, const document_template& t, const value& data) {
  std::size_t packed = 0;
  for (auto _ : state) {
    const auto made = t.render(data);
    packed = made->size();
  }
  const auto xml = document_xml(t.render(data).take()).size();
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(xml));
  state.counters["packed"] = static_cast<double>(packed);
  state.counters["xml"] = static_cast<double>(xml);
}

void table_of_rows(benchmark::State& state) {
  fill(state, compile(table_template(8)), table_data(state.range(0), 8));
}
BENCHMARK(table_of_rows)->Arg(15)->Arg(1'000)->Arg(20'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

std::string long_prose() {
  std::string out;
  for (int i = 0; i < 40; ++i) out += fmt::format("việc thứ {} của đơn vị ", i * i % 97);
  return out;
}

void table_of_prose(benchmark::State& state) {
  fill(state, compile(table_template(3)), table_data(state.range(0), 3, long_prose()));
}
BENCHMARK(table_of_prose)->Arg(5'000)->Unit(benchmark::kMillisecond);

// Rows longer than the window of deflate, so that no piece finds its last occurrence.
void rows_beyond_the_window(benchmark::State& state) {
  fill(state, compile(table_template(90)), table_data(state.range(0), 90));
}
BENCHMARK(rows_beyond_the_window)->Arg(2'000)->Unit(benchmark::kMillisecond);

void nested_loops(benchmark::State& state) {
  const auto t =
      compile(document(p("{#agencies}") + cell("{name}") + p("{#tasks}") +
                       cell("{title}: {#late}trễ{:else}đúng hạn{/late}") + p("{/tasks}") + p("{/agencies}")));
  std::vector<value> agencies;
  for (int a = 0; a < 500; ++a) {
    std::vector<value> tasks;
    for (int n = 0; n < 20; ++n)
      tasks.push_back(value::object({{"title", fmt::format("Nhiệm vụ {}.{}", a, n)}, {"late", n % 3 == 0}}));
    agencies.push_back(
        value::object({{"name", fmt::format("Cơ quan {}", a)}, {"tasks", value::list(std::move(tasks))}}));
  }
  fill(state, t, value::object({{"agencies", value::list(std::move(agencies))}}));
}
BENCHMARK(nested_loops)->Unit(benchmark::kMillisecond);

void compile_a_template(benchmark::State& state) {
  std::string body;
  for (std::int64_t i = 0; i < state.range(0); ++i) body += cell("Mục {a.b} và {#c}{d}{/c}");
  const auto docx = document(body);
  for (auto _ : state) benchmark::DoNotOptimize(compile(docx));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(docx.size()));
}
BENCHMARK(compile_a_template)->Arg(100)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

// Templates of n like pieces, compiled and filled: the time of each piece is the same however many there are.
struct shape {
  const char* name;
  std::string (*body)(std::int64_t n);
};

std::string repeated(std::int64_t n, const std::string& piece) {
  std::string out;
  for (std::int64_t i = 0; i < n; ++i) out += piece;
  return out;
}
std::string rows_of(std::int64_t n, const std::string& first, const std::string& second) {
  return table({repeated(n, row({p(first), p(second)}))});
}
std::string cells_of(std::int64_t n, const std::string& text) {
  return table({row(std::vector<std::string>(static_cast<std::size_t>(n), p(text)))});
}

constexpr shape shapes[] = {
    {"blocks_in_text", [](std::int64_t n) { return repeated(n, p("{#a}t{/a}{b}")); }},
    {"blocks_of_paragraphs", [](std::int64_t n) { return repeated(n, p("{#a}") + p("{.}") + p("{/a}")); }},
    {"blocks_of_rows", [](std::int64_t n) { return rows_of(n, "{#a}{.}", "x{/a}"); }},
    {"cells_that_merge", [](std::int64_t n) { return rows_of(n, "{$merge b}x", "y"); }},
    {"cells_that_span", [](std::int64_t n) { return cells_of(n, "{$span 1}x"); }},
    {"columns_in_one_row", [](std::int64_t n) { return cells_of(n, "{-w:tc a}x{/a}"); }},
    {"columns_in_each_row", [](std::int64_t n) { return rows_of(n, "x", "{-w:tc a}x{/a}"); }},
    {"tables_with_columns", [](std::int64_t n) { return repeated(n, rows_of(1, "x", "{-w:tc a}x{/a}")) + p(""); }},
    {"lists_begun_anew", [](std::int64_t n) { return p("{#a}") + repeated(n, p("{$restart}")) + p("{/a}"); }},
    {"nested_blocks", [](std::int64_t n) { return repeated(n, p("{#a}{#a}{#a}x{/}{/}{/}")); }},
};

void growth(benchmark::State& state, const shape& s) {
  const auto docx = document(s.body(state.range(0)));
  const auto data = value::object({{"a", value::list({"1", "2"})}, {"b", "x"}});
  for (auto _ : state) {
    const auto t = compile(docx);
    benchmark::DoNotOptimize(t.render(data, [](std::span<const std::byte>) {}));
  }
  const auto pieces = static_cast<double>(state.range(0));
  state.counters["a_piece"] =
      benchmark::Counter(pieces, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void register_growth() {
  for (const auto& s : shapes)
    benchmark::RegisterBenchmark(fmt::format("growth/{}", s.name).c_str(), growth, s)
        ->Arg(2'000)
        ->Arg(8'000)
        ->Arg(32'000)
        ->Unit(benchmark::kMillisecond);
}

void read_data(benchmark::State& state) {
  const auto text = write_json(table_data(20'000, 8));
  for (auto _ : state) benchmark::DoNotOptimize(read_json(text, "data.json"));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(read_data)->Unit(benchmark::kMillisecond);

// The usual way, for comparison: the same document.xml as a whole through libdeflate, with the sum that a package needs.
// To make it costs nothing here but a copy.
void whole(benchmark::State& state, const document_template& t, const value& data) {
  const auto xml = document_xml(t.render(data).take());
  std::size_t packed = 0;
  for (auto _ : state) {
    auto* with = libdeflate_alloc_compressor(static_cast<int>(state.range(0)));
    std::string copy = xml;
    std::string out(libdeflate_deflate_compress_bound(with, copy.size()), '\0');
    packed = libdeflate_deflate_compress(with, copy.data(), copy.size(), out.data(), out.size());
    benchmark::DoNotOptimize(libdeflate_crc32(0, copy.data(), copy.size()));
    libdeflate_free_compressor(with);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(xml.size()));
  state.counters["packed"] = static_cast<double>(packed);
}
void libdeflate_of_rows(benchmark::State& state) {
  whole(state, compile(table_template(8)), table_data(20'000, 8));
}
void libdeflate_of_prose(benchmark::State& state) {
  whole(state, compile(table_template(3)), table_data(5'000, 3, long_prose()));
}
void libdeflate_beyond_the_window(benchmark::State& state) {
  whole(state, compile(table_template(90)), table_data(2'000, 90));
}
BENCHMARK(libdeflate_of_rows)->Arg(1)->Arg(6)->Unit(benchmark::kMillisecond);
BENCHMARK(libdeflate_of_prose)->Arg(1)->Arg(6)->Unit(benchmark::kMillisecond);
BENCHMARK(libdeflate_beyond_the_window)->Arg(1)->Arg(6)->Unit(benchmark::kMillisecond);

int loop(char** arguments) {
  const auto docx = read_file(arguments[0]);
  const auto t = document_template::compile(std::as_bytes(std::span(docx)), arguments[0]).take();
  const auto data = read_json(read_file(arguments[1]), arguments[1]).take();
  const auto count = std::strtoul(arguments[2], nullptr, 10);
  const auto warm = std::strtoul(arguments[3], nullptr, 10);
  std::string out = "{\"ms\":[";
  for (std::size_t i = 0; i < warm + count; ++i) {
    const auto& one = data.type() == value::kind::list ? data.at(i % data.size()) : data;
    const auto begin = std::chrono::steady_clock::now();
    const auto made = t.render(one).take();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    benchmark::DoNotOptimize(made.data());
    if (i >= warm) out += fmt::format("{}{:.4f}", i > warm ? "," : "", took.count());
  }
  std::puts((out + "]}").c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 6 && std::string_view(argv[1]) == "--loop") return loop(argv + 2);
  // Memory that is given back and asked for again costs more than the work, from some size on.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  register_growth();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
