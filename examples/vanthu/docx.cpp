// vanthu docx: templates without a plan.
#include "vanthu/docx.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <thread>

#include "session.hpp"
#include "vanthu/file.hpp"
#include "vanthu/json_file.hpp"

namespace cli {
namespace {

using namespace vanthu;
namespace fs = std::filesystem;

struct arguments {
  std::string file, data, output, open = "{", close = "}", missing, profile = "vanthu";
  std::string paragraph_loop, linebreaks, expressions;  // "" leaves it to the profile
  std::string schema, annotated, assets;
  std::vector<std::string> rows;  // NAME=FILE
  bool each = false;
  int jobs = 1, level = 1;
};

std::span<const std::byte> as_bytes(const std::string& content) {
  return std::as_bytes(std::span(content));
}

void override_with(bool& option, const std::string& word) {
  if (!word.empty()) option = word == "on";
}

compile_options options_of(const arguments& a) {
  auto options = a.profile == "docxtemplater" ? compile_options::docxtemplater() : compile_options{};
  options.open = a.open;
  options.close = a.close;
  override_with(options.paragraph_loops, a.paragraph_loop);
  override_with(options.line_breaks, a.linebreaks);
  override_with(options.expressions, a.expressions);
  return options;
}

checked<document_template> compile(const arguments& a, const std::string& content) {
  return document_template::compile(as_bytes(content), a.file, options_of(a));
}

checked<value> read_data(const std::string& file) {
  return file == "-" ? read_json(read_input(file), file) : read_json_file(file);
}

missing_value policy_of(const std::string& word) {
  using policy = missing_value::policy;
  if (word.empty()) return {};
  if (word == "error") return {policy::error, {}};
  if (word == "empty") return {policy::empty, {}};
  if (word == "keep") return {policy::keep, {}};
  return {policy::text, word};
}

// Rows of a file, one JSON value a line, read as they are asked for. What is wrong with one ends the reading.
row_source rows_of(const std::string& argument, diagnostics& notes) {
  const auto sign = argument.find('=');
  if (sign == std::string::npos || sign == 0) throw CLI::ValidationError("--rows", "NAME=FILE is needed");
  const auto file = argument.substr(sign + 1);
  auto in = std::make_shared<std::ifstream>(file, std::ios::binary);
  if (!*in) throw error(errc::not_found, {"os.not-found", {file}});
  auto line = std::make_shared<int>(0);
  return {argument.substr(0, sign), [in, line, file, &notes]() -> std::optional<value> {
            for (std::string text; has_errors(notes) == false && std::getline(*in, text);) {
              auto read = read_json_lines(text, file, ++*line);
              notes.insert(notes.end(), read.notes.begin(), read.notes.end());
              if (read && !read->empty()) return std::move(read->front());
            }
            return {};
          }};
}

render_options rendering_of(const arguments& a, diagnostics& notes) {
  render_options options;
  options.missing = policy_of(a.missing);
  options.level = a.level;
  if (!a.assets.empty()) options.assets = assets_below(a.assets);
  for (const auto& rows : a.rows) options.rows.push_back(rows_of(rows, notes));
  return options;
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

void print_value(session& s, const arguments& a, value (document_template::*made)() const) {
  const auto content = read_input(a.file);
  if (const auto compiled = s.accept(compile(a, content)))
    std::cout << write_json_pretty(((*compiled).*made)()) << '\n';
}

void check(session& s, const arguments& a) {
  const auto content = read_input(a.file);
  auto compiled = compile(a, content);
  auto notes = std::move(compiled.notes);
  const auto add = [&](const diagnostics& more) { notes.insert(notes.end(), more.begin(), more.end()); };
  const auto read = [&](const std::string& file) {
    auto json = read_data(file);
    add(json.notes);
    return std::move(json.value);
  };
  diagnostics of_rows;
  if (compiled.value && !a.data.empty())
    if (const auto data = read(a.data)) add(compiled.value->check(*data, a.data, rendering_of(a, of_rows)));
  if (compiled.value && !a.schema.empty())
    if (const auto schema = read(a.schema)) add(compiled.value->check_schema(*schema));
  s.report(notes);
  if (a.annotated.empty()) return;
  auto copy = annotate(as_bytes(content), a.file, notes, s.lang);
  if (copy) return write_output(a.annotated, *copy);
  if (!has_errors(notes)) s.report(copy.notes);
}

void fill(session& s, const arguments& a, const document_template& compiled) {
  const auto data = s.accept(read_data(a.data));
  if (!data) return;
  diagnostics of_rows;
  const auto options = rendering_of(a, of_rows);
  const auto into = [&](const byte_sink& sink) {
    auto notes = compiled.render(*data, sink, options);
    notes.insert(notes.end(), of_rows.begin(), of_rows.end());
    return notes;
  };
  if (a.output == "-") {
    std::string made;
    s.report(into([&made](std::span<const std::byte> piece) {
      made.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    }));
    if (s.exit == done) write_output(a.output, made);
  } else if (a.rows.empty()) {
    s.report(compiled.render_file(*data, a.output, options));
  } else {
    struct refused {};
    diagnostics notes;
    try {
      replace_file(a.output, [&](const byte_sink& sink) {
        notes = into(sink);
        if (has_errors(notes)) throw refused{};
      });
    } catch (const refused&) {
    }
    s.report(notes);
  }
}

std::string file_for(std::string pattern, std::size_t index) {
  constexpr std::string_view mark = "{index}";
  const auto number = std::to_string(index);
  for (auto at = pattern.find(mark); at != std::string::npos; at = pattern.find(mark, at + number.size()))
    pattern.replace(at, mark.size(), number);
  return pattern;
}

// One document for each record, rendered on several threads while the next records are read; what is said is said in
// their order. Data that cannot be read leaves no file.
void fill_each(session& s, const arguments& a, const document_template& compiled) {
  if (!a.rows.empty()) throw CLI::ValidationError("--rows", "cannot be combined with --each");
  if (file_for(a.output, 0) == a.output) throw CLI::ValidationError("--output", "needs {index} with --each");
  const auto text = read_input(a.data);
  json_records records(text, a.data);
  diagnostics none;
  const auto options = rendering_of(a, none);
  file_batch files;
  std::map<std::size_t, diagnostics> said;
  std::size_t count = 0;
  std::exception_ptr failed;
  std::mutex guard;
  const auto next = [&]() -> std::optional<std::pair<std::size_t, value>> {
    const std::scoped_lock lock(guard);
    auto record = failed ? std::nullopt : records.next();
    if (!record) return {};
    return std::pair(count++, *std::move(record));
  };
  const auto work = [&] {
    try {
      while (const auto record = next()) {
        auto made = compiled.render(record->second, options);
        if (made) files.add(file_for(a.output, record->first), *made);
        if (made.notes.empty()) continue;
        for (auto& d : made.notes) d.where.source = fmt::format("{}[{}]", a.data, record->first);
        const std::scoped_lock lock(guard);
        said.emplace(record->first, std::move(made.notes));
      }
    } catch (...) {
      const std::scoped_lock lock(guard);
      if (!failed) failed = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 1; i < a.jobs; ++i) threads.emplace_back(work);
    work();
  }
  if (failed) std::rethrow_exception(failed);
  if (const auto faults = records.notes(); !faults.empty()) return s.report(faults);
  files.commit();
  for (const auto& [index, notes] : said) s.report(notes);
}

}  // namespace

void add_docx_commands(CLI::App& app, session& s) {
  auto* group = app.add_subcommand("docx", "Templates: tags, schema, sample, check, fill, text");
  group->require_subcommand(1);
  auto a = std::make_shared<arguments>();
  const auto add = [&](const char* name, const char* what, const char* example) {
    auto* command = group->add_subcommand(name, what);
    command->add_option("TEMPLATE", a->file, "DOCX file, or - for stdin")->required();
    command->footer(std::string("Example: ") + example);
    return command;
  };
  const auto add_rules = [&](CLI::App* command) {
    const auto on_or_off = CLI::IsMember({"on", "off"});
    command->add_option("--profile", a->profile, "Whose rules the template follows")
        ->check(CLI::IsMember({"vanthu", "docxtemplater"}));
    command->add_option("--open", a->open, "Opening delimiter of a tag");
    command->add_option("--close", a->close, "Closing delimiter of a tag");
    command->add_option("--paragraph-loop", a->paragraph_loop, "Tags alone in their paragraphs repeat paragraphs")
        ->check(on_or_off);
    command->add_option("--linebreaks", a->linebreaks, "Line breaks of the data become those of the document")
        ->check(on_or_off);
    command->add_option("--expressions", a->expressions, "Off: a tag is a name, taken as it is written")
        ->check(on_or_off);
  };
  const auto add_sources = [&](CLI::App* command) {
    command->add_option("--missing", a->missing, "error, empty, keep, or a text to put there");
    command->add_option("--assets", a->assets, "Folder of the pictures that the data names");
  };

  auto* tags = add("tags", "Every value a template asks for", "vanthu docx tags templates/bao-cao-nam.docx");
  add_rules(tags);
  add_format(*tags, s);
  tags->callback([a, &s] { print_tags(s, *a); });

  auto* schema = add("schema", "What the data has to look like, as a JSON Schema",
                     "vanthu docx schema templates/bao-cao-nam.docx > data.schema.json");
  add_rules(schema);
  schema->callback([a, &s] { print_value(s, *a, &document_template::schema); });

  auto* sample =
      add("sample", "Data made up to fit a template", "vanthu docx sample templates/bao-cao-nam.docx > data.json");
  add_rules(sample);
  sample->callback([a, &s] { print_value(s, *a, &document_template::sample); });

  auto* checked = add("check", "Every fault of a template, alone or against data",
                      "vanthu docx check templates/bao-cao-nam.docx --data data.json --annotate faults.docx");
  add_rules(checked);
  add_sources(checked);
  auto* data = checked->add_option("--data", a->data, "JSON file to check against");
  checked->add_option("--schema", a->schema, "JSON Schema to check against")->excludes(data);
  checked->add_option("--annotate", a->annotated, "Copy of the template with a comment at each remark");
  checked->callback([a, &s] { check(s, *a); });

  auto* filled = add("fill", "A document from a template and data",
                     "vanthu docx fill templates/bao-cao-nam.docx data.json -o report.docx");
  filled->add_option("DATA", a->data, "JSON file, or - for stdin; with --each JSON lines or one list")->required();
  filled->add_option("-o,--output", a->output, "DOCX to write, or - for stdout; with --each OUT/{index}.docx")
      ->required();
  add_rules(filled);
  add_sources(filled);
  filled->add_option("--rows", a->rows, "NAME=ROWS.jsonl: rows of a block, read as they come");
  filled->add_option("--level", a->level, "How hard short parts are compressed")->check(CLI::Range(0, 12));
  filled->add_flag("--each", a->each, "One document for each record of the data, counted from 0");
  filled->add_option("--jobs", a->jobs, "Threads for --each")->check(CLI::Range(1, 256));
  filled->callback([a, &s] {
    const auto content = read_input(a->file);
    const auto compiled = s.accept(compile(*a, content));
    if (compiled) a->each ? fill_each(s, *a, *compiled) : fill(s, *a, *compiled);
  });

  add("text", "The text a reader sees", "vanthu docx text report.docx")->callback([a, &s] {
    const auto content = read_input(a->file);
    if (const auto document = s.accept(package::open(as_bytes(content), a->file)))
      std::cout << document_text(*document);
  });
}

}  // namespace cli
