#include "form/paper.hpp"

#include <algorithm>
#include <utility>

#include "form/orthography.hpp"
#include "vanthu/value.hpp"
#include "xml/tokens.hpp"

namespace vanthu::form {
namespace {

struct relation {
  std::string id, kind, target;  // kind: last step of the type, "header"; target: a part
};

// A target in a package: relative to the folder of its source, or from the root with a leading slash.
std::string resolve(std::string_view folder, std::string_view target) {
  std::string path = target.starts_with('/') ? std::string(target) : std::string(folder) + std::string(target);
  std::vector<std::string_view> steps;
  for (std::size_t begin = 0; begin <= path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    const auto step = std::string_view(path).substr(begin, end - begin);
    if (step == ".." && !steps.empty())
      steps.pop_back();
    else if (!step.empty() && step != "." && step != "..")
      steps.push_back(step);
    begin = end + 1;
  }
  std::string out;
  for (const auto step : steps) (out += out.empty() ? "" : "/") += step;
  return out;
}

class reader {
 public:
  reader(const part_store& parts, diagnostics& notes) : parts_(parts), notes_(notes) {}

  std::optional<paper> read() {
    paper out;
    out.source = parts_.source;
    out.main = parts_.main;
    const auto document = part(parts_.main);
    if (!document) return {};
    const auto folder = parts_.main.substr(0, parts_.main.rfind('/') + 1);
    std::string styles, theme;
    for (const auto& r : relations(folder)) {
      if (r.kind == "styles") {
        styles = part(r.target).value_or("");
      } else if (r.kind == "theme") {
        theme = part(r.target).value_or("");
      } else if (r.kind == "settings") {
        out.even_and_odd = even_and_odd(part(r.target).value_or(""));
      } else if (r.kind == "header") {
        if (const auto text = part(r.target)) out.headers[r.id] = {r.target, read_story(*text)};
      }
    }
    if (failed_) return {};
    out.styles = style_sheet(styles, theme);
    out.text = read_story(*document);
    for (std::size_t i = 0; i < out.text.paragraphs.size(); ++i) add_lines(out, i);
    return out;
  }

 private:
  // The text of a part that is there and well-formed.
  std::optional<std::string> part(const std::string& name) {
    auto text = parts_.read(name);
    if (!text) return {};
    if (auto fault = xml::find_problem(*text)) {
      notes_.push_back({severity::error, std::move(fault->what), {parts_.source, 0, 0, name}, {}});
      failed_ = true;
      return {};
    }
    return text;
  }

  std::vector<relation> relations(const std::string& folder) {
    const auto text = part(folder + "_rels/" + parts_.main.substr(folder.size()) + ".rels");
    std::vector<relation> out;
    if (!text) return out;
    xml::tokenizer at(*text);
    for (;;) {
      const auto& t = at.next();
      if (t.kind == xml::kind::done || t.kind == xml::kind::failed) return out;
      if (t.kind != xml::kind::start || t.local != "Relationship") continue;
      const auto attribute = [&](std::string_view name) {
        const auto* found = at.find_attribute("", name);
        return found != nullptr ? xml::decode_attribute(found->value) : std::string{};
      };
      if (attribute("TargetMode") == "External") continue;
      const auto type = attribute("Type");
      out.push_back({attribute("Id"), type.substr(type.rfind('/') + 1), resolve(folder, attribute("Target"))});
    }
  }

  static bool even_and_odd(std::string_view settings) {
    if (settings.empty()) return false;
    xml::tokenizer at(settings);
    for (;;) {
      const auto& t = at.next();
      if (t.kind == xml::kind::done || t.kind == xml::kind::failed) return false;
      if (t.kind == xml::kind::start && is_word(t) && t.local == "evenAndOddHeaders") return is_on(at);
    }
  }

  static void add_lines(paper& out, std::size_t index) {
    const auto& p = out.text.paragraphs[index];
    line current{.paragraph = index, .text = {}};
    bool seen = false;
    const auto close = [&] {
      current.text = tidy(current.text);
      if (seen) out.lines.push_back(std::move(current));
      current = {.paragraph = index, .text = {}};
      seen = false;
    };
    for (const auto& run : p.runs) {
      const auto look = look_of(out, p, run);
      if (look.hidden || look.raised) continue;
      for (std::string_view rest = run.text; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto piece = rest.substr(0, end);
        if (!seen && current.text.empty() && piece.starts_with('\t')) current.after_tab = true;
        current.text += look.caps ? upper(to_nfc(piece)) : to_nfc(piece);
        if (!tidy(piece).empty()) {
          add_look(current, look, seen);
          seen = true;
        }
        if (end == rest.size()) break;
        close();
        rest.remove_prefix(end + 1);
      }
    }
    close();
  }

  static void add_look(line& to, const run_look& look, bool seen) {
    to.low = seen ? std::min(to.low, look.size) : look.size;
    to.high = std::max(to.high, look.size);
    to.all_bold = to.all_bold && look.bold;
    to.any_bold = to.any_bold || look.bold;
    to.all_italic = to.all_italic && look.italic;
    to.any_italic = to.any_italic || look.italic;
  }

  const part_store& parts_;
  diagnostics& notes_;
  bool failed_ = false;
};

}  // namespace

std::optional<paper> read_paper(const part_store& parts, diagnostics& notes) {
  return reader(parts, notes).read();
}

bool is_drawn_rule(std::string_view text) {
  return text.find_first_not_of("_-=. ") == text.npos;
}

paragraph_layer look_of(const paper& p, const paragraph& of) {
  return p.styles.paragraph_of({of.table_style, of.style, {}}, of.direct);
}

run_look look_of(const paper& p, const paragraph& of, const text_run& run) {
  return p.styles.look_of({of.table_style, of.style, run.style}, run.direct);
}

// Space before and after adds up; there is none between paragraphs of one style that ask for none.
int gap_between(const paper& p, const paragraph& above, const paragraph& below) {
  const auto a = look_of(p, above), b = look_of(p, below);
  const bool alike = above.style == below.style;
  const auto automatic = [](std::optional<bool> flag, std::optional<int> amount) {
    return flag.value_or(false) ? 280 : amount.value_or(0);
  };
  const int after = alike && a.contextual.value_or(false) ? 0 : automatic(a.after_auto, a.after);
  const int before = alike && b.contextual.value_or(false) ? 0 : automatic(b.before_auto, b.before);
  return after + before;
}

}  // namespace vanthu::form
