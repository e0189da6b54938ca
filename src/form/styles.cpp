#include "form/styles.hpp"

#include <algorithm>
#include <set>

namespace vanthu::form {
namespace {

// The open elements of a part by their local names; foreign ones are empty.
using path = std::vector<std::string_view>;

bool ends_with(const path& open, std::initializer_list<std::string_view> tail) {
  return open.size() >= tail.size() &&
         std::equal(tail.begin(), tail.end(), open.end() - static_cast<std::ptrdiff_t>(tail.size()));
}

style_kind kind_of(std::string_view type) {
  if (type == "character") return style_kind::character;
  if (type == "table") return style_kind::table;
  return type == "paragraph" || type.empty() ? style_kind::paragraph : style_kind::other;
}

// A switch that each level of styles turns over: bold in the table style and bold in the paragraph style is not bold.
bool toggled(std::optional<bool> in_defaults, std::optional<bool> a, std::optional<bool> b, std::optional<bool> c) {
  if (in_defaults.value_or(false)) return true;
  return (a.value_or(false) != b.value_or(false)) != c.value_or(false);
}

}  // namespace

style_sheet::style_sheet(std::string_view styles, std::string_view theme) {
  if (!styles.empty()) read_styles(styles);
  if (!theme.empty()) read_theme(theme);
  flatten();
}

void style_sheet::read_styles(std::string_view text) {
  xml::tokenizer at(text);
  path open;
  std::size_t skip = 0;  // depth of an element whose properties are not the style's own
  std::string id;
  style current;
  for (;;) {
    const auto& t = at.next();
    if (t.kind == xml::kind::done || t.kind == xml::kind::failed) return;
    if (t.kind == xml::kind::end) {
      if (open.back() == "style" && !id.empty()) styles_.insert_or_assign(id, std::move(current));
      open.pop_back();
      if (skip > open.size()) skip = 0;
      continue;
    }
    if (t.kind != xml::kind::start) continue;
    const auto local = is_word(t) ? t.local : std::string_view{};
    if (local == "style") {
      id = word_attribute(at, "styleId").value_or("");
      current = {};
      current.kind = kind_of(word_attribute(at, "type").value_or(""));
      if (current.kind == style_kind::paragraph && word_attribute(at, "default").value_or("0") != "0")
        default_paragraph_ = id;
    } else if (skip == 0) {
      if (local == "basedOn" && ends_with(open, {"style"}))
        current.based_on = word_attribute(at, "val").value_or("");
      else if (ends_with(open, {"rPrDefault", "rPr"}))
        read_property(run_defaults_, local, at);
      else if (ends_with(open, {"pPrDefault", "pPr"}))
        read_property(paragraph_defaults_, local, at);
      else if (ends_with(open, {"style", "rPr"}))
        read_property(current.run, local, at);
      else if (ends_with(open, {"style", "pPr"}) || ends_with(open, {"style", "pPr", "numPr"}))
        read_property(current.paragraph, local, at);
    }
    if (t.empty) continue;
    open.push_back(local);
    if (skip == 0 && (local == "tblStylePr" || local == "rPrChange" || local == "pPrChange")) skip = open.size();
  }
}

void style_sheet::read_theme(std::string_view text) {
  xml::tokenizer at(text);
  std::string* font = nullptr;
  for (;;) {
    const auto& t = at.next();
    if (t.kind == xml::kind::done || t.kind == xml::kind::failed) return;
    if (t.kind != xml::kind::start) continue;
    if (t.local == "majorFont") font = &major_font_;
    if (t.local == "minorFont") font = &minor_font_;
    if (t.local == "latin" && font != nullptr) {
      if (const auto* face = at.find_attribute("", "typeface")) *font = xml::decode_attribute(face->value);
      font = nullptr;
    }
  }
}

// Lays under each style what it is based on: up the chain to a style that is done, then back down.
void style_sheet::flatten() {
  std::set<std::string_view> done;
  for (auto& [id, unused] : styles_) {
    std::vector<std::string_view> chain;
    std::set<std::string_view> in_chain;
    for (std::string_view at = id; !done.contains(at) && in_chain.insert(at).second;) {
      const auto found = styles_.find(at);
      if (found == styles_.end()) break;
      chain.push_back(found->first);
      at = found->second.based_on;
    }
    for (; !chain.empty(); chain.pop_back()) {
      auto& child = styles_.find(chain.back())->second;
      const auto parent = styles_.find(child.based_on);
      if (parent != styles_.end() && done.contains(parent->first) && parent->second.kind == child.kind) {
        auto run = parent->second.run;
        lay(run, child.run);
        child.run = std::move(run);
        auto paragraph = parent->second.paragraph;
        lay(paragraph, child.paragraph);
        child.paragraph = paragraph;
      }
      done.insert(chain.back());
    }
  }
}

const style* style_sheet::find(std::string_view id) const {
  const auto found = styles_.find(id);
  return found == styles_.end() ? nullptr : &found->second;
}

const style* style_sheet::paragraph_style(std::string_view id) const {
  const auto* named = id.empty() ? nullptr : find(id);
  return named != nullptr && named->kind == style_kind::paragraph ? named : find(default_paragraph_);
}

std::string style_sheet::font(const font_name& f) const {
  if (!f.theme) return f.name;
  const auto& name = f.name.starts_with("major") ? major_font_ : minor_font_;
  return name.empty() ? f.name : name;
}

run_look style_sheet::look_of(const style_place& where, const run_layer& direct) const {
  static const run_layer nothing;
  const auto* in_table = find(where.table);
  const auto* in_paragraph = paragraph_style(where.paragraph);
  const auto* in_run = find(where.character);
  const auto& table = in_table != nullptr ? in_table->run : nothing;
  const auto& paragraph = in_paragraph != nullptr ? in_paragraph->run : nothing;
  const auto& character = in_run != nullptr && in_run->kind == style_kind::character ? in_run->run : nothing;

  auto all = run_defaults_;
  for (const auto* layer : {&table, &paragraph, &character, &direct}) lay(all, *layer);
  const auto& defaults = run_defaults_;
  run_look look;
  if (all.ascii) look.ascii = font(*all.ascii);
  if (all.high_ansi) look.high_ansi = font(*all.high_ansi);
  look.size = all.size.value_or(look.size);
  look.bold = direct.bold.value_or(toggled(defaults.bold, table.bold, paragraph.bold, character.bold));
  look.italic = direct.italic.value_or(toggled(defaults.italic, table.italic, paragraph.italic, character.italic));
  look.caps = direct.caps.value_or(toggled(defaults.caps, table.caps, paragraph.caps, character.caps));
  look.hidden = direct.hidden.value_or(toggled(defaults.hidden, table.hidden, paragraph.hidden, character.hidden));
  look.raised = all.raised.value_or(false);
  if (all.color) look.color = *all.color;
  return look;
}

paragraph_layer style_sheet::paragraph_of(const style_place& where, const paragraph_layer& direct) const {
  auto all = paragraph_defaults_;
  if (const auto* in_table = find(where.table)) lay(all, in_table->paragraph);
  if (const auto* named = paragraph_style(where.paragraph)) lay(all, named->paragraph);
  lay(all, direct);
  return all;
}

}  // namespace vanthu::form
