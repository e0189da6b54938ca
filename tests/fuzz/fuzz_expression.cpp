// What stands in a tag: parsed, and computed over data of every kind.
#include <string_view>

#include "docx/expression.hpp"
#include "fuzz/invariants.hpp"
#include "vanthu/value.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace vanthu;
using namespace vanthu::docx;

const value& sample() {
  static const auto data =
      read_json(
          R"({"a":"chữ","b":[3,1.5,2,null],"c":true,"d":{"a":{"b":"x"}},"e":"","f":null,"n":0,"m":-12.50,)"
          R"("day":"2023-04-18","big":999999999999999999,"items":[{"a":"1","n":2},{"a":"2","n":null},{"a":"đ"}]})",
          "data.json")
          .take();
  return data;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (find_invalid_utf8(text)) return 0;  // a tag is text of a part that has been checked
  bad_expression why;
  const auto parsed = parse_expression(text, why);
  if (!parsed) {
    if (why.id.empty() || why.column > text.size()) __builtin_trap();
    return 0;
  }
  const scope scopes[] = {{&sample(), false, 0, 0}, {&sample().find("items")->at(1), true, 1, 3}};
  try {
    filter_budget budget{1'000'000};
    const auto result = evaluate(*parsed, scopes, budget);
    (void)is_true(result);
    if (!result.is_null()) (void)to_text(result);
  } catch (const data_fault& f) {
    if (f.id.empty()) __builtin_trap();
  }  // a tag is too short to spend the budget
  return 0;
}
