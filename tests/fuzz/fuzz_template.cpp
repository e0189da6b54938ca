// The content of w:body, and behind a line of "====" the data as JSON: compiled and filled, in a package with a header,
// notes, lists and links. The body refers to what is there as it likes.
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
    R"({"a":"<w:evil/>{b}\" evil=\"1\" \\evil \"","b":[1,2.5,{"a":"&amp;\n\t"}],"c":true,"d":{"a":{"b":"x"}},"e":"",)"
    R"("f":null,"n":0,"items":[{"a":"1"},{"a":"]]><w:evil>"},{"a":"2023-04-18","b":[{"c":1},{"c":2}]}],)"
    R"("u":"https://a.vn/\" evil=\"<w:evil>?%","g":"g","doc":"d","k":"e\u0302\u0301","z":"\u0001\ufffe\f",)"
    R"("r":[{"text":"<w:evil/>","bold":true,"link":"https://evil"},{"runs":["evil\" ",{"break":"line"}],"list":"bullet"},)"
    R"({"table":[["<w:evil/>","b"],["c"]]}]})";

value data_of(std::string_view json) {
  auto read = read_json(json, "data.json");
  return read ? std::move(*read) : read_json(usual_data, "data.json").take();
}

// The same without what might look like a delimiter, or like a percent-encoded one.
value without_delimiters(const value& v) {
  auto json = write_json(v);
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (in_text && json[i] == '\\') {
      ++i;
      continue;
    }
    if (json[i] == '"') in_text = !in_text;
    if (in_text && std::string_view("{}[]%").find(json[i]) != std::string_view::npos) json[i] = '-';
  }
  auto read = read_json(json, "data.json");
  return read ? std::move(*read) : value::object();
}

std::optional<bytes> asset(std::string_view name) {
  if (name == "d")
    return docx_builder::document(docx_builder::p("x") +
                                  "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"m\"/><w:bookmarkEnd w:id=\"1\"/></w:p>");
  if (name != "g") return {};
  const std::string_view gif("GIF89a\x04\0\x03\0", 10);
  const auto raw = std::as_bytes(std::span(gif));
  return bytes(raw.begin(), raw.end());
}

bytes package_of(std::string_view body) {
  auto all = docx_builder::parts(body);
  docx_builder::add_part(all, "word/header1.xml", "header",
                         docx_builder::header(docx_builder::p("{a} {#items}{a}{/}")));
  std::string notes = docx_builder::header("<w:footnote w:id=\"2\"><w:p><w:r><w:t>{a}</w:t></w:r></w:p></w:footnote>");
  for (auto at = notes.find("w:hdr"); at != std::string::npos; at = notes.find("w:hdr"))
    notes.replace(at, 5, "w:footnotes");
  docx_builder::add_part(all, "word/footnotes.xml", "footnotes", notes);
  std::string links;
  for (const auto& [id, target] : {std::pair("rId91", "https://a.vn/%7Ba%7D?{n}"), std::pair("rId92", "http://{u}/")})
    links += std::string("<Relationship Id=\"") + id +
             "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"" +
             target + "\" TargetMode=\"External\"/>";
  all[2].content.insert(all[2].content.rfind("</Relationships>"), links);
  return docx_builder::zip(all);
}

render_options options_for(std::string_view body) {
  render_options out;
  out.missing.then = missing_value::policy::empty;
  out.assets = asset;
  if (body.find("rows") == body.npos) return out;
  out.rows.push_back({"rows", [left = 3]() mutable -> std::optional<value> {
                        if (left-- <= 0) return {};
                        return value::object({{"a", left}, {"u", "https://a.vn/" + std::to_string(left)}});
                      }});
  return out;
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
  options.link_targets = options.field_codes = true;
  const auto docx = package_of(body);
  const auto compiled = document_template::compile(docx, "in.docx", options);
  fuzz::require(static_cast<bool>(compiled) || has_errors(compiled.notes), "refused without a reason");
  if (!compiled) return 0;
  (void)compiled->tags();
  const auto made = compiled->render(data, options_for(body));
  fuzz::require(static_cast<bool>(made) || has_errors(made.notes), "refused without a reason");
  if (made) {
    fuzz::check_rendering(docx, *made, "evil");
    fuzz::require(*compiled->render(data, options_for(body)) == *made, "the same input gave other bytes");
    (void)document_text(package::open(*made, "out.docx").take());
  }
  auto lenient = options_for(body);
  lenient.controls = control_characters::replacement;
  lenient.compose = true;
  const auto plain = compiled->render(without_delimiters(data), lenient);
  if (!plain) return 0;
  fuzz::check_rendering(docx, *plain, "evil");
  fuzz::check_no_tag_left(docx, *plain, options);
  return 0;
}
