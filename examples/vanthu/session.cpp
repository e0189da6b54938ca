#include "session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>

#include "vanthu/file.hpp"

namespace cli {
namespace {

// Columns a terminal gives a text: characters, not bytes.
std::size_t width(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::optional<vanthu::instant> read_now(const std::string& text) {
  if (const auto t = vanthu::parse_instant(text)) return t;
  if (const auto local = vanthu::parse_minute(text)) return vanthu::to_instant(*local);
  return {};
}

}  // namespace

vanthu::instant session::now() const {
  if (!now_text.empty()) return read_now(now_text).value();
  if (!today_text.empty())
    return vanthu::to_instant(vanthu::civil_minute{vanthu::parse_date(today_text).value()} + std::chrono::hours{8});
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

vanthu::date session::today() const {
  if (!today_text.empty()) return vanthu::parse_date(today_text).value();
  return vanthu::date_of(now());
}

std::filesystem::path session::data() const {
  if (!data_folder.empty()) return data_folder;
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const auto installed = program.parent_path().parent_path() / "share" / "vanthu";
  if (!ignored && std::filesystem::is_directory(installed / "workflows", ignored)) return installed;
  return VANTHU_SOURCE_DIR;
}

void session::report(const vanthu::diagnostics& notes) {
  for (const auto& note : notes)
    std::cerr << (remarks == "json" ? vanthu::to_json(note, lang) : vanthu::to_string(note, lang)) << '\n';
  if (vanthu::has_errors(notes)) exit = refused;
}

void session::print(const vanthu::value& whole, const vanthu::value& rows) const {
  if (format == "json")
    std::cout << vanthu::write_json_pretty(whole) << '\n';
  else if (format == "csv")
    std::cout << vanthu::to_csv(vanthu::to_table(rows));
  else
    std::cout << aligned(vanthu::to_table(rows));
}

vanthu::checked<vanthu::plan> session::read_plan(const std::string& file) const {
  auto result = vanthu::read_plan_file(file);
  if (!result || calendar_file.empty()) return result;
  auto replaced = vanthu::read_calendar(vanthu::read_file(calendar_file), calendar_file);
  result.notes.insert(result.notes.end(), replaced.notes.begin(), replaced.notes.end());
  if (!replaced) return {{}, std::move(result.notes)};
  auto& calendars = result.value->calendars;
  if (calendars.empty()) calendars.emplace_back();
  calendars.front() = *std::move(replaced.value);
  return result;
}

vanthu::working_calendar session::calendar() {
  const auto file = calendar_file.empty() ? data_file("workflows/lich-viet-nam.xml").string() : calendar_file;
  auto read = vanthu::read_calendar(vanthu::read_file(file), file);
  report(read.notes);
  return vanthu::working_calendar(std::move(read).take());
}

void add_shared_options(CLI::App& app, session& s) {
  app.add_option("--lang", s.lang_word, "Language of remarks and explanations (default: from LANG, else en)")
      ->check(CLI::IsMember({"vi", "en"}));
  app.add_option("--remarks", s.remarks, "How remarks are printed on stderr")->check(CLI::IsMember({"text", "json"}));
  app.add_option("--data", s.data_folder, "Folder that holds workflows/ templates/ examples/data/");
  app.add_option("--calendar", s.calendar_file, "Calendar file instead of workflows/lich-viet-nam.xml");
  app.add_option("--today", s.today_text, "The day to count from, YYYY-MM-DD (default: the clock)")
      ->check([](const std::string& text) { return vanthu::parse_date(text) ? "" : text + " is no date YYYY-MM-DD"; });
  app.add_option("--now", s.now_text, "The moment, RFC 3339, or YYYY-MM-DDTHH:MM in Viet Nam (default: the clock)")
      ->check([](const std::string& text) { return read_now(text) ? "" : text + " is no RFC 3339 time"; });
}

void add_format(CLI::App& command, session& s) {
  command.add_option("--format", s.format, "table, csv or json")->check(CLI::IsMember({"table", "csv", "json"}));
}

vanthu::date need_date(const std::string& text, const std::string& option) {
  if (const auto d = vanthu::parse_date(text)) return *d;
  throw CLI::ValidationError(option, text + " is no date YYYY-MM-DD");
}

vanthu::period need_period(const std::string& text) {
  if (const auto p = vanthu::parse_period(text)) return *p;
  throw CLI::ValidationError("--period", text + " is no period: 2023, 2023-h1, 2023-9m, 2023-q3, 2023-11");
}

std::string read_input(const std::string& file) {
  if (file != "-") return vanthu::read_file(file);
  return {std::istreambuf_iterator<char>(std::cin), {}};
}

void write_output(const std::string& file, const std::string& content) {
  if (file == "-")
    std::cout << content << std::flush;
  else
    vanthu::replace_file(file, content);
}

void write_output(const std::string& file, const vanthu::bytes& content) {
  if (file == "-")
    std::cout.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()))
        .flush();
  else
    vanthu::replace_file(file, [&](const vanthu::byte_sink& out) { out(content); });
}

std::string aligned(const vanthu::table& t) {
  constexpr std::size_t widest = 60;
  std::vector<std::size_t> widths;
  for (const auto& column : t.columns) widths.push_back(width(column));
  for (const auto& row : t.rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], std::min(widest, width(row[i])));
  std::string out;
  const auto put = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      out += cells[i];
      if (i + 1 < cells.size()) out.append(widths[i] - std::min(widths[i], width(cells[i])) + 2, ' ');
    }
    out += '\n';
  };
  if (!t.columns.empty()) put(t.columns);
  for (const auto& row : t.rows) put(row);
  return out;
}

}  // namespace cli
