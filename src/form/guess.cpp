#include <fmt/format.h>

#include <array>

#include "form/annexes.hpp"
#include "form/checks.hpp"
#include "form/orthography.hpp"

namespace vanthu::form {
namespace {

struct other_form {
  std::string_view name, sample;
};
// Names of types that have sample forms of their own (Annex III, section II).
constexpr std::array others{other_form{"NGHỊ QUYẾT", "1.1"},      other_form{"QUYẾT ĐỊNH", "1.2, 1.3"},
                            other_form{"CÔNG ĐIỆN", "1.6"},       other_form{"GIẤY MỜI", "1.7"},
                            other_form{"GIẤY GIỚI THIỆU", "1.8"}, other_form{"BIÊN BẢN", "1.9"},
                            other_form{"GIẤY NGHỈ PHÉP", "1.10"}};

bool is_title(const paper& p, const line& l) {
  const auto& at = p.paragraph_of(l);
  return at.in.table < 0 && is_upper(l.text) && look_of(p, at).jc.value_or(alignment::left) == alignment::center;
}

struct sign {
  std::optional<sample> form;
  std::optional<std::size_t> line;
  std::string_view other;  // the sample form it is of, when that is none of ours
};

// The first line that tells: «Phụ lục» where no national name stands above it, the name of a type, «Kính gửi». «V/v»
// tells a letter unless a title below it tells otherwise.
sign find_sign(const paper& p) {
  const auto national = letters_of("Cộng hòa xã hội chủ nghĩa Việt Nam");
  const auto addressed = folded("kính gửi");
  bool has_head = false;
  std::optional<std::size_t> about;
  for (std::size_t i = 0; i < p.lines.size(); ++i) {
    const auto& l = p.lines[i];
    const auto key = folded(l.text);
    if (letters_of(key) == national) has_head = true;
    if (!has_head && is_annex_label(p, l)) return {sample::annex, i, {}};
    if (find_type(key) != nullptr && (!about || is_title(p, l))) return {sample::named_document, i, {}};
    if (key.starts_with(addressed)) return {sample::letter, about.value_or(i), {}};
    if (!about && key.starts_with("v/v")) about = i;
    if (!is_title(p, l)) continue;
    for (const auto& o : others)
      if (key == folded(o.name)) return {{}, i, o.sample};
  }
  if (about) return {sample::letter, about, {}};
  return {sample::named_document, {}, {}};
}

}  // namespace

checked<sample> guess_parts(const part_store& parts) {
  diagnostics notes;
  const auto p = read_paper(parts, notes);
  if (!p) return {{}, std::move(notes)};
  const auto found = find_sign(*p);
  const auto at = [&](std::size_t i) {
    return location{p->source, 0, 0, fmt::format("{}#p[{}]", p->main, p->paragraph_of(p->lines[i]).number)};
  };
  if (!found.form) {
    const auto& title = p->lines[*found.line].text;
    return {{},
            {{severity::error, {"form.not-covered", {quoted(title), std::string(found.other)}}, at(*found.line), {}}}};
  }
  const std::string name(name_of(*found.form));
  if (!found.line)
    return {found.form, {{severity::note, {"form.nothing-shown", {name}}, {p->source, 0, 0, p->main}, {}}}};
  return {found.form,
          {{severity::note, {"form.assumed", {name, quoted(p->lines[*found.line].text)}}, at(*found.line), {}}}};
}

}  // namespace vanthu::form
