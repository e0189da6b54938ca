#include "journal/sqlite_database.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <system_error>

namespace vanthu::sqlite {
namespace {

// SQLite keeps the system's number after later failures of other kinds: it counts for two kinds only.
failure last_failure(sqlite3* db) {
  failure why{sqlite3_extended_errcode(db), sqlite3_errmsg(db)};
  const bool by_system = why.primary() == SQLITE_CANTOPEN || why.primary() == SQLITE_IOERR;
  if (const int system = sqlite3_system_errno(db); by_system && system != 0)
    why.text = std::generic_category().message(system);
  return why;
}

// Absolute, so that no name means anything else to SQLite than a file (":memory:" and "" do).
std::string file_uri(const std::string& path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::error_code why;
  const auto full = std::filesystem::absolute(path, why).string();
  if (!why && full.find('\0') != std::string::npos) why = std::make_error_code(std::errc::invalid_argument);
  if (why) throw failure{SQLITE_CANTOPEN, why.message()};
  std::string uri = "file:";
  for (const char c : full) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                       c == '.' || c == '-' || c == '_';
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      uri += c;
    else
      ((uri += '%') += digits[byte >> 4]) += digits[byte & 15];
  }
  return uri;
}

int flags_for(database::access how) {
  constexpr int common = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  switch (how) {
    case database::access::create:
      return common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case database::access::write:
      return common | SQLITE_OPEN_READWRITE;
    case database::access::frozen:
      return common | SQLITE_OPEN_READONLY;
  }
  return common;
}

}  // namespace

void statement::release::operator()(sqlite3_stmt* s) const noexcept {
  sqlite3_finalize(s);
}

statement::statement(sqlite3* db, std::string_view sql) {
  sqlite3_stmt* made = nullptr;
  const int code =
      sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  handle_.reset(made);
  if (code != SQLITE_OK) throw last_failure(db);
}

void statement::require(int code) {
  if (code == SQLITE_OK) return;
  const failure why{code, sqlite3_errstr(code)};
  reset();
  throw why;
}

statement& statement::bind(int parameter, std::int64_t number) {
  require(sqlite3_bind_int64(handle_.get(), parameter, number));
  return *this;
}

statement& statement::bind(int parameter, std::string_view text) {
  const char* data = text.data() ? text.data() : "";  // a null pointer would bind NULL
  require(sqlite3_bind_text64(handle_.get(), parameter, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

statement& statement::bind(int parameter, std::span<const std::byte> blob) {
  require(sqlite3_bind_blob64(handle_.get(), parameter, blob.data(), blob.size(), SQLITE_STATIC));
  return *this;
}

bool statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    reset();
    return false;
  }
  const auto why = last_failure(sqlite3_db_handle(handle_.get()));
  reset();
  throw why;
}

void statement::reset() noexcept {
  sqlite3_reset(handle_.get());
  sqlite3_clear_bindings(handle_.get());
}

std::int64_t statement::integer(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

std::string_view statement::text(int column) const {
  const auto* data = sqlite3_column_text(handle_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
  return data ? std::string_view(reinterpret_cast<const char*>(data), size) : std::string_view();
}

std::span<const std::byte> statement::blob(int column) const {
  const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(handle_.get(), column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

void database::release::operator()(sqlite3* db) const noexcept {
  sqlite3_close_v2(db);
}

database::database(const std::string& path, access how, int busy_timeout_ms) {
  const auto uri = file_uri(path) + (how == access::frozen ? "?immutable=1" : "");
  sqlite3* made = nullptr;
  const int code = sqlite3_open_v2(uri.c_str(), &made, flags_for(how), nullptr);
  handle_.reset(made);  // also after a failure: it holds the reason
  if (!made) throw failure{SQLITE_NOMEM, sqlite3_errstr(SQLITE_NOMEM)};
  if (code != SQLITE_OK) throw last_failure(made);
  sqlite3_busy_timeout(made, busy_timeout_ms);
  // A file from elsewhere must not run code of its own through its schema.
  sqlite3_db_config(made, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(made, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

bool database::read_only() const noexcept {
  return sqlite3_db_readonly(handle_.get(), "main") == 1;
}

void database::execute(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw last_failure(handle_.get());
}

std::int64_t database::integer(std::string_view sql) {
  statement query(handle_.get(), sql);
  return query.step() ? query.integer(0) : 0;
}

std::string database::text(std::string_view sql) {
  statement query(handle_.get(), sql);
  return query.step() ? std::string(query.text(0)) : std::string();
}

transaction::transaction(database& db, kind what) : db_(db) {
  db.execute(what == kind::writing ? "BEGIN IMMEDIATE" : "BEGIN");
}

// SQLite has rolled back by itself after some failures (a full disk): then there is nothing to undo.
transaction::~transaction() {
  if (sqlite3_get_autocommit(db_.handle()) == 0) sqlite3_exec(db_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void transaction::commit() {
  db_.execute("COMMIT");
}

}  // namespace vanthu::sqlite
