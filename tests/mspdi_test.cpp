// MSPDI in and out. The files are written here by hand, with the traps of the format; their dates are worked out by
// hand.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "network_text.hpp"
#include "schedule_text.hpp"
#include "vanthu/project.hpp"

using namespace vanthu;

namespace {

std::string file_of(std::string_view inside) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
         "<Project xmlns=\"http://schemas.microsoft.com/project\"><Name>thử</Name>"
         "<StartDate>2024-01-01T08:00:00</StartDate><CalendarUID>1</CalendarUID>" +
         std::string(inside) + "</Project>";
}

std::string a_task(int uid, std::string_view hours, std::string_view more = "") {
  return "<Task><UID>" + std::to_string(uid) + "</UID><Name>t" + std::to_string(uid) +
         "</Name><OutlineLevel>1</OutlineLevel><Duration>PT" + std::string(hours) +
         "H0M0S</Duration><DurationFormat>7</DurationFormat>" + std::string(more) + "</Task>";
}

std::string after(int uid, int type, std::string_view lag = "0", int format = 7) {
  return "<PredecessorLink><PredecessorUID>" + std::to_string(uid) + "</PredecessorUID><Type>" + std::to_string(type) +
         "</Type><LinkLag>" + std::string(lag) + "</LinkLag><LagFormat>" + std::to_string(format) +
         "</LagFormat></PredecessorLink>";
}

struct opened {
  project_file p;
  network_schedule s;
  diagnostics notes;

  std::uint32_t index(std::string_view uid) const {
    const auto at = std::ranges::find(p.network.ids, uid);
    REQUIRE(at != p.network.ids.end());
    return static_cast<std::uint32_t>(at - p.network.ids.begin());
  }
  const activity& of(std::string_view uid) const { return p.network.activities[index(uid)]; }
  std::string early(std::string_view uid) const {
    const auto& d = s.items[index(uid)];
    return text_of(d.early_start) + " " + text_of(d.early_finish);
  }
  std::string late(std::string_view uid) const {
    const auto& d = s.items[index(uid)];
    return text_of(d.late_start) + " " + text_of(d.late_finish);
  }
};

opened open_file(const std::string& xml, scheduling_mode mode = scheduling_mode::msp) {
  auto file = read_mspdi(xml, "p.xml");
  for (const auto& d : file.notes) CHECK_MESSAGE(d.level != severity::error, to_string(d));
  REQUIRE(file);
  auto notes = file.notes;
  auto p = std::move(file).take();
  p.options.mode = mode;
  auto s = schedule_network(p.network, p.options);
  REQUIRE(s);
  return {std::move(p), std::move(s).take(), std::move(notes)};
}

std::string refused(const std::string& xml, const mspdi_options& options = {}) {
  const auto file = read_mspdi(xml, "p.xml", options);
  CHECK_FALSE(file);
  return said_ids(file.notes);
}

std::string with_tasks(std::string_view inside) {
  return file_of("<Tasks>" + std::string(inside) + "</Tasks>");
}

}  // namespace

TEST_CASE("a project is told by its root element") {
  CHECK(is_mspdi(file_of("")));
  CHECK(is_mspdi("<Project/>"));
  CHECK_FALSE(is_mspdi("<plan xmlns=\"urn:vanthu:plan:1\"/>"));
  CHECK_FALSE(is_mspdi("<Project xmlns=\"http://other\"/>"));
  CHECK_FALSE(is_mspdi("no xml"));
  CHECK(refused("<plan/>") == "mspdi.not-a-project");
}

TEST_CASE("link types are FF FS SF SS from 0, and lags are tenths of a minute") {
  const auto w =
      open_file(with_tasks(a_task(1, "16") + a_task(2, "8", after(1, 0, "4800")) + a_task(3, "8", after(1, 1, "2400")) +
                           a_task(4, "4", after(3, 2)) + a_task(5, "8", after(1, 3, "600"))));
  CHECK(w.early("2") == "2024-01-03T08:00 2024-01-03T17:00");
  CHECK(w.early("3") == "2024-01-03T13:00 2024-01-04T12:00");
  CHECK(w.early("4") == "2024-01-03T08:00 2024-01-03T12:00");
  CHECK(w.early("5") == "2024-01-01T09:00 2024-01-02T09:00");
}

TEST_CASE("an even format is by the clock, 19 and 20 are percent, 32 more is estimated") {
  const auto w = open_file(
      with_tasks(a_task(1, "40") + a_task(2, "8", after(1, 1, "28800", 8)) + a_task(3, "8", after(1, 1, "28800", 40)) +
                 a_task(4, "8", after(1, 1, "9600", 39)) + a_task(5, "8", after(1, 3, "50", 19)) +
                 "<Task><UID>6</UID><Duration>PT24H0M0S</Duration><DurationFormat>8</DurationFormat></Task>"));
  CHECK(w.early("2") == "2024-01-08T08:00 2024-01-08T17:00");
  CHECK(w.early("3") == "2024-01-08T08:00 2024-01-08T17:00");
  CHECK(w.early("4") == "2024-01-10T08:00 2024-01-10T17:00");
  CHECK(w.early("5") == "2024-01-03T13:00 2024-01-04T12:00");
  CHECK(w.early("6") == "2024-01-01T08:00 2024-01-02T08:00");
}

