// The graph of a plan or a project, as DOT and as GraphML.
#include <fmt/format.h>

#include <algorithm>

#include "interchange/project_text.hpp"
#include "vanthu/drawing.hpp"
#include "vanthu/interchange.hpp"
#include "xml/tokens.hpp"

namespace vanthu {
namespace {

constexpr std::string_view type_names[] = {"", "SS", "FF", "SF"};

std::string dot_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c != '\n' && c != '\r') out += c;
  }
  return out + "\"";
}

void add_word(std::string& out, const std::string& word) {
  out += (out.empty() ? "" : " ") + word;
}

std::string label(const link& l) {
  std::string out(type_names[static_cast<std::size_t>(l.type)]);
  if (l.lag.count != 0) add_word(out, to_string(l.lag));
  if (l.previous) add_word(out, "previous");
  if (l.join == join_kind::any) add_word(out, "any");
  if (!l.only_if.empty()) add_word(out, "if " + l.only_if.text);
  return out;
}

std::string label(const precedence& l, std::int64_t of_day) {
  constexpr std::int64_t clock_day = 1440, clock_hour = 60;
  std::string out(type_names[static_cast<std::size_t>(l.type)]);
  if (l.lag == 0) return out;
  if (l.unit == lag_unit::percent || l.unit == lag_unit::elapsed_percent)
    add_word(out, fmt::format("{}{}", l.lag, l.unit == lag_unit::percent ? "%" : "e%"));
  else if (l.unit == lag_unit::elapsed)
    add_word(out,
             l.lag % clock_day == 0 ? fmt::format("{}ed", l.lag / clock_day) : fmt::format("{}eh", l.lag / clock_hour));
  else
    add_word(out,
             of_day > 0 && l.lag % of_day == 0 ? fmt::format("{}wd", l.lag / of_day) : fmt::format("{}min", l.lag));
  return out;
}

}  // namespace

drawn_graph graph_of(const plan& p) {
  drawn_graph g;
  g.title = p.title.empty() ? p.id.text : p.title;
  std::vector<std::uint32_t> node(p.tasks.size(), UINT32_MAX);
  for (std::uint32_t i = 0; i < p.tasks.size(); ++i) {
    const auto& t = p.tasks[i];
    if (!t.leaf) continue;
    const auto lead = t.each.empty() ? t.lead : t.each.text;
    const auto* known = find_agency(p, agency_id{lead});
    node[i] = static_cast<std::uint32_t>(g.nodes.size());
    g.nodes.push_back({t.id.text, t.title, known ? known->name : lead});
  }
  // A link to a task with children means its leaves: parents come before their children in the file.
  const auto leaves = [&](std::uint32_t top) {
    std::vector<std::uint32_t> result;
    std::vector<bool> inside(p.tasks.size());
    inside[top] = true;
    for (auto i = top; i < p.tasks.size(); ++i) {
      if (i != top && p.tasks[i].parent != no_task && inside[p.tasks[i].parent]) inside[i] = true;
      if (inside[i] && p.tasks[i].leaf) result.push_back(i);
    }
    return result;
  };
  for (std::uint32_t i = 0; i < p.tasks.size(); ++i) {
    if (!p.tasks[i].leaf) continue;
    for (const auto& l : p.tasks[i].after)
      for (const auto from : leaves(l.task)) g.links.push_back({node[from], node[i], label(l), l.previous});
  }
  return g;
}

drawn_graph graph_of(const project_file& p) {
  drawn_graph g;
  g.title = p.title;
  std::vector<std::uint32_t> lead(p.tasks.size(), no_resource), node(p.tasks.size(), UINT32_MAX);
  for (const auto& a : p.assignments)
    if (lead[a.task] == no_resource) lead[a.task] = a.resource;
  std::vector<char> linked(p.tasks.size());
  for (const auto& l : p.network.links) linked[l.from] = linked[l.to] = 1;
  for (std::uint32_t i = 0; i < p.tasks.size(); ++i) {
    const bool summary = i + std::size_t{1} < p.tasks.size() && p.network.activities[i + 1].parent == i;
    if (p.tasks[i].null || (summary && !linked[i])) continue;
    node[i] = static_cast<std::uint32_t>(g.nodes.size());
    g.nodes.push_back({p.network.ids[i], p.tasks[i].name, lead[i] == no_resource ? "" : p.resources[lead[i]].name});
  }
  const auto of_day = p.network.calendars[p.calendar].minutes_of_day();
  for (const auto& l : p.network.links)
    if (node[l.from] != UINT32_MAX && node[l.to] != UINT32_MAX)
      g.links.push_back({node[l.from], node[l.to], label(l, of_day), false});
  return g;
}

std::string to_dot(const plan& p) {
  auto g = graph_of(p);
  g.title = p.id.text;
  return to_dot(g);
}

std::string to_dot(const drawn_graph& g) {
  auto out = fmt::format("digraph {} {{\n  rankdir=LR;\n  node [shape=box, style=rounded];\n", dot_text(g.title));
  std::vector<std::string> lanes;
  for (const auto& n : g.nodes)
    if (std::ranges::find(lanes, n.lane) == lanes.end()) lanes.push_back(n.lane);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    out += fmt::format("  subgraph cluster_{} {{\n    label={};\n", i, dot_text(lanes[i]));
    for (const auto& n : g.nodes)
      if (n.lane == lanes[i])
        out += fmt::format("    {} [label={}];\n", dot_text(n.id), dot_text(fmt::format("{} {}", n.id, n.title)));
    out += "  }\n";
  }
  for (const auto& l : g.links) {
    out += fmt::format("  {} -> {}", dot_text(g.nodes[l.from].id), dot_text(g.nodes[l.to].id));
    out += l.label.empty() ? ";\n" : fmt::format(" [label={}];\n", dot_text(l.label));
  }
  return out + "}\n";
}

std::string to_graphml(const drawn_graph& g) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
      "  <key id=\"title\" for=\"node\" attr.name=\"title\" attr.type=\"string\"/>\n"
      "  <key id=\"lead\" for=\"node\" attr.name=\"lead\" attr.type=\"string\"/>\n"
      "  <key id=\"label\" for=\"edge\" attr.name=\"label\" attr.type=\"string\"/>\n";
  const auto quoted = [](std::string_view text) {
    std::string result;
    xml::append_escaped_attribute(result, text);
    return result;
  };
  const auto data = [&](std::string_view key, std::string_view text) {
    if (text.empty()) return;
    out += fmt::format("      <data key=\"{}\">", key);
    xml::append_escaped(out, text);
    out += "</data>\n";
  };
  out += fmt::format("  <graph id=\"{}\" edgedefault=\"directed\">\n", quoted(g.title));
  for (const auto& n : g.nodes) {
    out += fmt::format("    <node id=\"{}\">\n", quoted(n.id));
    data("title", n.title);
    data("lead", n.lane);
    out += "    </node>\n";
  }
  for (std::size_t i = 0; i < g.links.size(); ++i) {
    const auto& l = g.links[i];
    out += fmt::format("    <edge id=\"e{}\" source=\"{}\" target=\"{}\">\n", i, quoted(g.nodes[l.from].id),
                       quoted(g.nodes[l.to].id));
    data("label", l.label);
    out += "    </edge>\n";
  }
  return out + "  </graph>\n</graphml>\n";
}

}  // namespace vanthu
