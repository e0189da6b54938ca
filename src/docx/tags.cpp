#include "docx/tags.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "docx/drawings.hpp"
#include "docx/signs.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t longest_tag = 4096;  // bytes

bool is_fallback(const xml::token& t) { return t.local == "Fallback" && t.space == compatibility_space; }

// A stretch of decoded text and where it stands in the part. Where the two differ in length (a reference such as &amp;)
// it cannot be divided.
struct piece {
  std::size_t text_begin = 0, text_end = 0;
  std::size_t begin = 0, end = 0;
  std::uint32_t node = nowhere;
  std::uint32_t from = 0;  // paragraph of the story
  std::size_t column = 0;  // in that paragraph
  bool divisible() const { return text_end - text_begin == end - begin; }
};

struct open_element {
  what is = what::other;
  std::string_view name;
  std::size_t begin = 0, inner = 0;
  std::uint32_t node = nowhere;
  bool preserves_space = false;
  range space;
  bool rows_before = false;
  child last_child;
  std::vector<range> bindings;
};

// A paragraph some text of a story is from.
struct told_paragraph {
  int number = 0;
  std::uint32_t node = nowhere;
  std::string text;
  bool only_text = true, is_list_item = false;
  bool other_text = false;  // beside the tags
  bool is_second = false;   // within mc:Fallback
  std::vector<range> keep;
  std::uint32_t added = nowhere;  // its number in the result
};

// Text that tags are looked for in: a paragraph; all of them where tags may span paragraphs.
struct story {
  bool hot = false;  // a tag may have begun
  std::string text;
  std::vector<piece> pieces;
  std::vector<told_paragraph> paragraphs;
  // The piece a place in the text lies in.
  std::vector<piece>::const_iterator piece_at(std::size_t at) const {
    return std::ranges::upper_bound(pieces, at, {}, &piece::text_begin) - 1;
  }
  void clear() {
    hot = false;
    text.clear();
    pieces.clear();
    paragraphs.clear();
  }
};

struct open_paragraph {
  std::size_t element = 0;       // in the stack
  int properties = 0;            // depth
  std::uint32_t told = nowhere;  // in its story
  told_paragraph about;
};

// Where a delimiter stands next in a text that is gone through forwards. It is looked for again only behind where it
// was last found: a million openings without an end would each look through the rest.
class next_place {
 public:
  explicit next_place(std::string_view text) : text_(text) {}
  // The size of the text when it stands nowhere.
  std::size_t of(std::string_view delimiter, std::size_t from) {
    if (delimiter_ == delimiter && at_ >= from) return at_;
    delimiter_ = delimiter;
    at_ = std::min(text_.find(delimiter, from), text_.size());
    return at_;
  }

 private:
  std::string_view text_;
  std::string delimiter_;  // the one `at_` is of: a tag may have changed it since
  std::size_t at_ = 0;
};

// How far the search for tags has come in a text.
struct search {
  explicit search(std::string_view text) : opening(text), closing(text), change_end(text) {}
  std::size_t at = 0;  // what lies before is done with
  next_place opening, closing, change_end;
  // Openings without an end that stand one right behind the other, and where the last of them ends: of "{{name}}" the
  // first is said to be wrong, and the end that is too many is passed over.
  std::size_t surplus = 0, surplus_end = std::string::npos;
};

// An opening delimiter and what comes behind it; the size of the text stands for what does not come.
struct extent {
  std::size_t begin = 0, inner = 0;  // of the opening; behind it
  std::size_t close = 0;             // the closing one
  std::size_t next = 0;              // another opening
};

class finder {
 public:
  finder(std::string_view xml, texts where, const compile_options& options, part_notes& notes)
      : xml_(xml),
        where_(where),
        options_(options),
        notes_(notes),
        tokens_(xml, depth_limit(options)),
        spans_(options.profile == template_profile::docxtemplater),
        open_(options.open),
        close_(options.close) {
    if (spans_) stories_.emplace_back();
  }
  part_scan find();

