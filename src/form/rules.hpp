// The table of rules, and how a departure from one becomes a remark.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "form/paper.hpp"
#include "vanthu/diagnostic.hpp"

namespace vanthu::form {

// The forms there are, as bits: a rule belongs to one or to several.
enum class sample : unsigned char {
  named_document = 1,  // 1.4
  letter = 2,          // 1.5, công văn
  annex = 4,           // 2.1 and 2.2: an annex in a file of its own
};
std::string_view name_of(sample form);  // "1.4", "1.5", "annex"

struct rule {
  std::string_view id;       // of its remarks
  std::string_view says;     // id of what it says
  std::string_view article;  // after "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, "
  severity level;
  unsigned samples;
};
bool belongs(const rule& r, sample form);
// Those of every form, in the order they are checked.
std::span<const rule> all_rules();
std::string article_of(const rule& r);

// What was found against what is prescribed; several things about one place are joined.
struct departure {
  std::string found, prescribed;
  explicit operator bool() const { return !prescribed.empty(); }
  void add(std::string_view is, std::string_view ought);
};

// How a component is to be set. The names of styles are those of Word's dialogs: they are the same in every language.
struct typography {
  int low, high;           // points
  std::string_view style;  // Regular, Bold, Italic, Bold Italic
  bool centered = false, capitals = false;
};
void judge(departure& d, const paper& p, const line& l, const typography& t);

std::string points(int half_points);        // "13,5 pt"
std::string quoted(std::string_view text);  // «…»
std::string_view name(alignment a);         // Left, Centered, Right, Justified

class remarks {
 public:
  explicit remarks(const paper& p);

  // At a paragraph of the main part.
  void add(std::string_view rule_id, const departure& d, const paragraph& at);
  void add(std::string_view rule_id, const departure& d, const line& at) { add(rule_id, d, paper_.paragraph_of(at)); }
  // At a paragraph, by its number, of any part.
  void add(std::string_view rule_id, const departure& d, std::string_view part, int number);
  // Something that is not there at all: at the first paragraph.
  void missing(std::string_view rule_id, std::string_view prescribed);

  diagnostics take();  // in the order of the rules, then of the places

 private:
  const paper& paper_;
  std::vector<diagnostics> by_rule_;  // as in the table
};

}  // namespace vanthu::form
