#include "plan/knot_words.hpp"

#include <algorithm>
#include <cstddef>

namespace vanthu {

std::string hop_of(const edge& e, const knot_names& names) {
  return names.node(e.from) + " " + names.arrow(e) + " " + names.node(e.to);
}

std::string ring_of(const knot& k, const knot_names& names) {
  constexpr std::size_t most = 10;  // hops from either end, nodes beside the ring
  std::string out;
  const auto hops = k.ring.size();
  for (std::size_t i = 0; i < hops; ++i) {
    if (i == most && hops > 2 * most) out += "… → ";
    if (i < most || i + most >= hops) out += names.node(k.ring[i].from) + " " + names.arrow(k.ring[i]) + " ";
  }
  out += names.node(k.ring.front().from);
  if (k.others.empty()) return out;
  for (std::size_t i = 0; i < std::min(k.others.size(), most); ++i)
    out += (i == 0 ? " (+ " : ", ") + names.node(k.others[i].to);
  return out + (k.others.size() > most ? ", …)" : ")");
}

std::string cuts_of(const knot& k, const knot_names& names) {
  std::string out;
  for (const auto& e : k.cuts) out += (out.empty() ? "" : "; ") + hop_of(e, names);
  return out + (k.has_more ? "; …" : "");
}

}  // namespace vanthu
