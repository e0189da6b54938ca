// A strict pull tokenizer over XML 1.0 with namespaces, for text that strangers send. It hands out pieces of the text
// with their byte offsets and allocates nothing per token.
//
// Refused, each with the offset: DOCTYPE (so no entities of one's own), encodings other than UTF-8, malformed UTF-8,
// characters XML does not allow, mismatched and unclosed tags, duplicate attributes, undeclared prefixes, references to
// unknown entities, text or a second element beside the root, and more depth, attributes or namespaces than the limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/diagnostic.hpp"

namespace vanthu::xml {

struct limits {
  int depth = 256;        // of elements
  int attributes = 1024;  // of one element
  int namespaces = 256;   // declared and in scope
};
inline constexpr limits unlimited{1 << 20, 1 << 20, 1 << 20};  // for a text that has been read once within its limits

struct problem {
  message what;
  std::size_t offset = 0;  // in bytes from the start of the text
};

enum class kind : unsigned char { start, end, text, cdata, comment, instruction, declaration, done, failed };

// Views point into the text that was given to the tokenizer.
struct token {
  xml::kind kind = xml::kind::done;
  bool empty = false;              // of start: <a/>; no end follows
  std::size_t begin = 0, end = 0;  // the token's bytes
  std::string_view name;           // of start and end, with its prefix: "w:p"; target of an instruction
  std::string_view local;          // the name without its prefix
  std::string_view space;          // namespace of the name; "" when it has none
  std::string_view text;           // of text: as written, see decode(); of cdata: what is inside
};

struct attribute {
  std::string_view name;  // with its prefix
  std::string_view local;
  std::string_view space;  // "" without a prefix
  std::string_view value;  // as written, see decode_attribute()
  std::size_t begin = 0;   // of the name
};

class tokenizer {
 public:
  explicit tokenizer(std::string_view text, const limits& most = {});

  // The next token; kind::done at the end, kind::failed at the first problem and ever after.
  const token& next();
  const token& current() const noexcept { return token_; }
  std::span<const attribute> attributes() const noexcept { return attributes_; }  // of the current start
  // Value as written, or nothing. Attributes without a prefix have no namespace.
  const attribute* find_attribute(std::string_view space, std::string_view local) const noexcept;
  int depth() const noexcept { return static_cast<int>(open_.size()); }  // elements open after the current token
  const std::optional<xml::problem>& problem() const noexcept { return problem_; }

 private:
  struct element {
    std::string_view name, local, space;
    std::size_t begin;
    std::size_t bindings;  // in scope outside it
  };
  struct binding {
    std::string_view prefix, space;
  };

  const token& fail(std::string id, std::size_t offset, std::vector<std::string> args = {});
  const token& fail_syntax(std::size_t offset);
  const token& finish();
  const token& read_text();
  const token& read_start();
  const token& read_end();
  const token& read_comment();
  const token& read_cdata();
  const token& read_instruction();
  bool read_declaration(std::string_view inside, std::size_t offset);
  bool read_attributes(std::size_t element_begin);
  bool read_attribute();
  bool bind_namespaces();
  bool resolve(std::string_view name, bool is_attribute, std::size_t offset, std::string_view& local,
               std::string_view& space);
  bool check_duplicates();
  bool check_references(std::size_t begin, std::size_t end);
  std::string_view read_name();
  void skip_space();
  std::string_view rest() const { return text_.substr(at_); }

  std::string_view text_;
  limits most_;
  std::size_t at_ = 0;
  bool had_root_ = false;
  bool started_ = false;
  std::size_t leave_ = 0;  // bindings to keep once the current empty element is behind us
  token token_;
  std::vector<attribute> attributes_;
  std::vector<std::uint32_t> order_;
  std::vector<element> open_;
  std::vector<binding> bindings_;
  std::optional<xml::problem> problem_;
};

// The first problem of the whole text, or nothing: what a reader runs before it hands the text to a lenient parser.
std::optional<problem> find_problem(std::string_view text, const limits& most = {});

// What a piece of text means: references replaced, line ends made \n. For pieces a tokenizer has handed out.
void append_decoded(std::string& out, std::string_view text);
std::string decode(std::string_view text);
std::string decode_attribute(std::string_view value);  // white space becomes U+0020, as XML asks
// The reverse: & < > and, for attributes, the double quote and white space other than U+0020.
void append_escaped(std::string& out, std::string_view text);
void append_escaped_attribute(std::string& out, std::string_view text);

// Offsets to lines and columns, counted from 1, columns in bytes; a BOM counts for nothing.
struct position {
  int line = 1;
  int column = 1;
};
class line_index {
 public:
  explicit line_index(std::string_view text);
  position at(std::size_t offset) const;

 private:
  std::vector<std::size_t> starts_;
};

}  // namespace vanthu::xml
