// Reads the members of one JSON object and remarks on what is wrong with them. Command lines and the bodies of events
// are read by the same functions, so that what a command may say and what a journal may hold are one rule.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/diagnostic.hpp"
#include "vanthu/time.hpp"
#include "vanthu/value.hpp"

namespace vanthu::runs {

enum class need { optional, required };

class object_reader {
 public:
  // `inside`: the path of the object in its document, "/figures/0"; empty for the whole.
  object_reader(const value& object, location where, diagnostics& notes, std::string inside = {});

  // A required text is not empty; an optional one is empty when it is absent.
  std::string text(std::string_view name, need n = need::optional);
  std::optional<date> day(std::string_view name, need n = need::optional);
  std::optional<instant> moment(std::string_view name, need n = need::optional);
  std::optional<std::uint64_t> whole(std::string_view name, std::uint64_t most, need n = need::optional);
  // A number or its text; null is a value of its own: not reported.
  std::optional<decimal> figure(std::string_view name, need n = need::optional);
  // The list or object below a member; nullptr when it is absent or of another kind (which is remarked on).
  const value* list(std::string_view name);
  const value* object(std::string_view name, need n = need::optional);

  std::optional<decimal> figure_of(const value& written, const std::string& path);
  object_reader element(const value& list, std::size_t index, std::string_view name) const;
  object_reader below(const value& object, std::string_view name) const;
  void refuse(std::string_view path, std::string_view form);  // "run.bad-command"
  void missing(std::string_view name);                        // "run.missing-member"
  // "run.unknown-member" for each member that nobody has asked for, with the nearest of the names asked for.
  void finish() const;
  std::string path_of(std::string_view name) const;
  bool is_object() const { return object_ != nullptr; }

 private:
  const value* wanted(std::string_view name, value::kind kind, std::string_view form, need n);
  void remark(std::string id, std::vector<std::string> args, std::string path) const;

  const value* object_;
  location where_;
  diagnostics* notes_;
  std::string inside_;
  std::vector<std::string_view> asked_;
};

}  // namespace vanthu::runs
