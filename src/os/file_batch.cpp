#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <set>
#include <system_error>

#include "vanthu/diagnostic.hpp"
#include "vanthu/file.hpp"

namespace vanthu {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void write_failed(const fs::path& file, int code) {
  throw error(errc::io, message{"os.write-failed", {file.string(), std::generic_category().message(code)}});
}

// All files of the file system the folder lies on.
void sync_around(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd == -1) write_failed(folder, errno);
  const int result = ::syncfs(fd);
  const int code = errno;
  ::close(fd);
  if (result == -1) write_failed(folder, code);
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

}  // namespace

void file_batch::add(const fs::path& file, std::span<const std::byte> content) {
  fs::path temporary;
  {
    const std::scoped_lock lock(guard_);
    temporary = folder_of(file) / ("." + file.filename().string() + ".vanthu-" + std::to_string(waiting_.size()));
    waiting_.push_back({temporary, file});
  }
  errno = 0;
  std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
  out.close();
  if (!out) write_failed(file, errno);
}

void file_batch::commit() {
  const std::scoped_lock lock(guard_);
  std::set<fs::path> folders;
  for (const auto& w : waiting_) folders.insert(folder_of(w.file));
  for (const auto& folder : folders) sync_around(folder);
  std::error_code failed;
  while (!waiting_.empty()) {
    fs::rename(waiting_.back().temporary, waiting_.back().file, failed);
    if (failed) write_failed(waiting_.back().file, failed.value());
    waiting_.pop_back();
  }
  for (const auto& folder : folders) sync_around(folder);
}

file_batch::~file_batch() {
  std::error_code ignored;
  for (const auto& w : waiting_) fs::remove(w.temporary, ignored);
}

}  // namespace vanthu
