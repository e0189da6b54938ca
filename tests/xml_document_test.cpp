#include <doctest/doctest.h>

#include <string>

#include "xml/document.hpp"

using namespace vanthu;

namespace {

std::string place(const location& where) {
  return to_string(where);
}

}  // namespace

TEST_CASE("nodes and attributes of a document know their line and column") {
  diagnostics notes;
  const auto doc =
      xml::document::read("<?xml version=\"1.0\"?>\n<a>\n  <b\n    x=\"&lt;1\" y='2'/>é<c/>\n</a>", "f.xml", notes);
  REQUIRE(doc);
  CHECK(notes.empty());
  CHECK(place(doc->where(doc->root())) == "f.xml:2:1");
  const auto b = doc->root().child("b");
  CHECK(place(doc->where(b)) == "f.xml:3:3");
  CHECK(place(doc->where(b.attribute("x"))) == "f.xml:4:5");
  CHECK(place(doc->where(b.attribute("y"))) == "f.xml:4:15");
  CHECK(place(doc->where(doc->root().child("c"))) == "f.xml:4:24");
  CHECK(std::string(b.attribute("x").value()) == "<1");
}

TEST_CASE("what the strict check refuses never becomes a document") {
  diagnostics notes;
  CHECK(!xml::document::read("<a>\n<b x='1' x='2'/></a>", "f.xml", notes));
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].id() == "xml.duplicate-attribute");
  CHECK(notes[0].where.line == 2);
  notes.clear();
  CHECK(!xml::document::read("<!DOCTYPE a><a/>", "f.xml", notes));
  CHECK(notes.at(0).id() == "xml.doctype");
  notes.clear();
  CHECK(!xml::document::read("", "f.xml", notes));
  CHECK(notes.at(0).id() == "xml.no-root");
}

TEST_CASE("a byte order mark moves no column") {
  diagnostics notes;
  const auto doc = xml::document::read("\xEF\xBB\xBF<a x='1'/>", "f.xml", notes);
  REQUIRE(doc);
  CHECK(place(doc->where(doc->root())) == "f.xml:1:1");
  CHECK(place(doc->where(doc->root().first_attribute())) == "f.xml:1:4");
}

TEST_CASE("the words of an element are joined by single spaces, its verbatim text is only trimmed") {
  diagnostics notes;
  const auto doc = xml::document::read("<a>\n  một <!-- x -->hai\n  <![CDATA[ba]]> <b>bốn</b> </a>", "f.xml", notes);
  REQUIRE(doc);
  CHECK(xml::words(doc->root()) == "một hai ba");
  CHECK(xml::verbatim(doc->root()) == "một hai\n  ba");
}

TEST_CASE("a document that moves keeps its places") {
  diagnostics notes;
  auto doc = xml::document::read("<a><b/></a>", "f.xml", notes);
  REQUIRE(doc);
  const xml::document moved = std::move(*doc);
  CHECK(place(moved.where(moved.root().child("b"))) == "f.xml:1:4");
  CHECK(moved.source() == "f.xml");
}
