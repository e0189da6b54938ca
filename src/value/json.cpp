#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <span>
#include <utility>

#include "os/input.hpp"
#include "value/json_pieces.hpp"
#include "value/nodes.hpp"
#include "vanthu/json_file.hpp"

// A rapidjson of our own name, so that it never meets another build of it in the program that embeds us.
#define RAPIDJSON_NAMESPACE vanthu_rapidjson
#define RAPIDJSON_NAMESPACE_BEGIN namespace vanthu_rapidjson {
#define RAPIDJSON_NAMESPACE_END }
#define RAPIDJSON_NO_SIZETYPEDEFINE  // a text may be longer than 4 GiB
namespace vanthu_rapidjson {
using SizeType = std::size_t;
}
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace vanthu {
namespace {

namespace rj = vanthu_rapidjson;

constexpr std::size_t deepest = 256;
constexpr std::size_t most_faults = 1000;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

// A remark before its offset is turned into line and column.
struct fault {
  message what;
  std::size_t at = 0;
  std::optional<std::size_t> earlier = {};  // the other place of a duplicate
  bool of_string = false;                   // places are behind the strings in question, not before them
};

// At most `length` bytes of a text, for a message; never half a character.
std::string excerpt(std::string_view utf8, std::size_t length = 40) {
  if (utf8.size() <= length) return std::string(utf8);
  auto end = length;
  while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80) --end;
  return std::string(utf8.substr(0, end)) + "…";
}

// A text in memory.
class json_text : public rj::MemoryStream {
 public:
  json_text(std::string_view json, bool has_escapes)
      : rj::MemoryStream(json.data(), json.size()), has_escapes_(has_escapes) {}
  bool has_escapes() const { return has_escapes_; }  // whether there may be characters written as \u

 private:
  bool has_escapes_;
};

// Builds the tree bottom up while rapidjson reports what it reads.
template <class Stream>
class builder {
 public:
  // `expected`: bytes of the text, if they are all of one value.
  builder(const Stream& stream, std::uint64_t expected, std::vector<fault>& faults)
      : stream_(stream), faults_(faults), tree_(static_cast<std::size_t>(expected)) {
    constexpr std::uint64_t waiting = std::uint64_t{64} << 10;
    values_.reserve(static_cast<std::size_t>(std::min(expected / 32, waiting)));
  }

  bool Null() { return put({}); }
  bool Bool(bool b) { return put(b); }
  bool RawNumber(const char* text, std::size_t length, bool) {
    const std::string_view number(text, length);
    const auto n = decimal::parse(number);
    return n ? put(*n) : note({{"value.number-too-long", {excerpt(number)}}, stream_.Tell() - length}) && put({});
  }
  bool String(const char* text, std::size_t length, bool) {
    return whole({text, length}) && put(tree_.text({text, length}));
  }
  bool Key(const char* text, std::size_t length, bool) {
    if (!whole({text, length})) return false;
    names_.push_back({characters_.size(), length, stream_.Tell()});
    characters_.append(text, length);
    return true;
  }
  bool StartObject() { return open(); }
  bool StartArray() { return open(); }
  bool EndObject(std::size_t);
  bool EndArray(std::size_t);

  // Never called: numbers reach us as text.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  value take() { return std::move(values_.front()); }

 private:
  struct name_read {
    std::size_t begin, length;  // in characters_
    std::size_t end;            // offset behind the closing quote
  };
  struct level {
    std::size_t values, names;  // how many waited when it was opened
  };
  using names_ptr = std::shared_ptr<const member_names>;

  bool put(value v) {
    values_.push_back(std::move(v));
    return true;
  }
  bool note(fault f) {
    faults_.push_back(std::move(f));
    return faults_.size() < most_faults;
  }
  bool open() {
    if (levels_.size() == deepest) {
      note({{"value.too-deep", {std::to_string(deepest)}}, stream_.Tell()});
      return false;
    }
    levels_.push_back({values_.size(), names_.size()});
    return true;
  }
  bool whole(std::string_view text);
  std::string_view text_of(const name_read& n) const { return std::string_view(characters_).substr(n.begin, n.length); }
  bool may_repeat(std::span<const name_read> names) const;
  bool note_duplicates(std::span<const name_read> names);
  bool are_same(std::span<const name_read> names, const names_ptr& known) const;
  names_ptr shared_names(std::span<const name_read> names);

  const Stream& stream_;
  std::vector<fault>& faults_;
  std::vector<value> values_;
  std::vector<name_read> names_;
  std::string characters_;  // of the names
  std::vector<level> levels_;
  std::vector<names_ptr> last_names_;  // of the last object at each depth: the next one often has the same
  value_tree tree_;
};

// rapidjson pairs \ud800 with what follows, but lets a \udc00 pass that follows nothing: the text is then no UTF-8.
template <class Stream>
bool builder<Stream>::whole(std::string_view text) {
  if (!stream_.has_escapes() || text.find('\xed') == text.npos) return true;
  const auto bad = find_invalid_utf8(text);
  if (!bad) return true;
  static constexpr char hex[] = "0123456789abcdef";
  const auto middle = static_cast<unsigned char>(text[*bad + 1]);
  const auto last = static_cast<unsigned char>(text[*bad + 2]);
  const std::string escape{
      '\\', 'u', 'd', hex[(middle >> 2) & 0xf], hex[(middle & 3) << 2 | ((last >> 4) & 3)], hex[last & 0xf]};
  note({{"value.json-escape", {escape}}, stream_.Tell(), {}, true});
  return false;
}

// Few names are compared each with each; of many, their hashes, so that only a likely duplicate costs a sort by name.
template <class Stream>
bool builder<Stream>::may_repeat(std::span<const name_read> names) const {
  if (names.size() <= 8) {
    for (std::size_t i = 1; i < names.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (text_of(names[i]) == text_of(names[j])) return true;
    return false;
  }
  std::vector<std::size_t> hashes(names.size());
  std::ranges::transform(names, hashes.begin(), std::hash<std::string_view>{},
                         [this](const name_read& n) { return text_of(n); });
  std::ranges::sort(hashes);
  return std::ranges::adjacent_find(hashes) != hashes.end();
}

template <class Stream>
bool builder<Stream>::note_duplicates(std::span<const name_read> names) {
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(text_of(names[i]), i); });
  for (std::size_t i = 1, first = 0; i < order.size(); ++i) {
    const auto& later = names[order[i]];
    const auto& earlier = names[order[first]];
    if (text_of(later) != text_of(earlier))
      first = i;
    else if (!note({{"value.duplicate-member", {excerpt(text_of(later))}}, later.end, earlier.end, true}))
      return false;
  }
  return true;
}

