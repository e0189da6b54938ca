#include <openssl/evp.h>

#include <memory>
#include <new>

#include "vanthu/journal.hpp"

namespace vanthu {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

class sha256 {
 public:
  sha256() : context_(EVP_MD_CTX_new()) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  }
  void field(std::string_view text) {
    add(std::to_string(text.size()));
    add(":");
    add(text);
    add(",");
  }
  digest finish() {
    digest out{};
    if (EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(out.data()), nullptr) != 1)
      throw std::bad_alloc();
    return out;
  }

 private:
  void add(std::string_view text) {
    if (EVP_DigestUpdate(context_.get(), text.data(), text.size()) != 1) throw std::bad_alloc();
  }
  struct release {
    void operator()(EVP_MD_CTX* c) const noexcept { EVP_MD_CTX_free(c); }
  };
  std::unique_ptr<EVP_MD_CTX, release> context_;
};

}  // namespace

std::string to_hex(const digest& d) {
  std::string out;
  out.reserve(2 * d.size());
  for (const auto byte : d) {
    const auto n = std::to_integer<unsigned>(byte);
    out += hex_digits[n >> 4];
    out += hex_digits[n & 15];
  }
  return out;
}

std::optional<digest> parse_digest(std::string_view hex) {
  digest out{};
  if (hex.size() != 2 * out.size()) return {};
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const char c = hex[i] >= 'A' && hex[i] <= 'F' ? static_cast<char>(hex[i] - 'A' + 'a') : hex[i];
    const auto n = hex_digits.find(c);
    if (n == std::string_view::npos) return {};
    out[i / 2] = (out[i / 2] << 4) | static_cast<std::byte>(n);
  }
  return out;
}

digest hash_of(const record& r) {
  sha256 hash;
  hash.field(r.stream);
  hash.field(std::to_string(r.number));
  hash.field(std::to_string(r.at.time_since_epoch().count()));
  hash.field(r.actor);
  hash.field(r.type);
  hash.field(r.body);
  hash.field(to_hex(r.previous));
  return hash.finish();
}

}  // namespace vanthu
