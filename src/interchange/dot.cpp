#include <fmt/format.h>

#include <map>

#include "vanthu/interchange.hpp"

namespace vanthu {
namespace {

std::string dot_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c != '\n' && c != '\r') out += c;
  }
  return out + "\"";
}

std::string label(const link& l) {
  constexpr std::string_view names[] = {"", "SS", "FF", "SF"};
  std::string out(names[static_cast<std::size_t>(l.type)]);
  const auto add = [&](const std::string& word) { out += (out.empty() ? "" : " ") + word; };
  if (l.lag.count != 0) add(to_string(l.lag));
  if (l.previous) add("previous");
  if (l.join == join_kind::any) add("any");
  if (!l.only_if.empty()) add("if " + l.only_if.text);
  return out;
}

}  // namespace

std::string to_dot(const plan& p) {
  std::map<std::string, std::vector<const task*>> by_lead;
  for (const auto& t : p.tasks)
    if (t.leaf) by_lead[t.each.empty() ? t.lead : t.each.text].push_back(&t);

  std::string out =
      fmt::format("digraph {} {{\n  rankdir=LR;\n  node [shape=box, style=rounded];\n", dot_text(p.id.text));
  int number = 0;
  for (const auto& [lead, tasks] : by_lead) {
    const auto* known = find_agency(p, agency_id{lead});
    out += fmt::format("  subgraph cluster_{} {{\n    label={};\n", number++, dot_text(known ? known->name : lead));
    for (const auto* t : tasks)
      out += fmt::format("    {} [label={}];\n", dot_text(t->id.text),
                         dot_text(fmt::format("{} {}", t->id.text, t->title)));
    out += "  }\n";
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
  for (const auto& t : p.tasks) {
    if (!t.leaf) continue;
    for (const auto& l : t.after)
      for (const auto from : leaves(l.task)) {
        const auto words = label(l);
        out += fmt::format("  {} -> {}", dot_text(p.tasks[from].id.text), dot_text(t.id.text));
        out += words.empty() ? ";\n" : fmt::format(" [label={}];\n", dot_text(words));
      }
  }
  return out + "}\n";
}

}  // namespace vanthu