TEST_CASE("constraints, deadlines, priority and levelling delay are read") {
  const auto w = open_file(with_tasks(
      a_task(1, "8", "<ConstraintType>4</ConstraintType><ConstraintDate>2024-01-03T08:00:00</ConstraintDate>") +
      a_task(2, "8", "<ConstraintType>7</ConstraintType><ConstraintDate>2024-01-02T17:00:00</ConstraintDate>") +
      a_task(3, "8", "<Deadline>2024-01-01T12:00:00</Deadline><Priority>700</Priority>") +
      a_task(4, "8", "<LevelingDelay>14400</LevelingDelay><LevelingDelayFormat>8</LevelingDelayFormat>")));
  CHECK(w.early("1") == "2024-01-03T08:00 2024-01-03T17:00");
  CHECK(w.late("2") == "2024-01-02T08:00 2024-01-02T17:00");
  CHECK(w.s.items[w.index("3")].total_slack_min == -240);
  CHECK(w.of("3").priority == 700);
  CHECK(w.early("4") == "2024-01-02T08:00 2024-01-02T17:00");
}

TEST_CASE("the outline makes summaries, and the project's own summary is UID 0") {
  const auto w =
      open_file(with_tasks("<Task><UID>0</UID><OutlineLevel>0</OutlineLevel><Summary>1</Summary></Task>"
                           "<Task><UID>1</UID><OutlineLevel>1</OutlineLevel><Summary>1</Summary></Task>"
                           "<Task><UID>2</UID><OutlineLevel>2</OutlineLevel><Duration>PT8H0M0S</Duration></Task>"
                           "<Task><UID>3</UID><OutlineLevel>2</OutlineLevel><Duration>PT16H0M0S</Duration></Task>"
                           "<Task><UID>4</UID><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration>" +
                           after(1, 1) + "</Task><Task><UID>5</UID><IsNull>1</IsNull></Task>"));
  CHECK(w.of("2").parent == w.index("1"));
  CHECK(w.of("4").parent == w.index("0"));
  CHECK(w.early("1") == "2024-01-01T08:00 2024-01-02T17:00");
  CHECK(w.early("4") == "2024-01-03T08:00 2024-01-03T17:00");
  CHECK(w.early("0") == "2024-01-01T08:00 2024-01-03T17:00");
  CHECK(w.early("5") == "- -");
  const auto printed = write_json(schedule_value(w.p, w.s, language::en));
  CHECK(
      printed.starts_with("{\"start\":\"2024-01-01T08:00\",\"finish\":\"2024-01-03T17:00\",\"items\":[{\"id\":\"0\","));
  CHECK(printed.find("\"id\":\"5\"") == std::string::npos);
}

TEST_CASE("manual, inactive and external tasks are what the file says") {
  const auto dates = "<Start>2024-01-10T08:00:00</Start><Finish>2024-01-10T17:00:00</Finish>";
  const auto w =
      open_file(with_tasks(a_task(1, "8", std::string("<Manual>1</Manual>") + dates) + a_task(2, "8", after(1, 1)) +
                           a_task(3, "8", "<Active>0</Active>" + after(1, 1)) + a_task(4, "8", after(3, 1)) +
                           a_task(5, "8", std::string("<ExternalTask>1</ExternalTask>") + dates)));
  CHECK(w.early("2") == "2024-01-11T08:00 2024-01-11T17:00");
  CHECK(w.early("3") == "- -");
  CHECK(w.early("4") == "2024-01-01T08:00 2024-01-01T17:00");
  CHECK(w.early("5") == "2024-01-10T08:00 2024-01-10T17:00");
  CHECK(said_ids(w.notes) == "mspdi.lost");
}

TEST_CASE("progress is read and what is left moves late dates only") {
  const auto w = open_file(with_tasks(a_task(1, "16",
                                             "<ActualStart>2024-01-02T08:00:00</ActualStart>"
                                             "<RemainingDuration>PT8H0M0S</RemainingDuration>") +
                                      a_task(2, "8", after(1, 1)) +
                                      a_task(3, "8",
                                             "<ActualStart>2024-01-01T08:00:00</ActualStart>"
                                             "<ActualFinish>2024-01-01T15:00:00</ActualFinish>")));
  CHECK(w.early("1") == "2024-01-02T08:00 2024-01-03T17:00");
  CHECK(w.early("2") == "2024-01-04T08:00 2024-01-04T17:00");
  CHECK(w.early("3") == "2024-01-01T08:00 2024-01-01T15:00");
}

