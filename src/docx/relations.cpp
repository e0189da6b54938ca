#include "docx/relations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "docx/elements.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

constexpr std::string_view word_prefix = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

bool is_macro_document(std::string_view type) {
  return type == "application/vnd.ms-word.document.macroenabled.main+xml" ||
         type == "application/vnd.ms-word.template.macroenabledtemplate.main+xml";
}

// By content type, in lower case.
role role_of(std::string_view type) {
  if (is_macro_document(type)) return role::document;
  if (type == "application/vnd.openxmlformats-package.core-properties+xml" ||
      type == "application/vnd.openxmlformats-officedocument.extended-properties+xml" ||
      type == "application/vnd.openxmlformats-officedocument.custom-properties+xml")
    return role::properties;
  if (type == "application/vnd.openxmlformats-officedocument.drawingml.chart+xml" ||
      type == "application/vnd.openxmlformats-officedocument.drawingml.diagramdata+xml" ||
      type == "application/vnd.ms-office.drawingml.diagramdrawing+xml")
    return role::drawing;
  if (!type.starts_with(word_prefix)) return role::other;
  const auto kind = type.substr(word_prefix.size());
  if (kind == "document.main+xml" || kind == "template.main+xml") return role::document;
  for (const std::string_view story : {"header+xml", "footer+xml", "footnotes+xml", "endnotes+xml", "comments+xml"})
    if (kind == story) return role::story;
  return role::other;
}

// The name of the part a target means, seen from a part in `folder` ("word/"); nothing when it leaves the package.
std::optional<std::string> resolve(std::string_view folder, std::string_view target) {
  target = target.substr(0, target.find('#'));
  std::vector<std::string_view> steps;
  const auto walk = [&steps](std::string_view path) {
    for (std::size_t at = 0; at < path.size();) {
      const auto end = std::min(path.find('/', at), path.size());
      const auto step = path.substr(at, end - at);
      at = end + 1;
      if (step == "..") {
        if (steps.empty()) return false;
        steps.pop_back();
      } else if (!step.empty() && step != ".") {
        steps.push_back(step);
      }
    }
    return true;
  };
  if ((!target.starts_with('/') && !walk(folder)) || !walk(target)) return {};
  return fmt::format("{}", fmt::join(steps, "/"));
}

// "word/_rels/document.xml.rels" speaks of "word/document.xml", so its targets are seen from "word/".
std::string_view folder_of_targets(std::string_view rels) {
  const auto marker = rels.rfind("_rels/");
  return marker == rels.npos ? std::string_view{} : rels.substr(0, marker);
}

class relations {
 public:
  relations(archive& in, diagnostics& notes) : in_(in), notes_(notes) {}
  void read() {
    if (!read_types()) return;
    give_roles();
    for (std::size_t i = 0; i < in_.entries.size(); ++i)
      if (lower_ascii(in_.entries[i].name).ends_with(".rels")) read_rels(in_.entries[i]);
    if (notes_.empty()) find_main();
  }

 private:
  void report(std::string id, std::vector<std::string> args, std::string_view part = {}) {
    notes_.push_back(fault(in_, std::move(id), std::move(args), part));
  }
  bool parse(const entry& part, pugi::xml_document& out);
  bool read_types();
  std::string type_of(std::string_view part) const;
  void give_roles();
  void read_rels(const entry& part);
  void check_target(const entry& rels, std::string_view type, const std::string& name, std::string_view written);
  void check_styles(const entry& part);
  const entry* find(std::string_view name) const;
  void find_main();

  archive& in_;
  diagnostics& notes_;
  std::map<std::string, std::string, std::less<>> defaults_, overrides_;  // keys and types in lower case
  std::map<std::string, std::uint32_t, std::less<>> by_lower_name_;
  std::vector<std::string> mains_;
  std::map<std::pair<std::string, bool>, std::string> notes_parts_;  // by the part of relationships
  std::set<const entry*> checked_styles_;                            // however many relationships lead there
  bool has_macros_ = false;
};

