// Data read from a file, without its text.
#pragma once

#include <cstdint>
#include <filesystem>

#include "vanthu/export.h"
#include "vanthu/value.hpp"

namespace vanthu {

// What read_json() makes of the whole file, whose name is the source of the remarks. The file is read piece by piece:
// its text is never in memory as a whole unless something is wrong with it. Throws what read_file() throws.
// Thread safety: pure.
VANTHU_API checked<value> read_json_file(const std::filesystem::path& file,
                                         std::uint64_t max_bytes = std::uint64_t{256} << 20);

}  // namespace vanthu
