#include "docx/tags.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t longest_tag = 4096;   // bytes
constexpr std::size_t most_notes = 200;     // of one part
constexpr std::string_view nbsp = "\xc2\xa0";

// A stretch of a paragraph's decoded text and where it stands in the part. Where the two differ in length (a reference
// such as &amp;) it cannot be divided.
struct piece {
  std::size_t text_begin = 0, text_end = 0;
  std::size_t begin = 0, end = 0;
  std::uint32_t node = nowhere;
  bool divisible() const { return text_end - text_begin == end - begin; }
};

struct open_element {
  what is = what::other;
  std::string_view name;
  std::size_t begin = 0, inner = 0;
  std::uint32_t node = nowhere;
  bool preserves_space = false;
  bool rows_before = false;
  child last_child;
};

struct story {
  int number = 0;
  std::size_t element = 0;  // in the stack
  bool hot = false;         // a tag may have begun
  bool only_text = true;
  int properties = 0;       // depth
  std::string text;
  std::vector<piece> pieces;
  std::vector<range> keep;
};

std::string_view trimmed(std::string_view text) {
  while (true) {
    if (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
      text.remove_prefix(1);
    else if (text.starts_with(nbsp))
      text.remove_prefix(nbsp.size());
    else if (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
      text.remove_suffix(1);
    else if (text.ends_with(nbsp))
      text.remove_suffix(nbsp.size());
    else
      return text;
  }
}

class finder {
 public:
  finder(std::string_view xml, bool has_paragraphs, const compile_options& options, part_notes& notes)
      : xml_(xml), has_paragraphs_(has_paragraphs), options_(options), notes_(notes),
        tokens_(xml, depth_limit(options)) {}
  part_scan find();

 private:
  static xml::limits depth_limit(const compile_options& options) {
    xml::limits most;
    most.depth = options.limits.xml_depth;
    return most;
  }
  story* current() { return depth_ == 0 ? nullptr : &stories_[depth_ - 1]; }
  void on_start(const xml::token& t);
  void on_end(const xml::token& t);
  void on_text(const xml::token& t);
  void look_at(what is, const xml::token& t);
  void close_child(what is, std::size_t begin, std::size_t end);
  void open_story();
  void close_story();
  void add_text(story& s, std::string_view text, std::size_t offset);
  std::uint32_t pin();
  void find_in(const story& s);
  void add_tag(const story& s, std::uint32_t paragraph, std::size_t begin, std::size_t end);
  std::uint32_t add_paragraph(const story& s);
  std::string place(const story& s) const;
  void report(std::string id, const story& s, std::size_t column);

  std::string_view xml_;
  bool has_paragraphs_;
  const compile_options& options_;
  part_notes& notes_;
  xml::tokenizer tokens_;
  part_scan out_;
  std::vector<open_element> stack_;
  std::vector<story> stories_;  // the first depth_ are open; the rest keep their memory for the next
  std::size_t depth_ = 0;
  bool root_is_document_ = false;
  int number_ = 0;
  int deleted_ = 0;  // depth
};

part_scan finder::find() {
  while (true) {
    const auto& t = tokens_.next();
    switch (t.kind) {
      case xml::kind::start: on_start(t); break;
      case xml::kind::end: on_end(t); break;
      case xml::kind::text: on_text(t); break;
      case xml::kind::failed: {
        const auto& p = *tokens_.problem();
        const auto at = xml::line_index(xml_).at(p.offset);
        notes_.add(p.what.id, p.what.args, fmt::format(":{}:{}", at.line, at.column));
        return {};
      }
      case xml::kind::done:
        std::ranges::stable_sort(out_.tags, {}, [](const tag& t1) { return t1.ranges.front().begin; });
        return std::move(out_);
      default: break;
    }
  }
}

void finder::on_start(const xml::token& t) {
  const auto is = has_paragraphs_ ? classify(t.space, t.local) : what::other;
  look_at(is, t);
  if (stack_.empty()) root_is_document_ = is_wordml(t.space) && t.local == "document";
  if (is == what::body && stack_.size() == 1) out_.is_document = root_is_document_;
  if (is == what::paragraph) ++number_;
  if (t.empty) return close_child(is, t.begin, t.end);
  open_element e{is, t.name, t.begin, t.end, nowhere, false, false, {}};
  if (is == what::text) {
    const auto* space = tokens_.find_attribute("http://www.w3.org/XML/1998/namespace", "space");
    e.preserves_space = space != nullptr && space->value == "preserve";
  }
  stack_.push_back(e);
  if (is == what::paragraph) open_story();
  if (is == what::deleted && !(current() != nullptr && current()->properties > 0)) ++deleted_;
  if ((is == what::properties || is == what::section) && current() != nullptr) ++current()->properties;
}

// Whether the paragraph around it still holds nothing but text.
void finder::look_at(what is, const xml::token& t) {
  auto* s = current();
  if (s == nullptr) return;
  if (is == what::section) s->only_text = false;
  if (s->properties > 0) return;
  switch (is) {
    case what::run:
    case what::text:
    case what::properties:
    case what::invisible:
    case what::wrapper: return;
    case what::range_mark:
      s->only_text = s->only_text && t.empty;
      s->keep.push_back({t.begin, t.end});
      return;
    default: s->only_text = false;
  }
}

void finder::on_end(const xml::token& t) {
  auto& e = stack_.back();
  if (e.is == what::paragraph) close_story();
  if ((e.is == what::properties || e.is == what::section) && current() != nullptr) --current()->properties;
  if (e.is == what::deleted && !(current() != nullptr && current()->properties > 0)) --deleted_;
  if (e.node != nowhere) {
    out_.nodes[e.node].inner_end = t.begin;
    out_.nodes[e.node].end = t.end;
  }
  const auto closed = e;
  stack_.pop_back();
  close_child(closed.is, closed.begin, t.end);
}

// Tells the element around it that a child has ended.
void finder::close_child(what is, std::size_t begin, std::size_t end) {
  if (stack_.empty() || is == what::properties || is == what::section || is == what::range_mark) return;
  auto& parent = stack_.back();
  if (parent.is != what::table && !needs_paragraph(parent.is)) return;
  parent.last_child = {begin, end, is};
  if (parent.node != nowhere)
    out_.nodes[parent.node].children.push_back(parent.last_child);
  else
    parent.rows_before = true;
}

void finder::on_text(const xml::token& t) {
  if (stack_.empty() || deleted_ > 0) return;
  if (!has_paragraphs_) {
    ++number_;
    open_story();
    add_text(*current(), t.text, t.begin);
    close_story();
    return;
  }
  auto* s = current();
  const auto is = stack_.back().is;
  if (s == nullptr || s->properties > 0 || (is != what::text && is != what::plain_text)) return;
  add_text(*s, t.text, t.begin);
}

void finder::open_story() {
  if (depth_ == stories_.size()) stories_.emplace_back();
  auto& s = stories_[depth_++];
  s.number = number_;
  s.element = stack_.size() - 1;
  s.hot = false;
  s.only_text = has_paragraphs_;
  s.properties = 0;
  s.text.clear();
  s.pieces.clear();
  s.keep.clear();
}

void finder::close_story() {
  const auto& s = stories_[depth_ - 1];
  if (s.hot || s.text.find(options_.close) != std::string::npos) find_in(s);
  --depth_;
}

void finder::add_text(story& s, std::string_view text, std::size_t offset) {
  const auto begin = s.text.size();
  const auto first_piece = s.pieces.size();
  std::size_t at = 0;
  while (at < text.size()) {
    const auto special = std::min(text.find_first_of("&\r", at), text.size());
    if (special > at) {
      s.pieces.push_back({s.text.size(), s.text.size() + special - at, offset + at, offset + special, nowhere});
      s.text.append(text.substr(at, special - at));
    }
    if (special == text.size()) break;
    const auto reference_end = text[special] == '&' ? text.find(';', special) + 1 : special + 1;
    const auto before = s.text.size();
    xml::append_decoded(s.text, text.substr(special, reference_end - special));
    s.pieces.push_back({before, s.text.size(), offset + special, offset + reference_end, nowhere});
    at = reference_end;
  }
  s.hot = s.hot || s.text.find(options_.open.front(), begin) != std::string::npos;
  if (!s.hot) return;
  const auto node = pin();
  for (auto i = first_piece; i < s.pieces.size(); ++i) s.pieces[i].node = node;
}

// Gives every open element a node that has none yet; returns that of the innermost.
std::uint32_t finder::pin() {
  auto first = stack_.size();
  while (first > 0 && stack_[first - 1].node == nowhere) --first;
  for (auto i = first; i < stack_.size(); ++i) {
    auto& e = stack_[i];
    node n;
    n.is = e.is;
    n.preserves_space = e.preserves_space;
    n.rows_before = e.rows_before;
    n.name = e.name;
    n.parent = i == 0 ? nowhere : stack_[i - 1].node;
    n.begin = e.begin;
    n.inner = e.inner;
    if (e.rows_before) n.children.push_back(e.last_child);
    e.node = static_cast<std::uint32_t>(out_.nodes.size());
    out_.nodes.push_back(std::move(n));
  }
  return stack_.back().node;
}

std::string finder::place(const story& s) const {
  return has_paragraphs_ ? fmt::format("#p[{}]", s.number) : fmt::format("#{}", stack_.back().name);
}

void finder::report(std::string id, const story& s, std::size_t column) {
  if (notes_.notes.size() < most_notes) notes_.add(std::move(id), {with_caret(s.text, column)}, place(s));
}

std::uint32_t finder::add_paragraph(const story& s) {
  paragraph p;
  p.number = s.number;
  p.node = stack_[s.element].node;
  p.only_tags = s.only_text;
  p.text = s.text;
  p.place = place(s);
  p.keep = s.keep;
  out_.paragraphs.push_back(std::move(p));
  return static_cast<std::uint32_t>(out_.paragraphs.size() - 1);
}

void finder::find_in(const story& s) {
  const auto& [open, close] = std::pair(options_.open, options_.close);
  const auto size = s.text.size();
  const auto find = [&](const std::string& what_for, std::size_t from) { return std::min(s.text.find(what_for, from), size); };
  std::uint32_t paragraph = nowhere;
  std::string_view between;  // what stands outside the tags
  bool text_between = false;
  std::size_t at = 0;
  auto begin = find(open, 0);
  auto end = find(close, 0);
  while (begin < size || end < size) {
    if (end < begin) {
      report("docx.unopened-tag", s, end);
      end = find(close, end + close.size());
      continue;
    }
    const auto inner = begin + open.size();
    if (end < inner) end = find(close, inner);
    const auto next = find(open, inner);
    if (end == size || next < end) {
      report("docx.unclosed-tag", s, begin);
      if (end == size) return;
      begin = next;
      continue;
    }
    between = std::string_view(s.text).substr(at, begin - at);
    text_between = text_between || !trimmed(between).empty();
    at = end + close.size();
    if (end - inner > longest_tag) {
      report("docx.tag-too-long", s, begin);
    } else {
      if (paragraph == nowhere) paragraph = add_paragraph(s);
      add_tag(s, paragraph, begin, at);
    }
    begin = next;
    end = find(close, at);
  }
  text_between = text_between || !trimmed(std::string_view(s.text).substr(at)).empty();
  if (paragraph != nowhere && text_between) out_.paragraphs[paragraph].only_tags = false;
}

void finder::add_tag(const story& s, std::uint32_t paragraph, std::size_t begin, std::size_t end) {
  tag t;
  t.written = s.text.substr(begin, end - begin);
  const auto inside = std::string_view(t.written).substr(options_.open.size());
  t.text = trimmed(inside.substr(0, inside.size() - options_.close.size()));
  t.paragraph = paragraph;
  t.column = begin;
  auto at = std::ranges::upper_bound(s.pieces, begin, {}, &piece::text_begin) - 1;
  t.node = at->node;
  for (; at != s.pieces.end() && at->text_begin < end; ++at) {
    const bool whole = !at->divisible();
    range r{whole ? at->begin : at->begin + std::max(begin, at->text_begin) - at->text_begin,
            whole ? at->end : at->end - (at->text_end - std::min(end, at->text_end))};
    if (!t.ranges.empty() && t.ranges.back().end == r.begin)
      t.ranges.back().end = r.end;
    else
      t.ranges.push_back(r);
    t.tail_node = at->node;
  }
  out_.tags.push_back(std::move(t));
}

}  // namespace

void part_notes::add(std::string id, std::vector<std::string> args, std::string_view inside) {
  notes.push_back({severity::error, {std::move(id), std::move(args)}, {source, 0, 0, fmt::format("{}{}", part, inside)}, {}});
}

// Up to about 40 bytes on each side, cut between characters, with ^ before the column.
std::string with_caret(std::string_view text, std::size_t column) {
  constexpr std::size_t around = 40;
  const auto boundary = [&](std::size_t at) {
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80) --at;
    return std::min(at, text.size());
  };
  const auto begin = boundary(column > around ? column - around : 0);
  const auto end = boundary(column + around);
  return fmt::format("{}{}^{}{}", begin > 0 ? "…" : "", text.substr(begin, column - begin),
                     text.substr(column, end - column), end < text.size() ? "…" : "");
}

part_scan find_tags(std::string_view xml, bool has_paragraphs, const compile_options& options, part_notes& notes) {
  return finder(xml, has_paragraphs, options, notes).find();
}

}  // namespace vanthu::docx