// Strictly, then with pugixml: these parts are small.
bool relations::parse(const entry& part, pugi::xml_document& out) {
  auto text = unpack_xml(in_, part);
  if (!text) return notes_.insert(notes_.end(), text.notes.begin(), text.notes.end()), false;
  xml::limits most;
  most.depth = in_.limits.xml_depth;
  if (const auto found = xml::find_problem(*text, most)) {
    const auto at = xml::line_index(*text).at(found->offset);
    notes_.push_back(
        fault(in_, found->what.id, found->what.args, part.name, fmt::format(":{}:{}", at.line, at.column)));
    return false;
  }
  out.load_buffer(text->data(), text->size(), pugi::parse_default, pugi::encoding_utf8);
  return true;
}

bool relations::read_types() {
  const auto at = in_.by_name.find("[Content_Types].xml");
  if (at == in_.by_name.end()) return report("docx.no-content-types", {}), false;
  pugi::xml_document types;
  if (!parse(in_.entries[at->second], types)) return false;
  for (const auto& node : types.document_element().children()) {
    const auto type = lower_ascii(node.attribute("ContentType").value());
    std::string_view part = node.attribute("PartName").value();
    if (part.starts_with('/')) part.remove_prefix(1);
    if (local(node) == "Default") defaults_[lower_ascii(node.attribute("Extension").value())] = type;
    if (local(node) == "Override") overrides_[lower_ascii(part)] = type;
  }
  return true;
}

std::string relations::type_of(std::string_view part) const {
  const auto name = lower_ascii(part);
  if (const auto at = overrides_.find(name); at != overrides_.end()) return at->second;
  const auto dot = name.rfind('.');
  const auto at = dot == name.npos ? defaults_.end() : defaults_.find(name.substr(dot + 1));
  return at == defaults_.end() ? std::string{} : at->second;
}

void relations::give_roles() {
  for (const auto& e : in_.entries) {
    const auto type = type_of(e.name);
    by_lower_name_.emplace(lower_ascii(e.name), static_cast<std::uint32_t>(in_.roles.size()));
    in_.roles.push_back(role_of(type));
    has_macros_ = has_macros_ || type == "application/vnd.ms-office.vbaproject";
  }
}

void relations::read_rels(const entry& part) {
  pugi::xml_document rels;
  if (!parse(part, rels)) return;
  const auto folder = folder_of_targets(part.name);
  const bool is_package = lower_ascii(part.name) == "_rels/.rels";
  std::set<std::string_view> ids;
  for (const auto& node : rels.document_element().children()) {
    if (node.type() != pugi::node_element) continue;
    const std::string_view id = node.attribute("Id").value();
    const std::string_view type = node.attribute("Type").value();
    const std::string_view target = node.attribute("Target").value();
    if (!ids.insert(id).second) report("docx.duplicate-relationship", {std::string(id)}, part.name);
    const bool is_main =
        is_package && type.ends_with("/officeDocument") &&
        (type.starts_with("http://schemas.openxmlformats.org/") || type.starts_with("http://purl.oclc.org/ooxml/"));
    if (std::string_view(node.attribute("TargetMode").value()) == "External") {
      if (is_main) report("docx.no-document", {}, part.name);
      continue;
    }
    const auto name = resolve(folder, target);
    if (!name) report("docx.unsafe-target", {std::string(target)}, part.name);
    if (name && is_main) mains_.push_back(*name);
    if (name && !is_main) check_target(part, type, *name, target);
  }
}

const entry* relations::find(std::string_view name) const {
  const auto at = by_lower_name_.find(lower_ascii(name));
  return at == by_lower_name_.end() ? nullptr : &in_.entries[at->second];
}

