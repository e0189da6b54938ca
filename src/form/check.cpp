#include "form/checks.hpp"

namespace vanthu::form {

diagnostics check_parts(const part_store& parts, sample form) {
  diagnostics faults;
  const auto p = read_paper(parts, faults);
  if (!p) return faults;
  const auto o = find_outline(*p, form);
  remarks out(*p);
  check_pages(*p, o, out);
  check_letters(*p, out);
  if (form != sample::annex) {
    check_head(*p, o, out);
    check_body(*p, o, out);
    check_addressing(*p, o, out);
  }
  check_annexes(*p, o, out);
  return out.take();
}

}  // namespace vanthu::form
