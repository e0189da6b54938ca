#include "docx/ids.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "docx/drawings.hpp"
#include "docx/field_words.hpp"
#include "docx/given_numbers.hpp"
#include "docx/wordml.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

constexpr std::string_view drawing_spaces[] = {"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
                                               "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"};
constexpr std::string_view word_2010 = "http://schemas.microsoft.com/office/word/2010/wordml";

bool is_drawing_properties(const xml::token& t) {
  return t.local == "docPr" && std::ranges::find(drawing_spaces, t.space) != std::end(drawing_spaces);
}

range range_of(std::string_view xml, std::string_view piece) {
  const auto begin = static_cast<std::size_t>(piece.data() - xml.data());
  return {begin, begin + piece.size()};
}

// Of the current start: the attributes that Word gives out again by itself, with the space before them.
void cut_paragraph_ids(std::string_view xml, const xml::tokenizer& tokens, std::vector<edit>& edits) {
  for (const std::string_view name : {"paraId", "textId"}) {
    const auto* id = tokens.find_attribute(word_2010, name);
    if (id == nullptr) continue;
    const auto begin = id->begin - 1;
    edits.push_back({begin, range_of(xml, id->value).end + 1 - begin, 1, 0, act::cut, 0});
  }
}

std::uint32_t number_of(std::string_view text) {
  std::uint32_t n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

// The innermost block something lies in, and which of its alternatives: what stands in the same one comes together.
struct branch {
  std::uint32_t block = nowhere;
  std::uint32_t alternative = 0;
  friend bool operator==(const branch&, const branch&) = default;
};

// Places are asked for in order.
class block_finder {
 public:
  block_finder(const std::vector<block>& blocks, const std::vector<edit>& edits)
      : blocks_(blocks), alternatives_(blocks.size()) {
    for (const auto& e : edits)
      if (e.what == act::alternative) alternatives_[e.a].push_back(e.offset);
    for (auto& a : alternatives_) std::ranges::sort(a);
    for (std::uint32_t i = 0; i < blocks.size(); ++i) order_.push_back(i);
    std::ranges::stable_sort(order_, [&](auto a, auto b) {
      return std::pair(blocks[a].begin, blocks[b].end) < std::pair(blocks[b].begin, blocks[a].end);
    });
  }
  branch at(std::size_t offset) {
    while (next_ < order_.size() && blocks_[order_[next_]].begin <= offset) open_.push_back(order_[next_++]);
    while (!open_.empty() && blocks_[open_.back()].end <= offset) open_.pop_back();
    if (open_.empty()) return {};
    const auto& alternatives = alternatives_[open_.back()];
    const auto begun = std::ranges::upper_bound(alternatives, offset) - alternatives.begin();
    return {open_.back(), static_cast<std::uint32_t>(begun)};
  }

  // The innermost block around the last place asked for that is one of these.
  std::uint32_t innermost_of(const std::vector<bool>& these) const {
    const auto at = std::find_if(open_.rbegin(), open_.rend(), [&](auto b) { return these[b]; });
    return at == open_.rend() ? nowhere : *at;
  }

 private:
  const std::vector<block>& blocks_;
  std::vector<std::vector<std::size_t>> alternatives_;  // where those of each block begin
  std::vector<std::uint32_t> order_, open_;
  std::size_t next_ = 0;
};

class id_finder {
 public:
  id_finder(std::string_view xml, part_plan& plan, const styled_numbers& numbers, std::set<std::uint32_t>& torn)
      : xml_(xml),
        in_(plan.blocks, plan.edits),
        restarts_(plan.restarts),
        numbers_(numbers),
        edits_(plan.edits),
        torn_(torn),
        tokens_(xml, xml::unlimited) {}

  id_slots find() {
    while (tokens_.next().kind != xml::kind::done && tokens_.current().kind != xml::kind::failed) step();
    add_bookmarks();
    add_comments();
    add_twins();
    add_references();
    for (const auto& begun : fields_)
      if (begun.block != nowhere) torn_.insert(begun.block);
    return std::move(out_);
  }

 private:
  struct bookmark {
    branch in;
    range element, id, name;
    std::string_view text;  // the name
  };
  struct reference {
    branch in;
    range where;
  };

  range of(std::string_view piece) const { return range_of(xml_, piece); }
  // An element without content, written in one piece or with an end tag; nothing when it has content.
  std::optional<range> childless(const xml::token& t) const {
    if (t.empty) return range{t.begin, t.end};
    const auto next = xml_.find_first_not_of(" \t\r\n", t.end);
    if (next == xml_.npos || !xml_.substr(next).starts_with("</")) return {};
    return range{t.begin, xml_.find('>', next) + 1};
  }
  void cut(range r) { edits_.push_back({r.begin, r.end - r.begin, 1, 0, act::cut, 0}); }
  void replace(range r, act what, std::uint32_t slot) {
    edits_.push_back({r.begin, r.end - r.begin, 1, 0, what, slot});
  }
  void step();
  void on_start(const xml::token& t, branch in);
  void on_picture(const xml::token& t);
  void on_word_element(const xml::token& t, branch in);
  void on_bookmark(const xml::token& t, branch in);
  void on_note_reference(const xml::token& t);
  void on_list(const xml::token& t);
  void on_field_code(const xml::token& t, branch in);
  void on_field_mark(branch in);
  const xml::attribute* word_attribute(std::string_view local) const {
    return tokens_.find_attribute(tokens_.current().space, local);
  }
  void add_bookmarks();
  void add_comments();
  void add_twins();
  void add_references();
  void add_list(range number);
  std::uint32_t slot_of_list(std::uint32_t block, const std::string& number);
  void on_style(const xml::token& t);
  void add_texts(std::size_t offset, std::vector<given_numbers::addition> additions);
  void add_text(std::size_t offset, std::string text);

  std::string_view xml_;
  block_finder in_;
  const std::vector<bool>& restarts_;  // of blocks
  const styled_numbers& numbers_;
  std::vector<edit>& edits_;
  std::set<std::uint32_t>& torn_;
  xml::tokenizer tokens_;
  id_slots out_;
  given_numbers given_;
  bool in_control_properties_ = false;
  bool in_field_code_ = false;
  std::map<std::string_view, bookmark> starts_, ends_;        // by id
  std::vector<std::pair<std::string_view, bookmark>> twins_;  // the same once more, in what is written in two ways
  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> lists_;  // slots by block and number
  std::map<std::string_view, std::uint32_t> pictures_;                    // slots by relationship
  std::uint32_t order_ = 0;                                               // of what is added at one place
  std::map<std::string_view, std::vector<reference>> comments_;  // where they begin and end, by id
  std::vector<reference> references_;
  std::vector<branch> fields_;  // where open ones begin
  std::map<std::string_view, std::pair<branch, std::uint32_t>> slot_of_name_;
};

void id_finder::step() {
  const auto& t = tokens_.current();
  if (t.kind == xml::kind::end) {
    add_texts(t.begin, given_.on_end(tokens_.depth()).before);
    if (t.local == "sdtPr") in_control_properties_ = false;
    if (t.local == "instrText") in_field_code_ = false;
    return;
  }
  if (t.kind != xml::kind::start && !(t.kind == xml::kind::text && in_field_code_)) return;
  const auto in = in_.at(t.begin);
  if (t.kind == xml::kind::text) return on_field_code(t, in);
  on_start(t, in);
}

void id_finder::on_start(const xml::token& t, branch in) {
  if (is_wordml(t.space)) on_word_element(t, in);
  if (in.block == nowhere) return;
  if (t.local == "blip" || t.local == "svgBlip" || t.local == "imagedata") on_picture(t);
  if (is_drawing_properties(t))
    if (const auto* id = tokens_.find_attribute("", "id")) {
      replace(of(id->value), act::drawing_id, static_cast<std::uint32_t>(out_.drawings.size()));
      out_.drawings.emplace_back(id->value);
    }
  cut_paragraph_ids(xml_, tokens_, edits_);
}

void id_finder::on_picture(const xml::token& t) {
  for (const auto& a : tokens_.attributes()) {
    if (!is_relationship_space(a.space)) continue;
    const auto [slot, is_new] = pictures_.try_emplace(a.value, static_cast<std::uint32_t>(out_.pictures.size()));
    if (is_new) out_.pictures.push_back({std::string(a.value), 0});
    ++out_.pictures[slot->second].places;
    edits_.push_back({t.begin, 0, 2, order_++, act::shown_picture, slot->second});
  }
}

void id_finder::on_bookmark(const xml::token& t, branch in) {
  const bool starts = t.local == "bookmarkStart";
  const auto* id = word_attribute("id");
  const auto* name = word_attribute("name");
  const auto element = childless(t);
  if (id == nullptr || !element || (starts && name == nullptr)) return;
  bookmark b{in, *element, of(id->value), {}, {}};
  if (starts) b.name = of(name->value), b.text = name->value;
  if (!(starts ? starts_ : ends_).emplace(id->value, b).second) twins_.emplace_back(id->value, b);
}

void id_finder::on_note_reference(const xml::token& t) {
  const auto* id = word_attribute("id");
  if (id == nullptr) return;
  replace(of(id->value), act::note_reference, static_cast<std::uint32_t>(out_.notes.size()));
  out_.notes.push_back({t.local == "endnoteReference", std::string(id->value)});
}

// What numbers a paragraph: its style, or a list it names itself.
void id_finder::on_list(const xml::token& t) {
  const auto around = tokens_.depth() - (t.empty ? 0 : 1);
  auto given = given_.on_start(t, around);
  add_texts(t.begin, std::move(given.before));
  if (given.goes) cut({t.begin, t.end});
  if (t.local == "pStyle" && given_.is_property(around)) on_style(t);
  if (t.local == "numId")
    if (const auto* number = word_attribute("val")) add_list(of(number->value));
}

void id_finder::on_word_element(const xml::token& t, branch in) {
  if (t.local == "bookmarkStart" || t.local == "bookmarkEnd") return on_bookmark(t, in);
  if (t.local == "commentRangeStart" || t.local == "commentRangeEnd")
    if (const auto element = childless(t))
      if (const auto* id = word_attribute("id")) comments_[id->value].push_back({in, *element});
  if (t.local == "fldChar") on_field_mark(in);
  if (t.local == "sdtPr") in_control_properties_ = !t.empty;
  if (t.local == "instrText") in_field_code_ = !t.empty;
  if (in.block == nowhere) return;
  on_list(t);
  if (t.local == "footnoteReference" || t.local == "endnoteReference") on_note_reference(t);
  if (in_control_properties_ && t.local == "id")
    if (const auto element = childless(t)) cut(*element);
  if (t.local == "commentReference")
    if (const auto element = childless(t)) replace(*element, act::once, out_.once++);
  if (const auto* anchor = t.local == "hyperlink" ? word_attribute("anchor") : nullptr)
    references_.push_back({in, of(anchor->value)});
}

void id_finder::add_list(range number) {
  const auto block = in_.innermost_of(restarts_);
  if (block == nowhere) return;
  const std::string text(xml_.substr(number.begin, number.end - number.begin));
  replace(number, act::list_number, slot_of_list(block, text));
}

std::uint32_t id_finder::slot_of_list(std::uint32_t block, const std::string& number) {
  const auto [slot, is_new] = lists_.try_emplace({block, number}, static_cast<std::uint32_t>(out_.lists.size()));
  if (is_new) out_.lists.push_back({number, block});
  return slot->second;
}

// A paragraph whose style puts it into a list that begins anew is given the number of the list itself.
void id_finder::on_style(const xml::token& t) {
  const auto* style = word_attribute("val");
  if (style == nullptr || in_.innermost_of(restarts_) == nowhere) return;
  const auto number = numbers_.find(xml::decode_attribute(style->value));
  if (number != numbers_.end()) given_.give(prefix_of(t.name), number->second);
}

void id_finder::add_texts(std::size_t offset, std::vector<given_numbers::addition> additions) {
  for (auto& a : additions) {
    add_text(offset, std::move(a.before));
    if (a.list.empty()) continue;
    edits_.push_back({offset, 0, 1, order_++, act::list_number, slot_of_list(in_.innermost_of(restarts_), a.list)});
    add_text(offset, std::move(a.after));
  }
}

void id_finder::add_text(std::size_t offset, std::string text) {
  edits_.push_back({offset, 0, 1, order_++, act::added_text, static_cast<std::uint32_t>(out_.texts.size())});
  out_.texts.push_back(std::move(text));
}

// What begins in a branch must end in it.
void id_finder::on_field_mark(branch in) {
  const auto* type = word_attribute("fldCharType");
  if (type != nullptr && type->value == "begin") fields_.push_back(in);
  if (type == nullptr || type->value != "end") return;
  const auto begun = fields_.empty() ? branch{} : fields_.back();
  if (!fields_.empty()) fields_.pop_back();
  if (begun != in) torn_.insert(in.block != nowhere ? in.block : begun.block);
}

// REF name \h, PAGEREF name: every word that might be a name.
void id_finder::on_field_code(const xml::token& t, branch in) {
  if (in.block == nowhere) return;
  for (const auto word : plain_words(t.text)) references_.push_back({in, of(word)});
}

// A bookmark that begins in one branch and ends in another would not pair: it goes.
void id_finder::add_bookmarks() {
  for (const auto& [id, start] : starts_) {
    const auto end = ends_.find(id);
    const auto ends_in = end == ends_.end() ? branch{} : end->second.in;
    if (start.in.block == nowhere && ends_in.block == nowhere) continue;
    if (end == ends_.end() || start.in != ends_in) {
      cut(start.element);
      if (end != ends_.end()) cut(end->second.element);
      continue;
    }
    const auto slot = static_cast<std::uint32_t>(out_.bookmarks.size());
    out_.bookmarks.push_back({std::string(id), std::string(start.text)});
    slot_of_name_.emplace(start.text, std::pair(start.in, slot));
    replace(start.id, act::bookmark_id, slot);
    replace(start.name, act::bookmark_name, slot);
    replace(end->second.id, act::bookmark_end_id, slot);
  }
}

// So do the ends of a comment; the comment itself stays where its reference is.
void id_finder::add_comments() {
  for (const auto& [id, marks] : comments_) {
    const bool pairs = std::ranges::all_of(marks, [in = marks.front().in](const reference& m) { return m.in == in; });
    for (const auto& m : marks)
      if (!pairs)
        cut(m.where);
      else if (m.in.block != nowhere)
        replace(m.where, act::once, out_.once++);
  }
}

// A text box is often there twice, once for each kind of reader; its bookmarks too.
void id_finder::add_twins() {
  for (const auto& [id, twin] : twins_) {
    const auto first = starts_.find(id);
    if (first == starts_.end() || first->second.in != twin.in) continue;
    const auto slot = slot_of_name_.find(first->second.text);
    if (slot == slot_of_name_.end()) continue;
    replace(twin.id, act::bookmark_end_id, slot->second.second);
    if (!twin.name.empty()) replace(twin.name, act::bookmark_name, slot->second.second);
  }
}

void id_finder::add_references() {
  for (const auto& r : references_) {
    const auto at = slot_of_name_.find(xml_.substr(r.where.begin, r.where.end - r.where.begin));
    if (at != slot_of_name_.end() && at->second.first == r.in) replace(r.where, act::bookmark_name, at->second.second);
  }
}

// The greatest of the ids, behind which all are free. Some programs make them at random: where that leaves little room
// below what Word takes for an id, the beginning of the widest gap between two of them.
std::uint32_t room_behind(std::vector<std::uint32_t> ids) {
  constexpr std::uint32_t most = 0x7fffffff;
  ids.push_back(0);
  std::erase_if(ids, [](std::uint32_t id) { return id > most; });
  std::ranges::sort(ids);
  if (ids.back() <= most / 2) return ids.back();
  ids.push_back(most);
  auto widest = ids.begin();
  for (auto at = ids.begin(); at + 1 != ids.end(); ++at)
    if (*(at + 1) - *at > *(widest + 1) - *widest) widest = at;
  return *widest;
}

}  // namespace

