#include "form/properties.hpp"

#include <charconv>
#include <cstdint>

namespace vanthu::form {
namespace {

constexpr std::string_view transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr std::string_view strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";

constexpr int longest = 1'000'000;  // twips; Word's own bound is 31,680

// Twips in a unit, in thousandths: 1 mm is 56.693 of them.
std::optional<std::int64_t> thousandths_of(std::string_view unit) {
  if (unit == "mm") return 56'693;
  if (unit == "cm") return 566'929;
  if (unit == "in") return 1'440'000;
  if (unit == "pt") return 20'000;
  if (unit == "pc" || unit == "pi") return 240'000;
  return {};
}

// "-12.345": three decimals count, more are dropped.
std::optional<std::int64_t> thousandths(std::string_view number) {
  const bool negative = number.starts_with('-');
  if (negative) number.remove_prefix(1);
  const auto point = number.find('.');
  auto fraction = point == number.npos ? std::string_view{} : number.substr(point + 1);
  const auto whole = number.substr(0, point);
  if (whole.empty() || whole.size() > 7) return {};
  std::int64_t value = 0;
  for (const char c : whole) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  for (int i = 0; i < 3; ++i) {
    const char c = fraction.empty() ? '0' : fraction.front();
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
    if (!fraction.empty()) fraction.remove_prefix(1);
  }
  return negative ? -value : value;
}

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size()) return {};
  if (value > longest || value < -longest) return {};
  return value;
}

std::optional<alignment> read_alignment(std::string_view name) {
  if (name == "left" || name == "start") return alignment::left;
  if (name == "center") return alignment::center;
  if (name == "right" || name == "end") return alignment::right;
  if (name == "both" || name == "distribute") return alignment::justified;
  return {};
}

void read_fonts(run_layer& into, const xml::tokenizer& at) {
  const auto slot = [&](std::optional<font_name>& font, std::string_view plain, std::string_view theme) {
    if (auto name = word_attribute(at, theme))
      font = font_name{std::move(*name), true};
    else if (auto direct = word_attribute(at, plain))
      font = font_name{std::move(*direct), false};
  };
  slot(into.ascii, "ascii", "asciiTheme");
  slot(into.high_ansi, "hAnsi", "hAnsiTheme");
}

void read_spacing(paragraph_layer& into, const xml::tokenizer& at) {
  const auto length = [&](std::optional<int>& field, std::string_view name) {
    if (const auto text = word_attribute(at, name))
      if (const auto value = twips(*text)) field = value;
  };
  const auto flag = [&](std::optional<bool>& field, std::string_view name) {
    if (const auto text = word_attribute(at, name)) field = *text != "0" && *text != "false" && *text != "off";
  };
  length(into.before, "before");
  length(into.after, "after");
  length(into.line, "line");
  flag(into.before_auto, "beforeAutospacing");
  flag(into.after_auto, "afterAutospacing");
  const auto rule = word_attribute(at, "lineRule");
  if (rule)
    into.rule = *rule == "exact" ? line_rule::exact : *rule == "atLeast" ? line_rule::at_least : line_rule::automatic;
  else if (into.line)
    into.rule = line_rule::automatic;
}

template <class T>
void put(std::optional<T>& under, const std::optional<T>& over) {
  if (over) under = over;
}

}  // namespace

bool is_word(const xml::token& t) noexcept {
  return t.space == transitional || t.space == strict;
}

std::optional<std::string> word_attribute(const xml::tokenizer& at, std::string_view local) {
  for (const auto space : {transitional, strict})
    if (const auto* found = at.find_attribute(space, local)) return xml::decode_attribute(found->value);
  return {};
}

std::optional<int> twips(std::string_view text) {
  if (const auto plain = whole_number(text)) return plain;
  if (text.size() < 3) return {};
  const auto unit = thousandths_of(text.substr(text.size() - 2));
  const auto number = thousandths(text.substr(0, text.size() - 2));
  if (!unit || !number) return {};
  const auto millionths = *number * *unit;
  const auto value = (millionths + (millionths < 0 ? -500'000 : 500'000)) / 1'000'000;
  if (value > longest || value < -longest) return {};
  return static_cast<int>(value);
}

std::optional<int> half_points(std::string_view text) {
  if (const auto plain = whole_number(text)) return plain;
  const auto value = twips(text);
  if (!value) return {};
  return *value / 10;
}

bool is_on(const xml::tokenizer& at) {
  const auto text = word_attribute(at, "val");
  return !text || (*text != "0" && *text != "false" && *text != "off");
}

void read_property(run_layer& into, std::string_view local, const xml::tokenizer& at) {
  if (local == "rFonts") {
    read_fonts(into, at);
  } else if (local == "b") {
    into.bold = is_on(at);
  } else if (local == "i") {
    into.italic = is_on(at);
  } else if (local == "caps") {
    into.caps = is_on(at);
  } else if (local == "vanish") {
    into.hidden = is_on(at);
  } else if (const auto value = word_attribute(at, "val")) {
    if (local == "sz") {
      if (const auto size = half_points(*value)) into.size = size;
    } else if (local == "color") {
      into.color = *value;
    } else if (local == "vertAlign") {
      into.raised = *value != "baseline";
    }
  }
}

void read_property(paragraph_layer& into, std::string_view local, const xml::tokenizer& at) {
  if (local == "spacing") {
    read_spacing(into, at);
  } else if (local == "ind") {
    if (const auto hanging = word_attribute(at, "hanging"))
      if (const auto value = twips(*hanging)) into.first_line = -*value;
    if (const auto first = word_attribute(at, "firstLine"))
      if (const auto value = twips(*first); value && into.first_line.value_or(0) >= 0) into.first_line = value;
  } else if (local == "jc") {
    if (const auto value = word_attribute(at, "val"))
      if (const auto found = read_alignment(*value)) into.jc = found;
  } else if (local == "framePr") {
    into.frame_centered = word_attribute(at, "xAlign").value_or("") == "center";
  } else if (local == "contextualSpacing") {
    into.contextual = is_on(at);
  } else if (local == "numId") {
    into.numbered = word_attribute(at, "val").value_or("0") != "0";
  }
}

void lay(run_layer& under, const run_layer& over) {
  put(under.ascii, over.ascii);
  put(under.high_ansi, over.high_ansi);
  put(under.size, over.size);
  put(under.bold, over.bold);
  put(under.italic, over.italic);
  put(under.caps, over.caps);
  put(under.hidden, over.hidden);
  put(under.raised, over.raised);
  put(under.color, over.color);
}

void lay(paragraph_layer& under, const paragraph_layer& over) {
  put(under.jc, over.jc);
  put(under.first_line, over.first_line);
  put(under.before, over.before);
  put(under.after, over.after);
  put(under.before_auto, over.before_auto);
  put(under.after_auto, over.after_auto);
  put(under.contextual, over.contextual);
  put(under.frame_centered, over.frame_centered);
  put(under.line, over.line);
  put(under.rule, over.rule);
  put(under.numbered, over.numbered);
}

}  // namespace vanthu::form
