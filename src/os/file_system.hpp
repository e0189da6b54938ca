// What kind of storage a folder lies on.
#pragma once

#include <filesystem>
#include <string_view>

#include "vanthu/export.h"

namespace vanthu::os {

// The name of a file system shared between machines ("nfs"), told by its magic number from statfs(2); empty for others.
// Shared memory between processes works on the rest, also where another machine holds the bytes (9P, FUSE) but all
// processes of this one see the same pages.
VANTHU_API std::string_view network_file_system(unsigned long magic) noexcept;
// The same for the folder; empty too when the folder cannot be looked at.
VANTHU_API std::string_view network_file_system(const std::filesystem::path& folder) noexcept;

}  // namespace vanthu::os
