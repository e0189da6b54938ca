#include <algorithm>

#include "docx/package.hpp"
#include "docx/wordml.hpp"
#include "xml/tokens.hpp"

namespace vanthu {
namespace {

using docx::what;

// Paragraphs within a cell are joined by a space, cells by a tab: a row stays a line.
class text_reader {
 public:
  explicit text_reader(std::string_view xml) : tokens_(xml, xml::unlimited) {}
  std::string read() {
    while (tokens_.next().kind != xml::kind::done && tokens_.current().kind != xml::kind::failed) step();
    return std::move(out_);
  }

 private:
  void step();
  void on_start(const xml::token& t);
  void on_end(what is);

  xml::tokenizer tokens_;
  std::string out_;
  std::vector<what> open_;
  int deleted_ = 0, properties_ = 0;
  bool in_text_ = false;
  std::vector<int> cells_, paragraphs_;  // so far, of each row and each cell around us
};

void text_reader::step() {
  const auto& t = tokens_.current();
  switch (t.kind) {
    case xml::kind::start: return on_start(t);
    case xml::kind::end: {
      const auto is = open_.back();
      open_.pop_back();
      return on_end(is);
    }
    case xml::kind::text:
      if (in_text_ && deleted_ == 0) xml::append_decoded(out_, t.text);
      return;
    case xml::kind::cdata:
      if (in_text_ && deleted_ == 0) out_ += t.text;
      return;
    default: return;
  }
}

void text_reader::on_start(const xml::token& t) {
  const auto is = docx::classify(t.space, t.local);
  const bool word = docx::is_wordml(t.space) && properties_ == 0 && deleted_ == 0;
  if (word && t.local == "tab") out_ += '\t';
  if (word && (t.local == "br" || t.local == "cr")) out_ += '\n';
  if (word && t.local == "noBreakHyphen") out_ += '-';
  if (is == what::cell && !cells_.empty() && cells_.back()++ > 0) out_ += '\t';
  if (is == what::paragraph && !paragraphs_.empty() && paragraphs_.back()++ > 0) out_ += ' ';
  if (t.empty) {
    if (is == what::paragraph && paragraphs_.empty()) out_ += '\n';
    return;
  }
  open_.push_back(is);
  if (is == what::text) in_text_ = true;
  if (is == what::properties || is == what::section) ++properties_;
  if (is == what::deleted && properties_ == 0) ++deleted_;
  if (is == what::row) cells_.push_back(0);
  if (is == what::cell) paragraphs_.push_back(0);
}

void text_reader::on_end(what is) {
  if (is == what::text) in_text_ = false;
  if (is == what::properties || is == what::section) --properties_;
  if (is == what::deleted && properties_ == 0) --deleted_;
  if (is == what::cell) paragraphs_.pop_back();
  if (is == what::row) cells_.pop_back();
  if ((is == what::paragraph || is == what::row) && paragraphs_.empty()) out_ += '\n';
}

}  // namespace

std::string document_text(const package& document) {
  const auto xml = docx::to_utf8(document.read(document.main_part()));
  return xml ? text_reader(*xml).read() : std::string{};
}

}  // namespace vanthu
