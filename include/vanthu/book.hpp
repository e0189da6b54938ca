// Number books (sổ văn bản): numbers without gaps, from 01 on 1 January to 31 December, one book for each agency, year
// and kind of document, or one for all kinds (Decree 30/2020, article 15.1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vanthu/agency.hpp"
#include "vanthu/export.h"
#include "vanthu/journal.hpp"
#include "vanthu/time.hpp"

namespace vanthu {

struct number_book {
  agency_id agency;
  std::string series;  // "BC"; "chung" when the agency numbers all kinds together
  int year = 0;
};
VANTHU_API number_book book_of(const agency& a, std::string_view kind, date on);
VANTHU_API std::string stream_of(const number_book& b);  // "book/ubnd-huyen-ky-anh/BC/2023"

struct document_number {
  int number = 0;
  std::string text;  // "05/BC-UBND"; a công văn: "12/UBND-VX"
};
// Number `n` as the decree writes it; `unit` is the drafting unit or field, for a công văn (kind "CV") only.
VANTHU_API document_number format_number_of(const agency& a, std::string_view kind, int n, std::string_view unit = {});

struct registered_number {
  document_number number;
  std::string kind, actor, subject, key, sha256;
  date on{};
  std::uint64_t record = 0;
};
VANTHU_API std::vector<registered_number> read_book(const journal& j, const number_book& b);

// What to write in a book for its next number. `subject`, `sha256` may be empty; `key`: idempotency.
struct number_request {
  std::string kind, unit, subject, sha256, key, actor;
  date on{};
  instant at{};
};
// The next number and the batch that takes it, to be appended alone or together with the batch of a run. Throws
// error(errc::misuse, "book.date-before-last") when `on` lies before the book's last date.
struct next_number {
  document_number number;
  batch taking;
};
VANTHU_API next_number prepare_number(const journal& j, const agency& a, const number_request& r);
// Takes a number by itself, trying again when another process was faster; a key already used gives its number again
// (another request under the same key: error(errc::conflict, "book.key-reused")).
VANTHU_API document_number take_number(journal& j, const agency& a, const number_request& r);

}  // namespace vanthu
