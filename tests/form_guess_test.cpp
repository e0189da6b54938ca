// Which form is taken where none is named.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "form_text.hpp"

using namespace form_text;

namespace {

// The form taken, and the remark that says why.
std::string taken(const parts& of) {
  const auto found = form::guess_parts(store(of));
  REQUIRE(found.notes.size() == 1);
  const auto& d = found.notes.front();
  std::string out = found ? std::string(form::name_of(*found)) : "none";
  out += " " + d.what.id + " " + d.where.path;
  for (const auto& a : d.what.args) out += " " + a;
  CHECK((d.level == severity::note) == found.value.has_value());
  return out;
}
parts titled(std::string_view type) {
  return with("BÁO CÁO", type);
}
parts about(std::string_view words, parts all) {
  return with("Số: 05/BC-PNV", "Số: 05/BC-PNV</w:t><w:br/><w:t>" + std::string(words), "word/document.xml", all);
}

}  // namespace

TEST_CASE("form.assumed: the name of a type tells form 1.4, in capitals or not, also where «V/v» stands above it") {
  CHECK(taken(conforming()) == "1.4 form.assumed word/document.xml#p[7] 1.4 «BÁO CÁO»");
  CHECK(taken(titled("Tờ trình")) == "1.4 form.assumed word/document.xml#p[7] 1.4 «Tờ trình»");
  CHECK(taken(about("V/v báo cáo", conforming())) == "1.4 form.assumed word/document.xml#p[7] 1.4 «BÁO CÁO»");
}

TEST_CASE("form.assumed: «Kính gửi» without a type name tells a letter, and so does «V/v»") {
  CHECK(taken(titled("")) == "1.5 form.assumed word/document.xml#p[9] 1.5 «Kính gửi: Ủy ban nhân dân huyện Kỳ Anh»");
  CHECK(taken(about("V/v báo cáo", titled(""))) == "1.5 form.assumed word/document.xml#p[5] 1.5 «V/v báo cáo»");
  CHECK(taken(with("Kính gửi: Ủy ban nhân dân huyện Kỳ Anh", "", "word/document.xml",
                   about("V/v báo cáo", titled("")))) == "1.5 form.assumed word/document.xml#p[5] 1.5 «V/v báo cáo»");
}

TEST_CASE("form.assumed: «Phụ lục» at the head tells an annex, below a national name it does not") {
  CHECK(taken(with("<w:tbl>", paragraph(centered, bold14, "Phụ lục I") + "<w:tbl>")) ==
        "annex form.assumed word/document.xml#p[1] annex «Phụ lục I»");
  CHECK(taken(titled("Phụ lục I")) ==
        "1.5 form.assumed word/document.xml#p[9] 1.5 «Kính gửi: Ủy ban nhân dân huyện Kỳ Anh»");
}

TEST_CASE("form.not-covered: a paper of another sample form is named with it, and judged by none") {
  CHECK(taken(titled("QUYẾT ĐỊNH")) == "none form.not-covered word/document.xml#p[7] «QUYẾT ĐỊNH» 1.2, 1.3");
  CHECK(taken(titled("BIÊN BẢN")) == "none form.not-covered word/document.xml#p[7] «BIÊN BẢN» 1.9");
}

TEST_CASE("form.nothing-shown: a paper that shows nothing is taken for one with a type name") {
  parts all{{"word/document.xml", "<w:document " + std::string(space) + "><w:body/></w:document>"}};
  CHECK(taken(all) == "1.4 form.nothing-shown word/document.xml 1.4");
}

TEST_CASE("a part that cannot be read tells no form") {
  const auto found = form::guess_parts(store(with("</w:styles>", "", "word/styles.xml")));
  CHECK_FALSE(found.value.has_value());
  REQUIRE(found.notes.size() == 1);
  CHECK(found.notes.front().what.id == "xml.unclosed-element");
}

TEST_CASE("the forms there are can be listed, and each has rules") {
  const auto names = form_names();
  CHECK(names == std::vector<std::string>{"1.4", "1.5", "annex"});
  for (const auto& name : names) CHECK_FALSE(form_rules(name).empty());
}
