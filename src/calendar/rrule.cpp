#include <algorithm>

#include "calendar/coverage.hpp"
#include "os/module.hpp"
#include "vanthu/calendar.hpp"

namespace vanthu {
namespace {

using expand = int (*)(const char* rule, const char* start, bool (*each)(void*, const int*), void* context);

expand loaded() {
  static std::string reason;
  static const auto found = reinterpret_cast<expand>(os::find_symbol("libvanthu-rrule.so", "vanthu_rrule_1", reason));
  if (!found) throw error(errc::io, message{"calendar.no-rrule-library", {reason}});
  return found;
}

// What an RRULE may be made of; a second RRULE in the text or a name of a file gets no further.
bool is_plain(std::string_view rule) {
  constexpr std::size_t longest = 1000;
  return !rule.empty() && rule.size() <= longest && std::ranges::all_of(rule, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '=' || c == ';' || c == ',' || c == '-' || c == '+';
  });
}

struct collector {
  std::vector<civil_minute> times;
  civil_minute until{};
  std::size_t most = 0;

  static bool take(void* self, const int* f) {
    auto& c = *static_cast<collector*>(self);
    const std::chrono::year_month_day day{std::chrono::year{f[0]}, std::chrono::month{static_cast<unsigned>(f[1])},
                                          std::chrono::day{static_cast<unsigned>(f[2])}};
    if (!day.ok()) return true;
    const auto t = civil_minute{date{day}} + std::chrono::minutes{60 * f[3] + f[4]};
    if (t > c.until || c.times.size() == c.most) return false;
    c.times.push_back(t);
    return c.times.size() < c.most;
  }
};

}  // namespace

checked<std::vector<civil_minute>> rrule_times(std::string_view rule, civil_minute start, civil_minute until,
                                               std::size_t most) {
  if (rule.starts_with("RRULE:")) rule.remove_prefix(6);
  const auto refuse = [&] {
    return checked<std::vector<civil_minute>>{
        {}, {{severity::error, {"calendar.bad-rrule", {std::string(rule.substr(0, 200))}}, {}, {}}}};
  };
  if (!is_plain(rule) || !is_covered(std::chrono::floor<std::chrono::days>(start))) return refuse();
  collector found;
  found.until = std::min(until, civil_minute{coverage_last + std::chrono::days{1}} - std::chrono::minutes{1});
  found.most = most;
  auto begin = iso(start) + ":00";
  std::erase_if(begin, [](char c) { return c == '-' || c == ':'; });
  if (most == 0 || start > found.until) return {std::move(found.times), {}};
  if (loaded()(std::string(rule).c_str(), begin.c_str(), &collector::take, &found) != 0) return refuse();
  return {std::move(found.times), {}};
}

}  // namespace vanthu
