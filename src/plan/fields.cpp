#include <algorithm>
#include <charconv>

#include "plan/elements.hpp"
#include "plan/reading.hpp"
#include "text/nearest_name.hpp"
#include "xml/characters.hpp"

namespace vanthu {

const element* id_table::add(std::string_view id, std::uint32_t index, element declared_by) {
  const auto [at, is_new] = entries_.try_emplace(std::string(id), entry{index, declared_by});
  if (!is_new) return &at->second.declared_by;
  names_.push_back(at->first);
  return nullptr;
}

std::optional<std::uint32_t> id_table::find(std::string_view id) const {
  const auto at = entries_.find(std::string(id));
  if (at == entries_.end()) return {};
  return at->second.index;
}

std::string reading::nearest(std::string_view wrong, const std::vector<std::string_view>& known) {
  if (known.size() > suggestions_left) return "-";
  suggestions_left -= known.size();
  const auto name = texts::nearest_name(wrong, known);
  return name.empty() ? "-" : std::string(name);
}

std::string reading::nearest_party(std::string_view wrong) {
  auto all = agencies.names();
  all.insert(all.end(), groups.names().begin(), groups.names().end());
  return nearest(wrong, all);
}

bool reading::may_copy(std::uint64_t size, const element& e) {
  if (size <= copies_left) {
    copies_left -= size;
    return true;
  }
  if (copies_left > 0) notes.error("plan.too-large", e.where(), {"256 MiB"});
  copies_left = 0;
  return false;
}

bool may_inherit(reading& r, const element& e, const std::vector<std::string>& list) {
  std::uint64_t size = 0;
  for (const auto& each : list) size += sizeof each + each.size();
  return r.may_copy(size, e);
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 200 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

std::string read_id(reading& r, const element& e, const char* attribute) {
  const auto text = e.get(attribute);
  if (e.has(attribute) && !is_id(text)) r.notes.error("plan.bad-id", e.where(attribute), {std::string(text)});
  return std::string(text);
}

std::vector<std::string> read_list(const element& e, const char* attribute) {
  std::vector<std::string> out;
  const auto text = e.get(attribute);
  for (std::size_t at = 0; at < text.size();) {
    if (xml::is_space(text[at])) {
      ++at;
      continue;
    }
    const auto begin = at;
    while (at < text.size() && !xml::is_space(text[at])) ++at;
    out.emplace_back(text.substr(begin, at - begin));
  }
  return out;
}

std::optional<date> read_date(reading& r, const element& e, const char* attribute) {
  if (!e.has(attribute)) return {};
  auto day = parse_date(e.get(attribute));
  if (!day) r.notes.error("plan.bad-date", e.where(attribute), {std::string(e.get(attribute)), "YYYY-MM-DD"});
  return day;
}

std::optional<std::chrono::month_day> read_month_day(reading& r, const element& e, const char* attribute) {
  if (!e.has(attribute)) return {};
  auto day = parse_month_day(e.get(attribute));
  if (!day) r.notes.error("plan.bad-date", e.where(attribute), {std::string(e.get(attribute)), "--MM-DD"});
  return day;
}

std::optional<std::uint32_t> read_count(reading& r, const element& e, const char* attribute) {
  if (!e.has(attribute)) return {};
  const auto text = e.get(attribute);
  constexpr std::uint32_t most = 999'999'999;
  std::uint32_t n = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (fault == std::errc{} && end == text.data() + text.size() && n <= most) return n;
  bad_value(r, e, attribute, "0 1 2 …");
  return {};
}

bool read_yes(reading& r, const element& e, const char* attribute, bool otherwise) {
  static constexpr word<bool> words[] = {{"yes", true}, {"no", false}};
  return read_word(r, e, attribute, words).value_or(otherwise);
}

void bad_value(reading& r, const element& e, const char* attribute, std::string allowed) {
  r.notes.error("plan.bad-value", e.where(attribute), {attribute, std::string(e.get(attribute)), std::move(allowed)});
}

void out_of_place(reading& r, const element& e, const char* attribute, std::string wanted) {
  r.notes.error("plan.out-of-place", e.where(attribute), {attribute, std::string(e.get(attribute)), std::move(wanted)});
}

void check_range(reading& r, const element& e, std::optional<date> from, std::optional<date> until) {
  if (from && until && *until < *from)
    r.notes.error("plan.impossible-range", e.where("until"), {iso(*from), iso(*until)});
}

std::optional<amount> read_amount(reading& r, const element& e, const char* attribute, amount_bounds allowed) {
  if (!e.has(attribute)) return {};
  auto a = parse_amount(e.get(attribute));
  if (a && ((a->count < 0 && !allowed.negative) || (a->unit == time_unit::percent && !allowed.percent))) a.reset();
  if (!a) r.notes.error("plan.bad-amount", e.where(attribute), {std::string(e.get(attribute))});
  return a;
}

namespace {

std::optional<basis> own_basis(reading& r, const element& e) {
  static constexpr word<basis> words[] = {
      {"seed", basis::seed}, {"law", basis::law}, {"assumption", basis::assumption}};
  return read_word(r, e, "basis", words);
}

void read_traces(reading& r, const element& e, provenance& p) {
  if (!e.has("traces")) return;
  p.traces = read_list(e, "traces");
  if (r.obligations.empty()) return;  // no source here to look them up in
  for (const auto& each : p.traces)
    if (!r.obligations.find(each))
      r.notes.error("plan.unknown-obligation", e.where("traces"), {each, r.nearest(each, r.obligations.names())});
}

void read_assumed(reading& r, const element& e, provenance& p) {
  for (auto& each : read_list(e, "assumed")) {
    if (!is_known_name(each)) {
      r.notes.error("plan.unknown-attribute", e.where("assumed"),
                    {each, std::string(e.name()), std::string(nearest_known_name(each))});
    } else if (std::ranges::find(p.assumed, each) == p.assumed.end()) {
      p.assumed.push_back(std::move(each));
    }
  }
}

// The element's own words laid over what it inherits.
provenance read_over(reading& r, const element& e, provenance p, std::optional<basis> own) {
  if (own) {
    if (*own != p.kind) p.article.clear();
    p.kind = *own;
    p.checked = true;
    p.assumed.clear();
  }
  if (e.has("article")) p.article = e.get("article");
  if (e.has("checked")) p.checked = read_yes(r, e, "checked", true);
  read_traces(r, e, p);
  read_assumed(r, e, p);
  if (own == basis::seed && p.traces.empty())
    r.notes.error("plan.basis-without-ground", e.where("basis"), {std::string(e.name()), "seed", "traces"});
  if (own == basis::law && p.article.empty())
    r.notes.warning("plan.basis-without-ground", e.where("basis"), {std::string(e.name()), "law", "article"});
  return p;
}

}  // namespace

provenance read_basis(reading& r, const element& e, const provenance* inherited) {
  const auto own = own_basis(r, e);
  if (!own && !inherited && !e.has("basis")) r.notes.error("plan.missing-basis", e.where(), {std::string(e.name())});
  const bool copies = inherited && r.may_copy(inherited->article.size(), e) && may_inherit(r, e, inherited->traces);
  return read_over(r, e, copies ? *inherited : provenance{}, own);
}

std::optional<provenance> pass_basis(reading& r, const element& e, const std::optional<provenance>& inherited) {
  const auto own = own_basis(r, e);
  if (!own && !inherited) return {};
  return read_over(r, e, inherited.value_or(provenance{}), own);
}

bool check_party(reading& r, const element& e, const char* attribute, std::string_view id) {
  if (r.agencies.find(id) || r.groups.find(id)) return true;
  r.notes.error("plan.unknown-agency", e.where(attribute), {std::string(id), r.nearest_party(id)});
  return false;
}

agency_id read_agency(reading& r, const element& e, const char* attribute) {
  agency_id out{std::string(e.get(attribute))};
  if (!e.has(attribute) || r.agencies.find(out.text)) return out;
  if (r.groups.find(out.text))
    r.notes.error("plan.group-for-agency", e.where(attribute), {out.text, attribute});
  else
    r.notes.error("plan.unknown-agency", e.where(attribute), {out.text, r.nearest(out.text, r.agencies.names())});
  return out;
}

std::vector<std::string> read_parties(reading& r, const element& e, const char* attribute) {
  auto all = read_list(e, attribute);
  for (const auto& each : all) check_party(r, e, attribute, each);
  return all;
}

std::optional<std::uint32_t> read_reference(reading& r, const element& e, const char* attribute, const id_table& among,
                                            const char* fault) {
  if (!e.has(attribute)) return {};
  const auto id = e.get(attribute);
  auto found = among.find(id);
  if (!found) r.notes.error(fault, e.where(attribute), {std::string(id), r.nearest(id, among.names())});
  return found;
}

}  // namespace vanthu
