// The data of a campaign's report, of an assignment table and of a reminder.
#include <doctest/doctest.h>

#include "report_text.hpp"
#include "vanthu/report.hpp"

using namespace vanthu;
using namespace vanthu::test;

namespace {

constexpr auto report_day = make_date(2023, 12, 20);

// The small plan with a campaign of its own regime, told of by the communes with men and women apart.
std::string plan_with_campaign() {
  std::string xml(reported_plan);
  const auto insert = [&](std::string_view before, std::string_view what) { xml.insert(xml.find(before), what); };
  insert("<indicator id=\"ty-le\"", R"(<indicator id="luot" title="Lượt người" unit="lượt" breakdown="nam nu"/>)");
  insert("<task id=\"tin\"", R"(<window id="thang" from="--11-15" until="--12-15"/>
<regime id="bc-thang" kind="thematic"><name>Báo cáo Tháng hành động</name><reporters group="cac-xa"/>
<recipients agency="tinh"/><deadline level="cac-xa" in="2wd" after="cut-off"/><deadline in="5wd" after="cut-off"/>
<frequency every="year"/><cut-off on="--12-15"/></regime>)");
  insert("</plan>",
         R"(<task id="thd" title="Tháng hành động" every="year" until="2023-12-31" window="thang" lead="phong">
<task id="thd-kh" title="Kế hoạch Tháng" duration="1wd"><due on="--10-31"/><product kind="KH"/></task>
<task id="thd-xa" title="Báo cáo của xã" each="cac-xa" lead="$each" regime="bc-thang" indicators="luot" duration="1wd"
 accepts="phong"/>
<task id="thd-bc" title="Báo cáo Tháng" regime="bc-thang" duration="1wd"><after task="thd-xa" join="all"/>
<product kind="BC" to="tinh"/></task></task>)");
  return xml;
}

run start_campaign(journal& j) {
  return run::start(j, "kh", std::make_shared<const plan>(read_plan(plan_with_campaign(), "kh.xml").take()),
                    make_date(2023, 1, 3), "An", *parse_instant("2023-01-03T08:00:00+07:00"));
}

std::string told(std::string_view total, std::string_view men, std::string_view women) {
  return R"(,"figures":[{"indicator":"luot","value":)" + std::string(total) + R"(,"breakdown":{"nam":)" +
         std::string(men) + R"(,"nu":)" + std::string(women) + "}}]";
}

value campaign_after(std::string_view lines) {
  const auto j = memory_journal();
  auto r = start_campaign(*j);
  REQUIRE(give(r, *j, lines) == "");
  return report_data(r.look(report_day), {{"bc-thang"}, *parse_period("2023"), {}}).take();
}

}  // namespace

TEST_CASE("a campaign's report tells of its own tasks, figures and documents alone") {
  const auto data = campaign_after(
      line("submit", "tin", "hoi", "2023-03-10", R"(,"documents":[{"number":"07/KH-HPN","date":"2023-03-09"}])") +
      line("submit", "thd-kh@2023", "phong", "2023-10-20",
           R"(,"documents":[{"number":"9/KH-UBND","date":"2023-10-20"}])") +
      line("submit", "xa@2023/xa-a", "xa-a", "2023-12-15", figures_of("70", "60")) +
      line("submit", "thd-xa@2023/xa-a", "xa-a", "2023-12-18", told("30", "10", "20")));
  CHECK(at(data, "nhiem_vu.tong") == "2");
  CHECK(at(data, "so_chi_tieu.tong") == "1");
  CHECK(at(data, "chi_tieu.0.ma") == R"("LUOT")");
  CHECK(at(data, "van_ban.0.so") == R"("9/KH-UBND")");
  CHECK(member(data, "van_ban").size() == 1);  // those of the other tasks are the annual report's
  CHECK(at(data, "tu_ngay") == R"("2023-11-15")");
  CHECK(at(data, "ngay_chot") == R"("2023-12-15")");
  CHECK(at(data, "trich_yeu") == R"("Báo cáo Tháng")");
  CHECK(at(data, "thieu.0.ten") == R"("Ủy ban nhân dân xã Kỳ Xuân")");
}

TEST_CASE("a sum is broken down by what was said, and says of how many") {
  const auto data = campaign_after(line("submit", "thd-xa@2023/xa-a", "xa-a", "2023-12-18", told("30", "10", "20")) +
                                   line("submit", "thd-xa@2023/xa-b", "xa-b", "2023-12-18", told("5", "null", "5")));
  CHECK(at(data, "chi_tieu.0.thuc_hien") == "35");
  CHECK(at(data, "chi_tieu.0.phan_to") ==
        R"([{"ten":"nam","gia_tri":10,"so_bao_cao":1},{"ten":"nữ","gia_tri":25,"so_bao_cao":2}])");
  CHECK(at(data, "don_vi.0.so_lieu.0.phan_to") == R"([{"ten":"nam","gia_tri":10},{"ten":"nữ","gia_tri":20}])");
  CHECK(at(data, "don_vi.1.so_lieu.0.phan_to") == R"([{"ten":"nữ","gia_tri":5}])");
}

