// What an item waits for, and what no longer can happen to it.
#pragma once

#include <cstdint>
#include <vector>

#include "vanthu/run.hpp"

namespace vanthu::runs {

const item_record* find_record(const run_state& s, const item_id& item);  // nullptr: nothing has happened to it
// Of an item of the agenda: lapsed, too, when its condition had failed before it came to be.
item_state state_of(const picture& p, std::uint32_t item);

// Predecessors that keep an item from being started (FS and SS links, conditions) or finished (FF, SF), in the order of
// its links. Evidence only (upto="cut-off") keeps nobody waiting; of join="any" one that is done frees the item.
std::vector<std::uint32_t> keep_from_start(const picture& p, std::uint32_t item);
std::vector<std::uint32_t> keep_from_finish(const picture& p, std::uint32_t item);

// The item for the work of a step; the item itself when it is no step.
std::uint32_t work_of(const agenda& a, std::uint32_t item);

// Items not final that can no longer happen once `item` has this outcome, or, with none, is closed unfinished.
std::vector<item_id> lapsing_after(const picture& p, std::uint32_t item, const outcome_id& result);

}  // namespace vanthu::runs
