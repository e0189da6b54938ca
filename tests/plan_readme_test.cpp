// workflows/README.md: its examples are one plan that reads, and show every element and attribute that plan.xsd has.
#include <doctest/doctest.h>

#include <map>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <vector>

#include "plan_text.hpp"
#include "vanthu/file.hpp"

using namespace vanthu;

namespace {

const std::string folder = VANTHU_SOURCE_DIR "/workflows/";

// The blocks between ```xml and ```.
std::vector<std::string> examples() {
  const auto page = read_file(folder + "README.md");
  std::vector<std::string> out;
  const std::string begin = "```xml\n", end = "\n```";
  for (auto at = page.find(begin); at != std::string::npos; at = page.find(begin, at)) {
    at += begin.size();
    const auto stop = page.find(end, at);
    REQUIRE(stop != std::string::npos);
    out.push_back(page.substr(at, stop - at));
  }
  return out;
}

struct whole {
  std::string text;                          // of the plan that the examples make
  std::map<std::string, std::string> parts;  // by the href that names them
};

// As the page says: pieces of a plan are added to it, pieces of a task stand in a task each, a part is what is
// included.
whole put_together(const std::vector<std::string>& all) {
  const std::set<std::string> of_task{"start", "due", "target", "after", "only-if", "outcome", "product"};
  whole out;
  std::string added, href;
  std::vector<std::string> parts;
  int tasks = 0;
  for (const auto& text : all) {
    pugi::xml_document piece;
    REQUIRE_MESSAGE(piece.load_string(text.c_str(), pugi::parse_full | pugi::parse_fragment), text);
    for (const auto node : piece.children()) {
      if (node.type() != pugi::node_element) continue;
      const std::string name = node.name();
      struct : pugi::xml_writer {
        std::string text;
        void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
      } raw;
      node.print(raw, "", pugi::format_raw);
      if (name == "plan") {
        out.text = raw.text;
      } else if (name == "part") {
        parts.push_back(raw.text);
      } else if (of_task.contains(name)) {
        added += "<task id=\"manh-" + std::to_string(++tasks) +
                 "\" every=\"year\" window=\"thang-hanh-dong\" regime=\"bc-nam\" lead=\"phong\">" + raw.text +
                 "</task>";
      } else {
        if (name == "include") href = node.attribute("href").value();
        added += raw.text;
      }
    }
  }
  REQUIRE(parts.size() == 1);
  out.parts[href] = parts.front();
  const auto end = out.text.rfind("</plan>");
  REQUIRE(end != std::string::npos);
  out.text.insert(end, added);
  return out;
}

// "ELEMENT" and "ELEMENT@ATTRIBUTE" of everything in a file; an attribute that many elements share only as
// "@ATTRIBUTE".
void names_in(const std::string& text, const std::set<std::string>& shared, std::set<std::string>& out) {
  pugi::xml_document file;
  REQUIRE(file.load_string(text.c_str()));
  std::vector<pugi::xml_node> open{file.document_element()};
  while (!open.empty()) {
    const auto node = open.back();
    open.pop_back();
    out.insert(node.name());
    for (const auto a : node.attributes())
      out.insert((shared.contains(a.name()) ? "" : std::string(node.name())) + "@" + a.name());
    for (const auto child : node.children())
      if (child.type() == pugi::node_element) open.push_back(child);
  }
}

// The same of the schema: attributes of its attribute groups are the shared ones.
std::set<std::string> names_of_schema(std::set<std::string>& shared) {
  pugi::xml_document schema;
  REQUIRE(schema.load_file((folder + "plan.xsd").c_str()));
  const auto root = schema.document_element();
  for (const auto group : root.children("xs:attributeGroup"))
    for (const auto a : group.children("xs:attribute")) shared.insert(a.attribute("name").value());
  std::set<std::string> out;
  for (const auto& each : shared) out.insert("@" + each);
  for (const auto& found : root.select_nodes("//xs:element")) {
    const std::string name = found.node().attribute("name").value();
    out.insert(name);
    const std::string type = found.node().attribute("type").value();
    const auto declared =
        type.empty() ? found.node().child("xs:complexType") : root.find_child_by_attribute("name", type.c_str());
    for (const auto& a : declared.select_nodes(".//xs:attribute")) {
      const std::string attribute = a.node().attribute("name").value();
      if (!shared.contains(attribute)) out.insert(name + "@" + attribute);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("the examples of the language's description make a plan without a remark") {
  const auto all = examples();
  REQUIRE(all.size() > 12);
  const auto made = put_together(all);
  const auto include = [&](const std::string& href) -> std::optional<std::string> {
    const auto at = made.parts.find(href);
    return at == made.parts.end() ? std::nullopt : std::optional(at->second);
  };
  const auto p = read_plan(made.text, "README.md", include);
  for (const auto& d : p.notes) CHECK_MESSAGE(false, to_string(d));
  REQUIRE(p);
  CHECK(p->calendars.size() == 1);
}

TEST_CASE("the first example of the language's description stands alone") {
  const auto p = read_plan(examples().front(), "README.md");
  CHECK(remarks_of(p.notes) == "");
  REQUIRE(p);
  CHECK(p->tasks.size() == 3);
}

TEST_CASE("every element and attribute of the language has an example, and every example is of the language") {
  std::set<std::string> shared;
  const auto wanted = names_of_schema(shared);
  REQUIRE(wanted.size() > 140);
  const auto made = put_together(examples());
  std::set<std::string> shown;
  names_in(made.text, shared, shown);
  for (const auto& [href, text] : made.parts) names_in(text, shared, shown);
  for (const auto& each : wanted) CHECK_MESSAGE(shown.contains(each), each);
}
