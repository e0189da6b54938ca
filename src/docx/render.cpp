// Rendering, piece by piece. All that can be wrong is found before the first byte is written, or, where what was
// written can be thrown away and one pass over the data does, while it is written.
#include <algorithm>
#include <array>
#include <filesystem>

#include "docx/machine.hpp"
#include "docx/pack.hpp"
#include "docx/self_check.hpp"
#include "docx/template.hpp"

namespace vanthu {
namespace {

using namespace docx;

#ifdef VANTHU_SELF_CHECK
constexpr bool checks_itself = true;
#else
constexpr bool checks_itself = false;
#endif

bool is_of_notes(const program& p, const archive& in) {
  return p.part == in.notes_parts[0] || p.part == in.notes_parts[1];
}

const site* loop_around(const program& p, const site& s) {
  return s.loop == nowhere ? nullptr : &p.sites[s.loop];
}

bool asks_for(const site& s, std::string_view name) {
  return std::ranges::any_of(s.asks.paths, [&](const path& p) { return !p.from_item && p.names.front() == name; });
}

bool counts(const expression& e) {
  const auto is_count = [](const instruction& i) { return i.what == step::count; };
  if (std::ranges::any_of(e.steps, is_count)) return true;
  return std::ranges::any_of(e.calls, [&](const call& c) {
    return std::ranges::any_of(c.arguments, [&](const code& a) { return std::ranges::any_of(a, is_count); });
  });
}

// Rows that are read once can feed one block, outside of any loop, and cannot be counted.
class row_checker {
 public:
  row_checker(const std::vector<program>& programs, const std::string& source, diagnostics& notes)
      : programs_(programs), source_(source), notes_(notes) {}

  void check(const row_source& rows) {
    const site* taken = nullptr;
    for (const auto& p : programs_)
      for (const auto& s : p.sites) {
        const auto* around = loop_around(p, s);
        const bool is_in_rows = around != nullptr && around->asks.is_path() && asks_for(*around, rows.name);
        if (is_in_rows && counts(s.asks)) report(p, s, rows);
        if (!asks_for(s, rows.name) || (is_in_rows && !opens_block(s.kind))) continue;
        const bool plain = opens_block(s.kind) && s.kind != tag_kind::open_inverted && s.asks.is_path() &&
                           s.asks.paths.front().names.size() == 1 && around == nullptr && !s.hidden;
        if (!plain || taken != nullptr) report(p, s, rows);
        if (plain && taken == nullptr) taken = &s;
      }
  }

 private:
  void report(const program& p, const site& s, const row_source& rows) {
    notes_.push_back({severity::error,
                      {"docx.cursor-once", {s.written, s.around, rows.name}},
                      {source_, 0, 0, p.part + s.place},
                      {}});
  }

  const std::vector<program>& programs_;
  const std::string& source_;
  diagnostics& notes_;
};

class writer {
 public:
  writer(const archive& in, const std::vector<program>& programs, const std::vector<entry>& settled, rendering& shared,
         const byte_sink& out, const byte_patch& patch)
      : in_(in), programs_(programs), settled_(settled), shared_(shared), pack_(out, patch) {
    pack_.use_level(shared.options.level);
  }

  void write() {
    // Pictures that come with rows are known only when these have been read: what they change goes to the end.
    const bool late = !shared_.options.rows.empty();
    if (!late) changed_ = shared_.added.finish();
    auto next = programs_.begin();
    for (std::uint32_t i = 0; i < in_.entries.size(); ++i) {
      const auto& e = in_.entries[i];
      if (next != programs_.end() && next->entry == i) {
        if (is_of_notes(*next, in_))
          notes_.push_back(&*next);
        else
          write_program(*next);
        ++next;
      } else if (!late || !shared_.added.may_change(e.name)) {
        write_entry(e);
      } else {
        held_.push_back(&e);
      }
    }
    for (const auto* p : notes_) write_program(*p);
    if (late) changed_ = shared_.added.finish();
    for (const auto* e : held_) write_entry(*e);
    // Compressed already.
    shared_.added.copy_media(shared_.options.assets, [this](const entry& picture) { pack_.copy(picture); });
    for (const auto& e : changed_)
      if (!in_.by_name.contains(e.name)) write_new(e);
    pack_.finish();
  }

 private:
  void write_program(const program& p) {
    pack_.add(p.part, p.code.size(), [&](output& to) { machine(p, shared_).run(to); });
  }
  void write_entry(const entry& e) {
    if (shared_.added.is_dropped(e.name)) return;
    for (const auto* changed : std::array<const std::vector<entry>*, 2>{&changed_, &settled_}) {
      const auto other = std::ranges::find(*changed, e.name, &entry::name);
      if (other != changed->end()) return write_new(*other);
    }
    pack_.copy(e);
  }
  // Workbooks are compressed already.
  void write_new(const entry& e) {
    if (e.name.ends_with(".xlsx")) return pack_.copy(e);
    pack_.add(e.name, 0, [&e](output& to) { to.text(as_text(e.packed)); });
  }

