#include "run/action.hpp"

#include <array>
#include <type_traits>

#include "text/nearest_name.hpp"

namespace vanthu::runs {
namespace {

constexpr std::string_view sha256_form = "\"64 × 0-9 a-f\"";

void put(value& body, std::string_view name, std::string_view text) {
  if (!text.empty()) body.set(std::string(name), text);
}

value amount_of(const std::optional<decimal>& amount) {
  return amount ? value(*amount) : value();
}

value figure_body(const figure& f) {
  auto body = value::object();
  body.set("indicator", f.indicator.text);
  body.set("value", amount_of(f.amount));
  if (f.breakdown.empty()) return body;
  auto parts = value::object();
  for (const auto& [name, amount] : f.breakdown) parts.set(name, amount_of(amount));
  body.set("breakdown", std::move(parts));
  return body;
}

value basis_body(const decision_basis& b) {
  auto body = value::object();
  put(body, "number", b.number);
  if (b.on) body.set("date", iso(*b.on));
  put(body, "issuer", b.issuer);
  return body;
}

figure read_figure(object_reader members) {
  figure f;
  f.indicator = {members.text("indicator", need::required)};
  f.amount = members.figure("value", need::required);
  if (const auto* parts = members.object("breakdown"))
    for (std::size_t i = 0; i < parts->size(); ++i) {
      const auto name = parts->name(i);
      f.breakdown.emplace_back(name,
                               members.figure_of(parts->at(i), members.path_of("breakdown/" + std::string(name))));
    }
  members.finish();
  return f;
}

std::optional<decision_basis> read_basis(object_reader& members, need n) {
  const auto* written = members.object("basis", n);
  if (!written) return {};
  auto inner = members.below(*written, "basis");
  decision_basis b;
  b.number = inner.text("number", need::required);
  b.on = inner.day("date");
  b.issuer = inner.text("issuer");
  inner.finish();
  return b;
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

action read_progress(object_reader& members) {
  report_progress p;
  if (const auto percent = members.whole("percent", 100)) p.percent = static_cast<int>(*percent);
  return p;
}

action read_submit(object_reader& members) {
  submit_work s;
  if (const auto* documents = members.list("documents"))
    for (std::size_t i = 0; i < documents->size(); ++i) {
      auto each = members.element(*documents, i, "documents");
      s.documents.push_back(read_document(each));
      each.finish();
    }
  if (const auto* figures = members.list("figures"))
    for (std::size_t i = 0; i < figures->size(); ++i)
      s.figures.push_back(read_figure(members.element(*figures, i, "figures")));
  return s;
}

action read_return(object_reader& members) {
  return return_work{members.text("reason", need::required)};
}

action read_extend(object_reader& members) {
  const auto to = members.day("to", need::required);
  auto basis = read_basis(members, need::required);
  return extend_deadline{to.value_or(date{}), std::move(basis).value_or(decision_basis{})};
}

template <class A>
action read_reasoned(object_reader& members) {
  A a;
  a.reason = members.text("reason", need::required);
  a.basis = read_basis(members, need::optional);
  return a;
}

template <class A>
action read_bare(object_reader&) {
  return A{};
}

action read_outcome(object_reader& members) {
  return record_outcome{{members.text("value", need::required)}};
}

action read_raise(object_reader& members) {
  raise_case r;
  r.task = {members.text("task", need::required)};
  r.on = members.day("on", need::required).value_or(date{});
  r.reference = members.text("ref");
  r.category = members.text("category");
  return r;
}

struct verb {
  std::string_view name, type;
  action (*read)(object_reader&);
};
// In the order of the alternatives of `action`.
constexpr std::array<verb, std::variant_size_v<action>> verbs{{
    {"start", "item.started/1", read_bare<start_work>},
    {"progress", "item.progressed/1", read_progress},
    {"submit", "item.submitted/1", read_submit},
    {"accept", "item.accepted/1", read_bare<accept_work>},
    {"return", "item.returned/1", read_return},
    {"extend", "item.extended/1", read_extend},
    {"suspend", "item.suspended/1", read_reasoned<suspend_work>},
    {"resume", "item.resumed/1", read_bare<resume_work>},
    {"cancel", "item.cancelled/1", read_reasoned<cancel_work>},
    {"reopen", "item.reopened/1", read_reasoned<reopen_work>},
    {"outcome", "outcome.recorded/1", read_outcome},
    {"raise", "case.raised/1", read_raise},
}};

struct body_maker {
  value operator()(const start_work&) const { return value::object(); }
  value operator()(const accept_work&) const { return value::object(); }
  value operator()(const resume_work&) const { return value::object(); }
  value operator()(const report_progress& p) const {
    auto body = value::object();
    if (p.percent) body.set("percent", *p.percent);
    return body;
  }
  value operator()(const submit_work& s) const {
    auto documents = value::list(), figures = value::list();
    for (const auto& d : s.documents) documents.push_back(runs::body_of(d));
    for (const auto& f : s.figures) figures.push_back(figure_body(f));
    return value::object({{"documents", std::move(documents)}, {"figures", std::move(figures)}});
  }
  value operator()(const return_work& r) const { return value::object({{"reason", r.reason}}); }
  value operator()(const extend_deadline& e) const {
    return value::object({{"to", iso(e.to)}, {"basis", basis_body(e.basis)}});
  }
  template <class Reasoned>
  requires requires(const Reasoned& r) { r.reason, r.basis->number; }
  value operator()(const Reasoned& r) const {
    auto body = value::object({{"reason", r.reason}});
    if (r.basis) body.set("basis", basis_body(*r.basis));
    return body;
  }
  value operator()(const record_outcome& o) const { return value::object({{"value", o.result.text}}); }
  value operator()(const raise_case& r) const {
    auto body = value::object({{"task", r.task.text}, {"on", iso(r.on)}});
    put(body, "ref", r.reference);
    put(body, "category", r.category);
    return body;
  }
};

}  // namespace

std::string_view verb_of(const action& what) {
  return verbs[what.index()].name;
}
std::string_view type_of(const action& what) {
  return verbs[what.index()].type;
}

std::optional<action> read_by_verb(std::string_view name, object_reader& members) {
  for (const auto& v : verbs)
    if (v.name == name) return v.read(members);
  return {};
}

std::optional<action> read_by_type(std::string_view type, object_reader& members) {
  for (const auto& v : verbs)
    if (v.type == type) return v.read(members);
  return {};
}

std::string_view nearest_verb(std::string_view written) {
  std::vector<std::string_view> names;
  for (const auto& v : verbs) names.push_back(v.name);
  return texts::nearest_name(written, names);
}

value body_of(const action& what) {
  return std::visit(body_maker{}, what);
}

value body_of(const document_reference& d) {
  auto body = value::object();
  put(body, "number", d.number);
  if (d.on) body.set("date", iso(*d.on));
  put(body, "sha256", d.sha256);
  put(body, "uri", d.uri);
  put(body, "title", d.title);
  return body;
}

document_reference read_document(object_reader& members) {
  document_reference d;
  d.number = members.text("number");
  d.on = members.day("date");
  d.sha256 = members.text("sha256");
  d.uri = members.text("uri");
  d.title = members.text("title");
  if (!d.sha256.empty() && !is_sha256(d.sha256)) members.refuse(members.path_of("sha256"), sha256_form);
  if (d.number.empty() && d.sha256.empty() && d.uri.empty() && d.title.empty() && members.is_object())
    members.missing("number");
  return d;
}

}  // namespace vanthu::runs
