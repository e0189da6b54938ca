// Which line of a paper is what: the components of a form, found by their words and their place.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "form/annexes.hpp"
#include "form/paper.hpp"
#include "form/rules.hpp"

namespace vanthu::form {

struct document_type {
  std::string_view name, code;  // «BÁO CÁO», «BC»: Annex III
};

// The type of a document with a type name whose name, folded, is `key`; nothing for another text.
const document_type* find_type(std::string_view key);

// Indices into paper::lines.
struct outline {
  sample form = sample::named_document;
  std::optional<std::size_t> national_name, motto, number, date, type_name, addressee, receivers;
  std::optional<document_type> type;
  std::vector<std::size_t> above_number;  // beside the national name: the superior and the issuer
  std::vector<std::size_t> subject;
  std::vector<std::size_t> abstract;    // of a letter: «V/v …» below the number
  std::vector<std::size_t> addressees;  // the list below «Kính gửi:»
  std::vector<std::size_t> body;        // of paragraphs that are neither centred nor in a table
  std::vector<std::size_t> signer;      // powers and position
  std::vector<std::size_t> receiver_list;
  std::size_t text_begin = 0;    // below the head
  std::vector<annex> annexes;    // below the receivers; in a file of annexes all there are, at least one
  std::size_t annexes_from = 0;  // their first paragraph, as an index: behind the last where there are none
};
outline find_outline(const paper& p, sample form);

}  // namespace vanthu::form
