// Annexes: where each begins, and what its heading is made of (Annex I, part I, section III.1).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "form/paper.hpp"

namespace vanthu::form {

// Indices into paper::lines.
struct annex {
  std::optional<std::size_t> label;    // «Phụ lục I»; nothing in a file that has none
  std::vector<std::size_t> title;      // may be empty: the decree does not ask for one
  std::vector<std::size_t> reference;  // «(Kèm theo …)»
};

// «Phụ lục I» taken apart.
struct annex_label {
  std::string number;    // as written: "I", "1", "A", dots that leave it open; empty when there is none
  std::string title;     // what is written on the same line
  bool plain = false;    // nothing but the words and the number
  bool is_open() const;  // dots
  int value() const;     // of a Roman or Arabic number; 0: of no other
};
std::optional<annex_label> read_annex_label(const line& l);
// Whether an annex begins here: outside tables, and centred when there is more than words and number.
bool is_annex_label(const paper& p, const line& l);

// Those that begin at line `begin` or below it.
std::vector<annex> find_annexes(const paper& p, std::size_t begin);
// The heading of a file of an annex that lacks the words.
annex find_unlabelled_annex(const paper& p);

std::string roman(int number);  // 1 … 399, dots for another

}  // namespace vanthu::form
