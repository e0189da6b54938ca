#include "run/digest.hpp"

#include <openssl/sha.h>

#include <array>

#include "run/action.hpp"

namespace vanthu::runs {

std::string sha256_hex(std::string_view bytes) {
  digest hash{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return to_hex(hash);
}

std::string digest_of(const command& c) {
  return sha256_hex(write_json(value::object({{"do", verb_of(c.what)},
                                              {"item", c.item.text},
                                              {"actor", c.actor},
                                              {"by", c.by.text},
                                              {"note", c.note},
                                              {"body", body_of(c.what)}})));
}

}  // namespace vanthu::runs
