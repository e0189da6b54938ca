#include "vanthu/agency.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace vanthu;

namespace {

const date d2024 = make_date(2024, 7, 1), last = make_date(2025, 6, 30), after = make_date(2025, 7, 1);

agency body(std::string id, std::optional<date> from = {}, std::optional<date> until = {}) {
  agency a;
  a.id.text = std::move(id);
  a.from = from;
  a.until = until;
  return a;
}

succession pass(std::string from, std::string to, date on, std::string field = {}) {
  return {{std::move(from)}, {std::move(to)}, std::move(field), on, {}, {}};
}

std::string names(const std::vector<agency_id>& ids) {
  std::string out;
  for (const auto& id : ids) out += (out.empty() ? "" : " ") + id.text;
  return out;
}

}  // namespace

TEST_CASE("an agency answers for itself while it exists, and its heirs after its last day") {
  const agency_registry r({body("cu", {}, last), body("moi", after)}, {}, {pass("cu", "moi", after)});
  CHECK(names(r.holders({"cu"}, "", last)) == "cu");
  CHECK(names(r.holders({"cu"}, "", after)) == "moi");
  CHECK(names(r.holders({"moi"}, "", last)).empty());
  CHECK(r.exists({"cu"}, last));
  CHECK(!r.exists({"cu"}, after));
  CHECK(!r.exists({"moi"}, last));
  CHECK(r.is_heir({"moi"}, {"cu"}, "", after));
  CHECK(!r.is_heir({"moi"}, {"cu"}, "", last));
  CHECK(r.is_heir({"cu"}, {"cu"}, "", after));
}

TEST_CASE("heirs of the field come before heirs of everything") {
  const agency_registry r({body("cu", {}, last), body("a"), body("b"), body("so")}, {},
                          {pass("cu", "a", after), pass("cu", "b", after), pass("cu", "so", after, "gioi")});
  CHECK(names(r.holders({"cu"}, "gioi", after)) == "so");
  CHECK(names(r.holders({"cu"}, "y-te", after)) == "a b");
  CHECK(names(r.holders({"cu"}, "", after)) == "a b");
}

TEST_CASE("heirs are followed until they exist") {
  const agency_registry r({body("a", {}, d2024), body("b", {}, last), body("c"), body("d")}, {},
                          {pass("a", "b", make_date(2024, 7, 2)), pass("b", "c", after), pass("b", "d", after)});
  CHECK(names(r.holders({"a"}, "", make_date(2024, 7, 2))) == "b");
  CHECK(names(r.holders({"a"}, "", after)) == "c d");
}

TEST_CASE("duties are somebody's in the days between an end and a later succession") {
  const agency_registry r({body("cu", {}, last), body("moi")}, {}, {pass("cu", "moi", make_date(2025, 8, 1))});
  CHECK(names(r.holders({"cu"}, "", make_date(2025, 7, 15))) == "moi");
}

TEST_CASE("a field can pass on while the agency goes on, and all duties when no last day is written") {
  const agency_registry field({body("so"), body("moi")}, {}, {pass("so", "moi", after, "gioi")});
  CHECK(names(field.holders({"so"}, "gioi", after)) == "moi");
  CHECK(names(field.holders({"so"}, "gioi", last)) == "so");
  CHECK(names(field.holders({"so"}, "khac", after)) == "so");
  const agency_registry all({body("so"), body("moi")}, {}, {pass("so", "moi", after)});
  CHECK(names(all.holders({"so"}, "khac", after)) == "moi");
  CHECK(names(all.holders({"so"}, "khac", last)) == "so");
}

TEST_CASE("nobody is left when an agency ends without heirs, and unknown agencies hold nothing") {
  const agency_registry r({body("cu", {}, last)}, {}, {pass("cu", "khong-co", after)});
  CHECK(r.holders({"cu"}, "", after).empty());
  CHECK(r.holders({"khong-co"}, "", after).empty());
  CHECK(r.find({"khong-co"}) == nullptr);
  CHECK(r.find({"cu"})->id.text == "cu");
}

TEST_CASE("groups open their groups, each agency once, heirs in place of the ended") {
  const agency_registry r(
      {body("a", {}, last), body("b", {}, last), body("c"), body("m", after)},
      {{{"xa"}, {{{"a"}, {}}, {{"b"}, {}}}, {}, {}}, {{"tat-ca"}, {{{"c"}, {}}, {{}, {"xa"}}, {{"a"}, {}}}, {}, {}}},
      {pass("a", "m", after), pass("b", "m", after)});
  CHECK(names(r.members({"tat-ca"}, "", last)) == "c a b");
  CHECK(names(r.members({"tat-ca"}, "", after)) == "c m");
  CHECK(r.members({"khong-co"}, "", after).empty());
}

TEST_CASE("rings of agencies and of groups come to an end") {
  const agency_registry r({body("a", {}, last), body("b", {}, last)},
                          {{{"g"}, {{{}, {"h"}}}, {}, {}}, {{"h"}, {{{}, {"g"}}, {{"a"}, {}}}, {}, {}}},
                          {pass("a", "b", after), pass("b", "a", after)});
  CHECK(r.holders({"a"}, "", after).empty());
  CHECK(names(r.members({"g"}, "", last)) == "a");
}

TEST_CASE("a chain of 100,000 successions is followed to its end") {
  std::vector<agency> all;
  std::vector<succession> passes;
  for (int i = 0; i < 100'000; ++i) {
    all.push_back(body("a" + std::to_string(i), {}, last));
    passes.push_back(pass("a" + std::to_string(i), "a" + std::to_string(i + 1), after));
  }
  all.push_back(body("a100000"));
  const agency_registry r(std::move(all), {}, std::move(passes));
  CHECK(names(r.holders({"a0"}, "", after)) == "a100000");
}
