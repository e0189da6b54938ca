#include <algorithm>

#include "form/checks.hpp"
#include "form/orthography.hpp"

namespace vanthu::form {
namespace {

// A list of receivers: a dash and a space before each, a semicolon after all but the last, which has a full stop.
void check_entry(const line& l, bool last, departure& d) {
  auto prescribed = l.text;
  if (prescribed.starts_with('-') && !prescribed.starts_with("- "))
    prescribed.insert(1, " ");
  else if (!prescribed.starts_with('-'))
    prescribed.insert(0, "- ");
  if (!prescribed.ends_with(last ? '.' : ';')) {
    if (prescribed.ends_with(';') || prescribed.ends_with('.') || prescribed.ends_with(',')) prescribed.pop_back();
    prescribed += last ? '.' : ';';
  }
  if (prescribed != l.text) d.add(quoted(l.text), quoted(prescribed));
}

// «Kính gửi:», «- A;», «- B.» of several names that stand on the line of the words; nothing when there is one.
std::string on_lines_of_their_own(std::string_view label) {
  const auto colon = label.find(':');
  if (colon == label.npos || label.substr(0, label.size() - 1).find(';', colon) == label.npos) return {};
  std::string out = quoted(label.substr(0, colon + 1));
  for (auto rest = label.substr(colon + 1); !rest.empty();) {
    const auto end = std::min(rest.find(';'), rest.size());
    auto name = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    name.remove_prefix(std::min(name.find_first_not_of("- "), name.size()));
    if (name.ends_with('.')) name.remove_suffix(1);
    if (!name.empty()) out += ", " + quoted("- " + std::string(name) + (rest.empty() ? "." : ";"));
  }
  return out;
}

void check_addressee(const paper& p, const outline& o, remarks& out) {
  if (!o.addressee) {
    if (o.form == sample::letter || (o.type && o.type->code == "TTr"))
      out.missing("form.addressee", quoted("Kính gửi: …"));
    return;
  }
  const auto& label = p.lines[*o.addressee];
  constexpr typography look{13, 14, "Regular"};
  departure d;
  if (o.type && o.type->code != "TTr" && o.type->code != "BC") d.add(quoted(label.text), "-");
  if (!label.text.starts_with("Kính gửi:")) d.add(quoted(label.text), quoted("Kính gửi:"));
  if (label.text.ends_with(':') && o.addressees.size() == 1) {
    auto name = p.lines[o.addressees.front()].text;
    name.erase(0, name.find_first_not_of("- "));
    if (name.ends_with('.') || name.ends_with(';')) name.pop_back();
    d.add(quoted(label.text + " " + p.lines[o.addressees.front()].text), quoted("Kính gửi: " + name));
  }
  if (label.text.ends_with(':') && o.addressees.empty()) d.add(quoted(label.text), quoted("Kính gửi: …"));
  if (const auto apart = on_lines_of_their_own(label.text); !apart.empty()) d.add(quoted(label.text), apart);
  judge(d, p, label, look);
  out.add("form.addressee", d, label);
  for (const auto index : o.addressees) {
    departure entry;
    if (o.addressees.size() > 1) check_entry(p.lines[index], index == o.addressees.back(), entry);
    judge(entry, p, p.lines[index], look);
    out.add("form.addressee", entry, p.lines[index]);
  }
}

void check_signer(const paper& p, const outline& o, remarks& out) {
  constexpr typography look{13, 14, "Bold", true, true};
  if (o.signer.empty()) {
    departure d;
    d.add("", "TM., KT., TL., TUQ., Q.; 13-14 pt; Bold; Centered");
    return o.receivers ? out.add("form.signer", d, p.lines[*o.receivers]) : out.missing("form.signer", d.prescribed);
  }
  for (const auto index : o.signer) {
    departure d;
    judge(d, p, p.lines[index], look);
    out.add("form.signer", d, p.lines[index]);
  }
}

void check_last_receiver(const line& l, departure& d) {
  if (!l.text.starts_with("- Lưu: ") || l.text.find("VT") == std::string::npos)
    d.add(quoted(l.text), quoted("- Lưu: VT, …."));
}

void check_receivers(const paper& p, const outline& o, remarks& out) {
  if (!o.receivers) return out.missing("form.receivers", quoted("Nơi nhận:"));
  const auto& label = p.lines[*o.receivers];
  departure d;
  if (label.text != "Nơi nhận:") d.add(quoted(label.text), quoted("Nơi nhận:"));
  judge(d, p, label, {12, 12, "Bold Italic"});
  if (o.receiver_list.empty()) d.add("", quoted("- Lưu: VT, …."));
  out.add("form.receivers", d, label);
  for (const auto index : o.receiver_list) {
    const auto& l = p.lines[index];
    departure entry;
    check_entry(l, index == o.receiver_list.back(), entry);
    const bool as_above = o.addressee || o.form == sample::letter;
    if (index == o.receiver_list.front() && as_above && tone_key(l.text) != tone_key("- Như trên;"))
      entry.add(quoted(l.text), quoted("- Như trên;"));
    if (index == o.receiver_list.back()) check_last_receiver(l, entry);
    judge(entry, p, l, {11, 11, "Regular"});
    out.add("form.receivers", entry, l);
  }
}

}  // namespace

void check_addressing(const paper& p, const outline& o, remarks& out) {
  check_addressee(p, o, out);
  check_signer(p, o, out);
  check_receivers(p, o, out);
}

}  // namespace vanthu::form
