#include "docx/codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "docx/drawings.hpp"
#include "docx/field_words.hpp"
#include "docx/package.hpp"
#include "docx/relations.hpp"
#include "docx/signs.hpp"
#include "xml/characters.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

// A stretch of a code and where it stands in the part.
struct piece {
  std::size_t text_begin = 0, text_end = 0;
  std::size_t begin = 0, end = 0;
  std::uint32_t element = 0;
};

struct code {
  std::string text;
  std::vector<piece> pieces;
  std::vector<node> elements;  // that hold it
  spot where = spot::field_code;
  int paragraph = 0;
  bool has_ended = false;
  std::uint32_t added = nowhere;     // its number among the paragraphs of the scan
  std::vector<std::uint32_t> nodes;  // of the elements, in the scan
};

// A tag within a code.
struct code_tag {
  opaque where;
  std::string written, inside;
};

class code_finder {
 public:
  code_finder(std::string_view xml, const link_targets& targets, const compile_options& options, part_scan& scan,
              part_notes& notes)
      : xml_(xml),
        targets_(targets),
        options_(options),
        scan_(scan),
        notes_(notes),
        tokens_(xml, xml::unlimited),
        open_(options.open),
        close_(options.close) {
    for (const auto& t : scan.tags)
      if (t.kind == tag_kind::delimiters) changes_.push_back(&t);
  }
  void find();

 private:
  void on_start(const xml::token& t);
  void on_field_element(what is);
  void on_end();
  void on_field_mark(const xml::attribute* type);
  void on_links();
  void on_target(const xml::attribute& relation);
  void on_named(std::string_view local, bool has_address);
  void add_text(code& to, std::string_view text, std::size_t offset) const;
  void read(code& c);
  bool find_tags_in(code& c, std::vector<code_tag>& tags);
  void fill(code& c, const std::vector<code_tag>& tags);
  void add_quotes(const code& c, const field_word& w);
  void add_tag(code& c, const code_tag& from, bool is_index);
  bool fill_address(const code& c, const field_word& w);
  void add_link(link_slot slot, tagged_text&& found);
  std::vector<range> ranges_of(const code& c, std::size_t begin, std::size_t end) const;
  std::uint32_t node_at(code& c, std::size_t at);
  static std::string shown(std::string_view code);
  void report(std::string id, std::string_view text, std::size_t at);
  void report_tag(std::string id, std::string_view written, std::string_view text, std::size_t at);
  std::string place() const { return paragraph_ > 0 ? fmt::format("#p[{}]", paragraph_) : std::string{}; }
  range of(std::string_view part) const {
    const auto begin = static_cast<std::size_t>(part.data() - xml_.data());
    return {begin, begin + part.size()};
  }

  std::string_view xml_;
  const link_targets& targets_;
  const compile_options& options_;
  part_scan& scan_;
  part_notes& notes_;
  xml::tokenizer tokens_;
  std::string open_, close_;
  std::vector<const tag*> changes_;  // of delimiters, still to come
  std::size_t next_change_ = 0;
  std::vector<what> stack_;
  std::vector<code> fields_;  // the open ones
  std::vector<tag> tags_;
  std::set<std::string, std::less<>> tagged_, plain_;  // relationships
  int paragraph_ = 0;
  int deleted_ = 0, properties_ = 0;  // depth
};

void code_finder::find() {
  while (tokens_.next().kind != xml::kind::done && tokens_.current().kind != xml::kind::failed) {
    const auto& t = tokens_.current();
    if (t.kind == xml::kind::start) on_start(t);
    if (t.kind == xml::kind::end) on_end();
    if (t.kind != xml::kind::text || stack_.empty() || stack_.back() != what::field_code || deleted_ > 0) continue;
    if (fields_.empty() || fields_.back().has_ended || fields_.back().elements.empty()) continue;
    fields_.back().elements.back().inner_end = t.end;
    add_text(fields_.back(), t.text, t.begin);
  }
  scan_.tags.insert(scan_.tags.end(), std::make_move_iterator(tags_.begin()), std::make_move_iterator(tags_.end()));
  std::ranges::stable_sort(scan_.tags, {}, [](const tag& t) { return t.ranges.front().begin; });
  std::ranges::set_difference(tagged_, plain_, std::back_inserter(scan_.filled_relations));
}

