// What a value that is not a mere number holds: counted nodes, shared by its copies.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
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

// A piece of memory that nodes are laid into one behind the other; it goes with the last of them.
struct node_chunk {
  // Nodes in it; until it is full, more than there can be.
  static constexpr std::size_t filling = std::size_t{1} << 32;
  std::atomic<std::size_t> users{filling};

  void leave(std::size_t n) noexcept {
    if (users.fetch_sub(n, std::memory_order_acq_rel) == n) {
      this->~node_chunk();
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

// Of a chunk, with its values behind it, and then never changed; or an own_object.
struct value::object_node : container {
  explicit object_node(std::shared_ptr<const member_names> n) : container(kind::object), names(std::move(n)) {}
  std::shared_ptr<const member_names> names;
  value* values = nullptr;  // one for each name
};

struct value::own_object : object_node {
  own_object(std::shared_ptr<member_names> n, std::vector<value> v)
      : object_node(n), own_names(n.get()), items(std::move(v)) {
    values = items.data();
  }
  own_object(std::shared_ptr<const member_names> n, std::vector<value> v)
      : object_node(std::move(n)), items(std::move(v)) {
    values = items.data();
  }
  void add(std::string name, value v);

  member_names* own_names = nullptr;  // the same as `names`, when nobody shares them
  std::vector<value> items;
};

// Makes values as a reader of data does, with little memory and few calls for it: many short texts, many objects of the
// same names.
class value_tree {
 public:
  explicit value_tree(std::size_t expected = 0)
      : expected_(expected) {}  // bytes of the text that is read; 0: not known
  value_tree(const value_tree&) = delete;
  value_tree& operator=(const value_tree&) = delete;
  ~value_tree() { close_chunk(); }

  value text(std::string_view utf8);
  value object(std::shared_ptr<const member_names> names,
               std::span<value> values);  // one for each name; they are taken

 private:
  static constexpr std::size_t longest = 1024;  // bytes of a node
  struct place {
    void* at;
    std::uint32_t in_chunk;
  };
  place take(std::size_t size);
  void open_chunk(std::size_t needed);
  void close_chunk() noexcept;

  std::size_t expected_;
  node_chunk* chunk_ = nullptr;
  std::size_t size_ = 0, used_ = 0, nodes_ = 0;  // of the chunk
};

}  // namespace vanthu
