// A copy of a template with a Word comment at each remark.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <pugixml.hpp>

#include "docx/additions.hpp"
#include "docx/fragment.hpp"
#include "docx/pack.hpp"
#include "docx/rich.hpp"
#include "docx/wordml.hpp"
#include "xml/tokens.hpp"

namespace vanthu {
namespace {

using namespace docx;

constexpr std::string_view comments_type =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

// The paragraph of the main part a remark is on; the first one when it is on something else.
int paragraph_of(const diagnostic& d, std::string_view main) {
  const auto head = fmt::format("{}#p[", main);
  const std::string_view path = d.where.path;
  int number = 1;
  if (path.starts_with(head)) std::from_chars(path.data() + head.size(), path.data() + path.size(), number);
  return number;
}

// Puts the anchors of comments around paragraphs. Those within another, in text boxes, count as part of it.
class anchoring {
 public:
  anchoring(std::string_view xml, const std::multimap<int, int>& comments)
      : xml_(xml), comments_(comments), tokens_(xml, xml::unlimited) {}

  std::string run() {
    while (tokens_.next().kind != xml::kind::done && tokens_.current().kind != xml::kind::failed) step();
    out_ += xml_.substr(at_);
    return std::move(out_);
  }

 private:
  void step();
  void flush(std::size_t to) {
    out_ += xml_.substr(at_, to - at_);
    at_ = to;
  }
  void put_anchors() {
    std::string starts;
    for (const auto id : here_) starts += fmt::format("<{0}commentRangeStart {0}id=\"{1}\"/>", prefix_, id);
    out_.insert(begin_, starts);
    for (const auto id : here_)
      out_ += fmt::format("<{0}commentRangeEnd {0}id=\"{1}\"/><{0}r><{0}commentReference {0}id=\"{1}\"/></{0}r>",
                          prefix_, id);
    here_.clear();
  }

