// Official papers: where plans and documents meet. Issuing renders in memory with the next number of the book, checks
// the form, and writes number and fingerprint into run and book in one append; only then is there a file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "vanthu/book.hpp"
#include "vanthu/docx.hpp"
#include "vanthu/export.h"
#include "vanthu/form.hpp"
#include "vanthu/journal.hpp"
#include "vanthu/report.hpp"
#include "vanthu/run.hpp"

namespace vanthu {

// SHA-256 over the uncompressed parts in name order, without the custom properties part that carries it.
VANTHU_API digest fingerprint(const package& document);

// A paper that a template draws up from a run. Of its letterhead issue() fills in what is decided there: issuer,
// number, date, drafting unit.
using matter = std::variant<report_request, assignment_request, reminder_request>;
// A paper that goes out under a number of its own; an assignment table is the annex of another.
using numbered_matter = std::variant<report_request, reminder_request>;

VANTHU_API checked<value> data_of(const picture& p, const matter& what);
// Without number and date unless the letterhead says them: nothing is recorded.
VANTHU_API checked<bytes> draft(const picture& p, std::span<const std::byte> template_docx, const matter& what);

struct issue_request {
  numbered_matter about;
  std::string kind = "BC";  // code of Decree 30, Annex III; "CV": công văn
  std::string unit;         // drafting unit or field in the number of a công văn: «05/UBND-VX»
  date on{};                // the date the document carries
  date as_of{};             // facts as recorded by the end of this day
  std::string actor;
  instant at{};
  std::string form = "1.4";
};
struct issued {
  document_number number;
  bytes docx;
  digest mark{};  // fingerprint
  std::uint64_t event = 0;
};
// One command: render with the next number, check the form (errors refuse), append to run and book together; on
// conflict read, render and try again; error(errc::conflict, "documents.busy") when others are faster every time.
// Remarks of all steps are returned together; faults: those of document_template, of the data and of check_form.
VANTHU_API checked<issued> issue(journal& j, run& r, std::span<const std::byte> template_docx,
                                 const issue_request& request);
// The same document again, from the history of the run alone. `year`: of its date, since numbers start again each year;
// without it the latest of that number. Faults: "documents.unknown-number", "documents.changed".
VANTHU_API checked<issued> reissue(const run& r, std::string_view number, std::optional<int> year = {});

}  // namespace vanthu
