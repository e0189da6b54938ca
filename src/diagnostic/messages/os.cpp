#include "diagnostic/catalogue.hpp"

namespace vanthu::messages {

std::span<const catalogue_entry> os() { return {}; }

}  // namespace vanthu::messages
