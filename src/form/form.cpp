#include "vanthu/form.hpp"

#include <algorithm>
#include <array>

#include "form/checks.hpp"

namespace vanthu {
namespace {

constexpr std::array forms{form::sample::named_document, form::sample::letter, form::sample::annex};

form::sample find_form(std::string_view name) {
  const auto found = std::ranges::find(forms, name, form::name_of);
  if (found != forms.end()) return *found;
  std::string all;
  for (const auto f : forms) (all += all.empty() ? "" : ", ") += form::name_of(f);
  throw error(errc::not_found, message{"form.unknown", {std::string(name), all}});
}

form::part_store parts_of(const package& document) {
  return {document.source(), document.main_part(), [&document](const std::string& part) {
            return document.has(part) ? std::optional(document.read(part)) : std::nullopt;
          }};
}

}  // namespace

std::vector<std::string> form_names() {
  std::vector<std::string> out;
  for (const auto f : forms) out.emplace_back(form::name_of(f));
  return out;
}

std::vector<form_rule> form_rules(std::string_view form) {
  const auto wanted = find_form(form);
  std::vector<form_rule> out;
  for (const auto& r : form::all_rules())
    if (form::belongs(r, wanted))
      out.push_back({std::string(r.id), form::article_of(r), message{std::string(r.says), {}}});
  return out;
}

diagnostics check_form(const package& document, std::string_view form) {
  return form::check_parts(parts_of(document), find_form(form));
}

checked<std::string> guess_form(const package& document) {
  auto found = form::guess_parts(parts_of(document));
  checked<std::string> out{{}, std::move(found.notes)};
  if (found.value) out.value = form::name_of(*found.value);
  return out;
}

}  // namespace vanthu
