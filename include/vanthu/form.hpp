// The layout that Decree 30/2020/NĐ-CP, Annex I prescribes for administrative documents, as rules that can be checked
// on any DOCX: no template, no run and no data needed.
// Thread safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/diagnostic.hpp"
#include "vanthu/docx.hpp"
#include "vanthu/export.h"

namespace vanthu {

// One rule of layout, with what it stands on.
struct form_rule {
  std::string id;       // "form.margins"
  std::string article;  // "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục I.4"
  message what;
};
// The forms there are: "1.4" a document with a type name (plan, report, …), "1.5" a letter (công văn), both with the
// annexes appended to them; "annex" a file of one annex or of several, on paper or electronic (sample forms 2.1, 2.2).
// What an annex says below its heading is not judged: the decree sets no size, indent or alignment for it.
VANTHU_API std::vector<std::string> form_names();
// The rules of a form, in the order they are checked. Throws error(errc::not_found, "form.unknown") for another name,
// naming those there are.
VANTHU_API std::vector<form_rule> form_rules(std::string_view form);

// How `document` departs from the form: one remark for each rule at each place, with the found and the prescribed
// value, the article, and the paragraph ("word/document.xml#p[3]"). Empty: it keeps to it.
VANTHU_API diagnostics check_form(const package& document, std::string_view form);

// The form to check a document against where nobody names one, by what its head shows first: «Phụ lục» with no national
// name above it, the name of a type, «Kính gửi» or «V/v». A note says which form was taken and why ("form.assumed");
// where nothing shows it is 1.4 ("form.nothing-shown"). Fault: "form.not-covered", a paper of another sample form of
// the decree (a decision, a minute, …); "xml.…" for a part that cannot be read.
VANTHU_API checked<std::string> guess_form(const package& document);

}  // namespace vanthu
