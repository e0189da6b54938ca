// schedule_bench [ACTIVITIES] [ROUNDS]   the schedule of a random network next to a floor: a hand-written CSR with
// Kahn's
//                                        algorithm and two passes over whole numbers, links FS without lag
// schedule_bench --run FILE              one network of shared/peers/run-graph; prints its line of JSON
// The floor and ours take turns; times are medians of processor time.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <numeric>
#include <random>
#include <string>

#include "vanthu/network.hpp"
#include "vanthu/schedule.hpp"

namespace {

using namespace vanthu;

// Processor time, so that what else the machine does counts for little.
double now() {
  return static_cast<double>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}
double since(double t) {
  return now() - t;
}

double median(std::vector<double> all) {
  std::ranges::sort(all);
  return all[all.size() / 2];
}

struct graph {
  std::vector<std::int32_t> length;
  std::vector<std::pair<std::int32_t, std::int32_t>> links;
};

// Layers of the square root of n; three links out on average, to the three layers below; numbers and links shuffled.
graph random_graph(std::int32_t n) {
  std::mt19937 r(7);
  const auto below = [&](std::int32_t k) { return static_cast<std::int32_t>(r() % static_cast<std::uint32_t>(k)); };
  std::int32_t width = 1;
  while (static_cast<std::int64_t>(width) * width < n) ++width;
  std::vector<std::int32_t> id(static_cast<std::size_t>(n));
  std::iota(id.begin(), id.end(), 0);
  std::shuffle(id.begin(), id.end(), r);
  graph g;
  for (std::int32_t v = 0; v < n; ++v) {
    const auto low = (v / width + 1) * width, high = std::min(n, low + 3 * width);
    for (auto k = low < n ? below(7) : 0; k > 0; --k)
      g.links.emplace_back(id[static_cast<std::size_t>(v)], id[static_cast<std::size_t>(low + below(high - low))]);
  }
  std::shuffle(g.links.begin(), g.links.end(), r);
  for (std::int32_t v = 0; v < n; ++v) g.length.push_back(1 + below(10));
  return g;
}

struct sums {
  std::int64_t makespan = 0, early = 0, late = 0;
  bool operator==(const sums&) const = default;
};

struct csr {
  std::vector<std::uint32_t> first, to, waits;

  explicit csr(const graph& g) : first(g.length.size() + 1), to(g.links.size()), waits(g.length.size()) {
    for (const auto& [from, next] : g.links) {
      ++first[static_cast<std::size_t>(from) + 1];
      ++waits[static_cast<std::size_t>(next)];
    }
    for (std::size_t i = 0; i < g.length.size(); ++i) first[i + 1] += first[i];
    auto at = first;
    for (const auto& [from, next] : g.links)
      to[at[static_cast<std::size_t>(from)]++] = static_cast<std::uint32_t>(next);
  }
};

sums floor_of(const graph& g) {
  csr c(g);
  std::vector<std::uint32_t> order;
  order.reserve(g.length.size());
  for (std::uint32_t v = 0; v < g.length.size(); ++v)
    if (c.waits[v] == 0) order.push_back(v);
  for (std::size_t head = 0; head < order.size(); ++head)
    for (auto k = c.first[order[head]]; k < c.first[order[head] + std::size_t{1}]; ++k)
      if (--c.waits[c.to[k]] == 0) order.push_back(c.to[k]);
  std::vector<std::int32_t> start(g.length.size()), late(g.length.size());
  std::int32_t end = 0;
  for (const auto v : order) {
    const auto finish = start[v] + g.length[v];
    end = std::max(end, finish);
    for (auto k = c.first[v]; k < c.first[v + std::size_t{1}]; ++k) start[c.to[k]] = std::max(start[c.to[k]], finish);
  }
  for (std::size_t i = order.size(); i-- > 0;) {
    auto finish = end;
    for (auto k = c.first[order[i]]; k < c.first[order[i] + std::size_t{1}]; ++k)
      finish = std::min(finish, late[c.to[k]]);
    late[order[i]] = finish - g.length[order[i]];
  }
  return {end, std::accumulate(start.begin(), start.end(), std::int64_t{0}),
          std::accumulate(late.begin(), late.end(), std::int64_t{0})};
}

enum class calendar_kind { unit, working };
enum class link_kind { plain, general };

activity_network network_of(const graph& g, calendar_kind days, link_kind links) {
  activity_network n;
  n.calendars.emplace_back(weekly_calendar());
  n.activities.resize(g.length.size());
  std::mt19937 r(11);
  for (std::size_t i = 0; i < g.length.size(); ++i) {
    n.activities[i].duration = g.length[i];
    n.activities[i].calendar = days == calendar_kind::unit ? round_the_clock : 0;
  }
  n.links.reserve(g.links.size());
  for (const auto& [from, to] : g.links) {
    precedence l{static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to), 0, link_type::fs, lag_unit::working};
    if (links == link_kind::general) {
      l.type = static_cast<link_type>(r() % 4);
      l.lag = static_cast<std::int32_t>(r() % 5);
      l.unit = r() % 2 == 0 ? lag_unit::working : lag_unit::elapsed;
    }
    n.links.push_back(l);
  }
  return n;
}

network_options options_of() {
  network_options o;
  o.start = shortened(civil_minute{make_date(2024, 1, 1)});
  return o;
}

sums sums_of(const network_schedule& s, short_minute start) {
  sums out;
  out.makespan = (s.finish - start).count();
  for (const auto& d : s.items) {
    out.early += (d.early_start - start).count();
    out.late += (d.late_start - start).count();
  }
  return out;
}

long peak_kib() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

