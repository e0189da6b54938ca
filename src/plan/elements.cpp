#include "plan/elements.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "text/nearest_name.hpp"
#include "xml/characters.hpp"

namespace vanthu {
namespace {

// One element in one place. Names are separated by spaces. An attribute that ends in '!' must be there. A child is
// written NAME or NAME=SHAPE, with '?' at the end when it may stand only once.
struct rule {
  std::string_view shape, attributes, children;
  bool text = false;
};

#define BASIS "basis article checked assumed "
#define MOMENT "on in after before by roll strict "
constexpr rule rules[] = {
    {"plan", BASIS "xmlns! id! number notation issued! issuer! from! until! field traces",
     "title?=words include source goal agencies window indicator regime procedure task calendar role"},
    {"part", BASIS "xmlns! traces",
     "include source goal agencies window indicator regime procedure task calendar role"},
    {"include", "href!", ""},
    {"source", "href", "obligation ignored"},
    {"obligation", "id! sentence offset", "", true},
    {"ignored", "offset", "", true},
    {"goal", BASIS "id! traces", "", true},
    {"agencies", BASIS "", "agency group"},
    {"agency", BASIS "id! notation kind parent place from until series traces", "name?=words role successor"},
    {"role", "name! agency post", ""},
    {"successor", BASIS "agency! field on!", ""},
    {"group", BASIS "id! traces", "member"},
    {"member", "agency group", ""},
    {"window", BASIS "id! from! until! traces", ""},
    {"indicator", BASIS "id! title! unit direction every baseline breakdown traces", "target=indicator-target"},
    {"indicator-target", BASIS "year! value!", ""},
    {"regime", BASIS "id! kind! traces",
     "name?=words content? reporters=parties recipients=parties method?=words deadline frequency? cut-off? "
     "outline?=words tables?=words guidance?=words"},
    {"content", "form", "", true},
    {"parties", "group agency", ""},
    {"deadline", BASIS MOMENT "level", ""},
    {"frequency", "every rrule", ""},
    {"cut-off", BASIS "kind on", ""},
    {"procedure", BASIS "id! title", "step"},
    {"step", "id! role title duration", "after=step-after due?=step-due"},
    {"step-after", "step!", ""},
    {"step-due", BASIS MOMENT, ""},
    {"task",
     BASIS "id! title every rrule only from until window inside each lead support accepts field kind regime duration "
           "indicators traces",
     "task start? due? target? after only-if outcome product? role"},
    {"start", BASIS "on in after", ""},
    {"due", BASIS MOMENT "traces", ""},
    {"target", BASIS MOMENT, ""},
    {"after", BASIS "task! type lag period join done upto traces", ""},
    {"only-if", BASIS "task! outcome! lag period join", ""},
    {"outcome", "id! title", ""},
    {"product", BASIS "kind! template steps to", ""},
    {"words", "", "", true},
    {"calendar", "", ""},
};
#undef BASIS
#undef MOMENT

struct child {
  std::string_view name;
  std::size_t shape;
  bool once;
};
struct shape {
  std::string_view name;
  std::vector<std::string_view> attributes, required, child_names;
  std::vector<child> children;
  bool text;
};

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> out;
  while (!list.empty()) {
    const auto end = std::min(list.find(' '), list.size());
    if (end > 0) out.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

std::size_t number_of(std::string_view name) {
  const auto* at = std::ranges::find(rules, name, &rule::shape);
  return static_cast<std::size_t>(at - std::begin(rules));
}

shape shape_of(const rule& r) {
  shape out{r.shape, {}, {}, {}, {}, r.text};
  for (auto name : split(r.attributes)) {
    if (name.ends_with('!')) {
      name.remove_suffix(1);
      out.required.push_back(name);
    }
    out.attributes.push_back(name);
  }
  for (const auto entry : split(r.children)) {
    const auto name = entry.substr(0, entry.find_first_of("?="));
    const auto equals = entry.find('=');
    auto wanted = equals == std::string_view::npos ? name : entry.substr(equals + 1);
    if (wanted.ends_with('?')) wanted.remove_suffix(1);
    out.children.push_back({name, number_of(wanted), entry.find('?') != std::string_view::npos});
    out.child_names.push_back(name);
  }
  return out;
}

const std::vector<shape>& shapes() {
  static const std::vector<shape> all = [] {
    std::vector<shape> out;
    for (const auto& r : rules) out.push_back(shape_of(r));
    return out;
  }();
  return all;
}

const std::vector<std::string_view>& all_names() {
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> out;
    for (const auto& s : shapes()) {
      out.insert(out.end(), s.attributes.begin(), s.attributes.end());
      out.insert(out.end(), s.child_names.begin(), s.child_names.end());
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }();
  return all;
}

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// What says nothing about the plan: a prefix, and on the root where an editor finds a schema.
bool is_schema_note(std::string_view attribute, bool root) {
  return attribute.starts_with("xmlns:") ||
         (root && (attribute == "xsi:schemaLocation" || attribute == "xsi:noNamespaceSchemaLocation"));
}

struct checker {
  struct place {
    pugi::xml_node node;
    std::size_t shape;
  };
  const xml::document& file;
  remarks& notes;
  std::vector<place> open;

  void attributes(pugi::xml_node node, const shape& s, bool root) {
    for (const auto a : node.attributes()) {
      const std::string_view name = a.name();
      if (name == "xmlns") {
        if (a.value() != plan_namespace)
          notes.error("plan.bad-value", file.where(a), {"xmlns", a.value(), std::string(plan_namespace)});
      } else if (!contains(s.attributes, name) && !is_schema_note(name, root)) {
        notes.error("plan.unknown-attribute", file.where(a),
                    {a.name(), node.name(), std::string(texts::nearest_name(name, s.attributes))});
      }
    }
    for (const auto name : s.required)
      if (!node.attribute(std::string(name).c_str()))
        notes.error("plan.missing-attribute", file.where(node), {std::string(name), node.name()});
  }

  void inside(pugi::xml_node node, const shape& s) {
    std::vector<pugi::xml_node> met(s.children.size());
    std::vector<place> next;
    for (const auto each : node.children()) {
      if (each.type() == pugi::node_pcdata || each.type() == pugi::node_cdata) {
        if (!s.text && !std::ranges::all_of(std::string_view(each.value()), xml::is_space))
          notes.error("plan.stray-text", file.where(node), {node.name()});
        continue;
      }
      if (each.type() != pugi::node_element) continue;
      const auto known = std::ranges::find(s.children, std::string_view(each.name()), &child::name);
      if (known == s.children.end()) {
        unknown(each, node, s);
        continue;
      }
      auto& earlier = met[static_cast<std::size_t>(known - s.children.begin())];
      if (known->once && earlier)
        notes.error("plan.repeated-element", file.where(each), {each.name(), node.name()}, {file.where(earlier)});
      earlier = each;
      next.push_back({each, known->shape});
    }
    open.insert(open.end(), next.rbegin(), next.rend());
  }

  void unknown(pugi::xml_node node, pugi::xml_node parent, const shape& s) {
    auto nearest = texts::nearest_name(node.name(), s.child_names);
    if (nearest.empty()) nearest = "-";
    notes.error("plan.unknown-element", file.where(node), {node.name(), parent.name(), std::string(nearest)});
  }

  void run(pugi::xml_node root, std::size_t number) {
    open.push_back({root, number});
    while (!open.empty()) {
      const auto [node, at] = open.back();
      open.pop_back();
      const auto& s = shapes()[at];
      if (s.name == "calendar") continue;
      attributes(node, s, node == root);
      inside(node, s);
    }
  }
};

}  // namespace

bool check_elements(const xml::document& file, std::string_view root, remarks& notes) {
  const auto node = file.root();
  if (node.name() != root) {
    notes.error("plan.unknown-element", file.where(node), {node.name(), file.source(), std::string(root)});
    return false;
  }
  checker{file, notes, {}}.run(node, number_of(root));
  return true;
}

bool is_known_name(std::string_view name) {
  return contains(all_names(), name);
}

std::string_view nearest_known_name(std::string_view name) {
  return texts::nearest_name(name, all_names());
}

}  // namespace vanthu
