#include "docx/package.hpp"

#include <fmt/format.h>
#include <libdeflate.h>
#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "docx/relations.hpp"
#include "xml/characters.hpp"

namespace vanthu::docx {
namespace {

struct discard_zip {
  void operator()(zip_t* z) const { zip_discard(z); }
};
struct close_file {
  void operator()(zip_file_t* f) const { zip_fclose(f); }
};
struct free_inflater {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};
using zip_handle = std::unique_ptr<zip_t, discard_zip>;
using file_handle = std::unique_ptr<zip_file_t, close_file>;
using inflater = std::unique_ptr<libdeflate_decompressor, free_inflater>;


// Relative, without empty, "." or ".." steps, drive letters, backslashes or control characters; valid UTF-8.
bool is_safe_name(std::string_view name) {
  if (name.empty() || name.size() > 1024 || xml::find_flaw(name).what != xml::flaw::none) return false;
  for (const char c : name)
    if (c == '\\' || c == ':' || c == '\n' || c == '\r' || c == '\t' || c == '\x7f') return false;
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find('/', at), name.size());
    const auto step = name.substr(at, end - at);
    const bool directory_end = step.empty() && end == name.size() && at > 0;
    if ((step.empty() && !directory_end) || step == "." || step == "..") return false;
    at = end + 1;
  }
  return true;
}

std::uint32_t number_at(std::string_view raw, std::size_t at, int bytes) {
  std::uint32_t out = 0;
  for (int i = bytes; i-- > 0;)
    out = out << 8U | static_cast<unsigned char>(raw[at + static_cast<std::size_t>(i)]);
  return out;
}

// libzip hands names out as C strings, so a name that holds a NUL reaches us cut off. Walks the directory itself.
bool has_nul_in_name(std::string_view raw) {
  constexpr std::size_t end_size = 22;
  constexpr std::size_t header_size = 46;
  const auto end = raw.rfind("PK\x05\x06");
  if (end == raw.npos || raw.size() - end < end_size) return false;
  std::size_t at = number_at(raw, end + 16, 4);
  while (at < end && end - at >= header_size && raw.compare(at, 4, "PK\x01\x02") == 0) {
    const std::size_t name = number_at(raw, at + 28, 2);
    const std::size_t more = number_at(raw, at + 30, 2) + number_at(raw, at + 32, 2);
    if (end - at - header_size < name + more) return false;
    if (raw.substr(at + header_size, name).find('\0') != raw.npos) return true;
    at += header_size + name + more;
  }
  return false;
}

class reader {
 public:
  reader(std::span<const std::byte> raw, std::string source, const docx_limits& limits) : raw_(raw) {
    out_.source = std::move(source);
    out_.limits = limits;
  }
  checked<archive> read() {
    if (open()) read_entries();
    if (notes_.empty()) check_contents();
    if (notes_.empty()) read_relations(out_, notes_);
    if (!notes_.empty()) return {{}, std::move(notes_)};
    return {std::move(out_), {}};
  }

 private:
  void report(std::string id, std::vector<std::string> args = {}, std::string_view part = {}) {
    notes_.push_back(fault(out_, std::move(id), std::move(args), part));
  }
  bool open();
  void read_entries();
  bool read_entry(zip_uint64_t index);
  bool check_sizes(const zip_stat_t& stat, const std::string& name);
  bool read_packed(zip_uint64_t index, std::uint64_t size, entry& out);
  void check_contents();

  std::span<const std::byte> raw_;
  zip_handle zip_;
  archive out_;
  diagnostics notes_;
  std::set<std::string, std::less<>> lower_names_;
  std::uint64_t total_ = 0;
  std::uint64_t packed_total_ = 0;
};

bool reader::open() {
  const auto head = as_text(raw_.first(std::min<std::size_t>(raw_.size(), 8)));
  if (head == "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") return report("docx.old-or-protected"), false;
  if (raw_.empty()) return report("docx.not-a-package"), false;
  zip_error_t failure;
  zip_error_init(&failure);
  auto* source = zip_source_buffer_create(raw_.data(), raw_.size(), 0, &failure);
  if (source != nullptr) {
    zip_.reset(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &failure));
    if (!zip_) zip_source_free(source);
  }
  const auto code = zip_error_code_zip(&failure);
  zip_error_fini(&failure);
  if (zip_ && has_nul_in_name(as_text(raw_))) return report("docx.damaged-archive"), false;
  if (zip_) return true;
  if (code == ZIP_ER_MEMORY) throw std::bad_alloc();
  if (code == ZIP_ER_NOZIP)
    report(head.starts_with("PK\x03\x04") ? "docx.truncated" : "docx.not-a-package");
  else
    report("docx.damaged-archive");
  return false;
}

