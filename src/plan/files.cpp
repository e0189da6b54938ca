#include "plan/files.hpp"

#include <algorithm>
#include <unordered_map>

#include "plan/elements.hpp"
#include "vanthu/file.hpp"

namespace vanthu {
namespace {

std::string folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string{} : std::string(path.substr(0, slash + 1));
}

struct opener {
  // A file whose children are being laid out.
  struct frame {
    const xml::document* file;
    const std::optional<provenance>* ground;
    pugi::xml_node next;
    std::string href;  // relative to the plan's folder; "" for the plan
  };
  reading& r;
  const include_resolver& includes;
  const plan_options& options;
  std::string plan_source;
  std::uint64_t bytes = 0;
  std::vector<frame> open;
  std::unordered_map<std::string, bool> opened;  // by href; true while its children are being laid out

  // Opens one file. The remark on a refused one is made.
  bool enter(std::string_view text, std::string source, std::string href, std::string_view root) {
    r.sources.push_back(source);
    diagnostics faults;
    auto file = xml::document::read(text, std::move(source), faults);
    r.notes.add_all(std::move(faults));
    if (!file) return false;
    if (!check_elements(*file, root, r.notes)) return false;
    r.out.files.push_back({href.empty() ? folderless(plan_source) : href, std::string(text)});
    r.files.push_back(std::make_unique<xml::document>(std::move(*file)));
    r.grounds.push_back(std::make_unique<std::optional<provenance>>());
    const auto* kept = r.files.back().get();
    open.push_back({kept, r.grounds.back().get(), kept->root().first_child(), std::move(href)});
    return true;
  }

  static std::string folderless(std::string_view path) { return std::string(path.substr(folder_of(path).size())); }

  void include(const element& e, const frame& from) {
    if (!e.has("href")) return;
    const std::string named(e.get("href"));
    auto href = safe_href(named, from.href);
    if (!href) {
      r.notes.error("plan.include-unsafe", e.where("href"), {named});
      return;
    }
    const auto before = opened.find(*href);
    if (before != opened.end() && !before->second) return;  // read once is enough
    if (before != opened.end() || static_cast<int>(open.size()) > options.max_include_depth ||
        *href == folderless(plan_source)) {
      r.notes.error("plan.include-too-deep", e.where("href"), {named, std::to_string(options.max_include_depth)});
      return;
    }
    auto text = includes ? includes(*href) : std::nullopt;
    if (!text) {
      r.notes.error("plan.include-missing", e.where("href"), {named});
      return;
    }
    bytes += text->size();
    if (bytes > options.max_bytes) {
      r.notes.error("plan.too-large", e.where("href"), {std::to_string(options.max_bytes) + " B"});
      return;
    }
    opened[*href] = enter(*text, folder_of(plan_source) + *href, *href, "part");
  }

  void lay_out() {
    while (!open.empty()) {
      auto& top = open.back();
      if (!top.next) {
        if (!top.href.empty()) opened[top.href] = false;
        open.pop_back();
        continue;
      }
      const element e{top.file, top.next};
      top.next = top.next.next_sibling();
      if (e.node.type() != pugi::node_element) continue;
      if (e.name() == "include")
        include(e, frame{top.file, top.ground, {}, top.href});
      else
        r.pieces.push_back({e, top.ground});
    }
  }
};

}  // namespace

std::optional<std::string> safe_href(std::string_view href, std::string_view includer) {
  const auto forbidden = [](char c) { return c == '\\' || c == ':' || c == '?' || c == '#' || c == '\0'; };
  if (href.empty() || std::ranges::any_of(href, forbidden)) return {};
  std::string out = folder_of(includer);
  for (std::size_t at = 0; at <= href.size();) {
    const auto end = std::min(href.find('/', at), href.size());
    const auto part = href.substr(at, end - at);
    if (part.empty() || part == "..") return {};
    if (part != ".") out += std::string(part) + (end < href.size() ? "/" : "");
    at = end + 1;
  }
  return out.empty() || out.back() == '/' ? std::nullopt : std::optional(out);
}

bool open_files(reading& r, std::string_view xml, std::string source, const include_resolver& includes,
                const plan_options& options) {
  opener o{r, includes, options, source, xml.size(), {}, {}};
  if (xml.size() > options.max_bytes) {
    r.notes.error("plan.too-large", {source, 0, 0, {}}, {std::to_string(options.max_bytes) + " B"});
    return false;
  }
  if (!o.enter(xml, std::move(source), {}, "plan")) return false;
  o.lay_out();
  return true;
}

}  // namespace vanthu
