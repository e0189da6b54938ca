// What a value that is not a mere number holds: counted nodes, shared by its copies.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/value.hpp"

namespace vanthu {

// The names of an object's members, in order, none twice. Objects that were read with the same names share them.
class member_names {
 public:
  std::size_t size() const noexcept { return names_.size(); }
  const std::string& operator[](std::size_t i) const noexcept { return names_[i]; }
  std::size_t position(std::string_view name) const noexcept;  // size() when there is none
  void add(std::string name);                                  // a new one

 private:
  std::vector<std::string> names_;
  std::vector<std::uint32_t> sorted_;  // positions by name; empty for few names
};

// A piece of memory that texts are laid into one behind the other; it goes with the last of them.
struct text_chunk {
  // Texts in it; until it is full, one more than there can be.
  static constexpr std::size_t filling = std::size_t{1} << 32;
  std::atomic<std::size_t> users{filling};

  void leave(std::size_t n) noexcept {
    if (users.fetch_sub(n, std::memory_order_acq_rel) == n) {
      this->~text_chunk();
      std::free(this);
    }
  }
};

struct value::node {
  std::atomic<std::uint32_t> owners{1};
  std::uint32_t in_chunk = 0;  // how far behind the beginning of its chunk; 0: it has none
};

// The characters follow the node.
struct value::text_node : node {
  std::size_t size = 0;
  char* characters() noexcept { return reinterpret_cast<char*>(this + 1); }
};

struct value::container : node {
  explicit container(kind k) noexcept : what(k) {}
  kind what;
  container* next = nullptr;  // links the containers about to be deleted
};

struct value::list_node : container {
  explicit list_node(std::vector<value> v) : container(kind::list), items(std::move(v)) {}
  std::vector<value> items;
};

struct value::object_node : container {
  object_node(std::shared_ptr<member_names> n, std::vector<value> v)
      : container(kind::object), names(n), own_names(n.get()), values(std::move(v)) {}
  object_node(std::shared_ptr<const member_names> n, std::vector<value> v)
      : container(kind::object), names(std::move(n)), values(std::move(v)) {}

  member_names& change_names();

  std::shared_ptr<const member_names> names;
  member_names* own_names = nullptr;  // the same, when nobody shares them
  std::vector<value> values;
};

// Makes values as a reader of data does, with little memory: many short texts, many objects of the same names.
class value_tree {
 public:
  value_tree() = default;
  value_tree(const value_tree&) = delete;
  value_tree& operator=(const value_tree&) = delete;
  ~value_tree() { close_chunk(); }

  value text(std::string_view utf8);
  static value object(std::shared_ptr<const member_names> names, std::vector<value> values);

 private:
  void open_chunk();
  void close_chunk() noexcept;

  text_chunk* chunk_ = nullptr;
  std::size_t size_ = 0, used_ = 0, texts_ = 0;  // of the chunk
};

}  // namespace vanthu
