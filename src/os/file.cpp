#include "vanthu/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>
#include <utility>

#include "os/memory.hpp"
#include "vanthu/diagnostic.hpp"

namespace vanthu {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t buffer_size = std::size_t{256} << 10;
constexpr int most_links = 40;  // as Linux follows
constexpr int most_names = 1000;

// The system's words, in English whatever the locale of the program.
std::string words(int code) {
#ifdef __GLIBC__
  if (const auto* text = ::strerrordesc_np(code)) return text;
#endif
  return std::generic_category().message(code);
}

[[noreturn]] void read_failed(const fs::path& file, int code) {
  if (code == ENOENT || code == ENOTDIR) throw error(errc::not_found, message{"os.not-found", {file.string()}});
  throw error(errc::io, message{"os.read-failed", {file.string(), words(code)}});
}

[[noreturn]] void write_failed(const fs::path& file, int code) {
  throw error(errc::io, message{"os.write-failed", {file.string(), words(code)}});
}

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
  descriptor& operator=(const descriptor&) = delete;
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

int open_file(const fs::path& file, int flags, mode_t mode = 0) {
  return unless_interrupted([&] { return ::open(file.c_str(), flags | O_CLOEXEC, mode); });
}

// Collects small pieces and writes them out together. The first failure stays: a writer that swallows the exception
// still does not get its half of a file published.
class writer {
 public:
  writer(const fs::path& name, int file) : name_(name), file_(file), buffer_(new std::byte[buffer_size]) {}

  void put(std::span<const std::byte> piece) {
    check();
    if (piece.size() > buffer_size - used_) flush();
    if (piece.size() >= buffer_size) return write(piece);
    if (!piece.empty()) std::memcpy(buffer_.get() + used_, piece.data(), piece.size());
    used_ += piece.size();
  }
  void flush() {
    check();
    write({buffer_.get(), std::exchange(used_, 0)});
  }
  void patch(std::uint64_t offset, std::span<const std::byte> piece) {
    check();
    const auto written = offset < flushed_ ? std::min<std::uint64_t>(piece.size(), flushed_ - offset) : 0;
    write_over(offset, piece.first(written));
    piece = piece.subspan(written);
    if (!piece.empty()) std::memcpy(buffer_.get() + (offset + written - flushed_), piece.data(), piece.size());
  }

 private:
  void check() const {
    if (failure_ != 0) write_failed(name_, failure_);
  }
  template <class Write>
  void write_all(std::span<const std::byte> piece, Write write_some) {
    while (!piece.empty()) {
      const auto written = unless_interrupted([&] { return write_some(piece); });
      if (written <= 0) {
        failure_ = written == 0 ? EIO : errno;
        check();
      }
      piece = piece.subspan(static_cast<std::size_t>(written));
    }
  }
  void write(std::span<const std::byte> piece) {
    write_all(piece, [&](std::span<const std::byte> rest) { return ::write(file_, rest.data(), rest.size()); });
    flushed_ += piece.size();
  }
  void write_over(std::uint64_t offset, std::span<const std::byte> piece) {
    const auto end = offset + piece.size();
    write_all(piece, [&](std::span<const std::byte> rest) {
      return ::pwrite(file_, rest.data(), rest.size(), static_cast<off_t>(end - rest.size()));
    });
  }

  const fs::path& name_;
  int file_;
  std::unique_ptr<std::byte[]> buffer_;
  std::size_t used_ = 0;
  std::uint64_t flushed_ = 0;
  int failure_ = 0;
};

using write_both = std::function<void(const byte_sink&, const byte_patch&)>;

void run(const write_both& write, const fs::path& name, int file, bool can_go_back) {
  writer out(name, file);
  byte_patch patch;
  if (can_go_back) patch = [&out](std::uint64_t offset, std::span<const std::byte> piece) { out.patch(offset, piece); };
  write([&out](std::span<const std::byte> piece) { out.put(piece); }, patch);
  out.flush();
}

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

// A new file beside the final one, gone again unless it is published.
class draft {
 public:
  draft(const fs::path& name, fs::path final_place, mode_t mode)
      : name_(name), final_(std::move(final_place)), file_(create(mode)) {}
  draft(const draft&) = delete;
  draft& operator=(const draft&) = delete;
  ~draft() {
    if (!place_.empty()) ::unlink(place_.c_str());
  }

  int file() const noexcept { return file_.get(); }

