// Files that the data names: only those below the folder that was given.
#include <doctest/doctest.h>

#include <filesystem>

#include "vanthu/docx.hpp"
#include "vanthu/file.hpp"

using namespace vanthu;
namespace fs = std::filesystem;

namespace {

// assets/{a, so/b, in -> so/b, out -> ../secret, up -> .., folder -> so, far -> the whole path of so/b}, and secret
// beside it.
struct tree {
  fs::path root = fs::temp_directory_path() / "vanthu-assets-test";
  fs::path assets = root / "assets";
  tree() {
    fs::remove_all(root);
    fs::create_directories(assets / "so");
    for (const auto& file : {assets / "a", assets / "so" / "b", root / "secret"})
      replace_file(file, [&](const byte_sink& to) {
        const auto name = file.filename().string();
        to(std::as_bytes(std::span(name)));
      });
    fs::create_symlink(fs::path("so") / "b", assets / "in");
    fs::create_symlink(fs::path("..") / "secret", assets / "out");
    fs::create_symlink("..", assets / "up");
    fs::create_symlink("so", assets / "folder");
    fs::create_symlink(fs::canonical(assets / "so" / "b"), assets / "far");
  }
  tree(const tree&) = delete;
  tree& operator=(const tree&) = delete;
  ~tree() { fs::remove_all(root); }
};

}  // namespace

TEST_CASE("names lead to files below the folder, also by links that stay in it") {
  const tree t;
  const auto assets = assets_below(t.assets);
  const auto read = [&](const char* name) {
    const auto found = assets(name);
    return found ? std::string(reinterpret_cast<const char*>(found->data()), found->size()) : std::string("-");
  };
  CHECK(read("a") == "a");
  CHECK(read("./a") == "a");
  for (const auto* name : {"so/b", "in", "folder/b", "far"}) CHECK_MESSAGE(read(name) == "b", name);
}

TEST_CASE("nothing outside the folder has a name, and folders are no files") {
  const tree t;
  const auto assets = assets_below(t.assets);
  for (const auto* name : {"out", "up/secret", "../secret", "so/../../secret", "so/../a", "up/assets/../secret"})
    CHECK_MESSAGE(!assets(name), name);
  CHECK(!assets((t.root / "secret").string()));
  CHECK(!assets(fs::canonical(t.assets / "a").string()));
  for (const auto* name : {"", ".", "..", "so", "so/", "nothing", "nothing/a", "a/b"})
    CHECK_MESSAGE(!assets(name), name);
  CHECK(!assets_below(t.root / "nothing")("a"));
  CHECK(!assets_below({})("a"));
}
