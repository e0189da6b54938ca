#include <charconv>
#include <vector>

#include "vanthu/calendar.hpp"
#include "vanthu/value.hpp"

namespace vanthu {
namespace {

enum class place { first, middle, last };

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out(1);
  for (const char c : lower(to_nfc(text))) {
    if (c != ' ' && c != '/' && c != '\t')
      out.back() += c;
    else if (!out.back().empty())
      out.emplace_back();
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

std::optional<int> number(const std::string& word) {
  int n = 0;
  const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), n);
  if (failure != std::errc{} || end != word.data() + word.size()) return {};
  return n;
}

std::optional<place> place_of(const std::string& word) {
  if (word == "đầu") return place::first;
  if (word == "giữa") return place::middle;
  if (word == "cuối") return place::last;
  return {};
}

std::optional<date> day_of_year(place where, int year) {
  if (where == place::first) return make_date(year, 1, 1);
  return where == place::middle ? make_date(year, 6, 30) : make_date(year, 12, 31);
}

std::optional<date> day_of_month(place where, int month, int year) {
  if (month < 1 || month > 12) return {};
  const auto of = std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)};
  constexpr int middle = 15;
  if (where == place::last) return date{of / std::chrono::last};
  return date{of / (where == place::first ? 1 : middle)};
}

}  // namespace

std::optional<date> parse_vague_date(std::string_view text, int year) {
  auto words = words_of(text);
  std::erase(words, "của");
  constexpr std::size_t shortest = 2, longest = 5;
  if (words.size() < shortest || words.size() > longest) return {};
  const auto where = place_of(words[0]);
  const bool of_year = words[1] == "năm";
  if (!where || (!of_year && words[1] != "tháng")) return {};
  std::vector<int> numbers;
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i] == "năm" && !of_year && numbers.size() == 1) continue;
    const auto n = number(words[i]);
    if (!n) return {};
    numbers.push_back(*n);
  }
  if (numbers.size() > (of_year ? 1U : 2U) || (!of_year && numbers.empty())) return {};
  if (numbers.size() == (of_year ? 1U : 2U)) year = numbers.back();
  if (year < 1900 || year > 2199) return {};
  return of_year ? day_of_year(*where, year) : day_of_month(*where, numbers.front(), year);
}

}  // namespace vanthu
