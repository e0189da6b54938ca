// vanthu: the library's demo program. Each command is a few library calls.
#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <string_view>

#include "session.hpp"

namespace {

vanthu::language language_of(const std::string& option) {
  if (option == "vi") return vanthu::language::vi;
  if (option == "en") return vanthu::language::en;
  const char* lang = std::getenv("LANG");
  return lang && std::string_view(lang).starts_with("vi") ? vanthu::language::vi : vanthu::language::en;
}

}  // namespace

int main(int argc, char** argv) {
  cli::session s;
  CLI::App app{"vanthu: plans, deadlines and official papers", "vanthu"};
  app.set_version_flag("--version", VANTHU_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.footer("Example: vanthu demo --out /tmp/vanthu-demo");
  cli::add_shared_options(app, s);
  app.parse_complete_callback([&s] { s.lang = language_of(s.lang_word); });
  cli::add_demo_command(app, s);
  cli::add_plan_commands(app, s);
  cli::add_calendar_commands(app, s);
  cli::add_run_commands(app, s);
  cli::add_docx_commands(app, s);
  cli::add_document_commands(app, s);

  try {
    app.parse(argc, argv);
    std::cout.flush();
    if (!std::cout) {
      std::cerr << "error: cannot write to standard output\n";
      return cli::trouble;
    }
    return s.exit;
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? cli::done : cli::usage;
  } catch (const vanthu::error& e) {
    s.report(e.notes());
    return e.code() == vanthu::errc::invalid_input ? cli::refused : cli::trouble;
  } catch (const std::exception& e) {
    std::cerr << "error: " << e.what() << '\n';
    return cli::trouble;
  }
}