// %20 and the like.
std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    const auto* digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() && std::from_chars(digits, digits + 2, code, 16).ptr == digits + 2) {
      out += static_cast<char>(code);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// "http://…/relationships/header" wants a part of type "….header+xml".
bool is_story_relation(std::string_view kind) {
  return kind == "header" || kind == "footer" || kind == "footnotes" || kind == "endnotes" || kind == "comments";
}

void relations::check_target(const entry& rels, std::string_view type, const std::string& name,
                             std::string_view written) {
  if (written.empty() || written.starts_with('#') || written == "NULL") return;  // Word writes NULL for a lost picture
  const auto* target = find(name);
  if (target == nullptr) target = find(percent_decoded(name));
  if (target == nullptr) return report("docx.dangling-target", {std::string(written)}, rels.name);
  const auto kind = type.substr(type.rfind('/') + 1);
  if (is_story_relation(kind) && type_of(target->name) != fmt::format("{}{}+xml", word_prefix, kind))
    report("docx.wrong-target", {std::string(written), std::string(kind)}, rels.name);
  if (kind == "footnotes" || kind == "endnotes") notes_parts_.emplace(std::pair(rels.name, kind == "endnotes"), target->name);
  if (kind == "styles") check_styles(*target);
}

// A style that is based on itself, by however many steps, has no look at all.
void relations::check_styles(const entry& part) {
  if (!checked_styles_.insert(&part).second) return;
  pugi::xml_document styles;
  if (!parse(part, styles)) return;
  std::map<std::string, std::string, std::less<>> parents;
  for (const auto& style : styles.document_element().children())
    if (const auto base = child_of(style, "basedOn"); base && local(style) == "style")
      parents.emplace(value_of(style, "styleId"), value_of(base, "val"));
  std::set<std::string_view> sound;
  for (const auto& [id, parent] : parents) {
    std::set<std::string_view> walked;
    std::string_view at = id;
    while (!sound.contains(at) && walked.insert(at).second) {
      const auto next = parents.find(at);
      if (next == parents.end()) break;
      at = next->second;
      if (walked.contains(at)) return report("docx.style-cycle", {std::string(at)}, part.name);
    }
    sound.insert(walked.begin(), walked.end());
  }
}

void relations::find_main() {
  if (mains_.empty()) return report("docx.no-document", {});
  if (mains_.size() > 1) return report("docx.many-documents", {});
  const auto* document = find(mains_.front());
  if (document == nullptr) return report("docx.no-document", {});
  in_.main = static_cast<std::uint32_t>(document - in_.entries.data());
  for (const bool at_end : {false, true})
    if (const auto at = notes_parts_.find({relations_of(document->name), at_end}); at != notes_parts_.end())
      in_.notes_parts[at_end ? 1 : 0] = at->second;
  if (in_.roles[in_.main] != role::document) return report("docx.not-a-document", {document->name}, document->name);
  if (has_macros_ && !is_macro_document(type_of(document->name))) report("docx.hidden-macros", {}, document->name);
}

}  // namespace

void read_relations(archive& in, diagnostics& notes) {
  relations(in, notes).read();
}

part_relations read_part_relations(const std::string& xml, std::string_view name) {
  part_relations out;
  pugi::xml_document rels;
  rels.load_string(xml.c_str());
  for (const auto& node : rels.document_element().children()) {
    part_relation r;
    r.type = node.attribute("Type").value();
    r.kind = r.type.substr(r.type.rfind('/') + 1);
    r.target = node.attribute("Target").value();
    r.is_external = std::string_view(node.attribute("TargetMode").value()) == "External";
    if (!r.is_external) r.target = resolve(folder_of_targets(name), r.target).value_or("");
    out.emplace(node.attribute("Id").value(), std::move(r));
  }
  return out;
}

std::string relations_of(std::string_view part) {
  const auto folder = part.substr(0, part.rfind('/') + 1);
  return fmt::format("{}_rels/{}.rels", folder, part.substr(folder.size()));
}

}  // namespace vanthu::docx
