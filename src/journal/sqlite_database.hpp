// SQLite's C interface with owners: a connection, a prepared statement, a transaction. Nothing here knows of journals.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace vanthu::sqlite {

// What SQLite reported: its extended code, and the system's words where it has them, else its own.
struct failure {
  int code = 0;
  std::string text;
  int primary() const noexcept { return code & 0xff; }
};

class statement {
 public:
  statement(sqlite3* db, std::string_view sql);  // throws failure, as all below

  // Parameters count from 1. Texts must live until the run of the statement is over.
  statement& bind(int parameter, std::int64_t number);
  statement& bind(int parameter, std::string_view text);
  statement& bind(int parameter, std::span<const std::byte> blob);

  bool step();  // true: a row is there; false: done, and ready to be bound again
  void reset() noexcept;

  std::int64_t integer(int column) const;
  std::string_view text(int column) const;  // until the next step
  std::span<const std::byte> blob(int column) const;

 private:
  struct release {
    void operator()(sqlite3_stmt* s) const noexcept;
  };
  void require(int code);
  std::unique_ptr<sqlite3_stmt, release> handle_;
};

class database {
 public:
  enum class access { create, write, frozen };  // frozen: nobody changes the file, nothing is locked
  database(const std::string& path, access how, int busy_timeout_ms);

  sqlite3* handle() const noexcept { return handle_.get(); }
  bool read_only() const noexcept;
  void execute(const char* sql);
  std::int64_t integer(std::string_view sql);  // first column of the first row
  std::string text(std::string_view sql);

 private:
  struct release {
    void operator()(sqlite3* db) const noexcept;
  };
  std::unique_ptr<sqlite3, release> handle_;
};

// Rolls back unless committed.
class transaction {
 public:
  enum class kind { reading, writing };
  transaction(database& db, kind what);
  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;
  ~transaction();
  void commit();

 private:
  database& db_;
};

}  // namespace vanthu::sqlite
