#include "vanthu/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vanthu {
namespace {

const catalogue_entry* find_entry(std::string_view id) {
  const auto all = catalogue();
  const auto at = std::ranges::lower_bound(all, id, {}, &catalogue_entry::id);
  return at != all.end() && at->id == id ? &*at : nullptr;
}

// Puts args into "{0} … {1}". A place without an argument stays empty: a remark is never lost to a wrong pattern.
std::string fill(std::string_view pattern, const std::vector<std::string>& args) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' && pattern[i + 1] >= '0' &&
        pattern[i + 1] <= '9') {
      const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
      if (index < args.size()) out += args[index];
      i += 2;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

// An id without an entry still says what it was about.
std::string bare(const message& m) { return fmt::format("{}: {}", m.id, fmt::join(m.args, ", ")); }

std::string_view name_of(severity level) {
  switch (level) {
    case severity::note: return "note";
    case severity::warning: return "warning";
    case severity::error: return "error";
  }
  return {};
}

std::string json_text(std::string_view utf8) {
  std::string out = "\"";
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (byte < 0x20 || byte == 0x7f)
      out += fmt::format("\\u{:04x}", byte);
    else
      out += c;
  }
  return out + "\"";
}

std::string place_json(const location& where) {
  return fmt::format(R"("file":{},"line":{},"column":{},"path":{})", json_text(where.source), where.line, where.column,
                     json_text(where.path));
}

}  // namespace

std::string text(const message& m, language lang) {
  const auto* entry = find_entry(m.id);
  return entry ? fill(lang == language::vi ? entry->vi : entry->en, m.args) : bare(m);
}

std::string hint(const message& m, language lang) {
  const auto* entry = find_entry(m.id);
  return entry ? fill(lang == language::vi ? entry->vi_hint : entry->en_hint, m.args) : std::string{};
}

std::string to_string(const location& where) {
  if (where.line == 0) return where.path.empty() ? where.source : fmt::format("{}:{}", where.source, where.path);
  return fmt::format("{}:{}:{}", where.source, where.line, where.column);
}

bool has_errors(const diagnostics& notes) noexcept {
  return std::ranges::any_of(notes, [](const diagnostic& d) { return d.level == severity::error; });
}

std::string to_string(const diagnostic& d, language lang) {
  const auto place = to_string(d.where);
  auto out = fmt::format("{}{}{}: {} [{}]", place, place.empty() ? "" : ": ", name_of(d.level),
                         text(d.what, lang), d.id());
  if (const auto next = hint(d.what, lang); !next.empty()) out += "\n    " + next;
  return out;
}

std::string to_json(const diagnostic& d, language lang) {
  std::string related;
  for (const auto& place : d.related) related += fmt::format("{}{{{}}}", related.empty() ? "" : ",", place_json(place));
  return fmt::format(R"({{"level":"{}","id":{},"message":{},"hint":{},{},"related":[{}]}})", name_of(d.level),
                     json_text(d.id()), json_text(text(d.what, lang)), json_text(hint(d.what, lang)), place_json(d.where),
                     related);
}

error::error(errc code, message what)
    : std::runtime_error(text(what, language::en)), code_(code), notes_{{severity::error, std::move(what), {}, {}}} {}

error::error(errc code, diagnostics notes)
    : std::runtime_error(notes.empty() ? "error" : to_string(notes.front())), code_(code), notes_(std::move(notes)) {}

error::~error() = default;

std::string error::what_in(language lang) const {
  std::string out;
  for (const auto& d : notes_) out += (out.empty() ? "" : "\n") + text(d.what, lang);
  return out;
}

}  // namespace vanthu
