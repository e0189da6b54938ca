#include "journal_conformance.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "journal_support.hpp"

namespace vanthu::test {
namespace {

using strings = std::vector<std::string>;
using pairs = std::vector<std::pair<std::string, std::string>>;

void keeps_what_was_written(journal& j) {
  const batch b{
      "run/a",
      0,
      {{at(-1), "Nguyễn Văn An", "item.started/1", "{\"item\":\"t01\"}"}, {at(1'681'779'600'123'456), "", "", ""}}};
  const auto done = j.append({&b, 1});
  CHECK(bool(done));
  CHECK(done.last == std::vector<std::uint64_t>{2});
  const auto all = j.read("run/a");
  REQUIRE(all.size() == 2);
  CHECK(all[0].stream == "run/a");
  CHECK(all[0].number == 1);
  CHECK(bool(all[0].at == at(-1)));
  CHECK(all[0].actor == "Nguyễn Văn An");
  CHECK(all[0].type == "item.started/1");
  CHECK(all[0].body == "{\"item\":\"t01\"}");
  CHECK(all[1].number == 2);
  CHECK(bool(all[1].at == at(1'681'779'600'123'456)));
  CHECK(all[1].body.empty());
}

void chains_hashes(journal& j) {
  const batch b = batch_of("s", 0, {"1", "2"});
  CHECK(bool(j.append({&b, 1})));
  CHECK(bool(append_one(j, "s", 2, "3")));
  digest previous{};
  const auto all = j.read("s");
  REQUIRE(all.size() == 3);
  for (const auto& r : all) {
    CHECK(bool(r.previous == previous));
    CHECK(bool(r.hash == hash_of(r)));
    previous = r.hash;
  }
  const auto heads = verify(j);
  REQUIRE(bool(heads));
  CHECK(heads->front().number == 3);
  CHECK(bool(heads->front().hash == previous));
}

void writes_all_streams_or_none(journal& j) {
  const batch both[] = {batch_of("book/x/BC/2023", 0, {"n1"}), batch_of("run/a", 0, {"issued", "noted"})};
  const auto done = j.append(both);
  CHECK(done.last == std::vector<std::uint64_t>{1, 2});

  const batch late[] = {batch_of("book/x/BC/2023", 1, {"n2"}), batch_of("run/a", 1, {"never"}),
                        batch_of("run/b", 7, {"never"})};
  const row_change row{"t", "k", "never"};
  const auto refused = j.append(late, {&row, 1});
  CHECK(!bool(refused));
  CHECK(refused.last.empty());
  CHECK(refused.conflicts == strings{"run/a", "run/b"});
  CHECK(bodies_of(j, "book/x/BC/2023") == strings{"n1"});
  CHECK(bodies_of(j, "run/a") == strings{"issued", "noted"});
  CHECK(bodies_of(j, "run/b").empty());
  CHECK(!j.row("t", "k").has_value());
}

void guards_a_stream_without_writing(journal& j) {
  CHECK(bool(append_one(j, "plan", 0, "v1")));
  const batch guarded[] = {batch_of("plan", 1, {}), batch_of("run/a", 0, {"by v1"})};
  CHECK(j.append(guarded).last == std::vector<std::uint64_t>{1, 1});
  const batch outdated[] = {batch_of("plan", 0, {}), batch_of("run/a", 1, {"by v0"})};
  CHECK(j.append(outdated).conflicts == strings{"plan"});
  const batch nothing = batch_of("empty", 0, {});
  CHECK(bool(j.append({&nothing, 1})));
  CHECK(bool(j.append({}, {})));
  CHECK(j.streams() == strings{"plan", "run/a"});
}

void reads_from_a_place_and_to_a_limit(journal& j) {
  const batch b = batch_of("s", 0, {"1", "2", "3", "4"});
  CHECK(bool(j.append({&b, 1})));
  CHECK(bool(append_one(j, "t", 0, "other")));
  CHECK(j.read("s", 1, 2).size() == 2);
  CHECK(j.read("s", 1, 2).front().body == "2");
  CHECK(j.read("s", 3).size() == 1);
  CHECK(j.read("s", 4).empty());
  CHECK(j.read("s", UINT64_MAX).empty());
  CHECK(j.read("s", 0, 0).empty());
  CHECK(j.read("nobody wrote here").empty());
}

void lists_streams_in_order(journal& j) {
  for (const auto* name : {"run/b", "book/x", "run/á", "run/a", "s", "run/b/2", "run"})
    for (std::uint64_t n = 0; n < 2; ++n) CHECK(bool(append_one(j, name, n, "x")));
  CHECK(j.streams() == strings{"book/x", "run", "run/a", "run/b", "run/b/2", "run/á", "s"});
  CHECK(j.streams("run/") == strings{"run/a", "run/b", "run/b/2", "run/á"});
  CHECK(j.streams("zz").empty());
}

void keeps_rows_beside_records(journal& j) {
  const row_change first[] = {{"lease", "b", "1"}, {"lease", "a", "2"},  {"lease", "ab", "3"},
                              {"other", "a", ""},  {"lease", "c", "no"}, {"lease", "c", {}}};
  CHECK(bool(j.append({}, first)));
  CHECK(j.row("lease", "a").value_or("-") == "2");
  CHECK(j.row("other", "a").value_or("-").empty());
  CHECK(!j.row("lease", "c").has_value());
  CHECK(!j.row("none", "a").has_value());
  CHECK(j.rows("lease") == pairs{{"a", "2"}, {"ab", "3"}, {"b", "1"}});
  CHECK(j.rows("lease", "a") == pairs{{"a", "2"}, {"ab", "3"}});
  const batch b = batch_of("s", 0, {"x"});
  const row_change second[] = {{"lease", "a", "20"}, {"lease", "b", {}}, {"lease", "none", {}}};
  CHECK(bool(j.append({&b, 1}, second)));
  CHECK(j.rows("lease") == pairs{{"a", "20"}, {"ab", "3"}});
  CHECK(j.read("s").size() == 1);
}

void refuses_what_no_backend_stores(journal& j) {
  const batch twice[] = {batch_of("s", 0, {"1"}), batch_of("t", 0, {"1"}), batch_of("s", 1, {"2"})};
  CHECK(thrown_by([&] { j.append(twice); }) == "journal.stream-twice misuse");
  const auto bad = std::string("a\0b", 3);
  CHECK(thrown_by([&] { append_one(j, "s", 0, bad); }) == "journal.bad-text misuse");
  CHECK(thrown_by([&] { append_one(j, "s\xff", 0, "x"); }) == "journal.bad-text misuse");
  const row_change row{"t", "\xc3", "x"};
  CHECK(thrown_by([&] { j.append({}, {&row, 1}); }) == "journal.bad-text misuse");
  CHECK(j.streams().empty());
}

void takes_long_and_odd_texts(journal& j) {
  const std::string body(3'000'000, 'x');
  const batch b{"s'; DROP TABLE record; --", 0, {{at(0), "\"'\n\t", "%s", body}}};
  CHECK(bool(j.append({&b, 1})));
  const auto all = j.read("s'; DROP TABLE record; --");
  REQUIRE(all.size() == 1);
  CHECK(bool(all[0].body == body));
  CHECK(all[0].actor == "\"'\n\t");
  CHECK(bool(verify(j)));
}

// Each thread appends until it has written its share, reading again after every conflict.
void serves_several_threads(journal& j) {
  constexpr int threads = 3;
  constexpr int share = 10;
  std::vector<std::thread> writers;
  for (int t = 0; t < threads; ++t)
    writers.emplace_back([&j, t] {
      for (int written = 0; written < share;)
        written += append_one(j, "s", j.read("s").size(), std::to_string(t)) ? 1 : 0;
    });
  for (auto& w : writers) w.join();
  const auto all = bodies_of(j, "s");
  CHECK(all.size() == std::size_t{threads * share});
  for (int t = 0; t < threads; ++t) CHECK(std::count(all.begin(), all.end(), std::to_string(t)) == share);
  CHECK(bool(verify(j)));
}

}  // namespace

void check_conformance(const std::function<std::unique_ptr<journal>()>& open) {
  const struct {
    const char* text;
    void (*check)(journal&);
  } promises[] = {
      {"keeps what was written", keeps_what_was_written},
      {"chains hashes", chains_hashes},
      {"writes all streams or none", writes_all_streams_or_none},
      {"guards a stream without writing", guards_a_stream_without_writing},
      {"reads from a place and to a limit", reads_from_a_place_and_to_a_limit},
      {"lists streams in order", lists_streams_in_order},
      {"keeps rows beside records", keeps_rows_beside_records},
      {"refuses what no backend stores", refuses_what_no_backend_stores},
      {"takes long and odd texts", takes_long_and_odd_texts},
      {"serves several threads", serves_several_threads},
  };
  for (const auto& promise : promises) {
    CAPTURE(promise.text);
    promise.check(*open());
  }
}

}  // namespace vanthu::test
