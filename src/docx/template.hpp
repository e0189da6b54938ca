// A compiled template: the package it came from and a program for each part that has tags.
#pragma once

#include <vector>

#include "docx/package.hpp"
#include "docx/program.hpp"

namespace vanthu {

struct document_template::impl {
  std::shared_ptr<const docx::archive> package;
  std::vector<docx::program> programs;  // in the order of the package
  docx::used_ids used;

  diagnostics check(const value& data, const render_options& options) const;  // what is wrong with the data
  void write(const value& data, const byte_sink& out, const byte_patch& patch, const render_options& options) const;
};

}  // namespace vanthu
