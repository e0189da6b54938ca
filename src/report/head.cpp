// Who writes, to whom, about which plan and which year.
#include <algorithm>

#include "report/sections.hpp"

namespace vanthu::report_sections {
namespace {

constexpr std::string_view committee = "Ủy ban nhân dân";

bool is_committee(const std::string& name) {
  return name.starts_with(committee);
}

// «Ủy ban nhân dân huyện Kỳ Anh» breaks after the body's kind.
std::string heading(const std::string& name) {
  if (!is_committee(name) || name.size() == committee.size()) return name;
  return std::string(committee) + "\n" + name.substr(committee.size() + 1);
}

// «… xã Kỳ Phong, huyện Kỳ Anh» -> «Kỳ Phong»: the place in front of the date (Decree 30/2020, Annex I, II.4).
std::string place_of(const agency& a) {
  if (!a.place.empty()) return a.place;
  auto begin = std::string::npos, found = std::string::npos;
  for (const std::string_view kind : {" thành phố ", " thị xã ", " thị trấn ", " huyện ", " phường ", " xã ", " tỉnh "})
    if (const auto at = a.name.find(kind); at < found) {
      found = at;
      begin = at + kind.size();
    }
  if (found == std::string::npos) return a.name;
  return a.name.substr(begin, a.name.find(',', begin) - begin);
}

const product* product_of(const subject& s) {
  if (s.own == no_item) return nullptr;
  const auto& makes = s.now.following().tasks[s.now.items.items[s.own].task].makes;
  return makes ? &*makes : nullptr;
}

// The post of the signer, as the nearest of task, issuer and plan binds it; nothing when nobody does.
std::string signing_post(const setting& s, const agency& issuer, const std::vector<role_binding>& task_roles) {
  const role_binding* found = nullptr;
  for (const auto* roles : {&task_roles, &issuer.roles, &s.now.following().roles})
    if (const auto at = std::ranges::find(*roles, "signer", &role_binding::name); !found && at != roles->end())
      found = &*at;
  std::string post = found ? found->post : std::string();
  for (auto at = post.find(", "); at != std::string::npos; at = post.find(", ", at)) post.replace(at, 2, "\n");
  return post;
}

// Notation of who leads the report's item on its day.
std::string drafter_of(const subject& s) {
  if (s.own == no_item) return {};
  const auto who = holders(s.now.items, s.now.following(), s.own, s.on);
  const auto* known = who.empty() ? nullptr : s.now.items.agencies.find(who.front());
  return known ? known->notation : std::string();
}

value issuer_value(const setting& s, const agency& issuer) {
  auto out = value::object();
  out.set("ten", issuer.name);
  out.set("ten_ngan", short_name(issuer.name));
  out.set("tieu_de", heading(issuer.name));
  const auto* parent = s.now.items.agencies.find(issuer.parent);
  out.set("chu_quan", parent && !is_committee(issuer.name) ? value(short_name(parent->name)) : value());
  out.set("ky_hieu", issuer.notation);
  return out;
}

value signer_value(const agency& issuer, std::string post) {
  auto out = value::object();
  out.set("quyen_han", is_committee(issuer.name) ? value("TM. " + std::string(committee)) : value());
  out.set("chuc_vu", std::move(post));
  out.set("ho_ten", value());
  return out;
}

value plan_value(const setting& s) {
  const auto& p = s.now.following();
  return value::object({{"so_ky_hieu", p.number + (p.number.empty() || p.notation.empty() ? "" : "/") + p.notation},
                        {"ngay_ban_hanh", p.issued},
                        {"co_quan_ban_hanh", short_name(name_of(s, p.issuer))},
                        {"trich_yeu", lower_first(p.title)}});
}

}  // namespace

std::string name_of(const setting& s, const agency_id& a) {
  const auto* known = s.now.items.agencies.find(a);
  return known ? known->name : a.text;
}

std::string short_name(const std::string& name) {
  return is_committee(name) ? "UBND" + name.substr(committee.size()) : name;
}

// Each agency once; nobody writes to himself.
value names(const setting& s, const std::vector<std::string>& ids) {
  std::vector<agency_id> named;
  const auto add = [&](const agency_id& a) {
    if (a != s.issuer && std::ranges::find(named, a) == named.end()) named.push_back(a);
  };
  const auto& field = s.now.following().field;
  for (const auto& id : ids) {
    const bool is_group = find_group(s.now.following(), {id}) != nullptr;
    const auto who =
        is_group ? s.now.items.agencies.members({id}, field, s.on) : s.now.items.agencies.holders({id}, field, s.on);
    for (const auto& each : who) add(each);
    if (!is_group && who.empty()) add({id});
  }
  auto out = value::list();
  for (const auto& each : named) out.push_back(name_of(s, each));
  return out;
}

value head(const setting& s, const std::string& unit, const std::vector<role_binding>& task_roles) {
  const auto& issuer = *s.now.items.agencies.find(s.issuer);
  const auto& drafter = s.as.unit.empty() ? unit : s.as.unit;
  auto out = value::object();
  out.set("co_quan", issuer_value(s, issuer));
  out.set("so_ky_hieu", s.as.number_text.empty() ? value() : value(s.as.number_text));
  out.set("dia_danh", place_of(issuer));
  out.set("ngay", s.as.on ? value(*s.as.on) : value());
  out.set("don_vi_soan", drafter.empty() ? issuer.notation : drafter);
  out.set("nguoi_ky", signer_value(issuer, signing_post(s, issuer, task_roles)));
  out.set("den_ngay", s.now.as_of);
  out.set("vi_tri", s.now.state.position);
  out.set("ke_hoach", plan_value(s));
  return out;
}

value report_head(const subject& s) {
  const auto& p = s.now.following();
  const auto* task = s.own == no_item ? nullptr : &p.tasks[s.now.items.items[s.own].task];
  const auto* makes = product_of(s);
  std::vector<std::string> copies;
  for (const auto& each : s.rules.reporters)
    if (!find_group(p, {each})) copies.push_back(each);
  if (s.own != no_item)
    for (const auto& each : s.now.items.items[s.own].support) copies.push_back(each.text);
  auto out = head(s, drafter_of(s), task ? task->roles : std::vector<role_binding>{});
  out.set("kinh_gui", names(s, makes && !makes->to.empty() ? makes->to : s.rules.recipients));
  out.set("noi_nhan", names(s, copies));
  out.set("trich_yeu", task ? task->title : s.rules.name);
  out.set("nam", s.request.when.year);
  out.set("nam_sau", s.request.when.year + 1);
  out.set("tu_ngay", s.window.first);
  out.set("ngay_chot", s.window.last);
  return out;
}

value documents_of_window(const subject& s) {
  struct entry {
    date on;
    value row;
  };
  std::vector<entry> entries;
  // A campaign is prepared before its window opens.
  const auto first = s.theme == no_task ? s.window.first : span(s.request.when).first;
  const auto add = [&](const document_reference& d, date handed_in_on, const std::string& title,
                       const std::string& by) {
    const auto on = d.on.value_or(handed_in_on);
    if (on < first || s.window.last < on) return;
    entries.push_back({on, value::object({{"ten", d.title.empty() ? title : d.title},
                                          {"so", d.number.empty() ? value() : value(d.number)},
                                          {"ngay_van_ban", d.on ? value(*d.on) : value()},
                                          {"noi_ban_hanh", by}})});
  };
  for (std::uint32_t i = 0; i < s.now.items.items.size(); ++i) {
    const auto* known = record_of(s.now, i);
    const auto& item = s.now.items.items[i];
    const bool report_of_unit = !item.member.empty() && !s.now.following().tasks[item.task].regime.empty();
    if (!s.covers(i) || !known || !handed_in(known->state) || !known->submitted || report_of_unit) continue;
    const auto on = date_of(*known->submitted);
    const auto who = holders(s.now.items, s.now.following(), i, on);
    for (const auto& d : known->documents)
      add(d, on, s.now.following().tasks[item.task].title, who.empty() ? "" : short_name(name_of(s, who.front())));
  }
  for (const auto& issued : s.now.state.issued) {
    const auto item = find_item(s.now.items, issued.item);
    if (s.theme != no_task && (item == no_item || !s.covers(item))) continue;
    const auto title = item == no_item ? issued.kind : s.now.following().tasks[s.now.items.items[item].task].title;
    add(issued.reference, s.on, title, short_name(name_of(s, s.issuer)));
  }
  std::ranges::stable_sort(entries, {}, &entry::on);
  auto out = value::list();
  for (auto& e : entries) out.push_back(std::move(e.row));
  return out;
}

}  // namespace vanthu::report_sections
