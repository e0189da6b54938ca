#include "text/document_kinds.hpp"

#include <algorithm>
#include <array>

namespace vanthu::texts {
namespace {

// A công văn has no code in the decree; CV is what offices say.
constexpr std::array table{
    document_kind{"NQ", "NQ", "Nghị quyết"},
    document_kind{"QĐ", "QD", "Quyết định"},
    document_kind{"CT", "CT", "Chỉ thị"},
    document_kind{"QC", "QC", "Quy chế"},
    document_kind{"QyĐ", "QyD", "Quy định"},
    document_kind{"TC", "TC", "Thông cáo"},
    document_kind{"TB", "TB", "Thông báo"},
    document_kind{"HD", "HD", "Hướng dẫn"},
    document_kind{"CTr", "CTr", "Chương trình"},
    document_kind{"KH", "KH", "Kế hoạch"},
    document_kind{"PA", "PA", "Phương án"},
    document_kind{"ĐA", "DA", "Đề án"},
    document_kind{"DA", "DA", "Dự án"},
    document_kind{"BC", "BC", "Báo cáo"},
    document_kind{"BB", "BB", "Biên bản"},
    document_kind{"TTr", "TTr", "Tờ trình"},
    document_kind{"HĐ", "HD", "Hợp đồng"},
    document_kind{"CĐ", "CD", "Công điện"},
    document_kind{"BGN", "BGN", "Bản ghi nhớ"},
    document_kind{"BTT", "BTT", "Bản thỏa thuận"},
    document_kind{"GUQ", "GUQ", "Giấy ủy quyền"},
    document_kind{"GM", "GM", "Giấy mời"},
    document_kind{"GGT", "GGT", "Giấy giới thiệu"},
    document_kind{"GNP", "GNP", "Giấy nghỉ phép"},
    document_kind{"PG", "PG", "Phiếu gửi"},
    document_kind{"PC", "PC", "Phiếu chuyển"},
    document_kind{"PB", "PB", "Phiếu báo"},
    document_kind{"CV", "CV", "Công văn"},
    document_kind{"SY", "SY", "Bản sao y"},
    document_kind{"TrS", "TrS", "Bản trích sao"},
    document_kind{"SL", "SL", "Bản sao lục"},
};

}  // namespace

std::span<const document_kind> document_kinds() {
  return table;
}

std::string_view document_kind_name(std::string_view code) {
  const auto at = std::ranges::find(table, code, &document_kind::code);
  return at == table.end() ? std::string_view{} : at->name;
}

}  // namespace vanthu::texts
