#include "docx/machine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace vanthu::docx {
namespace {

constexpr std::uint64_t zip_limit = std::numeric_limits<std::uint32_t>::max();

}  // namespace

machine::machine(const program& p, rendering& r) : program_(p), shared_(r) {
  push_scope({&r.data, false, 0, 0});
  places_.assign(p.sites.size(), 0);
  drawing_used_.assign(p.ids.drawings.size(), false);
  once_used_.assign(p.ids.once, false);
  picture_shown_.assign(p.ids.pictures.size(), false);
  for (const auto& b : p.ids.bookmarks) bookmarks_.push_back({false, b.id, b.name});
  for (const auto& l : p.ids.lists) lists_.push_back({false, false, l.number});
  column_counts_.assign(p.columns.size(), 1);
  continues_.assign(p.cells.size(), false);
  grids_.resize(p.merging_tables);
}

void machine::run(output& out) {
  out_.begin(out);
  const auto most = std::min(shared_.limits.output_bytes, zip_limit);
  while (program_.code[at_].what != op::halt) {
    at_ = execute(program_.code[at_], at_ + 1);
    if (out_.size() <= most) continue;
    shared_.notes.push_back({severity::error,
                             {"docx.too-large", {program_.part, std::to_string(most)}},
                             {shared_.source, 0, 0, program_.part},
                             {}});
    throw machine_stop{};
  }
  drop_pictures();
}

// Those that no block has shown, as a first look tells. Which ones rows of a source will show is not known then.
void machine::drop_pictures() {
  if (shared_.takes_rows || !shared_.options.rows.empty()) return;
  for (std::size_t i = 0; i < picture_shown_.size(); ++i)
    if (!picture_shown_[i]) shared_.added.relations.drop_picture(program_.part, program_.ids.pictures[i].relation);
}

void machine::put_literal(const operation& o) {
  const auto text = std::string_view(program_.pool).substr(o.a, o.b);
  const bool is_end = &o + 2 == program_.code.data() + program_.code.size();
  if (const auto* notes = is_end ? notes_to_come() : nullptr) return put(with_notes(text, *notes, false, false));
  out_.literal(static_cast<std::uint32_t>(&o - program_.code.data()), text);
}

// Those that the end of a part of notes puts before itself; nullptr where there are none.
const new_notes* machine::notes_to_come() const {
  for (const bool at_end : {false, true}) {
    const auto& notes = shared_.added.notes.added(at_end);
    if (notes.empty()) continue;
    if (program_.part == shared_.added.notes.part(at_end)) return &notes;
  }
  return nullptr;
}

// The number of the next operation.
std::size_t machine::execute(const operation& o, std::size_t next) {
  switch (o.what) {
    case op::literal:
      put_literal(o);
      return next;
    case op::value:
      put_value(program_.sites[o.a]);
      return next;
    case op::enter:
      return enter(program_.sites[o.a]) ? next : o.b;
    case op::next:
      return again() ? o.a : o.b;
    case op::unless_true:
      return holds(program_.sites[o.a]) ? next : o.b;
    case op::unless_false:
      return holds(program_.sites[o.a]) ? o.b : next;
    case op::jump:
      return o.a;
    case op::unless_first:
      return scopes_.back().index == 0 ? o.a : next;
    case op::raw:
    case op::image:
    case op::rich_runs:
    case op::rich_blocks:
    case op::field:
    case op::link:
    case op::insert:
    case op::picture_begin:
    case op::picture_alternative:
    case op::picture_relation:
    case op::drawing_id:
    case op::bookmark_id:
    case op::bookmark_end_id:
    case op::bookmark_name:
    case op::restart_lists:
    case op::list_number:
    case op::note_reference:
    case op::note_begin:
    case op::note_id:
    case op::note_end:
    case op::once:
    case op::shown_picture:
      return execute_content(o, next);
    default:
      return execute_structure(o, next);
  }
}