TEST_CASE("the assignment table has each task of the year once, with all its dates, under its topmost task") {
  const auto j = memory_journal();
  const auto now = start_campaign(*j).look(make_date(2023, 1, 3));
  const auto data = assignment_data(now, {2023, {}}).take();
  CHECK(at(data, "nam") == "2023");
  CHECK(member(data, "nhom").size() == 8);
  CHECK(at(data, "nhom.1.viec") ==
        R"([{"ten":"Tập huấn","chu_tri":"Phòng Lao động huyện Kỳ Anh","chu_tri_gia_dinh":true,"phoi_hop":[],)"
        R"("phoi_hop_gia_dinh":false,"thoi_han":["2023-06-30","2024-01-01"],"thoi_han_gia_dinh":true,)"
        R"("san_pham":null,"tt":"2"}])");
  CHECK(at(data, "nhom.1.co_viec_con") == "false");
  CHECK(at(data, "nhom.7.ten") == R"("Tháng hành động")");
  CHECK(at(data, "nhom.7.viec.1.tt") == R"("8.2")");
  CHECK(at(data, "nhom.7.viec.1.chu_tri") == R"("Từng đơn vị trong Danh sách 1")");
  CHECK(at(data, "nhom.7.viec.0.san_pham") == R"("Kế hoạch")");
  CHECK(at(data, "danh_sach") == R"([{"so":1,"so_don_vi":2,"don_vi":["UBND xã Kỳ Phong","UBND xã Kỳ Xuân"]}])");
  CHECK(at(data, "ke_hoach.so_ky_hieu") == R"("12/KH-UBND")");
}

TEST_CASE("what the plan itself says is not marked as an assumption") {
  std::string xml(reported_plan);
  const std::string_view task = R"(<task id="tin" title="Truyền thông" lead="hoi")";
  xml.replace(xml.find(task), task.size(), std::string(task) + R"( basis="law" article="Luật" assumed="lead")");
  const auto j = memory_journal();
  const auto r = run::start(*j, "kh", std::make_shared<const plan>(read_plan(xml, "kh.xml").take()),
                            make_date(2023, 1, 3), "An", *parse_instant("2023-01-03T08:00:00+07:00"));
  const auto data = assignment_data(r.look(make_date(2023, 1, 3)), {2023, {}}).take();
  CHECK(at(data, "nhom.0.viec.0.chu_tri_gia_dinh") == "true");
  CHECK(at(data, "nhom.0.viec.0.thoi_han_gia_dinh") == "false");
  CHECK(at(data, "co_gia_dinh") == "true");
}

TEST_CASE("a year without work has no assignment table, a day without heirs no signer") {
  const auto j = memory_journal();
  const auto now = start_reported(*j).look(make_date(2023, 1, 3));
  CHECK(ids_of(assignment_data(now, {2031, {}}).notes) == "report.no-tasks");
  CHECK(ids_of(assignment_data(now, {2023, {{"khong-co"}, {}, {}, {}}}).notes) == "report.no-issuer");
  CHECK(ids_of(reminder_data(now, {{}, {{"khong-co"}, {}, {}, {}}}).notes) == "report.no-issuer");
}

TEST_CASE("a reminder goes to those who are late, with what each owes") {
  const auto j = memory_journal();
  auto r = start_reported(*j);
  REQUIRE(give(r, *j,
               line("submit", "tin", "hoi", "2023-03-10") + line("submit", "lop@2023-h1", "phong", "2023-06-20") +
                   line("submit", "kt", "phong", "2023-09-20") + line("submit", "hoi-thi/xa-a", "xa-a", "2023-10-10") +
                   line("submit", "hoi-thi/xa-b", "xa-b", "2023-10-10") +
                   line("return", "hoi-thi/xa-b", "huyen", "2023-10-11", R"(,"reason":"thiếu")")) == "");
  const auto data =
      reminder_data(r.look(make_date(2023, 11, 2)), {make_date(2023, 11, 6), {{}, {}, {}, "LĐTBXH"}}).take();
  CHECK(at(data, "kinh_gui") == R"(["Ủy ban nhân dân xã Kỳ Xuân"])");
  CHECK(at(data, "qua_han") == R"([{"don_vi":"Ủy ban nhân dân xã Kỳ Xuân","ten":"Hội thi","trong_ky":null,"nam":null,)"
                               R"("thoi_han":"2023-10-31","so_ngay_cham":2,"tra_lai":true,"tam_dung":false}])");
  CHECK(at(data, "han_moi") == R"("2023-11-06")");
  CHECK(at(data, "don_vi_soan") == R"("LĐTBXH")");
  CHECK(at(data, "trich_yeu") == R"("đôn đốc thực hiện nhiệm vụ, báo cáo đã quá hạn theo Kế hoạch số 12/KH-UBND")");
}

TEST_CASE("nobody is reminded of what he cannot do yet, and a letter to nobody is not written") {
  const auto j = memory_journal();
  auto r = start_reported(*j);
  CHECK(ids_of(reminder_data(r.look(make_date(2023, 3, 31)), {}).notes) == "report.nothing-late");
  // On 21 December the communes' reports and the district's, which waits for them, are all late.
  const auto data = reminder_data(r.look(make_date(2023, 12, 21)), {}).take();
  for (std::size_t i = 0; i < member(data, "qua_han").size(); ++i)
    CHECK(at(data, "qua_han." + std::to_string(i) + ".ten") != R"("Xử lý vi phạm")");  // waits for an outcome
  CHECK(at(data, "han_moi") == "null");
}
