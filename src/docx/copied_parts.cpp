#include "docx/copied_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "docx/elements.hpp"
#include "docx/obstacles.hpp"
#include "docx/pictures.hpp"
#include "xml/tokens.hpp"

namespace vanthu::docx {
namespace {

struct known_type {
  std::string_view type, stem, extension;  // the type in small letters
};
constexpr known_type known_types[] = {
    {"application/vnd.openxmlformats-officedocument.drawingml.chart+xml", "word/charts/vanthu", ".xml"},
    {"application/vnd.ms-office.chartex+xml", "word/charts/vanthu-ex", ".xml"},
    {"application/vnd.ms-office.chartstyle+xml", "word/charts/vanthu-style", ".xml"},
    {"application/vnd.ms-office.chartcolorstyle+xml", "word/charts/vanthu-colors", ".xml"},
    {"application/vnd.openxmlformats-officedocument.themeoverride+xml", "word/theme/vanthu-override", ".xml"},
    {"application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml", "word/drawings/vanthu", ".xml"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "word/embeddings/vanthu", ".xlsx"},
    {"application/vnd.openxmlformats-officedocument.drawingml.diagramdata+xml", "word/diagrams/vanthu-data", ".xml"},
    {"application/vnd.openxmlformats-officedocument.drawingml.diagramlayout+xml", "word/diagrams/vanthu-layout",
     ".xml"},
    {"application/vnd.openxmlformats-officedocument.drawingml.diagramstyle+xml", "word/diagrams/vanthu-style", ".xml"},
    {"application/vnd.openxmlformats-officedocument.drawingml.diagramcolors+xml", "word/diagrams/vanthu-colors",
     ".xml"},
    {"application/vnd.ms-office.drawingml.diagramdrawing+xml", "word/diagrams/vanthu-drawing", ".xml"},
};

struct known_picture {
  std::string_view extension, type;
};
constexpr known_picture known_pictures[] = {{"emf", "image/x-emf"}, {"wmf", "image/x-wmf"}, {"tif", "image/tiff"},
                                            {"tiff", "image/tiff"}, {"bmp", "image/bmp"},   {"svg", "image/svg+xml"}};

// A chart whose figures stand in a file elsewhere keeps those it shows.
std::string without_file_elsewhere(const std::string& chart) {
  pugi::xml_document xml;
  xml.load_string(chart.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  auto root = xml.document_element();
  root.remove_child(child_of(root, "externalData"));
  return print(xml);
}

std::string escaped(const std::string& text) {
  std::string out;
  xml::append_escaped_attribute(out, text);
  return out;
}

class copier {
 public:
  copier(additions& to, source_document& from) : to_(to), from_(from) {}

  std::string copy(const std::string& part) {
    auto out = assign(part);
    while (!open_.empty()) {
      const auto next = open_.back();
      open_.pop_back();
      copy_one(next);
    }
    return out;
  }

 private:
  // The name a part has here; it is copied when its turn comes.
  std::string assign(const std::string& part) {
    const auto [known, is_new] = names_.try_emplace(part);
    if (!is_new) return known->second;
    const auto type = from_.type_of(part);
    const auto like = std::ranges::find(known_types, lower_ascii(type), &known_type::type);
    if (type.starts_with("image/")) return known->second = copy_picture(to_, from_, part);
    if (like == std::end(known_types)) refuse(unknown_part(part));
    known->second = to_.parts.add(like->stem, like->extension, {}, type);
    open_.push_back(part);
    return known->second;
  }

  void copy_one(const std::string& part) {
    auto content = from_.raw(part);
    std::string relations;
    for (const auto& [id, r] : from_.relations(part)) {
      if (r.is_external) {
        if (r.kind != "oleObject" && r.kind != "package" && r.kind != "externalLinkPath") refuse(link_to(r.target));
        content = without_file_elsewhere(content);
        continue;
      }
      relations += fmt::format("<Relationship Id=\"{}\" Type=\"{}\" Target=\"/{}\"/>", escaped(id), escaped(r.type),
                               escaped(assign(r.target)));
    }
    const auto name = names_.find(part)->second;
    to_.parts.fill(name, std::move(content));
    if (!relations.empty())
      to_.parts.put(relations_of(name),
                    fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
                                "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}"
                                "</Relationships>",
                                relations),
                    {}, {});
  }

  additions& to_;
  source_document& from_;
  std::map<std::string, std::string> names_;
  std::vector<std::string> open_;
};

}  // namespace

std::string copy_part(additions& to, source_document& from, const std::string& part) {
  return copier(to, from).copy(part);
}

std::string copy_picture(additions& to, source_document& from, const std::string& part) {
  const auto text = from.raw(part);
  const auto raw = std::as_bytes(std::span(text));
  bytes content(raw.begin(), raw.end());
  if (const auto format = read_picture(text)) return to.media.put(std::move(content), format->extension, format->type);
  const auto extension = lower_ascii(part.substr(part.rfind('.') + 1));
  const auto known = std::ranges::find(known_pictures, extension, &known_picture::extension);
  if (known == std::end(known_pictures)) refuse(unknown_picture(part));
  return to.media.put(std::move(content), known->extension, known->type);
}

std::string copy_diagram_data(additions& to, const std::string& to_part, source_document& from,
                              const std::string& from_part, const std::string& part) {
  auto name = copy_part(to, from, part);
  pugi::xml_document xml;
  xml.load_string(from.text(part).c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  const auto extension = xml.find_node([](const pugi::xml_node& n) { return local(n) == "dataModelExt"; });
  auto shown_by = extension.attribute("relId");
  const auto& relations = from.relations(from_part);
  const auto known = relations.find(shown_by.value());
  if (known == relations.end() || known->second.is_external) return name;
  const auto drawing = copy_part(to, from, known->second.target);
  shown_by.set_value(to.relations.add(to_part, known->second.type, drawing).c_str());
  to.parts.fill(name, print(xml));
  return name;
}

}  // namespace vanthu::docx