  std::string_view xml_;
  const std::multimap<int, int>& comments_;  // ids by paragraph
  xml::tokenizer tokens_;
  std::string out_, prefix_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;  // in out_: of what follows the paragraph's properties
  int number_ = 0, depth_ = 0;
  bool waits_ = false;     // for the end of the paragraph's properties
  std::vector<int> here_;  // comments of the outermost paragraph we are in
};

void anchoring::step() {
  const auto& t = tokens_.current();
  const auto is = classify(t.space, t.local);
  const bool starts = t.kind == xml::kind::start;
  const bool child = starts && tokens_.depth() - (t.empty ? 0 : 1) == depth_;
  const bool closes = t.kind == xml::kind::end && tokens_.depth() + 1 == depth_;
  if (waits_ && ((child && t.local != "pPr") || closes)) {
    flush(t.begin);
    begin_ = out_.size();
    waits_ = false;
  }
  if (is != what::paragraph) return;
  if (starts) {
    ++number_;
    const auto [first, last] = comments_.equal_range(number_);
    for (auto c = first; c != last; ++c) here_.push_back(c->second);
    if (depth_ == 0) prefix_ = t.name.substr(0, t.name.size() - 1);
  }
  if (starts && t.empty && depth_ == 0 && !here_.empty()) {
    flush(t.end - 2);
    at_ = t.end;
    out_ += ">";
    begin_ = out_.size();
    put_anchors();
    out_ += fmt::format("</{}>", t.name);
  } else if (starts && !t.empty && depth_ == 0) {
    depth_ = tokens_.depth();
    waits_ = true;
  } else if (t.kind == xml::kind::end && tokens_.depth() + 1 == depth_) {
    flush(t.begin);
    put_anchors();
    depth_ = 0;
  }
}

std::string comment_of(const diagnostic& d, int id, std::string_view declaration, language lang) {
  auto said = text(d.what, lang);
  if (const auto next = hint(d.what, lang); !next.empty()) said += "\n" + next;
  if (!d.where.path.empty()) said += "\n" + d.where.path;
  said += fmt::format(" [{}]", d.id());
  return fmt::format(
      "<w:comment{0} w:id=\"{1}\" w:author=\"vanthu\" w:initials=\"vt\"><w:p><w:r>{2}</w:r></w:p></w:comment>",
      declaration, id, run_content(said, "w:"));
}

struct comments_part {
  std::string name = "word/comments.xml", content;
  range root;                 // its start tag
  std::size_t inner_end = 0;  // where more can be put; 0 when its root is one empty tag
  int last = -1;
};

// The comments the template has already.
comments_part read_comments(const archive& in) {
  comments_part out;
  for (std::size_t i = 0; i < in.entries.size(); ++i) {
    const auto& name = in.entries[i].name;
    if (in.roles[i] != role::story || !lower_ascii(name).ends_with("comments.xml")) continue;
    out.name = name;
    out.content = text_of(in, name);
  }
  xml::tokenizer tokens(out.content, xml::unlimited);
  while (tokens.next().kind != xml::kind::done && tokens.current().kind != xml::kind::failed) {
    const auto& t = tokens.current();
    if (t.kind == xml::kind::start && out.root.empty()) out.root = {t.begin, t.end};
    if (t.kind == xml::kind::end && tokens.depth() == 0) out.inner_end = t.begin;
    if (t.kind != xml::kind::start || t.local != "comment") continue;
    int number = 0;
    if (const auto* id = tokens.find_attribute(t.space, "id"))
      std::from_chars(id->value.data(), id->value.data() + id->value.size(), number);
    out.last = std::max(out.last, number);
  }
  return out;
}

// What a comment has to declare to stand there.
std::string declaration_in(const comments_part& part, bool strict) {
  if (part.root.empty()) return {};
  auto out = fmt::format(" xmlns:w=\"{}\"", wordml_space(strict));
  const auto known =
      declarations(std::string_view(part.content).substr(part.root.begin, part.root.end - part.root.begin));
  return known.find(out) == known.npos ? out : std::string{};
}

std::string with_comments(comments_part old, const std::string& added, bool strict) {
  if (old.root.empty()) return fmt::format("<w:comments xmlns:w=\"{}\">{}</w:comments>", wordml_space(strict), added);
  if (old.inner_end > 0) return old.content.insert(old.inner_end, added);
  const auto name = old.content.substr(old.root.begin + 1,
                                       old.content.find_first_of(" \t\r\n/", old.root.begin) - old.root.begin - 1);
  return old.content.replace(old.root.end - 2, 2, fmt::format(">{}</{}>", added, name));
}

}  // namespace

checked<bytes> annotate(std::span<const std::byte> docx, const std::string& source, const diagnostics& notes,
                        language lang) {
  auto opened = read_archive(docx, source, {});
  if (!opened) return {{}, std::move(opened.notes)};
  const auto& in = *opened;
  const auto& main = in.entries[in.main];
  const auto xml = unpack_xml(in, main);
  if (!xml) return {{}, xml.notes};
  if (const auto found = xml::find_problem(*xml)) return {{}, {fault(in, found->what.id, found->what.args, main.name)}};
  const auto old = read_comments(in);
  std::multimap<int, int> places;
  const std::vector<entry> settled;
  additions changes(in, settled);
  const auto declaration = declaration_in(old, changes.is_strict());
  std::string added;
  auto id = old.last;
  for (const auto& d : notes) {
    places.emplace(paragraph_of(d, main.name), ++id);
    added += comment_of(d, id, declaration, lang);
  }
  if (!notes.empty()) {
    changes.parts.put(main.name, anchoring(*xml, places).run(), {}, {});
    changes.parts.put(old.name, with_comments(old, added, changes.is_strict()), std::string(comments_type), "comments");
  }
  bytes out;
  const byte_sink sink = [&out](std::span<const std::byte> piece) {
    out.insert(out.end(), piece.begin(), piece.end());
  };
  const byte_patch patch = [&out](std::uint64_t offset, std::span<const std::byte> piece) {
    std::ranges::copy(piece, out.begin() + static_cast<std::ptrdiff_t>(offset));
  };
  packer pack(sink, patch);
  const auto changed = changes.finish();
  for (const auto& e : in.entries) {
    const auto other = std::ranges::find(changed, e.name, &entry::name);
    pack.copy(other == changed.end() ? e : *other);
  }
  for (const auto& e : changed)
    if (!in.by_name.contains(e.name)) pack.copy(e);
  pack.finish();
  return {std::move(out), {}};
}

}  // namespace vanthu
