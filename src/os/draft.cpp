#include "os/draft.hpp"

#include <fcntl.h>

#include <atomic>
#include <cstring>
#include <system_error>

#include "vanthu/diagnostic.hpp"

namespace vanthu::os {
namespace {

namespace fs = std::filesystem;

constexpr int most_links = 40;  // as Linux follows
constexpr int most_names = 1000;

// Where a chain of symbolic links ends, whether there is a file or not.
fs::path behind_links(const fs::path& file) {
  fs::path at = file;
  for (int i = 0; i < most_links; ++i) {
    std::error_code fault;
    const auto target = fs::read_symlink(at, fault);
    if (fault) return at;
    at = target.is_absolute() ? target : at.parent_path() / target;
  }
  write_failed(file, ELOOP);
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

}  // namespace

std::string words(int code) {
#ifdef __GLIBC__
  if (const auto* text = ::strerrordesc_np(code)) return text;
#endif
  return std::generic_category().message(code);
}

void write_failed(const fs::path& file, int code) {
  throw error(errc::io, message{"os.write-failed", {file.string(), words(code)}});
}

int open_file(const fs::path& file, int flags, mode_t mode) {
  return unless_interrupted([&] { return ::open(file.c_str(), flags | O_CLOEXEC, mode); });
}

int write_all(int file, std::span<const std::byte> content) noexcept {
  while (!content.empty()) {
    const auto written = unless_interrupted([&] { return ::write(file, content.data(), content.size()); });
    if (written <= 0) return written == 0 ? EIO : errno;
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return 0;
}

std::optional<struct stat> look_at(const fs::path& file) {
  struct stat there {};
  if (::stat(file.c_str(), &there) != 0) {
    if (errno != ENOENT) write_failed(file, errno);
    return {};
  }
  if (S_ISDIR(there.st_mode)) write_failed(file, EISDIR);
  return there;
}

draft::draft(fs::path name)
    : name_(std::move(name)), final_(behind_links(name_)), folder_(folder_of(final_)), file_(-1) {}

draft::draft(fs::path name, const std::optional<struct stat>& replaced) : draft(std::move(name)) {
  create(replaced ? replaced->st_mode & 0777u : 0666u);
  if (!replaced) return;
  if (::fchmod(file(), replaced->st_mode & 0777u) != 0) write_failed(name_, errno);
  [[maybe_unused]] const int owned = ::fchown(file(), replaced->st_uid, replaced->st_gid);
}

draft::~draft() {
  if (!place_.empty()) ::unlink(place_.c_str());
}

void draft::create(mode_t mode) {
  static std::atomic<unsigned> count{0};
  for (int i = 0; i < most_names; ++i) {
    auto place = folder_ / (".vanthu-" + std::to_string(::getpid()) + '-' + std::to_string(++count) + ".tmp");
    file_ = descriptor(open_file(place, O_WRONLY | O_CREAT | O_EXCL, mode));
    if (file() != -1) {
      place_ = std::move(place);
      return;
    }
    if (errno != EEXIST) break;
  }
  write_failed(name_, errno);
}

void draft::sync() const {
  if (unless_interrupted([&] { return ::fsync(file()); }) != 0) write_failed(name_, errno);
}

void draft::close() {
  if (const int code = file_.close(); code != 0) write_failed(name_, code);
}

void draft::publish() {
  if (::rename(place_.c_str(), final_.c_str()) != 0) write_failed(name_, errno);
  place_.clear();
}

void sync_folder(const fs::path& folder) {
  const descriptor opened(open_file(folder, O_RDONLY | O_DIRECTORY));
  if (opened.get() == -1) return;
  if (unless_interrupted([&] { return ::fsync(opened.get()); }) != 0 && errno != EINVAL && errno != ENOTSUP)
    write_failed(folder, errno);
}

}  // namespace vanthu::os