void note_ids(std::string_view xml, taken_ids& taken) {
  xml::tokenizer tokens(xml, xml::unlimited);
  while (tokens.next().kind != xml::kind::done && tokens.current().kind != xml::kind::failed) {
    const auto& t = tokens.current();
    if (t.kind != xml::kind::start) continue;
    if (is_drawing_properties(t))
      if (const auto* id = tokens.find_attribute("", "id")) taken.drawings.push_back(number_of(id->value));
    if (t.local != "bookmarkStart" || !is_wordml(t.space)) continue;
    if (const auto* id = tokens.find_attribute(t.space, "id")) taken.bookmarks.push_back(number_of(id->value));
    if (const auto* name = tokens.find_attribute(t.space, "name")) taken.names.emplace(name->value);
  }
}

used_ids room_beside(taken_ids taken) {
  return {room_behind(std::move(taken.drawings)), room_behind(std::move(taken.bookmarks)), std::move(taken.names)};
}

id_slots find_ids(std::string_view xml, part_plan& plan, const styled_numbers& numbers, std::set<std::uint32_t>& torn) {
  if (plan.blocks.empty()) return {};
  return id_finder(xml, plan, numbers, torn).find();
}

std::vector<note_slot> find_notes(std::string_view xml, std::vector<edit>& edits) {
  std::vector<note_slot> out;
  xml::tokenizer tokens(xml, xml::unlimited);
  const auto add = [&](range where, unsigned char rank, act what) {
    edits.push_back({where.begin, where.end - where.begin, rank, 0, what, static_cast<std::uint32_t>(out.size())});
  };
  std::optional<note_slot> open;
  while (tokens.next().kind != xml::kind::done && tokens.current().kind != xml::kind::failed) {
    const auto& t = tokens.current();
    const bool is_note = is_wordml(t.space) && (t.local == "footnote" || t.local == "endnote");
    if (t.kind == xml::kind::start && is_note && !t.empty) {
      open.reset();
      const auto* id = tokens.find_attribute(t.space, "id");
      if (id == nullptr || tokens.find_attribute(t.space, "type") != nullptr) continue;
      open = note_slot{t.local == "endnote", std::string(id->value)};
      add({t.begin, t.begin}, 2, act::note_begin);
      add(range_of(xml, id->value), 1, act::note_id);
    } else if (t.kind == xml::kind::end && is_note && open) {
      add({t.end, t.end}, 0, act::note_end);
      out.push_back(*std::exchange(open, {}));
    } else if (t.kind == xml::kind::start && open) {
      cut_paragraph_ids(xml, tokens, edits);
    }
  }
  return out;
}

}  // namespace vanthu::docx
