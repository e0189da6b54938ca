// What is behind the dates: who receives, where a link is written and on what it stands, the links that led to a date.
#pragma once

#include <string>

#include "vanthu/schedule.hpp"

namespace vanthu::schedules {

// The agency the product goes to, whose days off a due date rolls over; else who accepts the work.
agency_id receiver_of(const plan& p, const task& t, const regime* reports);

location place_of(const agenda& a, const plan& p, std::uint32_t link);
const provenance* ground_of(const agenda& a, const plan& p, std::uint32_t link);  // null between steps
// «c ← b ← a»: the items that pushed an item to its dates, each by the one that follows.
std::string chain_to(const schedule& s, const agenda& a, std::uint32_t item);

}  // namespace vanthu::schedules