TEST_CASE("a base calendar without week days is Standard, and a derived one adds to its base") {
  const auto w = open_file(file_of(R"(<Calendars>
<Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar></Calendar>
<Calendar><UID>2</UID><Name>Nghỉ</Name><IsBaseCalendar>1</IsBaseCalendar><BaseCalendarUID>1</BaseCalendarUID>
 <WeekDays><WeekDay><DayType>3</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays>
 <Exceptions><Exception><TimePeriod><FromDate>2024-01-03T00:00:00</FromDate><ToDate>2024-01-04T23:59:00</ToDate></TimePeriod>
  <Name>hai ngày</Name><Type>1</Type><DayWorking>0</DayWorking></Exception>
 <Exception><TimePeriod><FromDate>2024-01-06T00:00:00</FromDate><ToDate>2024-01-06T23:59:00</ToDate></TimePeriod>
  <Name>làm bù</Name><Type>1</Type><DayWorking>1</DayWorking>
  <WorkingTimes><WorkingTime><FromTime>22:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime></WorkingTimes></Exception>
 </Exceptions></Calendar></Calendars><Tasks>)" +
                                   a_task(1, "24") + a_task(2, "18", "<CalendarUID>2</CalendarUID>") + "</Tasks>"));
  CHECK(w.early("1") == "2024-01-01T08:00 2024-01-03T17:00");
  // Monday, not Tuesday, nor the two days after; Friday; and two hours of Saturday night.
  CHECK(w.early("2") == "2024-01-01T08:00 2024-01-07T00:00");
}

TEST_CASE("exceptions recur by day, week, month and year, and work weeks change a season") {
  const auto calendar = [](std::string_view inside) {
    auto file = read_mspdi(
        file_of("<Calendars><Calendar><UID>1</UID><Name>c</Name>" + std::string(inside) + "</Calendar></Calendars>"),
        "p.xml");
    REQUIRE(file);
    return file.value->network.calendars.front();
  };
  const auto exception = [](std::string_view type, std::string_view more, std::string_view until = "2024-12-31") {
    return "<Exceptions><Exception><EnteredByOccurrences>0</"
           "EnteredByOccurrences><TimePeriod><FromDate>2024-01-01T00:00:00"
           "</FromDate><ToDate>" +
           std::string(until) + "T23:59:00</ToDate></TimePeriod><Name>n</Name><Type>" + std::string(type) + "</Type>" +
           std::string(more) + "<DayWorking>0</DayWorking></Exception></Exceptions>";
  };
  const auto off = [](const working_calendar& c, std::string_view first, std::string_view last) {
    std::string out;
    for (auto d = day(first); d <= day(last); d += std::chrono::days{1})
      if (!c.is_working(d) && std::chrono::weekday{d}.iso_encoding() < 6) out += (out.empty() ? "" : " ") + iso(d);
    return out;
  };
  CHECK(off(calendar(exception("1", "<Period>3</Period>", "2024-01-10")), "2024-01-01", "2024-01-31") ==
        "2024-01-01 2024-01-04 2024-01-10");
  CHECK(off(calendar(exception("7", "<Period>3</Period>", "2024-01-10")), "2024-01-01", "2024-01-31") ==
        "2024-01-01 2024-01-04 2024-01-10");
  CHECK(off(calendar(exception("6", "<Period>2</Period><DaysOfWeek>18</DaysOfWeek>", "2024-01-31")), "2024-01-01",
            "2024-01-31") == "2024-01-01 2024-01-04 2024-01-15 2024-01-18 2024-01-29");
  CHECK(off(calendar(exception("4", "<Period>2</Period><MonthDay>31</MonthDay>", "2024-06-30")), "2024-01-01",
            "2024-12-31") == "2024-01-31 2024-05-31");  // 31 March is a Sunday
  CHECK(off(calendar(exception("5", "<Period>1</Period><MonthItem>8</MonthItem><MonthPosition>4</MonthPosition>",
                               "2024-03-31")),
            "2024-01-01", "2024-12-31") == "2024-01-26 2024-02-23 2024-03-29");
  CHECK(off(calendar(exception("2", "<Month>8</Month><MonthDay>2</MonthDay>", "2026-12-31")), "2024-01-01",
            "2026-12-31") == "2024-09-02 2025-09-02 2026-09-02");
  CHECK(off(calendar(exception("3", "<Month>10</Month><MonthItem>4</MonthItem><MonthPosition>0</MonthPosition>")),
            "2024-01-01", "2024-12-31") == "2024-11-04");
  const auto season = calendar(
      "<WorkWeeks><WorkWeek><TimePeriod><FromDate>2024-06-03T00:00:00</FromDate><ToDate>2024-06-09T23:59:00</ToDate>"
      "</TimePeriod><Name>hè</Name><WeekDays><WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay>"
      "<WeekDay><DayType>7</DayType><DayWorking>1</DayWorking></WeekDay></WeekDays></WorkWeek></WorkWeeks>");
  CHECK(off(season, "2024-05-27", "2024-06-16") == "2024-06-07");
  CHECK(season.is_working(day("2024-06-08")));
}

