// Does the plan answer for every sentence of its source, and quote it as it stands?
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "vanthu/plan.hpp"
#include "xml/characters.hpp"

namespace vanthu {
namespace {

using text32 = std::u32string;

constexpr std::size_t most_words_outside = 5;
constexpr std::size_t shown = 60;  // characters of the source in a remark

// Code points with no-break spaces made spaces; malformed bytes stand for themselves, so that offsets stay near.
text32 code_points(std::string_view utf8) {
  text32 out;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length == 1 || at + length > utf8.size()) {
      out += static_cast<char32_t>(lead);
      ++at;
      continue;
    }
    char32_t code = lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) code = code << 6U | (static_cast<unsigned char>(utf8[at + i]) & 0x3fU);
    out += code == 0xa0 ? U' ' : code;
    at += length;
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (const auto c : text.substr(0, shown)) xml::append_utf8(out, c == U'\n' || c == U'\r' ? U' ' : c);
  if (text.size() > shown) out += "…";
  return out;
}

bool is_blank(char32_t c) {
  return c == U' ' || c == U'\n' || c == U'\r' || c == U'\t';
}
bool is_sign(char32_t c) {
  return is_blank(c) ||
         (c < 0x80 && !(c >= U'0' && c <= U'9') && !(c >= U'a' && c <= U'z') && !(c >= U'A' && c <= U'Z'));
}

class tracer {
 public:
  tracer(const plan& p, std::string_view text, const std::string& source)
      : plan_(p), source_(source), text_(code_points(text)), quoted_(text_.size()), covered_(text_.size()) {}

  tracing run() {
    collect_traces();
    for (const auto& o : plan_.obligations) check(o);
    for (const auto& each : plan_.ignored) ignore(each);
    check_order();
    check_sentences();
    check_words();
    out_.total = static_cast<int>(plan_.obligations.size());
    return std::move(out_);
  }

 private:
  void report(std::string id, std::vector<std::string> args, std::size_t offset) {
    const auto before = text_.substr(0, std::min(offset, text_.size()));
    const auto line = 1 + std::ranges::count(before, U'\n');
    const auto start = before.rfind(U'\n');
    const auto column = offset - (start == before.npos ? 0 : start + 1) + 1;
    out_.notes.push_back({severity::error,
                          {std::move(id), std::move(args)},
                          {source_, static_cast<int>(line), static_cast<int>(column), {}},
                          {}});
  }

  void note(const provenance& ground) { traced_.insert(ground.traces.begin(), ground.traces.end()); }

  void collect_traces() {
    note(plan_.stands_on);
    for (const auto& g : plan_.goals) note(g.stands_on);
    for (const auto& a : plan_.agencies) note(a.stands_on);
    for (const auto& g : plan_.groups) note(g.stands_on);
    for (const auto& w : plan_.windows) note(w.stands_on);
    for (const auto& i : plan_.indicators) note(i.stands_on);
    for (const auto& r : plan_.regimes) note(r.stands_on);
    for (const auto& t : plan_.tasks) {
      note(t.stands_on);
      if (t.due) note(t.due->stands_on);
      if (t.target) note(t.target->stands_on);
      for (const auto& l : t.after) note(l.stands_on);
    }
  }

  void mark(std::vector<bool>& where, std::size_t begin, std::size_t size) {
    for (auto i = begin; i < std::min(begin + size, where.size()); ++i) where[i] = true;
  }

  // Where `quote` stands nearest to `offset`; npos when nowhere.
  std::size_t nearest(const text32& quote, std::size_t offset) const {
    auto best = text32::npos;
    const auto distance = [&](std::size_t at) { return at > offset ? at - offset : offset - at; };
    for (auto at = text_.find(quote); at != text32::npos; at = text_.find(quote, at + 1))
      if (best == text32::npos || distance(at) < distance(best)) best = at;
    return best;
  }

  void check(const obligation& o) {
    const auto quote = code_points(o.quote);
    const bool found = o.offset <= text_.size() && text_.compare(o.offset, quote.size(), quote) == 0;
    if (found) {
      mark(quoted_, o.offset, quote.size());
      mark(covered_, o.offset, quote.size());
    } else {
      const auto at = nearest(quote, o.offset);
      report("plan.quote-not-found", {o.id, std::to_string(o.offset), at == text32::npos ? "–" : std::to_string(at)},
             o.offset);
    }
    const bool traced = traced_.contains(o.id);
    if (!traced) report("plan.not-traced", {o.id}, o.offset);
    if (found && traced) ++out_.kept;
  }

  void ignore(const ignored_text& each) {
    const auto piece = code_points(each.text);
    const auto at = each.offset ? std::size_t{*each.offset} : nearest(piece, 0);
    if (at <= text_.size() && text_.compare(at, piece.size(), piece) == 0) mark(covered_, at, piece.size());
  }

  void check_order() {
    std::string last = "O00";
    int number = 0;
    for (const auto& o : plan_.obligations) {
      const auto wanted = fmt::format("O{:02}", ++number);
      if (o.id != wanted) return report("plan.obligation-gap", {last, wanted, o.id}, o.offset);
      last = o.id;
    }
  }

  // A sentence ends with its line, or with a full stop before a blank.
  void check_sentences() {
    for (std::size_t begin = 0; begin < text_.size();) {
      auto end = begin;
      while (end < text_.size() && text_[end] != U'\n' &&
             !(text_[end] == U'.' && (end + 1 == text_.size() || is_blank(text_[end + 1]))))
        ++end;
      check_sentence(begin, end);
      begin = end + 1;
    }
  }

  void check_sentence(std::size_t begin, std::size_t end) {
    bool words = false, held = false;
    for (auto i = begin; i < end; ++i) {
      words = words || (!is_sign(text_[i]) && !covered_[i]);
      held = held || quoted_[i];
    }
    if (words && !held) report("plan.sentence-without-quote", {to_utf8(trimmed(begin, end))}, begin);
  }

  void check_words() {
    std::size_t words = 0, from = 0, last = 0;
    const auto finish = [&] {
      if (words > most_words_outside)
        report("plan.words-without-quote", {std::to_string(words), to_utf8(trimmed(from, last))}, from);
      words = 0;
    };
    for (std::size_t at = 0; at < text_.size();) {
      if (covered_[at]) {
        finish();
        ++at;
        continue;
      }
      if (is_blank(text_[at])) {
        ++at;
        continue;
      }
      auto end = at;
      bool word = false;
      for (; end < text_.size() && !is_blank(text_[end]) && !covered_[end]; ++end) word = word || !is_sign(text_[end]);
      if (word && words++ == 0) from = at;
      last = end;
      at = end;
    }
    finish();
  }

  std::u32string_view trimmed(std::size_t begin, std::size_t end) const {
    while (begin < end && is_blank(text_[begin])) ++begin;
    while (end > begin && is_blank(text_[end - 1])) --end;
    return std::u32string_view(text_).substr(begin, end - begin);
  }

  const plan& plan_;
  const std::string& source_;
  text32 text_;
  std::vector<bool> quoted_, covered_;
  std::set<std::string> traced_;
  tracing out_;
};

}  // namespace

tracing trace_source(const plan& p, std::string_view text, const std::string& source) {
  return tracer(p, text, source).run();
}

}  // namespace vanthu
