#include "vanthu/value.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <new>
#include <numeric>
#include <type_traits>

#include "os/memory.hpp"
#include "value/nodes.hpp"

namespace vanthu {
namespace {

// Up to here looking at every name is faster than an index, and a row of a table needs no second allocation.
constexpr std::size_t small_object = 12;

std::string_view name_of(value::kind k) {
  switch (k) {
    case value::kind::null:
      return "null";
    case value::kind::boolean:
      return "boolean";
    case value::kind::number:
      return "number";
    case value::kind::day:
      return "day";
    case value::kind::text:
      return "text";
    case value::kind::list:
      return "list";
    case value::kind::object:
      return "object";
  }
  return {};
}

void require(value::kind wanted, value::kind actual) {
  if (wanted != actual)
    throw error(errc::misuse,
                message{"value.wrong-kind", {std::string(name_of(wanted)), std::string(name_of(actual))}});
}

[[noreturn]] void out_of_range(std::size_t index, std::size_t size) {
  throw error(errc::misuse, message{"value.no-such-item", {std::to_string(index), std::to_string(size)}});
}

}  // namespace

std::size_t member_names::position(std::string_view name) const noexcept {
  if (sorted_.empty()) {
    // The last bytes tell names like c1 and c2 apart without a call.
    const auto is_it = [&](const std::string& n) {
      return n.size() == name.size() && (name.empty() || (n.back() == name.back() && n == name));
    };
    return static_cast<std::size_t>(std::ranges::find_if(names_, is_it) - names_.begin());
  }
  const auto name_at = [this](std::uint32_t i) -> std::string_view { return names_[i]; };
  const auto at = std::ranges::lower_bound(sorted_, name, {}, name_at);
  return at == sorted_.end() || names_[*at] != name ? names_.size() : *at;
}

void member_names::add(std::string name) {
  const auto name_at = [this](std::uint32_t i) -> std::string_view { return names_[i]; };
  const auto place = static_cast<std::uint32_t>(names_.size());
  names_.push_back(std::move(name));
  if (names_.size() <= small_object) return;
  if (sorted_.empty()) {
    sorted_.resize(names_.size());
    std::iota(sorted_.begin(), sorted_.end(), std::uint32_t{0});
    std::ranges::sort(sorted_, {}, name_at);
  } else {
    sorted_.insert(std::ranges::lower_bound(sorted_, names_.back(), {}, name_at), place);
  }
}

// Names that others share are copied before they change.
void value::own_object::add(std::string name, value v) {
  if (own_names == nullptr) {
    auto copy = std::make_shared<member_names>(*names);
    own_names = copy.get();
    names = std::move(copy);
  }
  // What can throw goes first: names and values stay as many.
  if (items.size() == items.capacity()) items.reserve(std::max<std::size_t>(small_object, 2 * items.size()));
  own_names->add(std::move(name));
  items.push_back(std::move(v));
  values = items.data();
}

value::value(std::string_view utf8) : kind_(kind::text) {
  auto* text = new (::operator new(sizeof(text_node) + utf8.size())) text_node;
  text->size = utf8.size();
  if (!utf8.empty()) std::memcpy(text->characters(), utf8.data(), utf8.size());
  content_.counted = text;
}

// The first one is as large as what is read wants, so that a small object kept does not keep much.
void value_tree::open_chunk(std::size_t needed) {
  constexpr std::size_t least = 128, usual = 4096;
  auto size = size_ > 0 ? 2 * size_ : expected_ == 0 ? usual : std::max(least, 4 * std::min(expected_, os::large_page));
  size = std::min(std::max(size, sizeof(node_chunk) + needed), os::large_page);
  auto* const memory = size < os::large_page ? std::malloc(size) : std::aligned_alloc(size, size);
  if (memory == nullptr) throw std::bad_alloc();
  if (size == os::large_page) os::prefer_large_pages(memory, size);
  close_chunk();
  chunk_ = new (memory) node_chunk;
  size_ = size;
  used_ = sizeof(node_chunk);
  nodes_ = 0;
}

// From now on only its nodes keep the chunk.
void value_tree::close_chunk() noexcept {
  if (chunk_ != nullptr) chunk_->leave(node_chunk::filling - nodes_);
  chunk_ = nullptr;
}

// Room for a node, `longest` at most.
value_tree::place value_tree::take(std::size_t size) {
  size = (size + 7) / 8 * 8;
  if (chunk_ == nullptr || size > size_ - used_) open_chunk(size);
  const auto at = std::exchange(used_, used_ + size);
  ++nodes_;
  return {reinterpret_cast<char*>(chunk_) + at, static_cast<std::uint32_t>(at)};
}

value value_tree::text(std::string_view utf8) {
  if (utf8.size() > longest - sizeof(value::text_node)) return utf8;
  const auto [at, in_chunk] = take(sizeof(value::text_node) + utf8.size());
  auto* const text = new (at) value::text_node;
  text->in_chunk = in_chunk;
  text->size = utf8.size();
  if (!utf8.empty()) std::memcpy(text->characters(), utf8.data(), utf8.size());
  return {value::kind::text, text};
}

value value_tree::object(std::shared_ptr<const member_names> names, std::span<value> values) {
  static_assert(sizeof(value::object_node) % alignof(value) == 0);
  if (values.size() > (longest - sizeof(value::object_node)) / sizeof(value)) {
    std::vector<value> own(std::make_move_iterator(values.begin()), std::make_move_iterator(values.end()));
    return {value::kind::object, new value::own_object(std::move(names), std::move(own))};
  }
  const auto [at, in_chunk] = take(sizeof(value::object_node) + values.size_bytes());
  auto* const object = new (at) value::object_node(std::move(names));
  object->in_chunk = in_chunk;
  object->values = reinterpret_cast<value*>(object + 1);
  std::uninitialized_move(values.begin(), values.end(), object->values);
  return {value::kind::object, object};
}

value value::list(std::vector<value> items) {
  return {kind::list, new list_node(std::move(items))};
}

// The first place of a name takes the last of its values.
value value::object(std::vector<member> members) {
  const auto names = std::make_shared<member_names>();
  std::vector<value> values;
  values.reserve(members.size());
  for (auto& [name, v] : members) {
    const auto at = names->position(name);
    if (at < values.size()) {
      values[at] = std::move(v);
      continue;
    }
    names->add(std::move(name));
    values.push_back(std::move(v));
  }
  return {kind::object, new own_object(names, std::move(values))};
}

value::value(const value& other) noexcept : content_(other.content_), kind_(other.kind_), scale_(other.scale_) {
  if (kind_ >= kind::text) content_.counted->owners.fetch_add(1, std::memory_order_relaxed);
}

value& value::operator=(const value& other) noexcept {
  return *this = value(other);
}

value& value::operator=(value&& other) noexcept {
  value taken(std::move(other));
  std::swap(content_, taken.content_);
  std::swap(kind_, taken.kind_);
  std::swap(scale_, taken.scale_);
  return *this;
}

node_chunk* value::chunk_of(node& n) noexcept {
  return n.in_chunk == 0 ? nullptr : reinterpret_cast<node_chunk*>(reinterpret_cast<char*>(&n) - n.in_chunk);
}

// Gives up v's share. The last share of a text frees it; that of a container only puts it on the list of the dead,
// so that a tree of any depth goes without recursion and without taking memory.
void value::drop(value& v, container*& dead) noexcept {
  const auto k = std::exchange(v.kind_, kind::null);
  if (k < kind::text || v.content_.counted->owners.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  if (k == kind::text) {
    auto* text = static_cast<text_node*>(v.content_.counted);
    auto* const chunk = chunk_of(*text);
    text->~text_node();
    if (chunk != nullptr)
      chunk->leave(1);
    else
      ::operator delete(text);
  } else {
    auto* c = static_cast<container*>(v.content_.counted);
    c->next = std::exchange(dead, c);
  }
}

void value::release() noexcept {
  container* dead = nullptr;
  drop(*this, dead);
  while (dead) {
    auto* c = std::exchange(dead, dead->next);
    if (c->what == kind::list) {
      auto* list = static_cast<list_node*>(c);
      for (auto& item : list->items) drop(item, dead);
      delete list;
    } else {
      auto* object = static_cast<object_node*>(c);
      for (std::size_t i = 0; i < object->names->size(); ++i) drop(object->values[i], dead);
      if (auto* const chunk = chunk_of(*object)) {
        object->~object_node();
        chunk->leave(1);
      } else {
        delete static_cast<own_object*>(object);
      }
    }
  }
}

const value::list_node& value::items() const noexcept {
  return static_cast<const list_node&>(*content_.counted);
}

const value::object_node& value::members() const noexcept {
  return static_cast<const object_node&>(*content_.counted);
}

// The node to change: no other value has a share in it.
value::list_node& value::own_items() {
  if (is_null()) *this = list();
  require(kind::list, kind_);
  if (content_.counted->owners.load(std::memory_order_acquire) != 1) *this = list(items().items);
  return static_cast<list_node&>(*content_.counted);
}

value::own_object& value::own_members() {
  if (is_null()) *this = object();
  require(kind::object, kind_);
  if (const auto& now = *content_.counted; now.in_chunk != 0 || now.owners.load(std::memory_order_acquire) != 1) {
    const auto& of = members();
    std::vector<value> copies(of.values, of.values + of.names->size());
    // The names of objects in chunks never change; those of another may, by whoever holds it.
    *this = {kind::object, now.in_chunk != 0
                               ? new own_object(of.names, std::move(copies))
                               : new own_object(std::make_shared<member_names>(*of.names), std::move(copies))};
  }
  return static_cast<own_object&>(*content_.counted);
}

bool value::as_boolean() const {
  require(kind::boolean, kind_);
  return content_.integer != 0;
}

decimal value::as_number() const {
  require(kind::number, kind_);
  return {content_.integer, scale_};
}

date value::as_day() const {
  require(kind::day, kind_);
  return date{std::chrono::days{content_.integer}};
}

std::string_view value::as_text() const {
  require(kind::text, kind_);
  auto* text = static_cast<text_node*>(content_.counted);
  return {text->characters(), text->size};
}

std::size_t value::size() const noexcept {
  if (kind_ == kind::list) return items().items.size();
  if (kind_ == kind::object) return members().names->size();
  return 0;
}

const value& value::at(std::size_t index) const {
  if (index >= size()) out_of_range(index, size());
  return kind_ == kind::list ? items().items[index] : members().values[index];
}

std::string_view value::name(std::size_t index) const {
  require(kind::object, kind_);
  if (index >= size()) out_of_range(index, size());
  return (*members().names)[index];
}

const value* value::find(std::string_view name) const noexcept {
  std::size_t place = 0;
  return find(name, place);
}

const value* value::find(std::string_view name, std::size_t& place) const noexcept {
  if (kind_ != kind::object) return nullptr;
  const auto& own = members();
  const auto& names = *own.names;
  if (place < names.size() && names[place] == name) return &own.values[place];
  const auto at = names.position(name);
  if (at == names.size()) return nullptr;
  place = at;
  return &own.values[at];
}

void value::push_back(value item) {
  own_items().items.push_back(std::move(item));
}

void value::set(std::string name, value v) {
  auto& own = own_members();
  const auto at = own.names->position(name);
  if (at < own.items.size())
    own.items[at] = std::move(v);
  else
    own.add(std::move(name), std::move(v));
}

// The parts still to compare wait in a vector: trees may be deep.
bool operator==(const value& a, const value& b) {
  using kind = value::kind;
  std::vector<std::pair<const value*, const value*>> waiting{{&a, &b}};
  while (!waiting.empty()) {
    const auto [x, y] = waiting.back();
    waiting.pop_back();
    if (x->kind_ != y->kind_ || x->size() != y->size()) return false;
    if (x->kind_ == kind::number) {
      if (x->as_number() != y->as_number()) return false;
    } else if (x->kind_ == kind::boolean || x->kind_ == kind::day) {
      if (x->content_.integer != y->content_.integer) return false;
    } else if (x->kind_ == kind::text) {
      if (x->as_text() != y->as_text()) return false;
    } else if (x->kind_ != kind::null && x->content_.counted != y->content_.counted) {
      for (std::size_t i = 0; i < x->size(); ++i) {
        const auto* other = x->kind_ == kind::list ? &y->at(i) : y->find(x->name(i));
        if (!other) return false;
        waiting.emplace_back(&x->at(i), other);
      }
    }
  }
  return true;
}

}  // namespace vanthu