TEST_CASE("of two exceptions for one day the one further down counts, with a warning") {
  const auto one = [](std::string_view hours) {
    return "<Exception><TimePeriod><FromDate>2024-01-02T00:00:00</FromDate><ToDate>2024-01-02T23:59:00</ToDate></"
           "TimePeriod>"
           "<Type>1</Type>" +
           std::string(hours) + "</Exception>";
  };
  const auto w = open_file(file_of("<Calendars><Calendar><UID>1</UID><Exceptions>" + one("<DayWorking>0</DayWorking>") +
                                   one("<DayWorking>1</DayWorking>") + "</Exceptions></Calendar></Calendars>"));
  CHECK(said_ids(w.notes) == "mspdi.exception-conflict");
  CHECK(w.p.network.calendars.front().is_working(day("2024-01-02")));
}

TEST_CASE("work of resources sets how long a task lasts, where both its calendar and theirs are worked") {
  const auto xml =
      file_of(R"(<Calendars>
<Calendar><UID>1</UID><Name>Standard</Name></Calendar>
<Calendar><UID>2</UID><Name>sáng</Name><BaseCalendarUID>1</BaseCalendarUID><WeekDays>
 <WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>06:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
 </WeekDays></Calendar>
<Calendar><UID>3</UID><Name>An</Name><BaseCalendarUID>1</BaseCalendarUID><Exceptions><Exception>
 <TimePeriod><FromDate>2024-01-02T00:00:00</FromDate><ToDate>2024-01-02T23:59:00</ToDate></TimePeriod><Type>1</Type><DayWorking>0</DayWorking>
 </Exception></Exceptions></Calendar></Calendars><Tasks>)" +
              a_task(1, "16") + a_task(2, "8", "<CalendarUID>2</CalendarUID>") +
              a_task(3, "8", "<CalendarUID>2</CalendarUID><IgnoreResourceCalendar>1</IgnoreResourceCalendar>") +
              a_task(4, "8", "<Type>1</Type>") + R"(</Tasks><Resources>
<Resource><UID>1</UID><Name>An</Name><Type>1</Type><CalendarUID>3</CalendarUID></Resource>
<Resource><UID>2</UID><Name>giấy</Name><Type>0</Type></Resource></Resources><Assignments>
<Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID><Units>0.5</Units><Work>PT8H0M0S</Work></Assignment>
<Assignment><UID>2</UID><TaskUID>2</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units><Work>PT8H0M0S</Work></Assignment>
<Assignment><UID>3</UID><TaskUID>3</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units><Work>PT8H0M0S</Work></Assignment>
<Assignment><UID>4</UID><TaskUID>4</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units><Work>PT40H0M0S</Work></Assignment>
<Assignment><UID>5</UID><TaskUID>4</TaskUID><ResourceUID>2</ResourceUID><Units>5</Units><Work>PT0H0M0S</Work></Assignment>
</Assignments>)");
  const auto w = open_file(xml);
  CHECK(w.early("1") == "2024-01-01T08:00 2024-01-03T17:00");  // half of An for two days, Tuesday off
  CHECK(w.early("2") == "2024-01-01T08:00 2024-01-03T12:00");  // four hours on Monday, Tuesday off, four on Wednesday
  CHECK(w.early("3") == "2024-01-01T08:00 2024-01-02T12:00");  // the start of the project, then An's day off is ignored
  CHECK(w.early("4") == "2024-01-01T08:00 2024-01-01T17:00");  // of fixed duration
}

TEST_CASE("a task that is split lasts over the piece without work") {
  const auto piece = [](const char* from, const char* to, const char* value) {
    return std::string("<TimephasedData><Type>1</Type><UID>1</UID><Start>") + from + "</Start><Finish>" + to +
           "</Finish><Unit>2</Unit><Value>" + value + "</Value></TimephasedData>";
  };
  const auto w = open_file(
      file_of("<Tasks>" + a_task(1, "16") + "</Tasks><Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID>" +
              "<ResourceUID>-65535</ResourceUID>" + piece("2024-01-01T08:00:00", "2024-01-01T17:00:00", "PT8H0M0S") +
              piece("2024-01-01T17:00:00", "2024-01-03T17:00:00", "PT0H0M0S") +
              piece("2024-01-04T08:00:00", "2024-01-04T17:00:00", "PT8H0M0S") + "</Assignment></Assignments>"));
  CHECK(w.of("1").pause == 2 * a_day);
  CHECK(w.early("1") == "2024-01-01T08:00 2024-01-04T17:00");
}

TEST_CASE("a period of a calendar is whole days, whatever the second in which it ends") {
  for (const auto* end : {"23:59:00", "23:59:59", "00:00:00"}) {
    const auto period = "<TimePeriod><FromDate>2024-01-02T00:00:00</FromDate><ToDate>2024-01-03T" + std::string(end) +
                        "</ToDate></TimePeriod>";
    const auto w = open_file(
        file_of("<Calendars><Calendar><UID>1</UID><WeekDays><WeekDay><DayType>0</DayType><DayWorking>0</DayWorking>" +
                period + "</WeekDay></WeekDays><Exceptions><Exception>" + period +
                "<Type>1</Type><DayWorking>0</DayWorking></Exception></Exceptions></Calendar></Calendars><Tasks>" +
                a_task(1, "16") + "</Tasks>"));
    CHECK(w.early("1") == "2024-01-01T08:00 2024-01-04T17:00");
    CHECK(said_ids(w.notes).empty());
  }
}

