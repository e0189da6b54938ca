#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/value.hpp"

namespace vanthu {
namespace {

bool is_plain(char c) {
  return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
}

void write_text(std::string& out, std::string_view utf8) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  while (!utf8.empty()) {
    const auto special = std::ranges::find_if_not(utf8, is_plain);
    const auto plain = static_cast<std::size_t>(special - utf8.begin());
    out += utf8.substr(0, plain);
    if (plain == utf8.size()) break;
    const auto byte = static_cast<unsigned char>(*special);
    if (byte == '"' || byte == '\\')
      (out += '\\') += *special;
    else if (byte == '\n')
      out += "\\n";
    else if (byte == '\t')
      out += "\\t";
    else
      ((out += "\\u00") += hex[byte >> 4]) += hex[byte & 0xf];
    utf8.remove_prefix(plain + 1);
  }
  out += '"';
}

void write_leaf(std::string& out, const value& v) {
  switch (v.type()) {
    case value::kind::boolean:
      out += v.as_boolean() ? "true" : "false";
      break;
    case value::kind::number:
      out += v.as_number().to_string();
      break;
    case value::kind::day:
      ((out += '"') += iso(v.as_day())) += '"';
      break;
    case value::kind::text:
      write_text(out, v.as_text());
      break;
    default:
      out += "null";
      break;
  }
}

bool is_container(const value& v) {
  return v.type() == value::kind::list || v.type() == value::kind::object;
}

// Without recursion, for a tree may be deep. `line_end` and `indent` are empty for one line.
std::string write(const value& root, std::string_view line_end, std::string_view indent, std::string_view colon) {
  struct level {
    const value* whole;
    std::size_t next;
  };
  std::string out;
  std::vector<level> levels;
  const auto break_line = [&] {
    out += line_end;
    for (std::size_t i = 0; i < levels.size() && !indent.empty(); ++i) out += indent;
  };
  const auto put = [&](const value& v) {
    if (!is_container(v)) return write_leaf(out, v);
    out += v.type() == value::kind::list ? '[' : '{';
    levels.push_back({&v, 0});
  };
  put(root);
  while (!levels.empty()) {
    auto& [whole, next] = levels.back();
    const bool is_list = whole->type() == value::kind::list;
    if (next == whole->size()) {
      const bool empty = whole->size() == 0;
      levels.pop_back();
      if (!empty) break_line();
      out += is_list ? ']' : '}';
      continue;
    }
    if (next != 0) out += ',';
    break_line();
    if (!is_list) {
      write_text(out, whole->name(next));
      out += colon;
    }
    put(whole->at(next++));
  }
  return out;
}

}  // namespace

std::string write_json(const value& v) {
  return write(v, "", "", ":");
}

std::string write_json_pretty(const value& v) {
  return write(v, "\n", "  ", ": ");
}

}  // namespace vanthu
