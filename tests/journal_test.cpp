#include "vanthu/journal.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "journal_conformance.hpp"
#include "journal_support.hpp"

using namespace vanthu;
using namespace vanthu::test;

namespace {

using strings = std::vector<std::string>;

// Three streams, the first with three records.
void fill(const std::string& file) {
  const auto j = open_sqlite(file);
  const batch all[] = {batch_of("a", 0, {"1", "2", "3"}), batch_of("b", 0, {"1"}), batch_of("c", 0, {"1", "2"})};
  REQUIRE(bool(j->append(all)));
}

void change(const std::string& file, const std::string& sql) {
  tamper(file, "DROP TRIGGER record_is_not_updated; DROP TRIGGER record_is_not_deleted; " + sql);
}

std::string faults(const std::string& file, std::span<const stream_head> known = {}) {
  return ids_of(verify(*open_sqlite(file), known).notes);
}

}  // namespace

TEST_CASE("a journal in memory keeps every promise") {
  check_conformance(memory_journal);
}

TEST_CASE("a journal in SQLite keeps every promise") {
  const scratch_folder folder;
  int n = 0;
  check_conformance([&] { return open_sqlite(folder / std::to_string(n++)); });
}

TEST_CASE("a hash is SHA-256 over the fields as netstrings") {
  record r{"run/a", 1, at(1'681'779'600'123'456), "Nguyễn Văn An", "item.started/1", "{}", {}, {}};
  // printf '5:run/a,1:1,16:1681779600123456,16:Nguyễn Văn An,14:item.started/1,2:{},64:000…,' | sha256sum
  CHECK(to_hex(hash_of(r)) == "e1d827c4789a492370dca8c0b609abbb8453e12323a728133726b355e22f860a");
  r.previous = hash_of(r);
  r.number = 2;
  r.at = at(-1);
  CHECK(to_hex(hash_of(r)) == "edccba4f7ab918c0edb3ba6a788d7dc3e8bdfab6007270389f5cce8dbad27eda");
}

TEST_CASE("texts that run into each other give different hashes") {
  record a{"s", 1, at(0), "ab", "c", "", {}, {}};
  record b{"s", 1, at(0), "a", "bc", "", {}, {}};
  CHECK(bool(hash_of(a) != hash_of(b)));
}

TEST_CASE("a digest is read as it is printed and in no other form") {
  const auto hex = std::string("00ff") + std::string(60, '7');
  REQUIRE(parse_digest(hex).has_value());
  CHECK(to_hex(*parse_digest(hex)) == hex);
  CHECK(to_hex(*parse_digest("00FF" + std::string(60, '7'))) == hex);
  CHECK(!parse_digest(hex.substr(1)).has_value());
  CHECK(!parse_digest(hex + "0").has_value());
  CHECK(!parse_digest("0g" + hex.substr(2)).has_value());
  CHECK(!parse_digest("").has_value());
}

TEST_CASE("an address opens its journal, and another is refused") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  REQUIRE(bool(append_one(*open_journal("sqlite:" + file), "s", 0, "1")));
  CHECK(bodies_of(*open_journal("sqlite:" + file), "s") == strings{"1"});
  CHECK(open_journal("memory:")->streams().empty());
  for (const auto* url : {"", "sqlite:", "a.db", "memory", "postgresql://host/db", "memory:x"})
    CHECK(thrown_by([&] { open_journal(url); }) == "journal.bad-url misuse");
}

TEST_CASE("what was written is there when the file is opened again, and is added to") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  fill(file);
  const auto j = open_sqlite(file, {.create = false});
  CHECK(bodies_of(*j, "a") == strings{"1", "2", "3"});
  CHECK(bool(append_one(*j, "a", 3, "4")));
  CHECK(!bool(append_one(*open_sqlite(file), "a", 3, "5")));
  CHECK(bodies_of(*open_sqlite(file), "a") == strings{"1", "2", "3", "4"});
}