void code_finder::on_start(const xml::token& t) {
  for (; next_change_ < changes_.size() && changes_[next_change_]->ranges.back().end <= t.begin; ++next_change_)
    std::tie(open_, close_) = read_delimiters(changes_[next_change_]->text);
  const auto is = classify(t.space, t.local);
  if (is == what::paragraph) ++paragraph_;
  if (options_.link_targets) on_links();
  if (options_.field_codes && is_wordml(t.space)) on_field_element(is);
  if (t.empty) return;
  stack_.push_back(is);
  if (is == what::properties || is == what::section) ++properties_;
  if (is == what::deleted && properties_ == 0) ++deleted_;
}

void code_finder::on_field_element(what is) {
  const auto& t = tokens_.current();
  if (t.local == "fldChar") on_field_mark(tokens_.find_attribute(t.space, "fldCharType"));
  const auto* instruction = t.local == "fldSimple" ? tokens_.find_attribute(t.space, "instr") : nullptr;
  if (instruction != nullptr && deleted_ == 0) {
    code c;
    c.where = spot::field_attribute;
    c.paragraph = paragraph_;
    c.elements.emplace_back();
    add_text(c, instruction->value, of(instruction->value).begin);
    read(c);
  }
  if (is != what::field_code || t.empty || fields_.empty()) return;
  node n;
  n.is = what::field_code;
  const auto* space = tokens_.find_attribute("http://www.w3.org/XML/1998/namespace", "space");
  n.preserves_space = space != nullptr && space->value == "preserve";
  if (space != nullptr) n.space = {space->begin - 1, of(space->value).end + 1};
  n.name = t.name;
  n.begin = t.begin;
  n.inner = n.inner_end = t.end;
  fields_.back().elements.push_back(std::move(n));
}

void code_finder::on_end() {
  const auto is = stack_.back();
  stack_.pop_back();
  if (is == what::properties || is == what::section) --properties_;
  if (is == what::deleted && properties_ == 0) --deleted_;
}

void code_finder::on_field_mark(const xml::attribute* type) {
  if (type == nullptr) return;
  if (type->value == "begin") {
    if (!fields_.empty() && !fields_.back().has_ended) fields_.back().text += nested_field;
    fields_.emplace_back().paragraph = paragraph_;
    return;
  }
  if (fields_.empty()) return;
  if (!std::exchange(fields_.back().has_ended, true)) read(fields_.back());
  if (type->value == "end") fields_.pop_back();
}

// An element names a relationship, and a w:hyperlink says more about its address.
void code_finder::on_links() {
  const auto& t = tokens_.current();
  const bool is_hyperlink = is_wordml(t.space) && t.local == "hyperlink";
  bool has_address = false;
  for (const auto& a : tokens_.attributes()) {
    if (!is_relationship_space(a.space) || !targets_.contains(a.value)) continue;
    has_address = true;
    on_target(a);
  }
  if (!is_hyperlink) return;
  on_named("anchor", has_address);
  on_named("tooltip", false);
}

void code_finder::on_target(const xml::attribute& relation) {
  auto found = read_tagged_address(targets_.find(relation.value)->second, open_, close_);
  if (found.fault.empty() && !found.has_tags()) return (void)plain_.emplace(relation.value);
  tagged_.emplace(relation.value);
  link_slot slot;
  slot.where = spot::relation;
  slot.attribute = relation.name;
  slot.may_be_left_out = tokens_.current().local == "hyperlink" && is_wordml(tokens_.current().space);
  auto begin = relation.begin;
  while (xml::is_space(xml_[begin - 1])) --begin;
  slot.ranges = {{begin, of(relation.value).end + 1}};
  add_link(std::move(slot), std::move(found));
}

void code_finder::on_named(std::string_view local, bool has_address) {
  const auto* a = tokens_.find_attribute(tokens_.current().space, local);
  if (a == nullptr || a->value.empty()) return;
  const auto text = xml::decode_attribute(a->value);
  auto found = has_address ? read_tagged_address(text, open_, close_) : read_tagged(text, open_, close_);
  if (found.fault.empty() && !found.has_tags()) return;
  link_slot slot;
  slot.where = has_address ? spot::fragment : spot::attribute;
  slot.ranges = {of(a->value)};
  add_link(std::move(slot), std::move(found));
}

