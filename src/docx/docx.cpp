#include "vanthu/docx.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "docx/machine.hpp"
#include "docx/pack.hpp"
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

// One part, through all phases. Nothing when it has no tags.
std::optional<program> compile_part(const archive& in, std::uint32_t index, const compile_options& options,
                                    diagnostics& notes) {
  const auto& entry = in.entries[index];
  auto text = unpack_xml(in, entry);
  if (!text) return append(notes, std::move(text.notes)), std::nullopt;
  part_notes said{in.source, entry.name, {}};
  const auto xml = without_cdata(std::move(*text));
  const auto scan = find_tags(xml, in.roles[index] != role::properties, options, said);
  if (said.notes.empty() && index == in.main && !scan.is_document) said.add("docx.not-a-document", {entry.name});
  std::optional<program> out;
  if (said.notes.empty() && !scan.tags.empty()) {
    auto plan = find_structure(scan, options.limits, said);
    if (said.notes.empty()) {
      std::set<std::uint32_t> torn;
      auto ids = find_ids(xml, plan.blocks, plan.edits, torn);
      for (const auto b : torn) note_torn_field(scan, plan.blocks[b], said);
      out = assemble(xml, scan, std::move(plan), std::move(ids), said);
      out->part = entry.name;
      out->entry = index;
    }
  }
  append(notes, std::move(said.notes));
  return out;
}

// New ids are needed only where blocks hold some; then they must not meet those of any part.
used_ids find_used_ids(const archive& in, const std::vector<program>& programs) {
  used_ids used;
  if (std::ranges::all_of(programs, [](const program& p) { return p.ids.empty(); })) return used;
  for (std::size_t i = 0; i < in.entries.size(); ++i)
    if (in.roles[i] == role::document || in.roles[i] == role::story)
      if (const auto text = unpack_xml(in, in.entries[i])) note_ids(*text, used);
  return used;
}

std::string_view name_of(const site& s) {
  if (s.kind == tag_kind::value) return "value";
  return s.kind == tag_kind::open && s.asks.steps.size() == 1 && s.asks.is_path() ? "loop" : "condition";
}

}  // namespace

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
  for (std::uint32_t i = 0; i < in.entries.size(); ++i) {
    if (!may_hold_tags(in.roles[i])) continue;
    if (auto p = compile_part(in, i, options, notes)) made->programs.push_back(std::move(*p));
  }
  if (has_errors(notes)) return {{}, std::move(notes)};
  made->used = find_used_ids(in, made->programs);
  document_template out;
  out.impl_ = std::move(made);
  return {std::move(out), std::move(notes)};
}

std::vector<template_tag> document_template::tags() const {
  std::vector<template_tag> out;
  for (const auto& p : impl_->programs)
    for (const auto& s : p.sites)
      if (!s.path.empty()) out.push_back({s.path, std::string(name_of(s)), p.part, p.part + s.place});
  return out;
}

diagnostics document_template::impl::check(const value& data, const render_options& options) const {
  const auto& in = *package;
  diagnostics notes;
  rendering check{data, options, in.limits, in.source, used, &notes};
  for (const auto& p : programs) machine(p, check).measure();
  return notes;
}

void document_template::impl::write(const value& data, const byte_sink& out, const byte_patch& patch,
                                    const render_options& options) const {
  const auto& in = *package;
  rendering write{data, options, in.limits, in.source, used};
  packer pack(out, patch);
  auto next = programs.begin();
  for (std::uint32_t i = 0; i < in.entries.size(); ++i) {
    if (next == programs.end() || next->entry != i) {
      pack.copy(in.entries[i]);
      continue;
    }
    pack.add(in.entries[i].name, next->code.size(), [&](output& to) { machine(*next, write).run(to); });
    ++next;
  }
  pack.finish();
}

diagnostics document_template::render(const value& data, const byte_sink& out, const render_options& options) const {
  auto notes = impl_->check(data, options);
  if (!has_errors(notes)) impl_->write(data, out, {}, options);
  return notes;
}

checked<bytes> document_template::render(const value& data, const render_options& options) const {
  auto notes = impl_->check(data, options);
  if (has_errors(notes)) return {{}, std::move(notes)};
  bytes out;
  impl_->write(
      data, [&out](std::span<const std::byte> piece) { out.insert(out.end(), piece.begin(), piece.end()); },
      [&out](std::uint64_t offset, std::span<const std::byte> piece) {
        std::ranges::copy(piece, out.begin() + static_cast<std::ptrdiff_t>(offset));
      },
      options);
  return {std::move(out), std::move(notes)};
}

diagnostics document_template::render_file(const value& data, const std::filesystem::path& file,
                                           const render_options& options) const {
  auto notes = impl_->check(data, options);
  if (has_errors(notes)) return notes;
  replace_file(file, [&](const byte_sink& out, const byte_patch& patch) { impl_->write(data, out, patch, options); });
  return notes;
}

}  // namespace vanthu
