// A small plan to carry out, commands on it, and states as text, for the tests of the run.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vanthu/run.hpp"

namespace vanthu {

// The issuer is "huyen"; "phong" passes its duties to "so" on 2023-07-01.
inline constexpr std::string_view carried_plan = R"(<plan xmlns="urn:vanthu:plan:1" id="kh" issued="2023-01-02"
 issuer="huyen" from="2023-01-02" until="2023-12-31" basis="assumption">
<title>Kế hoạch thử</title>
<agencies><agency id="huyen"/><agency id="phong" parent="huyen" until="2023-06-30"><successor agency="so" on="2023-07-01"/>
</agency><agency id="so" from="2023-07-01"/><agency id="hoi" kind="mass"/><agency id="xa-a"/><agency id="xa-b"/>
<group id="cac-xa"><member agency="xa-a"/><member agency="xa-b"/></group></agencies>
<indicator id="cl1" title="Người dự" unit="người" direction="none" every="quarter" breakdown="nam nu"/>
<indicator id="cl2" title="Lớp" unit="lớp" direction="none" every="quarter"/>
<procedure id="ban-hanh" title="Ban hành"><step id="ky" role="signer" title="Ký" duration="1wd"/></procedure>
<task id="t1" title="Việc một" lead="phong" support="hoi" duration="5wd"><due on="2023-03-31"/></task>
<task id="t2" title="Việc hai" lead="phong" duration="5wd"><after task="t1"/><due on="2023-04-28"/></task>
<task id="t3" title="Việc của huyện" lead="huyen" duration="5wd"><due on="2023-05-31"/></task>
<task id="t4" title="Báo cáo xã" every="quarter" each="cac-xa" lead="$each" accepts="phong" indicators="cl1" duration="2wd">
<start in="0d" after="period-end"/><due in="5wd" after="period-end"/></task>
<task id="t5" title="Tổng hợp" every="quarter" lead="phong" duration="2wd"><after task="t4" join="all" done="submitted"/>
<due in="8wd" after="period-end"/></task>
<task id="t6" title="Kiểm tra" lead="phong" duration="2wd"><outcome id="co" title="Có"/><outcome id="khong" title="Không"/></task>
<task id="t7" title="Xử lý" lead="phong" duration="2wd"><only-if task="t6" outcome="co"/><due on="2023-09-29"/></task>
<task id="t8" title="Soạn" lead="phong" duration="2wd"><product kind="KH" steps="ban-hanh"/></task>
<task id="r" title="Vụ việc" every="case" support="hoi">
<task id="ra" title="Xác minh" lead="$case" duration="1wd"><due in="2wd" after="case"/></task>
<task id="rb" title="Báo cáo vụ việc" lead="phong" duration="1wd"><after task="ra"/></task></task>
</plan>
)";

inline std::shared_ptr<const plan> plan_to_carry_out() {
  return std::make_shared<const plan>(read_plan(carried_plan, "kh.xml").take());
}

// "2023-02-01T08:00", Vietnamese time.
inline instant at(std::string_view minute) {
  return to_instant(parse_minute(minute).value());
}

inline command order(action what, std::string item, std::string by, std::string_view minute, std::string key = {}) {
  command c;
  c.what = std::move(what);
  c.item = {std::move(item)};
  c.by = {std::move(by)};
  c.at = at(minute);
  c.actor = "Lan";
  c.key = std::move(key);
  return c;
}

// "run.blocked run.not-holder"
inline std::string ids_of(const diagnostics& notes) {
  std::string out;
  for (const auto& d : notes) out += (out.empty() ? "" : " ") + d.id();
  return out;
}

// "t1 submitted 3", one a line: what was answered.
inline std::string text_of(const answers& a) {
  std::string out;
  for (const auto& each : a.given)
    out += each.item.text + ' ' + std::string(name(each.state)) + ' ' + std::to_string(each.event) + '\n';
  for (const auto& d : a.refused) out += std::to_string(d.where.line) + ": " + d.id() + '\n';
  return out;
}

inline std::string text_of(const std::optional<instant>& t) {
  return t ? rfc3339(*t) : "-";
}

// Everything a state holds, so that two can be compared and a difference be seen.
inline std::string text_of(const run_state& s) {
  std::string out = s.name + " " + s.following->id.text + " " + iso(s.started) + " " + std::to_string(s.position) +
                    " " + rfc3339(s.last_at) + "\n";
  for (const auto& [item, r] : s.items) {
    out += item.text + " " + std::string(name(r.state)) + "/" + std::string(name(r.before_suspension)) + " " +
           text_of(r.started) + " " + text_of(r.submitted) + " " + text_of(r.accepted) + " " +
           (r.extended_to ? iso(*r.extended_to) : "-") + " " + (r.suspended_on ? iso(*r.suspended_on) : "-") + " " +
           std::to_string(r.percent) + "% " + r.result.text + " " + std::to_string(r.last_event) + " " +
           std::to_string(r.figures_event) + "\n";
    for (const auto& days : r.suspended) out += "  suspended " + iso(days.first) + " " + iso(days.last) + "\n";
    for (const auto& d : r.documents)
      out += "  document " + d.number + " " + (d.on ? iso(*d.on) : "-") + " " + d.sha256 + d.uri + d.title + "\n";
    for (const auto& f : r.figures) {
      out += "  figure " + f.indicator.text + " " + (f.amount ? f.amount->to_string() : "null");
      for (const auto& [part, amount] : f.breakdown) out += " " + part + "=" + (amount ? amount->to_string() : "null");
      out += "\n";
    }
  }
  for (const auto& c : s.cases)
    out += "case " + std::to_string(c.number) + " " + c.task.text + " " + iso(c.on) + " " + c.by.text + " " +
           c.reference + " " + c.category + "\n";
  for (const auto& d : s.issued) out += "issued " + d.reference.number + " " + d.kind + " " + d.when + "\n";
  for (const auto& [key, known] : s.keys)
    out += "key " + key + " " + known.command + " " + std::to_string(known.event) + " " + known.item.text + " " +
           std::string(name(known.state)) + "\n";
  return out;
}

}  // namespace vanthu