 private:
  static xml::limits depth_limit(const compile_options& options) {
    xml::limits most;
    most.depth = options.limits.xml_depth;
    return most;
  }
  open_paragraph* current() { return depth_ == 0 ? nullptr : &open_paragraphs_[depth_ - 1]; }
  story& story_of_current() { return stories_[spans_ ? 0 : depth_ - 1]; }
  bool in_properties() { return current() != nullptr && current()->properties > 0; }
  void on_start(const xml::token& t);
  void on_end(const xml::token& t);
  void on_text(const xml::token& t);
  void look_at(what is, const xml::token& t);
  void close_child(what is, std::size_t begin, std::size_t end);
  void open_paragraph_here(bool is_element);
  void close_paragraph();
  void add_text(std::string_view text, std::size_t offset);
  void add_piece(story& s, std::size_t text_begin, range where);
  std::uint32_t told();
  std::uint32_t pin();
  void find_in(story& s, bool is_last);
  extent extent_from(const story& s, search& look, std::size_t begin) const;
  void on_unopened(story& s, search& look, std::size_t close);
  void on_unclosed(const story& s, search& look, const extent& e);
  void on_tag(story& s, search& look, const extent& e);
  void note_text(story& s, std::size_t begin, std::size_t end);
  void keep_from(story& s, std::size_t begin);
  void add_tag(story& s, std::size_t begin, std::size_t end);
  void change_delimiters(const story& s, const tag& t, std::size_t begin);
  std::uint32_t add_paragraph(story& s, std::uint32_t told);
  std::string place(const told_paragraph& p);
  void report(std::string id, const story& s, std::size_t at);

  std::string_view xml_;
  texts where_;
  const compile_options& options_;
  part_notes& notes_;
  xml::tokenizer tokens_;
  bool spans_;  // tags may span paragraphs
  std::string open_, close_;
  part_scan out_;
  std::vector<open_element> stack_;
  std::vector<open_paragraph> open_paragraphs_;  // the first depth_ are open; the rest keep their memory
  std::vector<story> stories_;                   // of each of them, or one for all
  std::size_t depth_ = 0;
  drawing_finder drawings_;
  bool root_is_document_ = false;
  int number_ = 0;
  int deleted_ = 0, fallbacks_ = 0;  // depths
};

part_scan finder::find() {
  while (true) {
    const auto& t = tokens_.next();
    switch (t.kind) {
      case xml::kind::start:
        on_start(t);
        break;
      case xml::kind::end:
        on_end(t);
        break;
      case xml::kind::text:
        on_text(t);
        break;
      case xml::kind::failed: {
        const auto& p = *tokens_.problem();
        const auto at = xml::line_index(xml_).at(p.offset);
        notes_.add(p.what.id, p.what.args, fmt::format(":{}:{}", at.line, at.column));
        return {};
      }
      case xml::kind::done:
        if (spans_) find_in(stories_[0], true);
        if (!spans_) out_.placeholders = drawings_.take(xml_, options_.open, options_.close);
        std::ranges::stable_sort(out_.tags, {}, [](const tag& t1) { return t1.ranges.front().begin; });
        return std::move(out_);
      default:
        break;
    }
  }
}

void finder::on_start(const xml::token& t) {
  const auto is = where_ == texts::in_paragraphs ? classify(t.space, t.local) : what::other;
  look_at(is, t);
  if (stack_.empty()) {
    root_is_document_ = is_wordml(t.space) && t.local == "document";
    out_.root = {t.begin, t.end};
  }
  if (is == what::body && stack_.size() == 1) out_.is_document = root_is_document_;
  if (is == what::paragraph) ++number_;
  if (deleted_ == 0) drawings_.on_start(xml_, tokens_, stack_.size(), number_);
  if (t.empty && (t.local == "dataBinding" || t.local == "showingPlcHdr") && stack_.size() > 1)
    if (auto& around = stack_[stack_.size() - 2]; around.is == what::control)
      around.bindings.push_back({t.begin, t.end});
  if (t.empty) return close_child(is, t.begin, t.end);
  open_element e{is, t.name, t.begin, t.end, nowhere, false, {}, false, {}, {}};
  if (is == what::text) {
    const auto* space = tokens_.find_attribute("http://www.w3.org/XML/1998/namespace", "space");
    e.preserves_space = space != nullptr && space->value == "preserve";
    if (space != nullptr)
      e.space = {space->begin - 1,
                 static_cast<std::size_t>(space->value.data() - xml_.data()) + space->value.size() + 1};
  }
  stack_.push_back(std::move(e));
  if (is_fallback(t)) ++fallbacks_;
  if (is == what::paragraph) open_paragraph_here(true);
  if (is == what::deleted && !in_properties()) ++deleted_;
  if ((is == what::properties || is == what::section) && current() != nullptr) ++current()->properties;
}

