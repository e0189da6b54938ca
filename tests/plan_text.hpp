// Small plans for tests: a head and two agencies around what a test is about.
#pragma once

#include <string>
#include <string_view>

#include "vanthu/plan.hpp"

namespace vanthu {

// Line 1 is the head, line 2 the agencies; `body` begins on line 3.
inline std::string small_plan(std::string_view body) {
  return "<plan xmlns=\"urn:vanthu:plan:1\" id=\"p\" issued=\"2023-04-18\" issuer=\"ubnd\" from=\"2023-04-18\" "
         "until=\"2025-12-31\" basis=\"assumption\">\n"
         "<agencies><agency id=\"ubnd\"/><agency id=\"phong\" parent=\"ubnd\"/><agency id=\"hoi\" kind=\"mass\"/>"
         "<agency id=\"xa-1\"/><agency id=\"xa-2\"/><group id=\"cac-xa\"><member agency=\"xa-1\"/>"
         "<member agency=\"xa-2\"/></group></agencies>\n" +
         std::string(body) + "</plan>\n";
}

// "ID LINE:COLUMN", one a line.
inline std::string remarks_of(const diagnostics& notes) {
  std::string out;
  for (const auto& d : notes)
    out += d.id() + " " + std::to_string(d.where.line) + ":" + std::to_string(d.where.column) + "\n";
  return out;
}

inline checked<plan> read_small(std::string_view body) {
  return read_plan(small_plan(body), "p.xml");
}
inline std::string faults_of(std::string_view body) {
  return remarks_of(read_small(body).notes);
}

}  // namespace vanthu
