#include "docx/story_copy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "docx/addresses.hpp"
#include "docx/drawings.hpp"
#include "docx/field_words.hpp"
#include "docx/given_numbers.hpp"
#include "docx/obstacles.hpp"
#include "docx/signs.hpp"
#include "docx/wordml.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

// Extensions that any reader may ignore.
bool is_extension(std::string_view space) {
  return space.starts_with("http://schemas.microsoft.com/office/word/");
}

// What stays behind.
bool goes(const xml::token& t, bool in_control) {
  if (t.local == "hlinkClick" || t.local == "hlinkHover") return true;  // of drawings
  if (!is_wordml(t.space)) return false;
  if (in_control && t.local == "id") return true;
  for (const std::string_view name :
       {"sectPr", "commentRangeStart", "commentRangeEnd", "commentReference", "proofErr", "dataBinding", "placeholder"})
    if (t.local == name) return true;
  return false;
}

// Fields that fetch something from elsewhere do not come along, links only where data may lead.
void check_code(std::string_view code) {
  const auto words = plain_words(code);
  if (words.empty()) return;
  const auto name = lower_ascii(words.front());
  for (const std::string_view fetches :
       {"dde", "ddeauto", "include", "includetext", "includepicture", "import", "link", "database", "rd"})
    if (name == fetches) refuse(fetching_field(words.front()));
  if (name != "hyperlink" || words.size() < 2 || words[1].starts_with('\\')) return;
  auto address = words[1];
  if (address.starts_with('"')) address.remove_prefix(1);
  if (address.ends_with('"')) address.remove_suffix(1);
  if (!address.empty() && !is_safe_address(address)) refuse(link_to(address));
}

class copier {
 public:
  copier(insertion& with, const story& s) : with_(with), story_(s), xml_(s.xml), tokens_(s.xml, xml::unlimited) {}
  inserted_document run();

 private:
  struct change {
    std::size_t begin = 0, end = 0;
    std::string by;
  };
  struct choice {
    int depth = 0;
    std::string_view needs;  // prefixes
  };

  const xml::token& token() const { return tokens_.current(); }
  int outside() const {  // elements around the current start
    return tokens_.depth() - (token().empty ? 0 : 1);
  }
  void flush(std::size_t to) {
    if (to > at_) out_.markup += xml_.substr(at_, to - at_);
    at_ = std::max(at_, to);
  }
  std::size_t offset_of(std::string_view piece) const { return static_cast<std::size_t>(piece.data() - xml_.data()); }
  void replace(std::string_view piece, std::string_view by) {
    std::string escaped;
    xml::append_escaped_attribute(escaped, by);
    replace_written(piece, std::move(escaped));
  }
  void replace_written(std::string_view piece, std::string by) {
    changes_.push_back({offset_of(piece), offset_of(piece) + piece.size(), std::move(by)});
  }
  void drop(const xml::attribute& a) { changes_.push_back({a.begin - 1, offset_of(a.value) + a.value.size() + 1, {}}); }
  void carry_out();

  void read_root();
  void on_start();
  void on_end();
  void drop_element();
  bool is_understood() const;
  void on_block();
  void on_word_element();
  void on_style(std::string_view val);
  void on_list_of_style(const std::string& style, const std::string& here);
  void put(const std::vector<given_numbers::addition>& additions);
  void on_note_reference();
  bool on_hyperlink();
  void on_attribute(const xml::attribute& a);
  void on_field_mark();
  void rename(std::string_view code);

  insertion& with_;
  const story& story_;
  std::string_view xml_;
  xml::tokenizer tokens_;
  std::vector<std::pair<std::string, std::string>> declarations_;  // those the part has not, by name
  inserted_document out_;
  std::size_t at_ = 0;
  std::vector<change> changes_;  // of the current start
  bool inside_ = false;          // the element whose children are copied
  int dropped_ = 0;              // depth of what goes, 0 when nothing does
  bool in_control_ = false, in_code_ = false;
  given_numbers given_;
  std::vector<choice> choices_;
  std::vector<int> links_;  // depths
  std::vector<std::string> codes_;
};

void copier::carry_out() {
  std::ranges::sort(changes_, {}, &change::begin);
  for (const auto& c : changes_) {
    flush(c.begin);
    out_.markup += c.by;
    at_ = c.end;
  }
  changes_.clear();
}

void copier::read_root() {
  for (const auto& a : tokens_.attributes()) {
    if (a.name != "xmlns" && !a.name.starts_with("xmlns:")) continue;
    auto written = fmt::format(" {}", xml_.substr(a.begin, offset_of(a.value) + a.value.size() + 1 - a.begin));
    if (story_.namespaces.find(written) == story_.namespaces.npos)
      declarations_.emplace_back(a.name, std::move(written));
  }
}

