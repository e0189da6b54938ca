#include "vanthu/documents.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <utility>

#include "contested_journal.hpp"
#include "docx_builder.hpp"
#include "report_text.hpp"
#include "vanthu/file.hpp"

using namespace vanthu;
using namespace vanthu::test;

namespace {

using strings = std::vector<std::string>;

bytes template_named(const std::string& name) {
  const auto text = read_file(std::string(VANTHU_SOURCE_DIR) + "/templates/" + name);
  const auto raw = std::as_bytes(std::span(text));
  return bytes(raw.begin(), raw.end());
}

const bytes& the_template() {
  static const auto content = template_named("bao-cao-nam.docx");
  return content;
}

// To the communes, whose reports were due on 18 December.
issue_request reminder() {
  issue_request request;
  request.about = reminder_request{make_date(2023, 12, 22), {}};
  request.kind = "CV";
  request.unit = "LĐTBXH";
  request.form = "1.5";
  request.on = request.as_of = make_date(2023, 12, 19);
  request.actor = "Bình";
  request.at = *parse_instant("2023-12-19T09:00:00+07:00");
  return request;
}

// Compiles and fills, but is no paper of the decree.
bytes a_note() {
  return docx_builder::document(docx_builder::p("{co_quan.ten}: {#so_ky_hieu}{so_ky_hieu}{:else}chưa có số{/}"));
}

issue_request annual_report(int year = 2023) {
  issue_request request;
  request.about = report_request{{"bc-nam"}, {period_kind::year, year, 1, {}}, {}};
  request.on = request.as_of = make_date(year, 12, 20);
  request.actor = "Bình";
  request.at = *parse_instant(std::to_string(year) + "-12-20T15:30:00+07:00");
  return request;
}

run start_with(journal& j, std::string_view lines) {
  auto r = start_reported(j);
  REQUIRE(give(r, j, lines) == "");
  return r;
}

// Left where other programs can open it.
void keep(const bytes& docx, const std::string& name) {
  const char* folder = std::getenv("VANTHU_TEST_OUTPUT");
  if (folder && *folder) replace_file(std::string(folder) + "/" + name, [&](const byte_sink& out) { out(docx); });
}

std::string text_of(const bytes& docx) {
  return document_text(package::open(docx, "report.docx").take());
}

strings split(std::string_view text, char at) {
  strings parts;
  for (std::size_t from = 0; from <= text.size();) {
    const auto end = std::min(text.find(at, from), text.size());
    parts.emplace_back(text.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

// "62,50 -> 63,75", a cell or a paragraph each.
strings differences(const bytes& a, const bytes& b) {
  const auto before = split(text_of(a), '\n'), after = split(text_of(b), '\n');
  REQUIRE(before.size() == after.size());
  strings out;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto was = split(before[i], '\t'), is = split(after[i], '\t');
    REQUIRE(was.size() == is.size());
    for (std::size_t c = 0; c < was.size(); ++c)
      if (was[c] != is[c]) out.push_back(was[c] + " -> " + is[c]);
  }
  return out;
}

bytes report_after(std::string_view lines) {
  const auto j = memory_journal();
  auto r = start_with(*j, lines);
  return issue(*j, r, the_template(), annual_report()).take().docx;
}

std::string thrown_by(const std::function<void()>& work) {
  try {
    work();
  } catch (const error& e) {
    return e.notes().front().id() + (e.code() == errc::conflict ? " conflict" : "");
  }
  return "nothing";
}

// What a run says of a report after one text in its journal was changed for another.
std::string reissued_after(std::string_view type, const std::string& from, const std::string& to) {
  const auto j = memory_journal(), changed = memory_journal();
  auto r = start_with(*j, a_year());
  REQUIRE(issue(*j, r, the_template(), annual_report()));
  batch b{"run/kh", 0, {}};
  bool found = false;
  for (auto& rec : j->read("run/kh")) {
    if (const auto at = rec.body.find(from); rec.type == type && at != std::string::npos) {
      rec.body.replace(at, from.size(), to);
      found = true;
    }
    b.records.push_back({rec.at, rec.actor, rec.type, rec.body});
  }
  REQUIRE(found);
  REQUIRE(changed->append({&b, 1}));
  return ids_of(reissue(run::open(*changed, "kh"), "01/BC-UBND").notes);
}

}  // namespace

TEST_CASE("issuing records number and fingerprint in run and book together") {
  const auto j = memory_journal();
  auto r = start_with(*j, a_year());
  const auto made = issue(*j, r, the_template(), annual_report()).take();
  keep(made.docx, "bao-cao-nam-mau.docx");
  CHECK(made.number.text == "01/BC-UBND");
  CHECK(made.number.number == 1);
  CHECK(made.event == 11);
  CHECK(made.mark == fingerprint(package::open(made.docx, "report.docx").take()));
  CHECK(text_of(made.docx).find("Số: 01/BC-UBND\tKỳ Anh, ngày 20 tháng 12 năm 2023") != std::string::npos);

  const auto run_records = j->read("run/kh");
  REQUIRE(run_records.size() == 11);
  CHECK(run_records[9].type == "template.recorded/1");
  CHECK(run_records[10].type == "document.issued/1");
  CHECK(run_records[10].actor == "Bình");
  const auto body = read_json(run_records[10].body, "body").take();
  CHECK(at(body, "item") + at(body, "by") + at(body, "kind") + at(body, "number") + at(body, "date") ==
        R"("bc@2023""huyen""BC""01/BC-UBND""2023-12-20")");
  CHECK(at(body, "regime") + at(body, "period") + at(body, "as_of") + at(body, "position") + at(body, "form") ==
        R"("bc-nam""2023""2023-12-20"9"1.4")");
  CHECK(member(body, "sha256").as_text() == to_hex(made.mark));
  CHECK(j->streams("book/") == strings{"book/huyen/BC/2023"});
  const auto book = read_book(*j, {{"huyen"}, "BC", 2023});
  REQUIRE(book.size() == 1);
  CHECK(book[0].number.text == "01/BC-UBND");
  CHECK(book[0].sha256 == to_hex(made.mark));
  CHECK(verify(*j).notes.empty());
  REQUIRE(r.state().issued.size() == 1);
  CHECK(r.state().issued[0].item.text == "bc@2023");
}

TEST_CASE("the next issue takes the next number and records its template no second time") {
  const auto j = memory_journal();
  auto r = start_with(*j, a_year());
  REQUIRE(issue(*j, r, the_template(), annual_report()));
  const auto second = issue(*j, r, the_template(), annual_report()).take();
  CHECK(second.number.text == "02/BC-UBND");
  CHECK(second.event == 12);
  CHECK(text_of(second.docx).find("Số: 02/BC-UBND") != std::string::npos);
  CHECK(read_book(*j, {{"huyen"}, "BC", 2023}).size() == 2);
}

TEST_CASE("a report issued earlier in the window is among the documents of the next") {
  const auto j = memory_journal();
  auto r = start_with(*j, a_year());
  auto early = annual_report();
  early.on = make_date(2023, 12, 14);
  REQUIRE(issue(*j, r, the_template(), early));
  const auto data = report_data(r.look(make_date(2023, 12, 20)), {{"bc-nam"}, *parse_period("2023"), {}}).take();
  REQUIRE(member(data, "van_ban").size() == 2);
  CHECK(at(data, "van_ban.1") ==
        R"({"ten":"Báo cáo năm","so":"01/BC-UBND","ngay_van_ban":"2023-12-14","noi_ban_hanh":"UBND huyện Kỳ Anh"})");
}

TEST_CASE("a paper against the form is refused, and nothing is recorded") {
  const auto j = memory_journal();
  auto r = start_with(*j, a_year());
  const auto refused = issue(*j, r, a_note(), annual_report());
  CHECK(!refused);
  CHECK(ids_of(refused.notes).find("form.national-name") != std::string::npos);
  CHECK(ids_of(refused.notes).find("form.number") != std::string::npos);
  CHECK(j->streams() == strings{"run/kh"});
  CHECK(j->read("run/kh").size() == 9);
  CHECK(r.state().position == 9);
}

TEST_CASE("faults of template, data and request refuse as well") {
  const auto j = memory_journal();
  auto r = start_with(*j, a_year());
  const auto ids = [&](std::string_view body, const issue_request& request) {
    return ids_of(issue(*j, r, docx_builder::document(docx_builder::p(body)), request).notes);
  };
  CHECK(ids("{#van_ban}", annual_report()) == "docx.unclosed-block");
  CHECK(ids("{khong_co}", annual_report()) == "docx.missing-value");
  auto request = annual_report();
  request.about = report_request{{"bc-tuan"}, *parse_period("2023"), {}};
  CHECK(ids("{nam}", request) == "report.unknown-regime");
  request = annual_report();
  request.form = "9.9";
  CHECK(thrown_by([&] { (void)ids("{nam}", request); }) == "form.unknown");
  CHECK(j->streams() == strings{"run/kh"});
  CHECK(j->read("run/kh").size() == 9);
}

TEST_CASE("an issued report is made again from the journal alone, byte for byte, whatever came later") {
  const auto j = memory_journal();
  auto r = start_with(*j, a_year());
  const auto first = issue(*j, r, the_template(), annual_report()).take();
  REQUIRE(give(r, *j,
               line("return", "xa@2023/xa-b", "phong", "2023-12-20", R"(,"reason":"thiếu")") +
                   line("submit", "xa@2023/xa-b", "xa-b", "2023-12-20", figures_of("40", "61"))) == "");
  const auto again = reissue(run::open(*j, "kh"), "01/BC-UBND").take();
  CHECK(again.docx == first.docx);
  CHECK(again.mark == first.mark);
  CHECK(again.number.number == 1);
  CHECK(again.event == first.event);
  CHECK(ids_of(reissue(r, "07/BC-UBND").notes) == "documents.unknown-number");
  CHECK(ids_of(reissue(r, "").notes) == "documents.unknown-number");
}

TEST_CASE("numbers start again each year, and the year tells the reports apart") {
  const auto j = memory_journal();
  auto r = start_with(*j, a_year());
  const auto first = issue(*j, r, the_template(), annual_report()).take();
  const auto second = issue(*j, r, the_template(), annual_report(2024)).take();
  CHECK(second.number.text == first.number.text);
  CHECK(reissue(r, "01/BC-UBND", 2023).take().docx == first.docx);
  CHECK(reissue(r, "01/BC-UBND", 2024).take().docx == second.docx);
  CHECK(reissue(r, "01/BC-UBND").take().docx == second.docx);
  CHECK(ids_of(reissue(r, "01/BC-UBND", 2025).notes) == "documents.unknown-number");
}

TEST_CASE("a report whose history was changed is not made again") {
  CHECK(reissued_after("document.issued/1", R"("as_of":"2023-12-20")", R"("as_of":"2023-12-21")") ==
        "documents.changed");
  CHECK(reissued_after("document.issued/1", R"("as_of":"2023-12-20")", R"("as_of":"20/12/2023")") ==
        "documents.changed");
  CHECK(reissued_after("item.submitted/1", "62.50", "63.50") == "documents.changed");
  CHECK(reissued_after("template.recorded/1", R"("docx":"UE)", R"("docx":"UF)") == "documents.changed");
  CHECK(reissued_after("template.recorded/1", R"("docx":")", R"("docx":"*)") == "documents.changed");
  CHECK(reissued_after("template.recorded/1", R"("sha256":")", R"("sha256":"0)") == "documents.changed");
}

TEST_CASE("who is overtaken renders again with the number that is then the next") {
  const auto j = memory_journal();
  auto r = start_with(*j, a_year());
  contested_journal contested(*j, [&] {
    auto other = run::open(*j, "kh");
    REQUIRE(issue(*j, other, the_template(), annual_report()));
  });
  const auto made = issue(contested, r, the_template(), annual_report()).take();
  CHECK(contested.tries == 2);
  CHECK(made.number.text == "02/BC-UBND");
  CHECK(made.event == 12);
  CHECK(text_of(made.docx).find("Số: 02/BC-UBND") != std::string::npos);
  CHECK(reissue(run::open(*j, "kh"), "02/BC-UBND").take().docx == made.docx);
}

TEST_CASE("who is overtaken every time is told so, and nothing is recorded") {
  const auto j = memory_journal();
  auto r = start_with(*j, "");
  contested_journal busy(*j);
  CHECK(thrown_by([&] { (void)issue(busy, r, the_template(), annual_report()); }) == "documents.busy conflict");
  CHECK(busy.tries == 100);
  CHECK(j->streams() == strings{"run/kh"});
}

TEST_CASE("a draft has neither number nor date and records nothing") {
  const auto j = memory_journal();
  auto r = start_with(*j, a_year());
  const report_request request{{"bc-nam"}, *parse_period("2023"), {}};
  const auto now = r.look(make_date(2023, 12, 20));
  const auto made = draft(now, the_template(), request).take();
  keep(made, "bao-cao-nam-du-thao.docx");
  CHECK(text_of(made).find("Số:        /BC-UBND\tKỳ Anh, ngày …… tháng …… năm ……") != std::string::npos);
  CHECK(text_of(draft(now, a_note(), request).take()) == "Ủy ban nhân dân huyện Kỳ Anh: chưa có số\n");
  CHECK(j->streams() == strings{"run/kh"});
  CHECK(j->read("run/kh").size() == 9);
}

TEST_CASE("changing one figure changes exactly that cell of the report") {
  const auto report = report_after(a_year());
  CHECK(differences(report, report_after(a_year())) == strings{});
  CHECK(differences(report, report_after(a_year("70.5", "63.75"))) ==
        strings{"NGUOI: 70,5 người; TY-LE: 62,50 % -> NGUOI: 70,5 người; TY-LE: 63,75 %"});
  // A number of people is added up as well.
  CHECK(differences(report, report_after(a_year("71", "62.50"))) ==
        strings{"70,5 -> 71", "NGUOI: 70,5 người; TY-LE: 62,50 % -> NGUOI: 71 người; TY-LE: 62,50 %"});
  // What nobody reported is not a zero, and its unit is named.
  const auto unknown = text_of(report_after(a_year("70.5", "null")));
  CHECK(unknown.find("NGUOI: 70,5 người; TY-LE: chưa báo cáo\n") != std::string::npos);
  CHECK(unknown.find("- TY-LE: Ủy ban nhân dân xã Kỳ Phong.") != std::string::npos);
}

TEST_CASE("a fingerprint covers names and contents of all parts but the custom properties") {
  const auto mark = [](const std::vector<docx_builder::part>& parts) {
    return to_hex(fingerprint(package::open(docx_builder::zip(parts), "a.docx").take()));
  };
  const auto plain = docx_builder::parts(docx_builder::p("a"));
  auto with_properties = plain;
  with_properties.push_back({"docProps/custom.xml", "<Properties/>"});
  CHECK(mark(with_properties) == mark(plain));
  CHECK(mark(docx_builder::parts(docx_builder::p("b"))) != mark(plain));
  auto split_one_way = plain, split_another = plain;
  split_one_way.push_back({"x1", "23"});
  split_another.push_back({"x", "123"});
  CHECK(mark(split_one_way) != mark(split_another));
  CHECK(mark(split_one_way) != mark(plain));
  auto reversed = plain;
  std::reverse(reversed.begin(), reversed.end());
  CHECK(mark(reversed) == mark(plain));
}

TEST_CASE("a letter to those who are late takes a number of its own, and the report lists it") {
  const auto j = memory_journal();
  auto r = start_reported(*j);
  const auto letter = issue(*j, r, template_named("cong-van-don-doc.docx"), reminder()).take();
  keep(letter.docx, "cong-van-don-doc.docx");
  CHECK(letter.number.text == "01/UBND-LĐTBXH");
  const auto text = text_of(letter.docx);
  CHECK(text.find("V/v đôn đốc thực hiện nhiệm vụ, báo cáo đã quá hạn theo Kế hoạch số 12/KH-UBND") !=
        std::string::npos);
  CHECK(text.find("chậm nhất ngày 22 tháng 12 năm 2023") != std::string::npos);
  CHECK(text.find("Ủy ban nhân dân xã Kỳ Xuân\tBáo cáo của xã\t18/12/2023\t1\tChưa hoàn thành") != std::string::npos);
  CHECK(read_book(*j, {{"huyen"}, "CV", 2023}).at(0).subject ==
        "Đôn đốc thực hiện nhiệm vụ, báo cáo đã quá hạn theo Kế hoạch số 12/KH-UBND");
  CHECK(r.state().issued.at(0).reference.title ==
        "Đôn đốc thực hiện nhiệm vụ, báo cáo đã quá hạn theo Kế hoạch số 12/KH-UBND");
  CHECK(reissue(run::open(*j, "kh"), "01/UBND-LĐTBXH").take().docx == letter.docx);
  CHECK(issue(*j, r, the_template(), annual_report()).take().number.text == "01/BC-UBND");
}

TEST_CASE("a letter to nobody is not numbered") {
  const auto j = memory_journal();
  auto r = start_with(*j, line("submit", "tin", "hoi", "2023-03-10"));
  auto request = reminder();
  request.on = request.as_of = make_date(2023, 3, 30);
  request.at = *parse_instant("2023-03-30T09:00:00+07:00");
  CHECK(ids_of(issue(*j, r, template_named("cong-van-don-doc.docx"), request).notes) == "report.nothing-late");
  CHECK(j->streams() == strings{"run/kh"});
}

TEST_CASE("an assignment table is drawn up in the form of an annex and recorded nowhere") {
  const auto j = memory_journal();
  const auto now = start_reported(*j).look(make_date(2023, 1, 3));
  const auto made = draft(now, template_named("phu-luc-phan-cong.docx"), assignment_request{2023, {}}).take();
  keep(made, "phu-luc-phan-cong.docx");
  CHECK(ids_of(check_form(package::open(made, "phan-cong.docx").take(), "annex")) == "");
  const auto text = text_of(made);
  CHECK(text.find("PHÂN CÔNG NHIỆM VỤ NĂM 2023") != std::string::npos);
  CHECK(text.find("Từng đơn vị trong Danh sách 1") != std::string::npos);
  CHECK(text.find("Danh sách 1 (2 đơn vị): UBND xã Kỳ Phong; UBND xã Kỳ Xuân.") != std::string::npos);
  CHECK(j->read("run/kh").size() == 1);
}

TEST_CASE("the report of a campaign keeps form 1.4") {
  const auto j = memory_journal();
  auto r = start_with(*j, a_year());
  auto request = annual_report();  // the template of the campaign says what any report says
  const auto made = issue(*j, r, template_named("bao-cao-thang-hanh-dong.docx"), request).take();
  keep(made.docx, "bao-cao-thang-hanh-dong.docx");
  CHECK(made.number.text == "01/BC-UBND");
}
