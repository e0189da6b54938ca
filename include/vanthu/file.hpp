// Reading and writing whole files, so that no half-written document ever appears under its final name.
// Thread safety: any thread; two writers of one path each write a file of their own, the last rename wins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/export.h"

namespace vanthu {
namespace os {
class draft;
}

using bytes = std::vector<std::byte>;

// Takes the next piece of an output. Throws to stop the writer; the exception passes through.
using byte_sink = std::function<void(std::span<const std::byte>)>;
// Puts bytes in the place of some that went into the sink before, `offset` behind the first. Empty where there is no
// way back, as in a pipe.
using byte_patch = std::function<void(std::uint64_t offset, std::span<const std::byte>)>;

// The whole file, or what a pipe or device gives until its end. Throws error(errc::not_found, "os.not-found"),
// (errc::io, "os.read-failed"), or (errc::limit, "os.too-large") when it holds more than max_bytes.
VANTHU_API std::string read_file(const std::filesystem::path& file, std::uint64_t max_bytes = std::uint64_t{256} << 20);
VANTHU_API bytes read_bytes(const std::filesystem::path& file, std::uint64_t max_bytes = std::uint64_t{256} << 20);

// Runs `write` into a temporary file beside `file`, syncs it, and renames it over `file`. When anything fails (a full
// disk, an exception from `write`), the temporary file is removed, `file` is as it was, and the error passes on:
// (errc::io, "os.write-failed" with the system's words). Only when the folder cannot be synced at the very end is the
// new file already there. The sink may not be kept after `write` returns; after a failure it fails for good.
// Mode 0666 less the umask, or the replaced file's mode (and owner, where permitted). A symbolic link stays, the file
// it leads to is replaced; other hard links keep the old content. A pipe or a device is written straight into.
VANTHU_API void replace_file(const std::filesystem::path& file, const std::function<void(const byte_sink&)>& write);
VANTHU_API void replace_file(const std::filesystem::path& file,
                             const std::function<void(const byte_sink&, const byte_patch&)>& write);
VANTHU_API void replace_file(const std::filesystem::path& file, std::string_view content);

// Many files that appear together: each is written beside its place at once, all are synced once and then renamed by
// commit(). Files not committed are taken away again; so are those behind one that could not be renamed, while those
// before it stay. Modes, links, pipes and devices are as with replace_file. Throws (errc::io, "os.write-failed").
// Thread safety: add() may be called concurrently.
class VANTHU_API file_batch {
 public:
  file_batch();
  file_batch(const file_batch&) = delete;
  file_batch& operator=(const file_batch&) = delete;
  ~file_batch();

  void add(const std::filesystem::path& file, std::span<const std::byte> content);
  void commit();

 private:
  std::mutex guard_;
  std::vector<std::unique_ptr<os::draft>> waiting_;
};

}  // namespace vanthu
