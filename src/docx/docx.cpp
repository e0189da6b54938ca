#include "vanthu/docx.hpp"

#include <algorithm>
#include <set>

#include "docx/codes.hpp"
#include "docx/package_view.hpp"
#include "docx/settings.hpp"
#include "docx/template.hpp"
#include "xml/tokens.hpp"

namespace vanthu {
namespace {

using namespace docx;

void append(diagnostics& to, diagnostics&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// What has CDATA sections says the same without them.
std::string without_cdata(std::string text) {
  constexpr std::string_view open = "<![CDATA[";
  constexpr std::string_view close = "]]>";
  auto at = text.find(open);
  if (at == std::string::npos) return text;
  std::string out;
  std::size_t from = 0;
  for (; at != std::string::npos; at = text.find(open, from)) {
    const auto end = text.find(close, at);
    if (end == std::string::npos) return text;
    out.append(text, from, at - from);
    xml::append_escaped(out, std::string_view(text).substr(at + open.size(), end - at - open.size()));
    from = end + close.size();
  }
  return out.append(text, from);
}

bool may_hold_tags(role r) {
  return r != role::other;
}

void note_torn_field(const part_scan& scan, const block& b, part_notes& said) {
  const auto& t = scan.tags[b.opener];
  const auto& p = scan.paragraphs[t.paragraph];
  said.add("docx.block-crosses-field", {t.written, with_caret(p.text, t.column)}, p.place);
}

// The lists of styles, where blocks begin lists anew.
styled_numbers styled_numbers_of(const archive& in, const part_plan& plan) {
  if (std::ranges::find(plan.restarts, true) == plan.restarts.end()) return {};
  const package_view package(in);
  return style_book(package).numbers();
}

// One part, through all phases. Nothing when it has no tags.
std::optional<program> compile_part(const archive& in, std::uint32_t index, const compile_options& options,
                                    bool repeats_notes, diagnostics& notes) {
  const auto& entry = in.entries[index];
  auto text = unpack_xml(in, entry);
  if (!text) return append(notes, std::move(text.notes)), std::nullopt;
  part_notes said{in.source, entry.name, {}};
  const auto xml = without_cdata(std::move(*text));
  const auto where = in.roles[index] == role::properties ? texts::alone : texts::in_paragraphs;
  auto scan = find_tags(xml, where, options, said);
  if (said.notes.empty() && where == texts::in_paragraphs && (options.link_targets || options.field_codes))
    find_codes(xml, link_targets_of(in, entry.name), options, scan, said);
  if (said.notes.empty() && index == in.main && !scan.is_document) said.add("docx.not-a-document", {entry.name});
  std::optional<program> out;
  if (said.notes.empty() &&
      (repeats_notes || !scan.tags.empty() || !scan.placeholders.empty() || !scan.links.empty())) {
    auto plan = find_structure(xml, scan, options, said);
    if (said.notes.empty()) {
      std::set<std::uint32_t> torn;
      auto ids = find_ids(xml, plan, styled_numbers_of(in, plan), torn);
      for (const auto b : torn) note_torn_field(scan, plan.blocks[b], said);
      auto shown = repeats_notes ? find_notes(xml, plan.edits) : std::vector<note_slot>{};
      out = assemble(xml, scan, options, std::move(plan), std::move(ids), said);
      out->part = entry.name;
      out->entry = index;
      out->notes = std::move(shown);
    }
  }
  said.drop_repeated();
  append(notes, std::move(said.notes));
  return out;
}

// The notes that something outside of blocks refers to: such references stand in literals.
std::set<std::pair<bool, std::string>> plain_references(const program& main) {
  std::set<std::pair<bool, std::string>> out;
  const std::string_view pool = main.pool;
  for (const bool at_end : {false, true}) {
    const std::string_view element = at_end ? "endnoteReference" : "footnoteReference";
    for (auto at = pool.find(element); at != pool.npos; at = pool.find(element, at + 1)) {
      const auto tag = pool.substr(at, pool.find('>', at) - at);
      const auto id = tag.find("id=\"");
      if (id == tag.npos) continue;
      const auto value = tag.substr(id + 4);
      out.emplace(at_end, value.substr(0, value.find('"')));
    }
  }
  return out;
}

// Notes that only blocks refer to come when these come.
void mark_notes(const program& main, std::vector<note_slot>& notes) {
  if (notes.empty()) return;
  const auto plain = plain_references(main);
  std::set<std::pair<bool, std::string>> in_blocks;
  for (const auto& n : main.ids.notes) in_blocks.emplace(n.at_end, n.id);
  for (auto& n : notes) {
    const std::pair key(n.at_end, n.id);
    n.only_in_blocks = in_blocks.contains(key) && !plain.contains(key);
  }
}

// New ids are needed only where blocks hold some; then they must not meet those of any part.
used_ids used_ids_of(const archive& in, const std::vector<program>& programs) {
  if (std::ranges::all_of(programs, [](const program& p) { return p.ids.empty() && !p.makes_ids; })) return {};
  taken_ids taken;
  for (std::size_t i = 0; i < in.entries.size(); ++i)
    if (in.roles[i] == role::document || in.roles[i] == role::story) note_ids(text_of(in, in.entries[i].name), taken);
  return room_beside(std::move(taken));
}

// The settings, when a part that comes out changed has a table of contents.
std::optional<entry> updated_settings(const archive& in, const std::vector<program>& programs) {
  const auto has_contents = [&](const program& p) { return has_contents_field(p.pool); };
  if (std::ranges::none_of(programs, has_contents)) return {};
  for (const auto& e : in.entries) {
    if (!lower_ascii(e.name).ends_with("word/settings.xml")) continue;
    const auto text = unpack_xml(in, e);
    const auto changed = text ? with_update_fields(*text) : std::nullopt;
    if (changed) return stored_entry(e.name, *changed);
  }
  return {};
}

std::string_view name_of(const site& s) {
  if (s.kind == tag_kind::image) return "image";
  if (s.kind == tag_kind::rich || s.kind == tag_kind::insert) return "rich";
  if (s.kind == tag_kind::field) return "field";
  if (s.kind == tag_kind::value || s.kind == tag_kind::directive) return "value";
  return s.kind != tag_kind::open_inverted && s.kind != tag_kind::otherwise_if && s.asks.steps.size() == 1 &&
                 s.asks.is_path()
             ? "loop"
             : "condition";
}

}  // namespace

compile_options compile_options::docxtemplater() {
  compile_options out;
  out.profile = template_profile::docxtemplater;
  out.paragraph_loops = out.line_breaks = out.expressions = false;
  out.raw_xml = true;
  return out;
}

document_template::document_template() = default;
document_template::document_template(const document_template&) noexcept = default;
document_template& document_template::operator=(const document_template&) noexcept = default;
document_template::~document_template() = default;

checked<document_template> document_template::compile(std::span<const std::byte> docx, std::string source,
                                                      const compile_options& options) {
  if (options.open.empty() || options.close.empty() || options.open == options.close)
    throw error(errc::misuse, {"docx.bad-delimiters", {options.open, options.close}});
  auto opened = package::open(docx, std::move(source), options.limits);
  if (!opened) return {{}, std::move(opened.notes)};
  auto made = std::make_shared<impl>();
  made->package = opened->impl_;
  auto notes = std::move(opened.notes);
  const auto& in = *made->package;
  std::vector<std::optional<program>> programs(in.entries.size());
  programs[in.main] = compile_part(in, in.main, options, false, notes);
  const auto& main = programs[in.main];
  for (std::uint32_t i = 0; i < in.entries.size(); ++i) {
    if (i == in.main || !may_hold_tags(in.roles[i])) continue;
    const auto is_shown = [&](const note_slot& n) { return in.entries[i].name == in.notes_parts[n.at_end ? 1 : 0]; };
    const bool repeats_notes = main && std::ranges::any_of(main->ids.notes, is_shown);
    programs[i] = compile_part(in, i, options, repeats_notes, notes);
    if (programs[i] && main) mark_notes(*main, programs[i]->notes);
  }
  for (auto& p : programs)
    if (p) made->programs.push_back(std::move(*p));
  if (has_errors(notes)) return {{}, std::move(notes)};
  made->used = used_ids_of(in, made->programs);
  made->adds_to_package = std::ranges::any_of(made->programs, adds_to_package);
  if (auto settings = updated_settings(in, made->programs)) made->settled.push_back(std::move(*settings));
  document_template out;
  out.impl_ = std::move(made);
  return {std::move(out), std::move(notes)};
}

std::vector<template_tag> document_template::tags() const {
  std::vector<template_tag> out;
  for (const auto& p : impl_->programs)
    for (const auto& s : p.sites)
      if (!s.path.empty() && !s.hidden) out.push_back({s.path, std::string(name_of(s)), p.part, p.part + s.place});
  return out;
}

}  // namespace vanthu
