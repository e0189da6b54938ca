// Tasks that wait for each other. Links to the period before break a cycle, and so does every pair of tasks that never
// has items at the same time.
#include <algorithm>
#include <cstddef>
#include <string>

#include "plan/knot_words.hpp"
#include "plan/reading.hpp"

namespace vanthu {
namespace {

// Links to a task with children stand for one to each of its leaves; so many and no more are looked at.
constexpr std::size_t most_edges = 20'000'000;

// The months in which a task has items: a run of months, and of those the ones of the year in the mask.
struct months {
  bool any_time = false;    // once, per case, or by a rule: nothing is known about its months
  int first = 0, last = 0;  // counted from January of year 0
  unsigned of_year = 0xfff;
};

int month_number(date d) {
  return year_of(d) * 12 + static_cast<int>(static_cast<unsigned>(civil(d).month())) - 1;
}

unsigned picked_months(const recurrence& every, int length) {
  if (every.kind == recurrence_kind::nine_months) return 0x1ff;
  if (every.only.empty()) return 0xfff;
  unsigned mask = 0;
  for (const auto& word : every.only) {
    const auto digits = word.substr(word.find_first_of("0123456789"));
    const auto index =
        static_cast<unsigned>(digits.size() > 1 ? (digits[0] - '0') * 10 + (digits[1] - '0') : digits[0] - '0');
    const auto width = static_cast<unsigned>(length);
    mask |= ((1U << width) - 1U) << ((index - 1U) * width);
  }
  return mask;
}

int length_in_months(recurrence_kind kind) {
  switch (kind) {
    case recurrence_kind::half_year:
      return 6;
    case recurrence_kind::quarter:
      return 3;
    case recurrence_kind::month:
      return 1;
    default:
      return 12;
  }
}

months months_of(const task& t, const plan& p) {
  months out;
  out.any_time = t.every.kind == recurrence_kind::once || t.every.kind == recurrence_kind::on_case ||
                 t.every.kind == recurrence_kind::rrule;
  const auto from = std::max(t.from.value_or(p.from), p.from), until = std::min(t.until.value_or(p.until), p.until);
  const int length = length_in_months(t.every.kind);
  out.first = month_number(from) / length * length;  // a period only partly inside is kept
  out.last = month_number(until) / length * length + length - 1;
  if (!out.any_time) out.of_year = picked_months(t.every, length);
  return out;
}

// Whether some item of `a` can have to do with some item of `b`.
bool can_meet(const months& a, const months& b, recurrence_kind a_kind, recurrence_kind b_kind) {
  if (a_kind == recurrence_kind::once || b_kind == recurrence_kind::once) return true;
  auto shared = a.of_year & b.of_year;
  // Of the half-years only the first lies inside the nine months.
  const auto pair = [&](recurrence_kind x, recurrence_kind y) { return a_kind == x && b_kind == y; };
  if (pair(recurrence_kind::half_year, recurrence_kind::nine_months) ||
      pair(recurrence_kind::nine_months, recurrence_kind::half_year))
    shared &= 0x3f;
  const int first = std::max(a.first, b.first), last = std::min(a.last, b.last);
  for (int m = first; m <= last && m < first + 12; ++m)
    if (shared >> static_cast<unsigned>(m % 12) & 1U) return true;
  return false;
}

// A hop of a cycle is one of these.
struct hop {
  location where;
  std::string_view type;
  bool assumed = false;  // stands on an assumption: the easiest to give up
};

std::string_view name_of(link_type type) {
  switch (type) {
    case link_type::fs:
      return "FS";
    case link_type::ss:
      return "SS";
    case link_type::ff:
      return "FF";
    case link_type::sf:
      return "SF";
  }
  return {};
}

const anchor* anchor_of(const moment_rule& rule) {
  if (const auto* m = std::get_if<on_anchor>(&rule)) return &m->at;
  if (const auto* m = std::get_if<after_anchor>(&rule)) return &m->from;
  if (const auto* m = std::get_if<before_anchor>(&rule)) return &m->to;
  return nullptr;
}

struct builder {
  const plan& p;
  std::vector<months> when;
  std::vector<std::uint32_t> end;  // tasks below t are t + 1 to end[t] - 1
  std::vector<edge> edges;
  std::vector<hop> hops;
  bool too_many = false;

  explicit builder(const plan& of) : p(of), end(of.tasks.size()) {
    for (const auto& t : p.tasks) when.push_back(months_of(t, p));
    for (std::size_t i = p.tasks.size(); i-- > 0;) {
      end[i] = std::max(end[i], static_cast<std::uint32_t>(i + 1));
      if (p.tasks[i].parent != no_task) end[p.tasks[i].parent] = std::max(end[p.tasks[i].parent], end[i]);
    }
  }

  void add(std::uint32_t before, std::uint32_t after, hop h) {
    const auto tag = static_cast<std::uint32_t>(hops.size());
    for (auto leaf = before; leaf < end[before]; ++leaf) {
      if (!p.tasks[leaf].leaf) continue;
      if (!can_meet(when[leaf], when[after], p.tasks[leaf].every.kind, p.tasks[after].every.kind)) continue;
      if (edges.size() == most_edges) {
        too_many = true;
        return;
      }
      edges.push_back({leaf, after, tag});
    }
    hops.push_back(std::move(h));
  }

  // The finish of another task that a moment is counted from.
  void add_moment(std::uint32_t after, const moment_rule& rule, const location& where, std::string_view type) {
    const auto* at = anchor_of(rule);
    if (at && at->kind == anchor_kind::task && at->task != no_task) add(at->task, after, {where, type, false});
  }

  void run() {
    for (std::uint32_t i = 0; i < p.tasks.size(); ++i) {
      const auto& t = p.tasks[i];
      if (!t.leaf) continue;
      for (const auto& l : t.after)
        if (!l.previous && !l.upto_cut_off)
          add(l.task, i, {l.where, name_of(l.type), l.stands_on.kind == basis::assumption});
      if (t.not_before) add_moment(i, *t.not_before, t.where, "start");
      if (t.due && !t.duration) add_moment(i, t.due->when, t.due->where, "due");  // it then ends on its due date
    }
  }
};

void remark(reading& r, const builder& b, const knot& k) {
  const knot_names names{[&](std::uint32_t task) {
                           const auto& t = r.out.tasks[task];
                           return t.lead.empty() ? t.id.text : t.id.text + " (" + t.lead + ")";
                         },
                         [&](const edge& e) { return "—" + std::string(b.hops[e.tag].type) + "→"; }};
  std::vector<location> related;
  for (const auto* part : {&k.ring, &k.others})
    for (const auto& e : *part) {
      related.push_back(b.hops[e.tag].where);
      related.back().path = hop_of(e, names);
    }
  auto where = related[k.ring.size() - 1];  // the link by which the first task of the ring waits
  where.path.clear();
  r.notes.error("plan.cycle", std::move(where), {std::to_string(k.ring.size()), ring_of(k, names), cuts_of(k, names)},
                std::move(related));
}

}  // namespace

void check_cycles(reading& r) {
  builder b(r.out);
  b.run();
  if (b.too_many) {
    r.notes.error("plan.too-large", r.out.tasks.front().where, {std::to_string(most_edges) + " links"});
    return;
  }
  const digraph graph(static_cast<std::uint32_t>(r.out.tasks.size()), b.edges);
  for (const auto& knot : graph.knots([&](const edge& e) { return b.hops[e.tag].assumed; })) remark(r, b, knot);
}

}  // namespace vanthu
