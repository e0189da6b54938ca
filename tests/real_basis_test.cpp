// On whose word plan 573 says what it says: what its files claim for the source is listed here, one by one. Whoever
// adds a claim must add it here too, with the obligation that makes it.
#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "vanthu/file.hpp"
#include "vanthu/plan.hpp"

using namespace vanthu;

namespace {

const std::string folder = VANTHU_SOURCE_DIR "/workflows/";
constexpr const char* files[] = {"ke-hoach-573.xml", "vu-viec-dot-xuat.xml", "ban-hanh-van-ban.xml",
                                 "lich-viet-nam.xml"};

std::set<std::string> words(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

// An element of a plan with the basis that counts for it.
struct place {
  pugi::xml_node node;
  std::string name;   // "task t01", "task t01/due"
  std::string basis;  // its own or the nearest above it
  std::set<std::string> assumed;
};

std::vector<place> places_of(const std::string& file, pugi::xml_document& document) {
  REQUIRE(document.load_file((folder + file).c_str()));
  std::vector<place> out, open{{document.document_element(), "", "", {}}};
  while (!open.empty()) {
    auto at = std::move(open.back());
    open.pop_back();
    const std::string id = at.node.attribute("id").value(), kind = at.node.name();
    at.name = id.empty() ? at.name + (at.name.empty() ? "" : "/") + kind : kind + " " + id;
    if (const auto own = at.node.attribute("basis")) {
      at.basis = own.value();
      at.assumed.clear();
    }
    at.assumed.merge(words(at.node.attribute("assumed").value()));
    for (const auto child : at.node.children())
      if (child.type() == pugi::node_element) open.push_back({child, at.name, at.basis, at.assumed});
    out.push_back(std::move(at));
  }
  return out;
}

bool is_one_of(const char* name, std::initializer_list<std::string_view> all) {
  return std::ranges::find(all, std::string_view(name)) != all.end();
}

// What an element that stands on the source says beyond its words and their place, and does not call an assumption:
// "t02 until", "t04b after t04a".
std::set<std::string> claims(const place& at) {
  std::set<std::string> out;
  const std::string id = at.node.attribute("id").value();
  for (const auto a : at.node.attributes())
    if (!is_one_of(a.name(), {"id", "title", "traces", "basis", "assumed", "article", "checked", "xmlns"}) &&
        !at.assumed.contains(a.name()))
      out.insert(id + " " + a.name());
  for (const auto child : at.node.children()) {
    const bool says = is_one_of(child.name(), {"start", "due", "target", "after", "only-if", "product", "outcome",
                                               "role", "member", "successor"});
    if (says && !child.attribute("basis") && !at.assumed.contains(child.name()))
      out.insert(id + " " + child.name() + (child.attribute("task") ? " " : "") + child.attribute("task").value());
  }
  return out;
}

}  // namespace

TEST_CASE("whatever the plan calls the source's own names an obligation of the source") {
  const std::map<std::string, std::string> known{
      {"plan kh-573", "O03 O04 O05 O06 O07"},
      {"goal g0", "O01 O02"},
      {"goal g1", "O08 O10 O11"},
      {"goal g2", "O12"},
      {"goal g3", "O13 O14"},
      {"goal g4", "O15"},
      {"agency ubnd-huyen-ky-anh", "O05"},
      {"group to-chuc-ctxh", "O09"},
      {"window thang-hanh-dong", "O35"},
      {"task t01", "O16"},
      {"task t02", "O17"},
      {"task t03", "O18"},
      {"task t04", "O19 O20"},
      {"task t05", "O21"},
      {"task t05.1", "O21 O22"},
      {"task t05.2", "O21 O23"},
      {"task t05.3", "O21 O24"},
      {"task t06", "O25"},
      {"task t07", "O26"},
      {"task t08", "O27"},
      {"task t09", "O28"},
      {"task t10", "O29"},
      {"task t11", "O30"},
      {"task t12", "O31 O32 O33"},
      {"task t13", "O34"},
      {"task t13c", "O34 O35"},
      {"task t14", "O36 O37 O45"},
      {"task t15", "O15 O44"},
      {"task t16", "O38 O39"},
      {"task t16.1", "O38"},
      {"task t16.2", "O39"},
      {"task t17", "O37 O40"},
      {"task t18", "O43"},
      {"task r0", "O46"},
      {"task r1", "O47"},
      {"task r2", "O47"},
      {"task r3", "O41 O42 O48"},
      {"task r3a", "O41"},
      {"task r3b", "O41 O42 O48"},
      {"task r3c", "O42"},
  };
  std::map<std::string, std::string> met;
  for (const auto* file : files) {
    pugi::xml_document document;
    for (const auto& at : places_of(file, document))
      if (at.node.attribute("basis").value() == std::string("seed")) met[at.name] = at.node.attribute("traces").value();
  }
  CHECK(met == known);
  const auto p = read_plan_file(folder + files[0]).take();
  for (const auto& mark : met) {
    CHECK_MESSAGE(!words(mark.second).empty(), mark.first);
    for (const auto& each : words(mark.second))
      CHECK_MESSAGE(std::ranges::count(p.obligations, each, &obligation::id) == 1, mark.first << " " << each);
  }
}

TEST_CASE("nothing in the plan claims more for the source than an obligation says") {
  const std::map<std::string, std::string> known{
      {"kh-573 number", "O06"},
      {"kh-573 notation", "O06"},
      {"kh-573 issued", "O04"},
      {"kh-573 issuer", "O05"},
      {"ubnd-huyen-ky-anh notation", "O06"},
      {"thang-hanh-dong from", "O35"},
      {"thang-hanh-dong until", "O35"},
      {"t02 until", "O17"},
      {"t04b after t04a", "O19"},  // nghiên cứu, tham mưu, thực hiện
      {"t04c after t04b", "O19"},
      {"t05.1 until", "O22"},
      {"t05.2 until", "O23"},
      {"t09b after t09a", "O28"},  // xây dựng, nhân bản, phát hành
      {"t09c after t09b", "O28"},
      {"t13 window", "O35"},
      {"t13c inside", "O35"},
      {"t13c due", "O35"},
      {"t16.2 until", "O39"},
      {"t17 kind", "O37"},
      {"t17b after t17a", "O40"},  // kiểm tra, thanh tra, xử lý vi phạm
      {"t17c only-if t17b", "O40"},
      {"r3 every", "O48"},
      {"r3c after r3b", "O42"},  // báo cáo … để phối hợp giải quyết
  };
  std::set<std::string> met, allowed;
  for (const auto* file : files) {
    pugi::xml_document document;
    for (const auto& at : places_of(file, document))
      if (at.basis == "seed" && is_one_of(at.node.name(), {"plan", "agency", "group", "window", "task"}))
        met.merge(claims(at));
  }
  for (const auto& [claim, obligation] : known) allowed.insert(claim);
  for (const auto& each : met) CHECK_MESSAGE(allowed.contains(each), each);
  for (const auto& each : allowed) CHECK_MESSAGE(met.contains(each), each);
}

TEST_CASE("what stands on the law names it, and what is known second-hand says so") {
  for (const auto* file : files) {
    pugi::xml_document document;
    for (const auto& at : places_of(file, document)) {
      if (at.node.attribute("basis").value() != std::string("law")) continue;
      CHECK_MESSAGE(!std::string(at.node.attribute("article").value()).empty(), at.name);
      // The wards of 2025 are known from a draft, and so is who follows a district office in a commune.
      const std::string to = at.node.attribute("agency").value();
      if (to.starts_with("ubnd-phuong-") || to.starts_with("phong-vhxh-"))
        CHECK_MESSAGE(at.node.attribute("checked").value() == std::string("no"), at.name << " " << to);
    }
  }
}

TEST_CASE("every dependency that the source states, the law implies or the plan assumes is there") {
  const auto p = read_plan_file(folder + files[0]).take();
  const auto waits = [&](const char* task, const char* before) -> const vanthu::link* {
    const auto at = find_task(p, {task}), from = find_task(p, {before});
    REQUIRE_MESSAGE(at != no_task, task);
    REQUIRE_MESSAGE(from != no_task, before);
    for (const auto& l : p.tasks[at].after)
      if (l.task == from) return &l;
    return nullptr;
  };
  const std::vector<std::pair<const char*, const char*>> edges{
      {"t04b", "t04a"}, {"t04c", "t04b"},   {"t09b", "t09a"}, {"t09c", "t09b"}, {"t17b", "t17a"}, {"t17c", "t17b"},
      {"r3b", "r3a"},   {"r3c", "r3b"},     {"r3c", "r3a"},   {"t13b", "t13a"}, {"t13c", "t13b"}, {"t13r", "t13c"},
      {"t13d", "t13r"}, {"r1", "r0.1"},     {"r1", "r0.2"},   {"r2.1", "r0.3"}, {"r2.1", "r0.4"}, {"r2.2", "r2.0"},
      {"r2.2", "r2.1"}, {"t16.3", "t16.1"}, {"t04a", "t00"},  {"t06", "t09c"},  {"t10a", "t09c"}, {"t10b", "t09c"},
      {"t13b", "t09c"}, {"t03c", "t03b"},   {"t03d", "t02b"}, {"t02b", "t02a"}, {"t03e", "t03c"}};
  for (const auto& edge : edges) CHECK_MESSAGE(waits(edge.first, edge.second), edge.first << " after " << edge.second);
  for (const auto& edge : {std::pair{"t03a", "r2.2"}, {"t13a", "r2.2"}, {"t09a", "t15"}, {"t13b", "t15"}}) {
    const auto* l = waits(edge.first, edge.second);
    CHECK_MESSAGE((l && l->previous), edge.first << " after the " << edge.second << " of the year before");
  }
  for (const auto* before : {"t17b", "t05"}) {
    const auto* l = waits("r2.1", before);
    CHECK_MESSAGE((l && l->upto_cut_off), before);
  }
  for (const auto* before : {"r0.1", "r0.2"}) CHECK(waits("r1", before)->join == join_kind::all);
  for (const auto* before : {"r0.3", "r0.4"}) CHECK(waits("r2.1", before)->join == join_kind::all);
  CHECK(waits("t13d", "t13r")->join == join_kind::all);
  CHECK(waits("t17c", "t17b")->only_if.text == "vi-pham");
  CHECK(waits("r3b", "r3a")->only_if.text == "co-that");
  // Draft, check, sign, number, issue.
  for (const auto* task : {"t13a", "t13d", "r1", "r2.2", "r2.3", "r3b"}) {
    const auto& made = p.tasks.at(find_task(p, {task})).makes;
    CHECK_MESSAGE((made && find_procedure(p, made->steps)), task);
  }
}
