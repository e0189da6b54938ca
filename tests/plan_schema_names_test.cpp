// workflows/plan.xsd against the reader: after one change to a good file, and name by name.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan_schema.hpp"

using namespace vanthu;
namespace fs = std::filesystem;

// ---- One change to a good file
// ---------------------------------------------------------------------------------------

namespace {

// The same numbers everywhere, unlike those of <random>'s distributions.
class dice {
 public:
  std::size_t below(std::size_t n) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>(state_ >> 33) % n;
  }

 private:
  std::uint64_t state_ = 573;
};

std::vector<pugi::xml_node> elements_of(const pugi::xml_document& file) {
  std::vector<pugi::xml_node> out{file.document_element()};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto at = out[i];
    for (const auto child : at.children())
      if (child.type() == pugi::node_element) out.push_back(child);
  }
  return out;
}

template <class List>
auto pick(const List& all, dice& d) {
  auto at = all.begin();
  std::advance(at, d.below(static_cast<std::size_t>(std::distance(all.begin(), all.end()))));
  return *at;
}

// Prefixes belong to XML, not to the language.
bool is_of_namespaces(pugi::xml_attribute a) {
  return std::string_view(a.name()).starts_with("xmlns:") || std::string_view(a.name()).starts_with("xsi:");
}

// Takes away, adds, repeats or rewrites one thing.
void change(pugi::xml_document& file, dice& d) {
  static const std::vector<std::string> values{"",     "yes",  "no",     "year", "2024-02-29", "2023-02-29", "--11-15",
                                               "5wd",  "-5wd", "10..15", "a b",  "seed",       "law",        "O01",
                                               "on",   "h1",   "q1 q2",  "12",   "25%",        "12345678",   "state",
                                               "FS",   "all",  "other",  "case", "period-end", "cut-off",    "Chữ",
                                               " yes", "a/b",  "../a",   "mon",  "notice"};
  static const std::vector<const char*> names{"task", "due",  "name",   "title", "after",
                                              "step", "week", "notice", "goal"};
  const auto all = elements_of(file);
  auto e = pick(all, d);
  const auto own = e.attributes_begin() == e.attributes_end() ? pugi::xml_attribute{} : pick(e.attributes(), d);
  const bool may_change = own && !is_of_namespaces(own);
  switch (d.below(8)) {
    case 0:
      if (e != file.document_element()) e.parent().remove_child(e);
      return;
    case 1:
      if (e != file.document_element()) e.parent().append_copy(e);
      return;
    case 2:
      if (may_change) e.remove_attribute(own);
      return;
    case 3: {  // an attribute from somewhere else
      const auto from = pick(all, d);
      if (from.attributes_begin() == from.attributes_end()) return;
      const auto a = pick(from.attributes(), d);
      if (!std::string_view(a.name()).starts_with('x') && !e.attribute(a.name()))
        e.append_attribute(a.name()) = a.value();
      return;
    }
    case 4:
      e.append_child(pugi::node_pcdata).set_value(d.below(2) == 0 ? " \n " : "chữ");
      return;
    case 5:
      e.append_copy(pick(all, d));
      return;
    case 6:
      e.append_child(pick(names, d));
      return;
    default:
      if (may_change) e.attribute(own.name()).set_value(pick(values, d).c_str());
  }
}

std::string printed(const pugi::xml_document& file) {
  std::ostringstream out;
  file.save(out, "", pugi::format_raw);
  return out.str();
}

}  // namespace

TEST_CASE("whatever one change does to the form of a plan, the schema and the reader say the same of it") {
  const auto folder = temporary_folder();
  std::vector<fs::path> files;
  std::vector<std::string> texts;
  dice d;
  for (const auto& good : xml_files(home / "tests/plans/dung")) {
    for (int i = 0; i < 250; ++i) {
      pugi::xml_document file;
      REQUIRE(file.load_file(good.c_str()));
      change(file, d);
      auto text = printed(file);
      // A schema cannot say that two attributes come together.
      if ((text.find("noticed-from") != std::string::npos) != (text.find("noticed-until") != std::string::npos))
        continue;
      files.push_back(folder / (std::to_string(files.size()) + ".xml"));
      replace_file(files.back(), text);
      texts.push_back(std::move(text));
    }
  }
  const auto answers = ask_schema(files);
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const bool answer = answers.at(files[i].string());
    CHECK_MESSAGE(reader_accepts(texts[i]) == answer, texts[i]);
    accepted += answer ? 1 : 0;
  }
  CHECK(accepted > files.size() / 10);
  CHECK(accepted < files.size() * 9 / 10);
  fs::remove_all(folder);
}

// ---- Names: both tables, element by element ------------------------------------------------------------------------

namespace {

struct schema_element {
  std::vector<std::string> path;  // from the root
  std::set<std::string> attributes, required, children, once;
  bool text = false;
};

// Reads as much of XML Schema as plan.xsd uses.
class schema_reader {
 public:
  schema_reader() {
    REQUIRE(document_.load_file(schema_file.c_str()));
    root_ = document_.document_element();
  }