template <class Stream>
bool builder<Stream>::are_same(std::span<const name_read> names, const names_ptr& known) const {
  if (known == nullptr || known->size() != names.size()) return false;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (text_of(names[i]) != (*known)[i]) return false;
  return true;
}

// Nothing when names repeat and that was the last fault we keep.
template <class Stream>
auto builder<Stream>::shared_names(std::span<const name_read> names) -> names_ptr {
  if (last_names_.size() <= levels_.size()) last_names_.resize(levels_.size() + 1);
  auto& known = last_names_[levels_.size()];
  if (are_same(names, known)) return known;
  if (may_repeat(names) && !note_duplicates(names)) return nullptr;
  auto made = std::make_shared<member_names>();
  for (const auto& n : names)
    if (made->position(text_of(n)) == made->size()) made->add(std::string(text_of(n)));
  return known = std::move(made);
}

template <class Stream>
bool builder<Stream>::EndObject(std::size_t) {
  const auto [first_value, first_name] = levels_.back();
  levels_.pop_back();
  const auto names = shared_names(std::span(names_).subspan(first_name));
  if (names == nullptr) return false;
  // Fewer when some repeat, and then nobody gets them.
  auto made = tree_.object(names, std::span(values_).subspan(first_value, names->size()));
  if (first_name < names_.size()) characters_.resize(names_[first_name].begin);
  names_.erase(names_.begin() + static_cast<std::ptrdiff_t>(first_name), names_.end());
  values_.resize(first_value);
  return put(std::move(made));
}