void reader::read_entries() {
  const auto count = zip_get_num_entries(zip_.get(), 0);
  if (count > out_.limits.entries) return report("docx.too-many-parts", {std::to_string(out_.limits.entries)});
  for (zip_int64_t i = 0; i < count; ++i)
    if (!read_entry(static_cast<zip_uint64_t>(i))) return;
}

// False when reading cannot go on.
bool reader::read_entry(zip_uint64_t index) {
  zip_stat_t stat;
  const char* raw_name = zip_get_name(zip_.get(), index, ZIP_FL_ENC_RAW);
  if (raw_name == nullptr || zip_stat_index(zip_.get(), index, 0, &stat) != 0)
    return report("docx.damaged-archive"), false;
  entry e;
  e.name = raw_name;
  if (!is_safe_name(e.name)) return report("docx.unsafe-name", {fmt::format("{:.100}", e.name)}), true;
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  zip_file_get_external_attributes(zip_.get(), index, 0, &system, &attributes);
  if (system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16U)) return report("docx.link", {e.name}), true;
  if (!lower_names_.insert(lower_ascii(e.name)).second) return report("docx.duplicate-part", {e.name}, e.name), true;
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    return report("docx.encrypted", {e.name}, e.name), true;
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
    return report("docx.unsupported-method", {e.name}, e.name), true;
  if (!check_sizes(stat, e.name)) return false;
  e.stored = stat.comp_method == ZIP_CM_STORE;
  e.crc = stat.crc;
  e.size = stat.size;
  if (!read_packed(index, stat.comp_size, e)) return report("docx.damaged-part", {e.name}, e.name), true;
  if (e.name.back() == '/') return true;  // a folder; nothing is lost without it
  out_.by_name.emplace(e.name, static_cast<std::uint32_t>(out_.entries.size()));
  out_.entries.push_back(std::move(e));
  return true;
}

// Sizes as the directory gives them; check_contents() makes sure that it told the truth.
bool reader::check_sizes(const zip_stat_t& stat, const std::string& name) {
  const auto& most = out_.limits;
  constexpr std::uint64_t small = std::uint64_t{1} << 20;
  if (stat.size > most.part_bytes)
    return report("docx.too-large", {name, std::to_string(most.part_bytes)}, name), false;
  if (stat.size > small && stat.size / static_cast<std::uint64_t>(std::max(most.ratio, 1)) >= stat.comp_size)
    return report("docx.suspicious-ratio", {name, std::to_string(most.ratio)}, name), false;
  total_ += stat.size;
  packed_total_ += stat.comp_size;
  if (total_ > most.total_bytes)
    return report("docx.too-large", {out_.source, std::to_string(most.total_bytes)}), false;
  // Entries that lie upon each other say together more than the file holds.
  if (packed_total_ > raw_.size()) return report("docx.damaged-archive"), false;
  return true;
}

bool reader::read_packed(zip_uint64_t index, std::uint64_t size, entry& out) {
  const file_handle file(zip_fopen_index(zip_.get(), index, ZIP_FL_COMPRESSED));
  if (!file || size > raw_.size()) return false;
  out.packed.resize(size);
  std::uint64_t got = 0;
  while (got < size) {
    const auto n = zip_fread(file.get(), out.packed.data() + got, size - got);
    if (n <= 0) return false;
    got += static_cast<std::uint64_t>(n);
  }
  return true;
}

bool inflate_to(libdeflate_decompressor* with, const entry& part, std::string& out) {
  out.resize(part.size);
  if (part.stored) {
    if (part.packed.size() != part.size) return false;
    std::ranges::copy(as_text(part.packed), out.begin());
    return true;
  }
  std::size_t used = 0;
  return libdeflate_deflate_decompress_ex(with, part.packed.data(), part.packed.size(), out.data(), out.size(), &used,
                                          nullptr) == LIBDEFLATE_SUCCESS &&
         used == part.packed.size();
}

inflater make_inflater() {
  inflater out(libdeflate_alloc_decompressor());
  if (!out) throw std::bad_alloc();
  return out;
}

