// A small plan with a report regime, a year of its history, and values as text, for the tests of reports, documents and
// exports. Cut-off is 14/12/2023, a Thursday: the communes report by 18/12, the district by 20/12.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/run.hpp"

namespace vanthu::test {

inline constexpr std::string_view reported_plan = R"(<plan xmlns="urn:vanthu:plan:1" id="kh" number="12"
 notation="KH-UBND" issued="2023-01-03" issuer="huyen" from="2023-01-03" until="2024-12-31" basis="assumption">
<title>Triển khai bình đẳng giới</title>
<agencies>
<agency id="tinh" notation="UBND"><name>Ủy ban nhân dân tỉnh Hà Tĩnh</name></agency>
<agency id="huyen" notation="UBND" parent="tinh"><name>Ủy ban nhân dân huyện Kỳ Anh</name>
<role name="signer" post="KT. Chủ tịch, Phó Chủ tịch"/></agency>
<agency id="phong" notation="LĐTBXH" parent="huyen"><name>Phòng Lao động huyện Kỳ Anh</name></agency>
<agency id="hoi" notation="HPN" kind="mass"><name>Hội Phụ nữ huyện Kỳ Anh</name></agency>
<agency id="xa-a" notation="UBND" parent="huyen"><name>Ủy ban nhân dân xã Kỳ Phong</name></agency>
<agency id="xa-b" notation="UBND" parent="huyen"><name>Ủy ban nhân dân xã Kỳ Xuân</name></agency>
<group id="cac-xa"><member agency="xa-a"/><member agency="xa-b"/></group>
</agencies>
<indicator id="nguoi" title="Người dự" unit="người" direction="at-least"><target year="2023" value="100"/></indicator>
<indicator id="ty-le" title="Tỷ lệ xã có tin" unit="%" direction="at-least"><target year="2023" value="60"/></indicator>
<regime id="bc-nam" kind="periodic"><name>Báo cáo năm</name><reporters group="cac-xa"/><recipients agency="tinh huyen"/>
<deadline level="cac-xa" in="2wd" after="cut-off"/><deadline in="4wd" after="cut-off"/><frequency every="year"/>
<cut-off kind="year"/></regime>
<task id="tin" title="Truyền thông" lead="hoi" duration="5wd"><due on="2023-03-31"/></task>
<task id="lop" title="Tập huấn" every="half-year" until="2023-12-31" lead="phong" duration="5wd">
<due in="0d" after="period-end"/></task>
<task id="hoi-thi" title="Hội thi" each="cac-xa" lead="$each" duration="5wd"><due on="2023-10-31"/></task>
<task id="kt" title="Kiểm tra" kind="inspection" lead="phong" support="hoi" duration="5wd"><due on="2023-09-29"/>
<outcome id="sai" title="Có vi phạm"/><outcome id="dung" title="Không vi phạm"/></task>
<task id="xl" title="Xử lý vi phạm" lead="phong" duration="5wd"><only-if task="kt" outcome="sai"/><due on="2023-11-30"/></task>
<task id="xa" title="Báo cáo của xã" every="year" each="cac-xa" lead="$each" regime="bc-nam" accepts="phong"
 indicators="nguoi ty-le" duration="1wd"/>
<task id="bc" title="Báo cáo năm" every="year" lead="phong" support="hoi" regime="bc-nam" duration="1wd">
<after task="xa" join="all" upto="cut-off"/><product kind="BC" to="tinh"/></task>
</plan>
)";

inline std::shared_ptr<const plan> plan_to_report() {
  static const auto p = std::make_shared<const plan>(read_plan(reported_plan, "kh.xml").take());
  return p;
}

inline run start_reported(journal& j) {
  return run::start(j, "kh", plan_to_report(), make_date(2023, 1, 3), "An",
                    *parse_instant("2023-01-03T08:00:00+07:00"));
}

// {"do":"start","item":"kt","by":"phong","at":…}; `members`: what the command has besides, with its comma.
inline std::string line(std::string_view what, std::string_view item, std::string_view by, std::string_view day,
                        std::string_view members = {}) {
  return R"({"do":")" + std::string(what) + R"(","item":")" + std::string(item) + R"(","by":")" + std::string(by) +
         R"(","actor":"Lan","at":")" + std::string(day) + R"(T08:00:00+07:00")" + std::string(members) + "}\n";
}

inline std::string figures_of(std::string_view people, std::string_view share) {
  return R"(,"figures":[{"indicator":"nguoi","value":)" + std::string(people) + R"(},{"indicator":"ty-le","value":)" +
         std::string(share) + "}]";
}

// Events 2 to 9. The second commune hands in two working days late, and does not say how many people came.
inline std::string a_year(std::string_view people = "70.5", std::string_view share = "62.50") {
  return line("submit", "tin", "hoi", "2023-03-10",
              R"(,"documents":[{"number":"07/KH-HPN","date":"2023-03-09","title":"Kế hoạch truyền thông"}])") +  // 2
         line("accept", "tin", "huyen", "2023-03-13") +                                                          // 3
         line("start", "kt", "phong", "2023-09-01") +                                                            // 4
         line("outcome", "kt", "phong", "2023-09-20", R"(,"value":"dung")") +                                    // 5, 6
         line("submit", "xa@2023/xa-a", "xa-a", "2023-12-15", figures_of(people, share)) +                       // 7
         line("accept", "xa@2023/xa-a", "phong", "2023-12-18") +                                                 // 8
         line("submit", "xa@2023/xa-b", "xa-b", "2023-12-20", figures_of("null", "58.25"));                      // 9
}

// "run.blocked run.not-holder"
inline std::string ids_of(const diagnostics& notes) {
  std::string out;
  for (const auto& d : notes) out += (out.empty() ? "" : " ") + d.id();
  return out;
}

// What was refused; empty: nothing.
inline std::string give(run& r, journal& j, std::string_view lines) {
  const auto given = r.record(j, read_commands(lines, "kh.jsonl").take());
  std::string out;
  for (const auto& d : given.refused) out += to_string(d) + "\n";
  return out;
}

inline const value& member(const value& of, std::string_view path) {
  const auto* at = &of;
  for (std::size_t from = 0; from <= path.size();) {
    const auto end = std::min(path.find('.', from), path.size());
    const auto step = path.substr(from, end - from);
    at = at->type() == value::kind::list ? &at->at(static_cast<std::size_t>(std::stoi(std::string(step))))
                                         : at->find(step);
    if (!at) throw error(errc::not_found, {"value.no-such-item", {std::string(path)}});
    from = end + 1;
  }
  return *at;
}
// member(of, "don_vi.0.ten") as JSON.
inline std::string at(const value& of, std::string_view path) {
  return write_json(member(of, path));
}

}  // namespace vanthu::test
