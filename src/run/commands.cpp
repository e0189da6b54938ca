#include <algorithm>

#include "run/action.hpp"
#include "run/members.hpp"
#include "vanthu/run.hpp"

namespace vanthu {
namespace {

using runs::need;

constexpr std::uint64_t last_event_number = 999'999'999'999'999;

// What is common to all commands is asked for first, so that the nearest name of a mistyped member is found among all.
std::optional<command> read_command(const value& line, const location& where, diagnostics& notes) {
  runs::object_reader members(line, where, notes);
  command c;
  c.where = where;
  const auto verb = members.text("do", need::required);
  c.at = members.moment("at").value_or(instant{});
  c.actor = members.text("actor");
  c.by = {members.text("by")};
  c.key = members.text("key");
  c.note = members.text("note");
  if (verb != "raise") {
    c.item = {members.text("item", need::required)};
    c.expect = members.whole("expect", last_event_number);
  }
  if (verb.empty()) return {};
  auto what = runs::read_by_verb(verb, members);
  if (!what) {
    notes.push_back({severity::error,
                     {"run.unknown-command", {verb, std::string(runs::nearest_verb(verb))}},
                     {where.source, where.line, where.column, "/do"},
                     {}});
    return {};
  }
  members.finish();
  c.what = std::move(*what);
  return c;
}

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void read_line(std::string_view line, const location& where, std::vector<command>& into, diagnostics& notes) {
  auto json = read_json(line, where.source);
  for (auto& d : json.notes) {
    d.where.line = where.line;
    notes.push_back(std::move(d));
  }
  if (!json) return;
  if (auto c = read_command(*json, where, notes)) into.push_back(std::move(*c));
}

}  // namespace

checked<std::vector<command>> read_commands(std::string_view json_lines, std::string source) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (json_lines.starts_with(byte_order_mark)) json_lines.remove_prefix(byte_order_mark.size());
  checked<std::vector<command>> out;
  std::vector<command> read;
  location where{std::move(source), 0, 1, {}};
  while (!json_lines.empty()) {
    const auto end = std::min(json_lines.find('\n'), json_lines.size());
    const auto line = without_line_end(json_lines.substr(0, end));
    json_lines.remove_prefix(std::min(end + 1, json_lines.size()));
    ++where.line;
    if (line.find_first_not_of(" \t") != std::string_view::npos) read_line(line, where, read, out.notes);
  }
  if (!has_errors(out.notes)) out.value = std::move(read);
  return out;
}

}  // namespace vanthu
