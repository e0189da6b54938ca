#include "os/input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "vanthu/diagnostic.hpp"

namespace vanthu::os {
namespace {

[[noreturn]] void read_failed(const std::filesystem::path& file, int code) {
  if (code == ENOENT || code == ENOTDIR) throw error(errc::not_found, message{"os.not-found", {file.string()}});
  throw error(errc::io, message{"os.read-failed", {file.string(), words(code)}});
}

}  // namespace

input::input(std::filesystem::path file, std::uint64_t max_bytes)
    : name_(std::move(file)), max_bytes_(max_bytes), file_(open_file(name_, O_RDONLY)) {
  struct stat about {};
  if (file_.get() == -1 || ::fstat(file_.get(), &about) != 0) read_failed(name_, errno);
  is_regular_ = S_ISREG(about.st_mode);
  if (is_regular_) expected_ = static_cast<std::uint64_t>(about.st_size);
  check(expected_);
}

std::size_t input::read(std::span<char> into) {
  const auto got = unless_interrupted([&] { return ::read(file_.get(), into.data(), into.size()); });
  if (got < 0) read_failed(name_, errno);
  read_ += static_cast<std::size_t>(got);
  check(read_);
  return static_cast<std::size_t>(got);
}

void input::rewind() {
  if (::lseek(file_.get(), 0, SEEK_SET) != 0) read_failed(name_, errno);
  read_ = 0;
}

void input::check(std::uint64_t size) const {
  if (size > max_bytes_)
    throw error(errc::limit, message{"os.too-large", {name_.string(), std::to_string(max_bytes_)}});
}

}  // namespace vanthu::os
