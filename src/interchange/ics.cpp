#include <fmt/format.h>

#include "interchange/titles.hpp"
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

std::string to_ics(const picture& p, std::span<const due_item> items, std::string_view domain, instant stamp) {
  std::string out;
  for (const auto* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//vanthu//deadlines//VI", "CALSCALE:GREGORIAN"})
    put_line(out, line);
  for (const auto& due : items) {
    const auto& item = p.items.items[due.item];
    std::string who;
    for (const auto& holder : due.holder) {
      const auto* known = p.items.agencies.find(holder);
      who += (who.empty() ? "" : ", ") + (known ? known->name : holder.text);
    }
    const auto eve = p.days.general.advance(due.due, working_days{-1});
    put_line(out, "BEGIN:VEVENT");
    put_line(out, fmt::format("UID:{}@{}", escaped(item.id.text), domain));
    put_line(out, fmt::format("DTSTAMP:{}", compact(stamp)));
    put_line(out, fmt::format("DTSTART;VALUE=DATE:{}", compact(due.due)));
    put_line(out, fmt::format("DTEND;VALUE=DATE:{}", compact(due.due + std::chrono::days{1})));
    put_line(out, fmt::format("SUMMARY:{}", escaped(title_of(p.following(), item))));
    put_line(out, fmt::format("DESCRIPTION:{}", escaped(fmt::format("{} ({})", who, name(due.state)))));
    put_line(out, "TRANSP:TRANSPARENT");
    put_line(out, "BEGIN:VALARM");
    put_line(out, "ACTION:DISPLAY");
    put_line(out, fmt::format("DESCRIPTION:{}", escaped(title_of(p.following(), item))));
    put_line(out, fmt::format("TRIGGER:-P{}DT16H", (due.due - eve).count() - 1));
    put_line(out, "END:VALARM");
    put_line(out, "END:VEVENT");
  }
  put_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace vanthu