void code_finder::add_link(link_slot slot, tagged_text&& found) {
  if (!found.fault.empty()) return report(found.fault, found.shown, found.fault_at);
  slot.place = place();
  slot.shown = std::move(found.shown);
  for (auto& part : found.parts) {
    tag t;
    if (part.is_tag) {
      read_sign(part.inside, options_, t);
      if (t.kind != tag_kind::value) return report_tag("docx.not-in-text", part.text, slot.shown, part.at);
      part.inside = t.text;
    }
    slot.parts.push_back(std::move(part));
  }
  const bool is_whole =
      slot.where == spot::relation || slot.where == spot::field_code || slot.where == spot::field_attribute;
  const auto& head = slot.parts.front();
  if (is_whole && !head.is_tag && scheme_of(head.text).empty())
    return report_tag("docx.bad-link", slot.shown, slot.shown, 0);
  scan_.links.push_back(std::move(slot));
}

void code_finder::add_text(code& to, std::string_view text, std::size_t offset) const {
  const auto element = static_cast<std::uint32_t>(to.elements.size() - 1);
  for (std::size_t at = 0; at < text.size();) {
    const auto special = std::min(text.find_first_of("&\r", at), text.size());
    if (special > at) {
      to.pieces.push_back({to.text.size(), to.text.size() + special - at, offset + at, offset + special, element});
      to.text.append(text.substr(at, special - at));
    }
    if (special == text.size()) return;
    at = text[special] == '&' ? text.find(';', special) + 1 : special + 1;
    const auto before = to.text.size();
    xml::append_decoded(to.text, text.substr(special, at - special));
    to.pieces.push_back({before, to.text.size(), offset + special, offset + at, element});
  }
}

// The first fault of a code is the only one said of it.
bool code_finder::find_tags_in(code& c, std::vector<code_tag>& tags) {
  const auto found = read_tagged(c.text, open_, close_);
  if (!found.fault.empty()) return report(found.fault, c.text, found.fault_at), false;
  for (const auto& part : found.parts)
    if (part.is_tag) tags.push_back({{part.at, part.at + part.text.size()}, part.text, part.inside});
  return true;
}

void code_finder::read(code& c) {
  c.nodes.assign(c.elements.size(), nowhere);
  std::vector<code_tag> tags;
  if (find_tags_in(c, tags)) fill(c, tags);
}

void code_finder::fill(code& c, const std::vector<code_tag>& tags) {
  std::vector<opaque> places;
  for (const auto& t : tags) places.push_back(t.where);
  const auto words = words_of(c.text, places);
  if (words.empty()) return;
  const auto name = lower_ascii(std::string_view(c.text).substr(words[0].begin, words[0].end - words[0].begin));
  const auto* address = name == "hyperlink" ? address_of(c.text, words) : nullptr;
  auto next = tags.begin();
  for (const auto& w : words) {
    const auto first = next;
    next = std::find_if(first, tags.end(), [&](const code_tag& t) { return t.where.begin >= w.end; });
    if (&w == address && fill_address(c, w)) continue;
    if (first == next) continue;
    const auto text = std::string_view(c.text).substr(w.begin, w.end - w.begin);
    const bool can_be_quoted = w.is_quoted || text.find(nested_field) == text.npos;
    const bool stands = &w != words.data() && !w.is_switch && !w.escapes_tag && can_be_quoted && takes_data(name);
    if (!stands) {
      report_tag("docx.not-in-code", first->written, c.text, first->where.begin);
      continue;
    }
    if (!w.is_quoted) add_quotes(c, w);
    for (auto t = first; t != next; ++t) add_tag(c, *t, name == "xe");
  }
}

// What stands in no quotes gets some: data may hold spaces.
void code_finder::add_quotes(const code& c, const field_word& w) {
  const auto ranges = ranges_of(c, w.begin, w.end);
  scan_.quotes.push_back({ranges.front().begin, c.where});
  scan_.quotes.push_back({ranges.back().end, c.where});
}

