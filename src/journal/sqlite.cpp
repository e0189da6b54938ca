#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <type_traits>

#include "journal/append.hpp"
#include "journal/sqlite_file.hpp"

namespace vanthu {
namespace {

using sqlite::as_error;
using sqlite::failure;
using sqlite::statement;
using sqlite::transaction;

constexpr std::uint64_t max_integer = std::numeric_limits<std::int64_t>::max();

struct statements {
  explicit statements(sqlite3* db)
      : last(db, "SELECT number, hash FROM record WHERE stream = ?1 ORDER BY number DESC LIMIT 1"),
        insert(db, "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
        read(db,
             "SELECT number, at, actor, type, body, previous, hash FROM record WHERE stream = ?1 AND number > ?2 "
             "ORDER BY number LIMIT ?3"),
        // Hops from one stream to the next instead of visiting every record.
        streams(db,
                "WITH RECURSIVE s(name) AS (SELECT min(stream) FROM record WHERE stream >= ?1 UNION ALL "
                "SELECT (SELECT min(stream) FROM record WHERE stream > name) FROM s WHERE name IS NOT NULL) "
                "SELECT name FROM s WHERE name IS NOT NULL"),
        row(db, "SELECT content FROM derived WHERE name = ?1 AND key = ?2"),
        rows(db, "SELECT key, content FROM derived WHERE name = ?1 AND key >= ?2 ORDER BY key"),
        put(db, "INSERT OR REPLACE INTO derived VALUES (?1, ?2, ?3)"),
        remove(db, "DELETE FROM derived WHERE name = ?1 AND key = ?2") {}

  statement last, insert, read, streams, row, rows, put, remove;
};

// A query that stops before its last row would hold its moment of the database for ever.
class reset_at_end {
 public:
  explicit reset_at_end(statement& s) : statement_(s) {}
  reset_at_end(const reset_at_end&) = delete;
  reset_at_end& operator=(const reset_at_end&) = delete;
  ~reset_at_end() { statement_.reset(); }

 private:
  statement& statement_;
};

digest to_digest(std::span<const std::byte> blob) {
  digest d{};
  if (blob.size() != d.size()) throw failure{SQLITE_CORRUPT, "a hash is not 32 bytes long"};
  std::ranges::copy(blob, d.begin());
  return d;
}

class sqlite_journal final : public journal {
 public:
  sqlite_journal(std::string path, sqlite_options options)
      : path_(std::move(path)), options_(std::move(options)), file_(sqlite::open_file(path_, options_)) {
    prepare();
    if (!file_.writable && options_.log)
      options_.log(log_level::warning, "journal " + path_ + " is open for reading only");
  }

  append_result append(std::span<const batch> batches, std::span<const row_change> derived) override {
    require_writable(batches, derived);
    const std::lock_guard lock(mutex_);
    if (!file_.writable) throw error(errc::io, {"journal.read-only", {path_}});
    try {
      transaction all(file_.db, transaction::kind::writing);
      append_result result;
      for (const auto& b : batches) write(b, result);
      if (!result) return {{}, std::move(result.conflicts)};
      for (const auto& change : derived) write(change);
      all.commit();
      return result;
    } catch (const failure& why) {
      throw as_error(why, path_, "journal.write-failed");
    }
  }

  std::vector<record> read(std::string_view stream, std::uint64_t after, std::size_t limit) const override {
    return looking([&](statements& s) {
      std::vector<record> out;
      if (after > max_integer) return out;
      const reset_at_end done(s.read);
      s.read.bind(1, stream).bind(2, static_cast<std::int64_t>(after));
      s.read.bind(3, static_cast<std::int64_t>(std::min<std::uint64_t>(limit, max_integer)));
      while (s.read.step())
        out.push_back({std::string(stream), static_cast<std::uint64_t>(s.read.integer(0)),
                       instant(std::chrono::microseconds(s.read.integer(1))), std::string(s.read.text(2)),
                       std::string(s.read.text(3)), std::string(s.read.text(4)), to_digest(s.read.blob(5)),
                       to_digest(s.read.blob(6))});
      return out;
    });
  }

