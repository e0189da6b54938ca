#include "plan/reading.hpp"

namespace vanthu {
namespace {

constexpr word<agency_kind> kinds[] = {
    {"state", agency_kind::state}, {"mass", agency_kind::mass}, {"party", agency_kind::party}};
constexpr word<number_series> series_words[] = {{"common", number_series::common},
                                                {"per-kind", number_series::per_kind}};

void read_successor(reading& r, const element& e, const agency& from) {
  succession s;
  s.from = from.id;
  s.to = read_agency(r, e, "agency");
  s.field = e.get("field");
  const auto on = read_date(r, e, "on");
  s.stands_on = read_basis(r, e, &from.stands_on);
  s.where = e.where();
  if (!on) return;
  s.on = *on;
  r.out.successions.push_back(std::move(s));
}

void read_agency_element(reading& r, const element& e, const std::optional<provenance>& ground) {
  agency a;
  a.id.text = read_id(r, e);
  a.name = xml::words(e.node.child("name"));
  a.notation = e.get("notation");
  a.kind = read_word(r, e, "kind", kinds).value_or(agency_kind::state);
  a.parent = read_agency(r, e, "parent");
  a.place = e.get("place");
  a.from = read_date(r, e, "from");
  a.until = read_date(r, e, "until");
  check_range(r, e, a.from, a.until);
  a.series = read_word(r, e, "series", series_words).value_or(number_series::per_kind);
  a.stands_on = read_basis(r, e, pointer_to(ground));
  a.where = e.where();
  a.roles = read_roles(r, e);
  for (const auto child : e.node.children("successor")) read_successor(r, {e.file, child}, a);
  r.out.agencies.push_back(std::move(a));
}

void read_member(reading& r, const element& e, agency_group& g) {
  if (e.has("agency") == e.has("group")) {
    r.notes.error("plan.missing-attribute", e.where(), {"agency | group", "member"});
    return;
  }
  if (e.has("group")) {
    if (read_reference(r, e, "group", r.groups, "plan.unknown-group"))
      g.members.push_back({{}, {std::string(e.get("group"))}});
    return;
  }
  g.members.push_back({read_agency(r, e, "agency"), {}});
}

void read_group(reading& r, const element& e, const std::optional<provenance>& ground) {
  agency_group g;
  g.id.text = read_id(r, e);
  g.stands_on = read_basis(r, e, pointer_to(ground));
  g.where = e.where();
  for (const auto child : e.node.children("member")) read_member(r, {e.file, child}, g);
  r.out.groups.push_back(std::move(g));
}

}  // namespace

void read_role(reading& r, const element& e, id_table& seen, std::vector<role_binding>& to) {
  role_binding role{std::string(e.get("name")), read_agency(r, e, "agency"), std::string(e.get("post"))};
  if (const auto* before = e.has("name") ? seen.add(role.name, 0, e) : nullptr)
    r.notes.error("plan.duplicate-id", e.where("name"), {role.name}, {before->where("name")});
  to.push_back(std::move(role));
}

std::vector<role_binding> read_roles(reading& r, const element& e) {
  id_table seen;
  std::vector<role_binding> out;
  for (const auto child : e.node.children("role")) read_role(r, {e.file, child}, seen, out);
  return out;
}

void read_agencies(reading& r, const piece& p) {
  const auto ground = pass_basis(r, p.at, *p.ground);
  for (const auto child : p.at.node.children()) {
    const std::string_view name = child.name();
    if (name == "agency") read_agency_element(r, {p.at.file, child}, ground);
    if (name == "group") read_group(r, {p.at.file, child}, ground);
  }
}

}  // namespace vanthu
