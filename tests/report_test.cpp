#include "vanthu/report.hpp"

#include <doctest/doctest.h>

#include "report_text.hpp"

using namespace vanthu;
using namespace vanthu::test;

namespace {

const period the_year = *parse_period("2023");
constexpr auto report_day = make_date(2023, 12, 20);

report_request the_report() {
  return {{"bc-nam"}, the_year, {{}, "05/BC-UBND", report_day, {}}};
}

// The data of the report as of a day, after these commands.
value data_after(std::string_view lines, date as_of = report_day, const report_request& request = the_report()) {
  const auto j = memory_journal();
  auto r = start_reported(*j);
  REQUIRE(give(r, *j, lines) == "");
  return report_data(r.look(as_of), request).take();
}

// "nguoi 2023 xa-a 70.5 [7]", one a line.
std::string text_of(const std::vector<reported_figure>& all) {
  std::string out;
  for (const auto& f : all) {
    out += f.indicator.text + " " + to_string(f.when) + " " + f.unit.text + " " +
           (f.amount ? f.amount->to_string() : "null") + " " + (f.due ? iso(*f.due) : "-") + " [";
    for (const auto e : f.evidence) out += std::to_string(e);
    out += "]\n";
  }
  return out;
}

// "nguoi 70.5 1/2 meeting 0 missing xa-b [7]", one a line.
std::string text_of(const std::vector<consolidated_figure>& all) {
  std::string out;
  for (const auto& f : all) {
    out += f.indicator.text + " " + (f.sum ? f.sum->to_string() : "null") + " " + std::to_string(f.reported) + "/" +
           std::to_string(f.expected) + " meeting " + std::to_string(f.meeting_target);
    for (const auto& each : f.missing) out += " missing " + each.text;
    out += " [";
    for (const auto e : f.evidence) out += (out.back() == '[' ? "" : " ") + std::to_string(e);
    out += "]\n";
  }
  return out;
}

// A run of the plan with one text in it changed for another.
run start_changed(journal& j, std::string_view old, const std::string& now) {
  std::string xml(reported_plan);
  const auto found = xml.find(old);
  REQUIRE(found != std::string::npos);
  xml.replace(found, old.size(), now);
  return run::start(j, "kh", std::make_shared<const plan>(read_plan(xml, "kh.xml").take()), make_date(2023, 1, 3), "An",
                    *parse_instant("2023-01-03T08:00:00+07:00"));
}

// Judgement and target of the first indicator, when the communes report 60 and 65 for a target in this direction.
std::string judged(const std::string& direction, const std::string& target, const std::string& unit = "người") {
  const auto j = memory_journal();
  auto r = start_changed(
      *j, R"(unit="người" direction="at-least"><target year="2023" value="100"/>)",
      "unit=\"" + unit + "\" direction=\"" + direction + "\"><target year=\"2023\" value=\"" + target + "\"/>");
  REQUIRE(give(r, *j,
               line("submit", "xa@2023/xa-a", "xa-a", "2023-12-15", figures_of("60", "1")) +
                   line("submit", "xa@2023/xa-b", "xa-b", "2023-12-15", figures_of("65", "1"))) == "");
  const auto data = report_data(r.look(report_day), the_report()).take();
  return at(data, "chi_tieu.0.danh_gia_chi_tieu") + " " + at(data, "chi_tieu.0.muc_tieu") + " " +
         at(data, "chi_tieu.0.so_dat");
}

std::string ids_after(std::string_view lines, const report_request& request, date as_of = report_day) {
  const auto j = memory_journal();
  auto r = start_reported(*j);
  REQUIRE(give(r, *j, lines) == "");
  return ids_of(report_data(r.look(as_of), request).notes);
}

// The titles of one of the lists of tasks, with their counts of items.
std::string tasks_of(const value& data, std::string_view list) {
  std::string out;
  const auto& rows = member(data, "nhiem_vu." + std::string(list));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows.at(i);
    out += at(row, "ten") + " " + at(row, "trong_ky") + " " + at(row, "chu_tri") + " " + at(row, "thoi_han") + " " +
           at(row, "so_xong") + "/" + at(row, "so_viec") + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("a figure names the event it was read from, and a figure nobody gave is null and not zero") {
  const auto j = memory_journal();
  auto r = start_reported(*j);
  CHECK(text_of(figures(r.look(report_day), the_year)) ==
        "nguoi 2023 xa-a null 2023-12-18 []\n"
        "nguoi 2023 xa-b null 2023-12-18 []\n"
        "ty-le 2023 xa-a null 2023-12-18 []\n"
        "ty-le 2023 xa-b null 2023-12-18 []\n");
  REQUIRE(give(r, *j, a_year()) == "");
  CHECK(text_of(figures(r.look(report_day), the_year)) ==
        "nguoi 2023 xa-a 70.5 2023-12-18 [7]\n"
        "nguoi 2023 xa-b null 2023-12-18 [9]\n"
        "ty-le 2023 xa-a 62.50 2023-12-18 [7]\n"
        "ty-le 2023 xa-b 58.25 2023-12-18 [9]\n");
  CHECK(r.events().at(6).type == "item.submitted/1");
  CHECK(r.events().at(6).item.text == "xa@2023/xa-a");
  CHECK(figures(r.look(report_day), *parse_period("2023-h1")).empty());
}

TEST_CASE("a reported zero is a figure") {
  const auto j = memory_journal();
  auto r = start_reported(*j);
  REQUIRE(give(r, *j, line("submit", "xa@2023/xa-a", "xa-a", "2023-12-15", figures_of("0", "null"))) == "");
  CHECK(text_of(consolidate(r.look(report_day), the_year)) ==
        "nguoi 0 1/2 meeting 0 missing xa-b [2]\n"
        "ty-le null 0/2 meeting 0 missing xa-a missing xa-b []\n");
}

TEST_CASE("a returned report counts as not sent, and a corrected one with its last figures") {
  const auto j = memory_journal();
  auto r = start_reported(*j);
  REQUIRE(
      give(r, *j, a_year() + line("return", "xa@2023/xa-b", "phong", "2023-12-21", R"(,"reason":"thiếu số người")")) ==
      "");
  CHECK(text_of(consolidate(r.look(make_date(2023, 12, 21)), the_year)) ==
        "nguoi 70.5 1/2 meeting 0 missing xa-b [7]\nty-le null 1/2 meeting 1 missing xa-b [7]\n");
  REQUIRE(give(r, *j, line("submit", "xa@2023/xa-b", "xa-b", "2023-12-22", figures_of("40", "61"))) == "");
  CHECK(text_of(consolidate(r.look(make_date(2023, 12, 22)), the_year)) ==
        "nguoi 110.5 2/2 meeting 0 [7 11]\nty-le null 2/2 meeting 2 [7 11]\n");
}

TEST_CASE("figures are expected when they are due, and not of work that was cancelled") {
  const auto j = memory_journal();
  auto r = start_reported(*j);
  CHECK(consolidate(r.look(make_date(2023, 12, 17)), the_year).empty());
  REQUIRE(give(r, *j, line("submit", "xa@2023/xa-a", "xa-a", "2023-12-15", figures_of("1", "2"))) == "");
  CHECK(text_of(consolidate(r.look(make_date(2023, 12, 15)), the_year)) ==
        "nguoi 1 1/1 meeting 0 [2]\nty-le null 1/1 meeting 0 [2]\n");
  REQUIRE(give(r, *j,
               line("cancel", "xa@2023/xa-b", "huyen", "2023-12-18",
                    R"(,"reason":"sáp nhập","basis":{"number":"9/QĐ","issuer":"huyen","date":"2023-12-18"})")) == "");
  CHECK(text_of(figures(r.look(report_day), the_year)) ==
        "nguoi 2023 xa-a 1 2023-12-18 [2]\nty-le 2023 xa-a 2 2023-12-18 [2]\n");
}

TEST_CASE("a unit that is asked for parts of the year counts once for each part that is due") {
  const auto j = memory_journal();
  auto r = start_changed(*j, R"(<task id="lop")", R"(<task id="lop" indicators="nguoi")");
  REQUIRE(give(r, *j, a_year()) == "");
  CHECK(text_of(figures(r.look(report_day), the_year)) ==
        "nguoi 2023-h1 phong null 2023-06-30 []\n"
        "nguoi 2023-h2 phong null 2024-01-01 []\n"
        "nguoi 2023 xa-a 70.5 2023-12-18 [7]\n"
        "nguoi 2023 xa-b null 2023-12-18 [9]\n"
        "ty-le 2023 xa-a 62.50 2023-12-18 [7]\n"
        "ty-le 2023 xa-b 58.25 2023-12-18 [9]\n");
  CHECK(text_of(consolidate(r.look(report_day), the_year)) ==
        "nguoi 70.5 1/3 meeting 0 missing phong missing xa-b [7]\nty-le null 2/2 meeting 1 [7 9]\n");
  CHECK(text_of(consolidate(r.look(make_date(2024, 1, 2)), the_year)) ==
        "nguoi 70.5 1/4 meeting 0 missing phong missing xa-b [7]\nty-le null 2/2 meeting 1 [7 9]\n");
}

TEST_CASE("an indicator is told with its target, its sum, its coverage and the names of who is missing") {
  const auto data = data_after(a_year());
  CHECK(at(data, "chi_tieu.0") ==
        R"({"ma":"NGUOI","ten":"Người dự","don_vi_tinh":"người","muc_tieu":"từ 100 trở lên","cong_don":true,)"
        R"("thuc_hien":70.5,"phan_to":[],"mot_gia_tri":null,"so_dat":null,"so_bao_cao":1,"so_phai_bao_cao":2,"danh_gia_chi_tieu":"Chưa đủ số liệu",)"
        R"("don_vi_thieu":["Ủy ban nhân dân xã Kỳ Xuân"]})");
  CHECK(at(data, "chi_tieu.1") ==
        R"({"ma":"TY-LE","ten":"Tỷ lệ xã có tin","don_vi_tinh":"%","muc_tieu":"từ 60 trở lên","cong_don":false,)"
        R"("thuc_hien":null,"phan_to":[],"mot_gia_tri":null,"so_dat":1,"so_bao_cao":2,"so_phai_bao_cao":2,"danh_gia_chi_tieu":"Chưa đạt",)"
        R"("don_vi_thieu":[]})");
  CHECK(at(data, "so_chi_tieu") ==
        R"({"tong":2,"co_muc_tieu":2,"dat":0,"chua_dat":1,"chua_du_so_lieu":1,"co_don_vi_thieu":1})");
  CHECK(at(data_after(""), "chi_tieu.0.thuc_hien") == "null");
}

TEST_CASE("a sum is judged by its target, and a percentage by how many units meet it") {
  CHECK(judged("at-least", "125") == R"("Đạt" "từ 125 trở lên" null)");
  CHECK(judged("at-least", "126") == R"("Chưa đạt" "từ 126 trở lên" null)");
  CHECK(judged("at-most", "125") == R"("Đạt" "không quá 125" null)");
  CHECK(judged("at-most", "124.5") == R"("Chưa đạt" "không quá 124,5" null)");
  CHECK(judged("above", "125") == R"("Chưa đạt" "trên 125" null)");
  CHECK(judged("above", "124") == R"("Đạt" "trên 124" null)");
  CHECK(judged("below", "125") == R"("Chưa đạt" "dưới 125" null)");
  CHECK(judged("below", "1250") == R"("Đạt" "dưới 1.250" null)");
  CHECK(judged("at-least", "100..120") == R"("Đạt" "100 đến 120" null)");
  CHECK(judged("none", "125") == R"("Không xét" "125" null)");
  CHECK(judged("at-least", "60", "%") == R"("Đạt" "từ 60 trở lên" 2)");
  CHECK(judged("at-least", "62", "vụ/năm") == R"("Chưa đạt" "từ 62 trở lên" 1)");
}

TEST_CASE("units are on time, late, missing or returned") {
  const auto data = data_after(a_year());
  CHECK(at(data, "don_vi.0") ==
        R"({"ten":"Ủy ban nhân dân xã Kỳ Phong","tinh_trang":"Đúng hạn","han_gui":"2023-12-18",)"
        R"("ngay_gui":"2023-12-15","so_ngay_cham":0,"so_lieu":[{)"
        R"("ma_so":"NGUOI","gia_tri":70.5,"co_gia_tri":true,"don_vi_do":"người","phan_to":[]},)"
        R"({"ma_so":"TY-LE","gia_tri":62.50,"co_gia_tri":true,"don_vi_do":"%","phan_to":[]}]})");
  CHECK(at(data, "don_vi.1") == R"({"ten":"Ủy ban nhân dân xã Kỳ Xuân","tinh_trang":"Chậm","han_gui":"2023-12-18",)"
                                R"("ngay_gui":"2023-12-20","so_ngay_cham":2,"so_lieu":[{)"
                                R"("ma_so":"NGUOI","gia_tri":null,"co_gia_tri":false,"don_vi_do":"người","phan_to":[]},)"
                                R"({"ma_so":"TY-LE","gia_tri":58.25,"co_gia_tri":true,"don_vi_do":"%","phan_to":[]}]})");
  CHECK(at(data, "bao_cao") == R"({"phai_gui":2,"da_gui":2,"dung_han":1,"cham":1,"chua_gui":0})");
  CHECK(at(data, "thieu") == "[]");

  const auto before = data_after(a_year(), make_date(2023, 12, 19));
  CHECK(at(before, "don_vi.1.tinh_trang") == R"("Chưa gửi")");
  CHECK(at(before, "don_vi.1.ngay_gui") == "null");
  CHECK(at(before, "bao_cao") == R"({"phai_gui":2,"da_gui":1,"dung_han":1,"cham":0,"chua_gui":1})");
  CHECK(at(before, "thieu") == R"([{"ten":"Ủy ban nhân dân xã Kỳ Xuân","han_gui":"2023-12-18","so_ngay_cham":1}])");

  // A weekend is not counted.
  const auto returned =
      data_after(a_year() + line("return", "xa@2023/xa-b", "phong", "2023-12-20", R"(,"reason":"thiếu")"),
                 make_date(2023, 12, 25));
  CHECK(at(returned, "don_vi.1.tinh_trang") == R"("Trả lại")");
  CHECK(at(returned, "don_vi.1.so_ngay_cham") == "5");
  CHECK(at(returned, "don_vi.1.so_lieu.1.gia_tri") == "null");
  CHECK(at(returned, "bao_cao.chua_gui") == "1");
}

TEST_CASE("a suspended unit is told so, and one whose report was cancelled is not asked") {
  const auto basis = R"(,"reason":"bão","basis":{"number":"9/QĐ","issuer":"huyen","date":"2023-12-01"})";
  const auto suspended = data_after(line("suspend", "xa@2023/xa-a", "phong", "2023-12-01", basis));
  CHECK(at(suspended, "don_vi.0.tinh_trang") == R"("Tạm dừng")");
  CHECK(at(suspended, "bao_cao.phai_gui") == "2");
  const auto cancelled = data_after(line("cancel", "xa@2023/xa-a", "huyen", "2023-12-01", basis));
  CHECK(at(cancelled, "bao_cao.phai_gui") == "1");
  CHECK(at(cancelled, "don_vi.0.ten") == R"("Ủy ban nhân dân xã Kỳ Xuân")");
}

TEST_CASE("tasks are done, overdue, under way or still ahead") {
  const auto data = data_after(a_year() + line("submit", "hoi-thi/xa-a", "xa-a", "2023-12-19") +
                               line("accept", "hoi-thi/xa-a", "huyen", "2023-12-20"));
  CHECK(tasks_of(data, "hoan_thanh") == "\"Truyền thông\" null \"Hội Phụ nữ huyện Kỳ Anh\" \"2023-03-31\" 1/1\n");
  CHECK(tasks_of(data, "qua_han") ==
        "\"Tập huấn\" \"6 tháng đầu năm\" \"Phòng Lao động huyện Kỳ Anh\" \"2023-06-30\" 0/1\n"
        "\"Hội thi\" null \"2 đơn vị\" \"2023-10-31\" 1/2\n"
        "\"Kiểm tra\" null \"Phòng Lao động huyện Kỳ Anh\" \"2023-09-29\" 0/1\n");
  CHECK(tasks_of(data, "dang_thuc_hien") == "\"Báo cáo của xã\" null \"2 đơn vị\" \"2023-12-18\" 1/2\n");
  CHECK(tasks_of(data, "chua_den_han") ==
        "\"Tập huấn\" \"6 tháng cuối năm\" \"Phòng Lao động huyện Kỳ Anh\" \"2024-01-01\" 0/1\n");
  CHECK(at(data, "nhiem_vu.tong") == "6");
}

TEST_CASE("work that waits for an outcome is left out until the outcome comes, and for good when another does") {
  const auto inspected = [](std::string_view result) {
    const auto data =
        data_after(line("start", "kt", "phong", "2023-09-01") +
                   line("outcome", "kt", "phong", "2023-09-20", R"(,"value":")" + std::string(result) + "\""));
    CHECK(member(data, "kiem_tra").size() == 1);
    return std::pair(at(data, "kiem_tra.0"), tasks_of(data, "qua_han").find("Xử lý vi phạm") != std::string::npos);
  };
  const auto guilty = inspected("sai"), innocent = inspected("dung");
  CHECK(guilty.first ==
        R"({"ten":"Kiểm tra","co_quan_kiem_tra":"Phòng Lao động huyện Kỳ Anh","ket_luan":"Có vi phạm"})");
  CHECK(guilty.second);
  CHECK(innocent.first ==
        R"({"ten":"Kiểm tra","co_quan_kiem_tra":"Phòng Lao động huyện Kỳ Anh","ket_luan":"Không vi phạm"})");
  CHECK(!innocent.second);
  const auto before = data_after("");
  CHECK(at(before, "kiem_tra") == "[]");
  CHECK(tasks_of(before, "qua_han").find("Xử lý vi phạm") == std::string::npos);
}

TEST_CASE("the head says who writes to whom, about which plan and which days") {
  const auto data = data_after(a_year());
  CHECK(at(data, "co_quan") == R"({"ten":"Ủy ban nhân dân huyện Kỳ Anh","ten_ngan":"UBND huyện Kỳ Anh",)"
                               R"("tieu_de":"Ủy ban nhân dân\nhuyện Kỳ Anh","chu_quan":null,"ky_hieu":"UBND"})");
  CHECK(at(data, "so_ky_hieu") == R"("05/BC-UBND")");
  CHECK(at(data, "dia_danh") == R"("Kỳ Anh")");
  CHECK(at(data, "ngay") == R"("2023-12-20")");
  CHECK(at(data, "kinh_gui") == R"(["Ủy ban nhân dân tỉnh Hà Tĩnh"])");
  CHECK(at(data, "noi_nhan") == R"(["Hội Phụ nữ huyện Kỳ Anh"])");
  CHECK(at(data, "don_vi_soan") == R"("LĐTBXH")");
  CHECK(at(data, "nguoi_ky") ==
        R"({"quyen_han":"TM. Ủy ban nhân dân","chuc_vu":"KT. Chủ tịch\nPhó Chủ tịch","ho_ten":null})");
  CHECK(at(data, "nam") + " " + at(data, "nam_sau") == "2023 2024");
  CHECK(at(data, "tu_ngay") + " " + at(data, "ngay_chot") + " " + at(data, "den_ngay") ==
        R"("2022-12-15" "2023-12-14" "2023-12-20")");
  CHECK(at(data, "vi_tri") == "9");
  CHECK(at(data, "ke_hoach") ==
        R"({"so_ky_hieu":"12/KH-UBND","ngay_ban_hanh":"2023-01-03","co_quan_ban_hanh":"UBND huyện Kỳ Anh",)"
        R"("trich_yeu":"triển khai bình đẳng giới"})");
}

TEST_CASE("an office signs for itself below its superior, without number and date as long as it has none") {
  const auto data = data_after(a_year(), report_day, {{"bc-nam"}, the_year, {{"phong"}, "", {}, {}}});
  CHECK(at(data, "co_quan") == R"({"ten":"Phòng Lao động huyện Kỳ Anh","ten_ngan":"Phòng Lao động huyện Kỳ Anh",)"
                               R"("tieu_de":"Phòng Lao động huyện Kỳ Anh","chu_quan":"UBND huyện Kỳ Anh",)"
                               R"("ky_hieu":"LĐTBXH"})");
  CHECK(at(data, "nguoi_ky") == R"({"quyen_han":null,"chuc_vu":"","ho_ten":null})");
  CHECK(at(data, "so_ky_hieu") + at(data, "ngay") == "nullnull");
}

TEST_CASE("a receiver is named once, and the drafter is who holds the work on the day of the report") {
  const auto j = memory_journal();
  auto r = start_changed(*j, R"(parent="huyen"><name>Phòng Lao động huyện Kỳ Anh</name>)",
                         R"(parent="huyen" until="2023-11-30"><name>Phòng Lao động huyện Kỳ Anh</name>)"
                         R"(<successor agency="hoi" on="2023-12-01"/>)");
  auto request = the_report();
  const auto data = report_data(r.look(report_day), request).take();
  CHECK(at(data, "don_vi_soan") == R"("HPN")");
  request.as.on = make_date(2023, 11, 30);
  CHECK(at(report_data(r.look(report_day), request).take(), "don_vi_soan") == R"("LĐTBXH")");

  const auto k = memory_journal();
  auto twice =
      start_changed(*k, R"(<reporters group="cac-xa"/>)", R"(<reporters group="cac-xa" agency="hoi tinh huyen"/>)");
  CHECK(at(report_data(twice.look(report_day), the_report()).take(), "noi_nhan") ==
        R"(["Hội Phụ nữ huyện Kỳ Anh","Ủy ban nhân dân tỉnh Hà Tĩnh"])");
}

TEST_CASE("a commune stands before the date with its own name") {
  CHECK(at(data_after("", report_day, {{"bc-nam"}, the_year, {{"xa-a"}, "", {}, {}}}), "dia_danh") == R"("Kỳ Phong")");
}

TEST_CASE("documents of the window are listed by date, those outside it and those of reports are not") {
  const auto with = [](std::string_view day, std::string_view number) {
    return R"(,"documents":[{"number":")" + std::string(number) + R"(","date":")" + std::string(day) + "\"}]";
  };
  const auto data =
      data_after(a_year() + line("submit", "hoi-thi/xa-b", "xa-b", "2023-12-19", with("2023-02-01", "1/BC")) +
                 line("submit", "hoi-thi/xa-a", "xa-a", "2023-12-19", with("2023-12-15", "2/BC")));
  CHECK(at(data, "van_ban") ==
        R"([{"ten":"Hội thi","so":"1/BC","ngay_van_ban":"2023-02-01","noi_ban_hanh":"UBND xã Kỳ Xuân"},)"
        R"({"ten":"Kế hoạch truyền thông","so":"07/KH-HPN","ngay_van_ban":"2023-03-09",)"
        R"("noi_ban_hanh":"Hội Phụ nữ huyện Kỳ Anh"}])");
}

