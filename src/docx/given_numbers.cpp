#include "docx/given_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "docx/properties.hpp"
#include "docx/wordml.hpp"

namespace vanthu::docx {
namespace {

int rank_of(std::string_view property) {
  return property_list::rank(properties_of::paragraph, property);
}

}  // namespace

void given_numbers::give(std::string_view prefix, const style_number& number) {
  prefix_ = prefix;
  waiting_.push_back({"numPr",
                      {fmt::format("<{0}numPr><{0}ilvl {0}val=\"{1}\"/><{0}numId {0}val=\"", prefix, number.level),
                       number.list, fmt::format("\"/></{}numPr>", prefix)}});
  if (!number.indent.empty()) waiting_.push_back({"ind", {number.indent, {}, {}}});
}

given_numbers::effect given_numbers::on_start(const xml::token& t, int around) {
  effect out;
  if (is_property(around))
    on_property(t, around, out);
  else if (own_ != 0 && around == own_)
    on_part_of_own(t, out);
  else if (properties_ == 0 && !t.empty && t.local == "pPr" && is_wordml(t.space))
    properties_ = around + 1;
  return out;
}

given_numbers::effect given_numbers::on_end(int around) {
  effect out;
  const auto depth = around + 1;
  if (depth == own_) {
    put_list_of_style(out);
    own_ = 0;
  } else if (depth == properties_) {
    put_those_before(std::numeric_limits<int>::max(), out);
    properties_ = 0;
  }
  return out;
}

void given_numbers::on_property(const xml::token& t, int around, effect& out) {
  if (waiting_.empty()) return;
  put_those_before(rank_of(t.local), out);
  const auto same = std::ranges::find(waiting_, t.local, &property::local);
  if (same == waiting_.end()) return;
  if (t.local == "numPr") {
    out.goes = t.empty;
    if (t.empty) return;
    own_ = around + 1;
    list_of_style_ = same->markup.list;
  }
  waiting_.erase(same);
}

// It may say the level alone: then the list is that of the style. With a list of its own it has the indents of that.
void given_numbers::on_part_of_own(const xml::token& t, effect& out) {
  if (t.local == "numId") {
    list_of_style_.clear();
    waiting_.clear();
  } else if (t.local != "ilvl") {
    put_list_of_style(out);
  }
}

void given_numbers::put_list_of_style(effect& out) {
  if (list_of_style_.empty()) return;
  out.before.push_back({fmt::format("<{0}numId {0}val=\"", prefix_), std::move(list_of_style_), "\"/>"});
  list_of_style_.clear();
}

void given_numbers::put_those_before(int rank, effect& out) {
  const auto is_due = [&](const property& p) { return rank_of(p.local) < rank; };
  for (auto& p : waiting_)
    if (is_due(p)) out.before.push_back(std::move(p.markup));
  std::erase_if(waiting_, is_due);
}

}  // namespace vanthu::docx
