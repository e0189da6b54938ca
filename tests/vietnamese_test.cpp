#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

#include "text/collation.hpp"
#include "vanthu/value.hpp"

using namespace vanthu;

TEST_CASE("numbers are written with dots between thousands and a comma before decimals") {
  CHECK(format_number(0) == "0");
  CHECK(format_number(999) == "999");
  CHECK(format_number(1000) == "1.000");
  CHECK(format_number(decimal(12345675, 1)) == "1.234.567,5");
  CHECK(format_number(-123456) == "-123.456");
  CHECK(format_number(-123) == "-123");
  CHECK(format_number(decimal(4670, 2)) == "46,70");
  CHECK(format_number(decimal(-5, 3)) == "-0,005");
  CHECK(format_number(999'999'999'999'999'999) == "999.999.999.999.999.999");
}

TEST_CASE("a number of decimals asked for is rounded or filled to") {
  CHECK(format_number(decimal(46655, 3), 1) == "46,7");
  CHECK(format_number(decimal(46655, 3), 0) == "47");
  CHECK(format_number(1234, 2) == "1.234,00");
  CHECK(format_number(decimal(5, 1), 3) == "0,500");
  CHECK(format_number(decimal(-4, 1), 0) == "0");
  CHECK(format_number(999'999'999'999'999'999, 1) == "999.999.999.999.999.999,0");
  for (const int wrong : {-1, 19}) {
    try {
      static_cast<void>(format_number(1, wrong));
      FAIL("accepted");
    } catch (const error& e) {
      CHECK(e.notes().front().id() == "value.scale");
    }
  }
}

TEST_CASE("dates are written the short way and the way the decree prescribes") {
  CHECK(format_date(make_date(2023, 4, 18)) == "18/4/2023");
  CHECK(legal_date(make_date(2023, 4, 18)) == "ngày 18 tháng 4 năm 2023");
  CHECK(legal_date(make_date(2026, 1, 5)) == "ngày 05 tháng 01 năm 2026");
  CHECK(legal_date(make_date(2025, 3, 9)) == "ngày 09 tháng 3 năm 2025");
  CHECK(legal_date(make_date(2025, 2, 28)) == "ngày 28 tháng 02 năm 2025");
  CHECK(legal_date(make_date(2025, 12, 31)) == "ngày 31 tháng 12 năm 2025");
}

TEST_CASE("units change their names behind tens") {
  CHECK(number_words(0) == "không");
  CHECK(number_words(4) == "bốn");
  CHECK(number_words(5) == "năm");
  CHECK(number_words(10) == "mười");
  CHECK(number_words(11) == "mười một");
  CHECK(number_words(14) == "mười bốn");
  CHECK(number_words(15) == "mười lăm");
  CHECK(number_words(20) == "hai mươi");
  CHECK(number_words(21) == "hai mươi mốt");
  CHECK(number_words(24) == "hai mươi tư");
  CHECK(number_words(25) == "hai mươi lăm");
  CHECK(number_words(97) == "chín mươi bảy");
  CHECK(number_words(100) == "một trăm");
  CHECK(number_words(101) == "một trăm lẻ một");
  CHECK(number_words(104) == "một trăm lẻ bốn");
  CHECK(number_words(105) == "một trăm lẻ năm");
  CHECK(number_words(111) == "một trăm mười một");
  CHECK(number_words(555) == "năm trăm năm mươi lăm");
}

TEST_CASE("groups of three digits are said in full inside a number") {
  CHECK(number_words(1205) == "một nghìn hai trăm lẻ năm");
  CHECK(number_words(1005) == "một nghìn không trăm lẻ năm");
  CHECK(number_words(1025) == "một nghìn không trăm hai mươi lăm");
  CHECK(number_words(2023) == "hai nghìn không trăm hai mươi ba");
  CHECK(number_words(21'000) == "hai mươi mốt nghìn");
  CHECK(number_words(1'000'000) == "một triệu");
  CHECK(number_words(1'000'005) == "một triệu không trăm lẻ năm");
  CHECK(number_words(1'005'000) == "một triệu không trăm lẻ năm nghìn");
  CHECK(number_words(1'250'000'000) == "một tỷ hai trăm năm mươi triệu");
}

TEST_CASE("numbers beyond a billion count in billions, up to the largest") {
  CHECK(number_words(3'000'000'000'000) == "ba nghìn tỷ");
  CHECK(number_words(1'000'000'000'000'000'000) == "một tỷ tỷ");
  CHECK(number_words(1'000'000'005'000'000'000) == "một tỷ không trăm lẻ năm tỷ");
  CHECK(number_words(1'000'000'000'000'000'001) == "một tỷ tỷ không trăm lẻ một");
  CHECK(number_words(-15) == "âm mười lăm");
  CHECK(number_words(std::numeric_limits<std::int64_t>::min()) ==
        "âm chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ tám trăm năm mươi "
        "tư triệu bảy trăm bảy mươi lăm nghìn tám trăm lẻ tám");
}

TEST_CASE("case changes every Vietnamese letter") {
  CHECK(upper("Ủy ban nhân dân huyện Kỳ Anh, đường số 5") == "ỦY BAN NHÂN DÂN HUYỆN KỲ ANH, ĐƯỜNG SỐ 5");
  CHECK(lower("ỦY BAN NHÂN DÂN ĐẶNG ƯỚC Ỡ") == "ủy ban nhân dân đặng ước ỡ");
  CHECK(upper("u\xcc\x9b\xcc\x81") == "U\xcc\x9b\xcc\x81");  // ứ in parts
  CHECK(upper("") == "");
  CHECK(upper_first("đôn đốc") == "Đôn đốc");
  CHECK(lower_first("Ủy Ban") == "ủy Ban");
  CHECK(upper_first("") == "");
  CHECK(upper("a\xff\xc3z") == "A\xff\xc3Z");
}

TEST_CASE("letters in parts are put together") {
  CHECK(to_nfc("Ha\xcc\x80 Ti\xcc\x83nh") == "Hà Tĩnh");
  CHECK(to_nfc("u\xcc\x9b\xcc\x81 e\xcc\xa3\xcc\x82") == "ứ ệ");
  CHECK(to_nfc("Hà Tĩnh") == "Hà Tĩnh");
  CHECK(to_nfc("ASCII") == "ASCII");
  CHECK(to_nfc("") == "");
  CHECK(to_nfc(std::string_view("à\0b", 4)) == std::string_view("à\0b", 4));
  CHECK(to_nfc("a\xcc\x80\xff") == "a\xcc\x80\xff");
}

TEST_CASE("the first byte that is no UTF-8 is found") {
  const auto at = [](std::string_view text) { return find_invalid_utf8(text).value_or(999); };
  CHECK(at("") == 999);
  CHECK(at("plain ASCII text") == 999);
  CHECK(at("Đặng Ước 😀 \xed\x9f\xbf \xee\x80\x80 \xf4\x8f\xbf\xbf") == 999);
  CHECK(at("12345678\x80") == 8);
  CHECK(at("a\xc0\x80") == 1);         // overlong
  CHECK(at("a\xc1\xbf") == 1);         // overlong
  CHECK(at("\xe0\x9f\xbf") == 0);      // overlong
  CHECK(at("\xf0\x8f\xbf\xbf") == 0);  // overlong
  CHECK(at("\xed\xa0\x80") == 0);      // surrogate
  CHECK(at("\xf4\x90\x80\x80") == 0);  // beyond U+10FFFF
  CHECK(at("\xf5\x80\x80\x80") == 0);
  CHECK(at("x\xe1\xba") == 1);  // cut off
  CHECK(at("x\xf0\x9f\x98") == 1);
  CHECK(at("\xe1\xba x") == 0);
}

TEST_CASE("names stand in a Vietnamese list by letters, then by tones, then small before capital") {
  const std::vector<std::string> in_order = {"",   " a", "1",  "12", "2",  "a",  "A",   "à",     "ả", "ã",  "á",  "ạ",
                                             "an", "án", "ăn", "Ăn", "ân", "ba", "Bá",  "bá ba", "c", "da", "đa", "Đa",
                                             "đá", "e",  "ê",  "f",  "h",  "i",  "j",   "o",     "ò", "ô",  "ộ",  "ơ",
                                             "u",  "ư",  "Ự",  "v",  "w",  "y",  "Yến", "z",     "α", "Α"};
  for (std::size_t i = 0; i + 1 < in_order.size(); ++i) {
    CAPTURE(in_order[i]);
    CAPTURE(in_order[i + 1]);
    CHECK(texts::collation_key(in_order[i]) < texts::collation_key(in_order[i + 1]));
  }
  // Two ways to write a letter are one.
  CHECK(texts::collation_key("ộ Ự") == texts::collation_key("o\u0323\u0302 U\u031b\u0323"));
  CHECK(texts::collation_key("ộ") == texts::collation_key("\u00f4\u0323"));
  CHECK(texts::collation_key("\xff").size() == 2);
}
