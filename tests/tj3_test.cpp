// TaskJuggler agrees: random plans of leaf tasks with lengths in working days, FS links with gaps, fixed starts and
// ends, and one calendar with days off are dated by both. Exit code 77 (skipped) when tj3 is not installed.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

#include "vanthu/network.hpp"

namespace {

using namespace vanthu;

constexpr int a_day = 480;
constexpr int skipped = 77;

calendar_definition office_week() {
  auto week = weekly_calendar();
  for (std::size_t day = 0; day < 5; ++day) week.week[day] = {{480, 720}, {780, 1020}};
  for (const auto& [first, last] : {std::pair{"2024-01-10", "2024-01-11"}, {"2024-02-08", "2024-02-14"}}) {
    calendar_exception off;
    off.days = {parse_date(first).value(), parse_date(last).value()};
    off.reason = "nghỉ";
    week.exceptions.push_back(off);
  }
  return week;
}

struct project {
  activity_network n;
  network_options o;
  std::string tjp;
};

// TaskJuggler takes no gap of nothing.
std::string gap_of(int days) {
  return days == 0 ? "" : "{ gaplength " + std::to_string(days) + "d }";
}

// Begins where it can: after its predecessors, or on a day of its own.
void add_forward(project& p, std::mt19937& r, std::uint32_t i) {
  auto& a = p.n.activities.emplace_back();
  const auto days = static_cast<std::int32_t>(1 + r() % 6);
  a.duration = days * a_day;
  p.tjp += "task t" + std::to_string(i) + " \"t\" { length " + std::to_string(days) + "d";
  std::string depends;
  for (auto k = i == 0 ? 0U : r() % 4; k > 0; --k) {
    const auto from = static_cast<std::uint32_t>(r() % i);
    const auto gap = static_cast<std::int32_t>(r() % 3);
    if (depends.find(" t" + std::to_string(from) + " ") != std::string::npos) continue;
    p.n.links.push_back({from, i, gap * a_day, link_type::fs, lag_unit::working});
    depends += (depends.empty() ? " t" : ", t") + std::to_string(from) + " " + gap_of(gap);
  }
  if (!depends.empty()) {
    p.tjp += " depends" + depends;
  } else if (r() % 2 == 0) {
    const auto on = make_date(2024, 1, 1) + std::chrono::days{r() % 20};
    a.rule = constraint::start_no_earlier_than;
    a.constraint_date = shortened(civil_minute{on} + std::chrono::hours{8});
    p.tjp += " start " + iso(on) + "-08:00";
  }
  p.tjp += " }\n";
}

// A chain that ends on a day of its own, each as late as the next one lets it.
void add_backward(project& p, std::mt19937& r, std::uint32_t first, std::uint32_t length) {
  const auto on = make_date(2024, 4, 1) + std::chrono::days{r() % 20};
  for (std::uint32_t k = 0; k < length; ++k) {
    const auto i = first + k;
    auto& a = p.n.activities.emplace_back();
    const auto days = static_cast<std::int32_t>(1 + r() % 4);
    a.duration = days * a_day;
    a.rule = k + 1 == length ? constraint::must_finish_on : constraint::as_late_as_possible;
    p.tjp += "task t" + std::to_string(i) + " \"t\" { scheduling alap length " + std::to_string(days) + "d";
    if (k + 1 == length) {
      a.constraint_date = shortened(civil_minute{on} + std::chrono::hours{17});
      p.tjp += " end " + iso(on) + "-17:00 }\n";
    } else {
      const auto gap = static_cast<std::int32_t>(r() % 3);
      p.n.links.push_back({i, i + 1, gap * a_day, link_type::fs, lag_unit::working});
      p.tjp += " precedes t" + std::to_string(i + 1) + " " + gap_of(gap) + " }\n";
    }
  }
}

project random_project(std::mt19937& r) {
  project p;
  p.n.calendars.emplace_back(office_week());
  p.o.mode = scheduling_mode::msp;
  p.o.start = shortened(civil_minute{make_date(2024, 1, 1)} + std::chrono::hours{8});
  p.tjp =
      "project p \"p\" 2024-01-01-08:00 - 2026-01-01 {\n  timeformat \"%Y-%m-%dT%H:%M\"\n"
      "  timingresolution 60 min dailyworkinghours 8\n  workinghours mon - fri 8:00 - 12:00, 13:00 - 17:00\n"
      "  workinghours sat, sun off\n}\nleaves holiday \"a\" 2024-01-10 - 2024-01-12\n"
      "leaves holiday \"b\" 2024-02-08 - 2024-02-15\n";
  const auto forward = static_cast<std::uint32_t>(3 + r() % 20);
  for (std::uint32_t i = 0; i < forward; ++i) add_forward(p, r, i);
  add_backward(p, r, forward, static_cast<std::uint32_t>(1 + r() % 4));
  p.tjp += "taskreport \"dates\" { formats csv columns id, start, end }\n";
  return p;
}

// id;start;end under a heading, each in quotes.
int disagreements(const project& p, const network_schedule& s, std::istream& report) {
  int wrong = 0, seen = 0;
  std::string line;
  std::getline(report, line);
  while (std::getline(report, line)) {
    std::erase(line, '"');
    std::istringstream cells(line);
    std::string id, start, end;
    std::getline(cells, id, ';');
    std::getline(cells, start, ';');
    std::getline(cells, end, ';');
    const auto i = static_cast<std::uint32_t>(std::stoul(id.substr(1)));
    const auto ours = planned(p.n, s, i);
    const auto& days = p.n.calendars.front();
    const auto theirs = std::pair{parse_minute(start), parse_minute(end)};
    ++seen;
    if (theirs.first && theirs.second && days.work(*theirs.first, civil_minute{ours.start}) == 0 &&
        days.work(*theirs.second, civil_minute{ours.finish}) == 0)
      continue;
    ++wrong;
    std::cout << id << ": TaskJuggler " << start << " " << end << ", ours " << iso(civil_minute{ours.start}) << " "
              << iso(civil_minute{ours.finish}) << '\n';
  }
  return seen == static_cast<int>(p.n.activities.size()) ? wrong : wrong + 1;
}

}  // namespace

int main() {
  if (std::system("command -v tj3 >/dev/null 2>&1") != 0) {
    std::cout << "skipped: tj3 (Debian package tj3) is not installed, so agreement with TaskJuggler is not tested\n";
    return skipped;
  }
  const auto folder = std::filesystem::temp_directory_path() / ("vanthu-tj3-" + std::to_string(std::random_device{}()));
  std::filesystem::create_directories(folder);
  std::mt19937 r(573);
  int wrong = 0;
  constexpr int plans = 12;
  for (int k = 0; k < plans; ++k) {
    const auto p = random_project(r);
    const auto dates = schedule_network(p.n, p.o);
    std::ofstream(folder / "p.tjp") << p.tjp;
    const auto command = "cd " + folder.string() + " && TZ=UTC tj3 --silent --no-color p.tjp > log 2>&1";
    if (!dates || std::system(command.c_str()) != 0) {
      std::cout << "plan " << k << " could not be dated by both\n" << p.tjp << std::ifstream(folder / "log").rdbuf();
      ++wrong;
      continue;
    }
    std::ifstream report(folder / "dates.csv");
    const auto here = disagreements(p, *dates, report);
    if (here != 0) std::cout << p.tjp;
    wrong += here;
  }
  std::filesystem::remove_all(folder);
  std::cout << plans << " plans, " << wrong << " disagreements with TaskJuggler\n";
  return wrong == 0 ? 0 : 1;
}