struct row {
  const char* name;
  activity_network n;
  double goal;  // times the floor
  std::vector<double> ms;
};

void report(const row& r, double floor) {
  std::printf("| %-36s | %8.0f | x%.2f | x%.1f |\n", r.name, median(r.ms), median(r.ms) / floor, r.goal);
}

void compare(std::int32_t n, int rounds) {
  const auto g = random_graph(n);
  const auto o = options_of();
  std::vector<double> floor;
  row rows[] = {
      {"unit calendar, FS without lag", network_of(g, calendar_kind::unit, link_kind::plain), 2.0, {}},
      {"unit calendar, all types and lags", network_of(g, calendar_kind::unit, link_kind::general), 2.5, {}},
      {"working calendar, FS without lag", network_of(g, calendar_kind::working, link_kind::plain), 4.0, {}},
      {"working calendar, all types and lags", network_of(g, calendar_kind::working, link_kind::general), 0, {}}};
  bool agrees = true;
  for (int round = 0; round < rounds; ++round) {
    auto t = now();
    const auto expected = floor_of(g);
    floor.push_back(since(t));
    for (auto& r : rows) {
      t = now();
      const auto s = schedule_network(r.n, o);
      r.ms.push_back(since(t));
      if (&r == rows) agrees = agrees && s && sums_of(*s, o.start) == expected;
    }
  }
  std::printf("%d activities, %zu links, %d rounds; sums %s\n\n", n, g.links.size(), rounds,
              agrees ? "agree" : "DIFFER");
  std::printf("| %-36s | ms | of the floor | goal |\n|---|---|---|---|\n", "");
  std::printf("| %-36s | %8.0f | x1 | |\n", "floor: hand-written CSR", median(floor));
  for (const auto& r : rows) report(r, median(floor));
}

void chain(std::int32_t n) {
  activity_network c;
  c.calendars.emplace_back(weekly_calendar());
  c.activities.resize(static_cast<std::size_t>(n));
  for (auto& a : c.activities) a.duration = 10;
  for (std::uint32_t i = 1; i < static_cast<std::uint32_t>(n); ++i)
    c.links.push_back({i - 1, i, 0, link_type::fs, lag_unit::working});
  const auto t = now();
  const auto s = schedule_network(c, options_of());
  std::printf("\nchain of %d: %.0f ms, %s\n", n, since(t), s ? iso(civil_minute{s->finish}).c_str() : "no dates");
}

// The peak of a process that does nothing else, less what it was before the network.
void memory(std::int32_t n) {
  const auto g = random_graph(n);
  csr warm(g);
  const auto before = peak_kib();
  const auto c = network_of(g, calendar_kind::working, link_kind::plain);
  const auto s = schedule_network(c, options_of());
  std::printf("memory: %.0f bytes an activity (network, snapshot and schedule, %s)\n",
              static_cast<double>(peak_kib() - before) * 1024 / n, s ? "dated" : "no dates");
}

void real_plan(int rounds) {
  const auto p = read_plan_file(std::string(VANTHU_SOURCE_DIR) + "/workflows/ke-hoach-573.xml").take();
  const auto days = calendars_of(p);
  std::vector<double> agenda_ms, schedule_ms;
  std::size_t items = 0;
  for (int round = 0; round < std::max(rounds, 5); ++round) {
    auto t = now();
    const auto a = make_agenda(p, {p.from, p.until}).take();
    agenda_ms.push_back(since(t));
    t = now();
    const auto s = make_schedule(a, p, days).take();
    schedule_ms.push_back(since(t));
    items = s.items.size();
  }
  std::printf("real plan, %s to %s: %zu items, agenda %.1f ms, schedule %.1f ms (goal: agenda under 50)\n",
              iso(p.from).c_str(), iso(p.until).c_str(), items, median(agenda_ms), median(schedule_ms));
}

// int32 n, m, then n lengths, then m pairs.
graph load(const char* file) {
  std::ifstream in(file, std::ios::binary);
  std::int32_t size[2] = {0, 0};
  in.read(reinterpret_cast<char*>(size), sizeof size);
  graph g;
  if (!in || size[0] < 0 || size[1] < 0) return g;
  g.length.resize(static_cast<std::size_t>(size[0]));
  g.links.resize(static_cast<std::size_t>(size[1]));
  in.read(reinterpret_cast<char*>(g.length.data()), static_cast<std::streamsize>(g.length.size() * 4));
  in.read(reinterpret_cast<char*>(g.links.data()), static_cast<std::streamsize>(g.links.size() * 8));
  return g;
}

int run_file(const char* file) {
  const auto g = load(file);
  if (g.length.empty()) return 1;
  const auto n = network_of(g, calendar_kind::unit, link_kind::plain);
  const auto o = options_of();
  std::string times;
  sums found;
  for (int round = 0; round < 3; ++round) {
    const auto t = now();
    const auto s = schedule_network(n, o);
    times += (times.empty() ? "" : ",") + std::to_string(since(t));
    if (s) found = sums_of(*s, o.start);
  }
  std::printf("{\"build\":[0],\"topo\":[0],\"cpm\":[%s],\"total\":[%s],\"makespan\":%lld,\"es\":%lld,\"ls\":%lld}\n",
              times.c_str(), times.c_str(), static_cast<long long>(found.makespan), static_cast<long long>(found.early),
              static_cast<long long>(found.late));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[1], "--run") == 0) return run_file(argv[2]);
  const auto n = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
  const auto rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  if (n < 1 || rounds < 1) return 2;
  memory(n);
  compare(n, rounds);
  chain(n);
  real_plan(rounds);
  return 0;
}
