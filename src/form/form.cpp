#include "vanthu/form.hpp"

#include <algorithm>
#include <array>

#include "form/checks.hpp"

namespace vanthu {
namespace {

struct named_form {
  std::string_view name;
  form::sample sample;
};
constexpr std::array forms{named_form{"1.4", form::sample::named_document}, named_form{"1.5", form::sample::letter},
                           named_form{"annex", form::sample::annex}};

form::sample find_form(std::string_view name) {
  const auto found = std::ranges::find(forms, name, &named_form::name);
  if (found != forms.end()) return found->sample;
  std::string all;
  for (const auto& f : forms) (all += all.empty() ? "" : ", ") += f.name;
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
  for (const auto& f : forms) out.emplace_back(f.name);
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

}  // namespace vanthu
