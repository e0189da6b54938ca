// DOCX templates: compiled once, rendered many times. A template is a Word file that a clerk edits in Word:
//
//   {agency.name}                     a value; {due | date:"d/M/yyyy"} a formatted one
//   {#items}…{/items}                 once for each item; tags in table cells repeat rows, tags alone in their
//                                     paragraphs repeat paragraphs, others repeat the text between them
//   {#late}…{:else}…{/late} {^items}…{/items}     alternatives
//
// templates/README.md is the whole language. Tags may be split over any number of runs: Word does that at will.
// Files are hostile until proven otherwise: every size, name and count is checked against template_limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/diagnostic.hpp"
#include "vanthu/export.h"
#include "vanthu/file.hpp"
#include "vanthu/value.hpp"

namespace vanthu {

// What a package may cost. Faults name the limit that was met ("docx.too-large" and the like).
struct docx_limits {
  std::uint64_t part_bytes = std::uint64_t{256} << 20;  // one part, uncompressed
  std::uint64_t total_bytes = std::uint64_t{1} << 30;   // all parts, uncompressed
  std::uint64_t output_bytes = std::uint64_t{4} << 30;  // one rendered part, uncompressed; at most 4 GiB - 1
  int entries = 10'000;
  int ratio = 1'000;                         // uncompressed to compressed, of parts over 1 MiB
  int xml_depth = 256;                       // of elements
  int tag_depth = 64;                        // of loops and conditions
  std::uint64_t iterations = 30'000'000;     // of all loops of one rendering together
  std::uint64_t filter_steps = 100'000'000;  // items that filters look at (where, sum, sort …), in one rendering
};

// The parts of a DOCX, read only. Thread safety: immutable once open.
class VANTHU_API package {
 public:
  // Faults: "docx.not-a-package", "docx.truncated", "docx.unsafe-name", "docx.duplicate-part", "docx.encrypted",
  // "docx.too-large", "docx.no-document", …  Keeps its own copy of the compressed bytes.
  static checked<package> open(std::span<const std::byte> docx, std::string source, const docx_limits& limits = {});

  std::vector<std::string> parts() const;  // names, sorted: "word/document.xml"
  bool has(std::string_view part) const;
  std::string read(std::string_view part) const;  // uncompressed; error(errc::not_found) or (errc::corrupt)
  std::string main_part() const;                  // usually "word/document.xml"
  const std::string& source() const noexcept;

  package(const package&) noexcept;  // shares the bytes
  package& operator=(const package&) noexcept;
  ~package();

 private:
  package();
  friend class document_template;
  struct impl;
  std::shared_ptr<const impl> impl_;
};

// The text a reader sees in the main part: a paragraph a line, the cells of a table row separated by tabs.
VANTHU_API std::string document_text(const package& document);

// Whose rules a template follows.
//   vanthu         the language of templates/README.md
//   docxtemplater  templates written for that engine: "undefined" where the data has nothing, literal names unless
//                  expressions are on, tags that span paragraphs, raw XML by {@x}. The data is then trusted.
enum class template_profile { vanthu, docxtemplater };

struct VANTHU_API compile_options {
  std::string open = "{", close = "}";  // delimiters of tags, until a template changes them: {=[[ ]]=}
  template_profile profile = template_profile::vanthu;
  bool paragraph_loops = true;  // tags alone in their paragraphs repeat paragraphs and vanish
  bool line_breaks = true;      // line breaks and tabs of the data become those of the document
  bool expressions = true;      // off: a tag is a name, taken as it is written
  bool raw_xml = false;         // {@x} takes a text as XML, which must be well-formed. For trusted data only
  // Tags in the addresses of links, {…} or %7B…%7D as Word writes it there, and in the codes of fields. Off: addresses
  // such as those of SharePoint hold braces of their own. Data makes addresses of http, https and mailto only, and in a
  // code nothing but one argument.
  bool link_targets = false;
  bool field_codes = false;
  docx_limits limits;

