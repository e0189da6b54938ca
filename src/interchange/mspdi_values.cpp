// Numbers, dates and durations as MSPDI writes them.
#include <charconv>

#include "interchange/mspdi.hpp"

namespace vanthu::mspdi {
namespace {

constexpr std::size_t most_faults = 1000;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t n = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (failure != std::errc{} || end != text.data() + text.size()) return {};
  return n;
}

std::optional<decimal> exact(std::string_view text) {
  return decimal::parse(text);
}

// PnYnMnDTnHnMnS; a day is 24 hours here, and years and months do not occur.
std::optional<std::int64_t> seconds_of(std::string_view text) {
  if (!text.starts_with('P')) return {};
  text.remove_prefix(1);
  std::int64_t sum = 0;
  bool in_time = false;
  while (!text.empty()) {
    if (text.front() == 'T') {
      in_time = true;
      text.remove_prefix(1);
      continue;
    }
    const auto unit = text.find_first_of("YMDHS");
    if (unit == std::string_view::npos) return {};
    auto digits = text.substr(0, unit);
    digits = digits.substr(0, digits.find('.'));  // fractions of a second
    const auto n = whole(digits);
    constexpr std::int64_t too_much = 100'000'000'000;
    if (!n || *n < 0 || *n > too_much) return {};
    const char c = text[unit];
    if (c == 'Y' || (c == 'M' && !in_time)) {
      if (*n != 0) return {};
    } else {
      sum += *n * (c == 'D' ? 86400 : c == 'H' ? 3600 : c == 'M' ? 60 : 1);
    }
    text.remove_prefix(unit + 1);
  }
  return sum;
}

void refuse(reading& r, pugi::xml_node parent, const char* child) {
  const auto at = parent.child(child);
  r.fault("mspdi.bad-value", at ? at : parent, {child, std::string(trimmed(at.text().get()))});
}

std::optional<std::int32_t> in_minutes(std::int64_t n) {
  constexpr std::int64_t most = 200'000'000;  // some 380 years by the clock
  if (n < -most || n > most) return {};
  return static_cast<std::int32_t>(n);
}

}  // namespace

void reading::fault(std::string id, pugi::xml_node at, std::vector<std::string> args) {
  if (++faults <= most_faults) notes.push_back({severity::error, {std::move(id), std::move(args)}, file.where(at), {}});
}
void reading::warn(std::string id, pugi::xml_node at, std::vector<std::string> args) {
  if (++faults <= most_faults)
    notes.push_back({severity::warning, {std::move(id), std::move(args)}, file.where(at), {}});
}
void reading::lose(const std::string& what, pugi::xml_node at) {
  if (lost.insert(what).second) notes.push_back({severity::note, {"mspdi.lost", {what}}, file.where(at), {}});
}

std::string_view text_of(pugi::xml_node parent, const char* child) {
  return trimmed(parent.child(child).text().get());
}

std::optional<std::int64_t> number(reading& r, pugi::xml_node parent, const char* child) {
  const auto text = text_of(parent, child);
  if (text.empty()) return {};
  if (const auto n = whole(text)) return n;
  constexpr std::int64_t largest = 1'000'000'000'000'000;
  if (const auto n = exact(text); n && *n < decimal(largest) && *n > decimal(-largest)) {  // some write 500.0
    const auto digits = n->rounded(0).to_string();
    if (const auto rounded = whole(digits)) return rounded;
  }
  refuse(r, parent, child);
  return {};
}

std::optional<bool> truth(reading& r, pugi::xml_node parent, const char* child) {
  const auto text = text_of(parent, child);
  if (text.empty()) return {};
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "false") return false;
  refuse(r, parent, child);
  return {};
}

std::optional<short_minute> moment(reading& r, pugi::xml_node parent, const char* child) {
  const auto text = text_of(parent, child);
  if (text.empty() || text == "NA" || text.starts_with("0001-")) return {};  // ways to say that there is none
  constexpr std::size_t to_minutes = 16, day = 10;
  if (text.size() == day) {
    if (const auto d = parse_date(text)) return shortened(civil_minute{*d});
  } else if (const auto t = parse_minute(text.substr(0, to_minutes))) {
    const auto rest = text.substr(to_minutes);
    const auto seconds = rest.starts_with(':') ? whole(rest.substr(1, 2)) : std::nullopt;
    return shortened(*t + std::chrono::minutes{seconds.value_or(0) >= 30 ? 1 : 0});
  }
  refuse(r, parent, child);
  return {};
}

std::optional<std::int32_t> minutes(reading& r, pugi::xml_node parent, const char* child) {
  const auto text = text_of(parent, child);
  if (text.empty()) return {};
  if (const auto seconds = seconds_of(text))
    if (const auto n = in_minutes((*seconds + 30) / 60)) return n;
  refuse(r, parent, child);
  return {};
}

std::optional<std::int32_t> tenths(reading& r, pugi::xml_node parent, const char* child) {
  const auto n = number(r, parent, child);
  if (!n) return {};
  if (const auto m = in_minutes(*n / 10)) return m;
  refuse(r, parent, child);
  return {};
}

std::optional<int> percent(reading& r, pugi::xml_node parent, const char* child) {
  const auto text = text_of(parent, child);
  if (text.empty()) return {};
  constexpr int most = 1'000'000;  // of a material, units can be many
  if (const auto n = exact(text)) {
    if (*n < decimal(0)) return 0;
    if (*n > decimal(most)) return most * 100;
    if (const auto p = whole((n->rounded(9) * decimal(100)).rounded(0).to_string())) return static_cast<int>(*p);
  }
  refuse(r, parent, child);
  return {};
}

}  // namespace vanthu::mspdi
