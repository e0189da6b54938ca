// Whole templates and what they give, as folders below tests/golden: template, data.json, assets, and of the result the
// parts that the template has not. To take over a change that is meant, run this program with VANTHU_TEST_OUTPUT set
// and copy the folders below $VANTHU_TEST_OUTPUT/golden.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "docx_builder.hpp"
#include "docx_check.hpp"
#include "vanthu/file.hpp"

using namespace vanthu;
using namespace docx_builder;
namespace fs = std::filesystem;

namespace {

// Files below a folder by their names as parts, the content types first.
std::map<std::string, std::string> files_in(const fs::path& folder) {
  std::map<std::string, std::string> out;
  if (fs::exists(folder))
    for (const auto& f : fs::recursive_directory_iterator(folder))
      if (f.is_regular_file()) out.emplace(f.path().lexically_relative(folder).generic_string(), read_file(f.path()));
  return out;
}
bytes zipped(const fs::path& folder) {
  std::vector<part> out;
  for (auto& [name, content] : files_in(folder)) {
    part p;
    p.name = name;
    p.content = content;
    out.push_back(p);
  }
  std::stable_partition(out.begin(), out.end(), [](const part& p) { return p.name == "[Content_Types].xml"; });
  return zip(out);
}

struct golden {
  std::string name;
  bytes docx;
  value data;
  render_options options;
  compile_options how;
};

golden read_golden(const fs::path& folder) {
  golden out;
  out.name = folder.filename().string();
  out.docx = zipped(folder / "template");
  out.data = docx_builder::data(read_file(folder / "data.json"));
  if (out.name == "docxtemplater") out.how = compile_options::docxtemplater();
  out.options.assets = [folder](std::string_view name) -> std::optional<bytes> {
    const auto place = folder / "assets" / name;
    if (fs::is_directory(place)) return zipped(place);
    if (!fs::exists(place)) return {};
    const auto text = read_file(place);
    const auto raw = std::as_bytes(std::span(text));
    return bytes(raw.begin(), raw.end());
  };
  return out;
}

std::vector<golden> all() {
  std::vector<fs::path> folders;
  for (const auto& f : fs::directory_iterator(fs::path(VANTHU_SOURCE_DIR) / "tests" / "golden"))
    folders.push_back(f.path());
  std::ranges::sort(folders);
  std::vector<golden> out;
  for (const auto& f : folders) out.push_back(read_golden(f));
  return out;
}

// The parts that came out otherwise than they are in the template. Workbooks are compressed, so they are left out.
std::map<std::string, std::string> changed_parts(const bytes& from, const bytes& to) {
  const auto before = package::open(from, "template").take();
  const auto after = package::open(to, "result").take();
  std::map<std::string, std::string> out;
  for (const auto& name : after.parts()) {
    if (name.ends_with(".xlsx")) continue;
    auto text = after.read(name);
    if (!before.has(name) || before.read(name) != text) out.emplace(name, std::move(text));
  }
  return out;
}

void keep_parts(const std::string& name, const std::map<std::string, std::string>& parts) {
  const char* folder = std::getenv("VANTHU_TEST_OUTPUT");
  if (folder == nullptr) return;
  for (const auto& [part, text] : parts) {
    const auto place = fs::path(folder) / "golden" / name / "expected" / part;
    fs::create_directories(place.parent_path());
    std::ofstream(place, std::ios::binary) << text;
  }
}

}  // namespace

TEST_CASE("every golden template gives, part by part and byte by byte, what is written down") {
  const auto found = all();
  REQUIRE(found.size() >= 7);
  for (const auto& g : found) {
    CAPTURE(g.name);
    const auto out = fill_with(g.docx, g.data, g.options, g.how);
    const auto made = changed_parts(g.docx, out);
    keep_parts(g.name, made);
    const auto expected = files_in(fs::path(VANTHU_SOURCE_DIR) / "tests" / "golden" / g.name / "expected");
    for (const auto& e : expected) {
      CAPTURE(e.first);
      const auto there = made.find(e.first);
      CHECK((there != made.end() && there->second == e.second));
    }
    for (const auto& m : made) CHECK_MESSAGE(expected.contains(m.first), m.first);
  }
}

TEST_CASE("a golden template gives the same bytes however often it is compiled and filled") {
  for (const auto& g : all()) {
    CAPTURE(g.name);
    const auto t = compiled(g.docx, g.how);
    const auto first = t.render(g.data, g.options).take();
    CHECK((t.render(g.data, g.options).take() == first));
    CHECK((compiled(g.docx, g.how).render(g.data, g.options).take() == first));
  }
}
