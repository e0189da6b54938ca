#include "fuzz/invariants.hpp"

#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>

#include "docx/package.hpp"
#include "xml/tokens.hpp"

namespace fuzz {
namespace {

using namespace vanthu;

// Ids of drawings and bookmarks, each kind in its own space.
struct found_ids {
  std::set<std::string> ids;
  bool unique = true;
};

bool is_xml(std::string_view name) {
  return name.ends_with(".xml") || name.ends_with(".rels");
}

std::string text_of(const package& from, const std::string& part) {
  return docx::to_utf8(from.read(part)).value_or(std::string{});
}

void note_ids(std::string_view text, found_ids& to) {
  xml::tokenizer tokens(text);
  while (true) {
    const auto& t = tokens.next();
    if (t.kind == xml::kind::done || t.kind == xml::kind::failed) return;
    if (t.kind != xml::kind::start || (t.local != "docPr" && t.local != "bookmarkStart")) continue;
    for (const auto& a : tokens.attributes())
      if (a.local == "id" || (a.local == "name" && t.local == "bookmarkStart"))
        to.unique =
            to.ids.insert(std::string(t.local) + ' ' + std::string(a.local) + ' ' + xml::decode_attribute(a.value))
                .second &&
            to.unique;
  }
}

found_ids ids_of(const package& of) {
  found_ids out;
  for (const auto& part : of.parts())
    if (part.ends_with(".xml")) note_ids(text_of(of, part), out);
  return out;
}

void check_part(const std::string& name, const std::string& text, std::string_view never) {
  xml::limits most;
  most.depth = 1000;
  most.attributes = 100'000;
  xml::tokenizer tokens(text, most);
  while (true) {
    const auto& t = tokens.next();
    if (t.kind == xml::kind::done) return;
    if (t.kind == xml::kind::failed) fail(tokens.problem()->what.id, name + "\n" + text);
    if (t.kind == xml::kind::start && t.local == never) fail("data became markup", name + "\n" + text);
  }
}

}  // namespace

void fail(std::string_view why, std::string_view part) {
  std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(why.size()), why.data(), static_cast<int>(part.size()),
               part.data());
  std::abort();
}

void check_rendering(const package& before, std::span<const std::byte> after, std::string_view never) {
  const auto opened = package::open(after, "rendered.docx");
  require(static_cast<bool>(opened), "a rendering cannot be read back",
          opened ? std::string{} : to_string(opened.notes.front()));
  require(before.parts().size() <= opened->parts().size(), "parts were lost");
  for (const auto& part : opened->parts())
    if (is_xml(part) && (!before.has(part) || before.read(part) != opened->read(part)))
      check_part(part, text_of(*opened, part), never);
  if (ids_of(before).unique) require(ids_of(*opened).unique, "ids are not unique any more");
}

}  // namespace fuzz
