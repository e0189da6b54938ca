#include "docx/drawings.hpp"

#include <fmt/format.h>

#include "docx/signs.hpp"

namespace vanthu::docx {
namespace {

constexpr std::string_view vml = "urn:schemas-microsoft-com:vml";
constexpr std::string_view drawing_2016_svg = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";

bool is_drawing(const xml::token& t) {
  return is_wordml(t.space) && (t.local == "drawing" || t.local == "pict" || t.local == "object");
}
range of(std::string_view xml, std::string_view piece) {
  const auto begin = static_cast<std::size_t>(piece.data() - xml.data());
  return {begin, begin + piece.size()};
}

const xml::attribute* relation_of(const xml::tokenizer& tokens, std::string_view local) {
  for (const auto& a : tokens.attributes())
    if (a.local == local && is_relationship_space(a.space)) return &a;
  return nullptr;
}

}  // namespace

bool is_relationship_space(std::string_view space) {
  return space == "http://schemas.openxmlformats.org/officeDocument/2006/relationships" ||
         space == "http://purl.oclc.org/ooxml/officeDocument/relationships";
}

void drawing_finder::on_start(std::string_view xml, const xml::tokenizer& tokens, std::size_t depth, int paragraph) {
  const auto& t = tokens.current();
  if (is_drawing(t) && !t.empty) {
    open_.push_back({depth, {}});
    open_.back().found.element.begin = t.begin;
    open_.back().found.place = fmt::format("#p[{}]", paragraph);
    return;
  }
  if (open_.empty()) return;
  auto& found = open_.back().found;
  const auto* alternative = t.local == "docPr"                     ? tokens.find_attribute("", "descr")
                            : t.local == "shape" && t.space == vml ? tokens.find_attribute("", "alt")
                                                                   : nullptr;
  if (alternative != nullptr && found.alternative.empty()) found.alternative = of(xml, alternative->value);
  if (const auto* other = t.local == "cNvPr" ? tokens.find_attribute("", "descr") : nullptr)
    found.again.push_back(of(xml, other->value));
  if (t.local == "ext" && !t.empty) {
    extension_ = t.begin;
    extension_depth_ = depth;
  }
  if (t.local == "svgBlip" && t.space == drawing_2016_svg) cuts_extension_ = true;
  const bool chart = t.local == "chart" && is_chart_space(t.space);
  const auto* relation = t.local == "blip"                                     ? relation_of(tokens, "embed")
                         : chart || (t.local == "imagedata" && t.space == vml) ? relation_of(tokens, "id")
                                                                               : nullptr;
  if (relation == nullptr || !found.relation.empty()) return;
  found.relation = of(xml, relation->value);
  found.is_chart = chart;
}

void drawing_finder::on_end(const xml::token& t, std::size_t depth) {
  if (open_.empty()) return;
  if (cuts_extension_ && t.local == "ext" && depth == extension_depth_) {
    open_.back().found.other.push_back({extension_, t.end});
    cuts_extension_ = false;
  }
  if (depth != open_.back().depth) return;
  auto& found = open_.back().found;
  found.element.end = t.end;
  if (!found.alternative.empty() && !found.relation.empty()) found_.push_back(std::move(found));
  open_.pop_back();
}

std::vector<placeholder> drawing_finder::take(std::string_view xml, std::string_view open, std::string_view close) {
  std::vector<placeholder> out;
  const auto sign = std::string(open) + "%";
  const auto text_in = [&](const range& r) { return xml.substr(r.begin, r.end - r.begin); };
  for (auto& p : found_) {
    std::erase_if(p.again, [&](const range& r) { return text_in(r) != text_in(p.alternative); });
    const auto decoded = xml::decode_attribute(text_in(p.alternative));
    auto text = trimmed(decoded);
    if (!text.starts_with(sign) || !text.ends_with(close)) continue;
    p.written = text;
    text.remove_prefix(sign.size());
    text.remove_suffix(close.size());
    p.text = trimmed(text);
    out.push_back(std::move(p));
  }
  return out;
}

}  // namespace vanthu::docx