  std::vector<std::string> streams(std::string_view prefix) const override {
    return looking([&](statements& s) {
      std::vector<std::string> names;
      const reset_at_end done(s.streams);
      s.streams.bind(1, prefix);
      while (s.streams.step() && s.streams.text(0).starts_with(prefix)) names.emplace_back(s.streams.text(0));
      return names;
    });
  }

  std::optional<std::string> row(std::string_view table, std::string_view key) const override {
    return looking([&](statements& s) {
      std::optional<std::string> content;
      const reset_at_end done(s.row);
      if (s.row.bind(1, table).bind(2, key).step()) content = s.row.text(0);
      return content;
    });
  }

  std::vector<std::pair<std::string, std::string>> rows(std::string_view table,
                                                        std::string_view key_prefix) const override {
    return looking([&](statements& s) {
      std::vector<std::pair<std::string, std::string>> out;
      const reset_at_end done(s.rows);
      s.rows.bind(1, table).bind(2, key_prefix);
      while (s.rows.step() && s.rows.text(0).starts_with(key_prefix)) out.emplace_back(s.rows.text(0), s.rows.text(1));
      return out;
    });
  }

 private:
  void prepare() const try { statements_.emplace(file_.db.handle()); } catch (const failure& why) {
    throw as_error(why, path_, "journal.cannot-open");
  }

  void write(const batch& b, append_result& result) {
    stream_head head{b.stream, 0, {}};
    {
      const reset_at_end done(statements_->last);
      if (statements_->last.bind(1, b.stream).step())
        head = {b.stream, static_cast<std::uint64_t>(statements_->last.integer(0)),
                to_digest(statements_->last.blob(1))};
    }
    if (head.number != b.expected) result.conflicts.push_back(b.stream);
    if (!result) return;
    for (const auto& each : b.records) {
      const auto r = chain(b.stream, head.number + 1, head.hash, each);
      auto& insert = statements_->insert;
      insert.bind(1, r.stream).bind(2, static_cast<std::int64_t>(r.number)).bind(3, r.at.time_since_epoch().count());
      insert.bind(4, r.actor).bind(5, r.type).bind(6, r.body).bind(7, r.previous).bind(8, r.hash).step();
      head = {b.stream, r.number, r.hash};
    }
    result.last.push_back(head.number);
  }

  void write(const row_change& change) {
    if (change.content)
      statements_->put.bind(1, change.table).bind(2, change.key).bind(3, *change.content).step();
    else
      statements_->remove.bind(1, change.table).bind(2, change.key).step();
  }

  // Runs a query. On a frozen file what it found holds when nobody wrote meanwhile; else it looks again.
  template <class Query>
  std::invoke_result_t<Query&, statements&> looking(Query query) const {
    constexpr int attempts = 100;
    const std::lock_guard lock(mutex_);
    for (int i = 0; i < attempts; ++i) {
      if (!statements_ || !holds()) reopen();
      try {
        auto found = query(*statements_);
        if (holds()) return found;
      } catch (const failure& why) {
        if (holds()) throw as_error(why, path_, "journal.cannot-open");
      }
    }
    throw error(errc::io, {"journal.busy", {path_}});
  }

  bool holds() const { return !file_.frozen || sqlite::stamp_of(path_) == *file_.frozen; }

  void reopen() const {
    auto next = sqlite::open_file(path_, options_);
    statements_.reset();
    file_ = std::move(next);
    prepare();
  }

  std::string path_;
  sqlite_options options_;
  mutable std::mutex mutex_;
  mutable sqlite::journal_file file_;
  mutable std::optional<statements> statements_;  // after file_: finalised before it closes
};

}  // namespace

std::unique_ptr<journal> open_sqlite(const std::string& path, sqlite_options options) {
  return std::make_unique<sqlite_journal>(path, std::move(options));
}

}  // namespace vanthu
