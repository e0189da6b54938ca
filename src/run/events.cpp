#include "run/events.hpp"

#include <algorithm>
#include <array>

#include "run/digest.hpp"
#include "run/members.hpp"

namespace vanthu {
namespace runs {
namespace {

constexpr std::array envelope{std::string_view{"by"}, std::string_view{"item"}};

// Texts of the plan's files by name; what is wrong with the body goes to `notes`.
std::vector<source_file> files_of(const event& e, diagnostics& notes) {
  const location where{"run", static_cast<int>(e.number), 0, {}};
  object_reader members(e.body, where, notes);
  members.day("on", need::required);
  std::vector<source_file> files;
  if (const auto* list = members.list("files"))
    for (std::size_t i = 0; i < list->size(); ++i) {
      auto each = members.element(*list, i, "files");
      source_file file{each.text("name", need::required), each.text("text")};
      if (sha256_hex(file.content) != each.text("sha256", need::required))
        throw error(errc::corrupt, {"run.plan-altered", {file.name}});
      files.push_back(std::move(file));
    }
  if (files.empty()) members.missing("files");
  return files;
}

}  // namespace

void throw_bad_event(const event& e, diagnostics why) {
  diagnostics notes{{severity::error, {"run.bad-event", {std::to_string(e.number), e.type}}, {}, {}}};
  notes.insert(notes.end(), std::make_move_iterator(why.begin()), std::make_move_iterator(why.end()));
  throw error(errc::corrupt, std::move(notes));
}

event event_of(const record& r) {
  event e{r.number, r.at, r.actor, {}, {}, r.type, value::object()};
  auto body = read_json(r.body, r.stream);
  if (!body) throw_bad_event(e, std::move(body.notes));
  diagnostics notes;
  object_reader members(*body, {r.stream, static_cast<int>(r.number), 0, {}}, notes);
  e.by = {members.text("by")};
  e.item = {members.text("item")};
  if (has_errors(notes)) throw_bad_event(e, std::move(notes));
  for (std::size_t i = 0; i < body->size(); ++i)
    if (std::ranges::find(envelope, body->name(i)) == envelope.end())
      e.body.set(std::string(body->name(i)), body->at(i));
  return e;
}

new_record record_of(const event& e) {
  return {e.at, e.actor, e.type, to_json_body(e)};
}

value plan_body(const plan& p, date on) {
  auto files = value::list();
  for (const auto& f : p.files)
    files.push_back(value::object({{"name", f.name}, {"sha256", sha256_hex(f.content)}, {"text", f.content}}));
  return value::object({{"plan", p.id.text}, {"on", iso(on)}, {"files", std::move(files)}});
}

std::shared_ptr<const plan> plan_of(const event& e) {
  diagnostics notes;
  const auto files = files_of(e, notes);
  if (has_errors(notes)) throw_bad_event(e, std::move(notes));
  const auto include = [&](const std::string& href) -> std::optional<std::string> {
    const auto found = std::ranges::find(files, href, &source_file::name);
    if (found == files.end()) return {};
    return found->content;
  };
  auto read = read_plan(files.front().content, files.front().name, include);
  if (read) return std::make_shared<const plan>(std::move(*read));
  diagnostics why{{severity::error, {"run.plan-unreadable", {files.front().name}}, {}, {}}};
  why.insert(why.end(), read.notes.begin(), read.notes.end());
  throw error(errc::corrupt, std::move(why));
}

}  // namespace runs

std::string to_json_body(const event& e) {
  auto body = value::object();
  if (!e.by.empty()) body.set("by", e.by.text);
  if (!e.item.empty()) body.set("item", e.item.text);
  for (std::size_t i = 0; i < e.body.size(); ++i) body.set(std::string(e.body.name(i)), e.body.at(i));
  return write_json(body);
}

}  // namespace vanthu
