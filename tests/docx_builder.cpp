#include "docx_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace docx_builder {
namespace {

constexpr std::string_view head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view namespaces =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
    "xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" "
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"w14\"";
constexpr std::string_view section =
    "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"851\" w:bottom=\"1134\" "
    "w:left=\"1701\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>";
constexpr std::string_view word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
constexpr std::string_view relation_type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

std::uint32_t crc_of(std::string_view text) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = (crc & 1U) != 0 ? crc >> 1U ^ 0xedb88320U : crc >> 1U;
  }
  return ~crc;
}

void put(std::string& out, std::uint64_t n, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(n >> 8U * static_cast<unsigned>(i) & 0xffU);
}

// What the two headers of an entry have in common.
std::string common(const part& e) {
  std::string out;
  put(out, 20, 2);
  put(out, e.flags, 2);
  put(out, e.method, 2);
  put(out, 0x00210000, 4);
  put(out, e.crc >= 0 ? static_cast<std::uint64_t>(e.crc) : crc_of(e.content), 4);
  put(out, e.content.size(), 4);
  put(out, e.size >= 0 ? static_cast<std::uint64_t>(e.size) : e.content.size(), 4);
  put(out, e.name.size(), 2);
  put(out, 0, 2);
  return out;
}

void insert_before(std::string& text, std::string_view what, const std::string& addition) {
  text.insert(text.rfind(what), addition);
}

}  // namespace

std::string p(std::string_view text) { return runs({std::string(text)}); }

std::string runs(const std::vector<std::string>& texts) {
  std::string out = "<w:p>";
  for (const auto& t : texts) out += "<w:r><w:t xml:space=\"preserve\">" + escaped(t) + "</w:t></w:r>";
  return out + "</w:p>";
}

std::string row(const std::vector<std::string>& cells) {
  std::string out = "<w:tr>";
  for (const auto& c : cells) out += "<w:tc><w:tcPr><w:tcW w:w=\"3000\" w:type=\"dxa\"/></w:tcPr>" + c + "</w:tc>";
  return out + "</w:tr>";
}

std::string table(const std::vector<std::string>& rows) {
  std::string out =
      "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"3000\"/>"
      "<w:gridCol w:w=\"3000\"/></w:tblGrid>";
  for (const auto& r : rows) out += r;
  return out + "</w:tbl>";
}

std::vector<part> parts(std::string_view body) {
  std::vector<part> out(4);
  out[0].name = "[Content_Types].xml";
  out[0].content = fmt::format(
      "{}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
      "ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" "
      "ContentType=\"{}document.main+xml\"/></Types>",
      head, word_type);
  out[1].name = "_rels/.rels";
  out[1].content = fmt::format(
      "{}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
      "Type=\"{}officeDocument\" Target=\"word/document.xml\"/></Relationships>",
      head, relation_type);
  out[2].name = "word/_rels/document.xml.rels";
  out[2].content = fmt::format(
      "{}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>", head);
  out[3].name = "word/document.xml";
  out[3].content = fmt::format("{}<w:document {}><w:body>{}{}</w:body></w:document>", head, namespaces, body, section);
  return out;
}

void add_part(std::vector<part>& to, const std::string& name, const std::string& kind, const std::string& content) {
  insert_before(to[0].content, "</Types>",
                fmt::format("<Override PartName=\"/{}\" ContentType=\"{}{}+xml\"/>", name, word_type, kind));
  insert_before(to[2].content, "</Relationships>",
                fmt::format("<Relationship Id=\"rId{}\" Type=\"{}{}\" Target=\"/{}\"/>", to.size(), relation_type, kind, name));
  part added;
  added.name = name;
  added.content = content;
  to.push_back(added);
}

std::string header(std::string_view blocks) { return fmt::format("{}<w:hdr {}>{}</w:hdr>", head, namespaces, blocks); }

