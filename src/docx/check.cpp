// A template against data, or against a schema of data, before anything is rendered.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "docx/contract.hpp"
#include "docx/machine.hpp"
#include "docx/nearest.hpp"
#include "docx/template.hpp"

namespace vanthu {
namespace {

using namespace docx;

constexpr std::size_t most_unused = 100;

// Every name a tag asks for, at whatever depth: names are looked up from the inside out.
std::set<std::string, std::less<>> names_in(const wanted& root) {
  std::set<std::string, std::less<>> out;
  std::vector<const wanted*> open{&root};
  while (!open.empty()) {
    const auto* w = open.back();
    open.pop_back();
    out.insert(w->name);
    for (const auto& m : w->members) open.push_back(m.get());
  }
  return out;
}

struct place_in_data {
  const value* at;
  std::string path;
  const wanted* by;  // nullptr: taken as a whole
};

// What the data holds and no tag asks for, each path once. Names of `meant` have been mentioned already.
void note_unused(const wanted& root, std::set<std::string, std::less<>> meant, const value& data,
                 const std::string& source, diagnostics& notes) {
  auto names = names_in(root);
  names.merge(meant);
  std::set<std::string> told;
  std::vector<place_in_data> open{{&data, {}, &root}};
  while (!open.empty() && told.size() < most_unused) {
    const auto p = open.back();
    open.pop_back();
    if (p.by == nullptr || p.by->form == form::rich || p.by->form == form::picture || p.by->form == form::chart ||
        p.by->form == form::document)
      continue;
    if (p.at->type() == value::kind::list)
      for (auto i = p.at->size(); i-- > 0;) open.push_back({&p.at->at(i), p.path + "[]", p.by});
    if (p.at->type() != value::kind::object || (p.by->members.empty() && !p.path.empty())) continue;
    for (auto i = p.at->size(); i-- > 0;) {
      const auto name = p.at->name(i);
      const auto path = p.path.empty() ? std::string(name) : fmt::format("{}.{}", p.path, name);
      const auto* by = p.by->find(name);
      if (!names.contains(name) && told.insert(path).second)
        notes.push_back({severity::warning, {"docx.unused-value", {path}}, {source, 0, 0, {}}, {}});
      open.push_back({&p.at->at(i), path, by});
    }
  }
}

bool allows(const value& schema, std::string_view type) {
  const auto* types = schema.find("type");
  if (types == nullptr) return true;
  if (types->type() == value::kind::text) return types->as_text() == type;
  for (std::size_t i = 0; i < types->size(); ++i)
    if (types->at(i).type() == value::kind::text && types->at(i).as_text() == type) return true;
  return false;
}

// A schema that says what it means by other words than properties and items is not looked into.
bool is_plain(const value& schema) {
  if (schema.type() != value::kind::object) return false;
  for (const std::string_view other : {"$ref", "anyOf", "oneOf", "allOf", "additionalProperties", "patternProperties"})
    if (const auto* found = schema.find(other); found != nullptr && found->type() == value::kind::object) return false;
  return schema.find("$ref") == nullptr && schema.find("anyOf") == nullptr && schema.find("oneOf") == nullptr &&
         schema.find("allOf") == nullptr;
}

class schema_check {
 public:
  schema_check(const std::string& source, diagnostics& notes) : source_(source), notes_(notes) {}

  void run(const wanted& root, const value& schema) {
    open_.push_back({&root, {&schema}});
    while (!open_.empty()) {
      const auto now = std::move(open_.back());
      open_.pop_back();
      for (const auto& m : now.at->members) look_up(*m, now.around);
    }
  }

 private:
  struct pending {
    const wanted* at;
    std::vector<const value*> around;  // schemas of the objects names are looked up in, the innermost last
  };

  void report(const wanted& w, std::string id, std::string more) {
    notes_.push_back({severity::error,
                      {std::move(id), {w.first->written, w.first->around, w.name, std::move(more)}},
                      {source_, 0, 0, w.in->part + w.first->place},
                      {}});
  }

  void look_up(const wanted& w, const std::vector<const value*>& around) {
    near_name near(w.name);
    for (auto i = around.size(); i-- > 0;) {
      if (!is_plain(*around[i])) return;
      const auto* properties = around[i]->find("properties");
      if (properties == nullptr || properties->type() != value::kind::object) continue;
      if (const auto* found = properties->find(w.name)) return enter(w, *found, around);
      for (std::size_t k = 0; k < properties->size(); ++k) near.offer(properties->name(k));
    }
    report(w, "docx.not-in-schema", near.found().empty() ? "" : fmt::format(" ({}?)", near.found()));
  }

  void enter(const wanted& w, const value& schema, std::vector<const value*> around) {
    if (!is_plain(schema)) return;
    const auto* inside = &schema;
    if (w.is_list && !allows(schema, "array")) return report(w, "docx.schema-type", "array");
    if (allows(schema, "array"))
      if (const auto* items = schema.find("items")) inside = items;
    if (w.members.empty()) {
      if (w.form == form::number && !allows(*inside, "number") && !allows(*inside, "integer") &&
          !allows(*inside, "string"))
        report(w, "docx.schema-type", "number");
      return;
    }
    if (is_plain(*inside) && !allows(*inside, "object")) return report(w, "docx.schema-type", "object");
    around.push_back(inside);
    open_.push_back({&w, std::move(around)});
  }

  const std::string& source_;
  diagnostics& notes_;
  std::vector<pending> open_;
};

}  // namespace

value document_template::schema() const {
  return make_schema(*read_contract(impl_->programs));
}

value document_template::sample() const {
  return make_sample(*read_contract(impl_->programs));
}

diagnostics document_template::check(const value& data, const std::string& data_source,
                                     const render_options& options) const {
  additions added(*impl_->package, impl_->settled);
  auto found = impl_->check(data, options, added);
  note_unused(*read_contract(impl_->programs), std::move(found.meant), data, data_source, found.notes);
  return std::move(found.notes);
}

diagnostics document_template::check_schema(const value& schema) const {
  diagnostics notes;
  const auto contract = read_contract(impl_->programs);
  schema_check(impl_->package->source, notes).run(*contract, schema);
  return notes;
}

}  // namespace vanthu
