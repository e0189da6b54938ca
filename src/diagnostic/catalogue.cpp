#include "diagnostic/catalogue.hpp"

#include <algorithm>
#include <vector>

namespace vanthu {
namespace {

std::vector<catalogue_entry> join() {
  std::vector<catalogue_entry> all;
  for (const auto table : {messages::value(), messages::xml(), messages::docx(), messages::form(), messages::calendar(),
                           messages::plan(), messages::schedule(), messages::journal(), messages::run(),
                           messages::report(), messages::documents(), messages::interchange(), messages::os()})
    all.insert(all.end(), table.begin(), table.end());
  std::ranges::sort(all, {}, &catalogue_entry::id);
  return all;
}

}  // namespace

std::span<const catalogue_entry> catalogue() {
  static const std::vector<catalogue_entry> all = join();
  return all;
}

}  // namespace vanthu
