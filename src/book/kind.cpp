#include <algorithm>
#include <iterator>

#include "vanthu/book.hpp"

namespace vanthu {
namespace {

struct kind {
  std::string_view code, without_marks;
};

// Decree 30/2020, Annex III, and the three kinds of copies. A công văn has no code there; CV is what offices say.
constexpr kind kinds[] = {
    {"NQ", "NQ"}, {"QĐ", "QD"},   {"CT", "CT"},   {"QC", "QC"}, {"QyĐ", "QyD"}, {"TC", "TC"},   {"TB", "TB"},
    {"HD", "HD"}, {"CTr", "CTr"}, {"KH", "KH"},   {"PA", "PA"}, {"ĐA", "DA"},   {"DA", "DA"},   {"BC", "BC"},
    {"BB", "BB"}, {"TTr", "TTr"}, {"HĐ", "HD"},   {"CĐ", "CD"}, {"BGN", "BGN"}, {"BTT", "BTT"}, {"GUQ", "GUQ"},
    {"GM", "GM"}, {"GGT", "GGT"}, {"GNP", "GNP"}, {"PG", "PG"}, {"PC", "PC"},   {"PB", "PB"},   {"CV", "CV"},
    {"SY", "SY"}, {"TrS", "TrS"}, {"SL", "SL"},
};

}  // namespace

std::optional<std::string_view> kind_code(std::string_view text) {
  auto found = std::ranges::find(kinds, text, &kind::code);
  if (found == std::end(kinds)) found = std::ranges::find(kinds, text, &kind::without_marks);
  if (found == std::end(kinds)) return {};
  return found->code;
}

}  // namespace vanthu