TEST_CASE("the same regime, period, day and position give the same data whatever is recorded later") {
  const auto j = memory_journal();
  auto r = start_reported(*j);
  REQUIRE(give(r, *j, a_year()) == "");
  const auto position = r.state().position;
  const auto data = [&](std::optional<std::uint64_t> upto) {
    return write_json(report_data(r.look(make_date(2023, 12, 29), upto), the_report()).take());
  };
  const auto before = data(position);
  REQUIRE(give(r, *j,
               line("return", "xa@2023/xa-b", "phong", "2023-12-21", R"(,"reason":"thiếu")") +
                   line("submit", "xa@2023/xa-b", "xa-b", "2023-12-22", figures_of("40", "61"))) == "");
  CHECK(data(position) == before);
  CHECK(data({}) != before);
  CHECK(write_json(report_data(run::open(*j, "kh").look(make_date(2023, 12, 29), position), the_report()).take()) ==
        before);
}

TEST_CASE("a report that cannot be made says why") {
  auto request = the_report();
  request.regime = {"bc-tuan"};
  CHECK(ids_after("", request) == "report.unknown-regime");
  request = the_report();
  request.when = *parse_period("2023-q1");
  CHECK(ids_after("", request) == "report.no-items");
  request = the_report();
  request.as.issuer = {"khong-co"};
  CHECK(ids_after("", request) == "report.no-issuer");
}
