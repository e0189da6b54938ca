// Schedules as a Gantt chart.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "interchange/svg.hpp"
#include "vanthu/drawing.hpp"

namespace vanthu {
namespace {

using std::chrono::days;
using std::chrono::floor;

constexpr double names_width = 330, chart_width = 1000, row_height = 20, head_height = 74, margin = 12;
constexpr std::string_view bar_colour = "#4a7fb5", critical_colour = "#c0392b", done_colour = "#9aa5ad",
                           slack_colour = "#b8cfe4", due_colour = "#8e44ad", today_colour = "#e67e22";

date last_day_of(civil_minute t) {
  return floor<days>(t - std::chrono::minutes{1});
}

struct words {
  std::string_view work, critical, slack, due, today, done;
};
words words_in(language lang) {
  if (lang == language::vi) return {"thực hiện", "găng (không còn dự trữ)", "dự trữ", "thời hạn", "hôm nay", "đã xong"};
  return {"work", "critical (no slack)", "slack", "deadline", "today", "done"};
}

class chart {
 public:
  chart(std::span<const gantt_row> rows, const std::string& title, std::optional<date> today, language lang)
      : rows_(rows), title_(title), today_(today), lang_(lang) {
    for (const auto& r : rows) {
      const auto [at, is_new] = place_.try_emplace(r.lane, lanes_.size());
      if (is_new) lanes_.push_back({r.lane, {}});
      lanes_[at->second].rows.push_back(&r);
    }
    find_span();
  }

  std::string run() {
    const auto lines = static_cast<double>(rows_.size() + lanes_.size());
    height_ = head_height + lines * row_height + 46;
    svg::begin(out_, names_width + chart_width + 2 * margin, height_, title_);
    svg::text(out_, margin, 24, svg::fitted(title_, names_width + chart_width, 16), {16, "#222222", "start", "bold"});
    auto y = head_height;
    std::string bars;
    std::swap(out_, bars);
    for (const auto& lane : lanes_) {
      put_lane(lane, y);
      y += row_height;
      for (const auto* r : lane.rows) {
        put_row(*r, y);
        y += row_height;
      }
    }
    std::swap(out_, bars);
    put_scale(y);
    out_ += bars;
    put_today(y);
    put_legend(y + 24);
    svg::end(out_);
    return std::move(out_);
  }

 private:
  struct lane_rows {
    std::string name;
    std::vector<const gantt_row*> rows;
  };

  void find_span() {
    if (rows_.empty()) {
      first_ = last_ = today_.value_or(make_date(2024, 1, 1));
    } else {
      first_ = floor<days>(rows_.front().start);
      last_ = first_;
    }
    for (const auto& r : rows_) {
      first_ = std::min(first_, floor<days>(r.start));
      last_ = std::max({last_, last_day_of(r.finish), r.due.value_or(first_)});
    }
    // Slack beyond the last finish or deadline is cut: it would press everything else together.
    const auto length = (last_ - first_).count();
    first_ -= days{1 + length / 60};
    last_ += days{2 + length / 40};
  }

  double x_of(civil_minute t) const {
    const auto whole = static_cast<double>((civil_minute{last_} - civil_minute{first_}).count());
    const auto part =
        static_cast<double>((std::clamp(t, civil_minute{first_}, civil_minute{last_}) - civil_minute{first_}).count());
    return margin + names_width + chart_width * part / whole;
  }

  // ---- Scale: days, weeks, months, quarters or years, whichever leaves a label room ----

  enum class step { day, week, month, quarter, year };

  step step_of() const {
    const auto length = (last_ - first_).count();
    constexpr long of_days = 24, of_weeks = 150, of_months = 600, of_quarters = 1500;
    return length <= of_days       ? step::day
           : length <= of_weeks    ? step::week
           : length <= of_months   ? step::month
           : length <= of_quarters ? step::quarter
                                   : step::year;
  }

  static date begin_of(date d, step s) {
    const auto c = civil(d);
    constexpr unsigned months_a_quarter = 3;
    const auto month = static_cast<unsigned>(c.month());
    switch (s) {
      case step::day:
        return d;
      case step::week:
        return d - days{std::chrono::weekday{d}.iso_encoding() - 1};
      case step::month:
        return date{c.year() / c.month() / 1};
      case step::quarter:
        return date{c.year() / std::chrono::month{(month - 1) / months_a_quarter * months_a_quarter + 1} / 1};
      case step::year:
        break;
    }
    return date{c.year() / 1 / 1};
  }

