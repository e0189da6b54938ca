#pragma once

#include <string>
#include <string_view>

#include "vanthu/run.hpp"

namespace vanthu::runs {

std::string sha256_hex(std::string_view bytes);
// SHA-256 over what a command asks for: everything but its key, its `at` and its `expect`, so that a command sent again
// later, by a sender who has looked again, is still the same command.
std::string digest_of(const command& c);

}  // namespace vanthu::runs
