// A paragraph that is numbered by its style is given the number itself, where the list has to be another than that of
// the style. The indents of the style come with it: they would otherwise give way to those of the list. What the
// paragraph says of its own stays.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "docx/numbering.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {

// Follows who copies a part token by token through the properties of its paragraphs (w:pPr), and says what to add.
class given_numbers {
 public:
  // A text to be written, or the number of a list between two texts.
  struct addition {
    std::string before, list, after;
  };
  struct effect {
    std::vector<addition> before;  // to be written before the token, in the order the schema wants
    bool goes = false;             // the element itself: it says nothing
  };

  // Every start tag, with the number of elements around it, and every end tag, with that of the element it ends.
  effect on_start(const xml::token& t, int around);
  effect on_end(int around);

  // Whether an element is a property of the paragraph at hand.
  bool is_property(int around) const { return properties_ != 0 && around == properties_; }
  // Once on_start() has seen the property that names the style. What `number` calls the list, the additions do, too.
  void give(std::string_view prefix, const style_number& number);

 private:
  struct property {
    std::string_view local;
    addition markup;
  };
  void on_property(const xml::token& t, int around, effect& out);
  void on_part_of_own(const xml::token& t, effect& out);
  void put_those_before(int rank, effect& out);
  void put_list_of_style(effect& out);

  int properties_ = 0;  // depth of w:pPr, 0 outside of one; what lies in it has as many elements around it
  std::string prefix_;
  std::vector<property> waiting_;  // for the place where they belong
  int own_ = 0;                    // depth of a w:numPr the paragraph has of its own
  std::string list_of_style_;      // as long as that has named none
};

}  // namespace vanthu::docx
