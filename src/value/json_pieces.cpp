#include "value/json_pieces.hpp"

#include <cstring>

#include "vanthu/value.hpp"

namespace vanthu {
namespace {

constexpr std::size_t piece = std::size_t{128} << 10;
constexpr std::size_t longest_character = 4;

// How many bytes of the text belong to whole characters: a piece may end within one.
std::size_t whole_length(std::string_view text) {
  for (std::size_t n = 1; n < longest_character && n <= text.size(); ++n) {
    const auto byte = static_cast<unsigned char>(text[text.size() - n]);
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const std::size_t length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return n < length ? text.size() - n : text.size();
  }
  return text.size();
}

}  // namespace

json_pieces::json_pieces(os::input& in)
    : in_(in),
      buffer_(std::make_unique_for_overwrite<char[]>(piece + longest_character + 1)),
      at_(buffer_.get()),
      end_(buffer_.get()),
      filled_(buffer_.get()) {
  fill();
  constexpr std::string_view mark = "\xef\xbb\xbf";
  if (std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(mark)) at_ += mark.size();
}

// Called when all whole characters are taken.
void json_pieces::fill() {
  char* const begin = buffer_.get();
  if (filled_ != end_) *end_ = cut_;
  before_ += static_cast<std::size_t>(end_ - begin);
  auto kept = static_cast<std::size_t>(filled_ - end_);
  std::memmove(begin, end_, kept);
  at_ = end_ = begin;
  while (!is_over_ && end_ == begin) {
    const auto got = in_.read({begin + kept, piece});
    is_over_ = got == 0;
    kept += got;
    const std::string_view text(begin, kept);
    const auto whole = text.substr(0, is_over_ ? kept : whole_length(text));
    const auto bad = find_invalid_utf8(whole);
    if (bad) is_over_ = true;
    end_ = begin + bad.value_or(whole.size());
  }
  filled_ = begin + kept;
  cut_ = end_ == filled_ ? '\0' : *end_;
  *end_ = '\0';
  const std::string_view text(begin, static_cast<std::size_t>(end_ - begin));
  for (auto at = text.find('\\'); !has_escapes_ && at != text.npos; at = text.find('\\', at + 1))
    has_escapes_ = at + 1 == text.size() || text[at + 1] == 'u';
}

}  // namespace vanthu