  static date next_of(date d, step s) {
    using std::chrono::months;
    const auto c = civil(d);
    switch (s) {
      case step::day:
        return d + days{1};
      case step::week:
        return d + days{7};
      case step::month:
        return date{c + months{1}};
      case step::quarter:
        return date{c + months{3}};
      case step::year:
        break;
    }
    return date{c + std::chrono::years{1}};
  }

  std::string label_of(date d, step s) const {
    const auto c = civil(d);
    const auto month = static_cast<unsigned>(c.month()), day = static_cast<unsigned>(c.day());
    switch (s) {
      case step::day:
      case step::week:
        return fmt::format("{}/{}", day, month);
      case step::month:
        return fmt::format("{}/{}", month, static_cast<int>(c.year()));
      case step::quarter:
        return fmt::format("{}{}/{}", lang_ == language::vi ? "Q" : "Q", (month - 1) / 3 + 1,
                           static_cast<int>(c.year()));
      case step::year:
        break;
    }
    return fmt::format("{}", static_cast<int>(c.year()));
  }

  void put_scale(double bottom) {
    const auto s = step_of();
    int shown = -1;
    for (auto d = begin_of(first_, s); d <= last_; d = next_of(d, s)) {
      const auto end = next_of(d, s);
      const auto x = x_of(civil_minute{d}), right = x_of(civil_minute{end});
      if (s == step::day && std::chrono::weekday{d}.iso_encoding() > 5)
        svg::rect(out_, x, head_height, right - x, bottom - head_height, "fill=\"#f3f3f3\"");
      if (d > first_) svg::line(out_, x, head_height - 8, x, bottom, "stroke=\"#dddddd\"");
      if (right - x > 26) svg::text(out_, (x + right) / 2, head_height - 12, label_of(d, s), {11, "#555555", "middle"});
      if ((s == step::day || s == step::week) && year_of(d) != shown && d >= first_) {
        shown = year_of(d);
        svg::text(out_, x + 2, head_height - 28, std::to_string(shown), {11, "#555555", "start", "bold"});
      }
    }
    svg::line(out_, margin, head_height, margin + names_width + chart_width, head_height, "stroke=\"#888888\"");
  }

  // ---- Rows ----

  void put_lane(const lane_rows& l, double y) {
    svg::rect(out_, margin, y, names_width + chart_width, row_height, "fill=\"#eef2f6\"");
    svg::text(out_, margin + 4, y + 14, svg::fitted(l.name.empty() ? "—" : l.name, names_width + 400, 12),
              {12, "#1b2a3a", "start", "bold"});
  }

  void put_row(const gantt_row& r, double y) {
    const auto label = r.title.empty() ? r.id : fmt::format("{}  {}", r.id, r.title);
    svg::text(out_, margin + 12, y + 14, svg::fitted(label, names_width - 20, 11), {11, "#222222"});
    const auto left = x_of(r.start), right = std::max(x_of(r.finish), left + 2);
    if (r.late_finish > r.finish && !r.done)
      svg::rect(out_, right, y + 8, x_of(r.late_finish) - right, 4, fmt::format("fill=\"{}\"", slack_colour));
    const auto colour = r.done ? done_colour : r.critical ? critical_colour : bar_colour;
    if (r.milestone)
      svg::shape(out_, fmt::format("M{} {}l6 6l-6 6l-6 -6z", svg::number(left), svg::number(y + 4)),
                 fmt::format("fill=\"{}\"", colour));
    else
      svg::rect(out_, left, y + 4, right - left, 12, fmt::format("rx=\"2\" fill=\"{}\"", colour));
    if (r.due) put_due(r, x_of(civil_minute{*r.due + days{1}}), y);
  }

  void put_due(const gantt_row& r, double x, double y) {
    const bool late = r.finish > civil_minute{*r.due + days{1}};
    svg::shape(out_, fmt::format("M{} {}l-5 -7h10z", svg::number(x), svg::number(y + 10)),
               fmt::format("fill=\"{}\"", due_colour));
    svg::line(out_, x, y + 2, x, y + 18, fmt::format("stroke=\"{}\" stroke-width=\"1.5\"", due_colour));
    if (late) svg::text(out_, x_of(r.finish) + 4, y + 14, "!", {12, critical_colour, "start", "bold"});
  }

