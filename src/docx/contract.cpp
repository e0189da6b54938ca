#include "docx/contract.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vanthu::docx {
namespace {

constexpr std::string_view sample_picture =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

bool takes_item(filter f) {
  switch (f) {
    case filter::avg:
    case filter::group:
    case filter::max:
    case filter::min:
    case filter::sort:
    case filter::sum:
    case filter::where: return true;
    default: return false;
  }
}
bool is_of_lists(filter f) {
  return takes_item(f) || f == filter::count || f == filter::first || f == filter::join || f == filter::last;
}

// What a filter makes of the value before it says what that must be.
form form_for(filter f) {
  switch (f) {
    case filter::date:
    case filter::ngay: return form::day;
    case filter::letter:
    case filter::money:
    case filter::number:
    case filter::percent:
    case filter::roman:
    case filter::words: return form::number;
    default: return form::text;
  }
}

bool counts(step s) {
  return s == step::subtract || s == step::multiply || s == step::divide || s == step::negate;
}
bool orders(step s) { return s >= step::less && s <= step::greater_equal; }

form form_of_directive(std::string_view written) {
  return written.find("$span") != written.npos    ? form::columns
         : written.find("$shade") != written.npos ? form::color
                                                  : form::text;
}

// What an item's member must be for a filter of lists.
form form_of_item(filter f) {
  switch (f) {
    case filter::avg:
    case filter::max:
    case filter::min:
    case filter::sum: return form::number;
    case filter::where: return form::unknown;
    default: return form::text;
  }
}

class contract_reader {
 public:
  contract_reader() { root_->first = nullptr; }

  void read(const program& p) {
    in_ = &p;
    bases_.assign(p.sites.size(), nullptr);
    for (std::size_t i = 0; i < p.sites.size(); ++i)
      if (!p.sites[i].hidden) read_site(i);
  }
  std::unique_ptr<wanted> finish() { return std::move(root_); }

 private:
  // The object whose members a site's names are: the items of the nearest list around it.
  wanted* around(const site& s) const { return s.loop == nowhere ? root_.get() : bases_[s.loop]; }
  wanted* reach(wanted* from, const path& p, const site& s) {
    for (const auto& name : p.names) {
      auto* known = from->find(name);
      if (known == nullptr) {
        known = from->members.emplace_back(std::make_unique<wanted>()).get();
        known->name = name;
        known->first = &s;
        known->in = in_;
      }
      from = known;
    }
    return from;
  }
  void read_site(std::size_t number);
  void read_path(const site& s, wanted* base, std::size_t at, const code& steps, form known = form::unknown);
  void read_calls(const site& s, wanted* base, wanted* list);
  static void learn(wanted& w, form f) {
    if (w.form == form::unknown || w.form == form::truth || (w.form == form::text && f != form::truth)) w.form = f;
  }

  std::unique_ptr<wanted> root_ = std::make_unique<wanted>();
  const program* in_ = nullptr;
  std::vector<wanted*> bases_;  // of what is inside the block of each site
};

// What an operand is used for, as far as the steps show it.
void contract_reader::read_path(const site& s, wanted* base, std::size_t at, const code& steps, form known) {
  const auto& p = s.asks.paths[steps[at].a];
  auto* w = reach(base, p, s);
  const bool is_condition = opens_block(s.kind) || s.kind == tag_kind::otherwise_if;
  const bool alone = steps.size() == 1;
  const bool has_figure = std::ranges::any_of(steps, [&](const instruction& i) {
    return i.what == step::literal && s.asks.literals[i.a].type() == value::kind::number;
  });
  const bool is_counted = std::ranges::any_of(
      steps, [&](const instruction& i) { return counts(i.what) || (orders(i.what) && has_figure); });
  if (s.kind == tag_kind::image)
    learn(*w, s.chart.empty() ? form::picture : form::chart);
  else if (s.kind == tag_kind::insert)
    learn(*w, form::document);
  else if (s.kind == tag_kind::directive && alone)
    learn(*w, form_of_directive(s.written));
  else if (s.kind == tag_kind::rich)
    learn(*w, form::rich);
  else if (is_counted)
    learn(*w, form::number);
  else if (known != form::unknown)
    learn(*w, known);
  else
    learn(*w, is_condition && alone ? form::truth : form::text);
  if (s.kind == tag_kind::value && s.loop == nowhere && alone) w->must_be_there = true;
}

// Filters: of what kind the value is, and what each item must have.
void contract_reader::read_calls(const site& s, wanted* base, wanted* list) {
  for (const auto& c : s.asks.calls) {
    if (list != nullptr && is_of_lists(c.which)) {
      list->is_list = true;
    } else if (list != nullptr && !list->is_list && c.which != filter::default_value) {
      learn(*list, form_for(c.which));
    }
    if (list != nullptr && c.which == filter::default_value) list->must_be_there = false;
    for (const auto& a : c.arguments)
      for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i].what == step::path)
          read_path(s, takes_item(c.which) && list != nullptr ? list : base, i, a,
                    takes_item(c.which) ? form_of_item(c.which) : form::unknown);
  }
}

bool only_filters_follow(const code& steps) {
  return steps.front().what == step::item &&
         std::ranges::all_of(steps.begin() + 1, steps.end(), [](const instruction& i) { return i.what == step::filter; });
}

