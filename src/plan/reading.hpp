// What the parts of the plan reader share: the files, the ids they declare, the plan that grows, the remarks.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "plan/remarks.hpp"
#include "vanthu/plan.hpp"
#include "xml/document.hpp"

namespace vanthu {

// One element of one of the files.
struct element {
  const xml::document* file = nullptr;
  pugi::xml_node node;

  std::string_view name() const { return node.name(); }
  bool has(const char* attribute) const { return !node.attribute(attribute).empty(); }
  std::string_view get(const char* attribute) const { return node.attribute(attribute).value(); }  // "" when not there
  location where() const { return file->where(node); }
  location where(const char* attribute) const {  // of the element when the attribute is not there
    const auto a = node.attribute(attribute);
    return a ? file->where(a) : file->where(node);
  }
  element child(const char* name_of_child) const { return {file, node.child(name_of_child)}; }
  explicit operator bool() const { return !node.empty(); }
};

// The ids of one kind, each with its place in the plan's list and the element that declares it.
class id_table {
 public:
  // The element that declared the id before, if any; the first declaration stays.
  const element* add(std::string_view id, std::uint32_t index, element declared_by);
  std::optional<std::uint32_t> find(std::string_view id) const;
  const std::vector<std::string_view>& names() const noexcept { return names_; }
  bool empty() const noexcept { return names_.empty(); }

 private:
  struct entry {
    std::uint32_t index;
    element declared_by;
  };
  std::unordered_map<std::string, entry> entries_;
  std::vector<std::string_view> names_;  // point into entries_
};

// A child of a root element, includes replaced by what they name.
struct piece {
  element at;
  const std::optional<provenance>* ground;  // the basis of the root it stands in
};
struct task_element {
  element at;
  std::uint32_t parent;
  bool leaf;
  const std::optional<provenance>* ground;
};

struct reading {
  plan out;
  remarks notes;
  std::vector<std::unique_ptr<xml::document>> files;
  std::vector<std::unique_ptr<std::optional<provenance>>> grounds;  // one a file
  std::vector<std::string> sources;
  std::vector<piece> pieces;
  std::vector<task_element> task_elements;  // parents before their children, in the authors' order
  id_table agencies, groups, windows, indicators, regimes, procedures, tasks, goals, obligations, calendars, roles;
  std::size_t suggestions_left = 2'000'000;  // names that may still be compared to find a nearest one

  std::uint64_t copies_left = std::uint64_t{256} << 20;  // bytes that may still be copied to whoever inherits them

  // Takes from that; false, with one remark, when a plan would grow out of all proportion to its text.
  bool may_copy(std::uint64_t size, const element& e);

  // The nearest of the names to `wrong`, or "-".
  std::string nearest(std::string_view wrong, const std::vector<std::string_view>& known);
  std::string nearest_party(std::string_view wrong);  // among agencies and groups
};

// ---- Attributes as values (fields.cpp). A wrong one is remarked on and gives nothing. ----------------------------
bool is_id(std::string_view text);
std::string read_id(reading& r, const element& e, const char* attribute = "id");
std::vector<std::string> read_list(const element& e, const char* attribute);
std::optional<date> read_date(reading& r, const element& e, const char* attribute);
std::optional<std::chrono::month_day> read_month_day(reading& r, const element& e, const char* attribute);
std::optional<std::uint32_t> read_count(reading& r, const element& e, const char* attribute);
bool read_yes(reading& r, const element& e, const char* attribute, bool otherwise);
void bad_value(reading& r, const element& e, const char* attribute, std::string allowed);
// A word of the language that cannot stand here because of something else: `wanted`.
void out_of_place(reading& r, const element& e, const char* attribute, std::string wanted);
// The first day is not after the last.
void check_range(reading& r, const element& e, std::optional<date> from, std::optional<date> until);
// A duration or a wait; percent and negative amounts only where they are allowed.
struct amount_bounds {
  bool negative = false, percent = false;
};
std::optional<amount> read_amount(reading& r, const element& e, const char* attribute, amount_bounds allowed = {});

template <class T>
struct word {
  std::string_view text;
  T meaning;
};
template <class T, std::size_t N>
std::optional<T> read_word(reading& r, const element& e, const char* attribute, const word<T> (&words)[N]) {
  if (!e.has(attribute)) return {};
  std::string allowed;
  for (const auto& w : words) {
    if (w.text == e.get(attribute)) return w.meaning;
    allowed += (allowed.empty() ? "" : " ") + std::string(w.text);
  }
  bad_value(r, e, attribute, std::move(allowed));
  return {};
}

// What an element stands on: its own basis, else the inherited one. `inherited` is null where nothing above has a
// basis: that is remarked on.
provenance read_basis(reading& r, const element& e, const provenance* inherited);
// The same for elements that only pass a basis on: no remark.
std::optional<provenance> pass_basis(reading& r, const element& e, const std::optional<provenance>& inherited);
inline const provenance* pointer_to(const std::optional<provenance>& p) {
  return p ? &*p : nullptr;
}

// ---- References. An unknown one is remarked on. -------------------------------------------------------------------
bool may_inherit(reading& r, const element& e, const std::vector<std::string>& list);
agency_id read_agency(reading& r, const element& e, const char* attribute);
std::vector<std::string> read_parties(reading& r, const element& e, const char* attribute);  // agencies and groups
bool check_party(reading& r, const element& e, const char* attribute, std::string_view id);
std::optional<std::uint32_t> read_reference(reading& r, const element& e, const char* attribute, const id_table& among,
                                            const char* fault);

// ---- Moments (moments.cpp) -----------------------------------------------------------------------------------------
// What the anchors of a moment can be taken from where it stands.
struct anchor_scope {
  bool window = true, cut_off = true, raised_case = true;
  const id_table* steps = nullptr;  // of the procedure, for the deadline of a step
};
struct read_moment_result {
  moment_rule when;
  std::string step;  // the anchor names this step
};
std::optional<read_moment_result> read_moment(reading& r, const element& e, const anchor_scope& scope);
struct read_deadline_result {
  deadline due;
  std::string step;
};
std::optional<read_deadline_result> read_deadline(reading& r, const element& e, const anchor_scope& scope,
                                                  const provenance* inherited);

// ---- The rooms of a plan, each for one kind of element -------------------------------------------------------------
void declare_ids(reading& r);
void read_source(reading& r, const element& e);
void read_goal(reading& r, const piece& p);
void read_agencies(reading& r, const piece& p);
void read_role(reading& r, const element& e, id_table& seen, std::vector<role_binding>& to);  // no two of one name
std::vector<role_binding> read_roles(reading& r, const element& e);
void read_window(reading& r, const piece& p);
void read_indicator(reading& r, const piece& p);
void read_regime(reading& r, const piece& p);
void read_procedure(reading& r, const piece& p);
void read_tasks(reading& r);
recurrence read_recurrence(reading& r, const element& e);
bool has_cut_off(const regime& of, bool for_case);  // for a task that a case makes, or another
void check_plan(reading& r);                        // what needs the whole plan
void check_times(reading& r);
void check_cycles(reading& r);

}  // namespace vanthu
