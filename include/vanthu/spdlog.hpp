// Hands the library's remarks on its own work to a spdlog logger. Header-only: the compiled library does not depend
// on spdlog. Thread safety: that of the logger (those ending in _mt: any thread).
#pragma once

#include <spdlog/logger.h>

#include <memory>
#include <string_view>
#include <utility>

#include "vanthu/diagnostic.hpp"

namespace vanthu {

// Keeps the logger alive. Without a logger: silence.
inline log_sink to_sink(std::shared_ptr<spdlog::logger> logger) {
  if (!logger) return {};
  return [logger = std::move(logger)](log_level level, std::string_view text) {
    auto to = spdlog::level::debug;
    switch (level) {
      case log_level::debug:
        break;
      case log_level::info:
        to = spdlog::level::info;
        break;
      case log_level::warning:
        to = spdlog::level::warn;
        break;
      case log_level::error:
        to = spdlog::level::err;
        break;
    }
    logger->log(to, spdlog::string_view_t(text.data(), text.size()));  // as it is: braces are no pattern
  };
}

}  // namespace vanthu