  // The mode always, the owner as far as we are allowed to.
  void look_like(const struct stat& replaced) {
    if (::fchmod(file(), replaced.st_mode & 0777u) != 0) write_failed(name_, errno);
    [[maybe_unused]] const int owned = ::fchown(file(), replaced.st_uid, replaced.st_gid);
  }

  void publish() {
    if (unless_interrupted([&] { return ::fsync(file()); }) != 0) write_failed(name_, errno);
    if (const int code = file_.close(); code != 0) write_failed(name_, code);
    if (::rename(place_.c_str(), final_.c_str()) != 0) write_failed(name_, errno);
    place_.clear();
    sync_folder();
  }

 private:
  int create(mode_t mode);
  void sync_folder() const;

  const fs::path& name_;
  fs::path final_;
  fs::path place_;
  descriptor file_;
};

int draft::create(mode_t mode) {
  static std::atomic<unsigned> count{0};
  for (int i = 0; i < most_names; ++i) {
    place_ = folder_of(final_) / (".vanthu-" + std::to_string(::getpid()) + '-' + std::to_string(++count) + ".tmp");
    const int number = open_file(place_, O_WRONLY | O_CREAT | O_EXCL, mode);
    if (number != -1) return number;
    if (errno != EEXIST) break;
  }
  write_failed(name_, errno);
}

// So that the new name survives a power failure. Not every folder can be opened, and not every file system can.
void draft::sync_folder() const {
  const descriptor folder(open_file(folder_of(final_), O_RDONLY | O_DIRECTORY));
  if (folder.get() == -1) return;
  if (unless_interrupted([&] { return ::fsync(folder.get()); }) != 0 && errno != EINVAL && errno != ENOTSUP)
    write_failed(name_, errno);
}

template <class Buffer>
Buffer read_whole(const fs::path& file, std::uint64_t max_bytes) {
  const descriptor in(open_file(file, O_RDONLY));
  struct stat about {};
  if (in.get() == -1 || ::fstat(in.get(), &about) != 0) read_failed(file, errno);
  const auto too_large = [&](std::uint64_t size) {
    if (size > max_bytes) throw error(errc::limit, message{"os.too-large", {file.string(), std::to_string(max_bytes)}});
  };
  const auto known = S_ISREG(about.st_mode) ? static_cast<std::uint64_t>(about.st_size) : 0;
  too_large(known);
  // The size is a hint: a pipe has none, and a file may grow. One byte more, to meet the end without growing.
  Buffer content;
  content.reserve(known + 1);
  os::prefer_large_pages(content.data(), content.capacity());
  content.resize(known + 1);
  std::size_t used = 0;
  for (;;) {
    if (used == content.size()) content.resize(std::max(buffer_size, used * 2));
    const auto got = unless_interrupted([&] { return ::read(in.get(), content.data() + used, content.size() - used); });
    if (got < 0) read_failed(file, errno);
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    too_large(used);
    if (known > 0 && used == known) break;  // it was asked for a byte more
  }
  content.resize(used);
  return content;
}

}  // namespace

std::string read_file(const fs::path& file, std::uint64_t max_bytes) {
  return read_whole<std::string>(file, max_bytes);
}

bytes read_bytes(const fs::path& file, std::uint64_t max_bytes) {
  return read_whole<bytes>(file, max_bytes);
}

void replace_file(const fs::path& file, const write_both& write) {
  struct stat there {};
  const bool exists = ::stat(file.c_str(), &there) == 0;
  if (!exists && errno != ENOENT) write_failed(file, errno);
  if (exists && S_ISDIR(there.st_mode)) write_failed(file, EISDIR);
  if (exists && !S_ISREG(there.st_mode)) {  // never put a file in the place of /dev/null
    const descriptor out(open_file(file, O_WRONLY));
    if (out.get() == -1) write_failed(file, errno);
    return run(write, file, out.get(), false);
  }
  draft next(file, behind_links(file), exists ? there.st_mode & 0777u : 0666u);
  if (exists) next.look_like(there);
  run(write, file, next.file(), true);
  next.publish();
}

void replace_file(const fs::path& file, const std::function<void(const byte_sink&)>& write) {
  replace_file(file, [&](const byte_sink& sink, const byte_patch&) { write(sink); });
}

void replace_file(const fs::path& file, std::string_view content) {
  replace_file(file, [&](const byte_sink& sink) { sink(std::as_bytes(std::span(content))); });
}

}  // namespace vanthu
