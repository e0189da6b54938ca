// Packages that are broken, or mean harm.
#include <doctest/doctest.h>

#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

namespace {

bytes with(const std::string& name, const std::string& content = "x") {
  auto all = parts(p("a"));
  all.push_back({name, content});
  return zip(all);
}

// The package with one text of one part replaced.
bytes replaced(std::size_t part, const std::string& from, const std::string& to) {
  auto all = parts(p("a"));
  auto& content = all.at(part).content;
  const auto at = content.find(from);
  REQUIRE(at != std::string::npos);
  content.replace(at, from.size(), to);
  return zip(all);
}

constexpr std::size_t types = 0, package_rels = 1, document_rels = 2, main_part = 3;

}  // namespace

TEST_CASE("a package opens, lists its parts and gives their content") {
  const auto opened = package::open(document(p("xin chào")), "a.docx").take();
  CHECK(opened.main_part() == "word/document.xml");
  CHECK(opened.has("_rels/.rels"));
  CHECK(opened.parts().size() == 4);
  CHECK(document_text(opened) == "xin chào\n");
  try {
    (void)opened.read("word/media/x.png");
    FAIL("there is no such part");
  } catch (const error& e) {
    CHECK(e.notes().front().id() == "docx.no-part");
  }
}

TEST_CASE("what is no package says what it is") {
  const auto of = [](std::string_view text) {
    const auto raw = std::as_bytes(std::span(text));
    return package_faults(bytes(raw.begin(), raw.end()));
  };
  CHECK(of("") == faults{"docx.not-a-package"});
  CHECK(of("xin chào") == faults{"docx.not-a-package"});
  CHECK(of("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....") == faults{"docx.old-or-protected"});
  auto whole = document(p("a"));
  whole.resize(whole.size() / 2);
  CHECK(package_faults(whole) == faults{"docx.truncated"});
}

TEST_CASE("names that lead out of a folder are refused") {
  for (const auto* name : {"../x.xml", "/x.xml", "a/../../x", "a\\b.xml", "C:x", "a//b", "word/./x"})
    CHECK_MESSAGE(package_faults(with(name)) == faults{"docx.unsafe-name"}, name);
  CHECK(package_faults(with("WORD/Document.xml")) == faults{"docx.duplicate-part"});
  auto all = parts(p("a"));
  part link{"word/l.xml", "/etc/passwd"};
  link.attributes = 0120777;
  all.push_back(link);
  CHECK(package_faults(zip(all)) == faults{"docx.link"});
}

TEST_CASE("entries that lie about themselves are refused") {
  auto all = parts(p("a"));
  all[main_part].crc = 1;
  CHECK(package_faults(zip(all)) == faults{"docx.damaged-part"});
  all = parts(p("a"));
  all[main_part].method = 12;
  CHECK(package_faults(zip(all)) == faults{"docx.unsupported-method"});
  all = parts(p("a"));
  all[main_part].flags = 1;
  CHECK(package_faults(zip(all)) == faults{"docx.encrypted"});
  auto cut = document(p("a"));
  cut[cut.size() - 6] = std::byte{0xff};  // where the directory begins
  CHECK(package_faults(cut) == faults{"docx.damaged-archive"});
}

TEST_CASE("a package costs no more than its limits") {
  docx_limits limits;
  limits.part_bytes = 100;
  CHECK(package_faults(document(p("a")), limits) == faults{"docx.too-large"});
  limits = {};
  limits.entries = 3;
  CHECK(package_faults(document(p("a")), limits) == faults{"docx.too-many-parts"});
  auto all = parts(p("a"));
  part bomb{"word/b.xml", "x"};
  bomb.method = 8;
  bomb.size = 200'000'000;
  all.push_back(bomb);
  CHECK(package_faults(zip(all)) == faults{"docx.suspicious-ratio"});
}

