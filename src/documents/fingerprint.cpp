#include <openssl/evp.h>

#include <memory>
#include <new>

#include "vanthu/documents.hpp"

namespace vanthu {
namespace {

constexpr std::string_view custom_properties = "docProps/custom.xml";

using context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

void update(const context& c, std::string_view text) {
  if (EVP_DigestUpdate(c.get(), text.data(), text.size()) != 1) throw std::bad_alloc();
}

// The length goes first, eight bytes, lowest first: two parts can never be taken for one.
void update_counted(const context& c, std::string_view text) {
  char length[8];
  for (int i = 0; i < 8; ++i) length[i] = static_cast<char>((text.size() >> (8 * i)) & 0xffU);
  update(c, {length, sizeof length});
  update(c, text);
}

}  // namespace

digest fingerprint(const package& document) {
  const context c(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (!c || EVP_DigestInit_ex(c.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  for (const auto& part : document.parts()) {
    if (part == custom_properties) continue;
    update_counted(c, part);
    update_counted(c, document.read(part));
  }
  digest result;
  unsigned size = 0;
  if (EVP_DigestFinal_ex(c.get(), reinterpret_cast<unsigned char*>(result.data()), &size) != 1 || size != result.size())
    throw std::bad_alloc();
  return result;
}

}  // namespace vanthu
