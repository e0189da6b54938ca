// What can be wrong with something a person wrote, and how we say so, in Vietnamese and in English.
//
// Two kinds of trouble are kept apart throughout the library:
//   * Faults in an input (a plan with a cycle, a template with an unclosed loop) are ordinary results.
//     Functions that judge an input return checked<T>: the value, if there is one, and every remark.
//   * Trouble outside the input (a file that cannot be read, a database that is gone, a broken
//     precondition) throws vanthu::error.
//
// Thread safety: values; the functions are pure.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vanthu/export.h"

namespace vanthu {

enum class language { vi, en };

// A text in two languages, kept as its id and what fills it. Remarks, reasons for a date and steps of a
// derivation are messages. `id` is stable across releases and languages ("plan.cycle"): tests and callers match on it.
struct message {
  std::string id;
  std::vector<std::string> args;
  friend bool operator==(const message&, const message&) = default;
};
VANTHU_API std::string text(const message& m, language lang);
// What to do next; empty when the text says it all.
VANTHU_API std::string hint(const message& m, language lang);

// Where in an input a remark points. Line and column count from 1, columns in UTF-8 bytes; 0 means unknown.
// `path` names the place in inputs without lines: "word/document.xml#p[12]" in a DOCX, "/tasks/3/title" in JSON.
struct location {
  std::string source;
  int line = 0;
  int column = 0;
  std::string path;
  friend bool operator==(const location&, const location&) = default;
};
VANTHU_API std::string to_string(const location& where);  // FILE:LINE:COLUMN, or FILE:PATH

enum class severity { note, warning, error };

struct diagnostic {
  severity level = severity::error;
  message what;
  location where;
  std::vector<location> related;  // the other places of the same fault, such as the hops of a cycle
  const std::string& id() const noexcept { return what.id; }
};
using diagnostics = std::vector<diagnostic>;

VANTHU_API bool has_errors(const diagnostics& notes) noexcept;
// "plans/a.xml:6:3: error: task t2 waits for itself [plan.cycle]", then the hint on a line of its own. The word
// for the level is English in both languages, so that tools can read it.
VANTHU_API std::string to_string(const diagnostic& d, language lang = language::en);
// One JSON object on one line: level, id, message, hint, file, line, column, path, related.
VANTHU_API std::string to_json(const diagnostic& d, language lang = language::en);

// Every message the library can make. Patterns hold {0} {1} … for the arguments.
struct catalogue_entry {
  std::string_view id, vi, en, vi_hint, en_hint;
};
VANTHU_API std::span<const catalogue_entry> catalogue();  // sorted by id

enum class errc { io, corrupt, conflict, not_found, invalid_input, out_of_coverage, misuse, limit };

// Thrown for trouble outside the input, and by checked<T>::take(). what() is English; what_in() any language.
class VANTHU_API error : public std::runtime_error {
 public:
  error(errc code, message what);
  error(errc code, diagnostics notes);
  ~error() override;
  errc code() const noexcept { return code_; }
  const diagnostics& notes() const noexcept { return notes_; }  // never empty
  std::string what_in(language lang) const;

 private:
  errc code_;
  diagnostics notes_;
};

// A value read from an input, with the remarks made while reading it. Empty exactly when `notes` holds an error.
//   auto p = read_plan(xml, "a.xml");
//   for (const auto& d : p.notes) std::cerr << to_string(d) << '\n';
//   if (!p) return 1;
template <class T>
struct [[nodiscard]] checked {
  std::optional<T> value;
  diagnostics notes;

  explicit operator bool() const noexcept { return value.has_value(); }
  const T& operator*() const& { return value.value(); }
  T& operator*() & { return value.value(); }
  const T* operator->() const { return &value.value(); }
  T take() && {
    if (!value) throw error(errc::invalid_input, std::move(notes));
    return std::move(*value);
  }
};

// Receives what the library has to say while it works. Empty: silence. The library writes to no stream and
// owns no logger; vanthu/spdlog.hpp makes one of these from a spdlog logger.
enum class log_level { debug, info, warning, error };
using log_sink = std::function<void(log_level, std::string_view)>;

}  // namespace vanthu
