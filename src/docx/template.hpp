// A compiled template: the package it came from and a program for each part that has tags.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "docx/additions.hpp"
#include "docx/package.hpp"
#include "docx/program.hpp"

namespace vanthu {

struct document_template::impl {
  std::shared_ptr<const docx::archive> package;
  std::vector<docx::program> programs;  // in the order of the package
  docx::used_ids used;
  std::vector<docx::entry> settled;  // parts that come out changed whatever the data: the settings

  // What is to be said of the data, and the names it has that tags seem to have mistyped. What a rendering will add is
  // in `added` then.
  struct findings {
    diagnostics notes;
    std::set<std::string, std::less<>> meant;
  };
  findings check(const value& data, const render_options& options, docx::additions& added) const;
  // Remarks on rows that are read as they are written; what else there is to say has been said.
  diagnostics write(const value& data, const byte_sink& out, const byte_patch& patch, const render_options& options,
                    docx::additions& added) const;

 private:
  diagnostics write_parts(const value& data, const byte_sink& out, const byte_patch& patch,
                          const render_options& options, docx::additions& added) const;
};

}  // namespace vanthu
