// The message tables, one file a room below messages/. Each table is sorted by id; catalogue() joins them.
#pragma once

#include <span>

#include "vanthu/diagnostic.hpp"

namespace vanthu::messages {

std::span<const catalogue_entry> value();
std::span<const catalogue_entry> xml();
std::span<const catalogue_entry> docx();
std::span<const catalogue_entry> form();
std::span<const catalogue_entry> calendar();
std::span<const catalogue_entry> plan();
std::span<const catalogue_entry> schedule();
std::span<const catalogue_entry> journal();
std::span<const catalogue_entry> run();
std::span<const catalogue_entry> report();
std::span<const catalogue_entry> documents();
std::span<const catalogue_entry> interchange();
std::span<const catalogue_entry> os();

}  // namespace vanthu::messages