std::size_t machine::execute_structure(const operation& o, std::size_t next) {
  switch (o.what) {
    case op::guard_begin:
      needs_paragraph_.push_back(true);
      break;
    case op::guard_paragraph:
      needs_paragraph_.back() = false;
      break;
    case op::guard_table:
      needs_paragraph_.back() = true;
      break;
    case op::guard_held_table:
      needs_paragraph_.back() = needs_paragraph_.back() || table_came_;
      break;
    case op::guard_content:
      if (filled_ != filling::none) needs_paragraph_.back() = filled_ == filling::table;
      break;
    case op::guard_end:
      if (needs_paragraph_.back()) put_literal(o);
      needs_paragraph_.pop_back();
      break;
    case op::hold_begin:
      out_.hold();
      break;
    case op::touch:
      out_.touch();
      break;
    case op::hold_end:
      table_came_ = out_.let_go();
      if (table_came_) put_literal(o);
      break;
    default:
      return execute_table(o, next);
  }
  return next;
}

std::size_t machine::execute_table(const operation& o, std::size_t next) {
  switch (o.what) {
    case op::count_columns:
      count_columns(o.a);
      break;
    case op::grid_columns:
      put_grid(o.a);
      break;
    case op::cell_width: {
      const auto& w = program_.widths[o.a];
      put(std::to_string(w.width / static_cast<std::int64_t>(std::max<std::size_t>(1, column_counts_[w.group]))));
      break;
    }
    case op::cell_span:
      put(std::to_string(span_of(program_.spans[o.a])));
      break;
    case op::cell_span_element:
      put(fmt::format("<{0}gridSpan {0}val=\"{1}\"/>", program_.table_prefix, span_of(program_.spans[o.a])));
      break;
    case op::cell_property:
      put_cell_property(o.a);
      break;
    case op::skip_unless_spans:
      return span_of(program_.spans[o.a]) > 0 ? next : o.b;
    case op::skip_if_spanned:
      return skip_spanned() ? o.b : next;
    case op::skip_if_merged:
      return continues_[o.a] ? o.b : next;
    case op::merging_table:
      grids_[o.a] = {};
      break;
    case op::merging_row:
      grids_[program_.merging_rows[o.a].table].begin_row(program_.merging_rows[o.a].before);
      break;
    case op::merging_cell:
      begin_cell(program_.merging_cells[o.a]);
      break;
    default:  // op::kept_merge
      keep_merge(program_.kept_merges[o.a]);
  }
  return next;
}

std::size_t machine::execute_content(const operation& o, std::size_t next) {
  switch (o.what) {
    case op::raw:
      put_raw(program_.sites[o.a]);
      break;
    case op::image:
      put_image(program_.sites[o.a], program_.contexts[o.b]);
      break;
    case op::rich_runs:
      put_rich(program_.sites[o.a], program_.contexts[o.b], false);
      break;
    case op::rich_blocks:
      put_rich(program_.sites[o.a], program_.contexts[o.b], true);
      break;
    case op::field:
      put_field(program_.sites[o.a], program_.contexts[o.b]);
      break;
    case op::link:
      put_link(program_.links[o.a]);
      break;
    case op::insert:
      put_document(program_.sites[o.a], program_.contexts[o.b]);
      break;
    case op::picture_begin:
      return show_picture(program_.sites[o.a]) ? next : o.b;
    case op::picture_alternative:
      put(picture_.alternative);
      break;
    case op::picture_relation:
      put(picture_.relation);
      break;
    case op::drawing_id:
      put_drawing_id(o.a);
      break;
    case op::bookmark_id:
      begin_bookmark(o.a);
      put(bookmarks_[o.a].id);
      break;
    case op::bookmark_end_id:
      put(bookmarks_[o.a].id);
      break;
    case op::bookmark_name:
      put(bookmarks_[o.a].name);
      break;
    case op::restart_lists:
      for (const auto slot : program_.restarts[o.a]) lists_[slot].renew = lists_[slot].used;
      break;
    case op::list_number:
      put_list_number(o.a);
      break;
    case op::once:
      if (once_used_[o.a]) return next + 1;
      once_used_[o.a] = true;
      break;
    case op::shown_picture:
      picture_shown_[o.a] = true;
      break;
    default:
      return execute_note(o, next);
  }
  return next;
}

