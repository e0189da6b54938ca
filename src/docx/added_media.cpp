#include "docx/added_media.hpp"

#include <fmt/format.h>

#include "docx/deflate.hpp"

namespace vanthu::docx {
namespace {

// The bytes of a part that have been seen before.
bytes given_again(const entry& part, const std::string& asset, const asset_source& assets) {
  auto found = assets(asset);
  if (!found || found->size() != part.size || crc32(0, as_text(*found)) != part.crc)
    throw error(errc::io, {"docx.picture-changed", {asset}});
  return std::move(*found);
}

}  // namespace

std::string added_media::put(bytes content, std::string_view extension, std::string_view type, const std::string& asset,
                             const asset_source& assets) {
  auto part = stored_entry({}, std::move(content));
  const auto key = fmt::format("{:08x}{}", part.crc, part.size);
  if (const auto known = by_digest_.find(key); known != by_digest_.end()) {
    const auto& m = all_[known->second];
    const bool is_same =
        m.asset.empty() ? m.part.packed == part.packed : given_again(m.part, m.asset, assets) == part.packed;
    if (is_same) return m.part.name;
  }
  part.name = names_.next("word/media/vanthu", fmt::format(".{}", extension));
  if (!asset.empty()) part.packed = bytes();
  by_digest_.insert_or_assign(key, all_.size());
  all_.push_back({std::move(part), std::string(type), std::string(extension), asset});
  return all_.back().part.name;
}

const added_media::named_picture* added_media::named(std::string_view name) const {
  const auto known = named_.find(name);
  return known == named_.end() ? nullptr : &known->second;
}

void added_media::declare(content_types& types) const {
  for (const auto& m : all_) types.add_usual(m.part.name, m.extension, m.type);
}

void added_media::copy(const asset_source& assets, const std::function<void(const entry&)>& to) const {
  for (const auto& m : all_) {
    if (m.asset.empty()) {
      to(m.part);
      continue;
    }
    auto part = m.part;
    part.packed = given_again(m.part, m.asset, assets);
    to(part);
  }
}

}  // namespace vanthu::docx
