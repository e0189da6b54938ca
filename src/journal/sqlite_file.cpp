#include "journal/sqlite_file.hpp"

#include <sqlite3.h>

#include <new>
#include <system_error>

#include "os/file_system.hpp"

namespace vanthu::sqlite {
namespace {

namespace fs = std::filesystem;

// "vthu" in the header of the file, where file(1) and others look for the owner of an SQLite database.
constexpr std::int64_t our_application = 0x76746875;
constexpr std::int64_t newest_version = 1;

// Records are appended and then left alone; the triggers keep other programs from changing them by mistake. They
// cannot keep out intent: that shows in the hashes.
constexpr const char* make_tables = R"(
CREATE TABLE record (
  stream TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  previous BLOB NOT NULL CHECK (length(previous) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (stream, number)
) STRICT;
CREATE TABLE derived (
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER record_is_not_updated BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
CREATE TRIGGER record_is_not_deleted BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'records are never deleted'); END;
PRAGMA application_id = 0x76746875;
PRAGMA user_version = 1;
)";

enum class content { empty, ours, other };

content look(database& db) {
  const auto application = db.integer("PRAGMA application_id");
  const auto version = db.integer("PRAGMA user_version");
  if (application == our_application && version >= 1 && version <= newest_version) return content::ours;
  const bool empty = application == 0 && version == 0 && db.integer("SELECT count(*) FROM sqlite_schema") == 0;
  return empty ? content::empty : content::other;
}

void require_ours(content found, const std::string& path) {
  if (found != content::ours) throw error(errc::corrupt, {"journal.not-ours", {path}});
}

// Several processes may come to a new file at once: one makes the tables, the others find them made.
void make_if_empty(database& db, const std::string& path) {
  const auto found = [&] {
    const transaction same_moment(db, transaction::kind::reading);
    return look(db);
  }();
  if (found != content::empty) return require_ours(found, path);
  transaction making(db, transaction::kind::writing);
  if (look(db) == content::empty) db.execute(make_tables);
  require_ours(look(db), path);
  making.commit();
}

// Changing the mode needs the file alone, and SQLite does not always wait for that.
void enter_wal(database& db, int busy_timeout_ms) {
  constexpr int pause_ms = 5;
  for (int waited = 0;; waited += pause_ms) {
    try {
      if (db.text("PRAGMA journal_mode = WAL") == "wal") return;
      throw failure{SQLITE_CANTOPEN, "no shared memory on this file system"};
    } catch (const failure& why) {
      if (why.primary() != SQLITE_BUSY || waited >= busy_timeout_ms) throw;
    }
    sqlite3_sleep(pause_ms);
  }
}

journal_file open_frozen(const std::string& path) {
  const auto stamp = stamp_of(path);
  journal_file file{database(path, database::access::frozen, 0), false, stamp};
  require_ours(look(file.db), path);
  return file;
}

std::optional<journal_file> open_live(const std::string& path, const sqlite_options& options) {
  const auto how = options.create ? database::access::create : database::access::write;
  journal_file file{database(path, how, options.busy_timeout_ms), false, {}};
  file.writable = !file.db.read_only();
  if (!file.writable && stamp_of(path).wal_size == 0) return {};
  if (!file.writable) {
    require_ours(look(file.db), path);
    return file;
  }
  make_if_empty(file.db, path);
  enter_wal(file.db, options.busy_timeout_ms);
  file.db.execute("PRAGMA synchronous = FULL");
  return file;
}

// A file that may be written in a folder that may not: SQLite cannot put its log beside it, not even to read.
bool no_room_for_log(const failure& why, const std::string& path) {
  std::error_code ignored;
  return (why.primary() == SQLITE_CANTOPEN || why.primary() == SQLITE_READONLY) && fs::is_regular_file(path, ignored) &&
         stamp_of(path).wal_size == 0;
}

journal_file open_any(const std::string& path, const sqlite_options& options) {
  try {
    if (auto file = open_live(path, options)) return std::move(*file);
  } catch (const failure& why) {
    if (!no_room_for_log(why, path)) throw;
  }
  return open_frozen(path);
}

}  // namespace

file_stamp stamp_of(const std::string& path) {
  file_stamp stamp;
  std::error_code missing;  // counts as empty
  const auto size_of = [&](const std::string& name) {
    const auto size = fs::file_size(name, missing);
    return missing ? 0 : size;
  };
  stamp.size = size_of(path);
  stamp.wal_size = size_of(path + "-wal");
  stamp.written = fs::last_write_time(path, missing);
  return stamp;
}

void require_local(const std::string& path, std::string_view network) {
  if (!network.empty()) throw error(errc::io, {"journal.network-file-system", {path, std::string(network)}});
}

journal_file open_file(const std::string& path, const sqlite_options& options) {
  std::error_code ignored;
  if (!options.create && !fs::exists(path, ignored)) throw error(errc::not_found, {"journal.not-found", {path}});
  if (!options.allow_network_file_system)
    require_local(path, os::network_file_system(fs::absolute(path, ignored).parent_path()));
  try {
    return open_any(path, options);
  } catch (const failure& why) {
    throw as_error(why, path, "journal.cannot-open");
  }
}

error as_error(const failure& why, const std::string& path, std::string_view otherwise) {
  switch (why.primary()) {
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    case SQLITE_NOTADB:
    case SQLITE_ERROR:
      return {errc::corrupt, {"journal.not-ours", {path}}};  // its tables are not those of a journal
    case SQLITE_CORRUPT:
      return {errc::corrupt, {"journal.damaged", {path, why.text}}};
    case SQLITE_BUSY:
      return {errc::io, {"journal.busy", {path}}};
    case SQLITE_READONLY:
      return {errc::io, {"journal.read-only", {path}}};
    default:
      return {errc::io, {std::string(otherwise), {path, why.text}}};
  }
}

}  // namespace vanthu::sqlite
