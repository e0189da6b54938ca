// A script of literals and values, by bytes: packed, and unpacked by libdeflate to what was written.
#include <libdeflate.h>

#include <cstring>
#include <string>
#include <string_view>

#include "docx/deflate.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using vanthu::docx::deflater;

// Texts of 16 literals are cut from the input, so that some are alike.
std::string_view literal_of(std::string_view input, unsigned number) {
  const auto begin = number * 13 % (input.size() + 1);
  return input.substr(begin, number * number * 3);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 4) return 0;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const auto block = 1 + (bytes[0] | static_cast<unsigned>(bytes[1]) << 8U);
  std::string plain;
  std::string packed;
  const deflater::receiver keep = [&](std::string_view piece) { packed += piece; };
  deflater with((bytes[2] & 1U) != 0 ? deflater::short_stream : 0, block);
  with.begin(16, keep);
  for (std::size_t at = 3; at < size; ++at) {
    const unsigned what = bytes[at];
    if (what < 0x80) {
      const auto text = literal_of(input, what & 15U);
      with.literal(what & 15U, text);
      plain += text;
    } else if (what < 0xf0) {
      const auto text = input.substr(at, what - 0x7f);
      with.text(text);
      plain += text;
      at += text.size() / 2;
    } else {
      const std::string text((what - 0xefU) * 2039, static_cast<char>(what));
      with.text(text);
      plain += text;
    }
  }
  const auto totals = with.finish();
  std::string back(plain.size(), '\0');
  std::size_t used = 0;
  auto* const inflater = libdeflate_alloc_decompressor();
  const auto code = libdeflate_deflate_decompress_ex(inflater, packed.data(), packed.size(), back.data(), back.size(),
                                                     &used, nullptr);
  libdeflate_free_decompressor(inflater);
  const bool right = code == LIBDEFLATE_SUCCESS && used == packed.size() && back == plain &&
                     totals.size == plain.size() && totals.packed == packed.size() &&
                     totals.crc == libdeflate_crc32(0, plain.data(), plain.size());
  if (!right) __builtin_trap();
  return 0;
}
