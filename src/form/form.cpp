#include "vanthu/form.hpp"

#include "form/checks.hpp"

namespace vanthu {
namespace {

void require_known(std::string_view form) {
  if (form != "1.4") throw error(errc::not_found, message{"form.unknown", {std::string(form), "1.4"}});
}

}  // namespace

std::vector<form_rule> form_rules(std::string_view form) {
  require_known(form);
  std::vector<form_rule> out;
  for (const auto& r : form::rules_of_named_documents())
    out.push_back({std::string(r.id), form::article_of(r), message{std::string(r.says), {}}});
  return out;
}

diagnostics check_form(const package& document, std::string_view form) {
  require_known(form);
  return form::check_named_document({document.source(), document.main_part(), [&](const std::string& part) {
                                       return document.has(part) ? std::optional(document.read(part)) : std::nullopt;
                                     }});
}

}  // namespace vanthu
