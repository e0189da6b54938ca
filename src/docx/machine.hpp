// Runs a program over data and hands what it writes on piece by piece, so that it never has to be in memory as a whole.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "docx/deflate.hpp"
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
  diagnostics* notes = nullptr;  // of a checking run: faults are noted and nothing is kept of what is written
  std::uint32_t drawings = 0, bookmarks = 0, names = 0;  // given out
  std::uint64_t iterations = 0;
};

class machine {
 public:
  machine(const program& p, rendering& r);

  void run(output& out);  // literals are numbered as the operations of the program
  // Runs to the end and returns the size of what would be written.
  std::uint64_t measure();

 private:
  struct frame {
    const site* from = nullptr;
    operand list;
    bool is_list = false;
  };
  struct held_table {
    const operation* head = nullptr;
    bool begun = false;
  };
  struct bookmark_state {
    bool used = false;
    std::string id, name;
  };

  std::size_t execute(const operation& o, std::size_t next);
  void put(std::string_view text);
  void put_literal(const operation& o);
  void put_value(const site& s);
  void put_missing(const site& s, const path* asked);
  void put_text(const site& s, std::string_view text);
  bool put_special(const site& s, char c, bool before_line_feed);
  void check_text(const site& s, std::string_view text);
  bool enter(const site& s);
  bool again();
  bool holds(const site& s);
  void count_iteration(const site& s);
  void put_drawing_id(std::uint32_t slot);
  void begin_bookmark(std::uint32_t slot);
  std::string new_name(const std::string& old);
  operand ask(const site& s);
  void note(const site& s, std::string id, std::vector<std::string> args, severity level = severity::error);
  void note_missing(const site& s, const path* asked, severity level);
  std::string nearest(const path& p) const;
  std::string path_now(const site& s) const;

  const program& program_;
  rendering& shared_;
  output* out_ = nullptr;
  std::uint64_t measured_ = 0;
  std::size_t at_ = 0;
  std::vector<scope> scopes_;
  std::vector<frame> frames_;
  std::vector<bool> needs_paragraph_;  // of the guards around us
  std::vector<held_table> held_;
  bool table_came_ = false;  // the last held one
  std::vector<bool> drawing_used_, once_used_;
  std::vector<bookmark_state> bookmarks_;
  std::set<std::pair<const site*, std::string>> noted_;
  std::string scratch_;
};

}  // namespace vanthu::docx
