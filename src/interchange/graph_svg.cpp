// The graph in layers from left to right: a node stands right of all it waits for, a link over several layers passes
// through a place of its own in each, and within a layer nodes stand near their neighbours.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "interchange/svg.hpp"
#include "vanthu/drawing.hpp"

namespace vanthu {
namespace {

constexpr double box_width = 190, box_height = 50, column_gap = 90, row_gap = 14, bend_height = 10, margin = 20,
                 head = 46, part_gap = 26;
constexpr std::array<std::string_view, 10> colours{"#dbe9f6", "#e3f1dc", "#fde8d4", "#f6dede", "#e9e1f3",
                                                   "#ece2dc", "#fbe3ef", "#eaeaea", "#f1f2cf", "#d8f1f3"};
constexpr std::size_t most_spots = 500'000;  // beyond that long links go straight
constexpr std::uint32_t no_node = UINT32_MAX;

// A node of the graph, or a place that a long link passes through.
struct spot {
  std::uint32_t node = no_node;
  std::size_t layer = 0;
  double y = 0;  // of its middle
  std::vector<std::uint32_t> before, after;
  double height() const { return node == no_node ? bend_height : box_height; }
};

using layer_list = std::vector<std::vector<std::uint32_t>>;

class layout {
 public:
  explicit layout(const drawn_graph& g) : g_(g) {
    find_layers();
    split_long_links();
    find_parts();
    rank_.resize(spots_.size());
    key_.resize(spots_.size());
    double bottom = head + margin;
    for (auto& layers : parts_) {
      order_layers(layers);
      bottom = place(layers, bottom) + part_gap;
    }
    place_alone(bottom);
  }

  std::string run() {
    double width = 2 * margin + box_width, height = head + 2 * margin;
    for (const auto& s : spots_) {
      width = std::max(width, x_of(s) + box_width + margin);
      height = std::max(height, s.y + s.height() / 2 + margin);
    }
    const auto legend_y = height + 10;
    const auto legend = lanes();
    const auto columns = std::max<std::size_t>(1, static_cast<std::size_t>((width - 2 * margin) / legend_width));
    height = legend_y + 20.0 * static_cast<double>((legend.size() + columns - 1) / columns) + margin;
    svg::begin(out_, width, height, g_.title);
    out_ +=
        "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" "
        "orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#5a6b7b\"/></marker></defs>\n";
    svg::text(out_, margin, 28, svg::fitted(g_.title, width - 2 * margin, 16), {16, "#222222", "start", "bold"});
    for (std::size_t l = 0; l < g_.links.size(); ++l) put_link(l);
    for (const auto& s : spots_)
      if (s.node != no_node) put_node(s);
    for (std::size_t i = 0; i < legend.size(); ++i) {
      const auto x = margin + static_cast<double>(i % columns) * legend_width;
      const auto y = legend_y + 20.0 * static_cast<double>(i / columns);
      svg::rect(out_, x, y, 16, 12, fmt::format("fill=\"{}\" stroke=\"#8899aa\"", colour_of(legend[i])));
      svg::text(out_, x + 22, y + 10, svg::fitted(legend[i].empty() ? "—" : legend[i], legend_width - 34, 11),
                {11, "#444444"});
    }
    svg::end(out_);
    return std::move(out_);
  }

 private:
  static constexpr double legend_width = 300;

  bool orders(const graph_link& l) const { return !l.back && l.from != l.to; }

  // Longest paths from the left. What waits in a ring is let in one by one.
  void find_layers() {
    const auto n = static_cast<std::uint32_t>(g_.nodes.size());
    std::vector<std::vector<std::uint32_t>> out(n);
    std::vector<std::size_t> waits(n), links(n);
    for (const auto& l : g_.links) {
      ++links[l.from];
      ++links[l.to];
      if (!orders(l)) continue;
      out[l.from].push_back(l.to);
      ++waits[l.to];
    }
    spots_.resize(n);
    std::vector<char> seen(n);
    std::vector<std::uint32_t> queue;
    const auto let_in = [&](std::uint32_t v) {
      seen[v] = 1;
      queue.push_back(v);
    };
    for (std::uint32_t v = 0; v < n; ++v) {
      spots_[v].node = v;
      if (waits[v] == 0) let_in(v);
    }
    for (std::size_t at = 0; at < n; ++at) {
      if (at == queue.size()) let_in(static_cast<std::uint32_t>(std::ranges::find(seen, 0) - seen.begin()));
      for (const auto to : out[queue[at]]) {
        if (seen[to]) continue;
        spots_[to].layer = std::max(spots_[to].layer, spots_[queue[at]].layer + 1);
        if (--waits[to] == 0) let_in(to);
      }
    }
    is_alone_.resize(n);
    for (std::uint32_t v = 0; v < n; ++v) is_alone_[v] = links[v] == 0;
  }

