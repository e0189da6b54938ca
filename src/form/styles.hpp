// What a style means once the styles it stands on are laid under it. Chains are followed without recursion; a chain
// that closes on itself is cut where it does.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "form/properties.hpp"

namespace vanthu::form {

enum class style_kind : unsigned char { paragraph, character, table, other };

struct style {
  style_kind kind = style_kind::paragraph;
  std::string based_on;
  run_layer run;
  paragraph_layer paragraph;
};

// The text of a run as it is printed.
struct run_look {
  std::string ascii = "Times New Roman", high_ansi = "Times New Roman";  // what Word takes when nothing is said
  int size = 20;                                                         // half points
  bool bold = false, italic = false, caps = false, hidden = false, raised = false;
  std::string color = "auto";
};

// Where a run stands: ids of the styles that apply to it; empty when there is none.
struct style_place {
  std::string table, paragraph, character;
};

class style_sheet {
 public:
  style_sheet() = default;
  // `theme` may be empty. Both texts have been checked to be well-formed.
  style_sheet(std::string_view styles, std::string_view theme);

  run_look look_of(const style_place& where, const run_layer& direct) const;
  paragraph_layer paragraph_of(const style_place& where, const paragraph_layer& direct) const;

 private:
  void read_styles(std::string_view text);
  void read_theme(std::string_view text);
  void flatten();
  const style* find(std::string_view id) const;
  const style* paragraph_style(std::string_view id) const;  // the default one when the id is unknown
  std::string font(const font_name& f) const;

  std::map<std::string, style, std::less<>> styles_;
  run_layer run_defaults_;
  paragraph_layer paragraph_defaults_;
  std::string default_paragraph_;
  std::string major_font_, minor_font_;
};

}  // namespace vanthu::form
