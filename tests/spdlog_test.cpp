#include "vanthu/spdlog.hpp"

#include <doctest/doctest.h>
#include <spdlog/sinks/ostream_sink.h>

#include <sstream>

using namespace vanthu;

TEST_CASE("a spdlog logger receives every level, word for word") {
  std::ostringstream out;
  auto logger = std::make_shared<spdlog::logger>("vanthu", std::make_shared<spdlog::sinks::ostream_sink_st>(out));
  logger->set_pattern("%l %v");
  logger->set_level(spdlog::level::debug);
  const auto log = to_sink(std::move(logger));
  log(log_level::debug, "đọc kế hoạch");
  log(log_level::info, "{} {0} braces");
  log(log_level::warning, std::string_view("cut here, not there", 8));
  log(log_level::error, "");
  CHECK(out.str() == "debug đọc kế hoạch\ninfo {} {0} braces\nwarning cut here\nerror \n");
}

TEST_CASE("no spdlog logger is silence") {
  CHECK_FALSE(static_cast<bool>(to_sink(nullptr)));
}