TEST_CASE("what has been done says what is left when the file does not") {
  const auto begun = "<ActualStart>2024-01-01T08:00:00</ActualStart>";
  const auto w = open_file(
      with_tasks(a_task(1, "32", std::string(begun) + "<ActualDuration>PT24H0M0S</ActualDuration>") +
                 a_task(2, "32", std::string(begun) + "<PercentComplete>25</PercentComplete>") +
                 a_task(3, "32", "<ActualDuration>PT0H0M0S</ActualDuration><PercentComplete>0</PercentComplete>")));
  CHECK(w.of("1").remaining == a_day);
  CHECK(w.of("2").remaining == 3 * a_day);
  CHECK(w.of("3").remaining == 4 * a_day);
}

TEST_CASE("work put off goes on where the file says") {
  const auto w = open_file(
      with_tasks(a_task(1, "24",
                        "<Stop>2024-01-01T17:00:00</Stop><Resume>2024-01-04T08:00:00</Resume>"
                        "<ActualStart>2024-01-01T08:00:00</ActualStart><ActualDuration>PT8H0M0S</ActualDuration>"
                        "<RemainingDuration>PT16H0M0S</RemainingDuration>") +
                 a_task(2, "24",
                        "<Stop>2024-01-01T17:00:00</Stop><Resume>2024-01-02T08:00:00</Resume>"
                        "<ActualStart>2024-01-01T08:00:00</ActualStart>") +
                 a_task(3, "24", "<Stop>2024-01-01T08:00:00</Stop><Resume>2024-01-03T08:00:00</Resume>")));
  CHECK(w.early("1") == "2024-01-01T08:00 2024-01-05T17:00");
  CHECK(w.early("2") == "2024-01-01T08:00 2024-01-03T17:00");
  CHECK(w.early("3") == "2024-01-01T08:00 2024-01-03T17:00");
  REQUIRE(w.p.splits.size() == 1);
  CHECK(w.p.splits[0].after == a_day);
  CHECK(w.p.splits[0].pause == 2 * a_day);
}

TEST_CASE("fixed work is spread over its task, and a levelled resource of fixed units is waited for") {
  const auto work = [](int uid, std::string_view hours, std::string_view more = "") {
    return "<Assignment><UID>" + std::to_string(uid) + "</UID><TaskUID>" + std::to_string(uid) +
           "</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units><Work>PT" + std::string(hours) + "H0M0S</Work>" +
           std::string(more) + "</Assignment>";
  };
  const auto xml =
      file_of("<Tasks>" + a_task(1, "16", "<Type>2</Type>") + a_task(2, "16", "<Type>0</Type>") +
              a_task(3, "16", "<Type>0</Type>") + a_task(4, "16", "<Type>2</Type>") +
              a_task(5, "16",
                     "<Type>2</Type><ActualStart>2024-01-01T08:00:00</ActualStart>"
                     "<RemainingDuration>PT4H0M0S</RemainingDuration>") +
              "<Task><UID>6</UID><Duration>PT48H0M0S</Duration><DurationFormat>8</DurationFormat></Task>"
              "</Tasks><Resources><Resource><UID>1</UID><Type>1</Type></Resource></Resources>"
              "<Assignments>" +
              work(1, "8") + work(2, "8") + work(3, "8", "<LevelingDelay>2400</LevelingDelay>") +
              work(4, "8", "<LevelingDelay>2400</LevelingDelay>") + work(5, "8") + work(6, "48") + "</Assignments>");
  const auto w = open_file(xml);
  CHECK(w.early("1") == "2024-01-01T08:00 2024-01-02T17:00");
  CHECK(w.early("2") == "2024-01-01T08:00 2024-01-01T17:00");
  CHECK(w.early("3") == "2024-01-01T08:00 2024-01-02T12:00");
  CHECK(w.early("4") == "2024-01-01T08:00 2024-01-02T17:00");
  CHECK(w.early("5") == "2024-01-01T08:00 2024-01-02T17:00");
  CHECK(w.p.network.assignments[4].remaining == 4 * 60);
  CHECK(w.early("6") == "2024-01-01T08:00 2024-01-03T08:00");
  const auto again = open_file(to_mspdi(w.p, w.s));
  for (const auto* uid : {"1", "2", "3", "4", "5", "6"}) CHECK(again.early(uid) == w.early(uid));
}