  void put_today(double bottom) {
    if (!today_ || *today_ < first_ || *today_ > last_) return;
    const auto x = x_of(civil_minute{*today_} + std::chrono::hours{12});
    svg::line(out_, x, head_height - 8, x, bottom,
              fmt::format("stroke=\"{}\" stroke-width=\"2\" stroke-dasharray=\"5 3\"", today_colour));
    const auto label = fmt::format("{} {}", words_in(lang_).today, format_date(*today_));
    const bool at_right = x + svg::width(label, 11) > margin + names_width + chart_width;
    svg::text(out_, x, 44, label, {11, today_colour, at_right ? "end" : "start", "bold"});
  }

  void put_legend(double y) {
    const auto w = words_in(lang_);
    double x = margin + 4;
    const auto put = [&](std::string_view name, auto draw) {
      draw(x);
      svg::text(out_, x + 26, y + 4, name, {11, "#444444"});
      x += 44 + svg::width(name, 11);
    };
    const auto bar = [&](std::string_view colour, double height) {
      return [this, y, colour, height](double at) {
        svg::rect(out_, at, y - height / 2, 20, height, fmt::format("rx=\"2\" fill=\"{}\"", colour));
      };
    };
    put(w.work, bar(bar_colour, 12));
    put(w.critical, bar(critical_colour, 12));
    put(w.done, bar(done_colour, 12));
    put(w.slack, bar(slack_colour, 4));
    put(w.due, [&](double at) {
      svg::shape(out_, fmt::format("M{} {}l-5 -7h10z", svg::number(at + 10), svg::number(y + 3)),
                 fmt::format("fill=\"{}\"", due_colour));
    });
  }

  std::span<const gantt_row> rows_;
  const std::string& title_;
  std::optional<date> today_;
  language lang_;
  std::map<std::string, std::size_t> place_;
  std::vector<lane_rows> lanes_;
  date first_{}, last_{};
  double height_ = 0;
  std::string out_;
};

}  // namespace

std::vector<gantt_row> gantt_rows(const plan& p, const agenda& a, const schedule& s,
                                  std::span<const std::uint32_t> items, gantt_lanes by) {
  std::vector<gantt_row> out;
  const auto top_of = [&](std::uint32_t t) {
    while (p.tasks[t].parent != no_task) t = p.tasks[t].parent;
    return p.tasks[t].id.text + "  " + p.tasks[t].title;
  };
  for (const auto i : items) {
    const auto& w = a.items[i];
    const auto& d = s.items[i];
    const auto* lead = a.agencies.find(w.lead);
    gantt_row r{w.id.text,     title_of(p, w), "",         d.early_start, d.early_finish,
                d.late_finish, d.due,          d.critical, false,         false};
    r.lane = by == gantt_lanes::task ? top_of(w.task) : lead && !lead->name.empty() ? lead->name : w.lead.text;
    r.milestone = w.duration && w.duration->count == 0;
    r.done = d.finish_cause == cause::actual;
    out.push_back(std::move(r));
  }
  return out;
}

std::vector<gantt_row> gantt_rows(const project_file& p, const network_schedule& s, gantt_lanes by) {
  std::vector<gantt_row> out;
  std::vector<std::uint32_t> lead(p.tasks.size(), no_resource);
  for (const auto& a : p.assignments)
    if (lead[a.task] == no_resource) lead[a.task] = a.resource;
  const auto top_of = [&](std::uint32_t t) {
    auto top = t;
    for (auto up = p.network.activities[t].parent; up != no_activity; up = p.network.activities[up].parent)
      if (p.tasks[up].uid != 0) top = up;
    return p.tasks[top].name;
  };
  for (std::uint32_t i = 0; i < p.tasks.size(); ++i) {
    const auto& a = p.network.activities[i];
    const auto& d = s.items[i];
    const bool summary = i + std::size_t{1} < p.tasks.size() && p.network.activities[i + 1].parent == i;
    if (summary || d.early_start == no_minute) continue;
    const auto when = planned(p.network, s, i);
    gantt_row r{p.network.ids[i],
                p.tasks[i].name,
                "",
                when.start,
                when.finish,
                d.late_finish,
                {},
                d.critical,
                a.milestone,
                a.actual_finish != no_minute};
    r.lane = by == gantt_lanes::task ? top_of(i) : lead[i] == no_resource ? "" : p.resources[lead[i]].name;
    if (a.deadline != no_minute) r.due = last_day_of(civil_minute{a.deadline});
    out.push_back(std::move(r));
  }
  return out;
}

std::string to_gantt_svg(std::span<const gantt_row> rows, const std::string& title, std::optional<date> today,
                         language lang) {
  return chart(rows, title, today, lang).run();
}

}  // namespace vanthu
