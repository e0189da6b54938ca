// Events as a journal keeps them.
#pragma once

#include <string>
#include <string_view>

#include "vanthu/run.hpp"

namespace vanthu::runs {

inline constexpr std::string_view started_type = "run.started/1";

event event_of(const record& r);  // error(errc::corrupt, "run.bad-event") when the body is not ours
new_record record_of(const event& e);
value plan_body(const plan& p, date on);  // of run.started/1
// The plan of run.started/1, its files checked against their SHA-256: error(errc::corrupt, "run.plan-altered",
// "run.plan-unreadable").
std::shared_ptr<const plan> plan_of(const event& e);

[[noreturn]] void throw_bad_event(const event& e, diagnostics why);

}  // namespace vanthu::runs