TEST_CASE("no name of a file means anything else to SQLite") {
  const scratch_folder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  for (const std::string name : {":memory:", "file:x?mode=memory", "a%20b#c?d", "Kỳ Anh"}) {
    CHECK(bool(append_one(*open_sqlite(name), "s", 0, "1")));
    CHECK(std::filesystem::is_regular_file(folder / name));
  }
  std::filesystem::current_path(before);
}

TEST_CASE("another program changes or deletes no record by mistake") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  fill(file);
  CHECK_THROWS_WITH(tamper(file, "UPDATE record SET body = 'x'"), "records are never changed");
  CHECK_THROWS_WITH(tamper(file, "DELETE FROM record"), "records are never deleted");
  CHECK(faults(file).empty());
}

TEST_CASE("verification returns the head of each stream, and knows them again") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  fill(file);
  const auto heads = verify(*open_sqlite(file));
  REQUIRE(bool(heads));
  REQUIRE(heads->size() == 3);
  CHECK((*heads)[0].stream == "a");
  CHECK((*heads)[0].number == 3);
  CHECK((*heads)[2].number == 2);
  REQUIRE(bool(append_one(*open_sqlite(file), "a", 3, "4")));
  CHECK(faults(file, *heads).empty());
}

TEST_CASE("a changed field shows at its record") {
  const scratch_folder folder;
  for (const std::string field :
       {"actor = 'x'", "type = 'x'", "body = '1 '", "at = at + 1", "hash = previous", "previous = hash"}) {
    CAPTURE(field);
    const auto file = folder / field.substr(0, field.find(' '));
    fill(file);
    change(file, "UPDATE record SET " + field + " WHERE stream = 'a' AND number = 3");
    CHECK(faults(file) == "journal.altered@a:#3");
  }
}

TEST_CASE("a record rewritten together with its hash shows at the next one") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  fill(file);
  auto forged = open_sqlite(file)->read("a").at(1);
  forged.body = "two";
  change(file,
         "UPDATE record SET body = 'two', hash = x'" + to_hex(hash_of(forged)) + "' WHERE stream = 'a' AND number = 2");
  CHECK(faults(file) == "journal.altered@a:#3");
}

TEST_CASE("all faults of all streams are told at once") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  fill(file);
  change(file, "DELETE FROM record WHERE stream = 'a' AND number < 3; UPDATE record SET body = '' WHERE stream = 'c'");
  const auto result = verify(*open_sqlite(file));
  CHECK(!bool(result));
  CHECK(ids_of(result.notes) == "journal.gap@a:#3 journal.altered@c:#1 journal.altered@c:#2");
  CHECK(text(result.notes.front().what, language::en) == "stream \"a\" lacks its records from 1 to 2");
}

TEST_CASE("a record moved to another stream shows in that stream") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  fill(file);
  change(file, "UPDATE record SET stream = 'b', number = 2 WHERE stream = 'a' AND number = 3");
  CHECK(faults(file) == "journal.altered@b:#2");
}

TEST_CASE("an end that was cut off shows when its head is known") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  fill(file);
  auto known = verify(*open_sqlite(file)).take();
  change(file, "DELETE FROM record WHERE stream = 'a' AND number = 3; DELETE FROM record WHERE stream = 'b'");
  CHECK(faults(file).empty());
  CHECK(faults(file, known) == "journal.cut-off@a journal.cut-off@b");
  REQUIRE(bool(append_one(*open_sqlite(file), "a", 2, "another third")));
  CHECK(faults(file, known) == "journal.cut-off@a journal.cut-off@b");
  for (auto& head : known) head.number = 0;
  CHECK(faults(file, known) == "journal.cut-off@a journal.cut-off@b");
  known.erase(known.begin(), known.begin() + 2);
  CHECK(faults(file, known).empty());
}

TEST_CASE("a long stream is verified piece by piece") {
  const auto j = memory_journal();
  const batch b = batch_of("s", 0, strings(1000, "x"));
  REQUIRE(bool(j->append({&b, 1})));
  const auto heads = verify(*j);
  REQUIRE(bool(heads));
  CHECK(heads->front().number == 1000);
}