TEST_CASE("uneven work lasts from its start to its finish, and overtime takes no hours, also when written") {
  const auto w =
      open_file(file_of("<Tasks>" + a_task(1, "24", "<Type>0</Type>") + a_task(2, "8", "<Type>0</Type>") +
                        R"(</Tasks><Resources><Resource><UID>1</UID><Type>1</Type></Resource></Resources><Assignments>
<Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID><Finish>2024-01-03T15:00:00</Finish>
<Start>2024-01-01T08:00:00</Start><Units>1</Units><Work>PT12H0M0S</Work><WorkContour>5</WorkContour></Assignment>
<Assignment><UID>2</UID><TaskUID>2</TaskUID><ResourceUID>1</ResourceUID><OvertimeWork>PT4H0M0S</OvertimeWork>
<RemainingOvertimeWork>PT4H0M0S</RemainingOvertimeWork><RemainingWork>PT12H0M0S</RemainingWork><Units>1</Units>
<Work>PT12H0M0S</Work></Assignment></Assignments>)"));
  CHECK(w.early("1") == "2024-01-01T08:00 2024-01-03T15:00");
  CHECK(w.early("2") == "2024-01-01T08:00 2024-01-01T17:00");
  CHECK(said(w.notes, "mspdi.lost") == "Assignment/OvertimeWork");
  const auto again = open_file(to_mspdi(w.p, w.s));
  for (const auto* uid : {"1", "2"}) CHECK(again.early(uid) == w.early(uid));
  CHECK(to_mspdi(again.p, again.s) == to_mspdi(w.p, w.s));
}

TEST_CASE("the places of a task's pauses are kept when it is written") {
  const auto piece = [](const char* from, const char* to, const char* value) {
    return std::string("<TimephasedData><Type>1</Type><UID>1</UID><Start>2024-01-") + from +
           "</Start><Finish>2024-01-" + to + "</Finish><Unit>2</Unit><Value>" + value + "</Value></TimephasedData>";
  };
  const auto w = open_file(
      file_of("<Tasks>" + a_task(1, "32") + "</Tasks><Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID>" +
              "<ResourceUID>-65535</ResourceUID>" + piece("01T08:00:00", "01T17:00:00", "PT8H0M0S") +
              piece("01T17:00:00", "03T17:00:00", "PT0H0M0S") + piece("03T17:00:00", "05T17:00:00", "PT16H0M0S") +
              piece("05T17:00:00", "08T17:00:00", "PT0H0M0S") + piece("08T17:00:00", "09T17:00:00", "PT8H0M0S") +
              "</Assignment></Assignments>"));
  CHECK(w.early("1") == "2024-01-01T08:00 2024-01-09T17:00");
  auto xml = to_mspdi(w.p, w.s);
  CHECK(xml.find("<Start>2024-01-01T17:00:00</Start>\n        <Finish>2024-01-03T17:00:00</Finish>") !=
        std::string::npos);
  for (int round = 0; round < 2; ++round) {
    const auto again = open_file(xml);
    REQUIRE(again.p.splits.size() == 2);
    CHECK(again.p.splits[0].after == a_day);
    CHECK(again.p.splits[0].pause == 2 * a_day);
    CHECK(again.p.splits[1].after == 3 * a_day);
    CHECK(again.p.splits[1].pause == a_day);
    CHECK(again.early("1") == w.early("1"));
    CHECK(to_mspdi(again.p, again.s) == xml);
    xml = to_mspdi(again.p, again.s);
  }
}

TEST_CASE("a project scheduled from its finish starts when it has to") {
  const auto w = open_file(
      "<Project><ScheduleFromStart>0</ScheduleFromStart><StartDate>2024-01-01T08:00:00</StartDate>"
      "<FinishDate>2024-01-12T17:00:00</FinishDate><Tasks>" +
      a_task(1, "16", "<ConstraintType>1</ConstraintType>") +
      a_task(2, "8", "<ConstraintType>1</ConstraintType>" + after(1, 1)) + "</Tasks></Project>");
  CHECK(w.late("1") == "2024-01-10T08:00 2024-01-11T17:00");
  CHECK(w.late("2") == "2024-01-12T08:00 2024-01-12T17:00");
  CHECK(text_of(w.s.finish) == "2024-01-12T17:00");
}

TEST_CASE("what is read by nobody here is listed once for each kind") {
  const auto w =
      open_file(with_tasks(a_task(1, "8", "<Baseline/><ExtendedAttribute/>") + a_task(2, "8", "<Baseline/>") +
                           a_task(3, "8",
                                  "<PredecessorLink><PredecessorUID>1</PredecessorUID><CrossProject>1</CrossProject>"
                                  "</PredecessorLink>")));
  CHECK(said(w.notes, "mspdi.lost") == "Task/Baseline | Task/ExtendedAttribute | PredecessorLink/CrossProject");
}

TEST_CASE("faults of a file are all told, with their places") {
  const auto file = read_mspdi(
      file_of("<Calendars><Calendar><UID>1</UID><WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking>"
              "<WorkingTimes><WorkingTime><FromTime>17:00:00</FromTime><ToTime>08:00:00</ToTime></WorkingTime></"
              "WorkingTimes>"
              "</WeekDay></WeekDays></Calendar></Calendars><Tasks>\n" +
              a_task(1, "x") + a_task(2, "8", "<ConstraintType>9</ConstraintType>") + a_task(2, "8", after(1, 7)) +
              a_task(3, "8", "<ConstraintDate>tomorrow</ConstraintDate>" + after(99, 1)) + "</Tasks>"),
      "p.xml");
  CHECK_FALSE(file);
  CHECK(said_ids(file.notes) ==
        "mspdi.bad-hours mspdi.bad-value mspdi.bad-value mspdi.duplicate-uid mspdi.bad-value mspdi.bad-value "
        "mspdi.unknown-task");
  for (const auto& d : file.notes) CHECK(d.where.line > 0);
  CHECK(said_ids(read_mspdi("<Project/>", "p.xml").notes) == "mspdi.no-start");
}

TEST_CASE("a file that asks for too much is refused") {
  CHECK(refused(with_tasks(a_task(1, "8") + a_task(2, "8")), {.max_tasks = 1}) == "mspdi.too-large");
  CHECK(refused(with_tasks(a_task(1, "8") + a_task(2, "8", after(1, 1) + after(1, 3))), {.max_links = 1}) ==
        "mspdi.too-large");
  CHECK(refused(with_tasks(""), {.max_bytes = 10}) == "mspdi.too-large");
  const auto always = file_of(
      "<Calendars><Calendar><UID>1</UID><Exceptions><Exception><TimePeriod><FromDate>1900-01-01T00:00:00</FromDate>"
      "<ToDate>2199-12-31T00:00:00</ToDate></TimePeriod><Type>1</Type><DayWorking>0</DayWorking></Exception>"
      "</Exceptions></Calendar></Calendars>");
  CHECK(refused(always, {.max_exceptions = 1000}) == "mspdi.too-large");
  std::string many = "<Calendars>", used = "<Tasks>";
  for (int i = 1; i < 5; ++i) {
    many += "<Calendar><UID>" + std::to_string(i) +
            "</UID><WeekDays><WeekDay><DayType>1</DayType><DayWorking>1</DayWorking></WeekDay></WeekDays></Calendar>";
    used += a_task(i, "8", "<CalendarUID>" + std::to_string(i) + "</CalendarUID>");
  }
  CHECK(refused(file_of(many + "</Calendars>" + used + "</Tasks>"), {.max_calendars = 3}) == "mspdi.too-large");
  CHECK(refused("<!DOCTYPE Project><Project/>").starts_with("xml."));
  const auto shut = open_file(always);  // no working time at all, and nothing to do
  CHECK(shut.s.items.empty());
}

TEST_CASE("calendars that are each other's base do not hang the reader") {
  const auto w =
      open_file(file_of("<Calendars><Calendar><UID>1</UID><BaseCalendarUID>2</BaseCalendarUID></Calendar>"
                        "<Calendar><UID>2</UID><BaseCalendarUID>1</BaseCalendarUID></Calendar></Calendars><Tasks>" +
                        a_task(1, "8") + "</Tasks>"));
  CHECK(w.early("1") == "2024-01-01T08:00 2024-01-01T17:00");
}

TEST_CASE("what is written reads back with the same dates, time after time") {
  const auto first =
      open_file(file_of(R"(<Calendars><Calendar><UID>1</UID><Name>C</Name><Exceptions><Exception>
<TimePeriod><FromDate>2024-01-03T00:00:00</FromDate><ToDate>2024-01-03T23:59:00</ToDate></TimePeriod><Name>lễ</Name><Type>1</Type>
<DayWorking>0</DayWorking></Exception></Exceptions></Calendar></Calendars><Tasks>)" +
                        a_task(1, "16") + a_task(2, "8", after(1, 1, "4800") + after(1, 3, "10", 19)) +
                        a_task(3, "0", "<Milestone>1</Milestone>" + after(2, 1)) +
                        a_task(4, "8", "<Deadline>2024-01-04T17:00:00</Deadline>" + after(3, 0, "14400", 8)) +
                        a_task(5, "40",
                               "<ActualStart>2024-01-02T08:00:00</ActualStart>"
                               "<RemainingDuration>PT8H0M0S</RemainingDuration>") +
                        "</Tasks>"));
  auto xml = to_mspdi(first.p, first.s);
  for (int round = 0; round < 3; ++round) {
    const auto again = open_file(xml);
    REQUIRE(again.s.items.size() == first.s.items.size());
    for (std::size_t i = 0; i < first.s.items.size(); ++i) {
      CHECK(text_of(again.s.items[i].early_start) == text_of(first.s.items[i].early_start));
      CHECK(text_of(again.s.items[i].late_finish) == text_of(first.s.items[i].late_finish));
      CHECK(again.s.items[i].total_slack_min == first.s.items[i].total_slack_min);
    }
    CHECK(to_mspdi(again.p, again.s) == xml);
    xml = to_mspdi(again.p, again.s);
  }
}

