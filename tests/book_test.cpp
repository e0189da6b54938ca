#include "vanthu/book.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

#include "journal_support.hpp"
#include "vanthu/value.hpp"

using namespace vanthu;
using namespace vanthu::test;

namespace {

using strings = std::vector<std::string>;

agency office() {
  agency a;
  a.id = {"ubnd-huyen-ky-anh"};
  a.notation = "UBND";
  return a;
}

number_request request(std::string kind, date on, std::string key = {}) {
  number_request r;
  r.kind = std::move(kind);
  r.key = std::move(key);
  r.actor = "lan";
  r.on = on;
  r.at = at(1'681'779'600'000'000);
  return r;
}

constexpr auto april = make_date(2023, 4, 18);

std::string take(journal& j, std::string kind, date on = april, std::string key = {}) {
  return take_number(j, office(), request(std::move(kind), on, std::move(key))).text;
}

// A journal in which somebody else is always faster.
class contested final : public journal {
 public:
  append_result append(std::span<const batch> batches, std::span<const row_change>) override {
    ++appends;
    return {{}, {batches.front().stream}};
  }
  std::vector<record> read(std::string_view, std::uint64_t, std::size_t) const override { return {}; }
  std::vector<std::string> streams(std::string_view) const override { return {}; }
  std::optional<std::string> row(std::string_view, std::string_view) const override { return {}; }
  std::vector<std::pair<std::string, std::string>> rows(std::string_view, std::string_view) const override {
    return {};
  }
  int appends = 0;
};

}  // namespace

TEST_CASE("a number is written as the decree shows it") {
  CHECK(format_number_of(office(), "BC", 5).text == "05/BC-UBND");
  CHECK(format_number_of(office(), "KH", 573).text == "573/KH-UBND");
  CHECK(format_number_of(office(), "CV", 12, "VX").text == "12/UBND-VX");
  CHECK(format_number_of(office(), "CV", 7, "LĐTBXH").text == "07/UBND-LĐTBXH");
  CHECK(format_number_of(office(), "BC", 5, "VX").text == "05/BC-UBND");
  CHECK(format_number_of(office(), "QĐ", 1000).text == "1000/QĐ-UBND");
}

TEST_CASE("a kind may be written without marks, and a code that exists stays itself") {
  CHECK(format_number_of(office(), "QD", 1).text == "01/QĐ-UBND");
  CHECK(format_number_of(office(), "QyD", 1).text == "01/QyĐ-UBND");
  CHECK(kind_code("CD").value() == "CĐ");
  CHECK(kind_code("HD").value() == "HD");
  CHECK(kind_code("HĐ").value() == "HĐ");
  CHECK(kind_code("DA").value() == "DA");
  CHECK(kind_code("ĐA").value() == "ĐA");
  for (const auto* unknown : {"", "bc", "XX", "BC/", "Đ"}) CHECK(!kind_code(unknown).has_value());
}

TEST_CASE("what has no number is refused") {
  auto nameless = office();
  nameless.notation.clear();
  CHECK(thrown_by([&] { format_number_of(nameless, "BC", 1); }) == "book.no-notation misuse");
  CHECK(thrown_by([&] { format_number_of(office(), "CV", 1); }) == "book.no-unit misuse");
  CHECK(thrown_by([&] { format_number_of(office(), "thu", 1); }) == "book.unknown-kind misuse");
  CHECK(thrown_by([&] { book_of(office(), "../x", april); }) == "book.unknown-kind misuse");
  const auto j = memory_journal();
  CHECK(thrown_by([&] { take(*j, "CV"); }) == "book.no-unit misuse");
  CHECK(j->streams().empty());
}

TEST_CASE("there is a book for each agency, kind and year") {
  CHECK(stream_of(book_of(office(), "BC", april)) == "book/ubnd-huyen-ky-anh/BC/2023");
  CHECK(stream_of(book_of(office(), "QD", make_date(2024, 1, 1))) == "book/ubnd-huyen-ky-anh/QĐ/2024");
  const auto j = memory_journal();
  CHECK(take(*j, "BC") == "01/BC-UBND");
  CHECK(take(*j, "KH") == "01/KH-UBND");
  CHECK(take(*j, "BC") == "02/BC-UBND");
  CHECK(take(*j, "BC", make_date(2023, 12, 31)) == "03/BC-UBND");
  CHECK(take(*j, "BC", make_date(2024, 1, 1)) == "01/BC-UBND");
}

TEST_CASE("one book for all kinds numbers them together, and copies by themselves") {
  auto a = office();
  a.series = number_series::common;
  CHECK(stream_of(book_of(a, "BC", april)) == "book/ubnd-huyen-ky-anh/chung/2023");
  CHECK(stream_of(book_of(a, "SY", april)) == "book/ubnd-huyen-ky-anh/sao/2023");
  CHECK(stream_of(book_of(office(), "TrS", april)) == "book/ubnd-huyen-ky-anh/sao/2023");
  const auto j = memory_journal();
  CHECK(take_number(*j, a, request("BC", april)).text == "01/BC-UBND");
  CHECK(take_number(*j, a, request("KH", april)).text == "02/KH-UBND");
  CHECK(take_number(*j, a, request("SL", april)).text == "01/SL-UBND");
  CHECK(take_number(*j, a, request("SY", april)).text == "02/SY-UBND");
}

TEST_CASE("numbers keep the order of dates") {
  const auto j = memory_journal();
  CHECK(take(*j, "BC") == "01/BC-UBND");
  CHECK(take(*j, "BC", april) == "02/BC-UBND");
  CHECK(thrown_by([&] { take(*j, "BC", april - std::chrono::days(1)); }) == "book.date-before-last misuse");
  try {
    take(*j, "BC", make_date(2023, 4, 5));
  } catch (const error& e) {
    CHECK(std::string(e.what()) ==
          "5/4/2023 lies before 18/4/2023, the date of 02/BC-UBND, the last number in the book");
  }
  CHECK(take(*j, "KH", make_date(2023, 4, 5)) == "01/KH-UBND");
}

TEST_CASE("the book tells what each number was taken for") {
  const auto j = memory_journal();
  take(*j, "CTr");
  auto r = request("CTr", april, "k1");
  r.subject = "Truyền thông \"bình đẳng giới\"";
  r.sha256 = std::string(64, 'a');
  take_number(*j, office(), r);
  const auto all = read_book(*j, book_of(office(), "CTr", april));
  REQUIRE(all.size() == 2);
  CHECK(all[0].key.empty());
  CHECK(all[1].number.number == 2);
  CHECK(all[1].number.text == "02/CTr-UBND");
  CHECK(all[1].kind == "CTr");
  CHECK(all[1].actor == "lan");
  CHECK(all[1].subject == r.subject);
  CHECK(all[1].sha256 == r.sha256);
  CHECK(all[1].key == "k1");
  CHECK(bool(all[1].on == april));
  CHECK(all[1].record == 2);
  CHECK(read_book(*j, {office().id, "CTr", 2022}).empty());
}

TEST_CASE("the record of a number is JSON with a version in its type") {
  const auto j = memory_journal();
  auto r = request("CV", april);
  r.unit = "VX";
  take_number(*j, office(), r);
  const auto all = j->read("book/ubnd-huyen-ky-anh/CV/2023");
  REQUIRE(all.size() == 1);
  CHECK(all[0].type == "number.taken/1");
  CHECK(all[0].body == R"({"number":1,"text":"01/UBND-VX","kind":"CV","on":"2023-04-18","unit":"VX"})");
  CHECK(bool(all[0].at == r.at));
}

TEST_CASE("a key gives its number again, and none for another document") {
  const auto j = memory_journal();
  CHECK(take(*j, "BC", april, "k1") == "01/BC-UBND");
  CHECK(take(*j, "BC", make_date(2023, 5, 2), "k2") == "02/BC-UBND");
  CHECK(take(*j, "BC", april, "k1") == "01/BC-UBND");
  CHECK(j->read("book/ubnd-huyen-ky-anh/BC/2023").size() == 2);
  CHECK(thrown_by([&] { take(*j, "BC", make_date(2023, 5, 2), "k1"); }) == "book.key-reused conflict");
  auto other = request("BC", april, "k1");
  other.subject = "x";
  CHECK(thrown_by([&] { take_number(*j, office(), other); }) == "book.key-reused conflict");

  auto letter = request("CV", april, "k");
  letter.unit = "VX";
  CHECK(take_number(*j, office(), letter).text == "01/UBND-VX");
  CHECK(take_number(*j, office(), letter).text == "01/UBND-VX");
  letter.unit = "NV";
  CHECK(thrown_by([&] { take_number(*j, office(), letter); }) == "book.key-reused conflict");
}

TEST_CASE("a number is taken together with a record of a run, or not at all") {
  const auto j = memory_journal();
  const auto next = prepare_number(*j, office(), request("BC", april));
  CHECK(next.number.text == "01/BC-UBND");
  CHECK(j->streams().empty());
  const batch stale[] = {next.taking, batch_of("run/a", 3, {"issued"})};
  CHECK(!bool(j->append(stale)));
  CHECK(j->streams().empty());
  const batch both[] = {next.taking, batch_of("run/a", 0, {"issued"})};
  CHECK(bool(j->append(both)));
  CHECK(!bool(j->append({&next.taking, 1})));
  CHECK(prepare_number(*j, office(), request("BC", april)).number.text == "02/BC-UBND");
}

TEST_CASE("taking a number gives up after a bounded number of conflicts") {
  contested j;
  CHECK(thrown_by([&] { take(j, "BC"); }) == "book.busy conflict");
  CHECK(j.appends == 100);
}

TEST_CASE("a record in a book that is not of a number is told with its place") {
  const struct {
    const char *type, *body;
  } bad[] = {{"note/1", R"({"number":2,"on":"2023-04-18"})"},
             {"number.taken/1", "{"},
             {"number.taken/1", R"({"number":0,"on":"2023-04-18"})"},
             {"number.taken/1", R"({"number":2.5,"on":"2023-04-18"})"},
             {"number.taken/1", R"({"on":"2023-04-18"})"},
             {"number.taken/1", R"({"number":2,"on":"18/4/2023"})"},
             {"number.taken/1", "[]"},
             {"number.taken/1", R"({"number":3000000000,"on":"2023-04-18"})"}};
  for (const auto& r : bad) {
    CAPTURE(r.body);
    const auto j = memory_journal();
    take(*j, "BC");
    const batch b{"book/ubnd-huyen-ky-anh/BC/2023", 1, {{at(0), "x", r.type, r.body}}};
    REQUIRE(bool(j->append({&b, 1})));
    CHECK(thrown_by([&] { take(*j, "BC"); }) == "book.bad-record corrupt");
  }
}

TEST_CASE("several processes take numbers from one book without gaps and without doubles") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  constexpr int share = 8;
  std::vector<std::unique_ptr<child>> clerks;
  for (int c = 0; c < 3; ++c)
    clerks.push_back(std::make_unique<child>([&file, c] {
      const auto j = open_sqlite(file);
      std::string all;
      for (int i = 0; i < share; ++i) all += take(*j, "BC", april, std::to_string(c) + "." + std::to_string(i)) + "\n";
      return all;
    }));
  strings given;
  for (auto& c : clerks) {
    const auto all = c->answer();
    for (std::size_t from = 0, end = 0; (end = all.find('\n', from)) != std::string::npos; from = end + 1)
      given.push_back(all.substr(from, end - from));
  }
  std::sort(given.begin(), given.end());
  strings expected;
  for (int n = 1; n <= 3 * share; ++n) expected.push_back(format_number_of(office(), "BC", n).text);
  CHECK(given == expected);
  const auto j = open_sqlite(file);
  const auto all = read_book(*j, book_of(office(), "BC", april));
  REQUIRE(all.size() == std::size_t{3 * share});
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(all[i].number.number == static_cast<int>(i) + 1);
  CHECK(bool(verify(*j)));
}