void reader::check_contents() {
  const auto with = make_inflater();
  std::string text;
  for (const auto& e : out_.entries)
    if (!inflate_to(with.get(), e, text) || libdeflate_crc32(0, text.data(), text.size()) != e.crc)
      report("docx.damaged-part", {e.name}, e.name);
}

// UTF-16 with a byte order mark, as UTF-8.
std::optional<std::string> from_utf16(std::string_view text) {
  const bool big = text.front() == '\xfe';
  if (text.size() % 2 != 0) return {};
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<unsigned char>(text[at]);
    const auto b = static_cast<unsigned char>(text[at + 1]);
    return static_cast<std::uint32_t>(big ? a << 8U | b : b << 8U | a);
  };
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 2; at < text.size(); at += 2) {
    auto code = unit(at);
    if (code >= 0xd800 && code < 0xe000) {
      at += 2;
      const auto low = at < text.size() ? unit(at) : 0;
      if (code >= 0xdc00 || low < 0xdc00 || low >= 0xe000) return {};
      code = 0x10000 + ((code - 0xd800) << 10U) + (low - 0xdc00);
    }
    xml::append_utf8(out, code);
  }
  return out;
}

// Makes the declaration of a converted part tell the truth.
void declare_utf8(std::string& text) {
  const auto end = text.starts_with("<?xml") ? text.find("?>") : text.npos;
  if (end == text.npos) return;
  const auto at = text.find("UTF-16");
  const auto lower = text.find("utf-16");
  if (const auto where = std::min(at, lower); where < end) text.replace(where, 6, "UTF-8");
}

}  // namespace

checked<archive> read_archive(std::span<const std::byte> docx, std::string source, const docx_limits& limits) {
  return reader(docx, std::move(source), limits).read();
}

std::string text_of(const archive& in, std::string_view part) {
  const auto at = in.by_name.find(part);
  if (at == in.by_name.end()) return {};
  auto text = unpack_xml(in, in.entries[at->second]);
  return text ? std::move(*text) : std::string{};
}

std::string lower_ascii(std::string_view name) {
  std::string out(name);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return out;
}

std::string unpack(const entry& part) {
  std::string out;
  const auto with = make_inflater();
  if (!inflate_to(with.get(), part, out)) throw error(errc::corrupt, {"docx.damaged-part", {part.name}});
  return out;
}

std::optional<std::string> to_utf8(std::string text) {
  const bool utf16 = (text.starts_with("\xff\xfe") && !text.starts_with(std::string_view("\xff\xfe\0\0", 4))) ||
                     text.starts_with("\xfe\xff");
  if (!utf16) return text;
  auto converted = from_utf16(text);
  if (converted) declare_utf8(*converted);
  return converted;
}

checked<std::string> unpack_xml(const archive& in, const entry& part) {
  auto text = to_utf8(unpack(part));
  if (!text) return {{}, {fault(in, "docx.bad-utf16", {part.name}, part.name)}};
  return {std::move(*text), {}};
}

diagnostic fault(const archive& in, std::string id, std::vector<std::string> args, std::string_view part,
                 std::string_view inside) {
  return {severity::error, {std::move(id), std::move(args)}, {in.source, 0, 0, fmt::format("{}{}", part, inside)}, {}};
}

}  // namespace vanthu::docx

namespace vanthu {

package::package() = default;
package::package(const package&) noexcept = default;
package& package::operator=(const package&) noexcept = default;
package::~package() = default;

checked<package> package::open(std::span<const std::byte> docx, std::string source, const docx_limits& limits) {
  auto read = docx::read_archive(docx, std::move(source), limits);
  if (!read) return {{}, std::move(read.notes)};
  package out;
  out.impl_ = std::make_shared<impl>(impl{std::move(*read)});
  return {std::move(out), std::move(read.notes)};
}

std::vector<std::string> package::parts() const {
  std::vector<std::string> names;
  names.reserve(impl_->by_name.size());
  for (const auto& [name, index] : impl_->by_name) names.push_back(name);
  return names;
}

bool package::has(std::string_view part) const { return impl_->by_name.contains(part); }

std::string package::read(std::string_view part) const {
  const auto at = impl_->by_name.find(part);
  if (at == impl_->by_name.end()) throw error(errc::not_found, {"docx.no-part", {std::string(part)}});
  return docx::unpack(impl_->entries[at->second]);
}

std::string package::main_part() const { return impl_->entries[impl_->main].name; }

const std::string& package::source() const noexcept { return impl_->source; }

}  // namespace vanthu
