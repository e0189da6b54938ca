// vanthu docx: templates without a plan.
#include "vanthu/docx.hpp"

#include <fmt/format.h>

#include <iostream>

#include "session.hpp"
#include "vanthu/file.hpp"

namespace cli {
namespace {

using namespace vanthu;

struct arguments {
  std::string file, data, output, open = "{", close = "}", missing = "error";
};

std::span<const std::byte> as_bytes(const std::string& content) {
  return std::as_bytes(std::span(content));
}

checked<document_template> compile(const arguments& a, const std::string& content) {
  compile_options options;
  options.open = a.open;
  options.close = a.close;
  return document_template::compile(as_bytes(content), a.file, options);
}

missing_value policy_of(const std::string& word) {
  using policy = missing_value::policy;
  if (word == "error") return {policy::error, {}};
  if (word == "empty") return {policy::empty, {}};
  if (word == "keep") return {policy::keep, {}};
  return {policy::text, word};
}

void print_tags(session& s, const arguments& a) {
  const auto content = read_input(a.file);
  const auto compiled = s.accept(compile(a, content));
  if (!compiled) return;
  auto rows = value::list();
  for (const auto& tag : compiled->tags())
    rows.push_back(value::object({{"path", tag.path}, {"kind", tag.kind}, {"part", tag.part}, {"place", tag.place}}));
  s.print(rows, rows);
}

void fill(session& s, const arguments& a) {
  const auto content = read_input(a.file);
  const auto compiled = s.accept(compile(a, content));
  const auto data = s.accept(read_json(read_input(a.data), a.data));
  if (!compiled || !data) return;
  render_options options;
  options.missing = policy_of(a.missing);
  if (a.output != "-") return s.report(compiled->render_file(*data, a.output, options));
  if (const auto made = s.accept(compiled->render(*data, options))) write_output(a.output, *made);
}

}  // namespace

void add_docx_commands(CLI::App& app, session& s) {
  auto* group = app.add_subcommand("docx", "Templates: tags, check, fill, text");
  group->require_subcommand(1);
  auto a = std::make_shared<arguments>();
  const auto add = [&](const char* name, const char* what, const char* example) {
    auto* command = group->add_subcommand(name, what);
    command->add_option("TEMPLATE", a->file, "DOCX file, or - for stdin")->required();
    command->footer(std::string("Example: ") + example);
    return command;
  };
  const auto add_delimiters = [&](CLI::App* command) {
    command->add_option("--open", a->open, "Opening delimiter of a tag");
    command->add_option("--close", a->close, "Closing delimiter of a tag");
  };

  auto* tags = add("tags", "Every value a template asks for", "vanthu docx tags templates/bao-cao-nam.docx");
  add_delimiters(tags);
  add_format(*tags, s);
  tags->callback([a, &s] { print_tags(s, *a); });

  auto* check = add("check", "Every fault of a template", "vanthu docx check templates/bao-cao-nam.docx");
  add_delimiters(check);
  check->callback([a, &s] {
    const auto content = read_input(a->file);
    (void)s.accept(compile(*a, content));
  });

  auto* filled = add("fill", "A document from a template and data",
                     "vanthu docx fill templates/bao-cao-nam.docx data.json -o report.docx");
  filled->add_option("DATA", a->data, "JSON file, or - for stdin")->required();
  filled->add_option("-o,--output", a->output, "DOCX to write, or - for stdout")->required();
  filled->add_option("--missing", a->missing, "error, empty, keep, or a text to put there");
  add_delimiters(filled);
  filled->callback([a, &s] { fill(s, *a); });

  add("text", "The text a reader sees", "vanthu docx text report.docx")->callback([a, &s] {
    const auto content = read_input(a->file);
    if (const auto document = s.accept(package::open(as_bytes(content), a->file)))
      std::cout << document_text(*document);
  });
}

}  // namespace cli
