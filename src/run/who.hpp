// Who may give a command on a day, successions followed.
#pragma once

#include <cstdint>
#include <vector>

#include "vanthu/run.hpp"

namespace vanthu::runs {

enum class role { holder, holder_or_support, acceptor, holder_or_acceptor, issuer };

std::vector<agency_id> who_may(const picture& p, std::uint32_t item, role r, date on);
// Holder or support of the case's task or of a task below it, or the plan's issuer. Where the task is led by whoever
// raises it ("$case"), that is `by`.
std::vector<agency_id> who_may_raise(const picture& p, std::uint32_t case_task, const agency_id& by, date on);
// The issuer's own items need nobody else to accept them.
bool accepts_itself(const picture& p, std::uint32_t item, const agency_id& by, date on);
// The topmost task with every="case" above a task, or the task itself; no_task when it does not belong to a case.
std::uint32_t case_task(const plan& p, std::uint32_t task);

}  // namespace vanthu::runs