template <class Stream>
bool builder<Stream>::EndArray(std::size_t) {
  const auto first = values_.begin() + static_cast<std::ptrdiff_t>(levels_.back().values);
  levels_.pop_back();
  std::vector<value> items(std::make_move_iterator(first), std::make_move_iterator(values_.end()));
  values_.erase(first, values_.end());
  return put(value::list(std::move(items)));
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' ||
         c == '+' || c == '-';
}

// What stands at `at`, which moves back to its beginning: a whole word, or one character.
std::string found(std::string_view json, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(json[at]);
  if (byte < 0x20) {
    const std::string_view hex = "0123456789ABCDEF";
    return std::string("U+00") + hex[byte >> 4] + hex[byte & 0xf];
  }
  while (at > 0 && is_word(json[at]) && is_word(json[at - 1])) --at;
  auto end = at + 1;
  if (is_word(json[at]))
    while (end < json.size() && is_word(json[end])) ++end;
  else
    while (end < json.size() && is_continuation(json[end])) ++end;
  return excerpt(json.substr(at, end - at));
}

std::string expected(rj::ParseErrorCode code) {
  switch (code) {
    case rj::kParseErrorObjectMissName:
      return "\"";
    case rj::kParseErrorObjectMissColon:
      return ":";
    case rj::kParseErrorObjectMissCommaOrCurlyBracket:
      return ", }";
    case rj::kParseErrorArrayMissCommaOrSquareBracket:
      return ", ]";
    case rj::kParseErrorNumberMissFraction:
    case rj::kParseErrorNumberMissExponent:
      return "0-9";
    default:
      return "{ [ \" 0-9 true false null";
  }
}

// Up to the character that makes the escape wrong; past the end of the text when only its end does.
std::size_t escape_length(std::string_view escape) {
  std::size_t wrong = 1;
  if (escape.size() > 1 && escape[1] == 'u') {
    wrong = std::min(escape.find_first_not_of("0123456789abcdefABCDEF", 2), escape.size());
    if (wrong >= 6) return 6;  // half a pair
  }
  auto length = wrong + 1;
  while (length < escape.size() && is_continuation(escape[length])) ++length;
  return length;
}

// The fault rapidjson stopped at.
fault syntax_fault(std::string_view json, rj::ParseErrorCode code, std::size_t at) {
  if (code == rj::kParseErrorNumberTooBig) {
    auto text = found(json, at);
    return {{"value.number-too-long", {std::move(text)}}, at};
  }
  if (at >= json.size()) return {{"value.json-cut-off", {}}, json.size()};
  if (code == rj::kParseErrorDocumentRootNotSingular) {
    auto text = found(json, at);
    return {{"value.json-after-end", {std::move(text)}}, at};
  }
  if (json[at] == '\\') {
    const auto length = escape_length(json.substr(at));
    if (length > json.size() - at) return {{"value.json-cut-off", {}}, json.size()};
    return {{"value.json-escape", {std::string(json.substr(at, length))}}, at};
  }
  if (code == rj::kParseErrorStringEscapeInvalid || code == rj::kParseErrorStringMissQuotationMark)
    return {{"value.json-escape", {found(json, at)}}, at};
  if (code == rj::kParseErrorValueInvalid && at > 0 && is_word(json[at - 1])) --at;  // "nul]" stops at the bracket
  auto text = found(json, at);
  return {{"value.json-syntax", {std::move(text), expected(code)}}, at};
}

// Whether there may be characters written as \u.
bool may_have_escapes(std::string_view json) {
  return json.find("\\u") != json.npos;
}

struct one_value {
  std::optional<value> read;       // nothing when a fault was noted
  std::optional<std::size_t> end;  // where it ends; nothing when reading stopped before
};

