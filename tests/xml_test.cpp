#include <doctest/doctest.h>

#include <iterator>
#include <string>

#include "vanthu/value.hpp"
#include "xml/characters.hpp"
#include "xml/tokens.hpp"

using namespace vanthu;

namespace {

// "id@offset", or "" for a text without a problem.
std::string fault(std::string_view text, const xml::limits& most = {}) {
  const auto found = xml::find_problem(text, most);
  return found ? found->what.id + "@" + std::to_string(found->offset) : "";
}

// The tokens of a text, a letter each, names and texts with them.
std::string outline(std::string_view text) {
  std::string out;
  xml::tokenizer tokens(text);
  while (true) {
    const auto& t = tokens.next();
    switch (t.kind) {
      case xml::kind::start:
        out += "<" + std::string(t.name) + (t.empty ? "/>" : ">");
        break;
      case xml::kind::end:
        out += "</" + std::string(t.name) + ">";
        break;
      case xml::kind::text:
        out += "'" + xml::decode(t.text) + "'";
        break;
      case xml::kind::cdata:
        out += "[" + std::string(t.text) + "]";
        break;
      case xml::kind::comment:
        out += "#";
        break;
      case xml::kind::instruction:
        out += "?";
        break;
      case xml::kind::declaration:
        out += "!";
        break;
      case xml::kind::done:
        return out;
      case xml::kind::failed:
        return out + " " + tokens.problem()->what.id;
    }
  }
}

}  // namespace

