#include "docx/ids.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "docx/wordml.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

constexpr std::string_view drawing_spaces[] = {
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"};
constexpr std::string_view word_2010 = "http://schemas.microsoft.com/office/word/2010/wordml";

bool is_drawing_properties(const xml::token& t) {
  return t.local == "docPr" && std::ranges::find(drawing_spaces, t.space) != std::end(drawing_spaces);
}

std::uint32_t number_of(std::string_view text) {
  std::uint32_t n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

// Which block a place lies in, the innermost; nowhere for none. Places are asked for in order.
class block_finder {
 public:
  explicit block_finder(const std::vector<block>& blocks) : blocks_(blocks) {
    for (std::uint32_t i = 0; i < blocks.size(); ++i) order_.push_back(i);
    std::ranges::stable_sort(order_, [&](auto a, auto b) {
      return std::pair(blocks[a].begin, blocks[b].end) < std::pair(blocks[b].begin, blocks[a].end);
    });
  }
  std::uint32_t at(std::size_t offset) {
    while (next_ < order_.size() && blocks_[order_[next_]].begin <= offset) open_.push_back(order_[next_++]);
    while (!open_.empty() && blocks_[open_.back()].end <= offset) open_.pop_back();
    return open_.empty() ? nowhere : open_.back();
  }

 private:
  const std::vector<block>& blocks_;
  std::vector<std::uint32_t> order_, open_;
  std::size_t next_ = 0;
};

class id_finder {
 public:
  id_finder(std::string_view xml, const std::vector<block>& blocks, std::vector<edit>& edits)
      : xml_(xml), in_(blocks), edits_(edits), tokens_(xml, unlimited()) {}

  id_slots find() {
    while (tokens_.next().kind != xml::kind::done && tokens_.current().kind != xml::kind::failed) step();
    add_bookmarks();
    add_references();
    return std::move(out_);
  }

 private:
  // The text has been read once within its limits.
  static xml::limits unlimited() { return {1 << 20, 1 << 20, 1 << 20}; }

  struct bookmark {
    std::uint32_t block = nowhere;
    range element, id, name;
    std::string_view text;  // the name
  };
  struct reference {
    std::uint32_t block = nowhere;
    range where;
  };

  range of(std::string_view piece) const {
    const auto begin = static_cast<std::size_t>(piece.data() - xml_.data());
    return {begin, begin + piece.size()};
  }
  void cut(range r) { edits_.push_back({r.begin, r.end - r.begin, 1, 0, act::cut, 0}); }
  void replace(range r, act what, std::uint32_t slot) {
    edits_.push_back({r.begin, r.end - r.begin, 1, 0, what, slot});
  }
  void step();
  void on_start(const xml::token& t, std::uint32_t block);
  void on_word_element(const xml::token& t, std::uint32_t block);
  void on_field_code(const xml::token& t, std::uint32_t block);
  const xml::attribute* word_attribute(std::string_view local) const {
    return tokens_.find_attribute(tokens_.current().space, local);
  }
  void add_bookmarks();
  void add_references();

  std::string_view xml_;
  block_finder in_;
  std::vector<edit>& edits_;
  xml::tokenizer tokens_;
  id_slots out_;
  bool in_control_properties_ = false;
  bool in_field_code_ = false;
  std::map<std::string_view, bookmark> starts_, ends_;  // by id
  std::vector<reference> references_;
  std::map<std::string_view, std::pair<std::uint32_t, std::uint32_t>> slot_of_name_;  // block, slot
};

void id_finder::step() {
  const auto& t = tokens_.current();
  if (t.kind == xml::kind::end) {
    if (t.local == "sdtPr") in_control_properties_ = false;
    if (t.local == "instrText") in_field_code_ = false;
    return;
  }
  if (t.kind != xml::kind::start && !(t.kind == xml::kind::text && in_field_code_)) return;
  const auto block = in_.at(t.begin);
  if (t.kind == xml::kind::text) return on_field_code(t, block);
  on_start(t, block);
}

void id_finder::on_start(const xml::token& t, std::uint32_t block) {
  if (is_wordml(t.space)) on_word_element(t, block);
  if (block == nowhere) return;
  if (is_drawing_properties(t))
    if (const auto* id = tokens_.find_attribute("", "id")) {
      replace(of(id->value), act::drawing_id, static_cast<std::uint32_t>(out_.drawings.size()));
      out_.drawings.emplace_back(id->value);
    }
  for (const std::string_view name : {"paraId", "textId"})
    if (const auto* id = tokens_.find_attribute(word_2010, name)) cut({id->begin - 1, of(id->value).end + 1});
}

void id_finder::on_word_element(const xml::token& t, std::uint32_t block) {
  const bool starts = t.local == "bookmarkStart";
  if (starts || t.local == "bookmarkEnd") {
    const auto* id = word_attribute("id");
    const auto* name = word_attribute("name");
    if (id == nullptr || !t.empty || (starts && name == nullptr)) return;
    bookmark b{block, {t.begin, t.end}, of(id->value), {}, {}};
    if (starts) b.name = of(name->value), b.text = name->value;
    (starts ? starts_ : ends_).emplace(id->value, b);
    return;
  }
  if (t.local == "sdtPr") in_control_properties_ = !t.empty;
  if (t.local == "instrText") in_field_code_ = !t.empty;
  if (block == nowhere) return;
  if (in_control_properties_ && t.local == "id" && t.empty) cut({t.begin, t.end});
  if (t.empty && (t.local == "commentRangeStart" || t.local == "commentRangeEnd" || t.local == "commentReference"))
    replace({t.begin, t.end}, act::once, out_.once++);
  if (const auto* anchor = t.local == "hyperlink" ? word_attribute("anchor") : nullptr)
    references_.push_back({block, of(anchor->value)});
}

// REF name \h, PAGEREF name: every word that might be a name.
void id_finder::on_field_code(const xml::token& t, std::uint32_t block) {
  if (block == nowhere) return;
  for (std::size_t at = 0; at < t.text.size();) {
    const auto begin = std::min(t.text.find_first_not_of(" \t\r\n", at), t.text.size());
    const auto end = std::min(t.text.find_first_of(" \t\r\n", begin), t.text.size());
    if (end > begin) references_.push_back({block, of(t.text.substr(begin, end - begin))});
    at = end;
  }
}

// A bookmark that begins in one block and ends in another would not pair: it goes.
void id_finder::add_bookmarks() {
  for (const auto& [id, start] : starts_) {
    const auto end = ends_.find(id);
    const auto end_block = end == ends_.end() ? nowhere : end->second.block;
    if (start.block == nowhere && end_block == nowhere) continue;
    if (end == ends_.end() || start.block != end_block) {
      cut(start.element);
      if (end != ends_.end()) cut(end->second.element);
      continue;
    }
    const auto slot = static_cast<std::uint32_t>(out_.bookmarks.size());
    out_.bookmarks.push_back({std::string(id), std::string(start.text)});
    slot_of_name_.emplace(start.text, std::pair(start.block, slot));
    replace(start.id, act::bookmark_id, slot);
    replace(start.name, act::bookmark_name, slot);
    replace(end->second.id, act::bookmark_end_id, slot);
  }
}

void id_finder::add_references() {
  for (const auto& r : references_) {
    const auto at = slot_of_name_.find(xml_.substr(r.where.begin, r.where.end - r.where.begin));
    if (at != slot_of_name_.end() && at->second.first == r.block) replace(r.where, act::bookmark_name, at->second.second);
  }
}

}  // namespace

void note_ids(std::string_view xml, used_ids& used) {
  xml::tokenizer tokens(xml, {1 << 20, 1 << 20, 1 << 20});
  while (tokens.next().kind != xml::kind::done && tokens.current().kind != xml::kind::failed) {
    const auto& t = tokens.current();
    if (t.kind != xml::kind::start) continue;
    if (is_drawing_properties(t))
      if (const auto* id = tokens.find_attribute("", "id")) used.drawing = std::max(used.drawing, number_of(id->value));
    if (t.local != "bookmarkStart" || !is_wordml(t.space)) continue;
    if (const auto* id = tokens.find_attribute(t.space, "id"))
      used.bookmark = std::max(used.bookmark, number_of(id->value));
    if (const auto* name = tokens.find_attribute(t.space, "name")) used.names.emplace(name->value);
  }
}

id_slots find_ids(std::string_view xml, const std::vector<block>& blocks, std::vector<edit>& edits) {
  if (blocks.empty()) return {};
  return id_finder(xml, blocks, edits).find();
}

}  // namespace vanthu::docx
