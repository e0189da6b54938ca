#include "form/outline.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "form/orthography.hpp"

namespace vanthu::form {
namespace {

constexpr std::array types{
    document_type{"CHỈ THỊ", "CT"},       document_type{"QUY CHẾ", "QC"},        document_type{"QUY ĐỊNH", "QyĐ"},
    document_type{"THÔNG CÁO", "TC"},     document_type{"THÔNG BÁO", "TB"},      document_type{"HƯỚNG DẪN", "HD"},
    document_type{"CHƯƠNG TRÌNH", "CTr"}, document_type{"KẾ HOẠCH", "KH"},       document_type{"PHƯƠNG ÁN", "PA"},
    document_type{"ĐỀ ÁN", "ĐA"},         document_type{"DỰ ÁN", "DA"},          document_type{"BÁO CÁO", "BC"},
    document_type{"TỜ TRÌNH", "TTr"},     document_type{"GIẤY ỦY QUYỀN", "GUQ"}, document_type{"PHIẾU GỬI", "PG"},
    document_type{"PHIẾU CHUYỂN", "PC"},  document_type{"PHIẾU BÁO", "PB"},
};

class finder {
 public:
  explicit finder(const paper& p) : p_(p) {
    keys_.reserve(p.lines.size());
    for (const auto& l : p.lines) keys_.push_back(folded(l.text));
  }

  outline find(sample form) {
    out_.form = form;
    if (form == sample::annex) {
      find_own_annexes();
      return std::move(out_);
    }
    find_head(form == sample::letter ? letter_head_end() : named_head_end());
    find_subject();
    find_text_begin();
    find_receivers();
    find_appended_annexes();
    find_addressee();
    find_body();
    find_signer();
    return std::move(out_);
  }

 private:
  const line& at(std::size_t i) const { return p_.lines[i]; }
  const paragraph& home(std::size_t i) const { return p_.paragraph_of(at(i)); }
  std::size_t size() const { return p_.lines.size(); }
  bool centered(std::size_t i) const { return look_of(p_, home(i)).jc.value_or(alignment::left) == alignment::center; }
  bool same_cell(std::size_t a, std::size_t b) const { return home(a).in.table >= 0 && home(a).in == home(b).in; }
  bool same_row(std::size_t a, std::size_t b) const {
    return home(a).in.table >= 0 && home(a).in.table == home(b).in.table && home(a).in.row == home(b).in.row;
  }
  bool is_number(std::size_t i) const {
    const auto word = folded("số");
    if (!keys_[i].starts_with(word)) return false;
    const auto after = keys_[i].find_first_not_of(' ', word.size());
    return after != std::string::npos && keys_[i][after] == ':';
  }
  bool is_date(std::size_t i) const {
    const auto day = keys_[i].find(folded("ngày"));
    const auto month = keys_[i].find(folded("tháng"));
    return day != std::string::npos && month != std::string::npos && day < month &&
           keys_[i].find(folded("năm"), month) != std::string::npos;
  }

  // Where the type name stands, or the first line outside tables.
  std::size_t named_head_end() {
    for (std::size_t i = 0; i < size(); ++i)
      if (const auto* type = find_type(keys_[i])) {
        out_.type = *type;
        out_.type_name = i;
        return i;
      }
    std::size_t end = 0;
    while (end < size() && home(end).in.table == 0) ++end;
    return end;
  }

  // Where «Kính gửi» stands, or the first line below a table.
  std::size_t letter_head_end() const {
    std::size_t end = 0;
    while (end < size() && home(end).in.table < 0 && !is_addressee(end)) ++end;
    if (end == size()) return 0;
    const auto table = home(end).in.table;
    while (end < size() && home(end).in.table == table && !is_addressee(end)) ++end;
    return end;
  }

  void find_head(std::size_t end) {
    head_end_ = end;
    const auto national = letters_of("Cộng hòa xã hội chủ nghĩa Việt Nam");
    const auto motto = letters_of("Độc lập - Tự do - Hạnh phúc");
    for (std::size_t i = 0; i < end; ++i) {
      const auto letters = letters_of(at(i).text);
      if (!out_.national_name && letters == national) out_.national_name = i;
      if (!out_.motto && letters == motto) out_.motto = i;
      if (!out_.number && is_number(i)) out_.number = i;
      if (!out_.date && is_date(i)) out_.date = i;
    }
    find_abstract(end);
    if (!out_.national_name) return;
    for (std::size_t i = 0; i < end; ++i) {
      if (!same_row(i, *out_.national_name) || home(i).in.cell >= home(*out_.national_name).in.cell) continue;
      if (out_.number && i >= *out_.number && same_cell(i, *out_.number)) continue;
      if (!out_.abstract.empty() && i >= out_.abstract.front()) continue;
      if (!is_drawn_rule(at(i).text)) out_.above_number.push_back(i);
    }
  }

  bool is_addressee(std::size_t i) const { return keys_[i].starts_with(folded("kính gửi")); }

