#include "form/story.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace vanthu::form {
namespace {

constexpr std::string_view compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006";

// What stands inside one of these is not part of the text of the page.
bool is_left_out(std::string_view local) {
  static constexpr std::array names{"del",          "moveFrom",    "txbxContent", "pPrChange",  "rPrChange",
                                    "sectPrChange", "tblPrChange", "tcPrChange",  "trPrChange", "numberingChange"};
  return std::ranges::find(names, local) != names.end();
}

// The first word of a field's code: "PAGE" of " PAGE \* MERGEFORMAT ".
bool is_page_field(std::string_view code) {
  const auto begin = code.find_first_not_of(" \t\r\n");
  if (begin == code.npos) return false;
  const auto word = code.substr(begin, code.find_first_of(" \t\r\n\\", begin) - begin);
  return word == "PAGE" || word == "page" || word == "Page";
}

class reader {
 public:
  explicit reader(std::string_view text) : at_(text) {}

  story read() {
    for (;;) {
      const auto& t = at_.next();
      switch (t.kind) {
        case xml::kind::start:
          on_start(t);
          break;
        case xml::kind::end:
          on_end();
          break;
        case xml::kind::text:
          on_text(xml::decode(t.text));
          break;
        case xml::kind::cdata:
          on_text(std::string(t.text));
          break;
        case xml::kind::done:
        case xml::kind::failed:
          return std::move(out_);
        default:
          break;
      }
    }
  }

 private:
  struct field {
    std::string code;
    bool in_code = true;
    run_layer look;  // of the code: Word prints a result in it
    std::string style;
  };

  bool inside(std::string_view parent) const { return !open_.empty() && open_.back() == parent; }
  bool inside(std::string_view grandparent, std::string_view parent) const {
    return open_.size() >= 2 && open_.back() == parent && open_[open_.size() - 2] == grandparent;
  }
  std::string attribute(std::string_view local) const { return word_attribute(at_, local).value_or(""); }
  int length(std::string_view local) const { return twips(attribute(local)).value_or(0); }
  paragraph* current() { return in_paragraph_ ? &out_.paragraphs.back() : nullptr; }

  void on_start(const xml::token& t) {
    const auto local = is_word(t) ? t.local : std::string_view{};
    if (local == "p") ++number_;
    if (skip_ == 0) {
      if (is_left_out(local) || (t.space == compatibility && t.local == "Fallback"))
        skip_ = t.empty ? 0 : open_.size() + 1;
      else if (!local.empty())
        enter(local);
    }
    open_.push_back(local);
    if (t.empty) on_end();
  }

  void on_end() {
    const auto local = open_.back();
    if (skip_ == 0) leave(local);
    if (skip_ == open_.size()) skip_ = 0;
    open_.pop_back();
  }

  void enter(std::string_view local) {
    if (local == "tbl") {
      if (tables_.empty()) {
        place_ = {++table_, -1, -1};
        section_.has_table = true;
      }
      tables_.emplace_back();
    } else if (local == "tr" && tables_.size() == 1) {
      ++place_.row;
      place_.cell = -1;
    } else if (local == "tc" && tables_.size() == 1) {
      ++place_.cell;
    } else if (local == "tblStyle" && inside("tblPr") && !tables_.empty()) {
      tables_.back() = attribute("val");
    } else if (local == "p") {
      enter_paragraph();
    } else if (local == "sectPr" || inside("sectPr")) {
      enter_section(local);
    } else if (in_paragraph_) {
      enter_inside_paragraph(local);
    }
  }

  void enter_paragraph() {
    auto& p = out_.paragraphs.emplace_back();
    p.number = number_;
    if (!tables_.empty()) {
      p.in = place_;
      p.table_style = tables_.back();
    }
    in_paragraph_ = true;
    fields_.clear();
  }

