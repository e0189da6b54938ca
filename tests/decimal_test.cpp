#include <doctest/doctest.h>

#include <limits>

#include "vanthu/value.hpp"

using namespace vanthu;

namespace {

std::string parsed(std::string_view text) {
  const auto n = decimal::parse(text);
  return n ? n->to_string() : "none";
}

template <class F>
std::string refused(F f) {
  try {
    f();
  } catch (const error& e) {
    return e.notes().front().id();
  }
  return "nothing thrown";
}

decimal num(std::string_view text) {
  return decimal::parse(text).value();
}

}  // namespace

TEST_CASE("a decimal prints as it was written") {
  for (const auto* same : {"0", "-12.50", "1.5", "0.05", "-0.5", "999999999999999999", "-999999999999999999",
                           "0.000000000000000001", "123456789012345678", "0.00"})
    CHECK(parsed(same) == same);
  CHECK(parsed("-0") == "0");
  CHECK(parsed("-0.0") == "0.0");
  CHECK(parsed("007") == "7");
}

TEST_CASE("an exponent moves the point of a decimal exactly") {
  CHECK(parsed("1e3") == "1000");
  CHECK(parsed("1.5E+3") == "1500");
  CHECK(parsed("1e-3") == "0.001");
  CHECK(parsed("1.50e1") == "15.0");
  CHECK(parsed("12e-1") == "1.2");
  CHECK(parsed("1e17") == "100000000000000000");
  CHECK(parsed("1e18") == "none");
  CHECK(parsed("1e-18") == "0.000000000000000001");
  CHECK(parsed("1e-19") == "none");
  CHECK(parsed("10e-19") == "0.000000000000000001");
  CHECK(parsed("0e99999999999999999999") == "0");
  CHECK(parsed("0e-99999999999999999999") == "0.000000000000000000");
  CHECK(parsed("1e99999999999999999999") == "none");
  CHECK(parsed("1e-99999999999999999999") == "none");
  CHECK(parsed("1" + std::string(1000, '0') + "e-1000") == "1.00000000000000000");
  CHECK(parsed("0." + std::string(1000, '0') + "1e1001") == "1");
}

TEST_CASE("what is no decimal is not read as one") {
  for (const auto* wrong : {"", "-", "+1", ".5", "5.", "1e", "1e+", " 1", "1 ", "1,5", "0x1", "NaN", "1.2.3", "--1",
                            "1e1.5", "1000000000000000000", "0.1234567890123456789", "1234567890.123456789"})
    CHECK_MESSAGE(parsed(wrong) == "none", wrong);
}

TEST_CASE("zeros at the end of a fraction give way when the number would be too long") {
  CHECK(parsed("1.00000000000000000000") == "1.00000000000000000");
  CHECK(parsed("123456789.12345678900") == "123456789.123456789");
  CHECK(parsed("0.0000000000000000000000") == "0.000000000000000000");
}

TEST_CASE("decimals compare by amount") {
  CHECK(num("1.5") == num("1.50"));
  CHECK(num("1.5") < num("1.51"));
  CHECK(num("-1.5") < num("-1.49"));
  CHECK(num("999999999999999999") > num("0.000000000000000001"));
  CHECK(decimal(3) == num("3.000"));
}

TEST_CASE("decimals add, subtract and multiply exactly") {
  CHECK((num("0.1") + num("0.2")).to_string() == "0.3");
  CHECK((num("1.50") + num("1")).to_string() == "2.50");
  CHECK((num("1") - num("1.00")).to_string() == "0.00");
  CHECK((num("1.5") * num("-2.50")).to_string() == "-3.750");
  CHECK((-num("1.5")).to_string() == "-1.5");
  CHECK((num("0.000000000000000010") * num("0.1")).to_string() == "0.000000000000000001");
  CHECK((num("99999999999999999.0") + num("0.00")).to_string() == "99999999999999999.0");
  CHECK((num("999999999999999999") * num("1.0")).to_string() == "999999999999999999");
}

TEST_CASE("a result that does not fit is refused, never cut") {
  CHECK(refused([] { return num("999999999999999999") + num("1"); }) == "value.number-too-long");
  CHECK(refused([] { return num("-999999999999999999") - num("0.1"); }) == "value.number-too-long");
  CHECK(refused([] { return num("999999999999999999") * num("999999999999999999"); }) == "value.number-too-long");
  CHECK(refused([] { return num("0.0000000001") * num("0.0000000001"); }) == "value.number-too-long");
  CHECK(refused([] { return decimal(std::numeric_limits<std::int64_t>::min()); }) == "value.number-too-long");
  CHECK(refused([] { return decimal(std::numeric_limits<std::uint64_t>::max()); }) == "value.number-too-long");
  CHECK(refused([] { return decimal(1'000'000'000'000'000'000, 2); }) == "value.number-too-long");
  CHECK(refused([] { return decimal(1, 19); }) == "value.scale");
  CHECK(refused([] { return decimal(1, -1); }) == "value.scale");
}

TEST_CASE("rounding goes half away from zero") {
  CHECK(num("2.5").rounded(0).to_string() == "3");
  CHECK(num("-2.5").rounded(0).to_string() == "-3");
  CHECK(num("2.4999").rounded(0).to_string() == "2");
  CHECK(num("46.65").rounded(1).to_string() == "46.7");
  CHECK(num("46.7").rounded(3).to_string() == "46.7");
  CHECK(num("-0.04").rounded(1).to_string() == "0.0");
  CHECK(num("1500").rounded(-3).to_string() == "2000");
  CHECK(num("1499.9").rounded(-3).to_string() == "1000");
  CHECK(num("5").rounded(-40).to_string() == "0");
  CHECK(num("0.999999999999999999").rounded(0).to_string() == "1");
  CHECK(refused([] { return num("999999999999999999").rounded(-1); }) == "value.number-too-long");
}

TEST_CASE("a quotient is rounded to the places asked for") {
  CHECK(divide(1, 3, 4).to_string() == "0.3333");
  CHECK(divide(2, 3, 4).to_string() == "0.6667");
  CHECK(divide(-1, 2, 0).to_string() == "-1");
  CHECK(divide(1, -2, 0).to_string() == "-1");
  CHECK(divide(-1, -2, 0).to_string() == "1");
  CHECK(divide(7, 2, 2).to_string() == "3.50");
  CHECK(divide(num("0.000000000000000001"), num("999999999999999999"), 2).to_string() == "0.00");
  CHECK(divide(10, 1, 18).to_string() == "10.0000000000000000");
  CHECK(refused([] { return divide(1, 0, 2); }) == "value.division-by-zero");
  CHECK(refused([] { return divide(1, 1, 19); }) == "value.scale");
}

TEST_CASE("a quotient too long to hold is refused") {
  CHECK(divide(1, num("0.00000000000000001"), 0).to_string() == "100000000000000000");
  CHECK(divide(num("0.1"), num("0.000000000000000001"), 18).to_string() == "100000000000000000");
  CHECK(refused([] { return divide(1, num("0.000000000000000001"), 0); }) == "value.number-too-long");
  CHECK(refused([] { return divide(num("999999999999999999"), num("0.000000000000000001"), 18); }) ==
        "value.number-too-long");
  CHECK(refused([] { return divide(100, 3, 17); }) == "value.number-too-long");
}