// Whether the paragraph around it still holds nothing but text.
void finder::look_at(what is, const xml::token& t) {
  auto* p = current();
  if (p == nullptr) return;
  if (is == what::section) p->about.only_text = false;
  if (p->properties > 0) {
    if (p->properties == 1 && t.local == "numPr" && is_wordml(t.space)) p->about.is_list_item = true;
    return;
  }
  switch (is) {
    case what::run:
    case what::plain_text:
    case what::text:
    case what::properties:
    case what::invisible:
    case what::wrapper:
      return;
    case what::range_mark:
      p->about.only_text = p->about.only_text && t.empty;
      p->about.keep.push_back({t.begin, t.end});
      return;
    default:
      p->about.only_text = false;
  }
}

void finder::on_end(const xml::token& t) {
  auto& e = stack_.back();
  if (e.is == what::paragraph) close_paragraph();
  if (is_fallback(t)) --fallbacks_;
  if ((e.is == what::properties || e.is == what::section) && current() != nullptr) --current()->properties;
  if (e.is == what::deleted && !in_properties()) --deleted_;
  if (e.node != nowhere) {
    out_.nodes[e.node].inner_end = t.begin;
    out_.nodes[e.node].end = t.end;
  }
  const auto closed = e;
  stack_.pop_back();
  drawings_.on_end(t, stack_.size());
  close_child(closed.is, closed.begin, t.end);
}

// Tells the element around it that a child has ended.
void finder::close_child(what is, std::size_t begin, std::size_t end) {
  if (stack_.empty() || is == what::properties || is == what::section || is == what::range_mark) return;
  auto& parent = stack_.back();
  if (parent.is != what::table && parent.is != what::row && !needs_paragraph(parent.is)) return;
  parent.last_child = {begin, end, is};
  if (parent.node != nowhere)
    out_.nodes[parent.node].children.push_back(parent.last_child);
  else
    parent.rows_before = true;
}

void finder::on_text(const xml::token& t) {
  if (stack_.empty() || deleted_ > 0) return;
  if (where_ == texts::alone) {
    ++number_;
    open_paragraph_here(false);
    add_text(t.text, t.begin);
    return close_paragraph();
  }
  const auto is = stack_.back().is;
  if ((is != what::text && is != what::plain_text) || in_properties()) return;
  if (current() != nullptr) return add_text(t.text, t.begin);
  if (!spans_ && is != what::plain_text) return;
  open_paragraph_here(false);
  current()->about.only_text = false;
  add_text(t.text, t.begin);
  close_paragraph();
}

void finder::open_paragraph_here(bool is_element) {
  if (depth_ == open_paragraphs_.size()) {
    open_paragraphs_.emplace_back();
    if (!spans_) stories_.emplace_back();
  }
  auto& p = open_paragraphs_[depth_++];
  p.element = stack_.size() - 1;
  p.properties = 0;
  p.told = nowhere;
  p.about = {};
  p.about.number = is_element || where_ == texts::alone ? number_ : 0;
  p.about.only_text = is_element;
  p.about.is_second = fallbacks_ > 0;
  if (!spans_) stories_[depth_ - 1].clear();
}

void finder::close_paragraph() {
  auto& p = *current();
  auto& s = story_of_current();
  if (p.told != nowhere) {
    p.about.node = stack_[p.element].node;
    s.paragraphs[p.told] = std::move(p.about);
  }
  const bool may_hold_tags = s.hot || s.text.find(close_) != std::string::npos;
  --depth_;
  if (spans_ && depth_ > 0) return;
  if (may_hold_tags)
    find_in(s, !spans_);
  else
    s.clear();
}

// The number of the current paragraph in its story.
std::uint32_t finder::told() {
  auto& p = *current();
  if (p.told == nowhere) {
    auto& s = story_of_current();
    p.told = static_cast<std::uint32_t>(s.paragraphs.size());
    s.paragraphs.push_back(p.about);
  }
  return p.told;
}

