#include "docx/self_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <utility>

#include "docx/drawings.hpp"
#include "docx/relations.hpp"
#include "docx/wordml.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

constexpr std::string_view word_2010 = "http://schemas.microsoft.com/office/word/2010/wordml";

// An attribute that must not have the same value twice in a part.
struct id_kind {
  std::string_view element, attribute, name;
};
constexpr id_kind id_kinds[] = {{"comment", "id", "comment"}, {"footnote", "id", "footnote"},
                                {"endnote", "id", "endnote"}, {"style", "styleId", "style"},
                                {"num", "numId", "list"},     {"abstractNum", "abstractNumId", "list-definition"}};

bool is_xml(std::string_view name) {
  return name.ends_with(".xml") || name.ends_with(".rels");
}

std::string text_of(const entry& e) {
  return to_utf8(unpack(e)).value_or(std::string{});
}

// Follows the tables of a part through their grids: a cell that goes on with one above it needs one that merges.
class merge_checker {
 public:
  void on_start(what is, const xml::tokenizer& tokens);
  bool on_end(what is);  // false: a cell goes on with nothing

 private:
  struct grid {
    std::map<std::uint64_t, std::uint64_t> above, row;  // the columns of cells that merge, and their spans
    std::uint64_t column = 0, span = 1;
    bool merges = false, goes_on = false;
  };
  std::vector<grid> tables_;
};

void merge_checker::on_start(what is, const xml::tokenizer& tokens) {
  const auto& t = tokens.current();
  const auto number = [&](std::uint64_t otherwise) {
    const auto* a = tokens.find_attribute(t.space, "val");
    if (a != nullptr) std::from_chars(a->value.data(), a->value.data() + a->value.size(), otherwise);
    return otherwise;
  };
  if (is == what::table) tables_.emplace_back();
  if (tables_.empty()) return;
  auto& g = tables_.back();
  if (is == what::row) {
    g.above = std::exchange(g.row, {});
    g.column = 0;
  }
  if (is == what::cell) g.span = 1, g.merges = g.goes_on = false;
  if (t.local == "gridBefore") g.column = number(0);
  if (t.local == "gridSpan") g.span = number(1);
  if (t.local != "vMerge") return;
  const auto* how = tokens.find_attribute(t.space, "val");
  g.merges = true;
  g.goes_on = how == nullptr || how->value != "restart";
}

bool merge_checker::on_end(what is) {
  if (tables_.empty()) return true;
  auto& g = tables_.back();
  bool is_sound = true;
  if (is == what::cell) {
    const auto above = g.above.find(g.column);
    is_sound = !g.goes_on || (above != g.above.end() && above->second == g.span);
    if (g.merges) g.row[g.column] = g.span;
    g.column += g.span;
    g.merges = g.goes_on = false;
  }
  if (is == what::table) tables_.pop_back();
  return is_sound;
}

class part_checker {
 public:
  part_checker(const archive& in, const entry& part, std::vector<package_flaw>& flaws)
      : part_(part.name),
        relationships_(read_part_relations(text_of(in, relations_of(part.name)), relations_of(part.name))),
        text_(text_of(part)),
        flaws_(flaws),
        tokens_(text_, xml::unlimited) {}

  void check() {
    while (tokens_.next().kind != xml::kind::done) {
      const auto& t = tokens_.current();
      if (t.kind == xml::kind::failed) return add("not-well-formed", tokens_.problem()->what.id);
      if (t.kind == xml::kind::start) on_start(t);
      if (t.kind == xml::kind::end) on_end();
    }
    for (const auto& [id, open] : bookmarks_)
      if (open) add("bookmark-without-end", id);
  }

 private:
  struct element {
    what is = what::other;
    bool holds_its_own = false;  // of a table, row or cell
    bool is_fallback = false;
    bool is_control_properties = false;
  };

  void add(std::string kind, std::string_view detail = {}) {
    flaws_.push_back({part_, std::move(kind), std::string(detail)});
  }
  void on_start(const xml::token& t);
  void on_end();
  void note_content(what is);
  void note_ids(const xml::token& t);
  void note_bookmark(const xml::token& t);
  void note_id(std::string_view kind, const xml::attribute* a) {
    if (a != nullptr && !ids_.emplace(kind, std::string(a->value)).second) add(fmt::format("{}-twice", kind), a->value);
  }

  std::string part_;
  part_relations relationships_;
  std::string text_;
  std::vector<package_flaw>& flaws_;
  xml::tokenizer tokens_;
  std::vector<element> open_;
  std::set<std::pair<std::string, std::string>, std::less<>> ids_;
  std::map<std::string, bool, std::less<>> bookmarks_;  // whether they are open
  int fallbacks_ = 0;                                   // what is in there is there a second time
  merge_checker merges_;
};

void part_checker::on_start(const xml::token& t) {
  const auto is = classify(t.space, t.local);
  note_content(is);
  merges_.on_start(is, tokens_);
  for (const auto& a : tokens_.attributes())
    if (is_relationship_space(a.space) && !a.value.empty() && !relationships_.contains(a.value))
      add("reference-to-nothing", a.value);
  if (fallbacks_ == 0) note_ids(t);
  element e{is, false, t.local == "Fallback" && t.space == compatibility_space, t.local == "sdtPr" && is_wordml(t.space)};
  if (e.is_fallback) ++fallbacks_;
  open_.push_back(e);
  if (t.empty) on_end();
}

