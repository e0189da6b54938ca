// The kinds of official papers: Decree 30/2020/NĐ-CP, Annex III, and the three kinds of copies.
#pragma once

#include <span>
#include <string_view>

#include "vanthu/export.h"

namespace vanthu::texts {

struct document_kind {
  std::string_view code, without_marks, name;
};
VANTHU_API std::span<const document_kind> document_kinds();
VANTHU_API std::string_view document_kind_name(
    std::string_view code);  // «Báo cáo» of «BC»; empty for a code that is none

}  // namespace vanthu::texts