  static compile_options docxtemplater();  // that profile, with the defaults of that engine
};

// What to do where the data has no value for a tag.
//   by_profile  error; in templates of docxtemplater the word "undefined"
//   keep        the tag stays as it was written
struct missing_value {
  enum class policy { by_profile, error, empty, keep, text } then = policy::by_profile;
  std::string text;
};

// The bytes of a picture or document that the data names; nothing when there is none of that name. However often a
// picture is shown, it is asked for once as the data is checked, once as the rows come if they come from a source, and
// once as it is written, so that no picture has to be kept (and once more where another name seems to have the same
// bytes): each time they must be the same, or rendering ends with error(errc::io, "docx.picture-changed"). Data never
// becomes a path: what a name means is the caller's affair.
using asset_source = std::function<std::optional<bytes>(std::string_view name)>;

// The files below a folder by their names there, "anh/so-1.png": no absolute path, no "..", no link that leads out of
// the folder. A file that is there and cannot be read throws error(errc::io). Several threads may ask.
VANTHU_API asset_source assets_below(const std::filesystem::path& folder);

// Rows that are read once, as they come, in place of a list of the data: {#name} goes through them, and memory does not
// grow with their number. $count, filters and a second block over the same rows are "docx.cursor-once".
struct row_source {
  std::string name;
  std::function<std::optional<value>()> next;  // nothing at the end
};

// What to do with characters of the data that XML cannot hold, such as U+0001.
//   error        "docx.control-character", with the path and the byte
//   space        U+0020 stands for each
//   replacement  U+FFFD does
enum class control_characters { error, space, replacement };

struct render_options {
  missing_value missing;
  asset_source assets;
  std::vector<row_source> rows;
  control_characters controls = control_characters::error;
  bool compose = false;  // texts of the data are written in NFC: a letter and its accents are one character
  int level = 1;  // how hard short parts are compressed, 0 to 12; long ones are compressed by what repeats in them
};

// A tag of a template, for the person who prepares the data.
struct template_tag {
  std::string path;   // full path of the value asked for: "items[].title"
  std::string kind;   // value, loop, condition, image, rich, field
  std::string part;   // "word/header1.xml"
  std::string place;  // "word/header1.xml#p[3]"
};

// A compiled template: an immutable program of literal pieces, values, jumps and id slots.
// Thread safety: render() may be called concurrently.
class VANTHU_API document_template {
 public:
  // All faults at once: those of package::open, "docx.unclosed-tag", "docx.unopened-block", "docx.crossing-blocks",
  // "docx.unknown-filter", "docx.bad-expression", …; each with part, paragraph and the text around it.
  static checked<document_template> compile(std::span<const std::byte> docx, std::string source,
                                            const compile_options& options = {});

  std::vector<template_tag> tags() const;  // in document order

  // Writes the finished package to `out` in bounded memory. Same template, same data: same bytes. Parts without tags
  // keep their compressed bytes. A sink cannot be corrected, so a part too large to hold back has its size behind it,
  // in a data descriptor; in memory and in files it has not. Faults of the data ("docx.missing-value",
  // "docx.wrong-type", "docx.control-character", …) are all found before the first byte is written: has_errors() means
  // that nothing was. Only those of rows from a row_source come while writing: then what was written is to be thrown
  // away.
  diagnostics render(const value& data, const byte_sink& out, const render_options& options = {}) const;
  checked<bytes> render(const value& data, const render_options& options = {}) const;  // into memory
  // Into a file, as replace_file() does it. With faults the file is left as it was.
  diagnostics render_file(const value& data, const std::filesystem::path& file,
                          const render_options& options = {}) const;

  // What the tags ask of the data, read off their names and filters: a JSON Schema (2020-12), and data made up to fit
  // (but for documents to be put in: there is no telling which).
  value schema() const;
  value sample() const;
  // Template and data against each other without rendering: the faults render() would find, and a warning
  // "docx.unused-value" for what no tag asks for.
  diagnostics check(const value& data, const std::string& data_source, const render_options& options = {}) const;
  // The same against a JSON Schema: "docx.not-in-schema", "docx.schema-type". Only type, properties and items are
  // looked at; what is described by other words is taken to fit.
  diagnostics check_schema(const value& schema) const;

  document_template(const document_template&) noexcept;  // shares the program
  document_template& operator=(const document_template&) noexcept;
  ~document_template();

 private:
  document_template();
  struct impl;
  std::shared_ptr<const impl> impl_;
};

// A copy of a template with a Word comment at each remark on it. Remarks on other parts than the main one, where there
// can be no comments, stand at its first paragraph. Faults: those of package::open.
VANTHU_API checked<bytes> annotate(std::span<const std::byte> docx, const std::string& source, const diagnostics& notes,
                                   language lang);

}  // namespace vanthu
