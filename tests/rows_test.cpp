// Every case that the design papers name has a test, and the test exists: the 25 edge cases of scheduling that others
// get wrong, and the vectors of the lunar calendar and of legal periods.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

struct row {
  const char *which, *what, *test;
};

constexpr row scheduling[] = {
    {"1", "an FF lag depends on the successor's duration",
     "a finish-to-finish lag is added to where the successor's duration leads back"},
    {"2", "an FF or SF lead lands on a day off", "a lead that lands on a day off goes back to the work before it"},
    {"3", "late dates before a negative lag", "late dates before a lead are later than those of what follows"},
    {"4", "an elapsed lag is not working time", "an elapsed lag runs over nights and weekends"},
    {"5", "a lag is on the successor's calendar", "a lag is counted on the successor's calendar"},
    {"6", "early dates do not depend on the direction",
     "early dates are the same whichever end the project is scheduled from"},
    {"7", "an ALAP milestone", "a milestone as late as possible stands right before what waits for it"},
    {"8", "an ALAP parent with an ASAP child is no cycle",
     "a summary as late as possible with children as soon as possible is no cycle"},
    {"9", "negative slack is kept", "negative slack is kept, with the chain that causes it"},
    {"10", "SNLT and FNLT on an instant without work",
     "a constraint on a moment when nobody works counts as the end of the work before"},
    {"11", "a milestone written with its finish before its start",
     "a milestone is written with its finish where its start is"},
    {"12", "next day 08:00 is 17:00",
     "a start-to-finish successor that ends when a day begins ends with the day before"},
    {"13", "SS and SF of a manual predecessor",
     "links from the start of a manual activity do not bound its late dates"},
    {"14", "SS and FF with a summary",
     "a link to or from a summary means its leaves, and from its start the one that begins first"},
    {"14", "a child that holds up its summary", "an unfinished child holds up what waits for its summary"},
    {"15", "a finished predecessor's actual end", "a finished predecessor counts with its actual end"},
    {"16", "an actual start before a predecessor's finish",
     "an actual start counts although a predecessor is still open"},
    {"17", "a holiday moves dependants", "a holiday that is added moves all that depends on it"},
    {"18", "requested and computed dates",
     "without its link an activity goes back to what was asked for, which dates never overwrite"},
    {"19", "inactive tasks", "an inactive activity has no dates and its links count for nobody"},
    {"20", "the day of a finish",
     "a day's work finishes when the day's work does, not with the day before or the day after"},
    {"21", "a day on a business calendar", "a day of a duration is a day of the calendar's hours"},
    {"22", "before and after office hours",
     "what is asked for before, between and after office hours begins with the next work"},
    {"23", "drift on each save", "what is written reads back with the same dates, time after time"},
    {"24", "two links between the same pair", "two links between the same two activities both count"},
    {"25", "deep chains", "a chain of a hundred thousand activities is ordinary"},
};

constexpr row calendars[] = {
    {"3.4", "2020 to 2050: Tết, Chạp, 10/3, leap month",
     "Tết, the month before it, the Hùng Kings' day and the leap month of 2020 to 2050"},
    {"3.4", "official vectors of the notices", "the days that official notices name in both calendars"},
    {"3.4", "years that differ from China's: 1968 1969 1985 2007 2030 2053; 10/3 of 2009 2037 2038",
     "the Vietnamese New Year, in the years when the Chinese one is another day"},
    {"3.4", "leap months: 2033 (11), 2023 (2), 2025 (6)", "a leap month follows the month whose number it repeats"},
    {"3.4", "solar to lunar and back", "every day from 1800 to 2199 has one lunar date and comes back from it"},
    {"3.5", "+n working days, from 2023-01-19 to 2026-08-28; the cut-off of 14/6",
     "days counted in working days end where the notices make them end"},
    {"3.5", "15 days from 18/4/2023; 7 days from 5/2/2024",
     "a period of the Civil Code that ends on a day off rolls as asked"},
    {"3.5", "working days of a year and of the Action Month", "working days of a year and of an Action Month"},
    {"3.5", "the weekdays off and the days worked of 2021 to 2026",
     "the weekdays off and the weekend days worked of 2021 to 2026"},
};

// All tests, with names that the formatter broke over two lines put together again.
std::string all_tests() {
  std::string text, joined;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(VANTHU_SOURCE_DIR) + "/tests")) {
    if (entry.path().extension() != ".cpp" || entry.path().filename() == "rows_test.cpp") continue;
    std::ifstream in(entry.path());
    text.append(std::istreambuf_iterator<char>(in), {});
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      const auto next = text.find_first_not_of(" \n", i + 1);
      if (next != std::string::npos && text[next] == '"' &&
          text.substr(i + 1, next - i - 1).find('\n') != std::string::npos) {
        i = next;
        continue;
      }
    }
    joined += text[i];
  }
  return joined;
}

}  // namespace

TEST_CASE("each edge case of scheduling and each vector of the calendars is covered by a test that exists") {
  const auto tests = all_tests();
  const auto check = [&](const row& r) {
    CAPTURE(r.which);
    CAPTURE(r.what);
    CHECK_MESSAGE(tests.find("TEST_CASE(\"" + std::string(r.test) + "\")") != std::string::npos, r.test);
  };
  for (const auto& r : scheduling) check(r);
  for (const auto& r : calendars) check(r);
  int last = 0;
  for (const auto& r : scheduling) {
    const int number = std::stoi(r.which);
    CHECK((number == last || number == last + 1));
    last = number;
  }
  CHECK(last == 25);
}
