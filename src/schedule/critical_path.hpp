// The two passes over a snapshot.
#pragma once

#include <unordered_map>
#include <vector>

#include "schedule/lengths.hpp"
#include "schedule/snapshot.hpp"

namespace vanthu::schedules {

// An activity as the passes see it. `late_start` is what its late finish leaves, even when it has begun.
struct node {
  minute early_start = nothing, early_finish = nothing;
  minute late_start = nothing, late_finish = nothing;
  std::int32_t length = 0;
  std::int32_t gap = INT32_MAX;  // to the nearest that waits for it; INT32_MAX: nobody does
  std::uint16_t calendar = 0;
  bool plain = false;  // nothing but a length: no constraint, progress or assignment to look at
  bool closed = false;
};

class critical_path {
 public:
  critical_path(const activity_network& n, const network_options& options, const lengths& l, const snapshot& g);

  // `alap`: what waits for an activity that is as late as possible waits for its late dates, which are known by now.
  void forward(bool alap = false);
  void backward(minute project_finish);
  void measure_gaps();  // again, when forward dates have changed since
  minute earliest_start() const;
  minute latest_start() const;  // the earliest of the late starts
  minute latest_finish() const;
  void start_from(minute project_start) { project_start_ = project_start; }
  // Into `out`, parallel to the activities.
  void put(std::vector<activity_dates>& out) const;

  const std::vector<node>& nodes() const { return nodes_; }
  // Activities that began before their predecessors let them.
  const std::vector<std::uint32_t>& early_birds() const { return early_birds_; }

 private:
  void place(std::uint32_t k);
  void place_started(std::uint32_t k, minute pushed);
  minute first_start(std::uint32_t a) const;
  minute no_earlier(std::uint32_t a, minute start) const;
  void constrain(std::uint32_t a, node& v) const;
  void not_in_the_past(std::uint32_t a, node& v) const;
  void push_on(std::uint32_t k, bool alap);

  void look_ahead(std::uint32_t k);
  minute left_by(std::uint32_t k, const arc& link) const;
  minute left_by_start(std::uint32_t k, const arc& link) const;
  minute due_start(std::uint32_t k, minute start) const;
  minute due_finish(std::uint32_t k, minute start, minute finish) const;
  minute bounded(std::uint32_t a, minute late) const;

  const clock& calendar_of(std::uint32_t k) const;
  bool is_late(std::uint32_t k) const;
  minute planned_start(std::uint32_t k) const;
  minute planned_finish(std::uint32_t k) const;
  std::int64_t gap(std::uint32_t k, const arc& link) const;
  void slack(std::uint32_t k, activity_dates& out) const;

  const activity_network& n_;
  const network_options& options_;
  const lengths& lengths_;
  const snapshot& g_;
  std::vector<node> nodes_;
  std::vector<std::uint32_t> early_birds_;
  std::unordered_map<std::uint32_t, minute> held_back_;  // nodes that a constraint keeps before where links push them
  minute project_start_ = 0, project_finish_ = 0;
};

}  // namespace vanthu::schedules
