// The main job on the real plan, from its XML to the issued report, with the sample year of examples/data.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>

#include "contested_journal.hpp"
#include "vanthu/documents.hpp"
#include "vanthu/file.hpp"

using namespace vanthu;

namespace {

const std::string root = VANTHU_SOURCE_DIR;

std::shared_ptr<const plan> the_plan() {
  static const auto p = std::make_shared<const plan>(read_plan_file(root + "/workflows/ke-hoach-573.xml").take());
  return p;
}

std::string sample_year() {
  return read_file(root + "/examples/data/2023-progress.jsonl");
}

const std::string& the_template() {
  static const auto content = read_file(root + "/templates/bao-cao-nam.docx");
  return content;
}
std::span<const std::byte> as_bytes(const std::string& s) {
  return std::as_bytes(std::span(s));
}

run start_2023(journal& j, const std::string& progress) {
  auto r = run::start(j, "kh-573", the_plan(), make_date(2023, 4, 18), "van-thu",
                      *parse_instant("2023-04-18T08:00:00+07:00"));
  const auto commands = read_commands(progress, "progress.jsonl").take();
  const auto given = r.record(j, commands);
  for (const auto& d : given.refused) CHECK_MESSAGE(d.level != severity::error, to_string(d));
  return r;
}

issue_request annual_report() {
  issue_request request;
  request.about = report_request{{"bc-nam"}, *parse_period("2023"), {}};
  request.on = make_date(2023, 12, 20);
  request.as_of = make_date(2023, 12, 20);
  request.actor = "van-thu";
  request.at = *parse_instant("2023-12-20T15:30:00+07:00");
  return request;
}

// The paragraphs and table rows of a document, in order.
std::vector<std::string> lines_of(const bytes& docx) {
  std::vector<std::string> lines;
  std::istringstream text(document_text(package::open(docx, "report.docx").take()));
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

void keep_for_validation(const bytes& docx, const std::string& name) {
  const char* folder = std::getenv("VANTHU_TEST_OUTPUT");
  if (folder && *folder) replace_file(std::string(folder) + "/" + name, [&](const byte_sink& out) { out(docx); });
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  REQUIRE(text.find(from, at + 1) == std::string::npos);
  return text.replace(at, from.size(), to);
}

std::vector<std::string> errors_of(const diagnostics& notes) {
  std::vector<std::string> ids;
  for (const auto& d : notes)
    if (d.level == severity::error) ids.push_back(d.id());
  return ids;
}

}  // namespace

TEST_CASE("the annual report of 2023 is issued under the next number and names who is missing") {
  const auto j = memory_journal();
  auto r = start_2023(*j, sample_year());
  const auto made = issue(*j, r, as_bytes(the_template()), annual_report()).take();
  keep_for_validation(made.docx, "bao-cao-nam-2023.docx");
  CHECK(made.number.text == "01/BC-UBND");
  const auto lines = lines_of(made.docx);
  const auto has = [&](std::string_view words) {
    return std::ranges::any_of(lines, [&](const std::string& l) { return l.find(words) != std::string::npos; });
  };
  CHECK(has("Số: 01/BC-UBND"));
  CHECK(has("Kỳ Anh, ngày 20 tháng 12 năm 2023"));
  CHECK(has("- Ủy ban nhân dân xã Lâm Hợp, hạn gửi 18/12/2023"));
  CHECK(has("chưa báo cáo"));

  // Number and fingerprint stand in run and book, written together.
  const auto book = read_book(*j, {{"ubnd-huyen-ky-anh"}, "BC", 2023});
  REQUIRE(book.size() == 1);
  CHECK(book[0].sha256 == to_hex(made.mark));
  CHECK(r.events().back().type == "document.issued/1");
  CHECK(r.events().back().body.find("sha256")->as_text() == to_hex(made.mark));
  CHECK(verify(*j).notes.empty());
  CHECK(made.mark == fingerprint(package::open(made.docx, "report.docx").take()));
}

TEST_CASE("the same run gives the same bytes, and a second report the next number") {
  const auto j = memory_journal(), k = memory_journal();
  auto r = start_2023(*j, sample_year()), s = start_2023(*k, sample_year());
  const auto first = issue(*j, r, as_bytes(the_template()), annual_report()).take();
  CHECK(first.docx == issue(*k, s, as_bytes(the_template()), annual_report()).take().docx);
  CHECK(issue(*j, r, as_bytes(the_template()), annual_report()).take().number.text == "02/BC-UBND");
}

TEST_CASE("changing one figure changes exactly that cell of the report") {
  const std::string line = R"("item": "r0.3@2023/ubnd-xa-ky-phong")";
  auto progress = sample_year();
  const auto at = progress.find(R"({"do": "submit", )" + line);
  REQUIRE(at != std::string::npos);
  const auto end = progress.find('\n', at);
  auto command = progress.substr(at, end - at);
  const auto figure_at = command.find(R"("indicator": "cl6.1", "value": )");
  REQUIRE(figure_at != std::string::npos);
  const auto value_at = figure_at + std::string(R"("indicator": "cl6.1", "value": )").size();
  const auto old_value = command.substr(value_at, command.find('}', value_at) - value_at);
  command.replace(value_at, old_value.size(), "77.25");
  const auto changed = progress.substr(0, at) + command + progress.substr(end);

  const auto j = memory_journal(), k = memory_journal();
  auto r = start_2023(*j, progress), s = start_2023(*k, changed);
  const auto before = lines_of(issue(*j, r, as_bytes(the_template()), annual_report()).take().docx);
  const auto after = lines_of(issue(*k, s, as_bytes(the_template()), annual_report()).take().docx);
  REQUIRE(before.size() == after.size());
  std::vector<std::size_t> different;
  for (std::size_t i = 0; i < before.size(); ++i)
    if (before[i] != after[i]) different.push_back(i);
  REQUIRE(different.size() == 1);
  const auto& row = before[different[0]];
  CHECK(row.find("Ủy ban nhân dân xã Kỳ Phong") != std::string::npos);
  const auto printed = "CL6.1: " + format_number(*decimal::parse(old_value)) + " %";
  CHECK(after[different[0]] == replaced(row, printed, "CL6.1: 77,25 %"));
}

TEST_CASE("a figure has the event it was read from, and a unit that reported none is missing and not zero") {
  const auto j = memory_journal();
  auto r = start_2023(*j, sample_year());
  const auto now = r.look(make_date(2023, 12, 20));
  int reported = 0;
  for (const auto& f : figures(now, *parse_period("2023"))) {
    if (f.indicator.text != "cl6.1" || f.unit.text.find("ubnd-xa-") != 0) continue;
    CHECK(f.evidence.size() == (f.amount ? 1U : 0U));
    if (!f.amount) continue;
    ++reported;
    const auto& e = r.events().at(f.evidence[0] - 1);
    CHECK(e.type == "item.submitted/1");
    CHECK(e.item.text == "r0.3@2023/" + f.unit.text);
  }
  CHECK(reported == 18);
  for (const auto& total : consolidate(now, *parse_period("2023"))) {
    if (total.indicator.text != "cl6.1") continue;
    CHECK(total.reported == 18);
    CHECK(total.expected == 20);
    CHECK(!total.sum.has_value());  // percentages are not added up
    REQUIRE(total.missing.size() == 2);
    CHECK(total.missing[0].text == "ubnd-xa-ky-trung");
    CHECK(total.missing[1].text == "ubnd-xa-lam-hop");
  }
}

TEST_CASE("what is recorded after a report does not change the report as of its position") {
  const auto j = memory_journal();
  auto r = start_2023(*j, sample_year());
  const auto position = r.state().position;
  const report_request request{{"bc-nam"}, *parse_period("2023"), {}};
  const auto before = report_data(r.look(make_date(2023, 12, 31), position), request).take();
  const auto late =
      read_commands(R"({"do":"submit","item":"r0.3@2023/ubnd-xa-lam-hop","at":"2023-12-22T09:00:00+07:00",)"
                    R"("actor":"x","by":"ubnd-xa-lam-hop","figures":[{"indicator":"cl6.1","value":50}]})",
                    "late.jsonl")
          .take();
  CHECK(errors_of(r.record(*j, late).refused).empty());
  CHECK(report_data(r.look(make_date(2023, 12, 31), position), request).take() == before);
  CHECK(report_data(r.look(make_date(2023, 12, 31)), request).take() != before);
}

TEST_CASE("an issued report is made again from the journal alone, byte for byte") {
  const auto j = memory_journal();
  auto r = start_2023(*j, sample_year());
  const auto first = issue(*j, r, as_bytes(the_template()), annual_report()).take();
  const auto opened = run::open(*j, "kh-573");
  const auto again = reissue(opened, "01/BC-UBND").take();
  CHECK(again.docx == first.docx);
  CHECK(again.event == first.event);
  CHECK(errors_of(reissue(opened, "07/BC-UBND").notes) == std::vector<std::string>{"documents.unknown-number"});
}

TEST_CASE("a report whose record was changed is not made again") {
  const auto j = memory_journal(), k = memory_journal();
  auto r = start_2023(*j, sample_year());
  (void)issue(*j, r, as_bytes(the_template()), annual_report()).take();
  batch b{"run/kh-573", 0, {}};
  for (const auto& rec : j->read("run/kh-573")) {
    auto body = rec.body;
    if (rec.type == "document.issued/1") body = replaced(body, R"("as_of":"2023-12-20")", R"("as_of":"2023-11-20")");
    b.records.push_back({rec.at, rec.actor, rec.type, body});
  }
  REQUIRE(k->append({&b, 1}));
  CHECK(errors_of(reissue(run::open(*k, "kh-573"), "01/BC-UBND").notes) ==
        std::vector<std::string>{"documents.changed"});
}

TEST_CASE("a draft has no number and records nothing") {
  const auto j = memory_journal();
  auto r = start_2023(*j, sample_year());
  const auto position = r.state().position;
  const auto made = draft(r.look(make_date(2023, 12, 20)), as_bytes(the_template()),
                          report_request{{"bc-nam"}, *parse_period("2023"), {}})
                        .take();
  const auto lines = lines_of(made);
  CHECK(std::ranges::none_of(lines, [](const std::string& l) { return l.find("01/BC-UBND") != std::string::npos; }));
  r.refresh(*j);
  CHECK(r.state().position == position);
  CHECK(read_book(*j, {{"ubnd-huyen-ky-anh"}, "BC", 2023}).empty());
}

TEST_CASE("a form that is not kept refuses the issue, and nothing is recorded") {
  const auto j = memory_journal();
  auto r = start_2023(*j, sample_year());
  auto request = annual_report();
  request.kind = "KH";  // the paper says BÁO CÁO
  const auto position = r.state().position;
  const auto refused = issue(*j, r, as_bytes(the_template()), request);
  CHECK(!refused);
  CHECK(std::ranges::count(errors_of(refused.notes), "form.number") == 1);
  CHECK(r.state().position == position);
  CHECK(j->streams("book/").empty());
}

TEST_CASE("writers who are always overtaken are told so") {
  const auto j = memory_journal();
  auto r = start_2023(*j, sample_year());
  vanthu::test::contested_journal busy(*j);
  try {
    (void)issue(busy, r, as_bytes(the_template()), annual_report());
    FAIL("issued");
  } catch (const error& e) {
    CHECK(e.code() == errc::conflict);
    CHECK(e.notes().front().id() == "documents.busy");
  }
  CHECK(busy.tries > 1);
}

TEST_CASE("a report that cannot be made says why") {
  const auto j = memory_journal();
  auto r = start_2023(*j, "");
  const auto now = r.look(make_date(2023, 12, 20));
  const auto ids = [&](const report_request& request) { return errors_of(report_data(now, request).notes); };
  CHECK(ids({{"bc-tuan"}, *parse_period("2023"), {}}) == std::vector<std::string>{"report.unknown-regime"});
  CHECK(ids({{"bc-nam"}, *parse_period("2023-q1"), {}}) == std::vector<std::string>{"report.no-items"});
  CHECK(ids({{"bc-nam"}, *parse_period("2023"), {{"khong-co"}, {}, {}, {}}}) ==
        std::vector<std::string>{"report.no-issuer"});
}
