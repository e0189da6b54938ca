#include "docx/source_document.hpp"

#include <algorithm>
#include <pugixml.hpp>
#include <span>

#include "docx/elements.hpp"
#include "docx/wordml.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t most_documents = 8;  // kept for the next turn

}  // namespace

checked<std::unique_ptr<source_document>> source_document::open(std::string bytes, std::string name,
                                                                const docx_limits& limits) {
  auto in = read_archive(std::as_bytes(std::span(bytes)), std::move(name), limits);
  if (!in) return {{}, std::move(in.notes)};
  const auto& main = in->entries[in->main];
  auto text = unpack_xml(*in, main);
  if (!text) return {{}, std::move(text.notes)};
  if (const auto found = xml::find_problem(*text))
    return {{}, {fault(*in, found->what.id, found->what.args, main.name)}};
  return {std::unique_ptr<source_document>(new source_document(std::move(bytes), std::move(*in), std::move(*text))),
          {}};
}

source_document::source_document(std::string bytes, archive in, std::string main_text)
    : bytes_(std::move(bytes)), in_(std::move(in)), main_text_(std::move(main_text)) {
  for (const auto& [id, r] : relations(""))
    if (r.kind == "officeDocument" && !r.is_external) strict_ = r.type.starts_with("http://purl.oclc.org/");
  pugi::xml_document types;
  types.load_string(text("[Content_Types].xml").c_str());
  for (const auto& node : types.document_element().children()) {
    const auto type = value_of(node, "ContentType");
    if (local(node) == "Default") defaults_.emplace(lower_ascii(value_of(node, "Extension")), type);
    if (local(node) == "Override") overrides_.emplace(lower_ascii(value_of(node, "PartName")), type);
  }
}

std::string source_document::raw(const std::string& part) const {
  const auto at = in_.by_name.find(part);
  return at == in_.by_name.end() ? std::string{} : unpack(in_.entries[at->second]);
}

std::string source_document::text(const std::string& part) const {
  auto out = text_of(in_, part);
  return xml::find_problem(out) ? std::string{} : out;
}

std::string source_document::type_of(const std::string& part) const {
  const auto name = lower_ascii(part);
  if (const auto own = overrides_.find("/" + name); own != overrides_.end()) return own->second;
  const auto usual = defaults_.find(name.substr(name.rfind('.') + 1));
  return usual == defaults_.end() ? std::string{} : usual->second;
}

const part_relations& source_document::relations(const std::string& part) {
  const auto [known, is_new] = relations_.try_emplace(part);
  const auto name = relations_of(part);
  if (is_new) known->second = read_part_relations(text(name), name);
  return known->second;
}

std::string source_document::part_of_kind(std::string_view kind) {
  for (const auto& [id, r] : relations(main()))
    if (r.kind == kind && !r.is_external) return r.target;
  return {};
}

other_styles& source_document::styles() {
  if (!styles_) styles_ = std::make_unique<other_styles>(text(part_of_kind("styles")));
  return *styles_;
}

const styled_numbers& source_document::numbers() {
  if (!numbers_)
    numbers_ = std::make_unique<styled_numbers>(
        read_styled_numbers(text(part_of_kind("styles")), text(part_of_kind("numbering"))));
  return *numbers_;
}

const list_definition& source_document::list(const std::string& number) {
  const auto [known, is_new] = lists_.try_emplace(number);
  if (!other_lists_) other_lists_ = std::make_unique<other_lists>(text(part_of_kind("numbering")));
  if (is_new) known->second = definition_of(*other_lists_, number);
  return known->second;
}

void source_document::read_notes(bool at_end) {
  auto& out = *(notes_[at_end ? 1 : 0] = std::make_unique<notes>());
  const auto xml = text(notes_part(at_end));
  xml::tokenizer tokens(xml, xml::unlimited);
  std::size_t begin = 0;
  std::string id;
  while (tokens.next().kind != xml::kind::done && tokens.current().kind != xml::kind::failed) {
    const auto& t = tokens.current();
    const auto depth = tokens.depth();
    if (t.kind == xml::kind::start && depth == 1 && !t.empty) out.head = xml.substr(t.begin, t.end - t.begin);
    if (t.kind == xml::kind::end && depth == 0) out.tail = xml.substr(t.begin, t.end - t.begin);
    if (t.kind == xml::kind::start && depth == 2 && !t.empty) {
      const auto* number = tokens.find_attribute(t.space, "id");
      begin = t.begin;
      id = number == nullptr ? std::string{} : std::string(number->value);
    }
    if (t.kind == xml::kind::end && depth == 1) out.by_id.emplace(id, xml.substr(begin, t.end - begin));
  }
}

std::string source_document::note(bool at_end, const std::string& id) {
  if (!notes_[at_end ? 1 : 0]) read_notes(at_end);
  const auto& all = *notes_[at_end ? 1 : 0];
  const auto known = all.by_id.find(id);
  return known == all.by_id.end() ? std::string{} : all.head + known->second + all.tail;
}

void source_document::find_bookmarks(std::string_view xml) {
  xml::tokenizer tokens(xml, xml::unlimited);
  while (tokens.next().kind != xml::kind::done && tokens.current().kind != xml::kind::failed) {
    const auto& t = tokens.current();
    if (t.kind != xml::kind::start || !is_wordml(t.space) || tokens.find_attribute(t.space, "id") == nullptr) continue;
    if (const auto* name = tokens.find_attribute(t.space, "name")) bookmarks_->emplace(name->value);
  }
}

const std::set<std::string, std::less<>>& source_document::bookmarks() {
  if (bookmarks_) return *bookmarks_;
  bookmarks_ = std::make_unique<std::set<std::string, std::less<>>>();
  find_bookmarks(main_text_);
  for (const bool at_end : {false, true})
    if (!notes_part(at_end).empty()) find_bookmarks(text(notes_part(at_end)));
  return *bookmarks_;
}

checked<source_document*> source_documents::open(std::string_view bytes, const std::string& name,
                                                 const docx_limits& limits) {
  const auto known = std::ranges::find_if(last_, [&](const auto& d) { return d->bytes() == bytes; });
  if (known != last_.end()) return {known->get(), {}};
  auto read = source_document::open(std::string(bytes), name, limits);
  if (!read) return {{}, std::move(read.notes)};
  if (last_.size() == most_documents) last_.erase(last_.begin());
  return {last_.emplace_back(std::move(*read)).get(), {}};
}

}  // namespace vanthu::docx
