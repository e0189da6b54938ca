#include "fuzz/invariants.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <pugixml.hpp>
#include <string>

#include "docx/package.hpp"
#include "docx/addresses.hpp"
#include "docx/codes.hpp"
#include "docx/field_words.hpp"
#include "docx/self_check.hpp"
#include "docx/tags.hpp"
#include "xml/tokens.hpp"

namespace fuzz {
namespace {

using namespace vanthu;
using docx::archive;
using docx::entry;

constexpr xml::limits unlimited{1 << 20, 1 << 20, 1 << 20};

bool is_xml(std::string_view name) {
  return name.ends_with(".xml") || name.ends_with(".rels");
}

std::string text_of(const entry& e) {
  return docx::to_utf8(docx::unpack(e)).value_or(std::string{});
}

bool has_changed(const archive& before, const entry& e) {
  const auto at = before.by_name.find(e.name);
  return at == before.by_name.end() || docx::unpack(before.entries[at->second]) != docx::unpack(e);
}

// Data stands in quotation marks there and nowhere else.
void check_code(const std::string& code, const entry& e, std::string_view never) {
  for (const auto& w : docx::words_of(code, {}))
    if (!w.is_quoted && code.substr(w.begin, w.end - w.begin).find(never) != std::string::npos)
      fail("data became part of a code", e.name + "\n" + code);
}

void check_part(const entry& e, std::string_view never) {
  const auto text = text_of(e);
  xml::tokenizer tokens(text, unlimited);
  std::string code;
  bool in_code = false;
  while (true) {
    const auto& t = tokens.next();
    if (t.kind == xml::kind::done) return;
    if (t.kind == xml::kind::failed) fail(tokens.problem()->what.id, e.name + "\n" + text);
    if (t.kind == xml::kind::text && in_code) xml::append_decoded(code, t.text);
    if (t.local == "instrText") in_code = t.kind == xml::kind::start && !t.empty;
    if (t.kind != xml::kind::start) continue;
    if (t.local == never) fail("data became markup", e.name + "\n" + text);
    for (const auto& a : tokens.attributes()) {
      if (a.local == never) fail("data became markup", e.name + "\n" + text);
      if (a.local == "instr") check_code(xml::decode_attribute(a.value), e, never);
    }
    if (t.local != "fldChar") continue;
    check_code(code, e, never);
    code.clear();
  }
}

// Relationships with ids of ours lead to parts of the package or to addresses of the three schemes.
void check_links(const entry& e) {
  pugi::xml_document xml;
  xml.load_string(text_of(e).c_str());
  for (const auto& r : xml.document_element().children()) {
    const bool is_ours = std::string_view(r.attribute("Id").value()).starts_with("rIdVt");
    if (is_ours && std::string_view(r.attribute("TargetMode").value()) == "External")
      require(docx::is_address(r.attribute("Target").value()), "a link leads elsewhere", r.attribute("Target").value());
  }
}

archive opened(std::span<const std::byte> raw, const char* name) {
  docx_limits most;
  most.ratio = 1'000'000;
  auto read = docx::read_archive(raw, name, most);
  require(static_cast<bool>(read), "cannot be read back", read ? std::string{} : to_string(read.notes.front()));
  return std::move(*read);
}

struct part_tags {
  docx::part_scan scan;
  bool has_faults = false;
};

part_tags tags_in(const archive& in, const std::string& part, const compile_options& options) {
  const auto at = in.by_name.find(part);
  if (at == in.by_name.end()) return {};
  const auto where = in.roles[at->second] == docx::role::properties ? docx::texts::alone : docx::texts::in_paragraphs;
  const auto xml = text_of(in.entries[at->second]);
  docx::part_notes notes;
  part_tags out;
  out.scan = docx::find_tags(xml, where, options, notes);
  if (notes.notes.empty() && where == docx::texts::in_paragraphs)
    docx::find_codes(xml, docx::link_targets_of(in, part), options, out.scan, notes);
  out.has_faults = !notes.notes.empty();
  return out;
}

bool changes_delimiters(const docx::part_scan& scan) {
  return std::ranges::any_of(scan.tags, [](const docx::tag& t) { return t.kind == docx::tag_kind::delimiters; });
}

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++n;
  return n;
}

// All text of a part, whatever it is in.
std::string all_text(const archive& in, const std::string& part) {
  const auto at = in.by_name.find(part);
  const auto xml = at == in.by_name.end() ? std::string{} : text_of(in.entries[at->second]);
  xml::tokenizer tokens(xml, unlimited);
  std::string out;
  while (tokens.next().kind != xml::kind::done && tokens.current().kind != xml::kind::failed)
    if (tokens.current().kind == xml::kind::text) xml::append_decoded(out, tokens.current().text);
  return out;
}

// Where delimiters change, what looks like a tag elsewhere may be none: only what never stands for itself counts.
void check_written(const archive& before, const archive& after, const std::string& part, const docx::part_scan& scan) {
  const auto was = all_text(before, part);
  const auto is = all_text(after, part);
  for (const auto& t : scan.tags) {
    const auto tags = std::ranges::count(scan.tags, t.written, &docx::tag::written);
    if (count_of(was, t.written) == static_cast<std::size_t>(tags))
      require(count_of(is, t.written) == 0, "a tag is left", t.written);
  }
}

}  // namespace

void fail(std::string_view why, std::string_view part) {
  std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(why.size()), why.data(), static_cast<int>(part.size()),
               part.data());
  std::abort();
}

void check_rendering(std::span<const std::byte> before, std::span<const std::byte> after, std::string_view never) {
  const auto old = opened(before, "t.docx");
  const auto made = opened(after, "rendered.docx");
  require(old.entries.size() <= made.entries.size() + 100, "parts were lost");
  for (const auto& e : made.entries) {
    if (is_xml(e.name) && has_changed(old, e)) check_part(e, never);
    if (e.name.ends_with(".rels")) check_links(e);
  }
  const auto flaw = docx::find_new_flaw(old, {}, after);
  if (flaw) fail(flaw->kind, flaw->part + " " + flaw->detail);
}

void check_no_tag_left(std::span<const std::byte> before, std::span<const std::byte> after,
                       const compile_options& options) {
  const auto old = opened(before, "t.docx");
  const auto made = opened(after, "rendered.docx");
  for (std::size_t i = 0; i < old.entries.size(); ++i) {
    const auto& part = old.entries[i].name;
    if (old.roles[i] == docx::role::other || !made.by_name.contains(part)) continue;
    const auto was = tags_in(old, part, options);
    if (changes_delimiters(was.scan)) {
      check_written(old, made, part, was.scan);
      continue;
    }
    const auto is = tags_in(made, part, options);
    require(!is.has_faults && is.scan.tags.empty() && is.scan.links.empty() && is.scan.placeholders.empty(),
            "a tag is left", text_of(made.entries[made.by_name.find(part)->second]));
  }
}

}  // namespace fuzz