TEST_CASE("a milestone is written with its finish where its start is") {
  const auto w = open_file(with_tasks(a_task(1, "8") + a_task(2, "0", "<Milestone>1</Milestone>" + after(1, 1))));
  const auto xml = to_mspdi(w.p, w.s);
  CHECK(xml.find("<Start>2024-01-01T17:00:00</Start>\n      <Finish>2024-01-01T17:00:00</Finish>") !=
        std::string::npos);
}

TEST_CASE("a plan becomes a project with the same dates, and what has no place there is listed") {
  auto w = dated(R"(<task id="a" title="Lập kế hoạch" lead="phong" duration="3wd"/>
<task id="g" title="Nhóm"><task id="b" title="Góp ý" lead="hoi-1" duration="2wd"><after task="a" lag="1wd"/></task>
<task id="c" title="Thực hiện" each="cac-xa" lead="$each" duration="5wd"><after task="b" type="SS" lag="50%"/></task></task>
<task id="d" title="Báo cáo" lead="phong" duration="1wd"><after task="c" join="all"/><due on="2023-05-15"/></task>
<task id="e" title="Rà soát" lead="phong" duration="1wd"><after task="c" join="any"/></task>)");
  const calendars days{working_calendar{}, {}};
  const auto made = to_project(w.p, w.items, *w.dates, days);
  REQUIRE(made);
  CHECK(said(made.notes, "mspdi.lost") == "join=\"any\"");
  const auto again =
      open_file(to_mspdi(*made, schedule_network(made->network, made->options).take()), scheduling_mode::pure);
  for (std::uint32_t i = 0; i < again.p.tasks.size(); ++i) {
    const auto item = find_item(w.items, {again.p.tasks[i].notes});
    if (item == no_item) continue;
    CAPTURE(again.p.tasks[i].notes);
    CHECK(text_of(again.s.items[i].early_start) == iso(w.dates->items[item].early_start));
    CHECK(text_of(again.s.items[i].early_finish) == iso(w.dates->items[item].early_finish));
    CHECK(again.s.items[i].total_slack_min == w.dates->items[item].total_slack_min);
  }
}