  // Every type in one place where it stands, children only as deep as their type is new.
  std::vector<schema_element> elements() {
    std::vector<schema_element> out;
    std::set<std::string> seen;
    std::vector<std::pair<pugi::xml_node, std::vector<std::string>>> open;
    for (const auto e : root_.children("xs:element")) open.push_back({e, {}});
    while (!open.empty()) {
      const auto declared = open.back().first;
      auto path = std::move(open.back().second);
      open.pop_back();
      const std::string type_name = declared.attribute("type").value();
      if (!type_name.empty() && type_name != "words" && !seen.insert(type_name).second) continue;
      path.emplace_back(declared.attribute("name").value());
      schema_element e;
      e.path = path;
      const auto type = type_name.empty() ? declared.child("xs:complexType") : named("xs:complexType", type_name);
      collect(type, e, [&](pugi::xml_node child) { open.push_back({child, path}); });
      for (const auto unique : declared.children("xs:unique")) {
        const std::string field = unique.child("xs:field").attribute("xpath").value();
        if (field.starts_with("p:")) e.once.insert(field.substr(2));
      }
      out.push_back(std::move(e));
    }
    return out;
  }

 private:
  pugi::xml_node named(const char* kind, const std::string& name) const {
    const auto found = root_.find_child_by_attribute(kind, "name", name.c_str());
    REQUIRE_MESSAGE(found, kind << " " << name);
    return found;
  }

  void collect(pugi::xml_node type, schema_element& e, const auto& open) const {
    std::vector<pugi::xml_node> look{type};
    while (!look.empty()) {
      const auto node = look.back();
      look.pop_back();
      for (const auto child : node.children()) {
        const std::string kind = child.name();
        const std::string ref = child.attribute("ref").value();
        if (kind == "xs:attribute") {
          e.attributes.insert(child.attribute("name").value());
          if (child.attribute("use").value() == std::string("required"))
            e.required.insert(child.attribute("name").value());
        } else if (kind == "xs:element") {
          e.children.insert(child.attribute("name").value());
          open(child);
        } else if (!ref.empty()) {
          look.push_back(named(kind.c_str(), ref));
        } else if (kind == "xs:extension") {
          e.text = child.attribute("base").value() == std::string("xs:string");
          look.push_back(child);
        } else {
          look.push_back(child);
        }
      }
    }
  }

  pugi::xml_document document_;
  pugi::xml_node root_;
};

// A file that holds the element, on line 2, with these attributes and this inside it.
std::string file_with(const schema_element& e, const std::string& attributes, const std::string& inside) {
  std::string before, after;
  for (std::size_t i = 0; i + 1 < e.path.size(); ++i) {
    before += "<" + e.path[i] + (i == 0 ? " xmlns=\"urn:vanthu:plan:1\"" : "") + ">";
    after.insert(0, "</" + e.path[i] + ">");
  }
  const auto head = e.path.size() == 1 ? std::string(" xmlns=\"urn:vanthu:plan:1\"") : std::string();
  return before + "\n<" + e.path.back() + head + attributes + ">" + inside + "</" + e.path.back() + ">\n" + after;
}

// The first argument of the remarks on the element of line 2 whose id ends so.
std::set<std::string> named_by(const std::string& text, std::string_view id, const std::string& element) {
  std::set<std::string> out;
  for (const auto& d : remarks_on(text)) {
    const auto& args = d.what.args;
    const bool on_it = args.size() < 2 || args[1] == element;
    const bool of_two = args.at(0).find('|') != std::string::npos;  // one of two attributes of <member>
    if (d.where.line == 2 && on_it && !of_two && d.id().ends_with(id)) out.insert(args[0]);
  }
  return out;
}

std::set<std::string> without(std::set<std::string> all, const std::set<std::string>& some) {
  for (const auto& each : some) all.erase(each);
  return all;
}

std::string joined(const std::set<std::string>& all) {
  std::string out;
  for (const auto& each : all) out += (out.empty() ? "" : " ") + each;
  return out;
}

}  // namespace

TEST_CASE("the schema has the elements and attributes that the reader has, in the same places") {
  const auto elements = schema_reader().elements();
  REQUIRE(elements.size() > 45);
  std::set<std::string> attributes{"khong-co"}, children{"khong-co"};
  for (const auto& e : elements) {
    attributes.insert(e.attributes.begin(), e.attributes.end());
    children.insert(e.children.begin(), e.children.end());
  }
  std::string all_attributes, all_children;
  for (const auto& each : attributes) all_attributes += " " + each + "=\"\"";
  for (const auto& each : children) all_children += "<" + each + ">x</" + each + "><" + each + "/>";
  for (const auto& e : elements) {
    const auto& name = e.path.back();
    CAPTURE(name);
    CHECK(joined(named_by(file_with(e, all_attributes, ""), ".unknown-attribute", name)) ==
          joined(without(attributes, e.attributes)));
    CHECK(joined(named_by(file_with(e, "", ""), ".missing-attribute", name)) == joined(e.required));
    const auto full = file_with(e, "", all_children);
    CHECK(joined(named_by(full, ".unknown-element", name)) == joined(without(children, e.children)));
    CHECK(joined(named_by(full, ".repeated-element", name)) == joined(e.once));
    CHECK(named_by(file_with(e, "", "chữ"), ".stray-text", name).empty() == e.text);
  }
}