// The first element of each block declares what the part it comes to does not.
void copier::on_block() {
  out_.ends_with_table = token().local == "tbl";
  std::string all;
  for (const auto& [name, written] : declarations_)
    if (std::ranges::find(tokens_.attributes(), name, &xml::attribute::name) == tokens_.attributes().end())
      all += written;
  const auto behind_name = token().begin + 1 + token().name.size();
  changes_.push_back({behind_name, behind_name, std::move(all)});
}

void copier::drop_element() {
  flush(token().begin);
  if (token().empty)
    at_ = token().end;
  else
    dropped_ = tokens_.depth();
}

// What a reader has to know before it looks into the current element.
bool copier::is_understood() const {
  auto prefix = prefix_of(token().name);
  if (!prefix.empty()) prefix.remove_suffix(1);
  const auto names_it = [&](std::string_view word) { return word == prefix; };
  return std::ranges::any_of(choices_,
                             [&](const choice& c) { return std::ranges::any_of(plain_words(c.needs), names_it); });
}

void copier::on_start() {
  const auto& t = token();
  const auto given = given_.on_start(t, outside());
  put(given.before);
  if (given.goes) return drop_element();
  if (goes(t, in_control_) || (is_extension(t.space) && !is_understood())) return drop_element();
  if (t.space == compatibility_space && t.local == "Choice" && !t.empty)
    if (const auto* needs = tokens_.find_attribute("", "Requires")) choices_.push_back({tokens_.depth(), needs->value});
  if (is_wordml(t.space) && t.local == "hyperlink" && on_hyperlink()) return;
  if (outside() == story_.depth) on_block();
  if (is_wordml(t.space)) on_word_element();
  for (const auto& a : tokens_.attributes()) on_attribute(a);
  carry_out();
}

void copier::on_attribute(const xml::attribute& a) {
  const auto& t = token();
  if (is_extension(a.space)) return drop(a);
  if (t.local == "docPr" && a.name == "id") return replace(a.value, std::to_string(with_.with().drawing_id()));
  if (!is_relationship_space(a.space)) return;
  const auto here = with_.relation(story_.from_part, story_.to_part, a.value);
  here.empty() ? drop(a) : replace(a.value, here);
}

// A link that leads outside becomes a field: a package never leads outside because of data.
bool copier::on_hyperlink() {
  const auto& t = token();
  const auto in_attributes = [&](std::string_view local, bool related) -> const xml::attribute* {
    for (const auto& a : tokens_.attributes())
      if (a.local == local && is_relationship_space(a.space) == related) return &a;
    return nullptr;
  };
  const auto* id = in_attributes("id", true);
  const auto* anchor = in_attributes("anchor", false);
  const auto& all = with_.from().relations(story_.from_part);
  const auto known = id == nullptr ? all.end() : all.find(id->value);
  if (known == all.end() || !known->second.is_external) {
    if (id != nullptr) drop(*id);
    if (const auto* name = anchor == nullptr ? nullptr : with_.name(anchor->value))
      replace_written(anchor->value, *name);
    carry_out();
    return true;
  }
  if (!is_safe_address(known->second.target)) refuse(link_to(known->second.target));
  flush(t.begin);
  at_ = t.end;
  if (t.empty) return true;
  links_.push_back(tokens_.depth());
  std::string code;
  xml::append_escaped(code, known->second.target);
  if (anchor != nullptr) code = fmt::format("{}\" \\l \"{}", code, anchor->value);
  out_.markup += fmt::format(
      "<{0}r><{0}fldChar {0}fldCharType=\"begin\"/></{0}r><{0}r><{0}instrText xml:space=\"preserve\"> HYPERLINK "
      "\"{1}\" </{0}instrText></{0}r><{0}r><{0}fldChar {0}fldCharType=\"separate\"/></{0}r>",
      prefix_of(t.name), code);
  return true;
}

void copier::on_word_element() {
  const auto& t = token();
  const auto* val = tokens_.find_attribute(t.space, "val");
  const auto* id = tokens_.find_attribute(t.space, "id");
  const auto* name = tokens_.find_attribute(t.space, "name");
  if (t.local == "altChunk" || t.local == "subDoc") refuse(content_of_kind(t.local));
  if (t.local == "footnoteReference" || t.local == "endnoteReference") return on_note_reference();
  if (t.local == "footnote" || t.local == "endnote") {
    if (id != nullptr) replace(id->value, std::to_string(story_.number));
    return;
  }
  if (t.local == "sdtPr") in_control_ = !t.empty;
  if (t.local == "instrText") in_code_ = !t.empty;
  if (t.local == "fldChar") on_field_mark();
  if (t.local == "fldSimple")
    if (const auto* code = tokens_.find_attribute(t.space, "instr")) {
      check_code(xml::decode_attribute(code->value));
      rename(code->value);
    }
  if ((t.local == "pStyle" || t.local == "rStyle" || t.local == "tblStyle") && val != nullptr) on_style(val->value);
  if (t.local == "numId" && val != nullptr && val->value != "0")
    replace(val->value, with_.list(xml::decode_attribute(val->value)));
  if (id != nullptr) replace(id->value, with_.id(std::string(id->value)));
  if (name != nullptr && id != nullptr)
    if (const auto* here = with_.name(name->value)) replace_written(name->value, *here);
}