// False when the address has no tags.
bool code_finder::fill_address(const code& c, const field_word& w) {
  const auto text = std::string_view(c.text).substr(w.inner, w.inner_end - w.inner);
  auto found = read_tagged_address(text, open_, close_);
  if (found.fault.empty() && !found.has_tags()) return false;
  if (w.escapes_tag || text.find(nested_field) != text.npos)
    return report_tag("docx.not-in-code", text, c.text, w.inner), true;
  for (auto& part : found.parts) {
    if (part.is_tag) continue;
    std::erase(part.text, '\\');  // in a code they stand before quotes and before each other
  }
  link_slot slot;
  slot.where = c.where;
  slot.ranges = ranges_of(c, w.inner, w.inner_end);
  slot.needs_quotes = !w.is_quoted;
  add_link(std::move(slot), std::move(found));
  return true;
}

void code_finder::add_tag(code& c, const code_tag& from, bool is_index) {
  tag t;
  read_sign(from.inside, options_, t);
  if (t.kind != tag_kind::value) return report_tag("docx.not-in-text", from.written, c.text, from.where.begin);
  t.written = from.written;
  t.where = c.where;
  t.is_index_entry = is_index;
  t.ranges = ranges_of(c, from.where.begin, from.where.end);
  t.node = node_at(c, from.where.begin);
  t.tail_node = node_at(c, from.where.end - 1);
  if (c.added == nowhere) {
    c.added = static_cast<std::uint32_t>(scan_.paragraphs.size());
    paragraph p;
    p.number = c.paragraph;
    p.text = shown(c.text);
    p.place = place();
    scan_.paragraphs.push_back(std::move(p));
  }
  t.paragraph = c.added;
  t.column = from.where.begin;
  tags_.push_back(std::move(t));
}

std::vector<range> code_finder::ranges_of(const code& c, std::size_t begin, std::size_t end) const {
  std::vector<range> out;
  auto at = std::ranges::upper_bound(c.pieces, begin, {}, &piece::text_end);
  for (; at != c.pieces.end() && at->text_begin < end; ++at) {
    const bool whole = at->text_end - at->text_begin != at->end - at->begin;
    const range r{whole ? at->begin : at->begin + std::max(begin, at->text_begin) - at->text_begin,
                  whole ? at->end : at->end - (at->text_end - std::min(end, at->text_end))};
    if (!out.empty() && out.back().end == r.begin)
      out.back().end = r.end;
    else
      out.push_back(r);
  }
  return out;
}

std::uint32_t code_finder::node_at(code& c, std::size_t at) {
  const auto in = std::ranges::upper_bound(c.pieces, at, {}, &piece::text_end);
  auto& n = c.nodes[in->element];
  if (n == nowhere) {
    n = static_cast<std::uint32_t>(scan_.nodes.size());
    scan_.nodes.push_back(c.elements[in->element]);
  }
  return n;
}

// The mark of a nested field is nothing to show.
std::string code_finder::shown(std::string_view code) {
  std::string out(code);
  std::ranges::replace(out, nested_field, '~');
  return out;
}

void code_finder::report(std::string id, std::string_view text, std::size_t at) {
  if (!notes_.is_full()) notes_.add(std::move(id), {with_caret(shown(text), at)}, place());
}

void code_finder::report_tag(std::string id, std::string_view written, std::string_view text, std::size_t at) {
  if (!notes_.is_full()) notes_.add(std::move(id), {shown(written), with_caret(shown(text), at)}, place());
}

}  // namespace

link_targets link_targets_of(const archive& in, std::string_view part) {
  link_targets out;
  const auto name = relations_of(part);
  for (auto& [id, r] : read_part_relations(text_of(in, name), name))
    if (r.is_external && r.kind == "hyperlink") out.emplace(id, std::move(r.target));
  return out;
}

void find_codes(std::string_view xml, const link_targets& targets, const compile_options& options, part_scan& scan,
                part_notes& notes) {
  code_finder(xml, targets, options, scan, notes).find();
}

}  // namespace vanthu::docx
