#include "run/members.hpp"

#include <algorithm>

#include "text/nearest_name.hpp"

namespace vanthu::runs {

object_reader::object_reader(const value& object, location where, diagnostics& notes, std::string inside)
    : object_(&object), where_(std::move(where)), notes_(&notes), inside_(std::move(inside)) {
  if (object.type() == value::kind::object) return;
  object_ = nullptr;
  remark("run.not-an-object", {}, inside_);
}

std::string object_reader::path_of(std::string_view name) const {
  return inside_ + '/' + std::string(name);
}

void object_reader::remark(std::string id, std::vector<std::string> args, std::string path) const {
  auto where = where_;
  where.path = std::move(path);
  notes_->push_back({severity::error, {std::move(id), std::move(args)}, std::move(where), {}});
}

void object_reader::refuse(std::string_view path, std::string_view form) {
  remark("run.bad-command", {std::string(path), std::string(form)}, std::string(path));
}

void object_reader::missing(std::string_view name) {
  remark("run.missing-member", {std::string(name)}, inside_);
}

const value* object_reader::wanted(std::string_view name, value::kind kind, std::string_view form, need n) {
  if (!object_) return nullptr;
  asked_.push_back(name);
  const auto* found = object_->find(name);
  if (!found) {
    if (n == need::required) missing(name);
    return nullptr;
  }
  if (found->type() == kind) return found;
  refuse(path_of(name), form);
  return nullptr;
}

std::string object_reader::text(std::string_view name, need n) {
  const auto* found = wanted(name, value::kind::text, "\"…\"", n);
  if (!found) return {};
  const auto written = found->as_text();
  if (const auto at = find_invalid_utf8(written)) {
    remark("value.invalid-utf8", {std::to_string(*at)}, path_of(name));
    return {};
  }
  if (written.empty() && n == need::required) missing(name);
  return std::string(written);
}

std::optional<date> object_reader::day(std::string_view name, need n) {
  const auto* found = wanted(name, value::kind::text, "\"YYYY-MM-DD\"", n);
  if (!found) return {};
  const auto read = parse_date(found->as_text());
  if (!read) refuse(path_of(name), "\"YYYY-MM-DD\"");
  return read;
}

std::optional<instant> object_reader::moment(std::string_view name, need n) {
  constexpr std::string_view form = "\"YYYY-MM-DDTHH:MM:SSZ\", \"YYYY-MM-DDTHH:MM:SS+07:00\"";
  const auto* found = wanted(name, value::kind::text, form, n);
  if (!found) return {};
  const auto read = parse_instant(found->as_text());
  if (!read) refuse(path_of(name), form);
  return read;
}

std::optional<std::uint64_t> object_reader::whole(std::string_view name, std::uint64_t most, need n) {
  const auto form = "0 … " + std::to_string(most);
  const auto* found = wanted(name, value::kind::number, form, n);
  if (!found) return {};
  const auto& number = found->as_number();
  const auto fits = number.scale() == 0 && number >= decimal(0) && number <= decimal(most);
  if (fits) return static_cast<std::uint64_t>(number.coefficient());
  refuse(path_of(name), form);
  return {};
}

std::optional<decimal> object_reader::figure_of(const value& written, const std::string& path) {
  if (written.is_null()) return {};
  if (written.type() == value::kind::number) return written.as_number();
  if (written.type() == value::kind::text)
    if (const auto read = decimal::parse(written.as_text())) return read;
  refuse(path, "12.5, \"12.5\", null");
  return {};
}

std::optional<decimal> object_reader::figure(std::string_view name, need n) {
  if (!object_) return {};
  asked_.push_back(name);
  if (const auto* found = object_->find(name)) return figure_of(*found, path_of(name));
  if (n == need::required) missing(name);
  return {};
}

const value* object_reader::list(std::string_view name) {
  return wanted(name, value::kind::list, "[…]", need::optional);
}

const value* object_reader::object(std::string_view name, need n) {
  return wanted(name, value::kind::object, "{…}", n);
}

object_reader object_reader::element(const value& list, std::size_t index, std::string_view name) const {
  return {list.at(index), where_, *notes_, path_of(name) + '/' + std::to_string(index)};
}

object_reader object_reader::below(const value& object, std::string_view name) const {
  return {object, where_, *notes_, path_of(name)};
}

void object_reader::finish() const {
  if (!object_) return;
  for (std::size_t i = 0; i < object_->size(); ++i) {
    const auto name = object_->name(i);
    if (std::ranges::find(asked_, name) != asked_.end()) continue;
    remark("run.unknown-member", {std::string(name), std::string(texts::nearest_name(name, asked_))}, path_of(name));
  }
}

}  // namespace vanthu::runs
