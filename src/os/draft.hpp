// What writing whole files is made of: a new file beside the final one, filled, then put into its place.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace vanthu::os {

// The system's words for an error number, in English whatever the locale of the program.
std::string words(int code);
// Throws error(errc::io, "os.write-failed").
[[noreturn]] void write_failed(const std::filesystem::path& file, int code);

template <class Call>
auto unless_interrupted(Call call) {
  auto result = call();
  while (result == -1 && errno == EINTR) result = call();
  return result;
}

class descriptor {
 public:
  explicit descriptor(int number) noexcept : number_(number) {}
  descriptor(const descriptor&) = delete;
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~descriptor() { close(); }
  int get() const noexcept { return number_; }
  // Zero, or an error number. An interrupted close has closed on Linux.
  int close() noexcept {
    const int number = std::exchange(number_, -1);
    return number == -1 || ::close(number) == 0 || errno == EINTR ? 0 : errno;
  }

 private:
  int number_;
};

// -1, with errno, when that fails.
int open_file(const std::filesystem::path& file, int flags, mode_t mode = 0);
// Zero, or an error number.
int write_all(int file, std::span<const std::byte> content) noexcept;

// What stands where a file is to be written. Throws when that is a folder, or cannot be told.
std::optional<struct stat> look_at(const std::filesystem::path& file);
// Whether that is a pipe or a device, into which one writes: a file must never take the place of /dev/null.
inline bool is_special(const std::optional<struct stat>& there) {
  return there && !S_ISREG(there->st_mode);
}

// A new file beside the final one, gone again unless it is published. Its mode is that of the file it replaces, and its
// owner where permitted; a symbolic link to that file stays. Everything throws error(errc::io, "os.write-failed").
class draft {
 public:
  draft(std::filesystem::path name, const std::optional<struct stat>& replaced);
  draft(const draft&) = delete;
  draft& operator=(const draft&) = delete;
  ~draft();

  int file() const noexcept { return file_.get(); }  // to be written to
  void sync() const;
  void close();
  void publish();  // once it is closed
  const std::filesystem::path& folder() const noexcept { return folder_; }

 private:
  explicit draft(std::filesystem::path name);
  void create(mode_t mode);

  std::filesystem::path name_, final_, folder_;
  std::filesystem::path place_;  // empty when there is nothing to take away
  descriptor file_;
};

// So that new names survive a power failure. Not every folder can be opened, and not every file system can.
void sync_folder(const std::filesystem::path& folder);

}  // namespace vanthu::os
