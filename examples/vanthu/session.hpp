// What every command of the program shares: the options that stand before or after any command, and how results and
// remarks leave the program. The clock is read here and nowhere else.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "vanthu/diagnostic.hpp"
#include "vanthu/file.hpp"
#include "vanthu/interchange.hpp"
#include "vanthu/plan.hpp"
#include "vanthu/run.hpp"
#include "vanthu/time.hpp"
#include "vanthu/value.hpp"

namespace cli {

enum exit_code { done = 0, refused = 1, usage = 2, trouble = 3 };

struct session {
  vanthu::language lang = vanthu::language::en;
  std::string lang_word, remarks = "text", format = "table", data_folder, calendar_file, today_text, now_text;
  int exit = done;

  vanthu::date today() const;   // --today, else that of --now, else the clock's
  vanthu::instant now() const;  // --now, else 08:00 of --today, else the clock
  std::filesystem::path data() const;
  std::filesystem::path data_file(const std::string& below) const { return data() / below; }

  // Remarks to stderr; errors set the exit code to 1.
  void report(const vanthu::diagnostics& notes);
  // The value of `c`, or nothing when it has errors; its remarks are reported either way.
  template <class T>
  std::optional<T> accept(vanthu::checked<T> c) {
    report(c.notes);
    return std::move(c.value);
  }
  // Results to stdout in --format; `rows` is the list inside `whole` that a table or CSV shows.
  void print(const vanthu::value& whole, const vanthu::value& rows) const;
  std::string say(const vanthu::message& m) const { return vanthu::text(m, lang); }

  vanthu::checked<vanthu::plan> read_plan(const std::string& file) const;  // with --calendar applied
  vanthu::working_calendar calendar();                                     // of --calendar, or the data folder's
};

// Adds the options shared by all commands to `app`, which hands them down to its subcommands.
void add_shared_options(CLI::App& app, session& s);
void add_format(CLI::App& command, session& s);

vanthu::date need_date(const std::string& text, const std::string& option);  // CLI::ValidationError when it is none
vanthu::period need_period(const std::string& text);
std::string read_input(const std::string& file);                         // "-" is stdin
void write_output(const std::string& file, const std::string& content);  // "-" is stdout
void write_output(const std::string& file, const vanthu::bytes& content);
std::string aligned(const vanthu::table& t);  // columns aligned for a terminal

void add_plan_commands(CLI::App& app, session& s);
void add_calendar_commands(CLI::App& app, session& s);
void add_run_commands(CLI::App& app, session& s);
void add_docx_commands(CLI::App& app, session& s);
void add_document_commands(CLI::App& app, session& s);
void add_demo_command(CLI::App& app, session& s);

}  // namespace cli