  void split_long_links() {
    through_.resize(g_.links.size());
    for (std::size_t l = 0; l < g_.links.size(); ++l) {
      const auto& link = g_.links[l];
      auto last = link.from;
      const auto goal = spots_[link.to].layer;
      if (orders(link) && spots_[last].layer < goal) {
        while (spots_[last].layer + 1 < goal && spots_.size() < most_spots) {
          spot bend;
          bend.layer = spots_[last].layer + 1;
          const auto index = static_cast<std::uint32_t>(spots_.size());
          spots_.push_back(bend);
          join(last, index);
          through_[l].push_back(index);
          last = index;
        }
        join(last, link.to);
      }
    }
  }

  // What hangs together is drawn together, one part below the other.
  void find_parts() {
    std::vector<char> seen(spots_.size());
    for (std::uint32_t i = 0; i < spots_.size(); ++i) {
      if (seen[i] || (i < is_alone_.size() && is_alone_[i])) continue;
      std::vector<std::uint32_t> members{i};
      seen[i] = 1;
      for (std::size_t at = 0; at < members.size(); ++at)
        for (const auto* side : {&spots_[members[at]].before, &spots_[members[at]].after})
          for (const auto next : *side)
            if (!std::exchange(seen[next], 1)) members.push_back(next);
      std::ranges::sort(members);
      layer_list layers;
      for (const auto each : members) {
        if (layers.size() <= spots_[each].layer) layers.resize(spots_[each].layer + 1);
        layers[spots_[each].layer].push_back(each);
      }
      deepest_ = std::max(deepest_, layers.size());
      parts_.push_back(std::move(layers));
    }
  }

  void join(std::uint32_t a, std::uint32_t b) {
    spots_[a].after.push_back(b);
    spots_[b].before.push_back(a);
  }

  // Sweeps to and fro: each spot goes to the middle of its neighbours in the layer just passed.
  void order_layers(layer_list& layers) {
    const auto number = [&](const std::vector<std::uint32_t>& layer) {
      for (std::size_t i = 0; i < layer.size(); ++i) rank_[layer[i]] = static_cast<double>(i);
    };
    for (const auto& layer : layers) number(layer);
    const auto sort = [&](std::vector<std::uint32_t>& layer, std::vector<std::uint32_t> spot::*side) {
      for (const auto i : layer) {
        double sum = 0;
        for (const auto each : spots_[i].*side) sum += rank_[each];
        key_[i] = (spots_[i].*side).empty() ? rank_[i] : sum / static_cast<double>((spots_[i].*side).size());
      }
      std::ranges::stable_sort(layer, [&](auto a, auto b) { return key_[a] < key_[b]; });
      number(layer);
    };
    constexpr int sweeps = 8;
    for (int k = 0; k < sweeps; ++k) {
      for (std::size_t l = 1; l < layers.size(); ++l) sort(layers[l], &spot::before);
      for (std::size_t l = layers.size(); l-- > 1;) sort(layers[l - 1], &spot::after);
    }
  }

  // Below `top`; gives back where it ends.
  double place(layer_list& layers, double top) {
    for (auto& layer : layers) pack(layer, nullptr);
    constexpr int sweeps = 6;
    for (int k = 0; k < sweeps; ++k) {
      for (std::size_t l = 1; l < layers.size(); ++l) pack(layers[l], &spot::before);
      for (std::size_t l = layers.size(); l-- > 1;) pack(layers[l - 1], &spot::after);
    }
    double highest = 1e9, lowest = -1e9;
    for (const auto& layer : layers)
      for (const auto i : layer) {
        highest = std::min(highest, spots_[i].y - spots_[i].height() / 2);
        lowest = std::max(lowest, spots_[i].y + spots_[i].height() / 2);
      }
    for (const auto& layer : layers)
      for (const auto i : layer) spots_[i].y += top - highest;
    return top + lowest - highest;
  }

