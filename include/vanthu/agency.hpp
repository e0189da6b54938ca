// Agencies with their dates, groups of them, and who took over from whom. A plan keeps naming the agency it was written
// for; who answers for a duty is looked up for the day that matters (rule 7: nothing is rewritten).
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/diagnostic.hpp"
#include "vanthu/export.h"
#include "vanthu/time.hpp"

namespace vanthu {

// Identifiers are types of their own so that one cannot be passed for another.
template <class Tag>
struct id {
  std::string text;
  auto operator<=>(const id&) const = default;
  bool empty() const noexcept { return text.empty(); }
};
using plan_id = id<struct plan_tag>;
using agency_id = id<struct agency_tag>;
using group_id = id<struct group_tag>;
using task_id = id<struct task_tag>;
using window_id = id<struct window_tag>;
using indicator_id = id<struct indicator_tag>;
using regime_id = id<struct regime_tag>;
using procedure_id = id<struct procedure_tag>;
using outcome_id = id<struct outcome_tag>;
using item_id = id<struct item_tag>;  // a work item: TASK[@PERIOD][#CASE][/AGENCY][:STEP]

// On what a statement stands: the source text, the law, or an assumption of whoever wrote the file.
enum class basis { seed, law, assumption };
struct provenance {
  basis kind = basis::assumption;
  std::string article;               // of law
  bool checked = true;               // no: the article is known second-hand only
  std::vector<std::string> traces;   // obligations of the source: O34
  std::vector<std::string> assumed;  // attributes that are assumptions although the element is not
};

// Whether what `attribute` says is an assumption: the element's own basis is one, or `assumed` names the attribute.
VANTHU_API bool is_assumed(const provenance& ground, std::string_view attribute);

enum class agency_kind { state, mass, party };
struct succession {  // the duties of `from` (in `field`, or all that no field takes) pass to `to` on `on`
  agency_id from, to;
  std::string field;
  date on;
  provenance stands_on;
  location where;
};
struct role_binding {
  std::string name;  // signer, records, checker, drafter
  agency_id agency;  // empty: the agency that holds the item
  std::string post;  // «KT. CHỦ TỊCH, PHÓ CHỦ TỊCH»
};
enum class number_series { per_kind, common };
struct agency {
  agency_id id;
  std::string name, notation;  // «Ủy ban nhân dân huyện Kỳ Anh», «UBND»
  agency_kind kind = agency_kind::state;
  agency_id parent;
  std::string place;                // the seat in «Kỳ Anh, ngày …»; empty: taken from nowhere
  std::optional<date> from, until;  // first and last day it exists
  number_series series = number_series::per_kind;
  std::vector<role_binding> roles;
  provenance stands_on;
  location where;
};
struct group_member {
  agency_id agency;  // one of the two is set
  group_id group;
};
struct agency_group {
  group_id id;
  std::vector<group_member> members;
  provenance stands_on;
  location where;
};

// Who holds what on which day. A value. Thread safety: const members may be called concurrently.
class VANTHU_API agency_registry {
 public:
  explicit agency_registry(std::vector<agency> agencies = {}, std::vector<agency_group> groups = {},
                           std::vector<succession> successions = {});

  const agency* find(const agency_id& a) const;

  // Who answers for the duties of `a` in `field` on `on`: `a` itself while it exists, else its heirs, followed until
  // they exist; heirs with the field if there are any, else those without one. Empty: nobody is left.
  std::vector<agency_id> holders(const agency_id& a, std::string_view field, date on) const;
  // Members of a group on a day, nested groups opened, heirs in place of the ended, each once, in file order.
  std::vector<agency_id> members(const group_id& g, std::string_view field, date on) const;
  bool exists(const agency_id& a, date on) const;
  bool is_heir(const agency_id& heir, const agency_id& of, std::string_view field, date on) const;  // or the same

 private:
  struct tables;
  std::shared_ptr<const tables> tables_;
};

}  // namespace vanthu
