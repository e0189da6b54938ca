#include "docx/field_words.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "xml/characters.hpp"

namespace vanthu::docx {
namespace {

// Fields that show what they are given. Others load files (INCLUDETEXT, LINK, DDE), run macros or calculate.
constexpr std::string_view fields[] = {  // sorted
    "ASK",         "AUTHOR",      "COMMENTS", "COMPARE",     "CREATEDATE",   "DATE",         "DISPLAYBARCODE",
    "DOCPROPERTY", "DOCVARIABLE", "EDITTIME", "FILENAME",    "FILLIN",       "HYPERLINK",    "IF",
    "INDEX",       "INFO",        "KEYWORDS", "LASTSAVEDBY", "LISTNUM",      "MERGEBARCODE", "MERGEFIELD",
    "NOTEREF",     "NUMCHARS",    "NUMPAGES", "NUMWORDS",    "PAGE",         "PAGEREF",      "PRINTDATE",
    "QUOTE",       "REF",         "REVNUM",   "SAVEDATE",    "SECTION",      "SECTIONPAGES", "SEQ",
    "SET",         "STYLEREF",    "SUBJECT",  "TA",          "TC",           "TEMPLATE",     "TIME",
    "TITLE",       "TOA",         "TOC",      "USERADDRESS", "USERINITIALS", "USERNAME",     "XE"};

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
  return out;
}

class lexer {
 public:
  lexer(std::string_view code, const std::vector<opaque>& tags) : code_(code), tags_(tags) {}
  std::vector<field_word> read() {
    while (at_ < code_.size()) {
      if (!in_tag() && xml::is_space(code_[at_]))
        ++at_;
      else
        out_.push_back(quote_here() > 0 ? quoted() : bare());
    }
    return std::move(out_);
  }

 private:
  bool in_tag() {
    while (next_ < tags_.size() && tags_[next_].end <= at_) ++next_;
    return next_ < tags_.size() && tags_[next_].begin <= at_;
  }
  std::size_t quote_here() { return in_tag() ? 0 : quote_at(code_, at_); }
  void step(field_word& w) {
    if (in_tag()) {
      at_ = tags_[next_].end;
    } else if (code_[at_] == '\\') {
      w.escapes_tag = w.escapes_tag || begins_tag(at_ + 1);
      at_ += begins_tag(at_ + 1) ? std::size_t{1} : std::size_t{2};
    } else {
      ++at_;
    }
  }
  bool begins_tag(std::size_t at) const { return next_ < tags_.size() && tags_[next_].begin == at; }
  field_word quoted() {
    field_word w;
    w.begin = at_;
    w.is_quoted = true;
    w.inner = at_ += quote_here();
    while (at_ < code_.size() && quote_here() == 0) step(w);
    w.inner_end = std::min(at_, code_.size());
    if (at_ < code_.size()) at_ += quote_here();
    w.end = at_ = std::min(at_, code_.size());
    return w;
  }
  field_word bare() {
    field_word w;
    w.begin = w.inner = at_;
    w.is_switch = !in_tag() && code_[at_] == '\\';
    while (at_ < code_.size() && (in_tag() || (!xml::is_space(code_[at_]) && quote_here() == 0))) step(w);
    w.end = w.inner_end = at_ = std::min(at_, code_.size());
    return w;
  }

  std::string_view code_;
  const std::vector<opaque>& tags_;
  std::size_t at_ = 0, next_ = 0;
  std::vector<field_word> out_;
};

}  // namespace

std::size_t quote_at(std::string_view text, std::size_t at) {
  if (text[at] == '"') return 1;
  const auto sign = text.substr(at, 3);  // U+201C to U+201F
  return sign.size() == 3 && sign.starts_with("\xe2\x80") && sign[2] >= '\x9c' && sign[2] <= '\x9f' ? 3 : 0;
}

std::vector<field_word> words_of(std::string_view code, const std::vector<opaque>& tags) {
  return lexer(code, tags).read();
}

std::vector<std::string_view> plain_words(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n";
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = std::min(text.find_first_not_of(spaces, at), text.size());
    at = std::min(text.find_first_of(spaces, begin), text.size());
    if (at > begin) out.push_back(text.substr(begin, at - begin));
  }
  return out;
}

bool takes_data(std::string_view field) {
  return std::ranges::binary_search(fields, std::string_view(upper_ascii(field)));
}

// \l, \o and \t have an argument of their own.
const field_word* address_of(std::string_view code, const std::vector<field_word>& words) {
  bool is_argument = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto& w = words[i];
    const auto text = code.substr(w.begin, w.end - w.begin);
    if (!w.is_switch && !is_argument) return &w;
    is_argument = w.is_switch && text.size() == 2 && std::string_view("lotLOT").find(text[1]) != std::string_view::npos;
  }
  return nullptr;
}

}  // namespace vanthu::docx
