#include <doctest/doctest.h>

#include "docx_builder.hpp"
#include "docx_check.hpp"

using namespace vanthu;
using namespace docx_builder;

TEST_CASE("values take the place of their tags") {
  CHECK(filled(p("Kính gửi: {ten}"), R"({"ten": "Ủy ban <A & B>"})") == p("Kính gửi: Ủy ban <A & B>"));
}