void add_related(std::vector<part>& to, const related& r) {
  const auto folder = r.owner.substr(0, r.owner.rfind('/') + 1);
  const auto name = folder + "_rels/" + r.owner.substr(folder.size()) + ".rels";
  auto at = std::find_if(to.begin(), to.end(), [&](const part& p) { return p.name == name; });
  if (at == to.end()) {
    part made;
    made.name = name;
    made.content = std::string(head) +
                   "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
    at = to.insert(to.end(), made);
  }
  const bool whole = r.relation.find(':') != std::string::npos;
  insert_before(at->content, "</Relationships>",
                fmt::format("<Relationship Id=\"{}\" Type=\"{}{}\" Target=\"/{}\"/>", r.id,
                            whole ? "" : relation_type, r.relation, r.name));
  if (std::any_of(to.begin(), to.end(), [&](const part& p) { return p.name == r.name; })) return;
  if (!r.type.empty())
    insert_before(to[0].content, "</Types>",
                  fmt::format("<Override PartName=\"/{}\" ContentType=\"{}\"/>", r.name, r.type));
  part added;
  added.name = r.name;
  added.content = r.content;
  to.push_back(added);
}

void add_link(std::vector<part>& to, const std::string& id, const std::string& address) {
  insert_before(to[2].content, "</Relationships>",
                fmt::format("<Relationship Id=\"{}\" Type=\"{}hyperlink\" Target=\"{}\" TargetMode=\"External\"/>", id,
                            relation_type, address));
}

std::string note(std::string_view kind, int id, std::string_view runs) {
  return fmt::format("<w:{0} w:id=\"{1}\"><w:p><w:r><w:{0}Ref/></w:r>{2}</w:p></w:{0}>", kind, id, runs);
}

std::string notes(std::string_view kind, std::string_view inside) {
  return fmt::format(
      "{0}<w:{1}s {2}><w:{1} w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:{1}><w:{1} "
      "w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{1}>{3}</w:{1}s>",
      head, kind, namespaces, inside);
}

std::string styles(std::string_view inside) {
  return fmt::format("{}<w:styles {}>{}</w:styles>", head, namespaces, inside);
}

std::string lists(std::string_view inside) {
  return fmt::format("{}<w:numbering {}>{}</w:numbering>", head, namespaces, inside);
}

vanthu::bytes zip(const std::vector<part>& parts) {
  std::string out, directory;
  for (const auto& e : parts) {
    std::string entry = "PK\x01\x02";
    put(entry, e.attributes != 0 ? 3U << 8U | 20U : 20U, 2);
    entry += common(e);
    put(entry, 0, 6);
    put(entry, std::uint64_t{e.attributes} << 16U, 4);
    put(entry, out.size(), 4);
    directory += entry + e.name;
    out += "PK\x03\x04" + common(e) + e.name + e.content;
  }
  const auto begin = out.size();
  out += directory + "PK\x05\x06";
  put(out, 0, 4);
  put(out, parts.size(), 2);
  put(out, parts.size(), 2);
  put(out, directory.size(), 4);
  put(out, begin, 4);
  put(out, 0, 2);
  const auto raw = std::as_bytes(std::span(out));
  return {raw.begin(), raw.end()};
}

vanthu::bytes document(std::string_view body) { return zip(parts(body)); }

void keep(const vanthu::bytes& docx, const vanthu::bytes& out) {
  const char* folder = std::getenv("VANTHU_TEST_OUTPUT");
  if (folder == nullptr) return;
  const auto write = [&](const std::string& of, std::string_view text) {
    const auto place = std::filesystem::path(folder) / "docx" / of;
    std::filesystem::create_directories(place);
    const auto name = fmt::format("{:08x}-{:08x}.docx", crc_of(text_of(docx)), crc_of(text_of(out)));
    std::ofstream(place / name, std::ios::binary) << text;
  };
  write("templates", text_of(docx));
  write("outputs", text_of(out));
}

std::string_view text_of(const vanthu::bytes& docx) {
  return {reinterpret_cast<const char*>(docx.data()), docx.size()};
}

std::string part_of(std::span<const std::byte> docx, std::string_view name) {
  return vanthu::package::open(docx, "test.docx").take().read(name);
}

std::string body_of(std::span<const std::byte> docx) {
  const auto xml = part_of(docx, "word/document.xml");
  const auto begin = xml.find("<w:body>") + std::string_view("<w:body>").size();
  return xml.substr(begin, xml.rfind("<w:sectPr>") - begin);
}

}  // namespace docx_builder
