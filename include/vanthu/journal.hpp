// Append-only storage. Everything the library remembers is a record in a stream; nothing is updated or deleted. Streams
// can be appended to together, all or none, so that a number book and a run move as one. Records of a stream are
// chained by SHA-256: a change of an old record shows in every later hash.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vanthu/diagnostic.hpp"
#include "vanthu/export.h"
#include "vanthu/time.hpp"

namespace vanthu {

using digest = std::array<std::byte, 32>;
VANTHU_API std::string to_hex(const digest& d);
VANTHU_API std::optional<digest> parse_digest(std::string_view hex);

struct record {
  std::string stream;             // "run/NAME", "book/AGENCY/SERIES/YEAR"
  std::uint64_t number = 0;       // from 1, without gaps
  instant at{};                   // given by the caller
  std::string actor, type, body;  // who; "item.submitted/1"; JSON text
  digest previous{}, hash{};      // previous: all zero for the first
};
// SHA-256 over these seven fields, each written as a netstring: its length in bytes as a decimal number, ':', its
// bytes,
// ','. The fields are stream; number, in decimal; at, microseconds since 1970-01-01T00:00:00Z, in decimal, '-' before
// it when earlier; actor; type; body; previous, as 64 lower-case hexadecimal digits. With Python:
//   sha256(b"".join(b"%d:%s," % (len(f), f) for f in fields))
VANTHU_API digest hash_of(const record& r);

struct new_record {
  instant at{};
  std::string actor, type, body;
};
// No records: the batch writes nothing, but the append still fails when the stream is not where `expected` says.
struct batch {
  std::string stream;
  std::uint64_t expected = 0;  // number of the stream's last record as the writer knows it
  std::vector<new_record> records;
};
// A row kept beside the journal for speed: rebuilt from records at any time, never hashed. No content: delete. Of two
// changes to one row the later holds.
struct row_change {
  std::string table, key;
  std::optional<std::string> content;
};
struct append_result {
  std::vector<std::uint64_t> last;     // of each batch, when written
  std::vector<std::string> conflicts;  // streams not where the writer thought: nothing was written; read, decide again
  explicit operator bool() const noexcept { return conflicts.empty(); }
};

// Thread safety: a journal may be used from several threads at once, and its store by several processes, each with a
// journal of its own: one opened before fork() is not for the child.
class VANTHU_API journal {
 public:
  virtual ~journal();

  // Writes all batches and row changes, durably, in one transaction, or nothing. Throws with nothing written:
  // errc::io when the store fails ("journal.write-failed": a full disk; "journal.read-only"; "journal.busy": another
  // writer took too long); errc::misuse for a stream named twice ("journal.stream-twice") and for texts that are not
  // UTF-8 or hold a NUL ("journal.bad-text").
  virtual append_result append(std::span<const batch> batches, std::span<const row_change> derived = {}) = 0;

  // Records of a stream numbered above `after`, oldest first, at most `limit`. A stream nobody wrote to is empty. This
  // and the other queries throw errc::io ("journal.cannot-open", "journal.busy") and errc::corrupt ("journal.damaged").
  virtual std::vector<record> read(std::string_view stream, std::uint64_t after = 0,
                                   std::size_t limit = SIZE_MAX) const = 0;
  virtual std::vector<std::string> streams(std::string_view prefix = {}) const = 0;  // sorted
  virtual std::optional<std::string> row(std::string_view table, std::string_view key) const = 0;
  virtual std::vector<std::pair<std::string, std::string>> rows(std::string_view table,
                                                                std::string_view key_prefix = {}) const = 0;
};

VANTHU_API std::unique_ptr<journal> memory_journal();

struct sqlite_options {
  bool create = true;                      // when the file is missing
  int busy_timeout_ms = 10'000;            // wait for another writer
  bool allow_network_file_system = false;  // WAL breaks there
  log_sink log = {};
};
// A file or folder that cannot be written is opened for reading. Throws errc::not_found ("journal.not-found"), errc::io
// ("journal.cannot-open", "journal.busy", "journal.network-file-system"), errc::corrupt ("journal.not-ours": a file of
// another program, or of a newer version of this one; "journal.damaged").
VANTHU_API std::unique_ptr<journal> open_sqlite(const std::string& path, sqlite_options options = {});

// "sqlite:PATH" or "memory:". errc::misuse, "journal.bad-url" for others.
VANTHU_API std::unique_ptr<journal> open_journal(std::string_view url, sqlite_options options = {});

struct stream_head {
  std::string stream;
  std::uint64_t number = 0;
  digest hash{};
};
// Recomputes every hash. Faults, with stream and "#NUMBER" as their place: "journal.gap", "journal.altered", and
// "journal.cut-off" when a head known from elsewhere is no longer in its stream (number 0: the hash counts, whatever
// its number). The chain shows alteration, not authorship.
VANTHU_API checked<std::vector<stream_head>> verify(const journal& j, std::span<const stream_head> known = {});

}  // namespace vanthu
