// The content of w:body, and behind a line of "====" the data as JSON: compiled and filled.
#include <string_view>

#include "docx_builder.hpp"
#include "fuzz/invariants.hpp"
#include "vanthu/docx.hpp"
#include "vanthu/value.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace vanthu;

constexpr std::string_view separator = "\n====\n";
constexpr std::string_view usual_data =
    R"({"a":"<w:evil/>{b}","b":[1,2.5,{"a":"&amp;\n\t"}],"c":true,"d":{"a":{"b":"x"}},"e":"","f":null,"n":0,)"
    R"("items":[{"a":"1"},{"a":"]]><w:evil>"},{"a":"2023-04-18","b":[{"c":1},{"c":2}]}]})";

value data_of(std::string_view json) {
  auto read = read_json(json, "data.json");
  return read ? std::move(*read) : read_json(usual_data, "data.json").take();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const auto cut = input.find(separator);
  const auto body = input.substr(0, cut);
  if (body.find("evil") != body.npos) return 0;
  const auto data = data_of(cut == input.npos ? std::string_view{} : input.substr(cut + separator.size()));
  compile_options options;
  options.limits.output_bytes = std::uint64_t{1} << 20;
  options.limits.iterations = 10'000;
  const auto docx = docx_builder::document(body);
  const auto compiled = document_template::compile(docx, "in.docx", options);
  fuzz::require(static_cast<bool>(compiled) || has_errors(compiled.notes), "refused without a reason");
  if (!compiled) return 0;
  (void)compiled->tags();
  const auto before = package::open(docx, "in.docx").take();
  render_options fill;
  fill.missing.then = missing_value::policy::empty;
  const auto made = compiled->render(data, fill);
  fuzz::require(static_cast<bool>(made) || has_errors(made.notes), "refused without a reason");
  if (!made) return 0;
  fuzz::check_rendering(before, *made, "evil");
  fuzz::require(*compiled->render(data, fill) == *made, "the same input gave other bytes");
  (void)document_text(package::open(*made, "out.docx").take());
  return 0;
}
