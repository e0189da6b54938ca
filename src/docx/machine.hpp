// Runs a program over data and hands what it writes on piece by piece, so that it never has to be in memory as a whole.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "docx/additions.hpp"
#include "docx/held_output.hpp"
#include "docx/merging_grid.hpp"
#include "docx/program.hpp"
#include "vanthu/docx.hpp"

namespace vanthu::docx {

// What the parts of one rendering share.
struct rendering {
  const value& data;
  const render_options& options;
  const docx_limits& limits;
  const std::string& source;
  const used_ids& used;
  additions& added;
  std::uint32_t main;  // entry of the main part
  diagnostics& notes;
  bool takes_rows = true;  // those that are read once; a first look leaves them alone, and drops pictures instead
  bool judges = true;      // whether the data can be written; not after a look that has found nothing wrong
  std::uint32_t drawings = 0, bookmarks = 0, names = 0;  // given out
  std::uint64_t iterations = 0;
  filter_budget filtering{limits.filter_steps};
  std::set<std::string> field_names{};
  std::set<std::string, std::less<>> meant{};  // names of the data that mistyped ones were taken for
};

class machine {
 public:
  machine(const program& p, rendering& r);

  // Literals are numbered as the operations of the program. Throws machine_stop.
  void run(output& out);

 private:
  struct frame {
    const site* from = nullptr;
    std::size_t scope = 0;  // which of the scopes is its own
    operand list;
    bool is_list = false;
    const row_source* rows = nullptr;  // instead of a list
    value row, next_row;
    bool has_next = false;
  };
  struct bookmark_state {
    bool used = false;
    std::string id, name;
  };
  struct list_state {
    bool used = false, renew = false;
    std::string number;
  };
  struct shown_picture {
    std::string relation, alternative;
  };

  // machine.cpp: control
  std::size_t execute(const operation& o, std::size_t next);
  void drop_pictures();
  std::size_t execute_structure(const operation& o, std::size_t next);
  std::size_t execute_table(const operation& o, std::size_t next);
  std::size_t execute_content(const operation& o, std::size_t next);
  std::size_t execute_note(const operation& o, std::size_t next);
  void put(std::string_view text) { out_.text(text); }
  void put_literal(const operation& o);
  const new_notes* notes_to_come() const;
  frame& open_frame(const site& s);
  bool enter(const site& s);
  bool enter_rows(const site& s, const row_source& rows);
  bool again();
  bool next_row(frame& f);
  const row_source* rows_of(const site& s) const;
  bool holds(const site& s);
  void count_iteration(const site& s);
  void push_scope(scope s);
  void pop_scope();

  // machine_text.cpp: values and remarks
  void put_value(const site& s);
  void put_raw(const site& s);
  void put_missing(const site& s, const path* asked);
  std::string text_for_missing(const site& s, const path* asked);
  void put_text(const site& s, std::string_view text);
  std::string_view special(const site& s, char c, bool before_line_feed) const;
  std::string_view kept_in(const site& s) const;
  bool can_be_written(const site& s, std::string_view text);  // notes why not
  // As the options want it; "" when it cannot be written.
  std::string text_for(const site& s, std::string_view text);
  value value_for(const operand& o);
  void put_wanted(const site& s, std::string_view text);
  void note_in(const site& s, const data_fault& f);
  operand compute(const site& s);  // throws data_fault, and machine_stop
  operand ask(const site& s);
  void note(const site& s, const data_fault& f) { add_note(s, f.id, f.args, severity::error); }
  void note(const site& s, std::string_view id, std::initializer_list<std::string_view> args,
            severity level = severity::error);
  void add_note(const site& s, const std::string& id, const std::vector<std::string>& args, severity level);
  void note_missing(const site& s, const path* asked, severity level);
  std::string nearest(const path& p) const;
  std::string path_now(const site& s) const;
  std::string numbered(std::string_view path) const;
  std::optional<std::size_t> index_in(std::string_view list) const;
  bool missing_is_fault() const;

  // machine_links.cpp: what stands in addresses and in codes of fields
  struct answer {
    bool is_absent = false;
    std::string text;
  };
  answer text_at(const site& s);
  void put_code(const site& s, std::string_view text);
  void put_link(const link& l);
  std::string address_from(const link& l);
  std::string pieces_of(const link& l);

  // machine_content.cpp: pictures, rich text, fields, ids
  void put_drawing_id(std::uint32_t slot);
  void begin_bookmark(std::uint32_t slot);
  std::string new_name(const std::string& old);
  void put_image(const site& s, const run_context& at);
  void put_rich(const site& s, const run_context& at, bool blocks);
  void put_field(const site& s, const run_context& at);
  void put_document(const site& s, const run_context& at);
  void put_missing_paragraph(const site& s, const path* asked, const run_context& at);
  void note_document(const site& s, const diagnostics& faults);
  void leave_run(const run_context& at);
  void enter_run(const run_context& at);
  std::string drawing_of(const value& v, std::string_view prefix);
  bool show_picture(const site& s);
  void put_list_number(std::uint32_t slot);
  bool show_note(std::uint32_t number);

  // machine_tables.cpp: columns by data, cells shaped by data
  void count_columns(std::uint32_t number);
  std::size_t columns_of(const column& c);
  void put_grid(std::uint32_t number);
  std::uint64_t span_of(const span_slot& s) const;
  void put_cell_property(std::uint32_t number);
  void put_cell_span(const cell& c, const operand& o);
  void put_cell_merge(std::uint32_t number, const operand& o);
  void put_cell_shade(const cell& c, const operand& o);
  void begin_cell(const grid_cell& c);
  void keep_merge(const merge_slot& m);
  bool skip_spanned();

  const program& program_;
  rendering& shared_;
  held_output out_;
  std::size_t at_ = 0;
  std::vector<scope> scopes_;
  std::vector<std::unique_ptr<value>> named_;  // of each scope, in templates whose expressions may give names
  std::vector<std::unique_ptr<frame>> frames_;
  std::vector<bool> needs_paragraph_;  // of the guards around us
  bool table_came_ = false;            // the last one that was held
  // How the last content put in ended.
  enum class filling : unsigned char { none, paragraph, table } filled_ = filling::none;
  std::vector<bool> drawing_used_, once_used_, picture_shown_;
  std::vector<bookmark_state> bookmarks_;
  std::vector<list_state> lists_;
  std::vector<std::size_t> column_counts_;
  std::vector<merging_grid> grids_;  // of the tables whose cells merge
  std::vector<bool> continues_;      // of the program's cells: the one above
  std::uint32_t cells_to_skip_ = 0;
  std::size_t note_ = 0;        // which showing of the note we are in
  std::vector<scope> outside_;  // the scopes around the notes
  shown_picture picture_;
  std::set<std::pair<const site*, std::string>> noted_;
  std::set<std::pair<std::string, std::vector<std::string>>> said_;  // but for fallbacks
  std::set<const site*> missed_;
  std::vector<std::size_t> places_;  // where each site found its name the last time
};

// Thrown when a limit is exceeded; the remark has been made.
struct machine_stop {};

}  // namespace vanthu::docx
