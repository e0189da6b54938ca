#include "vanthu/journal.hpp"

namespace vanthu {

std::unique_ptr<journal> open_journal(std::string_view url, sqlite_options options) {
  constexpr std::string_view sqlite = "sqlite:";
  if (url == "memory:") return memory_journal();
  if (url.starts_with(sqlite) && url.size() > sqlite.size())
    return open_sqlite(std::string(url.substr(sqlite.size())), std::move(options));
  throw error(errc::misuse, {"journal.bad-url", {std::string(url)}});
}

}  // namespace vanthu
