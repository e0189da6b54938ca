// What every backend of journal promises, as one function: each backend's tests call it.
#pragma once

#include <functional>
#include <memory>

#include "vanthu/journal.hpp"

namespace vanthu::test {

// `open` gives a journal in which nothing is recorded yet.
void check_conformance(const std::function<std::unique_ptr<journal>()>& open);

}  // namespace vanthu::test