  // In the column of the number, below it; where there is no number, what begins with «V/v».
  void find_abstract(std::size_t end) {
    if (out_.form != sample::letter) return;
    auto first = out_.number ? *out_.number + 1 : std::size_t{0};
    if (!out_.number)
      while (first < end && !keys_[first].starts_with("v/v")) ++first;
    if (first >= end) return;
    const auto column = home(out_.number.value_or(first)).in;
    for (auto i = first; i < end; ++i) {
      const auto& in = home(i).in;
      if (i == out_.date) continue;
      if (in.table == column.table && in.cell == column.cell && !is_drawn_rule(at(i).text)) out_.abstract.push_back(i);
    }
  }

  void find_subject() {
    if (!out_.type_name) return;
    for (auto i = *out_.type_name + 1; i < size() && !is_addressee(i); ++i) {
      if (is_drawn_rule(at(i).text) && out_.subject.empty()) continue;
      if (!out_.subject.empty() && at(i).paragraph != at(out_.subject.front()).paragraph) break;
      out_.subject.push_back(i);
    }
  }

  void find_receivers() {
    for (std::size_t i = 0; i < size() && !out_.receivers; ++i)
      if (letters_of(at(i).text) == letters_of("nơi nhận")) out_.receivers = i;
    if (!out_.receivers) return;
    const auto label = *out_.receivers;
    for (auto i = label + 1; i < size(); ++i) {
      const bool in_list = home(label).in.table >= 0 ? same_cell(i, label) : at(i).text.starts_with('-');
      if (!in_list) break;
      out_.receiver_list.push_back(i);
      if (letters_of(at(i).text).starts_with(letters_of("lưu"))) break;  // below it: who drafted, and how many copies
    }
  }

  // Where the text begins, or what stands between the head and the text.
  void find_text_begin() {
    auto& begin = out_.text_begin;
    if (out_.form == sample::letter)
      begin = head_end_ > 0 ? head_end_ : size();
    else if (!out_.subject.empty())
      begin = out_.subject.back() + 1;
    else
      begin = out_.type_name ? *out_.type_name + 1 : size();
  }

  void find_own_annexes() {
    out_.annexes = find_annexes(p_, 0);
    if (out_.annexes.empty()) out_.annexes.emplace_back(find_unlabelled_annex(p_));
  }

  void find_appended_annexes() {
    out_.annexes_from = p_.text.paragraphs.size();
    if (!out_.receivers) return;
    out_.annexes = find_annexes(p_, *out_.receivers + 1);
    if (!out_.annexes.empty()) out_.annexes_from = at(*out_.annexes.front().label - 1).paragraph + 1;
  }

  // Only before the body has begun: a report may quote the words.
  void find_addressee() {
    for (auto i = out_.text_begin; i < size(); ++i) {
      if (is_drawn_rule(at(i).text)) continue;
      if (!is_addressee(i)) return;
      out_.addressee = i;
      break;
    }
    if (!out_.addressee) return;
    // Below words that name nobody stands a name; after one without a hyphen but with a semicolon there is another.
    bool more = at(*out_.addressee).text.ends_with(':');
    for (auto i = *out_.addressee + 1; i < size() && (more || at(i).text.starts_with('-')); ++i) {
      out_.addressees.push_back(i);
      more = at(i).text.ends_with(';') && !at(i).text.starts_with('-');
    }
  }

  void find_body() {
    auto begin = out_.text_begin;
    if (out_.addressee) begin = *out_.addressee + 1 + out_.addressees.size();
    const auto end = out_.receivers.value_or(size());
    for (auto i = begin; i < end; ++i)
      if (home(i).in.table < 0 && !is_drawn_rule(at(i).text) && !centered(i)) out_.body.push_back(i);
  }

  // The cells to the right of «Nơi nhận», as far as a gap or a line that is not in capitals; outside tables, lines that
  // begin with a power of signature.
  void find_signer() {
    const auto add = [&](std::size_t i) {
      auto& s = out_.signer;
      if (!s.empty() && (at(i).paragraph > at(s.back()).paragraph + 1 || !is_upper(at(i).text))) return false;
      s.push_back(i);
      return true;
    };
    if (out_.receivers && home(*out_.receivers).in.table >= 0) {
      for (std::size_t i = *out_.receivers; i < size(); ++i)
        if (same_row(i, *out_.receivers) && !same_cell(i, *out_.receivers) && !add(i)) return;
      return;
    }
    for (auto i = out_.text_begin; i < size(); ++i) {
      const auto& text = at(i).text;
      const bool begins = std::ranges::any_of(std::array{"TM.", "KT.", "TL.", "TUQ.", "Q."},
                                              [&](const char* power) { return text.starts_with(power); });
      if ((begins || !out_.signer.empty()) && !add(i)) return;
    }
  }

  const paper& p_;
  std::vector<std::string> keys_;
  std::size_t head_end_ = 0;
  outline out_;
};

}  // namespace

const document_type* find_type(std::string_view key) {
  static const auto keys = [] {
    std::array<std::string, types.size()> out;
    std::ranges::transform(types, out.begin(), [](const document_type& t) { return folded(t.name); });
    return out;
  }();
  const auto found = std::ranges::find(keys, key);
  return found == keys.end() ? nullptr : &types[static_cast<std::size_t>(found - keys.begin())];
}

outline find_outline(const paper& p, sample form) {
  return finder(p).find(form);
}

}  // namespace vanthu::form