void finder::add_text(std::string_view text, std::size_t offset) {
  auto& s = story_of_current();
  const auto begin = s.text.size();
  const auto first_piece = s.pieces.size();
  for (std::size_t at = 0; at < text.size();) {
    const auto decoded_begin = s.text.size();
    auto end = std::min(text.find_first_of("&\r", at), text.size());
    if (end > at) {
      s.text.append(text.substr(at, end - at));
    } else {
      end = text[at] == '&' ? text.find(';', at) + 1 : at + 1;
      xml::append_decoded(s.text, text.substr(at, end - at));
    }
    add_piece(s, decoded_begin, {offset + at, offset + end});
    at = end;
  }
  s.hot = s.hot || s.text.find(open_.front(), begin) != std::string::npos;
  if (!s.hot) return;
  const auto node = pin();
  for (auto i = first_piece; i < s.pieces.size(); ++i) s.pieces[i].node = node;
}

// The story's text from `text_begin` on is what stands at `where`, in the current paragraph.
void finder::add_piece(story& s, std::size_t text_begin, range where) {
  const auto from = told();
  auto& text = current()->about.text;
  s.pieces.push_back({text_begin, s.text.size(), where.begin, where.end, nowhere, from, text.size()});
  text.append(s.text, text_begin);
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
    n.space = e.space;
    n.rows_before = e.rows_before;
    n.name = e.name;
    n.parent = i == 0 ? nowhere : stack_[i - 1].node;
    n.begin = e.begin;
    n.inner = e.inner;
    n.bindings = e.bindings;
    if (e.rows_before) n.children.push_back(e.last_child);
    e.node = static_cast<std::uint32_t>(out_.nodes.size());
    out_.nodes.push_back(std::move(n));
  }
  return stack_.back().node;
}

std::string finder::place(const told_paragraph& p) {
  if (where_ == texts::alone) return fmt::format("#{}", stack_.back().name);
  if (p.number == 0) return fmt::format("#{}", stack_.empty() ? "" : stack_.back().name);
  auto out = fmt::format("#p[{}]", p.number);
  if (p.is_second) notes_.second_places.insert(fmt::format("{}{}", notes_.part, out));
  return out;
}

void finder::report(std::string id, const story& s, std::size_t at) {
  if (notes_.is_full()) return;
  const auto p = s.piece_at(at);
  const auto& from = s.paragraphs[p->from];
  notes_.add(std::move(id), {with_caret(from.text, p->column + at - p->text_begin)}, place(from));
}

std::uint32_t finder::add_paragraph(story& s, std::uint32_t told) {
  auto& from = s.paragraphs[told];
  if (from.added != nowhere) return from.added;
  paragraph p;
  p.number = from.number;
  p.node = from.node;
  p.only_text = from.only_text;
  p.only_tags = from.only_text && !from.other_text;
  p.is_list_item = from.is_list_item;
  p.text = from.text;
  p.place = place(from);
  p.keep = from.keep;
  from.added = static_cast<std::uint32_t>(out_.paragraphs.size());
  out_.paragraphs.push_back(std::move(p));
  return from.added;
}

// Text beside the tags: its paragraphs hold something to see.
void finder::note_text(story& s, std::size_t begin, std::size_t end) {
  auto at = std::ranges::upper_bound(s.pieces, begin, {}, &piece::text_end);
  for (; at != s.pieces.end() && at->text_begin < end; ++at) {
    const auto from = std::max(begin, at->text_begin);
    if (trimmed(std::string_view(s.text).substr(from, std::min(end, at->text_end) - from)).empty()) continue;
    auto& p = s.paragraphs[at->from];
    p.other_text = true;
    if (p.added != nowhere) out_.paragraphs[p.added].only_tags = false;
  }
}

// Forgets the text before `begin`: a tag that is still to be closed starts there.
void finder::keep_from(story& s, std::size_t begin) {
  s.text.erase(0, begin);
  const auto first = std::ranges::upper_bound(s.pieces, begin, {}, &piece::text_end);
  s.pieces.erase(s.pieces.begin(), first);
  for (auto& p : s.pieces) {
    const auto gone = p.text_begin < begin ? begin - p.text_begin : 0;
    p.begin += gone;
    p.column += gone;
    p.text_begin = p.text_begin + gone - begin;
    p.text_end -= begin;
  }
}

