#include <doctest/doctest.h>

#include "vanthu/file.hpp"
#include "vanthu/plan.hpp"

using namespace vanthu;

namespace {

// A source of two sentences and a plan that quotes it: «Xã lập kế hoạch. Huyện tổng hợp báo cáo.»
plan small(const std::string& obligations, const std::string& traces) {
  return read_plan(R"(<plan xmlns="urn:vanthu:plan:1" id="p" number="1" notation="KH" issued="2023-01-02" issuer="h"
      from="2023-01-02" until="2023-12-31" basis="assumption">
    <title>x</title><source href="s.txt">)" +
                       obligations + R"(</source>
    <agencies><agency id="h" notation="H" kind="state"><name>Huyện</name></agency></agencies>
    <task id="t" title="T" lead="h" basis="seed" traces=")" +
                       traces + R"("/></plan>)",
                   "p.xml")
      .take();
}

std::string obligation_of(const std::string& id, int offset, const std::string& quote) {
  return "<obligation id=\"" + id + "\" sentence=\"S1\" offset=\"" + std::to_string(offset) + "\">" + quote +
         "</obligation>";
}

std::vector<std::string> faults(const plan& p, std::string_view text) {
  std::vector<std::string> ids;
  for (const auto& d : trace_source(p, text, "s.txt").notes) ids.push_back(d.id());
  return ids;
}
using list = std::vector<std::string>;

constexpr std::string_view source = "Xã lập\u00a0kế hoạch. Huyện tổng hợp báo cáo.";

}  // namespace

TEST_CASE("the real plan answers for each of the 48 obligations of its source") {
  const auto p = read_plan_file(VANTHU_SOURCE_DIR "/workflows/ke-hoach-573.xml").take();
  const auto file = std::string(VANTHU_SOURCE_DIR "/workflows/ke-hoach-573-tin.txt");
  const auto result = trace_source(p, read_file(file), file);
  for (const auto& d : result.notes) CHECK_MESSAGE(false, to_string(d));
  CHECK(result.kept == 48);
  CHECK(result.total == 48);
}

TEST_CASE("a no-break space of the source is a space of the quote") {
  const auto both = obligation_of("O01", 0, "Xã lập kế hoạch") + obligation_of("O02", 17, "Huyện tổng hợp báo cáo");
  CHECK(faults(small(both, "O01 O02"), source).empty());
}

TEST_CASE("a quote at another offset is told with where it stands") {
  const auto p =
      small(obligation_of("O01", 2, "Xã lập kế hoạch") + obligation_of("O02", 17, "Huyện tổng hợp báo cáo"), "O01 O02");
  const auto result = trace_source(p, source, "s.txt");
  REQUIRE(!result.notes.empty());
  CHECK(result.notes[0].id() == "plan.quote-not-found");
  CHECK(result.notes[0].what.args == list{"O01", "2", "0"});
  CHECK(result.kept == 1);
}

TEST_CASE("an obligation that nothing traces, a gap in the numbers") {
  const auto both = obligation_of("O01", 0, "Xã lập kế hoạch") + obligation_of("O03", 17, "Huyện tổng hợp báo cáo");
  CHECK(faults(small(both, "O01"), source) == list{"plan.not-traced", "plan.obligation-gap"});
}

TEST_CASE("a sentence without a quote, and more than five words outside of quotes") {
  const auto first = obligation_of("O01", 0, "Xã lập kế hoạch");
  CHECK(faults(small(first, "O01"), source) == list{"plan.sentence-without-quote"});
  CHECK(faults(small(first, "O01"), "Xã lập kế hoạch rồi gửi cho huyện ngay trong tuần") ==
        list{"plan.words-without-quote"});
  CHECK(faults(small(first + "<ignored offset=\"17\">Huyện tổng hợp báo cáo</ignored>", "O01"), source).empty());
}
