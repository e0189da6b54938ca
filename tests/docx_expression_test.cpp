// What expressions make of values of every kind.
#include <doctest/doctest.h>

#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

std::string said_of(std::string_view expression, const value& v) {
  render_options empty;
  empty.missing.then = missing_value::policy::empty;
  try {
    const auto text = body_of(fill_with(document(p("{" + std::string(expression) + "}")), v, empty));
    const auto begin = text.find("preserve\">") + 10;
    return text.substr(begin, text.find("</w:t>") - begin);
  } catch (const error& e) {
    return ids(e.notes()).front();
  }
}
std::string said(std::string_view expression, std::string_view json) {
  return said_of(expression, data(json));
}

}  // namespace

TEST_CASE("an item of a list is named by its number, anything else there is nothing") {
  const std::string_view two = R"({"x": ["a", "b"], "y": "chữ"})";
  CHECK(said("x.0", two) == "a");
  CHECK(said("x.1", two) == "b");
  for (const auto* none : {"x.2", "x.dài", "x.1a", "x.0000000000", "y.0", "x.0.m", "z.0"})
    CHECK_MESSAGE(said(none, two) == "", none);
}

TEST_CASE("texts that are numbers count, an absent figure stays absent") {
  CHECK(said("a + 1", R"({"a": "12,5"})") == "docx.not-a-number");
  CHECK(said("a + 1", R"({"a": "12.5"})") == "13.5");
  CHECK(said("a + 1", R"({"a": true})") == "docx.not-a-number");
  CHECK(said("a + 1", R"({"a": null})") == "");
  CHECK(said("1 + a", "{}") == "");
  CHECK(said("-a", R"({"a": 2.50})") == "-2.50");
  CHECK(said("-a", "{}") == "");
  CHECK(data_faults(p("{a + 1}{1 + b}"), R"({"a": null})") == faults{"docx.missing-value", "docx.missing-value"});
}

TEST_CASE("a quotient has the places it needs") {
  CHECK(said("a / b", R"({"a": 1, "b": 4})") == "0.25");
  CHECK(said("a / b", R"({"a": 1.00, "b": 4})") == "0.25");
  CHECK(said("a / b", R"({"a": 8, "b": 4})") == "2");
  CHECK(said("a / b", R"({"a": 8.00, "b": 4})") == "2.00");
}

TEST_CASE("a name typed with accents that come apart is the one that the data writes in one piece") {
  CHECK(read(p("{ho\u0323} {n.te\u0302n}"), R"({"họ": "A", "n": {"tên": "B"}})") == "A B\n");
  CHECK(read(p("{#ho\u0323}x{/ho\u0323}"), R"({"họ": true})") == "x\n");
}

TEST_CASE("amounts of money can be divided, whether it comes out even or not") {
  CHECK(said("a / 3", R"({"a": 500000000})") == "166666666.66666667");
  CHECK(said("a / 3", R"({"a": 1000000000000})") == "333333333333.33333");
  CHECK(said("a / -3", R"({"a": 1000000000000})") == "-333333333333.3333");
  CHECK(said("a / 1000", R"({"a": 1000000000000})") == "1000000000");
  CHECK(said("a / 7", R"({"a": 999999999999999999})") == "142857142857142857");
}

TEST_CASE("an average is rounded once, where it is shown") {
  CHECK(said("x | avg | number:3", R"({"x": [1, 1, 2]})") == "1,333");
  CHECK(said("x | avg | number:0", R"({"x": [0.4, 0.5, 0.499]})") == "0");
  CHECK(said("x | avg | number:1",
             R"({"x": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                             0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]})") == "0,4");
  CHECK(said("x | avg", R"({"x": [1, 2]})") == "1.5");
}

TEST_CASE("a number that grows too long is a fault of the tag that asks for it") {
  CHECK(said("a * a", R"({"a": 999999999999})") == "docx.number-too-long");
  CHECK(texts(data_notes(p("{a * a}"), data(R"({"a": 999999999999})"))).find("{a * a}") != std::string::npos);
}

TEST_CASE("numbers equal texts that are the same number, other kinds equal their own") {
  CHECK(said("a = b", R"({"a": 1, "b": "1.0"})") == "true");
  CHECK(said("a = b", R"({"a": "1.0", "b": 1})") == "true");
  CHECK(said("a = b", R"({"a": 1, "b": "một"})") == "false");
  CHECK(said("a = b", R"({"a": 1, "b": true})") == "false");
  CHECK(said("a = b", R"({"a": 0})") == "false");
  CHECK(said("a = b", R"({"b": 0})") == "false");
  CHECK(said("a = b", "{}") == "true");
  CHECK(said("a != b", R"({"a": [1, 2], "b": [1, 3]})") == "true");
  CHECK(said("a = b", R"({"a": [1, {"k": "x"}], "b": [1, {"k": "x"}]})") == "true");
}

TEST_CASE("texts are ordered letter by letter, numbers by size, absent values not at all") {
  const auto orders = [](std::string_view json) {
    std::string out;
    for (const auto* operation : {"a < b", "a <= b", "a > b", "a >= b"})
      out += said(operation, json) == "true" ? '1' : '0';
    return out;
  };
  CHECK(orders(R"({"a": 1, "b": 2})") == "1100");
  CHECK(orders(R"({"a": 2, "b": "2.0"})") == "0101");
  CHECK(orders(R"({"a": "10", "b": 9})") == "0011");
  CHECK(orders(R"({"a": "x", "b": "y"})") == "1100");
  CHECK(orders(R"({"a": "y", "b": "x"})") == "0011");
  CHECK(orders(R"({"a": 1})") == "0000");
  CHECK(orders(R"({"b": 1})") == "0000");
  CHECK(said("a < b", R"({"a": "x", "b": [1]})") == "docx.not-comparable");
  CHECK(said("a < b", R"({"a": true, "b": "x"})") == "docx.not-comparable");
}

TEST_CASE("days are ordered with days and with texts that are days") {
  const auto with = [](value other) { return value::object({{"d", make_date(2023, 2, 5)}, {"e", std::move(other)}}); };
  CHECK(said_of("d < e", with(make_date(2023, 2, 6))) == "true");
  CHECK(said_of("d < e", with("2023-02-05")) == "false");
  CHECK(said_of("e <= d", with("2023-02-05")) == "true");
  CHECK(said_of("d < e", with("hôm sau")) == "docx.not-comparable");
  CHECK(said_of("d < e", with(true)) == "docx.not-comparable");
  CHECK(said_of("d < e", with(5)) == "docx.not-a-number");
  CHECK(said_of("d ? \"có\" : \"không\"", with({})) == "có");
}

TEST_CASE("lists and objects hold as conditions when there is something in them, a selection when it holds an item") {
  CHECK(read(p("{#x | where:n > 1}{n}{:else}không{/}"), R"({"x": [{"n": 1}, {"n": 2}]})") == "2\n");
  CHECK(read(p("{#x | where:n > 2}{n}{:else}không{/}"), R"({"x": [{"n": 1}, {"n": 2}]})") == "không\n");
  CHECK(said("x ? 1 : 2", R"({"x": []})") == "2");
  CHECK(said("x ? 1 : 2", R"({"x": {}})") == "1");
}
