#include <fcntl.h>
#include <unistd.h>

#include <set>

#include "os/draft.hpp"
#include "vanthu/file.hpp"

namespace vanthu {
namespace {

namespace fs = std::filesystem;

// All files of the file system the folder lies on.
void sync_around(const fs::path& folder) {
  const os::descriptor opened(os::open_file(folder, O_RDONLY | O_DIRECTORY));
  if (opened.get() == -1 || ::syncfs(opened.get()) == -1) os::write_failed(folder, errno);
}

}  // namespace

file_batch::file_batch() = default;
file_batch::~file_batch() = default;

void file_batch::add(const fs::path& file, std::span<const std::byte> content) {
  const auto there = os::look_at(file);
  if (os::is_special(there)) return replace_file(file, [content](const byte_sink& sink) { sink(content); });
  auto next = std::make_unique<os::draft>(file, there);
  if (const int code = os::write_all(next->file(), content); code != 0) os::write_failed(file, code);
  next->close();
  const std::scoped_lock lock(guard_);
  waiting_.push_back(std::move(next));
}

void file_batch::commit() {
  std::vector<std::unique_ptr<os::draft>> files;
  {
    const std::scoped_lock lock(guard_);
    files.swap(waiting_);
  }
  std::set<fs::path> folders;
  for (const auto& file : files) folders.insert(file->folder());
  for (const auto& folder : folders) sync_around(folder);
  for (const auto& file : files) file->publish();
  for (const auto& folder : folders) os::sync_folder(folder);
}

}  // namespace vanthu
