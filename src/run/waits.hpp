// What an item waits for, and what no longer can happen to it.
#pragma once

#include <cstdint>
#include <vector>

#include "vanthu/run.hpp"

namespace vanthu::runs {

const item_record* find_record(const run_state& s, const item_id& item);  // nullptr: nothing has happened to it
item_state state_of(const run_state& s, const item_id& item);

// Predecessors that keep an item from being started (FS and SS links, conditions) or finished (FF, SF), in the order of
// its links. Evidence only (upto="cut-off") keeps nobody waiting; of join="any" one that is done frees the item.
std::vector<std::uint32_t> keep_from_start(const picture& p, std::uint32_t item);
std::vector<std::uint32_t> keep_from_finish(const picture& p, std::uint32_t item);

// Why an item lapses: the condition it hangs on, and the outcome that came instead (empty: none will come).
struct lapse {
  std::uint32_t item = no_item, because = no_item;
  outcome_id came;
};
// Items not final whose <only-if> can no longer come true once `item` has this outcome, or is closed unfinished
// (`result` empty); the steps that follow them and the items conditional on them lapse with them.
std::vector<lapse> lapsing_after(const picture& p, std::uint32_t item, const outcome_id& result);

}  // namespace vanthu::runs
