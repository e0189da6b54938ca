#include "docx/insert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "docx/drawings.hpp"
#include "docx/fragment.hpp"
#include "docx/pictures.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

[[noreturn]] void refuse(std::string_view what) { throw data_fault{"docx.cannot-insert", {std::string(what)}}; }

struct relation {
  std::string type, target;
  bool external = false;
};

// Extensions that any reader may ignore.
bool is_extension(std::string_view space) { return space.starts_with("http://schemas.microsoft.com/office/word/"); }

class inserter {
 public:
  inserter(std::string_view bytes, const insert_services& with) : with_(with), in_(open(bytes, with)) {
    main_ = in_.entries[in_.main].name;
    auto text = unpack_xml(in_, in_.entries[in_.main]);
    if (!text || xml::find_problem(*text)) refuse(main_);
    xml_ = std::move(*text);
    read_relations();
  }
  inserted_document run();

 private:
  static archive open(std::string_view bytes, const insert_services& with) {
    const auto raw = std::as_bytes(std::span(bytes));
    auto read = read_archive(raw, "document", with.limits);
    if (!read) refuse(read.notes.front().id());
    return std::move(*read);
  }
  void read_relations();
  std::string part_of_kind(std::string_view kind) const;
  std::string text_of(const std::string& part) const;
  void on_start(const xml::tokenizer& tokens);
  void on_word_element(const xml::tokenizer& tokens);
  void on_block(const xml::token& t);
  void on_relation(const xml::attribute& a);
  void flush(std::size_t to) {
    if (to > at_) out_.markup += xml_.substr(at_, to - at_);
    at_ = std::max(at_, to);
  }
  void replace(const xml::attribute& a, const std::string& by) {
    const auto begin = static_cast<std::size_t>(a.value.data() - xml_.data());
    flush(begin);
    xml::append_escaped_attribute(out_.markup, by);
    at_ = begin + a.value.size();
  }
  void drop(const xml::attribute& a) {
    flush(a.begin - 1);
    at_ = static_cast<std::size_t>(a.value.data() - xml_.data()) + a.value.size() + 1;
  }

  const insert_services& with_;
  archive in_;
  std::string main_, xml_;
  std::map<std::string, relation, std::less<>> relations_;
  std::map<std::string, std::string, std::less<>> lists_, bookmarks_;
  std::set<std::string> styles_;
  std::string declarations_;  // those the part has not
  inserted_document out_;
  std::size_t at_ = 0;
  int dropped_ = 0;           // depth of what goes, 0 when nothing does
  bool in_control_ = false;
};

std::string inserter::text_of(const std::string& part) const {
  const auto at = in_.by_name.find(part);
  if (at == in_.by_name.end()) return {};
  auto text = unpack_xml(in_, in_.entries[at->second]);
  return text && !xml::find_problem(*text) ? std::move(*text) : std::string{};
}

void inserter::read_relations() {
  pugi::xml_document xml;
  xml.load_string(text_of(relations_of(main_)).c_str());
  const auto folder = main_.substr(0, main_.rfind('/') + 1);
  for (const auto& r : xml.document_element().children()) {
    const std::string target = r.attribute("Target").value();
    const bool external = std::string_view(r.attribute("TargetMode").value()) == "External";
    relations_[r.attribute("Id").value()] = {r.attribute("Type").value(), resolved_target(folder, target), external};
  }
}

std::string inserter::part_of_kind(std::string_view kind) const {
  for (const auto& [id, r] : relations_)
    if (r.type.ends_with(kind) && !r.external) return r.target;
  return {};
}

// The first element of each block declares what the part it comes to does not.
void inserter::on_block(const xml::token& t) {
  out_.ends_with_table = t.local == "tbl";
  flush(t.begin + 1 + t.name.size());
  out_.markup += declarations_;
}

void inserter::on_relation(const xml::attribute& a) {
  const auto known = relations_.find(a.value);
  if (known == relations_.end()) return drop(a);
  const auto& r = known->second;
  if (r.type.ends_with("/hyperlink")) return drop(a);  // nothing leads outside because of data
  if (!r.type.ends_with("/image") || r.external) refuse(r.type.substr(r.type.rfind('/') + 1));
  const auto entry = in_.by_name.find(r.target);
  if (entry == in_.by_name.end()) return drop(a);
  const auto bytes = unpack(in_.entries[entry->second]);
  const auto format = read_picture(bytes);
  if (!format) refuse(r.target);
  replace(a, with_.added.picture(with_.part, bytes, format->extension, format->type));
}

