#include "docx/fragment.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "xml/characters.hpp"

namespace vanthu::docx {
namespace {

std::string head_of(std::string_view xml, const part_scan& scan) {
  return fmt::format("<x{}>", declarations(xml.substr(scan.root.begin, scan.root.end - scan.root.begin)));
}

}  // namespace

std::string declarations(std::string_view start_tag) {
  std::string out;
  for (auto at = start_tag.find("xmlns"); at != start_tag.npos; at = start_tag.find("xmlns", at + 1)) {
    const auto quote = start_tag.find_first_of("\"'", at);
    if (quote == start_tag.npos) break;
    const auto end = start_tag.find(start_tag[quote], quote + 1);
    if (end == start_tag.npos) break;
    if (xml::is_space(start_tag[at - 1])) out.append(" ").append(start_tag.substr(at, end + 1 - at));
    at = end;
  }
  return out;
}

fragment::fragment(std::string_view xml, const part_scan& scan, range where)
    : text_(head_of(xml, scan)), offset_(where.begin), tokens_({}) {
  head_ = text_.size();
  text_.append(xml.substr(where.begin, where.end - where.begin)).append("</x>");
  tokens_ = xml::tokenizer(text_, xml::unlimited);
  tokens_.next();
}

bool fragment::next() {
  const auto& t = tokens_.next();
  if (t.kind == xml::kind::done || t.kind == xml::kind::failed) return false;
  if (t.kind == xml::kind::end && open_.empty()) return false;  // of what was put around it
  if (t.kind == xml::kind::start && !t.empty) open_.push_back(t.local);
  if (t.kind == xml::kind::end) open_.pop_back();
  return true;
}

std::string_view fragment::attribute(std::string_view local) const {
  for (const auto& a : tokens_.attributes())
    if (a.local == local) return a.value;
  return {};
}

range fragment::attribute_range(std::string_view local) const {
  const auto value = attribute(local);
  if (value.data() == nullptr) return {};
  const auto begin = static_cast<std::size_t>(value.data() - text_.data());
  return moved(begin, begin + value.size());
}

bool fragment::is_inside(std::string_view local) const {
  return std::ranges::find(open_, local) != open_.end();
}

}  // namespace vanthu::docx
