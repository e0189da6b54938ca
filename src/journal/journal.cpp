#include <algorithm>

#include "journal/append.hpp"
#include "vanthu/value.hpp"

namespace vanthu {
namespace {

void require_text(std::string_view text, const std::string& where) {
  if (text.find('\0') != std::string_view::npos || find_invalid_utf8(text))
    throw error(errc::misuse, {"journal.bad-text", {where}});
}

void require_distinct(std::span<const batch> batches) {
  std::vector<std::string_view> names;
  for (const auto& b : batches) names.push_back(b.stream);
  std::ranges::sort(names);
  if (const auto twice = std::ranges::adjacent_find(names); twice != names.end())
    throw error(errc::misuse, {"journal.stream-twice", {std::string(*twice)}});
}

}  // namespace

journal::~journal() = default;

void require_writable(std::span<const batch> batches, std::span<const row_change> derived) {
  require_distinct(batches);
  for (const auto& b : batches) {
    require_text(b.stream, "stream");
    for (const auto& r : b.records)
      for (const auto* text : {&r.actor, &r.type, &r.body}) require_text(*text, b.stream);
  }
  for (const auto& row : derived) {
    require_text(row.table, "table");
    require_text(row.key, row.table);
    if (row.content) require_text(*row.content, row.table);
  }
}

record chain(std::string_view stream, std::uint64_t number, const digest& previous, const new_record& written) {
  record r{std::string(stream), number, written.at, written.actor, written.type, written.body, previous, {}};
  r.hash = hash_of(r);
  return r;
}

}  // namespace vanthu
