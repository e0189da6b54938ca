#include "journal_support.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

namespace vanthu::test {
namespace {

int say_to = -1;

void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const auto n = ::write(fd, text.data(), text.size());
    if (n <= 0) ::_exit(3);
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

std::string_view name(errc code) {
  switch (code) {
    case errc::io:
      return "io";
    case errc::corrupt:
      return "corrupt";
    case errc::conflict:
      return "conflict";
    case errc::not_found:
      return "not_found";
    case errc::invalid_input:
      return "invalid_input";
    case errc::out_of_coverage:
      return "out_of_coverage";
    case errc::misuse:
      return "misuse";
    case errc::limit:
      return "limit";
  }
  return "";
}

}  // namespace

scratch_folder::scratch_folder() {
  auto pattern = (std::filesystem::temp_directory_path() / "vanthu-test-XXXXXX").string();
  REQUIRE(::mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
  std::filesystem::permissions(path_, std::filesystem::perms{0755});
}

scratch_folder::~scratch_folder() {
  std::error_code ignored;
  std::filesystem::permissions(path_, std::filesystem::perms{0755}, ignored);
  std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> bodies_of(const journal& j, const std::string& stream) {
  std::vector<std::string> bodies;
  for (const auto& r : j.read(stream)) bodies.push_back(r.body);
  return bodies;
}

std::string thrown_by(const std::function<void()>& work) {
  try {
    work();
  } catch (const error& e) {
    return e.notes().front().id() + " " + std::string(name(e.code()));
  }
  return "nothing";
}

std::string ids_of(const diagnostics& notes) {
  std::string all;
  for (const auto& d : notes) all += (all.empty() ? "" : " ") + d.id() + "@" + to_string(d.where);
  return all;
}

void tamper(const std::string& file, const std::string& sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &db) == SQLITE_OK);
  char* problem = nullptr;
  sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &problem);
  const std::string text = problem ? problem : "";
  sqlite3_free(problem);
  REQUIRE(sqlite3_close(db) == SQLITE_OK);
  if (!text.empty()) throw std::runtime_error(text);
}

child::child(const std::function<std::string()>& work) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  process_ = ::fork();
  REQUIRE(process_ >= 0);
  if (process_ == 0) {
    ::close(ends[0]);
    say_to = ends[1];
    std::string answer;
    try {
      answer = work();
    } catch (const std::exception& e) {
      answer = std::string("threw: ") + e.what();
    }
    write_all(say_to, answer);
    ::_exit(0);  // nothing of the parent's is undone here
  }
  ::close(ends[1]);
  pipe_ = ends[0];
}

child::~child() {
  kill();
  ::close(pipe_);
}

void child::say(const std::string& line) {
  write_all(say_to, line + "\n");
}

std::string child::next_line() {
  std::string line;
  for (char c = 0; ::read(pipe_, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

std::string child::answer() {
  std::string all;
  char piece[4096];
  for (ssize_t n = 0; (n = ::read(pipe_, piece, sizeof piece)) > 0;) all.append(piece, static_cast<std::size_t>(n));
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? all : "killed";
}

void child::kill() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

void become_a_stranger() {
  constexpr unsigned nobody = 65534;
  if (::geteuid() != 0) return;
  if (::setgid(nobody) != 0 || ::setuid(nobody) != 0) ::_exit(4);
}

}  // namespace vanthu::test
