#include "docx/added_parts.hpp"

#include <fmt/format.h>

#include <span>

#include "docx/deflate.hpp"

namespace vanthu::docx {

std::string word_type(std::string_view kind) {
  return fmt::format("application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml", kind);
}

entry stored_entry(std::string name, bytes content) {
  const auto crc = crc32(0, as_text(content));
  const auto size = content.size();
  return {std::move(name), true, crc, size, std::move(content)};
}

entry stored_entry(std::string name, std::string_view content) {
  const auto raw = std::as_bytes(std::span(content));
  return stored_entry(std::move(name), bytes(raw.begin(), raw.end()));
}

std::string part_names::next(std::string_view stem, std::string_view extension) {
  auto& last = last_[std::string(stem)];
  while (true) {
    auto name = fmt::format("{}{}{}", stem, ++last, extension);
    if (!in_->has(name)) return name;
  }
}

void added_parts::put(std::string name, std::string content, std::string type, std::string kind) {
  at_.emplace(name, all_.size());
  const bool is_new = !in_->has(name);
  all_.push_back({std::move(name), std::move(content), std::move(type), std::move(kind), is_new});
}

std::string added_parts::add(std::string_view stem, std::string_view extension, std::string content, std::string type) {
  auto name = new_name(stem, extension);
  put(name, std::move(content), std::move(type), {});
  return name;
}

void added_parts::fill(const std::string& name, std::string content) {
  all_[at_.at(name)].content = std::move(content);
}

}  // namespace vanthu::docx