constexpr unsigned parsing = rj::kParseIterativeFlag | rj::kParseNumbersAsStringsFlag;

// The opening quote of the string that ends before `end`: the last quote without a backslash that counts.
std::size_t string_start(std::string_view json, std::size_t end) {
  for (auto at = end - 2;; --at) {
    if (json[at] != '"') continue;
    auto first = at;
    while (first > 0 && json[first - 1] == '\\') --first;
    if ((at - first) % 2 == 0) return at;
  }
}

// Reads the value that a text of the input begins with, `base` behind the input's beginning. `expected` as a builder
// wants it.
template <unsigned more_flags>
one_value read_value(const json_text& text, std::size_t expected, std::size_t base, std::vector<fault>& faults) {
  const std::string_view json(text.begin_, text.size_);
  const auto before = faults.size();
  auto stream = text;
  builder tree(stream, expected, faults);
  rj::Reader reader;
  const auto result = reader.Parse<parsing | more_flags>(stream, tree);
  if (result.IsError() && result.Code() != rj::kParseErrorTermination)
    faults.push_back(syntax_fault(json, result.Code(), result.Offset()));
  for (auto i = before; i < faults.size(); ++i) {
    auto& f = faults[i];
    if (f.of_string) f.at = string_start(json, f.at);
    if (f.earlier) f.earlier = string_start(json, *f.earlier) + base;
    f.at += base;
  }
  one_value out;
  if (!result.IsError()) out.end = stream.Tell();
  if (faults.size() == before) out.read = tree.take();
  return out;
}

// The value of a file that has no fault; nothing otherwise.
std::optional<value> read_in_pieces(os::input& in) {
  json_pieces stream(in);
  std::vector<fault> faults;
  builder tree(stream, in.expected(), faults);
  rj::Reader reader;
  const bool read = !reader.Parse<parsing>(stream, tree).IsError();
  if (!read || !faults.empty() || !stream.is_over()) return {};
  return tree.take();
}

fault after_end(std::string_view text, std::size_t at) {
  return syntax_fault(text, rj::kParseErrorDocumentRootNotSingular, at);
}

// The same where nothing but white space may follow.
std::optional<value> read_one(std::string_view json, std::size_t base, std::vector<fault>& faults) {
  auto one = read_value<rj::kParseNoFlags>({json, may_have_escapes(json)}, json.size(), base, faults);
  if (one.end && *one.end != json.size()) {  // a zero byte looks like the end
    faults.push_back(after_end(json, *one.end));
    faults.back().at += base;
    return {};
  }
  return std::move(one.read);
}

class line_index {
 public:
  line_index(std::string_view text, const std::string& source, int first_line)
      : source_(source), first_line_(first_line) {
    if (text.starts_with(byte_order_mark)) starts_.front() = byte_order_mark.size();
    for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) starts_.push_back(at + 1);
  }
  location where(std::size_t offset) const {
    const auto after = std::ranges::upper_bound(starts_, offset);
    const auto line = after == starts_.begin() ? after : after - 1;
    const auto column = offset < *line ? 0 : offset - *line;
    return {source_, first_line_ + static_cast<int>(line - starts_.begin()), static_cast<int>(column) + 1, {}};
  }

 private:
  const std::string& source_;
  int first_line_;
  std::vector<std::size_t> starts_{0};
};

diagnostics remarks(std::string_view text, const std::string& source, int first_line, std::vector<fault> faults) {
  if (faults.empty()) return {};
  std::ranges::stable_sort(faults, {}, &fault::at);
  const line_index lines(text, source, first_line);
  diagnostics notes;
  for (auto& f : faults) {
    notes.push_back({severity::error, std::move(f.what), lines.where(f.at), {}});
    if (f.earlier) notes.back().related.push_back(lines.where(*f.earlier));
  }
  return notes;
}

// Notes the first byte that is no UTF-8.
bool malformed(std::string_view text, std::vector<fault>& faults) {
  const auto bad = find_invalid_utf8(text);
  if (bad) faults.push_back({{"value.invalid-utf8", {std::to_string(*bad)}}, *bad});
  return bad.has_value();
}

