// Short ways to compile, fill and judge templates in tests.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "docx_builder.hpp"

namespace docx_builder {

inline std::vector<std::string> ids(const vanthu::diagnostics& notes) {
  std::vector<std::string> out;
  for (const auto& d : notes) out.push_back(d.id());
  return out;
}
inline std::string texts(const vanthu::diagnostics& notes) {
  std::string out;
  for (const auto& d : notes) out += vanthu::to_string(d) + "\n";
  return out;
}

inline bool has(std::string_view text, std::string_view what) {
  return text.find(what) != text.npos;
}
inline std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++n;
  return n;
}

inline vanthu::document_template compiled(const vanthu::bytes& docx, const vanthu::compile_options& options = {}) {
  return vanthu::document_template::compile(docx, "t.docx", options).take();
}
inline vanthu::value data(std::string_view json) {
  return vanthu::read_json(json, "data.json").take();
}

inline vanthu::bytes fill_with(const vanthu::bytes& docx, const vanthu::value& v,
                               const vanthu::render_options& options = {}, const vanthu::compile_options& how = {}) {
  auto out = compiled(docx, how).render(v, options).take();
  keep(docx, out);
  return out;
}
inline vanthu::bytes fill(const vanthu::bytes& docx, std::string_view json,
                          const vanthu::render_options& options = {}) {
  return fill_with(docx, data(json), options);
}
// The body of a filled template, or what is wrong with it.
inline std::string filled(std::string_view body, std::string_view json, const vanthu::render_options& options = {}) {
  try {
    return body_of(fill(document(body), json, options));
  } catch (const vanthu::error& e) {
    return texts(e.notes());
  }
}
// The same as a reader sees it.
inline std::string read(std::string_view body, std::string_view json, const vanthu::render_options& options = {}) {
  try {
    return document_text(vanthu::package::open(fill(document(body), json, options), "out.docx").take());
  } catch (const vanthu::error& e) {
    return texts(e.notes());
  }
}

// Ids of what is wrong with a template, a package, or data.
inline std::vector<std::string> template_faults(std::string_view body) {
  return ids(vanthu::document_template::compile(document(body), "t.docx").notes);
}
inline std::vector<std::string> package_faults(const vanthu::bytes& docx, const vanthu::docx_limits& limits = {}) {
  return ids(vanthu::package::open(docx, "t.docx", limits).notes);
}
inline vanthu::diagnostics data_notes(std::string_view body, const vanthu::value& v) {
  return compiled(document(body)).render(v).notes;
}
inline std::vector<std::string> data_faults(std::string_view body, std::string_view json) {
  return ids(data_notes(body, data(json)));
}

using faults = std::vector<std::string>;

}  // namespace docx_builder
