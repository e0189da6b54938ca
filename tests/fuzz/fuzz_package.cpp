// Any bytes as a package: opened, read, compiled, and filled with nothing.
#include "fuzz/invariants.hpp"
#include "vanthu/docx.hpp"
#include "vanthu/value.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vanthu;
  const auto docx = std::as_bytes(std::span(data, size));
  compile_options options;
  options.limits.part_bytes = std::uint64_t{4} << 20;
  options.limits.total_bytes = std::uint64_t{16} << 20;
  options.limits.output_bytes = std::uint64_t{16} << 20;
  const auto opened = package::open(docx, "in.docx", options.limits);
  fuzz::require(static_cast<bool>(opened) || has_errors(opened.notes), "refused without a reason");
  if (!opened) return 0;
  for (const auto& part : opened->parts()) (void)opened->read(part);
  fuzz::require(opened->has(opened->main_part()), "no main part");
  const auto compiled = document_template::compile(docx, "in.docx", options);
  fuzz::require(static_cast<bool>(compiled) || has_errors(compiled.notes), "refused without a reason");
  if (!compiled) return 0;
  (void)document_text(*opened);
  render_options empty;
  empty.missing.then = missing_value::policy::empty;
  const auto made = compiled->render(value::object(), empty);
  if (made) fuzz::check_rendering(docx, *made, "evil");
  if (made) fuzz::check_no_tag_left(docx, *made, options);
  return 0;
}
