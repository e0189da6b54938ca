#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "vanthu/docx.hpp"
#include "vanthu/file.hpp"

namespace vanthu {
namespace {

namespace fs = std::filesystem;

class asset_folder {
 public:
  explicit asset_folder(const fs::path& root) {
    std::error_code failed;  // then nothing is found
    root_ = fs::canonical(root, failed);
  }

  std::optional<bytes> read(std::string_view name) {
    const fs::path asked(name);
    if (root_.empty() || !asked.has_filename() || asked.is_absolute() ||
        std::find(asked.begin(), asked.end(), "..") != asked.end())
      return {};
    const auto file = place_of(asked);
    if (file.empty()) return {};
    return read_bytes(file);
  }

 private:
  // Without links; "" when it lies outside or is no file. Folders are looked up once.
  fs::path place_of(const fs::path& asked) {
    const std::scoped_lock lock(guard_);
    std::error_code failed;
    auto folder = folders_.find(asked.parent_path());
    if (folder == folders_.end()) {
      auto place = inside(fs::canonical(root_ / asked.parent_path(), failed));
      if (place.empty()) return {};  // and nothing is kept of a name that data made up
      folder = folders_.emplace(asked.parent_path(), std::move(place)).first;
    }
    auto file = folder->second / asked.filename();
    const auto type = fs::symlink_status(file, failed).type();
    if (type == fs::file_type::regular) return file;
    if (type != fs::file_type::symlink) return {};
    file = fs::canonical(file, failed);
    return !failed && fs::is_regular_file(file, failed) ? inside(file) : fs::path{};
  }
  fs::path inside(const fs::path& place) const {
    return std::ranges::mismatch(root_, place).in1 == root_.end() ? place : fs::path{};
  }

  fs::path root_;
  std::mutex guard_;
  std::map<fs::path, fs::path> folders_;
};

}  // namespace

asset_source assets_below(const fs::path& root) {
  return [folder = std::make_shared<asset_folder>(root)](std::string_view name) { return folder->read(name); };
}

}  // namespace vanthu