TEST_CASE("random plans and the projects that they become have the same dates") {
  std::mt19937 r(573);
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(r() % n); };
  for (int round = 0; round < 30; ++round) {
    plan p;
    p.from = p.issued = make_date(2023, 4, 18);
    p.until = make_date(2030, 12, 31);
    for (std::uint32_t i = 0; i < 5 + below(30); ++i) {
      task t;
      t.id = {"t" + std::to_string(i)};
      t.duration = amount{static_cast<int>(below(2000)), time_unit::minute};
      for (std::uint32_t n = i == 0 ? 0 : below(4); n > 0; --n) {
        vanthu::link l;
        l.task = below(i);
        l.type = static_cast<link_type>(below(4));
        l.lag = {static_cast<int>(below(11)) - 3, time_unit::hour};
        t.after.push_back(l);
      }
      if (below(4) == 0) {
        deadline d;
        d.when = on_date{p.from + std::chrono::days{below(60)}};
        d.how = roll::none;
        t.due = d;
      }
      p.tasks.push_back(std::move(t));
    }
    auto w = unfold_plan(std::move(p), "2023-04-18", "2030-12-31");
    const calendars days{working_calendar{}, {}};
    date_items(w, days);
    const auto made = to_project(w.p, w.items, *w.dates, days);
    REQUIRE(made);
    const auto s = schedule_network(made->network, made->options);
    REQUIRE(s);
    REQUIRE(s->items.size() == w.items.items.size());
    for (std::size_t i = 0; i < s->items.size(); ++i) {
      REQUIRE(text_of(s->items[i].early_start) == iso(w.dates->items[i].early_start));
      REQUIRE(text_of(s->items[i].early_finish) == iso(w.dates->items[i].early_finish));
      REQUIRE(text_of(s->items[i].late_start) == iso(w.dates->items[i].late_start));
      REQUIRE(text_of(s->items[i].late_finish) == iso(w.dates->items[i].late_finish));
      REQUIRE(s->items[i].total_slack_min == w.dates->items[i].total_slack_min);
      REQUIRE(s->items[i].free_slack_min == w.dates->items[i].free_slack_min);
      REQUIRE(s->items[i].critical == w.dates->items[i].critical);
    }
  }
}

TEST_CASE("a project becomes a plan with the same dates, and what has no place there is listed") {
  const auto w = open_file(with_tasks(
      "<Task><UID>1</UID><Name>A &amp; B</Name><OutlineLevel>1</OutlineLevel></Task>"
      "<Task><UID>2</UID><OutlineLevel>2</OutlineLevel><Duration>PT16H0M0S</Duration></Task>"
      "<Task><UID>3</UID><OutlineLevel>2</OutlineLevel><Duration>PT8H0M0S</Duration>" +
      after(2, 3, "600") + "</Task>" +
      a_task(4, "8", "<Deadline>2024-01-05T17:00:00</Deadline>" + after(1, 1, "28800", 8)) +
      a_task(5, "8", "<ConstraintType>3</ConstraintType><ConstraintDate>2024-01-04T17:00:00</ConstraintDate>") +
      a_task(6, "8", "<ConstraintType>4</ConstraintType><ConstraintDate>2024-01-08T08:00:00</ConstraintDate>")));
  const auto made = to_plan_xml(w.p, w.s, "du-an-1");
  CHECK(said(made.notes, "mspdi.lost") == "ConstraintType 3");
  auto read = read_whole(made.xml);
  CHECK(read.tasks.size() == 6);
  const auto days = calendars_of(read);
  auto again = unfold_plan(std::move(read), "2024-01-01", "2024-12-31");
  date_items(again, days);
  for (const auto* uid : {"2", "3", "4", "6"}) CHECK(early(again, std::string("t") + uid) == w.early(uid));
  CHECK(due(again, "t4") == "2024-01-05");
}
