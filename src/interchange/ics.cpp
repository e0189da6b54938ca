#include <fmt/format.h>

#include <algorithm>

#include "vanthu/interchange.hpp"

namespace vanthu {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c != '\r') out += c;
  }
  return out;
}

// Lines are at most 75 bytes; a longer one goes on after CRLF and a space, never inside a character.
void put_line(std::string& out, std::string_view line) {
  constexpr std::size_t width = 75;
  std::size_t room = width;
  while (line.size() > room) {
    auto cut = room;
    while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = width - 1;
  }
  out.append(line).append("\r\n");
}

std::string compact(date d) {
  auto text = iso(d);
  std::erase(text, '-');
  return text;
}

std::string compact(instant t) {
  auto text = rfc3339(std::chrono::floor<std::chrono::seconds>(t));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

}  // namespace

std::string to_ics(std::span<const ics_event> events, std::string_view domain, instant stamp) {
  std::string out;
  for (const auto* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//vanthu//deadlines//VI", "CALSCALE:GREGORIAN"})
    put_line(out, line);
  for (const auto& each : events) {
    put_line(out, "BEGIN:VEVENT");
    put_line(out, fmt::format("UID:{}@{}", escaped(each.id), domain));
    put_line(out, fmt::format("DTSTAMP:{}", compact(stamp)));
    put_line(out, fmt::format("DTSTART;VALUE=DATE:{}", compact(each.day)));
    put_line(out, fmt::format("DTEND;VALUE=DATE:{}", compact(each.day + std::chrono::days{1})));
    put_line(out, fmt::format("SUMMARY:{}", escaped(each.title)));
    if (!each.note.empty()) put_line(out, fmt::format("DESCRIPTION:{}", escaped(each.note)));
    put_line(out, "TRANSP:TRANSPARENT");
    put_line(out, "BEGIN:VALARM");
    put_line(out, "ACTION:DISPLAY");
    put_line(out, fmt::format("DESCRIPTION:{}", escaped(each.title)));
    const auto ahead = (each.day - std::min(each.remind_on.value_or(each.day), each.day)).count();
    put_line(out, ahead == 0 ? "TRIGGER:PT8H" : fmt::format("TRIGGER:-P{}DT16H", ahead - 1));
    put_line(out, "END:VALARM");
    put_line(out, "END:VEVENT");
  }
  put_line(out, "END:VCALENDAR");
  return out;
}

std::string to_ics(const picture& p, std::span<const due_item> items, std::string_view domain, instant stamp) {
  std::vector<ics_event> events;
  for (const auto& due : items) {
    const auto& item = p.items.items[due.item];
    std::string who;
    for (const auto& holder : due.holder) {
      const auto* known = p.items.agencies.find(holder);
      who += (who.empty() ? "" : ", ") + (known ? known->name : holder.text);
    }
    events.push_back({item.id.text, title_of(p.following(), item), fmt::format("{} ({})", who, name(due.state)),
                      due.due, p.days.general.advance(due.due, working_days{-1})});
  }
  return to_ics(std::span<const ics_event>(events), domain, stamp);
}

}  // namespace vanthu