TEST_CASE("a text comes out as its tokens") {
  CHECK(outline(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- c --><a x='1'><b/>t&#xe9;<![CDATA[<&]]><?pi d?></a>\n") ==
        "!'\n'#<a><b/>'t\xc3\xa9'[<&]?</a>'\n'");
}

TEST_CASE("tokens lie side by side and cover the text") {
  const std::string text = "\xef\xbb\xbf<a> x <b y=\"1\"></b ><!----></a >\n";
  xml::tokenizer tokens(text);
  std::size_t at = 3;
  while (tokens.next().kind != xml::kind::done) {
    REQUIRE(tokens.current().kind != xml::kind::failed);
    CHECK(tokens.current().begin == at);
    at = tokens.current().end;
  }
  CHECK(at == text.size());
}

TEST_CASE("names are resolved against the namespaces in scope") {
  xml::tokenizer tokens("<a xmlns='u' xmlns:p='v' p:k='1' k='2'><p:b xmlns:p='w'/><p:c xmlns=''><d/></p:c></a>");
  tokens.next();
  CHECK(tokens.current().space == "u");
  CHECK(tokens.find_attribute("v", "k")->value == "1");
  CHECK(tokens.find_attribute("", "k")->value == "2");
  CHECK(tokens.find_attribute("w", "k") == nullptr);
  tokens.next();
  CHECK(tokens.current().space == "w");
  CHECK(tokens.current().local == "b");
  tokens.next();
  CHECK(tokens.current().space == "v");
  tokens.next();
  CHECK(tokens.current().name == "d");
  CHECK(tokens.current().space.empty());
  CHECK(tokens.depth() == 2);
  tokens.next();
  CHECK(tokens.current().local == "c");
  CHECK(tokens.current().space == "v");
}

TEST_CASE("a bad byte is found wherever it stands, after plain letters and marked ones") {
  for (const std::string letter : {"a", "đ", "ệ", "𝄞"})
    for (std::size_t before = 0; before < 20; ++before) {
      std::string head;
      for (std::size_t i = 0; i < before; ++i) head += i % 3 == 0 ? letter : "b";
      const auto fault_after = [&](const std::string& bad) { return xml::find_flaw(head + bad + "đuôi"); };
      CHECK(fault_after("\xff").what == xml::flaw::malformed);
      CHECK(fault_after("\xff").offset == head.size());
      CHECK(fault_after("\xe1\xbb").offset == head.size());  // a letter cut short
      CHECK(fault_after("\x01").what == xml::flaw::forbidden);
      CHECK(fault_after("\x01").offset == head.size());
      CHECK(xml::find_flaw(head).what == xml::flaw::none);
    }
}

TEST_CASE("all characters are known as what they are, and all that is none") {
  std::size_t wrong = 0;
  for (std::uint32_t code = 0; code < 0x110000; ++code) {
    if (code >= 0xd800 && code < 0xe000) continue;
    std::string text = "a";
    xml::append_utf8(text, code);
    const bool may_be = code == 9 || code == 10 || code == 13 || (code >= 0x20 && code != 0xfffe && code != 0xffff);
    const auto found = xml::find_flaw(text += "b");
    const bool is_right = may_be ? found.what == xml::flaw::none
                                 : found.what == xml::flaw::forbidden && found.code == code && found.offset == 1;
    if (!is_right) ++wrong;
  }
  // Bytes at which UTF-8 changes its mind, behind any lead, held against the other reader of UTF-8.
  constexpr unsigned char edges[] = {0x00, 0x1f, 0x20, 0x7f, 0x80, 0x8f, 0x90,
                                     0x9f, 0xa0, 0xbd, 0xbe, 0xbf, 0xc0, 0xff};
  for (unsigned lead = 0x80; lead < 0x100; ++lead)
    for (std::size_t next = 0; next < std::size(edges) * std::size(edges) * std::size(edges); ++next) {
      std::string text(1, static_cast<char>(lead));
      for (auto rest = next; text.size() < 4; rest /= std::size(edges))
        text += static_cast<char>(edges[rest % std::size(edges)]);
      const auto found = xml::find_flaw(text);
      const auto malformed = find_invalid_utf8(text);
      if (found.what == xml::flaw::malformed && malformed != found.offset) ++wrong;
      if (found.what == xml::flaw::none && malformed) ++wrong;
    }
  CHECK(wrong == 0);
}

TEST_CASE("a document type is refused wherever it stands") {
  CHECK(fault("<!DOCTYPE a><a/>") == "xml.doctype@0");
  CHECK(fault("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>") == "xml.doctype@21");
  CHECK(fault("<a><!DOCTYPE a></a>") == "xml.doctype@3");
}

TEST_CASE("duplicate attributes are refused, also under two prefixes of one namespace") {
  CHECK(fault("<a x='1' y='2' x='3'/>") == "xml.duplicate-attribute@15");
  CHECK(fault("<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>") == "xml.duplicate-attribute@35");
  CHECK(fault("<a xmlns:p='u' xmlns:p='u'/>") == "xml.duplicate-attribute@15");
  CHECK(fault("<a xmlns:p='u' xmlns:q='v' p:x='1' q:x='2' x='3'/>").empty());
}

TEST_CASE("tags must match") {
  CHECK(fault("<a><b></a></b>") == "xml.mismatched-tag@6");
  CHECK(fault("<a><b></b>") == "xml.unclosed-element@0");
  CHECK(fault("</a>") == "xml.unopened-element@0");
  CHECK(fault("<a/></a>") == "xml.unopened-element@4");
}

TEST_CASE("there is one root and nothing beside it") {
  CHECK(fault("") == "xml.no-root@0");
  CHECK(fault(" \n <!-- --> ") == "xml.no-root@12");
  CHECK(fault("<a/><b/>") == "xml.second-root@4");
  CHECK(fault("<a/> x") == "xml.text-outside-root@5");
  CHECK(fault("x<a/>") == "xml.text-outside-root@0");
  CHECK(fault("<a/><![CDATA[x]]>") == "xml.text-outside-root@4");
  CHECK(fault("<a/> &#32;") == "xml.text-outside-root@5");
}

TEST_CASE("characters XML does not allow are refused with their place") {
  CHECK(fault("<a>\x08</a>") == "xml.control-character@3");
  CHECK(fault(std::string_view("<a>x\0</a>", 9)) == "xml.control-character@4");
  CHECK(fault("<a>0123456789\x01</a>") == "xml.control-character@13");
  CHECK(fault("<a>\xef\xbf\xbf</a>") == "xml.control-character@3");
  CHECK(fault("<a>\t\r\n\x7f\xc2\x80</a>").empty());
}

TEST_CASE("malformed UTF-8 is refused with its place") {
  CHECK(fault("<a>\xff</a>") == "xml.invalid-utf8@3");
  CHECK(fault("<a>\xc0\xbc</a>") == "xml.invalid-utf8@3");
  CHECK(fault("<a>\xed\xa0\x80</a>") == "xml.invalid-utf8@3");
  CHECK(fault("<a>\xf4\x90\x80\x80</a>") == "xml.invalid-utf8@3");
  CHECK(fault("<a/>\xe1\xba") == "xml.invalid-utf8@4");
  CHECK(fault("<a>\xf0\x9f\x98\x80 \xe1\xbb\x99</a>").empty());
}

TEST_CASE("encodings other than UTF-8 are refused") {
  CHECK(fault(std::string_view("\xff\xfe<\0a\0/\0>\0", 10)) == "xml.encoding@0");
  CHECK(fault(std::string_view("\xfe\xff\0<\0a\0/\0>", 10)) == "xml.encoding@0");
  CHECK(fault(std::string_view("<\0a\0/\0>\0", 8)) == "xml.encoding@0");
  CHECK(fault("<?xml version='1.0' encoding='ISO-8859-1'?><a/>") == "xml.encoding@20");
  CHECK(fault("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><a/>").empty());
  CHECK(fault("\xef\xbb\xbf<?xml version='1.0'?><a/>").empty());
}

TEST_CASE("references are to characters and to the five entities") {
  CHECK(fault("<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;</a>").empty());
  CHECK(fault("<a>&nbsp;</a>") == "xml.unknown-entity@3");
  CHECK(fault("<a b='&nbsp;'/>") == "xml.unknown-entity@6");
  CHECK(fault("<a>&#0;</a>") == "xml.bad-character-reference@3");
  CHECK(fault("<a>&#x110000;</a>") == "xml.bad-character-reference@3");
  CHECK(fault("<a>&#xD800;</a>") == "xml.bad-character-reference@3");
  CHECK(fault("<a>&#;</a>") == "xml.bad-character-reference@3");
  CHECK(fault("<a>&#99999999999999999999;</a>") == "xml.bad-character-reference@3");
  CHECK(fault("<a>a & b</a>") == "xml.bare-ampersand@5");
  CHECK(fault("<a>&</a>") == "xml.bare-ampersand@3");
  CHECK(fault("<a>&;</a>") == "xml.bare-ampersand@3");
}

TEST_CASE("depth, attributes and namespaces are bounded") {
  xml::limits few;
  few.depth = 2;
  few.attributes = 3;
  few.namespaces = 4;
  CHECK(fault("<a><b/></a>", few).empty());
  CHECK(fault("<a><b><c/></b></a>", few) == "xml.too-deep@6");
  CHECK(fault("<a x='1' y='2' z='3' u='4'/>", few) == "xml.too-many-attributes@0");
  CHECK(fault("<a xmlns:p='1' xmlns:q='2' xmlns:r='3'/>", few) == "xml.too-many-namespaces@27");
  CHECK(fault("<a><b xmlns:p='1' xmlns:q='2'/><c xmlns:r='3'/></a>", few).empty());
}

TEST_CASE("a million unclosed elements end at the depth limit") {
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
  CHECK(fault(deep) == "xml.too-deep@768");
}

TEST_CASE("names and namespace declarations are checked") {
  CHECK(fault("<p:a/>") == "xml.undeclared-prefix@1");
  CHECK(fault("<a p:x='1'/>") == "xml.undeclared-prefix@3");
  CHECK(fault("<a><b xmlns:p='u'/><p:c/></a>") == "xml.undeclared-prefix@20");
  CHECK(fault("<a:b:c xmlns:a='u'/>") == "xml.bad-name@1");
  CHECK(fault("<:a/>") == "xml.bad-name@1");
  CHECK(fault("<a xmlns:p=''/>") == "xml.bad-namespace@3");
  CHECK(fault("<a xmlns:xmlns='u'/>") == "xml.bad-namespace@3");
  CHECK(fault("<a xmlns:xml='u'/>") == "xml.bad-namespace@3");
  CHECK(fault("<a xml:space='preserve'/>").empty());
}

TEST_CASE("what is not well-formed is refused where it goes wrong") {
  CHECK(fault("<a x=1/>") == "xml.syntax@5");
  CHECK(fault("<a x/>") == "xml.syntax@4");
  CHECK(fault("<a x='1'y='2'/>") == "xml.syntax@8");
  CHECK(fault("<a x='<'/>") == "xml.syntax@6");
  CHECK(fault("<1/>") == "xml.syntax@0");
  CHECK(fault("<a>]]></a>") == "xml.syntax@3");
  CHECK(fault("<a><!-- -- --></a>") == "xml.syntax@8");
  CHECK(fault("<a><?xml version='1.0'?></a>") == "xml.syntax@3");
  CHECK(fault("<?xml encoding='UTF-8'?><a/>") == "xml.syntax@6");
  CHECK(fault("<?xml?><a/>") == "xml.syntax@5");
  CHECK(fault("<?xml version='1.0' standalone='yes' encoding='UTF-8'?><a/>") == "xml.syntax@37");
  CHECK(fault("<a></a b>") == "xml.syntax@3");
  for (const std::string_view cut : {"<a", "<a ", "<a x", "<a x='", "<a><!--", "<a><![CDATA[ ", "<a></a", "<a><?p"})
    CHECK(fault(cut) == "xml.unexpected-end@" + std::to_string(cut.size()));
  CHECK(fault("<a") == "xml.unexpected-end@2");
}

TEST_CASE("pieces are decoded as XML asks") {
  CHECK(xml::decode("a\r\nb\rc&#13;&amp;&#x1EBF;") == "a\nb\nc\r&\xe1\xba\xbf");
  CHECK(xml::decode_attribute("a\r\nb\tc&#10;&quot;") == "a b c\n\"");
}

TEST_CASE("escaping is undone by decoding") {
  std::string text;
  xml::append_escaped(text, "a<b>&\"'");
  CHECK(text == "a&lt;b&gt;&amp;\"'");
  std::string value;
  xml::append_escaped_attribute(value, "<\"&>\n\t\r");
  CHECK(value == "&lt;&quot;&amp;&gt;&#10;&#9;&#13;");
  CHECK(xml::decode_attribute(value) == "<\"&>\n\t\r");
}

TEST_CASE("an offset is found as line and column") {
  const xml::line_index lines("ab\ncd\r\n\ne");
  CHECK(lines.at(0).line == 1);
  CHECK(lines.at(0).column == 1);
  CHECK(lines.at(4).line == 2);
  CHECK(lines.at(4).column == 2);
  CHECK(lines.at(7).line == 3);
  CHECK(lines.at(8).line == 4);
  CHECK(lines.at(99).line == 4);
  CHECK(xml::line_index("\xef\xbb\xbf<a/>").at(3).column == 1);
}

TEST_CASE("every problem has a place where it can be read") {
  const auto found = xml::find_problem("<a>\n  <b></c></a>");
  REQUIRE(found);
  CHECK(text(found->what, language::en) == "closing tag \"c\" does not match opening tag \"b\"");
  CHECK(text(found->what, language::vi) == "thẻ đóng «c» không khớp với thẻ mở «b»");
}
