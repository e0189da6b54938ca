// From nlohmann::json to value and back, for programs that already hold their data in it. Header-only: the compiled
// library does not depend on it. Thread safety: pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "vanthu/value.hpp"

namespace vanthu {
namespace json_bridge {

// A number that is binary becomes the shortest decimal that reads back as the same: 0.1 is 0.1.
template <class Json>
value number(const Json& j) {
  if (j.is_number_unsigned()) return j.template get<std::uint64_t>();
  if (j.is_number_integer()) return j.template get<std::int64_t>();
  auto text = j.dump();
  if (const auto n = decimal::parse(text)) return *n;
  if (text == "null") throw error(errc::invalid_input, message{"value.wrong-kind", {"number", "NaN"}});
  throw error(errc::limit, message{"value.number-too-long", {std::move(text)}});
}

inline const std::string& well_formed(const std::string& utf8) {
  if (const auto at = find_invalid_utf8(utf8))
    throw error(errc::invalid_input, message{"value.invalid-utf8", {std::to_string(*at)}});
  return utf8;
}

template <class Json>
value leaf(const Json& j) {
  if (j.is_null()) return {};
  if (j.is_boolean()) return j.template get<bool>();
  if (j.is_number()) return number(j);
  if (j.is_string()) return well_formed(j.template get_ref<const std::string&>());
  throw error(errc::invalid_input, message{"value.wrong-kind", {"text", j.type_name()}});
}

inline nlohmann::ordered_json leaf_of(const value& v) {
  switch (v.type()) {
    case value::kind::boolean:
      return v.as_boolean();
    case value::kind::day:
      return iso(v.as_day());
    case value::kind::text:
      return std::string(v.as_text());
    case value::kind::number:
      return nlohmann::ordered_json::parse(v.as_number().to_string());
    default:
      return nullptr;
  }
}

}  // namespace json_bridge

// Takes nlohmann::json and nlohmann::ordered_json. Throws error(errc::limit, "value.number-too-long") for a number
// beyond decimal's 18 digits, and (errc::invalid_input) for what JSON cannot hold: NaN and bytes
// ("value.wrong-kind"), text that is no UTF-8 ("value.invalid-utf8").
template <class Json>
requires requires {
  typename Json::number_float_t;
}
value to_value(const Json& root) {
  struct level {
    const Json* whole;
    typename Json::const_iterator next;
    std::vector<value> items;
    std::vector<value::member> members;
  };
  std::vector<level> levels;  // in place of recursion
  value done;
  const auto finished = [&](const Json& j) {
    if (!j.is_structured()) {
      done = json_bridge::leaf(j);
      return true;
    }
    levels.push_back({&j, j.cbegin(), {}, {}});
    return false;
  };
  bool is_done = finished(root);
  while (!levels.empty()) {
    auto& top = levels.back();
    if (is_done) {
      if (top.whole->is_array())
        top.items.push_back(std::move(done));
      else
        top.members.emplace_back(json_bridge::well_formed(top.next.key()), std::move(done));
      ++top.next;
    }
    is_done = top.next == top.whole->cend();
    if (is_done) {
      done = top.whole->is_array() ? value::list(std::move(top.items)) : value::object(std::move(top.members));
      levels.pop_back();
    } else {
      is_done = finished(*top.next);
    }
  }
  return done;
}

// Members keep their order, days become "YYYY-MM-DD". nlohmann::json holds a fraction as a binary double: one of more
// than 15 digits may come out changed (write_json keeps it).
inline nlohmann::ordered_json to_nlohmann(const value& root) {
  using json = nlohmann::ordered_json;
  json result;
  std::vector<std::pair<const value*, json*>> waiting{{&root, &result}};
  while (!waiting.empty()) {
    const auto [v, to] = waiting.back();
    waiting.pop_back();
    if (v->type() == value::kind::list) {
      auto& items = (*to = json::array()).get_ref<json::array_t&>();
      items.resize(v->size());
      for (std::size_t i = 0; i < v->size(); ++i) waiting.emplace_back(&v->at(i), &items[i]);
    } else if (v->type() == value::kind::object) {
      auto& members = (*to = json::object()).get_ref<json::object_t&>();
      members.reserve(v->size());
      for (std::size_t i = 0; i < v->size(); ++i) {
        members.emplace_back(std::string(v->name(i)), nullptr);
        waiting.emplace_back(&v->at(i), &members.back().second);
      }
    } else {
      *to = json_bridge::leaf_of(*v);
    }
  }
  return result;
}

}  // namespace vanthu
