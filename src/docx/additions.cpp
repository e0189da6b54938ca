#include "docx/additions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "docx/deflate.hpp"

namespace vanthu::docx {
namespace {

constexpr std::string_view transitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/";
constexpr std::string_view package_relations = "http://schemas.openxmlformats.org/package/2006/relationships";

std::string with_prefix(const pugi::xml_node& root, const char* local) {
  const std::string_view name = root.name();
  const auto colon = name.find(':');
  return colon == name.npos ? local : fmt::format("{}:{}", name.substr(0, colon), local);
}

}  // namespace

std::string word_type(std::string_view kind) {
  return fmt::format("application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml", kind);
}

entry stored_entry(std::string name, bytes content) {
  const auto crc = crc32(0, as_text(content));
  const auto size = content.size();
  return {std::move(name), true, crc, size, std::move(content)};
}

entry stored_entry(std::string name, std::string_view content) {
  const auto raw = std::as_bytes(std::span(content));
  return stored_entry(std::move(name), bytes(raw.begin(), raw.end()));
}

std::string print(const pugi::xml_document& xml) {
  std::ostringstream out;
  xml.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str();
}

additions::additions(const archive& in, const std::vector<entry>& settled) : in_(in), settled_(settled) {
  strict_ = text_of(in, "_rels/.rels").find(fmt::format("{}officeDocument", strict)) != std::string::npos;
}

std::string additions::relation_type(std::string_view kind) const {
  if (kind.find(':') != kind.npos) return std::string(kind);
  return fmt::format("{}{}", strict_ ? strict : transitional, kind);
}

const part_relations& additions::relations_in_template(const std::string& part) const {
  const auto [known, is_new] = template_relations_.try_emplace(part);
  const auto name = relations_of(part);
  if (is_new) known->second = read_part_relations(text_of(in_, name), name);
  return known->second;
}

// An id no relationship of the part has.
std::string additions::free_id(const std::string& part, std::size_t index) const {
  const auto& taken = relations_in_template(part);
  std::string stem = "rIdVt";
  for (auto at = taken.lower_bound(stem); at != taken.end() && at->first.starts_with(stem);
       at = taken.lower_bound(stem))
    stem += 'x';
  return fmt::format("{}{}", stem, index + 1);
}

std::string additions::relate(const std::string& part, relation to) {
  const auto [known, is_new] = related_.try_emplace({part, to.target});
  if (!is_new) return known->second;
  auto& all = relations_[part];
  known->second = to.id = free_id(part, all.size());
  all.push_back(std::move(to));
  return known->second;
}

std::string additions::relate(const std::string& part, std::string_view type, const std::string& target) {
  return relate(part, {{}, relation_type(type), target, false});
}

std::string additions::link(const std::string& part, const std::string& address) {
  return relate(part, {{}, relation_type("hyperlink"), address, true});
}

namespace {

// The bytes of a part that have been seen before.
bytes given_again(const entry& part, const std::string& asset, const asset_source& assets) {
  auto found = assets(asset);
  if (!found || found->size() != part.size || crc32(0, as_text(*found)) != part.crc)
    throw error(errc::io, {"docx.picture-changed", {asset}});
  return std::move(*found);
}

}  // namespace

std::string additions::put_medium(bytes content, std::string_view extension, std::string_view type,
                                  const std::string& asset, const asset_source& assets) {
  auto part = stored_entry({}, std::move(content));
  const auto key = fmt::format("{:08x}{}", part.crc, part.size);
  auto known = by_digest_.find(key);
  if (known != by_digest_.end()) {
    const auto& m = media_[known->second];
    const bool is_same =
        m.asset.empty() ? m.part.packed == part.packed : given_again(m.part, m.asset, assets) == part.packed;
    if (!is_same) known = by_digest_.end();
  }
  if (known == by_digest_.end()) {
    part.name = new_name("word/media/vanthu", fmt::format(".{}", extension));
    known = by_digest_.insert_or_assign(key, media_.size()).first;
    if (!asset.empty()) part.packed = bytes();
    media_.push_back({std::move(part), std::string(type), std::string(extension), asset});
  }
  return media_[known->second].part.name;
}

const additions::named_picture* additions::named(std::string_view name) const {
  const auto known = named_.find(name);
  return known == named_.end() ? nullptr : &known->second;
}

std::string additions::picture(const std::string& part, const std::string& name) {
  return relate(part, "image", fmt::format("/{}", name));
}

std::string additions::target_of(const std::string& part, std::string_view id, std::string_view kind) const {
  const auto& all = relations_in_template(part);
  const auto is_wanted = [&](const part_relation& r) {
    return r.kind == kind && !r.is_external && in_.by_name.contains(r.target);
  };
  const auto at = all.find(id);
  return at != all.end() && is_wanted(at->second) ? at->second.target : std::string{};
}

std::string additions::target_of(const std::string& part, std::string_view kind) const {
  for (const auto& [id, r] : relations_in_template(part))
    if (r.kind == kind && !r.is_external && in_.by_name.contains(r.target)) return r.target;
  return {};
}

// How many relationships of the package lead to a part.
std::size_t additions::relations_to(const std::string& part) {
  if (!uses_) {
    uses_.emplace();
    for (const auto& e : in_.entries)
      if (e.name.ends_with(".rels"))
        for (const auto& [id, r] : read_part_relations(text_of(in_, e.name), e.name)) ++(*uses_)[lower_ascii(r.target)];
  }
  return (*uses_)[lower_ascii(part)];
}

void additions::drop_relation(const std::string& part, const std::string& id) {
  const auto target = target_of(part, id, "image");
  if (target.empty()) return;
  if (!dropped_[part].insert(id).second) return;
  if (++dropped_to_[target] == relations_to(target)) dropped_parts_.insert(target);
}

std::string additions::new_name(std::string_view stem, std::string_view extension) {
  auto& last = last_names_[std::string(stem)];
  while (true) {
    auto name = fmt::format("{}{}{}", stem, ++last, extension);
    if (!in_.by_name.contains(name)) return name;
  }
}

std::string additions::chart(const std::string& part, const std::string& known, const chart_data& data) {
  if (given_charts_ < charts_.size()) return charts_[given_charts_++];
  auto name = target_of(part, known, "chart");
  if (name.empty()) throw data_fault{"docx.bad-chart", {known}};
  auto workbook = target_of(name, "package");
  const auto xml = text_of(in_, name);
  const auto relations = text_of(in_, relations_of(name));
  auto id = known;
  if (put_at_.contains(name)) {
    name = new_name("word/charts/vanthu", ".xml");
    const auto copy = workbook.empty() ? std::string{} : new_name("word/embeddings/vanthu", ".xlsx");
    auto own = relations;
    const auto file = workbook.substr(workbook.rfind('/') + 1);
    const auto at = workbook.empty() ? std::string::npos : own.find(file);
    if (at != std::string::npos) own.replace(at, file.size(), copy.substr(copy.rfind('/') + 1));
    if (!own.empty()) put_part(relations_of(name), own, {}, {});
    workbook = copy;
    id = relate(part, "chart", fmt::format("/{}", name));
  }
  put_part(name, fill_chart(xml, data), "application/vnd.openxmlformats-officedocument.drawingml.chart+xml", {});
  if (workbook.ends_with(".xlsx"))
    put_part(workbook, make_workbook(xml, data), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
             {});
  charts_.push_back(id);
  ++given_charts_;
  return id;
}

std::string additions::show_note(const note_slot& note, std::span<const scope> scopes) {
  auto& all = notes_[{note.at_end, note.id}];
  auto& shown = *all.emplace_back(std::make_unique<shown_note>());
  shown.id = all.size() == 1 ? note.id : std::to_string(note_number(note.at_end));
  shown.kept.reserve(scopes.size());
  for (auto s : scopes) {
    if (s.item != nullptr) s.item = &shown.kept.emplace_back(*s.item);
    s.named = nullptr;
    shown.scopes.push_back(s);
  }
  return shown.id;
}

const std::vector<std::unique_ptr<shown_note>>& additions::shown_notes(const note_slot& note) const {
  static const std::vector<std::unique_ptr<shown_note>> none;
  const auto at = notes_.find({note.at_end, note.id});
  return at == notes_.end() ? none : at->second;
}

void additions::put_part(std::string name, std::string content, std::string type, std::string kind) {
  put_at_.emplace(name, put_.size());
  put_.push_back({std::move(name), std::move(content), std::move(type), std::move(kind)});
}

void additions::read_numbering() {
  if (std::exchange(numbering_read_, true)) return;
  numbering_part_ = target_of(in_.entries[in_.main].name, "numbering");
  const auto read = read_numbers(text_of(in_, numbering_part_));
  abstract_by_number_ = read.abstract_by_number;
  last_number_ = read.last_number;
  last_abstract_ = read.last_abstract;
}

std::string additions::take_number(std::uint32_t abstract) {
  if (given_ == numbers_.size()) numbers_.push_back({std::to_string(++last_number_), abstract});
  return numbers_[given_++].id;
}

std::string additions::restarted(const std::string& list) {
  read_numbering();
  const auto known = abstract_by_number_.find(list);
  return known == abstract_by_number_.end() ? list : take_number(known->second);
}

std::uint32_t additions::abstract_of(list_style style) {
  auto& own = own_abstract_[static_cast<std::size_t>(style)];
  if (own == 0) own = ++last_abstract_;
  return own;
}

std::string additions::new_list(list_style style) {
  read_numbering();
  return take_number(abstract_of(style));
}

bool additions::may_change(std::string_view part) const {
  return part == "[Content_Types].xml" || part.ends_with(".rels") || part.ends_with("numbering.xml") ||
         part == numbering_part_ || part.find("/charts/") != part.npos || part.ends_with("styles.xml") ||
         part.ends_with(".xlsx") || part == notes_part(false) || part == notes_part(true) || part == settings_part();
}

entry additions::make_types(const std::vector<made_part>& made) const {
  pugi::xml_document types;
  types.load_string(text_of(in_, "[Content_Types].xml").c_str());
  auto root = types.document_element();
  const auto add = [&](const char* element, const char* key, const std::string& what, const std::string& type) {
    auto node = root.append_child(with_prefix(root, element).c_str());
    node.append_attribute(key) = what.c_str();
    node.append_attribute("ContentType") = type.c_str();
  };
  std::set<std::string> gone;
  for (const auto& part : dropped_parts_) gone.insert("/" + lower_ascii(part));
  for (auto node = root.first_child(); node && !gone.empty();) {
    const auto next = node.next_sibling();
    if (gone.contains(lower_ascii(node.attribute("PartName").value()))) root.remove_child(node);
    node = next;
  }
  std::map<std::string, std::string> defaults;  // by extension
  for (const auto& node : root.children())
    defaults.emplace(lower_ascii(node.attribute("Extension").value()), node.attribute("ContentType").value());
  for (const auto& m : media_) {
    const auto [known, is_new] = defaults.try_emplace(m.extension, m.type);
    if (is_new)
      add("Default", "Extension", m.extension, m.type);
    else if (known->second != m.type)
      add("Override", "PartName", fmt::format("/{}", m.part.name), m.type);
  }
  for (const auto& p : made)
    if (p.is_new && !p.type.empty()) add("Override", "PartName", fmt::format("/{}", p.name), p.type);
  return stored_entry("[Content_Types].xml", print(types));
}

entry additions::make_relations(const std::string& part, const std::vector<relation>& added) const {
  pugi::xml_document relations;
  const auto name = relations_of(part);
  if (const auto text = text_of(in_, name); !text.empty()) relations.load_string(text.c_str());
  auto root = relations.document_element();
  if (!root) {
    root = relations.append_child("Relationships");
    root.append_attribute("xmlns") = std::string(package_relations).c_str();
  }
  if (const auto gone = dropped_.find(part); gone != dropped_.end())
    for (const auto& id : gone->second)
      root.remove_child(root.find_child([&id](const pugi::xml_node& n) { return n.attribute("Id").value() == id; }));
  for (const auto& r : added) {
    auto node = root.append_child(with_prefix(root, "Relationship").c_str());
    node.append_attribute("Id") = r.id.c_str();
    node.append_attribute("Type") = r.type.c_str();
    node.append_attribute("Target") = r.target.c_str();
    if (r.is_external) node.append_attribute("TargetMode") = "External";
  }
  return stored_entry(name, print(relations));
}

additions::made_part additions::make_numbering() const {
  std::vector<added_number> added;
  for (const auto& n : numbers_) added.push_back({n.id, n.abstract});
  std::vector<added_definition> definitions;
  for (const auto& [markup, d] : copied_) definitions.push_back(d);
  const bool is_new = numbering_part_.empty();
  return {is_new ? "word/numbering.xml" : numbering_part_,
          write_numbers(text_of(in_, numbering_part_), own_abstract_[0], own_abstract_[1], definitions, added, strict_),
          word_type("numbering"), "numbering", is_new};
}

std::vector<additions::made_part> additions::make_parts() const {
  std::vector<made_part> out;
  if (!numbers_.empty()) out.push_back(make_numbering());
  for (const auto& p : put_) out.push_back({p.name, p.content, p.type, p.kind, !in_.by_name.contains(p.name)});
  if (has_new_styles()) {
    const auto part = styles_part();
    out.push_back({part.empty() ? "word/styles.xml" : part, styles_->write(text_of(in_, part), strict_),
                   word_type("styles"), "styles", part.empty()});
  }
  make_notes(false, out);
  make_notes(true, out);
  const auto made = [&](std::string_view kind) {
    return std::ranges::any_of(out, [&](const made_part& p) { return p.is_new && p.kind == kind; });
  };
  make_settings(made("footnotes"), made("endnotes"), out);
  return out;
}

void additions::copy_media(const asset_source& assets, const std::function<void(const entry&)>& to) const {
  for (const auto& m : media_) {
    if (m.asset.empty()) {
      to(m.part);
      continue;
    }
    auto part = m.part;
    part.packed = given_again(m.part, m.asset, assets);
    to(part);
  }
}

std::vector<entry> additions::finish() const {
  std::vector<entry> out;
  if (changes_nothing()) return out;
  const auto& main = in_.entries[in_.main].name;
  auto relations = relations_;
  const auto made = make_parts();
  for (const auto& p : made) {
    out.push_back(stored_entry(p.name, p.content));
    if (!p.is_new || p.kind.empty()) continue;
    auto& of_main = relations[main];
    of_main.push_back({free_id(main, of_main.size()), relation_type(p.kind), fmt::format("/{}", p.name), false});
  }
  for (const auto& [part, ids] : dropped_) relations[part];
  for (const auto& [part, added] : relations) out.push_back(make_relations(part, added));
  out.push_back(make_types(made));
  return out;
}

}  // namespace vanthu::docx