  void enter_section(std::string_view local) {
    auto& s = section_;
    if (local == "pgSz") {
      s.has_size = true;
      s.width = length("w");
      s.height = length("h");
    } else if (local == "pgMar") {
      s.has_margins = true;
      // A negative top or bottom margin only keeps the text there however tall the header is.
      s.top = std::abs(length("top"));
      s.bottom = std::abs(length("bottom"));
      s.left = length("left");
      s.right = length("right");
      s.gutter = length("gutter");
    } else if (local == "titlePg") {
      s.title_page = is_on(at_);
    } else if (local == "headerReference") {
      const auto type = attribute("type");
      if (auto id = relationship(); !id.empty()) s.headers.insert_or_assign(type.empty() ? "default" : type, id);
    } else if (local == "pgNumType") {
      if (const auto format = attribute("fmt"); !format.empty()) s.number_format = format;
      if (const auto start = attribute("start"); !start.empty()) s.number_start = twips(start);
    }
  }

  std::string relationship() const {
    for (const auto& a : at_.attributes())
      if (a.local == "id" && a.space.find("relationships") != a.space.npos) return xml::decode_attribute(a.value);
    return {};
  }

  void enter_inside_paragraph(std::string_view local) {
    auto& p = *current();
    if (inside("pPr") || inside("pPr", "numPr")) {
      if (local == "pStyle")
        p.style = attribute("val");
      else
        read_property(p.direct, local, at_);
    } else if (local == "r") {
      p.runs.emplace_back();
    } else if (inside("r", "rPr")) {
      if (local == "rStyle")
        p.runs.back().style = attribute("val");
      else
        read_property(p.runs.back().direct, local, at_);
    } else if (inside("r")) {
      enter_inside_run(local);
    } else if (local == "fldSimple" && is_page_field(attribute("instr"))) {
      p.runs.emplace_back().page_number = true;
    }
  }

  void enter_inside_run(std::string_view local) {
    auto& text = current()->runs.back().text;
    if (local == "br" || local == "cr") {
      text += '\n';
    } else if (local == "tab" || local == "ptab") {
      text += '\t';
    } else if (local == "noBreakHyphen") {
      text += '-';
    } else if (local == "fldChar") {
      on_field(attribute("fldCharType"));
    }
  }

  void on_field(std::string_view type) {
    if (type == "begin") {
      fields_.emplace_back();
    } else if (!fields_.empty()) {
      auto& f = fields_.back();
      if (std::exchange(f.in_code, false) && is_page_field(f.code)) {
        auto& run = current()->runs.emplace_back();
        run.page_number = true;
        run.direct = f.look;
        run.style = f.style;
      }
      if (type == "end") fields_.pop_back();
    }
  }

  void on_text(std::string text) {
    if (skip_ != 0 || !in_paragraph_) return;
    if (inside("r", "t")) {
      current()->runs.back().text += text;
    } else if (inside("r", "instrText") && !fields_.empty() && fields_.back().in_code) {
      auto& f = fields_.back();
      if (f.code.empty()) {
        f.look = current()->runs.back().direct;
        f.style = current()->runs.back().style;
      }
      f.code += text;
    }
  }

  void leave(std::string_view local) {
    if (local == "tbl" && !tables_.empty()) {
      tables_.pop_back();
    } else if (local == "p") {
      in_paragraph_ = false;
      if (std::exchange(ends_section_, false)) close_section();
    } else if (local == "sectPr") {
      ends_section_ = in_paragraph_;
      if (!in_paragraph_) close_section();
    }
  }

  // Headers that a section does not name are those of the section before it.
  void close_section() {
    section_.begin = out_.sections.empty() ? 0 : out_.sections.back().end;
    section_.end = out_.paragraphs.size();
    if (!out_.sections.empty())
      section_.headers.insert(out_.sections.back().headers.begin(), out_.sections.back().headers.end());
    out_.sections.push_back(std::exchange(section_, {}));
  }

  xml::tokenizer at_;
  story out_;
  std::vector<std::string_view> open_;  // local names; empty for what is not of WordprocessingML
  std::size_t skip_ = 0;                // depth of the element that is left out
  int number_ = 0, table_ = -1;
  std::vector<std::string> tables_;  // styles of the open ones
  cell_place place_;
  bool in_paragraph_ = false, ends_section_ = false;
  std::vector<field> fields_;
  section section_;
};

}  // namespace

story read_story(std::string_view text) {
  return reader(text).read();
}

}  // namespace vanthu::form