TEST_CASE("a package without a document says so") {
  CHECK(package_faults(replaced(package_rels, "word/document.xml", "word/other.xml")) == faults{"docx.no-document"});
  CHECK(package_faults(replaced(package_rels, "Target=\"word/document.xml\"", "Target=\"../../x\"")).front() ==
        "docx.unsafe-target");
  CHECK(package_faults(replaced(types, "document.main+xml", "header+xml")) == faults{"docx.not-a-document"});
  auto all = parts(p("a"));
  all.erase(all.begin());
  CHECK(package_faults(zip(all)) == faults{"docx.no-content-types"});
  const std::string one = "<Relationship Id=\"rId1\"";
  const std::string two =
      "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
      "officeDocument\" Target=\"word/document.xml\"/>";
  CHECK(package_faults(replaced(package_rels, one, two + one)) == faults{"docx.many-documents"});
  const std::string same = "<Relationship Id=\"rId1\" Type=\"http://x\" Target=\"word/document.xml\"/>";
  CHECK(package_faults(replaced(package_rels, one, same + one)) == faults{"docx.duplicate-relationship"});
  CHECK(package_faults(replaced(types, "</Types>",
                                "<Override PartName=\"/word/vba.bin\" "
                                "ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>")) == faults{});
}

TEST_CASE("macros in a document that says it has none are refused") {
  auto all = parts(p("a"));
  const std::string end = "</Types>";
  all[types].content.insert(all[types].content.find(end),
                            "<Override PartName=\"/word/vbaProject.bin\" "
                            "ContentType=\"application/vnd.ms-office.vbaProject\"/>");
  all.push_back({"word/vbaProject.bin", "x"});
  CHECK(package_faults(zip(all)) == faults{"docx.hidden-macros"});
}

TEST_CASE("a part in UTF-16 is read, and a broken one refused") {
  auto all = parts(p("a"));
  const auto utf8 = all[main_part].content;
  std::string utf16 = "\xff\xfe";
  for (const char c : utf8) {
    utf16 += c;
    utf16 += '\0';
  }
  all[main_part].content = utf16;
  CHECK(document_text(package::open(zip(all), "a.docx").take()) == "a\n");
  all[main_part].content.pop_back();
  CHECK(ids(document_template::compile(zip(all), "a.docx").notes) == faults{"docx.bad-utf16"});
}

TEST_CASE("relationships lead to parts that are there and are what they are taken for") {
  const auto with_relation = [](const std::string& kind, const std::string& target) {
    return replaced(
        document_rels, "</Relationships>",
        "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + kind +
            "\" Target=\"" + target + "\"/></Relationships>");
  };
  CHECK(package_faults(with_relation("image", "media/none.png")) == faults{"docx.dangling-target"});
  CHECK(package_faults(with_relation("image", "%64ocument.xml")) == faults{});
  CHECK(package_faults(with_relation("image", "%zz.xml")) == faults{"docx.dangling-target"});
  CHECK(package_faults(with_relation("image", "NULL")) == faults{});
  CHECK(package_faults(with_relation("hyperlink", "#cho")) == faults{});
  CHECK(package_faults(with_relation("header", "document.xml")) == faults{"docx.wrong-target"});
}

TEST_CASE("a style that is based on itself is refused, by however many steps") {
  const auto with_styles = [](const std::string& styles) {
    auto all = parts(p("a"));
    add_part(
        all, "word/styles.xml", "styles",
        "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">" + styles + "</w:styles>");
    return package_faults(zip(all));
  };
  const auto style = [](const std::string& id, const std::string& base) {
    return "<w:style w:type=\"paragraph\" w:styleId=\"" + id + "\"><w:name w:val=\"" + id + "\"/><w:basedOn w:val=\"" +
           base + "\"/></w:style>";
  };
  CHECK(with_styles(style("A", "B") + style("B", "C") + style("D", "B")) == faults{});
  CHECK(with_styles(style("A", "A")) == faults{"docx.style-cycle"});
  CHECK(with_styles(style("A", "B") + style("B", "C") + style("C", "B")) == faults{"docx.style-cycle"});
}

TEST_CASE("styles are looked at once, however many relationships lead to them") {
  auto all = parts(p("a"));
  add_part(all, "word/styles.xml", "styles",
           styles("<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:basedOn w:val=\"A\"/></w:style>"));
  auto& relations = all[2].content;
  const auto at = relations.find("<Relationship Id");
  auto again = relations.substr(at, relations.find("/>", at) + 2 - at);
  again.insert(again.find("Id=\"") + 4, "x");
  relations.insert(at, again);
  CHECK(package_faults(zip(all)) == faults{"docx.style-cycle"});
}
