#include "vanthu/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "os/draft.hpp"
#include "os/input.hpp"
#include "vanthu/diagnostic.hpp"

namespace vanthu {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t buffer_size = std::size_t{256} << 10;

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
    if (failure_ != 0) os::write_failed(name_, failure_);
  }
  void note(int code) {
    failure_ = code;
    check();
  }
  void write(std::span<const std::byte> piece) {
    note(os::write_all(file_, piece));
    flushed_ += piece.size();
  }
  void write_over(std::uint64_t offset, std::span<const std::byte> piece) {
    while (!piece.empty()) {
      const auto written = os::unless_interrupted(
          [&] { return ::pwrite(file_, piece.data(), piece.size(), static_cast<off_t>(offset)); });
      if (written <= 0) note(written == 0 ? EIO : errno);
      piece = piece.subspan(static_cast<std::size_t>(written));
      offset += static_cast<std::uint64_t>(written);
    }
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

}  // namespace

std::string read_file(const fs::path& file, std::uint64_t max_bytes) {
  os::input in(file, max_bytes);
  return os::read_all<std::string>(in);
}

bytes read_bytes(const fs::path& file, std::uint64_t max_bytes) {
  os::input in(file, max_bytes);
  return os::read_all<bytes>(in);
}

void replace_file(const fs::path& file, const write_both& write) {
  const auto there = os::look_at(file);
  if (os::is_special(there)) {
    const os::descriptor out(os::open_file(file, O_WRONLY));
    if (out.get() == -1) os::write_failed(file, errno);
    return run(write, file, out.get(), false);
  }
  os::draft next(file, there);
  run(write, file, next.file(), true);
  next.sync();
  next.close();
  next.publish();
  os::sync_folder(next.folder());
}

void replace_file(const fs::path& file, const std::function<void(const byte_sink&)>& write) {
  replace_file(file, [&](const byte_sink& sink, const byte_patch&) { write(sink); });
}

void replace_file(const fs::path& file, std::string_view content) {
  replace_file(file, [&](const byte_sink& sink) { sink(std::as_bytes(std::span(content))); });
}

}  // namespace vanthu
