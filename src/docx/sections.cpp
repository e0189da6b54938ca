#include <algorithm>

#include "docx/structure.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

// The token's text begins where a tokenizer that knows the namespaces would find it: names are compared by prefix.
struct walker {
  std::string_view prefix;  // of the body's name: "w:"
  bool is(const xml::token& t, std::string_view local) const {
    return t.name.size() == prefix.size() + local.size() && t.name.starts_with(prefix) && t.name.ends_with(local);
  }
};

}  // namespace

std::vector<section> find_sections(std::string_view xml, const node& body) {
  const walker w{prefix_of(body.name)};
  xml::tokenizer tokens(xml, xml::unlimited);
  std::vector<section> out;
  section now;
  now.content.begin = body.inner;
  range properties, child;
  int inside = 0;  // depth below the body
  int at_properties = 0;
  while (tokens.next().kind != xml::kind::done && tokens.current().kind != xml::kind::failed) {
    const auto& t = tokens.current();
    if (t.begin < body.inner || t.end > body.inner_end) continue;
    if (t.kind == xml::kind::start) {
      if (inside == 0) child = {t.begin, t.end}, properties = {};
      if (w.is(t, "sectPr") && inside <= 2 && properties.empty()) properties = {t.begin, t.end}, at_properties = inside;
      if (!t.empty) ++inside;
    } else if (t.kind == xml::kind::end) {
      --inside;
      if (w.is(t, "sectPr") && inside == at_properties && !properties.empty()) properties.end = t.end;
    }
    const bool child_ends = inside == 0 && (t.kind == xml::kind::end || (t.kind == xml::kind::start && t.empty));
    if (!child_ends || properties.empty()) continue;
    now.is_last = properties.begin == child.begin;
    now.properties = properties;
    now.content.end = now.is_last ? child.begin : t.end;
    out.push_back(now);
    now.content.begin = t.end;
    properties = {};
  }
  if (out.empty() || !out.back().is_last) out.push_back({{now.content.begin, body.inner_end}, {}, true});
  return out;
}

}  // namespace vanthu::docx
