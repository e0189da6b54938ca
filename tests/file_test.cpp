#include "vanthu/file.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <span>
#include <stdexcept>
#include <thread>

#include "vanthu/diagnostic.hpp"

using namespace vanthu;
namespace fs = std::filesystem;

namespace {

// A folder of its own for each test, gone at the end.
struct folder {
  folder() {
    std::string pattern = (fs::temp_directory_path() / "vanthu-file-XXXXXX").string();
    place = ::mkdtemp(pattern.data());
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;
  ~folder() { fs::remove_all(place); }
  fs::path operator/(const char* name) const { return place / name; }
  std::size_t count() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(place), fs::directory_iterator()));
  }
  fs::path place;
};

// Files may grow to `bytes` and no further, as on a full disk.
struct size_limit {
  explicit size_limit(rlim_t bytes) : handler(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit limit{bytes, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  size_limit(const size_limit&) = delete;
  size_limit& operator=(const size_limit&) = delete;
  ~size_limit() {
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
  }
  rlimit before{};
  void (*handler)(int);
};

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

unsigned mode_of(const fs::path& file) {
  struct stat about {};
  return ::stat(file.c_str(), &about) == 0 ? about.st_mode & 07777u : 0;
}

// The id of what is thrown, and the system's words.
template <class F>
std::string refused(F f) {
  try {
    f();
  } catch (const error& e) {
    const auto& m = e.notes().front().what;
    return m.id + (m.args.size() > 1 ? " " + m.args[1] : "");
  }
  return "nothing thrown";
}

}  // namespace

TEST_CASE("a file is read back as it was written") {
  const folder home;
  for (const std::size_t size : {0u, 1u, 262143u, 262144u, 262145u, 1000000u}) {
    const std::string content(size, 'x');
    replace_file(home / "a", content);
    CHECK(read_file(home / "a") == content);
    const auto raw = read_bytes(home / "a");
    CHECK(std::ranges::equal(raw, std::as_bytes(std::span(content))));
    CHECK(home.count() == 1);
  }
}

TEST_CASE("pieces of any size arrive in order") {
  const folder home;
  std::string all;
  replace_file(home / "a", [&](const byte_sink& sink) {
    for (const std::size_t size : {1u, 0u, 200000u, 100000u, 300000u, 262144u, 5u, 262139u, 1u}) {
      const std::string piece(size, static_cast<char>('a' + all.size() % 26));
      sink(bytes_of(piece));
      all += piece;
    }
  });
  CHECK(read_file(home / "a") == all);
}

TEST_CASE("what cannot be read says why") {
  const folder home;
  CHECK(refused([&] { read_file(home / "none"); }) == "os.not-found");
  CHECK(refused([&] { read_file(home / "none" / "below"); }) == "os.not-found");
  CHECK(refused([&] { read_file(home.place); }) == "os.read-failed Is a directory");
  replace_file(home / "a", "12345");
  CHECK(read_file(home / "a", 5) == "12345");
  CHECK(refused([&] { read_file(home / "a", 4); }) == "os.too-large 4");
  CHECK(refused([&] { read_file(home / "a" / "below"); }) == "os.not-found");
  try {
    read_file(home / "none");
  } catch (const error& e) {
    CHECK(e.code() == errc::not_found);
  }
}

TEST_CASE("a pipe and a device are read to their end or their limit") {
  const folder home;
  REQUIRE(::mkfifo((home / "pipe").c_str(), 0600) == 0);
  const std::string content(600'000, 'p');
  std::thread source([&] { std::ofstream(home / "pipe") << content; });
  CHECK(read_file(home / "pipe") == content);
  source.join();
  CHECK(refused([] { read_file("/dev/zero", 1'000'000); }) == "os.too-large 1000000");
  CHECK(!read_file("/proc/self/status").empty());  // says that it is a file of no bytes
}

TEST_CASE("a failed write leaves no file and no trace") {
  const folder home;
  const std::string content(1'000'000, 'x');
  {
    const size_limit full(300'000);
    CHECK(refused([&] { replace_file(home / "a", content); }) == "os.write-failed File too large");
  }
  CHECK(home.count() == 0);
  replace_file(home / "a", "before");
  {
    const size_limit full(300'000);
    CHECK(refused([&] { replace_file(home / "a", content); }) == "os.write-failed File too large");
  }
  CHECK(read_file(home / "a") == "before");
  CHECK(home.count() == 1);
}

TEST_CASE("a writer that swallows the failure does not get its file published") {
  const folder home;
  const std::string content(200'000, 'x');
  int failures = 0;
  const size_limit full(300'000);
  CHECK(refused([&] {
          replace_file(home / "a", [&](const byte_sink& sink) {
            for (int i = 0; i < 5; ++i) {
              try {
                sink(bytes_of(content));
              } catch (const error&) {
                ++failures;
              }
            }
          });
        }) == "os.write-failed File too large");
  CHECK(failures >= 2);
  CHECK(home.count() == 0);
}

TEST_CASE("an exception of the writer passes through and leaves the old file") {
  const folder home;
  replace_file(home / "a", "before");
  CHECK_THROWS_AS(replace_file(home / "a",
                               [](const byte_sink& sink) {
                                 sink(bytes_of("half"));
                                 throw std::out_of_range("stop");
                               }),
                  std::out_of_range);
  CHECK(read_file(home / "a") == "before");
  CHECK(home.count() == 1);
}

TEST_CASE("what cannot be written says why before the writer runs") {
  const folder home;
  bool ran = false;
  const auto write = [&](const byte_sink&) { ran = true; };
  CHECK(refused([&] { replace_file(home / "no" / "a", write); }) == "os.write-failed No such file or directory");
  CHECK(refused([&] { replace_file(home.place, write); }) == "os.write-failed Is a directory");
  replace_file(home / "a", "file");
  CHECK(refused([&] { replace_file(home / "a" / "b", write); }) == "os.write-failed Not a directory");
  fs::create_symlink("loop", home / "loop");
  CHECK(refused([&] { replace_file(home / "loop", write); }) == "os.write-failed Too many levels of symbolic links");
  CHECK_FALSE(ran);
}

TEST_CASE("a replaced file keeps its mode, and a new one has the usual") {
  const folder home;
  const auto mask = ::umask(027);
  replace_file(home / "new", "1");
  CHECK(mode_of(home / "new") == 0640);
  for (const unsigned mode : {0600u, 0666u, 0755u, 0444u}) {
    ::chmod((home / "new").c_str(), mode);
    replace_file(home / "new", "2");
    CHECK(mode_of(home / "new") == mode);
  }
  ::umask(mask);
}

TEST_CASE("a symbolic link stays and the file behind it is replaced") {
  const folder home;
  fs::create_directory(home / "deep");
  replace_file(home / "deep" / "real", "before");
  fs::create_symlink("deep/real", home / "first");
  fs::create_symlink(home / "first", home / "second");
  replace_file(home / "second", "after");
  CHECK(read_file(home / "deep" / "real") == "after");
  CHECK(fs::is_symlink(home / "second"));
  CHECK(fs::is_symlink(home / "first"));
  fs::create_symlink("deep/future", home / "third");
  replace_file(home / "third", "new");
  CHECK(read_file(home / "deep" / "future") == "new");
  CHECK(fs::is_symlink(home / "third"));
}

TEST_CASE("a device or a pipe is written into, never replaced") {
  const folder home;
  replace_file("/dev/null", "gone");
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(refused([] { replace_file("/dev/full", "x"); }) == "os.write-failed No space left on device");
  REQUIRE(::mkfifo((home / "pipe").c_str(), 0600) == 0);
  std::string got;
  std::thread reader([&] { got = read_file(home / "pipe"); });
  replace_file(home / "pipe", "through");
  reader.join();
  CHECK(got == "through");
  CHECK(fs::is_fifo(home / "pipe"));
}

TEST_CASE("of several writers of one file, one wins whole") {
  const folder home;
  std::vector<std::thread> writers;
  for (char c = 'a'; c < 'e'; ++c)
    writers.emplace_back([&home, c] {
      for (int i = 0; i < 20; ++i) replace_file(home / "a", std::string(10'000, c));
    });
  for (auto& w : writers) w.join();
  const auto content = read_file(home / "a");
  CHECK(content == std::string(10'000, content.front()));
  CHECK(home.count() == 1);
}

TEST_CASE("what was written can be corrected, wherever it is by now") {
  const folder home;
  const std::string block(300'000, 'x');
  for (const std::size_t offset : {0U, 5U, 262'140U, 299'990U, 300'000U, 599'994U}) {
    replace_file(home / "a", [&](const byte_sink& sink, const byte_patch& patch) {
      sink(bytes_of(block));
      for (int i = 0; i < 300; ++i) sink(bytes_of(block.substr(0, 1000)));
      patch(offset, bytes_of("patch!"));
      sink(bytes_of("end"));
    });
    auto expected = block + block + "end";
    expected.replace(offset, 6, "patch!");
    CHECK((read_file(home / "a") == expected));
  }
}

TEST_CASE("a pipe cannot be corrected and says so") {
  bool can = true;
  replace_file("/dev/null", [&](const byte_sink& sink, const byte_patch& patch) {
    sink(bytes_of("gone"));
    can = static_cast<bool>(patch);
  });
  CHECK(!can);
}

TEST_CASE("a name without a folder is in the current one") {
  const folder home;
  const auto before = fs::current_path();
  fs::current_path(home.place);
  replace_file("bare", "x");
  CHECK(read_file("bare") == "x");
  fs::current_path(before);
}

TEST_CASE("files of a batch appear together, or not at all") {
  const folder f;
  {
    file_batch batch;
    batch.add(f / "a", bytes_of("1"));
    batch.add(f / "b", bytes_of("2"));
    CHECK(!fs::exists(f / "a"));
    batch.commit();
    CHECK(read_file(f / "a") == "1");
    CHECK(read_file(f / "b") == "2");
    batch.add(f / "c", bytes_of("3"));
  }
  CHECK(f.count() == 2);
  file_batch batch;
  CHECK_THROWS_AS(batch.add(f / "no/d", bytes_of("4")), error);
}

TEST_CASE("a file of a batch takes the place of another as any file does: mode and links stay") {
  const folder f;
  replace_file(f / "old", "1");
  fs::permissions(f / "old", fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("old", f / "link");
  file_batch batch;
  batch.add(f / "link", bytes_of("2"));
  batch.add("/dev/null", bytes_of("gone"));
  CHECK_THROWS_AS(batch.add(f.place, bytes_of("a folder")), error);
  CHECK(read_file(f / "old") == "1");
  batch.commit();
  CHECK(read_file(f / "old") == "2");
  CHECK(fs::is_symlink(f / "link"));
  CHECK(fs::status(f / "old").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(f.count() == 2);
}

TEST_CASE("a batch is written over nothing that happens to have the name of its temporary file") {
  const folder f;
  replace_file(f / "elsewhere", "kept");
  fs::create_symlink(f / "elsewhere", f / ".a.vanthu-0");
  file_batch batch;
  batch.add(f / "a", bytes_of("1"));
  batch.commit();
  CHECK(read_file(f / "elsewhere") == "kept");
  CHECK(read_file(f / "a") == "1");
}

TEST_CASE("what of a batch could not be renamed is gone, with all behind it") {
  const folder f;
  file_batch batch;
  batch.add(f / "a", bytes_of("1"));
  batch.add(f / "b", bytes_of("2"));
  batch.add(f / "c", bytes_of("3"));
  fs::create_directory(f / "b");
  CHECK_THROWS_AS(batch.commit(), error);
  CHECK(read_file(f / "a") == "1");
  CHECK(fs::is_directory(f / "b"));
  CHECK(f.count() == 2);
  batch.commit();
}
