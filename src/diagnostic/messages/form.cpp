#include "diagnostic/catalogue.hpp"

namespace vanthu::messages {

std::span<const catalogue_entry> form() { return {}; }

}  // namespace vanthu::messages