void copier::on_style(std::string_view val) {
  const auto style = xml::decode_attribute(val);
  const auto here = with_.with().added.styles.place(with_.from().styles(), style);
  if (!here.empty()) replace(val, here);
  if (token().local == "pStyle" && given_.is_property(outside())) on_list_of_style(style, here.empty() ? style : here);
}

// Numbers are those of the document that is put in, whatever the style is here.
void copier::on_list_of_style(const std::string& style, const std::string& here) {
  const auto prefix = prefix_of(token().name);
  const auto& numbers = with_.from().numbers();
  if (const auto known = numbers.find(style); known != numbers.end()) {
    auto number = known->second;
    number.list = with_.list(number.list);
    given_.give(prefix, number);
  } else if (with_.with().added.styles.numbers().contains(here)) {
    given_.give(prefix, {"0", "0", {}});
  }
}

void copier::put(const std::vector<given_numbers::addition>& additions) {
  for (const auto& a : additions) {
    flush(token().begin);
    out_.markup += a.before + a.list + a.after;
  }
}

void copier::on_note_reference() {
  const auto& t = token();
  const auto* id = tokens_.find_attribute(t.space, "id");
  const bool at_end = t.local == "endnoteReference";
  if (!with_.with().takes_notes) refuse(note_outside_of_text(at_end));
  if (id == nullptr) refuse(note_without_text(at_end));
  const auto number = with_.with().added.notes.next_number(at_end);
  with_.notes.push_back({at_end, std::string(id->value), number});
  replace(id->value, std::to_string(number));
}

void copier::on_field_mark() {
  const auto* type = tokens_.find_attribute(token().space, "fldCharType");
  if (type == nullptr) return;
  if (type->value == "begin") codes_.emplace_back();
  if (type->value == "begin" || codes_.empty()) return;
  check_code(codes_.back());
  if (type->value == "end")
    codes_.pop_back();
  else
    codes_.back().clear();
}

// REF name \h, PAGEREF name: every word that is a name.
void copier::rename(std::string_view code) {
  for (const auto word : plain_words(code))
    if (const auto* here = with_.name(word)) replace_written(word, *here);
}

void copier::on_end() {
  const auto& t = token();
  const auto depth = tokens_.depth() + 1;
  if (dropped_ != 0) {
    if (depth != dropped_) return;
    at_ = t.end;
    dropped_ = 0;
    return;
  }
  put(given_.on_end(tokens_.depth()).before);
  if (!choices_.empty() && choices_.back().depth == depth) choices_.pop_back();
  if (!links_.empty() && links_.back() == depth) {
    flush(t.begin);
    out_.markup += fmt::format("<{0}r><{0}fldChar {0}fldCharType=\"end\"/></{0}r>", prefix_of(t.name));
    at_ = t.end;
    links_.pop_back();
  }
  if (is_wordml(t.space) && t.local == "sdtPr") in_control_ = false;
  if (is_wordml(t.space) && t.local == "instrText") in_code_ = false;
}

inserted_document copier::run() {
  while (tokens_.next().kind != xml::kind::done && token().kind != xml::kind::failed) {
    const auto& t = token();
    if (t.kind == xml::kind::start && outside() == 0) read_root();
    if (t.kind == xml::kind::start && tokens_.depth() == story_.depth && !inside_ &&
        (story_.depth == 1 || t.local == "body")) {
      inside_ = !t.empty;
      at_ = t.end;
    } else if (t.kind == xml::kind::end && inside_ && tokens_.depth() == story_.depth - 1) {
      flush(t.begin);
      inside_ = false;
    } else if (inside_ && t.kind == xml::kind::start && dropped_ == 0) {
      on_start();
    } else if (inside_ && t.kind == xml::kind::end) {
      on_end();
    } else if (inside_ && t.kind == xml::kind::text && in_code_ && dropped_ == 0) {
      if (!codes_.empty()) codes_.back() += xml::decode(t.text);
      rename(t.text);
      carry_out();
    }
  }
  return std::move(out_);
}

}  // namespace

inserted_document copy_story(insertion& with, const story& s) {
  return copier(with, s).run();
}

}  // namespace vanthu::docx
