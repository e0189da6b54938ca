#include "docx/pack.hpp"

#include <algorithm>
#include <limits>
#include <span>

#include "xml/characters.hpp"

namespace vanthu::docx {
namespace {

constexpr std::size_t buffer_size = deflater::short_stream + (std::size_t{32} << 10);
constexpr std::size_t direct_size = std::size_t{8} << 10;  // not worth a copy
constexpr std::uint16_t first_day = 0x0021;                // 1980-01-01, as DOS counts
constexpr std::uint16_t version = 20;                      // deflate, folders
constexpr std::uint16_t descriptor_follows = 1U << 3U;
constexpr std::uint16_t utf8_name = 1U << 11U;
constexpr std::size_t flags_at = 6, sizes_at = 14;  // in a local header
constexpr std::uint32_t most_entries = 0xfffe;      // one more would say that there is a ZIP64 record

void put16(std::string& out, std::uint64_t n) {
  out += static_cast<char>(n & 0xffU);
  out += static_cast<char>(n >> 8U & 0xffU);
}
void put32(std::string& out, std::uint64_t n) {
  put16(out, n & 0xffffU);
  put16(out, n >> 16U & 0xffffU);
}

std::uint64_t flags_of(const std::string& name, bool descriptor) {
  const bool ascii = std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return (descriptor ? descriptor_follows : 0U) | (ascii ? 0U : utf8_name);
}

}  // namespace

packer::packer(const byte_sink& out, const byte_patch& patch) : sink_(out), patch_(patch) {}

void packer::write(std::string_view text) {
  const bool direct = text.size() > buffer_size || (text.size() >= direct_size && (patch_ || !is_open_));
  if (direct || buffer_.size() + text.size() > buffer_size) flush();
  written_ += text.size();
  if (written_ > std::numeric_limits<std::uint32_t>::max())
    throw error(errc::limit, {"docx.too-large", {"", std::to_string(std::numeric_limits<std::uint32_t>::max())}});
  if (direct)
    sink_(std::as_bytes(std::span(text)));
  else
    buffer_ += text;
}

// The header of a part that is still being written must say now where its sizes will be.
void packer::flush() {
  if (is_open_ && !patch_ && open_ >= flushed())
    buffer_[open_ - flushed() + flags_at] |= static_cast<char>(descriptor_follows);
  if (!buffer_.empty()) sink_(std::as_bytes(std::span(buffer_)));
  buffer_.clear();
}

void packer::begin(const std::string& name, const header& h) {
  std::string out = "PK\x03\x04";
  put16(out, version);
  put16(out, flags_of(name, false));
  put16(out, h.stored ? 0 : 8);
  put16(out, 0);
  put16(out, first_day);
  put32(out, h.crc);
  put32(out, h.packed);
  put32(out, h.size);
  put16(out, name.size());
  put16(out, 0);
  out += name;
  write(out);
}

void packer::enter(const std::string& name, const header& h, std::uint64_t offset) {
  if (++count_ > most_entries) throw error(errc::limit, {"docx.too-many-parts", {std::to_string(most_entries)}});
  auto& out = directory_;
  out += "PK\x01\x02";
  put16(out, version);
  put16(out, version);
  put16(out, flags_of(name, h.descriptor));
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
  const header h{part.stored, false, part.crc, part.packed.size(), part.size};
  const auto offset = written_;
  begin(part.name, h);
  write(as_text(part.packed));
  enter(part.name, h, offset);
}

void packer::add(const std::string& name, std::size_t literals, const std::function<void(output&)>& write_part) {
  header h;
  const auto offset = written_;
  begin(name, h);
  open_ = offset;
  is_open_ = true;
  const deflater::receiver take = [this](std::string_view piece) { write(piece); };
  deflater_.begin(literals, take);
  write_part(deflater_);
  const auto totals = deflater_.finish();
  is_open_ = false;
  h.crc = totals.crc;
  h.packed = totals.packed;
  h.size = totals.size;
  complete(h, offset);
  enter(name, h, offset);
}

// Puts the sizes where they belong: into the header, wherever it is now, or behind the part.
void packer::complete(header& h, std::uint64_t offset) {
  std::string sizes;
  put32(sizes, h.crc);
  put32(sizes, h.packed);
  put32(sizes, h.size);
  if (offset >= flushed()) {
    buffer_.replace(offset - flushed() + sizes_at, sizes.size(), sizes);
  } else if (patch_) {
    patch_(offset + sizes_at, std::as_bytes(std::span(sizes)));
  } else {
    h.descriptor = true;
    write("PK\x07\x08" + sizes);
  }
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