void inserter::on_word_element(const xml::tokenizer& tokens) {
  const auto& t = tokens.current();
  const auto* val = tokens.find_attribute(t.space, "val");
  const auto* id = tokens.find_attribute(t.space, "id");
  for (const std::string_view note : {"footnoteReference", "endnoteReference", "altChunk", "subDoc"})
    if (t.local == note) refuse(note);
  if ((t.local == "pStyle" || t.local == "rStyle" || t.local == "tblStyle") && val != nullptr)
    styles_.insert(xml::decode_attribute(val->value));
  if (t.local == "numId" && val != nullptr && val->value != "0") {
    const auto [list, is_new] = lists_.try_emplace(std::string(val->value));
    if (is_new) list->second = with_.added.copied_list(text_of(part_of_kind("/numbering")), list->first);
    replace(*val, list->second);
  }
  if (t.local == "bookmarkStart" || t.local == "bookmarkEnd") {
    if (id == nullptr) return;
    const auto [mark, is_new] = bookmarks_.try_emplace(std::string(id->value));
    if (is_new) mark->second = std::to_string(with_.bookmark_id());
    const auto* name = tokens.find_attribute(t.space, "name");
    if (name != nullptr && name->begin < id->begin) replace(*name, with_.bookmark_name(std::string(name->value)));
    replace(*id, mark->second);
    if (name != nullptr && name->begin > id->begin) replace(*name, with_.bookmark_name(std::string(name->value)));
  }
}

bool goes(const xml::token& t, bool in_control) {
  if (is_extension(t.space)) return true;
  if (!is_wordml(t.space)) return false;
  if (in_control && t.local == "id") return true;
  for (const std::string_view name : {"sectPr", "commentRangeStart", "commentRangeEnd", "commentReference", "proofErr", "dataBinding"})
    if (t.local == name) return true;
  return false;
}

void inserter::on_start(const xml::tokenizer& tokens) {
  const auto& t = tokens.current();
  if (goes(t, in_control_)) {
    flush(t.begin);
    if (t.empty)
      at_ = t.end;
    else
      dropped_ = tokens.depth();
    return;
  }
  if (is_wordml(t.space) && t.local == "sdtPr") in_control_ = !t.empty;
  if (tokens.depth() - (t.empty ? 0 : 1) == 2) on_block(t);
  if (is_wordml(t.space)) on_word_element(tokens);
  for (const auto& a : tokens.attributes()) {
    if (is_extension(a.space))
      drop(a);
    else if (is_relationship_space(a.space))
      on_relation(a);
    else if (t.local == "docPr" && a.name == "id")
      replace(a, std::to_string(with_.drawing_id()));
  }
}

inserted_document inserter::run() {
  xml::tokenizer tokens(xml_, {1 << 20, 1 << 20, 1 << 20});
  while (tokens.next().kind != xml::kind::done && tokens.current().kind != xml::kind::failed) {
    const auto& t = tokens.current();
    if (t.kind == xml::kind::start && tokens.depth() == 1 && !t.empty) {
      const auto all = declarations(xml_.substr(t.begin, t.end - t.begin));
      for (std::size_t at = 0; at < all.size();) {
        const auto end = std::min(all.find(" xmlns", at + 1), all.size());
        if (with_.namespaces.find(all.substr(at, end - at)) == std::string::npos) declarations_ += all.substr(at, end - at);
        at = end;
      }
    }
    if (t.kind == xml::kind::start && tokens.depth() == 2 && t.local == "body") at_ = t.end;
    if (t.kind == xml::kind::end && tokens.depth() == 1 && t.local == "body" && dropped_ == 0) flush(t.begin);
    if (t.kind == xml::kind::start && dropped_ == 0 && tokens.depth() >= 2 && t.local != "body") on_start(tokens);
    if (t.kind == xml::kind::end && is_wordml(t.space) && t.local == "sdtPr") in_control_ = false;
    if (t.kind == xml::kind::end && dropped_ > 0 && tokens.depth() + 1 == dropped_) {
      at_ = t.end;
      dropped_ = 0;
    }
  }
  with_.added.need_styles(text_of(part_of_kind("/styles")), styles_);
  return std::move(out_);
}

}  // namespace

inserted_document insert_document(std::string_view bytes, const insert_services& with) {
  return inserter(bytes, with).run();
}

}  // namespace vanthu::docx
