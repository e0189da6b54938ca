// What goes wrong outside the journal: bad files, places nobody may write to, full disks, killed processes.
#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>

#include "journal/sqlite_file.hpp"
#include "journal_support.hpp"
#include "os/file_system.hpp"

using namespace vanthu;
using namespace vanthu::test;
namespace fs = std::filesystem;

namespace {

using strings = std::vector<std::string>;

void write_file(const std::string& file, std::string_view content) {
  std::ofstream(file, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
}
std::string read_whole(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
std::string opening(const std::string& file, sqlite_options options = {}) {
  return thrown_by([&] { open_sqlite(file, std::move(options)); });
}
void fill(const std::string& file) {
  REQUIRE(bool(append_one(*open_sqlite(file), "s", 0, "1")));
}
std::string joined(const strings& all) {
  std::string out;
  for (const auto& s : all) out += s + " ";
  return out;
}
// What a user without rights gets out of the file: its bodies, and what an append says.
std::string as_a_stranger(const std::string& file) {
  child other([&] {
    become_a_stranger();
    const auto j = open_sqlite(file);
    return joined(bodies_of(*j, "s")) + thrown_by([&] { append_one(*j, "s", 1, "2"); });
  });
  return other.answer();
}

}  // namespace

TEST_CASE("a missing file is made only when that is wanted") {
  const scratch_folder folder;
  CHECK(opening(folder / "a.db", {.create = false}) == "journal.not-found not_found");
  CHECK(!fs::exists(folder / "a.db"));
  CHECK(opening(folder / "a.db") == "nothing");
  CHECK(opening(folder / "a.db", {.create = false}) == "nothing");
}

TEST_CASE("a missing folder and a folder in place of a file cannot be opened") {
  const scratch_folder folder;
  CHECK(opening(folder / "none/a.db") == "journal.cannot-open io");
  CHECK(opening(folder.path()) == "journal.cannot-open io");
  CHECK(opening("") == "journal.cannot-open io");
  CHECK(opening(folder / std::string("a\0b", 3)) == "journal.cannot-open io");
  CHECK(fs::is_empty(folder.path()));
  try {
    open_sqlite(folder / "none/a.db");
  } catch (const error& e) {
    CHECK(std::string(e.what()) ==
          "journal " + (folder / "none/a.db") + " cannot be opened or read: No such file or directory");
  }
}

TEST_CASE("a file of another kind is refused and left as it was") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  const std::string contents[] = {"hello", std::string(10'000, 'x'), "SQLite format 3" + std::string(5000, '\0')};
  for (const auto& content : contents) {
    write_file(file, content);
    CHECK(opening(file) == "journal.not-ours corrupt");
    CHECK(bool(read_whole(file) == content));
  }
}

TEST_CASE("a database of another program is refused and left as it was") {
  const scratch_folder folder;
  const std::string schemas[] = {"CREATE TABLE record (x)", "PRAGMA application_id = 7", "PRAGMA user_version = 1"};
  for (const auto& schema : schemas) {
    const auto file = folder / std::to_string(&schema - schemas);
    tamper(file, schema);
    const auto before = read_whole(file);
    CHECK(opening(file) == "journal.not-ours corrupt");
    CHECK(bool(read_whole(file) == before));
  }
}

TEST_CASE("a journal of a newer version is refused, and one that lost its tables") {
  const scratch_folder folder;
  fill(folder / "newer");
  tamper(folder / "newer", "PRAGMA user_version = 2");
  CHECK(opening(folder / "newer") == "journal.not-ours corrupt");
  fill(folder / "bare");
  tamper(folder / "bare", "DROP TABLE derived");
  CHECK(opening(folder / "bare") == "journal.not-ours corrupt");
}

TEST_CASE("an empty file becomes a journal") {
  const scratch_folder folder;
  write_file(folder / "a.db", "");
  fill(folder / "a.db");
  CHECK(bodies_of(*open_sqlite(folder / "a.db"), "s") == strings{"1"});
}

TEST_CASE("damaged pages and damaged hashes are told as damage") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  fill(file);
  auto content = read_whole(file);
  std::fill(content.begin() + 4096, content.end(), '\x55');
  write_file(file, content);
  CHECK(thrown_by([&] { open_sqlite(file)->read("s"); }) == "journal.damaged corrupt");
  CHECK(thrown_by([&] { append_one(*open_sqlite(file), "s", 1, "2"); }) == "journal.damaged corrupt");

  fill(folder / "b.db");
  tamper(folder / "b.db",
         "DROP TRIGGER record_is_not_updated; PRAGMA ignore_check_constraints = 1;"
         "UPDATE record SET hash = x'00'");
  CHECK(thrown_by([&] { (void)verify(*open_sqlite(folder / "b.db")); }) == "journal.damaged corrupt");
}

TEST_CASE("a read-only file is read, and an append is refused with nothing written") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  fill(file);
  fs::permissions(file, fs::perms{0444});
  const auto before = read_whole(file);
  CHECK(as_a_stranger(file) == "1 journal.read-only io");
  CHECK(bool(read_whole(file) == before));
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a file in a read-only folder is read, and an append is refused with nothing written") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  fill(file);
  fs::permissions(file, fs::perms{0666});
  fs::permissions(folder.path(), fs::perms{0555});
  const auto before = read_whole(file);
  CHECK(as_a_stranger(file) == "1 journal.read-only io");
  CHECK(bool(read_whole(file) == before));
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a new journal in a read-only folder cannot be opened") {
  const scratch_folder folder;
  fs::permissions(folder.path(), fs::perms{0555});
  child other([&] {
    become_a_stranger();
    return opening(folder / "a.db");
  });
  CHECK(other.answer() == "journal.cannot-open io");
}

TEST_CASE("opening for reading only is logged") {
  const scratch_folder folder;
  fill(folder / "a.db");
  fs::permissions(folder / "a.db", fs::perms{0444});
  child other([&] {
    become_a_stranger();
    std::string logged;
    open_sqlite(folder / "a.db", {.log = [&](log_level, std::string_view line) { logged += line; }});
    return logged;
  });
  CHECK(other.answer() == "journal " + (folder / "a.db") + " is open for reading only");
}

TEST_CASE("a reader without rights sees what others write meanwhile") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  fill(file);
  fs::permissions(file, fs::perms{0444});
  const auto go = folder / "go";
  child other([&] {
    become_a_stranger();
    const auto j = open_sqlite(file);
    child::say(joined(bodies_of(*j, "s")));
    while (!fs::exists(go)) sqlite3_sleep(1);
    child::say(joined(bodies_of(*j, "s")));
    while (!fs::exists(go + "2")) sqlite3_sleep(1);
    return joined(bodies_of(*j, "s"));
  });
  CHECK(other.next_line() == "1 ");
  fs::permissions(file, fs::perms{0644});
  {
    const auto j = open_sqlite(file);
    CHECK(bool(append_one(*j, "s", 1, "2")));
    write_file(go, "");
    CHECK(other.next_line() == "1 2 ");  // from the log, while the writer is there
    CHECK(bool(append_one(*j, "s", 2, "3")));
  }
  write_file(go + "2", "");
  CHECK(other.answer() == "1 2 3 ");  // the writer has gone
}

