// What is said about the dates of a network.
#pragma once

#include <string>
#include <vector>

#include "vanthu/network.hpp"

namespace vanthu::schedules {

std::string name_of(const activity_network& n, std::uint32_t a);
location place_of(const activity_network& n, std::uint32_t a);

diagnostics review(const activity_network& n, const network_options& options, const network_schedule& s,
                   const std::vector<std::uint32_t>& early_birds);

}  // namespace vanthu::schedules
