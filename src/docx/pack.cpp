#include "docx/pack.hpp"

#include <algorithm>
#include <limits>
#include <span>

#include "xml/characters.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t buffer_size = std::size_t{256} << 10;
constexpr std::uint16_t first_day = 0x0021;  // 1980-01-01, as DOS counts
constexpr std::uint16_t version = 20;        // deflate, folders
constexpr std::uint16_t sizes_follow = 1U << 3U;
constexpr std::uint16_t utf8_name = 1U << 11U;

void put16(std::string& out, std::uint64_t n) {
  out += static_cast<char>(n & 0xffU);
  out += static_cast<char>(n >> 8U & 0xffU);
}
void put32(std::string& out, std::uint64_t n) {
  put16(out, n & 0xffffU);
  put16(out, n >> 16U & 0xffffU);
}

std::uint64_t flags_of(const std::string& name, bool streamed) {
  const bool ascii = std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return (streamed ? sizes_follow : 0U) | (ascii ? 0U : utf8_name);
}

}  // namespace

void packer::write(std::string_view text) {
  written_ += text.size();
  if (written_ > std::numeric_limits<std::uint32_t>::max())
    throw error(errc::limit, {"docx.too-large", {"", std::to_string(std::numeric_limits<std::uint32_t>::max())}});
  buffer_ += text;
  if (buffer_.size() >= buffer_size) flush();
}

void packer::flush() {
  if (!buffer_.empty()) sink_(std::as_bytes(std::span(buffer_)));
  buffer_.clear();
}

void packer::begin(const std::string& name, const header& h) {
  std::string out = "PK\x03\x04";
  put16(out, version);
  put16(out, flags_of(name, h.streamed));
  put16(out, h.stored ? 0 : 8);
  put16(out, 0);
  put16(out, first_day);
  put32(out, h.streamed ? 0 : h.crc);
  put32(out, h.streamed ? 0 : h.packed);
  put32(out, h.streamed ? 0 : h.size);
  put16(out, name.size());
  put16(out, 0);
  write(out);
  write(name);
}

void packer::enter(const std::string& name, const header& h, std::uint64_t offset) {
  ++count_;
  auto& out = directory_;
  out += "PK\x01\x02";
  put16(out, version);
  put16(out, version);
  put16(out, flags_of(name, h.streamed));
  put16(out, h.stored ? 0 : 8);
  put16(out, 0);
  put16(out, first_day);
  put32(out, h.crc);
  put32(out, h.packed);
  put32(out, h.size);
  put16(out, name.size());
  out.append(8, '\0');  // extra, comment, disk, internal attributes
  put32(out, 0);        // external attributes
  put32(out, offset);
  out += name;
}

void packer::copy(const entry& part) {
  const header h{false, part.stored, part.crc, part.packed.size(), part.size};
  const auto offset = written_;
  begin(part.name, h);
  write({reinterpret_cast<const char*>(part.packed.data()), part.packed.size()});
  enter(part.name, h, offset);
}

void packer::add(const std::string& name, std::uint64_t size,
                 const std::function<bool(std::string& text, std::size_t enough)>& more) {
  header h;
  h.streamed = size > deflater::block_size;
  const auto offset = written_;
  block_.clear();
  if (!h.streamed) {
    while (!more(block_, size + 1)) {
    }
    const auto packed = deflater_.compress(block_, true);
    h = {false, false, crc32(0, block_), packed.size(), block_.size()};
    begin(name, h);
    write(packed);
    return enter(name, h, offset);
  }
  begin(name, h);
  for (bool done = false; !done || !block_.empty();) {
    if (!done && block_.size() < deflater::block_size) done = more(block_, deflater::block_size);
    const auto block = std::string_view(block_).substr(0, deflater::block_size);
    const auto packed = deflater_.compress(block, done && block.size() == block_.size());
    h.crc = crc32(h.crc, block);
    h.size += block.size();
    h.packed += packed.size();
    write(packed);
    block_.erase(0, block.size());
  }
  std::string descriptor = "PK\x07\x08";
  put32(descriptor, h.crc);
  put32(descriptor, h.packed);
  put32(descriptor, h.size);
  write(descriptor);
  enter(name, h, offset);
}

void packer::finish() {
  const auto begin = written_;
  write(directory_);
  std::string end = "PK\x05\x06";
  put32(end, 0);  // disks
  put16(end, count_);
  put16(end, count_);
  put32(end, directory_.size());
  put32(end, begin);
  put16(end, 0);
  write(end);
  flush();
}

}  // namespace vanthu::docx