void contract_reader::read_site(std::size_t number) {
  const auto& s = in_->sites[number];
  auto* base = around(s);
  bases_[number] = base;
  const auto& steps = s.asks.steps;
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (steps[i].what == step::path) read_path(s, base, i, steps);
  const bool starts_with_path = !steps.empty() && steps.front().what == step::path;
  const bool only_filters = std::ranges::all_of(steps.begin() + (starts_with_path ? 1 : 0), steps.end(),
                                                [](const instruction& i) { return i.what == step::filter; });
  wanted* first = starts_with_path && only_filters ? reach(base, s.asks.paths[steps.front().a], s) : nullptr;
  read_calls(s, base, first);
  if (first != nullptr && (s.kind == tag_kind::open || s.kind == tag_kind::open_forced)) bases_[number] = first;
  // {.} and $number tell that the block around is a list.
  const bool of_item = std::ranges::any_of(steps, [](const instruction& i) {
    return i.what >= step::item && i.what <= step::count;
  });
  if (of_item && base != root_.get()) base->is_list = true;
  if (of_item && base != root_.get() && base->form == form::truth) base->form = form::unknown;
  if (of_item && base != root_.get() && only_filters_follow(steps))
    for (const auto& c : s.asks.calls) learn(*base, form_for(c.which));
}

value schema_of(const wanted& w, value members, value required) {
  auto own = value::object();
  if (!w.members.empty()) {
    own.set("type", "object");
    own.set("properties", std::move(members));
    if (required.size() > 0) own.set("required", std::move(required));
  } else {
    switch (w.form) {
      case form::truth: own.set("type", value::list({"boolean", "null"})); break;
      case form::number: own.set("type", value::list({"number", "null"})); break;
      case form::day:
        own.set("type", "string");
        own.set("format", "date");
        break;
      case form::columns:
        own.set("type", "integer");
        own.set("minimum", 1);
        break;
      case form::color:
        own.set("type", value::list({"string", "null"}));
        own.set("pattern", "^[0-9A-Fa-f]{6}$");
        break;
      case form::chart: own.set("type", value::list({"object", "null"})); break;
      case form::document:
      case form::picture: own.set("type", value::list({"string", "object", "null"})); break;
      case form::rich: own.set("type", value::list({"string", "array", "object", "null"})); break;
      default: own.set("type", value::list({"string", "number", "boolean"}));
    }
  }
  if (!w.is_list && (w.members.empty() || w.form != form::truth)) return own;
  auto out = value::object();
  out.set("type", "array");
  out.set("items", std::move(own));
  return out;
}

value sample_of(const wanted& w, value members) {
  auto own = std::move(members);
  if (w.members.empty()) {
    switch (w.form) {
      case form::truth: own = true; break;
      case form::number: own = 12; break;
      case form::day: own = "2023-04-18"; break;
      case form::picture: own = value::object({{"data", sample_picture}, {"width", 20}}); break;
      case form::columns: own = 1; break;
      case form::color: own = "FFF2CC"; break;
      case form::document: own = nullptr; break;  // there is no telling which
      case form::chart:
        own = value::object({{"title", w.name},
                             {"categories", value::list({"1", "2"})},
                             {"series", value::list({value::object({{"name", w.name}, {"values", value::list({12, 15})}})})}});
        break;
      case form::rich: own = value::list({w.name}); break;
      default: own = w.name;
    }
  }
  if (!w.is_list && (w.members.empty() || w.form != form::truth)) return own;
  return value::list({own, own});
}

// From the leaves up, without recursion: `make` is told what its members have become.
template <class Make>
value fold(const wanted& root, Make make) {
  struct pending {
    const wanted* at;
    std::size_t next = 0;
    value members = value::object(), required = value::list();
  };
  std::vector<pending> open;
  open.push_back({&root});
  while (true) {
    auto& top = open.back();
    if (top.next < top.at->members.size()) {
      open.push_back({top.at->members[top.next++].get()});
      continue;
    }
    auto done = make(*top.at, std::move(top.members), std::move(top.required));
    const auto* at = top.at;
    open.pop_back();
    if (open.empty()) return done;
    open.back().members.set(at->name, std::move(done));
    if (at->must_be_there) open.back().required.push_back(at->name);
  }
}

}  // namespace

wanted* wanted::find(std::string_view wanted_name) const {
  const auto at = std::ranges::find_if(members, [&](const auto& m) { return m->name == wanted_name; });
  return at == members.end() ? nullptr : at->get();
}

std::unique_ptr<wanted> read_contract(const std::vector<program>& programs) {
  contract_reader reader;
  for (const auto& p : programs) reader.read(p);
  return reader.finish();
}

value make_schema(const wanted& root) {
  auto made = fold(root, [](const wanted& w, value m, value r) { return schema_of(w, std::move(m), std::move(r)); });
  auto out = value::object({{"$schema", "https://json-schema.org/draft/2020-12/schema"}});
  if (root.members.empty()) made = value::object({{"type", "object"}});
  for (std::size_t i = 0; i < made.size(); ++i) out.set(std::string(made.name(i)), made.at(i));
  return out;
}

value make_sample(const wanted& root) {
  if (root.members.empty()) return value::object();
  return fold(root, [](const wanted& w, value m, value) { return sample_of(w, std::move(m)); });
}

}  // namespace vanthu::docx