  // As near to the middle of the neighbours as the order and the gaps allow.
  void pack(std::vector<std::uint32_t>& layer, std::vector<std::uint32_t> spot::*side) {
    std::vector<double> wish;
    for (const auto i : layer) {
      const auto& s = spots_[i];
      double sum = 0;
      if (side)
        for (const auto each : s.*side) sum += spots_[each].y;
      wish.push_back(side && !(s.*side).empty() ? sum / static_cast<double>((s.*side).size()) : s.y);
    }
    double end = -1e9, shift = 0;
    for (std::size_t k = 0; k < layer.size(); ++k) {
      auto& s = spots_[layer[k]];
      s.y = std::max(wish[k], end + row_gap + s.height() / 2);
      end = s.y + s.height() / 2;
      shift += wish[k] - s.y;
    }
    if (!layer.empty()) shift /= static_cast<double>(layer.size());
    for (const auto i : layer) spots_[i].y += shift;
  }

  // Nodes without links stand in rows below.
  void place_alone(double bottom) {
    const auto columns = std::max<std::size_t>(4, deepest_);
    std::size_t k = 0;
    for (std::uint32_t v = 0; v < is_alone_.size(); ++v) {
      if (!is_alone_[v]) continue;
      spots_[v].layer = k % columns;
      spots_[v].y = bottom + (box_height + row_gap) * static_cast<double>(k / columns) + box_height / 2;
      ++k;
    }
  }

  double x_of(const spot& s) const { return margin + static_cast<double>(s.layer) * (box_width + column_gap); }

  std::vector<std::string> lanes() const {
    std::vector<std::string> out;
    for (const auto& n : g_.nodes)
      if (std::ranges::find(out, n.lane) == out.end()) out.push_back(n.lane);
    return out;
  }

  std::string_view colour_of(const std::string& lane) {
    const auto at = colour_.try_emplace(lane, colour_.size()).first;
    return colours[at->second % colours.size()];
  }

  void put_node(const spot& s) {
    const auto& n = g_.nodes[s.node];
    const auto x = x_of(s), y = s.y - box_height / 2;
    svg::rect(out_, x, y, box_width, box_height,
              fmt::format("rx=\"6\" fill=\"{}\" stroke=\"#8899aa\"", colour_of(n.lane)));
    svg::text(out_, x + 8, y + 14, svg::fitted(n.id, box_width - 16, 11), {11, "#1b2a3a", "start", "bold"});
    double line = y + 28;
    for (const auto& each : svg::wrapped(n.title, box_width - 16, 11, 2)) {
      svg::text(out_, x + 8, line, each, {11, "#222222"});
      line += 14;
    }
  }

  void put_link(std::size_t index) {
    const auto& l = g_.links[index];
    const auto &from = spots_[l.from], &to = spots_[l.to];
    double x = x_of(from) + box_width, y = from.y;
    auto path = fmt::format("M{} {}", svg::number(x), svg::number(y));
    const auto curve = [&](double to_x, double to_y) {
      const auto reach = std::max(30.0, (to_x - x) / 2);
      path += fmt::format("C{} {} {} {} {} {}", svg::number(x + reach), svg::number(y), svg::number(to_x - reach),
                          svg::number(to_y), svg::number(to_x), svg::number(to_y));
      x = to_x;
      y = to_y;
    };
    for (const auto each : through_[index]) {
      curve(x_of(spots_[each]), spots_[each].y);
      x += box_width;
      path += fmt::format("L{} {}", svg::number(x), svg::number(y));
    }
    const auto label_x = x + column_gap / 2, label_y = (y + to.y) / 2 - 3;
    curve(x_of(to) - 1, to.y);
    svg::shape(out_, path,
               fmt::format("fill=\"none\" stroke=\"#5a6b7b\" marker-end=\"url(#tip)\"{}",
                           l.back ? " stroke-dasharray=\"4 3\"" : ""));
    if (l.label.empty()) return;
    const auto room = svg::width(l.label, 10);
    svg::rect(out_, label_x - room / 2 - 2, label_y - 9, room + 4, 12, "fill=\"#ffffff\" fill-opacity=\"0.85\"");
    svg::text(out_, label_x, label_y, l.label, {10, "#5a6b7b", "middle"});
  }

  const drawn_graph& g_;
  std::vector<spot> spots_;  // the nodes first
  std::vector<char> is_alone_;
  std::vector<std::vector<std::uint32_t>> through_;  // of each link, the places it passes
  std::vector<double> rank_, key_;                   // of each spot, while a layer is put in order
  std::vector<layer_list> parts_;
  std::size_t deepest_ = 0;
  std::map<std::string, std::size_t> colour_;
  std::string out_;
};

}  // namespace

std::string to_svg(const drawn_graph& g) {
  return layout(g).run();
}

}  // namespace vanthu
