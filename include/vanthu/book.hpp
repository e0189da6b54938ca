// Number books (sổ văn bản): numbers without gaps, from 01 on 1 January to 31 December, one book for each agency, year
// and kind of document, or one for all kinds (Decree 30/2020, article 15.1). Copies (SY, TrS, SL) share a series of
// their own (Annex I, part II).
//
// Every function throws errc::misuse for a kind the decree does not know ("book.unknown-kind"), an agency without a
// notation ("book.no-notation") and a công văn without a unit ("book.no-unit"), and errc::corrupt for a record in a
// book that is not of a number ("book.bad-record"). Thread safety: as the journal's.
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

// The code of a kind as the decree writes it, from the same without marks: "QD" is "QĐ". A code that exists as written
// is that one: "HD" is Hướng dẫn, not HĐ, and "DA" Dự án, not ĐA. Nothing for others. "CV": công văn.
VANTHU_API std::optional<std::string_view> kind_code(std::string_view kind);

struct number_book {
  agency_id agency;
  std::string series;  // "BC", "QĐ"; "chung" when the agency numbers all kinds together; "sao" for copies
  int year = 0;
};
VANTHU_API number_book book_of(const agency& a, std::string_view kind, date on);
VANTHU_API std::string stream_of(const number_book& b);  // "book/ubnd-huyen-ky-anh/BC/2023"

struct document_number {
  int number = 0;
  std::string text;  // "05/BC-UBND"; a công văn: "12/UBND-VX"
};
// Number `n` (from 1) as the decree writes it, in two digits at least; `unit` is the drafting unit or field, for a công
// văn only: other kinds do not name it.
VANTHU_API document_number format_number_of(const agency& a, std::string_view kind, int n, std::string_view unit = {});

struct registered_number {
  document_number number;
  std::string kind, actor, subject, key, sha256;
  date on{};
  std::uint64_t record = 0;
};
VANTHU_API std::vector<registered_number> read_book(const journal& j, const number_book& b);

// What to write in a book for its next number. `subject`, `sha256`, `key` may be empty. `key`: idempotency within the
// book; the same key gives the number it took before, when kind, unit, date, subject and sha256 are the same too.
struct number_request {
  std::string kind, unit, subject, sha256, key, actor;
  date on{};
  instant at{};
};
// The next number and the batch that takes it, to be appended alone or together with the batch of a run; for a key
// already used its number and a batch that writes nothing. Throws error(errc::misuse, "book.date-before-last") when
// `on` lies before the book's last date; error(errc::conflict, "book.key-reused") for another request under a used key.
struct next_number {
  document_number number;
  batch taking;
};
VANTHU_API next_number prepare_number(const journal& j, const agency& a, const number_request& r);
// Takes a number by itself. When another process was faster it tries again, a hundred times: then
// error(errc::conflict, "book.busy").
VANTHU_API document_number take_number(journal& j, const agency& a, const number_request& r);

}  // namespace vanthu