void part_checker::on_end() {
  const auto e = open_.back();
  open_.pop_back();
  if (e.is_fallback) --fallbacks_;
  if (!merges_.on_end(e.is)) add("cell-goes-on-with-nothing");
  if (e.holds_its_own) return;
  if (e.is == what::table) add("table-without-row");
  if (e.is == what::row) add("row-without-cell");
  if (e.is == what::cell) add("cell-without-paragraph");
}

// Controls and the like may lie between a table and its rows.
void part_checker::note_content(what is) {
  const auto holder = is == what::row         ? what::table
                      : is == what::cell      ? what::row
                      : is == what::paragraph ? what::cell
                                              : what::other;
  if (holder == what::other) return;
  for (auto e = open_.rbegin(); e != open_.rend(); ++e) {
    if (e->is == holder) e->holds_its_own = true;
    if (e->is == what::table || e->is == what::row || e->is == what::cell || e->is == what::text_box) return;
  }
}

void part_checker::note_ids(const xml::token& t) {
  if (t.local == "docPr" && t.space.ends_with("/wordprocessingDrawing"))
    note_id("drawing", tokens_.find_attribute("", "id"));
  note_id("paragraph", tokens_.find_attribute(word_2010, "paraId"));
  if (!is_wordml(t.space)) return;
  for (const auto& k : id_kinds)
    if (t.local == k.element) note_id(k.name, tokens_.find_attribute(t.space, k.attribute));
  if (t.local == "id" && !open_.empty() && open_.back().is_control_properties)
    note_id("control", tokens_.find_attribute(t.space, "val"));
  if (t.local == "bookmarkStart" || t.local == "bookmarkEnd") note_bookmark(t);
}

// One without an id or a name is none.
void part_checker::note_bookmark(const xml::token& t) {
  const auto* id = tokens_.find_attribute(t.space, "id");
  const auto* name = tokens_.find_attribute(t.space, "name");
  const bool begins = t.local == "bookmarkStart";
  if (id == nullptr || (begins && name == nullptr)) return;
  if (begins) {
    note_id("bookmark", id);
    note_id("bookmark-name", name);
  }
  auto& is_open = bookmarks_[std::string(id->value)];
  if (!begins && !is_open) add("bookmark-without-beginning", id->value);
  is_open = begins;
}

void check_types(const archive& in, std::vector<package_flaw>& flaws) {
  const auto at = in.by_name.find("[Content_Types].xml");
  if (at == in.by_name.end()) return;
  pugi::xml_document xml;
  xml.load_string(text_of(in.entries[at->second]).c_str());
  std::set<std::string> known;
  for (const auto& node : xml.document_element().children()) {
    known.insert(lower_ascii(node.attribute("Extension").value()));
    known.insert(lower_ascii(node.attribute("PartName").value()));
  }
  for (const auto& e : in.entries) {
    if (e.name == "[Content_Types].xml") continue;
    const auto name = lower_ascii(e.name);
    const auto dot = name.rfind('.');
    const bool has_type =
        known.contains(fmt::format("/{}", name)) || (dot != name.npos && known.contains(name.substr(dot + 1)));
    if (!has_type) flaws.push_back({e.name, "no-content-type", {}});
  }
}

// A rendering may be larger than what is read from strangers.
docx_limits no_limits() {
  docx_limits out;
  out.part_bytes = out.total_bytes = std::numeric_limits<std::uint64_t>::max();
  out.entries = out.ratio = out.xml_depth = std::numeric_limits<int>::max();
  return out;
}

bool takes_markup(const program& p) {
  return std::ranges::any_of(p.code, [](const operation& o) { return o.what == op::raw || o.what == op::insert; });
}

}  // namespace

std::vector<package_flaw> find_flaws(const archive& in) {
  std::vector<package_flaw> out;
  for (const auto& e : in.entries)
    if (is_xml(e.name)) part_checker(in, e, out).check();
  check_types(in, out);
  return out;
}

std::optional<package_flaw> find_new_flaw(const archive& before, const std::vector<program>& programs,
                                          std::span<const std::byte> after) {
  const auto read = read_archive(after, before.source, no_limits());
  if (!read) return package_flaw{read.notes.front().where.path, read.notes.front().id(), to_string(read.notes.front())};
  std::set<std::pair<std::string, std::string>> known;
  for (const auto& f : find_flaws(before)) known.emplace(f.part, f.kind);
  std::set<std::string> foreign;
  for (const auto& p : programs)
    if (takes_markup(p)) foreign.insert(p.part);
  for (auto& f : find_flaws(*read)) {
    const bool was_brought = foreign.contains(f.part) && f.kind != "not-well-formed";
    if (!was_brought && !known.contains({f.part, f.kind})) return std::move(f);
  }
  return {};
}

void require_sound(const archive& before, const std::vector<program>& programs, std::span<const std::byte> after) {
  const auto flaw = find_new_flaw(before, programs, after);
  if (!flaw) return;
  const auto said = flaw->detail.empty() ? flaw->kind : fmt::format("{} ({})", flaw->kind, flaw->detail);
  throw error(errc::corrupt, {"docx.self-check", {flaw->part, said}});
}

}  // namespace vanthu::docx
