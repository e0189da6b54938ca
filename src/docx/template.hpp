// A compiled template: the package it came from and a program for each part that has tags.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "docx/additions.hpp"
#include "docx/package.hpp"
#include "docx/program.hpp"

namespace vanthu {

namespace docx {

struct rendering;
// Writes a package; errors among the remarks say that what was written is to be thrown away.
using write_package = std::function<diagnostics(const byte_sink&, const byte_patch&)>;
// Where a package goes; returns what `write` does.
using destination = std::function<diagnostics(const write_package& write)>;

}  // namespace docx

struct document_template::impl {
  std::shared_ptr<const docx::archive> package;
  std::vector<docx::program> programs;  // in the order of the package
  docx::used_ids used;
  std::vector<docx::entry> settled;  // parts that come out changed whatever the data: the settings
  bool adds_to_package = false;      // the data may change other parts than those of the programs

  // What is to be said of the data, and the names it has that tags seem to have mistyped. What a rendering will add is
  // in `added` then.
  struct findings {
    diagnostics notes;
    std::set<std::string, std::less<>> meant;
  };
  findings check(const value& data, const render_options& options, docx::additions& added) const;

  // Looks through the data first, so that faults are told before `to` is asked.
  diagnostics check_and_write(const value& data, const render_options& options, const docx::destination& to) const;
  // For a destination that can throw away and begin anew: where one pass over the data does, it is checked while it is
  // written.
  diagnostics write_at_once(const value& data, const render_options& options, const docx::destination& to) const;

 private:
  void drop_unused(docx::additions& added) const;
  void write(const byte_sink& out, const byte_patch& patch, docx::rendering& shared) const;
  void write_parts(const byte_sink& out, const byte_patch& patch, docx::rendering& shared) const;
};

}  // namespace vanthu
