// The pictures a rendering adds to its package. The same bytes are one part, however often they come.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "docx/added_parts.hpp"
#include "docx/content_types.hpp"
#include "docx/pictures.hpp"
#include "vanthu/docx.hpp"

namespace vanthu::docx {

class added_media {
 public:
  explicit added_media(const package_view& in) : names_(in) {}

  // The part a picture becomes.
  std::string put(bytes content, std::string_view extension, std::string_view type) {
    return put(std::move(content), extension, type, {}, {});
  }
  // The bytes of one that somebody gives for the name `asset` are not kept but asked for again.
  std::string put(bytes content, std::string_view extension, std::string_view type, const std::string& asset,
                  const asset_source& assets);

  // What has been given for a name, so that it is not asked for again while the data is measured.
  struct named_picture {
    std::string part;
    picture_format format;
  };
  const named_picture* named(std::string_view name) const;
  void remember(const std::string& name, named_picture p) { named_.insert_or_assign(name, std::move(p)); }

  bool empty() const { return all_.empty(); }
  void declare(content_types& types) const;
  // Throws error(errc::io, "docx.picture-changed") when somebody gives other bytes than before.
  void copy(const asset_source& assets, const std::function<void(const entry&)>& to) const;

 private:
  struct medium {
    entry part;
    std::string type, extension;
    std::string asset;  // the part has no bytes but those to be given for this name; "": it has them
  };

  part_names names_;
  std::vector<medium> all_;
  std::map<std::string, std::size_t> by_digest_;
  std::map<std::string, named_picture, std::less<>> named_;
};

}  // namespace vanthu::docx
