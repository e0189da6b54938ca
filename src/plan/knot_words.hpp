// A knot of a graph in words, for remarks: what its nodes and links are called, the caller knows.
#pragma once

#include <functional>
#include <string>

#include "plan/digraph.hpp"

namespace vanthu {

struct knot_names {
  std::function<std::string(std::uint32_t)> node;
  std::function<std::string(const edge&)> arrow = [](const edge&) { return std::string("→"); };
};
std::string hop_of(const edge& e, const knot_names& names);  // «a → b»
// «a → b → a (+ c, d)»: of the ring at most ten hops from either end, of the nodes beside it at most ten.
std::string ring_of(const knot& k, const knot_names& names);
std::string cuts_of(const knot& k, const knot_names& names);  // «b → a; c → b», with «…» when they are not all

}  // namespace vanthu
