// The rules at work, a group a file. Each adds its remarks.
#pragma once

#include "form/outline.hpp"
#include "form/paper.hpp"
#include "form/rules.hpp"

namespace vanthu::form {

void check_pages(const paper& p, const outline& o, remarks& out);       // paper, margins, page-number
void check_letters(const paper& p, remarks& out);                       // font, color, unicode
void check_head(const paper& p, const outline& o, remarks& out);        // national-name … abstract-gap
void check_body(const paper& p, const outline& o, remarks& out);        // body, indent … justify
void check_addressing(const paper& p, const outline& o, remarks& out);  // addressee, signer, receivers
void check_annexes(const paper& p, const outline& o, remarks& out);     // annex-mention … annex-page-number

// All rules of a form, over parts: what check_form() does with those of a package.
diagnostics check_parts(const part_store& parts, sample form);
// The form to take where none is named, by what the head of the paper shows: what guess_form() does.
checked<sample> guess_parts(const part_store& parts);

}  // namespace vanthu::form