TEST_CASE("a writer who holds the journal for too long makes it busy") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  fill(file);
  const auto j = open_sqlite(file, {.busy_timeout_ms = 1});
  sqlite3* other = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &other) == SQLITE_OK);
  REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
  CHECK(thrown_by([&] { append_one(*j, "s", 1, "2"); }) == "journal.busy io");
  CHECK(bodies_of(*j, "s") == strings{"1"});
  sqlite3_close(other);
  CHECK(bool(append_one(*j, "s", 1, "2")));
}

TEST_CASE("a full disk fails the append with nothing half written, and does no harm afterwards") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  child other([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const auto j = open_sqlite(file);
    append_one(*j, "s", 0, "1");
    const rlimit full{200'000, RLIM_INFINITY};
    const rlimit roomy{RLIM_INFINITY, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &full);
    const std::string large(300'000, 'x');
    const batch both[] = {batch_of("t", 0, {"small"}), batch_of("s", 1, {"small", large})};
    const row_change row{"t", "k", "v"};
    auto said = thrown_by([&] { j->append(both, {&row, 1}); });
    said += "; " + joined(bodies_of(*j, "s")) + joined(j->streams()) + (j->row("t", "k") ? "row" : "no row");
    ::setrlimit(RLIMIT_FSIZE, &roomy);
    return said + (j->append(both) ? "; written" : "; not written");
  });
  CHECK(other.answer() == "journal.write-failed io; 1 s no row; written");
  const auto j = open_sqlite(file);
  CHECK(j->read("s").size() == 3);
  CHECK(bool(verify(*j)));
}

TEST_CASE("network file systems are told by their number, and refused") {
  CHECK(os::network_file_system(0x6969UL) == "nfs");
  CHECK(os::network_file_system(0xff534d42UL) == "cifs");
  CHECK(os::network_file_system(0xffffffffff534d42UL) == "cifs");
  CHECK(os::network_file_system(0xef53UL).empty());
  CHECK(os::network_file_system(fs::path("/proc")).empty());
  CHECK(os::network_file_system(fs::path("/no/such/folder")).empty());
  CHECK(thrown_by([] { sqlite::require_local("/mnt/a.db", "nfs"); }) == "journal.network-file-system io");
  CHECK(thrown_by([] { sqlite::require_local("/mnt/a.db", ""); }) == "nothing");
}

TEST_CASE("several processes come to a new file at once and append without gaps and without doubles") {
  const scratch_folder folder;
  const auto file = folder / "a.db";
  constexpr int share = 10;
  std::vector<std::unique_ptr<child>> writers;
  for (int w = 0; w < 4; ++w)
    writers.push_back(std::make_unique<child>([&file, w] {
      const auto j = open_sqlite(file);
      for (int written = 0; written < share;) {
        const auto body = std::to_string(w) + "." + std::to_string(written);
        written += append_one(*j, "s", j->read("s").size(), body) ? 1 : 0;
      }
      return std::string("done");
    }));
  for (auto& w : writers) CHECK(w->answer() == "done");
  const auto j = open_sqlite(file);
  auto all = bodies_of(*j, "s");
  CHECK(all.size() == 4 * share);
  std::sort(all.begin(), all.end());
  CHECK(std::adjacent_find(all.begin(), all.end()) == all.end());
  CHECK(bool(verify(*j)));
}

TEST_CASE("a process killed while it appends leaves all of an append or nothing") {
  const scratch_folder folder;
  for (int round = 0; round < 6; ++round) {
    const auto file = folder / std::to_string(round);
    std::uint64_t told = 0;
    {
      child writer([&file] {
        const auto j = open_sqlite(file);
        for (std::uint64_t n = 0;; ++n) {
          const batch both[] = {batch_of("a", 3 * n, strings(3, std::string(2000, 'x'))), batch_of("b", n, {"x"})};
          const row_change row{"last", "b", std::to_string(n + 1)};
          j->append(both, {&row, 1});
          child::say(std::to_string(n + 1));
        }
        return std::string();
      });
      for (int i = 0; i <= round; ++i) told = std::stoull(writer.next_line());
      writer.kill();
    }
    const auto j = open_sqlite(file);
    const auto written = j->read("b").size();
    CHECK(written >= told);
    CHECK(j->read("a").size() == 3 * written);
    CHECK(j->row("last", "b").value_or("") == std::to_string(written));
    CHECK(bool(verify(*j)));
    CHECK(bool(append_one(*j, "b", written, "y")));
  }
}
