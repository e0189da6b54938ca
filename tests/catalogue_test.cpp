#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "vanthu/diagnostic.hpp"

namespace {

// Every test source and every plan with expected remarks. A case that names an id checks that it is produced.
std::string all_tests() {
  std::string text;
  const std::filesystem::path root = std::string(VANTHU_SOURCE_DIR) + "/tests";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const auto name = entry.path().filename().string();
    const bool is_case = name.ends_with(".cpp") || entry.path().parent_path().filename() == "errors";
    if (!entry.is_regular_file() || !is_case || name == "catalogue_test.cpp") continue;
    std::ifstream in(entry.path());
    text.append(std::istreambuf_iterator<char>(in), {});
  }
  return text;
}

// The id as a whole: "plan.cycle" is not named by "plan.cycles".
bool names(const std::string& text, std::string_view id) {
  const auto inside = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
  for (auto at = text.find(id); at != std::string::npos; at = text.find(id, at + 1)) {
    const auto end = at + id.size();
    if ((at == 0 || !inside(text[at - 1])) && (end == text.size() || !inside(text[end]))) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("every message the library can make is produced by some case") {
  const auto text = all_tests();
  REQUIRE(text.size() > 100'000);
  for (const auto& entry : vanthu::catalogue()) CHECK_MESSAGE(names(text, entry.id), entry.id);
}

TEST_CASE("every message about a document says what to do") {
  for (const auto& entry : vanthu::catalogue()) {
    if (!entry.id.starts_with("docx.")) continue;
    CHECK_MESSAGE(!entry.vi_hint.empty(), entry.id);
    CHECK_MESSAGE(!entry.en_hint.empty(), entry.id);
  }
}
