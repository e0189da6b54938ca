#include "docx/insert.hpp"

#include <fmt/format.h>

#include "docx/copied_parts.hpp"
#include "docx/obstacles.hpp"
#include "docx/settings.hpp"
#include "docx/story_copy.hpp"

namespace vanthu::docx {
namespace {

bool is_drawing_part(std::string_view kind) {
  for (const std::string_view known :
       {"chart", "chartEx", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors"})
    if (kind == known) return true;
  return false;
}

}  // namespace

// Lists that count on in their document do so here, and begin anew each time the document is put in.
std::string insertion::list(const std::string& number) {
  const auto& definition = from_.list(number);
  const auto [known, is_new] = lists_.try_emplace(definition.key);
  if (is_new) known->second = with_.added.lists.copy(definition);
  return known->second;
}

const std::string& insertion::id(const std::string& old) {
  const auto [known, is_new] = ids_.try_emplace(old);
  if (is_new) known->second = std::to_string(with_.bookmark_id());
  return known->second;
}

const std::string* insertion::name(std::string_view written) {
  if (const auto known = names_.find(written); known != names_.end()) return &known->second;
  if (!from_.bookmarks().contains(written)) return nullptr;
  std::string old(written);
  return &names_.emplace(old, with_.bookmark_name(old)).first->second;
}

std::string insertion::relation(const std::string& from_part, const std::string& to_part, std::string_view id) {
  const auto& all = from_.relations(from_part);
  const auto known = all.find(id);
  if (known == all.end()) return {};
  const auto& r = known->second;
  const auto key = fmt::format("{}\n{}", from_part, id);
  if (const auto here = relations_.find(key); here != relations_.end()) return here->second;
  if (r.is_external || (r.kind != "image" && !is_drawing_part(r.kind)))
    refuse(r.kind == "hyperlink" ? link_to(r.target) : content_of_kind(r.kind));
  if (r.kind == "image" && !from_.has(r.target)) return {};
  auto& added = with_.added;
  const auto related = [&](const std::string& name) { return added.relations.add(to_part, r.type, name); };
  auto out = r.kind == "image" ? related(copy_picture(added, from_, r.target)) : added.copies.next([&] {
    return related(r.kind == "diagramData" ? copy_diagram_data(added, to_part, from_, from_part, r.target)
                                           : copy_part(added, from_, r.target));
  });
  return relations_.emplace(key, std::move(out)).first->second;
}

inserted_document insert_document(source_document& from, const insert_services& with) {
  if (from.is_strict() != with.added.is_strict()) refuse(other_format(from.is_strict()));
  insertion state(from, with);
  auto out = copy_story(state, {from.main_text(), from.main(), with.part, with.namespaces, 2, 0});
  if (has_contents_field(out.markup)) with.added.renew_fields();
  const auto notes = std::move(state.notes);
  state.notes.clear();
  for (const auto& n : notes) {
    const auto xml = from.note(n.at_end, n.id);
    if (xml.empty()) refuse(note_without_text(n.at_end));
    const auto part = with.added.notes.part(n.at_end);
    auto copy = copy_story(state, {xml, from.notes_part(n.at_end), part, {}, 1, n.number});
    with.added.notes.add(n.at_end, n.number, std::move(copy.markup));
  }
  if (!state.notes.empty()) refuse(note_in_note());
  return out;
}

}  // namespace vanthu::docx