std::size_t machine::execute_note(const operation& o, std::size_t next) {
  switch (o.what) {
    case op::note_reference:
      put(shared_.added.notes.show(program_.ids.notes[o.a], scopes_));
      break;
    case op::note_begin:
      note_ = 0;
      outside_ = scopes_;
      if (!show_note(o.a) && program_.notes[o.a].only_in_blocks) return o.b;
      break;
    case op::note_id: {
      const auto& all = shared_.added.notes.shown(program_.notes[o.a]);
      put(all.empty() ? program_.notes[o.a].id : all[note_]->id);
      break;
    }
    default:  // op::note_end
      ++note_;
      if (show_note(o.a)) return o.b;
      scopes_ = outside_;
  }
  return next;
}

bool machine::holds(const site& s) {
  const auto o = ask(s);
  if (o.missing != nullptr) note_missing(s, o.missing, severity::warning);
  return is_true(o);
}

void machine::count_iteration(const site& s) {
  if (++shared_.iterations <= shared_.limits.iterations) return;
  note(s, "docx.too-many-iterations", {std::to_string(shared_.limits.iterations)});
  throw machine_stop{};
}

machine::frame& machine::open_frame(const site& s) {
  auto& f = *frames_.emplace_back(std::make_unique<frame>());
  f.from = &s;
  f.scope = scopes_.size();
  return f;
}

// A list is gone through item by item; anything else that holds is entered once, and is the item if it can be one.
bool machine::enter(const site& s) {
  if (const auto* rows = rows_of(s)) return enter_rows(s, *rows);
  auto o = ask(s);
  if (o.missing != nullptr) note_missing(s, o.missing, severity::warning);
  if (!is_true(o)) return false;
  count_iteration(s);
  auto& f = open_frame(s);
  f.list = std::move(o);
  f.is_list = f.list.is_list();
  if (f.is_list) {
    push_scope({&f.list.at(0), true, 0, f.list.size()});
    return true;
  }
  // In docxtemplater only what has members becomes the item.
  const auto type = f.list.get().type();
  const bool is_item = s.asks.dialect == rules::ours ? type != value::kind::boolean : type == value::kind::object;
  if (is_item && f.list.ref == nullptr) f.row = f.list.own;
  push_scope({!is_item ? nullptr : f.list.ref != nullptr ? f.list.ref : &f.row, false, 0, 0});
  return true;
}

// Rows that are read once instead of a list of the data.
const row_source* machine::rows_of(const site& s) const {
  if (shared_.options.rows.empty() || !s.asks.is_path()) return nullptr;
  const auto& p = s.asks.only_path();
  if (p.from_item || p.names.size() != 1) return nullptr;
  for (const auto& r : shared_.options.rows)
    if (r.name == p.names.front()) return &r;
  return nullptr;
}

bool machine::enter_rows(const site& s, const row_source& rows) {
  if (!shared_.takes_rows) return false;
  auto first = rows.next();
  if (!first) return false;
  count_iteration(s);
  auto& f = open_frame(s);
  f.is_list = true;
  f.rows = &rows;
  f.row = std::move(*first);
  auto next = rows.next();
  f.has_next = next.has_value();
  if (next) f.next_row = std::move(*next);
  push_scope({&f.row, true, 0, f.has_next ? unknown_count : 1});
  return true;
}

bool machine::next_row(frame& f) {
  if (!f.has_next) return false;
  count_iteration(*f.from);
  f.row = std::move(f.next_row);
  auto next = f.rows->next();
  f.has_next = next.has_value();
  if (next) f.next_row = std::move(*next);
  auto& s = scopes_.back();
  ++s.index;
  s.count = f.has_next ? unknown_count : s.index + 1;
  if (s.named != nullptr) *s.named = {};
  return true;
}

void machine::push_scope(scope s) {
  if (program_.profile == template_profile::docxtemplater)
    s.named = named_.emplace_back(std::make_unique<value>()).get();
  scopes_.push_back(s);
}

void machine::pop_scope() {
  scopes_.pop_back();
  if (!named_.empty()) named_.pop_back();
}

bool machine::again() {
  auto& f = *frames_.back();
  auto& s = scopes_.back();
  if (f.rows != nullptr && next_row(f)) return true;
  if (f.is_list && f.rows == nullptr && s.index + 1 < s.count) {
    count_iteration(*f.from);
    ++s.index;
    s.item = &f.list.at(s.index);
    if (s.named != nullptr) *s.named = {};
    return true;
  }
  frames_.pop_back();
  pop_scope();
  return false;
}

}  // namespace vanthu::docx
