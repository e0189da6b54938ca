#include "vanthu/value.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>
#include <numeric>
#include <type_traits>

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

struct value::node {
  std::atomic<std::size_t> owners{1};
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
  explicit object_node(std::vector<member> m) : container(kind::object), members(std::move(m)) { join_same_names(); }
  std::vector<member> members;        // no name twice
  std::vector<std::uint32_t> sorted;  // positions by name; empty for a small object

  std::size_t position(std::string_view name) const noexcept;  // members.size() when there is none
  void add(std::string name, value v);                         // the name is new

 private:
  auto name_at() const {
    return [this](std::uint32_t i) -> std::string_view { return members[i].first; };
  }
  void sort_names();
  void join_same_names();
};

std::size_t value::object_node::position(std::string_view name) const noexcept {
  if (sorted.empty())
    return static_cast<std::size_t>(std::ranges::find(members, name, &member::first) - members.begin());
  const auto at = std::ranges::lower_bound(sorted, name, {}, name_at());
  return at == sorted.end() || members[*at].first != name ? members.size() : *at;
}

// Same names, while there are any, stay in the order they were put in.
void value::object_node::sort_names() {
  sorted.clear();
  if (members.size() <= small_object) return;
  sorted.resize(members.size());
  std::iota(sorted.begin(), sorted.end(), std::uint32_t{0});
  std::ranges::sort(sorted, {}, [this](std::uint32_t i) { return std::pair(std::string_view(members[i].first), i); });
}

void value::object_node::add(std::string name, value v) {
  if (members.size() == members.capacity()) members.reserve(std::max(small_object, members.size() * 2));
  if (!sorted.empty())
    sorted.insert(std::ranges::lower_bound(sorted, name, {}, name_at()), static_cast<std::uint32_t>(members.size()));
  members.emplace_back(std::move(name), std::move(v));
  if (sorted.empty()) sort_names();
}

// The first place of a name takes the last of its values.
void value::object_node::join_same_names() {
  std::vector<bool> gone(members.size());
  bool any = false;
  const auto join = [&](std::size_t first, std::size_t later) {
    members[first].second = std::move(members[later].second);
    gone[later] = any = true;
  };
  sort_names();
  if (sorted.empty()) {
    for (std::size_t i = 1; i < members.size(); ++i)
      if (const auto first = position(members[i].first); first < i) join(first, i);
  } else {
    for (std::size_t i = 1, first = 0; i < sorted.size(); ++i) {
      if (members[sorted[i]].first == members[sorted[first]].first)
        join(sorted[first], sorted[i]);
      else
        first = i;
    }
  }
  if (!any) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < members.size(); ++i)
    if (!gone[i] && kept++ != i) members[kept - 1] = std::move(members[i]);
  members.erase(members.begin() + static_cast<std::ptrdiff_t>(kept), members.end());
  sort_names();
}

value::value(std::string_view utf8) : kind_(kind::text) {
  auto* text = new (::operator new(sizeof(text_node) + utf8.size())) text_node;
  text->size = utf8.size();
  if (!utf8.empty()) std::memcpy(text->characters(), utf8.data(), utf8.size());
  content_.counted = text;
}

value value::list(std::vector<value> items) {
  return {kind::list, new list_node(std::move(items))};
}

value value::object(std::vector<member> members) {
  return {kind::object, new object_node(std::move(members))};
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

// Gives up v's share. The last share of a text frees it; that of a container only puts it on the list of the dead,
// so that a tree of any depth goes without recursion and without taking memory.
void value::drop(value& v, container*& dead) noexcept {
  const auto k = std::exchange(v.kind_, kind::null);
  if (k < kind::text || v.content_.counted->owners.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  if (k == kind::text) {
    auto* text = static_cast<text_node*>(v.content_.counted);
    text->~text_node();
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
      for (auto& m : object->members) drop(m.second, dead);
      delete object;
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

value::object_node& value::own_members() {
  if (is_null()) *this = object();
  require(kind::object, kind_);
  if (content_.counted->owners.load(std::memory_order_acquire) != 1) *this = object(members().members);
  return static_cast<object_node&>(*content_.counted);
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
  if (kind_ == kind::object) return members().members.size();
  return 0;
}

const value& value::at(std::size_t index) const {
  if (index >= size()) out_of_range(index, size());
  return kind_ == kind::list ? items().items[index] : members().members[index].second;
}

std::string_view value::name(std::size_t index) const {
  require(kind::object, kind_);
  if (index >= size()) out_of_range(index, size());
  return members().members[index].first;
}

const value* value::find(std::string_view name) const noexcept {
  if (kind_ != kind::object) return nullptr;
  const auto at = members().position(name);
  return at == size() ? nullptr : &members().members[at].second;
}

void value::push_back(value item) {
  own_items().items.push_back(std::move(item));
}

void value::set(std::string name, value v) {
  auto& own = own_members();
  const auto at = own.position(name);
  if (at == own.members.size())
    own.add(std::move(name), std::move(v));
  else
    own.members[at].second = std::move(v);
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
