// What every backend does in the same way when it appends.
#pragma once

#include "vanthu/journal.hpp"

namespace vanthu {

// Throws error(errc::misuse) for what no backend stores: a stream named twice ("journal.stream-twice"), a text that is
// not UTF-8 or holds a NUL ("journal.bad-text").
void require_writable(std::span<const batch> batches, std::span<const row_change> derived);

// The record that follows the one with number `number - 1` and hash `previous`, hashed.
record chain(std::string_view stream, std::uint64_t number, const digest& previous, const new_record& written);

}  // namespace vanthu
