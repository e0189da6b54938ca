// The plan this library was made for: Kế hoạch 573/KH-UBND of Kỳ Anh district, workflows/ke-hoach-573.xml.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "plan_text.hpp"
#include "vanthu/file.hpp"
#include "vanthu/plan.hpp"

using namespace vanthu;

namespace {

const checked<plan>& real() {
  static const checked<plan> p = read_plan_file(VANTHU_SOURCE_DIR "/workflows/ke-hoach-573.xml");
  return p;
}

// Everything of the plan that stands on something.
std::vector<const provenance*> grounds(const plan& p) {
  std::vector<const provenance*> out{&p.stands_on};
  const auto add = [&](const auto& list) {
    for (const auto& each : list) out.push_back(&each.stands_on);
  };
  add(p.goals);
  add(p.agencies);
  add(p.successions);
  add(p.groups);
  add(p.windows);
  add(p.indicators);
  add(p.regimes);
  add(p.procedures);
  add(p.tasks);
  for (const auto& i : p.indicators) add(i.targets);
  for (const auto& t : p.tasks) {
    add(t.after);
    if (t.due) out.push_back(&t.due->stands_on);
    if (t.makes) out.push_back(&t.makes->stands_on);
  }
  return out;
}

// The text by code points, no-break spaces as spaces.
std::vector<std::string> code_points(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0) == 0x80) ++length;
    out.push_back(text.substr(at, length));
    if (out.back() == "\xC2\xA0") out.back() = " ";
    at += length;
  }
  return out;
}

std::string piece(const std::vector<std::string>& text, std::size_t from, std::size_t count) {
  std::string out;
  for (std::size_t i = from; i < std::min(from + count, text.size()); ++i) out += text[i];
  return out;
}

}  // namespace

TEST_CASE("the real plan reads without an error, and warns only of regimes without a legal basis") {
  for (const auto& d : real().notes) {
    CHECK_MESSAGE(d.id() == "plan.regime-without-basis", to_string(d));
    CHECK(d.level == severity::warning);
  }
  REQUIRE(real());
  CHECK(real().notes.size() == real()->regimes.size());
}

TEST_CASE("the real plan has its agencies, communes and tasks") {
  const auto& p = *real();
  CHECK(p.id.text == "kh-573");
  CHECK(p.number == "573");
  CHECK((p.issued == make_date(2023, 4, 18)));
  CHECK(p.agencies.size() == 78);
  CHECK(find_group(p, {"cac-xa"})->members.size() == 20);
  CHECK(p.tasks.size() == 68);
  CHECK(p.regimes.size() == 5);
  CHECK(p.indicators.size() == 17);
  CHECK(find_procedure(p, {"ban-hanh"})->steps.size() == 6);
  CHECK(find_agency(p, p.issuer)->place == "Kỳ Anh");
  CHECK(p.files.size() == 4);
  REQUIRE(p.calendars.size() == 1);
  CHECK(p.calendars[0].noticed);
}

TEST_CASE("every obligation of the source stands at its offset, from O01 to O48 without a gap") {
  const auto& p = *real();
  const auto text = code_points(read_file(VANTHU_SOURCE_DIR "/workflows/ke-hoach-573-tin.txt"));
  REQUIRE(p.obligations.size() == 48);
  for (std::size_t i = 0; i < 48; ++i) {
    const auto& o = p.obligations[i];
    CHECK(o.id == (i < 9 ? "O0" : "O") + std::to_string(i + 1));
    CHECK_MESSAGE(piece(text, o.offset, code_points(o.quote).size()) == o.quote, o.id);
  }
  for (const auto& each : p.ignored) {
    REQUIRE(each.offset);
    CHECK(piece(text, *each.offset, code_points(each.text).size()) == each.text);
  }
}

TEST_CASE("every obligation is traced, and whatever claims the source traces one") {
  const auto& p = *real();
  std::set<std::string> traced;
  for (const auto* g : grounds(p)) {
    traced.insert(g->traces.begin(), g->traces.end());
    if (g->kind == basis::seed) CHECK(!g->traces.empty());
    if (g->kind == basis::law) CHECK(!g->article.empty());
  }
  for (const auto& o : p.obligations) CHECK_MESSAGE(traced.contains(o.id), o.id);
  CHECK(traced.size() == 48);
}

TEST_CASE("20 communes answer until the end of June 2025, then 9, and every district body has somebody after it") {
  const auto& p = *real();
  const auto registry = registry_of(p);
  CHECK(registry.members({"cac-xa"}, p.field, make_date(2025, 6, 30)).size() == 20);
  CHECK(registry.members({"cac-xa"}, p.field, make_date(2025, 7, 1)).size() == 9);
  CHECK(registry.holders({"phong-ldtbxh"}, p.field, make_date(2025, 3, 1)) ==
        std::vector<agency_id>{{"phong-noi-vu-2025"}});
  CHECK(registry.holders({"phong-ldtbxh"}, p.field, make_date(2025, 7, 1)) ==
        std::vector<agency_id>{{"so-noi-vu-ha-tinh"}});
  CHECK(registry.holders(p.issuer, p.field, make_date(2026, 1, 1)) == std::vector<agency_id>{{"so-noi-vu-ha-tinh"}});
  for (const auto& t : p.tasks)
    if (t.leaf && find_agency(p, {t.lead}))
      CHECK_MESSAGE(registry.holders({t.lead}, t.field, t.until.value_or(p.until)).size() == 1, t.id.text);
}

TEST_CASE("who leads, and how often, is never presented as the plan's own") {
  for (const auto& t : real()->tasks) {
    if (t.stands_on.kind != basis::seed || !t.leaf) continue;
    const auto marks = [&](const char* what) { return std::ranges::count(t.stands_on.assumed, what) == 1; };
    CHECK_MESSAGE(marks("lead"), t.id.text);
    if (t.every.kind != recurrence_kind::once && t.every.kind != recurrence_kind::on_case)
      CHECK_MESSAGE(marks("every"), t.id.text);
    if (!t.support.empty()) CHECK_MESSAGE(marks("support"), t.id.text);
    if (t.duration) CHECK_MESSAGE(marks("duration"), t.id.text);
    if (t.not_before) CHECK_MESSAGE(marks("start"), t.id.text);
    if (!t.each.text.empty()) CHECK_MESSAGE(marks("each"), t.id.text);
    if (!t.regime.text.empty()) CHECK_MESSAGE(marks("regime"), t.id.text);
    if (t.due && t.due->stands_on.kind == basis::seed && t.id.text != "t13c") CHECK_MESSAGE(marks("due"), t.id.text);
  }
}
