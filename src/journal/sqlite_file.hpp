// Journal files: told from others, made when new, opened for as much as the system lets us do with them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "journal/sqlite_database.hpp"
#include "vanthu/journal.hpp"

namespace vanthu::sqlite {

// What changes when anybody writes to a journal file.
struct file_stamp {
  std::uintmax_t size = 0, wal_size = 0;
  std::filesystem::file_time_type written{};
  friend bool operator==(const file_stamp&, const file_stamp&) = default;
};
file_stamp stamp_of(const std::string& path);

struct journal_file {
  database db;
  bool writable = false;
  // Set when the file is read without locks, because file or folder is read-only and no writer was there: what is
  // read holds only as long as the stamp stays the same.
  std::optional<file_stamp> frozen;
};
// Throws error, as open_sqlite does.
journal_file open_file(const std::string& path, const sqlite_options& options);

// Throws error(errc::io, "journal.network-file-system") unless `network`, the name of a file system, is empty.
VANTHU_API void require_local(const std::string& path, std::string_view network);

// The error to throw for a failure. `otherwise`: id for failures that have none of their own.
error as_error(const failure& why, const std::string& path, std::string_view otherwise);

}  // namespace vanthu::sqlite
