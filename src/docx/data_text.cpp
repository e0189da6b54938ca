#include "docx/data_text.hpp"

#include <fmt/format.h>

#include <vector>

#include "docx/expression.hpp"
#include "xml/characters.hpp"

namespace vanthu::docx {
namespace {

std::string_view substitute(control_characters how) {
  return how == control_characters::space ? " " : "\xef\xbf\xbd";
}

bool is_container(const value& v) {
  return v.type() == value::kind::list || v.type() == value::kind::object;
}

// Calls `flawed` at each character XML cannot hold that is not kept, with its offset, until it says no; returns the
// offset of what is no UTF-8.
template <class Flawed>
std::size_t find_flaws(std::string_view text, std::string_view kept, const Flawed& flawed) {
  for (std::size_t base = 0;;) {
    const auto flaw = xml::find_flaw(text.substr(base));
    const auto at = base + flaw.offset;
    if (flaw.what == xml::flaw::none) return text.npos;
    if (flaw.what == xml::flaw::malformed) return at;
    const bool stays = flaw.code < 0x80 && kept.find(static_cast<char>(flaw.code)) != kept.npos;
    const std::size_t size = flaw.code < 0x80 ? 1 : 3;
    if (!stays && !flawed(at, size, flaw.code)) return text.npos;
    base = at + size;
  }
}

struct place {
  const value* at;
  std::size_t in, index;  // of all
};

std::string path_of(const std::vector<place>& all, std::size_t i) {
  std::string out;
  for (; i != 0; i = all[i].in) {
    const auto& around = *all[all[i].in].at;
    out.insert(0, around.type() == value::kind::list ? fmt::format("[{}]", all[i].index)
                                                     : fmt::format(".{}", around.name(all[i].index)));
  }
  return out;
}

value leaf(const value& v, const render_options& options) {
  return v.type() == value::kind::text ? value(as_wanted(v.as_text(), options)) : v;
}

}  // namespace

bool changes_texts(const render_options& options) {
  return options.compose || options.controls != control_characters::error;
}

void check_text(std::string_view text, const render_options& options, std::string_view kept) {
  const auto malformed = find_flaws(text, kept, [&](std::size_t at, std::size_t, std::uint32_t sign) {
    if (options.controls == control_characters::error)
      throw data_fault{"docx.control-character", {"", fmt::format("U+{:04X}", sign), std::to_string(at)}};
    return true;
  });
  if (malformed != text.npos) throw data_fault{"docx.invalid-utf8", {"", std::to_string(malformed)}};
}

void check_texts(const value& v, const render_options& options) {
  std::vector<place> all{{&v, 0, 0}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& at = *all[i].at;
    if (is_container(at))
      for (std::size_t k = 0; k < at.size(); ++k) all.push_back({&at.at(k), i, k});
    if (at.type() != value::kind::text) continue;
    try {
      check_text(at.as_text(), options);
    } catch (data_fault& f) {
      f.args.front() = path_of(all, i);
      throw;
    }
  }
}

std::string as_wanted(std::string_view text, const render_options& options, std::string_view kept) {
  std::string out;
  std::size_t from = 0;
  if (options.controls != control_characters::error)
    find_flaws(text, kept, [&](std::size_t at, std::size_t size, std::uint32_t) {
      out.append(text, from, at - from).append(substitute(options.controls));
      from = at + size;
      return true;
    });
  out.append(text, from);
  return options.compose ? to_nfc(out) : out;
}

value as_wanted(const value& v, const render_options& options) {
  struct copy {
    const value* from;
    std::size_t next;
    std::vector<value> items;
    std::vector<value::member> members;
    void add(value made) {
      if (from->type() == value::kind::list)
        items.push_back(std::move(made));
      else
        members.emplace_back(std::string(from->name(next)), std::move(made));
      ++next;
    }
  };
  if (!is_container(v)) return leaf(v, options);
  std::vector<copy> open;
  open.push_back({&v, 0, {}, {}});
  while (true) {
    auto& top = open.back();
    if (top.next < top.from->size()) {
      const auto& child = top.from->at(top.next);
      if (is_container(child))
        open.push_back({&child, 0, {}, {}});
      else
        top.add(leaf(child, options));
      continue;
    }
    auto made = top.from->type() == value::kind::list ? value::list(std::move(top.items))
                                                      : value::object(std::move(top.members));
    open.pop_back();
    if (open.empty()) return made;
    open.back().add(std::move(made));
  }
}

}  // namespace vanthu::docx
