#include "os/module.hpp"

#include <dlfcn.h>

#include <filesystem>
#include <vector>

namespace vanthu::os {
namespace {

std::vector<std::string> places(const std::string& file) {
  std::vector<std::string> out;
  std::error_code ignored;
  const auto beside = [&](const std::filesystem::path& folder) { out.push_back((folder / file).string()); };
  if (const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored); !ignored) {
    beside(program.parent_path());
    beside(program.parent_path().parent_path() / VANTHU_LIBRARY_FOLDER);
  }
  Dl_info self{};
  if (dladdr(reinterpret_cast<const void*>(&find_symbol), &self) != 0 && self.dli_fname)
    if (const std::filesystem::path object = self.dli_fname; object.is_absolute()) beside(object.parent_path());
  out.push_back(file);
  return out;
}

}  // namespace

void* find_symbol(const std::string& file, const char* symbol, std::string& reason) {
  for (const auto& place : places(file)) {
    auto* library = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library)
      if (auto* found = dlsym(library, symbol)) return found;
    if (const char* said = dlerror()) reason = said;
  }
  return nullptr;
}

}  // namespace vanthu::os
