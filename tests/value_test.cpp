#include "vanthu/value.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace vanthu;
using kind = value::kind;

namespace {

template <class F>
std::string refused(F f) {
  try {
    f();
  } catch (const error& e) {
    return e.notes().front().id();
  }
  return "nothing thrown";
}

}  // namespace

TEST_CASE("a value is what it was made from") {
  CHECK(value().is_null());
  CHECK(value(nullptr).is_null());
  CHECK(value(true).as_boolean());
  CHECK(value(5).as_number() == decimal(5));
  CHECK(value(decimal(150, 2)).as_number().to_string() == "1.50");
  CHECK((value(make_date(1899, 12, 31)).as_day() == make_date(1899, 12, 31)));
  CHECK(value("Kỳ Anh").as_text() == "Kỳ Anh");
  CHECK(value(std::string("a\0b", 3)).as_text() == std::string_view("a\0b", 3));
  CHECK(value("").as_text().empty());
  CHECK(value::list({1, "hai", nullptr}).size() == 3);
  CHECK(value::object({{"số", 573}}).at(0) == value(573));
  CHECK(sizeof(value) == 16);
  CHECK_FALSE(std::is_constructible_v<value, void*>);
  CHECK_FALSE(std::is_constructible_v<value, double>);
}

TEST_CASE("asking a value for another kind is refused by name") {
  CHECK(refused([] { return value(1).as_text(); }) == "value.wrong-kind");
  CHECK(refused([] { return value("1").as_number(); }) == "value.wrong-kind");
  CHECK(refused([] { return value().as_boolean(); }) == "value.wrong-kind");
  CHECK(refused([] { return value("2023-01-01").as_day(); }) == "value.wrong-kind");
  CHECK(refused([] { return value::list({1}).name(0); }) == "value.wrong-kind");
  CHECK(refused([] { value("x").push_back(1); }) == "value.wrong-kind");
  CHECK(refused([] { value::list().set("x", 1); }) == "value.wrong-kind");
  CHECK(refused([] { return value::list({1}).at(1); }) == "value.no-such-item");
  CHECK(refused([] { return value(5).at(0); }) == "value.no-such-item");
  CHECK(refused([] { return value::object({{"a", 1}}).name(1); }) == "value.no-such-item");
  CHECK(text(message{"value.wrong-kind", {"text", "number"}}, language::en) == "the value is a number, not a text");
}

TEST_CASE("members keep the order they were put in, and a name is there once") {
  value v;
  v.set("b", 1);
  v.set("a", 2);
  v.set("b", 3);
  REQUIRE(v.size() == 2);
  CHECK(v.name(0) == "b");
  CHECK(v.at(0) == value(3));
  CHECK(v.name(1) == "a");
  CHECK(v.find("c") == nullptr);
  CHECK(value(5).find("c") == nullptr);
  CHECK(write_json(value::object({{"x", 1}, {"y", 2}, {"x", 3}})) == R"({"x":3,"y":2})");
}

TEST_CASE("a big object finds its members by name, however it was made") {
  std::vector<value::member> members;
  value grown;
  for (int i = 0; i < 2000; ++i) {
    const auto name = "m" + std::to_string(i * 7919 % 2000);
    members.emplace_back(name, i);
    grown.set(name, i);
  }
  for (int i = 0; i < 2000; i += 3) {
    members.emplace_back("m" + std::to_string(i), -i);
    grown.set("m" + std::to_string(i), -i);
  }
  const auto built = value::object(members);
  REQUIRE(built.size() == 2000);
  CHECK(built == grown);
  CHECK(write_json(built) == write_json(grown));
  for (int i = 0; i < 2000; ++i) {
    const auto* m = built.find("m" + std::to_string(i));
    REQUIRE(m);
    if (i % 3 == 0) CHECK(*m == value(-i));
  }
  CHECK(built.find("m2000") == nullptr);
  CHECK(built.find("") == nullptr);
}

TEST_CASE("changing a copy leaves the original as it was") {
  value a = value::object({{"list", value::list({1, 2})}});
  value b = a;
  b.set("more", true);
  value inner = *a.find("list");
  inner.push_back(3);
  CHECK(write_json(a) == R"({"list":[1,2]})");
  CHECK(write_json(b) == R"({"list":[1,2],"more":true})");
  CHECK(write_json(inner) == "[1,2,3]");
  a = std::move(b);
  CHECK(a.size() == 2);
  auto& self = a;
  a = self;
  a = std::move(self);
  CHECK(a.size() == 2);
}

TEST_CASE("a list put into itself holds what it held before") {
  value v = value::list({1});
  v.push_back(v);
  v.push_back(v);
  CHECK(write_json(v) == "[1,[1],[1,[1]]]");
  value o;
  o.set("a", 1);
  o.set("o", o);
  CHECK(write_json(o) == R"({"a":1,"o":{"a":1}})");
}

TEST_CASE("values compare by what they hold") {
  CHECK(value::object({{"a", 1}, {"b", 2}}) == value::object({{"b", 2}, {"a", 1}}));
  CHECK(value::object({{"a", 1}, {"b", 2}}) != value::object({{"a", 1}, {"c", 2}}));
  CHECK(value::list({1, 2}) != value::list({2, 1}));
  CHECK(value::list({1}) != value::list({1, 1}));
  CHECK(value(decimal(15, 1)) == value(decimal(150, 2)));
  CHECK(value(make_date(2023, 1, 1)) != value("2023-01-01"));
  CHECK(value(true) != value(1));
  CHECK(value(true) != value(false));
  CHECK(value() == value(nullptr));
}

TEST_CASE("a tree may be deeper than any stack") {
  value v;
  value w = value::object({{"leaf", 1}});
  for (int i = 0; i < 300'000; ++i) {
    v = value::list({std::move(v)});
    w = value::object({{"w", std::move(w)}});
  }
  value same = value::list({v});
  CHECK(same.at(0) == v);
  CHECK(write_json(v).size() == 600'004);
  CHECK(write_json(w).size() == 300'000 * 6 + 10);
}