std::size_t mark_length(std::string_view text) {
  return text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
}

}  // namespace

checked<value> read_json(std::string_view json, std::string source) {
  std::vector<fault> faults;
  std::optional<value> result;
  const auto start = mark_length(json);
  if (!malformed(json, faults)) result = read_one(json.substr(start), start, faults);
  return {std::move(result), remarks(json, source, 1, std::move(faults))};
}

// What is wrong is told by the whole text, which faultless files never need.
checked<value> read_json_file(const std::filesystem::path& file, std::uint64_t max_bytes) {
  os::input in(file, max_bytes);
  if (in.is_regular()) {
    if (auto read = read_in_pieces(in)) return {std::move(read), {}};
    in.rewind();
  }
  return read_json(os::read_all<std::string>(in), file.string());
}

checked<std::vector<value>> read_json_lines(std::string_view text, std::string source, int first_line) {
  auto records = json_records::lines(text, std::move(source), first_line);
  std::vector<value> values;
  while (auto v = records.next()) values.push_back(*std::move(v));
  auto notes = records.notes();
  if (!notes.empty()) return {std::nullopt, std::move(notes)};
  return {std::move(values), {}};
}

struct json_records::reading {
  std::string_view text;
  std::string source;
  int first_line;
  std::vector<fault> faults;
  std::size_t at;  // up to here it was read
  bool is_list = false, is_first = true, is_over, has_escapes;

  reading(std::string_view t, std::string s, int line)
      : text(t),
        source(std::move(s)),
        first_line(line),
        at(mark_length(t)),
        is_over(malformed(t, faults)),
        has_escapes(may_have_escapes(t)) {}
  void skip_blanks() { at = std::min(text.find_first_not_of(" \t\r\n", at), text.size()); }
  bool skip(char sign) {
    if (at == text.size() || text[at] != sign) return false;
    ++at;
    return true;
  }
  std::optional<value> line();
  std::optional<value> item();
};

std::optional<value> json_records::reading::line() {
  skip_blanks();
  is_over = at == text.size();
  if (is_over) return {};
  const auto line = text.substr(at, std::min(text.find('\n', at), text.size()) - at);
  auto read = read_one(line, at, faults);
  at += line.size();
  return read;
}

std::optional<value> json_records::reading::item() {
  skip_blanks();
  if (skip(']')) {
    skip_blanks();
    is_over = true;
    if (at < text.size()) faults.push_back(after_end(text, at));
    return {};
  }
  if (!std::exchange(is_first, false) && !skip(',')) {
    is_over = true;
    faults.push_back(syntax_fault(text, rj::kParseErrorArrayMissCommaOrSquareBracket, at));
    return {};
  }
  auto one = read_value<rj::kParseStopWhenDoneFlag>({text.substr(at), has_escapes}, 0, at, faults);
  is_over = !one.end;
  at += one.end.value_or(0);
  return std::move(one.read);
}

json_records::json_records(std::unique_ptr<reading> begun) : reading_(std::move(begun)) {}
json_records::json_records(std::string_view text, std::string source)
    : json_records(std::make_unique<reading>(text, std::move(source), 1)) {
  reading_->skip_blanks();
  reading_->is_list = reading_->skip('[');
}
json_records json_records::lines(std::string_view text, std::string source, int first_line) {
  return json_records(std::make_unique<reading>(text, std::move(source), first_line));
}
json_records::json_records(json_records&&) noexcept = default;
json_records& json_records::operator=(json_records&&) noexcept = default;
json_records::~json_records() = default;

std::optional<value> json_records::next() {
  auto& r = *reading_;
  while (!r.is_over && r.faults.size() < most_faults) {
    auto read = r.is_list ? r.item() : r.line();
    if (read && r.faults.empty()) return read;
  }
  return {};
}

diagnostics json_records::notes() const {
  const auto& r = *reading_;
  return remarks(r.text, r.source, r.first_line, r.faults);
}

}  // namespace vanthu