  const archive& in_;
  const std::vector<program>& programs_;
  const std::vector<entry>& settled_;
  rendering& shared_;
  packer pack_;
  std::vector<entry> changed_;
  std::vector<const entry*> held_;
  std::vector<const program*> notes_;  // written when all references to them have been
};

// Where a first look puts what would be written.
class discarded final : public output {
 public:
  void literal(std::uint32_t, std::string_view) override {}
  void text(std::string_view) override {}
};

diagnostics write_into(bytes& out, const write_package& write) {
  out.clear();
  auto notes = write([&out](std::span<const std::byte> piece) { out.insert(out.end(), piece.begin(), piece.end()); },
                     [&out](std::uint64_t offset, std::span<const std::byte> piece) {
                       std::ranges::copy(piece, out.begin() + static_cast<std::ptrdiff_t>(offset));
                     });
  return notes;
}

diagnostics write_into(const std::filesystem::path& file, const write_package& write) {
  struct refused {};  // takes the temporary file away
  diagnostics notes;
  try {
    replace_file(file, [&](const byte_sink& out, const byte_patch& patch) {
      notes = write(out, patch);
      if (has_errors(notes)) throw refused{};
    });
  } catch (const refused&) {
  }
  return notes;
}

}  // namespace

// What no data needs.
void document_template::impl::drop_unused(additions& added) const {
  for (const auto& p : programs) {
    for (const auto& id : p.unused_relations) added.relations.drop_picture(p.part, id);
    for (const auto& id : p.filled_relations) added.relations.drop_link(p.part, id);
    added.add_program(p.part);
  }
}

document_template::impl::findings document_template::impl::check(const value& data, const render_options& options,
                                                                 additions& added) const {
  diagnostics notes;
  for (const auto& rows : options.rows) row_checker(programs, package->source, notes).check(rows);
  if (has_errors(notes)) return {std::move(notes), {}};
  drop_unused(added);
  rendering look{data, options, package->limits, package->source, used, added, package->main, notes};
  look.takes_rows = false;
  discarded out;
  // Notes come last: what refers to them says how often they come and what they see.
  for (const bool of_notes : {false, true})
    for (const auto& p : programs) {
      if (is_of_notes(p, *package) != of_notes) continue;
      try {
        machine(p, look).run(out);
      } catch (const machine_stop&) {
      }
    }
  return {std::move(notes), std::move(look.meant)};
}

void document_template::impl::write(const byte_sink& out, const byte_patch& patch, rendering& shared) const {
  if constexpr (!checks_itself) return write_parts(out, patch, shared);
  bytes copy;  // of what a sink does not give back
  const byte_sink keep = [&](std::span<const std::byte> piece) {
    copy.insert(copy.end(), piece.begin(), piece.end());
    out(piece);
  };
  const byte_patch mend = [&](std::uint64_t offset, std::span<const std::byte> piece) {
    std::ranges::copy(piece, copy.begin() + static_cast<std::ptrdiff_t>(offset));
    patch(offset, piece);
  };
  write_parts(keep, patch ? mend : byte_patch{}, shared);
  if (!has_errors(shared.notes)) require_sound(*package, programs, copy);
}

void document_template::impl::write_parts(const byte_sink& out, const byte_patch& patch, rendering& shared) const {
  try {
    writer(*package, programs, settled, shared, out, patch).write();
  } catch (const machine_stop&) {
  }
}

diagnostics document_template::impl::check_and_write(const value& data, const render_options& options,
                                                     const destination& to) const {
  additions added(*package, settled);
  auto notes = check(data, options, added).notes;
  if (has_errors(notes)) return notes;
  const bool late = !options.rows.empty();
  const auto later = to([&](const byte_sink& out, const byte_patch& patch) {
    diagnostics of_rows;
    added.begin_writing(late);
    rendering shared{data, options, package->limits, package->source, used, added, package->main, of_rows};
    shared.judges = late;
    write(out, patch, shared);
    return late ? of_rows : diagnostics{};
  });
  notes.insert(notes.end(), later.begin(), later.end());
  return notes;
}

diagnostics document_template::impl::write_at_once(const value& data, const render_options& options,
                                                   const destination& to) const {
  if (adds_to_package || !options.rows.empty()) return check_and_write(data, options, to);
  diagnostics notes;
  try {
    notes = to([&](const byte_sink& out, const byte_patch& patch) {
      additions added(*package, settled);
      drop_unused(added);
      diagnostics said;
      rendering shared{data, options, package->limits, package->source, used, added, package->main, said};
      write(out, patch, shared);
      return said;
    });
  } catch (const error&) {
    // What is wrong with the data comes before what is wrong with the place.
    additions added(*package, settled);
    notes = check(data, options, added).notes;
    if (!has_errors(notes)) throw;
    return notes;
  }
  // A look tells all that is wrong; writing may have stopped before.
  return has_errors(notes) ? check_and_write(data, options, to) : notes;
}

diagnostics document_template::render(const value& data, const byte_sink& out, const render_options& options) const {
  return impl_->check_and_write(data, options, [&](const write_package& write) { return write(out, {}); });
}

checked<bytes> document_template::render(const value& data, const render_options& options) const {
  bytes out;
  auto notes = impl_->write_at_once(data, options, [&](const write_package& write) { return write_into(out, write); });
  if (has_errors(notes)) return {{}, std::move(notes)};
  return {std::move(out), std::move(notes)};
}

diagnostics document_template::render_file(const value& data, const std::filesystem::path& file,
                                           const render_options& options) const {
  const auto to = [&](const write_package& write) { return write_into(file, write); };
  std::error_code unknown;
  const auto there = std::filesystem::status(file, unknown);
  const bool keeps_all =
      std::filesystem::exists(there) && !std::filesystem::is_regular_file(there);  // a pipe, a device
  return keeps_all ? impl_->check_and_write(data, options, to) : impl_->write_at_once(data, options, to);
}

}  // namespace vanthu
