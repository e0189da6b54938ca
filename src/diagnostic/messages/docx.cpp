#include "diagnostic/catalogue.hpp"

namespace vanthu::messages {

std::span<const catalogue_entry> docx() { return {}; }

}  // namespace vanthu::messages
