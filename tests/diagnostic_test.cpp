#include "vanthu/diagnostic.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace vanthu;

TEST_CASE("a remark prints its place, level, text and id, and what to do on the next line") {
  const diagnostic d{severity::error, {"value.number-too-long", {"1234"}}, {"a.json", 6, 3, {}}, {}};
  CHECK(to_string(d, language::en) ==
        "a.json:6:3: error: number 1234 has more than 18 digits [value.number-too-long]\n"
        "    write a shorter number, or write it as text");
  CHECK(text(d.what, language::vi) == "số «1234» vượt quá 18 chữ số");
}

TEST_CASE("a remark as JSON is one line with escaped texts") {
  const diagnostic d{severity::warning, {"value.json-after-end", {"a \"b\"\n"}}, {"x.docx", 0, 0, "p[1]"}, {}};
  CHECK(to_json(d) ==
        R"({"level":"warning","id":"value.json-after-end","message":"\"a \"b\"\n\" follows after the end of the JSON )"
        R"(value","hint":"a file, or a line of JSON Lines, holds one value","file":"x.docx","line":0,"column":0,)"
        R"("path":"p[1]","related":[]})");
}

TEST_CASE("an id that nobody wrote a text for still says what it was about") {
  CHECK(text({"no.such-id", {"a", "b"}}, language::en) == "no.such-id: a, b");
}

TEST_CASE("every message has a text in both languages, and a hint in both or in none") {
  std::set<std::string_view> seen;
  for (const auto& entry : catalogue()) {
    CAPTURE(entry.id);
    CHECK(seen.insert(entry.id).second);
    CHECK(!entry.vi.empty());
    CHECK(!entry.en.empty());
    CHECK(entry.vi_hint.empty() == entry.en_hint.empty());
  }
}

TEST_CASE("taking a value that is not there throws all remarks") {
  checked<int> c{{}, {{severity::error, {"value.json-syntax", {"x"}}, {}, {}}}};
  CHECK_THROWS_AS(std::move(c).take(), error);
}