// Goes through the text of a story, and forgets it. What begins in it and does not end may do so in text that is still
// to come, unless it `is_last`.
void finder::find_in(story& s, bool is_last) {
  search look(s.text);
  while (true) {
    const auto begin = look.opening.of(open_, look.at);
    const auto close = look.closing.of(close_, look.at);
    if (close < begin) {
      on_unopened(s, look, close);
      continue;
    }
    note_text(s, look.at, begin);
    if (begin == s.text.size()) return s.clear();
    const auto e = extent_from(s, look, begin);
    const bool has_close = e.close < s.text.size();
    const bool has_next = e.next < s.text.size();
    if (has_close && e.close <= e.next)
      on_tag(s, look, e);
    else if (!is_last && !has_close && !has_next && s.text.size() - e.inner <= longest_tag)
      return keep_from(s, begin);
    else
      on_unclosed(s, look, e);
  }
}

extent finder::extent_from(const story& s, search& look, std::size_t begin) const {
  const auto inner = begin + open_.size();
  const bool changes_delimiters = s.text.compare(inner, 1, "=") == 0;
  if (!changes_delimiters) return {begin, inner, look.closing.of(close_, inner), look.opening.of(open_, inner)};
  // {={{ }}=}: what stands between the two signs may look like delimiters, and is none.
  const auto sign = look.change_end.of("=" + close_, inner + 1);
  return {begin, inner, std::min(sign + 1, s.text.size()), s.text.size()};
}

void finder::on_unopened(story& s, search& look, std::size_t close) {
  report("docx.unopened-tag", s, close);
  const auto end = close + close_.size();
  note_text(s, look.at, end);
  look.at = end;
}

void finder::on_unclosed(const story& s, search& look, const extent& e) {
  if (e.begin != look.surplus_end) {
    report("docx.unclosed-tag", s, e.begin);
    look.surplus = 0;
  }
  ++look.surplus;
  look.surplus_end = e.inner;
  look.at = e.next;
}

void finder::on_tag(story& s, search& look, const extent& e) {
  look.at = e.close + close_.size();
  if (e.close - e.inner > longest_tag)
    report("docx.tag-too-long", s, e.begin);
  else
    add_tag(s, e.begin, look.at);
  if (e.begin != look.surplus_end) return;
  for (; look.surplus > 0 && s.text.compare(look.at, close_.size(), close_) == 0; --look.surplus)
    look.at += close_.size();
}

void finder::add_tag(story& s, std::size_t begin, std::size_t end) {
  tag t;
  t.written = s.text.substr(begin, end - begin);
  const auto inside = std::string_view(t.written).substr(open_.size());
  read_sign(inside.substr(0, inside.size() - close_.size()), options_, t);
  auto at = s.piece_at(begin);
  t.node = at->node;
  t.paragraph = add_paragraph(s, at->from);
  t.column = at->column + begin - at->text_begin;
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
  if (t.kind == tag_kind::delimiters) change_delimiters(s, t, begin);
  out_.tags.push_back(std::move(t));
}

void finder::change_delimiters(const story& s, const tag& t, std::size_t begin) {
  auto [open, close] = read_delimiters(t.text);
  if (open.empty() || close.empty() || open == close) return report("docx.wrong-delimiters", s, begin);
  open_ = std::move(open);
  close_ = std::move(close);
}

}  // namespace

void part_notes::drop_repeated() {
  const auto is_second = [&](const diagnostic& d) { return second_places.contains(d.where.path); };
  std::set<std::pair<std::string, std::vector<std::string>>> first;
  for (const auto& d : notes)
    if (!is_second(d)) first.emplace(d.what.id, d.what.args);
  std::erase_if(notes, [&](const diagnostic& d) {
    return is_second(d) && first.contains({d.what.id, d.what.args});
  });
}

void part_notes::add(std::string id, std::vector<std::string> args, std::string_view inside) {
  if (is_full()) return;
  notes.push_back(
      {severity::error, {std::move(id), std::move(args)}, {source, 0, 0, fmt::format("{}{}", part, inside)}, {}});
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

part_scan find_tags(std::string_view xml, texts where, const compile_options& options, part_notes& notes) {
  return finder(xml, where, options, notes).find();
}

}  // namespace vanthu::docx
